"""A run as a piece of HTML for somebody else's page: no script, no colours of its own, no style but the page's.

    <article class="replay">
      <h2>title</h2>  <p class="replay-source"><a href="…">…</a></p>  <p class="replay-note">…</p>
      <pre class="replay-terminal"><kbd># ip link</kbd> <samp>…</samp> <b class="replay-outcome">通</b> …</pre>
      <p class="replay-failed">expected …; observed …</p>

All that a run printed and all that its author wrote is escaped; nothing is fetched. The words `reached` and
`unreached` are classes of outcomes that are 通 and 不通.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from replayer.formats.text import Line, entries
from replayer.problems import visible
from replayer.transcript import Entry, Transcript
from replayer.words import REACHABLE, UNREACHABLE

CLASSES = {REACHABLE: " reached", UNREACHABLE: " unreached"}
_URL = re.compile(r"https?://[^\s<>\"']+")
_UNFIT = re.compile("[\ud800-\udfff]")


def render(transcript: Transcript, step: int | None = None) -> str:
    """The fragment. `step`: only this one, counted from 1."""
    return _UNFIT.sub("\ufffd", "\n".join(_article(transcript, step))) + "\n"


def _article(transcript: Transcript, step: int | None) -> Iterator[str]:
    plan = transcript.plan
    yield '<article class="replay">'
    if step is None:
        yield f"<h2>{_text(plan.title or plan.name)}</h2>"
        if plan.source:
            yield f'<p class="replay-source">{_linked(plan.source)}</p>'
    pending: list[Line] = []
    for entry, shown in entries(transcript):
        if step is not None and step - 1 not in (entry.step.index, entry.of.step.index if entry.of else None):
            continue
        if entry.step.kind == "note":
            yield from _terminal(pending)
            pending = []
            if shown:
                yield f'<p class="replay-note">{"<br>".join(_text(line.text) for line in shown)}</p>'
            continue
        pending += shown
        said = list(_remarks(entry))
        if said:
            yield from _terminal(pending)
            yield from said
            pending = []
    yield from _terminal(pending)
    yield "</article>"


def _terminal(shown: Iterable[Line]) -> Iterator[str]:
    pieces = []
    for line in shown:
        text = _text(line.text)
        match line.kind:
            case "command":
                pieces.append(f"<kbd>{text}</kbd>")
            case "outcome":
                pieces.append(f'<b class="replay-outcome{CLASSES.get(line.text, "")}">{text}</b>')
            case _:
                pieces.append(f"<samp>{text}</samp>")
    if pieces:
        yield '<pre class="replay-terminal">' + "\n".join(pieces) + "</pre>"


def _remarks(entry: Entry) -> Iterator[str]:
    verdict = entry.verdict
    if verdict is None or verdict.word == "passed" or not entry.judged:
        return
    for finding in verdict.findings:
        expected = f"expected {finding.expected}; observed " if finding.expected else ""
        yield f'<p class="replay-{verdict.word}">{verdict.word}: {_text(expected + finding.observed)}</p>'


def _text(text: str) -> str:
    return escape(visible(text))


def _linked(text: str) -> str:
    return f'<a href="{_text(text)}">{_text(text)}</a>' if _URL.fullmatch(text) else _text(text)

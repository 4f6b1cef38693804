"""The summary of a job on GitHub, or anywhere that GitHub-flavoured Markdown is read.

Text of a run stands in fences and code spans that it cannot end, or has its punctuation escaped
(https://spec.commonmark.org/0.31.2/#backslash-escapes).
"""

import re
from collections.abc import Iterator, Sequence

from replayer.expectations import Word
from replayer.formats.commonmark import fenced
from replayer.formats.reasons import WORDS
from replayer.reports.cases import Case, Differences, Suite, suites
from replayer.reports.untrusted import cleaned, shortened
from replayer.transcript import Transcript

SIGNS: dict[Word, str] = {"passed": "✅", "failed": "❌", "errored": "💥", "skipped": "⏭️"}
# GitHub takes 1 MiB of summary from a step of a job; some is left for others.
MOST_BYTES = 900_000
MOST_DETAIL = 10_000
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def render(transcripts: Sequence[Transcript], differences: Differences | None = None) -> str:
    """A table of the scenarios, then why each step that did not pass did not.

    >>> print(render([]))
    ### replay: no scenario was played
    <BLANKLINE>
    """
    found = suites(transcripts, differences)
    words = [suite.word for suite in found]
    told = ", ".join(f"{words.count(word)} {word}" for word in WORDS if word in words)
    parts = [f"### replay: {told or 'no scenario was played'}\n"]
    if found:
        parts.append("\n" + "".join(f"{line}\n" for line in _table(found)))
    used = sum(len(part.encode("utf-8", "replace")) for part in parts)
    details = [detail for suite in found for detail in _details(suite)]
    for number, detail in enumerate(details):
        used += len(detail.encode("utf-8", "replace"))
        if used > MOST_BYTES:
            parts.append(f"\n… and {len(details) - number} more; this page holds no more of them.\n")
            break
        parts.append(detail)
    return "".join(parts)


def _table(found: Sequence[Suite]) -> Iterator[str]:
    yield "| scenario | verdict | passed | failed | errored | skipped | time |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for suite in found:
        name = f"{escaped(suite.name)}: {escaped(suite.title)}" if suite.title else escaped(suite.name)
        cells = [name, f"{SIGNS[suite.word]} {suite.word}", *(str(suite.count(word)) for word in WORDS)]
        yield f"| {' | '.join(cells)} | {suite.seconds:.2f} s |"


def _details(suite: Suite) -> Iterator[str]:
    for case in suite.cases:
        if case.bad or (case.word == "skipped" and case.whole):
            place = escaped(f"{case.place.file}:{case.place.line}")
            head = f"\n**{escaped(suite.name)}: {escaped(case.name)}** {case.word}, {place}\n\n"
            yield head + fenced(shortened("\n".join(_diff(case)), MOST_DETAIL), "diff")


def _diff(case: Case) -> Iterator[str]:
    """What was expected as lines taken away, what was observed as lines that came."""
    if not case.findings or case.word == "skipped":
        yield from case.reasons
        return
    for finding in case.findings:
        yield from (f"- {line}" for line in cleaned(finding.expected).split("\n"))
        yield from (f"+ {line}" for line in cleaned(finding.observed).split("\n"))
    shown = [line for line in case.reasons if not line.startswith(("at ", "expected ", "observed "))]
    yield from (f"  {line}" for line in shown)


def escaped(text: str) -> str:
    """Text as itself: no markup, no link, no end of a table's cell; a long one is cut.

    >>> escaped("a|b <i>")
    'a\\\\|b \\\\<i\\\\>'
    """
    line = " ".join(text.split())
    if len(line) > 200:
        line = line[:200] + "…"
    return PUNCTUATION.sub(r"\\\1", line)

"""A tutorial's page in Markdown, for GitHub, mkdocs and Sphinx (MyST): notes as prose, commands and what they showed
in fences, in the tutorial's own form.

Pictures of the network are files of their own (`pictures`) that the page refers to. What did not pass is said below
its fence: the page of a run is no better than the run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote

from replayer.formats import text
from replayer.formats.commonmark import escaped, fenced, linked, plain_prose, prose
from replayer.formats.reasons import label_of, one_line
from replayer.picture import picture_of
from replayer.transcript import Entry, Transcript


@dataclass(slots=True)
class _Section:
    """What stands between two notes, or between two networks of which something is said."""

    note: str = ""  # Markdown
    parts: list["_Part"] = field(default_factory=list)
    last: int | None = None  # the entry whose picture ends it


@dataclass(slots=True)
class _Part:
    """Lines of one fence, and what is said below it."""

    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def render(transcript: Transcript, folder: str = "", shown: Sequence[str] | None = None) -> str:
    """The page. `folder`: where its pictures are, as the page refers to it; empty: it has none. `shown`: the lines
    of `text.render` in other values (the golden's)."""
    names = {at: name for name, at in _pictured(transcript)} if folder else {}
    blocks = [f"# {escaped(transcript.plan.title or transcript.plan.name)}\n"]
    if transcript.plan.source:
        blocks.append(linked(transcript.plan.source) + "\n")
    for section in _sections(transcript, shown):
        if section.note:
            blocks.append(section.note + "\n")
        for part in section.parts:
            if part.lines:
                blocks.append(fenced("\n".join(part.lines), "console"))
            blocks += [f"> {remark}\n" for remark in part.remarks]
        if section.last in names:
            alt = escaped(_caption(transcript.entries[section.last]))
            blocks.append(f"![{alt}]({quote(folder)}/{names[section.last]})\n")
    blocks += [f"> {remark}\n" for remark in _ending(transcript)]
    return "\n".join(blocks)


def pictures(transcript: Transcript) -> Mapping[str, str]:
    """Names and contents of the pictures that the page shows: the network after each part of the tutorial."""
    picture = picture_of(transcript)
    return {name: picture.still(at) for name, at in _pictured(transcript)} if picture else {}


def _pictured(transcript: Transcript) -> Iterator[tuple[str, int]]:
    """The entries that have a picture: the last outcome of each section, where there is something new to see."""
    before = None
    for section in _sections(transcript, None):
        if section.last is None:
            continue
        entry = transcript.entries[section.last]
        seen = (entry.topology, entry.outcome and (entry.command, entry.outcome))
        if entry.topology is not None and seen != before:
            yield f"step-{entry.step.index + 1}.svg", section.last
            before = seen


def _sections(transcript: Transcript, shown: Sequence[str] | None) -> list[_Section]:
    """`shown` as in `render`; its lines are those of the text format, in their order."""
    lines = iter(shown if shown is not None else text.render(transcript).split("\n"))
    if transcript.plan.source:
        list(islice(lines, transcript.plan.source.count("\n") + 1))
    found = [_Section()]
    for number, (entry, standing) in enumerate(text.entries(transcript)):
        taken = list(islice(lines, len(standing)))
        if entry.step.kind == "note" and taken:
            body = "\n".join(taken)
            # A note that shows what a step captured shows what a run printed.
            found.append(_Section(plain_prose(body) if entry.step.template else prose(body)))
            continue
        again = number >= len(transcript.entries)  # it went on to the end
        told = None if found[-1].last is None else transcript.entries[found[-1].last]
        if taken and told is not None and told.outcome and entry.topology != told.topology:
            found.append(_Section())  # what comes is said of another network
        _add(found[-1], taken, [] if again else list(_remarks(entry)))
        if entry.topology is not None and not again:
            if entry.outcome and taken:
                found[-1].last = number
            elif len(found) == 1 and (told is None or not told.outcome):
                found[-1].last = number  # what was set up
    return found


def _caption(entry: Entry) -> str:
    command = one_line((entry.of or entry).command)
    return f"{command}: {entry.outcome}" if entry.outcome else command


def _add(section: _Section, lines: list[str], remarks: list[str]) -> None:
    if not section.parts or section.parts[-1].remarks:
        section.parts.append(_Part())
    section.parts[-1].lines += lines
    section.parts[-1].remarks += remarks


def _remarks(entry: Entry) -> Iterator[str]:
    verdict = entry.verdict
    if verdict is None or verdict.word == "passed" or not entry.judged:
        return
    for finding in verdict.findings:
        if verdict.word == "skipped":
            yield f"**skipped** {escaped(label_of(entry))}: {escaped(finding.observed)}"
        else:
            expected = f"expected {escaped(finding.expected)}; " if finding.expected else ""
            yield f"**{verdict.word}**: {expected}observed {escaped(finding.observed)}"


def _ending(transcript: Transcript) -> Iterator[str]:
    if transcript.skipped:
        yield f"**skipped**: {escaped(transcript.skipped)}"
    elif transcript.finished is None:
        yield "**errored**: the recording ends here, before the run did"
    elif transcript.finished.reason:
        yield f"**{transcript.finished.ending}**: {escaped(transcript.finished.reason)}"

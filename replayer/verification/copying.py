"""A tutorial's text as lines, and where in it what was found of each claim is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replayer.sources.document import Document, Line, bounded
from replayer.sources.session import Session
from replayer.sources.tutorials import TUTORIALS
from replayer.verification.findings import Found, Report

# Stands in the head of each copy: a copy that lies among tutorials is none.
MARK = "<!-- replay: annotated copy -->"
# Formats whose source nobody reads as it is: the copy is made of what its reader shows.
_OPAQUE = frozenset({"html", "asciicast", "typescript", "mhtml"})
_FENCE = re.compile(r"(?P<indent>[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*)(?P<fence>`{3,}|~{3,})")

_INDENTED = re.compile(r"(?: {4,}|\t)\s*\S")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy of a tutorial. `parts`: lines, then what was found of the claims in them, and so on to the end.
    `markdown`: the lines are Markdown, and remarks can stand between the parts."""

    title: str
    source: str
    parts: tuple[tuple[tuple[Line, ...], tuple[Found, ...]], ...]
    markdown: bool


def annotated(text: str, format: str, session: Session, report: Report) -> Annotated:
    """`text`: as it was read; `format`: a name in TUTORIALS."""
    if format in _OPAQUE:
        document = TUTORIALS[format](text)
        lines = _alone(list(_shown(bounded(document)))) if isinstance(document, Document) else []
    else:
        lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
        while lines and not lines[-1].text.strip():
            lines.pop()
    ends = _ends(lines, session, report.found)
    if format == "markdown":
        ends = [_after_block(lines, end) for end in ends]
    parts = []
    begin = 0
    for end in sorted(set(ends)):
        found = tuple(one for one, at in zip(report.found, ends, strict=True) if at == end)
        parts.append((tuple(lines[begin:end]), found))
        begin = end
    if begin < len(lines):
        parts.append((tuple(lines[begin:]), ()))
    return Annotated(session.title, session.source, tuple(parts), format == "markdown")


def _alone(lines: list[Line]) -> list[Line]:
    """Of several blank lines, one."""
    pairs = zip([Line(0, ""), *lines], lines, strict=False)
    return [line for before, line in pairs if line.text.strip() or before.text.strip()]


def _shown(document: Document) -> Iterator[Line]:
    """What a reader sees of a document, a blank line around each block. Code within prose stands in the prose."""
    for block in document.blocks:
        if block.kind != "inline":
            head = "#" * block.level + " " if block.kind == "heading" and block.level else ""
            yield Line(0, "")
            yield from (Line(line.number, f"{head}{line.text}") for line in block.lines)
            yield Line(0, "")


def _ends(lines: Sequence[Line], session: Session, found: Sequence[Found]) -> list[int]:
    """For each claim, before which of the lines its remark stands: behind the output that it is about."""
    begins = sorted({item.line for item in session.items if item.line})
    numbers = [line.number for line in lines]
    ends = []
    for one in found:
        last = max(one.line, one.typed)
        following = next((begin for begin in begins if begin > last), None)
        end = next(
            (at for at, number in enumerate(numbers) if following is not None and number >= following), len(lines)
        )
        while end > 1 and not lines[end - 1].text.strip() and not 0 < lines[end - 1].number <= last:
            end -= 1
        ends.append(end)
    return ends


def _after_block(lines: Sequence[Line], end: int) -> int:
    """The end of the fence, the table, the paragraph in which a line stands."""
    fence = ""
    for at, line in enumerate(lines):
        found = _FENCE.match(line.text)
        if found and not fence:
            if at >= end:
                break
            fence = found["fence"]
        elif found and fence and found["fence"].startswith(fence) and not line.text[found.end() :].strip():
            fence = ""
            if at >= end - 1:
                return at + 1
    while _INDENTED.match(lines[end - 1].text) and (more := _indented(lines, end)) > end:
        end = more
    while (
        end < len(lines)
        and lines[end - 1].text.strip()
        and lines[end].text.strip()
        and not _FENCE.match(lines[end].text)
    ):
        end += 1
    return end


def _indented(lines: Sequence[Line], begin: int) -> int:
    """The end of an indented block's next line, blank lines before it included; `begin` if none follows."""
    at = begin
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at + 1 if at < len(lines) and _INDENTED.match(lines[at].text) else begin

"""A tutorial as its format shows it: blocks of prose and of code, each line with its place in the source.

What a format's reader yields (plain text, Markdown, reStructuredText, HTML), before anything is known of what is a
command and what is output.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

# No tutorial is longer; what is takes no time beyond that.
MOST_LINES = 20_000
# Of a paragraph; what is longer is no line but data (a picture, a page without line ends).
LONGEST_LINE = 20_000

BlockKind = Literal[
    "heading",
    "prose",  # paragraphs, list items, quotes: one block each, markup removed
    "code",  # fenced, indented, literal, <pre>
    "inline",  # `code` inside prose: a label more often than a command; `lines` has one
    "mixed",  # plain text, which does not tell prose from code
]


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # in the source, from 1
    text: str  # without its end, and without what the format put before it (indentation of a list, `> `)


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    lines: tuple[Line, ...]
    language: str = ""  # of a fence or directive, as written
    level: int = 0  # of a heading, from 1
    exact: bool = True  # its lines stand in the source as they are; False: markup was among them, or is all of it

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Block, ...]
    title: str = ""
    source: str = ""  # where it was published, if it says so
    warnings: tuple[str, ...] = field(default_factory=tuple)  # what of the format could not be read


def readable(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """As much of the lines as is read (those that are too long are empty), and warnings about what is not."""
    warnings: tuple[str, ...] = ()
    if len(lines) > MOST_LINES:
        lines, warnings = lines[:MOST_LINES], (f"only its first {MOST_LINES:,} lines were read",)
    long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    if long:
        lines = ["" if len(line) > LONGEST_LINE else line for line in lines]
        warnings = (*warnings, _too_long(long))
    return lines, warnings


def bounded(document: Document) -> Document:
    """As much of a document as is read; its format may have other lines than what it shows."""
    left = {True: MOST_LINES, False: MOST_LINES}  # pieces of code in sentences, and lines
    is_cut = False
    long: list[int] = []
    kept = []
    for block in document.blocks:
        inline = block.kind == "inline"
        lines = block.lines[: left[inline]]
        left[inline] -= len(lines)
        is_cut = is_cut or len(lines) < len(block.lines)
        if any(len(line.text) > LONGEST_LINE for line in lines):
            long += [line.number for line in lines if len(line.text) > LONGEST_LINE]
            lines = tuple(line for line in lines if len(line.text) <= LONGEST_LINE)
        if lines:
            kept.append(block if lines == block.lines else replace(block, lines=lines))
    warnings = document.warnings
    if is_cut:
        warnings += (f"only the first {MOST_LINES:,} lines that it shows were read",)
    return replace(document, blocks=tuple(kept), warnings=(*warnings, _too_long(long)) if long else warnings)


def _too_long(numbers: list[int]) -> str:
    said = f"longer than {LONGEST_LINE:,} characters and not read"
    if len(numbers) == 1:
        return f"line {numbers[0]} is {said}"
    return f"{len(numbers)} lines are {said}, the first of them line {numbers[0]}"

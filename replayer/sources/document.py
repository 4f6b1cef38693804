"""A tutorial as its format shows it: blocks of prose and of code, each line with its place in the source.

What a format's reader yields (plain text, Markdown, reStructuredText, HTML), before anything is known of what is a
command and what is output.
"""

from dataclasses import dataclass, field
from typing import Literal

# No tutorial is longer; what is takes no time beyond that.
MOST_LINES = 40_000

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
    exact: bool = True  # its lines stand in the source as they are; False: markup was taken out of the midst of one

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
    """As many of the lines as are read, and a warning if some are not."""
    if len(lines) <= MOST_LINES:
        return lines, ()
    return lines[:MOST_LINES], (f"only its first {MOST_LINES:,} lines were read",)

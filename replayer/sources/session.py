"""A documented session: what a person is said to have typed, and what they say it showed.

Every tutorial's reading ends here, whatever its format; `authored.py` writes it as a scenario.
"""

from dataclasses import dataclass, field
from typing import Literal

ClaimKind = Literal[
    "outcome",  # `value`: 通, 不通
    "output",  # `lines`: what it printed; a line `...` stands for what was left out
    "fails",  # it is meant to fail; `value`: words of the message, or ""
    "exit",  # `value`: the status
    "empty",  # it is said to print nothing
    "contains",  # `value`: said in a remark to be in the output
    "matches",  # `value`: a regular expression for a line of the output
]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the tutorial says that a command shows. `line`: where it says so; `why`: the words that say it."""

    kind: ClaimKind
    line: int
    value: str = ""
    lines: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was guessed, or could not be read: told to the person, and marked in the YAML."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Command:
    """One thing typed. `text` has several lines for continuations, here-documents, loops."""

    text: str
    line: int
    terminal: str = "main"
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    goes_on: bool = False  # endless: it runs until `Stopped`, or the end
    until: str = ""  # of one that goes on: a text of its output that shows that it has begun
    answers: tuple[str, ...] = ()  # lines typed to it


@dataclass(frozen=True, slots=True)
class Stopped:
    """Ctrl-C to what goes on in a terminal. The claims are about all that it printed."""

    terminal: str
    line: int
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


# No tutorial has more; each takes some 0.1 ms to read.
MOST_COMMANDS = 3_000
TOO_MANY = f"only its first {MOST_COMMANDS:,} commands were read"


@dataclass(frozen=True, slots=True)
class Remark:
    """Prose; headings too (`level` from 1)."""

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """Something that looks like a command and is not to be typed: a template, a label, one that the text repeats."""

    text: str
    line: int
    why: str


Item = Command | Stopped | Remark | Left


@dataclass(frozen=True, slots=True)
class Session:
    items: tuple[Item, ...]
    title: str = ""
    source: str = ""
    style: str = ""  # how the document writes prompts, and the reason, in words
    doubts: tuple[Doubt, ...] = field(default_factory=tuple)

    @property
    def every_doubt(self) -> tuple[Doubt, ...]:
        """Those about the text and those about single commands, in the text's order."""
        own = [doubt for item in self.items if isinstance(item, (Command, Stopped)) for doubt in item.doubts]
        return tuple(sorted([*self.doubts, *own], key=lambda doubt: doubt.line))

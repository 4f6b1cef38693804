"""Where something is wrong, what it is, and how to mend it (contract C7)."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

# More than this many problems help nobody: the rest is counted.
PROBLEMS_SHOWN = 100
# A line longer than this is shown in part, around the problem.
LINE_SHOWN = 160


# Control characters as the signs that Unicode has for them.
_PICTURES = (
    {c: chr(0x2400 + c) for c in range(32) if chr(c) not in "\n\t"} | {127: "␡"} | dict.fromkeys(range(128, 160), "�")
)


def visible(text: str) -> str:
    """A text from outside, as it may be shown on a reader's terminal: control characters become signs."""
    return text.translate(_PICTURES)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file an author wrote; line and column count from 1. Line 0: the file as a whole."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file. `shown` is the offending line as the author wrote it, or empty."""

    at: Position
    what: str
    mend: str = ""
    shown: str = ""

    def __str__(self) -> str:
        head = visible(f"{self.at}: {self.what}" + (f"; {self.mend}" if self.mend else ""))
        if not self.shown:
            return head
        shown, column = visible(self.shown), self.at.column - 1
        if len(shown) > LINE_SHOWN:
            start = max(0, column - LINE_SHOWN // 2)
            shown, column = shown[start : start + LINE_SHOWN], column - start
        return f"{head}\n    {shown}\n    {_lead(shown[:column])}^"


def _lead(text: str) -> str:
    """Blanks as wide as the text on a terminal: tabs stay tabs, Chinese takes two columns."""
    return "".join("\t" if c == "\t" else " " * _width(c) for c in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Places(Protocol):
    """Where the parts of something an author wrote stand: a path of keys and indices -> a position.

    A path that leads beyond what was written ends at the nearest part that was.
    """

    def position(self, *path: str | int) -> Position: ...

    def problem(self, path: Sequence[str | int], what: str, mend: str = "", *, key: bool = False) -> Problem:
        """A problem at that part (at its key, if `key`), with the line shown."""
        ...


class ReplayError(Exception):
    """An error that a person can cause and mend: shown as its message, never as a traceback."""

    exit_code = 2


class ScenarioError(ReplayError):
    """A scenario that cannot be read: all of its problems at once (exit 2)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(p) for p in self.problems[:PROBLEMS_SHOWN]]
        if len(self.problems) > PROBLEMS_SHOWN:
            shown.append(f"… and {len(self.problems) - PROBLEMS_SHOWN} more problems")
        super().__init__("\n".join(shown))

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class SandboxError(ReplayError):
    """The sandbox could not be made, or died (exit 3)."""

    exit_code = 3


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is probably a misspelling of, or None."""
    # difflib is slow: what is long, or one of very many, is no slip of the finger.
    if not word or len(word) > 60:
        return None
    candidates = [k for k in known if abs(len(k) - len(word)) <= 2 + len(word) // 3][:300]
    by_fold = {k.casefold(): k for k in reversed(candidates)}
    import difflib  # only where something is wrong

    close = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """How to mend an unknown word: the nearest known one, or the known ones listed, or `otherwise`."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return f"did you mean {near!r}?"
    if otherwise:
        return otherwise
    return f"known are: {', '.join(known[:30])}" if known else ""

"""Where something is wrong, what it is, and how to mend it (contract C7)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file an author wrote; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file. `shown` is the offending line as the author wrote it, or empty."""

    at: Position
    what: str
    mend: str = ""
    shown: str = ""

    def __str__(self) -> str:
        head = f"{self.at}: {self.what}" + (f"; {self.mend}" if self.mend else "")
        if not self.shown:
            return head
        # Tabs keep their width above the caret only if the caret line repeats them.
        lead = "".join("\t" if c == "\t" else " " for c in self.shown[: self.at.column - 1])
        return f"{head}\n    {self.shown}\n    {lead}^"


class ReplayError(Exception):
    """An error that a person can cause and mend: shown as its message, never as a traceback."""

    exit_code = 2


class ScenarioError(ReplayError):
    """A scenario that cannot be read: all of its problems at once (exit 2)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class SandboxError(ReplayError):
    """The sandbox could not be made, or died (exit 3)."""

    exit_code = 3

"""Keeps the journal of what persons type, on disk as they type it: what was typed is not lost, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from replayer.journal import FORMAT, Entry, Happened, Head, Noted, happened, last_of, read_journal, to_line
from replayer.problems import ReplayError, visible
from replayer.session import Fact, Note, TypedCommand

# So much of a command is told when it is dropped, in characters.
MOST_TOLD = 60


class JournalError(ReplayError):
    """A journal that cannot be read or written."""


class Scribe:
    """Told what happens in terminals, by `teller(terminal)`; `order` is what is kept of it."""

    def __init__(self, path: Path | None, head: Head) -> None:
        """`path` None: it is kept in memory alone."""
        self.path, self.head = path, replace(head, journal=FORMAT)
        self.entries: list[Entry] = []
        self._began = time.monotonic()
        self._numbers: dict[int, int] = {}  # id of a command -> its number
        self._commands: list[TypedCommand] = []  # their ids are theirs as long as they live
        self._file = -1
        if path is not None:
            self._file = _opened(path)
            self._put(to_line(self.head))

    @property
    def order(self) -> list[Happened]:
        return happened(self.entries)

    def teller(
        self, terminal: str, others: Callable[[], Mapping[str, str]] = dict, paint: Callable[[str], str] = str
    ) -> Callable[[Fact, bool], str]:
        """What a session calls. `others`: what commands that run in other terminals have shown so far; `paint`: makes
        what the person is told a little paler."""

        def told(fact: Fact, over: bool) -> str:
            if isinstance(fact, TypedCommand):
                self._command(terminal, fact, over, others)
                return ""
            what = self._remark(terminal, fact)
            return f"{paint(f'  {what}')}\r\n"

        return told

    def _command(self, terminal: str, one: TypedCommand, over: bool, others: Callable[[], Mapping[str, str]]) -> None:
        if id(one) not in self._numbers:
            self._commands.append(one)
            self._numbers[id(one)] = len(self._commands)
        entry = Entry(kind="begun", at=self._at(), terminal=terminal, number=self._numbers[id(one)], text=one.command)
        if over:
            entry = replace(
                entry,
                kind="ended",
                output=one.output,
                exit=one.exit,
                sent=tuple(one.sent),
                interrupted=one.interrupted,
                alone=one.alone,
                eof=one.eof,
            )
        else:
            entry = replace(entry, shown=dict(others()))
        self._add(entry)

    def _remark(self, terminal: str, fact: Fact) -> str:
        at = self._at()
        if isinstance(fact, Note):
            if not fact.text:
                return "an empty note is none"
            self._add(Entry(kind="note", at=at, terminal=terminal, text=fact.text))
            return "noted"
        gone = last_of(self.order, terminal)
        if gone is None:
            return "nothing to drop here"
        self._add(Entry(kind="drop", at=at, terminal=terminal))
        first = visible(gone.text if isinstance(gone, Noted) else gone.command.command).partition("\n")[0]
        first = first if len(first) <= MOST_TOLD else f"{first[:MOST_TOLD]}…"
        return f"dropped: {first}" + ("" if isinstance(gone, Noted) else " (what it did here stays)")

    def _at(self) -> float:
        return round(time.monotonic() - self._began, 3)

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._put(to_line(entry))

    def _put(self, line: str) -> None:
        data = f"{line}\n".encode("utf-8", "replace")
        with suppress(OSError):  # a full disk ends no recording: the scenario is written from memory
            while data and self._file >= 0:
                data = data[os.write(self._file, data) :]

    def close(self, keep: bool) -> None:
        """`keep`: the journal stays; else it and the folder that was made for it go."""
        if self._file < 0:
            return
        os.close(self._file)
        self._file = -1
        assert self.path is not None
        if not keep:
            with suppress(OSError):
                self.path.unlink()
                self.path.parent.rmdir()  # only if it is empty

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(keep=True)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise JournalError(f"{path}: what is typed cannot be kept there: {error.strerror}") from error
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def being_written(path: Path) -> bool:
    """Whether a living recorder writes a journal."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def recovered(path: Path) -> tuple[Head, list[Happened]]:
    """What a journal keeps. Raises JournalError."""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            head, entries = read_journal(file)
    except OSError as error:
        raise JournalError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise JournalError(f"{path}:{error}; a recording that was cut off leaves one in .replay/") from error
    return head, happened(entries)

"""What persons typed in the terminals of one sandbox, in order, and its JSON lines. Pure.

The journal is written as they type, so that nothing that was typed is lost, whatever ends; the steps of a scenario are
made of it (`drafting.py`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from replayer import shapes
from replayer.session import TypedCommand

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The first line: the format, the scenario's title, the size of the terminals."""

    journal: int = 0
    title: str = ""
    columns: int = 80
    rows: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened. `at`: seconds since the recording began."""

    kind: Literal["begun", "ended", "note", "drop"]
    at: float
    terminal: str
    number: int = 0  # of a command: begun and ended have the same
    text: str = ""  # the command, or the note
    shown: Mapping[str, str] = field(default_factory=dict)  # begun: what runs in other terminals had shown till then
    # ended: as in a TypedCommand
    output: str = ""
    exit: int | None = None
    sent: tuple[str, ...] = ()
    interrupted: bool = False
    alone: str = ""
    eof: bool = False


@dataclass(slots=True)
class Ran:
    """A command. `seen`: what it had shown when the first command after it began elsewhere; None: it ended before."""

    number: int
    terminal: str
    command: TypedCommand
    began: float
    ended: float | None = None
    seen: str | None = None

    @property
    def cut(self) -> bool:
        """Whether it did not end by itself: by Ctrl-C, or with the recording."""
        return self.command.interrupted or self.command.exit is None


@dataclass(slots=True)
class Over:
    """Where a command ended that others began during. `since`: when the last of them ended, or began."""

    ran: Ran
    since: float = 0.0


@dataclass(slots=True)
class Noted:
    terminal: str
    text: str


Happened = Ran | Over | Noted


def to_line(entry: Head | Entry) -> str:
    return json.dumps(shapes.plain(entry), ensure_ascii=False)


def read_journal(lines: Iterable[str]) -> tuple[Head, list[Entry]]:
    """The journal up to its last whole line. Raises ValueError, with the number of the line, where it is none."""
    head: Head | None = None
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        if not line.endswith("\n"):
            break  # cut off while it was written
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{number}:1: this is no line of a journal: {error}") from error
        faults: list[shapes.Fault] = []
        read = shapes.read(Head if head is None else Entry, data, faults) if isinstance(data, dict) else None
        if read is None or faults or (head is None and (not isinstance(read, Head) or read.journal != FORMAT)):
            raise ValueError(f"{number}:1: this is no journal of `replay record`")
        if isinstance(read, Head):
            head = read
        elif isinstance(read, Entry):
            entries.append(read)
    if head is None:
        raise ValueError("1:1: this is no journal of `replay record`")
    return head, entries


def happened(entries: Sequence[Entry]) -> list[Happened]:
    """What is kept of a journal, in the order in which it was typed."""
    order: list[Happened] = []
    ran: dict[int, Ran] = {}
    latest = 0.0
    for entry in entries:
        match entry.kind:
            case "begun":
                for one in ran.values():
                    if one.ended is None and one.terminal != entry.terminal and one.seen is None:
                        one.seen = entry.shown.get(one.terminal, "")
                ran[entry.number] = Ran(entry.number, entry.terminal, TypedCommand(entry.text), entry.at)
                order.append(ran[entry.number])
            case "ended":
                if entry.number not in ran:  # its shell does not tell when a command begins
                    ran[entry.number] = Ran(entry.number, entry.terminal, TypedCommand(entry.text), entry.at)
                    order.append(ran[entry.number])
                one = ran[entry.number]
                told_before, one.ended = one.ended is not None, entry.at
                one.command = TypedCommand(
                    entry.text, entry.output, entry.exit, list(entry.sent), entry.interrupted, entry.alone, entry.eof
                )
                if one.seen is not None and not told_before:
                    order.append(Over(one, latest))
            case "note":
                order.append(Noted(entry.terminal, entry.text))
            case "drop":
                _drop(order, entry.terminal)
        latest = entry.at
    return order


def last_of(order: Sequence[Happened], terminal: str) -> Ran | Noted | None:
    """The last thing that was typed in a terminal."""
    return next((one for one in reversed(order) if not isinstance(one, Over) and one.terminal == terminal), None)


def _drop(order: list[Happened], terminal: str) -> None:
    """Takes the last thing of a terminal back."""
    last = last_of(order, terminal)
    order[:] = [one for one in order if one is not last and not (isinstance(one, Over) and one.ran is last)]

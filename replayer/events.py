"""What happened in a run: timestamped facts, and their JSON-lines codec.

A recording is one JSON object a line: first `recording` (format version, plan),
then the events in order. `at` is seconds since the run began. The file is written as the run goes and
is readable up to its last complete line.
"""

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from replayer import topology

# Why a step's command is no longer waited for.
Ending = Literal[
    "exit",  # it ended; `exit` is its status
    "until",  # what `until` names was seen; the command goes on
    "stopped",  # Ctrl-C, as a stop step says
    "done",  # a note, a pause, a line typed
    "timeout",  # it took longer than it may
    "incomplete",  # the shell waits for more: an open quote or here-document
    "flooded",  # it printed more than a step may
    "shell",  # the terminal's shell ended; `exit` is its status
    "lost",  # the sandbox is gone
    "refused",  # it could not be started: `reason` says why
]


@dataclass(frozen=True, slots=True)
class Began:
    """The sandbox stands. `machine`: kernel, backend, knobs used."""

    event: ClassVar[str] = "began"
    at: float
    clock: str  # ISO 8601, UTC
    machine: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Started:
    event: ClassVar[str] = "started"
    at: float
    step: int
    terminal: str
    text: str  # the command as typed, variables filled
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Output:
    """What a terminal received from its programs: echo and prompts removed, control sequences kept.
    Bytes that are not UTF-8 stand as surrogate escapes, so that nothing is lost. `stray`: it came before the
    command that is being typed, so it is a background job's."""

    event: ClassVar[str] = "output"
    at: float
    terminal: str
    text: str
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Of a command of several lines, `line` (from 0) is typed at a new prompt: what came before it ended with
    status `exit`."""

    event: ClassVar[str] = "typed"
    at: float
    terminal: str
    line: int
    exit: int


@dataclass(frozen=True, slots=True)
class Ended:
    event: ClassVar[str] = "ended"
    at: float
    step: int
    ending: Ending
    exit: int | None = None  # the shell's $?: 0–255
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that was not played, or (step None) the whole scenario."""

    event: ClassVar[str] = "skipped"
    at: float
    reason: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network looks like after the step that ended last: the facts of each namespace that changed since
    it was seen last (topology.py says which), and the names of those that are gone."""

    event: ClassVar[str] = "topology"
    at: float
    network: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was asked about the sandbox because of a step that ended: command lines and what they printed."""

    event: ClassVar[str] = "looked"
    at: float
    step: int
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of a run that could say so. `reason` is empty when it went to its end."""

    event: ClassVar[str] = "finished"
    at: float
    ending: Literal["done", "interrupted", "errored"] = "done"
    reason: str = ""
    kept: str = ""  # the command that leads into a sandbox that was kept alive


Event = Began | Started | Output | Typed | Ended | Skipped | Seen | Looked | Finished
EVENTS: dict[str, type[Event]] = {
    t.event: t for t in (Began, Started, Output, Typed, Ended, Skipped, Seen, Looked, Finished)
}

# What a field of that name holds, in whichever event.
TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("clock", "terminal", "text", "reason", "ending", "kept"), (str,)),
    "at": (float, int),
    **dict.fromkeys(("machine", "network", "evidence"), (dict,)),
    "gone": (list,),
    "step": (int, type(None)),
    "exit": (int, type(None)),
    **dict.fromkeys(("attempt", "line"), (int,)),
    "stray": (bool,),
}


# An encoder of its own for each event would be half of the time that a line takes.
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(event: Event) -> str:
    """One line, without its line end. Lone surrogates (bytes that were not UTF-8) are escaped."""
    fields = {"event": event.event} | {f: getattr(event, f) for f in event.__dataclass_fields__}
    line = _ENCODE(fields)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(fields, separators=(",", ":"))
    return line


def from_json(line: str) -> Event:
    """Raises ValueError for a line that is no event (a newer version's, or not ours)."""
    try:
        data = json.loads(line)
        kind = EVENTS[data.pop("event")]
        for name, value in data.items():
            if not isinstance(value, TYPES[name]) or (isinstance(value, bool) and name != "stray"):
                raise TypeError(name)
        event = kind(**data)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"no event: {line[:80]!r}") from error
    if isinstance(event, Seen):
        topology.check(event.network, event.gone)
    if isinstance(event, Looked) and not all(isinstance(text, str) for text in event.evidence.values()):
        raise ValueError(f"no event: {line[:80]!r}")
    return event

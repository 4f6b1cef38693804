"""A run to be watched: asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/), a marker a step.

Commands are typed at a human pace; outputs come as they came, with no wait longer than `idle`. One screen shows all
terminals in turn, as a person would look at them: a line names the terminal where it changes, and what another one
printed meanwhile is shown when its own turn comes.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from replayer.canvas import width
from replayer.formats.reasons import label_of
from replayer.formats.styles import COMMAND, NAME, NOTE, OUTCOMES, PROMPT, WRONG, complaints
from replayer.problems import visible
from replayer.repainting import Repainter, coloured
from replayer.scenario import Size
from replayer.transcript import Entry, Transcript

# Seconds.
IDLE = 2.0
KEY = 0.03
MOST_TYPING = 1.5
BREATH = 0.25
# What comes closer together is one event.
MOMENT = 0.01
# So long a command that goes on is waited for to end its line.
LINE = 1.0
# Beyond so much one output is shown in part.
MOST_SHOWN = 400_000
PART_SHOWN = 20_000


def render(transcript: Transcript, terminal: str | None = None, idle: float = IDLE) -> str:
    """The cast. `terminal`: only this one's steps; `idle`: seconds, the longest time in which nothing happens."""
    plan = transcript.plan
    entries = [entry for entry in transcript.entries if _is_shown(entry, terminal)]
    terminals = {entry.step.terminal for entry in entries if entry.step.kind != "note"}
    tape = _Tape(plan.size, idle, several=len(terminals) > 1)
    for entry in entries:
        tape.entry(entry)
    header = {
        "version": 2,
        "width": plan.size.columns,
        "height": plan.size.rows,
        **_clock(transcript),
        "idle_time_limit": idle,
        "title": visible(plan.title or plan.name),
        "env": {"TERM": "xterm-256color", "SHELL": "/bin/bash"},
    }
    return "".join(_line(one) for one in (header, *tape.events()))


def _line(value: object) -> str:
    # Lone surrogates are no text; what the terminal's text had of them is gone already.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n"


def _clock(transcript: Transcript) -> dict[str, int]:
    try:
        return {"timestamp": int(datetime.fromisoformat(transcript.clock).timestamp())}
    except ValueError:
        return {}


class _Going:
    """A command's output, as far as it was shown."""

    def __init__(self, entry: Entry, columns: int, rows: int) -> None:
        self.at = entry.started  # of the last piece
        self._size = (columns, rows)
        self._parts = iter(entry.parts)
        self._pieces: list[tuple[float, str]] = []
        self.screen = Repainter(columns, rows)
        self.next_part()

    def next_part(self) -> None:
        """On to the next of several commands."""
        part = next(self._parts, None)
        self.screen = Repainter(*self._size)
        self._pieces = list(_shortened(part.screen.received())) if part else []

    def until(self, end: float | None) -> Iterator[tuple[float, str]]:
        """The pieces up to a moment and the end of a line: seconds since the one before, and what to send."""
        while self._pieces:
            at, raw = self._pieces[0]
            if end is not None and at > end and (self.screen.at_left or at > end + LINE):
                break
            self._pieces.pop(0)
            yield max(0.0, at - self.at), self.screen.drawn(raw)
            self.at = max(self.at, at)
        # Other rows may come below these before the next piece does.
        yield 0.0, self.screen.end()
        self.screen = Repainter(*self._size)


def _shortened(pieces: tuple[tuple[float, str], ...]) -> Iterator[tuple[float, str]]:
    if sum(len(text) for _, text in pieces) <= MOST_SHOWN:
        yield from pieces
        return
    at, text = pieces[0][0], "".join(text for _, text in pieces)
    left_out = text[PART_SHOWN:-PART_SHOWN].count("\n")
    yield at, f"{text[:PART_SHOWN]}\r\n… {left_out} lines left out …\r\n{text[-PART_SHOWN:]}"


class _Tape:
    """Events, and the time at which the next one comes."""

    def __init__(self, size: Size, idle: float, several: bool) -> None:
        self._size = size
        self._idle = idle
        self._several = several
        self._terminal = ""
        self._now = 0.0
        self._events: list[tuple[float, str, str]] = []
        self._going: dict[int, _Going] = {}

    def events(self) -> Iterator[tuple[float, str, str]]:
        """All that was put on the tape, then a prompt that waits for nobody."""
        self._out(BREATH, coloured("# ", PROMPT))
        self._out(self._idle, "\r\n")
        yield from self._events

    def entry(self, entry: Entry) -> None:
        if entry.step.kind == "note":
            lines = visible(entry.command).rstrip("\n").split("\n")
            self._out(BREATH, "\r\n" + "".join(coloured(line, NOTE) + "\r\n" for line in lines))
            self._rest(len(entry.command) * KEY)
            return
        self._look_at(entry.step.terminal)
        self._events.append((round(self._now, 3), "m", _label(entry)))
        command = entry.of or entry
        if entry.step.kind == "run":
            self._going[id(entry)] = _Going(entry, self._size.columns, self._size.rows)
            for number, (text, _) in enumerate(entry.commands):
                if number:
                    self._going[id(entry)].next_part()
                self._type(text)
                self._show(entry, command, last=number == len(entry.commands) - 1)
        else:
            self._show(entry, command)
        self._conclude(entry)

    def _show(self, entry: Entry, command: Entry, last: bool = True) -> None:
        going = self._going.get(id(command))
        if going is None or "command" in (entry.step.show, command.step.show):
            return
        goes_on = last and entry.ending in ("until", "done")
        before = self._now
        for after, sent in going.until(entry.ended if goes_on else None):
            self._out(after, sent)
        # Time to read what came.
        self._rest(0.0 if before == self._now else BREATH)

    def _conclude(self, entry: Entry) -> None:
        if entry.outcome:
            self._out(BREATH / 2, coloured(entry.outcome, OUTCOMES.get(entry.outcome, COMMAND)) + "\r\n")
        for line in complaints(entry):
            self._out(0.0, coloured(line, WRONG) + "\r\n")
        self._rest(BREATH)

    def _look_at(self, terminal: str) -> None:
        if self._several and terminal != self._terminal:
            name = visible(terminal).replace("\n", " ")
            self._out(BREATH, coloured(f" {name} ", NAME) + "\r\n")
        self._terminal = terminal

    def _type(self, command: str) -> None:
        lines = visible(command).rstrip("\n").split("\n")
        key = min(KEY, MOST_TYPING / max(1, sum(map(len, lines))))
        for number, line in enumerate(lines):
            self._out(BREATH if number == 0 else 0.0, coloured("> " if number else "# ", PROMPT))
            after = BREATH
            for character in line:
                # A mark belongs to the character before it.
                self._out(after if width(character) else 0.0, coloured(character, COMMAND))
                after = key * 2 if character == " " else key
            self._out(BREATH, "\r\n")

    def _rest(self, seconds: float) -> None:
        last = self._events[-1][0] if self._events else 0.0
        self._now = min(self._now + seconds, last + self._idle)

    def _out(self, after: float, text: str) -> None:
        self._rest(after)
        if not text:
            return
        at = self._now
        if self._events and self._events[-1][1] == "o" and at - self._events[-1][0] < MOMENT:
            at, _, before = self._events.pop()
            text = before + text
        self._events.append((round(at, 3), "o", text))


def _is_shown(entry: Entry, terminal: str | None) -> bool:
    """Not what the tutorial does not show: its author's own steps, and those that were not played."""
    if entry.step.kind == "pause" or (entry.verdict is not None and entry.verdict.word == "skipped"):
        return False
    if "none" in (entry.step.show, entry.of.step.show if entry.of else None):
        return False
    return terminal is None or entry.step.kind == "note" or entry.step.terminal == terminal


def _label(entry: Entry) -> str:
    word = entry.verdict.word if entry.verdict else "unfinished"
    said = entry.outcome or ""
    if word != "passed":
        said = f"{said} {word}".strip()
    return f"{label_of(entry)}: {said}" if said else label_of(entry)

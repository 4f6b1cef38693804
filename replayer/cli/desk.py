"""While it is recorded: the person's terminal, and those of other windows that join it."""

import os
import sys
from collections.abc import Generator
from functools import partial
from pathlib import Path

from replayer.attaching import Here, Seat, attended, wait
from replayer.cli.leading import whole_width
from replayer.cli.view import View
from replayer.events import Event
from replayer.joining import Door, Guest, door
from replayer.player import Player
from replayer.problems import SandboxError, visible
from replayer.scribe import Scribe
from replayer.session import Fact

MAIN = "main"
OVER = "the recording ended"
JOIN = "replay record --terminal monitor"
INTRODUCTION = """
  recording {what}
  # TEXT   at the prompt adds a note
  #drop    takes the last step back
  exit     or Ctrl-D ends; Ctrl-] three times ends whatever runs
  Another window, another terminal here: {join}
"""


def desk(player: Player, scribe: Scribe, output: Path | None, view: View) -> Generator[Event]:
    """The person's terminal, and others that come, until the person leaves."""
    what = visible(str(output or "to standard output"))
    # The command stands in one line, to be copied: its blanks fold no line.
    text = INTRODUCTION.strip("\n").format(what=what, join=JOIN.replace(" ", "\0"))
    view.say(whole_width(text, view).replace("\0", " "))
    here = Here(sys.stdin.fileno(), sys.stdout.fileno())
    with door(output) as entrance:
        made = Desk(player, scribe, view)
        try:
            yield from made.seat(MAIN, here)
            with here.open():
                while made.attend(entrance):
                    yield from made.welcome()
                    yield from player.terminals.pump(player.now())
        finally:
            made.close()


class Desk:
    """All who sit at terminals of one sandbox; the first one is the person who records."""

    def __init__(self, player: Player, scribe: Scribe, view: View) -> None:
        self._player, self._scribe, self._view = player, scribe, view
        self._seats: list[Seat] = []
        self._coming: list[Guest] = []  # they have not been heard yet
        self._asking: list[Guest] = []
        # Nested shells of all terminals read one file.
        self._nonce = os.urandom(8).hex()

    def seat(self, name: str, window: Here | Guest) -> Generator[Event]:
        """Raises SandboxError if the terminal cannot be had."""
        label = self._player.plan.name
        label = label if name == MAIN else f"{label}[{name}]"
        made = Seat(self._player, name, window, self._view.color, partial(self._told, name), label, self._nonce)
        yield from made.open()
        self._seats.append(made)

    def _told(self, name: str, fact: Fact, over: bool) -> str:
        shown = {seat.name: seat.session.shown() for seat in self._seats if seat.name != name}
        return self._scribe.teller(name, lambda: shown, lambda text: self._view.paint(text, "dim"))(fact, over)

    def attend(self, entrance: Door) -> bool:
        """Pass on what there is, in all directions; False: the first one left."""
        ready = wait(self._seats, entrance.fileno(), *(guest.fileno() for guest in self._coming))
        for seat in list(self._seats):
            if not attended(seat, ready):
                if seat is self._seats[0]:
                    return False
                self._dismiss(seat, "you left it; the recording goes on")
            elif isinstance(seat.window, Guest):
                seat.window.flush()
        self._asking = [guest for guest in self._coming if guest.fileno() in ready]
        self._coming = [guest for guest in self._coming if guest not in self._asking]
        guest = entrance.open() if entrance.fileno() in ready else None
        if guest is not None:
            self._coming.append(guest)
        return True

    def welcome(self) -> Generator[Event]:
        """Those who said which terminal they want get it, or a reason."""
        while self._asking:
            guest = self._asking.pop()
            why = self._unfit(guest)
            if not why:
                try:
                    yield from self.seat(guest.terminal, guest)
                except SandboxError as error:
                    why = str(error)
            if why:
                guest.close(why, refused=True)

    def _unfit(self, guest: Guest) -> str:
        """Why somebody who came cannot have the terminal that they ask for."""
        if not guest.asks() or not guest.terminal:
            return "a terminal's name is needed"
        if any(seat.name == guest.terminal for seat in self._seats):
            return f"terminal {guest.terminal!r} is taken; --terminal names another one"
        return ""

    def close(self) -> None:
        """The recording ends."""
        for guest in (*self._coming, *self._asking):
            guest.close(OVER, refused=True)
        for seat in list(self._seats):
            self._dismiss(seat, OVER)

    def _dismiss(self, seat: Seat, last: str) -> None:
        seat.close()
        self._seats.remove(seat)
        if isinstance(seat.window, Guest):
            seat.window.close(last)

"""Single keys of a person, while the sandbox's terminals are read on."""

import os
import re
import select
import sys
import termios
import tty
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from replayer.events import Event
from replayer.player import Player
from replayer.project import UsageError

# How often the sandbox's terminals are read meanwhile.
TURN = 0.1
NAMES = {"\r": "enter", "\n": "enter", " ": "space", "\x1b": "escape", "\x04": "q"}
ARROWS = {"A": "up", "B": "down", "5~": "page up", "6~": "page down"}
# What follows an escape (ECMA-48: CSI and SS3).
_SEQUENCE = re.compile(r"\[[0-9;]*[@-~]|O.|[^\[O].*")


def need_terminal(what: str) -> None:
    """Raises UsageError where nobody could press a key."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(f"{what} asks for keys: it needs a terminal as standard input and output")


@contextmanager
def keys_at_once() -> Iterator[None]:
    """In this block keys come as they are pressed and are not shown; what is pressed early is kept. Ctrl-C stays what
    it is."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    tty.setcbreak(keyboard, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


def key(player: Player, turn: Callable[[], None] = lambda: None) -> Generator[Event, None, str]:
    """With `keys_at_once`: the next key, by its name or its character; a closed terminal is a `q`. `turn` is called
    now and then. Yields what the terminals of the sandbox print meanwhile."""
    while not pressed(TURN):
        turn()
        yield from player.terminals.pump(player.now())
    return read_key()


def pressed(seconds: float) -> bool:
    """Whether a key is pressed within that time."""
    return bool(select.select([sys.stdin.fileno()], [], [], seconds)[0])


def read_key() -> str:
    """The key that was pressed. A key's sequence comes at once, as terminals send it."""
    first = os.read(sys.stdin.fileno(), 1)
    if first != b"\x1b":
        return NAMES.get(text := first.decode("ascii", "replace"), text) if first else "q"
    rest = ""
    while pressed(0.01) and not _SEQUENCE.fullmatch(rest):
        rest += os.read(sys.stdin.fileno(), 1).decode("ascii", "replace")
    return ARROWS.get(rest[1:], "escape")

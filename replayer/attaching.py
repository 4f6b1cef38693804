"""Persons at terminals of the sandbox: keys go in, what it shows comes out, and its size follows theirs."""

import os
import secrets
import select
import shutil
import signal
import termios
import time
import tty
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from replayer.events import Event
from replayer.player import Player
from replayer.problems import SandboxError
from replayer.session import INPUTRC, Fact, Session, TypedCommand

READ_SIZE = 1 << 16
# How often the other terminals are read meanwhile.
TURN = 0.1
# How often it is looked whether a shell lives.
LOOK = 0.5
# Ctrl-] so many times within a second leaves whatever runs inside, as with machinectl(1).
LEAVE, TIMES, WITHIN = b"\x1d", 3, 1.0
# What a program that was cut off may have left behind: a hidden cursor, colours, pasting in brackets, mouse reports,
# the keypad.
RESET = b"\x1b[?25h\x1b[0m\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1l\x1b>"
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"

# Told of each command that begins (False) and has ended (True), and of remarks; what it returns is shown.
Told = Callable[[Fact, bool], str]


class Window(Protocol):
    """Where a person sits."""

    def fileno(self) -> int:
        """Readable when there are keys or another size, or when the person is gone."""

    def read(self) -> bytes | None:
        """The keys; None: there are none; empty: the person is gone."""

    def write(self, data: bytes) -> None: ...

    def size(self) -> tuple[int, int]:
        """Columns and rows."""


class Here:
    """The terminal that this process was started in: `keyboard` and `screen` are descriptors of it."""

    def __init__(self, keyboard: int, screen: int) -> None:
        self._keyboard, self._screen = keyboard, screen
        self._poll = select.epoll()
        self._poll.register(keyboard, select.EPOLLIN)
        self._news = -1

    @contextmanager
    def open(self) -> Iterator["Here"]:
        """Every key is passed on in this block; the person's own settings are back afterwards."""
        with raw(self._keyboard), resized() as self._news:
            self._poll.register(self._news, select.EPOLLIN)
            try:
                yield self
            finally:
                self._poll.unregister(self._news)

    def fileno(self) -> int:
        return self._poll.fileno()

    def read(self) -> bytes | None:
        with suppress(BlockingIOError):
            os.read(self._news, READ_SIZE)
        ready = {descriptor for descriptor, _ in self._poll.poll(0)}
        return _read(self._keyboard) if self._keyboard in ready else None

    def write(self, data: bytes) -> None:
        write(self._screen, data)

    def size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self._screen)
        except OSError:
            columns, rows = shutil.get_terminal_size()
        return columns or 80, rows or 24


class Seat:
    """A person at one terminal of the sandbox."""

    def __init__(
        self,
        player: Player,
        name: str,
        window: Window,
        color: bool,
        told: Told,
        label: str | None = None,
        nonce: str | None = None,
    ) -> None:
        """`label` stands in the prompt; the scenario's name if it is not given. `nonce`: the same for all who sit in
        one sandbox at once, for its nested shells read one file."""
        self.name, self.window = name, window
        self._player = player
        self._size = window.size()
        label = player.plan.name if label is None else label
        self.session = Session(nonce or secrets.token_hex(8), label, *self._size, color, told)
        self._played = ""  # what nested shells read before
        self.inside = -1
        self._unsent = b""
        self._full = False  # a full-screen program drew on the other screen
        self._leaving: list[float] = []
        self._looked = time.monotonic()  # whether its shell lives

    def open(self) -> Generator[Event]:
        """Take over the terminal, which is opened if it is not; it must be at its prompt (SandboxError)."""
        terminals, sandbox = self._player.terminals, self._player.sandbox
        yield from terminals.ready(self.name)
        if not terminals.at_prompt(self.name):
            raise SandboxError(f"a command still runs in terminal {self.name!r}; choose another one")
        base = sandbox.runtime_dir
        self._played = sandbox.execute(["cat", f"{base}/shellrc"])[1]
        sandbox.write(f"{base}/inputrc", INPUTRC)
        sandbox.write(f"{base}/shellrc", self.session.rc(os.environ.get("TERM", "")))
        sandbox.resize(self.name, *self._size)
        self.inside = terminals.lend(self.name)
        # A long paste must not wait for a program that waits for us to read.
        os.set_blocking(self.inside, False)
        os.write(self.inside, self.session.hand_over(f"{base}/shellrc"))

    @property
    def wants(self) -> int:
        """What to poll its inside for."""
        return select.POLLIN | (select.POLLOUT if self._unsent else 0)

    def send(self) -> None:
        """Pass on what could not be typed yet."""
        if self._unsent:
            self._unsent = self._unsent[_sent(self.inside, self._unsent) :]

    def show(self) -> bool:
        """Pass on what the terminal shows; False: it is gone."""
        data = _read(self.inside)
        if data == b"":
            return False
        shown = self.session.received(data or b"")
        if ENTERED in shown or LEFT in shown:
            self._full = shown.rfind(ENTERED) > shown.rfind(LEFT)
        self.window.write(shown)
        return True

    def take(self) -> bool:
        """Pass on keys, and another size; False: the person left, or is gone."""
        keys = self.window.read()
        if keys == b"":
            return False
        if keys:
            self._leaving = [at for at in self._leaving if at > time.monotonic() - WITHIN]
            self._leaving += [time.monotonic()] * keys.count(LEAVE)
            if len(self._leaving) >= TIMES:
                return False
            lines, echoed = _modes(self.inside)
            # Single keys may be for the shell that edits its line: then it has said so before.
            if not lines and not self.show():
                return False
            self.session.typed(keys, lines, echoed)
            self._unsent += keys
            self.send()
        if self.window.size() != self._size:
            self._size = self.window.size()
            self._player.sandbox.resize(self.name, *self._size)
        return True

    def left(self) -> bool:
        """Whether its shell ended: what it left in the background may hold the terminal open."""
        if time.monotonic() < self._looked + LOOK:
            return False
        self._looked = time.monotonic()
        return self._player.sandbox.shell_status(self.name, 0) is not None

    def close(self) -> None:
        """End the terminal; the person's is as it was."""
        self.session.close()
        self._player.terminals.forget(self.name)
        with suppress(SandboxError):
            self._player.sandbox.write(f"{self._player.sandbox.runtime_dir}/shellrc", self._played)
        with suppress(OSError):
            self.window.write((LEFT if self._full else b"") + RESET)


def attach(
    player: Player, name: str, window: Here, color: bool = True, told: Told = lambda fact, over: ""
) -> Generator[Event, None, list[TypedCommand]]:
    """Hand a terminal of the player to the person at `window` until its shell ends or they leave it; returns the
    commands that were typed. Yields what other terminals print.

    The terminal is opened if it is not; it must be at its prompt (SandboxError). It is closed afterwards.
    """
    seat = Seat(player, name, window, color, told)
    yield from seat.open()
    try:
        with window.open():
            while attended(seat, wait([seat])):
                yield from player.terminals.pump(player.now())
    finally:
        seat.close()
    return seat.session.commands


def wait(seats: list[Seat], *more: int) -> set[int]:
    """The descriptors of seats, and others, at which something happened, within a turn."""
    poll = select.poll()
    for seat in seats:
        poll.register(seat.inside, seat.wants)
        poll.register(seat.window.fileno(), select.POLLIN)
    for descriptor in more:
        poll.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll(TURN * 1000)}


def attended(seat: Seat, ready: set[int]) -> bool:
    """Pass on what there is in both directions; False: the seat is to be closed."""
    if seat.inside in ready:
        seat.send()
        if not seat.show():
            return False
    elif seat.left():
        return False
    return seat.window.fileno() not in ready or seat.take()


def _read(descriptor: int) -> bytes | None:
    """What has come; None: nothing yet; empty: the other end is gone."""
    try:
        return os.read(descriptor, READ_SIZE)
    except BlockingIOError:
        return None
    except OSError:  # EIO: the other end of a terminal is closed
        return b""


def _sent(descriptor: int, data: bytes) -> int:
    try:
        return os.write(descriptor, data)
    except BlockingIOError:
        return 0
    except OSError:
        return len(data)  # reading will say that it is gone


def write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _modes(terminal: int) -> tuple[bool, bool]:
    """Whether a terminal hands over whole lines, and whether it shows what is typed."""
    try:
        local = termios.tcgetattr(terminal)[3]
    except termios.error:
        return True, True
    return bool(local & termios.ICANON), bool(local & termios.ECHO)


@contextmanager
def raw(keyboard: int) -> Iterator[None]:
    """Every key is passed on; the person's own settings are back afterwards."""
    before = termios.tcgetattr(keyboard)
    # What was typed early is kept.
    tty.setraw(keyboard, termios.TCSADRAIN)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSAFLUSH, before)


@contextmanager
def resized() -> Iterator[int]:
    """A descriptor that is readable when the person's terminal has another size."""
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def tell(*_: object) -> None:
        with suppress(BlockingIOError):
            os.write(writer, b"\0")

    before = signal.signal(signal.SIGWINCH, tell)
    try:
        yield reader
    finally:
        signal.signal(signal.SIGWINCH, before)
        os.close(reader)
        os.close(writer)

"""A person at a terminal of the sandbox: keys go in, what it shows comes out, and its size follows the person's."""

import os
import secrets
import select
import shutil
import signal
import termios
import time
import tty
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress

from replayer.events import Event
from replayer.player import Player
from replayer.problems import SandboxError
from replayer.session import INPUTRC, Session, TypedCommand

READ_SIZE = 1 << 16
# How often the other terminals are read meanwhile.
TURN = 0.1
# Ctrl-] so many times within a second leaves whatever runs inside, as with machinectl(1).
LEAVE, TIMES, WITHIN = b"\x1d", 3, 1.0
# What a program that was cut off may have left behind: a hidden cursor, colours, pasting in brackets, mouse reports,
# the keypad.
RESET = b"\x1b[?25h\x1b[0m\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1l\x1b>"
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"


def attach(
    player: Player, name: str, keyboard: int, screen: int, color: bool = True
) -> Generator[Event, None, list[TypedCommand]]:
    """Hand a terminal of the player to the person at `keyboard` and `screen` (descriptors of a terminal) until its
    shell ends or they leave it; returns the commands that were typed. Yields what other terminals print.

    The terminal is opened if it is not; it must be at its prompt (SandboxError). It is closed afterwards.
    """
    terminals, sandbox = player.terminals, player.sandbox
    yield from terminals.ready(name)
    if not terminals.at_prompt(name):
        raise SandboxError(f"a command still runs in terminal {name!r}; choose another one")
    columns, rows = shutil.get_terminal_size()
    session = Session(secrets.token_hex(8), player.plan.name, columns, rows, color)
    base = sandbox.runtime_dir
    sandbox.write(f"{base}/inputrc", INPUTRC)
    sandbox.write(f"{base}/shellrc", session.rc(os.environ.get("TERM", "")))
    sandbox.resize(name, columns, rows)
    inside = terminals.lend(name)
    # A long paste must not wait for a program that waits for us to read.
    os.set_blocking(inside, False)
    os.write(inside, session.hand_over(f"{base}/shellrc"))
    try:
        with _raw(keyboard), _resized() as news:
            yield from _bridge(player, name, session, (keyboard, screen, inside, news))
    finally:
        terminals.forget(name)
    return session.commands


def _bridge(player: Player, name: str, session: Session, ends: tuple[int, int, int, int]) -> Generator[Event]:
    keyboard, screen, inside, news = ends
    poll = select.poll()
    for descriptor in (keyboard, inside, news):
        poll.register(descriptor, select.POLLIN)
    leaving: list[float] = []
    unsent = b""
    full = False  # a full-screen program drew on the other screen
    try:
        while True:
            poll.modify(inside, select.POLLIN | (select.POLLOUT if unsent else 0))
            ready = {descriptor for descriptor, _ in poll.poll(TURN * 1000)}
            if unsent and inside in ready:
                unsent = unsent[_sent(inside, unsent) :]
            if inside in ready:
                data = _read(inside)
                if data == b"":
                    return
                data = data or b""
                shown = session.received(data)
                full = shown.rfind(ENTERED) > shown.rfind(LEFT) if ENTERED in shown or LEFT in shown else full
                _write(screen, shown)
            if keyboard in ready:
                keys = _read(keyboard)
                if not keys:
                    return  # the person's terminal is gone
                leaving = [at for at in leaving if at > time.monotonic() - WITHIN]
                leaving += [time.monotonic()] * keys.count(LEAVE)
                if len(leaving) >= TIMES:
                    return
                session.typed(keys, _takes_lines(inside))
                unsent += keys
            if news in ready:
                os.read(news, READ_SIZE)
                player.sandbox.resize(name, *os.get_terminal_size(screen))
            yield from player.terminals.pump(player.now())
    finally:
        with suppress(OSError):
            _write(screen, (LEFT if full else b"") + RESET)


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


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _takes_lines(terminal: int) -> bool:
    try:
        return bool(termios.tcgetattr(terminal)[3] & termios.ICANON)
    except termios.error:
        return True


@contextmanager
def _raw(keyboard: int) -> Iterator[None]:
    """Every key is passed on; the person's own settings are back afterwards."""
    before = termios.tcgetattr(keyboard)
    tty.setraw(keyboard)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSAFLUSH, before)


@contextmanager
def _resized() -> Iterator[int]:
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

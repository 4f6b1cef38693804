"""A second window of a recording: it meets the recording process over a socket, and passes keys and drawing on.

The socket's name is an abstract one (unix(7)): it is no file, so nothing of it is left whatever ends the process, and a
sandbox, which has a network namespace of its own, does not see it. Anybody on this machine may connect; the kernel says
who did, and only the same user is let in.
"""

import json
import os
import select
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from replayer.attaching import Here
from replayer.problems import ReplayError

PATIENCE = 5.0
# A message begins with what it is: keys, a size, what is to be drawn, the last words, a refusal.
KEYS, SIZE, DRAW, BYE, NO = b"k", b"s", b"d", b"b", b"n"
LARGEST = 1 << 16
# So much may wait for a window that does not read.
MOST_WAITING = 1 << 20


class JoinError(ReplayError):
    """There is no recording that can be joined."""


def _prefix() -> str:
    """What the names of this user's recordings begin with, as /proc/net/unix shows them."""
    return f"@replay-record-{os.getuid()}-"


def _peer(line: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end, as the kernel knows them."""
    pid, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return pid, uid


def _socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_CLOEXEC)


# -- the recording process --------------------------------------------------------------------------------


class Guest:
    """A window in another process of the same user. `terminal`: the one that it asks for, empty until it has."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        line.setblocking(False)
        self._size = 80, 24
        self._waiting = b""
        self._gone = False
        self.terminal = ""

    def fileno(self) -> int:
        return self._line.fileno()

    def read(self) -> bytes | None:
        try:
            message = self._line.recv(LARGEST)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        if message[:1] == SIZE:
            self._sized(message[1:])
            return None
        return message[1:] if message[:1] == KEYS else b""

    def asks(self) -> bool:
        """Read what it asks for; False: it asks for nothing any more."""
        try:
            message = json.loads(self._line.recv(LARGEST))
            self.terminal = str(message["terminal"])
            self._sized(f"{message['columns']} {message['rows']}".encode())
        except BlockingIOError:
            return True
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return True

    def _sized(self, text: bytes) -> None:
        with suppress(ValueError):
            columns, rows = map(int, text.split())
            self._size = max(1, min(columns, 1000)), max(1, min(rows, 1000))

    def size(self) -> tuple[int, int]:
        return self._size

    def write(self, data: bytes) -> None:
        self._waiting += data
        if len(self._waiting) > MOST_WAITING:
            self._waiting = self._waiting[-MOST_WAITING:]
        self.flush()

    def flush(self) -> None:
        """Pass on what waits, as far as the window reads it."""
        with suppress(BlockingIOError):
            while self._waiting:
                piece = self._waiting[: LARGEST - 1]
                try:
                    self._line.send(DRAW + piece)
                except BlockingIOError:
                    raise
                except OSError:
                    self._waiting = b""
                    return
                self._waiting = self._waiting[len(piece) :]

    def say(self, fields: dict[str, object]) -> None:
        with suppress(OSError):
            self._line.send(json.dumps(fields).encode())

    def close(self, last: str, refused: bool = False) -> None:
        """`last`: what is said there; `refused`: it had no terminal here."""
        self.flush()
        with suppress(OSError):
            self._line.send((NO if refused else BYE) + last.encode())
        self._line.close()


class Door:
    """Where other windows of the same user come in."""

    def __init__(self, output: Path | None) -> None:
        """`output`: the scenario that is recorded."""
        self._says: dict[str, object] = {
            "output": str(output.resolve()) if output else "",
            "folder": str(Path.cwd()),
        }
        self._listener = _socket()
        # Nobody can know the name before, and take it.
        self._listener.bind(f"\0{_prefix()[1:]}{os.getpid()}-{os.urandom(8).hex()}")
        self._listener.listen(8)
        self._listener.setblocking(False)

    def fileno(self) -> int:
        return self._listener.fileno()

    def open(self) -> Guest | None:
        """Somebody who came; what is recorded here was said to them."""
        try:
            line, _ = self._listener.accept()
        except OSError:
            return None
        if _peer(line)[1] != os.getuid():
            line.close()
            return None
        guest = Guest(line)
        guest.say(self._says)
        return guest

    def close(self) -> None:
        self._listener.close()


@contextmanager
def door(output: Path | None) -> Iterator[Door]:
    made = Door(output)
    try:
        yield made
    finally:
        made.close()


# -- the other window -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that runs."""

    pid: int
    output: str
    folder: str  # that it was called in
    line: socket.socket


def running() -> list[Recording]:
    """The recordings of this user that run in this network namespace."""
    found = []
    names = Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace").split()
    for name in sorted({name for name in names if name.startswith(_prefix())}):
        line = _socket()
        line.settimeout(PATIENCE)
        try:
            line.connect(f"\0{name[1:]}")
            pid, uid = _peer(line)
            if uid != os.getuid():
                raise OSError
            says = json.loads(line.recv(LARGEST))
            found.append(Recording(pid, str(says["output"]), str(says["folder"]), line))
        except (OSError, ValueError, KeyError, TypeError):
            line.close()
    return found


def chosen(output: Path | None) -> Recording:
    """The recording of a file; without one that of this folder, or the only one. Raises JoinError."""
    there = running()
    meant = meant_by(there, output, Path.cwd())
    for one in there:
        if len(meant) != 1 or one is not meant[0]:
            one.line.close()
    if len(meant) == 1:
        return meant[0]
    told = ", ".join(one.output or f"one without -o (process {one.pid})" for one in meant or there)
    if len(meant) > 1 and output is None:
        raise JoinError(f"several recordings run: {told}; say which with -o FILE")
    if there:
        raise JoinError(f"no recording of {output} runs; there is: {told}")
    raise JoinError("no recording runs; begin one in another window with `replay record -o FILE`")


def meant_by(there: list[Recording], output: Path | None, folder: Path) -> list[Recording]:
    """The recordings that may be meant by `output`, or without it by somebody who is in `folder`."""
    if output is not None:
        return [one for one in there if one.output == str(output.resolve())]
    return [one for one in there if one.folder == str(folder)] or there


def visit(recording: Recording, terminal: str, keyboard: int, screen: int) -> str:
    """Sit at a terminal of a recording until it ends; returns its last words. The person's terminal is as it was.
    Raises JoinError if the terminal was refused."""
    line = recording.line
    here = Here(keyboard, screen)
    columns, rows = here.size()
    line.send(json.dumps({"terminal": terminal, "columns": columns, "rows": rows}).encode())
    line.settimeout(None)
    poll = select.poll()
    poll.register(line, select.POLLIN)
    poll.register(here.fileno(), select.POLLIN)
    size = columns, rows
    with here.open():
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if line.fileno() in ready:
                try:
                    message = line.recv(LARGEST)
                except OSError:
                    message = b""
                last = message[1:].decode("utf-8", "replace")
                if message[:1] == NO:
                    raise JoinError(last)
                if message[:1] != DRAW:
                    return last or "the recording ended: its process is gone"
                here.write(message[1:])
            if here.fileno() in ready:
                keys = here.read()
                if keys == b"":
                    return ""
                try:
                    if keys:
                        line.send(KEYS + keys)
                    if here.size() != size:
                        size = here.size()
                        line.send(SIZE + "{} {}".format(*size).encode())
                except OSError:
                    continue  # reading says that it is gone

"""One shell on one PTY: lines are typed at prompts, and what comes back is told apart.

The prompt itself ends a command: PS1 is an OSC 133 sequence that carries the exit status and a nonce,
so nested shells announce their prompts too, and output that looks like a prompt fools nothing. PS2 is
another, so an open quote or here-document is seen at once.
"""

import base64
import os
import re
import secrets
from codecs import getincrementaldecoder
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pexpect
from pexpect.fdpexpect import fdspawn

from replayer.sandboxes import Sandbox

SHELL = ["bash", "--noprofile", "--norc", "--noediting", "-i"]
# A terminal in canonical mode cuts a line at 4,096 bytes, its newline included.
LONGEST_LINE = 4000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
READ_SIZE = 1 << 16
# A shell that floods its prompt line must not fill the memory while its echo is looked for.
MOST_HELD = 1 << 16
# So often a prompt is looked at before a doubt of ours about it is dropped (see _waits_for_tty).
TRIES = 200
READS_TTY = (b"wait_woken", b"n_tty_read", b"poll_", b"do_select", b"do_sys_poll")


@dataclass(frozen=True, slots=True)
class Text:
    """Output of programs, echo and prompts removed."""

    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The shell waits for a command (or, `more`, for the rest of one). `exit` is its $?."""

    exit: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The shell ended."""


Fact = Text | Prompt | Gone


class Prompts:
    """The prompt strings of a run, and the pattern that finds them in a stream."""

    def __init__(self, nonce: str | None = None) -> None:
        self.nonce = nonce or secrets.token_hex(8)
        # Every one carries `$?`: a mere copy of the prompt strings in some output has no digits there.
        self.ps1, self.ps2, self.ps0 = (f"\x1b]133;{mark};$?;replay={self.nonce}\x07" for mark in ("D", "A;k=s", "C"))
        self.mark = re.compile(rf"\x1b\]133;(D|A;k=s|C);(\d+);replay={self.nonce}\x07".encode())
        # An unfinished mark at the end of what was read so far.
        self.partial = re.compile(rb"\x1b(?:\][^\x07\x1b]{0,60})?\Z")
        # Lines that show our own machinery (`set -x`, `env`, `declare -p PS1`) are not the command's.
        self.own_line = re.compile(rb"[^\n]*replay=" + self.nonce.encode() + rb"[^\n]*\n?")

    def settings(self) -> dict[str, str]:
        # PROMPT_COMMAND puts the prompts back after a tutorial's own `PS1=…`; being assignments alone,
        # it leaves $? and $_ as they were.
        again = " ".join(f"{name}='{value}'" for name, value in self._named())
        return dict(self._named()) | {"PROMPT_COMMAND": again}

    def _named(self) -> list[tuple[str, str]]:
        return [("PS1", self.ps1), ("PS2", self.ps2), ("PS0", self.ps0)]

    def rc(self) -> str:
        """Start-up file for nested shells, bash and POSIX sh alike."""
        lines = [f"{name}='{value}'" for name, value in self._named()]
        lines += [
            'if [ -n "$BASH_VERSION" ]; then',
            # Line editing would redraw what is typed; a pasted tab would complete.
            "  set +o emacs +o vi +H",
            f"  PROMPT_COMMAND={_quoted(self.settings()['PROMPT_COMMAND'])}",
            "fi",
            "unset HISTFILE MAIL MAILCHECK",
        ]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


INPUTRC = "set enable-bracketed-paste off\nset bell-style none\nTAB: self-insert\n"


class Shells:
    """What the shells of one sandbox share: prompts, start-up files, environment."""

    BASHRC: ClassVar[tuple[str, ...]] = ("/etc/bash.bashrc", "/etc/bashrc", "/root/.bashrc")

    def __init__(self, sandbox: Sandbox) -> None:
        self.prompts = Prompts()
        self.sandbox = sandbox
        base = sandbox.runtime_dir
        sandbox.write(f"{base}/shellrc", self.prompts.rc())
        sandbox.write(f"{base}/inputrc", INPUTRC)
        if sandbox.backend != "host":
            for path in self.BASHRC:
                sandbox.write(path, f". {base}/shellrc\n")
        self.env = self.prompts.settings() | {
            "TERM": "xterm-256color",
            "ENV": f"{base}/shellrc",
            "INPUTRC": f"{base}/inputrc",
        }

    def open(self, name: str, columns: int, rows: int) -> "Terminal":
        fd, _ = self.sandbox.open_terminal(name, SHELL, self.env, columns, rows)
        return Terminal(name, fd, self.prompts)


class Terminal:
    """A named PTY with a shell in it. Not for several threads."""

    def __init__(self, name: str, fd: int, prompts: Prompts) -> None:
        self.name = name
        self.prompts = prompts
        self._child = fdspawn(fd, timeout=None, maxread=READ_SIZE)
        self._child.delaybeforesend = None
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._held = b""  # read, but not yet told apart
        self._lines: deque[bytes] = deque()  # still to be typed, one at each prompt
        self._echo: bytes | None = b""  # what the tty will repeat of the typed line; None: seen
        self._silent = True  # nothing typed yet, or an encoded command's own lines
        self._candidate: Prompt | None = None  # a prompt seen, while it is not certain that a shell waits
        self._candidate_age = 0
        self._sees = False  # whether the kernel shows us where processes sleep
        self.at_prompt = False
        self.gone = False

    def fileno(self) -> int:
        return int(self._child.child_fd)

    def run(self, command: str) -> None:
        """Type a command, line by line as the shell asks. Only at a prompt."""
        lines = command.split("\n")
        encoded = CONTROL.search(command) is not None or any(
            len(line.encode("utf-8", "surrogateescape")) > LONGEST_LINE for line in lines
        )
        data = command.encode("utf-8", "surrogateescape")
        self._lines = deque(_encoded(data, self.prompts.nonce) if encoded else data.split(b"\n"))
        self._silent = encoded
        self._type_next()

    def _type_next(self) -> None:
        line = self._lines.popleft()
        if not self._lines:
            self._silent = False
        self.at_prompt, self._candidate = False, None
        self._echo = line + b"\r\n"
        self._write(line + b"\n")

    def send(self, text: str) -> None:
        """Type a line to whatever runs; the tty echoes it as it does for a person."""
        self._write(text.encode("utf-8", "surrogateescape") + b"\n")

    def interrupt(self, key: bytes = b"\x03") -> None:
        """Ctrl-C (or another key), to the foreground process group only."""
        self._lines.clear()
        if self._silent:
            self._silent = False
        self._write(key)

    def _write(self, data: bytes) -> None:
        try:
            self._child.send(data)
        except OSError:
            self.gone = True

    def read(self) -> list[Fact]:
        """What has come since; call it when `fileno()` is readable. Never blocks for long."""
        try:
            data = self._child.read_nonblocking(READ_SIZE, 0)
        except pexpect.TIMEOUT:
            return []
        except (pexpect.EOF, OSError):
            self.gone = True
            return [*self._flush(), Gone()]
        # One read may leave the rest of a burst in the tty: the caller comes again.
        self._held += data if isinstance(data, bytes) else data.encode()
        return self._sort() + self.settle()

    @property
    def unsettled(self) -> bool:
        """Whether a prompt was seen of which it is not certain yet that a shell waits behind it."""
        return self._candidate is not None

    def settle(self) -> list[Fact]:
        """The prompt, once a shell waits behind it.

        A command can print our prompt (`echo "${PS1@P}"` does); then its process is not waiting for the
        tty, and more is to come.
        """
        if self._candidate is None:
            return []
        self._candidate_age += 1
        if not self.waits_for_tty():
            return []
        facts = self._rest()
        if self._candidate is None:
            return facts
        prompt, self._candidate = self._candidate, None
        self.at_prompt = True
        return [*facts, prompt]

    def waits_for_tty(self) -> bool:
        """Whether the foreground process sleeps in a read of the terminal, as a shell at its prompt does.

        /proc/PID/wchan names the kernel function it sleeps in (proc(5)): `wait_woken` when it reads the
        tty, `poll_…` or `do_select` under line editing; 0 when it runs, or when we may not see.
        """
        doubted_long = self._candidate_age > TRIES
        try:
            group = os.tcgetpgrp(self.fileno())
            handle = os.open(f"/proc/{group}/wchan", os.O_RDONLY)
        except OSError:
            return doubted_long
        try:
            where = os.read(handle, 64)
        except OSError:
            where = b"0"
        finally:
            os.close(handle)
        if where in (b"", b"0"):
            return doubted_long and not self._sees
        self._sees = True
        # Without job control a nested shell is in the group of its parent, which waits for it.
        return where.startswith(READS_TTY) or (doubted_long and where.startswith(b"do_wait"))

    def reads_input(self) -> bool:
        """Whether the foreground process is in a read of its standard input (for a message only)."""
        try:
            call = Path(f"/proc/{os.tcgetpgrp(self.fileno())}/syscall").read_text(encoding="ascii").split()
        except OSError:
            return False
        # proc(5): the system call's number, then its arguments; read is 0 on x86-64 and 63 on arm64.
        return call[:2] in (["0", "0x0"], ["63", "0x0"])

    def _rest(self) -> list[Fact]:
        """What stands behind a prompt: nothing, unless the prompt was a command's output."""
        try:
            data = self._child.read_nonblocking(READ_SIZE, 0)
        except pexpect.TIMEOUT:
            return []
        except (pexpect.EOF, OSError):
            self.gone, self._candidate = True, None
            return [Gone()]
        self._held += data if isinstance(data, bytes) else data.encode()
        return self._sort()

    def _flush(self) -> list[Fact]:
        held, self._held = self._held, b""
        return self._text(held) if not self._silent else []

    def _sort(self) -> list[Fact]:
        facts: list[Fact] = []
        while True:
            mark = self.prompts.mark.search(self._held)
            if mark is None:
                break
            before, self._held = self._held[: mark.start()], self._held[mark.end() :]
            kind = mark[1]
            if kind == b"C":
                # All before the mark is the line as the shell's own editing showed it, or output of
                # background jobs that came between.
                if self._echo is not None:
                    facts += self._text(_without_echo(before, self._echo))
                else:
                    facts += self._text(before)
                self._echo = None
                continue
            if self._echo is not None:
                before = _without_echo(before, self._echo)
                self._echo = None
            if not self._silent:
                facts += self._text(before)
            facts += self._prompt(int(mark[2]), more=kind != b"D")
        return facts + self._early_text()

    def _prompt(self, status: int, more: bool) -> list[Fact]:
        if self._lines:
            self._type_next()
            return []
        self._candidate, self._candidate_age = Prompt(status, more), 0
        return []

    def _early_text(self) -> list[Fact]:
        """Output that can be passed on before its command has ended."""
        if self._silent:
            return []
        if self._echo:
            found = self._held.find(self._echo)
            if found < 0:
                if len(self._held) < MOST_HELD:
                    return []
                self._echo = None
            else:
                self._held = self._held[:found] + self._held[found + len(self._echo) :]
                self._echo = None
        partial = self.prompts.partial.search(self._held)
        cut = partial.start() if partial else len(self._held)
        ready, self._held = self._held[:cut], self._held[cut:]
        return self._text(ready)

    def _text(self, data: bytes) -> list[Fact]:
        if not data:
            return []
        if self.prompts.nonce.encode() in data:
            data = self.prompts.own_line.sub(b"", data)
        text = self._decode(data)
        return [Text(text)] if text else []

    def close(self) -> None:
        if self._child.child_fd >= 0:
            os.close(self._child.child_fd)
            self._child.child_fd = -1
            self._child.closed = True


def _without_echo(data: bytes, echo: bytes) -> bytes:
    """Remove the typed line's echo; what a background job printed around it stays.

    Where the echo is not found the shell edits its lines itself: all up to the line end is its drawing.
    """
    if not echo:
        return data
    found = data.find(echo)
    if found >= 0:
        return data[:found] + data[found + len(echo) :]
    return data.partition(b"\n")[2]


def _encoded(command: bytes, nonce: str) -> list[bytes]:
    """A command that cannot be typed as it is (too long a line, control characters), as lines that can.

    eval runs it in the same shell, so its state persists, and its input stays the terminal.
    """
    data = base64.encodebytes(command).rstrip(b"\n").split(b"\n")
    end = f"end-{nonce}".encode()
    return [b"eval \"$(base64 -d <<'" + end + b"'", *data, end, b')"']

"""One shell on one PTY: a command is typed at its prompt, and what comes back is read."""

import os
import re
import select
from collections import deque
from pathlib import Path

from pexpect import EOF
from pexpect.fdpexpect import fdspawn
from pexpect.spawnbase import SpawnBase

from replayer.prompts import Fact, Gone, NextLine, Prompt, Prompts, Stream
from replayer.sandboxes import Sandbox

SHELL = ["bash", "--noprofile", "--norc", "--noediting", "-i"]
# What interactive shells read when they start, where the sandbox lets us write it.
START_FILES = ("/etc/bash.bashrc", "/etc/bashrc", "/root/.bashrc")
INPUTRC = "set enable-bracketed-paste off\nset bell-style none\nTAB: self-insert\n"
# A terminal in canonical mode cuts a line at 4,096 bytes, its newline included.
LONGEST_LINE = 4000
LONGEST_PIECE = 1000  # each byte may take four
CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
READ_SIZE = 1 << 16
# So often a prompt is looked at before a doubt of ours about it is dropped (see waits_for_tty).
TRIES = 200
# So often it is looked again at once.
GLANCES = 30
READS_TTY = (b"wait_woken", b"n_tty_read", b"poll_", b"do_select", b"do_sys_poll")


class Shells:
    """What the shells of one sandbox share: prompts, start-up files, environment."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._prompts = Prompts(os.urandom(8).hex())
        self._sandbox = sandbox
        base = sandbox.runtime_dir
        sandbox.write(f"{base}/shellrc", self._prompts.rc())
        sandbox.write(f"{base}/inputrc", INPUTRC)
        if sandbox.backend != "host":
            for path in START_FILES:
                sandbox.write(path, f". {base}/shellrc\n")
        self._env = self._prompts.settings() | {
            "TERM": "xterm-256color",
            "ENV": f"{base}/shellrc",
            "INPUTRC": f"{base}/inputrc",
        }

    def open(self, name: str, columns: int, rows: int) -> "Terminal":
        """A new shell in a new terminal; its first prompt is still to come. Raises SandboxError."""
        fd, _ = self._sandbox.open_terminal(name, SHELL, self._env, columns, rows)
        return Terminal(name, fd, self._prompts)


class Pty(fdspawn):  # type: ignore[type-arg]  # generic in its stubs alone
    """The supervisor's PTY, as pexpect drives it."""

    def __init__(self, fd: int) -> None:
        super().__init__(fd, timeout=None, maxread=READ_SIZE)
        self.delaybeforesend = None

    def read_ready(self) -> bytes:
        """What has come; raises EOF when nobody holds the other side open any more. Only when there is something:
        fdspawn would ask once more whether there is, which a poll of all terminals has just told."""
        return bytes(SpawnBase.read_nonblocking(self, READ_SIZE))


class Terminal:
    """A named PTY with a shell in it; owns the descriptor. Not for several threads."""

    def __init__(self, name: str, fd: int, prompts: Prompts) -> None:
        self.name = name
        self.at_prompt = False
        self.gone = False
        self._pty = Pty(fd)
        self._fd = fd
        self._poll = select.poll()
        self._poll.register(fd, select.POLLIN)
        self._nonce = prompts.nonce
        self._stream = Stream(prompts)
        self._lines: deque[bytes] = deque()  # still to be typed, one at each prompt
        self._typed = 0  # lines of the command
        self._encoded = False
        self._candidate: Prompt | None = None  # a prompt seen, while it is not certain that a shell waits
        self._doubts = 0
        self._sees = False  # whether the kernel shows us where processes sleep
        self._wchan: tuple[int, int] | None = None  # a process, and its /proc/PID/wchan, open: it is asked each step

    def fileno(self) -> int:
        return self._fd

    # -- typing -----------------------------------------------------------------------------------------

    def run(self, command: str) -> None:
        """Type a command, line by line as the shell asks. Only at a prompt."""
        data = command.encode("utf-8", "surrogateescape")
        lines = data.split(b"\n")
        self._encoded = CONTROL.search(data) is not None or max(map(len, lines)) > LONGEST_LINE
        self._lines = deque(_pieces(data, self._nonce) if self._encoded else lines)
        self._typed = 0
        self._type_next()

    def _type_next(self) -> None:
        line = self._lines.popleft()
        self._typed += 1
        self.at_prompt, self._candidate = False, None
        self._stream.typed(line, whole=not (self._encoded and self._lines))
        self._write(line + b"\n")

    def send(self, text: str) -> None:
        """Type a line to whatever runs; the tty echoes it as it does for a person."""
        self._write(text.encode("utf-8", "surrogateescape") + b"\n")

    def interrupt(self, key: bytes = b"\x03") -> None:
        """Ctrl-C (or another key), to the foreground process group only."""
        self._lines.clear()
        self._stream.interrupted()
        self._write(key)

    def _write(self, data: bytes) -> None:
        try:
            while data:
                data = data[self._pty.send(data) :]
        except OSError:
            self.gone = True

    # -- reading ----------------------------------------------------------------------------------------

    def read(self) -> list[Fact]:
        """What has come since; call it when `fileno()` is readable."""
        return self._read() + self.settle()

    def _read(self) -> list[Fact]:
        try:
            data = self._pty.read_ready()
        except (EOF, OSError):
            self.gone, self._candidate = True, None
            return [*self._stream.rest(), Gone()]
        facts: list[Fact] = []
        for fact in self._stream.facts(data):
            if not isinstance(fact, Prompt):
                facts.append(fact)
            elif self._lines:
                if not fact.more:
                    facts.append(NextLine(fact.exit, self._typed))
                self._type_next()
            else:
                self._candidate, self._doubts = fact, 0
        return facts

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
        self._doubts += 1
        if not (self.waits_for_tty() or (self._doubts == 1 and self._waits_soon())):
            return []
        # What came in the meantime was printed after the prompt: then it was not the shell's last word.
        facts = self._read() if self._poll.poll(0) else []
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
        doubted_long = self._doubts > TRIES
        try:
            where = self._where(os.tcgetpgrp(self._fd))
        except OSError:
            return doubted_long
        if where in (b"", b"0"):
            return doubted_long and not self._sees
        self._sees = True
        # Without job control a nested shell is in the group of its parent, which waits for it.
        return where.startswith(READS_TTY) or (doubted_long and where.startswith(b"do_wait"))

    def _waits_soon(self) -> bool:
        """A shell that has just printed its prompt is about to read, in less time than any sleep takes."""
        for _ in range(GLANCES):
            os.sched_yield()
            if self.waits_for_tty():
                return True
        return False

    def _where(self, process: int) -> bytes:
        """The kernel function that a process sleeps in."""
        if self._wchan is not None and self._wchan[0] != process:
            self._forget_wchan()
        if self._wchan is None:
            self._wchan = process, os.open(f"/proc/{process}/wchan", os.O_RDONLY)
        try:
            return os.pread(self._wchan[1], 64, 0)
        except OSError:
            # It ended; another process may bear its number by now.
            self._forget_wchan()
            return b"0"

    def _forget_wchan(self) -> None:
        if self._wchan is not None:
            os.close(self._wchan[1])
            self._wchan = None

    def reads_input(self) -> bool:
        """Whether the foreground process is in a read of its standard input (for a message only)."""
        try:
            call = Path(f"/proc/{os.tcgetpgrp(self._fd)}/syscall").read_text(encoding="ascii").split()
        except OSError:
            return False
        # proc(5): the system call's number, then its arguments; read is 0 on x86-64 and 63 on arm64.
        return call[:2] in (["0", "0x0"], ["63", "0x0"])

    def close(self) -> None:
        self._forget_wchan()
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = self._pty.child_fd = -1
            self._pty.closed = True


def _pieces(command: bytes, nonce: str) -> list[bytes]:
    """A command that cannot be typed as it is (too long a line, control characters), as lines that can.

    Its text is put together in a variable, by the shell alone; `eval` runs it in the same shell, so its state
    persists, and its input stays the terminal. Control characters are typed behind Ctrl-V (stty(1): lnext).
    """
    name = f"replay_{nonce}".encode()
    lines = [name + b"="]
    for at in range(0, len(command), LONGEST_PIECE):
        piece = command[at : at + LONGEST_PIECE].replace(b"'", b"'\\''")
        quoted = CONTROL.sub(lambda match: b"\x16" + match[0], piece)
        lines += (name + b"=$" + name + b"'" + quoted + b"'").split(b"\n")
    return [*lines, b'eval "$' + name + b'"']

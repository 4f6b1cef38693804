"""The owner's side of a sandbox: it asks, the supervisor inside does."""

import array
import contextlib
import marshal
import os
import select
import shlex
import shutil
import socket
import struct
import subprocess
import threading
import time
from typing import Any

from replayer.problems import SandboxError

from . import leftovers

_PATIENCE = 30.0  # seconds for an answer that should come at once
_MOST_DESCRIPTORS = 4
_LARGEST_ANSWER = 16 << 20  # bytes of a probe's output


class Sandbox:
    """A running sandbox. Any call raises SandboxError when it has gone, or when it cannot do what was
    asked."""

    def __init__(
        self, backend: str, process: subprocess.Popen[bytes], line: socket.socket, config: dict[str, Any]
    ) -> None:
        self.backend = backend
        self.weaker = ""  # what is weaker than it could be, and why, in one line
        self.runtime_dir: str = config["runtime_dir"]
        self.pid = 0  # of the supervisor, as the owner sees it
        self._isolated = config["walls"] is not None
        self._process = process
        self._line = line
        self._lock = threading.RLock()
        self._number = 0
        self._unread = b""
        self._kept = False
        self._closed = False
        self._life = -1  # pidfd of the supervisor
        self._watch = -1
        with contextlib.ExitStack() as stack:
            stack.callback(self.close)
            self._greet(config)
            stack.pop_all()

    def write(self, path: str, text: str) -> None:
        """Make the file `path` inside, mode 0644, with its parent directories."""
        self._ask("write", path=path, text=text)

    def open_terminal(
        self, name: str, argv: list[str], env: dict[str, str], columns: int, rows: int, cwd: str | None = None
    ) -> tuple[int, int]:
        """Start `argv` on a new PTY inside; its master (close-on-exec, the caller's to close) and the pid
        seen inside.

        `env` is added to a clean environment; `cwd` is the home directory unless given.
        """
        fields: dict[str, Any] = {
            "argv": argv,
            "env": env,
            "columns": columns,
            "rows": rows,
            "cwd": cwd or "",
        }
        value, descriptors = self._ask("open", name=name, **fields)
        return descriptors[0], int(value)

    def resize(self, name: str, columns: int, rows: int) -> None:
        self._ask("resize", name=name, columns=columns, rows=rows)

    def signal(self, name: str, signal: int) -> None:
        """Send `signal` to what runs in the foreground of the terminal."""
        self._ask("signal", name=name, signal=int(signal))

    def kill_jobs(self, name: str) -> None:
        """SIGKILL everything in the terminal's session but its shell."""
        self._ask("kill_jobs", name=name)

    def shell_status(self, name: str, timeout: float) -> int | None:
        """How the terminal's shell ended (128+n: by signal n), or None if it still runs after `timeout`
        seconds."""
        value, _ = self._ask("status", wait=timeout, name=name, timeout=timeout)
        return int(value) if value else None

    def close_terminal(self, name: str) -> None:
        """End the terminal and everything in its session; nothing happens if there is none of that name."""
        self._ask("close", name=name)

    def execute(self, argv: list[str], timeout: float = 10, fresh_net: bool = False) -> tuple[int, str]:
        """Run a program without a terminal: its exit status (124 after `timeout` seconds) and all that it
        printed.

        With `fresh_net` it runs in an empty network of its own, so that trying a kind of link leaves no
        trace.
        """
        return self._printed("execute", timeout, argv=argv, fresh_net=fresh_net)

    def watch(self) -> int:
        """Watch the network of every namespace in here: a descriptor, open as long as the sandbox, that is readable
        when something may have changed since the last look."""
        if self._watch < 0:
            self._watch = self._ask("watch")[1][0]
        return self._watch

    def look(self, timeout: float = 5) -> str | None:
        """What the network of every namespace that changed looks like, as `inside/network.py` writes it, once it is
        watched; None if that could not be found out (no `ip` inside)."""
        status, text = self._printed("look", timeout)
        return text if status == 0 else None

    def _printed(self, verb: str, timeout: float, **fields: Any) -> tuple[int, str]:
        """Ask for something that prints into a file: its exit status and what it printed."""
        output = os.memfd_create("output", os.MFD_CLOEXEC)
        try:
            value, _ = self._ask(verb, (output,), wait=timeout, timeout=timeout, **fields)
            return int(value), os.pread(output, _LARGEST_ANSWER, 0).decode(errors="replace")
        finally:
            os.close(output)

    def hurry(self) -> None:
        """Let unanswered neighbour requests follow each other sooner, on every device there is now. On the
        host nothing is changed."""
        self._ask("hurry")

    def keep(self) -> str:
        """Let it outlive this process; the command that gets in. `kill` of `pid` ends it."""
        outside, _ = self._ask("keep")
        self._kept = True
        if not self._isolated:
            return "bash"
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        shell = f'env -i -C /root HOME=/root TERM="$TERM" PATH={path} bash'
        enter = f"nsenter --target {self.pid} --user --mount --net --pid --ipc --uts"
        if os.geteuid() == 0:
            return f"{enter} {shell}"
        # Only the user namespace between here and there has power over its process namespace.
        between = f"nsenter --user=/proc/{self.pid}/fd/{outside} --preserve-credentials"
        return f"{between} {enter} --preserve-credentials {shell}"

    def fileno(self) -> int:
        """Readable when the sandbox has ended (it never speaks unasked)."""
        return self._line.fileno()

    def alive(self) -> bool:
        return not self._closed and not _ended(self._life)

    def close(self) -> None:
        """End it and wait until nothing of it is left; a kept one lives on."""
        if self._closed:
            return
        self._closed = True
        self._line.close()
        if self._kept:
            self._process.returncode = 0  # it is not ours to wait for any more
        else:
            self._end()
        if self._process.stderr:
            self._process.stderr.close()
        for descriptor in (self._life, self._watch):
            if descriptor >= 0:
                os.close(descriptor)

    def _end(self) -> None:
        """The closed line ends the supervisor; what does not end is killed."""
        self._wait(2 if self.pid else 0.2)
        if self._process.returncode is None or not self.pid:
            # Its children share its process group until the supervisor stands.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait()
        if not _ended(self._life, 1):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, 9)
        if not self._isolated:
            leftovers.kill(self.runtime_dir)
            shutil.rmtree(self.runtime_dir, ignore_errors=True)

    def _wait(self, seconds: float) -> None:
        """Until the process ends; Popen's own wait naps ever longer between two looks."""
        if self._process.poll() is not None:
            return
        process = os.pidfd_open(self._process.pid)
        try:
            if _ended(process, seconds):
                self._process.wait()
        finally:
            os.close(process)

    def _greet(self, config: dict[str, Any]) -> None:
        """Tell the supervisor what to build and wait until it stands."""
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        owner = os.pidfd_open(os.getpid())
        try:
            self._send(config, (owner,))
        finally:
            os.close(owner)
        self._await_life()
        self._answer(0, _PATIENCE)
        self._life = os.pidfd_open(self.pid)

    def _await_life(self) -> None:
        """Until the supervisor speaks. If the process that makes the sandbox is killed in the middle of it, its child
        may wait for it for ever, and holds the line open."""
        maker = os.pidfd_open(self._process.pid)
        try:
            poll = select.poll()
            poll.register(self._line, select.POLLIN)
            poll.register(maker, select.POLLIN)
            told = [descriptor for descriptor, _ in poll.poll(1000 * _PATIENCE)]
            if told == [maker]:
                poll.unregister(maker)
                if not poll.poll(1000):  # what it left may stand by now
                    raise self._gone()
        finally:
            os.close(maker)

    def _ask(
        self, verb: str, descriptors: tuple[int, ...] = (), wait: float = 0, **fields: Any
    ) -> tuple[str, list[int]]:
        with self._lock:
            if self._closed:
                raise SandboxError("the sandbox is closed")
            self._number += 1
            self._send({"number": self._number, "verb": verb, **fields}, descriptors)
            return self._answer(self._number, wait + _PATIENCE)

    def _send(self, request: dict[str, Any], descriptors: tuple[int, ...]) -> None:
        body = marshal.dumps(request)
        data = len(body).to_bytes(4, "big") + body
        try:
            self._line.settimeout(_PATIENCE)
            sent = socket.send_fds(self._line, [data], descriptors) if descriptors else 0
            self._line.sendall(data[sent:])
        except OSError as error:
            raise self._gone() from error

    def _answer(self, number: int, timeout: float) -> tuple[str, list[int]]:
        """Wait for the answer to request `number`; older ones belong to requests that were interrupted."""
        deadline = time.monotonic() + timeout
        while True:
            line, descriptors = self._read_line(deadline)
            told, kind, value = [*line.split(" ", 2), "", ""][:3]
            if told == str(number):
                break
            for descriptor in descriptors:
                os.close(descriptor)
        if kind != "ok":
            raise SandboxError(value if number else f"the sandbox ({self.backend}) could not be made: {value}")
        return value, descriptors

    def _read_line(self, deadline: float) -> tuple[str, list[int]]:
        descriptors: list[int] = []
        while b"\n" not in self._unread:
            room = socket.CMSG_SPACE(4 * _MOST_DESCRIPTORS) + socket.CMSG_SPACE(12)
            try:
                self._line.settimeout(max(0.001, deadline - time.monotonic()))
                data, beside, _, _ = self._line.recvmsg(65536, room, socket.MSG_CMSG_CLOEXEC)
            except TimeoutError as error:
                raise SandboxError(f"the sandbox ({self.backend}) does not answer") from error
            except OSError as error:
                raise self._gone() from error
            for level, kind, content in beside:
                if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                    found = array.array("i")
                    found.frombytes(content[: len(content) - len(content) % 4])
                    descriptors += found
                elif (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS) and not self.pid:
                    self.pid = struct.unpack("iii", content)[0]
            if not data:
                raise self._gone()
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode(errors="replace"), descriptors

    def _gone(self) -> SandboxError:
        reason = self._complaint()
        if self.pid:
            return SandboxError(f"the sandbox ({self.backend}) has ended" + (f": {reason}" if reason else ""))
        command = shlex.quote(str(self._process.args[0])) if isinstance(self._process.args, list) else ""
        return SandboxError(f"the sandbox ({self.backend}) could not be made: {reason or command + ' ended'}")

    def _complaint(self) -> str:
        """What the program that makes the sandbox had to say."""
        if not self._process.stderr or self._process.stderr.closed:
            return ""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)
        descriptor = self._process.stderr.fileno()
        os.set_blocking(descriptor, False)
        with contextlib.suppress(BlockingIOError):
            return os.read(descriptor, 65536).decode(errors="replace").strip()
        return ""


def _ended(pidfd: int, seconds: float = 0) -> bool:
    """Whether the process of a pidfd has ended, or does within so many seconds; a pidfd becomes readable then."""
    if pidfd < 0:
        return True
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(1000 * seconds))

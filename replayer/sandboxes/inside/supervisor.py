"""Process 1 inside a sandbox: opens terminals, looks after every process, and ends with its owner.

It never waits but in one place: the poll of the line to its owner, of the signals, and of the owner's life.
When the line closes it exits, and the kernel ends everything in its process namespace; on the host, where
there is none, it kills all that descends from it.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import os
import select
import sys
import time

from . import children, kernel, links, neighbours, network, processes, walls
from .channel import Channel, Closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    channel = Channel(int(sys.argv[1]))
    os.set_inheritable(channel.fileno(), False)
    try:
        config, descriptors = channel.receive()
        try:
            supervisor = Supervisor(channel, config, descriptors[0] if descriptors else -1)
        except OSError as error:
            channel.refuse(0, f"{error.filename}: {error.strerror}" if error.filename else str(error))
            return
        supervisor.run()
    except Closed:
        pass
    except Exception as error:
        # The traceback module may lie behind the walls by now.
        os.write(2, f"the supervisor failed: {type(error).__name__}: {error}\n".encode(errors="replace"))
    finally:
        os._exit(0)  # nothing to tidy up


class Supervisor:
    def __init__(self, channel: Channel, config: dict[str, Any], owner: int) -> None:
        self._channel = channel
        self._owner = owner  # a pidfd: the line stays open when the owner's forked children hold it too
        self._isolated = config["walls"] is not None
        self._env: dict[str, str] = config["env"]
        self._limits: dict[str, int] = config["limits"]
        self._runtime_dir: str = config["runtime_dir"]
        self._terminals: dict[str, children.Terminal] = {}
        self._probes: dict[int, int] = {}  # process: number of the request that awaits it
        # deadline, number of the request, terminal or probe
        self._waiting: list[tuple[float, int, str | int]] = []
        self._watch: network.Watch | None = None
        self._kept = False
        self._outside = -1
        # What has no handler, process 1 need not heed, and Python has one for this.
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        _signal.pthread_sigmask(_signal.SIG_BLOCK, (_signal.SIGCHLD, _signal.SIGTERM))
        self._signals = kernel.signalfd((_signal.SIGCHLD, _signal.SIGTERM))
        if self._isolated:
            self._outside = walls.build(config["walls"])
        else:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        processes.look_at_proc()
        if self._isolated:
            os.makedirs(self._runtime_dir, exist_ok=True)
        else:
            # Made by who removes it: an owner that is killed would leave it behind.
            os.mkdir(self._runtime_dir, 0o700)
        null = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.close(null)

    def run(self) -> None:
        try:
            self._channel.answer(0, "ready")
            self._serve()
        finally:
            if not self._isolated:
                processes.kill_descendants()
                _remove(self._runtime_dir)

    def _serve(self) -> None:
        poll = select.poll()
        for descriptor in (self._channel.fileno(), self._signals, self._owner):
            if descriptor >= 0:
                poll.register(descriptor, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll(self._patience())}
            if self._signals in ready and self._told_to_end():
                return
            self._reap()
            if self._channel.fileno() in ready or self._owner in ready:
                try:
                    if self._owner in ready:
                        raise Closed
                    self._obey(*self._channel.receive())
                except Closed:
                    if not self._kept:
                        return
                    for descriptor in (self._channel.fileno(), self._owner):
                        if descriptor >= 0:
                            poll.unregister(descriptor)
                    self._owner = -1
                    self._waiting.clear()
            self._answer_waiting()

    def _patience(self) -> float | None:
        """Milliseconds until somebody's wait is over."""
        if not self._waiting:
            return None
        return max(0.0, (min(deadline for deadline, _, _ in self._waiting) - time.monotonic()) * 1000 + 1)

    def _told_to_end(self) -> bool:
        """Whether a SIGTERM came, from the host: as any init, the supervisor heeds no signal from inside."""
        ended = False
        try:
            while record := os.read(self._signals, 128):
                number, sender = (int.from_bytes(record[i : i + 4], sys.byteorder) for i in (0, 12))
                ended |= number == _signal.SIGTERM and (sender == 0 or not self._isolated)
        except BlockingIOError:
            pass
        return ended

    def _reap(self) -> None:
        try:
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = found[0], os.waitstatus_to_exitcode(found[1])
                status = status if status >= 0 else 128 - status
                for terminal in self._terminals.values():
                    if terminal.shell == pid and terminal.status is None:
                        terminal.status = status
                if pid in self._probes:
                    self._probes[pid] = status
        except ChildProcessError:
            pass

    def _answer_waiting(self) -> None:
        now = time.monotonic()
        for entry in list(self._waiting):
            deadline, number, subject = entry
            if isinstance(subject, str):
                terminal = self._terminals.get(subject)
                status = terminal.status if terminal else None
                if status is None and now < deadline:
                    continue
                self._channel.answer(number, "" if status is None else status)
            else:
                status = self._probes[subject]
                if status < 0 and now < deadline:
                    continue
                if status < 0:
                    processes.kill_session(subject)
                    status = 124
                del self._probes[subject]
                self._channel.answer(number, status)
            self._waiting.remove(entry)

    def _obey(self, request: dict[str, Any], descriptors: list[int]) -> None:
        number = request.pop("number")
        verb = getattr(self, f"_do_{request.pop('verb')}")
        try:
            verb(number, *descriptors, **request)
        except OSError as error:
            what = f"{error.filename}: " if error.filename else ""
            self._channel.refuse(number, f"{what}{error.strerror or error}")
        except _Refused as refusal:
            self._channel.refuse(number, str(refusal))
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _terminal(self, name: str) -> children.Terminal:
        if name not in self._terminals:
            raise _Refused(f"no terminal is named {name!r}")
        return self._terminals[name]

    def _do_open(
        self, number: int, name: str, argv: list[str], env: dict[str, str], columns: int, rows: int, cwd: str
    ) -> None:
        if name in self._terminals:
            if self._terminals[name].status is None:
                raise _Refused(f"terminal {name!r} is open already")
            os.close(self._terminals.pop(name).master)
        cwd = cwd or self._env["HOME"]
        terminal = children.open_terminal(argv, self._env | env, cwd, columns, rows, self._limits)
        self._terminals[name] = terminal
        self._channel.answer(number, terminal.shell, (terminal.master,))

    def _do_close(self, number: int, name: str) -> None:
        terminal = self._terminals.pop(name, None)
        if terminal:
            processes.kill_session(terminal.shell)
            os.close(terminal.master)
        self._channel.answer(number)

    def _do_resize(self, number: int, name: str, columns: int, rows: int) -> None:
        children.resize(self._terminal(name).master, columns, rows)
        self._channel.answer(number)

    def _do_signal(self, number: int, name: str, signal: int) -> None:
        group = os.tcgetpgrp(self._terminal(name).master)
        if group <= 1:
            raise _Refused(f"nothing is in the foreground of terminal {name!r}")
        os.killpg(group, signal)
        self._channel.answer(number)

    def _do_kill_jobs(self, number: int, name: str) -> None:
        shell = self._terminal(name).shell
        processes.kill_session(shell, but=shell)
        self._channel.answer(number)

    def _do_status(self, number: int, name: str, timeout: float) -> None:
        self._terminal(name)
        self._waiting.append((time.monotonic() + timeout, number, name))

    def _do_execute(self, number: int, output: int, argv: list[str], timeout: float, fresh_net: bool) -> None:
        home = self._env["HOME"]
        pid = children.start_probe(argv, self._env, home, output, fresh_net, self._limits)
        self._probes[pid] = -1
        self._waiting.append((time.monotonic() + timeout, number, pid))

    def _do_watch(self, number: int) -> None:
        self._watch = network.Watch()
        self._watch.update()
        self._channel.answer(number, "", (self._watch.fileno(),))

    def _do_look(self, number: int, output: int, timeout: float) -> None:
        assert self._watch is not None
        watched = self._watch.update()
        pid = children.start_task(lambda: network.look(watched, output, self._env))
        for one in watched:
            one.changed = False
        self._probes[pid] = -1
        self._waiting.append((time.monotonic() + timeout, number, pid))

    def _do_write(self, number: int, path: str, text: str) -> None:
        os.makedirs(os.path.dirname(path) or "/", exist_ok=True)
        try:
            descriptor = _create(path)
        except PermissionError:
            # A file of the host's root appears as nobody's: in an overlay it can be replaced, not written to.
            os.unlink(path)
            descriptor = _create(path)
        with open(descriptor, "wb") as file:
            file.write(text.encode())
        self._channel.answer(number)

    def _do_hurry(self, number: int) -> None:
        if self._isolated:
            # Who gives up sooner must not do so before a link is there that just came up.
            links.settle()
            neighbours.hurry()
        self._channel.answer(number)

    def _do_keep(self, number: int) -> None:
        self._kept = True
        self._channel.answer(number, self._outside)


class _Refused(Exception):
    """What was asked cannot be done; the text says why."""


def _create(path: str) -> int:
    return os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o644)


def _remove(directory: str) -> None:
    for path, directories, files in os.walk(directory, topdown=False):
        for name in files:
            os.unlink(f"{path}/{name}")
        for name in directories:
            if os.path.islink(f"{path}/{name}"):
                os.unlink(f"{path}/{name}")
            else:
                os.rmdir(f"{path}/{name}")
    os.rmdir(directory)

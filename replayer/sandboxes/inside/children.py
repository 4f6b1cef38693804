"""Programs that the supervisor starts: terminals with a shell, and probes without one."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import fcntl
import os
import resource
import struct
import warnings  # noqa: F401 - os.execvpe imports it, when the standard library may lie behind the walls

from . import kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

_TIOCSCTTY = 0x540E
_TIOCSWINSZ = 0x5414
_LARGEST_ANSWER = 16 << 20  # bytes that a probe may print


class Terminal:
    def __init__(self, master: int, shell: int) -> None:
        self.master = master
        self.shell = shell  # its process, which is its session too
        self.status: int | None = None  # of the shell, as a shell would tell it: 128+n when signal n ended it


def open_terminal(
    argv: list[str], env: dict[str, str], cwd: str, columns: int, rows: int, limits: dict[str, int]
) -> Terminal:
    """A new PTY with `argv` as leader of its session; OSError if the program cannot be started."""
    master, slave = os.openpty()
    try:
        resize(master, columns, rows)

        def attach() -> None:
            os.setsid()
            fcntl.ioctl(slave, _TIOCSCTTY, 0)
            for descriptor in (0, 1, 2):
                os.dup2(slave, descriptor)

        return Terminal(master, _start(argv, env, cwd, limits, attach))
    except OSError:
        os.close(master)
        raise
    finally:
        os.close(slave)


def start_probe(
    argv: list[str], env: dict[str, str], cwd: str, output: int, fresh_net: bool, limits: dict[str, int]
) -> int:
    """Start `argv` in a session of its own, printing into `output`; its process id."""

    def attach() -> None:
        os.setsid()
        if fresh_net:
            kernel.unshare(kernel.CLONE_NEWNET)
        null = os.open("/dev/null", os.O_RDWR)
        for descriptor, source in ((0, null), (1, output), (2, output)):
            os.dup2(source, descriptor)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_ANSWER, _LARGEST_ANSWER))

    return _start(argv, env, cwd, limits, attach)


def start_task(task: Callable[[], None]) -> int:
    """Do `task` in a session and process of its own, which ends with status 0, or 1 for an OSError; its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            _signal.pthread_sigmask(_signal.SIG_SETMASK, ())
            task()
            status = 0
        except OSError:
            pass
        finally:
            os._exit(status)
    return child


def resize(master: int, columns: int, rows: int) -> None:
    fcntl.ioctl(master, _TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _start(argv: list[str], env: dict[str, str], cwd: str, limits: dict[str, int], attach: Callable[[], None]) -> int:
    """Fork and execute; an error before the program runs comes back through a pipe that its start closes."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _become(argv, env, cwd, limits, attach, writer)
    os.close(writer)
    with open(reader, "rb") as pipe:
        report = pipe.read()
    if report:
        os.waitpid(child, 0)
        number, _, what = report.decode(errors="replace").partition(" ")
        raise OSError(int(number), os.strerror(int(number)), what)
    return child


def _become(
    argv: list[str],
    env: dict[str, str],
    cwd: str,
    limits: dict[str, int],
    attach: Callable[[], None],
    report: int,
) -> NoReturn:
    what = "start"
    try:
        attach()
        what = cwd
        os.chdir(cwd)
        what = argv[0]
        # The owner may have been started with signals ignored (nohup), and Python ignores some itself.
        for number in range(1, 32):
            if number not in (9, 19):
                _signal.signal(number, _signal.SIG_DFL)
        _signal.pthread_sigmask(_signal.SIG_SETMASK, ())
        _limit(limits)
        os.execvpe(argv[0], argv, env)
    except OSError as error:
        os.write(report, f"{error.errno} ".encode() + os.fsencode(error.filename or what))
    finally:
        os._exit(127)


def _limit(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, name in ((resource.RLIMIT_NPROC, "processes"), (resource.RLIMIT_AS, "memory")):
        if name in limits:
            most = resource.getrlimit(kind)[1]
            value = limits[name] if most == resource.RLIM_INFINITY else min(limits[name], most)
            resource.setrlimit(kind, (value, value))

"""Choosing a backend and starting it."""

import functools
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replayer.problems import SandboxError

from . import advice, bwrap, host, leftovers, unshare
from .owner import Sandbox


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be used inside: processes, bytes of memory for each, bytes of everything that is written
    together."""

    processes: int = 1024
    memory: int = 4 << 30
    disk: int = 512 << 20


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend is what is put before the supervisor's command line, and what that leaves to the
    supervisor."""

    prefix: Callable[[], list[str]]
    missing: str
    isolated: bool = True
    bare: bool = False  # the supervisor has to make the mounts read-only itself


BACKENDS: dict[str, Backend] = {
    "bwrap": Backend(bwrap.prefix, bwrap.MISSING),
    "unshare": Backend(unshare.prefix, unshare.MISSING, bare=True),
    "host": Backend(host.prefix, host.MISSING, isolated=False),
}

# Accounts of daemons live in such places; hiding them would hide the programs.
_PROGRAMS = ("/", "/usr", "/etc", "/var", "/opt", "/srv", "/bin", "/sbin", "/dev", "/proc", "/sys")
_SYSTEM = ("/usr/", "/etc/", "/dev/", "/proc/", "/sys/", "/lib")

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_LOCALE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from inside.supervisor import main; main()"
# An identity on the host that no account has; each sandbox takes its own, so that none shares a limit with
# another.
_FIRST_UID, _UIDS = 2_000_000_000, 1 << 24


@contextmanager
def open_sandbox(backend: str | None = None, limits: Limits = Limits()) -> Iterator[Sandbox]:
    """A sandbox for the time of the block; without `backend`, the best that works here.

    Raises SandboxError when none can be made; nothing of it is left after the block, whatever happened in it.
    """
    sandbox = _start(backend, limits) if backend else _start_best(limits)
    try:
        yield sandbox
    finally:
        sandbox.close()


def probe(backend: str) -> str | None:
    """None if the backend works here (it is really tried), else why not and what to do."""
    try:
        with open_sandbox(backend) as sandbox:
            status, output = sandbox.execute(["true"])
    except SandboxError as error:
        return str(error)
    return f"`true` failed in it: {output}" if status else None


def _start_best(limits: Limits) -> Sandbox:
    reasons: list[str] = []
    for name, backend in BACKENDS.items():
        if backend.isolated:
            try:
                sandbox = _start(name, limits)
            except SandboxError as error:
                reasons.append(str(error))
                continue
            if reasons:
                sandbox.weaker = f"{name} stands in for {next(iter(BACKENDS))}, with less tried walls ({reasons[0]})"
            return sandbox
    raise SandboxError("\n".join(reasons))


def _start(name: str, limits: Limits) -> Sandbox:
    if name not in BACKENDS:
        raise SandboxError(f"no sandbox is named {name!r}; there are {', '.join(BACKENDS)}")
    backend = BACKENDS[name]
    prefix = backend.prefix()
    if prefix and not shutil.which(prefix[0]):
        raise SandboxError(f"the sandbox ({name}) could not be made: there is no {prefix[0]}; {backend.missing}")
    config = _isolated_config(backend, limits) if backend.isolated else _host_config()
    ours, theirs = socket.socketpair()
    _compile()
    # The interpreter itself, not a virtual environment's link to it; isolated, so that nothing of the user's is
    # imported.
    python = os.path.realpath(sys._base_executable)  # type: ignore[attr-defined]
    interpreter = [python, "-I", "-S", "-c", _BOOT]
    command = [*prefix, *interpreter, str(Path(__file__).parent), str(theirs.fileno())]
    try:
        process = subprocess.Popen(
            command,
            executable=shutil.which(command[0]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # A ^C on the person's terminal is the owner's to handle.
            start_new_session=True,
            pass_fds=(theirs.fileno(),),
            cwd="/",
            env={"PATH": _PATH, **_LOCALE} | _loader_path(),
        )
    except OSError as error:
        ours.close()
        raise SandboxError(f"the sandbox ({name}) could not be made: {error}") from error
    finally:
        theirs.close()
    try:
        return Sandbox(name, process, ours, config)
    except SandboxError as error:
        mend = advice.for_this_machine() if backend.isolated else ""
        raise SandboxError(f"{error}; {mend}" if mend else str(error)) from None


@functools.cache
def _compile() -> None:
    """Compile what runs inside, where the package is read-only: compiling anew would add 30 ms to each start."""
    for source in (Path(__file__).parent / "inside").glob("*.py"):
        with suppress(OSError, NotImplementedError):
            compiled = Path(importlib.util.cache_from_source(str(source)))
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                import py_compile  # the first time only

                py_compile.compile(str(source), doraise=False, quiet=2)


def _isolated_config(backend: Backend, limits: Limits) -> dict[str, Any]:
    hidden = _hidden()
    walls = {
        "bare": backend.bare,
        "uid": _lesser_uid(),
        "disk": limits.disk,
        "hidden": hidden,
        "sockets": _sockets(hidden),
    }
    env = {
        "PATH": _PATH,
        "HOME": "/root",
        "USER": "root",
        "LOGNAME": "root",
        "SHELL": "/bin/bash",
        "TERM": "xterm",
    }
    return {
        "walls": walls,
        "env": env | _LOCALE,
        "limits": {"processes": limits.processes, "memory": limits.memory},
        "runtime_dir": "/run/replay",
    }


def _host_config() -> dict[str, Any]:
    try:
        account = pwd.getpwuid(os.geteuid())
        name, home = account.pw_name, account.pw_dir
    except KeyError:  # an identity without an account, as in many containers
        name, home = str(os.geteuid()), "/"
    env = {
        "PATH": os.environ.get("PATH", _PATH),
        "HOME": os.environ.get("HOME", home),
        "USER": name,
        "LOGNAME": name,
    }
    env |= {"SHELL": "/bin/bash", "TERM": "xterm"}
    directory = str(Path(os.environ.get("TMPDIR") or "/tmp").absolute() / f"replay-host-{os.urandom(8).hex()}")
    env[leftovers.MARK] = directory
    return {"walls": None, "env": env | _LOCALE, "limits": {}, "runtime_dir": directory}


def _lesser_uid() -> int:
    """For root, an unprivileged identity that exists here (a container may have few); 0 for everybody
    else."""
    if os.geteuid() != 0:
        return 0
    wanted = _FIRST_UID + int.from_bytes(os.urandom(4), "big") % _UIDS
    last = 0
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first <= wanted < first + count:
            return wanted
        last = max(last, first + count - 1)
    return last


def _hidden() -> list[str]:
    """Directories that hold private files, or sockets of the host's services, or that anybody may write
    to."""
    places = ["/home", "/root", "/run", "/tmp", "/var/tmp", os.environ.get("HOME", "/")]
    with suppress(KeyError):  # an identity without an account
        places.append(pwd.getpwuid(os.getuid()).pw_dir)
    found = dict.fromkeys(os.path.realpath(place) for place in places)
    return [place for place in found if place not in _PROGRAMS and not place.startswith(_SYSTEM)]


def _sockets(hidden: list[str]) -> list[str]:
    """Named sockets of the host that lie elsewhere: a read-only file system does not keep anybody from
    connecting."""
    found = set()
    for line in Path("/proc/net/unix").read_text(errors="surrogateescape").splitlines()[1:]:
        path = "".join(line.split(maxsplit=7)[7:])
        if path.startswith("/") and not path.startswith(tuple(f"{place}/" for place in hidden)):
            found.add(path)
    return sorted(found)


def _loader_path() -> dict[str, str]:
    """Interpreters built with a shared library may need to be told where it is."""
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}

"""Whichever one process is killed, at whatever moment: a second later nothing of the sandbox is alive."""

import contextlib
import os
import random
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .conftest import Owners

_ROUNDS = 4  # of each kind of victim, for each backend and user: 64 in all


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _children(pid: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and _parent(int(name)) == pid:
                found.append(int(name))
        except (OSError, IndexError):
            continue
    return sorted(found)


def _victim(depth: int, owner: "subprocess.Popen[str]") -> int | None:
    """The process to kill, so many generations after the owner, as soon as there is one; None if that has ended."""
    while owner.poll() is None:
        pid: int | None = owner.pid
        for _ in range(depth):
            children = _children(pid) if pid else []
            pid = children[0] if children else None
        if pid:
            return pid
    return None


def _left(place: Path) -> list[str]:
    """What still runs and has the unique path of this run's package in its command line or environment."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                text = Path(f"/proc/{name}/cmdline").read_bytes() + Path(f"/proc/{name}/environ").read_bytes()
            except OSError:
                continue
            if os.fsencode(place) in text:
                found.append(f"{name}: {text[:200]!r}")
    return found


def _networks() -> set[str]:
    found = set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found.add(os.readlink(f"/proc/{name}/ns/net"))
            except OSError:
                continue
    return found


def _crash(owners: Owners, backend: str, kind: str, delay: float) -> None:
    owner = owners.start(backend, "linger")
    time.sleep(delay)
    generations = ["owner", "supervisor", "shell"] if backend == "host" else ["owner", "outer", "supervisor", "shell"]
    if victim := _victim(generations.index(kind), owner):
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, 9)
    output, _ = owner.communicate(timeout=20)
    if kind == "supervisor":
        assert "SandboxError" in output or "ends" in output, output
    elif "SandboxError" in output:
        # When the outer process is killed while it still makes the sandbox. Later it is not missed.
        assert kind == "outer" and "could not be made" in output, output
    assert "Traceback" not in output, output


@pytest.mark.parametrize("kind", ["owner", "outer", "supervisor", "shell"])
def test_nothing_is_left(kind: str, backend: str, owners: Owners) -> None:
    mounts, networks = Path("/proc/self/mountinfo").read_text(), _networks()
    random.seed(f"{kind} {backend} {owners.user}")
    delays = [random.uniform(0, 0.6) for _ in range(_ROUNDS)]
    with ThreadPoolExecutor(_ROUNDS) as pool:
        list(pool.map(lambda delay: _crash(owners, backend, kind, delay), delays))
    deadline = time.monotonic() + 1
    while (left := _left(owners.place)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, left
    assert Path("/proc/self/mountinfo").read_text() == mounts
    # Others on this machine may play, too: what is theirs ends in a while, what was left behind does not.
    new = _networks() - networks
    deadline = time.monotonic() + 60
    while new and time.monotonic() < deadline:
        time.sleep(0.2)
        new &= _networks()
    assert not new, new


@pytest.mark.parametrize("kind", ["owner", "supervisor", "shell"])
def test_nothing_is_left_on_the_host(kind: str, owners: Owners) -> None:
    """The same without namespaces; its shells only sleep."""
    before = set(Path("/tmp").glob("replay-host-*"))
    for delay in (0.01, 0.2, 0.3):
        _crash(owners, "host", kind, delay)
    deadline = time.monotonic() + 1
    while (left := _left(owners.place)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, left
    # Others on this machine may play, too: what is theirs ends in a while, what was left behind does not.
    new = set(Path("/tmp").glob("replay-host-*")) - before
    deadline = time.monotonic() + 60
    while new and time.monotonic() < deadline:
        time.sleep(0.2)
        new &= set(Path("/tmp").glob("replay-host-*"))
    assert not new, new


def test_a_kept_one_outlives_its_owner_until_it_is_killed(backend: str, owners: Owners) -> None:
    command, pid = owners.run(backend, "keep").splitlines()
    try:
        enter = command.replace(" bash", " sh -c 'id -u; ip -o link; ps -eo args; pwd; touch /etc/x'")
        as_user = owners.command()[: owners.command().index("--clear-groups") + 1] if owners.drops else []
        done = subprocess.run([*as_user, "sh", "-c", "TERM=xterm; " + enter], capture_output=True, text=True, cwd="/")
        assert done.returncode == 0, done
        assert done.stdout.startswith("0\n1: lo:") and "sleep 1000" in done.stdout and "/root" in done.stdout
    finally:
        os.kill(int(pid), 15)
    deadline = time.monotonic() + 1
    while (left := _left(owners.place)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, left

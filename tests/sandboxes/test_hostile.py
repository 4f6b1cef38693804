"""A hostile scenario, with root's powers inside, finds no way to the host."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Owners

_SETTINGS = (
    *("kernel/core_pattern", "kernel/hostname", "kernel/printk", "vm/swappiness"),
    *("vm/overcommit_memory", "fs/file-max", "net/ipv4/ip_forward", "user/max_user_namespaces"),
)


@pytest.fixture
def victims() -> Iterator[Path]:
    """Files that everybody on the host may write to, where nothing is hidden."""
    base = Path("/media") if os.access("/media", os.W_OK) else Path.cwd()
    directory = Path(tempfile.mkdtemp(prefix="replay-victims-", dir=base))
    try:
        directory.chmod(0o755)
        (directory / "open").mkdir()
        (directory / "open").chmod(0o777)
        (directory / "open/file").write_text("untouched")
        (directory / "open/file").chmod(0o666)
        (directory / "home").mkdir()
        (directory / "home/secret").write_text("SECRET")
        (directory / "home").chmod(0o777)
        yield directory
    finally:
        shutil.rmtree(directory)


@contextlib.contextmanager
def _listening(paths: list[str]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for path in paths:
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(path.replace("@", "\0"))
            listener.listen()
            if not path.startswith("@"):
                stack.callback(os.unlink, path)
                os.chmod(path, 0o777)
        yield


def _host(victims: Path) -> dict[str, object]:
    """What an attack might have changed."""
    links = [line.split(":")[1:2] for line in Path("/proc/net/dev").read_text().splitlines()]
    devices = sorted(line.split(":")[0] for line in Path("/proc/net/dev").read_text().splitlines()[2:])
    flags = {name.strip(): Path(f"/sys/class/net/{name.strip()}/flags").read_text() for name in devices}
    return {
        "settings": {name: Path(f"/proc/sys/{name}").read_text() for name in _SETTINGS},
        "links": (len(links), flags),
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "files": {path: (path.lstat().st_mtime_ns, path.lstat().st_mode) for path in sorted(victims.rglob("*"))},
        "etc": {path: path.lstat().st_mtime_ns for path in sorted(Path("/etc").iterdir())},
        "roots": {name: sorted(os.listdir(name)) for name in ("/", "/usr/bin", "/mnt", "/media")},
        "devices": sorted(os.listdir("/dev")),
    }


def test_the_host_is_as_it_was(backend: str, owners: Owners, victims: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="replay-", dir="/tmp") as hidden:
        os.chmod(hidden, 0o755)
        sockets = [f"{hidden}/socket", f"{victims}/open/socket", f"@replay-test-{os.getpid()}"]
        victim = subprocess.Popen(["sleep", "1000"])
        try:
            with _listening(sockets):
                before = _host(victims)
                env = {"PASSWORD": "SECRET-OF-THE-OWNER", "HOME": str(victims / "home")}
                shown = owners.run(backend, "hostile", str(victims), str(victim.pid), *sockets, env=env)
                assert _host(victims) == before
            assert victim.poll() is None
        finally:
            victim.kill()
            victim.wait()
    assert "attacks are over" in shown
    assert not [line for line in shown.splitlines() if "REACHED" in line], shown
    assert "SECRET" not in shown
    assert shown.count("refused ") > 150

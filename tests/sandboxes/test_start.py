"""What a person is told when no sandbox can be made, and what is chosen."""

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from replayer.problems import SandboxError
from replayer.sandboxes import open_sandbox, probe

from .conftest import Owners


def _as_root_of(owners: Owners, script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run an owner after `script`, as root of a user namespace that has nothing else, as in a rootless
    container."""
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        "sh",
        "-ec",
        f'{script}; exec "$@"',
        "sh",
        *owners.command(*arguments),
    ]
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=60)


@pytest.fixture
def root(place: Path) -> Owners:
    return Owners(place, "root")


def test_unknown_name() -> None:
    with pytest.raises(SandboxError, match=r"no sandbox is named 'bwarp'; there are bwrap, unshare, host"):
        open_sandbox("bwarp").__enter__()


def test_program_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "there is no bwrap; install the package bubblewrap" in str(probe("bwrap"))
    with pytest.raises(SandboxError, match=r"there is no bwrap.*\n.*there is no unshare"):
        open_sandbox().__enter__()


def test_unshare_stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "unshare").symlink_to(str(shutil.which("unshare")))
    monkeypatch.setenv("PATH", str(tmp_path))
    with open_sandbox() as sandbox:
        assert sandbox.backend == "unshare"
        assert sandbox.weaker.startswith("unshare stands in for bwrap") and "there is no bwrap" in sandbox.weaker
        assert sandbox.execute(["true"]) == (0, "")


def test_namespaces_are_switched_off(backend: str, root: Owners) -> None:
    done = _as_root_of(root, "echo 0 > /proc/sys/user/max_user_namespaces", backend, "end_is_told")
    assert "could not be made" in done.stderr
    assert "user namespaces are switched off: as root, `sysctl -w user.max_user_namespaces=10000`" in done.stderr


def test_root_of_a_container_has_one_too(backend: str, root: Owners) -> None:
    done = _as_root_of(root, ":", backend, "network_works")
    assert done.returncode == 0, done.stderr


def test_the_reason_is_quoted(backend: str, root: Owners) -> None:
    # As in containers that mask parts of /proc: the kernel lets nobody below them mount a whole one.
    mask = 'mount -t tmpfs none /proc/irq; exec unshare --user --map-root-user --mount "$@"'
    done = _as_root_of(root, f"exec unshare --mount sh -ec '{mask}' sh \"$@\"", backend, "end_is_told")
    assert re.search(r"could not be made: .*mount proc.*not permitted", done.stderr), done.stderr


def test_old_kernels_make_each_mount_read_only(root: Owners) -> None:
    """mount_setattr came with Linux 5.12; before it the mounts are gone through one by one."""
    program = """
import os, sys
sys.path.append(sys.argv[1])
from inside import kernel
kernel._SYS_mount_setattr = 100_000  # no such call
kernel.mount("", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
kernel.mount("none", "/mnt", "tmpfs")
os.mkdir("/mnt/a b")
kernel.mount("none", "/mnt/a b", "tmpfs")
kernel.make_tree_read_only()
for path in ("/mnt", "/mnt/a b", "/dev/shm", "/tmp"):
    try:
        os.mkdir(path + "/new")
    except OSError as error:
        print(error.errno)
"""
    command = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", program]
    done = subprocess.run([*command, root.place / "replayer/sandboxes"], capture_output=True, text=True)
    assert done.stdout.split() == [str(errno.EROFS)] * 4, done


@pytest.mark.skipif(
    tuple(map(int, os.uname().release.split("-")[0].split(".")[:2])) < (6, 8), reason="asking settles since Linux 6.8"
)
def test_links_are_brought_to_where_they_are_on_their_way_to(root: Owners) -> None:
    """Right after its peer was set up, a port and its bridge pass packets."""
    program = """
import fcntl, os, socket, struct, subprocess, sys
sys.path.append(sys.argv[1])
from inside import links
subprocess.run("ip link add br0 type bridge; ip link add v0 type veth peer name v1; ip link set v0 master br0;"
               "ip link set br0 up; ip link set v0 up", shell=True, check=True)
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
def flags(name):
    return struct.unpack_from("H", fcntl.ioctl(asking, 0x8913, struct.pack("16s24x", name)), 16)[0]
for _ in range(50):
    for up in (1, 0):
        fcntl.ioctl(asking, 0x8914, struct.pack("16sH22x", b"v1", flags(b"v1") & ~1 | up))
        links.settle()
        print(*(flags(name) & 0x40 for name in (b"v0", b"br0")))
"""
    command = ["unshare", "--user", "--map-root-user", "--net", sys.executable, "-c", program]
    done = subprocess.run([*command, root.place / "replayer/sandboxes"], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["64 64", "0 0"] * 50, done

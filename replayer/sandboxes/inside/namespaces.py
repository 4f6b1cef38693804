"""The network namespaces of a sandbox: those with a name, and those that only a process keeps."""

from __future__ import annotations

import os

from . import kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = "/run/netns"  # where `ip netns add` mounts them


def visit() -> Iterator[tuple[str, int, int]]:
    """Enter each network namespace in turn, our own first: its name (empty where it has none), its inode, and a
    descriptor of it that is open until the next. What vanishes meanwhile is passed over; afterwards this process is
    where it was."""
    home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        seen = {os.fstat(home).st_ino}
        yield "", os.fstat(home).st_ino, home
        for name, path in _paths():
            try:
                namespace = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                inode = os.fstat(namespace).st_ino
                if inode in seen or not _entered(namespace):
                    continue
                seen.add(inode)
                yield name, inode, namespace
            finally:
                os.close(namespace)
    finally:
        kernel.setns(home, kernel.CLONE_NEWNET)
        os.close(home)


def _entered(namespace: int) -> bool:
    try:
        kernel.setns(namespace, kernel.CLONE_NEWNET)
    except OSError:  # it is none: a file made by `ip netns add` before it is mounted on
        return False
    return True


def _paths() -> list[tuple[str, str]]:
    try:
        named = [(name, f"{NAMED}/{name}") for name in sorted(os.listdir(NAMED))]
    except OSError:
        named = []
    return named + [("", f"/proc/{name}/ns/net") for name in os.listdir("/proc") if name.isdigit()]

"""The network namespaces in here, one after the other."""

from __future__ import annotations

import os

from . import kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Answer = TypeVar("Answer")


def in_each(act: Callable[[], Answer]) -> list[Answer]:
    """What `act` answers inside every network namespace. What vanishes meanwhile is passed over."""
    home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        answers = [act()]
        seen = {os.fstat(home).st_ino}
        for path in _paths():
            try:
                namespace = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                inode = os.fstat(namespace).st_ino
                if inode not in seen:
                    seen.add(inode)
                    kernel.setns(namespace, kernel.CLONE_NEWNET)
                    answers.append(act())
            except OSError:
                continue
            finally:
                os.close(namespace)
    finally:
        kernel.setns(home, kernel.CLONE_NEWNET)
        os.close(home)
    return answers


def _paths() -> list[str]:
    """Those with a name, and those that only a process keeps."""
    try:
        named = [f"/run/netns/{name}" for name in os.listdir("/run/netns")]
    except OSError:
        named = []
    return named + [f"/proc/{name}/ns/net" for name in os.listdir("/proc") if name.isdigit()]

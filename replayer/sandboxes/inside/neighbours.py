"""Makes unanswered neighbour requests (ARP, IPv6 neighbour solicitation) follow each other sooner.

Their number and what a ping prints stay the same; only the time between them is shorter. A device starts with
one second, and is set back to it when it moves to another network namespace: so every device of every
namespace is looked at anew each time.
"""

import os

from . import kernel

_RETRANSMIT = b"100"  # milliseconds
_FAMILIES = ("ipv4", "ipv6")


def hurry() -> None:
    """Set every device of every network namespace in here. What vanishes meanwhile is passed over."""
    home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _set_devices()
        seen = {os.fstat(home).st_ino}
        for path in _namespaces():
            try:
                namespace = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                inode = os.fstat(namespace).st_ino
                if inode not in seen:
                    seen.add(inode)
                    kernel.setns(namespace, kernel.CLONE_NEWNET)
                    _set_devices()
            except OSError:
                continue
            finally:
                os.close(namespace)
    finally:
        kernel.setns(home, kernel.CLONE_NEWNET)
        os.close(home)


def _namespaces() -> list[str]:
    """Those with a name, and those that only a process keeps."""
    try:
        named = [f"/run/netns/{name}" for name in os.listdir("/run/netns")]
    except OSError:
        named = []
    return named + [f"/proc/{name}/ns/net" for name in os.listdir("/proc") if name.isdigit()]


def _set_devices() -> None:
    """/proc/sys/net shows the namespace of whoever looks."""
    for family in _FAMILIES:
        base = f"/proc/sys/net/{family}/neigh"
        try:
            devices = os.listdir(base)
        except OSError:
            continue
        for device in devices:
            try:
                handle = os.open(f"{base}/{device}/retrans_time_ms", os.O_RDWR | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                if os.read(handle, 16).strip() == b"1000":
                    os.pwrite(handle, _RETRANSMIT, 0)
            except OSError:
                continue
            finally:
                os.close(handle)

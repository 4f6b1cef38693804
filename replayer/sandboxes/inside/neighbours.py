"""Makes unanswered neighbour requests (ARP, IPv6 neighbour solicitation) follow each other sooner.

Their number and what a ping prints stay the same; only the time between them is shorter. A device starts with
one second, and is set back to it when it moves to another network namespace: so every device of every
namespace is looked at anew each time.
"""

import os

from . import namespaces

_RETRANSMIT = b"100"  # milliseconds
_FAMILIES = ("ipv4", "ipv6")


def hurry() -> None:
    """Set every device of every network namespace in here."""
    namespaces.in_each(_set_devices)


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

"""Brings links to the state that they are on their way to.

A device whose carrier came or went (its peer was set up, its bridge got a port) passes packets only after the
kernel's link watch has run, some milliseconds later, on a busy machine up to a second. Who asks for a device's link
has that done at once (Linux 6.8 and later; earlier ones just answer).
"""

import _socket
import ctypes
import fcntl
import os
import struct

from . import namespaces

_SIOCETHTOOL = 0x8946
_ETHTOOL_GLINK = 0x0A
# One device's carrier may give another its own: veth to bridge to macvlan to bridge.
_PASSES = 5


def settle() -> None:
    """Ask for every link of every network namespace in here, until no answer is new."""
    before: list[tuple[str, int]] = []
    for _ in range(_PASSES):
        now = [carrier for _ in namespaces.visit() for carrier in _carriers()]
        if now == before:
            return
        before = now


def _carriers() -> list[tuple[str, int]]:
    """The devices of this namespace, and whether each has a carrier."""
    found = []
    answer = (ctypes.c_uint32 * 2)()  # struct ethtool_value
    asking = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    try:
        for name in os.listdir("/proc/sys/net/ipv4/conf"):
            answer[0], answer[1] = _ETHTOOL_GLINK, 0
            request = struct.pack("16sP16x", name.encode(), ctypes.addressof(answer))  # struct ifreq
            try:
                fcntl.ioctl(asking, _SIOCETHTOOL, request)
            except OSError:
                continue  # `all` and `default`, what vanished, what has no such thing
            found.append((name, answer[1]))
    finally:
        asking.close()
    return found

"""Watches the network of every namespace, and looks at it with `ip`.

Nothing here may be felt by what it watches. A socket in a namespace keeps it alive, with its devices, after its last
process has gone; and a number given to a namespace shows in what `ip link` prints. So there is one routing socket, in a
namespace of its own which numbers the others for itself, and the kernel tells it of changes in all of them.

What is seen is one JSON object: `{"namespaces": [{"name", "id", "ids": {nsid: id}, "addresses": …}]}`. `id` is the
namespace's inode; the first is the supervisor's own. `ids` and `addresses` are there for a namespace that may have
changed: the numbers by which it knows others (`link_netnsid`), and what `ip -j -d address` printed there.
"""

from __future__ import annotations

import _socket
import os
import select
import struct

from . import kernel, namespaces

_LOOK = ("ip", "-j", "-d", "address", "show")

# From linux/netlink.h, linux/rtnetlink.h and linux/net_namespace.h.
_AF_NETLINK = 16
_SOL_NETLINK = 270
_NETLINK_LISTEN_ALL_NSID = 8
_GROUPS = 0x1 | 0x10 | 0x100  # links, IPv4 addresses, IPv6 addresses
_RTM_NEWNSID = 88
_RTM_GETNSID = 90
_NLM_F_REQUEST = 1
_NLM_F_ACK = 4
_NETNSA_NSID = 1
_NETNSA_FD = 3


class Watched:
    """A network namespace. `number`: how the watch's own namespace calls it; `changed`: since it was looked at."""

    def __init__(self, name: str, inode: int, number: int) -> None:
        self.name, self.inode, self.number = name, inode, number
        self.changed = True


class Watch:
    """Tells which namespaces there are and which may have changed. Raises OSError where the kernel has no network
    namespaces for it."""

    def __init__(self) -> None:
        home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        kernel.unshare(kernel.CLONE_NEWNET)
        try:
            self._changes = _routing_socket(_socket.SOCK_NONBLOCK)
            self._changes.setsockopt(_SOL_NETLINK, _NETLINK_LISTEN_ALL_NSID, 1)
            self._changes.bind((0, _GROUPS))
            self._asks = _routing_socket()
        finally:
            kernel.setns(home, kernel.CLONE_NEWNET)
            os.close(home)
        self._poll = select.epoll()
        self._poll.register(self._changes.fileno(), select.EPOLLIN)
        self._watched: dict[int, Watched] = {}
        self._numbered = 0
        self._folder = -1

    def fileno(self) -> int:
        """Readable when something may have changed since the last `update`. What nothing announces is a namespace
        without a name."""
        return self._poll.fileno()

    def update(self) -> list[Watched]:
        """All namespaces there are, our own first."""
        self._follow_names()
        changed = self._drain()
        here: dict[int, Watched] = {}
        for name, inode, handle in namespaces.visit():
            known = self._watched.get(inode)
            if known is None:
                self._numbered += 1
                known = Watched(name, inode, self._numbered)
                self._number(handle, known.number)
            else:
                known.name = name
                known.changed |= changed is None or known.number in changed
            here[inode] = known
        self._watched = here
        return list(here.values())

    def _drain(self) -> set[int] | None:
        """The numbers of the namespaces that the kernel has told of; None: any may have changed."""
        changed: set[int] = set()
        while True:
            try:
                _, beside, _, _ = self._changes.recvmsg(65536, _socket.CMSG_SPACE(4))
            except BlockingIOError:
                return changed
            except OSError:  # more was told than the socket holds
                return None
            changed |= {
                struct.unpack_from("=i", data)[0]
                for level, kind, data in beside
                if (level, kind) == (_SOL_NETLINK, _NETLINK_LISTEN_ALL_NSID)
            }

    def _number(self, handle: int, number: int) -> None:
        attributes = struct.pack("=HHiHHi", 8, _NETNSA_FD, handle, 8, _NETNSA_NSID, number)
        _ask(self._asks, _RTM_NEWNSID, attributes, _NLM_F_ACK)

    def _follow_names(self) -> None:
        try:
            if self._folder < 0:
                os.makedirs(namespaces.NAMED, exist_ok=True)
                self._folder = kernel.inotify(namespaces.NAMED)
                self._poll.register(self._folder, select.EPOLLIN)
            while os.read(self._folder, 65536):
                pass
        except OSError:  # there is no more to read; or there can be no folder, and names are found at the next look
            pass


def look(watched: list[Watched], output: int, env: dict[str, str]) -> None:
    """Write what there is into the file `output`. For a process of its own, which waits for the programs it starts."""
    handles: dict[int, int] = {}
    started: dict[int, tuple[int, int, _socket.socket]] = {}  # inode: process, the file it prints into, who to ask
    changed = {one.inode for one in watched if one.changed}
    for _, inode, handle in namespaces.visit():
        handles[inode] = os.dup(handle)
        if inode in changed:
            printed = os.memfd_create("network")
            action = (os.POSIX_SPAWN_DUP2, printed, 1)
            process = os.posix_spawnp(_LOOK[0], _LOOK, env, file_actions=[action])
            started[inode] = process, printed, _routing_socket()
    parts = []
    for one in watched:
        part = f'"name":{_quoted(one.name)},"id":{one.inode}'
        if one.inode in started:
            process, printed, asks = started[one.inode]
            os.waitpid(process, 0)
            # Now that `ip` has run, which gives numbers to what it names.
            known = ",".join(f'"{number}":{inode}' for number, inode in _numbers(asks, handles))
            addresses = os.pread(printed, os.fstat(printed).st_size, 0).decode(errors="replace").strip()
            part += f',"ids":{{{known}}},"addresses":{addresses or "[]"}'
        parts.append(f"{{{part}}}")
    data = ('{"namespaces":[' + ",".join(parts) + "]}").encode()
    while data:
        data = data[os.write(output, data) :]


def _numbers(asks: _socket.socket, handles: dict[int, int]) -> list[tuple[int, int]]:
    """The numbers by which the socket's namespace knows the others, each with the other's inode."""
    found = []
    for inode, handle in handles.items():
        answer = _ask(asks, _RTM_GETNSID, struct.pack("=HHi", 8, _NETNSA_FD, handle))
        told, kind, number = struct.unpack_from("=4xH14xxxHi", answer) if len(answer) >= 28 else (0, 0, -1)
        if (told, kind) == (_RTM_NEWNSID, _NETNSA_NSID) and number >= 0:
            found.append((number, inode))
    return found


def _routing_socket(flags: int = 0) -> _socket.socket:
    """Of the namespace that this process is in now."""
    return _socket.socket(_AF_NETLINK, _socket.SOCK_RAW | _socket.SOCK_CLOEXEC | flags, 0)


def _ask(socket: _socket.socket, what: int, attributes: bytes, flags: int = 0) -> bytes:
    """The answer to a request about namespaces: a header of 16 bytes, a family of 4, and attributes."""
    head = struct.pack("=IHHIIB3x", 20 + len(attributes), what, _NLM_F_REQUEST | flags, 1, 0, 0)
    socket.send(head + attributes)
    return socket.recv(4096)


def _quoted(name: str) -> str:
    """A name as JSON has it; a file's name may hold anything."""
    plain = "-_. "
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c in plain) else _escaped(c) for c in name) + '"'


def _escaped(character: str) -> str:
    # By hand: the codec for UTF-16 would be imported only now, and the file that it is in may not be here.
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + (code - 0x10000 >> 10):04x}\\u{0xDC00 + (code - 0x10000 & 0x3FF):04x}"

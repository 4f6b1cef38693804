"""Looks at the network of every namespace with `ip`, and tells which ends belong together.

What is found is one JSON object: `{"namespaces": [{"name", "id", "ids": {nsid: id}, "addresses": …}]}`, where `id`
is the namespace's inode, `ids` maps the numbers by which this namespace knows others (`link_netnsid`) to theirs, and
`addresses` is what `ip -j -d address` printed there.
"""

import _socket
import os
import struct

from . import namespaces

_AF_NETLINK = 16
_RTM_GETNSID = 90
_NLM_F_REQUEST = 1
_NETNSA_NSID = 1
_NETNSA_FD = 3
_LOOK = ("ip", "-j", "-d", "address", "show")


def look(output: int, env: dict[str, str]) -> None:
    """Write what there is into the file `output`. For a process of its own: it waits for the programs it starts."""
    found: list[tuple[str, int, int, int]] = []  # name, inode, process, its output
    sockets, handles = [], []
    for name, inode in namespaces.visit():
        handles.append(os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC))
        sockets.append(_socket.socket(_AF_NETLINK, _socket.SOCK_RAW | _socket.SOCK_CLOEXEC, 0))
        printed = os.memfd_create("network")
        found.append((name, inode, _start(printed, env), printed))
    parts = []
    for (name, inode, process, printed), socket in zip(found, sockets, strict=True):
        ids = {}
        for other, handle in zip(found, handles, strict=True):
            number = _number_of(socket, handle)
            if number >= 0:
                ids[number] = other[1]
        os.waitpid(process, 0)
        size = os.fstat(printed).st_size
        addresses = os.pread(printed, size, 0).decode(errors="replace").strip() or "[]"
        known = ",".join(f'"{number}":{inode}' for number, inode in ids.items())
        parts.append(f'{{"name":{_quoted(name)},"id":{inode},"ids":{{{known}}},"addresses":{addresses}}}')
    os.write(output, ('{"namespaces":[' + ",".join(parts) + "]}").encode())


def _start(output: int, env: dict[str, str]) -> int:
    """`ip`, in the namespace where this process is now."""
    actions = [(os.POSIX_SPAWN_DUP2, output, 1)]
    return os.posix_spawnp(_LOOK[0], _LOOK, env, file_actions=actions)


def _number_of(socket: _socket.socket, handle: int) -> int:
    """The number by which the socket's namespace knows the one of `handle`; -1 if it knows it not."""
    attribute = struct.pack("=HHi", 8, _NETNSA_FD, handle)
    socket.send(struct.pack("=IHHIIB3x", 28, _RTM_GETNSID, _NLM_F_REQUEST, 1, 0, 0) + attribute)
    answer = socket.recv(4096)
    if len(answer) >= 28 and struct.unpack_from("=H", answer, 4)[0] != 2:  # 2: an error
        kind, number = struct.unpack_from("=Hi", answer, 22)
        if kind == _NETNSA_NSID:
            return int(number)
    return -1


def _quoted(name: str) -> str:
    return '"' + "".join(c if c.isalnum() and c.isascii() or c in "-_. " else f"\\u{min(ord(c), 0xFFFD):04x}" for c in name) + '"'

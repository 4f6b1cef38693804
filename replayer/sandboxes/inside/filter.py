"""The system call filter: what a user namespace of one id cannot do, and two doors that namespaces leave
open.

Programs such as tcpdump give up root by changing to a user of their own, and give it their files; with one id
there is none, and they stop. The filter answers "done" to these calls instead. It also shuts virtual machine
sockets and the kernel's key rings, which belong to no namespace that a sandbox makes.
"""

import os
import struct

from . import kernel

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_ENOSYS = 38
_EAFNOSUPPORT = 97
_AF_VSOCK = 40

# machine: (AUDIT_ARCH, changes of identity and owner, socket, key rings). On another machine there is no
# filter: everything works but tcpdump and its like.
_MACHINES = {
    "x86_64": (0xC000003E, (105, 106, 113, 114, 116, 117, 119, 92, 93, 94, 260), 41, (248, 249, 250)),
    "aarch64": (0xC00000B7, (146, 144, 145, 143, 159, 147, 149, 54, 55), 198, (217, 218, 219)),
}


def install() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    machine = os.uname().machine
    if machine in _MACHINES:
        kernel.seccomp(program(machine))


def program(machine: str) -> bytes:
    """The filter as BPF instructions for the name that `uname -m` gives."""
    architecture, identities, socket, rings = _MACHINES[machine]
    code: list[tuple[int, int, int, int]] = []

    def load(offset: int) -> None:
        # of struct seccomp_data: 0 number, 4 architecture, 16 first argument
        code.append((0x20, 0, 0, offset))

    def answer_if(test: int, value: int, verdict: int, otherwise: bool = False) -> None:
        code.append((test, 1 if otherwise else 0, 0 if otherwise else 1, value))
        code.append((0x06, 0, 0, verdict))

    equal, at_least = 0x15, 0x35
    load(4)
    answer_if(equal, architecture, _ERRNO | _ENOSYS, otherwise=True)  # 32-bit calls have other numbers
    load(0)
    answer_if(at_least, 0x40000000, _ERRNO | _ENOSYS)  # and so has x32
    for number in identities:
        answer_if(equal, number, _ERRNO)
    for number in rings:
        answer_if(equal, number, _ERRNO | _ENOSYS)
    code.append((equal, 0, 3, socket))
    load(16)
    answer_if(equal, _AF_VSOCK, _ERRNO | _EAFNOSUPPORT)
    code.append((0x06, 0, 0, _ALLOW))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)

"""The system calls that Python's standard library lacks. Every one raises OSError, naming what it tried."""

import ctypes
import os
import struct

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_REMOUNT = 0x20
MS_NOATIME = 0x400
MS_NODIRATIME = 0x800
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000
MS_RELATIME = 0x200000
MNT_DETACH = 2

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_SECUREBITS = 28
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECBIT_NO_SETUID_FIXUP = 4
SECCOMP_MODE_FILTER = 2

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_RDONLY = 0x1
_MOUNT_ATTR_NOSUID = 0x2
_SYS_mount_setattr = 442  # the same number on every architecture
_SFD_CLOEXEC = 0o2000000
_SFD_NONBLOCK = 0o4000
_IN_CLOEXEC = 0o2000000
_IN_NONBLOCK = 0o4000
_IN_NAMES = 0x3C0  # moved from, moved to, created, deleted

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    result = _libc.mount(
        os.fsencode(source),
        os.fsencode(target),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        data.encode() or None,
    )
    _checked(result, f"mount {kind or 'bind'} on {target}")


def unmount(target: str) -> None:
    """Take the topmost mount off `target`, even while it is in use."""
    _checked(_libc.umount2(os.fsencode(target), MNT_DETACH), f"unmount {target}")


def unshare(flags: int) -> None:
    _checked(_libc.unshare(flags), "make new namespaces")


def setns(descriptor: int, kind: int) -> None:
    _checked(_libc.setns(descriptor, kind), "enter a namespace")


def prctl(option: int, value: int = 0, pointer: bytes | None = None) -> None:
    unused = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), pointer, unused, unused), f"prctl {option}")


def seccomp(program: bytes) -> None:
    """Install a filter for this process and all that it starts; `program` holds 8-byte BPF instructions."""
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HP", len(program) // 8, ctypes.addressof(code))  # struct sock_fprog
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head)


def signalfd(numbers: tuple[int, ...]) -> int:
    """A descriptor that tells the signals `numbers` (which must be blocked) as 128-byte records;
    non-blocking."""
    mask = ctypes.create_string_buffer(128)
    _libc.sigemptyset(mask)
    for number in numbers:
        _libc.sigaddset(mask, number)
    return _checked(_libc.signalfd(-1, mask, _SFD_CLOEXEC | _SFD_NONBLOCK), "signalfd")


def inotify(folder: str) -> int:
    """A descriptor that is readable when a name appeared in `folder` or vanished from it; non-blocking."""
    descriptor = _checked(_libc.inotify_init1(_IN_CLOEXEC | _IN_NONBLOCK), "inotify")
    _checked(_libc.inotify_add_watch(descriptor, os.fsencode(folder), _IN_NAMES), f"watch {folder}")
    return descriptor


def make_tree_read_only(path: str = "/") -> None:
    """Make every mount at and below `path` read-only, of which none may be left out."""
    attributes = (ctypes.c_uint64 * 4)(_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID, 0, 0, 0)
    arguments = (_AT_FDCWD, path.encode(), _AT_RECURSIVE, ctypes.byref(attributes), ctypes.c_size_t(32))
    if _libc.syscall(ctypes.c_long(_SYS_mount_setattr), *arguments) == 0:
        return
    for target, options in mounts():  # kernels before 5.12
        if not (target + "/").startswith(path.rstrip("/") + "/"):
            continue
        try:
            _remount_read_only(target, options)
        except OSError:
            # What is covered by a later mount cannot be named, nor can it be reached: the cover will be locked.
            if os.path.ismount(target):
                raise


def make_read_only(path: str) -> None:
    """Make the one mount at `path` read-only."""
    for target, options in mounts():
        if target == path:
            found = options
    _remount_read_only(path, found)


def mounts() -> list[tuple[str, frozenset[str]]]:
    """Where something is mounted, as this process sees it, and each mount's own options; the topmost last."""
    found = []
    with open("/proc/self/mountinfo", "rb") as lines:
        for line in lines:
            fields = line.split(b" ")
            # blanks come as \040; no codec for it can be imported any more
            head, *rest = fields[4].split(b"\\")
            target = head + b"".join(bytes([int(part[:3], 8)]) + part[3:] for part in rest)
            found.append((os.fsdecode(target), frozenset(fields[5].decode().split(","))))
    return found


def _remount_read_only(target: str, options: frozenset[str]) -> None:
    # Flags that the mount has may be locked: each must be said again.
    words = {
        "nosuid": MS_NOSUID,
        "nodev": MS_NODEV,
        "noexec": MS_NOEXEC,
        "noatime": MS_NOATIME,
        "nodiratime": MS_NODIRATIME,
        "relatime": MS_RELATIME,
    }
    flags = sum(flag for word, flag in words.items() if word in options)
    mount("", target, flags=MS_REMOUNT | MS_BIND | MS_RDONLY | flags)

"""The walls of a sandbox, built by the supervisor around itself in two stages.

Stage 1 still has the owner's power (or that of a user namespace with the owner's identity): it makes the host
read-only, hides what is private, and steps down. Stage 2 is a second user namespace with one identity, inside
which everything plays: what stage 1 mounted is locked there, so that no `umount` and no `remount,rw` reaches
the host through it.
"""

from __future__ import annotations

import os

from . import filter, kernel
from .kernel import mount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    class Enclosure(TypedDict):
        """What the owner asks of the walls."""

        bare: bool  # nothing is prepared: the mounts are the host's own, in a mount namespace of ours
        uid: int  # the identity on the host to step down to; 0: keep the present one
        disk: int  # bytes, of all that can be written inside together
        hidden: list[str]  # directories that get an empty one in their place
        sockets: list[str]  # sockets of the host's services


_WRITABLE = ("etc", "var", "usr", "opt", "srv")
# The host's files appear as nobody's in a namespace of one id, and nobody's files cannot be edited, even on
# an overlay: what tutorials edit is copied, and where they put files of their own the directory is made anew.
_COPIED = (
    "hosts",
    "resolv.conf",
    "hostname",
    "passwd",
    "group",
    "sysctl.conf",
    "sysctl.d",
    "iproute2",
    "network",
)
_OWNED = (
    *(
        "etc/iproute2",
        "etc/sysctl.d",
        "etc/netns",
        "var/lib",
        "var/log",
        "var/cache",
        "var/spool",
        "var/lib/dhcp",
    ),
    *("usr/local", "usr/local/bin", "usr/local/sbin", "usr/local/etc", "usr/local/lib"),
)
_LARGEST_COPY = 256 << 10
_NODES = ("null", "zero", "full", "random", "urandom", "tty", "net/tun")


def build(wanted: Enclosure) -> int:
    """Go from the owner's surroundings into the sandbox; OSError says what the kernel refused.

    Returns a descriptor of the user namespace of stage 1, by way of which the owner can follow.
    """
    os.chdir("/")
    os.umask(0o022)
    _enclose(wanted)
    outside = os.open("/proc/self/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    _step_down(wanted["uid"])
    _furnish(wanted["disk"])
    filter.install()
    # Not even root inside may look into this process or take its descriptors: they lead to the owner.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    return outside


def _enclose(wanted: Enclosure) -> None:
    mount("", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)  # what the host mounts later must not come in
    if wanted["bare"]:
        kernel.make_tree_read_only()
        _make_devices()
    try:
        # bwrap started by root leaves /proc/sys read-only, where the sandbox's own net sysctls are.
        mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    except OSError:
        if wanted["bare"]:
            raise
    # Read-write, or the kernel refuses the sysfs that `ip netns exec` mounts in stage 2.
    mount("sysfs", "/sys", "sysfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    if wanted["uid"] and os.path.exists("/dev/net/tun"):
        _provide_tun()
    for directory in wanted["hidden"]:
        _hide(directory)
    for socket in wanted["sockets"]:
        try:
            mount("/dev/null", socket, flags=kernel.MS_BIND)
        except OSError:
            pass  # gone, hidden already, or out of reach for this user
    kernel.make_read_only("/dev")


def _hide(directory: str) -> None:
    if os.path.isdir(directory):
        flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_RDONLY
        mount("tmpfs", directory, "tmpfs", flags, "mode=755")


def _make_devices() -> None:
    """The few devices that programs need, in place of the host's /dev."""
    held = {}
    for name in _NODES:
        try:
            held[name] = os.open(f"/dev/{name}", os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
    mount("tmpfs", "/dev", "tmpfs", kernel.MS_NOSUID, "mode=755,size=64k")
    for directory in ("pts", "shm", "net"):
        os.mkdir(f"/dev/{directory}")
    for name, descriptor in held.items():
        os.close(os.open(f"/dev/{name}", os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o666))
        mount(f"/proc/self/fd/{descriptor}", f"/dev/{name}", flags=kernel.MS_BIND)
        os.close(descriptor)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"/dev/{name}")
    mount(
        "devpts",
        "/dev/pts",
        "devpts",
        kernel.MS_NOSUID | kernel.MS_NOEXEC,
        "newinstance,ptmxmode=0666,mode=620",
    )
    os.symlink("pts/ptmx", "/dev/ptmx")


def _provide_tun() -> None:
    """Root can give a /dev/net/tun that its lesser identity may open; it is harmless: it acts on its own
    network only."""
    try:
        mount("tmpfs", "/dev/net", "tmpfs", kernel.MS_NOSUID | kernel.MS_NOEXEC, "mode=755,size=64k")
        os.mknod("/dev/net/tun", 0o020666, os.makedev(10, 200))
        os.chmod("/dev/net/tun", 0o666)
    except OSError:
        pass


def _step_down(uid: int) -> None:
    """Become `uid` on the host, which owns nothing there, and root of a new user namespace."""
    if uid:
        # The capabilities stay until the namespace is made: hosts may forbid it to ordinary users.
        kernel.prctl(kernel.PR_SET_SECUREBITS, kernel.SECBIT_NO_SETUID_FIXUP)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(
        kernel.CLONE_NEWUSER
        | kernel.CLONE_NEWNS
        | kernel.CLONE_NEWNET
        | kernel.CLONE_NEWIPC
        | kernel.CLONE_NEWUTS
        | kernel.CLONE_NEWCGROUP
    )
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # a change of user makes /proc/self root's
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def _furnish(disk: int) -> None:
    """Everything that can be written, on one tmpfs of `disk` bytes."""
    mount("sysfs", "/sys", "sysfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    mount("tmpfs", "/tmp", "tmpfs", flags, f"mode=755,size={disk},nr_inodes={max(disk >> 12, 4096)}")
    for name in _WRITABLE:
        if os.path.isdir(f"/{name}") and not os.path.islink(f"/{name}"):
            _open_up(name)
    for path, mode in (
        ("/run", 0o755),
        ("/root", 0o700),
        ("/home", 0o755),
        ("/var/tmp", 0o1777),
        ("/dev/shm", 0o1777),
        ("/tmp", 0o1777),  # the last, for it covers the others' source
    ):
        if os.path.isdir(path):
            source = "/tmp/." + path.strip("/").replace("/", "-")
            os.mkdir(source)
            os.chmod(source, mode)
            mount(source, path, flags=kernel.MS_BIND)


def _open_up(name: str) -> None:
    """Let the directory /`name` be written to; what is written is lost with the sandbox."""
    upper = f"/tmp/{name}"
    os.mkdir(upper)
    for path in _OWNED:
        if path.startswith(name + "/"):
            os.makedirs(f"/tmp/{path}", exist_ok=True)
    if name == "etc":
        for path in _COPIED:
            _copy(f"/etc/{path}", f"/tmp/etc/{path}")
    if not _overlay(f"/{name}", upper, f"/{name}"):
        # The kernel lays none over a directory that has mounts in it, as /var has here, and /etc in a
        # container: make the directory anew and lay one over each that it holds, or at least show it.
        _rebuild(f"/{name}", upper)
        mount(upper, f"/{name}", flags=kernel.MS_BIND | kernel.MS_REC)


def _overlay(lower: str, upper: str, target: str) -> bool:
    """Whether an overlay could be made (not before Linux 5.11, for one)."""
    work = f"/tmp/.work{lower.replace('/', '-')}"
    os.mkdir(work)
    options = f"lowerdir={lower},upperdir={upper},workdir={work},userxattr"
    try:
        mount("overlay", target, "overlay", kernel.MS_NOSUID | kernel.MS_NODEV, options)
    except OSError:
        return False
    return True


def _rebuild(directory: str, target: str) -> None:
    for name in os.listdir(directory):
        source, place = f"{directory}/{name}", f"{target}/{name}"
        if os.path.islink(source):
            if not os.path.lexists(place):
                os.symlink(os.readlink(source), place)
        elif not os.path.isdir(source):
            if not os.path.lexists(place):
                _copy(source, place)
        else:
            os.makedirs(place, exist_ok=True)
            upper = f"{target}-{name}"
            os.rename(place, upper)  # what was prepared for it
            os.mkdir(place)
            if set(name) & set(":,\\") or not _overlay(source, upper, place):
                mount(source, place, flags=kernel.MS_BIND | kernel.MS_REC)


def _copy(source: str, target: str) -> None:
    """Copy a small file or a directory of small files; a link that leads nowhere in here becomes an empty
    file."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
        for name in os.listdir(source):
            _copy(f"{source}/{name}", f"{target}/{name}")
        return
    if not os.path.lexists(source):
        return
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        data = b""
    else:
        data = os.read(descriptor, _LARGEST_COPY + 1)
        os.close(descriptor)
    if len(data) <= _LARGEST_COPY:
        descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o644)
        os.write(descriptor, data)
        os.close(descriptor)

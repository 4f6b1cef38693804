"""Played inside a sandbox as its root: everything that could reach the host. Prints REACHED for what should
have failed.

Arguments: the directory of victims on the host, a victim's process id there, sockets that listen there.
"""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
MS_REMOUNT, MS_BIND, MS_MOVE, MS_REC, MS_PRIVATE = 0x20, 0x1000, 0x2000, 0x4000, 0x40000
VICTIMS, PID, SOCKETS = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def must_fail(name: str, attack: Callable[..., object], *arguments: object) -> None:
    try:
        result = attack(*arguments)
    except Exception as error:
        print(f"refused {name}: {error}")
    else:
        print(f"REACHED {name}: {result!r}"[:300])


def call(function: str, *arguments: object) -> int:
    result = getattr(LIBC, function)(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> int:
    return call("mount", source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode())


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def read(path: str) -> str:
    data = Path(path).read_bytes()
    if not data:
        raise RuntimeError("empty")
    return data.decode(errors="replace")


def write(path: str, text: str) -> int:
    with open(path, "w") as file:
        return file.write(text)


def settings() -> None:
    # Each gets the value that it has: should a wall be down, the attack does no harm.
    for name in (
        *("kernel/core_pattern", "kernel/hostname", "kernel/printk", "kernel/sysrq", "vm/swappiness"),
        *("vm/overcommit_memory", "fs/file-max", "fs/suid_dumpable", "kernel/randomize_va_space"),
    ):
        path = f"/proc/sys/{name}"
        must_fail(f"write {path}", lambda path: write(path, read(path)), path)
    must_fail("write /proc/sysrq-trigger", lambda: write("/proc/sysrq-trigger", "h"))
    for path in ("/sys/kernel/mm/transparent_hugepage/enabled", "/sys/power/state", "/sys/kernel/profiling"):
        must_fail(f"write {path}", lambda path: os.open(path, os.O_WRONLY), path)
    must_fail("set the clock", lambda: time.clock_settime(time.CLOCK_REALTIME, time.time()))
    must_fail("reboot", lambda: call("reboot", 0))  # forbids ctrl-alt-del, at worst
    must_fail("load a module", lambda: call("syscall", 313, os.open("/etc/hostname", 0), b"", 0))
    must_fail("swap", lambda: call("swapon", b"/etc/hostname", 0))
    must_fail("priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
    must_fail("limits", lambda: resource.setrlimit(resource.RLIMIT_NPROC, (99999, 99999)))


def files() -> None:
    for path in (
        "/",
        "/boot",
        "/bin",
        "/etc/ssh",
        "/usr/bin",
        "/mnt",
        "/media",
        VICTIMS,
        f"{VICTIMS}/open",
    ):
        must_fail(f"create in {path}", lambda path: write(f"{path}/attacked", "x"), path)
    for path in (
        f"{VICTIMS}/open/file",
        "/etc/shadow",
        "/usr/bin/env",
        "/etc/crontab",
        "/etc/ssh/ssh_config",
    ):
        must_fail(f"write {path}", lambda path: os.open(path, os.O_WRONLY), path)
    for path in (
        f"{VICTIMS}/home/secret",
        f"{VICTIMS}/secret",
        "/root/.bashrc",
        "/root/.ssh",
        "/etc/shadow",
        "/dev/kmsg",
    ):
        must_fail(f"read {path}", lambda path: read(path), path)


def mounts() -> None:
    for path in (
        "/",
        "/proc",
        "/sys",
        "/dev",
        "/home",
        "/root",
        "/run",
        "/tmp",
        "/var/tmp",
        "/etc",
        "/usr",
        "/var",
    ):
        # Our own layer may come off; what is below must stay.
        for _ in range(4):
            LIBC.umount2(path.encode(), 2)
        must_fail(f"remount {path}", lambda path: mount("", path, "", MS_REMOUNT | MS_BIND), path)
        must_fail(f"remount super {path}", lambda path: mount("", path, "", MS_REMOUNT), path)
    files()
    settings()
    for flags in (MS_BIND, MS_BIND | MS_REC):

        def bind_and_write(flags: int = flags) -> int:
            mount("/", "/mnt", "", flags)
            mount("", "/mnt", "", MS_REMOUNT | MS_BIND)
            return write(f"/mnt{VICTIMS}/open/attacked", "x")

        must_fail(f"bind / with {flags}", bind_and_write)
    mount("", "/", "", MS_REC | MS_PRIVATE)
    for kind in (
        "ext4",
        "xfs",
        "btrfs",
        "debugfs",
        "tracefs",
        "securityfs",
        "configfs",
        "devtmpfs",
        "cgroup",
        "fuseblk",
    ):
        must_fail(f"mount {kind}", lambda kind: mount("/dev/vda", "/mnt", kind, 0), kind)
    # A copy of the whole tree, moved about and made the root: the locks go with it.
    mount("/", "/mnt", "", MS_BIND | MS_REC)
    for path in ("/home", "/root", "/proc", "/sys", "/dev", "/tmp", "/run", VICTIMS + "/home", ""):
        must_fail(f"unmount /mnt{path}/.", lambda path: call("umount2", f"/mnt{path}/.".encode(), 0), path)
        must_fail(f"move {path}/", lambda path: mount(f"{path}/", "/srv", "", MS_MOVE), path)
    must_fail("read below the copy", lambda: read(f"/mnt{VICTIMS}/home/secret"))
    must_fail("open tree", lambda: call("syscall", 428, -100, b"/", 1))
    call("syscall", 155, b"/mnt", b"/mnt")
    files()


def devices() -> None:
    for name, kind, numbers in (
        ("vda", 0o060666, (254, 0)),
        ("mem", 0o020666, (1, 1)),
        ("kmsg", 0o020666, (1, 11)),
    ):
        must_fail(f"mknod {name}", lambda n, k, d: os.mknod(f"/tmp/{n}", k, os.makedev(*d)), name, kind, numbers)
    for name in ("vda", "mem", "kmem", "port", "kvm", "loop-control", "console", "tty1", "vsock", "fuse"):
        must_fail(f"open {name}", lambda name: os.open(f"/dev/{name}", os.O_RDWR), name)
    must_fail("the owner's terminal", lambda: os.open("/dev/tty", os.O_RDWR))


def processes() -> None:
    must_fail("signal the victim", lambda: os.kill(PID, signal.SIGKILL))
    must_fail("look at the victim", lambda: read(f"/proc/{PID}/cmdline"))
    must_fail("environment of init", lambda: read("/proc/1/environ"))
    must_fail("memory of init", lambda: os.open("/proc/1/mem", os.O_RDONLY))
    must_fail("trace init", lambda: call("ptrace", 16, 1, 0, 0))
    must_fail("descriptor of init", lambda: call("syscall", 438, os.pidfd_open(1), 3, 0))
    for number in range(10):
        must_fail(f"open descriptor {number} of init", lambda n: os.open(f"/proc/1/fd/{n}", os.O_RDWR), number)
    for name in ("user", "mount", "net", "pid", "ipc", "uts"):
        must_fail(f"enter {name} of init", lambda name: run("nsenter", "-t", "1", f"--{name}", "true"), name)
    for name in os.listdir("/proc"):
        if name.isdigit() and "SECRET" in Path(f"/proc/{name}/cmdline").read_text(errors="replace"):
            print("REACHED a command line of the host")
    must_fail("own environment", lambda: "SECRET" in str(os.environ) or run("false"))


def networks() -> None:
    for path in SOCKETS:
        must_fail(
            f"connect to {path}", lambda path: socket.socket(socket.AF_UNIX).connect(path.replace("@", "\0")), path
        )
    must_fail("virtual machine sockets", lambda: socket.socket(socket.AF_VSOCK))
    must_fail("key rings", lambda: call("syscall", 250, 0, -3, 0))
    must_fail("a route out", lambda: socket.create_connection(("192.0.2.1", 53), 1))
    must_fail("a link of the host", lambda: run("ip", "link", "show", "eth0"))
    must_fail(
        "a link into init",
        lambda: run("ip", "link", "add", "attacked", "type", "veth", "peer", "name", "x", "netns", str(PID)),
    )
    run("ip", "link", "add", "attacked", "type", "bridge")
    must_fail("a socket of another kind", lambda: os.system("exec 3<>/dev/tcp/192.0.2.1/53") and run("false"))


def nested() -> None:
    """Once more from a namespace of its own, where root is root anew."""
    script = f"mount -o remount,rw,bind / ; umount -l /home /root /tmp /run; touch /attacked {VICTIMS}/open/attacked"
    for flags in ("-Urm", "-Urmpf", "-Urmnpf"):
        must_fail(f"unshare {flags}", lambda flags: run("unshare", flags, "sh", "-ec", script), flags)
    must_fail("chroot out", lambda: run("python3", "-c", _CHROOT.format(VICTIMS)))


_CHROOT = """
import os
os.makedirs("/dev/shm/c", exist_ok=True); d = os.open("/", 0); os.chroot("/dev/shm/c"); os.fchdir(d)
for _ in range(50): os.chdir("..")
os.chroot("."); open("{}/open/attacked", "w")
"""

for stage in (devices, processes, networks, settings, files, nested, mounts, processes, nested):
    try:
        stage()
    except Exception as error:
        print(f"stage {stage.__name__} ended: {error!r}")
print("attacks are over")

"""bubblewrap makes the first stage: a read-only host, few devices, namespaces."""

import os

MISSING = "install the package bubblewrap"


def prefix() -> list[str]:
    """The arguments before the supervisor's own; it becomes process 1 (the socket to the owner is its only
    tie: --die-with-parent follows threads and was seen to leave processes behind)."""
    namespaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    if os.geteuid() != 0:
        namespaces += ["--unshare-user", "--uid", "0", "--gid", "0"]
    mounts = [
        "--ro-bind",
        "/",
        "/",
        "--dev",
        "/dev",
        "--dev-bind-try",
        "/dev/net/tun",
        "/dev/net/tun",
        "--proc",
        "/proc",
    ]
    return ["bwrap", "--as-pid-1", *namespaces, "--cap-add", "ALL", *mounts, "--"]

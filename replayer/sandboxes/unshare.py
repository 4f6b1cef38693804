"""util-linux's unshare makes the namespaces only; the supervisor makes the host's mounts read-only in them
itself."""

import os

MISSING = "install the package util-linux"


def prefix() -> list[str]:
    """The arguments before the supervisor's own, which becomes process 1."""
    identity = ["--user", "--map-root-user"] if os.geteuid() != 0 else []
    return ["unshare", *identity, "--mount", "--pid", "--fork", "--net", "--ipc", "--uts", "--"]

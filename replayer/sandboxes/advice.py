"""What usually keeps a sandbox from being made, and how to mend it."""

from pathlib import Path

_SWITCHES = (
    (
        "user/max_user_namespaces",
        "0",
        "user namespaces are switched off",
        "sysctl -w user.max_user_namespaces=10000",
    ),
    (
        "kernel/unprivileged_userns_clone",
        "0",
        "this system gives user namespaces to root only",
        "sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor restricts user namespaces here",
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
)


def for_this_machine() -> str:
    """What on this machine is known to stand in the way and the command that root can mend it with, or
    nothing."""
    found = []
    for name, bad, what, mend in _SWITCHES:
        try:
            value = (Path("/proc/sys") / name).read_text().strip()
        except OSError:
            continue
        if value == bad:
            found.append(f"{what}: as root, `{mend}`")
    if not Path("/proc/self/ns/user").exists():
        found.append("this kernel has no user namespaces")
    return "; ".join(found)

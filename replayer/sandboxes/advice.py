"""What usually keeps a sandbox from being made, and how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`mend`: a command for root, if there is one; `root_too`: root is hindered as well."""

    what: str
    mend: str
    root_too: bool


_SWITCHES = (
    (
        "user/max_user_namespaces",
        "0",
        Obstacle("user namespaces are switched off", "sysctl -w user.max_user_namespaces=10000", True),
    ),
    (
        "kernel/unprivileged_userns_clone",
        "0",
        Obstacle(
            "this system gives user namespaces to root only", "sysctl -w kernel.unprivileged_userns_clone=1", False
        ),
    ),
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        Obstacle(
            "AppArmor restricts user namespaces here",
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
            False,
        ),
    ),
)


def obstacles() -> Iterator[Obstacle]:
    """What on this machine is known to stand in the way."""
    for name, bad, obstacle in _SWITCHES:
        try:
            value = (Path("/proc/sys") / name).read_text().strip()
        except OSError:
            continue
        if value == bad:
            yield obstacle
    if not Path("/proc/self/ns/user").exists():
        yield Obstacle("this kernel has no user namespaces", "", True)


def for_this_machine() -> str:
    """The same in words, or nothing."""
    return "; ".join(f"{one.what}: as root, `{one.mend}`" if one.mend else one.what for one in obstacles())

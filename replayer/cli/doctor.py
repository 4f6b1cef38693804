"""`replay doctor`: what is needed, whether it is here, and what to do where it is not."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from replayer.cli.common import colored
from replayer.cli.view import COLORS

# command -> (arguments that make it say its version, Debian package, without it nothing works)
TOOLS: dict[str, tuple[list[str], str, bool]] = {
    "bash": (["--version"], "bash", True),
    "ip": (["-V"], "iproute2", True),
    "bridge": (["-V"], "iproute2", True),
    "ping": (["-V"], "iputils-ping", True),
    "tcpdump": (["--version"], "tcpdump", True),
    "bwrap": (["--version"], "bubblewrap", False),
    "unshare": (["--version"], "util-linux", True),
    "ps": (["--version"], "procps", False),
    "newuidmap": ([], "uidmap", False),
}
PACKAGES = ("typer", "PyYAML", "Jinja2")
LINKS = (
    "bridge",
    "veth",
    "macvlan",
    "macvtap",
    "ipvlan",
    "vlan",
    "vxlan",
    "bond",
    "dummy",
    "vrf",
    "ifb",
    "wireguard",
)
# Link types that the scenarios here need; the others are for scenarios of one's own.
NEEDED_LINKS = {"bridge", "veth", "macvlan"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `bad`: replay cannot do its main job without it."""

    name: str
    state: Literal["ok", "missing", "bad"]
    what: str
    mend: str = ""


def examine(color: str) -> int:
    """Prints the findings; returns 0 if the main job can be done here, else 3."""
    paint = colored(color)
    bad = 0
    for heading, findings in (
        ("tools", _tools()),
        ("python", _python()),
        ("kernel", _kernel()),
        ("sandboxes", _sandboxes()),
    ):
        print(heading)
        for finding in findings:
            bad += finding.state == "bad"
            code = {"ok": COLORS["passed"], "missing": COLORS["skipped"], "bad": COLORS["failed"]}[finding.state]
            state = f"\x1b[{code}m{finding.state:<8}\x1b[0m" if paint else f"{finding.state:<8}"
            print(f"  {state} {finding.name:<11} {finding.what}" + (f"; {finding.mend}" if finding.mend else ""))
            sys.stdout.flush()
    print("ready" if not bad else "not ready: mend what is marked bad")
    return 3 if bad else 0


def _tools() -> Iterator[Finding]:
    for name, (arguments, package, needed) in TOOLS.items():
        path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if path is None:
            yield Finding(name, "bad" if needed else "missing", "not found", f"apt-get install {package}")
        else:
            yield Finding(name, "ok", _says(path, arguments))


def _says(path: str, arguments: list[str]) -> str:
    if not arguments:
        return path
    try:
        done = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{path} (gives no version: {error})"
    text = (done.stdout or done.stderr).strip()
    return text.splitlines()[0] if text else path


def _python() -> Iterator[Finding]:
    yield Finding("python", "ok", f"{sys.version.split()[0]} at {sys.executable}")
    for package in PACKAGES:
        try:
            yield Finding(package, "ok", version(package))
        except PackageNotFoundError:
            yield Finding(package, "bad", "not installed", f"pip install {package}")


def _kernel() -> Iterator[Finding]:
    from replayer.needs import unknown_links
    from replayer.problems import SandboxError
    from replayer.sandboxes import open_sandbox

    uname = os.uname()
    yield Finding(
        "linux",
        "ok",
        f"{uname.release} {uname.machine}, as {'root' if os.geteuid() == 0 else 'an ordinary user'}",
    )
    yield _user_namespaces()
    try:
        with open_sandbox() as sandbox:
            unknown = set(unknown_links(LINKS, sandbox))
    except SandboxError as error:
        yield Finding("links", "bad", f"cannot be looked at without a sandbox: {error}")
        return
    for kind in LINKS:
        if kind in unknown:
            state: Literal["bad", "missing"] = "bad" if kind in NEEDED_LINKS else "missing"
            yield Finding(kind, state, "this kernel has no such link type", "scenarios that require it are skipped")
        else:
            yield Finding(kind, "ok", "link type")


def _user_namespaces() -> Finding:
    name = "userns"
    limits = {
        "/proc/sys/user/max_user_namespaces": "sysctl user.max_user_namespaces=15000",
        "/proc/sys/kernel/unprivileged_userns_clone": "sysctl kernel.unprivileged_userns_clone=1",
    }
    for path, mend in limits.items():
        try:
            value = Path(path).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if re.fullmatch(r"0+", value):
            return Finding(name, "bad", f"user namespaces are switched off ({path} is 0)", mend)
    apparmor = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
    try:
        restricted = Path(apparmor).read_text(encoding="ascii").strip() == "1"
    except OSError:
        restricted = False
    if restricted and os.geteuid() != 0:
        return Finding(
            name,
            "missing",
            "AppArmor restricts user namespaces of ordinary users",
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or start as root",
        )
    return Finding(name, "ok", "user namespaces are allowed")


def _sandboxes() -> Iterator[Finding]:
    from replayer.sandboxes import BACKENDS, probe

    usable = 0
    for name in BACKENDS:
        if name == "host":
            yield Finding(name, "ok", "no protection; only by --sandbox host")
            continue
        reason = probe(name)
        usable += reason is None
        yield Finding(name, "ok", "works here") if reason is None else Finding(name, "missing", reason)
    if not usable:
        yield Finding("any", "bad", "no sandbox works here", "see docs/security.md")

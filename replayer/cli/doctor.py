"""`replay doctor`: what is needed, whether it is here, and what to do where it is not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
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
PACKAGES = ("typer", "pexpect", "PyYAML", "Jinja2", "jmespath", "wcwidth")
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
class Examined:
    """One thing looked at. `bad`: replay cannot do its main job without it."""

    name: str
    state: Literal["ok", "missing", "bad"]
    what: str
    mend: str = ""


def examine(color: str) -> int:
    """Prints what was looked at; returns 0 if the main job can be done here, else 3."""
    paint = colored(color)
    bad = 0
    for heading, examined in (
        ("tools", _tools()),
        ("python", _python()),
        ("kernel", _kernel()),
        ("sandboxes", _sandboxes()),
    ):
        print(heading)
        for one in examined:
            bad += one.state == "bad"
            code = {"ok": COLORS["passed"], "missing": COLORS["skipped"], "bad": COLORS["failed"]}[one.state]
            state = f"\x1b[{code}m{one.state:<8}\x1b[0m" if paint else f"{one.state:<8}"
            print(f"  {state} {one.name:<11} {one.what}" + (f"; {one.mend}" if one.mend else ""))
            sys.stdout.flush()
    print("ready" if not bad else "not ready: mend what is marked bad")
    return 3 if bad else 0


def _tools() -> Iterator[Examined]:
    for name, (arguments, package, needed) in TOOLS.items():
        path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if path is None:
            yield Examined(name, "bad" if needed else "missing", "not found", f"apt-get install {package}")
        else:
            yield Examined(name, "ok", _says(path, arguments))


def _says(path: str, arguments: list[str]) -> str:
    if not arguments:
        return path
    try:
        done = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{path} (gives no version: {error})"
    text = (done.stdout or done.stderr).strip()
    return text.splitlines()[0] if text else path


def _python() -> Iterator[Examined]:
    yield Examined("python", "ok", f"{sys.version.split()[0]} at {sys.executable}")
    for package in PACKAGES:
        try:
            yield Examined(package, "ok", version(package))
        except PackageNotFoundError:
            yield Examined(package, "bad", "not installed", f"pip install {package}")


def _kernel() -> Iterator[Examined]:
    from replayer.needs import unknown_links
    from replayer.problems import SandboxError
    from replayer.sandboxes import open_sandbox

    uname = os.uname()
    yield Examined(
        "linux",
        "ok",
        f"{uname.release} {uname.machine}, as {'root' if os.geteuid() == 0 else 'an ordinary user'}",
    )
    yield _user_namespaces()
    try:
        with open_sandbox() as sandbox:
            unknown = set(unknown_links(LINKS, sandbox))
    except SandboxError as error:
        yield Examined("links", "bad", f"cannot be looked at without a sandbox: {error}")
        return
    for kind in LINKS:
        if kind in unknown:
            state: Literal["bad", "missing"] = "bad" if kind in NEEDED_LINKS else "missing"
            yield Examined(kind, state, "this kernel has no such link type", "scenarios that require it are skipped")
        else:
            yield Examined(kind, "ok", "link type")


def _user_namespaces() -> Examined:
    from replayer.sandboxes.advice import obstacles

    standing = [one for one in obstacles() if one.root_too or os.geteuid() != 0]
    if not standing:
        return Examined("userns", "ok", "user namespaces are allowed")
    mend = "; ".join(f"as root, {one.mend}" for one in standing if one.mend)
    state: Literal["bad", "missing"] = "bad" if any(one.root_too for one in standing) else "missing"
    return Examined("userns", state, "; ".join(one.what for one in standing), mend)


def _sandboxes() -> Iterator[Examined]:
    from replayer.sandboxes import BACKENDS, probe

    usable = 0
    for name in BACKENDS:
        if name == "host":
            yield Examined(name, "ok", "no protection; only by --sandbox host")
            continue
        reason = probe(name)
        usable += reason is None
        yield Examined(name, "ok", "works here") if reason is None else Examined(name, "missing", reason)
    if not usable:
        yield Examined("any", "bad", "no sandbox works here", "see docs/security.md")

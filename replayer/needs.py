"""What a scenario requires, and what this machine is: asked inside the sandbox."""

import os
import re
from collections.abc import Sequence

from replayer.sandboxes import Sandbox
from replayer.scenario import Requires

# Some link types cannot be made without a device below them; only these answers mean "the kernel has none".
UNKNOWN_LINK = re.compile(r"Unknown device type|Operation not supported|Cannot find device type", re.IGNORECASE)


def machine_facts(sandbox: Sandbox, fast: bool) -> dict[str, str]:
    """Kernel, backend and knobs: what a reader of another machine's recording needs to know."""
    uname = os.uname()
    facts = {"kernel": uname.release, "machine": uname.machine, "sandbox": sandbox.backend}
    if sandbox.weaker:
        facts["weaker"] = sandbox.weaker
    if fast:
        facts["fast"] = "yes"
    return facts


def missing_needs(requires: Requires, sandbox: Sandbox) -> list[str]:
    """What is not there, in words; empty when the scenario can be played."""
    missing = []
    if requires.commands:
        script = 'for c in "$@"; do command -v "$c" >/dev/null 2>&1 || echo "$c"; done'
        _, found = sandbox.execute(["sh", "-c", script, "sh", *requires.commands])
        missing += [f"no command {name!r}" for name in found.split()]
    if requires.links and not any("'ip'" in m for m in missing):
        missing += [f"this kernel has no link type {kind!r}" for kind in unknown_links(requires.links, sandbox)]
    if requires.kernel and _version(os.uname().release) < _version(requires.kernel):
        missing.append(f"kernel {os.uname().release} is older than {requires.kernel}")
    return missing


def unknown_links(kinds: Sequence[str], sandbox: Sandbox) -> list[str]:
    """The link types among `kinds` that the kernel does not have."""
    script = 'for k in "$@"; do echo "== $k"; ip link add replay0 type "$k" 2>&1 && ip link del replay0; done'
    # In a network of its own: a device made and deleted would shift the scenario's interface numbers.
    _, answers = sandbox.execute(["sh", "-c", script, "sh", *kinds], fresh_net=True)
    parts = re.split(r"^== (\S+)$", answers, flags=re.MULTILINE)[1:]
    return [kind for kind, answer in zip(parts[::2], parts[1::2], strict=True) if UNKNOWN_LINK.search(answer)]


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])

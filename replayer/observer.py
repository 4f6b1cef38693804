"""Looks at a sandbox's network as a run goes, and only when the kernel told of a change."""

import json
import select

from replayer.problems import SandboxError
from replayer.sandboxes import Sandbox
from replayer.topology import Facts, Lens, check


class Observer:
    """What the network of a sandbox looks like, each change told once. A sandbox in which one cannot look (there is no
    `ip`, or another program goes by its name) has no network to tell of."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lens = Lens()
        self._changes = select.poll()
        try:
            self._changes.register(sandbox.watch(), select.POLLIN)
            self._able = True
        except SandboxError:
            self._able = False

    def look(self, anyway: bool = False) -> tuple[Facts, list[str]] | None:
        """The facts of each namespace that changed since the last look, and the names of those that are gone; None if
        nothing did. `anyway`: look even if nothing was told of."""
        if not self._able or not (anyway or self._changes.poll(0)):
            return None
        seen = self._sandbox.look()
        try:
            if seen is None:
                raise ValueError("nothing was printed")
            # Not strict: `ip` prints the control characters of a name as they are.
            facts, gone = self._lens.look(json.loads(seen, strict=False))
            check(facts, gone)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._able = False
            return None
        return (facts, gone) if facts or gone else None

"""The readers by program name: each gets the calls of its program in the command line, the text that a
person saw, and the exit status, and says what the text shows."""

from collections.abc import Callable, Sequence

from replayer.outcomes.commands import Invocation
from replayer.outcomes.ping import read_arping, read_fping, read_ping
from replayer.outcomes.shown import Shown

Reader = Callable[[Sequence[Invocation], str, int | None], Shown]

READERS: dict[str, Reader] = {
    "ping": read_ping,
    "ping4": read_ping,
    "ping6": read_ping,
    "arping": read_arping,
    "fping": read_fping,
    "fping6": read_fping,
}

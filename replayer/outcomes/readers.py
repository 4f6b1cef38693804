"""The readers by program name: each gets all that the command line calls, the text that a person saw,
and the exit status, and says what the text shows of its program."""

from collections.abc import Callable, Sequence

from replayer.outcomes.commands import Invocation
from replayer.outcomes.connections import read_curl, read_netcat, read_wget
from replayer.outcomes.ping import read_arping, read_fping, read_ping
from replayer.outcomes.routes import read_mtr, read_tracepath, read_traceroute
from replayer.outcomes.shown import Shown

Reader = Callable[[Sequence[Invocation], str, int | None], Shown]

READERS: dict[str, Reader] = {
    "ping": read_ping,
    "ping4": read_ping,
    "ping6": read_ping,
    "arping": read_arping,
    "fping": read_fping,
    "fping6": read_fping,
    "nc": read_netcat,
    "netcat": read_netcat,
    "ncat": read_netcat,
    "nc.openbsd": read_netcat,
    "nc.traditional": read_netcat,
    "curl": read_curl,
    "wget": read_wget,
    "traceroute": read_traceroute,
    "traceroute6": read_traceroute,
    "tracepath": read_tracepath,
    "tracepath6": read_tracepath,
    "mtr": read_mtr,
}

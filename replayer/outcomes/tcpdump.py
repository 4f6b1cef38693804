"""Whether a tcpdump capture holds all that its filter let through."""

import re

_CAPTURED = re.compile(r"^(?:\^C)?(\d+) packets? captured$", re.MULTILINE)
_RECEIVED = re.compile(r"^(\d+) packets? received by filter$", re.MULTILINE)


def tcpdump_cut_short(text: str) -> str | None:
    """What a stopped tcpdump printed -> a warning if it had not yet read all that its filter received
    (stopped at once, it may print 0 of 2 frames), or None."""
    for captured, received in zip(_CAPTURED.findall(text), _RECEIVED.findall(text), strict=False):
        if int(captured) < int(received):
            return (
                f"tcpdump was stopped before it had read everything: {captured} packets captured, "
                f"{received} received by its filter; --immediate-mode, or stopping it later, shows them all"
            )
    return None

"""What a tutorial shows of a capture: packets in an order, among others that nobody asked for."""

import re

_PACKET = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,} |(?:IP6?|ARP),? |\S+ > \S+, ethertype")
_CLOSING = re.compile(r"\s*\d+ packets? (?:captured|received by filter|dropped by)")


def loosened(lines: list[str]) -> list[str]:
    """The lines of a capture with `...` before each packet and at the end, unless the tutorial shows its end.

    Every interface has traffic of its own (IPv6's router solicitations, multicast reports), which comes when it
    comes; and a tutorial seldom shows what tcpdump says when it is stopped.
    """
    loose: list[str] = []
    for line in lines:
        if _PACKET.match(line) and loose[-1:] != ["..."]:
            loose.append("...")
        loose.append(line)
    if loose[-1:] != ["..."] and not any(_CLOSING.match(line) for line in lines):
        loose.append("...")
    return loose

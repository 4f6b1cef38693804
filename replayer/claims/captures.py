"""What a tutorial shows of a capture: packets in an order, among others that nobody asked for."""

import re

_PACKET = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,} |(?:IP6?|ARP),? |\S+ > \S+, ethertype")
_CLOSING = re.compile(r"\s*\d+ packets? (?:captured|received by filter|dropped by)")


def loosened(lines: list[str]) -> list[str]:
    """The lines of a capture with `...` before each packet and at the end.

    Every interface has traffic of its own (IPv6's router solicitations, multicast reports), which comes when it
    comes. What tcpdump counts when it is stopped is left out: it is of the moment, and comes after the Ctrl-C that a
    `stop` sends once it has seen the rest.
    """
    loose: list[str] = []
    for line in lines:
        if _CLOSING.match(line):
            continue
        if _PACKET.match(line) and loose[-1:] != ["..."]:
            loose.append("...")
        loose.append(line)
    if loose[-1:] != ["..."]:
        loose.append("...")
    return loose

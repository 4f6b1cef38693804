"""What a tutorial shows of a capture: packets in an order, among others that nobody asked for."""

import re

_TIMED = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,} ")
_PACKET = re.compile(rf"{_TIMED.pattern}|(?:IP6?|ARP),? |\S+ > \S+, ethertype|\S+\.\d+ > \S+\.\d+: \w")
# No packet's line ends here: its author has broken it.
_BROKEN = re.compile(r", length \d+:$")
_CLOSING = re.compile(r"\s*\d+ packets? (?:captured|received by filter|dropped by)")
_HEXADECIMAL = re.compile(r"\s+0x[0-9a-f]{4}: ")
# What differs between packets that say the same.
_COUNTED = re.compile(r"\d\d:\d\d:\d\d\.\d+|\b(?:seq|ack|id|win|val|ecr|cksum|length|ttl) (?:0x)?[\da-f]+(?::\d+)?")
# A request and an answer name their programs' versions, and are so much longer or shorter.
_HTTP = re.compile(r"\blength \d+(?=: HTTP)")
_ENDS = re.compile(r"(?<!\S)(?P<from>\S+) > (?P<to>\S+?)(?P<colon>:(?= ))")
_WHO = re.compile(r"(?<=who-has )(?P<who>[^\s,]+)|(?<=tell )(?P<tell>[^\s,]+)|(?<=Reply )(?P<reply>[^\s,]+)")
_NUMERIC = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:\.[\w-]+)?$|[0-9a-f]*:[0-9a-f:.]*(?:\.[\w-]+)?$", re.IGNORECASE)


def loosened(lines: list[str]) -> list[str]:
    """The lines of a capture with `...` before each packet and at the end.

    Every interface has traffic of its own (IPv6's router solicitations, multicast reports), which comes when it
    comes. How often a packet came is the time that its author waited: of those that say the same, one stands for all.
    Authors cut the times, and what stands behind, and break long lines. Names of hosts are their own, and so is what
    a packet holds byte by byte. What tcpdump counts when it is stopped is left out: it is of the moment, and comes
    after the Ctrl-C that a `stop` sends once it has seen the rest.
    """
    loose: list[str] = []
    known: set[str] = set()
    held = False
    for packet in _packets(lines):
        said = "\n".join(_COUNTED.sub("", line) for line in packet)
        begins = bool(_PACKET.match(packet[0]))
        if begins and said in known:
            continue
        known.add(said)
        if begins and loose[-1:] != ["..."]:
            loose.append("...")
        if begins and not _TIMED.match(packet[0]):
            packet = [_gapped(packet[0]), *packet[1:]]
        if held and not begins and packet[0].strip() and not packet[0][:1].isspace():
            packet = ["...", f"... {packet[0]}"]  # what a packet holds, behind bytes that nobody can read
        held = begins
        loose += [_numbered(line) if begins else line for line in packet]
    if loose[-1:] != ["..."]:
        loose.append("...")
    return loose


def _packets(lines: list[str]) -> list[list[str]]:
    """The lines, those of one packet together."""
    packets: list[list[str]] = []
    for line in lines:
        if _CLOSING.match(line) or _HEXADECIMAL.match(line):
            continue
        if packets and _PACKET.match(packets[-1][0]) and line[:1].isspace():
            if _BROKEN.search(packets[-1][-1].rstrip()):
                packets[-1][-1] = f"{packets[-1][-1].rstrip()} {line.strip()}"
            else:
                packets[-1].append(line)
        else:
            packets.append([line])
    return packets


def _gapped(line: str) -> str:
    """A packet whose time its author has cut, and perhaps its end too."""
    return f"... {line.strip()} ..."


def _numbered(line: str) -> str:
    """A packet with `...` for the names of hosts."""

    def ends(found: re.Match[str]) -> str:
        names = [end if _NUMERIC.match(end) or _link_layer(end) else "..." for end in (found["from"], found["to"])]
        return f"{names[0]} > {names[1]}{found['colon']}"

    line = _HTTP.sub("length ...", _ENDS.sub(ends, line))
    return _WHO.sub(lambda found: found[0] if _NUMERIC.match(found[0]) else "...", line)


def _link_layer(end: str) -> bool:
    return bool(re.fullmatch(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|Broadcast", end, re.IGNORECASE))

"""Readers for traceroute, tracepath and mtr: did the way end at its destination?

Formats as recorded in tests/data/outcomes from traceroute 2.1, busybox 1.35, tracepath of iputils 20221126
and mtr 0.95. A way that ends early because few hops were allowed, while routers still answered, tells
nothing of the destination.
"""

import re
from collections.abc import Sequence

from replayer.outcomes.commands import Invocation
from replayer.outcomes.shown import Shown, judged
from replayer.words import REACHABLE, UNREACHABLE

_TO = re.compile(
    r"^traceroute6? to \S+ \((?P<address>[^)\s]+)\)(?:,? from \S+)?, (?P<most>\d+) hops max.*$", re.MULTILINE
)
_HOP = re.compile(r"^ *(\d+) (.*)$", re.MULTILINE)
_REFUSES = re.compile(r"\bms !|^!\S|\s!(?:[HNPSFXVC]|\d+)\b")


def read_traceroute(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """The destination among the hops; or stars up to the last hop allowed; or a router that refuses (!H)."""
    headers = list(_TO.finditer(text))
    found: list[tuple[str, str]] = []
    for number, header in enumerate(headers):
        end = headers[number + 1].start() if number + 1 < len(headers) else len(text)
        word, line = _traced(header, text[header.end() : end])
        if word is None:
            return Shown((), line, spoilt=bool(found))
        found.append((word, line))
    return judged(found)


def _traced(header: re.Match[str], body: str) -> tuple[str | None, str]:
    hops = list(_HOP.finditer(body))
    arrived = re.compile(rf"(?<![\w.:])\(?{re.escape(header['address'])}\)?[ ,].*?\d+(?:\.\d+)? ms(?! !)")
    for hop in hops:
        if arrived.search(hop[2]):
            return REACHABLE, hop[0]
    if not hops:
        return None, ""
    last = hops[-1]
    if _REFUSES.search(last[2]):
        return UNREACHABLE, last[0]
    if int(last[1]) < int(header["most"]):
        return None, f"traceroute was cut short at hop {last[1]} of {header['most']}"
    if set(last[2].split()) <= {"*"}:
        return UNREACHABLE, last[0]
    return None, f"traceroute stopped at the last hop that it may try, and {last[2].split()[0]} answered there"


_PATH = re.compile(
    r"^ *\d+\??: .*\b(?P<reached>reached)\b.*$|^ *\d+\??: .*(?P<refused>![A-Z]\b|!\d+).*$"
    r"|^ *\d+\??: +(?P<silent>no reply) *$|^ *(?P<many>Too many hops:).*$",
    re.MULTILINE,
)


def read_tracepath(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """`reached`, a router's refusal (!H), or no reply up to `Too many hops`."""
    matches = list(_PATH.finditer(text))
    reached = [m for m in matches if m["reached"]]
    if reached:
        return judged([(REACHABLE, reached[0][0])])
    refused = [m for m in matches if m["refused"]]
    # Without its closing line it was still trying.
    if refused and "Resume: pmtu" in text:
        return judged([(UNREACHABLE, refused[-1][0])])
    if len(matches) > 1 and matches[-1]["many"] and matches[-2]["silent"]:
        return judged([(UNREACHABLE, matches[-1][0])])
    return Shown(())


_MTR = re.compile(r"^ *(\d+)\.\|-- (\S+) +(\d+(?:\.\d+)?)%? .*$", re.MULTILINE)


def read_mtr(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """mtr's report (-r): the hop that bears the destination's name, or silence (???) at the end, or one
    router at the last two hops: it answers for a destination that it cannot reach."""
    calls = [call for call in called if call.program == "mtr"]
    hops = _MTR.findall(text)
    if not hops or len(calls) != 1:
        return Shown(())
    number, host, loss = hops[-1]
    line = f"{number}.|-- {host} {loss}%"
    if host in calls[0].arguments:
        return Shown((REACHABLE if float(loss) < 100 else UNREACHABLE,), line)
    if host == "???" or (len(hops) > 1 and hops[-2][1] == host):
        return Shown((UNREACHABLE,), line)
    return Shown((), f"mtr's last hop is {host}, which the command does not name; `mtr -n` with an address tells")

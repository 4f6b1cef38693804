"""Readers for ping (iputils, busybox, inetutils) and for arping and fping: they count replies.

Formats as recorded in tests/data/outcomes from iputils 20221126, busybox 1.35, arping 2.23, fping 5.1.
"""

import re
from collections.abc import Sequence

from replayer.outcomes.commands import Invocation
from replayer.outcomes.shown import Shown, complaint, ends, judged
from replayer.words import REACHABLE, UNREACHABLE

# `2 packets transmitted, 1 received, +1 errors, 50% packet loss, time 1ms`; busybox: `1 packets received`.
_STATISTICS = re.compile(
    r"^[ \t]*(?P<sent>\d{1,18}) packets? transmitted, (?P<received>\d{1,18})(?: packets?)? received\b"
    r"(?P<rest>.*)$",
    re.MULTILINE,
)
_LOSS = re.compile(r"\d(?:\.\d+)?% packet loss")
# Said by a ping that sent nothing, however often the command line runs it (a loop names it once).
_NO_HOST = re.compile(
    r"^(?:ping6?|busybox): .*(?:not known|failure in name|No address|[Uu]nknown host|bad address).*$", re.MULTILINE
)
_HEADER = re.compile(r"^PING \S", re.MULTILINE)
_ARPING = re.compile(
    r"^(?:Received (?P<iputils>\d{1,18}) (?:response|repl)\w*\(?s?\)?.*"
    r"|\d{1,18} packets? transmitted, (?P<habets>\d{1,18}) packets? received,.*% unanswered.*)$",
    re.MULTILINE,
)
_FPING = re.compile(
    r"^\S+[ \t]+(?:is (?P<state>alive|unreachable)"
    r"|: xmt/rcv/%loss = \d{1,18}/(?P<received>\d{1,18})/\d+%).*$",
    re.MULTILINE,
)


def _word(received: int) -> str:
    return REACHABLE if received else UNREACHABLE


def read_ping(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """The statistics blocks of ping. Its exit status says nothing beside them: 1 also stands for "fewer than
    asked", 2 also for an error after replies came, and in a pipe or a list it is another program's."""
    if "transmitted" not in text:
        cut_short = _HEADER.search(text) is not None and complaint(text) is None
        return Shown((), "ping ended without its statistics" if cut_short else "")
    found: list[tuple[str, str]] = []
    for match in _STATISTICS.finditer(text):
        if int(match["sent"]) == 0:
            return Shown((), f"ping sent nothing: {match[0].strip()}", spoilt=True)
        if _LOSS.search(match["rest"]) is None:
            if "unanswered" in match["rest"]:  # arping's
                continue
            return Shown((), f"ping's statistics are cut short: {match[0].strip()}", spoilt=True)
        found.append((_word(int(match["received"])), match[0]))
    shown = judged(found)
    if not found or shown.spoilt:
        return shown
    begun = len(_HEADER.findall(text))
    if begun > len(found):
        why = f"{begun - len(found)} of {begun} pings ended without statistics"
        return Shown(shown.words, why, spoilt=True)
    # One ping of several may have failed before it began; a single one with statistics did not.
    failed = complaint(_HEADER.split(text)[0]) if begun else None
    calls = sum(call.program.startswith("ping") for call in called)
    nobody = _NO_HOST.search(text)
    if calls > len(found):
        failed = failed or complaint(_outside(text))
    elif nobody is not None:
        failed = nobody[0]
    else:
        failed = None
    if failed:
        return Shown(shown.words, f"{found[0][1].strip()}; but another ping failed: {failed}", spoilt=True)
    return shown


def _outside(text: str) -> str:
    """The lines that stand in no ping's block, from its header to its statistics."""
    return re.sub(r"^PING \S(?:.*\n)*?[ \t]*\d+ packets? transmitted.*$", "", ends(text), flags=re.MULTILINE)


def read_arping(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """Replies to an ARP request, iputils', busybox' and Thomas Habets' arping."""
    if any(re.match(r"-[a-zA-Z]*[UA]", a) for call in called for a in call.arguments) and "Received" in text:
        return Shown((), "arping -U and -A announce an address and ask nobody")
    return judged([(_word(int(m["iputils"] or m["habets"])), m[0]) for m in _ARPING.finditer(text)])


def read_fping(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """`ADDRESS is alive`, `ADDRESS is unreachable`, and the counts of `fping -c`."""
    found = []
    for match in _FPING.finditer(text):
        received = match["received"]
        word = _word(int(received)) if received else REACHABLE if match["state"] == "alive" else UNREACHABLE
        found.append((word, match[0]))
    return judged(found)

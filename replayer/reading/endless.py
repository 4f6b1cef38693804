"""Commands that do not end by themselves."""

import re
from functools import lru_cache

from replayer.outcomes.commands import invocations
from replayer.sources.document import MOST_LINES

# They show something, and nobody waits for them: the person looked and pressed Ctrl-C.
WATCHERS = frozenset(
    "ping ping6 ping4 arping fping watch tail dmesg journalctl top htop iftop nload bmon mtr yes while".split()
)
_TIMED = re.compile(r"\s*(?:sudo\s+)?timeout\b")
_TIMED_WITHIN = re.compile(r"\btimeout\s+[-\d]")
_CUT_OFF = re.compile(r"\|\s*(?:head|grep\s+-m\s*\d|grep\s+-q)\b")
_FOREVER = re.compile(r"\s*while\s+(?:true|:|\[ 1 \]|sleep)")
_LETTERS = re.compile(r"-([A-Za-z]+)")


@lru_cache(MOST_LINES)
def endless(text: str) -> str:
    """The program that does not end by itself in a command line; "" if it ends."""
    if text.rstrip().endswith("&") or ("\n" in text.strip() and "<<" in text):
        return ""
    if "timeout" in text and (_TIMED.match(text) or _TIMED_WITHIN.search(text)):
        return ""
    if "|" in text and _CUT_OFF.search(text):
        return ""
    for found in invocations(text):
        program, arguments = found.program, found.arguments
        if _goes_on(program, arguments):
            return program
    if _FOREVER.match(text):
        return "while"
    return ""


def _has(arguments: tuple[str, ...], *letters: str) -> bool:
    """Whether an option of one letter is given, alone, with its value, or among others."""
    given = "".join(found[1] for argument in arguments if (found := _LETTERS.match(argument)))
    return any(letter in given for letter in letters)


def _goes_on(program: str, arguments: tuple[str, ...]) -> bool:
    match program:
        case "ping" | "ping6" | "ping4" | "arping" | "fping":
            if program == "fping":
                return _has(arguments, "l")
            return bool(arguments) and not _has(arguments, "c", "w", "h", "V") and "--help" not in arguments
        case "tcpdump" | "tshark":
            return not _has(arguments, "c", "r", "D", "h") and not {"--version", "--help", "-d"} & set(arguments)
        case "nc" | "ncat" | "netcat":
            # A client that waits for a while only, or sends what it is given, ends.
            return _has(arguments, "l") or not _has(arguments, "z", "h", "w", "q", "N")
        case "watch":
            return bool(arguments)
        case "tail" | "dmesg":
            return _has(arguments, "f", "F") or (program == "dmesg" and _has(arguments, "w"))
        case "journalctl":
            return _has(arguments, "f")
        case "iperf" | "iperf3" | "netserver":
            return _has(arguments, "s") and not _has(arguments, "D")
        case "socat":
            return True
        case "ip" | "bridge":
            return bool(arguments) and any(
                len(a) > 1 and "monitor".startswith(a) for a in arguments[:3] if a[:1] == "m" and a not in ("m", "ma")
            )
        case "top" | "htop" | "iftop" | "nload" | "bmon" | "mtr":
            return not _has(arguments, "b", "n", "r", "c", "h") and "--report" not in arguments
        case "sleep":
            return bool(arguments) and arguments[0].startswith("inf")
        case "python3" | "python" | "python2":
            return "http.server" in arguments or "SimpleHTTPServer" in arguments
        case "yes" | "hostapd" | "radvd":
            return True
        case "dnsmasq":
            return _has(arguments, "d", "k") or "--no-daemon" in arguments
    return False

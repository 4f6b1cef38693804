"""How long a command says that it takes: what sleeps, or asks many times, is no command that hangs."""

import re
from itertools import pairwise

from replayer.outcomes.commands import Invocation, invocations

# What a run waits for by itself, and what is added to what a command says; and the most, in seconds.
_USUAL, _MORE, _MOST = 20, 15, 300
_TIME = re.compile(r"(\d+(?:\.\d+)?)([smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def patience(command: str) -> int:
    """The seconds that a command needs where these are more than usual, else 0."""
    if "sleep" not in command and "ping" not in command:
        return 0
    told = sum(map(_takes, invocations(command)))
    return min(int(told) + _MORE, _MOST) if told > _USUAL else 0


def _takes(call: Invocation) -> float:
    words = list(call.arguments)
    if call.program == "sleep":
        return sum(map(_seconds, words))
    if call.program not in ("ping", "ping4", "ping6", "arping"):
        return 0.0
    given = dict(pairwise(words))
    joined = {word[:2]: word[2:] for word in words if len(word) > 2 and word[:2] in ("-c", "-i", "-w")}
    count, every, most = (_seconds({**given, **joined}.get(option, "")) for option in ("-c", "-i", "-w"))
    return most or count * (every or 1)


def _seconds(word: str) -> float:
    found = _TIME.fullmatch(word)
    return float(found[1]) * _UNITS[found[2]] if found and len(word) < 8 else 0.0

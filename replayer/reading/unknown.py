"""Prompts that nobody knows: what stands before commands, again and again, in a text's code."""

import re
from collections import Counter
from collections.abc import Iterable

from replayer.reading.grammar import is_command
from replayer.reading.prompts import FAMILIES

# Beyond ASCII, what is no prompt's sign: drawings, points of sentences and of lists.
_OTHERS = "\u2500-\u257f：。、，；！？）】」』》…–—•·‣◦▪●○■□※"
# A sign, and behind it a command that every text about networks has.
_ASKED = re.compile(
    rf"(?P<sign>.{{0,40}}?(?:[$#%>λ]|[^\w\s\x00-\x7f{_OTHERS}]))\s+(?P<typed>(?:sudo\s+)?(?:ip|ping)\s.+)"
)
_DIGIT = re.compile(r"\d")


def unknown_prompt(lines: Iterable[str], least: int) -> str:
    """What to say of a prompt that stands before at least so many commands and is none that is known; "" if none
    does."""
    found: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for line in lines:
        if "ip " not in line and "ping " not in line:
            continue
        asked = _ASKED.match(line.strip())
        if asked is None or is_command(line) or not is_command(asked["typed"]):
            continue
        if any(family.pattern.match(line) for family in FAMILIES):
            continue
        sign = _DIGIT.sub("0", asked["sign"])  # a clock goes on
        found[sign] += 1
        examples.setdefault(sign, asked["sign"])
    sign, times = max(found.items(), key=lambda item: item[1], default=("", 0))
    if times < least:
        return ""
    before = "a command that was" if times == 1 else f"{times} commands that were"
    return f"{examples[sign]!r} stands before {before} not read: it is no prompt that is known"

"""What one program's output shows, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from replayer.words import REACHABLE, UNREACHABLE


@dataclass(frozen=True, slots=True)
class Shown:
    """`words`: the distinct words that were read, in order. `why`: where from, or why there is none.
    `spoilt`: something in the text takes the worth from what was read (cut short, another attempt failed)."""

    words: tuple[str, ...]
    why: str = ""
    spoilt: bool = False


def first_of(words: Iterable[str]) -> tuple[str, ...]:
    """The distinct words in order of appearance."""
    return tuple(dict.fromkeys(words))


def judged(found: list[tuple[str, str]]) -> Shown:
    """(word, the line it was read from) of every attempt -> what they show together."""
    words = first_of(word for word, _ in found)
    if len(words) < 2:
        return Shown(words, found[0][1].strip() if found else "")
    lines = "; ".join(next(line.strip() for word, line in found if word == w) for w in words)
    return Shown(words, f"the output shows both {REACHABLE} and {UNREACHABLE}: {lines}", spoilt=True)


# What iputils, busybox, fping, netcat, curl, traceroute and the shells say when nothing was attempted
# (recorded in tests/data/outcomes). `Network is unreachable` is among them: the host itself has no route,
# nothing was sent.
_COMPLAINT = re.compile(
    r"command not found|: not found$|No such file or directory|[Uu]nknown host|Name or service not known"
    r"|[Nn]ame resolution|No address associated|[Bb]ad address|[Cc]ould not resolve|[Cc]annot resolve"
    r"|[Ff]orward host lookup failed|Network is unreachable|No such device|not available"
    r"|Operation not permitted|Permission denied|Cannot open network namespace"
    r"|Cannot assign requested address|Do you want to ping broadcast"
    r"|[Ii]nvalid (?:argument|option|number|host)|[Uu]nrecognized option|^[Uu]sage:",
    re.MULTILINE,
)


# A reason is looked for at both ends of a long output, not in all its megabytes.
_END = 50_000


def ends(text: str) -> str:
    """The text, or its two ends if it is long."""
    return text if len(text) <= 2 * _END else f"{text[:_END]}\n{text[-_END:]}"


def complaint(text: str) -> str | None:
    """The first line that says that nothing was attempted, or None."""
    text = ends(text)
    found = _COMPLAINT.search(text)
    if found is None:
        return None
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[begin : len(text) if end < 0 else end].strip()[:200]

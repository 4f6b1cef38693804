"""Two outputs of one command -> the lines of the first that may be expected of the next. Pure.

What did not repeat when it was played again is no expectation; nor is what holds the date, which repeats today only.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from replayer.noise import NOISE
from replayer.tokens import Difference, Renaming, line_of, match_block

# So many lines of an output are worth expecting; more help no reader.
MOST_LINES = 40
# How much is compared at all: finding what is common is quadratic.
MOST_COMPARED = 1000
OMITTED = "..."
# Characters of a line that is told to somebody.
MOST_SHOWN = 60

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b(?![ T]\d\d:\d\d:\d\d)|\b(?:{_MONTHS})\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MONTHS})\b"
    r"|(?<![\d:.\w])\d\d:\d\d(?![\d:.\w])"
)


@dataclass(frozen=True, slots=True)
class Steady:
    """`lines`: what may be expected, `...` for what is left out; empty: nothing. `why`: what did not repeat."""

    lines: tuple[str, ...]
    why: str = ""


def steady(first: str, second: str, command: str, any_order: bool = False) -> Steady:
    """What of the first output the second one shows too, equal up to renaming."""
    ours, theirs = _lines(first), _lines(second)
    kept, why = _common(ours, theirs, any_order)
    if len(ours) > MOST_COMPARED or len(theirs) > MOST_COMPARED:
        kept = [*kept, OMITTED]
    lines = list[str]()
    for line in kept:
        found = _DATED.search(line) if line != OMITTED else None
        if found is not None and found[0] not in command:
            why = why or f"{_shown(line, found.start())} holds a date or a time of day"
            line = OMITTED
        if NOISE.match(line):
            line = OMITTED
        if line != OMITTED or lines[-1:] != [OMITTED]:
            lines.append(line)
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], OMITTED]
    return _agreeing(lines, (first, second), any_order, why)


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")] if text.strip() else []
    return lines[:MOST_COMPARED]


def _common(ours: Sequence[str], theirs: Sequence[str], any_order: bool) -> tuple[list[str], str]:
    """The lines of the first that the second one has, and the first that is not so."""
    shapes = [" ".join(line_of(line).shape.split()) for line in ours]
    others = [" ".join(line_of(line).shape.split()) for line in theirs]
    if any_order:
        rest = list(others)
        kept = []
        for line, shape in zip(ours, shapes, strict=True):
            if shape in rest:
                rest.remove(shape)
                kept.append(line)
            else:
                kept.append(OMITTED)
        missing = next((line for line, one in zip(ours, kept, strict=True) if one == OMITTED), None)
        why = _told([missing], []) if missing is not None else ""
        if rest and not why:
            why = _told([], [theirs[others.index(rest[0])]])
        return [*kept, *([OMITTED] if rest else [])], why
    kept, why = [], ""
    matcher = difflib.SequenceMatcher(None, shapes, others, autojunk=False)
    for kind, begin, end, start, stop in matcher.get_opcodes():
        if kind == "equal":
            kept += ours[begin:end]
            continue
        kept.append(OMITTED)
        if not why and not all(NOISE.match(line) for line in (*ours[begin:end], *theirs[start:stop])):
            why = _told(ours[begin:end], theirs[start:stop])
    return kept, why


def _told(ours: Sequence[str], theirs: Sequence[str]) -> str:
    if not theirs:
        return f"{_shown(ours[0])} was not shown again"
    if not ours:
        return f"{_shown(theirs[0])} was shown the second time only"
    one, other = ours[0].strip(), theirs[0].strip()
    at = _parting(one, other)
    return f"{_shown(one, at)} was {_shown(other, at)} the second time"


def _parting(one: str, other: str) -> int:
    """Where two lines become different, tokens aside."""
    at = 0
    for ours, theirs in zip(one.split(" "), other.split(" "), strict=False):
        if ours != theirs and line_of(ours).shape != line_of(theirs).shape:
            break
        at += len(ours) + 1
    return at


def _shown(line: str, at: int = 0) -> str:
    """A line, or the part of a long one around a place."""
    text = line.strip()
    if len(text) <= MOST_SHOWN:
        return repr(text)
    begin = max(0, min(at - MOST_SHOWN // 3, len(text) - MOST_SHOWN))
    end = begin + MOST_SHOWN
    return repr(f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}")


def _agreeing(lines: list[str], outputs: Sequence[str], any_order: bool, why: str) -> Steady:
    """Takes lines out until all outputs have the rest, identities included."""
    while any(line.strip() and line != OMITTED for line in lines):
        differences = [
            found
            for text in outputs
            if isinstance(found := match_block("\n".join(lines), text, Renaming(), any_order=any_order), Difference)
        ]
        if not differences:
            return Steady(tuple(lines), why)
        at = differences[0].line - 1
        why = why or differences[0].why
        if at >= len(lines) or lines[at] == OMITTED:
            lines = [*lines, OMITTED] if lines[-1] != OMITTED else [*lines[:-2], OMITTED]
        else:
            lines[at] = OMITTED
        lines = [line for n, line in enumerate(lines) if line != OMITTED or n == 0 or lines[n - 1] != OMITTED]
    return Steady((), why)

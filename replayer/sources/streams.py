"""What a terminal received -> the lines that a person saw, each with the line of the source that it came from.

A screen that is cleared takes nothing back: what stood on it before is a part of its own. What a program drew on the
alternate screen (an editor, a pager) is gone when it left it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from replayer.screen import plain
from replayer.sources.document import MOST_LINES, Line

_CUT = re.compile(r"\x1b\[\?(?:1049|1047|47)(?P<alternate>[hl])|\x1b\[[23]J|\x1bc|\x1b\[(?:1;1)?H\x1b\[0?J")
_TOLD = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]\Z")
# What ends a line on a terminal.
_DOWN = re.compile(r"[\n\x0b\x0c]")


class Piece(NamedTuple):
    """What came at once; `line`: of the source, where it stands."""

    line: int
    text: str


def screens(pieces: Sequence[Piece], columns: int, rows: int) -> Iterator[tuple[Line, ...]]:
    """The lines of each part of a stream, without the empty ones at its ends; one more than are read at most."""
    if not pieces:
        return
    raw = "".join(piece.text for piece in pieces)
    begins = list(accumulate((len(piece.text) for piece in pieces), initial=0))[:-1]
    for begin, end in _parts(raw):
        part = raw[begin:end]
        shown = plain(part, columns, rows)
        above = shown.count("\n", 0, len(shown) - len(shown.lstrip()))
        texts = shown.rstrip().split("\n")[above : above + MOST_LINES + 1]
        ends = (begin + found.end() for found in islice(_DOWN.finditer(part), above + len(texts)))
        downs = [begin, *ends, end]
        lines = []
        for number, text in enumerate(texts, above):
            # Where the cursor moved up, there are fewer lines than line ends.
            row = min(number, len(downs) - 2)
            at = _last_sign(raw, downs[row], downs[row + 1])
            piece = pieces[max(0, bisect_right(begins, at) - 1)]
            lines.append(Line(piece.line, text.rstrip()))
        if any(line.text for line in lines):
            yield tuple(lines)


def _last_sign(raw: str, begin: int, end: int) -> int:
    """Where the last that is seen of a line stands: a prompt comes with the output before it, what is typed later."""
    shown = raw[begin:end].rstrip()
    while (told := _TOLD.search(shown, max(0, len(shown) - 20))) is not None:
        shown = shown[: told.start()].rstrip()
    return begin + max(0, len(shown) - 1)


def _parts(raw: str) -> Iterator[tuple[int, int]]:
    begin = 0
    away: int | None = None  # where the alternate screen was entered
    for found in _CUT.finditer(raw):
        if found["alternate"] == "l" and away is not None:
            begin, away = found.end(), None
        elif away is not None:
            continue
        else:
            yield begin, found.start()
            begin = found.end()
            away = found.start() if found["alternate"] == "h" else None
    yield begin, len(raw)

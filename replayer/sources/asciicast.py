"""A recording of asciinema, version 1, 2 or 3, -> Document: what its terminal showed, its markers as prose between."""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from replayer.sources.document import Block, Document, Line
from replayer.sources.streams import Piece, screens

_SIZE = (80, 24)
# JSON can hold half of a character, and no UTF-8 can.
_HALF = re.compile("[\ud800-\udfff]")


def read(text: str) -> Document:
    """A recording -> what it shows. What of it is no JSON is left out with a warning. Never raises."""
    lines = text.removesuffix("\n").split("\n")
    warnings: tuple[str, ...] = ()
    header = _json(lines[0]) if lines else None
    if not isinstance(header, dict) or "stdout" in header:
        whole = _json(text)
        return _document(whole if isinstance(whole, dict) else {}, _first_version(whole), warnings)
    events, bad = [], 0
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):  # comments of version 3
            continue
        event = _json(line)
        if isinstance(event, list) and len(event) >= 3 and isinstance(event[1], str) and isinstance(event[2], str):
            events.append((number, event[1], _whole(event[2])))
        else:
            bad += 1
    if bad:
        warnings += (f"{bad} lines of the recording are no events",)
    return _document(header, events, warnings)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _whole(text: str) -> str:
    return _HALF.sub("\ufffd", text)


def _first_version(whole: Any) -> list[tuple[int, str, str]]:
    """Version 1 is one object: pauses and outputs by turns. It says nothing of lines."""
    stdout = whole.get("stdout") if isinstance(whole, dict) else None
    pairs = stdout if isinstance(stdout, list) else []
    return [(1, "o", _whole(p[1])) for p in pairs if isinstance(p, list) and len(p) == 2 and isinstance(p[1], str)]


def _document(header: dict[str, Any], events: list[tuple[int, str, str]], warnings: tuple[str, ...]) -> Document:
    if not events:
        warnings += ("it is no recording of a terminal, or an empty one",)
    terminal = header.get("term")
    size = terminal if isinstance(terminal, dict) else header
    columns = _bounded(size.get("cols", size.get("width")), _SIZE[0])
    rows = _bounded(size.get("rows", size.get("height")), _SIZE[1])
    # A line that is longer than the screen at some time is no matter: rows that wrapped are joined.
    pieces = [Piece(number, data) for number, kind, data in events if kind == "o"]
    marks = [(number, " ".join(data.split())) for number, kind, data in events if kind == "m" and data.strip()]
    blocks = list(_blocks(list(screens(pieces, columns, rows)), marks))
    title = header.get("title")
    return Document(tuple(blocks), _whole(title).strip() if isinstance(title, str) else "", warnings=warnings)


def _bounded(value: Any, otherwise: int) -> int:
    return max(20, min(value, 1_000)) if isinstance(value, int) else otherwise


def _blocks(shown: list[tuple[Line, ...]], marks: list[tuple[int, str]]) -> Iterator[Block]:
    """The lines of each screen; a mark stands before the line that was being written when it was set."""
    left = deque(marks)
    for lines in shown:
        begin = 0
        for end in range(len(lines)):
            while left and left[0][0] < lines[end].number:
                if end > begin:
                    yield Block("code", lines[begin:end], "console")
                    begin = end
                number, said = left.popleft()
                yield Block("prose", (Line(number, said),))
        yield Block("code", lines[begin:], "console")
    yield from (Block("prose", (Line(number, said),)) for number, said in left)

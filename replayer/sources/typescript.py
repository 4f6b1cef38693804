"""What script(1) wrote -> Document. Timing stands in a file of its own, and is not needed."""

import re

from replayer.sources.document import Block, Document
from replayer.sources.streams import Piece, screens

_FRAME = re.compile(r"Script (?:started|done)\b.*")
_SIZE = re.compile(r'COLUMNS="(\d{1,4})"(?:.*LINES="(\d{1,4})")?')


def read(text: str) -> Document:
    """A typescript -> what its terminal showed. Never raises."""
    # Lines end with LF; a CR stands before it, or redraws the line.
    lines = text.removesuffix("\n").split("\n")
    size = _SIZE.search(lines[0]) if lines and _FRAME.match(lines[0]) else None
    pieces = [
        Piece(number, line + "\n") for number, line in enumerate(lines, 1) if not _FRAME.fullmatch(line.rstrip("\r"))
    ]
    columns, rows = int(size[1]) if size else 80, int(size[2] or 24) if size else 24
    blocks = [Block("code", shown, "console") for shown in screens(pieces, max(20, columns), max(5, rows))]
    return Document(tuple(blocks))

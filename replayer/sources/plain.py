"""Plain text -> Document. It does not tell prose from code: all of it is one mixed block."""

import re

from replayer.sources.document import Block, Document, Line

_ADDRESS = re.compile(
    r"\s*(?:[#>*/\s]*(?:source|from|via|url|link|来源|原文|转自|出处|出典|출처|источник|fuente|quelle)\b\s*[:：]?\s*)?"
    r"<?(?P<address>https?://\S+?)>?\s*",
    re.IGNORECASE,
)
# The address of a text stands above it.
_HEAD = 5


def read(text: str) -> Document:
    """A text -> its document. Where it was published is a line of its own at the head."""
    lines = [Line(number, line) for number, line in enumerate(split(text), 1)]
    for at, line in enumerate(lines[:_HEAD]):
        address = _ADDRESS.fullmatch(line.text)
        if address is not None:
            return Document((Block("mixed", tuple(lines[:at] + lines[at + 1 :])),), source=address["address"])
    return Document((Block("mixed", tuple(lines)),))


def split(text: str) -> list[str]:
    """The lines of a text as an editor counts them: form feeds and the like end none."""
    return re.split(r"\r\n?|\n", text.removesuffix("\n"))

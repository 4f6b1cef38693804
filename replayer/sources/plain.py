"""Plain text -> Document. It does not tell prose from code: all of it is one mixed block."""

import re
from itertools import groupby

from replayer.sources.document import Block, Document, Line, readable

_ADDRESS = re.compile(
    r"[#>*/\s]*+(?:(?:source|from|via|url|link|来源|原文|转自|出处|出典|출처|источник|fuente|quelle)\b\s*+[:：]?\s*+)?"
    r"<?(?P<address>https?://\S+?)>?\s*+",
    re.IGNORECASE,
)
# A session in a quotation: behind its sign stands a prompt with a command.
_QUOTED = re.compile(r">+ ?(?:\[[\w.-]+@[^\]]*\][#$]|[\w.-]+@[\w.-]+:\S*[#$]|[\w.-]*\$|#) ?[a-z]")
_QUOTE = re.compile(r"^>+ ?")
# The address of a text stands above it.
_HEAD = 5


def read(text: str) -> Document:
    """A text -> its document. Where it was published is a line of its own at the head."""
    shown, warnings = readable(split(text))
    lines = [Line(number, line) for number, line in enumerate(_unmarked(shown), 1)]
    for at, line in enumerate(lines[:_HEAD]):
        address = _ADDRESS.fullmatch(line.text)
        if address is not None:
            return Document((Block("mixed", tuple(lines[:at] + lines[at + 1 :])),), "", address["address"], warnings)
    return Document((Block("mixed", tuple(lines)),), warnings=warnings)


def _unmarked(lines: list[str]) -> list[str]:
    """Lines without the `> ` of a mail or a forum around a session."""
    begin = 0
    for quoted, run in groupby(lines, lambda line: line.startswith(">")):
        told = list(run)
        if quoted and any(map(_QUOTED.match, told)):
            lines[begin : begin + len(told)] = [_QUOTE.sub("", line) for line in told]
        begin += len(told)
    return lines


def split(text: str) -> list[str]:
    """The lines of a text as an editor counts them: form feeds and the like end none."""
    return re.split(r"\r\n?|\n", text.removesuffix("\n"))

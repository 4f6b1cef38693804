"""Tables of Markdown: their rows, and the commands in them whose results stand beside."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from replayer.sources import inline
from replayer.sources.document import Block, Line

# How a command of a table is marked until it is known whether the text types it elsewhere, too.
LISTED = "table"
# Between the cells of a row.
CELLS = " | "
_MOST_LISTED = 200  # nobody has tables of more results
_RULE = frozenset(" \t:|-")
_CELL = re.compile(r"(?<!\\)\|")
_RESULTS = re.compile(
    r"\b(?:results?|outcomes?|expected|reachab\w+|reply|works|status|résultats?|resultados?|ergebnis\w*|kết quả|"
    r"результат\w*)\b|"
    r"结果|結果|是否|能否|通|결과",
    re.IGNORECASE,
)
# Commands that ask whether somebody answers; others may be listed for what they do.
_ASKS = re.compile(
    r"`(?P<command>(?:sudo )?(?:ip (?:netns|vrf) exec \S+ |(?:docker|podman) exec (?:-\w+ )*\S+ |nsenter (?:-\S+ )*)?"
    r"(?:ping[46]?|curl|ncat|nc|telnet|traceroute|tracepath|arping) [^`]+)`"
)


def ruled(lines: Sequence[str]) -> int:
    """The number of the line of a paragraph that is the rule below the head of a table; 0 if none is."""
    return next((n for n, line in enumerate(lines) if n and "-" in line and "|" in line and _RULE.issuperset(line)), 0)


def blocks(lines: Sequence[str], rule: int, at: int) -> Iterator[Block]:
    """The head and the rows of a table, a paragraph each; `at`: the number of the first of the lines."""
    results = bool(_RESULTS.search(lines[rule - 1]))
    for number, line in enumerate(lines[rule - 1 :], at + rule - 1):
        if number == at + rule:
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip().strip("|"))]
        asking = [found for cell in cells if (found := _ASKS.fullmatch(cell))] if results else []
        if len(asking) == 1:
            yield Block("code", (Line(number, asking[0]["command"]),), LISTED)
        shown, codes = inline.words([CELLS.join(cell for cell in cells if cell)])
        yield from (Block("prose", (Line(number, words),), exact=False) for words in shown[0] if words)
        yield from (Block("inline", (Line(number, code.text),)) for code in codes if len(asking) != 1)


def typed_once(document: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a text, of the commands in its tables those as code that it types nowhere else."""
    listed = Counter(block.text for block in document if block.language == LISTED)
    if not listed:
        yield from document
        return
    elsewhere = {
        command
        for block in document
        if block.kind in ("code", "mixed") and block.language != LISTED
        for line in block.lines
        for command in islice(listed, _MOST_LISTED)
        if command in line.text
    }
    for block in document:
        if block.language != LISTED:
            yield block
        elif listed[block.text] == 1 and block.text not in elsewhere and len(listed) <= _MOST_LISTED:
            yield replace(block, language="")

"""What a page leaves around its code when it is copied as plain text: gutters, buttons, names of languages, bullets."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from replayer.reading.grammar import is_command
from replayer.reading.shapes import printed_by
from replayer.sources.document import Block, Line

_NUMBER = re.compile(r"\s*(\d{1,3})")
_BUTTON = re.compile(
    r"copy(?: code| to clipboard)?|copied!?|copier(?: le code)?|copiar(?: código)?|(?:code )?kopieren|"
    r"(?:с)?копировать(?: код)?|sao chép|复制(?:代码)?|複製|コピー(?:する)?|복사|view raw|collapse|expand|展开|收起",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"bash|sh|shell|console|zsh|shellsession|shell-session|terminal|text|txt|plain ?text|output|code|bash session",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(\s*)(?:[-*•·–]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=([$#] )(\S.*)$)")
_SHORTEST = 2  # a gutter
_LEAST_LINES = 3  # of a session in boxes
_LONGEST_SIGN = 24


def unpasted(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks without such signs. Lines of one session that a page has put into boxes of their own are one block."""
    for is_line, run in groupby(blocks, lambda block: block.kind == "code" and len(block.lines) == 1):
        told = list(run)
        if is_line and len(told) >= _LEAST_LINES and any(printed_by(block.text) is not None for block in told):
            yield Block("code", tuple(line for block in told for line in block.lines), told[0].language)
            continue
        for block in told:
            yield from _bare(block) if block.kind == "mixed" else (block,)


def _bare(block: Block) -> list[Block]:
    """A block of plain text without such signs. What a gutter numbers is a block of code of its own."""
    lines = list(block.lines)
    gutters = _gutters(lines)
    for at, line in enumerate(lines):
        if line.text[-1:].strip() and len(line.text) < _LONGEST_SIGN and _is_sign(lines, at):
            lines[at] = Line(line.number, "")
        else:
            lines[at] = _unlisted(line)
    numbered = {n for begin, end in gutters for n in range(begin, end + end - begin)}
    for begin, end in gutters:
        lines[begin:end] = [Line(line.number, "") for line in lines[begin:end]]
    blocks = []
    for is_code, run in groupby(enumerate(lines), lambda one: one[0] in numbered):
        told = tuple(line for _, line in run)
        if any(line.text.strip() for line in told):
            blocks.append(Block("code" if is_code else "mixed", told))
    return blocks


def _gutters(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where the numbers 1, 2, 3 … stand alone on lines below one another, with as many lines below them."""
    found: list[tuple[int, int]] = []
    alone: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (number := _NUMBER.fullmatch(lines[end].text)) and int(number[1]) == end - at + 1:
            end += 1
        told = lines[end : end + end - at]
        if end > at and len(told) == end - at and told[0].text.strip() and told[-1].text.strip():
            apart = not at or not lines[at - 1].text.strip() or _is_sign(lines, at - 1)
            (found if end - at >= _SHORTEST else alone).append((at, end))
            if not apart:
                (found if end - at >= _SHORTEST else alone).pop()
        at = max(end, at + 1)
    # A single number may be an output, where no other gutter is.
    return sorted(found + alone) if found else []


def _is_sign(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a button, or the name of a language above what stands in it."""
    text = lines[at].text.strip()
    if _BUTTON.fullmatch(text):
        return True
    if not _LANGUAGE.fullmatch(text) or at + 1 >= len(lines) or not lines[at + 1].text.strip():
        return False
    above = lines[at - 1].text if at else ""
    return lines[at].text == text and not is_command(above)


def _unlisted(line: Line) -> Line:
    """A line without the sign of a list before a prompt with a command."""
    found = _BULLET.match(line.text) if line.text.lstrip()[:1] in "-*•·–(0123456789abcdefgh" else None
    if found is None or not is_command(found[3]):
        return line
    return Line(line.number, found[1] + line.text[found.end() :])

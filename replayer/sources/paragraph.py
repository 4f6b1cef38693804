"""A paragraph of a format that is read line by line -> its blocks."""

import re
from collections.abc import Callable, Iterator, Sequence

from replayer.sources.document import Block, Line
from replayer.sources.inline import TYPED, is_linked

_WIDEST = 10_000  # of a line that is looked through for code


def paragraph(
    lines: Sequence[Line],
    words: Callable[[str], str],
    code: re.Pattern[str],
    alone: re.Pattern[str] | None = None,
) -> Iterator[Block]:
    """A piece of a session that nobody marked as one, code that stands alone, or words and the pieces of code in them.

    `words`: a line -> what it shows, without markup. `code`: a piece of code within a line; `alone`: a line that is
    nothing else. The last group of theirs that matched is the code itself.
    """
    if any(TYPED.match(line.text) for line in lines):
        yield Block("mixed", tuple(lines))
        return
    typed = [alone.fullmatch(line.text.strip()) for line in lines] if alone else []
    if typed and all(typed):
        yield Block("code", tuple(Line(at.number, _code(one)) for at, one in zip(lines, typed, strict=True) if one))
        return
    shown = [Line(line.number, words(line.text)) for line in lines]
    kept = tuple(line for line in shown if line.text)
    if kept:
        exact = all(
            word.text in line.text and not is_linked(line.text, word.text)
            for word, line in zip(shown, lines, strict=True)
        )
        yield Block("prose", kept, exact=exact and len(kept) == len(lines))
    for line in lines:
        for found in code.finditer(line.text[:_WIDEST]):
            if said := _code(found):
                yield Block("inline", (Line(line.number, said),))


def _code(found: re.Match[str]) -> str:
    return (found[found.lastindex or 0] or "").strip()

"""Pieces of Markdown that keep their place, whatever stands in them (CommonMark 0.31.2).

What a run printed stands in fences that it cannot end, or with its punctuation escaped. An author's note is prose
and may hold Markdown; it is kept, but for what would change the page around it: HTML, fences, a title of its own.
"""

import re

from replayer.problems import visible

# What is markup within a line, here or in the dialects of GitHub, Sphinx (MyST) and mkdocs.
_INLINE = re.compile(r"([\\`*_\[\]<>&|~$#])")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_URL = re.compile(r"https?://[^\s<>`\\]+")
# A list's or quote's signs, then what begins a block that does not end with its paragraph, or a heading above ours.
_BLOCK = re.compile(r"^([ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*)*)(`{3,}|~{3,}|:{3,}|#(?!#)|=+(?=[ \t]*$))")
_TAG = re.compile(r"(?P<link><https?://[^\s<>`\\]+>)|(?P<slashes>\\*)<(?=[A-Za-z/!?])|\$\$")
_BACKTICKS = re.compile(r"(`+)")


def fenced(text: str, language: str = "") -> str:
    """A fenced block; the fence is longer than any in the text, so that no line of it ends the block.

    >>> print(fenced("```\\nx"))
    ````
    ```
    x
    ````
    <BLANKLINE>
    """
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}{language}\n{text}\n{fence}\n"


def escaped(text: str) -> str:
    """A text as itself, on one line.

    >>> escaped("a|b <i>")
    'a\\\\|b \\\\<i\\\\>'
    """
    return _INLINE.sub(r"\\\1", " ".join(visible(text).split()))


def linked(text: str) -> str:
    """An address as a link; anything else as itself."""
    text = " ".join(visible(text).split())
    return f"<{text}>" if _URL.fullmatch(text) else escaped(text)


def plain_prose(text: str) -> str:
    """Lines of text as themselves: what a run printed may stand in them."""
    lines = (line.strip() for line in visible(text).strip("\n").split("\n"))
    return "\n".join(_PUNCTUATION.sub(r"\\\1", line) for line in lines)


def prose(text: str) -> str:
    """An author's note, its Markdown kept.

    >>> print(prose("# see `<dev>` and <b>"))
    \\# see `<dev>` and &lt;b>
    """
    lines = [_BLOCK.sub(_escaped_block, line) for line in visible(text).strip("\n").split("\n")]
    kept = [_outside_code(line) for line in lines]
    # One code span that does not end on its line, and no line's can be told without the block's whole grammar.
    return "\n".join(
        _TAG.sub(_disarmed, line) if None in kept else str(one) for line, one in zip(lines, kept, strict=True)
    )


def _escaped_block(found: re.Match[str]) -> str:
    return found[1] + "".join("\\" + sign for sign in found[2])


def _outside_code(line: str) -> str | None:
    """The line, what is not in code spans disarmed; None if its code spans are not told easily."""
    if "`" in line and ("|" in line or "\\`" in line):
        return None  # a table's cells come before code spans
    pieces, opened = [], ""
    for piece in _BACKTICKS.split(line):
        if not piece.startswith("`"):
            pieces.append(piece if opened else _TAG.sub(_disarmed, piece))
            continue
        pieces.append(piece)
        if not opened or piece == opened:
            opened = "" if opened else piece
    return None if opened else "".join(pieces)


def _disarmed(found: re.Match[str]) -> str:
    if found["link"]:
        return found[0]
    if found[0] == "$$":
        return "\\$\\$"
    slashes = found["slashes"]
    # `\<` is escaped for some readers only.
    return slashes[len(slashes) % 2 :] + "&lt;"

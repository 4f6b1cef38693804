"""The elements of a page -> its blocks, in order: headings, paragraphs, boxes of code."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import groupby

from replayer.sources import inline
from replayer.sources.article import INLINE_CODE, Page
from replayer.sources.codebox import INVISIBLE, code
from replayer.sources.document import MOST_LINES, Block, Line
from replayer.sources.elements import Element, Words

_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html legend li main ol p section summary table tbody td tfoot th thead tr ul menu".split()
)
# What stands above a box of code: its language, its button.
_LABELS = frozenset(
    "bash,shell,sh,zsh,console,terminal,text,plaintext,plain text,shell script,python,yaml,copy,copied,copy code,"
    "copy to clipboard,bash copy,复制,复制代码,代码,shell 复制代码,bash 复制代码,コピー,복사,копировать".split(",")
)
_POINTS = ".:;,。:;,"
# Text, its line, whether it is in <code>; "\n" is a <br>, "\r" an end of a line of the source.
_Piece = tuple[str, int, bool]


def blocks(page: Page, element: Element) -> list[Block]:
    """What is shown in an element, block by block."""
    found: list[Block] = []
    _Flow(page, found).element(element)
    return [b for n, b in enumerate(found) if not _is_label(b, found[n + 1 : n + 3])]


def _is_label(block: Block, after: Sequence[Block]) -> bool:
    if block.kind != "prose" or not any(b.kind == "code" for b in after):
        return False
    said = " ".join(block.text.lower().split())
    return said in _LABELS or said == next((b.language.lower() for b in after if b.kind == "code"), "")


class _Flow:
    """Goes through elements and gathers blocks."""

    def __init__(self, page: Page, found: list[Block]) -> None:
        self._page = page
        self._found = found
        self._run: list[_Piece] = []  # of the paragraph being read
        self._lines = 0  # at least as many were seen
        self._linked: set[str] = set()  # the words of images and links in that paragraph

    def element(self, element: Element) -> None:
        self._children(element, is_code=False)
        self._flush()

    def _children(self, element: Element, is_code: bool) -> None:
        for child in element.children:
            if isinstance(child, Words):
                self._said(child, is_code)
            elif self._page.is_left(child):
                continue
            elif child.tag == "br":
                self._run.append(("\n", child.line, is_code))
            elif re.fullmatch("h[1-6]", child.tag):
                self._heading(child)
            elif self._page.is_code(child):
                self._flush()
                box = code(self._page, child)
                self._found += [box] if box else []
            elif child.tag in _BLOCKS:
                self._flush()
                self._children(child, is_code)
                if child.tag == "figcaption":
                    self._name(0)
                self._flush()
            elif child.tag == "img":
                begin = len(self._run)
                self._said(Words(child.attributes.get("alt", ""), child.line), is_code)
                self._name(begin)
            else:
                begin = len(self._run)
                self._children(child, is_code or child.tag in INLINE_CODE)
                if child.tag == "a" and "href" in child.attributes:
                    self._name(begin)

    def _name(self, begin: int) -> None:
        """What was said from a place on names something."""
        self._linked.update(line.text for line in _prose_lines(self._run[begin:]))

    def _said(self, words: Words, is_code: bool) -> None:
        for number, line in enumerate(words.text.split("\n")):
            if self._lines > MOST_LINES:
                return
            if number and not (self._run and self._run[-1][0] == "\r"):
                self._run.append(("\r", words.line + number, is_code))  # a line end that shows as a space
            if line:
                self._lines += number > 0
                self._run.append((unescape(line).translate(INVISIBLE), words.line + number, is_code))

    def _heading(self, element: Element) -> None:
        self._flush()
        self._children(element, is_code=False)
        pieces, self._run = self._run, []
        lines = _prose_lines(pieces)
        if lines:
            self._found.append(Block("heading", lines, level=int(element.tag[1])))

    def _flush(self) -> None:
        """The end of a paragraph. What is `code` alone, or between two <br>, is code."""
        pieces, self._run = self._run, []
        linked, self._linked = self._linked, set()
        if not pieces:
            return
        rows: list[list[_Piece]] = [[]]
        for piece in pieces:
            if piece[0] == "\n":
                rows.append([])
            else:
                rows[-1].append(piece)
        if any(code and text == "\r" for text, _, code in pieces) and all(
            _is_code_alone(r) for r in rows if _said_in(r)
        ):
            # Lines within one <code>.
            rows = [row for long in rows for row in _at_line_ends(long)]
        begin = 0
        while begin < len(rows):
            alone = _is_code_alone(rows[begin])
            end = begin + 1
            while end < len(rows) and (_is_code_alone(rows[end]) if alone else not _is_code_alone(rows[end])):
                end += 1
            if alone:
                self._found.append(Block("code", tuple(Line(_first(row), _shown(row)) for row in rows[begin:end])))
            else:
                self._prose(rows[begin:end], linked)
            begin = end

    def _prose(self, rows: list[list[_Piece]], linked: set[str]) -> None:
        lines = tuple(line for row in rows for line in _prose_lines(row))
        if not lines:
            return
        if any(inline.TYPED.match(line.text) for line in lines):
            self._found.append(Block("mixed", lines))
            return
        split = any(is_code for row in rows for _, _, is_code in row) or _pieces_in(rows) != len(lines)
        # Only a link that is alone on its line could be taken for a command.
        for is_link, same in groupby(lines, lambda line: not split and line.text in linked):
            self._found.append(Block("prose", tuple(same), exact=not split and not is_link))
        for row in rows:
            said: list[_Piece] = []
            for piece in [*row, ("", 0, False)]:
                if piece[2]:
                    said.append(piece)
                elif said:
                    if _said_in(said):
                        self._found.append(Block("inline", (Line(_first(said), _shown(said)),)))
                    said = []


def _said_in(row: Sequence[_Piece]) -> bool:
    return any(text.strip() for text, _, _ in row)


def _pieces_in(rows: Sequence[Sequence[_Piece]]) -> int:
    return sum(bool(text.strip()) for row in rows for text, _, _ in row)


def _is_code_alone(row: Sequence[_Piece]) -> bool:
    return any(code and text.strip() for text, _, code in row) and not any(
        text.strip().strip(_POINTS) for text, _, code in row if not code
    )


def _at_line_ends(row: Sequence[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = [[]]
    for piece in row:
        if piece[0] == "\r":
            rows.append([])
        else:
            rows[-1].append(piece)
    return [r for r in rows if _said_in(r)]


def _first(row: Sequence[_Piece]) -> int:
    return next((line for text, line, _ in row if text.strip()), row[0][1] if row else 1)


def _shown(row: Sequence[_Piece]) -> str:
    """The code of a row."""
    return " ".join("".join(text if text != "\r" else " " for text, _, code in row if code).split())


def _prose_lines(row: Sequence[_Piece]) -> tuple[Line, ...]:
    """Words by the lines of the source."""
    by_line: dict[tuple[int, int], list[str]] = {}
    broken = 0
    for text, line, _ in row:
        if text == "\n":
            broken += 1
        elif text != "\r":
            by_line.setdefault((broken, line), []).append(text)
    said = ((line, " ".join("".join(texts).split())) for (_, line), texts in by_line.items())
    return tuple(Line(line, text) for line, text in said if text)

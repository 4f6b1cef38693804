"""A box of code on a page -> its lines, without gutters and buttons."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import islice, pairwise

from replayer.sources.article import Page, is_marked, names
from replayer.sources.document import Block, Line
from replayer.sources.elements import Element, Words

_BUTTON = re.compile(r".*(?:copy|clipboard|btn|button|toolbar|expand|fold|fullscreen).*", re.IGNORECASE)
_LINES = frozenset("div li p tr ol ul table tbody figure blockquote dd dt".split())
_LINE_CLASSES = frozenset(["line", "code-line", "token-line", "view-line", "cm-line", "ec-line"])
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|brush|highlight|code|src)[-:]\s?|(?:hljs|sourceCode)\s)([A-Za-z][\w+]*)"
)
_NO_LANGUAGE = frozenset(
    ["wrapper", "block", "box", "toolbar", "container", "frame", "area", "content", "inner", "snippet"]
)
# What browsers copy and shells do not take.
INVISIBLE = str.maketrans({"\u200b": None, "\ufeff": None, "\u2060": None, "\xa0": " ", "\xad": None})


def code(page: Page, element: Element) -> Block | None:
    """The block of a box; None if it shows nothing, or the numbers of another box's lines."""
    lines = _Code(page, element).lines()
    told = [line.text.strip() for line in lines if line.text.strip()]
    if not told or (len(told) > 1 and all(t.isdecimal() for t in told) and _consecutive(told)):
        return None
    return Block("code", lines, _language(page, element))


class _Code:
    """The lines of a box of code."""

    def __init__(self, page: Page, element: Element) -> None:
        self._page = page
        self._pre = element.tag == "pre" or any(map(_keeps_lines, element.all()))
        codes = [e for e in element.all() if e.tag == "code"]
        # A header within the box: what leads to the one <code> in it, and is not read beside that.
        self._to_code = {id(e) for e in page.around(codes[0])} if len(codes) == 1 else set()
        # Of what holds nothing else.
        self._lines_are_codes = len(codes) > 1 and all(
            c.tag == "code" if isinstance(c, Element) else not c.text.strip() for c in element.children
        )
        self._numbers: list[int | None] = [None]
        self._pieces: list[list[str]] = [[]]
        whole = [e for e in element.all() if e.tag == "br"]
        # Some boxes have neither <br> nor line ends: their lines are elements.
        self._by_class = (not whole or self._lines_are_codes) and "\n" not in element.text.strip()
        self._gather(element)

    def lines(self) -> tuple[Line, ...]:
        texts = ["".join(pieces).translate(INVISIBLE).rstrip() for pieces in self._pieces]
        numbers: list[int] = []
        last = next((n for n in self._numbers if n is not None), 1)
        for number in self._numbers:
            last = last if number is None else number
            numbers.append(last)
        kept = [n for n, text in enumerate(texts) if text.strip()]
        if not kept:
            return ()
        return tuple(Line(numbers[n], texts[n]) for n in range(kept[0], kept[-1] + 1))

    def _gather(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Words):
                self._words(child)
            elif child.tag == "div" and id(element) in self._to_code and id(child) not in self._to_code:
                continue  # the header of the box
            elif child.tag == "br":
                self._end_line()
            elif not self._is_beside(child):
                own = child.tag in _LINES or (self._by_class and self._is_line(child))
                if own and self._pieces[-1]:
                    self._end_line()
                before = len(self._pieces)
                self._gather(child)
                if own and (self._pieces[-1] or (before == len(self._pieces) and child.tag in ("div", "li", "tr"))):
                    self._end_line()

    def _is_line(self, child: Element) -> bool:
        return (child.tag == "code" and self._lines_are_codes) or not _LINE_CLASSES.isdisjoint(names(child))

    def _is_beside(self, child: Element) -> bool:
        """Gutters, buttons: whatever is in a box of code and is none."""
        if child.tag in ("button", "script", "style", "svg", "clipboard-copy", "textarea"):
            return True
        if self._page.is_gutter(child):
            return True
        return any(_BUTTON.fullmatch(name) for name in names(child)) and self._page.size(child) < 30

    def _end_line(self) -> None:
        self._numbers.append(None)
        self._pieces.append([])

    def _words(self, words: Words) -> None:
        if not self._pre and "\n" in words.text and not words.text.strip(" \n\t"):
            return
        for number, written in enumerate(words.text.split("\n")):
            if number and self._pre:
                self._end_line()
            for more, text in enumerate(unescape(written).split("\n")):  # &#10;
                if more:
                    self._end_line()
                if self._numbers[-1] is None:
                    self._numbers[-1] = words.line + number
                if text:
                    self._pieces[-1].append(text.replace("\r", ""))


def _keeps_lines(element: Element) -> bool:
    """Whether the ends of lines in an element are seen."""
    return element.tag == "pre" or "white-space" in element.attributes.get("style", "") or is_marked(element)


def _consecutive(numbers: Sequence[str]) -> bool:
    return all(int(b) == int(a) + 1 for a, b in pairwise(numbers) if len(a) < 9 and len(b) < 9)


def _language(page: Page, element: Element) -> str:
    """As its class, that of the <code> in it, or that of the box around it says."""
    inner = [c for c in element.children if isinstance(c, Element) and c.tag == "code"]
    for one in [element, *inner[:1], *islice(page.around(element), 3)]:
        named = one.attributes.get("data-lang") or one.attributes.get("data-language") or ""
        found = _LANGUAGE.search(one.attributes.get("class", ""))
        if named:
            return named
        if found and found[1].lower() not in _NO_LANGUAGE:
            return found[1]
    return ""

"""Org mode -> Document: headings, paragraphs, lists, source and example blocks, results, fixed-width lines."""

import re
from collections.abc import Sequence

from replayer.sources.document import Block, Document, Line, readable
from replayer.sources.paragraph import paragraph
from replayer.sources.plain import split

_HEADING = re.compile(r"(\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAITING)[ \t]+)?(\S.*?)(?:[ \t]+:[\w@#%:]+:)?")
_BEGIN = re.compile(r"[ \t]*#\+begin_(\w+)(?:[ \t]+(\S+))?.*", re.IGNORECASE)
_KEYWORD = re.compile(r"[ \t]*#\+([\w-]+)(?:\[[^\[\]]*\])?:[ \t]*(.*)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:(?:PROPERTIES|LOGBOOK|RESULTS):[ \t]*", re.IGNORECASE)
_FIXED = re.compile(r"[ \t]*:(?: (.*)|)")
_COMMENT = re.compile(r"[ \t]*#(?: .*|)")
_RULE = re.compile(r"[ \t]*(?:-{5,}|\|[-+]+\|?)[ \t]*")
_ITEM = re.compile(r"^[ \t]*(?:[-+]|\d+[.)]|[ \t]\*)[ \t]+(?:\[[ X-]\][ \t]+)?(?=\S)")
_CODE = frozenset(["src", "example"])
_SILENT = frozenset(["comment", "export"])
_ESCAPED = re.compile(r"^(\s*),(?=\*|#\+|,)")
_VERBATIM = re.compile(r"(?<![\w=~])([=~])(?=\S)([^=~\n]{0,300}?[^\s=~]|[^\n]{0,200}?\S)\1(?![\w=~])")
_ALONE = re.compile(_VERBATIM.pattern + "[.:]*")
_LINK = re.compile(r"\[\[([^\[\]]{1,2000})\](?:\[([^\[\]]{0,2000})\])?\]")
_STRONG = re.compile(r"(?<![\w*/_+])([*/_+])(?=[^\s*/_+])([^*\n]{0,300}?[^\s*/_+])\1(?![\w*/_+])")


def read(text: str) -> Document:
    """An Org text -> its document. Never raises."""
    lines, warnings = readable(split(text.expandtabs(8)))
    reader = _Reader([Line(number, line.rstrip()) for number, line in enumerate(lines, 1)])
    reader.body()
    title = reader.title or next((b.text for b in reader.found if b.kind == "heading" and b.level == 1), "")
    return Document(tuple(reader.found), title, reader.source, warnings)


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.found: list[Block] = []
        self.title = self.source = ""
        self._lines = lines
        self._shows = False  # whether the results of the block above come next

    def body(self) -> None:
        at = 0
        while at < len(self._lines):
            at = self._block(at)

    def _block(self, at: int) -> int:
        """Reads what begins at a line; returns the line after it."""
        line = self._lines[at]
        text = line.text
        if not text or _RULE.fullmatch(text) or _COMMENT.fullmatch(text):
            return at + 1
        if (begin := _BEGIN.fullmatch(text)) is not None:
            return self._delimited(at, begin[1].lower(), begin[2] or "")
        if (keyword := _KEYWORD.fullmatch(text)) is not None:
            self._keyword(keyword[1].lower(), keyword[2].strip())
            return at + 1
        if _DRAWER.fullmatch(text):
            end = self._end(at, ":end:")
            results = "results" in text.lower()
            self._shows = self._shows or results
            return at + 1 if results else end + 1
        if (heading := _HEADING.fullmatch(text)) is not None:
            self._shows = False
            said = Line(line.number, _words(heading[2]))
            self.found.append(Block("heading", (said,), level=len(heading[1])))
            return at + 1
        if _FIXED.fullmatch(text):
            return self._fixed(at)
        if text.strip().lower() == ":end:" or text.lstrip().lower().startswith("#+end_"):
            return at + 1
        return self._paragraph(at)

    def _end(self, at: int, delimiter: str) -> int:
        """Where what begins at a line ends; at the end of the text if nothing ends it."""
        after = range(at + 1, len(self._lines))
        return next((n for n in after if self._lines[n].text.strip().lower() == delimiter), len(self._lines))

    def _keyword(self, name: str, value: str) -> None:
        if name == "results":
            self._shows = True
        elif name == "title":
            self.title = self.title or value
        elif re.fullmatch(r"https?://\S+", value):
            self.source = self.source or value

    def _delimited(self, at: int, kind: str, argument: str) -> int:
        if kind not in _CODE | _SILENT:
            return at + 1  # a quotation, a centred text: its lines are read like others
        end = self._end(at, f"#+end_{kind}")
        if kind in _CODE:
            lines = [Line(line.number, _ESCAPED.sub(r"\1", line.text)) for line in self._lines[at + 1 : end]]
            self._code(lines, argument if kind == "src" else "")
        return end + 1

    def _fixed(self, at: int) -> int:
        end = at
        lines: list[Line] = []
        while end < len(self._lines) and (found := _FIXED.fullmatch(self._lines[end].text)) is not None:
            lines.append(Line(self._lines[end].number, found[1] or ""))
            end += 1
        self._code(lines, "")
        return end

    def _code(self, lines: Sequence[Line], language: str) -> None:
        language, self._shows = "output" if self._shows else language, False
        told = [n for n, line in enumerate(lines) if line.text.strip()]
        if not told:
            return
        kept = lines[told[0] : told[-1] + 1]
        indent = min(len(line.text) - len(line.text.lstrip(" ")) for line in kept if line.text.strip())
        if indent:
            kept = [Line(line.number, line.text[indent:]) for line in kept]
        self.found.append(Block("code", tuple(kept), language))

    def _paragraph(self, at: int) -> int:
        self._shows = False
        end = at + 1
        while end < len(self._lines) and not self._ends_paragraph(self._lines[end].text):
            end += 1
        lines = self._lines[at:end]
        bare = [Line(line.number, _ITEM.sub("", line.text).strip()) for line in lines]
        self.found += paragraph(bare, _words, _VERBATIM, _ALONE)
        return end

    def _ends_paragraph(self, text: str) -> bool:
        opens = (_BEGIN, _KEYWORD, _DRAWER, _HEADING, _FIXED, _COMMENT, _RULE)
        return not text or bool(_ITEM.match(text)) or any(one.fullmatch(text) for one in opens)


def _words(text: str) -> str:
    """A line of a paragraph without its markup; what is verbatim stays as it is."""
    pieces: list[str] = []
    at = 0
    for found in _VERBATIM.finditer(text[:10_000]):
        pieces += [_plain(text[at : found.start()]), found[2]]
        at = found.end()
    return "".join([*pieces, _plain(text[at:])]).strip()


def _plain(text: str) -> str:
    text = _LINK.sub(lambda found: found[2] or found[1], text)
    return _STRONG.sub(r"\2", text)

"""AsciiDoc -> Document: headings, paragraphs, listings and literal blocks. Macros and tables are read as words."""

import re
from collections.abc import Sequence

from replayer.sources.document import Block, Document, Line, readable
from replayer.sources.paragraph import paragraph
from replayer.sources.plain import split

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ATTRIBUTE = re.compile(r":!?(\w[\w-]*)!?:(?:[ \t]+(.*))?")
_LIST = re.compile(r"\[([^\[\]]*)\]")
# What holds code, and what holds text like any other.
_CODE = re.compile(r"(-{4,}|\.{4,}|`{3})(\w*)")
_AROUND = re.compile(r"={4,}|\*{4,}|_{4,}|--|[|,:!]===|\+|'''|<<<|toc::\[\]")
_COMMENT = re.compile(r"/{4,}")
_MACRO = re.compile(r"(?:image|include|video|ifdef|ifndef|ifeval|endif)::")
_ITEM = re.compile(r"^(?:[*.-]{1,5}|\d{1,3}\.|<[\d.]+>)[ \t]+(?=\S)")
_TITLE = re.compile(r"^\.(?=[^\s.])")
_CALLOUT = re.compile(r"(?:[ \t]{0,40}(?:#|//|;;)?[ \t]{0,40}<(?:\d{1,3}|\.)>){1,9}$")
_INLINE = re.compile(r"`\+?([^`]+?)\+?`")
_LINK = re.compile(r"(?:link:|xref:)?(?:https?://|(?<=link:)|(?<=xref:))[^\s\[\]]{0,500}\[([^\[\]]*)\]")
_REFERENCE = re.compile(r"<<(?:[^<>,]*+,)?\s*+([^<>]*)>>")
_STRONG = re.compile(r"(?<![\w*_])([*_]{1,2})(?=[^\s*_])([^*_]*[^\s*_])\1(?![\w*_])")


def read(text: str) -> Document:
    """An AsciiDoc text -> its document. Never raises."""
    lines, warnings = readable(split(text.expandtabs(8)))
    reader = _Reader([Line(number, line.rstrip()) for number, line in enumerate(lines, 1)])
    reader.body()
    title = next((b.text for b in reader.found if b.kind == "heading" and b.level == 1), "")
    return Document(tuple(reader.found), title, reader.source, warnings)


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.found: list[Block] = []
        self.source = ""
        self._lines = lines
        self._language: str | None = None  # of the block that comes, if it is a listing

    def body(self) -> None:
        at = 0
        while at < len(self._lines):
            at = self._block(at)

    def _block(self, at: int) -> int:
        """Reads what begins at a line; returns the line after it."""
        line = self._lines[at]
        text = line.text
        if not text or _AROUND.fullmatch(text) or _MACRO.match(text):
            return at + 1
        if _COMMENT.fullmatch(text):
            return self._end(at, text) + 1
        if text.startswith("//"):
            return at + 1
        if (fence := _CODE.fullmatch(text)) is not None:
            end = self._end(at, fence[1])
            self._listing(self._lines[at + 1 : end], self._language or fence[2])
            return end + 1
        if (attributes := _LIST.fullmatch(text)) is not None:
            self._attributes(attributes[1])
            return at + 1
        if (attribute := _ATTRIBUTE.fullmatch(text)) is not None:
            if re.fullmatch(r"https?://\S+", attribute[2] or ""):
                self.source = self.source or attribute[2]
            return at + 1
        if self._language is None and (heading := _HEADING.fullmatch(text)) is not None:
            said = Line(line.number, _words(heading[2]))
            self.found.append(Block("heading", (said,), level=len(heading[1])))
            return at + 1
        return self._paragraph(at)

    def _end(self, at: int, delimiter: str) -> int:
        """Where the block that a delimiter opened ends: at the same one, else at the end of the text."""
        return next((n for n in range(at + 1, len(self._lines)) if self._lines[n].text == delimiter), len(self._lines))

    def _attributes(self, text: str) -> None:
        words = [word.strip() for word in text.split(",")]
        style = re.split(r"[%.#]", words[0])[0]
        if style in ("source", "listing", "literal") or (not words[0] and len(words) > 1):
            self._language = words[1] if len(words) > 1 and "=" not in words[1] else ""

    def _listing(self, lines: Sequence[Line], language: str) -> None:
        self._language = None
        kept = [n for n, line in enumerate(lines) if line.text]
        if kept:
            told = tuple(Line(line.number, _CALLOUT.sub("", line.text)) for line in lines[kept[0] : kept[-1] + 1])
            exact = all(one.text == line.text for one, line in zip(told, lines[kept[0] :], strict=False))
            self.found.append(Block("code", told, language, exact=exact))

    def _paragraph(self, at: int) -> int:
        end = at + 1
        while end < len(self._lines) and not self._ends_paragraph(self._lines[end].text):
            end += 1
        lines = self._lines[at:end]
        literal = all(line.text[0] == " " and not _ITEM.match(line.text.strip()) for line in lines)
        if self._language is not None or literal:
            indent = min(len(line.text) - len(line.text.lstrip(" ")) for line in lines)
            self._listing([Line(line.number, line.text[indent:]) for line in lines], self._language or "")
        else:
            self.found += paragraph(lines, _shown, _INLINE)
        return end

    def _ends_paragraph(self, text: str) -> bool:
        if self._language is not None:
            return not text
        opens = any(one.fullmatch(text) for one in (_CODE, _AROUND, _LIST, _COMMENT, _ATTRIBUTE))
        return not text or bool(opens or _ITEM.match(text.strip()))


def _shown(text: str) -> str:
    """What a line shows, without the sign of a list or a title."""
    return _words(_ITEM.sub("", _TITLE.sub("", text.strip())))


def _words(text: str) -> str:
    """A line of a paragraph without its markup; what is in backquotes stays as it is."""
    pieces = _INLINE.split(text)
    for at in range(0, len(pieces), 2):
        if len(pieces[at]) < 2:
            continue
        piece = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", pieces[at]))
        pieces[at] = _STRONG.sub(r"\2", piece).removesuffix(" +")
    return "".join(pieces).strip()

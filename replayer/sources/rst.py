"""reStructuredText -> Document: headings, paragraphs, literal blocks and the directives that hold code.

Its own reader, line by line, and not docutils: that wants Sphinx's directives declared, may read other files, and takes
seconds for a long text.
"""

import re
from collections.abc import Sequence

from replayer.sources.document import Block, Document, Line, readable
from replayer.sources.paragraph import paragraph
from replayer.sources.plain import split

_UNDERLINE = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}[ \t]*")
_DIRECTIVE = re.compile(r"\.\. (?:\|[^|]*\| )?([\w:+-]+)::(?: +(.*))?")
_CODE = frozenset("code code-block sourcecode parsed-literal prompt console".split())
# Their content is no part of the text.
_SILENT = frozenset("image figure toctree contents include literalinclude raw meta index math graphviz".split())
_OPTION = re.compile(r":[\w -]+:(?: |$)")
_FIELD = re.compile(r":([\w -]+):[ \t]*(.*)")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d{1,4}|#|[a-zA-Z])[.)])[ \t]+(?=\S)")
_TABLE = re.compile(r"[+=|][-=+| ]{3,}")
_CODE_ALONE = re.compile(r"``([^`]+)``[.:;,。:]?")
_ROLE = re.compile(r":[\w:+-]{1,40}:`([^`<]*)(?:<[^`>]*>)?`")
_LITERAL = re.compile(r"``(.+?)``")
_REFERENCE = re.compile(r"`([^`<]*?)\s?(?:<[^`>]*>)?`_{0,2}")
_STRONG = re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*])([^*]*[^\s*])\*{1,2}(?![\w*])")
_SUBSTITUTION = re.compile(r"\|(\w[\w ]*)\|_{0,2}")
_DEEPEST = 40


def read(text: str) -> Document:
    """A reStructuredText -> its document. Never raises."""
    lines, warnings = readable(split(text.expandtabs(8)))
    reader = _Reader()
    reader.body([Line(number, line.rstrip()) for number, line in enumerate(lines, 1)], 0)
    title = reader.title or next((b.text.strip() for b in reader.found if b.kind == "heading" and b.level == 1), "")
    return Document(tuple(reader.found), title, reader.source, warnings)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.title = self.source = ""
        self._styles: list[str] = []  # of headings, in the order in which they came
        self._language = ""  # as `.. highlight::` says

    def body(self, lines: Sequence[Line], depth: int) -> None:
        """Reads lines that begin in the first column."""
        at = 0
        while at < len(lines):
            text = lines[at].text
            if not text:
                at += 1
            elif (after := self._heading(lines, at)) > at:
                at = after
            elif text.startswith(".. ") or text == "..":
                end = _block_end(lines, at + 1)
                self._explicit(lines[at:end], depth)
                at = end
            elif text.startswith("__ "):
                at += 1
            elif text[0] == " " and depth < _DEEPEST:
                end = _block_end(lines, at)
                self.body(_dedented(lines[at:end]), depth + 1)
                at = end
            elif depth < _DEEPEST and (item := _ITEM.match(text)) is not None:
                end = _block_end(lines, at + 1)
                first = Line(lines[at].number, text[item.end() :])
                self.body([first, *_dedented(lines[at + 1 : end], item.end())], depth + 1)
                at = end
            else:
                at = self._paragraph(lines, at)

    def _heading(self, lines: Sequence[Line], at: int) -> int:
        """The line after a heading that begins here; `at` if none does."""
        over = bool(_UNDERLINE.fullmatch(lines[at].text))
        middle = at + 1 if over else at
        if middle + 1 >= len(lines) or not lines[middle].text.strip():
            # A line across the page.
            return at + 1 if (over and middle >= len(lines) - 1) or (over and not lines[middle].text) else at
        under = lines[middle + 1].text
        if not _UNDERLINE.fullmatch(under) or _UNDERLINE.fullmatch(lines[middle].text):
            return at
        if over and under.rstrip() != lines[at].text.rstrip():
            return at
        style = ("over" if over else "") + under[0]
        if style not in self._styles:
            self._styles.append(style)
        said = Line(lines[middle].number, _words(lines[middle].text.strip()))
        self.found.append(Block("heading", (said,), level=min(6, self._styles.index(style) + 1)))
        return middle + 2

    def _explicit(self, lines: Sequence[Line], depth: int) -> None:
        """A directive, a comment, a target."""
        directive = _DIRECTIVE.match(lines[0].text)
        if directive is None:
            return
        name = directive[1].lower().rpartition(":")[2] or directive[1].lower()
        argument = (directive[2] or "").strip()
        content = _without_options(_dedented(lines[1:]))
        if name == "highlight":
            self._language = argument
        elif name in _SILENT:
            return
        elif name in _CODE:
            self._literal(content, "console" if name == "prompt" else argument or self._language)
        elif depth < _DEEPEST:
            if argument and name not in ("class", "role", "default-role", "module", "only"):
                self.found += paragraph([Line(lines[0].number, argument)], _shown, _LITERAL)
            self.body(content, depth + 1)

    def _literal(self, lines: Sequence[Line], language: str) -> None:
        kept = [n for n, line in enumerate(lines) if line.text.strip()]
        if kept:
            self.found.append(Block("code", tuple(lines[kept[0] : kept[-1] + 1]), language))

    def _paragraph(self, lines: Sequence[Line], at: int) -> int:
        end = at
        while end < len(lines) and lines[end].text:
            # A literal block may follow without an empty line; an item of a list may not.
            if end > at and lines[end].text[0] == " " and lines[end - 1].text.endswith("::"):
                break
            end += 1
        part = list(lines[at:end])
        literal = part[-1].text.endswith("::")
        if literal:
            last = part.pop()
            said = last.text.removesuffix("::").rstrip()
            # `words::` shows one colon, `words ::` and `::` none.
            part += [Line(last.number, said if last.text.endswith(" ::") else said + ":")] if said else []
        self._field_or_words(part)
        if not literal:
            return end
        begin = end
        while begin < len(lines) and not lines[begin].text:
            begin += 1
        if begin < len(lines) and lines[begin].text[0] == " ":
            end = _block_end(lines, begin)
            self._literal(_dedented(lines[begin:end]), self._language)
        elif begin < len(lines) and lines[begin].text[0] in ">|$#%":
            # A literal block may be quoted instead of indented.
            end, sign = begin, lines[begin].text[0]
            while end < len(lines) and lines[end].text.startswith(sign):
                end += 1
            self._literal(lines[begin:end], self._language)
        return end

    def _field_or_words(self, lines: list[Line]) -> None:
        fields = [_FIELD.fullmatch(line.text) for line in lines]
        if lines and all(fields):
            for found in fields:
                if found and found[1].lower() == "title":
                    self.title = self.title or found[2].strip()
                if found and re.fullmatch(r"https?://\S+", found[2].strip()):
                    self.source = self.source or found[2].strip()
            return
        self.found += paragraph(lines, _shown, _LITERAL, _CODE_ALONE)


def _block_end(lines: Sequence[Line], at: int) -> int:
    """Where the indented lines from `at` on end, empty ones between them included."""
    end = at
    while at < len(lines) and (not lines[at].text or lines[at].text[0] == " "):
        at += 1
        end = at if lines[at - 1].text else end
    return end


def _dedented(lines: Sequence[Line], most: int = 1_000_000) -> list[Line]:
    """Lines without the indentation that all of them have, or as much as `most` of it."""
    indent = min((most, *(len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text)))
    return [Line(line.number, line.text[indent:]) for line in lines]


def _without_options(lines: Sequence[Line]) -> Sequence[Line]:
    at = 0
    while at < len(lines) and _OPTION.match(lines[at].text):
        at += 1
    return lines[at:]


def _shown(text: str) -> str:
    """What a line shows, without the lines of tables."""
    return "" if _TABLE.fullmatch(text) else _words(_cells(text)).strip()


def _cells(text: str) -> str:
    """A row of a table, or a line of a line block, without what draws it."""
    text = text.strip()
    if text.startswith("| ") and text.endswith(" |"):
        return " ".join(cell.strip() for cell in text.split("|"))
    return text.removeprefix("| ")


def _words(text: str) -> str:
    """A line of a paragraph without its markup."""
    if not {"`", "*", "|", "\\"} & set(text):
        return text
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[1])
        return f"\U000f0000{len(held) - 1}\U000f0001"

    text = _LITERAL.sub(hold, text.replace("\U000f0000", "").replace("\U000f0001", ""))
    for pattern in (_ROLE, _REFERENCE, _STRONG, _SUBSTITUTION):
        text = pattern.sub(lambda found: found[1].strip(), text)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    return re.sub("\U000f0000(\\d+)\U000f0001", lambda found: held[int(found[1])], text)

"""Markdown within a paragraph -> its words, and the pieces of `code` among them. What was on a line stays there."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import unescape

# Tags that stand in prose; `<name>` and `<ip>` are what the reader shall fill in.
_TAGS = (
    "a abbr b big br center cite del details div em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark "
    "ol p picture q s section small source span strike strong sub summary sup table tbody td th thead tr tt u ul var "
    "video"
).replace(" ", "|")
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--[^<>]*-->", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|div|tr|h[1-6])>", re.IGNORECASE)
_CODE_TAG = re.compile(r"<(code|kbd|samp|tt)(?:\s[^<>]*)?>([^<>]{0,1000})</\1>", re.IGNORECASE)
_TICKS = re.compile(r"\\`|`+")
# An address may hold one pair of parentheses; a title may follow it.
_TARGET = r"\(\s{0,9}<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s{1,9}(?:\"[^\"]*\"|'[^']*'))?\s{0,9}\)"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\])")
_LINK = re.compile(rf"\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\](?!\())")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]*)>")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]*\]")
_EMPHASIS = re.compile(
    r"(?<!\*)(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)"
    r"|(?<!\w)(_{1,3})(?=[^\s_])([^_]*[^\s_])\3(?!\w)"
    r"|~~(?=\S)([^~]*[^\s~])~~"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A line that a shell and a person wrote, though it stands among prose.
TYPED = re.compile(
    r"(?:\[?[A-Za-z_][\w.-]*@[\w.-]+[^\s#$%]{0,80}(?: [~/][^\s#$%]{0,80})?\]?\s?[#$%]|\$|❯|[└╰]─{1,3}[$#]"
    r"|[~/][\w./~-]*(?: [\w./:()*-]{1,40}){0,2} ?[❯➜»]) \S"
)
# What stands around a line's words (the NUL) where they are those of an image or a link, in any format.
_LINKED = re.compile(
    r"\[[^\[\]\0]*\0|<<[^<>\0]*\0|<a\s[^<>\0]*>(?:(?!</a)[^\0]){0,99}\0|`\0[^`]*`_|\|\0\|",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"[\r\n]")  # written as an entity
_MOST_SPANS = 2_000  # no paragraph has more
_MARKUP = re.compile("[`*_<&\\\\\\[~\v\U000f0000]")
# Where escaped characters and code wait until the markup is gone: characters that nobody uses.
_ESCAPED = 0xF0100
_UNESCAPED = {_ESCAPED + code: chr(code) for code in range(128)}
_HOLE = re.compile("\U000f0000(\\d+)\U000f0001")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of code; `line`: from 0, where it begins."""

    line: int
    text: str


@dataclass(slots=True)
class _Held:
    """What was taken out of a text."""

    spans: list[Span] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # of the spans, by lines; holes name them by number

    def hold(self, line: int, code: str) -> str:
        """Keeps a piece of code; what stands in its place, on as many lines."""
        first = len(self.parts)
        if not _LINE_END.search(code):
            self.spans.append(Span(line, code.strip()))
            self.parts.append(code)
            return f"\U000f0000{first}\U000f0001"
        parts = code.split("\n")
        self.spans.append(Span(line, _LINE_END.sub(" ", code).strip()))
        self.parts += (_LINE_END.sub(" ", part) for part in parts)
        return "\n".join(f"\U000f0000{first + n}\U000f0001" for n in range(len(parts)))

    def filled(self, text: str) -> str:
        return _HOLE.sub(lambda m: self.parts[int(m[1])], text)


def words(lines: list[str]) -> tuple[list[list[str]], list[Span]]:
    """A paragraph's lines -> for each the lines of words it shows (several for `<br>`), and the code in them."""
    text = "\n".join(lines)
    if not _MARKUP.search(text):
        return [[line.strip()] for line in lines], []
    held = _Held()
    text = _without_code(text.replace("\U000f0000", "").replace("\U000f0001", ""), held)
    text = _ESCAPE.sub(lambda m: chr(_ESCAPED + ord(m[1])), text)
    for pattern in (_IMAGE, _LINK):
        text = pattern.sub(lambda m: _keeping_lines(m, m[1]), text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _FOOTNOTE.sub("", text)
    for _ in range(2):  # strong within emphasis
        text = _EMPHASIS.sub(lambda m: m[2] or m[4] or m[5], text)
    text = _TAG.sub(lambda m: _keeping_lines(m, ""), _BREAK.sub("\v", text))
    shown = []
    for line in text.split("\n"):
        # After everything else: what stands in code is not read for markup.
        pieces = (_LINE_END.sub(" ", unescape(piece).translate(_UNESCAPED)) for piece in line.split("\v"))
        shown.append([held.filled(piece).strip() for piece in pieces])
    return shown, [span for span in held.spans if span.text]


def without_tags(text: str) -> str:
    """A piece of HTML without its tags and comments; the lines stay as many."""
    pieces, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        pieces += [text[at:begin], "\n" * text.count("\n", begin, end)]
        at = end + 3
    return _TAG.sub(lambda m: _keeping_lines(m, ""), "".join((*pieces, text[at:])))


def is_linked(line: str, said: str) -> bool:
    """Whether the words that a line shows are an image's or a link's: they name something, and nobody types them."""
    if said in ("", line):
        return False
    before, _, after = line.partition(said)
    return bool(_LINKED.search(f"{before}\0{after}"))


def _keeping_lines(found: re.Match[str], kept: str) -> str:
    return kept + "\n" * (found[0].count("\n") - kept.count("\n"))


def _without_code(text: str, held: _Held) -> str:
    """Takes the code out, be it between backticks or tags."""
    lines = _Lines(text)
    runs = [m for m in _TICKS.finditer(text) if m[0] != "\\`"]
    by_length: dict[int, list[int]] = {}
    for number, run in enumerate(runs):
        by_length.setdefault(len(run[0]), []).append(number)
    pieces, at, number = [], 0, 0
    while number < len(runs) and len(held.spans) < _MOST_SPANS:
        same = by_length[len(runs[number][0])]
        place = bisect_left(same, number) + 1
        if place == len(same):
            number += 1
            continue
        begin, end = runs[number], runs[same[place]]
        pieces += [text[at : begin.start()], held.hold(lines.of(begin.start()), text[begin.end() : end.start()])]
        at, number = end.end(), same[place] + 1
    text = "".join((*pieces, text[at:]))
    if "<" not in text:
        return text
    lines = _Lines(text)

    def tagged(found: re.Match[str]) -> str:
        if held.filled(found[2]) != found[2]:  # `code` with `<code>` around it
            return _keeping_lines(found, found[2])
        code = "\n".join(_LINE_END.sub(" ", unescape(part)) for part in found[2].split("\n"))
        return _keeping_lines(found, held.hold(lines.of(found.start()), code))

    return _CODE_TAG.sub(tagged, text)


class _Lines:
    """The number of the line, from 0, that a place of a text is on."""

    def __init__(self, text: str) -> None:
        self._ends = [m.start() for m in re.finditer("\n", text)]

    def of(self, at: int) -> int:
        return bisect_left(self._ends, at)

"""HTML -> its elements, each with its line.

What a browser makes of unclosed and crossing tags, as far as it tells lines of text apart; every text has a tree, in
linear time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Their content is no markup.
_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_CLOSES_PARAGRAPH = frozenset(
    "address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr main menu nav ol p pre section summary table ul".split()
)
# tag -> the tags whose element it ends, and those beyond which it does not look
_IMPLIED = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"thead", "tbody", "tr", "td", "th"}, {"table"}),
    "option": ({"option"}, {"select"}),
    "a": ({"a"}, {"table"}),
}
_SCOPES = frozenset(["td", "th", "table", "button", "body", "html", "li"])
_NAME = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})")
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# No page has more; what has takes no time beyond that.
MOST_TOKENS = 100_000
# What is nested deeper stands beside its parent instead.
_DEEPEST = 120


@dataclass(slots=True)
class Words:
    """Text as written, entities and line ends too. `line`: where it begins."""

    text: str
    line: int


@dataclass(slots=True)
class Element:
    tag: str  # lower case
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | Words"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """This element and those in it, in the text's order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [child for child in reversed(one.children) if isinstance(child, Element)]

    def words(self) -> Iterator[Words]:
        """The text in it, in order."""
        waiting: list[Element | Words] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Words):
                yield one
            else:
                waiting += reversed(one.children)

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words())


def tree(text: str, first: int = 1) -> tuple[Element, bool]:
    """The root of a text whose first line has the number `first` (its line ends are LF), and whether it holds all."""
    root = Element("", first)
    stack = _Stack(root)
    for number, token in enumerate(_tokens(text, first)):
        if number == MOST_TOKENS:
            return root, False
        if isinstance(token, Words):
            stack.last.children.append(token)
        elif token.tag.startswith("/"):
            stack.close(token.tag[1:])
        else:
            stack.open(token)
    return root, True


class _Stack:
    """The elements that are open, the innermost last."""

    def __init__(self, root: Element) -> None:
        self._elements = [root]
        self._tags = [""]  # to be looked through at once

    @property
    def last(self) -> Element:
        return self._elements[-1]

    def open(self, element: Element) -> None:
        if element.tag in _CLOSES_PARAGRAPH:
            self._end({"p"}, _SCOPES)
        if element.tag in _IMPLIED:
            self._end(*_IMPLIED[element.tag])
        self.last.children.append(element)
        if element.tag not in VOID and len(self._elements) < _DEEPEST:
            self._elements.append(element)
            self._tags.append(element.tag)

    def close(self, tag: str) -> None:
        if tag in self._tags[1:]:
            self._cut(len(self._tags) - 1 - self._tags[::-1].index(tag))

    def _end(self, ended: set[str], scopes: set[str] | frozenset[str]) -> None:
        last = 0
        if not ended.isdisjoint(self._tags):
            for at in range(len(self._tags) - 1, 0, -1):
                if self._tags[at] in ended:
                    last = at
                elif self._tags[at] in scopes:
                    break
        if last:
            self._cut(last)

    def _cut(self, at: int) -> None:
        del self._elements[at:], self._tags[at:]


class _Scan:
    """Where things end; what was looked for in vain is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._missing: set[str] = set()
        self._lenient = False

    def find(self, what: str, at: int) -> int:
        if what in self._missing:
            return -1
        found = self.text.find(what, at)
        if found < 0:
            self._missing.add(what)
        return found

    def raw_end(self, tag: str, at: int) -> int:
        """Where the end tag of an element without markup begins."""
        if tag in self._missing:
            return -1
        found = re.compile(rf"</{tag}\b", re.IGNORECASE).search(self.text, at)
        if found is None:
            self._missing.add(tag)
            return -1
        return found.start()

    def tag_end(self, at: int) -> int:
        """Where the `>` of a tag stands, outside of its quotes."""
        first = self.find(">", at)
        end = first
        while end >= 0 and not self._lenient:
            quotes = [q for q in (self.text.find('"', at, end), self.text.find("'", at, end)) if q >= 0]
            if not quotes:
                return end
            begin = min(quotes)
            at = self.text.find(self.text[begin], begin + 1) + 1
            if not at:
                # A quote is open to the end of the text: its quotes mean nothing.
                self._lenient = True
                break
            if at > end:
                end = self.text.find(">", at)
        return first


def _tokens(text: str, line: int) -> Iterator[Element | Words]:
    """Words, elements (their start), and ends of elements (a tag with a slash)."""
    scan = _Scan(text)
    at = counted = 0

    def line_at(place: int) -> int:
        nonlocal line, counted
        line += text.count("\n", counted, place)
        counted = place
        return line

    while at < len(text):
        begin = text.find("<", at)
        if begin < 0:
            break
        if begin > at:
            yield Words(text[at:begin], line_at(at))
        name = _NAME.match(text, begin)
        if name is not None:
            end = scan.tag_end(name.end())
            if end >= 0:
                tag = name[2].lower()
                yield Element(name[1] + tag, line_at(begin), _attributes(text[name.end() : end]) if not name[1] else {})
                at = end + 1
                raw_end = scan.raw_end(tag, at) if tag in _RAW and not name[1] else -1
                if raw_end >= 0:
                    yield Words(text[at:raw_end], line_at(at))
                    at = raw_end
                continue
        elif text.startswith("<!--", begin):
            end = scan.find("-->", begin + 4)
            if end >= 0:
                at = end + 3
                continue
        elif text.startswith(("<!", "<?", "</"), begin):
            end = scan.find(">", begin)
            if end >= 0:
                at = end + 1
                continue
        yield Words("<", line_at(begin))
        at = begin + 1
    if at < len(text):
        yield Words(text[at:], line_at(at))


def _attributes(written: str) -> dict[str, str]:
    return {
        found[1].lower(): (found[2] or found[3] or found[4] or "").strip()
        for found in _ATTRIBUTE.finditer(written[:20_000])
    }

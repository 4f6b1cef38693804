"""What of a page is worth reading: the article and its code, without what a site puts around them.

What is code, and what is a gutter or a button, is told by elements and by the names that site builders give their
classes, and always confirmed by what is in them (a gutter holds numbers alone).
"""

import re
from collections.abc import Iterator
from html import unescape

from replayer.sources.elements import Element, Words

# What is code within prose.
INLINE_CODE = frozenset(["code", "tt", "kbd", "samp"])
_NEVER = frozenset(
    "script style noscript template head svg canvas iframe object button select option input textarea nav footer aside "
    "dialog form math audio video map clipboard-copy".split()
)
_MENUS = frozenset(["nav", "footer", "aside"])
_NEVER_ROLES = frozenset(
    "navigation contentinfo search complementary dialog button menu toolbar banner tablist alert".split()
)
_AROUND = re.compile(
    r"(?:.*[-_])?(?:nav|navbar|navigation|menu|sidebar|footer|breadcrumbs?|comments?|respond|disqus\w*|related|"
    r"recommend\w*|share|sharing|sharedaddy|addthis\w*|social|toc|tocbox|copy|copybtn|clipboard|toolbar|toolbox|advert\w*|ads?|adsbygoogle|"
    r"cookies?|popup|modal|tooltip|pagination|pager|subscribe|newsletter|signup|login|copyright|tags?|meta|postmeta|"
    r"byline|skip|sr-only|hidden|headerlink|permalink|octicon|reward|donate|likes?|vote\w*)(?:[-_].*)?",
    re.IGNORECASE,
)
_GUTTER = re.compile(
    r"(?:.*[-_])?(?:num|nums|ln|lnt|rownum)(?:[-_].*)?|.*(?:gutter|line-?no|line-?num|numbering|ln-n).*", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"(?:.*[-_])?(?:article|post|entry|markdown|topic|blog|story|doc|rich|page|note|main|md)[-_]*"
    r"(?:body|content|contents|text|detail\w*|article|post|inner)"
    r"|markdown-body|markdown|richtext|mw-parser-output|e-content|rst-content|theme-doc-markdown|s-prose|prose|znc"
    r"|articlebody|available-content|documentwrapper|bodywrapper|article|content|hentry",
    re.IGNORECASE,
)
_CODE_BOX = re.compile(
    r"syntaxhighlighter|crayon-(?:main|pre|syntax)|dp-highlighter|codemirror-code|cm-content|enlighterjs\w*|code-?block|blob-wrapper|"
    r"code-?box|terminal|console|js-file-line-container|code-?snippet|code-?area|sourcecode|code|code-?wrap(?:per)?|"
    r"(?:wp[-_])?(?:geshi|syntax)(?:-highlight)?|hljs|prettyprint|codehilite|prismjs",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"lang(?:uage)?-[A-Za-z]+")
_MONOSPACE = re.compile(r"white-space:\s{0,9}pre|font-family:[^;]{0,80}(?:mono|courier|consolas|menlo)", re.IGNORECASE)


def is_marked(element: Element) -> bool:
    """Whether an element is said to hold code of a language: `<div class="language-bash">`."""
    marked = element.tag in ("div", "code", "span") and any(map(_LANGUAGE.fullmatch, names(element)))
    return marked and not any(e.tag in ("pre", "p", "div", "code", "table") for e in element.all() if e is not element)


def names(element: Element) -> list[str]:
    """What its classes and its id call an element."""
    if not element.attributes:
        return []
    written = [*element.attributes.get("class", "").split()[:30], *element.attributes.get("id", "").split()[:1]]
    return [name for name in written if len(name) <= 60]


class Page:
    """What is worth reading in a tree of elements. Sizes are counted once."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._size: dict[int, int] = {}  # id of an element -> characters of text in it
        self._code: dict[int, int] = {}  # and of code
        self._parents: dict[int, Element] = {}
        upward = list(root.all())[::-1]
        for one in upward:
            self._size[id(one)] = sum(len(c.text) if isinstance(c, Words) else self._size[id(c)] for c in one.children)
            self._code[id(one)] = self._code_in(one, self._code)
            self._parents |= {id(c): one for c in one.children}
        self._left = {id(one) for one in upward if self._is_around(one)}
        self._kept: dict[int, int] = {}  # characters of code that is read
        for one in upward:
            self._kept[id(one)] = 0 if id(one) in self._left else self._code_in(one, self._kept)

    def _code_in(self, element: Element, counted: dict[int, int]) -> int:
        if element.tag == "pre":
            return self._size[id(element)]
        return sum(counted[id(c)] for c in element.children if isinstance(c, Element))

    def _is_around(self, element: Element) -> bool:
        """Whether an element is no part of the article, by its name; one that holds most of the code is."""
        if element.tag in ("pre", "body", "html", "") or self._is_most(element):
            return False
        attributes = element.attributes
        if not attributes and element.tag not in _NEVER and element.tag != "a":
            return False
        if element.tag in _NEVER or attributes.get("role") in _NEVER_ROLES or "hidden" in attributes:
            return True
        if element.tag in INLINE_CODE or re.fullmatch("h[1-6]", element.tag):
            return False
        if element.tag == "a" and self._size[id(element)] < 20 and re.fullmatch(r"[#¶§\s🔗]*", unescape(element.text)):
            return True
        called = names(element)
        if self.is_gutter(element):
            return True
        return (
            any(_AROUND.fullmatch(name) for name in called)
            and self._code[id(element)] * 10 <= self._size[id(element)] * 9
        )

    def _is_most(self, element: Element) -> bool:
        """Whether it holds most of the code. A menu that does is a trifle on a page whose code is in no <pre>."""
        trifle = element.tag in _MENUS and self._size[id(element)] * 5 < self._size[id(self._root)]
        return self._code[id(element)] * 2 > self._code[id(self._root)] and not trifle

    def is_gutter(self, element: Element) -> bool:
        """Whether it holds the numbers of lines."""
        attributes = element.attributes
        named = any(_GUTTER.fullmatch(name) for name in names(element)) or "data-line-number" in attributes
        # What cannot be selected was typed by nobody.
        named = named or "user-select:none" in attributes.get("style", "")[:2_000].replace(" ", "")
        return named and self.is_numbers(element)

    def is_numbers(self, element: Element) -> bool:
        """Whether there is nothing in it, or numbers alone."""
        return self._size[id(element)] < 20_000 and bool(re.fullmatch(r"[\d\s]*", unescape(element.text)))

    def article(self) -> Element:
        """Of the elements whose names promise it, the smallest that holds nearly all the code."""
        promising = [e for e in self._read() if self._promises(e)]
        kept, size = self._kept, self._size
        if kept[id(self._root)]:
            fit = [e for e in promising if kept[id(e)] * 10 >= kept[id(self._root)] * 8]
        else:
            largest = max((size[id(e)] for e in promising), default=0)
            fit = [e for e in promising if size[id(e)] * 10 >= largest * 8]
        return min(fit, key=lambda e: size[id(e)], default=self._root)

    def _promises(self, element: Element) -> bool:
        if element.tag in ("article", "main") or element.attributes.get("role") in ("main", "article"):
            return True
        if element.attributes.get("itemprop") == "articleBody":
            return True
        return element.tag in ("div", "section", "td") and any(_ARTICLE.fullmatch(name) for name in names(element))

    def _read(self) -> Iterator[Element]:
        """The elements that are not around the article, nor in what is."""
        waiting = [self._root]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [c for c in reversed(one.children) if isinstance(c, Element) and id(c) not in self._left]

    def around(self, element: Element) -> Iterator[Element]:
        """The elements that it is in, the innermost first."""
        while id(element) in self._parents:
            element = self._parents[id(element)]
            yield element

    def size(self, element: Element) -> int:
        return self._size[id(element)]

    def is_left(self, element: Element) -> bool:
        return id(element) in self._left

    def is_code(self, element: Element) -> bool:
        """Whether a block holds code only: <pre>, or what site builders use in its place."""
        if element.tag == "pre":
            return True
        if element.tag not in ("div", "table", "figure", "ol", "p", "blockquote", "td", "section", "span"):
            return False
        if element.tag == "div" and is_marked(element) and "\n" in element.text.strip():
            return bool(self._size[id(element)])
        boxed = any(_CODE_BOX.fullmatch(name) for name in names(element))
        mono = bool(_MONOSPACE.search(element.attributes.get("style", "")[:2_000]))
        if not (boxed or mono) or self._code[id(element)] or not self._size[id(element)]:
            return False
        if self._size[id(element)] * 2 > self._size[id(self._root)] and mono:
            return False
        inner = {e.tag for e in element.all() if e is not element}
        if boxed and not mono and not inner & {"code", "br", "table", "tr", "li"}:
            return False
        return not inner & {"h1", "h2", "h3", "h4", "p" if boxed else "h5", "img"}

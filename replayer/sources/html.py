"""HTML, as a browser saves it, -> Document."""

import re
from html import unescape

from replayer.sources import flow
from replayer.sources.article import Page
from replayer.sources.codebox import INVISIBLE
from replayer.sources.document import Block, Document
from replayer.sources.elements import Element, tree
from replayer.sources.plain import split

_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d+\)(https?://\S{1,2000})")


def read(text: str) -> Document:
    """A page -> the document of its article. Never raises."""
    root, whole = tree("\n".join(split(text)))
    page = Page(root)
    found = flow.blocks(page, page.article())
    saved = _SAVED_FROM.search(text[:5_000])
    heading = next((b.text for b in found if b.kind == "heading" and b.level == 1), "")
    return Document(
        tuple(found),
        _meta(root, "og:title") or heading or _title(root),
        (saved[1] if saved else "") or _canonical(root),
        () if whole else ("only the first part of this long page was read",),
    )


def blocks(text: str, first: int) -> list[Block]:
    """A piece of HTML within another text, whose first line has the number `first` -> its blocks."""
    root, _ = tree(text, first)
    return flow.blocks(Page(root), root)


def _title(root: Element) -> str:
    written = next((e.text for e in root.all() if e.tag == "title"), "")
    return _words(re.split(r"\s[|–—·»]\s|\s-\s|_", _words(written))[0])


def _meta(root: Element, name: str) -> str:
    wanted = (
        e for e in root.all() if e.tag == "meta" and name in (e.attributes.get("property"), e.attributes.get("name"))
    )
    return _words(next((e.attributes.get("content", "") for e in wanted), ""))


def _canonical(root: Element) -> str:
    links = (
        e.attributes.get("href", "") for e in root.all() if e.tag == "link" and e.attributes.get("rel") == "canonical"
    )
    address = unescape(next(links, "")) or _meta(root, "og:url")
    return address if re.fullmatch(r"https?://\S+", address) else ""


def _words(written: str) -> str:
    return " ".join(unescape(written).translate(INVISIBLE).split())

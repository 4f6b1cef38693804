"""Markdown -> Document: CommonMark with tables, and what blog engines add to it (front matter, highlight tags)."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from replayer.sources.document import Block, BlockKind, Document, Line
from replayer.sources.plain import split

# Jekyll's, Hugo's and Liquid's fences, each on a line of its own.
_HIGHLIGHT = re.compile(r"\s*\{[{%]<?-?\s*(?:highlight|codeblock|code)\s+(?P<language>[\w+-]*).*?[%>]\}?\}\s*")
_END_HIGHLIGHT = re.compile(
    r"\s*\{[{%]<?-?\s*(?:/\s*(?:highlight|code)|end(?:highlight|codeblock|code))\s*.*?[%>]\}?\}\s*"
)
_FRONT = re.compile(r"(?P<key>title|source|url|link|canonical|original)\s*:\s*(?P<value>.+?)\s*", re.IGNORECASE)
# Nobody wrote a longer line, and the parser would take minutes for a line of nothing but marks.
_LONGEST = 20_000
_PRE = re.compile(r"<(?:pre|code|textarea)\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:/?(?:a|abbr|b|big|center|cite|code|del|details|div|em|font|i|img|ins|kbd|mark|p|s|small|span|strike|strong|sub|"
    r"summary|sup|table|td|th|tr|tt|u|var|video)\b|!)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)


def read(text: str) -> Document:
    """A text -> its document. Lines keep their numbers; markup of prose is removed."""
    lines = split(text)
    title, source = _front_matter(lines)
    for at, line in enumerate(lines):
        begins = _HIGHLIGHT.fullmatch(line)
        if begins:
            lines[at] = f"```{begins['language']}"
        elif _END_HIGHLIGHT.fullmatch(line):
            lines[at] = "```"
    warnings = []
    for at, line in enumerate(lines):
        if len(line) > _LONGEST:
            warnings.append(f"line {at + 1} has {len(line)} characters and is left out")
            lines[at] = ""
    # Links are nobody's commands: what looks like one is left as it is.
    parser = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    blocks = tuple(_blocks(parser.parse("\n".join(lines)), lines))
    if not title:
        title = next((b.text.strip() for b in blocks if b.kind == "heading"), "")
    return Document(blocks, title, source, tuple(warnings))


def _front_matter(lines: list[str]) -> tuple[str, str]:
    """The title and the address between two `---` at the head; the lines are emptied."""
    title = source = ""
    if not lines or lines[0].strip() not in ("---", "+++"):
        return title, source
    end = next((at for at, line in enumerate(lines[1:80], 1) if line.strip() == lines[0].strip()), 0)
    for at in range(end + 1 if end else 0):
        found = _FRONT.fullmatch(lines[at].replace(" = ", ": ", 1).strip())
        if found:
            value = found["value"].strip("'\"")
            if found["key"].lower() == "title":
                title = value
            elif value.startswith("http"):
                source = value
        lines[at] = ""
    return title, source


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Block]:
    level = 0
    for token in tokens:
        first = (token.map[0] if token.map else 0) + 1
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "fence":
                language = html.unescape(token.info).strip().split(maxsplit=1)
                yield from _code(token.content, first + 1, language[0] if language else "")
            case "code_block":
                yield from _code(token.content, first)
            case "html_block":
                yield from _html(token.content, first)
            case "inline":
                yield from _inline(token, first, level, lines)


def _code(content: str, first: int, language: str = "") -> Iterator[Block]:
    lines = split(content) if content else []
    if lines:
        yield _block("code", lines, first, language)


def _block(kind: BlockKind, texts: Sequence[str], first: int, language: str = "", level: int = 0) -> Block:
    return Block(kind, tuple(Line(first + at, text) for at, text in enumerate(texts)), language.strip("{}."), level)


def _inline(token: Token, first: int, level: int, lines: Sequence[str]) -> Iterator[Block]:
    text, codes = _told(token.children or [])
    if not text.strip():
        return
    if level:
        yield _block("heading", [" ".join(text.split("\n"))], first, level=level)
        return
    # A paragraph, or an item of a list, that is code and nothing else is meant to be typed.
    rest = text
    for _, code in codes:
        rest = rest.replace(code, "", 1)
    if codes and not re.search(r"\w", rest):
        yield _block("code", [code for _, code in codes], first)
        return
    told = text.split("\n")
    exact = all(line.strip() in source for line, source in zip(told, lines[first - 1 :], strict=False))
    yield replace(_block("prose", told, first), exact=exact)
    for at, code in codes:
        yield _block("inline", [code], first + at)


def _told(children: Sequence[Token]) -> tuple[str, list[tuple[int, str]]]:
    """The text without its markup, and the code in it, each with how many lines are before it."""
    parts: list[str] = []
    codes: list[tuple[int, str]] = []
    for child in children:
        if child.type == "code_inline":
            codes.append(("".join(parts).count("\n"), child.content))
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "text" or child.type == "image":
            parts.append(child.content)
        elif child.type == "html_inline":
            if re.match(r"<br\b", child.content, re.IGNORECASE):
                parts.append(" ")
            elif not _MARKUP.match(child.content):  # `<LOOPBACK,UP>`, `<name>`
                parts.append(child.content)
    return "".join(parts), codes


def _html(content: str, first: int) -> Iterator[Block]:
    """A piece of HTML: code where it is preformatted, else the words in it."""
    preformatted = bool(_PRE.search(content))
    texts = split(html.unescape(_TAG.sub("", content)))
    while texts and not texts[0].strip():
        texts.pop(0)
        first += 1
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        yield _block("code" if preformatted else "prose", texts, first)

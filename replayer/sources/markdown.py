"""Markdown -> Document. Blocks are found by markdown-it (CommonMark); what generators of sites add to it is made
CommonMark before, line for line, so that every line keeps its number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from replayer.sources import html, inline, tables
from replayer.sources.document import Block, Document, Line, readable
from replayer.sources.plain import split

# Deeper lists and quotes are not looked into.
_NESTING = 40
_FENCE = re.compile(r"[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])[ \t]*)*(`{3,}(?=[^`]*$)|~{3,})")
# One piece of code that is all there is on a line.
_ALONE = re.compile(r"[*_]{0,3}(`{1,3})(?!`)([^`]+)(?<!`)\1(?!`)[*_]{0,3}[.:;,。:;,、]?(?:\\|<br ?/?>)?", re.IGNORECASE)
_TYPED = re.compile(
    r"(?:[#$] )?(?:sudo|ip6?|iptables|nft|tc|brctl|ping6?|docker|kubectl|apt|apt-get|yum|dnf|systemctl|sysctl|tcpdump|"
    r"ovs-vsctl|ssh|cat|cd|mkdir|echo|curl|git|vagrant)[ \t]+(?!\w+=)\S"
)
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*\S+")
_ALERT = re.compile(r"[ \t]*\[![A-Za-z]+\][ \t]*")
# What Python takes for space and Markdown does not: the parser would lose count of lines. And a NUL, for which it would
# put another sign. They wait as characters that nobody uses.
_SPACES = "\0\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_HIDDEN = {ord(space): 0xF0200 + number for number, space in enumerate(_SPACES)}
_SHOWN = {hidden: space for space, hidden in _HIDDEN.items()}
_INDENTED = re.compile(r" {4}|\t")
_SAID = re.compile(
    r"(?::{2,3}|#!)(?!note|tip|info|warn|danger|caution|important|details|attention)([a-z][\w+-]*)"
    r"(?:\s+(?:hl_lines|linenos)\b.*)?",
    re.IGNORECASE,
)

# Of Jekyll, Hugo, Hexo, WordPress: a fence by another name.
_TAG_OPEN = re.compile(
    r"([ \t]*)(?:\{% ?(?:highlight|codeblock|code)\b(?P<liquid>[^%]*)%\}"
    r"|\{\{[<%] ?highlight\b(?P<hugo>[^>%]*)[>%]\}\}"
    r"|\[(?:code|sourcecode|shell|bash)\b(?P<short>[^\]]*)\])[ \t]*"
)
_TAG_CLOSE = re.compile(
    r"([ \t]*)(?:\{% ?(?:endhighlight|endcodeblock|endcode) ?%\}|\{\{[<%] ?/ ?highlight ?[>%]\}\}"
    r"|\[/(?:code|sourcecode|shell|bash)\])[ \t]*"
)
_OTHER_TAG = re.compile(
    r"[ \t]*(?:\{%[^%]*%\}|\{\{[<%][^>%]*[>%]\}\}|\{:[^}]*\}|\[\[?_?TOC_?\]?\]"
    r"|:{3,}[ \t]*\{?[\w-]*\}?(?P<words>.*))[ \t]*"
)
# An empty line in <pre> ends nothing, whatever else the <pre> is in.
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_EMPTY = "\U000f02ff"
_FEW = 30  # lines of a paragraph
# Of MkDocs: what follows is indented, and is no code.
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===) [\w -]{0,60}(?:\"(?P<words>[^\"]*)\")?")


def read(text: str) -> Document:
    """A Markdown text -> its document. Never raises."""
    lines, warnings = readable(split(text))
    head, lines = _front_matter(lines)
    told: list[str] = []
    blocks = list(tables.typed_once(list(_blocks(_commonmark(lines, told), 1))))
    headings = sorted((b for b in blocks if b.kind == "heading"), key=lambda heading: heading.level != 1)
    title = head.get("title", "") or (headings[0].text.strip() if headings else "")
    address = next(
        (head[k] for k in ("source", "canonical_url", "original", "link", "url") if _address(head.get(k, ""))), ""
    )
    return Document(tuple(blocks), title, address, (*warnings, *told, *_unclosed(blocks, lines)))


def _address(value: str) -> bool:
    return bool(re.fullmatch(r"https?://\S+", value))


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The fields that stand above the text (YAML or TOML), and the lines with empty ones in their place."""
    rule = lines[0].strip("\ufeff").rstrip() if lines else ""
    if rule not in ("---", "+++", ";;;"):
        return {}, lines
    ends = (rule, "...") if rule == "---" else (rule,)
    end = next((n for n, line in enumerate(lines[1:200], 1) if line.rstrip() in ends), 0)
    if not end or not any(re.match(r"[\w-]+\s*[:=]", line) for line in lines[1:end]):
        return {}, lines
    written = (re.match(r"([\w-]+)\s*[:=]\s*(.*)", line) for line in lines[1:end])
    fields = {found[1].lower(): found[2].strip().strip("\"'").strip() for found in written if found}
    return fields, [""] * (end + 1) + lines[end + 1 :]


def _commonmark(lines: Sequence[str], warnings: list[str]) -> list[str]:
    """What only some sites know, as CommonMark; as many lines as before."""
    made: list[str] = []
    fence, tagged = "", ""
    opener, begun = "", 0  # the line that opened the fence, and the one below it
    inside: list[int] = []  # the indentations that admonitions ask for
    preformatted = False
    last_pre = max((n for n, line in enumerate(lines) if "</pre" in line.lower()), default=-1)
    last_close = max((n for n, line in enumerate(lines) if _TAG_CLOSE.fullmatch(line)), default=-1)
    for number, line in enumerate(lines):
        if inside and line.strip():
            while inside and _indentation(line) < inside[-1]:
                inside.pop()
            line = line.expandtabs(4)[inside[-1] :] if inside else line
        if tagged:
            close = _TAG_CLOSE.fullmatch(line)
            made.append(close[1] + tagged if close else line)
            tagged = "" if close else tagged
            continue
        found = _FENCE.match(line)
        if not fence and number < last_pre and (preformatted or line.lstrip().startswith("<")):
            tags = _PRE.findall(line)
            preformatted = not tags[-1] if tags else preformatted
            if preformatted:
                made.append(line if line.strip() else _EMPTY)
                continue
        if found and fence and _opens_again(opener, line):
            closes = made[-1].strip() and not "".join(lines[number + 1 : number + 2]).strip()
            begin = _chunk(made)
            if not closes and begin > begun:  # nobody closed the one above, which holds the words above this one
                made[begin - 1] = f"{opener[: -len(opener.lstrip())]}{fence}"
                warnings.append(f"the fence of line {begun} is never closed; taken to end at line {begin}")
                fence = ""
            elif closes:
                line = line[: found.end(1)]
        if found or fence:
            made.append(line)
            if found and not fence:
                fence, opener, begun = found[1], line, number + 1
            elif found and found[1].startswith(fence) and not line[found.end(1) :].strip():
                fence = ""
            continue
        opened = _TAG_OPEN.fullmatch(line) if number < last_close else None
        admonition = _ADMONITION.fullmatch(line.strip())
        language = _INDENTED.match(line) and _SAID.fullmatch(line.strip())
        other = None if language else _OTHER_TAG.fullmatch(line)
        if opened:
            tagged = "~" * 9
            made.append(opened[1] + tagged + _language(opened["liquid"] or opened["hugo"] or opened["short"] or ""))
        elif admonition:
            inside.append((inside[-1] if inside else 0) + _indentation(line) + 4)
            made.append(admonition["words"] or "")
        else:
            made.append((other["words"] or "").strip() if other else line)
    return made


def _opens_again(opener: str, line: str) -> bool:
    """Whether a line within a fence opens one of the same kind, in a language: a page about Markdown apart."""
    said = [re.fullmatch(r"\s*([`~]{3,}) ?([\w-]*)\s*", one) for one in (opener, line)]
    above, here = said
    return bool(
        above and here and here[2] and above[1] == here[1] and above[2] not in ("md", "markdown", "mdx", "text")
    )


def _chunk(lines: Sequence[str]) -> int:
    """Where the few lines that stand together at the end begin; 0 if they are many."""
    at = len(lines)
    while at and not lines[at - 1].strip():
        at -= 1
    least = at - _FEW
    while at and lines[at - 1].strip():
        at -= 1
        if at < least:
            return 0
    return at


def _indentation(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _language(given: str) -> str:
    """The language among a tag's arguments: `bash linenos`, `lang:bash`, `lang="bash"`."""
    found = re.search(r"lang(?:uage)?[:=]\s*[\"']?([\w+-]+)", given) or re.match(
        r"\s*[\"']?([\w+-]+)[\"']?(?![=:])", given
    )
    return found[1] if found else ""


def _blocks(lines: Sequence[str], first: int, depth: int = 0) -> Iterator[Block]:
    """The blocks of CommonMark lines, the first of which is line `first` of the source."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).disable(["inline", "text_join", "reference"])
    text = "\n".join(_blank(line) if line[-1:].isspace() else line for line in lines)
    hides = any(space in text for space in _SPACES)
    tokens = parser.parse(text.translate(_HIDDEN) if hides else text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.map is None:
            continue
        at = first + token.map[0]
        if hides:
            token.content, token.info = token.content.translate(_SHOWN), token.info.translate(_SHOWN)
        if token.type == "fence":
            yield from _fenced(token, at)
        elif token.type == "code_block":
            yield _indented(_trimmed(_numbered(token.content.split("\n"), at)))
        elif token.type == "html_block":
            yield from _html(token, at, depth)
        elif token.type == "inline" and before is not None and before.type == "heading_open":
            yield from _heading(token, at, int(before.tag[1:]))
        elif token.type == "inline":
            yield from _paragraph(token.content.split("\n"), at)


def _fenced(token: Token, at: int) -> Iterator[Block]:
    info = token.info.strip().strip("{}").strip().lstrip(".=")
    content = token.content.removesuffix("\n").split("\n") if token.content else []
    if content and content[0].startswith("`") and content[0].count("`") == 1:  # of a page that was made into Markdown
        content[0] = content[0][1:]
    if _TYPED.match(info):  # its author put the first command where the language stands
        yield Block("code", _numbered([info.rstrip("\\ "), *content], at))
    elif content:
        yield Block("code", _numbered(content, at + 1), re.split(r"[\s,{]", info)[0])


def _indented(lines: tuple[Line, ...]) -> Block:
    """Of Python-Markdown: the first line may say the language, `:::console` or `#!bash`."""
    said = _SAID.fullmatch(lines[0].text.strip()) if lines else None
    return Block("code", lines[1:], said[1]) if said and len(lines) > 1 else Block("code", lines)


def _blank(line: str) -> str:
    """Without the spaces of a line that holds no more, within quotes too."""
    bare = line.lstrip(" \t>")
    return line if bare.strip() else line[: len(line) - len(bare)]


def _numbered(lines: Sequence[str], first: int) -> tuple[Line, ...]:
    return tuple(Line(first + n, line) for n, line in enumerate(lines))


def _trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    while lines and not lines[-1].text.strip():
        lines = lines[:-1]
    return lines


def _heading(token: Token, at: int, level: int) -> Iterator[Block]:
    shown, codes = inline.words(token.content.split("\n"))
    lines = tuple(Line(at + n, piece) for n, pieces in enumerate(shown) for piece in pieces if piece)
    lines = tuple(Line(line.number, re.sub(r"\{#[\w-]+\}$", "", line.text).rstrip()) for line in lines)
    if lines:
        yield Block("heading", lines, level=level)
        yield from (Block("inline", (Line(at + c.line, c.text),)) for c in codes)


def _html(token: Token, at: int, depth: int) -> Iterator[Block]:
    """HTML among Markdown: what it shows if it is <pre>, a list, a table; else its tags hide Markdown."""
    content = token.content.rstrip("\n").replace(_EMPTY, "")
    if re.search(r"<(?:pre|li|td|dd)\b", content, re.IGNORECASE):
        yield from html.blocks(content, at)
    elif not re.match(r"\s*<(?:script|style|svg|iframe)\b", content, re.IGNORECASE):
        bare = inline.without_tags(content).split("\n")
        within = content.split("\n")
        for block in _blocks(bare, at, depth + 1) if depth < 2 else _prose(bare, at):
            linked = any(inline.is_linked(within[line.number - at], line.text) for line in block.lines)
            yield replace(block, exact=False) if linked else block


def _paragraph(lines: list[str], at: int) -> Iterator[Block]:
    """A paragraph may be prose, a table, code without a fence, or commands as `code`, one to a line."""
    if any(inline.TYPED.match(line) for line in lines):
        yield Block("mixed", _numbered(lines, at))
        return
    if rule := tables.ruled(lines):
        if rule > 1:
            yield from _prose(lines[: rule - 1], at)
        yield from tables.blocks(lines, rule, at)
        return
    begin = 0
    for end, kind in _runs(lines):
        part = lines[begin:end]
        if kind == "alone":
            code = (_ALONE.fullmatch(line.strip()) for line in part)
            yield Block("code", _numbered([found[2].strip() for found in code if found], at + begin))
        elif kind == "indented":
            yield Block("code", _numbered([_INDENTED.sub("", line, count=1) for line in part], at + begin))
        else:
            yield from _prose(part, at + begin)
        begin = end


def _runs(lines: list[str]) -> list[tuple[int, str]]:
    """The parts of a paragraph: where each ends, and what it is."""
    kinds = [
        "alone" if _ALONE.fullmatch(line.strip()) else "indented" if _INDENTED.match(line) else "" for line in lines
    ]
    if set(kinds) == {"alone"}:
        return [(len(lines), "alone")]
    runs: list[tuple[int, str]] = []
    begin = 0
    for kind, same in groupby(kinds):
        end = begin + len(list(same))
        # A piece of code may happen to stand alone on a line of prose that was wrapped.
        led = begin > 0 and _breaks(lines[begin - 1])
        if not led or (kind == "alone" and end < len(lines) and not _breaks(lines[end - 1])):
            kind = ""
        if runs and runs[-1][1] == kind == "":
            runs.pop()
        runs.append((end, kind))
        begin = end
    return runs


def _breaks(line: str) -> bool:
    """Whether what follows stands on a line of its own."""
    return line.rstrip().endswith((":", ":", "\\", "<br>", "<br/>", "<br />")) or line.endswith("  ")


def _prose(lines: list[str], at: int) -> Iterator[Block]:
    shown, codes = inline.words(["" if _left_out(line) else line for line in lines])
    words = tuple(Line(at + n, piece) for n, pieces in enumerate(shown) for piece in pieces if piece)
    if words:
        exact = all(_stands_in(lines[word.number - at], word) for word in words)
        yield Block("prose", words, exact=exact)
    yield from (Block("inline", (Line(at + code.line, code.text),)) for code in codes)


def _stands_in(line: str, word: Line) -> bool:
    return word.text in line and not inline.is_linked(line, word.text)


def _left_out(line: str) -> bool:
    return bool(_DEFINITION.match(line) or _ALERT.fullmatch(line))


def _unclosed(blocks: Sequence[Block], lines: Sequence[str]) -> tuple[str, ...]:
    """A fence that nobody closed takes all the rest of the text."""
    last = blocks[-1] if blocks else None
    if last is None or last.kind != "code" or not last.lines:
        return ()
    opened, end = last.lines[0].number - 1, last.lines[-1].number
    fence = _FENCE.match(lines[opened - 1]) if 0 < opened <= len(lines) else None
    if fence is None or any(_FENCE.match(line) for line in lines[end:]):
        return ()
    return (f"the fence of line {opened} is never closed",)

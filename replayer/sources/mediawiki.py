"""MediaWiki's wikitext -> Document: headings, paragraphs, lists, what is preformatted, templates that hold code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from replayer.sources import inline
from replayer.sources.document import Block, Document, Line, readable
from replayer.sources.paragraph import paragraph
from replayer.sources.plain import split

_HEADING = re.compile(r"(={1,6})([^=]|[^=].*[^=])\1")
_BOX = re.compile(r"<(syntaxhighlight|source|pre|code|console|cli|bash)\b([^<>]*)>", re.IGNORECASE)
_LANGUAGE = re.compile(r"\blang(?:uage)?\s*=\s*[\"']?([\w+-]+)")
# Templates of Arch, Gentoo and others, which show code; those that show a file; what comes before their code.
_TEMPLATE = re.compile(r"\{\{\s*([\w ]+?)\s*\|", re.IGNORECASE)
_SHOWN = frozenset(
    "bc hc code codebox codeblock console cmd rootcmd genericcmd root terminal shell bash command "
    "befehl kommando konsole commande commandes comando comandos команда консоль コマンド ターミナル".split()
) | {"code block", "generic cmd", "root cmd"}
_FILES = frozenset(["filebox", "file", "datei", "fichier", "archivo"])
_ASKED = re.compile(r"\s*[#$] \S")
_PROMPTS = {"rootcmd": "# ", "root cmd": "# ", "root": "# "}
_NAMED = re.compile(r"\s*(\w[\w ]{0,30})\s*=(?!=)\s*(.*)", re.DOTALL)
_CODE_NAMES = frozenset(["code", "1", "cmd", "command", "output", "content", "text", "2", "lines"])
_SILENT = re.compile(
    r"__[A-Z]+__|\[\[(?:category|kategorie|catégorie|categoría|категория|分类|file|image|[a-z-]{2,8}):.*|"
    r"\{\{[^{}|]*\}\}|-{4,}",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[*#:;]+[ \t]*(?=\S)")
_CELL = re.compile(r"^(?:\{\||\|\}|\|[-+]|[|!])+(?:[^|\[\]{}]*\|(?!\|))?")
_INLINE = re.compile(
    r"<(?:code|tt|kbd|samp)>(?:<nowiki>)?((?:(?!<(?:code|tt|kbd|samp)>).){0,1000}?)(?:</nowiki>)?</(?:code|tt|kbd|samp)>|"
    r"\{\{\s*(?:ic|c|kbd|cmd)\s*\|(?:1=)?([^{}]*)\}\}",
    re.IGNORECASE,
)
_ALONE = re.compile(f"(?:{_INLINE.pattern})[.:]*", re.IGNORECASE)
_REFERENCE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>(?:(?!<ref\b).){0,2000}?</ref>", re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?: ([^\[\]]*))?\]")
_QUOTES = re.compile(r"'{2,5}")
_AROUND = re.compile(
    r"\{\{\s*(?:note|tip|warning|important|hint|notice|hinweis|info|achtung)\s*\|(?:1=)?|\}\}", re.IGNORECASE
)
_NOWIKI = re.compile(
    r"</?(?:nowiki|noinclude|includeonly|translate)\b[^<>]*/?>|<!--(?:(?!<!--).){0,2000}?-->", re.IGNORECASE
)
_DEEPEST = 2_000  # lines of one template


def read(text: str) -> Document:
    """A wikitext -> its document. Never raises."""
    lines, warnings = readable(split(text))
    reader = _Reader([Line(number, line.rstrip()) for number, line in enumerate(lines, 1)])
    reader.body()
    title = next((b.text for b in reader.found if b.kind == "heading" and b.level == 1), "")
    return Document(tuple(reader.found), title, "", warnings)


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.found: list[Block] = []
        self._lines = lines

    def body(self) -> None:
        at = 0
        while at < len(self._lines):
            at = self._block(at)

    def _block(self, at: int) -> int:
        """Reads what begins at a line; returns the line after it."""
        line = self._lines[at]
        text = line.text
        if not text.strip() or _SILENT.fullmatch(text.strip()):
            return at + 1
        if (heading := _HEADING.fullmatch(text)) is not None:
            said = Line(line.number, _words(heading[2].strip()))
            self.found.append(Block("heading", (said,), level=len(heading[1])))
            return at + 1
        bare = _ITEM.sub("", text)
        if (box := _BOX.match(bare.lstrip())) is not None and (box[1].lower() != "code" or "</code>" not in bare):
            return self._box(at, box)
        template = _TEMPLATE.match(bare.lstrip())
        if template is not None and template[1].lower() in _SHOWN | _FILES:
            return self._template(at, template[1].lower())
        if text[0] == " ":
            return self._preformatted(at)
        return self._paragraph(at)

    def _box(self, at: int, box: re.Match[str]) -> int:
        """What stands between two tags."""
        first = self._lines[at]
        closing = re.compile(rf"</{box[1]}\s*>", re.IGNORECASE)
        text = _ITEM.sub("", first.text).lstrip()[box.end() :]
        parts = [Line(first.number, text)]
        while (end := closing.search(parts[-1].text)) is None and at + 1 < len(self._lines):
            at += 1
            parts.append(self._lines[at])
        if end is not None:
            parts[-1] = Line(parts[-1].number, parts[-1].text[: end.start()])
        language = _LANGUAGE.search(box[2])
        escaped = box[1].lower() == "pre"
        self._code(parts, language[1] if language else "", escaped)
        return at + 1

    def _template(self, at: int, name: str) -> int:
        """A template that shows code: its arguments by `|` outside of links and other templates."""
        parts: list[Line] = []
        depth = 0
        for line in self._lines[at : at + _DEEPEST]:
            parts.append(line)
            depth += line.text.count("{{") - line.text.count("}}")
            at += 1
            if depth <= 0:
                break
        arguments = list(_arguments(parts))
        if name == "hc":  # a header with a command or the name of a file, and what it shows
            if arguments and not _ASKED.match(arguments[0][0][0].text):
                return at
            arguments = [([line for lines, _ in arguments for line in lines], "")]
        for lines, argument in arguments:
            if argument and argument not in _CODE_NAMES:
                continue
            if name in _FILES and (argument or "2") != "output":
                continue
            prompt = _PROMPTS.get(name, "") if argument != "output" else ""
            told = [Line(line.number, prompt + line.text.strip() if prompt else line.text) for line in lines]
            told = [Line(line.number, re.sub(r"</?pre>", "", line.text)) for line in told]
            self._code(told, "output" if argument == "output" else "", escaped=True)
        return at

    def _preformatted(self, at: int) -> int:
        """Lines that begin with a space; empty ones between them show nothing."""
        end = at
        while end < len(self._lines) and self._lines[end].text[:1] == " ":
            end += 1
        self._code([Line(line.number, _unmarked(line.text[1:])) for line in self._lines[at:end]], "", escaped=True)
        return end

    def _code(self, lines: Sequence[Line], language: str, escaped: bool) -> None:
        if escaped:
            lines = [Line(line.number, _code_of(line.text)) for line in lines]
        told = [n for n, line in enumerate(lines) if line.text.strip()]
        if told:
            self.found.append(Block("code", tuple(lines[told[0] : told[-1] + 1]), language))

    def _paragraph(self, at: int) -> int:
        end = at + 1
        while end < len(self._lines) and not self._ends_paragraph(self._lines[end].text):
            end += 1
        lines = [Line(line.number, _CELL.sub("", _ITEM.sub("", line.text)).strip()) for line in self._lines[at:end]]
        for block in paragraph(lines, _words, _INLINE, _ALONE):
            if block.kind in ("code", "inline"):
                block = replace(block, lines=tuple(Line(one.number, _code_of(one.text)) for one in block.lines))
            self.found.append(block)
        return end

    def _ends_paragraph(self, text: str) -> bool:
        if not text.strip() or text[0] in " *#:;=|!{":
            return True
        return bool(_BOX.match(text)) and "</code>" not in text


def _arguments(parts: Sequence[Line]) -> Iterator[tuple[list[Line], str]]:
    """The arguments of a template, each with its lines and its name ("" if it has none)."""
    lines: list[Line] = []
    depth = links = 0
    named = ""
    begun = False

    def told() -> list[Line]:
        return [line for line in lines if line.text.strip()]

    for line in parts:
        piece = ""
        for token in re.split(r"(\{\{|\}\}|\[\[|\]\]|\|)", line.text):
            depth += (token == "{{") - (token == "}}")
            links += (token == "[[") - (token == "]]")
            if token == "|" and depth == 1 and links <= 0:
                lines.append(Line(line.number, piece))
                if begun and told():
                    yield told(), named
                lines, piece, named, begun = [], "", "", True
            elif depth >= 1 and not (token == "{{" and depth == 1):
                piece += token
                may_name = "=" in token and begun and not named and not told()
                found = _NAMED.fullmatch(piece) if may_name else None
                if found is not None and found[1].strip().lower() in {*_CODE_NAMES, "title", "lang", "language"}:
                    named, piece = found[1].strip().lower(), found[2]
        if begun:
            lines.append(Line(line.number, piece))
    if begun and told():
        yield told(), named


def _unmarked(text: str) -> str:
    """A preformatted line without bold, italics and links, which MediaWiki reads there too."""
    return _LINK.sub(r"\1", _QUOTES.sub("", text)) if "''" in text or "[[" in text else text


def _words(text: str) -> str:
    """A line of a paragraph without its markup."""
    text = _INLINE.sub(lambda found: found[1] or found[2] or "", _NOWIKI.sub("", _REFERENCE.sub("", text)))
    text = _EXTERNAL.sub(lambda found: found[1] or "", _LINK.sub(r"\1", text))
    text = _QUOTES.sub("", _AROUND.sub("", text))
    return _unescaped(inline.without_tags(text)).strip()


def _code_of(text: str) -> str:
    """A line of code as it is shown."""
    return _unescaped(_NOWIKI.sub("", text))


def _unescaped(text: str) -> str:
    """A line without entities; those that end lines end none here."""
    return re.sub(r"[\r\n]", " ", unescape(text)) if "&" in text else text

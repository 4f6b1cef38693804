"""Which format a tutorial's text is in, by the name of its file and by what is in it, and why."""

import json
import re
from pathlib import PurePath

from replayer.sources.plain import split

_SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".mkd": "markdown",
    ".rmd": "markdown",
    ".qmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".rst": "rst",
    ".rest": "rst",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".org": "org",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
    ".t": "cram",
    ".cast": "asciicast",
    ".typescript": "typescript",
    ".sh": "shell",
    ".bash": "shell",
    ".zsh": "shell",
    ".ksh": "shell",
    ".history": "history",
    ".bash_history": "history",
    ".zsh_history": "history",
}
_NAMES = re.compile(r"\.?(?:(?P<history>(?:\w+_)?history|histfile)|(?P<typescript>typescript)(?:\.\w+)?)")
# Of long texts the beginning decides.
_MOST = 3_000

_FENCE = re.compile(r"\s*(?:>\s*|[-*+]\s+|\d+[.)]\s+)*(?:```|~~~)")
_HASHED = re.compile(r"# ?(?=[a-z])")
_HEADING = re.compile(r"#{2,6} \S")
_LINK = re.compile(r"\[[^\[\]]+\]\(https?://")
_SHEBANG = re.compile(r"#!\s*/\S*?(?:/env\s+(?:-S\s+)?)?(?:ba|da|z|k)?sh\b")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</(?:p|pre|h[1-6]|div|li|code)>", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"\s*\.\. (?:code|code-block|sourcecode|note|warning|contents|toctree|image|figure|highlight|tip)::"
)
_ORG = re.compile(r"[ \t]*#\+begin_(?:src|example)\b", re.IGNORECASE)
_WIKI = re.compile(
    r"<syntaxhighlight\b|</syntaxhighlight>|\{\{(?:bc|hc|RootCmd|Cmd|GenericCmd|Code)\s*\||\[\[Category:"
)
_WIKI_HEADING = re.compile(r"(={2,5})[^=\s].*[^=\s]\1[ \t]*|(={2,5}) [^=]+ \2[ \t]*")
_TIMED = re.compile(r": \d{6,}:\d+;")
_TIME = re.compile(r"#\d{9,11}\s*")
_CRAM = re.compile(r"  [$] \S")
_CONTROL = re.compile(r"\x1b[\[\]]")


def is_tutorial(path: str) -> bool:
    """Whether a file's name says that it is a tutorial, no scenario."""
    return PurePath(path).suffix.lower() in {*_SUFFIXES, ".txt", ".mht"}


def detect(text: str, path: str) -> tuple[str, str]:
    """A text and its file's name -> the format's name (a key of tutorials.FORMATS), and the reason in words."""
    lines = split(text[: _MOST * 100])[:_MOST]
    sure = _sure(text, lines)
    if sure is not None:
        return sure
    name = PurePath(path).name
    suffix = PurePath(path).suffix.lower()
    named = _NAMES.fullmatch(name)
    if named is not None:
        return ("history" if named["history"] else "typescript"), f"its name is {name}"
    meant = _SUFFIXES.get(suffix, "")
    if meant == "markdown" and not any(map(_FENCE.match, lines)) and _prompts_as_headings(lines):
        return "plain", "its '# ' are prompts, no headings"
    if meant:
        return meant, f"its name ends in {suffix}"
    return _likely(lines) or ("plain", f"its name ends in {suffix}" if suffix == ".txt" else "nothing says otherwise")


def _sure(text: str, lines: list[str]) -> tuple[str, str] | None:
    """What the first line, or control sequences, leave no doubt of."""
    first = lines[0] if lines else ""
    if first.startswith("{") and _is_cast(first, text):
        return "asciicast", "it begins as a recording of a terminal does"
    if re.match(r"Script started on|Script .{1,200} started", first):
        return "typescript", "it begins with 'Script started'"
    if _SHEBANG.match(first):
        return "shell", f"it begins with {first.split()[0]}"
    if _PAGE.match(text[:5_000]):
        return "html", "it begins as a page does"
    if sum(bool(_CONTROL.search(line)) for line in lines) * 10 > len(lines):
        return "typescript", "it is full of a terminal's control sequences"
    return None


def _is_cast(first: str, text: str) -> bool:
    try:
        header = json.loads(first)
    except (ValueError, RecursionError):
        # Version 1 may be laid out over lines.
        return '"version"' in text[:2_000] and '"stdout"' in text[:4_000]
    return isinstance(header, dict) and "version" in header and bool({"width", "term", "stdout"} & set(header))


def _likely(lines: list[str]) -> tuple[str, str] | None:
    """What the name does not say and the content shows."""
    told = [line for line in lines if line.strip()]
    fences = sum(bool(_FENCE.match(line)) for line in lines)
    if fences >= 2:
        return "markdown", f"it has {fences} fences"
    times = sum(bool(_TIMED.match(line) or _TIME.fullmatch(line)) for line in told)
    if times and times * 4 >= len(told):
        return "history", f"{times} of its lines are times"
    sources = sum(bool(_ORG.match(line)) for line in lines)
    if sources:
        return "org", f"it has {sources} blocks of Org mode"
    marks = sum(bool(_WIKI.search(line)) for line in lines)
    titles = sum(bool(_WIKI_HEADING.fullmatch(line)) for line in lines)
    if titles and (marks or titles > 2):
        return "mediawiki", f"it has {titles} headings and {marks} marks of a wiki"
    directives = sum(bool(_DIRECTIVE.match(line)) for line in lines)
    if directives:
        return "rst", f"it has {directives} directives"
    tags = sum(len(_TAG.findall(line)) for line in lines)
    if tags >= 3 and tags * 8 >= len(told):
        return "html", f"it has {tags} tags"
    typed = sum(bool(_CRAM.match(line)) for line in lines)
    others = [line for line in told if line[:1] not in " \t#"]
    if (
        typed >= 2
        and all(line.startswith("  ") or line in others or line[:1] == "#" for line in told)
        and any(re.fullmatch(r"  \[\d+\]|  .*\((?:re|glob|esc|no-eol)\)", line) for line in told)
    ):
        return "cram", f"it has {typed} commands behind '  $ ' and cram's marks"
    headings = sum(bool(_HEADING.match(line)) for line in lines)
    links = sum(bool(_LINK.search(line)) for line in lines)
    if headings and links:
        return "markdown", f"it has {headings} headings and {links} links"
    return None


def _prompts_as_headings(lines: list[str]) -> bool:
    """Whether most lines that would be headings begin as commands do, in small letters."""
    headings = [line for line in lines if line.startswith("# ")]
    return len(headings) > 2 and sum(bool(_HASHED.match(line)) for line in headings) * 2 > len(headings)

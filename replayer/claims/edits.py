"""What an author's hand did to a documented output: marks, arrows with remarks, prose in between."""

import re
from collections.abc import Iterable

from replayer.reading.prose import is_prose
from replayer.reading.shapes import printed_by

# `<--- this one`, `← here`: said of the line, not printed.
_REMARK = re.compile(r"(?<!\s)(?:\s++(?:<[-=]+|←+|⟵|<<+|👈|⬅️?|◀)\s?.*|\s{2,}+(?:#|//)\s\S.*)$")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w])__(?=\S)(.+?)(?<=\S)__(?![\w])")
_TAGS = re.compile(r"</?(?:b|strong|em|i|u|mark|font|span)(?: [^<>]*)?>", re.IGNORECASE)
_LETTER = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_WIDE = re.compile(rf"{_LETTER}.*\s.*{_LETTER}|[\u4e00-\u9fff]{{6}}")
# Nothing but tags that a page's text did not get rid of.
_BARE_TAGS = re.compile(
    r"\s*(?:</?(?:code|pre|br|p|div|span|li|ul|td|tr|blockquote)(?: [^<>]*)?/?>\s*)+$", re.IGNORECASE
)


def unmarked(line: str, typed: str = "") -> str:
    """A line of output without what its author marked it with. What stands in the command, too, is no such mark."""
    plain = _REMARK.sub(lambda m: m[0] if m[0].strip() in typed else "", line) or line
    if "**" in plain or "__" in plain:
        plain = _BOLD.sub(lambda m: m[0] if m[0] in typed else m[1] or m[2], plain)
    if "<" in plain and printed_by(plain) != "curl":
        plain = _TAGS.sub(lambda m: m[0] if m[0] in typed else "", plain)
    return plain


def told(lines: Iterable[str], command: str) -> list[str]:
    """The lines of what a command printed without their author's marks, and without lines of tags alone."""
    typed = command.replace("\\", "")  # within quotes, quotes are escaped
    return [unmarked(line, typed) for line in lines if not _BARE_TAGS.match(line)]


def shown(lines: list[str]) -> list[str]:
    """The lines of an output up to where prose begins; none if it is all prose.

    Only where some line looks like a program's, for what is printed may be prose (`cat README`); but a sentence in
    letters that no program uses is its author's.
    """
    if not any(printed_by(line) is not None for line in lines):
        return [] if all(_WIDE.search(line) for line in lines if line.strip()) else lines
    for at, line in enumerate(lines):
        if line.strip() and printed_by(line) is None and _speaks(line):
            return shown(lines[at + 1 :]) if at == 0 else lines[:at]
    return lines


def _speaks(line: str) -> bool:
    wide = sum(not c.isascii() for c in line)
    return (wide * 3 > len(line.strip()) or (is_prose(line) and not line[:1].isspace())) and not line.startswith("...")

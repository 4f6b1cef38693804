"""What a YAML parser's complaint means to a person, and how to mend it.

The parser says where it was lost; what was mistyped is mostly seen from the line itself.
"""

import re
from collections.abc import Sequence

import yaml

# `- key: ` or `- `, then the value: what most lines of a scenario look like.
ENTRY = re.compile(r"^(?P<lead>[ \t]*(?:- +)*(?:[^\s'\"#:{}\[\]][^:{}\[\]]*: +)?)(?P<value>\S.*)$")
TEXT_AFTER_QUOTE = re.compile(r"""^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")\s*[^\s#]""")

Explained = tuple[int, int, str, str]


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Explained:
    """A parser's error -> line and column (from 0), what is wrong, how to mend it."""
    problem = error.problem or "the text does not fit together"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    shown = lines[line] if line < len(lines) else ""

    if "quoted scalar" in (error.context or "") and error.context_mark and "escape" not in problem:
        quote = error.context_mark
        return quote.line, quote.column, "the quote opened here is never closed", "close it"
    if "escape" in problem or "expected hexdecimal" in problem or "hexadecimal" in problem:
        return line, column, "this is no escape that YAML knows", "in single quotes '…' a backslash is itself"
    tab = _tab_in_indentation(shown)
    if tab is not None and ("tab" in problem or "token" in problem or "expected" in problem or "allowed" in problem):
        return line, tab, "a tab in the indentation", "YAML is indented with spaces only"
    found = _by_value(shown, line) or (_by_value(lines[line - 1], line - 1) if 0 < line <= len(lines) else None)
    if found is not None:
        return found
    if "mapping values are not allowed" in problem:
        return (
            line,
            column,
            "': ' inside an unquoted text is taken for a key",
            "quote the whole value, or begin it with `|` and write it in the next line",
        )
    if "cannot start any token" in problem:
        sign = shown[column : column + 1]
        return line, column, f"an unquoted text cannot begin with {sign!r}", "quote the whole value"
    if "simple key" in (error.context or "") and error.context_mark:
        start = error.context_mark
        what = "this is neither a key with its value nor a part of the text above"
        return (
            start.line,
            start.column,
            what,
            "write `key: value`, or indent it more than the key it belongs to",
        )
    if "block mapping" in (error.context or "") or "block collection" in (error.context or ""):
        return (
            line,
            column,
            "this does not fit the lines above",
            "keys of one mapping, and the dashes of one list, begin in the same column",
        )
    if "flow" in (error.context or ""):
        opened = error.context_mark or mark
        if line >= len(lines) - 1 and not shown.strip():
            return (
                line,
                column,
                "the file ends inside [ … ] or { … }",
                "close it, or quote the text it stands in",
            )
        bracket = lines[opened.line][opened.column : opened.column + 1] if opened and opened.line < len(lines) else "["
        at = (opened.line, opened.column) if opened else (line, column)
        return (
            *at,
            f"the {bracket!r} opened here is never closed, or something after it does not fit",
            ("close it, or quote the whole value if it is text"),
        )
    return line, column, f"this is not valid YAML: {problem}", "quote the value if it is text"


def _tab_in_indentation(shown: str) -> int | None:
    lead = shown[: len(shown) - len(shown.lstrip(" \t-"))]
    return lead.index("\t") if "\t" in lead else None


def _by_value(shown: str, line: int) -> Explained | None:
    """What is wrong with a line whose value begins with a sign of YAML's own."""
    match = ENTRY.match(shown)
    if match is None:
        return None
    value, column = match["value"], match.start("value")
    sample = value if len(value) <= 40 else value[:39] + "…"
    if value.startswith("{{"):
        return (
            line,
            column,
            "a value that begins with {{ is a mapping to YAML",
            f"quote the whole value: '{sample}'",
        )
    if value[0] in "[{" and not any(sign in value for sign in "]}") and value.rstrip()[-1] not in ",[{":
        return (
            line,
            column,
            f"the {value[0]!r} opened here is never closed",
            f"close it, or quote: '{sample}'",
        )
    if value[0] in "[{" and not value.rstrip().endswith(("]", "}", ",", "[", "{")):
        return (
            line,
            column,
            f"a value that begins with {value[0]} is a collection to YAML",
            (f"quote the whole value: '{sample}'"),
        )
    if value[0] in "'\"" and TEXT_AFTER_QUOTE.match(value) and not re.match(r"^(['\"]).*\1\s*:(\s|$)", value):
        doubled = "double a quote inside it ('')" if value[0] == "'" else 'write \\" for a quote inside it'
        return (
            line,
            column,
            "text goes on after the closing quote",
            f"{doubled}, or begin with `|` in a new line",
        )
    if value[0] in "@`":
        return line, column, f"an unquoted text cannot begin with {value[0]!r}", "quote the whole value"
    if value[0] in "*&" and not re.match(r"[*&][\w-]+\s*$", value):
        return (
            line,
            column,
            f"a value that begins with {value[0]} is an alias or anchor to YAML",
            "quote the whole value",
        )
    if value[0] == "%":
        return line, column, "a line that begins with % is a directive to YAML", "quote the whole value"
    return None

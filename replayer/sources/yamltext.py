"""Strings written as YAML that is read as the same strings, as a person would write them."""

import re

import yaml

from replayer.problems import visible
from replayer.templates import is_template

# What ends a line in YAML besides \n, and what it takes for the mark of its encoding.
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff\r]")
# What needs no quotes (YAML 1.1, 5.3 and 9.1).
_FIRST = r"(?![-?:] |[-?:]\Z|---|\.\.\.)[^\s,\[\]{}#&*!|>'\"%@`]"
_PLAIN = re.compile(rf"{_FIRST}(?:[^:# ]|:(?=[^ ])|(?<! )#| +(?=[^ #]))*")
_PLAIN_IN_BRACES = re.compile(rf"(?![?:]){_FIRST}(?:[^:# ,?\[\]{{}}]|(?<! )#| +(?=[^ #]))*")
_ESCAPED = re.compile(r"[^ !#-\[\]-~\u4e00-\u9fff]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e"}
_OPENS = re.compile(r"\{[{%#]")


def scalar(text: str) -> str:
    """One line of YAML that is read as this text, also within braces."""
    return _written(text, _PLAIN_IN_BRACES)


def _written(text: str, plain: re.Pattern[str]) -> str:
    # A dumper's own scalars take a hundred times as long.
    if not text.isprintable():
        return '"' + _ESCAPED.sub(_escape, text) + '"'
    if plain.fullmatch(text) and not _is_typed(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_typed(text: str) -> bool:
    """Whether YAML takes it for a number, a time, a boolean …"""
    known = yaml.SafeDumper.yaml_implicit_resolvers
    return any(pattern.match(text) for _, pattern in (*known.get(text[0], ()), *known.get(None, ())))


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign.isprintable() and sign not in '"\\':
        return sign
    code = ord(sign)
    return _SHORT.get(sign) or (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def literal(text: str) -> str:
    """The text as one that holds no template: what looks like one is kept from being filled."""
    if not is_template(text):
        return text
    if "endraw" in text:
        return _OPENS.sub(r"{{ '\g<0>' }}", text)
    return f"{{% raw %}}{text}{{% endraw %}}"


def block(text: str, indent: int) -> str:
    """A string as it was typed: no template, and over several lines if it is of several."""
    return lines(literal(text), indent)


def lines(text: str, indent: int) -> str:
    """A string that may be a template, over several lines if it is of several."""
    if "\n" not in text or text[:1].isspace() or text[-1:] == "\n":
        return _written(text, _PLAIN)
    if visible(text) != text or "\t" in text or _BREAKS.search(text):
        return _written(text, _PLAIN)
    return "\n".join(["|-", *((" " * indent + line) if line else "" for line in text.split("\n"))])


def comment(text: str) -> str:
    """A text in one line that stands behind a `#`."""
    return _BREAKS.sub(" ", visible(text).replace("\n", " ")).rstrip()

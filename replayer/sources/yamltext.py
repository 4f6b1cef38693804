"""Strings written as YAML that is read as the same strings, as a person would write them."""

import re

import yaml

from replayer.problems import visible
from replayer.templates import is_template

# What ends a line in YAML besides \n, and what it takes for the mark of its encoding.
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff\r]")
# Several words of which none means anything to YAML: they stand for themselves, and no emitter is needed.
_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w./@+=()|$&;<>~^-]*(?: [\w./@+=()|$&;<>~^-]+)+")
_OPENS = re.compile(r"\{[{%#]")


def scalar(text: str) -> str:
    """One line of YAML that is read as this text, also within braces."""
    if _PLAIN.fullmatch(text) and text.isprintable():
        return text
    if not text.isprintable():
        return str(yaml.safe_dump(text, default_style='"', width=2**31 - 1)).strip()
    dumped = yaml.safe_dump([text], allow_unicode=True, width=2**31 - 1, default_flow_style=True)
    return dumped.strip()[1:-1].strip()


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
    plain = visible(text) == text and "\t" not in text and not _BREAKS.search(text)
    if "\n" not in text or not plain or text[:1].isspace():
        return _value(text)
    return "\n".join(["|-", *((" " * indent + line) if line else "" for line in text.split("\n"))])


def _value(text: str) -> str:
    """One line of YAML that is read as this text behind a key, where braces and commas within need no quotes."""
    if _PLAIN.fullmatch(text) or not text.isprintable():
        return scalar(text)
    return yaml.safe_dump({"k": text}, allow_unicode=True, width=2**31 - 1).removeprefix("k: ").rstrip("\n")


def comment(text: str) -> str:
    """A text in one line that stands behind a `#`."""
    return _BREAKS.sub(" ", visible(text).replace("\n", " ")).rstrip()

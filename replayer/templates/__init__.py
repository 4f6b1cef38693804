"""Templates in the strings of a scenario: Jinja expressions, sandboxed and bounded.

`{{ expression }}`, `{% if … %}` and `{% raw %}` are known; an unknown variable is an error. Jinja's comments
are not known, since `${#list[@]}` is shell. No template can loop, call what is not listed here, or
make a text longer than `LONGEST`: scenarios are read on the host, where their commands never run.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from replayer.problems import ReplayError

if TYPE_CHECKING:
    from replayer.templates.compiled import Compiled

LONGEST = 1_000_000

# What nearly all templates are; filling these needs no Jinja (0.4 ms a template to compile, 40 ms to import).
SIMPLE = re.compile(r"(?<!\{)\{\{[ ]*([^\W\d]\w*)[ ]*\}\}(?!\})")
# Names that Jinja reads as something else than a variable.
_WORDS = "and or not in is if else true false none True False None range recursive self loop"
NOT_VARIABLES = frozenset(_WORDS.split())
FALSE_WORDS = frozenset({"", "no", "false", "off", "0", "none", "null", "~"})


class TemplateError(ReplayError):
    """A template that cannot be read or filled."""


class Text(str):
    """A variable's text. `flag: no` is text too, and yet `when: flag` shall mean what it says."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.lower() not in FALSE_WORDS


@dataclass(frozen=True, slots=True)
class Names:
    """The variables of a template: all that it names, and those it cannot do without
    (not only asked about by `is defined` or `default`)."""

    all: frozenset[str]
    needed: frozenset[str]


_NONE = Names(frozenset(), frozenset())


def is_template(text: str) -> bool:
    return "{{" in text or "{%" in text


@functools.lru_cache(maxsize=20_000)
def _simple(text: str) -> tuple[str, ...] | None:
    """The text split at its `{{ name }}`s (names at odd places), or None if it holds more than those."""
    parts = SIMPLE.split(text)
    for i, part in enumerate(parts):
        if i % 2:
            if part in NOT_VARIABLES:
                return None
        elif is_template(part):
            return None
    return tuple(parts)


def names(text: str) -> Names:
    """The variables that a template names. Raises TemplateError if it cannot be read."""
    if not is_template(text):
        return _NONE
    parts = _simple(text)
    if parts is not None:
        found = frozenset(parts[1::2])
        return Names(found, found)
    return _compiled(text, False).names


def expression_names(expression: str) -> Names:
    """The variables of an expression as `evaluate` takes it. Raises TemplateError."""
    return _compiled(_bare(expression), True).names


def render(text: str, variables: Mapping[str, Any]) -> str:
    """The text with its templates filled. Raises TemplateError: unknown variable, bad syntax, too long."""
    if not is_template(text):
        return text
    parts = _simple(text)
    if parts is None:
        return _compiled(text, False).render(variables)
    filled = list(parts)
    length = 0
    for i, part in enumerate(parts):
        if i % 2:
            if part not in variables:
                raise TemplateError(f"unknown variable {part!r}")
            filled[i] = str(variables[part])
        length += len(filled[i])
        if length > LONGEST:
            raise TemplateError(f"a template that fills to more than {LONGEST:,} characters")
    return "".join(filled)


def evaluate(expression: str, variables: Mapping[str, Any]) -> Any:
    """The value of an expression, written with or without `{{ }}`: text, number, boolean, list or mapping.

    Raises TemplateError.
    """
    return _compiled(_bare(expression), True).evaluate(variables)


def is_true(value: object) -> bool:
    """Whether a value of `when` says yes; texts such as `no`, `false` and `0` do not."""
    return bool(Text(value)) if isinstance(value, str) else bool(value)


def whole(text: str) -> bool:
    """Whether a text is one `{{ expression }}` and nothing else, and so may stand for a list."""
    return _bare(text) != text.strip()


def strings(value: Any) -> Iterator[str]:
    """Every text within a value of lists and mappings (not the keys)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def _bare(expression: str) -> str:
    """`{{ x }}` -> `x`; anything else, stripped."""
    stripped = expression.strip()
    if stripped.startswith("{{") and stripped.endswith("}}") and "{{" not in stripped[2:]:
        return stripped[2:-2].strip().removeprefix("-").removesuffix("-").strip()
    return stripped


@functools.lru_cache(maxsize=20_000)
def _compiled(text: str, expression: bool) -> "Compiled":
    from replayer.templates.compiled import Compiled  # Jinja: imported when a template needs it

    return Compiled(text, expression)

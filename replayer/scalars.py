"""The single values of the scenario language: texts, times, names, numbers.

Every scalar of a scenario is read as text and typed here (YAML's own typing would turn the MAC
12:34:56:11:22:33 into a number and `no` into false).
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from replayer.shapes import After, Before, Schema

DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*")
SECONDS = {"ms": 0.001, "s": 1.0, None: 1.0, "m": 60.0, "h": 3600.0}
LONGEST = 7 * 24 * 3600.0


def seconds(value: object) -> object:
    """'500ms', '3s', '2m', '1h' or plain seconds -> seconds; raises ValueError for anything else."""
    if not isinstance(value, str):
        return value
    match = DURATION.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no duration; write 500ms, 3s, 2m or a number of seconds")
    return float(match[1]) * SECONDS[match[2]]


def _lasting(value: float) -> float:
    if not 0 < value <= LONGEST:
        raise ValueError("a time must be more than 0 and at most a week")
    return value


def listed(value: object) -> object:
    """One or many: a lone value stands for a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


# An editor's YAML server types scalars before it validates: `run: true` is a boolean to it, text to us.
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
TIME: dict[str, Any] = {
    "type": ["string", "number"],
    "pattern": f"^{DURATION.pattern}$",
    "exclusiveMinimum": 0,
}
WHOLE: dict[str, Any] = {"type": ["integer", "string"], "pattern": r"^\d+$"}


def one_or_many(*one: Mapping[str, Any]) -> Schema:
    """The schema of one value of these kinds, or a list of such."""
    items = one[0] if len(one) == 1 else {"anyOf": list(one)}
    return Schema({"anyOf": [*one, {"type": "array", "items": items}]})


Text = Annotated[str, Schema(SCALAR)]
Texts = Annotated[tuple[Text, ...], Before(listed), one_or_many(SCALAR)]
Duration = Annotated[
    float,
    Before(seconds),
    After(_lasting),
    Schema(TIME),
]
TERMINAL = re.compile(r"[^\W\d][\w.-]*")
# Words of the template language, which cannot name a variable in it.
_WORDS = "and or not in is if else elif endif for set true false none True False None raw loop self range"
TEMPLATE_WORDS = frozenset(_WORDS.split())


def variable_name(value: str) -> str:
    """The name of a variable; raises ValueError for what cannot name one."""
    if not value.isidentifier():
        raise ValueError(f"{value!r} cannot name a variable; use letters, digits and _, and begin with a letter")
    if value in TEMPLATE_WORDS:
        raise ValueError(f"{value!r} is a word of the template language; use another name")
    return value


def _terminal_name(value: str) -> str:
    # A template is checked when it is filled.
    if "{{" not in value and not TERMINAL.fullmatch(value):
        raise ValueError(f"{value!r} cannot name a terminal; use letters, digits, _ . - and begin with a letter")
    return value


def _exit_status(value: int) -> int:
    if not 0 <= value <= 255:
        raise ValueError("an exit status is a number from 0 to 255")
    return value


def between(name: str, least: int, most: int) -> Callable[[int], int]:
    """A check that a number, called `name` in messages, is not out of bounds."""

    def checked(value: int) -> int:
        if not least <= value <= most:
            raise ValueError(f"{name!r} is at " + (f"least {least}" if value < least else f"most {most}"))
        return value

    return checked


VariableName = Annotated[str, After(variable_name)]
TerminalName = Annotated[str, After(_terminal_name), Schema({"type": "string"})]
ExitStatus = Annotated[int, After(_exit_status)]
# Values of variables nest (a loop over mappings is common); leaves are text.
Value = Annotated[Any, Schema({})]

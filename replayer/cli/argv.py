"""The arguments of `replay run …` and `replay check …`, read without Typer: importing it and building its commands
takes longer than all else that a short run does (docs/decisions.md).

Only what leaves nothing to say is read here. Whatever else there is (help, completion, mistakes, `-vx`, `--`) is
left to Typer: it has the last word, and tests hold that both read the same.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from replayer.cli.options import Option, PlayOptions, RunOptions
from replayer.shapes import Slot, plain_types, slots

KINDS: Mapping[str, type[PlayOptions]] = {"run": RunOptions, "check": PlayOptions}


def plain_options(argv: Sequence[str], defaults: Callable[[], Mapping[str, Any]]) -> PlayOptions | None:
    """The options that the arguments (a verb first) give, or None where Typer has to read them. `defaults`: what
    the project says, by the names of fields."""
    if not argv or argv[0] not in KINDS:
        return None
    kind = KINDS[argv[0]]
    given = _given(_written(kind), argv[1:])
    if given is None:
        return None
    known = slots(kind)
    found: dict[str, Any] = {}
    for name, value in ({name: v for name, v in defaults().items() if name in known} | given).items():
        found[name] = _value(known[name], value)
        if found[name] is None:
            return None
    return kind(**found)


def _written(kind: type[PlayOptions]) -> dict[str, tuple[Slot, bool]]:
    """Option as written -> its field, and what it makes of a flag."""
    found = {}
    for slot in slots(kind).values():
        for names in (name for mark in slot.marks if isinstance(mark, Option) for name in mark.names):
            for name, truth in zip(names.split("/"), (True, False), strict=False):
                found[name] = slot, truth
    return found


def _given(written: Mapping[str, tuple[Slot, bool]], argv: Sequence[str]) -> dict[str, Any] | None:
    """Field -> what was said of it, as text, list of texts or truth."""
    given: dict[str, Any] = {}
    rest = iter(argv)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            given.setdefault("scenarios", []).append(argument)
            continue
        option, equals, value = argument.partition("=")
        if option not in written:
            return None
        slot, truth = written[option]
        if bool in plain_types(slot.annotation):
            if equals:
                return None
            given[slot.name] = truth
            continue
        if not equals:
            value = next(rest, "-?")
        if (value.startswith("-") and value != "-") or (equals and not option.startswith("--")):
            return None
        if list[str] in plain_types(slot.annotation):
            given.setdefault(slot.name, []).append(value)
        else:
            given[slot.name] = value
    return given


def _value(slot: Slot, value: Any) -> Any:
    """The value as the field has it, or None where there may be something to say about it."""
    kinds = list(plain_types(slot.annotation))
    if isinstance(value, list):
        paths = [_path(text) for text in value] if list[Path] in kinds else value
        return None if None in paths else paths
    if Path in kinds:
        return _path(value)
    if int in kinds and not isinstance(value, bool):
        least = next((mark.min for mark in slot.marks if isinstance(mark, Option)), None)
        plain = isinstance(value, int) or (value.isascii() and value.isdigit() and len(value) < 10)
        return int(value) if plain and int(value) >= (least or 0) else None
    return value


def _path(text: str) -> Path | None:
    return Path(text) if os.access(text, os.R_OK) or not os.path.lexists(text) else None

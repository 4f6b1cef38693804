"""Plain data (texts, numbers, lists, mappings) <-> frozen dataclasses, by their annotations.

Reading finds every fault at once, each with its path and its kind; the words for it are the caller's. Marks in an
`Annotated` say more of a field: what is done to its value, what it is for (a plain text), what its JSON Schema is.
"""

import functools
import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Path = tuple[str | int, ...]
Kind = Literal["unknown", "missing", "choice", "value", "text", "whole", "number", "truth", "list", "mapping"]
T = TypeVar("T")

# As people write whole numbers, and as programs do: 1.0, 1_000.
WHOLE = re.compile(r"\s*([+-]?\d+(?:_\d+)*)(?:\.0*)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Before:
    """Changes a value before its type is looked at; raises ValueError('what; mend') for what it cannot."""

    change: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class After:
    """The same, with the value as its type has it."""

    change: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """What a field is called outside, where that is no name in Python."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """The JSON Schema of what may be written, where more than the type's own is."""

    schema: Mapping[str, Any]


# Marks a field that is not written: whoever reads sets it.
UNWRITTEN = object()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at `path` (or with its key). `known`: the keys or words that would do."""

    path: Path
    kind: Kind
    value: object
    what: str = ""  # of kind `value`
    known: tuple[str, ...] = ()
    key: bool = False

    def __str__(self) -> str:
        what = self.what or WORDS[self.kind] + (f": {', '.join(self.known)}" if self.known else "")
        return f"{'.'.join(map(str, self.path))}: {what}" if self.path else what


WORDS: Mapping[Kind, str] = {
    "unknown": "not known; known are",
    "missing": "missing",
    "choice": "must be one of",
    "text": "must be text",
    "whole": "must be a whole number",
    "number": "must be a number",
    "truth": "must be true or false",
    "list": "must be a list",
    "mapping": "must be a mapping",
}

# (value, its path, faults) -> what was read; where it added faults, that is of no use.
Reader = Callable[[Any, Path, list[Fault]], Any]


class Slot:
    """A field of a dataclass, as data has it."""

    def __init__(self, field: "Field[Any]", annotation: Any) -> None:
        self.name = field.name
        self.annotation = annotation
        self.marks: tuple[Any, ...] = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
        self.key = next((mark.name for mark in self.marks if isinstance(mark, Key)), field.name)
        self.required = field.default is MISSING and field.default_factory is MISSING
        self._field = field

    @property
    def says(self) -> str:
        """What the field is for."""
        return next((mark for mark in self.marks if isinstance(mark, str)), "")

    @functools.cached_property
    def default(self) -> Any:
        """The value where nothing is written; a required field has none."""
        made = self._field.default_factory
        return self._field.default if made is MISSING else made()

    @functools.cached_property
    def read(self) -> Reader:
        """Reads a value of this field."""
        return _reader(self.annotation)


def slots(kind: type[Any]) -> Mapping[str, Slot]:
    """The fields of a dataclass that are written, by their keys."""
    if kind not in _SLOTS:
        hints = get_type_hints(kind, include_extras=True)
        found = [Slot(field, hints[field.name]) for field in fields(kind)]
        _SLOTS[kind] = {slot.key: slot for slot in found if UNWRITTEN not in slot.marks}
    return _SLOTS[kind]


_SLOTS: dict[type[Any], Mapping[str, Slot]] = {}


def read(kind: type[T], data: Mapping[str, Any], faults: list[Fault], path: Path = (), **ready: Any) -> T | None:
    """The dataclass that a mapping holds, by the keys of its fields; None if anything is wrong: that is added to
    `faults`. `path`: where the mapping stands; `ready`: values of fields that need no reading."""
    known, before = slots(kind), len(faults)
    values = dict(ready)
    for key, value in data.items():
        slot = known.get(key)
        if slot is None:
            faults.append(Fault((*path, key), "unknown", value, known=tuple(known), key=True))
        else:
            values[slot.name] = slot.read(value, (*path, key), faults)
    faults += [
        Fault((*path, key), "missing", None) for key, slot in known.items() if slot.required and slot.name not in values
    ]
    return kind(**values) if len(faults) == before else None


def plain(value: Any) -> Any:
    """A dataclass as data that `read` takes, less what is as it is by default; other values alike."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if is_dataclass(value):
        found = {}
        for key, slot in slots(type(value)).items():
            own = getattr(value, slot.name)
            if slot.required or own != slot.default:
                found[key] = plain(own)
        return found
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def plain_types(annotation: Any) -> Iterator[Any]:
    """What may stand there, without marks: `Annotated[int, …] | None` -> int, NoneType."""
    if get_origin(annotation) is Annotated:
        yield from plain_types(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for inner in get_args(annotation):
            yield from plain_types(inner)
    else:
        yield annotation


def _reader(annotation: Any) -> Reader:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(_reader(inner[0]), inner[1:])
    if origin in (Union, types.UnionType):
        [own] = (a for a in inner if a is not type(None))
        return _optional(_reader(own))
    if origin is Literal:
        return _choice(inner)
    if origin is tuple:
        return _row([_reader(a) for a in inner]) if inner[-1] is not ... else _many(_reader(inner[0]), tuple)
    if origin is list:
        return _many(_reader(inner[0]), list)
    if origin is not None:
        return _mapping(_reader(inner[0]), _reader(inner[1]))
    return SIMPLE[annotation] if annotation in SIMPLE else _fact(annotation)


def _marked(inner: Reader, marks: tuple[Any, ...]) -> Reader:
    before = [mark.change for mark in marks if isinstance(mark, Before)]
    after = [mark.change for mark in marks if isinstance(mark, After)]
    if not before and not after:
        return inner

    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        found = len(faults)
        try:
            for change in before:
                value = change(value)
            value = inner(value, path, faults)
            for change in after if len(faults) == found else ():
                value = change(value)
        except ValueError as error:
            faults.append(Fault(path, "value", value, str(error)))
        return value

    return read


def _optional(inner: Reader) -> Reader:
    return lambda value, path, faults: None if value is None else inner(value, path, faults)


def _choice(words: tuple[Any, ...]) -> Reader:
    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if value not in words:
            faults.append(Fault(path, "choice", value, known=words))
        return value

    return read


def _many(inner: Reader, collected: type[Any]) -> Reader:
    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, (list, tuple)):
            faults.append(Fault(path, "list", value))
            return value
        return collected([inner(one, (*path, i), faults) for i, one in enumerate(value)])

    return read


def _row(inner: list[Reader]) -> Reader:
    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, (list, tuple)) or len(value) != len(inner):
            faults.append(Fault(path, "list", value))
            return value
        return tuple([own(one, (*path, i), faults) for i, (own, one) in enumerate(zip(inner, value, strict=True))])

    return read


def _mapping(of_keys: Reader, of_values: Reader) -> Reader:
    def read(value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, Mapping):
            faults.append(Fault(path, "mapping", value))
            return value
        found = {}
        for key, one in value.items():
            of_key: list[Fault] = []
            name = of_keys(key, (*path, key), of_key)
            faults += [Fault(f.path, f.kind, f.value, f.what, f.known, key=True) for f in of_key]
            found[name] = of_values(one, (*path, key), faults)
        return found

    return read


def _fact(kind: type[Any]) -> Reader:
    def inner(value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, Mapping):
            faults.append(Fault(path, "mapping", value, known=tuple(slots(kind))))
            return value
        return read(kind, value, faults, path)

    return inner


def _any(value: Any, path: Path, faults: list[Fault]) -> Any:
    return value


def _text(value: Any, path: Path, faults: list[Fault]) -> Any:
    if not isinstance(value, str):
        faults.append(Fault(path, "text", value))
    return value


def _whole(value: Any, path: Path, faults: list[Fault]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = WHOLE.fullmatch(value) if isinstance(value, str) else None
    if found is not None and len(found[1]) < 4300:  # Python turns no longer ones into numbers
        return int(found[1])
    faults.append(Fault(path, "whole", value))
    return value


def _number(value: Any, path: Path, faults: list[Fault]) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    faults.append(Fault(path, "number", value))
    return value


def _truth(value: Any, path: Path, faults: list[Fault]) -> Any:
    if not isinstance(value, bool):
        faults.append(Fault(path, "truth", value))
    return value


SIMPLE: Mapping[Any, Reader] = {Any: _any, str: _text, int: _whole, float: _number, bool: _truth}

"""The scenario language as a JSON Schema (draft 2020-12), for editors that complete and check YAML.

Made from the types of `scenario.py` and the marks on them, which say what may be written besides: a lone word for
a mapping, a lone value for a list. A step may say one thing, so each kind stands alone in an `anyOf`.
"""

import json
import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from replayer import scenario
from replayer.scalars import SCALAR
from replayer.scenario import STEP_KINDS, Scenario
from replayer.shapes import Schema, Slot, slots
from replayer.words import OUTCOME_WORDS

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
MAPPINGS = (
    scenario.Answer,
    scenario.Eventually,
    scenario.Expect,
    scenario.OutcomeRule,
    scenario.Requires,
    scenario.Size,
    scenario.TokenRule,
    *STEP_KINDS.values(),
)
SIMPLE: Mapping[Any, dict[str, Any]] = {Any: {}, str: {"type": "string"}}


def json_schema() -> dict[str, Any]:
    """The schema of a scenario file."""
    definitions = {kind.__name__: _mapping(kind) for kind in MAPPINGS}
    definitions["OutcomeWord"] = {
        "description": "what the command must show: 通, 不通, or a word of `outcomes`",
        # Offered by editors; a scenario's own words are as good, so they are not the only ones allowed.
        "anyOf": [{"enum": list(OUTCOME_WORDS)}, SCALAR],
    }
    definitions["Step"] = {
        "description": "a command, a note, an include, …: one of " + ", ".join(STEP_KINDS),
        "type": "object",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in STEP_KINDS.values()],
    }
    whole = _mapping(Scenario)
    whole["properties"]["outcomes"]["propertyNames"] = {"not": {"enum": list(OUTCOME_WORDS)}}
    head = {"$schema": ADDRESS, "title": "A scenario of replay"}
    return {**head, **whole, "$defs": dict(sorted(definitions.items()))}


def _mapping(kind: type[Any]) -> dict[str, Any]:
    """The schema of a mapping with the keys of a dataclass."""
    known = slots(kind)
    required = [key for key, slot in known.items() if slot.required]
    return {
        "type": "object",
        "description": kind.__doc__,
        "properties": {key: _property(slot) for key, slot in known.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property(slot: Slot) -> dict[str, Any]:
    found: dict[str, Any] = {"description": slot.says} if slot.says else {}
    # Only of what is written as it is kept; nothing is what is meant where nothing stands.
    if not slot.required and slot.default and isinstance(slot.default, (str, int, float)):
        found["default"] = slot.default
    return found | _schema(slot.annotation)


def _schema(annotation: Any) -> dict[str, Any]:
    """Of what may be written; an empty value is an error, so none has `null`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        given = [dict(mark.schema) for mark in inner[1:] if isinstance(mark, Schema)]
        return given[-1] if given else _schema(inner[0])
    if origin in (Union, types.UnionType):
        [own] = (a for a in inner if a is not type(None))
        return _schema(own)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (list, tuple):
        return {"type": "array", "items": _schema(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inner[1])}
    return {"$ref": f"#/$defs/{annotation.__name__}"} if annotation in MAPPINGS else SIMPLE[annotation]


def schema_text() -> str:
    """The schema as docs/scenario.schema.json holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"

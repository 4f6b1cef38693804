"""The scenario language as a JSON Schema (draft 2020-12), for editors that complete and check YAML.

Made from the models of `scenario.py`, with what their validators accept besides: a lone word for a
mapping, a lone value for a list. A step may say one thing, so each kind stands alone in an `anyOf`.
"""

import json
from typing import Any

from replayer.scenario import SCALAR, STEP_KINDS, TIME, Scenario

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
# Offered by editors; a scenario's own words are as good, so they are not the only ones allowed.
OUTCOMES = ["通", "不通", "reachable", "unreachable"]


def json_schema() -> dict[str, Any]:
    """The schema of a scenario file."""
    schema = Scenario.model_json_schema(mode="validation", by_alias=True)
    definitions: dict[str, Any] = schema.pop("$defs")
    definitions.pop("Position", None)
    definitions["OutcomeWord"] = {
        "description": "what the command must show: 通, 不通, or a word of `outcomes`",
        "anyOf": [{"enum": OUTCOMES}, SCALAR],
    }
    one_expectation = [{"$ref": "#/$defs/OutcomeWord"}, {"$ref": "#/$defs/Expect"}]
    definitions["Expectations"] = {
        "description": "an outcome word, rules, or a list of either; without it, exit status 0 is expected",
        "anyOf": [*one_expectation, {"type": "array", "items": {"anyOf": one_expectation}}],
    }
    definitions["Expect"]["properties"]["outcome"] = {"$ref": "#/$defs/OutcomeWord"}
    for model in STEP_KINDS.values():
        properties = definitions[model.__name__]["properties"]
        properties["loop"]["anyOf"] = [
            {"type": "array"},
            {"type": "string", "pattern": r"^\s*\{\{.*\}\}\s*$"},
        ]
        if "expect" in properties:
            properties["expect"] = {"$ref": "#/$defs/Expectations"}
    run = definitions["Run"]["properties"]
    turn = [SCALAR, {"$ref": "#/$defs/Answer"}]
    run["send"]["anyOf"] = [*turn, {"type": "array", "items": {"anyOf": turn}}]
    del run["send"]["type"], run["send"]["items"]
    run["eventually"]["anyOf"] = [TIME, {"$ref": "#/$defs/Eventually"}]
    definitions["Step"] = {
        "description": "a command, a note, an include, …: one of " + ", ".join(STEP_KINDS),
        "type": "object",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in STEP_KINDS.values()],
    }
    properties = schema["properties"]
    for key in ("requires", "size"):
        del properties[key]["default"]  # a mapping of defaults that stand there one by one
    for section in ("setup", "steps", "teardown"):
        properties[section]["items"] = {"$ref": "#/$defs/Step"}
    properties["outcomes"]["additionalProperties"] = {"anyOf": [SCALAR, {"$ref": "#/$defs/OutcomeRule"}]}
    properties["outcomes"]["propertyNames"] = {"not": {"enum": OUTCOMES}}
    tidy = _tidied({**schema, "$defs": dict(sorted(definitions.items()))})
    return {"$schema": ADDRESS, "title": "A scenario of replay", **tidy}


def _tidied(schema: Any, *, names: bool = False) -> Any:
    """Without what helps no author: generated titles, `null` (an empty value is an error), inner fields.

    `names`: the keys of this mapping are an author's, not the schema language's.
    """
    if isinstance(schema, list):
        return [_tidied(s) for s in schema if s != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _tidied(value, names=key in ("properties", "$defs") and not names)
        for key, value in schema.items()
        if names or not (key == "title" or (key == "default" and value in (None, [], {}, "")))
    }
    if names:
        kept.pop("at", None)
        kept.pop("places", None)
        return kept
    options = kept.get("anyOf")
    if isinstance(options, list) and len(options) == 1 and isinstance(options[0], dict):
        del kept["anyOf"]
        kept = {**options[0], **kept}
    return kept


def schema_text() -> str:
    """The schema as docs/scenario.schema.json holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"

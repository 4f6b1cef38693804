"""The JSON Schema for editors: up to date, sound, and of one mind with the reader."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from replayer.problems import ScenarioError
from replayer.schema import json_schema, schema_text
from replayer.sources.native import read
from tests.test_sources import BAD, EXAMPLE

ROOT = Path(__file__).parent.parent
VALIDATOR = jsonschema.Draft202012Validator(json_schema())

GOOD = [
    EXAMPLE,
    "steps: [{run: true}, {run: 1, expect: 不通, timeout: 3}, {wait: 2s}, {send: q, terminal: m}]",
    "steps: [{run: a, expect: {exit: 0}}, {run: b, expect: [通, {exit: [0, '1'], json: {a: null}}]}]",
    "steps: [{run: a, send: x}, {run: a, send: {send: x}}, {run: a, send: [x, {expect: y, send: z}]}]",
    "steps: [{run: a, eventually: 3s}, {run: a, eventually: {timeout: 3, every: 100ms}, loop: [1]}]",
    "steps: [{run: a, loop: '{{ x }}', when: true, tags: one, capture: {a: '(x)'}, show: none}]",
    "setup: [{include: a, with: {x: [1]}}]",
    "matrix: {a: [1, {b: c}]}\noutcomes: {a: b, c: {matches: d, command: e}}\nsize: {rows: 5}\nsteps: []",
    "tokens: {a: {matches: b, kind: measure}}\nrequires: {commands: ip, kernel: 5.10}\nsteps: []",
]


def errors(text: str) -> list[str]:
    return [e.message for e in VALIDATOR.iter_errors(yaml.safe_load(text))]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_committed_file_is_up_to_date() -> None:
    file = ROOT / "docs" / "scenario.schema.json"
    assert file.read_text(encoding="utf-8") == schema_text(), (
        "make it anew: python -c 'from replayer.schema import schema_text; print(schema_text(), end=\"\")'"
        " > docs/scenario.schema.json"
    )


@pytest.mark.parametrize("text", GOOD)
def test_what_the_reader_takes_is_valid(text: str) -> None:
    read(text, "t.yaml")
    assert not errors(text)


# What only the reader can see: names of variables and terminals, sizes of numbers.
FINER = (
    "cannot name",
    "template language",
    "is no duration",
    "at least",
    "0 to 255",
    "at most a week",
    "is empty",
)


@pytest.mark.parametrize(("text", "place", "words"), BAD)
def test_what_the_reader_refuses_is_invalid(text: str, place: str, words: str) -> None:
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return  # not even YAML
    with pytest.raises(ScenarioError) as refused:
        read(text, "t.yaml")
    whats = [p.what for p in refused.value.problems]
    if any("twice" in w or "merge keys" in w or "stands inside" in w or "comment" in w for w in whats):
        return  # a YAML reader hides these
    if any(f in w for w in whats for f in FINER):
        return
    assert errors(text), whats


def test_everything_is_described() -> None:
    schema = json_schema()
    bare = [name for name, d in schema["$defs"].items() if "description" not in d]
    for owner, definition in [("", schema), *schema["$defs"].items()]:
        for key, inner in definition.get("properties", {}).items():
            if "description" not in inner and "description" not in schema["$defs"].get(ref(inner), {}):
                bare.append(f"{owner}.{key}")
    assert not bare


def ref(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def test_editors_are_offered_the_words() -> None:
    text = json.dumps(json_schema(), ensure_ascii=False)
    assert '["通", "不通", "reachable", "unreachable"]' in text
    assert '"at"' not in text and '"places"' not in text and '"null"' not in text

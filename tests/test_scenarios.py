"""Every scenario of the repository, played on the real kernel, by root and by an ordinary user."""

import re
from pathlib import Path

import jsonschema
import yaml

from replayer.project import collect
from replayer.schema import json_schema
from tests.conftest import REPO, Person

SCENARIOS = collect([REPO / "scenarios"])
FILES = sorted((REPO / "scenarios").rglob("*.yaml"))


def test_every_scenario_passes_and_writes_its_transcript(person: Person) -> None:
    # All at once: most of their time is waiting for pings that must fail.
    running = {path.stem: person.start("run", f"scenarios/{path.name}") for path in SCENARIOS}
    for name, process in running.items():
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, (name, out, err)
        assert (person.folder / f"transcripts/{name}.txt").read_text(encoding="utf-8").startswith("https://")
    for name, word in (("vepa", "不通"), ("tutorial", "通"), ("private", "不通")):
        assert word in (person.folder / f"transcripts/{name}.txt").read_text(encoding="utf-8").splitlines()


def test_every_file_begins_with_the_editors_line_and_validates() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert found, path
        assert (path.parent / found[1]).resolve() == REPO / "docs/scenario.schema.json"
        errors = list(validator.iter_errors(yaml.safe_load(text)))
        assert not errors, (path, errors)


def test_every_scenario_has_its_golden_and_every_golden_its_scenario() -> None:
    goldens = {path.stem for path in Path(REPO / "transcripts").glob("*.txt")}
    assert goldens == {path.stem for path in SCENARIOS}

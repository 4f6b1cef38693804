"""The arguments of run and check: read without Typer, and never otherwise than Typer reads them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.cli.argv import KINDS, plain_options
from replayer.cli.options import Option, PlayOptions, RunOptions
from replayer.cli.typer_commands import command
from replayer.shapes import slots

taken: list[PlayOptions] = []
app = typer.Typer()
for verb, kind in KINDS.items():
    app.command(verb)(command(kind, verb, "", taken.append))
typers = typer.main.get_command(app)


def by_typer(words: list[str], defaults: Mapping[str, Any]) -> PlayOptions:
    taken.clear()
    typers.main(words, standalone_mode=False, default_map={verb: dict(defaults) for verb in KINDS})
    return taken.pop()


NAMES = [
    name
    for slot in slots(RunOptions).values()
    for mark in slot.marks
    if isinstance(mark, Option)
    for names in mark.names
    for name in names.split("/")
]
values = st.sampled_from(
    ["", "-", "3", "0", "x", "通 不通", "a=b", "1e3", "٣", "--", "-q", "/", "no/such", "true"]
) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
words = st.one_of(
    st.sampled_from(NAMES).map(lambda name: [name]),
    st.tuples(st.sampled_from(NAMES), values).map(list),
    st.tuples(st.sampled_from(NAMES), values).map(lambda pair: ["=".join(pair)]),
    values.map(lambda value: [value]),
    st.sampled_from(["-vx", "-kx", "-j4", "--qui", "--wat", "--help", "-h", "--"]).map(lambda word: [word]),
)
defaults = st.fixed_dictionaries(
    {},
    optional={
        "jobs": st.sampled_from(["auto", "4"]),
        "fast": st.booleans(),
        "write": st.booleans(),
        "repeat": st.integers(-1, 5),
        "junitxml": st.sampled_from(["x.xml", "/"]),
    },
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(list(KINDS)),
    st.lists(words, max_size=5).map(lambda parts: [word for part in parts for word in part]),
    defaults,
)
def test_what_is_read_is_what_typer_reads(verb: str, given: list[str], project: dict[str, Any]) -> None:
    read = plain_options([verb, *given], lambda: project)
    if read is not None:
        assert read == by_typer([verb, *given], project)


@pytest.mark.parametrize(
    "line",
    [
        "run",
        "run a.yaml -q --no-write",
        "run --sandbox host a.yaml b --var x=1 --var y=2 -k 'a or b'",
        "check -j auto --tap - --timeout=3s --fast --lf",
        "check --repeat 3 --junitxml no/such.xml --color always -x",
    ],
)
def test_what_people_write_is_read(line: str) -> None:
    given = [word.strip("'") for word in line.replace("'a or b'", "'a_or_b'").split()]
    read = plain_options(given, dict)
    assert read is not None
    assert read == by_typer(given, {})


@pytest.mark.parametrize(
    "line", ["", "lint", "run -h", "run --wat", "run -vx", "check --write", "run --repeat 0", "run -k"]
)
def test_the_rest_is_typers(line: str) -> None:
    assert plain_options(line.split(), dict) is None


def test_a_file_that_may_not_be_read_is_typers(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.touch(0o000)
    assert (plain_options(["run", str(path)], dict) is None) == (os.geteuid() != 0)


def test_a_plain_run_imports_what_it_needs(tmp_path: Path) -> None:
    """Each of these would be felt at every start; so would what they import."""
    (tmp_path / "t.yaml").write_text("steps: [{run: 'true'}]", encoding="utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "replayer", "run", "-q", "t.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "yaml" in imported
    others = {
        "pydantic",
        "pydantic_core",
        "typer",
        "click",
        "rich",
        "jinja2",
        "jmespath",
        "dask",
        "distributed",
        "asyncio",
    }
    assert not imported & others

"""Variables that come from outside a scenario: `--var name=value` and `--vars-file`."""

from collections.abc import Iterable, Mapping
from typing import Any

from replayer.problems import Position, Problem, ScenarioError
from replayer.scalars import variable_name


def parse_var(text: str) -> tuple[str, str]:
    """'name=value' -> (name, value). The value is text as it is. Raises ScenarioError."""
    name, equals, value = text.partition("=")
    problem = None
    if not equals:
        problem = Problem(Position("--var", 0, 0), f"{text!r} has no '='", "write --var name=value")
    else:
        try:
            variable_name(name)
        except ValueError as error:
            what, _, mend = str(error).partition("; ")
            problem = Problem(Position("--var", 0, 0), what, mend)
    if problem is not None:
        raise ScenarioError([problem])
    return name, value


def load_vars_file(path: str) -> dict[str, Any]:
    """The variables in a YAML file: a mapping, read as carefully as a scenario. Raises ScenarioError."""
    from replayer.sources import read_text
    from replayer.sources.native import read_variables

    return read_variables(read_text(path), path)


def merge_variables(files: Iterable[str], given: Iterable[str]) -> Mapping[str, Any]:
    """The variables of --vars-file and --var options: later ones win, --var over --vars-file.

    Raises ScenarioError with the problems of all of them.
    """
    merged: dict[str, Any] = {}
    problems: list[Problem] = []
    for path in files:
        try:
            merged |= load_vars_file(path)
        except ScenarioError as error:
            problems += error.problems
    for text in given:
        try:
            name, value = parse_var(text)
            merged[name] = value
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return merged

"""What several verbs do: read scenarios and plan them, sizes and times of options."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from replayer.cli import config
from replayer.plan import Plan, load_vars_file, parse_var, prepare
from replayer.problems import Problem, ScenarioError
from replayer.project import UsageError, collect
from replayer.scalars import seconds
from replayer.sources import load

SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?\s*", re.IGNORECASE)
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def size(text: str, option: str) -> int:
    """'64M' -> bytes; raises UsageError."""
    match = SIZE.fullmatch(text)
    if match is None:
        raise UsageError(f"{option}: {text!r} is no size; write 64M, 2G or a number of bytes")
    bytes_ = float(match[1]) * UNITS[match[2].lower()]
    if not 0 < bytes_ < 1 << 60:
        raise UsageError(f"{option}: {text[:20]!r} is no size that a machine has")
    return int(bytes_)


def duration(text: str, option: str) -> float:
    """'30s' -> seconds; raises UsageError."""
    try:
        value = seconds(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
    assert isinstance(value, float)
    if value <= 0:
        raise UsageError(f"{option}: {text!r} is no time to wait; write 500ms, 30s, 2m or a number of seconds")
    return value


def variables(var: Sequence[str], vars_file: Path | None) -> dict[str, Any]:
    """--vars-file, overridden by each --var."""
    values: dict[str, Any] = dict(load_vars_file(str(vars_file))) if vars_file is not None else {}
    values.update(parse_var(text) for text in var)
    return values


def plans_of(named: Sequence[Path], given: Mapping[str, Any]) -> list[Plan]:
    """The plans of all scenarios named; raises one ScenarioError with every problem of every file."""
    plans, problems = prepared(collect(named or config.current().scenarios), given)
    if problems:
        raise ScenarioError(problems)
    return plans


def prepared(files: Sequence[Path], given: Mapping[str, Any]) -> tuple[list[Plan], list[Problem]]:
    """Plans and problems, each once.

    A variable that only some of several scenarios know is given to those; one that none knows is a problem.
    """
    plans: list[Plan] = []
    problems: dict[Problem, None] = {}
    unknown: list[dict[str, Problem]] = []
    for path in files:
        try:
            scenario = config.current().applied(load(path))
            try:
                plans += prepare(scenario, str(path), given)
                unknown.append({})
            except ScenarioError as error:
                named = {_variable(p): p for p in error.problems if p.at.file == "--var"}
                if len(named) < len(error.problems):
                    raise
                unknown.append(named)
                plans += prepare(scenario, str(path), {k: v for k, v in given.items() if k not in named})
        except ScenarioError as error:
            problems.update(dict.fromkeys(error.problems))
    everywhere = set.intersection(*(set(names) for names in unknown)) if unknown else set()
    problems.update({unknown[0][name]: None for name in sorted(everywhere)})
    return plans, list(problems)


def _variable(problem: Problem) -> str:
    return problem.what.partition("'")[2].rpartition("'")[0]


def colored(when: str, file: Any = None) -> bool:
    """Whether to write colours: --color, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there."""
    import os

    if when not in ("auto", "always", "never"):
        raise UsageError(f"--color: {when!r} is not known; auto, always or never")
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool((file or sys.stdout).isatty())

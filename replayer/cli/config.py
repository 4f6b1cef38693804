"""Defaults of a project: `replay.toml`, or `[tool.replay]` in pyproject.toml, in the nearest folder upward.

A key for every option of `run` and `check` (`-` or `_` between words), `scenarios` (folders that are played when
none is named), and the tables `vars`, `tokens` and `outcomes`, which every scenario has unless it says otherwise.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from replayer.cli.options import RunOptions
from replayer.problems import Position, Problem, ScenarioError, suggestion
from replayer.project import UsageError, shown
from replayer.scenario import OutcomeOrPattern, OutcomeRule, Scenario, TokenRule
from replayer.shapes import Fault, read

# What belongs to one call, not to a project.
NOT_HERE = frozenset({"scenarios", "var", "dry_run", "last_failed", "step"})
# Files and folders; relative to the project's. What a run writes stays in it.
READ = frozenset({"vars_file"})
WRITTEN = frozenset({"transcripts", "recordings", "junitxml", "tap", "html"})


@dataclass(frozen=True, slots=True)
class Config:
    """What a project says. `options`: by the names of RunOptions' fields."""

    options: Mapping[str, Any] = field(default_factory=dict)
    scenarios: tuple[Path, ...] = ()
    vars: Mapping[str, Any] = field(default_factory=dict)
    tokens: Mapping[str, TokenRule] = field(default_factory=dict)
    outcomes: Mapping[str, OutcomeRule] = field(default_factory=dict)

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario, with what the project adds to it."""
        if not (self.vars or self.tokens or self.outcomes):
            return scenario
        mine = {k: v for k, v in self.vars.items() if k not in scenario.matrix}
        return replace(
            scenario,
            vars={**mine, **scenario.vars},
            tokens={**self.tokens, **scenario.tokens},
            outcomes={**self.outcomes, **scenario.outcomes},
        )


@dataclass(frozen=True, slots=True)
class _Tables:
    """What a project says beside options, as it is written."""

    scenarios: tuple[str, ...] = ()
    vars: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, TokenRule] = field(default_factory=dict)
    outcomes: dict[str, OutcomeOrPattern] = field(default_factory=dict)


def current() -> Config:
    """The configuration for the current folder. Raises ScenarioError with every wrong key."""
    return _of(Path.cwd())


@functools.cache
def _of(here: Path) -> Config:
    for folder in (here, *here.parents):
        for name in ("replay.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file():
                table = _table(path)
                if table is not None:
                    return _config(path, table)
    return Config()


def _table(path: Path) -> Mapping[str, Any] | None:
    import tomllib  # only where there is a file

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        at = Position(str(path), int(found[1]), int(found[2])) if found else Position(str(path), 0, 0)
        raise ScenarioError([Problem(at, f"this is no TOML: {error}")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([Problem(Position(str(path), 0, 0), f"cannot be read: {error}")]) from error
    if path.name == "replay.toml":
        return data
    table = data.get("tool", {}).get("replay")
    return table if isinstance(table, dict) else None


def _config(path: Path, table: Mapping[str, Any]) -> Config:
    problems: list[Problem] = []
    known = {f.name: f.default for f in fields(RunOptions) if f.name not in NOT_HERE}
    beside = {f.name for f in fields(_Tables)}
    text = path.read_text(encoding="utf-8")
    options: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name in beside:
            tables[name] = value
        elif name not in known:
            mend = suggestion(name, sorted({*known, *beside}))
            problems.append(_problem(path, text, key, f"unknown key {key!r}", mend))
        else:
            taken = _taken(value, known[name])
            if taken is None:
                wanted = {bool: "true or false", int: "a whole number"}.get(type(known[name]), "text")
                problems.append(_problem(path, text, key, f"{key!r} takes {wanted}", ""))
            elif wrong := _wrong(name, taken, path.parent):
                problems.append(_problem(path, text, key, f"{key!r}: {wrong}", ""))
            options[name] = _located(taken, path.parent) if name in READ | WRITTEN else taken
    faults: list[Fault] = []
    checked = read(_Tables, tables, faults)
    whats_by_name: dict[str, list[str]] = {}
    for fault in faults:
        whats_by_name.setdefault(str(fault.path[0]), []).append(str(replace(fault, path=fault.path[1:])))
    problems += [
        _problem(path, text, name, f"`{name}` is not as it should be: {'; '.join(whats)}", "")
        for name, whats in whats_by_name.items()
    ]
    if problems or checked is None:
        raise ScenarioError(problems)
    folders = tuple(path.parent / folder for folder in checked.scenarios)
    texts = {name: _as_text(value) for name, value in checked.vars.items()}
    return Config(options, folders, texts, checked.tokens, checked.outcomes)


def _taken(value: Any, default: Any) -> Any:
    """The value if it is of the option's kind; numbers stand for text where an option takes text."""
    if isinstance(default, bool) or isinstance(value, bool):
        return value if isinstance(value, bool) and (isinstance(default, bool) or default is None) else None
    if isinstance(default, int):
        return value if isinstance(value, int) else None
    return str(value) if isinstance(value, (str, int, float)) else None


def _wrong(name: str, value: Any, folder: Path) -> str:
    """Why a project cannot have this value, or nothing.

    A project may come from elsewhere: playing it must not cost the reader's machine (contract C2).
    """
    from replayer.cli.options import RunOptions
    from replayer.cli.playing import check_values

    if name == "sandbox" and value == "host":
        return "a project cannot choose to play without protection; give --sandbox host in the call"
    if name in WRITTEN and value != "-" and not (folder / value).resolve().is_relative_to(folder.resolve()):
        return f"{value!r} is outside of the project; give --{name} in the call"
    try:
        check_values(RunOptions(**{name: value}))
    except UsageError as error:
        return str(error).partition(": ")[2] or str(error)
    return ""


def _located(value: Any, folder: Path) -> Any:
    """A path of the project, as it is shown from here; `-` is standard output."""
    return value if value in (None, "-") else str(shown(folder / value))


def _as_text(value: Any) -> Any:
    """Values of variables are text, as in a scenario."""
    if isinstance(value, Mapping):
        return {k: _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problem(path: Path, text: str, key: str, what: str, mend: str) -> Problem:
    """tomllib keeps no positions: the key is looked for in the text."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(rf"\s*(?:\[[\w.\"-]*?)?\b({re.escape(key)})\b\s*(?:=|\]|\.)", line)
        if found:
            return Problem(Position(str(path), number, found.start(1) + 1), what, mend, line)
    return Problem(Position(str(path), 0, 0), what, mend)

"""A scenario made concrete: includes opened, variables filled, matrix multiplied."""

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

from replayer.assembly import Assembly, Combination
from replayer.planned import Late, Plan, PlannedStep, Rule, RuleKind, Section, StepKind
from replayer.preparation import Enough, OpenScenario, Work, head_problem
from replayer.problems import Position, Problem, ScenarioError, suggestion
from replayer.scenario import Scenario
from replayer.variables import load_vars_file, merge_variables, parse_var

__all__ = [
    "Late",
    "Plan",
    "PlannedStep",
    "Rule",
    "RuleKind",
    "Section",
    "StepKind",
    "load_vars_file",
    "merge_variables",
    "parse_var",
    "prepare",
]

MOST_PLANS = 1_000


def prepare(
    scenario: Scenario,
    path: str,
    variables: Mapping[str, Any] | None = None,
    open_scenario: OpenScenario | None = None,
) -> list[Plan]:
    """The plans of a scenario: one, or one for each combination of its matrix.

    `variables` (from --vars-file and --var) override the scenario's `vars` and reduce its matrix; they
    are no templates. `open_scenario` reads an included file (default: `sources.load`).
    Raises ScenarioError with every problem found: unknown variables, bad patterns, include cycles,
    missing files, a terminal used while a command still runs in it, ….
    """
    if open_scenario is None:
        from replayer.sources import load

        open_scenario = load
    work = Work(open_scenario)
    plans: list[Plan] = []
    given = variables or {}
    try:
        if not (scenario.setup or scenario.steps or scenario.teardown):
            work.report(head_problem(scenario, path, (), "the scenario has no steps", "write some under `steps:`"))
        for combination in _combinations(work, scenario, path, given):
            plans.append(Assembly(work, scenario, path, combination).plan())
        _check_given(work, path, given)
    except Enough:
        pass
    if work.problems:
        # The scenario's own come first, then those of each included file.
        found = work.problems.values()
        raise ScenarioError(sorted(found, key=lambda p: (p.at.file != path, p.at.file, p.at.line, p.at.column)))
    return plans


def _check_given(work: Work, path: str, given: Mapping[str, Any]) -> None:
    """Report variables given from outside that nothing names. (A file that could not be read may do so.)"""
    if work.problems:
        return
    for name in given:
        if name not in work.names:
            mend = suggestion(name, sorted(work.names)) or f"{path} has no variables"
            work.report(Problem(Position("--var", 0, 0), f"unknown variable {name!r}", mend))


def _combinations(work: Work, scenario: Scenario, path: str, given: Mapping[str, Any]) -> Iterator[Combination]:
    axes: dict[str, list[Any]] = {}
    for name, values in scenario.matrix.items():
        if name in scenario.vars:
            work.report(
                head_problem(
                    scenario,
                    path,
                    ("matrix", name),
                    f"{name!r} stands in `vars` and in `matrix`",
                    "remove one",
                )
            )
        if not values:
            work.report(head_problem(scenario, path, ("matrix", name), f"{name!r} has no values", "list some"))
        for i, value in enumerate(values):
            if value in values[:i]:
                work.report(
                    head_problem(scenario, path, ("matrix", name, i), f"{name!r} has this value twice", "remove one")
                )
        axes[name] = [given[name]] if name in given else values
    if math.prod(len(v) for v in axes.values()) > MOST_PLANS:
        work.report(
            head_problem(
                scenario,
                path,
                ("matrix",),
                f"a matrix of more than {MOST_PLANS:,} combinations",
                "make it smaller",
            )
        )
        raise Enough
    for chosen in itertools.product(*axes.values()):
        yield Combination(dict(zip(axes, chosen, strict=True)), given)

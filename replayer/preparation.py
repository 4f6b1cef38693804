"""What the plans of one scenario share while they are made: opened files, problems found, a limit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from replayer.problems import Position, Problem
from replayer.scenario import Scenario, StepBase

OpenScenario = Callable[[str], Scenario]

MOST_STEPS = 20_000
MOST_STEPS_OF_ALL = 100_000  # of all combinations of a matrix
MOST_PROBLEMS = 1_000


class Enough(Exception):
    """No use in reading on."""


@dataclass(slots=True)
class Work:
    """What the plans of one scenario share while they are made."""

    open_scenario: OpenScenario
    opened: dict[str, Scenario | None] = field(default_factory=dict)
    problems: dict[tuple[Position, str], Problem] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  # every variable that is named or declared anywhere
    steps: int = 0  # of this plan
    steps_of_all: int = 0

    def report(self, problem: Problem) -> None:
        # The plans of a matrix have the same problems.
        self.problems.setdefault((problem.at, problem.what), problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise Enough

    def count(self, step: StepBase) -> None:
        self.steps += 1
        self.steps_of_all += 1
        if self.steps_of_all > MOST_STEPS_OF_ALL:
            what = f"the plans of the matrix have more than {MOST_STEPS_OF_ALL:,} steps"
            self.report(step.problem((), what, "make the matrix smaller"))
            raise Enough
        if self.steps > MOST_STEPS:
            self.report(step.problem((), f"more than {MOST_STEPS:,} steps", "split the scenario"))
            raise Enough


def head_problem(scenario: Scenario, path: str, place: Sequence[str | int], what: str, mend: str = "") -> Problem:
    """A problem at a part of a scenario's head."""
    if scenario.places is not None:
        return scenario.places.problem(place, what, mend)
    return Problem(Position(path), what, mend)

"""A scenario made concrete: includes opened, variables filled, matrix multiplied."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from replayer.problems import Position
from replayer.scenario import OutcomeRule, Requires, Scenario, Show, Size, TokenRule

Section = Literal["setup", "steps", "teardown"]
StepKind = Literal["run", "note", "stop", "wait", "pause", "send"]
RuleKind = Literal["outcome", "exit", "contains", "lacks", "matches", "output", "json", "within"]


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Fact):
    """One expectation. `value`: str for outcome/contains/lacks/matches/output, [int, …] for exit,
    [path, value] for json, seconds for within."""

    kind: RuleKind
    value: Any
    at: Position


class PlannedStep(Fact):
    """A step ready to play. Templates that need a capture are still templates: they are rendered with
    `vars` and the captures when the step is reached (`templates.render`)."""

    index: int                       # its place in Plan.steps, from 0
    kind: StepKind
    section: Section = "steps"
    at: Position
    text: str = ""                   # run: the command; note: the prose; send: the line to type
    terminal: str = "main"           # for stop and wait: the terminal named there
    rules: tuple[Rule, ...] = ()     # empty: exit status 0 is expected of a `run` that ends
    until: str | None = None
    dialogue: tuple[tuple[str | None, str], ...] = ()   # (pattern seen or None, line to type)
    eventually: tuple[float, float] | None = None       # (timeout, every), seconds
    capture: Mapping[str, str] = Field(default_factory=dict)
    timeout: float | None = None     # seconds; None: the run's default
    pause: float = 0.0               # seconds, for `wait: 2s`
    show: Show | None = None
    on_failure: Literal["continue", "stop"] = "continue"
    when: str | None = None          # only where it depends on a capture; others are decided in prepare
    tags: tuple[str, ...] = ()
    vars: Mapping[str, Any] = Field(default_factory=dict)   # only if some string is still a template


class Plan(Fact):
    """What one run plays. Pickles, and round-trips through JSON (`model_dump_json`)."""

    name: str                        # 'vepa', or 'vepa[mode=vepa]' for a matrix
    path: str                        # the scenario's file as given
    title: str = ""
    source: str | None = None
    tags: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...]
    requires: Requires = Requires()
    vars: Mapping[str, Any] = Field(default_factory=dict)
    outcomes: Mapping[str, OutcomeRule] = Field(default_factory=dict)
    tokens: Mapping[str, TokenRule] = Field(default_factory=dict)
    size: Size = Size()


def prepare(scenario: Scenario, path: str, variables: Mapping[str, Any] | None = None) -> list[Plan]:
    """The plans of a scenario: one, or one for each combination of its matrix.

    `variables` (from --vars-file and --var) override the scenario's `vars` and reduce its matrix.
    Raises ScenarioError with every problem found: unknown variables, bad patterns, include cycles,
    missing files, a terminal used while a command still runs in it, ….
    """
    raise NotImplementedError

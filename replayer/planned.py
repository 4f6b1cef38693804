"""What a plan is made of. `plan.prepare` makes it; players and renderers read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from replayer import shapes
from replayer.problems import Position
from replayer.scenario import OutcomeRule, Requires, Show, Size, TokenRule
from replayer.templates import render

Section = Literal["setup", "steps", "teardown"]
StepKind = Literal["run", "note", "stop", "wait", "pause", "send"]
RuleKind = Literal["outcome", "exit", "contains", "lacks", "matches", "output", "json", "within"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One expectation. `value`: str for outcome/contains/lacks/matches/output, [int, …] for exit,
    [path, value] for json, seconds for within."""

    kind: RuleKind
    value: Any
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A variable whose own value needs a capture (`with: {mac: '{{ bridge_mac }}'}`)."""

    text: str
    vars: Mapping[str, Any] = field(default_factory=dict)
    late: Mapping[str, "Late"] = field(default_factory=dict)

    def value(self, captures: Mapping[str, str]) -> str:
        """Its text now. Raises TemplateError if a capture it needs has not been made."""
        return render(self.text, variables(self.vars, self.late, captures))


def variables(known: Mapping[str, Any], late: Mapping[str, Late], captures: Mapping[str, str]) -> Mapping[str, Any]:
    """All that a template may name. What prepare found to be known here hides a capture of that name."""
    return {**captures, **known, **{name: inner.value(captures) for name, inner in late.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step ready to play. If `template`, its strings are still templates (all of them, so that none is
    filled twice): they are rendered with `variables(captures)` when the step is reached."""

    index: int  # its place in Plan.steps, from 0
    kind: StepKind
    section: Section = "steps"
    at: Position
    text: str = ""  # run: the command; note: the prose; send: the line to type
    terminal: str = "main"  # for stop and wait: the terminal named there
    rules: tuple[Rule, ...] = ()  # empty: exit status 0 is expected of a `run` that ends
    until: str | None = None
    dialogue: tuple[tuple[str | None, str], ...] = ()  # (pattern seen or None, line to type)
    eventually: tuple[float, float] | None = None  # (timeout, every), seconds
    capture: Mapping[str, str] = field(default_factory=dict)
    timeout: float | None = None  # seconds; None: the run's default
    pause: float = 0.0  # seconds, for `wait: 2s`
    show: Show | None = None
    any_order: bool = False  # of the lines of an `output` rule
    on_failure: Literal["continue", "stop"] = "continue"
    when: str | None = None  # only where it depends on a capture; others are decided in prepare
    tags: tuple[str, ...] = ()
    template: bool = False  # some string, or `when`, needs a capture
    vars: Mapping[str, Any] = field(default_factory=dict)  # only if `template`: what its templates name
    late: Mapping[str, Late] = field(default_factory=dict)  # only if `template`: of those, what needs a capture

    def variables(self, captures: Mapping[str, str]) -> Mapping[str, Any]:
        """What this step's templates and its `when` may name. Raises TemplateError."""
        return variables(self.vars, self.late, captures)

    def fill(self, text: str, captures: Mapping[str, str]) -> str:
        """A string of this step with its captures filled in. Raises TemplateError."""
        return render(text, self.variables(captures)) if self.template else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run plays. Pickles, and round-trips through JSON (`to_data`)."""

    name: str  # 'vepa', or 'vepa[mode=vepa]' for a matrix
    path: str  # the scenario's file as given
    title: str = ""
    source: str | None = None
    tags: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...]
    requires: Requires = field(default_factory=Requires)
    labels: Mapping[str, Position] = field(default_factory=dict)  # of a cluster's worker; where each is asked for
    vars: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, OutcomeRule] = field(default_factory=dict)
    tokens: Mapping[str, TokenRule] = field(default_factory=dict)
    size: Size = field(default_factory=Size)


def to_data(plan: Plan) -> dict[str, Any]:
    """The plan as JSON has it, less what is as it is by default."""
    data: dict[str, Any] = shapes.plain(plan)
    return data


def from_data(data: Any) -> Plan:
    """The plan of what `to_data` gave. Raises ValueError where it is none."""
    faults: list[shapes.Fault] = []
    plan = shapes.read(Plan, data, faults) if isinstance(data, dict) else None
    if plan is None:
        raise ValueError("no plan: " + "; ".join(str(fault) for fault in faults[:3]))
    return plan

"""What an author wrote, validated: the scenario language as types.

Every scalar of a scenario is read as text and typed here (YAML's own typing would turn the MAC
12:34:56:11:22:33 into a number and `no` into false). The models say what is allowed where; whether
variables, includes and patterns hold together is `plan.py`'s business.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SkipValidation,
    WithJsonSchema,
)

from replayer.problems import Places, Position, Problem

DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*")
SECONDS = {"ms": 0.001, "s": 1.0, None: 1.0, "m": 60.0, "h": 3600.0}
LONGEST = 7 * 24 * 3600.0


def seconds(value: object) -> object:
    """'500ms', '3s', '2m', '1h' or plain seconds -> seconds; raises ValueError for anything else."""
    if not isinstance(value, str):
        return value
    match = DURATION.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no duration; write 500ms, 3s, 2m or a number of seconds")
    return float(match[1]) * SECONDS[match[2]]


def _lasting(value: float) -> float:
    if not 0 < value <= LONGEST:
        raise ValueError("a time must be more than 0 and at most a week")
    return value


def _listed(value: object) -> object:
    """One or many: a lone value stands for a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


# An editor's YAML server types scalars before it validates: `run: true` is a boolean to it, text to us.
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
TIME: dict[str, Any] = {
    "type": ["string", "number"],
    "pattern": f"^{DURATION.pattern}$",
    "exclusiveMinimum": 0,
}
WHOLE: dict[str, Any] = {"type": ["integer", "string"], "pattern": r"^\d+$"}


def _one_or_many(schema: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [schema, {"type": "array", "items": schema}]})


Text = Annotated[str, WithJsonSchema(SCALAR)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), _one_or_many(SCALAR)]
Duration = Annotated[
    float,
    BeforeValidator(seconds),
    AfterValidator(_lasting),
    WithJsonSchema(TIME),
]
TERMINAL = re.compile(r"[^\W\d][\w.-]*")
# Words of the template language, which cannot name a variable in it.
_WORDS = "and or not in is if else elif endif for set true false none True False None raw loop self range"
TEMPLATE_WORDS = frozenset(_WORDS.split())


def variable_name(value: str) -> str:
    if not value.isidentifier():
        raise ValueError(f"{value!r} cannot name a variable; use letters, digits and _, and begin with a letter")
    if value in TEMPLATE_WORDS:
        raise ValueError(f"{value!r} is a word of the template language; use another name")
    return value


def _terminal_name(value: str) -> str:
    # A template is checked when it is filled.
    if "{{" not in value and not TERMINAL.fullmatch(value):
        raise ValueError(f"{value!r} cannot name a terminal; use letters, digits, _ . - and begin with a letter")
    return value


def _exit_status(value: int) -> int:
    if not 0 <= value <= 255:
        raise ValueError("an exit status is a number from 0 to 255")
    return value


VariableName = Annotated[str, AfterValidator(variable_name)]
TerminalName = Annotated[str, AfterValidator(_terminal_name), WithJsonSchema({"type": "string"})]
# Values of variables nest (a loop over mappings is common); leaves are text.
Value = Annotated[Any, WithJsonSchema({})]

Show = Literal["outcome", "output", "command", "none"]
OnFailure = Literal["continue", "stop"]


# Compared by nobody and copied by nobody: it only says where things were written.
WherePlaced = Annotated[Places | None, SkipValidation, WithJsonSchema({})]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Expect(Model):
    """Rules that judge a step; every key given must hold."""

    outcome: Text | None = Field(None, description="the outcome word, e.g. 通 or 不通")
    exit: Annotated[
        tuple[Annotated[int, AfterValidator(_exit_status)], ...] | None,
        BeforeValidator(_listed),
        _one_or_many(WHOLE),
    ] = Field(None, description="the exit status, or several that are all right")
    contains: Texts | None = Field(None, description="text that the output contains")
    lacks: Texts | None = Field(None, description="text that the output does not contain")
    matches: Texts | None = Field(None, description="regular expressions found in the output (multi-line mode)")
    output: Text | None = Field(
        None, description="the whole output, equal up to renaming; a line `...` stands for omitted lines"
    )
    json_: dict[str, Value] | None = Field(
        None,
        alias="json",
        description="JMESPath expression -> value that the output, read as JSON, has there",
    )
    within: Duration | None = Field(None, description="the most time the command may take: 500ms, 3s, 2m")


def _expectations(value: object) -> object:
    """An outcome word, one mapping of rules, or a list of either -> a list of mappings."""
    if value is None:
        return None
    return tuple({"outcome": v} if isinstance(v, str) else v for v in (value if isinstance(value, list) else [value]))


Expectations = Annotated[tuple[Expect, ...] | None, BeforeValidator(_expectations)]


class Answer(Model):
    """One turn of a dialogue: when the pattern `expect` is seen, the line `send` is typed."""

    expect: Text | None = Field(None, description="a regular expression that is waited for first")
    send: Text = Field(description="the line that is typed")


def _dialogue(value: object) -> object:
    """One line, one turn, or a list of either -> a list of turns."""
    if isinstance(value, (str, dict)):
        value = [value]
    if isinstance(value, list):
        return tuple({"send": v} if isinstance(v, str) else v for v in value)
    return value


class Eventually(Model):
    """The command is run again until its expectations hold."""

    timeout: Duration = Field(10.0, description="for how long it is tried")
    every: Duration = Field(0.5, description="the time between two tries")


class StepBase(Model):
    # Not the author's to write: a source sets them.
    at: Position = Field(Position("?"), exclude=True)
    places: WherePlaced = Field(None, exclude=True, repr=False)
    when: Text | None = Field(None, description="a Jinja expression; the step is played only if it is true")
    loop: Value | None = Field(
        None, description="a list, or '{{ name }}' of a list; the step is played for each value, as `item`"
    )
    tags: Texts = Field((), description="words by which a run selects steps")

    def problem(self, path: Sequence[str | int], what: str, mend: str = "") -> Problem:
        """A problem at a part of this step."""
        return self.places.problem(path, what, mend) if self.places else Problem(self.at, what, mend)

    def position(self, *path: str | int) -> Position:
        """Where a part of this step stands."""
        return self.places.position(*path) if self.places else self.at


class Judged(StepBase):
    expect: Expectations = Field(
        None, description="an outcome word, rules, or a list of either; without it, exit status 0 is expected"
    )
    timeout: Duration | None = Field(None, description="the most time this step may take: 500ms, 3s, 2m")
    capture: dict[VariableName, Text] = Field(
        default_factory=dict, description="variable -> regular expression; its first group is the value"
    )
    show: Show | None = Field(None, description="what the transcript prints of this step")
    order: Literal["any", "kept"] | None = Field(
        None,
        description="`any`: the lines of the output have no order (bridge fdb, ip neigh), in an `output` expectation "
        "and against the golden",
    )
    on_failure: OnFailure | None = Field(None, description="what happens after this step if it fails")


class Run(Judged):
    """A command, typed into a terminal's shell."""

    run: Text = Field(description="the command")
    terminal: TerminalName = Field("main", description="the terminal it is typed into; a new name opens one")
    until: Text | None = Field(
        None, description="a regular expression: the step ends when it is seen, the command goes on"
    )
    send: Annotated[tuple[Answer, ...], BeforeValidator(_dialogue)] = Field(
        (), description="a dialogue: lines typed when patterns are seen"
    )
    eventually: Annotated[Eventually | None, BeforeValidator(lambda v: {"timeout": v} if isinstance(v, str) else v)] = (
        Field(None, description="run it again until its expectations hold, for this long")
    )


class Note(StepBase):
    """Prose; stands in the transcript as it is."""

    note: Text = Field(description="the text")


class Include(StepBase):
    """Another scenario's steps, played here."""

    include: Text = Field(description="its file, relative to this one")
    with_: dict[VariableName, Value] = Field(
        default_factory=dict, alias="with", description="variables for it, over its own `vars`"
    )


class Stop(Judged):
    """Ctrl-C to what still runs in a terminal; the expectations judge all that it printed."""

    stop: TerminalName = Field(description="the terminal")


class Wait(Judged):
    """Wait for what still runs in a terminal to end (or to print `until`); or for a time."""

    wait: Text = Field(description="a terminal, or a time: 500ms, 3s, 2m")
    until: Text | None = Field(
        None, description="a regular expression: the step ends when it is seen, the command goes on"
    )


class Send(StepBase):
    """Type a line to what still runs in a terminal."""

    send: Text = Field(description="the line")
    terminal: TerminalName = Field("main", description="the terminal it is typed into")
    timeout: Duration | None = Field(None, description="the most time this step may take: 500ms, 3s, 2m")


Step = Run | Note | Include | Stop | Wait | Send
# The key that says what a step is. `send` last: a `run` step may have a dialogue under that key.
STEP_KINDS: dict[str, type[StepBase]] = {
    "run": Run,
    "note": Note,
    "include": Include,
    "stop": Stop,
    "wait": Wait,
    "send": Send,
}


class Requires(Model):
    """What must be there; a scenario whose needs are missing is skipped with the reason."""

    commands: Texts = Field((), description="commands that must be installed: ip, tcpdump, …")
    links: Texts = Field((), description="link types that the kernel has: bridge, veth, macvlan, …")
    kernel: Text | None = Field(None, description="the lowest version, quoted: '5.10'")


class OutcomeRule(Model):
    """When an output shows a scenario's own outcome word."""

    matches: Text = Field(description="a regular expression found in the output")
    command: Text | None = Field(None, description="a regular expression the command must match too")


class TokenRule(Model):
    """A part of the text that changes from run to run (C4)."""

    matches: Text = Field(description="a regular expression; its first group, or all of it, is the token")
    kind: Literal["identity", "measure"] = Field(
        description="identity: equal things keep equal values in a run; measure: any value will do"
    )


class Size(Model):
    """The size of the terminals, in characters."""

    columns: Annotated[int, Field(ge=20, le=1000), WithJsonSchema(WHOLE)] = Field(120, description="20 to 1000")
    rows: Annotated[int, Field(ge=5, le=500), WithJsonSchema(WHOLE)] = Field(30, description="5 to 500")


class Scenario(Model):
    """One authored file: what to play and what to expect."""

    places: WherePlaced = Field(None, exclude=True, repr=False)
    title: Text = Field("", description="what it shows, in a line")
    source: Text | None = Field(None, description="where the tutorial was published")
    description: Text | None = Field(None, description="what it shows, at length")
    requires: Requires = Field(Requires(), description="what must be there, or the scenario is skipped")
    vars: dict[VariableName, Value] = Field(
        default_factory=dict, description="variables: text, lists or mappings; --var and `with` override them"
    )
    matrix: dict[VariableName, list[Value]] = Field(
        default_factory=dict, description="variable -> values; the scenario is played for each combination"
    )
    tags: Texts = Field((), description="words by which a run selects scenarios")
    outcomes: dict[
        str, Annotated[OutcomeRule, BeforeValidator(lambda v: {"matches": v} if isinstance(v, str) else v)]
    ] = Field(default_factory=dict, description="outcome words of its own: word -> pattern, or rule")
    tokens: dict[str, TokenRule] = Field(
        default_factory=dict, description="what changes from run to run, besides what is known: name -> rule"
    )
    timeout: Duration | None = Field(None, description="the most time one step may take, unless it says")
    size: Size = Field(Size(), description="the size of the terminals")
    on_failure: OnFailure = Field("continue", description="what happens after a failed step")
    setup: tuple[Step, ...] = Field((), description="what the steps rest on: if it fails, they are not played")
    steps: tuple[Step, ...] = Field((), description="what is played, in order")
    teardown: tuple[Step, ...] = Field((), description="what is played at the end, come what may")

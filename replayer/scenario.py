"""What an author wrote, validated: the scenario language as types.

The types say what is allowed where (single values: `scalars.py`); whether variables, includes and patterns hold
together is `plan.py`'s business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from replayer.problems import Places, Position, Problem
from replayer.scalars import (
    SCALAR,
    TIME,
    WHOLE,
    Duration,
    ExitStatus,
    TerminalName,
    Text,
    Texts,
    Value,
    VariableName,
    between,
    listed,
    one_or_many,
)
from replayer.shapes import UNWRITTEN, After, Before, Key, Schema

NOWHERE = Position("?")

Show = Literal["outcome", "output", "command", "none"]
OnFailure = Literal["continue", "stop"]


def _defined(name: str) -> dict[str, Any]:
    """A part of the schema with a name of its own."""
    return {"$ref": f"#/$defs/{name}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """Rules that judge a step; every key given must hold."""

    outcome: Annotated[Text | None, Schema(_defined("OutcomeWord"))] = None
    exit: Annotated[
        tuple[ExitStatus, ...] | None,
        Before(listed),
        one_or_many(WHOLE),
        "the exit status, or several that are all right",
    ] = None
    contains: Annotated[Texts | None, "text that the output contains"] = None
    lacks: Annotated[Texts | None, "text that the output does not contain"] = None
    matches: Annotated[Texts | None, "regular expressions found in the output (multi-line mode)"] = None
    output: Annotated[Text | None, "the whole output, equal up to renaming; a line `...` stands for omitted lines"] = (
        None
    )
    json_: Annotated[
        dict[str, Value] | None, Key("json"), "JMESPath expression -> value that the output, read as JSON, has there"
    ] = None
    within: Annotated[Duration | None, "the most time the command may take: 500ms, 3s, 2m"] = None


def _expectations(value: object) -> object:
    """An outcome word, one mapping of rules, or a list of either -> a list of mappings."""
    if value is None:
        return None
    return tuple({"outcome": v} if isinstance(v, str) else v for v in (value if isinstance(value, list) else [value]))


Expectations = Annotated[
    tuple[Expect, ...] | None, Before(_expectations), one_or_many(_defined("OutcomeWord"), _defined("Expect"))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One turn of a dialogue: when the pattern `expect` is seen, the line `send` is typed."""

    expect: Annotated[Text | None, "a regular expression that is waited for first"] = None
    send: Annotated[Text, "the line that is typed"]


def _dialogue(value: object) -> object:
    """One line, one turn, or a list of either -> a list of turns."""
    if isinstance(value, (str, dict)):
        value = [value]
    if isinstance(value, list):
        return tuple({"send": v} if isinstance(v, str) else v for v in value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Eventually:
    """The command is run again until its expectations hold."""

    timeout: Annotated[Duration, "for how long it is tried"] = 10.0
    every: Annotated[Duration, "the time between two tries"] = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBase:
    # Not the author's to write: a source sets them.
    at: Annotated[Position, UNWRITTEN] = NOWHERE
    # Compared by nobody: it only says where things were written.
    places: Annotated[Places | None, UNWRITTEN] = field(default=None, compare=False, repr=False)
    when: Annotated[Text | None, "a Jinja expression; the step is played only if it is true"] = None
    loop: Annotated[
        Value | None,
        Schema({"anyOf": [{"type": "array"}, {"type": "string", "pattern": r"^\s*\{\{.*\}\}\s*$"}]}),
        "a list, or '{{ name }}' of a list; the step is played for each value, as `item`",
    ] = None
    tags: Annotated[Texts, "words by which a run selects steps"] = ()

    def problem(self, path: Sequence[str | int], what: str, mend: str = "") -> Problem:
        """A problem at a part of this step."""
        return self.places.problem(path, what, mend) if self.places else Problem(self.at, what, mend)

    def position(self, *path: str | int) -> Position:
        """Where a part of this step stands."""
        return self.places.position(*path) if self.places else self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(StepBase):
    expect: Annotated[
        Expectations, "an outcome word, rules, or a list of either; without it, exit status 0 is expected"
    ] = None
    timeout: Annotated[Duration | None, "the most time this step may take: 500ms, 3s, 2m"] = None
    capture: Annotated[dict[VariableName, Text], "variable -> regular expression; its first group is the value"] = (
        field(default_factory=dict)
    )
    show: Annotated[Show | None, "what the transcript prints of this step"] = None
    order: Annotated[
        Literal["any", "kept"] | None,
        "`any`: the lines of the output have no order (bridge fdb, ip neigh), in an `output` expectation and against "
        "the golden",
    ] = None
    on_failure: Annotated[OnFailure | None, "what happens after this step if it fails"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Judged):
    """A command, typed into a terminal's shell."""

    run: Annotated[Text, "the command"]
    terminal: Annotated[TerminalName, "the terminal it is typed into; a new name opens one"] = "main"
    until: Annotated[Text | None, "a regular expression: the step ends when it is seen, the command goes on"] = None
    send: Annotated[
        tuple[Answer, ...],
        Before(_dialogue),
        one_or_many(SCALAR, _defined("Answer")),
        "a dialogue: lines typed when patterns are seen",
    ] = ()
    eventually: Annotated[
        Eventually | None,
        Before(lambda v: {"timeout": v} if isinstance(v, str) else v),
        Schema({"anyOf": [TIME, _defined("Eventually")]}),
        "run it again until its expectations hold, for this long",
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(StepBase):
    """Prose; stands in the transcript as it is."""

    note: Annotated[Text, "the text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Include(StepBase):
    """Another scenario's steps, played here."""

    include: Annotated[Text, "its file, relative to this one"]
    with_: Annotated[dict[VariableName, Value], Key("with"), "variables for it, over its own `vars`"] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Judged):
    """Ctrl-C to what still runs in a terminal; the expectations judge all that it printed."""

    stop: Annotated[TerminalName, "the terminal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Judged):
    """Wait for what still runs in a terminal to end (or to print `until`); or for a time."""

    wait: Annotated[Text, "a terminal, or a time: 500ms, 3s, 2m"]
    until: Annotated[Text | None, "a regular expression: the step ends when it is seen, the command goes on"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(StepBase):
    """Type a line to what still runs in a terminal."""

    send: Annotated[Text, "the line"]
    terminal: Annotated[TerminalName, "the terminal it is typed into"] = "main"
    timeout: Annotated[Duration | None, "the most time this step may take: 500ms, 3s, 2m"] = None


Step = Run | Note | Include | Stop | Wait | Send
Steps = Annotated[tuple[Step, ...], Schema({"type": "array", "items": _defined("Step")})]
# The key that says what a step is. `send` last: a `run` step may have a dialogue under that key.
STEP_KINDS: dict[str, type[StepBase]] = {
    "run": Run,
    "note": Note,
    "include": Include,
    "stop": Stop,
    "wait": Wait,
    "send": Send,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires:
    """What must be there; a scenario whose needs are missing is skipped with the reason."""

    commands: Annotated[Texts, "commands that must be installed: ip, tcpdump, …"] = ()
    links: Annotated[Texts, "link types that the kernel has: bridge, veth, macvlan, …"] = ()
    kernel: Annotated[Text | None, "the lowest version, quoted: '5.10'"] = None
    labels: Annotated[Texts, "words that a cluster's worker must have; without --cluster not looked at"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRule:
    """When an output shows a scenario's own outcome word."""

    matches: Annotated[Text, "a regular expression found in the output"]
    command: Annotated[Text | None, "a regular expression the command must match too"] = None


OutcomeOrPattern = Annotated[
    OutcomeRule,
    Before(lambda v: {"matches": v} if isinstance(v, str) else v),
    Schema({"anyOf": [SCALAR, _defined("OutcomeRule")]}),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRule:
    """A part of the text that changes from run to run (C4)."""

    matches: Annotated[Text, "a regular expression; its first group, or all of it, is the token"]
    kind: Annotated[
        Literal["identity", "measure"], "identity: equal things keep equal values in a run; measure: any value will do"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The size of the terminals, in characters."""

    columns: Annotated[int, After(between("columns", 20, 1000)), Schema(WHOLE), "20 to 1000"] = 120
    rows: Annotated[int, After(between("rows", 5, 500)), Schema(WHOLE), "5 to 500"] = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One authored file: what to play and what to expect."""

    # Compared by nobody: it only says where things were written.
    places: Annotated[Places | None, UNWRITTEN] = field(default=None, compare=False, repr=False)
    title: Annotated[Text, "what it shows, in a line"] = ""
    source: Annotated[Text | None, "where the tutorial was published"] = None
    description: Annotated[Text | None, "what it shows, at length"] = None
    requires: Annotated[Requires, "what must be there, or the scenario is skipped"] = field(default_factory=Requires)
    vars: Annotated[dict[VariableName, Value], "variables: text, lists or mappings; --var and `with` override them"] = (
        field(default_factory=dict)
    )
    matrix: Annotated[
        dict[VariableName, list[Value]], "variable -> values; the scenario is played for each combination"
    ] = field(default_factory=dict)
    tags: Annotated[Texts, "words by which a run selects scenarios"] = ()
    outcomes: Annotated[
        dict[str, OutcomeOrPattern],
        "outcome words of its own: word -> pattern, or rule",
    ] = field(default_factory=dict)
    tokens: Annotated[dict[str, TokenRule], "what changes from run to run, besides what is known: name -> rule"] = (
        field(default_factory=dict)
    )
    timeout: Annotated[Duration | None, "the most time one step may take, unless it says"] = None
    size: Annotated[Size, "the size of the terminals"] = field(default_factory=Size)
    # None: as the scenario that includes this one says, at last `continue`.
    on_failure: Annotated[
        OnFailure | None,
        Schema({"type": "string", "enum": ["continue", "stop"], "default": "continue"}),
        "what happens after a failed step",
    ] = None
    setup: Annotated[Steps, "what the steps rest on: if it fails, they are not played"] = ()
    steps: Annotated[Steps, "what is played, in order"] = ()
    teardown: Annotated[Steps, "what is played at the end, come what may"] = ()

"""The scenario language: YAML text -> Scenario, with every problem of the file at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from replayer import shapes
from replayer.problems import Problem, ScenarioError, suggestion
from replayer.scalars import variable_name
from replayer.scenario import STEP_KINDS, Scenario, StepBase
from replayer.shapes import Fault, Path, Slot, slots
from replayer.sources.tree import Node, TreePlaces, read_tree
from replayer.words import OUTCOME_WORDS

SECTIONS = ("setup", "steps", "teardown")
# Under these keys an author writes values of his own; a value may be empty there.
FREE = frozenset({"vars", "matrix", "with", "json", "loop"})

MOST_PROBLEMS = 1_000

T = TypeVar("T")


def read(text: str, path: str) -> Scenario:
    """The scenario that a YAML text holds. `path` stands in messages. Raises ScenarioError."""
    tree, problems = read_tree(text, path)
    if not isinstance(tree.node.value, dict):
        problems.append(
            tree.problem((), f"a scenario is a mapping, this is {tree.node.kind}", "begin with `title:` and `steps:`")
        )
        raise ScenarioError(problems)
    scenario = _Builder(tree, problems).build()
    if problems:
        raise ScenarioError(sorted(problems, key=lambda p: (p.at.line, p.at.column)))
    assert scenario is not None  # no problem was found
    return scenario


class _Builder:
    """Reads one file; what is wrong is added to `problems`."""

    def __init__(self, tree: TreePlaces, problems: list[Problem]) -> None:
        self.tree = tree
        self.problems = problems

    def build(self) -> Scenario | None:
        root = self.tree.node.value
        assert isinstance(root, dict)
        sections = {key: self.steps(key, node) for key, node in root.items() if key in SECTIONS}
        rest = Node(
            self.tree.node.line,
            self.tree.node.column,
            {k: n for k, n in root.items() if k not in SECTIONS},
            self.tree.node.keys,
        )
        places = TreePlaces(self.tree.file, rest)
        data = self.fields(slots(Scenario), places)
        self.outcomes(places)
        return self.made(Scenario, data, places, places=self.tree, **sections)

    def outcomes(self, places: TreePlaces) -> None:
        assert isinstance(places.node.value, dict)
        own = places.node.value.get("outcomes")
        for word in own.value if own and isinstance(own.value, dict) else ():
            if word.strip() in OUTCOME_WORDS:
                self.problems.append(
                    places.problem(
                        ("outcomes", word),
                        f"the outcome {word!r} has a fixed sense",
                        "use another word",
                        key=True,
                    )
                )

    def steps(self, section: str, node: Node) -> tuple[StepBase, ...]:
        places = TreePlaces(self.tree.file, node)
        if node.value is None:
            self.problems.append(places.problem((), f"{section!r} is empty", "write a step, or remove the key"))
            return ()
        if not isinstance(node.value, list):
            what = f"{section!r} is a list of steps, this is {node.kind}"
            self.problems.append(places.problem((), what, "begin each step with a dash: `- run: …`"))
            return ()
        built: list[StepBase] = []
        for item in node.value:
            step = self.step(TreePlaces(self.tree.file, item))
            if step is not None:
                built.append(step)
            if len(self.problems) > MOST_PROBLEMS:
                break
        return tuple(built)

    def step(self, places: TreePlaces) -> StepBase | None:
        node = places.node
        if not isinstance(node.value, dict):
            if node.value is None:
                what, mend = "an empty step", "write `run: …` after the dash, or remove it"
            else:
                what, mend = f"a step is a mapping, this is {node.kind}", "write `- run: …` or `- note: …`"
            self.problems.append(places.problem((), what, mend))
            return None
        kinds = [k for k in STEP_KINDS if k in node.value]
        if kinds[:1] == ["run"] and "send" in kinds:
            kinds.remove("send")
        if len(kinds) != 1:
            self.problems.append(self.unclear(places, kinds))
            return None
        kind = STEP_KINDS[kinds[0]]
        main = node.value[kinds[0]]
        if main.value is None or (isinstance(main.value, str) and not main.value.strip()):
            self.problems.append(places.problem((kinds[0],), f"{kinds[0]!r} is empty", "write what to " + kinds[0]))
            return None
        data = self.fields(slots(kind), places)
        return self.made(kind, data, places, at=places.position(), places=places)

    def unclear(self, places: TreePlaces, kinds: Sequence[str]) -> Problem:
        if kinds:
            what = f"a step does one thing, this one has {' and '.join(map(repr, kinds))}"
            return places.problem((kinds[1],), what, "make a step of each", key=True)
        assert isinstance(places.node.value, dict)
        for key in places.node.value:
            mend = suggestion(key, STEP_KINDS, "-")
            if mend != "-":
                return places.problem((key,), f"unknown key {key!r}", mend, key=True)
        return places.problem((), "the step does not say what to do", f"give it one of: {', '.join(STEP_KINDS)}")

    def fields(self, known: Mapping[str, Slot], places: TreePlaces) -> dict[str, Any]:
        """The mapping as plain values, without what is empty (reported)."""
        assert isinstance(places.node.value, dict)
        data: dict[str, Any] = {}
        for key, node in places.node.value.items():
            if node.value is None:
                self.problems.append(_empty(places, (key,)))
            elif key in FREE:
                data[key] = _filled(node.plain())
            elif isinstance(node.value, str) or not _is_collection(known.get(key)):
                data[key] = node.plain()  # text, or what validation will say should be
            else:
                self.problems += [_empty(places, (key, *path)) for path in _empties(node)]
                data[key] = _without_empty(node.plain())
        return data

    def made(self, kind: type[T], data: dict[str, Any], tree: TreePlaces, **ready: Any) -> T | None:
        faults: list[Fault] = []
        made = shapes.read(kind, data, faults, **ready)
        # Beyond this many, nobody reads on.
        self.problems += [_problem(fault, tree) for fault in faults[:MOST_PROBLEMS]]
        return made


def _filled(value: Any) -> Any:
    """An empty value of a variable is an empty text: `None` in a command would be nonsense."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return {k: _filled(v) for k, v in value.items()}
    return [_filled(v) for v in value] if isinstance(value, list) else value


def _without_empty(value: Any) -> Any:
    """The value without what `_empties` reported, so that it is not complained of twice."""
    if isinstance(value, dict):
        return {k: v if k == "json" else _without_empty(v) for k, v in value.items() if v is not None or k == "json"}
    return [_without_empty(v) for v in value if v is not None] if isinstance(value, list) else value


def _empties(node: Node) -> Iterator[Path]:
    """The paths of the empty values below a node, except where an author's own values stand."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if child.value is None:
                yield (key,)
            elif key not in FREE:
                yield from ((key, *path) for path in _empties(child))
    elif isinstance(node.value, list):
        for i, child in enumerate(node.value):
            if child.value is None:
                yield (i,)
            else:
                yield from ((i, *path) for path in _empties(child))


def _empty(places: TreePlaces, path: Path) -> Problem:
    key = next((p for p in reversed(path) if isinstance(p, str)), "?")
    return places.problem(
        path, f"{key!r} has no value", "write one (quoted, if it is the word null), or remove the key"
    )


def _is_collection(slot: Slot | None) -> bool:
    """Whether anything but text can stand there."""
    return slot is None or any(t is not str and t is not type(None) for t in shapes.plain_types(slot.annotation))


def _written(path: Sequence[str | int], node: Node) -> Node:
    """The node that a path leads to; parts that were not written are passed over."""
    for part in path:
        if isinstance(node.value, dict) and part in node.value:
            node = node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node


def _problem(fault: Fault, places: TreePlaces) -> Problem:
    """A fault in an author's words."""
    path = fault.path
    node = _written(path, places.node)
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), "this")
    match fault.kind:
        case "unknown":
            mend = suggestion(str(path[-1]), fault.known)
            return places.problem(path, f"unknown key {path[-1]!r}", mend, key=True)
        case "missing":
            return places.problem(path[:-1], f"{name!r} is missing here", f"write `{name}: …`")
        case "choice":
            mend = suggestion(str(fault.value), fault.known)
            return places.problem(path, f"unknown value {fault.value!r} of {name!r}", mend)
        case "text" if path and isinstance(path[-1], int) and isinstance(node.value, dict):
            return places.problem(path, f"{name!r} is text or a list of texts, this is {node.kind}", "write [a, b]")
        case "text":
            mend = "quote it if it begins with {, [ or *"
            return places.problem(path, f"{name!r} is text, this is {node.kind}", mend)
        case "whole":
            return places.problem(path, f"{name!r} is a whole number, this is {_shown(node)}", "write digits only")
        case "number":
            return places.problem(path, f"{name!r} is a time, this is {_shown(node)}", "write 500ms, 3s or 2m")
        case "list":
            mend = "write [a, b], or a line `- …` for each"
            return places.problem(path, f"{name!r} is a list, this is {node.kind}", mend)
        case "mapping":
            keys = f"its keys are: {', '.join(fault.known)}" if fault.known else f"write `{name}: {{key: value}}`"
            return places.problem(path, f"{name!r} is a mapping, this is {node.kind}", keys)
    what, _, mend = fault.what.partition("; ")
    return places.problem(path, what, mend, key=fault.key)


def _shown(node: Node) -> str:
    return repr(node.value[:40]) if isinstance(node.value, str) else node.kind


def read_variables(text: str, path: str) -> dict[str, Any]:
    """A YAML mapping of variables -> their values. Raises ScenarioError."""
    tree, problems = read_tree(text, path)
    if isinstance(tree.node.value, dict):
        for name in tree.node.value:
            try:
                variable_name(name)
            except ValueError as error:
                what, _, mend = str(error).partition("; ")
                problems.append(tree.problem((name,), what, mend, key=True))
    else:
        problems.append(tree.problem((), f"variables are a mapping, this is {tree.node.kind}", "write `name: value`"))
    if problems:
        raise ScenarioError(problems)
    values: dict[str, Any] = _filled(tree.node.plain())
    return values

"""The scenario language: YAML text -> Scenario, with every problem of the file at once."""

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from replayer.problems import Problem, ScenarioError, suggestion
from replayer.scenario import STEP_KINDS, Scenario, StepBase, variable_name
from replayer.sources.tree import Node, TreePlaces, read_tree

SECTIONS = ("setup", "steps", "teardown")
# Words whose sense is fixed (C1): a scenario cannot give them another.
RESERVED_OUTCOMES = frozenset({"通", "不通", "reachable", "unreachable"})
# Under these keys an author writes values of his own; a value may be empty there.
FREE = frozenset({"vars", "matrix", "with", "json", "loop"})

MOST_PROBLEMS = 1_000

Path = tuple[str | int, ...]


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
        data: dict[str, Any] = {}
        for key, node in root.items():
            if key in SECTIONS:
                data[key] = self.steps(key, node)
        rest = Node(
            self.tree.node.line,
            self.tree.node.column,
            {k: n for k, n in root.items() if k not in SECTIONS},
            self.tree.node.keys,
        )
        places = TreePlaces(self.tree.file, rest)
        data |= self.fields(Scenario, places)
        self.outcomes(places)
        scenario = self.validate(Scenario, {**data, "places": self.tree}, places)
        return scenario if isinstance(scenario, Scenario) else None

    def outcomes(self, places: TreePlaces) -> None:
        assert isinstance(places.node.value, dict)
        own = places.node.value.get("outcomes")
        for word in own.value if own and isinstance(own.value, dict) else ():
            if word.strip() in RESERVED_OUTCOMES:
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
        model = STEP_KINDS[kinds[0]]
        main = node.value[kinds[0]]
        if main.value is None or (isinstance(main.value, str) and not main.value.strip()):
            self.problems.append(places.problem((kinds[0],), f"{kinds[0]!r} is empty", "write what to " + kinds[0]))
            return None
        data = self.fields(model, places)
        step = self.validate(model, {**data, "at": places.position(), "places": places}, places)
        return step if isinstance(step, StepBase) else None

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

    def fields(self, model: type[BaseModel], places: TreePlaces) -> dict[str, Any]:
        """The mapping as plain values, without what is empty or not the author's to set (reported)."""
        assert isinstance(places.node.value, dict)
        data: dict[str, Any] = {}
        for key, node in places.node.value.items():
            if key in model.model_fields and key not in _keys(model):
                self.problems.append(_unknown_key(model, places, (key,)))
            elif node.value is None:
                self.problems.append(_empty(places, (key,)))
            elif key in FREE:
                data[key] = _filled(node.plain())
            elif isinstance(node.value, str) or not _is_collection(model, key):
                data[key] = node.plain()  # text, or what validation will say should be
            else:
                self.problems += [_empty(places, (key, *path)) for path in _empties(node)]
                data[key] = _without_empty(node.plain())
        return data

    def validate(self, model: type[BaseModel], data: dict[str, Any], places: TreePlaces) -> BaseModel | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            # Beyond this many, nobody reads on.
            for details in error.errors(include_url=False)[:MOST_PROBLEMS]:
                self.problems.append(_problem(model, details, places))
            return None


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


def _unknown_key(model: type[BaseModel] | None, places: TreePlaces, path: Path) -> Problem:
    known = _keys(model) if model else []
    return places.problem(path, f"unknown key {path[-1]!r}", suggestion(str(path[-1]), known), key=True)


def _keys(model: type[BaseModel]) -> list[str]:
    return [f.alias or name for name, f in model.model_fields.items() if not f.exclude]


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of the mapping that a path of keys and indices leads to."""
    for part in path:
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == part), None)
        if field is not None:
            inner = _inner_model(field.annotation)
            if inner is None:
                return None
            model = inner
    return model


def _is_collection(model: type[BaseModel], key: str) -> bool:
    """Whether anything but text can stand under a key."""
    field = next((f for name, f in model.model_fields.items() if (f.alias or name) == key), None)
    return field is None or any(t is not str and t is not type(None) for t in _plain_types(field.annotation))


def _plain_types(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _plain_types(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for a in get_args(annotation):
            yield from _plain_types(a)
    else:
        yield annotation


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) is Literal:
        return None
    found = [m for m in map(_inner_model, get_args(annotation)) if m is not None]
    return found[0] if found else None


def _written(path: Sequence[str | int], node: Node) -> Node:
    """The node that a path leads to; parts that were not written are passed over."""
    for part in path:
        if isinstance(node.value, dict) and part in node.value:
            node = node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node


def _problem(model: type[BaseModel], details: ErrorDetails, places: TreePlaces) -> Problem:
    """pydantic's complaint in an author's words."""
    path: Path = tuple(p for p in details["loc"] if p != "[key]")
    node = _written(path, places.node)
    kind, context = details["type"], details.get("ctx", {})
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), "this")
    if kind == "extra_forbidden":
        return _unknown_key(_model_at(model, path[:-1]), places, path)
    if kind == "missing":
        return places.problem(path[:-1], f"{name!r} is missing here", f"write `{name}: …`")
    if kind == "literal_error":
        known = [str(v) for v in _literals(model, path)]
        return places.problem(
            path, f"unknown value {details['input']!r} of {name!r}", suggestion(str(details["input"]), known)
        )
    if kind == "value_error":
        what, _, mend = str(context.get("error", details["msg"])).partition("; ")
        return places.problem(path, what, mend, key=details["loc"][-1:] == ("[key]",))
    if kind in ("string_type", "string_sub_type"):
        if path and isinstance(path[-1], int) and isinstance(node.value, dict):
            return places.problem(path, f"{name!r} is text or a list of texts, this is {node.kind}", "write [a, b]")
        return places.problem(path, f"{name!r} is text, this is {node.kind}", "quote it if it begins with {, [ or *")
    if kind.startswith("int_"):
        return places.problem(path, f"{name!r} is a whole number, this is {_shown(node)}", "write digits only")
    if kind.startswith("float_"):
        return places.problem(path, f"{name!r} is a time, this is {_shown(node)}", "write 500ms, 3s or 2m")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        return places.problem(path, f"{name!r} is at {'least' if 'ge' in context else 'most'} {bound}")
    if kind in ("tuple_type", "list_type"):
        return places.problem(
            path, f"{name!r} is a list, this is {node.kind}", "write [a, b], or a line `- …` for each"
        )
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        inner = _model_at(model, path)
        keys = (
            f"its keys are: {', '.join(_keys(inner))}"
            if inner and inner is not model
            else f"write `{name}: {{key: value}}`"
        )
        return places.problem(path, f"{name!r} is a mapping, this is {node.kind}", keys)
    return places.problem(path, f"{name!r}: {details['msg']}")


def _shown(node: Node) -> str:
    return repr(node.value[:40]) if isinstance(node.value, str) else node.kind


def _literals(model: type[BaseModel], path: Path) -> Iterator[object]:
    owner = _model_at(model, path[:-1])
    if owner is not None and path and path[-1] in owner.model_fields:
        yield from _options(owner.model_fields[str(path[-1])].annotation)


def _options(annotation: Any) -> Iterator[object]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in (Union, types.UnionType):
        for a in get_args(annotation):
            yield from _options(a)


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

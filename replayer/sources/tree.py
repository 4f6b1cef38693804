"""YAML text -> a tree of texts in which every value knows its line and column.

The parser's events are read with an explicit stack, so that no nesting overflows; every scalar stays
text (YAML's own typing turns the MAC 12:34:56:11:22:33 into a number). Aliases share nodes, and are
counted as if written out, so that a few lines cannot stand for a billion values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

import yaml

from replayer.problems import Position, Problem, ScenarioError
from replayer.sources.syntax import explain

# libyaml parses four times as fast; both give the same events.
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEPTH = 100
VALUES = 300_000
# What libyaml takes for a line's end.
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What YAML does not allow in a text at all (YAML 1.1, 5.1); what it allows would take ten times as long to compile.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# A quote that is opened and not closed again; an apostrophe within a word opens none.
CUT = re.compile(r"""(?:^|[\s=(])(["'])(?:(?!\1).)*$""")
COMMENT = re.compile(r"[ \t]+#")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Value = Union[None, str, "list[Node]", "dict[str, Node]"]


@dataclass(slots=True)
class Node:
    """A value and where it stands (line and column from 0); size and depth as if aliases were written out."""

    line: int
    column: int
    value: Value
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    size: int = 1
    depth: int = 0

    def plain(self) -> Any:
        """The value as Python's own lists, dicts and strings."""
        if isinstance(self.value, list):
            return [n.plain() for n in self.value]
        if isinstance(self.value, dict):
            return {k: n.plain() for k, n in self.value.items()}
        return self.value

    @property
    def kind(self) -> str:
        """What it is, in an author's words."""
        if isinstance(self.value, list):
            return "a list"
        if isinstance(self.value, dict):
            return "a mapping"
        return "nothing" if self.value is None else "text"


@dataclass(frozen=True, slots=True)
class File:
    """A file's name and lines, for messages."""

    name: str
    lines: Sequence[str]

    def problem(self, line: int, column: int, what: str, mend: str = "") -> Problem:
        """A problem at a line and column from 0."""
        shown = self.lines[line] if line < len(self.lines) else ""
        return Problem(Position(self.name, line + 1, column + 1), what, mend, shown)


@dataclass(frozen=True, slots=True)
class TreePlaces:
    """`problems.Places` of a node and all below it."""

    file: File
    node: Node

    def _find(self, path: Sequence[str | int], key: bool) -> tuple[int, int]:
        """Parts of the path that were not written (a lone value stands for a list of one) are passed over."""
        node, at = self.node, (self.node.line, self.node.column)
        for part in path:
            if isinstance(node.value, dict) and part in node.value:
                at = node.keys[str(part)]
                node = node.value[str(part)]
            elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                at = (node.line, node.column)
        return at if key else (node.line, node.column)

    def position(self, *path: str | int) -> Position:
        line, column = self._find(path, key=False)
        return Position(self.file.name, line + 1, column + 1)

    def problem(self, path: Sequence[str | int], what: str, mend: str = "", *, key: bool = False) -> Problem:
        return self.file.problem(*self._find(path, key), what, mend)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been seen; in a mapping, `key` waits for its value."""

    node: Node
    anchor: str | None
    key: tuple[str, int, int] | None = None


class _Reader:
    def __init__(self, file: File) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.anchors: dict[str, Node | None] = {}  # None: still open, so an alias to it would be recursive
        self.open: list[_Open] = []
        self.roots: list[Node] = []
        self.values = 0

    def fatal(self, line: int, column: int, what: str, mend: str = "") -> ScenarioError:
        return ScenarioError([*self.problems, self.file.problem(line, column, what, mend)])

    def read(self, text: str) -> Node | None:
        for event in _events(text, self):
            mark = event.start_mark
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event, mark.line, mark.column)
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event.anchor or "", mark.line, mark.column)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.begin(event, mark.line, mark.column)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.end()
            elif isinstance(event, yaml.DocumentStartEvent) and self.roots:
                raise self.fatal(
                    mark.line,
                    mark.column,
                    "a second document begins here",
                    "a file holds one scenario: remove the `---`, or make two files",
                )
        return self.roots[0] if self.roots else None

    def scalar(self, event: Any, line: int, column: int) -> None:
        self.tag(event.tag, line, column)
        value: str | None = event.value
        # A plain scalar's style is '' to the C parser and None to Python's.
        if not event.style and event.implicit[0] and value in NULLS:
            value = None
        if not event.style and isinstance(value, str):
            self.comment(value, event.end_mark.line, event.end_mark.column)
        node = Node(line, column, value)
        if self.open and isinstance(self.open[-1].node.value, dict) and self.open[-1].key is None:
            if event.anchor:
                self.anchors[event.anchor] = node
            self.key(event.value, line, column)
            return
        if event.anchor:
            self.anchors[event.anchor] = node
        self.put(node)

    def comment(self, text: str, line: int, column: int) -> None:
        """Report a comment that cuts an unquoted text within its quotes: `echo "a # b"` would lose ` # b"`."""
        shown = self.file.lines[line] if line < len(self.file.lines) else ""
        if COMMENT.match(shown, column) is None:
            return
        rest = shown[column:]
        opened = CUT.search(text[-1000:])  # the search is quadratic
        if opened is not None and opened[1] in rest:
            column += len(rest) - len(rest.lstrip())
            self.problems.append(
                self.file.problem(
                    line, column, "` #` begins a comment within an unquoted text", "quote the whole value"
                )
            )

    def key(self, key: str, line: int, column: int) -> None:
        top = self.open[-1]
        first = top.node.keys.get(key)
        if first is not None:
            self.problems.append(
                self.file.problem(
                    line,
                    column,
                    f"the key {key!r} is given twice (first in line {first[0] + 1})",
                    "remove one",
                )
            )
        elif key == "<<":
            self.problems.append(
                self.file.problem(
                    line,
                    column,
                    "merge keys (`<<`) are not supported",
                    "share steps with `include`, values with `vars`",
                )
            )
        top.key = (key, line, column)

    def alias(self, name: str, line: int, column: int) -> None:
        if name not in self.anchors:
            raise self.fatal(
                line,
                column,
                f"nothing is called &{name}",
                f"if the text shall begin with *, quote it: '*{name} …'",
            )
        node = self.anchors[name]
        if node is None:
            raise self.fatal(line, column, f"*{name} stands inside what it stands for", "write the values out")
        if self.open and isinstance(self.open[-1].node.value, dict) and self.open[-1].key is None:
            if not isinstance(node.value, str):
                raise self.fatal(line, column, f"the key *{name} is {node.kind}, not text", "write the key out")
            self.key(node.value, line, column)
            return
        # The place of use is where a message must point.
        self.put(Node(line, column, node.value, node.keys, node.size, node.depth))

    def tag(self, tag: str | None, line: int, column: int) -> None:
        if tag is not None:
            shown = "!" + tag.rpartition(":")[2] if tag.startswith("tag:yaml.org") else tag
            self.problems.append(
                self.file.problem(
                    line,
                    column,
                    f"the YAML tag {shown!r} is not supported",
                    "if the text begins with !, quote it",
                )
            )

    def begin(self, event: Any, line: int, column: int) -> None:
        self.tag(None if event.tag in (None, "!") else event.tag, line, column)
        if self.open and isinstance(self.open[-1].node.value, dict) and self.open[-1].key is None:
            raise self.unfit_key(line, column)
        if len(self.open) >= DEPTH:
            raise self.fatal(line, column, f"more than {DEPTH} levels of nesting", "a scenario needs fewer")
        node = Node(line, column, {} if isinstance(event, yaml.MappingStartEvent) else [])
        if event.anchor:
            self.anchors[event.anchor] = None
        self.open.append(_Open(node, event.anchor))

    def unfit_key(self, line: int, column: int) -> ScenarioError:
        shown = self.file.lines[line] if line < len(self.file.lines) else ""
        if shown[max(0, column - 1) : column + 1] == "{{":
            return self.fatal(
                line,
                column - 1,
                "a value that begins with {{ is a mapping to YAML",
                f"quote the whole value: '{_sample(shown[column - 1 :])}'",
            )
        return self.fatal(line, column, "a key must be text", "quote it if it begins with [ or {")

    def end(self) -> None:
        done = self.open.pop()
        if done.anchor:
            self.anchors[done.anchor] = done.node
        self.put(done.node)

    def put(self, node: Node) -> None:
        # Written out, aliases may nest deeper and hold more than the file itself does.
        self.values += 1
        if not self.open:
            self.roots.append(node)
            return
        top = self.open[-1]
        parent = top.node
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if self.values > VALUES or parent.size > VALUES:
            raise self.fatal(node.line, node.column, f"more than {VALUES:,} values (aliases written out)", "split it")
        if len(self.open) + node.depth > DEPTH:
            raise self.fatal(node.line, node.column, f"more than {DEPTH} levels of nesting", "a scenario needs fewer")
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict) and top.key is not None:
            key, line, column = top.key
            top.key = None
            if key not in parent.value:
                parent.value[key] = node
                parent.keys[key] = (line, column)


def _sample(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else text[:39] + "…"


def _events(text: str, reader: _Reader) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line, column, what, mend = explain(error, reader.file.lines)
        raise reader.fatal(line, column, what, mend) from None
    except (yaml.YAMLError, ValueError) as error:
        raise reader.fatal(0, 0, f"this cannot be read as YAML: {error}") from None


def read_tree(text: str, path: str) -> tuple[TreePlaces, list[Problem]]:
    """A YAML text -> its tree, and the problems that do not hinder reading on (keys given twice, tags).

    Raises ScenarioError for what does: bad syntax, no value at all, several documents, too deep, too much.
    """
    file = File(path, LINE_END.split(text))
    bad = FORBIDDEN.search(text)
    if bad is not None:
        before = LINE_END.split(text[: bad.start()])
        what = f"the character U+{ord(bad[0]):04X} cannot stand in a YAML file"
        mend = f'write it as an escape in double quotes: "\\x{ord(bad[0]):02x}"' if ord(bad[0]) < 256 else "remove it"
        raise ScenarioError([file.problem(len(before) - 1, len(before[-1]), what, mend)])
    reader = _Reader(file)
    root = reader.read(text)
    if root is None or root.value is None:
        problem = Problem(Position(path, 0, 0), "the file is empty", "write a title and steps")
        raise ScenarioError([*reader.problems, problem])
    return TreePlaces(file, root), reader.problems

"""Which lines of two texts without an order may belong together: canonical forms, then a consistent assignment.

Lines of one place (a block, and the line's shape) are told apart by the identities that they bear, and identities
by the lines that they stand in. Each identity has a colour; it is made finer by the places, and by the colours
beside it there, until nothing more is told apart (colour refinement, the one-dimensional Weisfeiler-Leman
algorithm). Where several are alike still, the first of one text is taken for the first of the other, and what
follows from that is refined again. A choice is never taken back: that is polynomial, and right unless identities
look alike to the refinement that are not (the pairs of one ring of six, and those of two rings of three).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from replayer.tokens.classes import Identity
from replayer.tokens.scanning import Line, whose

Place = tuple[int, str]  # (block, shape)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A line: where it stands, as far as that counts, and whose values it bears, in order."""

    place: Place
    identities: tuple[Identity, ...]


def occurrence(block: int, line: Line) -> Occurrence:
    """The occurrence of a line in a block that is known by its number."""
    return Occurrence((block, line.shape), tuple(whose(token) for token in line.identities))


# What a line of one text and a line of the other have in common if they belong together.
Key = tuple[Place, tuple[int, ...]]


def keys(
    golden: Sequence[Occurrence], actual: Sequence[Occurrence], known: Mapping[Identity, Identity]
) -> tuple[list[Key], list[Key]]:
    """A key for each golden and each actual line. `known`: golden identities whose actual ones are settled."""
    return _Refinement(golden, actual, known).keys()


@dataclass(slots=True)
class _Node:
    """An identity of one of the texts."""

    side: int  # 0: the golden's
    colour: int = 0
    lines: list[tuple[int, int]] = field(default_factory=list)  # (line, which of its identities)


class _Refinement:
    def __init__(
        self, golden: Sequence[Occurrence], actual: Sequence[Occurrence], known: Mapping[Identity, Identity]
    ) -> None:
        self._sides = golden, actual
        self._nodes: tuple[dict[Identity, _Node], dict[Identity, _Node]] = ({}, {})
        self._lines: list[tuple[int, tuple[_Node, ...]]] = []
        # The nodes of each colour: the golden's, the actual text's. Ids keep them in order and found at once.
        self._members: list[tuple[dict[int, _Node], dict[int, _Node]]] = []
        self._places: dict[Place, int] = {}
        for side, side_lines in enumerate(self._sides):
            named = known.values() if side else known
            for identity in (*(i for line in side_lines for i in line.identities), *named):
                self._nodes[side].setdefault(identity, _Node(side))
            for line in (*side_lines, *_tails(self._nodes[side])):
                self._add(line, self._nodes[side])
        self._colour(known)
        self._refine(node for nodes in self._nodes for node in nodes.values())

    def keys(self) -> tuple[list[Key], list[Key]]:
        for node in self._nodes[0].values():
            if not self._open(node):
                continue
            partner = next(iter(self._members[node.colour][1].values()))
            self._paint([node, partner])
            self._refine(self._beside([node, partner]))
        return self._keys(0), self._keys(1)

    def _keys(self, side: int) -> list[Key]:
        nodes = self._nodes[side]
        return [(line.place, tuple(nodes[i].colour for i in line.identities)) for line in self._sides[side]]

    def _add(self, line: Occurrence, nodes: Mapping[Identity, _Node]) -> None:
        members = tuple(nodes[identity] for identity in line.identities)
        for slot, node in enumerate(members):
            node.lines.append((len(self._lines), slot))
        self._lines.append((self._places.setdefault(line.place, len(self._places)), members))

    def _colour(self, known: Mapping[Identity, Identity]) -> None:
        """At first, all of one space are alike, but for what is known."""
        spaces: dict[str, list[_Node]] = {}
        settled = set(known), set(known.values())
        for side, nodes in enumerate(self._nodes):
            for identity, node in nodes.items():
                if identity not in settled[side]:
                    spaces.setdefault(identity[0], []).append(node)
        self._members.append(({}, {}))
        for alike in (*spaces.values(), *([self._nodes[0][g], self._nodes[1][a]] for g, a in known.items())):
            self._paint(alike)

    def _paint(self, alike: Iterable[_Node]) -> None:
        """A new colour for them."""
        members: tuple[dict[int, _Node], dict[int, _Node]] = ({}, {})
        for node in alike:
            self._members[node.colour][node.side].pop(id(node), None)
            node.colour = len(self._members)
            members[node.side][id(node)] = node
        self._members.append(members)

    def _open(self, node: _Node) -> bool:
        """Whether there is something to tell apart: several of its colour, and of both texts."""
        ours, theirs = self._members[node.colour]
        return bool(ours) and bool(theirs) and len(ours) + len(theirs) > 2

    def _refine(self, nodes: Iterable[_Node]) -> None:
        """Those among `nodes` whose lines differ get different colours; then those beside them, and so on."""
        while nodes := [node for node in nodes if self._open(node)]:
            groups: dict[int, dict[Hashable, list[_Node]]] = {}
            for node in nodes:
                groups.setdefault(node.colour, {}).setdefault(self._signature(node), []).append(node)
            changed = []
            for colour, alike in groups.items():
                parts = sorted(alike.values(), key=len)
                if sum(map(len, parts)) == sum(map(len, self._members[colour])):
                    parts.pop()  # the most of them keep the colour: those beside them need no other look
                for part in parts:
                    self._paint(part)
                    changed += part
            nodes = self._beside(changed)

    def _signature(self, node: _Node) -> Hashable:
        lines = ((*self._lines[line], slot) for line, slot in node.lines)
        return tuple(sorted((place, slot, tuple(n.colour for n in members)) for place, members, slot in lines))

    def _beside(self, nodes: Iterable[_Node]) -> list[_Node]:
        found = {id(n): n for node in nodes for line, _ in node.lines for n in self._lines[line][1] if n is not node}
        return list(found.values())


def _tails(identities: Iterable[Identity]) -> list[Occurrence]:
    """A solicited-node group shows the last three octets of its MAC."""
    groups = {key for space, key in identities if space == "mac tail"}
    macs = [key for space, key in identities if space == "MAC" and key[9:] in groups]
    return [Occurrence((-1, "its solicited-node group"), (("MAC", mac), ("mac tail", mac[9:]))) for mac in macs]

"""The ways that lines may take: strips between columns (walks) joined by gaps between boxes and namespaces.

A line leaves a box at its left or right side into the walk there, runs up or down in it, crosses a column through a
gap, and so on: by construction it goes through no box, and through no namespace but those of its ends.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from replayer.picture.columns import Columns
from replayer.picture.rows import TITLE, Gap, Rows

Side = Literal["left", "right"]
Walk = tuple[str, int, int]  # ("G", column, 0): before that column of namespaces; ("L", space, column): of its boxes
_TURN = 26.0  # what a bend costs, in pixels of way
_CROSS = 150.0  # about a column's width


@dataclass(frozen=True, slots=True)
class Port:
    """Where a line meets a box. An overlay may begin at a namespace: then `box` is -1 less its number."""

    box: int
    side: Side


Rail = Port | Gap  # what a line's horizontal pieces run in


@dataclass(frozen=True, slots=True)
class Way:
    """`rails[n]` and `rails[n + 1]` meet in `walks[n]`."""

    rails: tuple[Rail, ...]
    walks: tuple[Walk, ...]

    @property
    def ends(self) -> tuple[Port, Port]:
        first, last = self.rails[0], self.rails[-1]
        assert isinstance(first, Port)
        assert isinstance(last, Port)
        return first, last


class Map:
    """All walks and gaps of a picture. `room`: between which two heights each gap lies."""

    def __init__(self, columns: Columns, rows: Rows, heights: Mapping[int, float]) -> None:
        self.columns = columns
        self._column = {space: n for n, spaces in enumerate(columns.spaces) for space in spaces}
        self._place = {
            box: (space, n)
            for space, stacks in columns.boxes.items()
            for n, stack in enumerate(stacks)
            for box in stack
        }
        self._middle = dict(rows.middle) | {-1 - space: top + TITLE / 2 for space, top in rows.top.items()}
        self.room: dict[Gap, tuple[float, float]] = {}
        highest, lowest = min(rows.top.values(), default=0.0), max(rows.bottom.values(), default=0.0)
        for number, spaces in enumerate(columns.spaces):
            edges = [highest - 60.0, *(e for s in spaces for e in (rows.top[s], rows.bottom[s])), lowest + 60.0]
            for gap in range(len(spaces) + 1):
                self.room["H", number, 0, gap] = (edges[2 * gap], edges[2 * gap + 1])
        for space, stacks in columns.boxes.items():
            for number, stack in enumerate(stacks):
                sides = [(rows.middle[b] - heights[b] / 2, rows.middle[b] + heights[b] / 2) for b in stack]
                edges = [rows.top[space] + TITLE, *(e for s in sides for e in s), rows.bottom[space]]
                for gap in range(len(stack) + 1):
                    self.room["h", space, number, gap] = (edges[2 * gap], edges[2 * gap + 1])
        # From each walk, through which gaps to which others: those between namespaces, and those within each one.
        self._streets: dict[Walk, list[tuple[Gap, Walk]]] = defaultdict(list)
        self._doors: dict[tuple[int, bool], dict[Walk, list[tuple[Gap, Walk]]]] = {
            (space, inside): defaultdict(list) for space in columns.boxes for inside in (False, True)
        }
        for door in self.room:
            for inside in (False, True) if door[0] == "h" else (False,):
                near = self._doors[door[1], inside] if door[0] == "h" else self._streets
                one, other = self._ends(door, inside)
                near[one].append((door, other))
                near[other].append((door, one))

    def home(self, box: int) -> int:
        """The number of the namespace that a port's box stands in."""
        return self._place[box][0] if box >= 0 else -1 - box

    def level(self, gap: Gap) -> float:
        """The height in a gap's middle."""
        low, high = self.room[gap]
        return (low + high) / 2

    def is_left(self, rail: Rail, walk: Walk) -> bool:
        """Whether a rail lies to the left of a walk that it meets."""
        if isinstance(rail, Port):
            return rail.side == "right"
        kind, number, column, _ = rail
        if walk[0] == "L":
            return column < walk[2]
        return (number if kind == "H" else self._column[number]) < walk[1]

    def walk(self, port: Port, inside: bool) -> Walk:
        """The walk before a box's side; `inside`: for a line that stays in its namespace."""
        if port.box < 0:
            return ("G", self._column[-1 - port.box] + (port.side == "right"), 0)
        space, column = self._place[port.box]
        return self._beside(space, column + (port.side == "right"), inside)

    def _beside(self, space: int, column: int, inside: bool) -> Walk:
        if not inside and column == 0:
            return ("G", self._column[space], 0)
        if not inside and column == len(self.columns.boxes[space]):
            return ("G", self._column[space] + 1, 0)
        return ("L", space, column)

    def _ends(self, gap: Gap, inside: bool) -> tuple[Walk, Walk]:
        kind, number, column, _ = gap
        if kind == "H":
            return ("G", number, 0), ("G", number + 1, 0)
        return self._beside(number, column, inside), self._beside(number, column + 1, inside)

    def bottom(self, box: int) -> Gap:
        """The gap below all namespaces of a box's column."""
        column = self._column[self.home(box)]
        return ("H", column, 0, len(self.columns.spaces[column]))

    def find(
        self, start: Sequence[Port], goal: Sequence[Rail], used: Collection[Rail] = (), inside: bool | None = None
    ) -> Way:
        """The shortest way with few bends; `used`: rails that a line of the same net takes already cost less.
        `inside`: whether it stays in its namespace (None: where both ends are in one)."""
        ports = [rail for rail in goal if isinstance(rail, Port)]
        spaces = {self.home(port.box) for port in (*start, *ports)}
        inside = len(spaces) == 1 if inside is None else inside
        doors = [self._doors[space, inside] for space in sorted(spaces)] + ([] if inside else [self._streets])
        goals: dict[Walk, list[Port]] = defaultdict(list)
        for port in ports:
            goals[self.walk(port, inside)].append(port)
        # At least so far it still is: the search looks into what is near the goal first (A*).
        level = self._middle[ports[0].box] if ports else None
        # cost with what is left at least, cost, number (for a stable order), height, walk, rails and walks so far
        queue: list[tuple[float, float, int, float, Walk, tuple[Rail, ...], tuple[Walk, ...]]] = []
        count = 0

        def reach(cost: float, y: float, walk: Walk, rails: tuple[Rail, ...], walks: tuple[Walk, ...]) -> None:
            nonlocal count
            count += 1
            left = 0.0 if level is None else abs(level - y)
            heapq.heappush(queue, (cost + left, cost, count, y, walk, rails, walks))

        for port in start:
            walk = self.walk(port, inside)
            reach(0.0 if not used or port in used else _TURN, self._middle[port.box], walk, (port,), (walk,))
        done: set[tuple[Rail, Walk]] = set()
        while queue:
            _, cost, _, y, walk, rails, walks = heapq.heappop(queue)
            if rails[-1] in goal and len(rails) > 1:
                return Way(rails, walks)
            if (rails[-1], walk) in done:
                continue
            done.add((rails[-1], walk))
            for port in goals[walk]:
                if port != rails[0]:
                    far = abs(self._middle[port.box] - y)
                    reach(cost + far + (far > 1) * 2 * _TURN, self._middle[port.box], walk, (*rails, port), walks)
            for gap, other in (way for some in doors for way in some.get(walk, ())):
                if (gap, other) in done or gap in rails:
                    continue
                low, high = self.room[gap]
                to = min(max(y, low + 8), high - 8) if high - low > 16 else (low + high) / 2
                far = abs(to - y)
                more = (far > 1) * 2 * _TURN + _CROSS
                if gap in used:
                    more *= 0.3
                elif gap[0] == "h" and gap[3] == 0:
                    more += 2 * _TURN  # under a namespace's title there is little room
                reach(cost + far + more, to, other, (*rails, gap), (*walks, other))
        raise AssertionError("every box can be reached from every other")


def sides(box: int) -> Iterator[Port]:
    """Where a line may meet a box."""
    yield Port(box, "left")
    yield Port(box, "right")

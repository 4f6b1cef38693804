"""How high everything stands: the order within each column, and the distances, so that lines are straight where
they can be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from replayer.picture.columns import Columns
from replayer.picture.settle import settle
from replayer.picture.union import Union

TITLE = 36.0  # of a namespace, above its first box
FLOOR = 22.0  # below its last box
BETWEEN_BOXES = 28.0
BETWEEN_SPACES = 32.0
EMPTY = 8.0  # the height of a namespace's inside with nothing in it

_SWEEPS = 12
_CLOSER = 0.85  # what distances shrink to before a sweep
# A namespace is no taller than this many times its boxes, however far its neighbours stand apart.
_STRETCH = 2.2
_PASSING = 0.02  # how much a link of little time pulls

# (space, column, gap) -> height that the lines through it need; column None: below the namespace that is number
# `gap` of global column `space`.
Gap = tuple[str, int, int, int]


@dataclass
class Rows:
    """The y of the middle of each box, and of the top and the bottom of each namespace."""

    middle: dict[int, float] = field(default_factory=dict)
    top: dict[int, float] = field(default_factory=dict)
    bottom: dict[int, float] = field(default_factory=dict)


class Balance:
    """Finds rows; `columns` is put into the order that it finds. `gaps`: heights that are needed between boxes
    ("h", space, column, gap) and between namespaces ("H", column, 0, gap), where more than usual."""

    def __init__(
        self, union: Union, columns: Columns, heights: Mapping[int, float], gaps: Mapping[Gap, float], order: bool
    ) -> None:
        self._columns = columns
        self._heights = heights
        self._gaps = gaps
        self._home = {box: space for space, stacks in columns.boxes.items() for stack in stacks for box in stack}
        self._column = {space: n for n, spaces in enumerate(columns.spaces) for space in spaces}
        self._near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        longest = max((line.on.size for line in union.lines), default=1)
        for line in union.lines:
            passing = {line.a, line.b} & columns.passing
            weight = _PASSING if passing else max(line.on.size / longest, _PASSING) ** 2
            self._near[line.a].append((line.b, weight))
            self._near[line.b].append((line.a, weight))
        self.rows = Rows()
        self._begin()
        for sweep in range(4 * _SWEEPS):
            if sweep < 3 * _SWEEPS:
                self._contract()
            self._sweep(order and sweep < _SWEEPS, backwards=sweep % 2 == 1)
        self._finish()

    def _begin(self) -> None:
        for spaces in self._columns.spaces:
            y = 0.0
            for space in spaces:
                self._stack(space, y)
                y = self.rows.bottom[space] + BETWEEN_SPACES
            for space in spaces:
                self._shift(space, -y / 2)

    def _stack(self, space: int, y: float) -> None:
        self.rows.top[space], self.rows.bottom[space] = y, y + TITLE + EMPTY
        for number, stack in enumerate(self._columns.boxes[space]):
            at = y + TITLE
            for gap, box in enumerate(stack):
                at += self._gap("h", space, number, gap)
                self.rows.middle[box] = at + self._heights[box] / 2
                at += self._heights[box]
        self._enclose(space)

    def _gap(self, kind: str, space: int, column: int, gap: int) -> float:
        """Between things number gap - 1 and gap of a stack; 0: above the first one."""
        needed = self._gaps.get((kind, space, column, gap), 0.0)
        usual = BETWEEN_SPACES if kind == "H" else BETWEEN_BOXES if gap else 0.0
        if kind == "h" and gap == len(self._columns.boxes[space][column]):
            usual = FLOOR
        return max(usual, needed)

    def _enclose(self, space: int) -> None:
        tops, bottoms = [], []
        for number, stack in enumerate(self._columns.boxes[space]):
            first, last = stack[0], stack[-1]
            tops.append(self.rows.middle[first] - self._heights[first] / 2 - self._gap("h", space, number, 0))
            bottoms.append(self.rows.middle[last] + self._heights[last] / 2 + self._gap("h", space, number, len(stack)))
        if tops:
            self.rows.top[space], self.rows.bottom[space] = min(tops) - TITLE, max(bottoms)

    def _shift_frame(self, space: int, by: float) -> None:
        self.rows.top[space] += by
        self.rows.bottom[space] += by

    def _shift(self, space: int, by: float) -> None:
        self._shift_frame(space, by)
        for stack in self._columns.boxes[space]:
            for box in stack:
                self.rows.middle[box] += by

    def _contract(self) -> None:
        """Everything towards the middle: two that are straight beside each other stay so, and what nothing holds
        apart comes together again."""
        for box in self.rows.middle:
            self.rows.middle[box] *= _CLOSER
        for space in self.rows.top:
            middle = (self.rows.top[space] + self.rows.bottom[space]) / 2
            self._shift_frame(space, (_CLOSER - 1) * middle)

    def _sweep(self, order: bool, backwards: bool) -> None:
        every = list(enumerate(self._columns.spaces))
        for number, spaces in reversed(every) if backwards else every:
            for space in spaces:
                stacks = list(enumerate(self._columns.boxes[space]))
                for column, stack in reversed(stacks) if backwards else stacks:
                    self._settle_boxes(space, column, stack, order)
                self._enclose(space)
            self._settle_spaces(number, spaces, order)

    def _settle_boxes(self, space: int, column: int, stack: list[int], order: bool) -> None:
        if order:
            towards = {box: round(self._towards(box), 3) for box in stack}
            stack.sort(key=lambda box: (box in self._columns.passing, towards[box], box))
        wanted = {box: self._wanted(box) for box in stack}
        apart = [
            (self._heights[a] + self._heights[b]) / 2 + self._gap("h", space, column, gap)
            for gap, (a, b) in enumerate(pairwise(stack), 1)
        ]
        total = sum(apart)
        most = total * _STRETCH + 60.0 if len(stack) > 1 else 0.0
        weights = [_PASSING if box in self._columns.passing else 1.0 for box in stack]
        places = settle([wanted[box] for box in stack], apart, weights)
        if len(stack) > 1 and places[-1] - places[0] > most:
            centre = (places[0] + places[-1]) / 2
            inside = [min(max(wanted[box], centre - most / 2), centre + most / 2) for box in stack]
            places = settle(inside, apart, weights)
        for box, place in zip(stack, places, strict=True):
            self.rows.middle[box] = place

    def _wanted(self, box: int) -> float:
        """Straight beside what it is linked to in other columns of namespaces; else beside its neighbours in its own
        namespace. What is linked within a column of namespaces would only drive its ends apart."""
        column = self._column[self._home[box]]
        beside = [(o, w) for o, w in self._near[box] if self._column[self._home[o]] != column]
        inside = [(o, w) for o, w in self._near[box] if self._home[o] == self._home[box]]
        return self._pull(box, beside, inside)

    def _towards(self, box: int) -> float:
        """The same for its place in the order, where every link tells."""
        outside = [(o, w) for o, w in self._near[box] if self._home[o] != self._home[box]]
        return self._pull(box, outside, self._near[box])

    def _pull(self, box: int, *by: list[tuple[int, float]]) -> float:
        for some in by:
            if some and max(weight for _, weight in some) > _PASSING:
                return _mean((self.rows.middle[other], weight) for other, weight in some)
        return self.rows.middle[box]

    def _settle_spaces(self, number: int, spaces: list[int], order: bool) -> None:
        middles = {space: (self.rows.top[space] + self.rows.bottom[space]) / 2 for space in spaces}
        shifts, weights = {}, {}
        for space in spaces:
            pulls = [
                (self.rows.middle[other] - self.rows.middle[box], weight)
                for stack in self._columns.boxes[space]
                for box in stack
                for other, weight in self._near[box]
                if self._home[other] != space and self._column[self._home[other]] != number
            ]
            shifts[space] = _mean(pulls) if pulls else 0.0
            weights[space] = sum(weight for _, weight in pulls) + 0.01
        if order:
            spaces.sort(key=lambda space: (round(middles[space] + shifts[space], 3), space))
        apart = [
            (self._tall(a) + self._tall(b)) / 2 + self._gap("H", number, 0, gap)
            for gap, (a, b) in enumerate(pairwise(spaces), 1)
        ]
        wanted = [middles[space] + shifts[space] for space in spaces]
        for space, place in zip(spaces, settle(wanted, apart, [weights[s] for s in spaces]), strict=True):
            self._shift(space, place - middles[space])

    def _tall(self, space: int) -> float:
        return self.rows.bottom[space] - self.rows.top[space]

    def _finish(self) -> None:
        for values in (self.rows.middle, self.rows.top, self.rows.bottom):
            for key, value in values.items():
                values[key] = float(round(value))


def _mean(pairs: Iterable[tuple[float, float]]) -> float:
    values = list(pairs)
    total = sum(weight for _, weight in values)
    return float(sum(value * weight for value, weight in values) / total)

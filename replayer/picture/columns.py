"""Which namespaces stand beside each other, and which of their boxes: columns of namespaces from left to right,
and in each namespace columns of boxes.

What is linked stands in neighbouring columns, so that most lines are short and straight. A link counts for as long as
it was there: what a tutorial sets up and takes apart in passing does not shape the picture.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from replayer.picture.union import Line, Union

N = TypeVar("N", bound=Hashable)
Graph = dict[N, dict[N, float]]

# A link that was there for less than this part of the time of its ends' longest ones is passing.
_PASSING = 0.25
# More boxes that have nothing to do with each other than this are no longer one stack.
_TALLEST = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """`spaces`: the columns, each from top to bottom, by numbers. `boxes`: those of each space. `passing`: boxes
    that are there for a while only; they stand below the others, and shape nothing."""

    spaces: list[list[int]]
    boxes: dict[int, list[list[int]]]
    passing: frozenset[int]


def columns(union: Union) -> Columns:
    """The order within a column is that of first sight; `rows` finds a better one."""
    home = {space.name: space.number for space in union.spaces}
    of = {box.number: home[box.namespace] for box in union.boxes}
    tall = {space.number: sum(box.namespace == space.name for box in union.boxes) or 1 for space in union.spaces}
    passing = _passing(union)
    lasting = _lasting_lines(union, passing)
    between: Graph[int] = {space.number: {} for space in union.spaces}
    for line in union.lines:
        _link(between, of[line.a], of[line.b], line.on.size)
    beside = _space_columns(between, tall, next((s.number for s in union.spaces if not s.name), None))
    column = {space: number for number, spaces in enumerate(beside) for space in spaces}
    inner = {}
    for space in union.spaces:
        boxes = [box.number for box in union.boxes if box.namespace == space.name]
        stacks = _box_columns([box for box in boxes if box not in passing], lasting, of, column)
        for box in boxes:
            if box in passing:
                min(stacks, key=len).append(box)
        inner[space.number] = stacks
    return Columns(beside, inner, passing)


def _passing(union: Union) -> frozenset[int]:
    """Boxes that were there for less than half of the time of their namespace's longest one, and went before it."""
    found: set[int] = set()
    for space in union.spaces:
        boxes = [box for box in union.boxes if box.namespace == space.name]
        longest = max((box.on.size for box in boxes), default=0)
        end = max((box.on.runs[-1][1] for box in boxes), default=0)
        found |= {box.number for box in boxes if box.on.size < longest / 2 and box.on.runs[-1][1] < end}
    return frozenset(found)


def _lasting_lines(union: Union, passing: Collection[int]) -> list[Line]:
    heavy: dict[int, float] = defaultdict(float)
    for line in union.lines:
        for end in (line.a, line.b):
            heavy[end] = max(heavy[end], line.on.size)
    return [
        line
        for line in union.lines
        if not {line.a, line.b} & set(passing) and line.on.size >= _PASSING * min(heavy[line.a], heavy[line.b])
    ]


def _link(graph: Graph[N], a: N, b: N, weight: float) -> None:
    if a != b:
        graph[a][b] = graph[a].get(b, 0.0) + weight
        graph[b][a] = graph[b].get(a, 0.0) + weight


def _space_columns(graph: Graph[int], tall: Mapping[int, int], first: int | None) -> list[list[int]]:
    found: list[list[int]] = []
    alone = [space for space, near in graph.items() if not near]
    for part in _parts(graph):
        if len(part) == 1:
            continue
        lasting = _lasting(graph, part)
        layer = _layers(lasting, first)
        _balance(layer, lasting, tall)
        least = min(layer.values())
        for space in _in_depth(lasting, min(part, key=lambda s: (layer[s], s != first, s))):
            while len(found) <= layer[space] - least:
                found.append([])
            found[layer[space] - least].append(space)
    if alone and not found:
        wide = max(1, round(len(alone) ** 0.5 + 0.3))
        found = [[] for _ in range(wide)]
    for space in alone:
        heights = [sum(tall[s] + 1 for s in spaces) for spaces in found]
        lowest = heights.index(min(heights))
        if heights[lowest] + tall[space] + 1 > max(heights) and len(found) < 4 and min(heights) > 0:
            found.append([])
            lowest = len(found) - 1
        found[lowest].append(space)
    return found


def _parts(graph: Graph[N]) -> list[list[N]]:
    """Those that hang together, in the order of their first members."""
    parts, seen = [], set()
    for node in graph:
        if node not in seen:
            part = list(_distances(graph, [node]))
            seen |= set(part)
            parts.append([n for n in graph if n in set(part)])
    return parts


def _distances(graph: Mapping[N, Iterable[N]], sources: Sequence[N]) -> dict[N, int]:
    found = dict.fromkeys(sources, 0)
    queue = deque(sources)
    while queue:
        node = queue.popleft()
        for near in graph[node]:
            if near not in found:
                found[near] = found[node] + 1
                queue.append(near)
    return found


def _lasting(graph: Graph[int], part: Sequence[int]) -> Graph[int]:
    """The graph of a part without its passing links, but for those that hold it together."""
    heavy = {node: max(graph[node].values()) for node in part}
    links = sorted(((w, -a, -b) for a in part for b, w in graph[a].items() if a < b), reverse=True)
    kept: Graph[int] = {node: {} for node in part}
    for weight, a, b in links:
        lasts = weight >= _PASSING * min(heavy[-a], heavy[-b])
        if lasts or -b not in _distances(kept, [-a]):
            _link(kept, -a, -b, weight)
    return kept


def _layers(graph: Graph[int], first: int | None) -> dict[int, int]:
    """Distances from one end of the longest of all shortest ways: a chain becomes a row of its links."""
    reach = {node: max(_distances(graph, [node]).values()) for node in graph}
    longest = max(reach.values())
    root = min((node for node in graph if reach[node] == longest), key=lambda n: (n != first, n))
    return _distances(graph, [root])


def _balance(layer: dict[int, int], graph: Graph[int], tall: Mapping[int, int]) -> None:
    """Those that hang on one only may stand on either side of it."""
    heights: dict[int, int] = defaultdict(int)
    for node, at in layer.items():
        heights[at] += tall[node] + 1
    for node in sorted(graph):
        if len(graph[node]) != 1:
            continue
        [hub] = graph[node]
        here, there = layer[hub] + 1, layer[hub] - 1
        own = tall[node] + 1
        if layer[node] == here and there in heights and heights[here] - heights[there] > own:
            heights[here] -= own
            heights[there] += own
            layer[node] = there


def _in_depth(graph: Graph[int], root: int) -> list[int]:
    """Every branch as a whole before the next one: then a tree has no crossing lines."""
    found: dict[int, None] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in found:
            found[node] = None
            stack += sorted(graph[node], reverse=True)
    return list(found)


def _box_columns(
    boxes: Sequence[int], lines: Sequence[Line], of: Mapping[int, int], column: Mapping[int, int]
) -> list[list[int]]:
    if not boxes:
        return []
    inside: Graph[int] = {box: {} for box in boxes}
    left, right = set(), set()
    for line in lines:
        for own, other in ((line.a, line.b), (line.b, line.a)):
            if own not in inside:
                continue
            if other in inside:
                _link(inside, own, other, 1)
            elif column[of[other]] < column[of[own]]:
                left.add(own)
            else:
                right.add(own)
    parts = _parts(inside)
    singles = [part[0] for part in parts if len(part) == 1]
    at: dict[int, int] = {}
    widths = [_spread(part, inside, left & set(part), right & set(part), at) for part in parts if len(part) > 1]
    wide = max(widths, default=0)
    if not wide and len(singles) > _TALLEST and left & set(singles) and right & set(singles):
        wide = 1
    for part, width in zip((p for p in parts if len(p) > 1), widths, strict=True):
        if right & set(part) and not left & set(part):
            for box in part:
                at[box] += wide - width
        elif right & set(part):
            for box in right & set(part):
                at[box] = wide if at[box] == width else at[box]
    found: list[list[int]] = [[] for _ in range(wide + 1)]
    for box, place in sorted(at.items()):
        found[place].append(box)
    for box in singles:
        if box in left or box in right:
            found[wide if box in right and box not in left else 0].append(box)
    for box in singles:
        if box not in left and box not in right:
            min(found, key=len).append(box)
    return [sorted(stack) for stack in found if stack]


def _spread(part: Sequence[int], inside: Graph[int], left: set[int], right: set[int], at: dict[int, int]) -> int:
    """Place boxes that hang together: those linked to the left first, to the right last; returns the last column."""
    if not left and not right:
        layer = _layers({box: inside[box] for box in part}, None)
        at.update(layer)
        return max(layer.values())
    from_left = _distances(inside, sorted(left)) if left else {}
    from_right = _distances(inside, sorted(right - left)) if right - left else {}
    if not from_right:
        at.update(from_left)
        return max(from_left.values())
    if not from_left:
        wide = max(from_right.values())
        at.update({box: wide - far for box, far in from_right.items()})
        return wide
    wide = max(1, *(from_left[box] for box in right - left))
    for box in part:
        near, far = from_left[box], wide - from_right[box]
        at[box] = min(max(near if from_left[box] <= from_right[box] else far, 0), wide)
    return wide

"""A union -> where everything is.

columns.py says what stands beside what, rows.py how high, ways.py which gaps each line goes through, tracks.py where in
them. Widths come last, so that every strip is as wide as its lines need.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from replayer.picture import card
from replayer.picture.columns import Columns, columns
from replayer.picture.geometry import Path, Rect
from replayer.picture.rows import FLOOR, Balance, Gap, Rows
from replayer.picture.text import space_label, width
from replayer.picture.tracks import (
    EDGE,
    INNER,
    MARGIN,
    OVERLAY_FOOT,
    PITCH,
    WIDE,
    Net,
    Tracks,
    gap_height,
    height_for,
    tracks,
)
from replayer.picture.union import Union
from replayer.picture.ways import Map, Port, Rail, Walk, Way, sides

SPACE_TITLE = 15.0  # font size
_LANE = 11.0  # between the lane for overlays and the track to its left


@dataclass(frozen=True)
class Layout:
    """Of spaces, boxes and lines, by their numbers. `usual`: a space while none of its passing boxes is there.
    `map` and `lanes` (the x of each walk's free lane)
    are for what is drawn over it; `crowded`: gaps that lines go through."""

    spaces: Mapping[int, Rect]
    titles: Mapping[int, Rect]
    usual: Mapping[int, Rect]
    boxes: Mapping[int, Rect]
    lines: Mapping[int, Path]
    map: Map
    lanes: Mapping[Walk, float]
    crowded: Collection[Gap]

    @property
    def passing(self) -> frozenset[int]:
        return self.map.columns.passing

    def bounds(self) -> Rect:
        """Around all spaces and lines; overlays may reach beyond."""
        points = [p for path in self.lines.values() for p in path]
        xs = [x for x, _ in points] + [x for r in self.spaces.values() for x in (r.x, r.right)]
        ys = [y for _, y in points] + [y for r in self.spaces.values() for y in (r.y, r.bottom)]
        if not xs:
            return Rect(0, 0, 0, 0)
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def way(self, way: Way) -> Path:
        """The path of an overlay, in the free lanes."""
        heights = self._heights(way)
        return _path(
            self._edge(way.ends[0]), heights, [self.lanes[walk] for walk in way.walks], self._edge(way.ends[1])
        )

    def _heights(self, way: Way) -> list[float]:
        found: list[float] = []
        for rail in way.rails:
            if not isinstance(rail, Port):
                low, high = self.map.room[rail]
                if high - low <= 2 * MARGIN:
                    found.append((low + high) / 2)
                else:
                    margin = min(16.0, max(MARGIN, (high - low) / 4))
                    free = min(max(found[-1], low + margin), high - margin)
                    found.append(high - MARGIN if rail in self.crowded else free)
            elif rail.box < 0:
                found.append(self.spaces[-1 - rail.box].y + SPACE_TITLE + 4)
            else:
                found.append(self.boxes[rail.box].bottom - OVERLAY_FOOT)
        return found

    def leave(self, way: Way) -> tuple[Path, float]:
        """The path of an overlay to the last of the walks, and the x there."""
        heights = self._heights(way)
        lane = self.lanes[way.walks[-1]]
        port = way.rails[0]
        assert isinstance(port, Port)
        return _path(self._edge(port), heights, [self.lanes[walk] for walk in way.walks[:-1]], lane), lane

    def _edge(self, port: Port) -> float:
        where = self.boxes[port.box] if port.box >= 0 else self.spaces[-1 - port.box]
        return where.x if port.side == "left" else where.right


def arrange(union: Union) -> Layout:
    """Everything's place, in pixels; the same union has the same layout."""
    plan = columns(union)
    nets = _nets(union)
    touching: dict[int, set[Net]] = defaultdict(set)
    for line in union.lines:
        touching[line.a].add(nets[line.number])
        touching[line.b].add(nets[line.number])
    sizes = {box.number: card.size(box) for box in union.boxes}
    heights = {n: float(round(max(height, height_for(len(touching[n]))))) for n, (_, height) in sizes.items()}
    rows = Balance(union, plan, heights, {}, order=True).rows
    ways = _ways(union, nets, Map(plan, rows, heights))
    rows = Balance(union, plan, heights, _gaps(ways), order=False).rows
    on = Map(plan, rows, heights)
    edges = {box: (middle - heights[box] / 2, middle + heights[box] / 2) for box, middle in rows.middle.items()}
    found = tracks(ways, edges, on)
    return _across(union, plan, rows, edges, {n: width for n, (width, _) in sizes.items()}, ways, found, on)


def _nets(union: Union) -> dict[int, Net]:
    """Which lines may run together: all that hang on one box in one way."""
    return {
        line.number: (line.kind, line.a, line.b) if line.kind == "veth" else (line.kind, line.b) for line in union.lines
    }


def _ways(union: Union, nets: Mapping[int, Net], on: Map) -> dict[int, tuple[Net, Way]]:
    found: dict[int, tuple[Net, Way]] = {}
    used: dict[Net, set[Rail]] = defaultdict(set)
    # Those that last have the first choice; a line begins at what it hangs on, so that all of a net's dashes agree.
    for line in sorted(union.lines, key=lambda line: (-line.on.size, line.number)):
        net = nets[line.number]
        way = on.find(list(sides(line.b)), list(sides(line.a)), used[net])
        used[net] |= set(way.rails)
        found[line.number] = net, way
    return found


def _gaps(ways: Mapping[int, tuple[Net, Way]]) -> dict[Gap, float]:
    users: dict[Gap, set[Net]] = defaultdict(set)
    for net, way in ways.values():
        for rail in way.rails:
            if not isinstance(rail, Port):
                users[rail].add(net)
    return {gap: gap_height(len(nets)) for gap, nets in users.items()}


def _across(
    union: Union,
    plan: Columns,
    rows: Rows,
    edges: Mapping[int, tuple[float, float]],
    widths: Mapping[int, float],
    ways: Mapping[int, tuple[Net, Way]],
    found: Tracks,
    on: Map,
) -> Layout:
    names = {space.number: space_label(space.name) for space in union.spaces}
    spaces, titles, boxes = {}, {}, {}
    walks: dict[Walk, Rect] = {}
    x = 0.0
    for number, column in enumerate(plan.spaces):
        walks["G", number, 0] = _strip(x, found.count.get(("G", number, 0), 0), WIDE)
        x = walks["G", number, 0].right
        inner = {space: _inner(space, plan, widths, found, names[space]) for space in column}
        wide = max((sum(w for w, _ in parts) for parts in inner.values()), default=0.0)
        for space, parts in inner.items():
            own = sum(w for w, _ in parts)
            at = left = float(round(x + (wide - own) / 2))
            for place, (part, stack) in enumerate(parts):
                if place % 2:
                    for box in stack:
                        top, bottom = edges[box]
                        boxes[box] = Rect(at, top, part, bottom - top)
                else:
                    walks["L", space, place // 2] = Rect(at, 0, part, 0)
                at += part
            spaces[space] = Rect(left, rows.top[space], own, rows.bottom[space] - rows.top[space])
            titles[space] = Rect(left + 14, rows.top[space] + 8, width(names[space], SPACE_TITLE, True), 22)
        x += wide
    last = ("G", len(plan.spaces), 0)
    walks[last] = _strip(x, found.count.get(last, 0), WIDE)
    lines = {
        n: _path(
            _side(boxes, way.ends[0]),
            [found.y[rail, net] for rail in way.rails],
            [_track(walks[w], found.track.get((w, net), 0), found.count.get(w, 0)) for w in way.walks],
            _side(boxes, way.ends[1]),
        )
        for n, (net, way) in ways.items()
    }
    lanes = {walk: _lane(where, found.count.get(walk, 0)) for walk, where in walks.items()}
    usual = {space: _without_passing(space, where, union, plan, boxes, lines) for space, where in spaces.items()}
    return Layout(
        spaces, titles, usual, boxes, lines, on, lanes, {rail for rail, _ in found.y if not isinstance(rail, Port)}
    )


def _without_passing(
    space: int, where: Rect, union: Union, plan: Columns, boxes: Mapping[int, Rect], lines: Mapping[int, Path]
) -> Rect:
    """A namespace as tall as what lasts in it: passing boxes stand below the others."""
    lasting = [box for stack in plan.boxes[space] for box in stack if box not in plan.passing]
    if not lasting or len(lasting) == sum(map(len, plan.boxes[space])):
        return where
    bottoms = [boxes[box].bottom + FLOOR for box in lasting]
    for line in union.lines:
        if not {line.a, line.b} & plan.passing:
            bottoms += [y + MARGIN for x, y in lines[line.number] if where.x <= x <= where.right and y <= where.bottom]
    return Rect(where.x, where.y, where.width, max(bottoms) - where.y)


def _strip(x: float, count: int, least: float) -> Rect:
    return Rect(x, 0, max(least, _needed(count)), 0)


def _needed(count: int) -> float:
    return 2 * MARGIN + 2 * _LANE + PITCH * count if count else 0.0


def _inner(
    space: int, plan: Columns, widths: Mapping[int, float], found: Tracks, name: str
) -> list[tuple[float, list[int]]]:
    """A namespace from left to right: walk, column of boxes, walk, …, walk."""
    stacks = plan.boxes[space]
    parts: list[tuple[float, list[int]]] = []
    for place in range(len(stacks) + 1):
        least = INNER if 0 < place < len(stacks) else EDGE
        parts.append((max(least, _needed(found.count.get(("L", space, place), 0))), []))
        if place < len(stacks):
            parts.append((float(round(max(widths[box] for box in stacks[place]))), stacks[place]))
    more = max(0.0, width(name, SPACE_TITLE, bold=True) + 28 - sum(w for w, _ in parts))
    if not stacks:
        return [(max(parts[0][0] + more, 112.0), [])]
    parts[0] = (parts[0][0] + more / 2, [])
    parts[-1] = (parts[-1][0] + more / 2, [])
    return parts


def _track(strip: Rect, track: int, count: int) -> float:
    """Half of the tracks lie to the left of the free lane, half to its right."""
    half = (count + 1) // 2
    if track < half:
        return strip.middle[0] - _LANE / 2 - (half - 1 - track) * PITCH
    return strip.middle[0] + _LANE * 1.5 + (track - half) * PITCH


def _lane(strip: Rect, count: int) -> float:
    return strip.middle[0] + (_LANE / 2 if count else 0.0)


def _side(boxes: Mapping[int, Rect], port: Port) -> float:
    return boxes[port.box].x if port.side == "left" else boxes[port.box].right


def _path(start: float, heights: list[float], walks: list[float], end: float) -> Path:
    """Heights of the horizontal pieces and the x of the vertical ones between them -> points."""
    points = [(start, heights[0])]
    for x, (before, after) in zip(walks, pairwise(heights), strict=True):
        if before != after:
            points += [(x, before), (x, after)]
    return (*points, (end, heights[-1]))

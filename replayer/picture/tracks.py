"""Where in its gap, at its box's side and in its walk each line runs: each net in a track of its own.

A net is the lines that may share a track: all ports of one bridge, all devices on top of one. The middle of every walk
and the lowest track of every gap stay free for overlays.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from replayer.picture.rows import Gap
from replayer.picture.settle import settle_within
from replayer.picture.ways import Map, Port, Rail, Walk, Way

Net = Hashable
PITCH = 9.0  # between two tracks
MARGIN = 8.0  # between a track and a box
# At a box's side: lines meet it from here down, and leave its foot to overlays.
PORT_TOP, PORT_FOOT, OVERLAY_FOOT = 13.0, 22.0, 11.0
# A walk between columns of namespaces has room for a badge; one between boxes too; one beside a namespace's edge not.
WIDE, INNER, EDGE = 70.0, 60.0, 14.0


def height_for(nets: int) -> float:
    """What a box must be high for that many nets at one side."""
    return PORT_TOP + PORT_FOOT + PITCH * max(0, nets - 1)


def gap_height(nets: int) -> float:
    """What a gap must be high for that many nets and an overlay below them; nothing without nets."""
    return 2 * MARGIN + PITCH * nets + 1 if nets else 0.0


@dataclass
class Tracks:
    """`y` of each net at each of its rails; `track` of each net in each walk; `count`: how many a walk has."""

    y: dict[tuple[Rail, Net], float] = field(default_factory=dict)
    track: dict[tuple[Walk, Net], int] = field(default_factory=dict)
    count: dict[Walk, int] = field(default_factory=dict)


def tracks(ways: Mapping[int, tuple[Net, Way]], boxes: Mapping[int, tuple[float, float]], on: Map) -> Tracks:
    """`ways`: of each line, with its net; `boxes`: the top and the bottom of each."""
    found = Tracks()
    _ports(ways, boxes, on, found)
    _gaps(ways, on, found)
    _walks(ways, on, found)
    return found


def _ports(
    ways: Mapping[int, tuple[Net, Way]], boxes: Mapping[int, tuple[float, float]], on: Map, found: Tracks
) -> None:
    """Each side of a box is cut into slots, one a net, in the order of where the nets go; a line between two
    neighbours is straight where their slots let it be."""
    towards: dict[Port, dict[Net, list[float]]] = defaultdict(lambda: defaultdict(list))
    middle = {box: (top + bottom) / 2 for box, (top, bottom) in boxes.items()}
    for net, way in ways.values():
        first, last = way.ends
        for own, far, next_ in ((first, last, way.rails[1]), (last, first, way.rails[-2])):
            towards[own][net].append(middle[far.box] if isinstance(next_, Port) else on.level(next_))
    slots: dict[tuple[Rail, Net], tuple[float, float]] = {}
    for port, nets in towards.items():
        top, bottom = boxes[port.box][0] + PORT_TOP, boxes[port.box][1] - PORT_FOOT
        ordered = sorted(nets, key=lambda net: (sum(nets[net]) / len(nets[net]), repr(net)))
        step = (bottom - top) / len(ordered)
        for place, net in enumerate(ordered):
            slots[port, net] = (top + step * place, top + step * (place + 1))
            found.y[port, net] = top + step * (place + 0.5)
    direct = [(way.rails[0], way.rails[1], net) for net, way in ways.values() if len(way.rails) == 2]
    straight: set[tuple[Rail, Net]] = set()
    for a, b, net in sorted(direct, key=lambda d: (abs(found.y[d[0], d[2]] - found.y[d[1], d[2]]), repr(d))):
        one, other = (a, net), (b, net)
        low = max(slots[one][0], slots[other][0]) + 2
        high = min(slots[one][1], slots[other][1]) - 2
        if one in straight and other in straight:
            continue
        if one in straight or other in straight:
            fixed, free = (one, other) if one in straight else (other, one)
            if slots[free][0] <= found.y[fixed] <= slots[free][1]:
                found.y[free] = found.y[fixed]
                straight.add(free)
        elif low <= high:
            y = min(max((found.y[one] + found.y[other]) / 2, low), high)
            found.y[one] = found.y[other] = float(round(y))
            straight |= {one, other}


def _gaps(ways: Mapping[int, tuple[Net, Way]], on: Map, found: Tracks) -> None:
    users: dict[Gap, dict[Net, list[float]]] = defaultdict(lambda: defaultdict(list))
    for net, way in ways.values():
        for place, rail in enumerate(way.rails):
            if isinstance(rail, Port):
                continue
            low, high = on.room[rail]
            near = [
                found.y.get((other, net), (low + high) / 2) for other in (way.rails[place - 1], way.rails[place + 1])
            ]
            level = [y for y in near if low + MARGIN <= y <= high - MARGIN - PITCH]
            users[rail][net] += level[:1] or near
    for gap, nets in users.items():
        low, high = on.room[gap]
        wanted = {net: sum(ys) / len(ys) for net, ys in nets.items()}
        ordered = sorted(nets, key=lambda net: (wanted[net], repr(net)))
        places = settle_within([wanted[n] for n in ordered], PITCH, low + MARGIN, high - MARGIN - PITCH)
        for net, y in zip(ordered, places, strict=True):
            found.y[gap, net] = y


@dataclass
class _Run:
    """A net in a walk: how far it runs, and the heights at which it comes from the left and goes to the right."""

    low: float
    high: float
    left: set[float]
    right: set[float]

    def crossings(self, other: "_Run") -> float:
        """Where lines cross if this one runs to the left of the other."""
        cost = 0.0
        for y in self.right:
            cost += other.low < y < other.high
        for y in other.left:
            cost += self.low < y < self.high
        # Two ends at one height, of which each reaches beyond the other's track, would be one line.
        cost += 20.0 * sum(abs(a - b) < PITCH / 2 for a in self.right for b in other.left)
        return cost

    def meets(self, other: "_Run") -> bool:
        return self.low < other.high + PITCH and other.low < self.high + PITCH


def _walks(ways: Mapping[int, tuple[Net, Way]], on: Map, found: Tracks) -> None:
    runs: dict[Walk, dict[Net, _Run]] = defaultdict(dict)
    for net, way in ways.values():
        for place, walk in enumerate(way.walks):
            pair = (way.rails[place], way.rails[place + 1])
            heights = [found.y[rail, net] for rail in pair]
            run = runs[walk].setdefault(net, _Run(min(heights), max(heights), set(), set()))
            run.low, run.high = min(run.low, *heights), max(run.high, *heights)
            for rail, y in zip(pair, heights, strict=True):
                (run.left if on.is_left(rail, walk) else run.right).add(y)
    for walk, nets in runs.items():
        bent = {net: run for net, run in nets.items() if run.high > run.low}
        order = _ordered(bent)
        placed: list[tuple[Net, int]] = []
        for net in order:
            track = 1 + max((t for other, t in placed if bent[other].meets(bent[net])), default=-1)
            placed.append((net, track))
            found.track[walk, net] = track
        found.count[walk] = 1 + max((t for _, t in placed), default=-1)


def _ordered(runs: Mapping[Net, _Run]) -> list[Net]:
    """From left to right, so that few lines cross: neighbours change places while that helps."""
    order = sorted(runs, key=lambda net: (runs[net].low, runs[net].high, repr(net)))
    for _ in range(len(order)):
        moved = False
        for at in range(len(order) - 1):
            a, b = runs[order[at]], runs[order[at + 1]]
            if b.crossings(a) < a.crossings(b):
                order[at], order[at + 1] = order[at + 1], order[at]
                moved = True
        if not moved:
            break
    return order

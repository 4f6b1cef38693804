"""What pings showed, drawn over boxes and lines that the layout knows: from the box that asked to the one that was
asked for, through the same walks and gaps as lines, so over no box; the word stands where it covers no label."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from itertools import pairwise

from replayer.picture import svg
from replayer.picture.geometry import Path, Rect
from replayer.picture.layout import Layout
from replayer.picture.probes import Probe, holds
from replayer.picture.spans import Spans, spans
from replayer.picture.svg import Element
from replayer.picture.text import space_name, width
from replayer.picture.union import Moment, Union
from replayer.picture.ways import Port, Way, sides
from replayer.topology import Interface, Key, Topology
from replayer.words import REACHABLE

_BADGE, _TAG = 14.0, 12.0  # font sizes
_STEP = 6.0  # between two places that are tried for a badge


@dataclass(frozen=True, slots=True)
class Overlay:
    """`path` runs from who asked to who was asked for; `tag`: for an address that nobody has."""

    element: Element
    path: Path
    badge: Rect
    tag: Rect | None

    def extent(self) -> list[Rect]:
        """What the frame must hold of it."""
        points = [Rect(x, y, 0, 0).around(6) for x, y in self.path]
        return [*points, self.badge, *([self.tag] if self.tag else [])]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A probe in a picture: boxes by their numbers; `source` may be a namespace, as in `Port`."""

    probe: Probe
    source: int
    target: int | None


def overlays(
    union: Union, layout: Layout, moments: Sequence[Moment], asked: Mapping[int, tuple[Probe, ...]]
) -> tuple[Overlay, ...]:
    """Those of all entries; one that is asked again with the same outcome is the same overlay."""
    entries: dict[_Asked, list[tuple[int, int]]] = {}
    for entry, probes in sorted(asked.items()):
        for at, (first, last, topology) in enumerate(moments):
            if first <= entry <= last:
                for probe in probes:
                    found = _found(probe, union, topology, union.where[at])
                    if found is not None:
                        entries.setdefault(found, []).append((entry, entry))
    return tuple(_drawn(number, one, layout, spans(runs)) for number, (one, runs) in enumerate(entries.items()))


def _found(probe: Probe, union: Union, topology: Topology, where: Mapping[Key, int]) -> _Asked | None:
    own = [i for i in topology.interfaces.values() if i.namespace == probe.source]
    space = next((s.number for s in union.spaces if s.name == probe.source), None)
    if space is None:
        return None
    having = [i for i in topology.interfaces.values() if i.key in where and holds(i.addresses, probe.target)]
    # An address of one's own is answered at home, whoever else has it.
    mine = [i for i in having if i.namespace == probe.source]
    if mine or ip_address(probe.target).is_loopback:
        at = where[mine[0].key] if mine else -1 - space
        return _Asked(probe, at, at)
    source = _way_out(probe, [i for i in own if i.key in where])
    start = where[source.key] if source else -1 - space
    return _Asked(probe, start, where[having[0].key] if having else None)


def _way_out(probe: Probe, own: Sequence[Interface]) -> Interface | None:
    """The interface that a packet to the target leaves by, as far as addresses tell."""
    usable = [i for i in own if i.kind != "loopback"]
    for interface in usable:
        if probe.through and (interface.name == probe.through or holds(interface.addresses, probe.through)):
            return interface
    target = ip_address(probe.target)
    near = [(_near(interface, target), n) for n, interface in enumerate(usable)]
    best = max(near, default=(0, 0), key=lambda found: (found[0], -found[1]))
    return usable[best[1]] if best[0] > 0 else None


def _near(interface: Interface, target: object) -> int:
    """How well an interface's addresses fit a target: the prefix length of the network that they share and more,
    1 for one of its family, 0 for none."""
    fits = [0]
    for address in interface.addresses:
        known = ip_interface(address)
        if target in known.network:
            fits.append(2 + known.network.prefixlen + (interface.state == "up"))
        elif known.version == getattr(target, "version", 0) and not known.is_link_local:
            fits.append(1)
    return max(fits)


def _drawn(number: int, asked: _Asked, layout: Layout, on: Spans) -> Overlay:
    probe = asked.probe
    tag = None
    if asked.target == asked.source:
        points = _loop(asked.source, layout)
    elif asked.target is not None:
        start = [Port(asked.source, "right"), Port(asked.source, "left")]
        points = layout.way(layout.map.find(start, list(sides(asked.target)), inside=False))
    else:
        points, tag = _into_the_void(asked.source, probe.target, layout)
    avoid = [*layout.boxes.values(), *layout.titles.values(), *([tag] if tag else [])]
    words = f"{probe.outcome} · expected {probe.expected}" if probe.expected else probe.outcome
    badge = _place(points, words, avoid)
    if badge is None:
        words = probe.outcome
        badge = _place(points, words, avoid) or _badge(points[len(points) // 2], words)
    kind = "reached" if probe.outcome == REACHABLE else "unreached"
    inner = svg.path(points, "halo") + svg.path(_short_of_head(points), "way") + svg.head(points)
    if tag is not None:
        inner += f'<g class="nobody">{svg.rect(tag, 5)}{_centred(tag, _nobody(probe.target), _TAG)}</g>'
    inner += svg.rect(badge, badge.height / 2, "badge") + _centred(badge, words, _BADGE)
    title = f"{space_name(probe.source)} → {probe.target}: {probe.outcome}"
    title += f", expected {probe.expected}" if probe.expected else ""
    title += f"; {_nobody(probe.target)}" if tag else ""
    return Overlay(Element(f"net-verdict-{number}", f"verdict {kind}", on, title, inner), points, badge, tag)


def _nobody(address: str) -> str:
    return f"nobody has {address}"


def _centred(where: Rect, words: str, size: float) -> str:
    return svg.label(where.middle[0], where.middle[1] + size * 0.36, words)


def _loop(box: int, layout: Layout) -> Path:
    """Out of a box and back into it."""
    if box < 0:
        where = layout.spaces[-1 - box]
        low, high = where.y + 12, where.y + 30
    else:
        where = layout.boxes[box]
        low, high = where.y + 9, where.bottom - 11
    lane = layout.lanes[layout.map.walk(Port(box, "right"), inside=False)]
    return (where.right, high), (lane, high), (lane, low), (where.right, low)


def _into_the_void(source: int, address: str, layout: Layout) -> tuple[Path, Rect]:
    """Down and out of the picture, to a tag that says that nobody has the address."""
    start = [Port(source, "right"), Port(source, "left")]
    way = layout.map.find(start, [layout.map.bottom(source)], inside=False)
    points, lane = layout.leave(Way(way.rails[:-1], way.walks[:-1]))
    wide = width(_nobody(address), _TAG) + 20
    below = max((space.bottom for space in layout.spaces.values()), default=0.0) + 44
    tag = Rect(lane - wide / 2, below, wide, 26)
    return (*points, (lane, below)), tag


def _short_of_head(points: Path) -> Path:
    """A path that ends where its arrow's head begins."""
    (ax, ay), (bx, by) = points[-2:]
    length = abs(bx - ax) + abs(by - ay) or 1.0
    cut = min(9.0, length)
    return (*points[:-1], (bx - (bx - ax) / length * cut, by - (by - ay) / length * cut))


def _badge(at: tuple[float, float], words: str) -> Rect:
    wide = width(words, _BADGE, bold=True) + 18
    return Rect(at[0] - wide / 2, at[1] - 12, wide, 24)


def _place(points: Path, words: str, avoid: Sequence[Rect]) -> Rect | None:
    """The place nearest to the middle of a path where a badge covers none of what it must not."""
    ends = [Rect(x, y, 0, 0).around(7) for x, y in (points[0], points[-1])]
    for at in _from_middle(points):
        badge = _badge(at, words)
        if not any(badge.around(2).overlaps(other) for other in avoid) and not badge.overlaps(ends[1]):
            return badge
    return None


def _from_middle(points: Path) -> Iterator[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, int((abs(bx - ax) + abs(by - ay)) / _STEP))
        places += [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
    middle = (len(places) - 1) / 2
    yield from (places[n] for n in sorted(range(len(places)), key=lambda n: abs(n - middle)))

"""What pings showed, drawn over the boxes that the layout knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from replayer.outcomes import REACHABLE
from replayer.picture import svg
from replayer.picture.geometry import Layout, Rect
from replayer.picture.probes import Probe, holds
from replayer.picture.spans import spans
from replayer.picture.svg import Element
from replayer.picture.text import width
from replayer.picture.union import Moment, Union
from replayer.topology import Key


@dataclass(frozen=True, slots=True)
class Overlay:
    element: Element
    badge: Rect


def overlays(
    union: Union, layout: Layout, moments: tuple[Moment, ...], asked: Mapping[int, tuple[Probe, ...]]
) -> tuple[Overlay, ...]:
    found = []
    for entry, some in asked.items():
        at = next((n for n, (first, last, _) in enumerate(moments) if first <= entry <= last), None)
        if at is None:
            continue
        topology = moments[at][2]
        where = union.where[at]
        for probe in some:
            targets = [k for k, i in topology.interfaces.items() if k in where and holds(i.addresses, probe.target)]
            sources: list[Key] = [k for k in where if k[0] == probe.source]
            if not targets or not sources:
                continue
            a, b = layout.boxes[where[sources[0]]], layout.boxes[where[targets[0]]]
            (ax, ay), (bx, by) = a.middle, b.middle
            words = probe.outcome
            badge = Rect((ax + bx) / 2 - 20, (ay + by) / 2 - 12, width(words, 14, bold=True) + 16, 24)
            points = ((ax, ay), (bx, ay), (bx, by))
            kind = "reached" if probe.outcome == REACHABLE else "unreached"
            inner = svg.path(points, "halo") + svg.path(points, "way") + svg.head(points)
            inner += svg.rect(badge, 12, "badge") + svg.label(badge.middle[0], badge.y + 17, words)
            title = f"{probe.source or 'host'} → {probe.target}: {words}"
            element = Element(f"net-verdict-{len(found)}", f"verdict {kind}", spans([(entry, entry)]), title, inner)
            found.append(Overlay(element, badge))
    return tuple(found)

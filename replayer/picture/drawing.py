"""Transcript -> Picture: the moments that were seen, and the SVG of one of them or of all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from replayer.picture import card, svg
from replayer.picture.geometry import Rect, enclosing
from replayer.picture.layout import Layout, arrange
from replayer.picture.legend import KINDS, legend
from replayer.picture.overlays import Overlay, overlays
from replayer.picture.probes import Probe, probes
from replayer.picture.spans import spans
from replayer.picture.style import HUES, Theme
from replayer.picture.svg import Element
from replayer.picture.text import space_label, space_name
from replayer.picture.union import Box, Moment, Union, is_link_local, union
from replayer.topology import Topology
from replayer.transcript import Transcript

_PAPER = 20.0  # around everything


def picture_of(transcript: Transcript) -> "Picture | None":
    """None when nothing was seen of the network."""
    moments: list[Moment] = []
    standing = [n for n, e in enumerate(transcript.entries) if e.topology and e.step.section != "teardown"]
    for number, entry in enumerate(transcript.entries):
        topology = entry.topology
        if topology is None:
            continue
        if moments and (moments[-1][2] is topology or moments[-1][2] == topology) and moments[-1][1] == number - 1:
            moments[-1] = (moments[-1][0], number, topology)
        else:
            moments.append((number, number, topology))
    if not moments:
        return None
    return Picture(
        transcript.plan.title or transcript.plan.name, tuple(moments), probes(transcript), max(standing, default=None)
    )


@dataclass(frozen=True)
class Picture:
    """`asked`: of the entries that show 通 or 不通, whom they asked for. `last`: the last entry before the teardown;
    None: the last of all."""

    title: str
    moments: tuple[Moment, ...]
    asked: Mapping[int, tuple[Probe, ...]]
    last: int | None = None

    def still(self, at: int | None = None, theme: Theme = "auto") -> str:
        """An SVG of what is there after entry `at` (None: `last`), laid out for that alone."""
        at = self._last if at is None else at
        drawn = Drawn(((at, at, self._topology(at)),), {at: self.asked.get(at, ())})
        return svg.document(drawn.frame, drawn.elements, self.title, " ".join(_told(drawn.union)), theme, None)

    def moving(self, theme: Theme = "auto") -> str:
        """One SVG of all entries, laid out once; what is not there after the `last` one is hidden (class `off`)."""
        drawn = self._all
        told = "The network, step by step."
        return svg.document(drawn.frame, drawn.elements, self.title, told, theme, self._last)

    def changes(self, at: int) -> set[str]:
        """The ids of the elements of `moving` that came, went or look otherwise than an entry before."""
        return self._changes.get(at, set())

    @cached_property
    def _changes(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for element in self._all.elements:
            for first, last in element.on.runs:
                found[first].add(element.id)
                found[last + 1].add(element.id)
        return dict(found)

    @property
    def _last(self) -> int:
        return self.moments[-1][1] if self.last is None else self.last

    @cached_property
    def _all(self) -> "Drawn":
        return Drawn(self.moments, self.asked)

    def _topology(self, at: int) -> Topology:
        return next((topology for first, _, topology in reversed(self.moments) if first <= at), Topology())


class Drawn:
    """Moments, laid out and drawn together."""

    def __init__(self, moments: tuple[Moment, ...], asked: Mapping[int, tuple[Probe, ...]]) -> None:
        sources = {probe.source for found in asked.values() for probe in found}
        self.union = union(moments, _wants_local(moments, asked), sources)
        self.layout = arrange(self.union)
        self.overlays = overlays(self.union, self.layout, moments, asked)
        extent = [self.layout.bounds(), *(rect for overlay in self.overlays for rect in overlay.extent())]
        bounds = enclosing(extent)
        left = min((where.x for where in self.layout.spaces.values()), default=bounds.x)
        key = legend(self.union, left, bounds.bottom + 22)
        self.legend = key.where if key else None
        self.frame = enclosing([bounds, *([key.where] if key else [])]).around(_PAPER)
        drawn = _elements(self.union, self.layout, self.overlays)
        self.elements = (*drawn, *([key.element] if key else []))


def _wants_local(moments: tuple[Moment, ...], asked: Mapping[int, tuple[Probe, ...]]) -> bool:
    """Whether link-local addresses are worth their room: nobody has another one, or somebody asks for one."""
    targets = [probe.target for found in asked.values() for probe in found]
    addresses = [a for *_, topology in moments for i in topology.interfaces.values() for a in i.addresses]
    others = [a for a in addresses if not is_link_local(a) and a not in ("127.0.0.1/8", "::1/128")]
    return not others or any(is_link_local(target) for target in targets)


def _elements(union: Union, layout: Layout, drawn: tuple[Overlay, ...]) -> Iterator[Element]:
    hues = 0
    for space in union.spaces:
        where = layout.spaces[space.number]
        hue = ""
        if space.name:
            hue, hues = f" ns-{hues % HUES}", hues + 1
        passing = [b.on.runs for b in union.boxes if b.namespace == space.name and b.number in layout.passing]
        crowded = spans(sorted(run for runs in passing for run in runs))
        title = f"namespace {space_name(space.name)}"
        label = svg.label(where.x + 14, where.y + 24, space_label(space.name))
        if layout.usual[space.number] != where:
            inner = svg.rect(layout.usual[space.number], 10) + label
            yield Element(f"net-ns-{space.number}.0", f"ns{hue}", space.on.without(crowded), title, inner)
            yield Element(f"net-ns-{space.number}.1", f"ns{hue}", crowded, title, svg.rect(where, 10) + label)
        else:
            yield Element(f"net-ns-{space.number}", f"ns{hue}", space.on, title, svg.rect(where, 10) + label)
    for line in union.lines:
        a, b = union.boxes[line.a], union.boxes[line.b]
        title = f"{_told_box(a)} – {KINDS[line.kind]} – {_told_box(b)}"
        inner = svg.path(layout.lines[line.number])
        yield Element(f"net-link-{line.number}", f"link {line.kind}", line.on, title, inner)
    for box in union.boxes:
        yield from _cards(box, layout.boxes[box.number])
    yield from (overlay.element for overlay in drawn)


def _cards(box: Box, where: Rect) -> Iterator[Element]:
    for number, (look, on) in enumerate(box.looks):
        classes = "iface" + (" bridge" if look.kind.startswith("bridge") else "") + (" faded" if look.faded else "")
        inner = svg.rect(where, 7)
        for line in card.texts(look, box):
            inner += svg.label(where.middle[0], where.y + line.y, line.text, line.role, line.after)
        words = [look.name, look.kind, *look.words, *look.addresses, look.mac]
        title = f"{', '.join(word for word in words if word)}, in {space_name(box.namespace)}"
        yield Element(f"net-if-{box.number}.{number}", classes, on, title, inner)


def _told_box(box: Box) -> str:
    return f"{box.looks[-1][0].name} in {space_name(box.namespace)}"


def _told(union: Union) -> Iterator[str]:
    for space in union.spaces:
        boxes = [box for box in union.boxes if box.namespace == space.name]
        said = [" ".join((b.looks[-1][0].name, *b.looks[-1][0].addresses, *b.looks[-1][0].words)) for b in boxes]
        yield f"Namespace {space_name(space.name)}: {'; '.join(said) or 'no interfaces'}."
    for line in union.lines:
        yield f"{_told_box(union.boxes[line.a])} – {KINDS[line.kind]} – {_told_box(union.boxes[line.b])}."

"""Pictures of networks: what they promise holds for every network, not only for those that we thought of."""

import os
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replayer.picture import card
from replayer.picture.drawing import Drawn, Picture
from replayer.picture.geometry import Path as Points
from replayer.picture.geometry import Rect
from replayer.picture.probes import Probe
from replayer.picture.text import fixed_width, width
from replayer.picture.union import Moment
from replayer.topology import Interface, Key, Link, LinkKind, Topology

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["eth0", "eth1", "br0", "veth12.1", "a-very-long-nam", "lo", "桥", "<b>&\"'"]
ADDRESSES = ["10.0.0.1/24", "10.0.0.2/24", "10.1.0.1/16", "2001:db8:1234:5678:9abc:def0:1234:5678/64", "fe80::1/64"]


@st.composite
def topologies(draw: st.DrawFn) -> Topology:
    spaces = draw(
        st.lists(st.sampled_from(["", "ns1", "ns2", "ns10", "r1", "空间", "n" * 60]), min_size=1, unique=True)
    )
    keys: list[Key] = draw(
        st.lists(st.tuples(st.sampled_from(spaces), st.sampled_from(NAMES)), max_size=14, unique=True)
    )
    interfaces = {}
    for index, (space, name) in enumerate(keys):
        interfaces[space, name] = Interface(
            space,
            name,
            draw(st.integers(1, 6)) * 100 + index,
            draw(st.sampled_from(["veth", "bridge", "macvlan", "vlan", ""])),
            draw(st.sampled_from(["", "vepa", "passthru", "vlan 100"])),
            draw(st.sampled_from(["", "aa:bb:cc:dd:ee:ff"])),
            tuple(draw(st.lists(st.sampled_from(ADDRESSES), max_size=3, unique=True))),
            draw(st.sampled_from(["up", "up", "down", "no carrier"])),
            tuple(draw(st.lists(st.sampled_from(["blocking", "hairpin"]), max_size=2, unique=True))),
        )
    kinds: st.SearchStrategy[LinkKind] = st.sampled_from(["veth", "master", "lower", "tunnel"])
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)) if len(keys) > 1 else st.nothing()
    ends = draw(st.lists(st.tuples(kinds, pairs), max_size=18)) if len(keys) > 1 else []
    links = dict.fromkeys(Link(kind, a, b) for kind, (a, b) in ends if a != b)
    return Topology(tuple(sorted(spaces)), interfaces, tuple(links))


@st.composite
def runs(draw: st.DrawFn) -> tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]]:
    """Moments of one network or of several, and who asked for whom in them."""
    moments: list[Moment] = []
    for topology in draw(st.lists(topologies(), min_size=1, max_size=4)):
        first = moments[-1][1] + 1 if moments else 0
        moments.append((first, first + draw(st.integers(0, 9)), topology))
    asked: dict[int, tuple[Probe, ...]] = {}
    for _, last, topology in moments:
        if draw(st.booleans()):
            address = draw(st.sampled_from([*ADDRESSES, "10.0.0.99/8", "127.0.0.1/8"])).partition("/")[0]
            outcome, expected = draw(st.sampled_from([("通", ""), ("不通", ""), ("不通", "通")]))
            asked[last] = (Probe(outcome, expected, draw(st.sampled_from(topology.namespaces)), "", address),)
    return tuple(moments), asked


thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(runs())
def test_nothing_stands_over_anything_else(run: tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]]) -> None:
    drawn = Drawn(*run)
    layout = drawn.layout
    home = {space.name: space.number for space in drawn.union.spaces}
    for some in (layout.spaces, layout.boxes):
        for a, b in combinations(some.values(), 2):
            assert not a.overlaps(b)
    for box in drawn.union.boxes:
        where = layout.boxes[box.number]
        assert layout.spaces[home[box.namespace]].holds(where)
        assert not any(where.overlaps(title) for title in layout.titles.values())
    for number, title in layout.titles.items():
        assert layout.spaces[number].holds(title)
        assert layout.usual[number].holds(title)


@thorough
@given(runs())
def test_no_line_goes_through_a_box_or_through_a_namespace_of_others(
    run: tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]],
) -> None:
    drawn = Drawn(*run)
    layout = drawn.layout
    home = {space.name: space.number for space in drawn.union.spaces}
    for line in drawn.union.lines:
        path = layout.lines[line.number]
        ends = {home[drawn.union.boxes[end].namespace] for end in (line.a, line.b)}
        for end, point in ((line.b, path[0]), (line.a, path[-1])):
            where = layout.boxes[end]
            assert point[0] in (where.x, where.right)
            assert where.y < point[1] < where.bottom
        _clear(path, [*layout.boxes.values(), *layout.titles.values()])
        _clear(path, [where for number, where in layout.spaces.items() if number not in ends])
    for overlay in drawn.overlays:
        _clear(overlay.path, [*layout.boxes.values(), *layout.titles.values()])


def _clear(path: Points, boxes: list[Rect]) -> None:
    for (ax, ay), (bx, by) in pairwise(path):
        assert ax == bx or ay == by
        piece = Rect(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay))
        for box in boxes:
            assert not (piece.x < box.right and box.x < piece.right and piece.y < box.bottom and box.y < piece.bottom)


@thorough
@given(runs())
def test_every_label_is_readable(run: tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]]) -> None:
    drawn = Drawn(*run)
    layout = drawn.layout
    for box in drawn.union.boxes:
        where = layout.boxes[box.number]
        for look, _ in box.looks:
            lines = list(card.texts(look, box))
            for above, below in pairwise(lines):
                assert below.y - above.y >= 15
            for line in lines:
                assert line.y < where.height - 4
                sizes = {"name": card.NAME, "kind": card.KIND, "address": card.ADDRESS, "mac": card.MAC}
                measure = fixed_width if line.role in ("address", "mac") else width
                wide = measure(line.text, sizes[line.role]) + width(line.after, sizes[line.role], bold=True)
                assert wide <= where.width - 8
    for overlay in drawn.overlays:
        covered = [*layout.boxes.values(), *layout.titles.values(), *([overlay.tag] if overlay.tag else [])]
        assert not any(overlay.badge.overlaps(other) for other in covered)
        if overlay.tag:
            assert not any(overlay.tag.overlaps(space) for space in layout.spaces.values())


@thorough
@given(runs())
def test_all_is_within_the_picture(run: tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]]) -> None:
    drawn = Drawn(*run)
    parts = [*drawn.layout.spaces.values(), *([drawn.legend] if drawn.legend else [])]
    parts += [Rect(x, y, 0, 0) for path in drawn.layout.lines.values() for x, y in path]
    parts += [part for overlay in drawn.overlays for part in (*overlay.extent(), overlay.badge)]
    assert all(drawn.frame.holds(part) for part in parts)
    if drawn.legend:
        assert not any(drawn.legend.overlaps(other) for other in parts if other is not drawn.legend)


@thorough
@given(runs())
def test_the_svg_says_when_everything_is_there(run: tuple[tuple[Moment, ...], dict[int, tuple[Probe, ...]]]) -> None:
    moments, asked = run
    picture = Picture('<script>"&', moments, asked)
    svg = picture.moving()
    assert svg == Picture('<script>"&', moments, asked).moving()
    root = ElementTree.fromstring(svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan"),
    }
    for first, last, topology in moments:
        for at in (first, last):
            there = [g for g in root if g.tag == f"{SVG}g" and g.get("data-on") and at in _entries(g)]
            kinds = [str(g.get("class")).split()[0] for g in there]
            assert kinds.count("link") == len(_shown_links(topology))
            assert kinds.count("iface") == len(_shown(topology))
            still = ElementTree.fromstring(picture.still(at, "dark"))
            drawn = [str(g.get("class")).split()[0] for g in still if g.tag == f"{SVG}g"]
            for kind in ("iface", "link", "verdict"):
                assert drawn.count(kind) == kinds.count(kind)
    for at in range(moments[-1][1] + 1):
        assert picture.changes(at) <= set(ids)


def _entries(element: ElementTree.Element) -> set[int]:
    runs = [run.partition("-") for run in str(element.get("data-on")).split()]
    return {n for first, _, last in runs for n in range(int(first), int(last or first) + 1)}


def _shown(topology: Topology) -> list[Key]:
    return [i.key for i in topology.interfaces.values()]


def _shown_links(topology: Topology) -> set[tuple[str, Key, Key]]:
    return {(link.kind, link.a, link.b) for link in topology.links}


def test_what_a_step_changed_is_told_by_id() -> None:
    one = Interface("ns1", "veth1", 2, "veth", mac="aa:bb:cc:dd:ee:ff")
    two = Interface("ns1", "eth0", 2, "veth", mac="aa:bb:cc:dd:ee:ff", addresses=("10.0.0.1/24",))
    before, after = (Topology(("ns1",), {i.key: i}) for i in (one, two))
    picture = Picture("", ((0, 1, Topology()), (2, 4, before), (5, 9, after)), {})
    assert picture.changes(1) == set()
    assert picture.changes(2) == {"net-ns-0", "net-if-0.0"}
    assert picture.changes(5) == {"net-if-0.0", "net-if-0.1"}  # renamed in place: the same box with another look
    assert picture.changes(6) == set()


def test_a_box_stays_where_it_is() -> None:
    up = Interface("ns1", "eth0", 2, "veth", addresses=("10.0.0.1/24",))
    down = Interface("ns1", "eth0", 2, "veth", state="down")
    elsewhere = Interface("ns2", "eth0", 2, "veth")
    moments = tuple((n, n, Topology(("ns1", "ns2"), {i.key: i})) for n, i in enumerate((down, up, elsewhere)))
    root = ElementTree.fromstring(Picture("", moments, {}).moving())
    boxes = {}
    for element in root:
        if "iface" in str(element.get("class")):
            rect = element.find(f"{SVG}rect")
            assert rect is not None
            boxes[element.get("id")] = (rect.get("x"), rect.get("y"), rect.get("width"), rect.get("height"))
    assert boxes["net-if-0.0"] == boxes["net-if-0.1"]
    assert boxes["net-if-1.0"] != boxes["net-if-0.0"]
    hidden = {e.get("id") for e in root if "off" in str(e.get("class")).split()}
    assert hidden == {"net-if-0.0", "net-if-0.1"}  # the last moment shows without any script


def test_it_is_the_same_in_every_process(tmp_path: Path) -> None:
    code = (
        "from replayer.picture.drawing import Picture\n"
        "from replayer.topology import *\n"
        "keys = [(f'ns{n}', f'eth{m}') for n in range(5) for m in range(3)]\n"
        "boxes = {k: Interface(*k, 7 * n, 'veth') for n, k in enumerate(keys)}\n"
        "links = tuple(Link('lower', a, b) for a, b in zip(keys, keys[4:] + keys[:4]))\n"
        "print(Picture('x', ((0, 0, Topology(tuple({k[0] for k in keys}), boxes, links)),), {}).still())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_has_plain_colours(theme: str) -> None:
    """Viewers that know no custom properties show them too."""
    topology = Topology(("ns1",), {("ns1", "e"): Interface("ns1", "e", 2, "veth")})
    svg = Picture("", ((0, 0, topology),), {0: (Probe("通", "", "ns1", "", "10.0.0.1"),)}).still(None, theme)  # type: ignore[arg-type]
    assert "var(" not in svg
    assert "nobody has 10.0.0.1" in svg
    auto = Picture("", ((0, 0, topology),), {}).still()
    assert "prefers-color-scheme:dark" in auto
    assert "[data-theme=dark]" in auto

"""All moments of a run as one: which boxes and lines a picture has, what they show, and when.

A box is an interface of one namespace by its name; one that is renamed in place stays the same box, one that is
moved to another namespace is another box there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import pairwise

from replayer.picture.spans import Spans, spans
from replayer.topology import Interface, Key, Link, LinkKind, Topology

# Devices that some kernels put into every namespace, whether anybody wants them or not.
_FALLBACKS = frozenset(
    {"tunl0", "gre0", "gretap0", "erspan0", "sit0", "ip6tnl0", "ip6gre0", "ip_vti0", "ip6_vti0"},
)
_LOOPBACK = frozenset({"127.0.0.1/8", "::1/128"})

Moment = tuple[int, int, Topology]  # first entry, last entry, what was there


@dataclass(frozen=True, slots=True)
class Look:
    """What a box says at some time."""

    name: str
    kind: str  # with its mode: "macvlan vepa"
    mac: str
    addresses: tuple[str, ...]
    words: tuple[str, ...]  # "down", "no carrier", "blocking", "hairpin"
    faded: bool  # nothing goes through it


@dataclass(frozen=True, slots=True)
class Box:
    """An interface of one namespace: what it says, and when."""

    number: int
    namespace: str
    looks: tuple[tuple[Look, Spans], ...]

    @property
    def on(self) -> Spans:
        return spans(sorted(run for _, on in self.looks for run in on.runs))


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two boxes, by their numbers; of several that hang on one (a master, a lower device), `b` is
    the one."""

    number: int
    kind: LinkKind
    a: int
    b: int
    on: Spans


@dataclass(frozen=True, slots=True)
class Space:
    """A network namespace, and when it is there."""

    number: int
    name: str
    on: Spans


@dataclass(frozen=True, slots=True)
class Union:
    """`boxes` and `lines` stand at their numbers. `where`: which box an interface was, in each moment's order."""

    spaces: tuple[Space, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    where: tuple[dict[Key, int], ...] = ()


@dataclass(slots=True)
class _Gathered:
    spaces: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    boxes: list[tuple[str, dict[Look, list[tuple[int, int]]]]] = field(default_factory=list)
    lines: dict[tuple[LinkKind, int, int], list[tuple[int, int]]] = field(default_factory=dict)


def union(moments: Sequence[Moment], local: bool = False, wanted: Iterable[str] = ()) -> Union:
    """Moments in their order -> what they show together. `local`: link-local addresses are shown too. `wanted`:
    namespaces that are shown even if nothing is in them."""
    gathered = _Gathered()
    named: dict[Key, int] = {}  # the box that last had the name
    before: dict[tuple[str, int], int] = {}  # namespace and index -> the box, a moment ago
    where: list[dict[Key, int]] = []
    for first, last, topology in moments:
        shown = [i for i in topology.interfaces.values() if _is_shown(i, topology.links)]
        numbers = _numbered(shown, before, named, gathered)
        before = {(i.namespace, i.index): numbers[i.key] for i in shown}
        named |= numbers
        where.append(numbers)
        for name in topology.namespaces:
            gathered.spaces.setdefault(name, []).append((first, last))
        for interface in shown:
            looks = gathered.boxes[numbers[interface.key]][1]
            looks.setdefault(_look(interface, local), []).append((first, last))
        for link in topology.links:
            if link.a in numbers and link.b in numbers:
                ends = (link.kind, numbers[link.a], numbers[link.b])
                gathered.lines.setdefault(ends, []).append((first, last))
    return _finished(gathered, where, frozenset(wanted))


def _merged(gathered: _Gathered, where: list[dict[Key, int]]) -> dict[int, int]:
    """Boxes that had one name at different times are one: box -> the number that it has from now on."""
    there: list[set[int]] = [set() for _ in gathered.boxes]
    names: dict[Key, list[int]] = {}
    for moment, numbers in enumerate(where):
        for key, number in numbers.items():
            there[number].add(moment)
            names.setdefault(key, []).append(number)
    becomes = list(range(len(there)))
    for alike in names.values():
        for one, other in pairwise(dict.fromkeys(alike)):
            a, b = sorted((becomes[one], becomes[other]))
            if a != b and not there[a] & there[b]:
                there[a] |= there[b]
                becomes = [a if to == b else to for to in becomes]
    kept = {old: new for new, old in enumerate(sorted(set(becomes)))}
    return {number: kept[to] for number, to in enumerate(becomes)}


def _numbered(
    shown: list[Interface], before: dict[tuple[str, int], int], named: dict[Key, int], gathered: _Gathered
) -> dict[Key, int]:
    numbers = {i.key: before[i.namespace, i.index] for i in shown if (i.namespace, i.index) in before}
    taken = set(numbers.values())
    for interface in shown:
        if interface.key in numbers:
            continue
        number = named.get(interface.key)
        if number is None or number in taken:
            number = len(gathered.boxes)
            gathered.boxes.append((interface.namespace, {}))
        numbers[interface.key] = number
        taken.add(number)
    return numbers


def _finished(gathered: _Gathered, where: list[dict[Key, int]], wanted: frozenset[str]) -> Union:
    becomes = _merged(gathered, where)
    inhabited = {namespace for namespace, _ in gathered.boxes} | wanted
    # Where terminals begin is the stage, not an actor, until something stands there.
    names = [n for n in gathered.spaces if n or n in inhabited or len(gathered.spaces) == 1]
    names.sort(key=lambda name: (gathered.spaces[name][0][0], _natural(name)))
    boxes: dict[int, tuple[str, dict[Look, list[tuple[int, int]]]]] = {}
    for old, (namespace, looks) in enumerate(gathered.boxes):
        kept = boxes.setdefault(becomes[old], (namespace, {}))[1]
        for look, runs in looks.items():
            kept.setdefault(look, []).extend(runs)
    lines: dict[tuple[LinkKind, int, int], list[tuple[int, int]]] = {}
    for (kind, a, b), runs in gathered.lines.items():
        if becomes[a] != becomes[b]:
            lines.setdefault((kind, becomes[a], becomes[b]), []).extend(runs)
    return Union(
        tuple(Space(n, name, spans(gathered.spaces[name])) for n, name in enumerate(names)),
        tuple(
            Box(number, namespace, tuple((look, spans(sorted(runs))) for look, runs in looks.items()))
            for number, (namespace, looks) in sorted(boxes.items())
        ),
        tuple(Line(n, kind, a, b, spans(sorted(runs))) for n, ((kind, a, b), runs) in enumerate(lines.items())),
        tuple({key: becomes[number] for key, number in numbers.items()} for numbers in where),
    )


def _natural(name: str) -> list[tuple[int, str]]:
    """ns2 before ns10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d{1,9})", name)]


def _is_shown(interface: Interface, links: Iterable[Link]) -> bool:
    if interface.kind == "loopback":
        return bool(set(interface.addresses) - _LOOPBACK)
    if interface.name in _FALLBACKS and interface.state == "down" and not interface.addresses:
        return any(interface.key in (link.a, link.b) for link in links)
    return True


def _look(interface: Interface, local: bool) -> Look:
    state = () if interface.state == "up" else (interface.state,)
    told = interface.mode if interface.mode.startswith(interface.kind) else f"{interface.kind} {interface.mode}"
    return Look(
        interface.name,
        told.strip(),
        "" if interface.kind == "loopback" else interface.mac,
        tuple(_addresses(interface, local)),
        (*state, *interface.port),
        interface.state != "up",
    )


def _addresses(interface: Interface, local: bool) -> Iterator[str]:
    for address in interface.addresses:
        if address in _LOOPBACK or (not local and is_link_local(address)):
            continue
        yield address


def is_link_local(address: str) -> bool:
    """Whether it is an IPv6 address that an interface gives itself; a prefix length may follow."""
    try:
        parsed = ip_address(address.partition("/")[0].partition("%")[0])
    except ValueError:
        return False
    return parsed.version == 6 and parsed.is_link_local

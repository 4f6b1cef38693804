"""Questions to a sandbox's network, and what its answers say.

A question is a command line; its answer is what that printed. While a tutorial is played the sandbox answers
(`looking.py`), and what was asked is recorded; afterwards the recording does. The reading of the answers is the same.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from replayer.verification.addresses import Address, Interface, interface

# A command line -> what it printed.
Ask = Callable[[str], str]

MAIN = ""  # the namespace that terminals begin in
_NAMED = re.compile(r"^([\w.-]+)(?: \(id: \d+\))?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Device:
    """A network device of a namespace."""

    place: str
    name: str
    kind: str
    mode: str  # of a macvlan, an ipvlan
    heard: tuple[str, ...]  # of a macvlan in mode source: the MACs that it takes frames from
    up: bool
    carrier: bool
    mac: str
    addresses: tuple[Interface, ...]
    tentative: tuple[Interface, ...]
    details: Mapping[str, Any] = field(default_factory=dict)  # what its kind was told: a tunnel's id, remote, port
    port: Mapping[str, Any] = field(default_factory=dict)  # what it was told as a port of a bridge
    mute: bool = False  # it neither asks for neighbours nor answers them (NOARP)
    master: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.place, self.name

    @property
    def given(self) -> tuple[Interface, ...]:
        """The addresses that somebody gave it."""
        return tuple(own for own in self.addresses if not own.ip.is_link_local)


@dataclass(frozen=True, slots=True)
class Route:
    """What the kernel would do with a packet; `error`: its complaint, "" if it has a route."""

    error: str
    device: str = ""
    gateway: str = ""
    source: str = ""
    local: bool = False


class Evidence:
    """A sandbox's network, asked piece by piece. `named`: what a place is called in words."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._texts: dict[str, str] = {}

    def ask(self, line: str) -> str:
        """What a command line prints; each is asked once."""
        if line not in self._texts:
            self._texts[line] = self._ask(line)
        return self._texts[line]

    @property
    def asked(self) -> Mapping[str, str]:
        """Every question so far, with its answer."""
        return self._texts

    def inside(self, place: str, *words: str) -> str:
        """What a command prints in a place."""
        return self.ask(line_in(place, *words))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The main namespace, those with names, and `/PID` for each without one."""
        named = _NAMED.findall(self.ask("ip netns list"))
        own = self.ask("readlink /proc/self/ns/net").strip()
        unnamed = [
            f"/{words[1]}"
            for words in map(str.split, self.ask("lsns -t net -n -r -o NS,PID,NSFS").splitlines())
            if len(words) == 2 and words[1].isdigit() and words[1] != "1" and f"net:[{words[0]}]" != own
        ]
        return (MAIN, *named, *unnamed)

    @cached_property
    def devices(self) -> tuple[Device, ...]:
        return tuple(device for place in self.places for device in self._devices(place))

    def _devices(self, place: str) -> Iterator[Device]:
        for fact in listed(self.inside(place, "ip", "-j", "-d", "address")):
            flags = many(fact, "flags")
            info = one(fact, "linkinfo")
            data = one(info, "info_data")
            own = [
                (address, "tentative" in given)
                for given in map(_an_object, many(fact, "addr_info"))
                if (address := interface(f"{given.get('local')}/{given.get('prefixlen')}")) is not None
            ]
            yield Device(
                place,
                str(fact.get("ifname", "")),
                str(info.get("info_kind", "")),
                str(data.get("mode", "")),
                tuple(map(str, many(data, "macaddr_data"))),
                "UP" in flags,
                "LOWER_UP" in flags,
                str(fact.get("address", "")),
                tuple(address for address, _ in own),
                tuple(address for address, tentative in own if tentative),
                data,
                one(info, "info_slave_data"),
                "NOARP" in flags,
                str(fact.get("master", "")),
            )

    def device(self, place: str, name: str) -> Device | None:
        return next((device for device in self.devices if device.key == (place, name)), None)

    def holders(self, address: Address) -> list[Device]:
        """The devices that have an address."""
        return [device for device in self.devices if any(own.ip == address for own in device.addresses)]

    def route(self, place: str, address: Address, *words: str) -> Route:
        """The kernel's own answer to where a packet goes. `words`: `from ADDRESS iif DEVICE`, `oif DEVICE`."""
        text = self.inside(place, "ip", "-j", "route", "get", str(address), *words)
        facts = listed(text)
        if not facts:
            return Route(complaint_of(text))
        fact = facts[0]
        return Route(
            "",
            str(fact.get("dev", "")),
            str(fact.get("gateway", "") or one(fact, "via").get("host", "")),
            str(fact.get("prefsrc", "")),
            fact.get("type") == "local",
        )

    def neighbour(self, place: str, address: Address, device: str) -> tuple[str, str]:
        """The state and the MAC of a neighbour entry; two empty ones if there is none."""
        for fact in listed(self.inside(place, "ip", "-j", "neigh", "show", "to", str(address), "dev", device)):
            return " ".join(map(str, many(fact, "state"))), str(fact.get("lladdr", ""))
        return "", ""

    def unanswered(self, place: str) -> list[str]:
        """The addresses that a place asked for on a link, in vain."""
        return [
            str(fact.get("dst", ""))
            for fact in listed(self.inside(place, "ip", "-j", "neigh"))
            if {"FAILED", "INCOMPLETE"} & set(map(str, many(fact, "state")))
        ]

    def setting(self, place: str, name: str) -> str:
        """A sysctl's value, "" if there is none."""
        text = self.inside(place, "sysctl", "-n", name).strip()
        return text if re.fullmatch(r"-?\d+", text) else ""


def line_in(place: str, *words: str) -> str:
    """A command line that runs in a place."""
    if place.startswith("/"):
        words = ("nsenter", "-t", place[1:], "-n", *words)
    elif place and words[0] == "ip":
        words = ("ip", "-n", place, *words[1:])
    elif place:
        words = ("ip", "netns", "exec", place, *words)
    return shlex.join(words)


def called(place: str) -> str:
    """A place in words."""
    if place.startswith("/"):
        return "the namespace without a name"
    return place or "the main namespace"


def listed(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON array; none where it is something else."""
    begin = text.find("[")
    try:
        found = json.loads(text[begin:], strict=False) if begin >= 0 else []
    except (ValueError, RecursionError):
        return []
    return [fact for fact in found if isinstance(fact, dict)] if isinstance(found, list) else []


def one(fact: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object of that name; an empty one where it is something else, for a scenario can bring an `ip` of its own."""
    return _an_object(fact.get(name))


def many(fact: Mapping[str, Any], name: str) -> list[Any]:
    """The array of that name; an empty one where it is something else."""
    found = fact.get(name)
    return found if isinstance(found, list) else []


def _an_object(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def complaint_of(text: str) -> str:
    """The words of ip's complaint."""
    lines: Sequence[str] = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else "no answer").removeprefix("RTNETLINK answers: ")

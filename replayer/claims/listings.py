"""Listings of interfaces, routes and bridges: what of them can be true on another machine."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from replayer.outcomes.commands import Invocation, invocations

_ENTRY = re.compile(r"\d+: (?P<name>[\w.-]+)(?:@[\w.-]+)?:")
_BRIEF = re.compile(r"(?P<name>[\w.-]+)(?:@[\w.-]+)? +(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN) ")
_CONFIG = re.compile(r"(?P<name>[\w.-]+?)(?::\d+)?:? +(?:Link encap|flags=)")
_ASKED = re.compile(r"\S+ \(([\d.]+)\) at ")
_NEIGHBOUR = re.compile(
    r"\S+ +(?:ether +[0-9a-f:]{17}|\(incomplete\)) .* (?P<name>[\w.-]+)$|.* on (?P<device>[\w.-]+)$"
)
_VLAN = re.compile(r"(?P<name>[\w.-]+)\s+\d+(?:-\d+)?(?: PVID| Egress|\s*$)")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*")
_DEVICE = re.compile(r"\bdev +(?:dev +)?(?P<name>[\w.-]+)")
_ROUTE = re.compile(r"(?:[\d.]+|default|link-local) +\S+ +[\d.]+ +[UGHDM!]+ .* (?P<name>[\w.-]+)$")
_WIRED = re.compile(r"(?P<name>[\w.-]+)\s+8000\.[0-9a-f]{12}\s")
_CONTINUED = re.compile(r"\s")
# What goes on with an entry, its blanks lost.
_FLUSHED = re.compile(r"link/|inet6? |valid_lft|[RT]X[: ]|altname")
_HEADLINES = re.compile(r"Kernel IP|Destination +|Iface|bridge name|Name +State|Address +HWtype|port\s+vlan")
# Every machine has it, and a scenario brings it up.
LOOPBACK = "lo"
# What some kernels put into every namespace.
_KERNELS_OWN = re.compile(r"(?:tunl|sit|gre|gretap|erspan|ip6tnl|ip6gre|ip_vti|ip6_vti|dummy|bond|ifb|teql)0$|ifb1$")
_ADDS = frozenset({"a", "ad", "add"})
# Words that stand between a verb and the name that it gives.
_BEFORE_NAME = frozenset({"name", "dev", "addbr", "add-br", "peer"})
_NO_NAMES = _BEFORE_NAME | {"link", "type", "netns", "index", "mtu", "address", "txqueuelen"}
_NAME = re.compile(r"(?!\$\{?\w+\}?$)[A-Za-z$][\w.${}-]*")


# Interfaces that machines have, however a text names its own.
_MACHINES = re.compile(
    r"(?:lo|eth\d+|en[opsx]\w+|ens?\d+|wl\w+|docker0|br-[0-9a-f]{12}|veth[0-9a-f]{6,8}|virbr\d.*|lxc.*|vmnet\d+|"
    r"vboxnet\d+|wwan\d|tailscale0|flannel.*|cali.*|cni0|kube-.*)$"
)


@dataclass
class Made:
    """The interfaces that a text made: by their names, and by how a loop or a function of it makes them (`$1-br`);
    and those that its commands name which look like no machine's own."""

    names: set[str] = field(default_factory=set)
    forms: list[re.Pattern[str]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)  # addresses: who was asked is in the tables of neighbours
    routed: bool = False  # a route was added
    bridges: set[str] = field(default_factory=set)

    def learn(self, command: str) -> None:
        given = given_names(command)
        if _BRIDGE.search(command):
            self.bridges |= {name for name in given if "$" not in name}
        self.asked |= {word for call in invocations(command) for word in call.arguments if _ADDRESS.fullmatch(word)}
        self.routed = self.routed or _routes(command)
        self.names |= {name for name in given if "$" not in name}
        self.forms += [
            re.compile(re.sub(r"\\\$(?:\\\{)?\w+(?:\\\})?", r"[\\w.]+", re.escape(name)))
            for name in given
            if "$" in name
        ]

    def read(self, command: str) -> None:
        """Reads what a command, typed earlier or later, names."""
        self.named |= {word for word in _USED.findall(command) if not _MACHINES.match(word)}

    def __contains__(self, name: object) -> bool:
        return (
            name in self.names
            or name in self.asked
            or name in self.named
            or any(form.fullmatch(str(name)) for form in self.forms)
        )


_BRIDGE = re.compile(r"\btype bridge\b|\bbrctl addbr\b")
_ETHER = re.compile(r"(?P<before>\s*link/ether |.*\bHWaddr |\s+ether )(?P<mac>(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})")
_USED = re.compile(r"\b(?:dev|set|master|-i|br|show) +([A-Za-z][\w.-]*)")


def of_one(command: str, made: Made) -> bool:
    """Whether a command lists one interface that the text made, and nothing else."""
    return any(
        word == "dev" and after in made.names
        for call in invocations(command)
        for word, after in pairwise(call.arguments)
    )


def _routes(command: str) -> bool:
    """Whether a command adds a route, or a rule for one, where the author's shell began."""
    return any(
        call.program == "ip"
        and call.namespace is None
        and not _elsewhere(call)
        and any(word[:2] in ("ro", "ru", "r") for word in call.arguments[:4])
        and any(word in _ADDS or word in ("replace", "append") for word in call.arguments[1:6])
        for call in invocations(command)
    )


def asks_route(command: str) -> bool:
    """Whether a command asks which way a packet takes."""
    return any(
        call.program == "ip" and any(word[:1] == "r" and after == "get" for word, after in pairwise(call.arguments))
        for call in invocations(command)
    )


def given_names(command: str) -> set[str]:
    """The names of interfaces that a command makes or gives; with `$` where a loop or a function makes them."""
    names: set[str] = set()
    for call in invocations(command):
        words = list(call.arguments)
        if call.program in ("brctl", "ovs-vsctl", "tunctl", "vconfig", "openvpn", "wg-quick"):
            names |= {word for word in words if re.match(r"[a-zA-Z]", word)}
        elif call.program == "ip" and any((word and "add".startswith(word)) or word == "name" for word in words[:6]):
            names |= _given(words)
    return names


def _given(words: list[str]) -> set[str]:
    names = set()
    for earlier, before, word in zip(["", "", *words], ["", *words], words, strict=False):
        named = before in ("name", "peer") and word != "name"
        added = before in _ADDS and word not in _NO_NAMES
        if named or added or (before == "dev" and earlier in _ADDS):
            names.add(word)
    return {name for name in names if _NAME.fullmatch(name)}


def lists(command: str) -> Invocation | None:
    """The call of a command line that lists interfaces, addresses, routes or neighbours of where the shell is."""
    called = invocations(command)
    for call in called:
        words = [word for word in call.arguments if not word.startswith("-")]
        if call.namespace is not None or _elsewhere(call):
            continue
        match call.program:
            case "ip" if words and words[0][:1] in ("l", "a", "r", "n") and not words[0].startswith(("netn", "ru")):
                return call
            case "bridge" | "brctl" | "ifconfig" | "route" | "netstat" | "arp":
                return call
    return None


def _elsewhere(call: Invocation) -> bool:
    """Whether `ip`, `bridge` or `tc` is told of a namespace: `-n ns1`, `-all netns exec`."""
    return call.program in ("ip", "bridge", "tc") and any(
        word in ("-n", "-netns", "--netns", "-a", "-all", "--all") for word in call.arguments[:4]
    )


def of_its_namespace(lines: Sequence[str]) -> list[str]:
    """A listing of interfaces in a namespace, as it can be true on another kernel: without the interfaces that some
    kernels put into every namespace; where `lo` is missing, its author cut it, and `...` stands between the entries."""
    entries = [line for line in lines if _ENTRY.match(line) or _CONFIG.match(line)]
    names = {name for line in entries if (name := _name_of(line))}
    own = {name for name in names if _KERNELS_OWN.match(name)}
    if not names or (LOOPBACK in names and not own):
        return list(lines)
    return of_ours(lines, names - own)


def of_ours(lines: Sequence[str], made: Container[str]) -> list[str]:
    """A listing of the author's own machine, its entries of interfaces that no command made as `...`; `lo` stays.

    What comes before, between and after may be more on any machine, so `...` stands there too.
    """
    kept: list[str] = ["..."]
    ours = False
    for line in lines:
        if line.strip() in ("", "..."):
            _leave_out(kept)
            continue
        name = _name_of(line)
        if name is not None:
            asked = _ASKED.match(line)
            ours = name in made or (asked[1] if asked else line.split()[0]) in made or name == LOOPBACK
            if _ENTRY.match(line) or _CONFIG.match(line):
                _leave_out(kept)
        elif _HEADLINES.match(line):
            ours = True
        elif not _CONTINUED.match(line):
            ours = ours and bool(_FLUSHED.match(line))
        if ours:
            kept.append(line)
        else:
            _leave_out(kept)
    _leave_out(kept)
    told = [line for line in kept if line != "..."]
    return [] if all(map(_HEADLINES.match, told)) else kept


def bridges_macs_left_open(lines: Iterable[str], bridges: set[str], named: set[str]) -> list[str]:
    """A listing with the MACs of bridges made unreadable, so that they stand for any: a bridge takes the lowest MAC of
    its ports, which chance gave them. Those that a command names (`named`) stay."""
    open_: list[str] = []
    name: str | None = None
    for line in lines:
        if _ENTRY.match(line) or _CONFIG.match(line):
            name = _name_of(line)
        found = _ETHER.match(line)
        if found and name in bridges and found["mac"].lower() not in named:
            line = f"{found['before']}xx:xx:xx:xx:xx:xx{line[found.end() :]}"
        open_.append(line)
    return open_


def names_namespaces(command: str) -> bool:
    """Whether a command lists the names of network namespaces, and nothing else."""
    called = invocations(command)
    words = [word for call in called for word in call.arguments if not word.startswith("-")]
    return (
        len(called) == 1
        and called[0].program == "ip"
        and words in (["netns"], ["netns", "list"], ["netns", "ls"], ["netns", "show"])
    )


def nameless(lines: Iterable[str]) -> bool:
    """Whether no line says of which interface it is, as after `grep ether`."""
    return all(_name_of(line) is None for line in lines)


def _leave_out(kept: list[str]) -> None:
    if kept[-1] != "...":
        kept.append("...")


def _name_of(line: str) -> str | None:
    """The interface that a line begins to tell of, if it does."""
    for pattern in (_ENTRY, _BRIEF, _CONFIG, _ROUTE, _WIRED, _VLAN):
        found = pattern.match(line)
        if found:
            return found["name"]
    if found := _NEIGHBOUR.match(line):
        return found["name"] or found["device"]
    if not _CONTINUED.match(line):
        found = _DEVICE.search(line)
        if found:
            return found["name"]
    return None

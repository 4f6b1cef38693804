"""What was seen of the network of every namespace, as a graph.

The facts are those of `ip -j -d address` (iproute2's own names and shapes), cut down to what a picture needs: a
recording's `topology` event holds them for each namespace that changed, and `Network` folds those events. A namespace
is named as `ip netns` names it; the one that terminals begin in is `""`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Key = tuple[str, str]  # namespace, interface
Place = tuple[str, int]  # namespace, interface's index
State = Literal["up", "no carrier", "down"]
LinkKind = Literal["veth", "master", "lower", "tunnel"]

# What is kept of an interface, and of its `linkinfo`.
_KEPT = ("ifindex", "ifname", "link", "link_index", "link_namespace", "mtu", "master", "address")
_KEPT_OF_FLAGS = ("UP", "LOWER_UP")
_KEPT_OF_PORT = ("state", "hairpin", "isolated")
_KEPT_OF_ADDRESS = ("family", "local", "prefixlen", "scope")
_KEPT_OF_KIND = ("mode", "type", "id", "link", "remote", "remote6", "vlan_filtering", "stp_state", "table")
# What a port's state is where nothing is to be said of it: of bridges (without and with STP), of bonds.
_USUAL_STATES = frozenset({"disabled", "forwarding", "active"})


@dataclass(frozen=True, slots=True)
class Interface:
    """A network device as it was at one moment."""

    namespace: str
    name: str
    index: int
    kind: str  # as `ip -d link` says: veth, bridge, macvlan, …; "loopback", or "" for hardware
    mode: str = ""  # what the kind is told: "vepa", "vlan 100", "vni 42", "stp"
    mac: str = ""
    addresses: tuple[str, ...] = ()  # with their prefix lengths: "192.168.0.1/24"
    state: State = "up"
    port: tuple[str, ...] = ()  # of a bridge's port, where not the default: "blocking", "hairpin", "isolated"

    @property
    def key(self) -> Key:
        return self.namespace, self.name


@dataclass(frozen=True, slots=True)
class Link:
    """`a` and `b` belong together: two ends of a veth pair; a port and its master; a device and the one it sits
    on; a tunnel's device and the one that has the remote address."""

    kind: LinkKind
    a: Key
    b: Key


@dataclass(frozen=True, slots=True)
class Topology:
    """The network at one moment."""

    namespaces: tuple[str, ...] = ()
    interfaces: Mapping[Key, Interface] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


Facts = dict[str, list[dict[str, Any]]]

_Type = type | tuple[type, ...]
_SCALAR: _Type = (str, int, float, type(None))
# What an interface's facts are; `ifindex` and `ifname` are always there.
_TYPES: dict[str, _Type] = {
    **dict.fromkeys(("ifname", "link_namespace", "master", "address", "info_kind"), str),
    **dict.fromkeys(("ifindex", "link_index", "mtu"), int),
    "link": (str, type(None)),
    **dict.fromkeys(("flags", "addr_info"), list),
    **dict.fromkeys(("info_data", "port"), dict),
}
_TYPES_OF_ADDRESS: dict[str, _Type] = {**dict.fromkeys(("family", "local", "scope"), str), "prefixlen": int}


def check(network: Any, gone: Any) -> None:
    """Raises ValueError where these are not what `Network.feed` takes: whoever wrote them, it was no `Lens`."""
    _are(gone, str, "gone")
    for namespace, facts in _is(network, dict, "network").items():
        for fact in _are(facts, dict, f"network of {namespace!r}"):
            if not {"ifindex", "ifname"} <= fact.keys():
                raise ValueError(f"an interface of {namespace!r} has no ifindex or no ifname")
            _fits(fact, _TYPES)
            _are(fact.get("flags", []), str, "flags")
            for address in _are(fact.get("addr_info", []), dict, "addr_info"):
                _fits(address, _TYPES_OF_ADDRESS)
                if "local" in address and "prefixlen" not in address:
                    raise ValueError("an address has no prefixlen")
            _are(list({**fact.get("info_data", {}), **fact.get("port", {})}.values()), _SCALAR, "info_data or port")


def _is(value: Any, kind: _Type, name: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{name} is {value!r:.40}")
    return value


def _are(values: Any, kind: _Type, name: str) -> Any:
    for value in _is(values, list, name):
        _is(value, kind, name)
    return values


def _fits(fact: Mapping[str, Any], types: Mapping[str, _Type]) -> None:
    for name in types.keys() & fact.keys():
        _is(fact[name], types[name], name)


class Network:
    """The fold of what was seen: facts of the namespaces that changed -> the topology."""

    def __init__(self) -> None:
        self._facts: Facts = {}

    def feed(self, facts: Mapping[str, list[dict[str, Any]]], gone: list[str]) -> Topology:
        """What a `Lens` told (see `check`) -> the whole network as it is now."""
        before = _devices(self._facts)
        self._facts |= facts
        for name in gone:
            self._facts.pop(name, None)
        self._follow(before, set(facts))
        interfaces = {}
        for namespace in sorted(self._facts):
            for fact in self._facts[namespace]:
                found = _interface(namespace, fact)
                interfaces[found.key] = found
        links = _links(self._facts, interfaces)
        return Topology(tuple(sorted(self._facts)), interfaces | _paired(links, interfaces), links)

    def _follow(self, before: Mapping[Place, dict[str, Any]], seen: set[str]) -> None:
        """A device that moves to another namespace announces itself where it was and where it is, not where others
        sit on it or are its peer: what was seen there earlier is told where it is now."""
        after = _devices(self._facts)
        came = [(place, after[place]) for place in sorted(after.keys() - before.keys())]
        moved: dict[Place, Place] = {}
        for place in sorted(before.keys() - after.keys()):
            was = before[place]
            alike = {fact["ifname"]: new for new, fact in came if _likeness(fact) == _likeness(was)}
            if was["ifname"] in alike or len(alike) == 1:  # a name may change on the way
                moved[place] = alike.get(was["ifname"]) or next(iter(alike.values()))
        for namespace in self._facts.keys() - seen if moved else ():
            self._facts[namespace] = [_followed(fact, moved) for fact in self._facts[namespace]]


def _devices(facts: Facts) -> dict[Place, dict[str, Any]]:
    return {(namespace, fact["ifindex"]): fact for namespace in sorted(facts) for fact in facts[namespace]}


def _followed(fact: dict[str, Any], moved: Mapping[Place, Place]) -> dict[str, Any]:
    now = moved.get((fact.get("link_namespace", ""), fact.get("link_index", 0)))
    return (
        fact if now is None or "link_namespace" not in fact else fact | {"link_namespace": now[0], "link_index": now[1]}
    )


def _likeness(fact: Mapping[str, Any]) -> tuple[object, ...]:
    """What a device keeps when it moves."""
    return fact.get("info_kind"), fact.get("address")


class Lens:
    """Cuts what a sandbox tells of its network down to the facts, and to what is new among them."""

    def __init__(self) -> None:
        self._last: Facts = {}
        self._unnamed: dict[int, str] = {}

    def look(self, seen: Mapping[str, Any]) -> tuple[Facts, list[str]]:
        """What `Sandbox.look` found -> the facts of each namespace that changed, and those that are gone."""
        names = {space["id"]: self._name(space, first=at == 0) for at, space in enumerate(seen["namespaces"])}
        facts = {
            names[space["id"]]: [_kept(fact, space["ids"], names) for fact in space["addresses"]]
            for space in seen["namespaces"]
            if "addresses" in space
        }
        changed = {name: fact for name, fact in facts.items() if self._last.get(name) != fact}
        gone = [name for name in self._last if name not in names.values()]
        self._last = {name: fact for name, fact in (self._last | facts).items() if name not in gone}
        return changed, gone

    def _name(self, space: Mapping[str, Any], first: bool) -> str:
        if first or space["name"]:
            return "" if first else str(space["name"])
        return self._unnamed.setdefault(space["id"], f"unnamed {len(self._unnamed) + 1}")


def _kept(fact: Mapping[str, Any], ids: Mapping[str, int], names: Mapping[int, str]) -> dict[str, Any]:
    kept = {name: fact[name] for name in _KEPT if name in fact}
    if "flags" in fact:
        kept["flags"] = [flag for flag in fact["flags"] if flag in _KEPT_OF_FLAGS]
    number = str(fact.get("link_netnsid", ""))
    if number in ids:
        kept["link_namespace"] = names[ids[number]]
    info = fact.get("linkinfo", {})
    if "info_kind" in info:
        kept["info_kind"] = info["info_kind"]
    elif fact.get("link_type") == "loopback":
        kept["info_kind"] = "loopback"
    data = {k: v for k, v in info.get("info_data", {}).items() if k in _KEPT_OF_KIND}
    port = {k: v for k, v in info.get("info_slave_data", {}).items() if k in _KEPT_OF_PORT}
    addresses = [{k: v for k, v in a.items() if k in _KEPT_OF_ADDRESS} for a in fact.get("addr_info", ())]
    kept |= {name: value for name, value in (("info_data", data), ("port", port), ("addr_info", addresses)) if value}
    return kept


def _interface(namespace: str, fact: Mapping[str, Any]) -> Interface:
    kind = fact.get("info_kind", "")
    port = fact.get("port", {})
    standing = str(port.get("state", "forwarding")).lower()
    words = [standing] if standing not in _USUAL_STATES else []
    words += [word for word in ("hairpin", "isolated") if port.get(word)]
    flags = fact.get("flags", ())
    # Not by `operstate` or NO-CARRIER: those follow the carrier up to a second late.
    state: State = "down" if "UP" not in flags else "up" if "LOWER_UP" in flags else "no carrier"
    return Interface(
        namespace,
        fact["ifname"],
        fact["ifindex"],
        kind,
        _mode(kind, fact.get("info_data", {})),
        fact.get("address", ""),
        tuple(f"{a['local']}/{a['prefixlen']}" for a in fact.get("addr_info", ()) if "local" in a),
        state,
        tuple(words),
    )


def _paired(links: tuple[Link, ...], interfaces: Mapping[Key, Interface]) -> dict[Key, Interface]:
    """The ends of veth pairs that are up: they have a carrier when the other end is up too. The kernel announces it
    where the other end was set up or down, and only later, often after the next look, where this one is."""
    found = {}
    for link in links:
        if link.kind == "veth":
            for own, other in ((link.a, link.b), (link.b, link.a)):
                if interfaces[own].state != "down":
                    state: State = "no carrier" if interfaces[other].state == "down" else "up"
                    found[own] = replace(interfaces[own], state=state)
    return found


def _mode(kind: str, data: Mapping[str, Any]) -> str:
    match kind:
        case "bridge":
            return " ".join(
                word
                for word, option in (("stp", "stp_state"), ("vlan-filtering", "vlan_filtering"))
                if data.get(option)
            )
        case "vlan":
            return f"vlan {data.get('id', '?')}"
        case "vxlan" | "geneve":
            return f"vni {data.get('id', '?')}"
        case "vrf":
            return f"table {data.get('table', '?')}"
        case "tun":
            return str(data.get("type", ""))
    return str(data.get("mode", ""))


def _links(facts: Facts, interfaces: Mapping[Key, Interface]) -> tuple[Link, ...]:
    by_index = {(i.namespace, i.index): i.key for i in interfaces.values()}
    lower = {}
    for namespace in sorted(facts):
        for fact in facts[namespace]:
            elsewhere, own = fact.get("link_namespace"), fact.get("link") or fact.get("info_data", {}).get("link")
            other = (namespace, own) if elsewhere is None else by_index.get((elsewhere, fact.get("link_index", 0)))
            if other in interfaces and other != (namespace, fact["ifname"]):
                lower[namespace, fact["ifname"]] = other
    found: dict[Link, None] = {}
    for namespace in sorted(facts):
        for fact in facts[namespace]:
            key = (namespace, fact["ifname"])
            master, below = (namespace, fact.get("master", "")), lower.get(key)
            if master in interfaces and master != key:
                found[Link("master", key, master)] = None
            if below is not None and interfaces[key].kind != "veth":
                found[Link("lower", key, below)] = None
            elif below is not None and interfaces[below].kind == "veth" and lower.get(below, key) == key:
                found[Link("veth", min(key, below), max(key, below))] = None
            found |= dict.fromkeys(_tunnels(key, fact.get("info_data", {}), interfaces))
    return tuple(found)


def _tunnels(key: Key, data: Mapping[str, Any], interfaces: Mapping[Key, Interface]) -> Iterator[Link]:
    """To the device that has the remote address: another namespace's, if several have it."""
    remote = str(data.get("remote") or data.get("remote6") or "")
    having = [
        i.key for i in interfaces.values() if i.key != key and any(a.partition("/")[0] == remote for a in i.addresses)
    ]
    if having:
        yield Link("tunnel", key, min(having, key=lambda other: (other[0] == key[0], other)))

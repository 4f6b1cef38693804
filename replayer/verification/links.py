"""What on the links between two devices keeps them apart: ports of bridges, modes of macvlans, ends of tunnels."""

from replayer.topology import Key, Link, Topology
from replayer.verification.addresses import parsed
from replayer.verification.evidence import Device, Evidence, called, line_in
from replayer.verification.obstacles import Obstacle


def on_link(evidence: Evidence, topology: Topology | None, begin: Key, path: tuple[Link, ...]) -> Obstacle | None:
    """What on the link itself keeps two devices apart."""
    if topology is None or not path:
        return None
    keys = _keys(begin, path)
    by_key = {one.key: one for one in evidence.devices}
    for key in keys:
        one = by_key.get(key)
        seen = topology.interfaces.get(key)
        if one is None:
            continue
        shown = (line_in(one.place, "ip", "-j", "-d", "address"),)
        if not one.up:
            return Obstacle("link down", f"{one.name} in {called(one.place)} is down", shown)
        if not one.carrier and one.kind != "bridge":
            return Obstacle("link down", f"{one.name} in {called(one.place)} has no carrier", shown)
        if seen is not None and any(word in ("listening", "learning", "blocking", "disabled") for word in seen.port):
            word = next(w for w in seen.port if w in ("listening", "learning", "blocking", "disabled"))
            return Obstacle("port", f"{one.name} in {called(one.place)} is a port of a bridge that is {word}", shown)
    return (
        _isolated(keys, by_key) or _tunnel(keys, by_key) or _choosy(keys, by_key) or _macvlans(keys, by_key, topology)
    )


def lost_in_a_tunnel(evidence: Evidence, device: Device) -> Obstacle | None:
    """Why what a VXLAN's device sends goes nowhere; None if it goes somewhere."""
    if device.kind != "vxlan":
        return None
    where = f"{device.name} in {called(device.place)}"
    remote = parsed(str(device.details.get("remote") or device.details.get("remote6") or ""))
    if remote is not None:
        if evidence.holders(remote):
            return None
        shown = (line_in(device.place, "ip", "-j", "-d", "address"),)
        return Obstacle("tunnel", f"nobody has the address {remote}, the remote of {where}", shown)
    line = line_in(device.place, "bridge", "fdb", "show", "dev", device.name)
    if " dst " in evidence.ask(line) or device.details.get("group") or device.details.get("group6"):
        return None
    return Obstacle("tunnel", f"{where} has no remote, and no fdb entry leads to one", (line,))


def _isolated(keys: list[Key], devices: dict[Key, Device]) -> Obstacle | None:
    """Two ports of a bridge that may not hear each other."""
    for near, far in zip(keys, keys[2:], strict=False):
        one, other = devices.get(near), devices.get(far)
        if one is not None and other is not None and one.port.get("isolated") and other.port.get("isolated"):
            words = f"{one.name} and {other.name} in {called(one.place)} are isolated ports of one bridge"
            return Obstacle("isolated", words, (line_in(one.place, "ip", "-j", "-d", "address"),))
    return None


def _tunnel(keys: list[Key], devices: dict[Key, Device]) -> Obstacle | None:
    """The two ends of a VXLAN that are not of one network."""
    ends = [devices[key] for key in keys if key in devices and devices[key].kind == "vxlan"]
    for word in ("id", "port"):
        told = [str(end.details.get(word, "")) for end in ends]
        if len(ends) > 1 and told[0] != told[-1]:
            one, other = (
                f"{word} {number} of {end.name} in {called(end.place)}"
                for number, end in ((told[0], ends[0]), (told[-1], ends[-1]))
            )
            shown = tuple(line_in(end.place, "ip", "-j", "-d", "address") for end in (ends[0], ends[-1]))
            return Obstacle("tunnel", f"the {one} is not the {other}", shown)
    return None


def path_between(topology: Topology | None, begin: tuple[str, str], end: tuple[str, str]) -> tuple[Link, ...] | None:
    """The shortest chain of links that joins two devices; None if none does."""
    if topology is None:
        return None
    ways: dict[tuple[str, str], tuple[Link, ...]] = {begin: ()}
    frontier = [begin]
    while frontier:
        following = []
        for key in frontier:
            for link in topology.links:
                if key in (link.a, link.b):
                    other = link.b if key == link.a else link.a
                    if other not in ways:
                        ways[other] = (*ways[key], link)
                        following.append(other)
        frontier = following
    return ways.get(end)


def without_carrier(topology: Topology | None, device: Device) -> str:
    """Why a device that is up has no carrier, in words."""
    for link in topology.links if topology is not None else ():
        if device.key in (link.a, link.b) and (link.kind == "veth" or (link.kind == "lower" and link.a == device.key)):
            place, name = link.b if link.a == device.key else link.a
            return f"{name} in {called(place)} is down"
    return "nobody is at the other end, or it is down"


def loose_end(evidence: Evidence, topology: Topology | None, near: Key, far: Key) -> str:
    """The end of a wire that leads to one of two devices and should be a port of the bridge that the other is at, in
    words; "" where none is seen."""
    for begin, other in ((far, near), (near, far)):
        for bridge in (one for one in evidence.devices if one.kind == "bridge"):
            if path_between(topology, other, bridge.key) is None:
                continue
            for end in evidence.devices:
                loose = end.kind == "veth" and end.place == bridge.place and not end.master and not end.given
                if loose and path_between(topology, begin, end.key) is not None:
                    return f": {end.name} in {called(end.place)} is no port of {bridge.name}"
    return ""


def _keys(begin: tuple[str, str], path: tuple[Link, ...]) -> list[tuple[str, str]]:
    keys = [begin]
    for link in path:
        keys.append(link.b if keys[-1] == link.a else link.a)
    return keys


def _macvlans(
    keys: list[tuple[str, str]], devices: dict[tuple[str, str], Device], topology: Topology
) -> Obstacle | None:
    """macvlans and ipvlans on one device, and that device itself: their modes say who hears whom."""
    lower = {(link.a, link.b) for link in topology.links if link.kind == "lower"}
    for at, key in enumerate(keys[:-1]):
        one, other = devices.get(key), devices.get(keys[at + 1])
        if one is None or other is None:
            continue
        ends = at + 1 == len(keys) - 1
        if (key, other.key) in lower and _stacked(one) and ends:
            return _parent(one, other)
        if (other.key, key) in lower and _stacked(other) and at == 0:
            return _parent(other, one)
        beyond = devices.get(keys[at + 2]) if at + 2 < len(keys) else None
        if beyond is not None and (key, other.key) in lower and (beyond.key, other.key) in lower:
            modes = ("bridge", "vepa") if _reflected(other, topology) else ("bridge",)
            apart = [m for m in (one, beyond) if m.kind in ("macvlan", "macvtap") and m.mode not in modes]
            if apart:
                words = (
                    f"{apart[0].name} in {called(apart[0].place)} is a {apart[0].kind} in mode {apart[0].mode}, "
                    f"and {one.name} and {beyond.name} are both on {other.name}"
                )
                return Obstacle("macvlan", words, (line_in(apart[0].place, "ip", "-j", "-d", "address"),))
    return None


def _reflected(lower: Device, topology: Topology) -> bool:
    """Whether the bridge at the other end of a device sends back what came from it (hairpin), as VEPA wants it."""
    ends = {link.a: link.b for link in topology.links if link.kind == "veth"}
    ends |= {other: one for one, other in ends.items()}
    port = topology.interfaces.get(ends.get(lower.key, lower.key))
    return port is not None and "hairpin" in port.port


def _choosy(keys: list[tuple[str, str]], devices: dict[tuple[str, str], Device]) -> Obstacle | None:
    """A macvlan in mode source at one end, which does not take what comes from the other."""
    for near, far in ((devices.get(keys[0]), devices.get(keys[-1])), (devices.get(keys[-1]), devices.get(keys[0]))):
        if near is None or far is None or near.mode != "source" or near.kind not in ("macvlan", "macvtap"):
            continue
        if far.mac.lower() not in [mac.lower() for mac in near.heard]:
            words = (
                f"{near.name} in {called(near.place)} is a {near.kind} in mode source and takes only what comes from "
                f"{' or '.join(near.heard) or 'nobody'}; {far.name} has {far.mac}"
            )
            return Obstacle("macvlan", words, (line_in(near.place, "ip", "-j", "-d", "address"),))
    return None


def _stacked(device: Device) -> bool:
    return device.kind in ("macvlan", "macvtap", "ipvlan")


def _parent(upper: Device, lower: Device) -> Obstacle:
    words = f"{upper.name} in {called(upper.place)} is a {upper.kind} on {lower.name}: they do not hear each other"
    return Obstacle("macvlan", words, (line_in(upper.place, "ip", "-j", "-d", "address"),))

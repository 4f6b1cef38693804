"""The way of a packet through a sandbox's network, and what stands in it.

From hop to hop the kernel itself is asked (`ip route get … from … iif …`): its answer holds its forwarding switch and
its reverse-path filter. What it cannot be asked (links, neighbours, filters) is read from its listings.
"""

from dataclasses import dataclass

from replayer.topology import Topology
from replayer.verification.addresses import Address, Asked, parsed
from replayer.verification.evidence import MAIN, Device, Evidence, called, line_in
from replayer.verification.links import loose_end, lost_in_a_tunnel, on_link, path_between, without_carrier
from replayer.verification.obstacles import Obstacle, filtered, listens
from replayer.verification.routes import filtered_back, no_route

# So many routers are on no tutorial's way.
_MOST_HOPS = 16
_SILENT = ("FAILED", "INCOMPLETE")
# Kinds of devices that do ARP unless they are told not to.
_ASKING = frozenset({"veth", "bridge", "macvlan", "macvtap", "vlan"})


@dataclass(frozen=True, slots=True)
class Way:
    """Obstacles in the order in which a packet meets them; `hops`: where it comes past, in words; `places`: the
    namespaces that it comes to."""

    obstacles: tuple[Obstacle, ...]
    hops: tuple[str, ...]
    places: tuple[str, ...]


def way(evidence: Evidence, place: str, asked: Asked, topology: Topology | None) -> Way:
    """The way to whom a command asks, and back, from a place."""
    walk = _Walk(evidence, topology)
    source = walk.there(place, asked)
    found = [*walk.obstacles]
    if walk.arrived is not None and not found:
        target = walk.arrived
        found += listens(evidence, target.place, asked)
        if source is not None and target.place != place:
            back = _Walk(evidence, topology)
            back.back(target.place, source, place, str(asked.address))
            found += back.obstacles
    if any(one.kind == "rp_filter" for one in found):
        # Who asks for a neighbour is filtered like any other sender.
        found.sort(key=lambda one: one.kind == "unanswered")
    found += [one for at in walk.passed for one in filtered(evidence, at)]
    return Way(tuple(dict.fromkeys(found)), tuple(walk.hops), tuple(dict.fromkeys(walk.passed)))


class _Walk:
    def __init__(self, evidence: Evidence, topology: Topology | None) -> None:
        self._evidence, self._topology = evidence, topology
        self.obstacles: list[Obstacle] = []
        self.hops: list[str] = []
        self.passed: list[str] = []
        self.arrived: Device | None = None

    def there(self, place: str, asked: Asked) -> Address | None:
        """Walks to whom is asked; gives the address that the packet comes from."""
        words: tuple[str, ...] = ()
        source = parsed(asked.source) if asked.source else None
        if source is not None:
            words = ("from", str(source))
        elif asked.source:
            words = ("oif", asked.source)
        first = self._evidence.route(place, asked.address, *words)
        return self._from(place, asked.address, words, source or parsed(first.source))

    def back(self, place: str, source: Address, home: str, named: str) -> None:
        """Walks back to the place that asked."""
        before = len(self.obstacles)
        self._from(place, source, (), parsed(named))
        self.obstacles[before:] = [
            Obstacle(one.kind, f"on the way back, {one.words}", one.shown) for one in self.obstacles[before:]
        ]
        if self.arrived is not None and self.arrived.place != home and not self.obstacles:
            where = called(self.arrived.place)
            self.obstacles.append(Obstacle("address", f"{source} is in {where} too, and the answer goes there"))

    def _from(self, place: str, target: Address, words: tuple[str, ...], source: Address | None) -> Address | None:
        evidence = self._evidence
        for hop in range(_MOST_HOPS):
            self.passed.append(place)
            route = evidence.route(place, target, *words)
            asked = line_in(place, "ip", "-j", "route", "get", str(target), *words)
            if route.error and hop and any(one.place == place for one in evidence.holders(source or target)):
                # To the kernel it comes from nobody: no other machine may send from an address of its own.
                circle = f"the packet comes back to {called(place)}, which sent it: {' → '.join(self.hops)}"
                self.obstacles.append(Obstacle("loop", circle, (asked,)))
                return source
            if route.error:
                self.obstacles.append(no_route(evidence, place, target, route.error, asked, forwards=hop > 0))
                return source
            if route.local:
                self._own(place, target)
                return source
            device = evidence.device(place, route.device)
            if device is None:
                return source
            next_hop = parsed(route.gateway) or target
            self.hops.append(f"{called(place)} {device.name}")
            holder = self._across(device, next_hop, target)
            if holder is None:
                return source
            if any(one.place == holder.place for one in evidence.holders(target)):
                self._received(holder, target, source)
                return source
            if source is not None:
                self._add(filtered_back(evidence, holder, source))
            self._forwards(holder, target)
            words = ("from", str(source or "0.0.0.0"), "iif", holder.name)
            place = holder.place
        self.obstacles.append(Obstacle("loop", f"the packet goes in a circle: {' → '.join(self.hops[:4])} …"))
        return source

    def _add(self, obstacle: Obstacle | None) -> None:
        self.obstacles += [obstacle] if obstacle is not None else []

    # -- what may be wrong at one hop ---------------------------------------------------------------------

    def _own(self, place: str, target: Address) -> None:
        """The packet is for its own sender's machine: it goes by `lo`."""
        evidence = self._evidence
        loop = evidence.device(place, "lo")
        self.arrived = next((one for one in evidence.holders(target) if one.place == place), loop)
        if loop is not None and not loop.up:
            shown = line_in(place, "ip", "-j", "-d", "address")
            self.obstacles.append(Obstacle("link down", f"lo in {called(place)} is down", (shown,)))

    def _across(self, device: Device, next_hop: Address, target: Address) -> Device | None:
        """Over the link of one device to the one that has an address; None if it does not arrive."""
        evidence = self._evidence
        place, where = device.place, called(device.place)
        listing = line_in(place, "ip", "-j", "-d", "address")
        state, mac = evidence.neighbour(place, next_hop, device.name)
        neighbours = line_in(place, "ip", "-j", "neigh", "show", "to", str(next_hop), "dev", device.name)
        if not device.up or not device.carrier:
            why = "is down" if not device.up else f"has no carrier: {without_carrier(self._topology, device)}"
            self.obstacles.append(Obstacle("link down", f"{device.name} in {where} {why}", (listing,)))
            return None
        holders = evidence.holders(next_hop)
        if not holders:
            self.obstacles.append(self._nobody(next_hop, target, device, neighbours))
            return None
        own = [one for one in holders if one.place == place]
        holders = [one for one in holders if one.place != place]
        if not holders:
            self._itself(device, own[0])
            return None
        # A machine answers on any of its devices for an address of another of them.
        holders += [one for one in evidence.devices if one.place in {holder.place for holder in holders}]
        joined = {
            one.key: path for one in holders if (path := path_between(self._topology, device.key, one.key)) is not None
        }
        holder = next((one for one in holders if one.key in joined), holders[0])
        if holder.key not in joined or any(word in state for word in _SILENT):
            lost = lost_in_a_tunnel(evidence, device) or lost_in_a_tunnel(evidence, holder)
            if lost is not None:
                self.obstacles.append(lost)
                return None
        there = f"{holder.name} in {called(holder.place)}"
        if holder.key not in joined and device.kind != "vxlan" and self._seen(place) and self._seen(holder.place):
            proxy = self._proxy(device, next_hop, mac)
            if proxy is not None:
                return proxy
            if self.obstacles:
                return None
            words = f"no link joins {device.name} in {where} and {there}, which has {next_hop}"
            words += loose_end(evidence, self._topology, device.key, holder.key)
            self.obstacles.append(
                Obstacle("not joined", words, (listing, line_in(holder.place, "ip", "-j", "-d", "address")))
            )
            return None
        blocked = on_link(evidence, self._topology, device.key, joined.get(holder.key, ()))
        if blocked is not None:
            self.obstacles.append(blocked)
        if next_hop in {own.ip for own in holder.tentative}:
            self.obstacles.append(Obstacle("tentative", f"{next_hop} of {there} is tentative: it is not in use yet"))
        if mac and holder.mac and mac.lower() != holder.mac.lower() and not _same_wire(holder, mac, evidence):
            words = f"{where} has a stale neighbour entry: {next_hop} at {mac}, and {there} has {holder.mac}"
            self.obstacles.append(Obstacle("neighbour", words, (neighbours,)))
        elif any(word in state for word in _SILENT) and blocked is None:
            asked = "who has" if next_hop.version == 4 else "neighbour solicitation for"
            words = f"{where} asked {asked} {next_hop} on {device.name}, and nobody answered ({state})"
            if device.kind == holder.kind == "veth" and device.mac == holder.mac:
                same = f"{device.name} in {where} and {there} have the same MAC, {device.mac}"
                self.obstacles.append(Obstacle("same MAC", same, (listing,)))
            self._answers(holder)
            self.obstacles.append(Obstacle("unanswered", words, (neighbours,)))
        elif "NOARP" in state:
            self._mute(device)
        return holder if blocked is None else None

    def _answers(self, holder: Device) -> None:
        """Whether a machine was told not to answer (ip link: arp off; ip-sysctl: arp_ignore)."""
        self._mute(holder)
        names = [f"net.ipv4.conf.{name}.arp_ignore" for name in ("all", holder.name)]
        told = [name for name in names if self._evidence.setting(holder.place, name) not in ("0", "")]
        if told:
            words = f"{told[0]} is {self._evidence.setting(holder.place, told[0])} in {called(holder.place)}"
            shown = (line_in(holder.place, "sysctl", "-n", told[0]),)
            self.obstacles.append(
                Obstacle("arp_ignore", f"{words}, which answers for no other device's address", shown)
            )

    def _mute(self, device: Device) -> None:
        if device.mute and device.kind in _ASKING:
            words = f"{device.name} in {called(device.place)} neither asks for neighbours nor answers (arp off)"
            self.obstacles.append(Obstacle("arp off", words, (line_in(device.place, "ip", "-j", "-d", "address"),)))

    def _proxy(self, device: Device, next_hop: Address, mac: str) -> Device | None:
        """The one at the other end who answers for an address that is behind it (ip-sysctl: proxy_arp), or could."""
        evidence = self._evidence
        for one in evidence.devices:
            if one.place == device.place or path_between(self._topology, device.key, one.key) is None:
                continue
            if mac and one.mac.lower() == mac.lower():
                return one
            route = evidence.route(one.place, next_hop)
            names = [f"net.ipv4.conf.{name}.proxy_arp" for name in ("all", one.name)]
            if next_hop.version == 6 or route.error or route.local or route.device in (one.name, ""):
                continue
            if path_between(self._topology, device.key, (one.place, route.device)) is not None:
                continue  # who asked is heard there anyway
            if all(evidence.setting(one.place, name) == "0" for name in names):
                where = called(one.place)
                words = f"{where} has a route to {next_hop}, but proxy_arp of {one.name} is 0: nobody answers for it"
                shown = tuple(line_in(one.place, "sysctl", "-n", name) for name in names)
                self.obstacles.append(Obstacle("proxy_arp", words, shown))
                return None
        return None

    def _itself(self, device: Device, holder: Device) -> None:
        """A packet that is sent over a wire from one of a namespace's own addresses to another of them."""
        names = [f"net.ipv4.conf.{name}.accept_local" for name in ("all", holder.name)]
        if all(self._evidence.setting(holder.place, name) == "0" for name in names):
            words = (
                f"{device.name} and {holder.name} are both in {called(holder.place)}, "
                f"and accept_local is 0: {holder.name} drops what comes from an address of its own machine"
            )
            shown = tuple(line_in(holder.place, "sysctl", "-n", name) for name in names)
            self.obstacles.append(Obstacle("accept_local", words, shown))

    def _nobody(self, next_hop: Address, target: Address, device: Device, neighbours: str) -> Obstacle:
        what = f"nobody has the address {next_hop}" + ("" if next_hop == target else f", the gateway to {target}")
        mine = [own.network for own in device.addresses if own.version == next_hop.version]
        others = [
            (own.ip, one)
            for one in self._evidence.devices
            for own in one.addresses
            if one.place != device.place and any(own.ip in network for network in mine)
        ]
        near = [f"{called(one.place)} has {address}" for address, one in others[:3]]
        return Obstacle("nobody", what + (f"; {', '.join(near)}" if near else ""), (neighbours,))

    def _seen(self, place: str) -> bool:
        """Whether the links of a place are known."""
        return self._topology is not None and place in self._topology.namespaces

    def _received(self, holder: Device, target: Address, source: Address | None) -> None:
        """Whether the one that it is for takes it."""
        evidence = self._evidence
        self.passed.append(holder.place)
        self.hops.append(f"{called(holder.place)} {holder.name}")
        self.arrived = holder
        if source is None:
            return
        self._add(filtered_back(evidence, holder, source))
        name = "net.ipv4.icmp_echo_ignore_all"
        if target.version == 4 and evidence.setting(holder.place, name) == "1":
            shown = line_in(holder.place, "sysctl", "-n", name)
            self.obstacles.append(Obstacle("ignores", f"{name} is 1 in {called(holder.place)}", (shown,)))

    def _forwards(self, holder: Device, target: Address) -> None:
        """Whether the one that the packet came to passes it on."""
        self.hops.append(f"{called(holder.place)} {holder.name}")
        name = "net.ipv4.ip_forward" if target.version == 4 else "net.ipv6.conf.all.forwarding"
        if self._evidence.setting(holder.place, name) == "0":
            shown = line_in(holder.place, "sysctl", "-n", name)
            words = f"{name.removeprefix('net.ipv4.')} is 0 in {called(holder.place)}"
            if holder.place != MAIN and self._evidence.setting(MAIN, name) == "1":
                words += "; it is 1 in the main namespace"
            self.obstacles.append(Obstacle("ip_forward", words, (shown,)))


def _same_wire(holder: Device, mac: str, evidence: Evidence) -> bool:
    """Whether another device of that namespace has the MAC: an answer for an address may come by any of them."""
    return any(one.mac.lower() == mac.lower() for one in evidence.devices if one.place == holder.place)

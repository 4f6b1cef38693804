"""What the routes of a namespace say against a packet: none leads there, one refuses it, none leads back."""

import re

from replayer.verification.addresses import Address
from replayer.verification.evidence import Device, Evidence, called, line_in, listed
from replayer.verification.obstacles import Obstacle

# Types of routes that refuse a packet (ip-route(8)).
_REFUSES = frozenset({"blackhole", "unreachable", "prohibit", "throw"})


def no_route(evidence: Evidence, place: str, target: Address, error: str, asked: str, forwards: bool) -> Obstacle:
    """Why the kernel has no way for a packet. `error`: its complaint when it was `asked`; `forwards`: the packet is
    not the namespace's own."""
    where = called(place)
    if forwards and re.search(r"No route to host|Host is unreachable", error):
        return Obstacle("no route", f"{where} does not forward it: {error}", (asked,))
    refused = _refused(evidence, place, target)
    if refused is not None:
        return refused
    here = [one for one in evidence.devices if one.place == place]
    listing = line_in(place, "ip", "-j", "-d", "address")
    loop = evidence.device(place, "lo")
    if target.is_loopback and loop is not None and not loop.up:
        return Obstacle("link down", f"lo in {where} is down", (listing,))
    down = [one for one in here if not one.up and any(target in own.network for own in one.addresses)]
    if down:
        return Obstacle("link down", f"{down[0].name} in {where} is down", (listing,))
    given = [own for one in here for own in one.given if own.version == target.version and not own.ip.is_loopback]
    if here and not given:
        return Obstacle("no route", f"{where} has no address, and so no route to {target}", (asked, listing))
    return Obstacle("no route", f"{where} has no route to {target} ({error})", (asked,))


def _refused(evidence: Evidence, place: str, target: Address) -> Obstacle | None:
    """A route that leads nowhere, and is meant to."""
    words = f"ip -{target.version} -j route show table all match {target}".split()
    for fact in reversed(listed(evidence.inside(place, *words))):
        if fact.get("type") in _REFUSES and fact.get("dst") != "default":
            told = f"{called(place)} has a route of type {fact['type']} to {fact.get('dst')}"
            return Obstacle("no route", told, (line_in(place, *words),))
    return None


def filtered_back(evidence: Evidence, holder: Device, source: Address) -> Obstacle | None:
    """Why the reverse-path filter drops what comes in by a device (Documentation/networking/ip-sysctl: rp_filter);
    None if it lets it in."""
    place = holder.place
    strict = max(
        (evidence.setting(place, f"net.ipv4.conf.{name}.rp_filter") or "0" for name in ("all", holder.name)),
        key=int,
    )
    if source.version == 6 or strict == "0":
        return None
    back = evidence.route(place, source)
    asked = line_in(place, "ip", "-j", "route", "get", str(source))
    where = called(place)
    if back.error:
        return Obstacle("no route", f"on the way back, {where} has no route to {source} ({back.error})", (asked,))
    if strict == "1" and back.device not in (holder.name, ""):
        words = (
            f"rp_filter in {where} drops what comes from {source} by {holder.name}: the way back is by {back.device}"
        )
        return Obstacle("rp_filter", words, (asked,))
    return None

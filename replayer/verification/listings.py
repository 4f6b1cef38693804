"""Why a listing does not say what it said on its author's machine: of neighbours, links, settings, sockets."""

import re
from collections.abc import Iterator

from replayer.outcomes.commands import Invocation
from replayer.topology import Topology
from replayer.verification.addresses import parsed
from replayer.verification.evidence import Evidence, called, line_in
from replayer.verification.links import without_carrier
from replayer.verification.made import Made, changed_by
from replayer.verification.obstacles import Obstacle

_ADDRESS = re.compile(r"(?<![\w.:])[0-9a-f:]*[.:][0-9a-f.:]+(?![\w.:])")
_DOWN = re.compile(r"\b(?:DOWN|LOWERLAYERDOWN|NO-CARRIER)\b|<(?!.*UP)")
_SETTING = re.compile(r"net[./][\w./-]+")
_LISTENS = re.compile(r"\bLISTEN\b.*?[\d\]*]:(\d+)\s")


def otherwise(
    call: Invocation,
    place: str,
    told: tuple[str, str],
    made: Made,
    evidence: Evidence,
    topology: Topology | None,
) -> Iterator[Obstacle]:
    """What a call that lists something in a place lists otherwise, and why. `told`: what is documented, what it
    printed here."""
    documented, printed = told
    kind, changes, _ = changed_by(call)
    if (kind == "ip neighbour" and changes is None) or call.program == "arp":
        yield from _neighbours(place, documented, evidence)
    elif kind in ("ip link", "ip address") and changes is None:
        yield from _links(place, documented, printed, evidence, topology)
    elif call.program in ("sysctl", "cat"):
        yield from _settings(call, printed, made)
    elif call.program in ("ss", "netstat"):
        for port in _LISTENS.findall(documented):
            if port not in _LISTENS.findall(printed):
                words = f"nobody listens at port {port} in {called(place)}"
                yield Obstacle("listener", words, (line_in(place, "ss", "-Hltun"),))
                return


def _neighbours(place: str, documented: str, evidence: Evidence) -> Iterator[Obstacle]:
    known = evidence.inside(place, "ip", "-j", "neigh")
    for word in _ADDRESS.findall(documented):
        address = parsed(word)
        if address is not None and str(address) not in known:
            words = f"{called(place)} has no neighbour entry for {address}: nothing was sent there yet"
            yield Obstacle("neighbour", words, (line_in(place, "ip", "-j", "neigh"),))
            return


def _links(
    place: str, documented: str, printed: str, evidence: Evidence, topology: Topology | None
) -> Iterator[Obstacle]:
    """A link that was up, and is down here."""
    if not _DOWN.search(printed) or not re.search(r"\b(?:LOWER_)?UP\b", documented):
        return
    told = set(re.findall(r"[\w.-]+", documented))
    for device in evidence.devices:
        if device.place == place and device.name in told and not (device.up and device.carrier):
            why = f"has no carrier: {without_carrier(topology, device)}" if device.up else "is down"
            listing = line_in(place, "ip", "-j", "-d", "address")
            yield Obstacle("link down", f"{device.name} in {called(place)} {why}", (listing,))
            return


def _settings(call: Invocation, printed: str, made: Made) -> Iterator[Obstacle]:
    """A setting that the author's machine had, and a fresh network has otherwise."""
    for word in call.arguments:
        found = _SETTING.search(word)
        value = re.search(r"-?\d+\s*$", printed.strip())
        if found is None or value is None or "=" in word:
            continue
        name = found[0].replace("/", ".")
        if name not in made.settings:
            words = f"nothing in the text sets {name}, which is {value[0].strip()} in a fresh network"
            yield Obstacle("setting", words)
        return

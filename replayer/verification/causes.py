"""Why a command may not have shown what a tutorial says: rules over what it printed and what its sandbox answers."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from replayer.events import Ending
from replayer.outcomes import read_outcome
from replayer.outcomes.commands import NEW_NAMESPACE, Invocation, invocations
from replayer.topology import Topology
from replayer.verification.addresses import Address, Asked, asked_of, led_to, named_by, parsed, where_of
from replayer.verification.complaints import complaint
from replayer.verification.evidence import MAIN, Evidence, called, line_in
from replayer.verification.listings import otherwise
from replayer.verification.made import Made
from replayer.verification.way import way
from replayer.words import REACHABLE, UNREACHABLE

# What looks up a name for each address, and how it is told not to.
_REVERSE = {"arp": "n", "route": "n", "netstat": "n", "tcpdump": "n", "iptables": "n", "traceroute": "n", "mtr": "n"}
# A MAC that stood for another before (tokens/renaming.py).
_RENAMED = re.compile(r"the MAC (\S+) was there for (\S+) before, and here for (\S+)")
# What stands in the way for a moment only.
_PASSING = frozenset({"unanswered", "tentative", "port"})
_LISTENS = frozenset({"tcpdump", "tshark"})
# What only a shell understands, a comment left out.
_SHELLS = re.compile(r"^[^#]*?[|&;<>()`$\n]")
# Where the text itself must have built something, and did not.
BUILT = frozenset(
    {"no route", "nobody", "not joined", "link down", "listener", "name", "absent", "neighbour", "unanswered"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """A step that did not show what was claimed. `place`: where its terminal's shell is (evidence.MAIN, a namespace's
    name, NEW_NAMESPACE); `claimed`, `observed`: outcome words, or ""; `made`: what the text's commands make;
    `printed`: what it printed."""

    command: str
    place: str
    claimed: str
    observed: str
    printed: str
    exit: int | None
    ending: Ending | None
    made: Made
    alone: bool = False  # no other command that sends was typed while it ran
    finding: str = ""  # why it is not what was claimed
    documented: str = ""  # what it printed on its author's machine
    topology: Topology | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """`untried`: this machine lacks something, and nothing is said of the tutorial. `kind`: one word for rules;
    `shown`: the questions whose answers show it; `foreign`: the name of what another text must have made."""

    kind: str
    words: str
    untried: bool = False
    shown: tuple[str, ...] = ()
    foreign: str = ""


def causes(question: Question, evidence: Evidence) -> list[Cause]:
    """The likely causes, the likeliest first; none where no rule finds one. Of an expected 不通, what keeps them
    apart."""
    if question.claimed == question.observed == UNREACHABLE:
        question = replace(question, claimed=REACHABLE)
    return list(_causes(question, evidence))


def _causes(question: Question, evidence: Evidence) -> Iterator[Cause]:
    said = complaint(question.command, question.printed, question.exit, question.made)
    if said is not None and (said.untried or said.name):
        kind = "lacks" if said.untried else "typo" if said.near else "absent" if said.made else "name"
        elsewhere = [one for one in evidence.devices if one.name == said.name] if kind == "absent" else []
        if elsewhere:
            words = f"{said.words}: it is in {' and '.join(called(one.place) for one in elsewhere)}"
            yield Cause(kind, words, shown=tuple(line_in(one.place, "ip", "-j", "-d", "address") for one in elsewhere))
        else:
            yield Cause(kind, said.words, said.untried, foreign=said.name if said.foreign else "")
        return
    if renamed := _RENAMED.search(question.finding):
        bridge = next((d for d in evidence.devices if d.kind == "bridge" and d.mac in renamed.groups()), None)
        if bridge is not None:
            words = f"{bridge.name} has the lowest MAC of its ports, which is another port's here"
            yield Cause("bridge MAC", words, True, (line_in(bridge.place, "ip", "-j", "-d", "address"),))
            return
    if any(call.program in _LISTENS for call in invocations(question.command)):
        yield from _not_heard(question, evidence)
        return
    if question.ending == "timeout" and (found := _reverse(question.command)) is not None:
        words = (
            f"{found.program} asks a name server for the name of every address, and none is here; -n tells it not to"
        )
        yield Cause("reverse DNS", words, untried=True)
        return
    yield from _listed_otherwise(question, evidence)
    led = led_to(question.command)
    if said is not None and led is not None and re.search(r"\bNexthop\b|unreachable|No route", said.words):
        if _outside(led.address, question, evidence):
            yield _beyond(led.address)
            return
        for obstacle in way(evidence, _place(question, led, evidence), led, question.topology).obstacles:
            yield Cause(obstacle.kind, obstacle.words, shown=obstacle.shown)
    asked = asked_of(question.command) or _by_name(question, evidence)
    if asked is not None and not (question.claimed and question.claimed == question.observed):
        place = _place(question, asked, evidence)
        if question.claimed == UNREACHABLE and "Network is unreachable" in question.printed:
            # On its author's machine a default route would have led it out; a namespace of the text's own has none.
            own = _closed(asked.address, (place,), question)
            kind = "no route" if not own else "no loopback" if asked.address.is_loopback else "no way"
            yield Cause(kind, f"{called(place)} has no route to {asked.address}", not own)
        elif question.claimed == UNREACHABLE or (not question.claimed and question.observed == REACHABLE):
            yield from _gets_through(question, asked, place, evidence)
        else:
            yield from _kept_back(question, asked, place, evidence)
    if said is not None:
        yield Cause("there" if said.there else "complaint", said.words)
    if question.ending == "timeout":
        yield Cause("timeout", "it did not end in time", untried=True)


def _not_heard(question: Question, evidence: Evidence) -> Iterator[Cause]:
    """Why a capture did not show what it should."""
    if question.alone:
        yield Cause("nobody sends", "the text types nothing that sends while it listens", untried=True)
        return
    for place in evidence.places:
        for address in evidence.unanswered(place):
            words = f"nobody answered {called(place)} who has {address}, so nothing else was sent to it"
            yield Cause("neighbour", words, shown=(line_in(place, "ip", "-j", "neigh"),))


def _listed_otherwise(question: Question, evidence: Evidence) -> Iterator[Cause]:
    for call in invocations(question.command) if question.documented else ():
        place = _place(question, where_of(call), evidence)
        if place in evidence.places:
            told = (question.documented, question.printed)
            for one in otherwise(call, place, told, question.made, evidence, question.topology):
                yield Cause(one.kind, one.words, shown=one.shown)


def _place(question: Question, asked: Asked, evidence: Evidence) -> str:
    place = question.place if asked.namespace is None else asked.namespace
    if place == NEW_NAMESPACE:
        return next((one for one in evidence.places if one.startswith("/")), MAIN)
    return place


def _by_name(question: Question, evidence: Evidence) -> Asked | None:
    """Whom a command asks by a name that a file of the sandbox tells."""
    named = named_by(question.command)
    if named is None:
        return None
    name, asked = named
    place = _place(question, asked, evidence)
    if place not in evidence.places:
        return None
    told = evidence.inside(place, "getent", "ahosts", name).split()
    address = parsed(told[0]) if told else None
    return None if address is None else replace(asked, address=address)


def _reverse(command: str) -> Invocation | None:
    for call in invocations(command):
        option = _REVERSE.get(call.program)
        if option and not any(re.match(rf"-\w*{option}", word) for word in call.arguments):
            return call
    return None


def _kept_back(question: Question, asked: Asked, place: str, evidence: Evidence) -> Iterator[Cause]:
    """Why nothing came back."""
    address = asked.address
    if place not in evidence.places:
        kind = "absent" if place in question.made.namespaces else "name"
        yield Cause(kind, f"there is no namespace {place}")
        return
    found = way(evidence, place, asked, question.topology)
    if _outside(address, question, evidence) and not (found.obstacles and _closed(address, found.places, question)):
        yield _beyond(address)
        return
    if asked.program.startswith("ping") and all(obstacle.kind in _PASSING for obstacle in found.obstacles):
        words = _again(question.command)
        typed_in = _place(question, replace(asked, namespace=None), evidence)
        if words and read_outcome(question.command, evidence.inside(typed_in, *words), None, {}).word == REACHABLE:
            yield Cause("later", "it answers a moment later", shown=(line_in(typed_in, *words),))
    for obstacle in found.obstacles:
        yield Cause(obstacle.kind, obstacle.words, shown=obstacle.shown)
    if not found.obstacles and asked.port and re.search(r"refused|\(7\)", question.printed or f"({question.exit})"):
        told = f"somebody listens at port {asked.port}, but did not yet when it was asked"
        yield Cause("late", told, True, (line_in(found.places[-1], "ss", "-Hltun"),))


def _again(command: str) -> Sequence[str]:
    """The words that ask once more what was typed, for a moment; none where a shell would have to read them: that
    somebody answers does not tell what a pipe lets through, and nothing else may be done twice."""
    if _SHELLS.search(command):
        return ()
    try:
        words = shlex.split(command, comments=True)
    except ValueError:
        return ()
    # Interrupted, a ping tells its statistics.
    return ("timeout", "-s", "INT", "2", *(words[1:] if words[:1] == ["sudo"] else words))


def _outside(address: Address, question: Question, evidence: Evidence) -> bool:
    """Whether no command of the text gives an address to anybody, and none of its networks holds it."""
    theirs = [own.network for device in evidence.devices for own in device.addresses]
    return str(address) not in question.made.addresses and not any(
        address in network for network in theirs if network.num_addresses > 1
    )


def _closed(address: Address, places: Sequence[str], question: Question) -> bool:
    """Whether a packet ends in a namespace that the text itself makes, and is not for the Internet: where it does not
    come here it did not come on its author's machine."""
    own = places[-1] in question.made.namespaces or places[-1].startswith("/")
    return own and not address.is_global


def _beyond(address: Address) -> Cause:
    if address.is_global and not address.is_multicast:
        return Cause("Internet", f"{address} is on the Internet", untried=True)
    return Cause("outside", f"{address} is outside of what the text builds", untried=True)


def _gets_through(question: Question, asked: Asked, place: str, evidence: Evidence) -> Iterator[Cause]:
    """Why something did come back."""
    if place not in evidence.places:
        return
    found = way(evidence, place, asked, question.topology)
    for obstacle in found.obstacles:
        if obstacle.kind == "macvlan":
            device = evidence.route(place, asked.address).device
            state, mac = evidence.neighbour(place, asked.address, device) if device else ("", "")
            if mac:
                words = f"{called(place)} knows {asked.address} ({mac}, {state}) and need not ask; {obstacle.words}"
                shown = (line_in(place, "ip", "-j", "neigh", "show", "to", str(asked.address), "dev", device),)
                yield Cause("neighbour", words, shown=shown)
                return
    for at in dict.fromkeys(hop.rpartition(" ")[0] for hop in found.hops[1:-1]):
        name = next((one for one in evidence.places if called(one) == at), MAIN)
        if evidence.setting(name, "net.ipv4.ip_forward") == "1":
            shown = (line_in(name, "sysctl", "-n", "net.ipv4.ip_forward"),)
            yield Cause("ip_forward", f"ip_forward is 1 in {at}, which passes it on", shown=shown)
            return
    if not found.obstacles:
        route = line_in(place, "ip", "-j", "route", "get", str(asked.address))
        way_there = " → ".join(found.hops) or f"{asked.address} is its own"
        yield Cause("free", f"nothing stands in the way: {way_there}", shown=(route,))

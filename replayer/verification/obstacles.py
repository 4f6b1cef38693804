"""What stands in a packet's way, and what may stand at the ends of it: nobody who listens, a filter that drops."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from replayer.verification.addresses import Asked
from replayer.verification.evidence import Evidence, called, line_in

_DROPS = re.compile(r"\b(?:drop|reject|DROP|REJECT)\b")
_CHAIN = re.compile(r"chain (?P<name>\S+) \{")
# `:FORWARD DROP [1:84]` of iptables-save, `type filter hook input priority filter; policy drop;` of nft.
_POLICY = re.compile(r"(?::(?P<name>\S+) |type \S+ hook .*policy )(?:drop|DROP)\b")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way: `kind` is one word for rules and tests, `words` are for people; `shown`: the questions
    whose answers show it."""

    kind: str
    words: str
    shown: tuple[str, ...] = ()


def listens(evidence: Evidence, place: str, asked: Asked) -> Iterator[Obstacle]:
    """Whether somebody listens at the port that is asked for."""
    if not asked.port:
        return
    line = line_in(place, "ss", "-Hltun")
    sockets = [word.rpartition(":") for row in evidence.ask(line).splitlines() for word in row.split()[4:5]]
    addresses = [address.partition("%")[0].strip("[]") for address, _, port in sockets if port == str(asked.port)]
    if not addresses:
        yield Obstacle("listener", f"nobody listens at port {asked.port} in {called(place)}", (line,))
    elif not {"0.0.0.0", "*", "::", str(asked.address)} & set(addresses):
        words = f"who listens at port {asked.port} in {called(place)} does so at {', '.join(addresses)} only"
        yield Obstacle("listener", words, (line,))


def filtered(evidence: Evidence, place: str) -> Iterator[Obstacle]:
    """Rules and policies that drop. That one of them met the packet is likely, not sure: what counts is said."""
    for words in (("nft", "list", "ruleset"), ("iptables-save", "-c"), ("iptables-legacy-save", "-c")):
        line = line_in(place, *words)
        dropping = next(_dropping(evidence.ask(line)), None)
        if dropping is not None:
            yield Obstacle("filter", f"in {called(place)}, {dropping}", (line,))
            return


def _dropping(listing: str) -> Iterator[str]:
    """The rules and policies of a filter's listing that drop, in words, but for those that have met no packet."""
    chain = ""
    for row in map(str.strip, listing.splitlines()):
        if found := _CHAIN.match(row):
            chain = found["name"]
        elif found := _DROPS.search(row):
            if row.startswith("#") or re.search(r"\[0:0\]|packets 0\b|not found|No such", row):
                continue
            if policy := _POLICY.match(row):
                yield f"the policy of the chain {policy['name'] or chain} is to {found[0].lower()}"
            else:
                yield f"a rule{f' of the chain {chain}' if chain else ''} drops packets: {row}"

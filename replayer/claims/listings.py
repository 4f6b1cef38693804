"""Listings of interfaces, routes and bridges: what of them can be true on another machine."""

import re
from collections.abc import Iterable, Set
from fnmatch import fnmatchcase
from itertools import pairwise

from replayer.outcomes.commands import Invocation, invocations

_ENTRY = re.compile(r"\d+: (?P<name>[\w.-]+)(?:@[\w.-]+)?:")
_BRIEF = re.compile(r"(?P<name>[\w.-]+)(?:@[\w.-]+)? +(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN) ")
_CONFIG = re.compile(r"(?P<name>[\w.-]+?)(?::\d+)?:? +(?:Link encap|flags=)")
_DEVICE = re.compile(r"\bdev +(?:dev +)?(?P<name>[\w.-]+)")
_ROUTE = re.compile(r"(?:[\d.]+|default|link-local) +\S+ +[\d.]+ +[UGHDM!]+ .* (?P<name>[\w.-]+)$")
_VLANS = re.compile(r"(?P<name>[\w.-]+)\s+\d+(?:-\d+)?(?: PVID| Egress|$)")
_NEIGHBOUR = re.compile(r"\S+ +(?:ether +[0-9a-f:]{17}|\(incomplete\)) .*?(?P<name>[\w.-]+)$")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*")
_WIRED = re.compile(r"(?P<name>[\w.-]+)\s+8000\.[0-9a-f]{12}\s")
_CONTINUED = re.compile(r"\s")
# What goes on with an entry, its blanks lost.
_FLUSHED = re.compile(r"link/|inet6? |valid_lft|[RT]X[: ]|altname")
_HEADLINES = re.compile(r"Kernel IP|Destination +|Iface|bridge name|Name +State|port\s+vlan|Address +HWtype")
_ADDS = frozenset({"a", "ad", "add"})
_CHANGES = frozenset({*_ADDS, "set", "s", "se", "replace", "change", "append"})
_VARIABLE = re.compile(r"\$\{?\w+\}?")
# Words that stand between a verb and the name that it gives.
_BEFORE_NAME = frozenset({"name", "dev", "addbr", "add-br", "peer"})
_NAME_LATER = frozenset({"link", "type", "netns", "index", "mtu", "address", "txqueuelen"})


def given_names(command: str) -> set[str]:
    """The names of interfaces that a command makes, gives or changes; `*` where a shell variable stands."""
    names: set[str] = set()
    for call in invocations(command):
        words = list(call.arguments)
        if call.program in ("brctl", "ovs-vsctl", "tunctl", "vconfig", "openvpn", "wg-quick"):
            names |= {word for word in words if re.match(r"[a-zA-Z]", word)}
        elif call.program == "ip" and any((word and "add".startswith(word)) or word == "name" for word in words[:6]):
            names |= _given(words)
        if call.program == "ip" and _CHANGES & set(words[:6]):
            names |= _named(after for word, after in pairwise(words) if word == "dev")
    return names


def _given(words: list[str]) -> set[str]:
    names = set()
    for at, word in enumerate(words):
        before, earlier = (["", "", *words][at + 1], ["", "", *words][at])
        named = before in ("name", "peer") and word != "name"
        added = before in _ADDS and word not in _BEFORE_NAME | _NAME_LATER
        if named or added or (before == "dev" and earlier in _ADDS):
            names.add(word)
    return _named(names)


def _named(words: Iterable[str]) -> set[str]:
    names = (_VARIABLE.sub("*", word) for word in words)
    return {name for name in names if re.fullmatch(r"[A-Za-z*][\w.*-]*", name) and name.strip("*")}


def asked_addresses(command: str) -> set[str]:
    """The addresses that a command line names: a neighbour that was asked is in the tables."""
    return {word for call in invocations(command) for word in call.arguments if _ADDRESS.fullmatch(word)}


def routed(command: str) -> bool:
    """Whether a command adds a route, or a rule for one."""
    return any(
        call.program == "ip" and any(word[:2] in ("ro", "ru", "r") for word in call.arguments[:4]) and _adds(call)
        for call in invocations(command)
    )


def _adds(call: Invocation) -> bool:
    return any(word in _ADDS or word in ("replace", "append") for word in call.arguments[1:6])


def asks_route(command: str) -> bool:
    """Whether a command asks which way a packet takes."""
    return any(
        call.program == "ip" and any(word[:1] == "r" and after == "get" for word, after in pairwise(call.arguments))
        for call in invocations(command)
    )


def lists(command: str) -> Invocation | None:
    """The call of a command line that lists interfaces, addresses, routes or neighbours of where the shell is."""
    called = [call for call in invocations(command) if call.namespace is None and not _named_namespace(call)]
    for call in called:
        words = [word for word in call.arguments if not word.startswith("-")]
        match call.program:
            case "ip" if words and words[0][:1] in ("l", "a", "r", "n") and not words[0].startswith(("netn", "ru")):
                return call
            case "bridge" | "brctl" | "ifconfig" | "route" | "netstat" | "arp":
                return call
    return None


def _named_namespace(call: Invocation) -> bool:
    return call.program in ("ip", "bridge") and any(word in ("-n", "-netns") for word in call.arguments[:4])


def of_ours(lines: Iterable[str], made: Set[str]) -> list[str]:
    """A listing of the author's own machine, its entries of interfaces that no command made as `...`.

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
            ours = line.split()[0] in made or any(fnmatchcase(name, one) for one in made)
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
    return [] if all(line == "..." or _HEADLINES.match(line) for line in kept) else kept


def nameless(lines: Iterable[str]) -> bool:
    """Whether no line says of which interface it is, as after `grep ether`."""
    return all(_name_of(line) is None for line in lines)


def _leave_out(kept: list[str]) -> None:
    if kept[-1] != "...":
        kept.append("...")


def _name_of(line: str) -> str | None:
    """The interface that a line begins to tell of, if it does."""
    for pattern in (_ENTRY, _BRIEF, _CONFIG, _ROUTE, _VLANS, _WIRED, _NEIGHBOUR):
        found = pattern.match(line)
        if found:
            return found["name"]
    if not _CONTINUED.match(line):
        found = _DEVICE.search(line)
        if found:
            return found["name"]
    return None

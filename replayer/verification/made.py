"""What a tutorial's commands make: devices, namespaces, addresses, files."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from replayer.claims.listings import given_names
from replayer.outcomes.commands import Invocation, invocations
from replayer.verification.addresses import interface

_INTO = re.compile(r"(?:^|\s)\d?>>?\s*(?P<file>[\w./~-]+)|\btee\s+(?:-a\s+)?(?P<tee>[\w./~-]+)")
# `sysctl -w net.ipv4.ip_forward=1`, `echo 1 > /proc/sys/net/ipv4/ip_forward`, or by tee
_SETS = re.compile(r"(?:>\s*|\btee (?:-a )?)/proc/sys/(net/[\w./-]+)|\b(net[./][\w./-]+)\s*=")
_HOSTS = re.compile(r"(?<![\w.])\d+(?:\.\d+){3}((?:[ \t]+[A-Za-z][\w.-]*)+)")
_CAPTURES = frozenset({"tcpdump", "tshark", "dumpcap"})
_LINKS = re.compile(r"l(?:i|in|ink)?|tu(?:n|nt|nta|ntap|nn|nne|nnel)?")
_NAMED = ("--name", "-n", "--network")
# Programs that keep entries, and what they call them, the likelier before what is abbreviated alike.
_TABLES = {
    "ip": ("address", "route", "rule", "neighbour", "neighbor", "link", "netns", "tunnel", "tuntap"),
    "bridge": ("fdb", "vlan", "mdb", "link"),
    "tc": ("qdisc", "class", "filter"),
    "nft": ("table", "chain", "rule", "set", "element"),
}
_ADDS = frozenset(
    {"a", "ad", "add", "append", "app", "replace", "repl", "r", "change", "c", "create", "insert", "prepend"}
)
_VALUED = frozenset({"-n", "-netns", "-f", "-family", "-b", "-batch", "-rc", "-rcvbuf", "-l", "-loops"})
_FILTERS = frozenset("iptables ip6tables iptables-nft iptables-legacy ip6tables-nft ip6tables-legacy ebtables".split())
_PUTS = re.compile(r"-[AIN]|--(?:append|insert|new-chain)")
_TAKES = re.compile(r"-[DX]|--delete(?:-chain)?")


def made_by(command: str) -> frozenset[str]:
    """The names and addresses that a command makes, as words."""
    names = {
        word
        for found in _INTO.finditer(command)
        for word in found.groups()
        if word and not word.startswith(("/dev/", "/proc/", "/sys/"))
    }
    for call in invocations(command):
        names |= namespaces_of(call) | addresses_of(call)
        if call.program in _CAPTURES:
            names |= {after for word, after in pairwise(call.arguments) if word == "-w"}
        if call.arguments and call.arguments[0].startswith(("show", "list", "get")):
            continue
        if call.program != "ip" or any(_LINKS.fullmatch(word) for word in call.arguments[:4]):
            names |= given_names(shlex.join((call.program, *call.arguments)))
        if call.program in ("docker", "podman"):
            names |= {word for before, word in pairwise(call.arguments) if before in _NAMED}
    return frozenset(names)


def deleted_by(command: str) -> frozenset[str]:
    """The devices and namespaces that a command deletes."""
    found = set()
    for call in invocations(command):
        words = [word for word in call.arguments if not word.startswith("-") and word != "dev"]
        if call.program == "ip" and len(words) > 2 and "delete".startswith(words[1]) and words[0][:1] in ("l", "n"):
            found.add(words[2])
    return frozenset(found)


def namespaces_of(call: Invocation) -> frozenset[str]:
    """The namespaces that a call makes."""
    words = [word for word in call.arguments if not word.startswith("-")]
    if call.program == "ip" and len(words) > 2 and len(words[0]) > 2 and "netns".startswith(words[0]):
        return frozenset(
            {words[2]} if words[1] and ("add".startswith(words[1]) or "attach".startswith(words[1])) else ()
        )
    return frozenset()


def addresses_of(call: Invocation) -> frozenset[str]:
    """The addresses that a call gives to somebody."""
    if call.program == "ifconfig":
        return frozenset(
            str(found.ip) for word in call.arguments[1:] if "." in word and (found := interface(word)) is not None
        )
    kind, adds, words = changed_by(call)
    if kind != "ip address" or not adds:
        return frozenset()
    given = (interface(word) for word in words if "." in word or ":" in word)
    return frozenset(str(one.ip) for one in given if one is not None)


def changed_by(call: Invocation) -> tuple[str, bool | None, tuple[str, ...]]:
    """What kind of entry a call changes ('ip route', 'nft table', 'iptables'), whether it adds one (None: it neither
    adds nor deletes), and the words that say which."""
    words = list(call.arguments)
    if call.program in _FILTERS:
        adds = next(
            (not _TAKES.fullmatch(word) for word in words if _TAKES.fullmatch(word) or _PUTS.fullmatch(word)), None
        )
        return call.program, adds, tuple(words)
    if call.program not in _TABLES:
        return "", None, ()
    while words and words[0].startswith("-"):
        del words[: 2 if words[0] in _VALUED else 1]
    if call.program == "nft":
        words[:2] = reversed(words[:2])  # `nft add table`, `ip table add`
    if not words:
        return "", None, ()
    verb = words[1] if len(words) > 1 else ""
    kind = next((one for one in _TABLES[call.program] if one.startswith(words[0])), words[0])
    adds = True if verb in _ADDS else False if verb and "delete".startswith(verb) else None
    return f"{call.program} {kind}", adds, tuple(words[2:])


@dataclass(frozen=True, slots=True)
class Made:
    """All that a text's commands make, as words."""

    names: frozenset[str] = frozenset()  # of devices, files, containers
    namespaces: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    entries: frozenset[tuple[str, str]] = frozenset()  # their kinds, and the first word of which
    settings: frozenset[str] = frozenset()  # names of sysctls that it sets
    hosts: frozenset[str] = frozenset()  # names that it writes into /etc/hosts


def made_in(commands: Iterable[str]) -> Made:
    """All that a text's commands make."""
    texts = list(commands)
    every = frozenset[str]().union(*map(made_by, texts))
    calls = [call for text in texts for call in invocations(text)]
    namespaces = frozenset[str]().union(*map(namespaces_of, calls))
    addresses = frozenset[str]().union(*map(addresses_of, calls))
    entries = frozenset((kind, _first(kind, words)) for kind, adds, words in map(changed_by, calls) if adds)
    settings = frozenset((found[1] or found[2]).replace("/", ".") for text in texts for found in _SETS.finditer(text))
    hosts = frozenset(
        word for text in texts if "/etc/hosts" in text for found in _HOSTS.finditer(text) for word in found[1].split()
    )
    return Made(every - namespaces - addresses, namespaces, addresses, entries, settings, hosts)


def undone(command: str, made: Made) -> bool:
    """Whether a command deletes an entry that no command of the text makes."""
    gone = [(kind, _first(kind, words)) for kind, adds, words in map(changed_by, invocations(command)) if adds is False]
    return bool(gone) and not made.entries & set(gone)


def puts(command: str) -> bool:
    """Whether a command adds an entry to a table."""
    return any(changed_by(call)[1] for call in invocations(command))


def _first(kind: str, words: tuple[str, ...]) -> str:
    """What tells an entry from others of its kind; of a filter's rules no one word does."""
    return words[0].partition("/")[0] if words and kind.partition(" ")[0] not in _FILTERS else ""

"""Who asked for whom: pings and their like among a run's steps, with the namespace that they were sent from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from replayer.outcomes import canonical, read_outcome
from replayer.outcomes.commands import NEW_NAMESPACE, SHELLS, Invocation, invocations
from replayer.outcomes.readers import READERS
from replayer.topology import Topology
from replayer.transcript import Entry, Transcript
from replayer.words import REACHABLE, UNREACHABLE

# Options that take a value, of the programs that outcomes are read from; what is not known is none.
_VALUED = {
    "ping": "cDeFiIlmMNpQsStTwW",
    "arping": "cIswS",
    "fping": "bBcCHiIOpQrtSxX",
    "nc": "IiMmOPpqsTVWwXx",
    "curl": "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
    "wget": "OPTUatowQe",
    "traceroute": "fgilmNpqstwz",
    "mtr": "acimsfBQ",
}
_FAMILIES = {"ping4": "ping", "ping6": "ping", "fping6": "fping", "traceroute6": "traceroute"} | dict.fromkeys(
    ("netcat", "ncat", "nc.openbsd", "nc.traditional"), "nc"
)
_HOST = re.compile(r"(?:\w+://)?(?:[^@/]*@)?(?:\[([0-9a-fA-F:.%\w]+)\]|([^/\[\]]+?))(?::\d+)?(?:/.*)?$")


@dataclass(frozen=True, slots=True)
class Probe:
    """`source` is a namespace; `through` what the command names as its way out (an interface, an address), or
    ""; `target` an address. `expected`: the word that was expected instead, or ""."""

    outcome: str
    expected: str
    source: str
    through: str
    target: str


def probes(transcript: Transcript) -> dict[int, tuple[Probe, ...]]:
    """The number of each entry that shows 通 or 不通 -> whom it asked for."""
    found: dict[int, tuple[Probe, ...]] = {}
    shells: dict[str, list[str]] = {}  # terminal -> the namespaces of its shells, the innermost last
    called: dict[int, list[tuple[Invocation, str]]] = {}  # of the commands so far, by their entries' identities
    before: Topology | None = None
    for number, entry in enumerate(transcript.entries):
        if entry.step.kind == "run":
            nested = shells.setdefault(entry.step.terminal, [""])
            called[id(entry)] = list(_in_namespaces(entry, nested, _unnamed(before, entry.topology)))
            if entry.ending == "shell":
                nested[:] = [""]
        before = entry.topology
        calls = called.get(id(entry.of or entry), [])
        asked = [(call, namespace) for call, namespace in calls if call.program in READERS]
        if asked and (outcome := _outcome(transcript, entry)):
            expected = _expected(entry, outcome)
            found[number] = tuple(
                Probe(outcome, expected, namespace, through, target)
                for (call, namespace) in dict.fromkeys(asked)
                for through, target in _whom(call)
            )
    return {number: asked for number, asked in found.items() if asked}


def _in_namespaces(entry: Entry, nested: list[str], unnamed: str) -> Iterator[tuple[Invocation, str]]:
    """The programs of a command with their namespaces; `nested` follows the shells that it begins and ends."""
    for call in invocations(entry.command):
        namespace = nested[-1] if call.namespace is None else call.namespace
        namespace = unnamed if namespace == NEW_NAMESPACE else namespace
        if call.program in ("exit", "logout"):
            if len(nested) > 1:
                nested.pop()
        elif _begins_shell(call) and entry.ending in ("exit", "until", None):
            nested.append(namespace)
        else:
            yield call, namespace


def _begins_shell(call: Invocation) -> bool:
    words = [word for word in call.arguments if not word.startswith("-")]
    if call.program in SHELLS:
        return not words
    if call.program in ("unshare", "nsenter"):
        return True  # with nothing after its options
    return call.program == "su" or (call.program == "sudo" and bool({"-i", "-s"} & set(call.arguments)))


def _unnamed(before: Topology | None, after: Topology | None) -> str:
    """The namespace without a name that a step brought, if there is one; a name that nobody has, if not."""
    if after is None:
        return NEW_NAMESPACE
    new = set(after.namespaces) - set(before.namespaces if before else ())
    return next((name for name in sorted(new) if name.startswith("unnamed ")), NEW_NAMESPACE)


def _outcome(transcript: Transcript, entry: Entry) -> str:
    if entry.outcome in (REACHABLE, UNREACHABLE):
        return entry.outcome
    if entry.ended is None or entry.ending == "until":
        return ""
    command = entry.of.command if entry.of else entry.command
    return read_outcome(command, entry.text, entry.exit, transcript.plan.outcomes).word or ""


def _expected(entry: Entry, outcome: str) -> str:
    words = [canonical(str(rule.value)) for rule in entry.rules if rule.kind == "outcome"]
    return next((word for word in words if word in (REACHABLE, UNREACHABLE) and word != outcome), "")


def _whom(call: Invocation) -> Iterator[tuple[str, str]]:
    family = _FAMILIES.get(call.program, call.program)
    valued = _VALUED.get(family, "")
    through = ""
    words = iter(call.arguments)
    targets = []
    for word in words:
        if not word.startswith("-") or word == "-":
            targets.append(word)
        elif not word.startswith("--") and word[-1] in valued:
            value = next(words, "")
            if word[-1] in "IS" and family in ("ping", "arping", "fping"):
                through = through or value
        elif word[1:2] == "I" and family in ("ping", "arping"):
            through = word[2:]
    addresses = [address for address in map(_address, targets) if address]
    # Of several, ping goes through the first ones to the last; fping asks all.
    yield from ((through, address) for address in (addresses if family == "fping" else addresses[-1:]))


def _address(word: str) -> str:
    """The address in a word: `10.0.0.1`, `fe80::1%eth0`, `http://[::1]:80/x`; "" if it is none."""
    match = _HOST.match(word)
    for text in (word, *(match.groups() if match else ())):
        try:
            return str(ip_address((text or "").partition("%")[0]))
        except ValueError:
            continue
    return "127.0.0.1" if word == "localhost" else ""


def holds(addresses: Sequence[str], address: str) -> bool:
    """Whether one of the addresses of an interface (with prefix lengths) is that address."""
    return any(own.partition("/")[0] == address for own in addresses)

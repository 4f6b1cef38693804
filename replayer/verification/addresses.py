"""Addresses in words: which one a command asks for, and what kind it is."""

import ipaddress
import re
from dataclasses import dataclass, replace

from replayer.outcomes.commands import Invocation, invocations

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Interface = ipaddress.IPv4Interface | ipaddress.IPv6Interface

_ASKS = frozenset(
    "ping ping4 ping6 arping fping nc ncat netcat telnet curl wget traceroute tracepath mtr iperf iperf3 http".split()
)
_URL = re.compile(r"(?:\w+://)?(?P<host>\[[0-9a-fA-F:]+\]|[\d.]+)(?::(?P<port>\d+))?(?:/.*)?")
_URL_BY_NAME = re.compile(r"(?:\w+://)?(?P<host>[A-Za-z][\w.-]*)(?::(?P<port>\d{1,6}))?(?:/.*)?")
_NOBODY = ipaddress.IPv4Address(0)
_CONNECTS = frozenset("nc ncat netcat telnet curl wget http iperf iperf3".split())
# How a program is told where to ask from.
_FROM = {
    **dict.fromkeys(("ping", "ping4", "ping6", "fping"), ("-I",)),
    **dict.fromkeys(("nc", "ncat", "netcat"), ("-s",)),
    **dict.fromkeys(("iperf", "iperf3"), ("-B", "--bind")),
    "arping": ("-I", "-i", "-S", "-s"),
    "curl": ("--interface",),
    "wget": ("--bind-address",),
}
# Options of ping that say what its packets are like: size, fragments, source, lifetime, class, mark, content.
_PACKETS = frozenset({"-s", "-M", "-I", "-t", "-Q", "-m", "-p"})
_FROM_OF_OTHERS = ("-s", "-i", "-a")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a command asks. `source`: the address or the device that it is told to ask from; `port`: 0 where it asks
    for none; `namespace` as of an Invocation."""

    address: Address
    program: str
    namespace: str | None = None
    source: str = ""
    port: int = 0
    told: tuple[str, ...] = ()  # of a ping, the options that decide about its packets


def parsed(word: str) -> Address | None:
    """A word -> the address that it is, a zone left out; None if it is none."""
    try:
        return ipaddress.ip_address(word.partition("%")[0].strip("[]"))
    except ValueError:
        return None


def interface(word: str) -> Interface | None:
    """`10.0.0.1/24` -> the address with its network; None if it is none."""
    try:
        return ipaddress.ip_interface(word.partition("%")[0])
    except ValueError:
        return None


def is_public(word: str) -> bool:
    """Whether a word is an address of the Internet: one that no tutorial may give to a device of its own."""
    address = parsed(word)
    return address is not None and address.is_global and not address.is_multicast


def asked_of(command: str) -> Asked | None:
    """Whom a command asks by address; None if it asks nobody, or by name."""
    for call in invocations(command):
        if call.program in _ASKS:
            found = _asked(call)
            if found is not None:
                return found
    return None


def named_by(command: str) -> tuple[str, Asked] | None:
    """The name of whom a command asks, and all else that is known of it: the address is still to be found."""
    for call in invocations(command):
        if call.program in _ASKS and call.arguments:
            word = call.arguments[-1] if call.program.startswith("ping") else call.arguments[0]
            found = _URL_BY_NAME.fullmatch(next((one for one in call.arguments if "://" in one), word))
            if found:
                port = int(found["port"] or 0) or (80 if call.program in ("curl", "wget") else 0)
                return found["host"], Asked(_NOBODY, call.program, call.namespace, "", min(port, 65535))
    return None


def led_to(command: str) -> Asked | None:
    """The address that a command about routes looks up, or leads packets to; None if it is about none."""
    for call in invocations(command):
        words = list(call.arguments)
        for at, word in enumerate(words):
            if word == "via" or (word == "get" and "r" in [one[:1] for one in words[:at]]):
                return _led(call, words[at + 1 : at + 2])
            if word == "gw" and call.program == "route":
                return _led(call, words[at + 1 : at + 2])
    return None


def _led(call: Invocation, words: list[str]) -> Asked | None:
    address = parsed(words[0]) if words else None
    return None if address is None else replace(where_of(call), address=address)


def where_of(call: Invocation) -> Asked:
    """Where a call looks or changes something, as one that asks nobody."""
    names = dict(zip(call.arguments, call.arguments[1:], strict=False))
    namespace = names.get("-n", names.get("-netns", call.namespace)) if call.program == "ip" else call.namespace
    return Asked(_NOBODY, call.program, namespace)


def _asked(call: Invocation) -> Asked | None:
    source = ""
    words = list(call.arguments)
    for option in _FROM.get(call.program, _FROM_OF_OTHERS):
        if option in words[:-1]:
            source = words[words.index(option) + 1]
    address = None
    port = 0
    for at, word in enumerate(words):
        found = _URL.fullmatch(word)
        one = parsed(found["host"]) if found and ("." in word or ":" in word) else parsed(word) if ":" in word else None
        if one is not None and word != source:
            address = one
            port = int(found["port"] or 0) if found else 0
            if call.program in _CONNECTS and not port:
                port = next(
                    (int(w) for w in words[at + 1 :] if w.isdigit()), 80 if call.program in ("curl", "wget") else 0
                )
    if address is None:
        return None
    told = _told(words) if call.program.startswith("ping") else ()
    return Asked(address, call.program, call.namespace, source, min(port, 65535), told)


def _told(words: list[str]) -> tuple[str, ...]:
    """The options of a ping that are said of its packets, as words: `-s 1400`, `-s1400`."""
    told: list[str] = []
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word[:2] in _PACKETS:
            told += [word] if len(word) > 2 else [word, after]
    return tuple(told)

"""What a tutorial's commands make: devices, namespaces, addresses, files."""

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from replayer.claims.listings import given_names
from replayer.outcomes.commands import Invocation, invocations
from replayer.verification.addresses import interface

_INTO = re.compile(
    r"(?:^|\s)\d?>>?\s*(?P<file>[\w./~-]+)|\btee\s+(?:-a\s+)?(?P<tee>[\w./~-]+)|\s-w\s+(?P<capture>[\w./~-]+)"
)
_LINKS = re.compile(r"l(?:i|in|ink)?|tu(?:n|nt|nta|ntap|nn|nne|nnel)?")
_NAMED = ("--name", "-n", "--network")


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
        if call.arguments and call.arguments[0].startswith(("show", "list", "get")):
            continue
        if call.program != "ip" or any(_LINKS.fullmatch(word) for word in call.arguments[:4]):
            names |= given_names(shlex.join((call.program, *call.arguments)))
        if call.program in ("docker", "podman"):
            names |= {
                word for before, word in zip(call.arguments, call.arguments[1:], strict=False) if before in _NAMED
            }
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
    words = list(call.arguments)
    if call.program != "ip" or not any(word.startswith("a") and "address".startswith(word[:4]) for word in words[:5]):
        return frozenset()
    given = (interface(word) for word in words if "." in word or ":" in word)
    return frozenset(str(one.ip) for one in given if one is not None)


@dataclass(frozen=True, slots=True)
class Made:
    """All that a text's commands make, as words."""

    names: frozenset[str] = frozenset()  # of devices, files, containers
    namespaces: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


def made_in(commands: Iterable[str]) -> Made:
    """All that a text's commands make."""
    texts = list(commands)
    every = frozenset[str]().union(*map(made_by, texts))
    calls = [call for text in texts for call in invocations(text)]
    namespaces = frozenset[str]().union(*map(namespaces_of, calls))
    addresses = frozenset[str]().union(*map(addresses_of, calls))
    return Made(every - namespaces - addresses, namespaces, addresses)

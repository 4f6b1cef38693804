"""Who asks whom: the hosts and namespaces that a text names, and the addresses that it gives them."""

import re
from dataclasses import dataclass, field

from replayer.outcomes.commands import Invocation, invocations

_ADDRESS = re.compile(r"((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*)(?:/\d+)?$", re.IGNORECASE)
# Names that mean something else in a sentence.
_WORDS = frozenset(
    "a an as at be by do go he i if in is it me my no of on or so to up us we ip ns net test the".split()
)

# What somebody has is set; who has it neither asks nor is asked for it.
_THEIRS = re.compile(r"['’]s |の|的|의 ")
# As names of namespaces are written, also between letters of another script.
_WORD = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")


@dataclass
class Whom:
    """What the commands so far have told. `names`: of namespaces and hosts; `places`: address -> whose it is."""

    names: dict[str, str] = field(default_factory=dict)  # in small letters -> as they are
    places: dict[str, str] = field(default_factory=dict)

    def learn(self, command: str, inside: str) -> None:
        """Reads a command that is typed in a namespace ("": where the author's shell began)."""
        for call in invocations(command):
            here = namespace_of(call) or inside
            words = list(call.arguments)
            if call.program == "ip" and "netns" in words[:2] and "add" in words[:3]:
                self._name(words[-1])
            elif here:
                self._name(here)
            if call.program in ("ip", "ifconfig") and ("add" in words or call.program == "ifconfig"):
                for word in words:
                    if found := _ADDRESS.match(word):
                        self.places.setdefault(found[1], here)

    def _name(self, name: str) -> None:
        if _WORD.fullmatch(name) and name.lower() not in _WORDS:
            self.names.setdefault(name.lower(), name)

    def concerns(self, clause: str, command: str, inside: str) -> bool | None:
        """Whether a clause is about a command: the names in it are those of who asks and who is asked. None if it
        names nobody, or it is not known who they are."""
        said = {
            self.names[found[0].lower()]
            for found in _WORD.finditer(clause)
            if found[0].lower() in self.names and not _THEIRS.match(clause, found.end())
        }
        if not said:
            return None
        parties: set[str] = set()
        for call in invocations(command):
            parties.add(namespace_of(call) or inside)
            for word in call.arguments:
                if found := _ADDRESS.match(word.partition("%")[0]):
                    if found[1] not in self.places:
                        return None
                    parties.add(self.places[found[1]])
        return said <= parties


def namespace_of(call: Invocation) -> str:
    """The namespace that a call names, in either way; "" if it names none."""
    if call.namespace:
        return call.namespace
    words = call.arguments
    if call.program in ("ip", "bridge", "tc") and len(words) > 1 and words[0] in ("-n", "-netns"):
        return words[1]
    return ""

"""What a person has waited for without knowing it: a server that begins, IPv6 addresses that become usable.

Whoever reads and types takes seconds between two commands; a replay takes none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from replayer.outcomes.commands import Invocation, invocations
from replayer.sources.session import Command

_SERVER = re.compile(
    r"\b(?:http\.server|SimpleHTTPServer|dnsmasq|nginx|sshd|httpd|lighttpd)\b|\b(?:nc|ncat|netcat)\s.*?-\w*l|"
    r"\biperf3?\s.*?(?:-s|--server)\b|\bsocat\s.*LISTEN",
    re.IGNORECASE,
)
_DETACHES = re.compile(r"\biperf3?\s.*?\s(?:-\w*D|--daemon)\b")
_CONNECTS = frozenset(
    "curl wget nc ncat netcat telnet iperf iperf3 socat dig host nslookup ssh openssl ab redis-cli".split()
)
_ASKS = frozenset("ping ping4 ping6 arping fping traceroute traceroute6 tracepath tracepath6 mtr".split())
# Where a server listens if its command does not say so.
_PORTS = {
    "http.server": "8000",
    "SimpleHTTPServer": "8000",
    "iperf3": "5201",
    "iperf": "5001",
    "dnsmasq": "53",
    "sshd": "22",
    "nginx": "80",
    "httpd": "80",
    "lighttpd": "80",
}
_NUMBER = re.compile(r"(?<![\w.:/-])(?:[\w.-]*LISTEN:|-p|:)?(\d{2,5})(?![\w.:/])")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){1,7}:[0-9a-fA-F]*|(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
)
# Words by which `ip` and the like bring up a link or give it an address.
_CHANGES = frozenset("a ad add up set replace change".split())
_CHANGE = frozenset({"ip", "ifconfig", "dhclient", "sysctl"})

# A namespace without a name is asked where the terminal is in it.
_SERVES = (
    "timeout 5 sh -c 'until (ss -Hlntu; ip -all netns exec ss -Hlntu) 2>&1 | grep -Eq \"{}\"; do sleep 0.1; done' || :"
)
_SETTLED = (
    "timeout 3 sh -c 'while (ip -6 addr show up tentative; ip -all netns exec ip -6 addr show up tentative) 2>&1 "
    "| grep -v dadfailed | grep -q inet6; do sleep 0.1; done' || :"
)


@dataclass(frozen=True, slots=True)
class Wait:
    """A command that waits, and why it is there."""

    text: str
    why: str


@dataclass(slots=True)
class Waits:
    """Asked for each command in the order of the text."""

    _begun: list[Command] = field(default_factory=list)  # servers that nobody has asked yet
    _changed: bool = False  # whether addresses or links changed since it was waited for them

    def before(self, command: Command) -> Iterator[Wait]:
        """What is waited for before this command is typed."""
        calls = invocations(command.text)
        serves = bool(_SERVER.search(command.text))
        if not serves and self._begun and any(call.program in _CONNECTS for call in calls):
            for server in self._begun:
                yield Wait(_SERVES.format(_listens(server.text)), "The server has begun when a person types this.")
            self._begun.clear()
        if self._changed and not serves and any(_asks_ipv6(call) for call in calls):
            yield Wait(_SETTLED, "Its IPv6 addresses are in use when a person types this: no other host has them.")
            self._changed = False
        self._changed = self._changed or any(
            call.program in _CHANGE and (call.program != "ip" or bool(_CHANGES & set(call.arguments))) for call in calls
        )
        if serves and not command.until and _apart(command):
            self._begun.append(command)


def _apart(command: Command) -> bool:
    """Whether a server runs while the text goes on."""
    return command.goes_on or command.text.rstrip().endswith("&") or bool(_DETACHES.search(command.text))


def _listens(server: str) -> str:
    """What a listing of sockets shows of a server: its port, or any that its command may mean."""
    ports = dict.fromkeys(_NUMBER.findall(server)) or dict.fromkeys(
        port for name, port in _PORTS.items() if re.search(rf"\b{re.escape(name)}\b", server)
    )
    return f":({'|'.join(list(ports)[:9])}) " if ports else ":[0-9]+ "


def _asks_ipv6(call: Invocation) -> bool:
    """Whether a program asks somebody by IPv6."""
    if call.program not in _ASKS | _CONNECTS:
        return False
    return call.program.endswith("6") or any(word == "-6" or _IPV6.search(word) for word in call.arguments)

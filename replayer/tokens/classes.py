"""What changes from run to run, as data: identities, measures, and states of the moment.

An *identity* is a new value each run, and the same thing must bear the same value everywhere. A *measure* is
never the same. A *state* is one of a set, and the moment decides which; the set may hold the absence of a word
(`tentative`), the value is then empty. All other text is fixed.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["identity", "measure", "state"]
Identity = tuple[str, str]  # (space, key)


@dataclass(frozen=True, slots=True)
class Identified:
    """Whose value a token bears. `form` is how it is written (a MAC, or an address made from that MAC): two
    tokens are comparable if their forms are the same. Identities of one `space` correspond one to one."""

    form: str
    space: str
    key: str

    @property
    def identity(self) -> Identity:
        return self.space, self.key


@dataclass(frozen=True, slots=True)
class TokenClass:
    """`pattern` has one group, the value; `within`, if given, must be found in the value's line.
    `identify` says whose value it is, or None where the value is fixed text after all."""

    name: str
    kind: Kind
    pattern: str
    within: str | None = None
    identify: Callable[[str], Identified | None] | None = None


def _cased(name: str, value: str) -> str:
    """arping writes MACs in capitals; a text that changes its case is another text."""
    return f"{name} (capitals)" if value != value.lower() else name


def _mac(value: str) -> Identified | None:
    mac = value.lower()
    if mac.startswith("33:33:ff:"):
        return Identified(_cased("solicited-node MAC", value), "mac tail", mac[9:])
    # A group address (lowest bit of the first octet: ff:ff:…, 01:00:5e:…, 01:80:c2:…, 33:33:…) and zero
    # are the same in every run.
    if int(mac[:2], 16) & 1 or mac == "00:00:00:00:00:00":
        return None
    return Identified(_cased("MAC", value), "MAC", mac)


# The space of identities whose author made them unreadable: they stand for any.
REDACTED = "redacted"


def _redacted(value: str) -> Identified:
    """`52:54:00:xx:xx:xx`: its author's own."""
    return Identified("MAC", REDACTED, value)


def _bridge_id(value: str) -> Identified | None:
    """`8000.62924b8185fe` of brctl, `8000.62:92:4b:1:85:fe` of ip: the latter without leading zeros."""
    octets = value.split(":") if ":" in value else [value[at : at + 2] for at in range(0, 12, 2)]
    found = _mac(":".join(octet.zfill(2) for octet in octets))
    return Identified("bridge id", found.space, found.key) if found else None


def _ipv6(value: str) -> Identified | None:
    """Addresses that the kernel makes: from a MAC (EUI-64, RFC 4291 appendix A), solicited-node multicast
    (RFC 4291 §2.7.1), or at random (RFC 7217). Those that an author gives have short interface ids."""
    try:
        packed = ipaddress.IPv6Address(value).packed
    except ValueError:
        return None
    if packed[:13] == b"\xff\x02" + bytes(9) + b"\x01\xff":
        return Identified("solicited-node address", "mac tail", packed[13:].hex(":"))
    prefix = packed[:8].hex(":", 2)
    if packed[11:13] == b"\xff\xfe":
        mac = bytes((packed[8] ^ 2, *packed[9:11], *packed[13:])).hex(":")
        return Identified(f"address {prefix} from a MAC", "MAC", mac)
    if packed[:2] == b"\xfe\x80" and any(packed[8:12]):
        return Identified("link-local address", "link-local address", packed[8:].hex())
    return None


def _ephemeral(value: str) -> Identified | None:
    """Ports of net.ipv4.ip_local_port_range's default; others were chosen by the author."""
    return Identified("port", "port", value) if 32768 <= int(value) <= 60999 else None


def _class(name: str, pattern: str, space: str = "") -> TokenClass:
    """An identity whose value is its key."""
    return TokenClass(name, "identity", pattern, None, lambda value: Identified(name, space or name, value))


_HEX = "0-9A-Fa-f"
_NUMBER = r"\d+(?:\.\d+)?"

# Where two patterns match at the same place, the earlier one has it. All that can begin with \b do: one test
# then spares the others in the middle of words, which makes scanning several times as fast.
CLASSES: tuple[TokenClass, ...] = (
    # Before the MAC, which has the same digits where no octet begins with a zero.
    TokenClass(
        "bridge id", "identity", r"\b[0-9a-f]{4}\.([0-9a-f]{12}|(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2})\b", None, _bridge_id
    ),
    TokenClass("MAC", "identity", rf"\b(?<!:)((?:[{_HEX}]{{2}}:){{5}}[{_HEX}]{{2}})(?![{_HEX}]|:[{_HEX}])", None, _mac),
    TokenClass(
        "redacted MAC",
        "identity",
        rf"\b(?<!:)((?=[{_HEX}:]*[Xx])(?:[{_HEX}Xx]{{2}}:){{5}}[{_HEX}Xx]{{2}})(?![{_HEX}]|:[{_HEX}])",
        None,
        _redacted,
    ),
    TokenClass("clock", "measure", r"\b(?<![:.])((?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d(?:\.\d+)?)(?![\w:])"),
    TokenClass(
        "IPv6 address", "identity", rf"\b(?<![:.])([{_HEX}]{{1,4}}(?::[{_HEX}]{{0,4}}){{2,7}})(?![\w:])", None, _ipv6
    ),
    TokenClass("date", "measure", r"\b([A-Z][a-z]{2},? (?:[A-Z][a-z]{2} [ \d]\d|\d\d [A-Z][a-z]{2}))\b"),
    _class("interface index", r"^[ \t]*(\d+)(?=: \S+(?: state \S+ @\S+)?:? +<|: \S+ +(?:inet6?|link)\b)"),
    _class("peer index", r"@if(\d+)\b", "interface index"),
    _class("namespace id", r"\b(?:link-netnsid |nsid |(?<=\(id: ))(\d+)\b"),
    _class("namespace inode", r"\b(?:net|mnt|pid|user|uts|ipc|cgroup|time):\[(\d+)\]"),
    _class("process id", r"\bpid[= ](\d+)\b"),
    _class("job's process id", r"^\[\d+\] (\d+)$", "process id"),
    _class("kernel-given name", r"\b(veth(?=[0-9a-f]*[a-f])[0-9a-f]{6,8})\b"),
    _class("ICMP id", r"\bICMP6?,? echo re(?:quest|ply), id (\d+)"),
    # The kernel's own begin at 8000; an author gives small ones.
    _class("tc handle", r"\b(?:qdisc \w+|parent|flowid|classid) (8[0-9a-f]{3})(?=:)"),
    _class("nft handle", r"\b(?<=# )handle (\d+)\b"),
    TokenClass("port", "identity", r"\b(?<=\.)(\d{5})(?= >|: )", r"\bIP6? ", _ephemeral),
    TokenClass("ICMP sequence number", "measure", r"\bseq (\d+)(?=, length)", "ICMP"),
    TokenClass("TCP number", "measure", r"\b(?:seq|ack|val|ecr) (\d+(?::\d+)?)\b", r"Flags \["),
    TokenClass("IP id", "measure", r"\bid (\d+)(?=, offset \d)"),
    TokenClass("checksum", "measure", r"\bcksum 0x([0-9a-f]+)\b"),
    TokenClass("round trip", "measure", rf"\btime[=< ]({_NUMBER}) ?ms\b"),
    TokenClass(
        "round trips", "measure", rf"\b(?:(?<== )|(?<=ewma ))({_NUMBER}(?:/{_NUMBER}){{1,3}}(?: ms, pipe \d+)?)"
    ),
    TokenClass("duration", "measure", r"\b(\d+\.\d{3})(?= ?(?:ms|usec)\b)"),
    TokenClass("lifetime", "measure", r"\b(?:valid|preferred)_lft (\d+)sec\b"),
    # `ref` is there while somebody uses the entry; iproute2 6.1 prints no blank before `probes`.
    TokenClass("neighbour's use", "measure", r"\b((?:ref \d+ )?used \d+/\d+/\d+(?: ?probes \d+)?)\b"),
    TokenClass("probes", "measure", r"\bprobes (\d+)\b"),
    TokenClass("timer", "measure", r"\b[a-z]+_timer( +\d+\.\d+)\b"),
    TokenClass("counters", "measure", r"^([ \t]*\d+(?:[ \t]+\d+){3,}[ \t]*)$"),
    TokenClass(
        "counter",
        "measure",
        r"\b(?:RX|TX) (?:packets|bytes|errors)[ :]+(\d+(?:[ \t]+bytes[ :]+\d+)?(?: \([\d.]+ [A-Za-z]+\))?)",
    ),
    TokenClass("received by filter", "measure", r"\b(\d+)(?= packets? received by filter)"),
    TokenClass("conntrack seconds", "measure", r"\b(?:tcp|udp|icmp|icmpv6|sctp) +\d+ (\d+)(?= )", r"\bsrc="),
    TokenClass("rule's counters", "measure", r"\bcounter packets (\d+ bytes \d+)\b"),
    TokenClass(
        "rule's counters in columns",
        "measure",
        r"^([ \t]*\d+[KMG]?[ \t]+\d+[KMG]?)"
        r"(?=[ \t]+[A-Za-z][\w-]*[ \t]+(?:all|tcp|udp|icmp|\d+)[ \t]+(?:--|-f|!f)[ \t])",
    ),
    TokenClass("chain's counters", "measure", r"\(policy \w+ (\d+[KMG]? packets, \d+[KMG]? bytes)\)"),
    TokenClass("netcat's port", "measure", r"\bConnection (?:received on|from) [\w.]+[ :](\d{4,5})\b"),
    TokenClass("neighbour's state", "state", r"\b(INCOMPLETE|REACHABLE|STALE|DELAY|PROBE|FAILED)[ \t]*$", r"\bdev \S"),
    TokenClass("state of a link that is down", "state", r"\bstate (LOWERLAYERDOWN|DOWN)\b"),
    # `ip -br link` and `ip -br addr` have the state in a column: its blanks are part of it.
    TokenClass(
        "state of a link that is down, in a column",
        "state",
        r"\b(?<=[ \t])((?:LOWERLAYERDOWN|DOWN)\b[ \t]*)",
        rf"^\S+[ \t]+(?:LOWERLAYERDOWN|DOWN)(?:[ \t]+[{_HEX}]+[:.]|[ \t]*$)",
    ),
    # A port of a bridge with STP goes from one to the next in 15 s. ip and bridge print it beside its cost, brctl
    # beside its id.
    TokenClass(
        "state of a bridge's port",
        "state",
        r"\bstate[ \t]+(disabled|listening|learning|forwarding|blocking)\b",
        r"\bpriority \d+ cost \d|\bport id[ \t]",
    ),
    # The kernel takes the word away a second or two after the address was given (duplicate address detection).
    TokenClass(
        "state of an address",
        "state",
        r"\bscope \w+(?: (?:secondary|temporary|nodad|home|deprecated))*((?: (?:optimistic|tentative))*)(?![\w-])",
        r"\binet6 ",
    ),
)

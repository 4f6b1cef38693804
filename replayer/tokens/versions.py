"""What tools, kernels and machines of other years print differently: known differences, each with its name.

A documented block was printed by its author's tools, on the author's kernel. What such a line may have more, less or
otherwise than today's, without saying anything else, stands here as data:

- a *wording*: two ways to write the same;
- a *part* of a line: what not every version prints. With `free`, its value says nothing either where both have it;
- *lines* that a machine adds by itself, or a moment brings.

The name of a difference is what a person is told where it was met.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Wording:
    name: str
    pattern: str
    today: str


@dataclass(frozen=True, slots=True)
class Part:
    """`pattern` has one group: the part. It is looked for in today's wording."""

    name: str
    pattern: str
    free: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    name: str
    pattern: str


NETNS = "link-netns and link-netnsid"
EMPTY = "empty lines"

WORDINGS = (
    # tcpdump 4.99 (2020)
    Wording("tcpdump before 4.99", r"\buse -v or -vv for full", "use -v[v]... for full"),
    # iproute2 4.9 to 4.13 said `dev` twice
    Wording("bridge's word `dev`", r" dev dev ", " dev "),
    # iputils before 2012
    Wording("ping's icmp_req", r" icmp_req=", " icmp_seq="),
    # net-tools print `*` for no gateway where they look up names
    Wording("route's * for 0.0.0.0", r"^(\s*\S+ +)\*( +[\d.]+ +U)", r"\g<1>0.0.0.0\2"),
    # iproute2 5.17 renamed the column
    Wording("the column `overrun`", r"\boverrun(?= +mcast)", "missed"),
    Wording("the total of ls", r"^(?:总用量|總計|合計|합계|итого|insgesamt|totale?|tổng cộng) (?=\d)", "total "),
    # iptables 1.8.9 prints protocols by number under -n
    Wording("iptables' name of a protocol", r"(?<=[A-Za-z] )( *)all(?= +(?:--|-f|!f) )", r"\g<1>0"),
    Wording("iptables' name of a protocol", r"(?<=[A-Za-z] )( *)tcp(?= +(?:--|-f|!f) )", r"\g<1>6"),
    Wording("iptables' name of a protocol", r"(?<=[A-Za-z] )( *)udp(?= +(?:--|-f|!f) )", r"\g<1>17"),
    Wording("iptables' name of a protocol", r"(?<=[A-Za-z] )( *)icmp(?= +(?:--|-f|!f) )", r"\g<1>1"),
    # netcat-openbsd 1.190
    Wording("netcat's words", r"^Listening on \[?([\w.:*]+)\]? \(family \d+, port (\w+)\)", r"Listening on \1 \2"),
    Wording(
        "netcat's words",
        r"^Connection from \[?([\w.:]+)\]? (?:port )?\w+ (?:port )?\[\S+\] accepted \(family \d+, sport (\d+)\)",
        r"Connection received on \1 \2",
    ),
    # iproute2 before 4.12
    Wording("bridge's word `state`", r"^(\s*\d+: [\w.-]+) state \w+ (@\S+: <)", r"\1\2"),
    # iproute2 4.19
    Wording("tc's decimals", r"\b(lat|delay) (\d+)\.0(?=[um]?s\b)", r"\1 \2"),
    # iproute2 5.7: `vlan ids` became `vlan-id`
    Wording("bridge's column of VLANs", r"^port\s+vlan ids", "port              vlan-id"),
)

# As `ls -l` begins.
_MODE = r"[-dlcbsp](?:[r-][w-][xsStT-]){3}[.+@]?"

PARTS = (
    # Its word and default changed: 65535, 262144.
    Part("tcpdump's snapshot length", r"\b((?:capture size|snapshot length) \d+ bytes)", free=True),
    # Absent in old ip; 1 for lo on some kernels, 1000 on others.
    Part("the length of a queue", r"\b(qlen \d+)\b", free=True),
    Part("the length of a queue", r"\b(txqueuelen \d+)\b", free=True),
    # iproute2 before 3.x prints neither.
    Part("ip's `mode DEFAULT`", r"\b(mode DEFAULT)\b"),
    Part("ip's `group default`", r"\b(group default)\b"),
    # A default of the kernel or the distribution; others (`noop`, tbf, htb, netem) were set or say something.
    Part("the default queueing discipline", r"\b(qdisc (?:noqueue|pfifo_fast|pfifo|fq_codel|fq|mq|cake))\b", free=True),
    # Flags that ip works out since 4.1.
    Part("ip's flag M-DOWN", r"<[^>]*?(,M-DOWN\b|\bM-DOWN,)"),
    # bridge looks a port's peer up by its number among the devices that are here, wherever the peer is.
    Part("the peer that bridge names", r"^\s*\d+: [\w.-]+(@[\w.()-]+): <.*\bpriority \d+ cost \d", free=True),
    # One for each queue of the device.
    Part("who refers to a queueing discipline", r"\bqdisc .*?( refcnt \d+)\b", free=True),
    # Kernels before 4.1 did not tell the peer of a veth.
    Part("the name of a peer", r"^\s*(?:\d+: )?[\w.-]+(@[\w.-]+):? "),
    Part(NETNS, r"( ?\blink-netns(?:id)? \S+)"),
    # Whether a namespace got an id depends on who asked before.
    Part("the id of a namespace", r"^\s*[\w.-]+( \(id: \d+\))\s*$"),
    # iproute2 6.2
    Part("the origin of an address", r"( proto kernel_(?:lo|ll|ra))\b"),
    Part("noprefixroute", r"( noprefixroute)\b"),
    # iproute2 4.16 and later, `ip route get`
    Part("the uid of a route", r"( uid \d+)\s*$", free=True),
    Part("a route's `pref medium`", r"( pref medium)\b"),
    Part("the metric of an IPv6 route", r"^\s*[0-9a-f]*:[0-9a-f:/]* .*?( metric (?:256|1024))\b", free=True),
    Part(
        "what the kernel learnt of a route", r"( (?:expires \d+sec )?mtu \d+ advmss \d+(?: hoplimit \d+)?)", free=True
    ),
    Part("what the kernel learnt of a route", r"\bcache( +expires \d+sec)", free=True),
    # Kernel 4.1
    Part("a route's `linkdown`", r"( linkdown)\b"),
    # `ip -d`
    Part("details of a link", r"( (?:allmulti \d|minmtu \d|addrgenmode \w|numtxqueues \d).*)$", free=True),
    Part("the first address of a device", r"( permaddr \S+)"),
    # 16436 before Linux 3.6
    Part("the MTU of lo", r"^\s*(?:\d+: )?lo: .*?( mtu \d+)\b", free=True),
    # Where the kernel or the bridge knows no VLANs.
    Part("a bridge's own VLAN", r"\bdev \S+( vlan 1)\b"),
    # Who made a file, and when.
    Part("the owner of a file", rf"^\s*{_MODE} +\d+ (\S+ +\S+) +\d", free=True),
    Part("the date of a file", rf"^\s*{_MODE} .*? ([A-Z][a-z]{{2}} +\d+ +(?:\d\d:\d\d|\d{{4}})) ", free=True),
    Part("the version of ncat", r"^Ncat: (Version \S+)", free=True),
    Part("the version of a server", r"^(?:< )?(Server: .*)$", free=True),
    Part("the version of a client", r"^(?:> )?(User-Agent: .*)$", free=True),
    Part("the date of an answer", r"^(?:< )?((?:Date|Last-Modified): .*)$", free=True),
)

LINES = (
    Lines("addresses that IPv6 gives itself", r"\s*inet6 (?:addr: ?)?(?:fe80:|::1[/ ])"),
    Lines("how long an address is valid", r"\s*valid_lft "),
    Lines("the cache line of a route", r"\s*cache\b"),
    Lines("other names of a device", r"\s*altname "),
    Lines(
        "tcpdump's greeting", r"\s*(?:dropped privs to |tcpdump: (?:verbose output suppressed|WARNING|data link type))"
    ),
    Lines(
        "what an interface has counted",
        r"\s+(?:[RT]X (?:packets|errors|bytes)|collisions[: ]|device (?:interrupt|memory)|Interrupt|Memory|Base addr)",
    ),
    Lines(EMPTY, r"\s*$"),
    Lines("netcat's version", r"Ncat: Version "),
)


def today(text: str) -> tuple[str, frozenset[str]]:
    """A line in today's wording, and the names of the wordings that it had."""
    met: set[str] = set()
    if _worded().search(text):
        for wording in WORDINGS:
            text, count = _compiled(wording.pattern).subn(wording.today, text)
            if count:
                met.add(wording.name)
    return text, frozenset(met)


def cut(text: str) -> tuple[str, dict[str, str]]:
    """A line in today's wording -> the line without the parts that not all versions print, and these by name."""
    parts: dict[str, str] = {}
    if _parted().search(text):
        for part in PARTS:
            found = _compiled(part.pattern).search(text)
            if found:
                parts[part.name] = found[1]
                text = (
                    f"{text[: found.start(1)]} {text[found.end(1) :]}"
                    if _stands_alone(found)
                    else (text[: found.start(1)] + text[found.end(1) :])
                )
    return text, parts


def _stands_alone(found: re.Match[str]) -> bool:
    return not found[1].startswith(("@", ",")) and not found[1].endswith(",")


FREE = frozenset(part.name for part in PARTS if part.free)


def added(text: str) -> str:
    """The name of what a line is that a machine adds by itself, or a moment brings; "" if it is none."""
    return next((lines.name for lines in LINES if _compiled(lines.pattern).match(text)), "")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# Most lines have none: one search tells.
@cache
def _worded() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{wording.pattern})" for wording in WORDINGS).replace("(?<=[A-Za-z] )", ""))


@cache
def _parted() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part.pattern})" for part in PARTS))


_OLD = re.compile(r"(?P<name>\S+) +Link encap:\S+(?: \S+ Loopback)?(?: +HWaddr (?P<mac>[0-9A-Fa-f:]{17}))?")
_NEW = re.compile(r"(?P<name>\S+): flags=\d+<(?P<flags>[A-Z,]*)> +mtu (?P<mtu>\d+)")
_OLD_INET = re.compile(r"\s+inet addr:(\S+)(?: +Bcast:\S+)?(?: +P-t-P:\S+)?(?: +Mask:(\S+))?")
_NEW_INET = re.compile(r"\s+inet (\S+)(?: +netmask (\S+))?")
_ETHER = re.compile(r"\s+ether ([0-9a-f:]{17})")
_OLD_FLAGS = re.compile(r"\s+(?P<flags>(?:[A-Z]+ )+) ?MTU:(?P<mtu>\d+)")
IFCONFIG = "ifconfig of net-tools before 2.0"


def old_ifconfig(lines: list[str]) -> bool:
    """Whether lines are what ifconfig printed before 2013, and busybox's does today."""
    return any(_OLD.match(line) for line in lines)


def interfaces(lines: list[str]) -> list[str]:
    """What both forms of ifconfig's output say: a line for each fact, in one order."""
    told: list[str] = []
    name, facts = "", dict[str, str]()

    def close() -> None:
        told.extend(facts[key] for key in ("name", "ether", "inet", "flags") if key in facts)
        facts.clear()

    for line in lines:
        old, new = _OLD.match(line), _NEW.match(line)
        found = old or new
        if found:
            close()
            name = found["name"]
            facts["name"] = f"{name}: mtu {new['mtu']}" if new and name != "lo" else f"{name}:"
            if old and old["mac"]:
                facts["ether"] = f"ether {old['mac'].lower()}"
            if new:
                facts["flags"] = " ".join(sorted(new["flags"].split(",")))
        elif line.strip() in ("...", "…"):
            close()
            told.append("...")
        elif ether := _ETHER.match(line):
            facts["ether"] = f"ether {ether[1]}"
        elif inet := _OLD_INET.match(line) or _NEW_INET.match(line):
            facts["inet"] = f"inet {inet[1]} netmask {inet[2] or ''}".rstrip()
        elif flags := _OLD_FLAGS.match(line):
            facts["flags"] = " ".join(sorted(flags["flags"].split()))
            if name != "lo":  # 16436 before Linux 3.6
                facts["name"] = f"{name}: mtu {flags['mtu']}"
    close()
    return told

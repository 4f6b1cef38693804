"""Is a line something that one types into a shell, or something that one says?

A line's first word decides, after what may stand before it (`sudo`, assignments, `(`). Words that are English too need
arguments that only the program would take.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from replayer.reading.labels import remark_beside
from replayer.reading.prose import is_prose
from replayer.reading.vocabulary import KEYWORDS, NAMES
from replayer.sources.document import MOST_LINES


def _beginnings(words: str) -> frozenset[str]:
    """All beginnings of words: iproute2 takes each."""
    return frozenset(word[:length] for word in words.split() for length in range(1, len(word) + 1))


_IP_OBJECTS = _beginnings(
    "link address addr route rule neighbour neighbor netns tunnel tuntap maddress mroute mrule monitor xfrm vrf l2tp "
    "macsec tcp_metrics token netconf ntable addrlabel sr nexthop mptcp ioam stats fou ila help"
)
_IP_VERBS = _beginnings(
    "add delete change replace set show list ls lst flush get append save restore exec identify pids attach monitor "
    "up down dev via to from master type name help prepend test del default scope table peer"
)
_TC_OBJECTS = _beginnings("qdisc class filter chain actions monitor")
_BRIDGE_OBJECTS = _beginnings("link fdb mdb vlan vni mst monitor")
# Words of a language that no program takes, and what may hold them.
_FOREIGN = re.compile(r"(?:^|\s)[^\x00-\x7f]{2,}")
_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
_PLAIN_WORD = re.compile(r"[A-Za-z_./~$][\w./+~@:${}-]*$")
_ASSIGNMENTS = re.compile(
    r"(?:[A-Za-z_]\w*=(?:\"[^\"`$]*\"|'[^']*'|[\w./:-]*)\s*;\s*)*"
    r"[A-Za-z_]\w*=(?:\$\(|`|\"|'|[\w./:$-]*;?$|\([\w./: \t$-]+\);?$)"
)
# Of a glossary: `conntrack = connection tracking`.
_MEANS = re.compile(r"[^'\"$=]{2,40}\s{3,}=\s+\w|(?!echo|printf|test|\[|expr|let)[\w.-]+\s+(?:=|:|:=)\s+\w")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=(\S*)$")
# `ip-link - network device configuration`
_EXPLAINED = re.compile(
    r"(?!su |sudo |socat |cat |tar |nft |curl |wget |diff |cd )[\w.-]+\s+[-\u2013\u2014]\s+[A-Za-z]{3,}\s+[a-z]+"
    r"|(?:[\w./-]+\s+){1,5}[-\u2013\u2014]\s+(?:the|this|that|it|to|is|shows?|lists?|displays?|used?|if|when|for|checks?)\s+\w"
    # `ip link show eth0 (on the server): mtu 1500`, which no shell takes.
    r"|[^'\"$`]*\s\([^()]*\):(?:\s|$)"
)
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,2}(?:[-+~]\S*)?")  # `vagrant 2.0.0`, of a list
_NAMES_TWO = re.compile(r"[\w-]+ & [\w-]+$")  # of a heading
_AS_ROOT = re.compile(r"(?:sudo|doas)\s+(?:-\w+\s+)*[a-z][\w.+-]*(?=\s|$)")
_PATH = re.compile(r"[~.$]|/(?!etc/(?!init\.d/)|proc/|sys/|dev/)")
_ADDRESS = re.compile(
    r"[\w-]*(?:\d+\.\d+\.\d+\.\d+|[0-9a-f]*::?[0-9a-f:]+)|[\w-]+(?:\.[\w-]+)+$|\$\{?\w+\}?$", re.IGNORECASE
)
_ARGUMENT = re.compile(r"^-|[\d/=$|><:]")


def _ip(rest: list[str]) -> bool:
    at = 0
    while at < len(rest) and rest[at].startswith("-"):
        at += 2 if rest[at] in ("-n", "-netns", "-b", "-batch", "-f", "-family", "-rc", "-l") else 1
    rest = rest[at:]
    if not rest:
        return at > 0
    if rest[0].rstrip(";|&)") not in _IP_OBJECTS:
        return False
    if "monitor".startswith(rest[0]) and len(rest[0]) > 2:
        return True
    after = rest[1].rstrip(";|&") if len(rest) > 1 else ""
    return (
        not after
        or after in _IP_VERBS
        or bool(re.match(r"[-|>;&\d$<{]|[\w.-]*\d|[A-Z][A-Z0-9_]+$|lo$|eth|br|veth", after))
    )


def _option(rest: list[str]) -> bool:
    return any(word.startswith("-") and len(word) > 1 for word in rest)


def _path(rest: list[str]) -> bool:
    return any("/" in word or word.startswith(("-", "$", ".")) for word in rest)


def _one_of(*words: str) -> Callable[[list[str]], bool]:
    return lambda rest: bool(rest) and rest[0] in words


# A title (`wireshark wiki: Gratuitous ARP`), and what a program says that it could not do.
_SAYS_WHAT = re.compile(r"[a-z][\w-]* [A-Za-z]+: [A-Za-z]")
_COMPLAINT = re.compile(
    r": .*(?:by that name|[Nn]o such file or directory|[Oo]peration not permitted|[Pp]ermission denied|"
    r"command not found|[Ii]nvalid argument|[Dd]evice or resource busy|[Ff]ile exists|[Nn]ot found)\.?$"
)
_EXPORTED = re.compile(r"[A-Za-z_]\w*=|(?:[A-Z_][A-Z\d_]*\b ?)+(?:[;&|]|$)|\w+$")

# Words that are English too (or so short that they stand in outputs): what must follow.
CHECKED: dict[str, Callable[[list[str]], bool]] = {
    "ip": _ip,
    "bridge": lambda rest: not _BRIDGE_OBJECTS.isdisjoint(rest[:3]),
    "tc": lambda rest: bool(rest) and (rest[0][:1] == "-" or rest[0] in _TC_OBJECTS),
    "ping": lambda rest: (
        any(_ADDRESS.match(w) for w in rest)
        or _option(rest)
        or (len(rest) == 1 and rest[0].isascii() and rest[0].isidentifier())
    ),
    "host": lambda rest: 0 < len(rest) <= 3 and any(_ADDRESS.match(w) for w in rest),
    "route": lambda rest: (
        not rest or _one_of("add", "del", "delete", "-n", "-4", "-6", "-A", "-ne", "-en", "get", "|", "print")(rest)
    ),
    "test": lambda rest: _option(rest),
    "time": lambda rest: bool(rest) and is_command(" ".join(rest)),
    "watch": lambda rest: _option(rest) or (bool(rest) and is_command(" ".join(rest).strip("'\""))),
    "find": _path,
    "set": lambda rest: _option(rest) or any(w.startswith("+") for w in rest),
    "which": lambda rest: len(rest) == 1 and (rest[0] in NAMES or rest[0] in CHECKED),
    "type": lambda rest: len(rest) == 1 and (rest[0] in NAMES or rest[0] in CHECKED),
    "command": _option,
    "make": lambda rest: not rest or (len(rest) <= 3 and all(re.match(r"-|[\w-]+(=|$)", w) for w in rest)),
    "wait": lambda rest: not rest or (len(rest) == 1 and bool(re.match(r"[%$\d]", rest[0]))),
    "sleep": lambda rest: len(rest) >= 1 and bool(re.match(r"[\d.]+[smhd]?$|inf|\$", rest[0])),
    "kill": lambda rest: bool(rest) and bool(re.match(r"-|%|\$|\d|`", rest[0])),
    "killall": lambda rest: bool(rest),
    "read": _option,
    "service": lambda rest: (
        1 < len(rest) < 4 and rest[1] in ("start", "stop", "restart", "status", "reload", "force-reload", "save")
    ),
    "head": _path,
    "tail": _path,
    "cut": _option,
    "sort": lambda rest: _option(rest) or _path(rest),
    "tr": lambda rest: bool(rest),
    "wc": lambda rest: not rest or _path(rest),
    "less": _path,
    "more": _path,
    "man": lambda rest: 0 < len(rest) <= 2,
    "top": lambda rest: not rest or _option(rest),
    "date": lambda rest: not rest or rest[0][:1] in "+-",
    "yes": lambda rest: not rest or rest[0] == "|",
    "true": lambda rest: not rest,
    "env": lambda rest: not rest or _option(rest) or "=" in rest[0],
    "exec": lambda rest: bool(rest) and (rest[0] in NAMES or rest[0] in CHECKED or rest[0][:1] in "-/$0123456789"),
    "eval": lambda rest: bool(rest),
    "install": _option,
    "nice": _option,
    "timeout": lambda rest: len(rest) > 1 and bool(re.match(r"-|[\d.]", rest[0])),
    "script": lambda rest: not rest or _path(rest) or rest[-1] == "typescript",
    "screen": lambda rest: not rest or _option(rest),
    "file": _path,
    "ln": _option,
    "split": _path,
    "dot": _option,
    "nl": _path,
    "who": lambda rest: not rest,
    "w": lambda rest: not rest,
    "jobs": lambda rest: not rest or _option(rest),
    "fg": lambda rest: len(rest) < 2,
    "bg": lambda rest: len(rest) < 2,
    "history": lambda rest: not rest,
    "reboot": lambda rest: not rest,
    "clear": lambda rest: not rest,
    "export": lambda rest: not rest or _option(rest) or bool(_EXPORTED.match(" ".join(rest))),
    "source": lambda rest: bool(rest) and bool(re.search(r"[./~$-]|rc", rest[0])),
    "exit": lambda rest: not rest or bool(re.match(r"[\d$;&|]", rest[0])),
    "id": lambda rest: not rest or _option(rest) or (len(rest) == 1 and rest[0].isidentifier()),
    "local": lambda rest: bool(rest) and "=" in rest[0],
    "let": lambda rest: bool(rest) and "=" in rest[0],
    "link": lambda rest: len(rest) == 2 and _path(rest),
    "echo": lambda rest: not rest or rest[0] not in ("request", "reply", "requests", "replies", "server", "client"),
    "alias": lambda rest: not rest or "=" in rest[0] or rest[0] == "-p",
    "go": _one_of("run", "build", "test", "get", "install", "mod"),
    "cargo": _one_of("run", "build", "install"),
    ".": lambda rest: len(rest) >= 1 and _path(rest),
    "ns": lambda rest: False,
}


# The beginnings of loops, conditions and groups, as they go on.
_COMPOUND = re.compile(
    r"for\s+(?:[A-Za-z_]\w*\s+in\b(?!.*:$)|\(\()|(?:while|until|if)\s+(?:\[|\(\(|!|true|:|[\w./]+\s.*(?:;|\bdo$|\bthen$))|"
    r"case\s+\S+\s+in\b|function\s+\w+\s*(?:\(\))?\s*\{|select\s+\w+\s+in\b|\{\s.*;|\(\s*[a-z].*\)|"
    r"\[\[?\s+(?:-[a-zA-Z]\s|!|\S+\s+(?:==?|!=|-\w\w)\s)"
)

# The words of a filter, which are English too.
_FILTER = frozenset(
    "not and or host port portrange net src dst ether proto mask greater less icmp icmp6 arp rarp ip ip6 tcp udp vlan "
    "mpls gateway broadcast multicast".split()
)


def words_of(line: str) -> list[str]:
    """The words of a line after what may stand before a command: `sudo`, assignments, `(`."""
    words = line.strip().lstrip("(!").split()
    at = 0
    while at < len(words):
        if words[at] in ("sudo", "doas", "nohup", "command", "builtin", "!", "{"):
            at += 1
            while at < len(words) and words[at].startswith("-"):
                at += 2 if words[at] in ("-u", "-g", "-h", "-p") else 1
        elif _ASSIGNMENT.match(words[at]) and at + 1 < len(words):
            at += 1
        else:
            break
    return words[at:]


def is_command(line: str) -> bool:
    """Whether a line, without its prompt, is a command that a shell would know, and no sentence."""
    return _is_command(line)


@lru_cache(MOST_LINES)
def _is_command(line: str) -> bool:
    stripped, _ = remark_beside(line.strip())
    if not stripped or stripped.startswith("#"):
        return False
    if _ASSIGNMENTS.match(stripped):
        return True
    words = words_of(stripped)
    if not words:
        return stripped.startswith("sudo ")
    first = words[0].rstrip(";")
    if _PATH.match(first) and not first.endswith("/"):
        first = first.rpartition("/")[2]
    if _EXPLAINED.match(stripped) or _MEANS.match(stripped) or _NAMES_TWO.match(stripped):
        return False
    if first in CHECKED:
        told = stripped.rstrip(":") if first == "tc" else stripped  # `handle ffff:`
        return CHECKED[first](words[1:]) and not (first not in ("ip", "bridge", "echo") and is_prose(told))
    if first == "tcpdump" and _filters(words[1:]):
        return True
    if _SAYS_WHAT.match(stripped) or _COMPLAINT.search(stripped):
        return first == "echo"
    if len(words) == 2 and (words[1] == "{" or _VERSION.fullmatch(words[1])):
        return False
    if first in NAMES:
        return not is_prose(stripped) or bool(re.search(r"\s-{1,2}\w", stripped))
    if words[0] in KEYWORDS:
        return bool(_COMPOUND.match(stripped))
    if _AS_ROOT.match(stripped) and not is_prose(stripped):
        return len(words) < 4 or _option(words[1:]) or _path(words[1:])
    if re.match(r"(?:\./|/(?:usr/|s?bin/|opt/|etc/init\.d/)|~/)[^\s=)]+;?$", words[0]):
        return not is_prose(stripped)
    return bool(re.match(r"[A-Za-z_][\w-]*\s*\(\)\s*(?:\{(?:\s.*\})?\s*;?)?$", stripped))


def _filters(rest: list[str]) -> bool:
    """Whether the arguments of a capture are a filter alone, whose words would make a sentence elsewhere."""
    return bool(rest) and rest[0] in _FILTER and all(word in _FILTER or _ARGUMENT.search(word) for word in rest[1:-1])


def assigned_alone(line: str) -> str:
    """The variable that a line assigns and does nothing else; "" if it does more or something else."""
    found = re.fullmatch(r"\s*([A-Za-z_]\w*)=(?:\S*|\"[^\"]*\"|'[^']*')\s*", remark_beside(line)[0])
    return found[1] if found else ""


def program_of(line: str) -> str:
    """The name of the program that a line begins with."""
    words = words_of(line)
    return words[0].rpartition("/")[2] if words else ""


def could_be_command(line: str) -> bool:
    """Whether a line that stands after a prompt may be one, known or not."""
    stripped = line.strip()
    first = stripped.split(maxsplit=1)[0] if stripped else ""
    return is_command(stripped) or (bool(_PLAIN_WORD.match(first)) and not is_prose(stripped))


def is_surely_command(line: str) -> bool:
    """Whether a line is a command even where sentences stand: it has what only a command has besides its name."""
    stripped = line.strip()
    if not is_command(stripped):
        return False
    stripped = remark_beside(stripped)[0]
    if is_prose(stripped) or (not stripped.isascii() and _FOREIGN.search(_QUOTES.sub("", stripped))):
        return False
    words = words_of(stripped)
    name = words[0].rpartition("/")[2] if words else ""
    if stripped.startswith("sudo ") or name in ("ip", "bridge", "route"):
        return len(words) > 1
    return any(map(_ARGUMENT.search, words[1:]))

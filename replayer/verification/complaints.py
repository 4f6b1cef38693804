"""What a command's own complaint says of why it did not do what the tutorial says.

Wordings of iproute2 6.1, iptables 1.8, nftables 1.0, bridge-utils 1.7, net-tools 2.10, procps 4.0, bash 5.2.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from replayer.problems import nearest
from replayer.verification.made import Made, undone

# Devices that a machine has of itself, or that its services made.
_OF_A_MACHINE = re.compile(
    r"(?:eth|ens|enp|eno|enx|em|wlan|wlp|wlo|wwan|usb|p\d+p)\d[\w.]*|(?:docker|virbr|lxcbr|lxdbr|cni|vmnet|podman|vmbr)\d+|"
    r"ib\d+|sit0|tunl0"
)
# What differs from machine to machine; what is set by the text itself stands elsewhere.
_SYSTEM = re.compile(r"(?<![\w.])/(?:etc|proc(?!/sys/net|/net)|sys(?!/class/net/\w)|boot|lib|usr)/[^\s'\";|&>]+")
_EVERYWHERE = frozenset({"bridge", "veth"})  # without these there is no sandbox: what was told to one is not known
_UNKNOWN_LINK = re.compile(r"Unknown device type|Operation not supported|Cannot find device type", re.IGNORECASE)


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.MULTILINE)


# What says that something is not here, and in which words to tell it; a group is the name of what it lacks.
_UNTRIED = (
    (
        "no command {name!r} is here",
        _any_of(
            r"(?:^|: )(?:line \d+: )?([\w./+-]+): command not found",
            r": \d+: ([\w./+-]+): not found$",
            r'exec of "([^"]+)" failed: No such file',
        ),
    ),
    (
        "this kernel lacks the qdisc {name}",
        _any_of(
            r"[Qq]disc kind is unknown",
            r"Specified qdisc not found",
            r'Unknown qdisc "(\w+)"',
        ),
    ),
    (
        "this kernel lacks the feature {name}",
        _any_of(
            r"(?:Couldn't load|can't initialize) \w+ [`'\"]?(\w+)",
            r"[Ee]xtension (\S+) .*not supported",
            r"RULE_APPEND failed|missing kernel module|do you need to insmod",
            r"Failed to find specified (?:filter|action)|TC classifier not found|TC action .* not found",
            r"Could not process rule: (?:Operation|Protocol) not supported",
        ),
    ),
    (
        "this kernel has no setting {name}",
        _any_of(r"cannot (?:stat|open) [^\n]*?(/proc/sys/[^\s'’:]+)", r'sysctl: .*"([\w./-]+)".*unknown key'),
    ),
    (
        "a name is asked for, and no name server is here",
        _any_of(
            r"Temporary failure in name resolution|Name or service not known|[Cc]ould not resolve host",
            r"unable to resolve host|unknown host|bad address '|No address associated with hostname",
            r"no servers could be reached|communications error to",
        ),
    ),
    (
        "a service of its author's machine is not here",
        _any_of(r"has not been booted with systemd|Failed to connect to bus|connect to the Docker daemon"),
    ),
    ("the sandbox has no {name}", _any_of(r"(/dev/(?:net/tun|kvm|vhost\S*))\b.*(?:No such file|denied)")),
    (
        "the sandbox does not permit it",
        # A ping that a filter's rule refuses is told that, too.
        _any_of(
            r"(?<!sendmsg: )(?<!sendto: )Operation not permitted|[Pp]ermission denied|Read-only file system",
            r"must be root|are you root",
        ),
    ),
    ("the text has no Makefile", _any_of(r"No rule to make target|no makefile found")),
    ("needs the Internet", _any_of(r"[Uu]nable to locate package|Could not connect to \S+:(?:80|443)")),
)
# Asked for as a name, and no name: `10.0.0.256`.
_NO_ADDRESS = re.compile(r"(?<![\w.-])(\d+(?:\.\d+){3}): (?:Temporary failure|Name or service not known)")
_NO_HOST = _any_of(
    r"(?:^|: )([A-Za-z][\w.-]*): (?:Temporary failure|Name or service not known)",
    r"(?:[Cc]ould not resolve host|unknown host):? ([A-Za-z][\w.-]*)",
)
_DEVICE = _any_of(
    r'Cannot find device "?([^\s"]+)',
    r'Device "([^"]+)" does not exist',
    r'argument "([^"]+)" is wrong: Device does not exist',
    r'Cannot find bridge device "([^"]+)"',
    r"^\S+: /(?:sys/class/net|proc/sys/net/ipv[46]/(?:conf|neigh))/([\w.-]+)/.*No such file",
    r"(?:interface|bridge|device) ([\w.-]+) does not exist",
    r"^([\w.@-]+): (?:error fetching interface information: Device not found|No such device)",
    r"tcpdump: ([\w.@-]+): No such device exists",
    r"unknown iface ([\w.-]+)|bind to device ([\w.-]+)|SO_BINDTODEVICE ([\w.-]+)",
)
_NAMESPACE = _any_of(
    r'Cannot (?:open network namespace|remove namespace file) "([^"]+)"',
    r'argument "([^"]+)" is wrong: Invalid "netns"',
    r"(Cannot open network namespace): ",  # which one, only the command says
)
_INSIDE = re.compile(r"\bnetns\s+\w+\s+([\w.-]+)")
_GONE = _any_of(
    r"No such (?:process|file or directory)|does not exist|No chain/target/match by that name|Bad rule",
    r"Cannot assign requested address|Address not found|Cannot find|Invalid handle|not found",
)
_THERE = _any_of(r"File exists|already exists|Address already (?:assigned|in use)|Device or resource busy")
_FILE = _any_of(
    r"^(?!Error: |RTNETLINK|exec of)(?:[\w./-]+: )+(?:line \d+: |cannot (?:access|open) |can't open )*(?:file )?"
    r"['\"‘`]?([^\s'\":’]+)['\"’]?:? .*No such file or directory"
)
# What a version of a program does not understand, and what says more than a status.
_WORDS = _any_of(
    r'argument "[^"]*" is wrong',
    r'either "[^"]*" is duplicate',
    r"Command line is not complete",
    r'(?:Object|Command) "[^"]*" is unknown',
    r"(?:unrecognized|invalid|unknown) option",
    r"is a garbage|Garbage instead of|syntax error|Unknown argument|any valid (?:prefix|address) is expected",
    r"Cannot assign requested address|[Mm]essage too long",
    r'What is "[^"]*"\?',
    r"Nexthop (?:has invalid gateway|device is not up)|Network is (?:unreachable|down)|No route to host",
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """`untried`: it says that something is not here, and nothing of the tutorial. `name`: what it lacks; `near`: what
    was probably meant."""

    words: str
    untried: bool
    name: str = ""
    near: str = ""
    there: bool = False  # it is there already
    made: bool = False  # the text makes what it lacks, elsewhere or later
    foreign: bool = False  # nor does it make anything of such a name: it leans on another text


def complaint(command: str, output: str, exit: int | None, made: Made) -> Complaint | None:
    """What an output complains of; None if of nothing that is known. `made`: what the tutorial's commands make."""
    text = output[-20_000:]
    if exit == 127 and not text.strip():
        return Complaint("no such command is here", True)
    if _UNKNOWN_LINK.search(text) and re.search(r"\b(?:type|mode|link|bridge|ip|tc)\b", command):
        kind = re.search(r"\btype\s+(\w+)", command)
        if kind and kind[1] not in _EVERYWHERE:
            return Complaint(f"this kernel has no link type {kind[1]!r}", True)
        return Complaint("this kernel does not support it", True)
    numbers = _NO_ADDRESS.search(text)
    if numbers:
        return Complaint(f"{numbers[1]} is no address", False)
    unknown = _NO_HOST.search(text) if made.hosts else None
    if (
        unknown
        and _name_in(unknown) not in made.hosts
        and (lacked := _lacks("host", _name_in(unknown), made.hosts)).near
    ):
        return lacked
    for words, pattern in _UNTRIED:
        found = pattern.search(text)
        if found:
            name = _name_in(found)
            return Complaint(" ".join(words.format(name=name).split()), True, name)
    found = _DEVICE.search(text)
    if found:
        return _lacks("device", _name_in(found), made.names)
    found = _NAMESPACE.search(text)
    if found:
        inside = _INSIDE.search(command)
        name = _name_in(found) if " " not in _name_in(found) else inside[1] if inside else ""
        return _lacks("namespace", name, made.namespaces)
    found = _THERE.search(text)
    if found:
        return Complaint(f"it is there already: {_line_of(text, found)}", False, there=True)
    if _GONE.search(text) and undone(command, made):
        return Complaint("nothing in the text makes what it deletes", True)
    found = _FILE.search(text)
    if found and _name_in(found) not in made.names:
        return Complaint(f"{_name_in(found)} is a file that the text does not make", True, _name_in(found))
    found = _WORDS.search(text)
    if found:
        return Complaint(_line_of(text, found), False)
    return None


def of_its_author(command: str, text: str, printed: str, made: Made) -> str:
    """What of a documented output is its author's machine's own, in words: a device that no output here names, a file
    of the system; "" if nothing is."""
    words = re.findall(r"[\w.-]+", text)
    if re.fullmatch(r"(?:sudo )?ip netns(?: l\w*| show)?", command.strip()) and made.namespaces:
        word = text.partition(": ")[2].partition(" ")[0]  # `output line 2: NAME (id: 0)`
        if word and word not in made.namespaces and word not in printed.split():
            return f"nothing in the text makes a namespace {word}"
    for word in words:
        if _OF_A_MACHINE.fullmatch(word) and word not in made.names and word not in printed:
            return f"{word} is a device of its author's machine"
    found = _SYSTEM.search(command)
    return f"{found[0]} is its author's machine's own" if found and found[0] not in made.names else ""


def _name_in(found: re.Match[str]) -> str:
    """What the group that took part holds; "" if none did."""
    return next((one for one in found.groups() if one), "")


def _lacks(what: str, name: str, made: Collection[str]) -> Complaint:
    name = name.partition("@")[0]
    if not name:
        return Complaint(f"it names a {what} that does not exist", False)
    if name in made:
        return Complaint(f"{what} {name} is not there", False, name, made=True)
    if what == "device" and _OF_A_MACHINE.fullmatch(name):
        return Complaint(f"{name} is a device of its author's machine", True, name)
    if not made:
        return Complaint(f"the text makes no {what}, and names {name}", True, name)
    near = nearest(name, sorted(made)) or ""
    several = any(re.sub(r"\d+", "", one) == re.sub(r"\d+", "", name) for one in made)
    if several or not _slips(name, near):
        near = ""  # one more of several, or another chapter's: no slip
    hint = f"; the text makes {near}" if near else ""
    return Complaint(
        f"nothing in the text makes a {what} {name}{hint}", False, name, near, foreign=not near and not several
    )


def _slips(name: str, meant: str) -> bool:
    """Whether one name is the other, mistyped: with a letter too many, too few, another, or two exchanged. In short
    names another letter is another name."""
    if not meant:
        return False
    if len(name) > len(meant):
        return any(name[:at] + name[at + 1 :] == meant for at in range(len(name)))
    if len(name) < len(meant):
        return _slips(meant, name)
    other = [at for at, (one, two) in enumerate(zip(name, meant, strict=True)) if one != two]
    if len(other) == 2:
        first, last = other
        return last == first + 1 and name[first] == meant[last] and name[last] == meant[first]
    return len(other) == 1 and len(name) > 3


def _line_of(text: str, found: re.Match[str]) -> str:
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[begin : end if end >= 0 else len(text)].strip()[:160]

"""What a command's own complaint says of why it did not do what the tutorial says.

Wordings of iproute2 6.1, iptables 1.8, nftables 1.0, bridge-utils 1.7, net-tools 2.10, procps 4.0, bash 5.2.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from replayer.problems import nearest

# Devices that a machine has of itself, or that its services made.
_OF_A_MACHINE = re.compile(
    r"(?:eth|ens|enp|eno|enx|em|wlan|wlp|wlo|wwan|usb|p\d+p)\d[\w.]*|(?:docker|virbr|lxcbr|lxdbr|cni|vmnet|podman|vmbr)\d+|"
    r"ib\d+|sit0|tunl0"
)
_UNKNOWN_LINK = re.compile(r"Unknown device type|Operation not supported|Cannot find device type", re.IGNORECASE)
_UNTRIED = (
    (
        re.compile(
            r"(?:^|: )(?:line \d+: )?(?P<name>[\w./+-]+): command not found|: \d+: (?P<dash>[\w./+-]+): not found|"
            r"exec of \"(?P<exec>[^\"]+)\" failed: No such file|No such command '(?P<other>[^']+)'",
            re.MULTILINE,
        ),
        "no command {name!r} is here",
    ),
    (
        re.compile(r"(?:Specified qdisc|qdisc) kind is unknown|Specified qdisc not found|Unknown qdisc \"(?P<name>\w+)\""),
        "this kernel lacks the qdisc",
    ),
    (
        re.compile(
            r"(?:Couldn't load|can't initialize) \w+ [`'\"]?(?P<name>\w+)|[Ee]xtension (?P<extension>\S+) .*not supported|"
            r"RULE_APPEND failed|missing kernel module|Table does not exist \(do you need to insmod|"
            r"Failed to find specified (?:filter|action)|TC classifier not found|TC action .* not found|"
            r"Could not process rule: (?:Operation not supported|Protocol not supported)"
        ),
        "this kernel lacks the feature {name}",
    ),
    (
        re.compile(r"(?:cannot stat|cannot open) [^\n]*?(?P<name>/proc/sys/\S+?)['’:]|sysctl: .*\"(?P<key>[\w./-]+)\".*unknown key"),
        "this kernel has no setting {name}",
    ),
    (
        re.compile(
            r"Temporary failure in name resolution|Name or service not known|Could not resolve host|unable to resolve host|"
            r"unknown host|bad address '|No address associated with hostname|connection timed out; no servers could be reached|"
            r"communications error to"
        ),
        "a name is asked for, and no name server is here",
    ),
    (
        re.compile(r"System has not been booted with systemd|Failed to connect to bus|Cannot connect to the Docker daemon"),
        "a service of its author's machine is not here",
    ),
    (re.compile(r"/dev/(?:net/tun|kvm|vhost\S*)\b.*(?:No such file|denied)"), "the sandbox has no such device file"),
    (
        re.compile(
            r"Operation not permitted|Permission denied|Read-only file system|must be root|are you root|superuser|"
            r"setting key .*: Invalid"
        ),
        "the sandbox does not permit it",
    ),
    (re.compile(r"[Uu]nable to locate package|could not be located|Could not connect to \S+:(?:80|443)"), "needs the Internet"),
)
_DEVICE = re.compile(
    r"Cannot find device \"?(?P<a>[^\s\"]+)|Device \"(?P<b>[^\"]+)\" does not exist|(?:interface|bridge|device) (?P<c>[\w.-]+) does not "
    r"exist|(?:^|\n)(?P<d>[\w.@-]+): (?:error fetching interface information: Device not found|No such device)|"
    r"SIOCGIFINDEX.*|tcpdump: (?P<e>[\w.@-]+): No such device exists|unknown iface (?P<f>[\w.-]+)|bind to device (?P<g>[\w.-]+)|"
    r"[Ii]nvalid (?:source )?interface:? (?P<h>[\w.-]+)|SO_BINDTODEVICE (?P<i>[\w.-]+)"
)
_NAMESPACE = re.compile(r"Cannot (?:open network namespace|remove namespace file) \"(?P<name>[^\"]+)\"")
_THERE = re.compile(r"File exists|already exists|Address already assigned|Address already in use|Device or resource busy")
_WORDS = re.compile(
    r"(?:Error: )?(?:argument \"[^\"]*\" is wrong[^\n]*|either \"[^\"]*\" is duplicate[^\n]*|Command line is not complete[^\n]*|"
    r"(?:Object|Command) \"[^\"]*\" is unknown[^\n]*|[^\n]*(?:unrecognized|invalid|unknown) option[^\n]*|"
    r"[^\n]*is a garbage[^\n]*|[^\n]*syntax error[^\n]*|Unknown argument[^\n]*|What is \"[^\"]*\"\?[^\n]*)"
)
_GATEWAY = re.compile(r"Nexthop (?:has invalid gateway|device is not up)[^\n]*|Network is unreachable|Network is down")


@dataclass(frozen=True, slots=True)
class Complaint:
    """`untried`: it says that something is not here, and nothing of the tutorial. `name`: what it lacks."""

    words: str
    untried: bool
    name: str = ""


def complaint(command: str, output: str, exit: int | None, made: Collection[str]) -> Complaint | None:
    """What an output complains of; None if of nothing that is known. `made`: names that the tutorial's commands make."""
    text = output[-20_000:]
    if exit == 127 and not text.strip():
        return Complaint("no such command is here", True)
    if _UNKNOWN_LINK.search(text) and re.search(r"\b(?:type|mode|link)\b", command):
        kind = re.search(r"\btype\s+(\w+)", command)
        return Complaint(f"this kernel has no link type {kind[1]!r}" if kind else "this kernel lacks it", True)
    for pattern, words in _UNTRIED:
        found = pattern.search(text)
        if found:
            name = next((value for value in found.groupdict().values() if value), "")
            return Complaint(words.format(name=name).strip(), True, name)
    found = _DEVICE.search(text)
    if found:
        return _lacks("device", next((value for value in found.groups() if value), ""), command, made)
    found = _NAMESPACE.search(text)
    if found:
        return _lacks("namespace", found["name"], command, made)
    for pattern, head in ((_THERE, "it is there already: "), (_GATEWAY, ""), (_WORDS, "")):
        found = pattern.search(text)
        if found:
            return Complaint(f"{head}{_line_of(text, found)}", False)
    return None


def _lacks(what: str, name: str, command: str, made: Collection[str]) -> Complaint:
    name = name.partition("@")[0]
    if not name:
        return Complaint(f"it names a {what} that does not exist", False)
    if name in made:
        return Complaint(f"{what} {name} is not there", False, name)
    if what == "device" and _OF_A_MACHINE.fullmatch(name):
        return Complaint(f"{name} is a device of its author's machine", True, name)
    near = nearest(name, sorted(made))
    hint = f"; the text makes {near}" if near else ""
    return Complaint(f"nothing in the text makes a {what} {name}{hint}", False, name)


def _line_of(text: str, found: re.Match[str]) -> str:
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return text[begin : end if end >= 0 else len(text)].strip()[:160]

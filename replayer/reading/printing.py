"""What commands print, as far as their words tell."""

import re

from replayer.outcomes.commands import Invocation, invocations

# Programs that print alike.
_ALIKE = {
    "ip": frozenset({"ip", "bridge"}),
    "ping": frozenset({"ping", "ping6", "ping4", "arping", "fping"}),
    "traceroute": frozenset({"traceroute", "traceroute6", "tracepath", "tracepath6", "mtr"}),
    "nc": frozenset({"nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"}),
    "ss": frozenset({"ss", "netstat"}),
    "route": frozenset({"route", "netstat"}),
    "curl": frozenset({"curl", "wget"}),
    "iptables": frozenset({"iptables", "ip6tables", "iptables-save", "ip6tables-save"}),
    "iperf": frozenset({"iperf", "iperf3"}),
    "tcpdump": frozenset({"tcpdump", "tshark"}),
}
# These say something whenever they are run.
_TALKERS = frozenset(
    "arp arping awk cat cut curl date df dig du echo egrep env ethtool file find free getent grep head history "
    "host hostname id ifconfig iperf iperf3 iptables-save jobs journalctl ls lsmod lsns mtr nc ncat netstat "
    "nslookup ping ping6 printf ps pstree pwd python3 readlink sed ss stat tail tcpdump tracepath traceroute "
    "uname uptime wc wget whoami".split()
)
# They print what is in files and stores, whatever it is.
_READERS = frozenset(
    "awk calicoctl cat cilium crictl curl docker egrep etcdctl git grep head ip6tables-save iptables-save jq kubectl "
    "less lxc more nc ncat netplan networkctl nft nmcli podman python3 sed ssh tail virsh vtysh wget xmllint yq".split()
)
_PRINTERS = frozenset("bat cat head less more tac tail".split())
_NO_TEXT = re.compile(r"-|\d+$|/proc/|/sys/|[<>|&]")
# What stands below them is to be written.
EDITORS = frozenset({"vi", "vim", "nano", "emacs", "gedit", "visudo", "joe", "ed", "code", "subl"})
_SHOWS = frozenset("s sh sho show l li lis list ls lst get g".split())
_INTO_FILE = re.compile(r"(?<![\d&>])>>?\s*[\w./~$\"']")
_LOOKS = frozenset("show list status dump describe inspect state top".split())
_CHANGES = frozenset(
    "a add set del delete d replace change append flush up down attach save restore exec master r".split()
)


def can_print(command: str, program: str) -> bool:
    """Whether a command can have printed what looks like a program's output."""
    wanted = _ALIKE.get(program, frozenset({program}))
    return any(call.program in wanted for call in invocations(command))


def reads_files(command: str) -> bool:
    """Whether a command prints what somebody wrote."""
    return any(call.program in _READERS for call in invocations(command))


def prints_file(command: str) -> bool:
    """Whether a command prints a file that may hold anything: no value of the kernel's, none that still grows."""
    called = invocations(command)
    if not called or called[-1].program not in _PRINTERS or not prints(command):
        return False
    given = called[-1].arguments
    return not {"-f", "-F", "--follow"} & set(given) and any(not _NO_TEXT.match(word) for word in given)


def prints(command: str) -> bool:
    """Whether a command is one that shows something if all is well."""
    called = invocations(command)
    return bool(called) and not _INTO_FILE.search(command, _last_call(command)) and _prints(called[-1])


def _last_call(command: str) -> int:
    """Where the last of the programs that a command line runs begins."""
    return max(command.rfind(sign) for sign in "|;&") + 1


def _prints(call: Invocation) -> bool:
    words = [word for word in call.arguments if not word.startswith("-")]
    match call.program:
        case "ip" | "bridge" | "tc":
            if call.program != "tc" and call.arguments[:1] in (("-n",), ("-netns",)):
                words = words[1:]
            return bool(words) and (len(words) == 1 or words[1] in _SHOWS or words[1] not in _CHANGES)
        case "brctl":
            return bool(words) and words[0].startswith("show")
        case "iptables" | "ip6tables" | "ebtables":
            return any(word.startswith("-") and word.strip("-")[:1] in "LS" for word in call.arguments)
        case "wg" | "ipvsadm" if not words:
            return True
        case "conntrack":
            return any(word in ("-L", "-E", "-C", "-S", "--dump") for word in call.arguments)
        case "nft" | "ovs-vsctl" | "ovs-ofctl" | "docker" | "wg":
            return bool(words) and words[0].partition("-")[0] in ("list", "show", "dump", "ps", "images", "inspect")
        case "sysctl":
            return not any("=" in word for word in words)
        case "route":
            return not words
    return call.program in _TALKERS or (bool(words) and words[0].partition("-")[0] in _LOOKS)

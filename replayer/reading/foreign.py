"""What is typed to something that is no shell: a router, a database, an interpreter, another system."""

import re
from collections.abc import Sequence
from functools import lru_cache

from replayer.outcomes.commands import invocations
from replayer.reading.grammar import is_command
from replayer.sources.document import MOST_LINES, Line

_PROMPT = re.compile(
    r"\s*(?:"
    # Routers and switches: `R1(config-if)# `, `<Huawei>`, `[~R1-GigabitEthernet0/0/0]`.
    r"[\w.@:/-]+\((?:config|conf|cfg)[\w.-]*\)\s?[#>]|"
    r"<[A-Za-z][\w.-]*>\s?(?=(?:display|system-view|undo|save|quit|ping|reset)\b)|"
    r"\[[~*]?[A-Za-z][\w.-]*-(?:Gig|Eth|GE|Vlan|LoopBack|bgp|ospf|aaa|ui)[\w./-]*\]\s?|"
    r"\[edit[^\]]*\]$|(?:vpp|DBGvpp)#|PC\d+>|"
    # Programs that ask themselves.
    r"(?:mysql|MariaDB \[[^\]]{0,40}\]|sqlite|ftp|sftp|lftp [^>\s]*|telnet|mininet|containernet|bird|birdc|nft|nslookup"
    r"|smb: \S*|iperf|rabbitmq|ovs|cqlsh(?::\w+)?|influx|mongo|test|scapy|p4|RuntimeCmd:|ssh)>|RuntimeCmd:|"
    r"\w+=[#>](?=\s)|>>>(?=\s|$)|In \[\d+\]:|\((?:qemu|gdb|lldb|Pdb|cli|hiveos)\)|\d+(?:\.\d+){3}:\d+>|"
    # Windows.
    r"PS [A-Za-z]:\\[^>]*>|[A-Za-z]:\\[^>]*>"
    r")\s*(?P<typed>.*)$"
)
_SAID = re.compile(
    r"(?:show|sho|display)\s+[a-z]|sh (?:ip|run|int|bgp|arp|vlan|mac)\w*\b|"
    r"conf(?:igure|ig)?(?: t(?:erm(?:inal)?)?| private)?$|configure \w+$|"
    r"router (?:bgp|ospf6?|rip|isis|eigrp|id)\b|neighbor \S+ |network \d\S+ |switchport |vlan \d+$|hostname \S+$|"
    r"no (?:shut\w*|ip|router|neighbor|bgp|switchport)\b|interface \S+(?: \d\S*)?$|int [a-z]+\d\S*$|"
    r"copy run\w* |wr(?:ite)?(?: \w+)?$|enable$|disable$|end$|commit(?: check| and-quit| comment .*)?$|rollback \d|"
    r"system-view$|undo |reset |do (?:sh|show|wr|ping)\b|"
    r"(?:set|delete|edit|run|request) "
    r"(?:interfaces?|protocols|routing-options|policy-options|system|security|show|vlans)\b|"
    r"clear (?:arp|ip|ipv6|bgp|mac|ospf|isis|counters|log|interfaces|route|conntrack)\b|"
    r"ip (?:address|route) \d+(?:\.\d+){3} \d+(?:\.\d+){3}\b",
    re.IGNORECASE,
)
# What a router answers too: it tells nothing.
_BOTH = frozenset({"ping", "ping6", "traceroute", "traceroute6", "telnet", "ssh", "exit", "clear", "hostname", "ip"})
# They ask for lines of their own when nothing more is given to them.
_ASKING = frozenset(
    "vtysh birdc birdc6 mysql psql sqlite3 mongo redis-cli python python2 python3 ipython scapy gdb ftp sftp "
    "nslookup telnet".split()
)


@lru_cache(MOST_LINES)
def asked_elsewhere(line: str) -> str | None:
    """What was typed at a prompt that is no shell's; None if the line has none."""
    found = _PROMPT.match(line)
    return found["typed"].strip() if found else None


@lru_cache(MOST_LINES)
def is_foreign(typed: str) -> bool:
    """Whether what was typed at some prompt is said to a router, and no command of a shell."""
    return bool(_SAID.match(typed.strip()))


def tells_a_shell(typed: str) -> bool:
    """Whether a command is one that only a shell takes."""
    return any(call.program not in _BOTH for call in invocations(typed))


def is_told_to_others(lines: Sequence[Line]) -> bool:
    """Whether a block without prompts is said to a router: nothing in it is for a shell alone."""
    told = [line.text.strip() for line in lines if line.text.strip()]
    if is_command(told[0]) or not any(map(is_foreign, told)):
        return False
    return not any(is_command(text) and not is_foreign(text) and tells_a_shell(text) for text in told)


def opens_dialogue(command: str) -> bool:
    """Whether a command leads to a program that takes the lines which follow."""
    called = invocations(command)
    if not called or "|" in command or "<" in command:
        return False
    last = called[-1]
    if last.program in ("telnet", "ftp", "sftp", "mysql", "psql", "birdc", "birdc6"):
        return not {"-e", "-c", "show"} & set(last.arguments)
    return last.program in _ASKING and not last.arguments

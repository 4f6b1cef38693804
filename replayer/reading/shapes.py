"""Lines that programs print, and which program prints them."""

import re

# The first that matches tells; "" means some program, nobody knows which.
_SHAPES: tuple[tuple[str, str], ...] = (
    (
        "ping",
        r"PING \S+ ?\(|PING \S+ \d+ data bytes|\d+ bytes from \S+|--- \S+ (?:ping|arping)? ?statistics ---|\d+ packets transmitted|\d+ Pakete|\d+ paquetes|rtt min/avg|round-trip min|"
        r"From \S+.* (?:Destination|Time to live|Redirect|icmp_seq)|\.?ping: |connect: Network is unreachable|Request timeout for|no answer yet for|ARPING |Unicast reply from|Sent \d+ probes|Received \d+ response",
    ),
    (
        "tcpdump",
        r"tcpdump: |listening on \S+, link-type|\d\d:\d\d:\d\d\.\d{3,} |\d+ packets? (?:captured|received by filter|dropped by)|dropped privs to",
    ),
    (
        "ip",
        r"\d+: [\w.@:-]+: <[A-Z_,0-9-]*>|\s*link/(?:ether|loopback|ipip|sit|gre|none|tunnel6|infiniband) |\s*inet6? [0-9a-f.:]+(?:/\d+)? |\s+valid_lft |\s+(?:RX|TX):? +(?:bytes|errors|packets)|"
        r"(?:default|[\d.]+(?:/\d+)?|[0-9a-f:]+::?(?:/\d+)?) (?:via [\d.a-f:]+ )?dev \S+|unreachable \S+|blackhole \S+|\d+:\s+from |RTNETLINK answers|Cannot find device|Error: |Device \S+ does not exist|"
        r"\s+(?:macvlan|veth|bridge|vlan|vxlan|ipvlan|tun|bond|dummy|geneve|gre)\b.* (?:mode|id|protocol|forward_delay|addrgenmode|numtxqueues)|[\w.-]+ \(id: \d+\)$|(?:[0-9a-f]{1,2}:){5}[0-9a-f]{2} dev |"
        r"\S+ dev \S+ (?:lladdr|FAILED|INCOMPLETE|STALE|REACHABLE)|local \S+ dev |broadcast \S+ dev |multicast \S+ dev |Object \"|Command line is not complete|Cannot open network namespace|setting the network namespace",
    ),
    (
        "ifconfig",
        r"\S+:? +(?:Link encap|flags=\d+<)|\s+(?:inet addr:|ether [0-9a-f:]{17}|UP (?:BROADCAST|LOOPBACK)|collisions:|RX bytes|inet6 addr:|TX packets|RX packets|Interrupt:)",
    ),
    ("brctl", r"bridge name\s+bridge id|\S+\t+8000\.[0-9a-f]{12}|port no\s+mac addr|\s+\d+\t[0-9a-f:]{17}"),
    (
        "route",
        r"Kernel IP routing table|Destination +Gateway +Genmask|(?:[\d.]+|default) +(?:[\d.]+|\*|_gateway) +[\d.]+ +U",
    ),
    (
        "iptables",
        r"Chain [\w-]+ \(|(?:target|num|pkts) +(?:prot|bytes|target)|-[AP] [A-Z-]+ |\*(?:nat|filter|mangle|raw)$|:[A-Z]+ [A-Z-]+ \[",
    ),
    ("nft", r"table (?:ip|ip6|inet|arp|bridge|netdev) \w+ \{|\s+chain \w+ \{|\s+type \w+ hook"),
    ("arp", r"Address +HWtype|\S+ \([\d.]+\) at |\S+ +ether +[0-9a-f:]{17}"),
    (
        "traceroute",
        r"traceroute to |tracepath to |\s*\d+:? +(?:\*|\S+ \([\d.]+\)|[\d.]+|no reply)|\s*\d+\?: \[LOCALHOST\]",
    ),
    ("curl", r"curl: \(\d+\)|HTTP/\d|[<>*] |\s*% Total +% Received"),
    (
        "ss",
        r"(?:Netid|State) +(?:State|Recv-Q)|Active Internet|Proto Recv-Q|(?:tcp|udp)6? +\d+ +\d+|LISTEN +\d|ESTAB +\d",
    ),
    ("nc", r"Connection to \S+|Ncat: |nc: |Listening on |Connection from "),
    ("sysctl", r"[a-z][\w-]*(?:\.[\w/-]+)+ = "),
    ("ls", r"total \d+$|[-dlcbsp](?:[r-][w-][xsStT-]){3}[.+@]? "),
    ("ethtool", r"Settings for |NIC statistics|\s+(?:peer_ifindex|rx_|tx_)\w*:|driver: |Features for"),
    ("iperf", r"\[ ?(?:\d+|ID|SUM)\] |Client connecting to|Server listening on|Connecting to host"),
    (
        "",
        r"(?:-?bash|sh|zsh|\S+): (?:line \d+: )?\S+: (?:command not found|No such file|Permission denied)|\S+: command not found|Segmentation fault|\[\d+\] \d+$|\[\d+\][+-]? +(?:Done|Running|Stopped)|<!DOCTYPE|</?\w+>",
    ),
)
_COMPILED = tuple((program, re.compile(pattern)) for program, pattern in _SHAPES)
ELIDED = re.compile(
    r"\s*[\[(<]?\s*(?:\.{3,}|…+|⋮|snip|skip(?:ped)?|omitted|truncated|省略|略|中略|以下略|생략|пропущено|gekürzt|omitido|rút gọn|(?:\.\.\. ?)+\w* ?\.\.\.)\s*[\])>]?\s*"
)
_NOTHING = re.compile(
    r"\s*[(\[<（#/ ]*(?:no output|empty(?: output)?|nothing|(?:此处)?为空|无输出|没有输出|出力なし|何も(?:表示|出力)され(?:ない|ません)|출력 ?없음|нет вывода|пусто|sin salida|"
    r"aucune sortie|keine ausgabe|không có kết quả)[)\]>）.。 ]*",
    re.IGNORECASE,
)


def printed_by(line: str) -> str | None:
    """The program whose output a line looks like; "" if it is some program's; None if it looks like none's."""
    for program, pattern in _COMPILED:
        if pattern.match(line):
            return program
    return None


def is_elision(line: str) -> bool:
    """Whether a line stands for lines that were left out."""
    return bool(ELIDED.fullmatch(line))


def says_nothing(line: str) -> bool:
    """Whether a line says that there is no output."""
    return bool(_NOTHING.fullmatch(line))

"""Lines that programs print, and which program prints them."""

import re
from functools import lru_cache

from replayer.sources.document import MOST_LINES

# The first that matches the beginning of a line tells; "" is some program, nobody knows which.
_SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "ping",
        (
            r"PING \S+ ?\(",
            r"PING \S+ \d+(?:\(\d+\))? data bytes",
            r"PING \S+ .*data bytes",
            r"\s*\d+ bytes from \S+",
            r"-+ ?\S+ (?:ping6? |arping )?statistics ?-+",
            r"\d+ packets? (?:transmitted|sent)",
            r"\s*\d+ probes sent",
            r"rtt min/avg",
            r"round-trip (?:min|\(ms\))",
            r"From \S+.* (?:Destination|Time to live|Redirect|icmp_seq)",
            r"From \S+: icmp",
            r"\.?(?:ba)?ping6?: ",
            r"connect: \S",
            r"Request timeout for",
            r"(?:no answer|Time to live exceeded|Destination Host Unreachable)",
            r"ARPING \S+",
            r"Unicast reply from",
            r"Sent \d+ probes",
            r"Received \d+ (?:response|repl)",
            r"\S+ is (?:alive|unreachable)$",
            r"\S+ : \[\d+\], ",
            r"\S+ : xmt/rcv/%loss",
            # Of Windows, in tutorials for both.
            r"Reply from [\d.a-f:]+: bytes",
            r"(?:Packets: Sent|Ping statistics for|Pinging \S+ )",
        ),
    ),
    (
        "tcpdump",
        (
            r"tcpdump: ",
            r"listening on \S+, link-type",
            r"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,} ",
            r"\d+ packets? (?:captured|received by filter|dropped by)",
            r"dropped privs to",
            r"reading from (?:file|PCAP)",
            r"\s+0x[0-9a-f]{4}:  ",
            r"(?:IP6?|ARP),? \S+ ?[>,] ",
            r"ARP, (?:Request|Reply)",
            # Without their times.
            r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2} > (?:(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|Broadcast), ethertype ",
            r"\s*(?:\d{1,3}\.){3}[\w.]+ > (?:\d{1,3}\.){3}[\w.]+: (?:ICMP|Flags|UDP|TCP)\b",
            r"Capturing on ",
        ),
    ),
    (
        "ip",
        (
            r"\d+: [\w.@:-]+: <[A-Z_,0-9-]*>",
            r"\s*link/(?:ether|loopback|ipip|sit|gre6?|none|tunnel6?|infiniband|ppp|vti6?) ?",
            r"\s*inet6? [0-9a-f.:]+(?:/\d+)? ",
            r"\s+valid_lft ",
            r"\s+(?:RX|TX)(?::| errors:)? +(?:bytes|errors|packets|length)",
            r"\s+altname \S+$",
            r"(?:default|[\d.]+(?:/\d+)?|[0-9a-f:]+:[0-9a-f:]*(?:/\d+)?)"
            r"(?: (?:via|from) [\d.a-f:]+| nhid \d+)* (?:dev|encap) ",
            r"(?:default|[\d.]+(?:/\d+)?) (?:via [\d.]+|proto \w+)",
            r"\s+nexthop via ",
            r"\s*cache(?: |$)",
            r"(?:unreachable|blackhole|prohibit|throw) (?:default|[\d.a-f:/]+)(?: |$)",
            r"\d+:\t?\s*(?:from|not from) ",
            r"RTNETLINK answers",
            r"Cannot (?:find device|open network namespace|create namespace|remove namespace)",
            r"Error: (?:[a-zA-Z0-9_]+: |[a-z?]|Unknown|Nexthop|Invalid|Device|Specified|Cannot|Operation|IPv[46]:)",
            r"(?:Device|device) \S+ does not exist",
            r"\s+(?:macvlan|macvtap|veth|bridge|vlan|vxlan|ipvlan|tun|bond|dummy|geneve|gre|gretap|vrf|vti|sit|ipip)"
            r"(?:_slave)?\b.* (?:mode|id|protocol|forward_delay|addrgenmode|numtxqueues|remote|local|table|state)",
            r"\s+bridge_slave ",
            r"[\w.-]+ \(id: \d+\)$",
            r"(?:[0-9a-f]{1,2}:){5}[0-9a-f]{2} dev ",
            r"[\d.a-f:]+ dev \S+ +(?:lladdr|router|FAILED|INCOMPLETE|STALE|REACHABLE|PERMANENT|DELAY|PROBE|used)",
            r"(?:local|broadcast|multicast|anycast) [\d.a-f:/]+ (?:dev|via|proto) ",
            r"[\w.@-]+ +(?:UP|DOWN|UNKNOWN|LOWERLAYERDOWN) +(?:[0-9a-f.:/]+|$)",
            r"[\w.-]+: (?:ip|gre|ipv6|any)/\S+ +remote ",
            r"[\w.-]+: (?:tap|tun) ",
            r"Object \"",
            r"Command line is not complete",
            r"(?:setting the network namespace|mount --make-shared|seting the network|Peer netns|Bind /proc)",
            r"port\s+vlan(?:-id|\s+ids)",
            r"nsid \S+ \(iproute2",
            r"Usage: ip ",
        ),
    ),
    (
        "ifconfig",
        (
            r"[\w.:-]+ +Link encap",
            r"[\w.:-]+: +flags=\d+<",
            r"\s+(?:inet addr:|inet6 addr:|ether [0-9a-f:]{17}|UP (?:BROADCAST|LOOPBACK|RUNNING)|collisions:)",
            r"\s+(?:RX bytes|TX packets|RX packets|RX errors|TX errors|Interrupt:|inet [\d.]+ +netmask)",
            r"\S+: error fetching interface information",
        ),
    ),
    (
        "brctl",
        (
            r"bridge name\s+bridge id",
            r"\S+\s+8000\.[0-9a-f]{12}",
            r"port no\s+mac addr",
            r"\s+\d+\s+[0-9a-f:]{17}\s+(?:yes|no)",
        ),
    ),
    (
        "route",
        (
            r"Kernel IP(?:v6)? routing table",
            r"Destination +(?:Gateway|Next Hop) +",
            r"(?:[\d.]+|default|link-local) +(?:[\d.]+|\*|_?gateway|\S+) +[\d.]+ +U",
        ),
    ),
    (
        "iptables",
        (
            r"Chain [\w-]+ \(",
            r"(?:target|num|pkts|\s+pkts) +(?:prot|bytes|target)",
            r"(?:ACCEPT|DROP|REJECT|MASQUERADE|SNAT|DNAT|RETURN|LOG) +(?:all|tcp|udp|icmp|\d+) +",
            r"\s*\d+ +\d+[KMG]? +\w+ +(?:all|tcp|udp|icmp|\d+) +--",
            r"(?:\[\d+:\d+\] )?-[AP] [A-Z][\w-]* ",
            r"\*(?:nat|filter|mangle|raw)$",
            r":[A-Z]+ [A-Z-]+ \[",
            r"ip6?tables(?: v[\d.]+[^:]*)?: ",
            r"# (?:Generated|Completed) (?:by|on) ",
        ),
    ),
    ("nft", (r"table (?:ip|ip6|inet|arp|bridge|netdev) \w+ \{", r"\s+chain \w+ \{", r"\s+type \w+ hook")),
    (
        "arp",
        (
            r"Address +HWtype",
            r"\S+ \([\d.]+\) at ",
            r"\S+ +(?:ether +[0-9a-f:]{17}|\(incomplete\))",
            r"[\d.]+ \([\d.]+\) -- no entry",
        ),
    ),
    (
        "conntrack",
        (
            r"conntrack v[\d.]+ ",
            r"(?:tcp|udp|icmp|icmpv6|gre|sctp|dccp|unknown) +\d+ \d+ (?:[A-Z_]+ )?src=",
            r"\s*\[(?:NEW|UPDATE|DESTROY)\] \w+ +\d+ ",
        ),
    ),
    (
        "traceroute",
        (
            r"traceroute6? to ",
            r"tracepath to ",
            r"\s*\d+:? +(?:\* |\*$|\S+ \([\d.a-f:]+\) .*ms|[\d.:a-f]+ +[\d.]+ ?ms|\S+ +.*\d ?ms|no reply)",
            r"\s*\d+\?: \[LOCALHOST\]",
            r"\s+Resume: pmtu",
            r"\s*\d+\.\|-- ",
        ),
    ),
    (
        "curl",
        (
            r"curl: \(\d+\)",
            r"HTTP/\d",
            r"\* +(?:Trying|Connected|Connection|TCP_NODELAY|Closing|Host|Rebuilt|Could not|Failed|Immediate|About)",
            r"[<>] (?:HTTP/|GET /|POST /|HEAD /|[A-Z][\w-]*: )",
            r"\s*% Total +% Received",
            r"(?:Connecting to \S+(?: \(|\|)|HTTP request sent|Length: \d|Saving to: |Resolving \S+ )",
            r"wget: ",
        ),
    ),
    (
        "ss",
        (
            r"(?:Netid|State) +(?:State|Recv-Q)",
            r"Active (?:Internet|UNIX)",
            r"Proto +Recv-Q",
            r"(?:tcp|udp)6? +(?:LISTEN|UNCONN|ESTAB|\d+) +\d+",
            r"(?:LISTEN|ESTAB|TIME-WAIT|UNCONN) +\d",
        ),
    ),
    (
        "nc",
        (
            r"Connection to \S+ .*succeeded",
            r"Connection from \[?[\d.a-f:]+\]?",
            r"Connection received on ",
            r"Ncat: ",
            r"n(?:et)?c(?:at)?: ",
            r"Listening on \[?[\w.:]+\]? ?(?:\(|\d)",
            r"listening on \[",
            r"connect to \[",
        ),
    ),
    ("telnet", (r"Trying [\d.a-f:]+\.\.\.", r"Connected to \S+\.$", r"Escape character is", r"telnet: ")),
    ("sysctl", (r"[a-z]\w*(?:\.[\w/-]+)+ = ", r"sysctl: ")),
    ("ls", (r"total \d+[KMG]?$", r"[-dlcbsp](?:[r-][w-][xsStT-]){3}[.+@]? ", r"ls: cannot access")),
    (
        "ethtool",
        (
            r"Settings for ",
            r"NIC statistics",
            r"\s+(?:peer_ifindex|rx_\w+|tx_\w+): ",
            r"driver: ",
            r"Features for",
            r"\s+(?:Speed|Duplex|Link detected): ",
        ),
    ),
    (
        "iperf",
        (
            r"\[ *(?:\d+|ID|SUM)\] +(?:local|\d+\.\d+|Interval|Role)",
            r"Client connecting to",
            r"Server listening on",
            r"Connecting to host",
            r"Accepted connection from",
            r"iperf3?: ",
            r"(?:TCP|UDP) (?:window|buffer) size: ",
        ),
    ),
    ("modinfo", (r"filename:\s+[/(]",)),
    ("lsmod", (r"Module +Size +Used by",)),
    ("uname", (r"Linux \S+ \d+\.\d+",)),
    (
        "",
        (
            r"(?:-?bash|-?sh|zsh|-?ash): ",
            r"\S+: (?:line \d+: )?\S+: (?:command not found|No such file|Permission denied)",
            r"[\w./-]+: (?:command )?not found$",
            r"Command '\S+' not found",
            r"exec of \"",
            r"Segmentation fault",
            r"Killed$",
            r"Terminated$",
            r"\[\d+\] \d+$",
            r"\[\d+\][+-]? +(?:Done|Running|Stopped|Terminated|Killed|Exit)",
            r"<!DOCTYPE",
            r"</?(?:html|head|body|title|h1|p|pre|hr|ul|li|table|tr|td|div|a|center)\b[^>]*>",
            r"(?:Reading package lists|Building dependency|Get:\d+ |Hit:\d+ |Setting up |Unpacking )",
            r"\s*(?:UID|PID|USER|COMMAND) +(?:PID|TTY|%CPU)",
            r"[a-z][\w.-]* +\d+ +(?:\d+ +)?[a-z]\w* +(?:cwd|rtd|txt|mem|\d+[urwW-]) +[A-Za-z]\w+ ",  # lsof
            r"[+|][-=+| ]{3,}[+|]?$",
        ),
    ),
)
_PROGRAMS = {f"p{number}": program for number, (program, _) in enumerate(_SHAPES)}
_PRINTED = re.compile("|".join(f"(?P<p{number}>{'|'.join(shapes)})" for number, (_, shapes) in enumerate(_SHAPES)))
# No line that tells is longer before it tells.
_TELLS_WITHIN = 400


@lru_cache(MOST_LINES)
def printed_by(line: str) -> str | None:
    """The program whose output a line looks like; "" if it is some program's; None if it looks like none's."""
    found = _PRINTED.match(line[:_TELLS_WITHIN])
    return _PROGRAMS[found.lastgroup or ""] if found else None

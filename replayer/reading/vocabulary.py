"""Is a line something that one types into a shell, or something that one says?

A line's first word decides, after what may stand before it (`sudo`, assignments, `(`). Words that are English too need
arguments that only the program would take.
"""

import re
from collections.abc import Callable

# Programs and shell words whose names are no words of a language.
NAMES = frozenset(
    """
    arp arping arptables awk basename bash bc birdc blkid brctl btmon bzip2 capsh cd chgrp chmod chown chroot conntrack
    containerlab cp crictl crontab ctr curl dash dd declare df dhclient dhcpcd dhcpd dig dirname dmesg dnf dnsmasq docker
    docker-compose dpkg du ebtables echo egrep ethtool export expr false fgrep firewall-cmd fping gcc getcap getent getenforce git
    grep groupadd gunzip gzip haproxy helm hexdump hostapd hostname hostnamectl hping3 htop id ifconfig ifdown ifenslave ifquery ifup
    insmod iostat ip6tables ip6tables-save ip6tables-restore ipcalc iperf iperf3 ipset iptables iptables-save
    iptables-restore ipvsadm iw iwconfig jq journalctl keepalived kubectl l2ping ldd ls lsblk lsmod lsns lsof lspci lxc
    lxc-attach lxc-create lxc-start lxd md5sum minikube mkdir mkfifo mknod modinfo modprobe mount mpstat mtr mv nc ncat
    netcat netperf netplan netserver netstat networkctl nft nginx ngrep nload nmap nmcli node npm nslookup nsenter nohup ntpdate
    numactl openssl openvpn ovs-appctl ovs-dpctl ovs-ofctl ovs-vsctl ovs-vswitchd ovsdb-client ovsdb-server ovsdb-tool pacman perf perl pgrep
    ping ping4 ping6 pip pip3 pkill podman printf ps pstree pwd python python2 python3 qemu-img qemu-system-x86_64 quagga
    radvd readlink realpath rm rmdir rmmod rpm rsync ruby runc scapy scp sed semanage seq setcap setenforce setsid sh sha256sum
    shutdown socat ss ssh ssh-keygen ssh-copy-id sshpass stdbuf strace stty su sudo swanctl sysctl systemctl systemd-run sysbench tar
    taskset tc tcpdump tcpflow tcpreplay tcptraceroute tee telnet tftp timedatectl tmux touch tracepath tracepath6 traceroute
    traceroute6 trap tshark tunctl udevadm udhcpc uname unset unshare unzip useradd usermod vagrant vconfig vi vim virsh virt-install
    visudo vmstat vtysh wg wg-quick wget whereis whoami wireshark xargs xxd xz yum zcat zebra zypper apk apt apt-get apt-cache
    bmon iftop nethogs busybox chvt resolvectl systemd-resolve systemd-nspawn machinectl ifstat nstat rtacct devlink rdma dcb genl tipc bpftool
    xdp-loader etherwake wpa_supplicant wpa_cli pppd pppoe xl2tpd ipsec strongswan charon-cmd setkey racoon batctl olsrd frr bgpd ospfd
    zsh ksh fish source alias unalias pushd popd exit logout shopt ulimit umask nano emacs cat uniq stat lscpu free uptime
    """.split()
)
# The openings of lines that belong to a longer command.
KEYWORDS = frozenset(["for", "while", "until", "if", "case", "function", "select", "{", "(", "[[", "((", "["])

_IP_OBJECTS = (
    "link address addr route rule neighbour neighbor netns tunnel tuntap maddress mroute mrule monitor xfrm vrf l2tp "
    "macsec tcp_metrics token netconf ntable addrlabel sr nexthop mptcp ioam stats fou ila help"
).split()
_IP_VERBS = (
    "add delete change replace set show list ls lst flush get append save restore exec identify pids attach monitor "
    "up down dev via to from master type name help prepend test del default scope table peer"
).split()
_PLAIN_WORD = re.compile(r"[A-Za-z_./~$][\w./+~@:${}-]*$")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=(\S*)$")
_ADDRESS = re.compile(
    r"[\w-]*(?:\d+\.\d+\.\d+\.\d+|[0-9a-f]*::?[0-9a-f:]+)|[\w-]+(?:\.[\w-]+)+$|\$\{?\w+\}?$", re.IGNORECASE
)


def _abbreviates(word: str, words: list[str]) -> bool:
    return bool(word) and any(w.startswith(word) for w in words)


def _ip(rest: list[str]) -> bool:
    at = 0
    while at < len(rest) and rest[at].startswith("-"):
        at += 2 if rest[at] in ("-n", "-netns", "-b", "-batch", "-f", "-family", "-rc", "-l") else 1
    rest = rest[at:]
    if not rest:
        return at > 0
    if not _abbreviates(rest[0], _IP_OBJECTS):
        return False
    after = rest[1].rstrip(";|&") if len(rest) > 1 else ""
    return (
        not after
        or _abbreviates(after, _IP_VERBS)
        or bool(re.match(r"[-|>;&\d$<{]|[\w.-]*\d|[A-Z][A-Z0-9_]+$|lo$|eth|br|veth", after))
    )


def _option(rest: list[str]) -> bool:
    return any(word.startswith("-") and len(word) > 1 for word in rest)


def _path(rest: list[str]) -> bool:
    return any("/" in word or word.startswith(("-", "$", ".")) for word in rest)


def _one_of(*words: str) -> Callable[[list[str]], bool]:
    return lambda rest: bool(rest) and rest[0] in words


# Words that are English too (or so short that they stand in outputs): what must follow.
CHECKED: dict[str, Callable[[list[str]], bool]] = {
    "ip": _ip,
    "bridge": lambda rest: any(
        _abbreviates(w, ["link", "fdb", "mdb", "vlan", "vni", "mst", "monitor"]) for w in rest[:3] if w[:1] != "-"
    ),
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
    "service": lambda rest: len(rest) == 2 and rest[1] in ("start", "stop", "restart", "status", "reload"),
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
    "local": lambda rest: bool(rest) and "=" in rest[0],
    "let": lambda rest: bool(rest) and "=" in rest[0],
    "link": lambda rest: len(rest) == 2 and _path(rest),
    "echo": lambda rest: True,
    "go": _one_of("run", "build", "test", "get", "install", "mod"),
    "cargo": _one_of("run", "build", "install"),
    ".": lambda rest: len(rest) >= 1 and _path(rest),
    "ns": lambda rest: False,
}

_STOPWORDS = re.compile(
    r"(?<![\w'\"/.-])(?:the|is|are|was|were|of|and|we|you|this|that|these|those|can|will|it|its|our|your|should|when|then|there|has|have|"
    r"because|which|so|if|also|now|let|let's|le|la|les|des|une|est|und|der|die|das|ist|los|las|una|que|для|что|это)(?![\w'\"/.=-])"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def is_prose(line: str) -> bool:
    """Whether a line reads as a sentence, however it begins."""
    bare = _QUOTED.sub("", line.split(" #")[0])
    if re.search(r"[。,、!?:;]|(?<![.…])[.:!?]\s*$", bare) and not re.search(
        r"(?:^|\s)(?:\.|\.\.|/\S*|\S*[*?:])\s*$", bare
    ):
        return True
    said = len(_STOPWORDS.findall(bare))
    shell = bool(re.search(r"[|<>;&$=\\]|\s--?\w", bare))
    if said >= (3 if shell else 1):
        return True
    foreign = len(re.findall(r"[^\x00-\x7f]", bare))
    return foreign > 0 and not shell and foreign * 4 > len(bare.replace(" ", ""))


def words_of(line: str) -> list[str]:
    """The words of a line after what may stand before a command: `sudo`, assignments, `(`."""
    words = line.strip().lstrip("(!").split()
    while words:
        if words[0] in ("sudo", "doas", "nohup", "command", "builtin", "!", "{"):
            words = words[1:]
            while words and words[0].startswith("-"):
                words = words[2:] if words[0] in ("-u", "-g", "-h", "-p") else words[1:]
        elif _ASSIGNMENT.match(words[0]) and len(words) > 1:
            words = words[1:]
        else:
            break
    return words


def is_command(line: str) -> bool:
    """Whether a line, without its prompt, is a command that a shell would know, and no sentence."""
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return False
    if re.match(r"[A-Za-z_]\w*=(?:\$\(|`|\"|'|[\w./:$-]*$)", stripped):
        return True
    words = words_of(stripped)
    if not words:
        return stripped.startswith("sudo ")
    first = words[0].rstrip(";").rpartition("/")[2] if not words[0].endswith("/") else words[0]
    if first in CHECKED:
        return CHECKED[first](words[1:]) and not (
            first not in ("ip", "bridge") and is_prose(stripped) and not re.match(r"echo\b", first)
        )
    if first in NAMES:
        return first == "echo" or not is_prose(stripped) or bool(re.search(r"\s-{1,2}\w", stripped))
    if words[0] in KEYWORDS:
        return bool(re.search(r";|\bin\b|\bdo\b|\bthen\b|\]|\$|\($|\{$|\)$", stripped))
    if re.match(r"(?:\./|/(?:usr/|s?bin/|opt/|etc/init\.d/)|~/)\S+", words[0]):
        return not is_prose(stripped)
    return bool(re.match(r"[A-Za-z_]\w*\s*\(\)\s*\{?$", stripped))


def could_be_command(line: str) -> bool:
    """Whether a line that stands after a prompt may be one, known or not."""
    stripped = line.strip()
    first = stripped.split(maxsplit=1)[0] if stripped else ""
    return is_command(stripped) or bool(_PLAIN_WORD.match(first)) and not is_prose(stripped)

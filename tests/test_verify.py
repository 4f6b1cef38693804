"""`replay verify`: which claims of a tutorial hold, which do not and why, which could not be tried. Played for real."""

import json
import re
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.cli.verify import plan_of
from replayer.formats.chinese import chinese
from replayer.looking import looking
from replayer.player import Options, replay
from replayer.topology import Link, Topology
from replayer.transcript import Transcriber
from replayer.tutorial import read_tutorial
from replayer.verification import Found, Report, report, set_aside
from replayer.verification.causes import Question, causes
from replayer.verification.circumstances import circumstances_of
from replayer.verification.evidence import MAIN, Evidence
from replayer.verification.made import Made

STATISTICS = {
    "通": "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
    "不通": "1 packets transmitted, 0 received, 100% packet loss, time 0ms",
}
# A sentence that was not translated. What a command printed is, in brackets or behind a colon.
ENGLISH = re.compile(
    r"^(?!.*[（：]|.*Network is unreachable).*\b(?:the|is|are|has|have|no|nobody|and|nothing|does|could)\b"
)
# a -- r -- b, addresses given, links up.
ROUTED = """
    $ ip netns add a
    $ ip netns add r
    $ ip netns add b
    $ ip link add a0 netns a type veth peer name r0 netns r
    $ ip link add b0 netns b type veth peer name r1 netns r
    $ ip -n a addr add 10.1.0.2/24 dev a0
    $ ip -n r addr add 10.1.0.1/24 dev r0
    $ ip -n r addr add 10.2.0.1/24 dev r1
    $ ip -n b addr add 10.2.0.2/24 dev b0
    $ ip -n a link set a0 up
    $ ip -n r link set r0 up
    $ ip -n r link set r1 up
    $ ip -n b link set b0 up
    $ ip -n a route add default via 10.1.0.1
    $ ip -n b route add default via 10.2.0.1
    $ ip netns exec r sysctl -q -w net.ipv4.ip_forward=1
"""
# Two macvlans of namespaces on one end of a wire; the other end has 10.0.0.1.
MACVLANS = """
    $ ip netns add m1
    $ ip netns add m2
    $ ip netns add far
    $ ip link add wire0 netns far type veth peer name wire1
    $ ip -n far link set wire0 up
    $ ip link set wire1 up
    $ ip -n far addr add 10.0.0.1/24 dev wire0
    $ ip link add v1 netns m1 link wire1 type macvlan mode {mode}
    $ ip link add v2 netns m2 link wire1 type macvlan mode {mode}
    $ ip -n m1 addr add 10.0.0.11/24 dev v1
    $ ip -n m2 addr add 10.0.0.12/24 dev v2
    $ ip -n m1 link set v1 up
    $ ip -n m2 link set v2 up
"""


def text_of(*parts: str) -> str:
    """A tutorial of parts; `PING WORD: COMMAND` is a command with its documented statistics."""
    text = "\n".join(textwrap.dedent(part).strip("\n") for part in parts) + "\n"
    return re.sub(r"^PING (通|不通): (.*)$", lambda m: f"$ {m[2]}\n{STATISTICS[m[1]]}", text, flags=re.MULTILINE)


def verified(text: str, name: str = "text.txt") -> Report:
    """As the command does it, less what it prints."""
    session = read_tutorial(text, name).session
    tried, untried = set_aside(session)
    plan, origins = plan_of(tried, name)
    fold = Transcriber(plan)
    for _ in replay(plan, Options(fast=True, step_timeout=8), fold, guide=looking(circumstances_of(session).question)):
        pass
    return report(session, untried, origins, fold.transcript)


def last(*parts: str) -> Found:
    """What became of the last claim of a tutorial."""
    return verified(text_of(*parts)).found[-1]


# Two namespaces at one wire, with a VXLAN over it; the ends are told `one` and `other`.
TUNNEL = """
    $ ip netns add a
    $ ip netns add b
    $ ip link add a0 netns a type veth peer name b0 netns b
    $ ip -n a addr add 10.1.0.1/24 dev a0
    $ ip -n b addr add 10.1.0.2/24 dev b0
    $ ip -n a link set a0 up
    $ ip -n b link set b0 up
    $ ip -n a link add vx type vxlan id 42 dstport 4789 {one}
    $ ip -n b link add vx type vxlan id 43 dstport 4789 {other}
    $ ip -n a addr add 10.7.0.1/24 dev vx
    $ ip -n b addr add 10.7.0.2/24 dev vx
    $ ip -n a link set vx up
    $ ip -n b link set vx up
    PING 通: ip netns exec a ping -c 1 -W 1 10.7.0.2
"""

CAUSES = {
    "another tunnel": (
        (TUNNEL.format(one="remote 10.1.0.2", other="remote 10.1.0.1"),),
        "the id 42 of vx in a is not the id 43 of vx in b",
    ),
    "a tunnel to nobody": (
        (TUNNEL.format(one="local 10.1.0.1", other="remote 10.1.0.1"),),
        "vx in a has no remote, and no fdb entry leads to one",
    ),
    "isolated ports": (
        (
            """
            $ ip link add sw type bridge
            $ ip link set sw up
            $ ip netns add a
            $ ip netns add b
            $ ip link add pa type veth peer name a0 netns a
            $ ip link add pb type veth peer name b0 netns b
            $ ip link set pa master sw up
            $ ip link set pb master sw up
            $ bridge link set dev pa isolated on
            $ bridge link set dev pb isolated on
            $ ip -n a addr add 10.0.0.1/24 dev a0
            $ ip -n b addr add 10.0.0.2/24 dev b0
            $ ip -n a link set a0 up
            $ ip -n b link set b0 up
            PING 通: ip netns exec a ping -c 1 -W 1 10.0.0.2
            """,
        ),
        "pa and pb in the main namespace are isolated ports of one bridge",
    ),
    "an end of a wire that is in no bridge": (
        (
            """
            $ ip link add sw type bridge
            $ ip link set sw up
            $ ip addr add 10.0.0.254/24 dev sw
            $ ip netns add a
            $ ip netns add b
            $ ip link add pa type veth peer name a0 netns a
            $ ip link add pb type veth peer name b0 netns b
            $ ip link set pa master sw up
            $ ip link set pb up
            $ ip -n a addr add 10.0.0.1/24 dev a0
            $ ip -n b addr add 10.0.0.2/24 dev b0
            $ ip -n a link set a0 up
            $ ip -n b link set b0 up
            PING 通: ip netns exec a ping -c 1 -W 1 10.0.0.2
            """,
        ),
        "no link joins a0 in a and b0 in b, which has 10.0.0.2: pb in the main namespace is no port of sw",
    ),
    "larger than the link": (
        (
            ROUTED,
            "$ ip -n a link set a0 mtu 1400",
            "PING 通: ip netns exec a ping -c 1 -W 1 -M do -s 1400 10.1.0.1",
        ),
        "ping: local error: message too long, mtu=1400",
    ),
    "a route that refuses": (
        (
            ROUTED,
            "$ ip -n a route add blackhole 10.2.0.0/16",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.2.7.7",
        ),
        "a has a route of type blackhole to 10.2.0.0/16",
    ),
    "a switch that was set elsewhere": (
        (
            ROUTED,
            "$ ip netns exec r sysctl -q -w net.ipv4.ip_forward=0",
            "$ sysctl -q -w net.ipv4.ip_forward=1",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2",
        ),
        "ip_forward is 0 in r; it is 1 in the main namespace",
    ),
    "one MAC at two ports of a bridge": (
        (
            """
            $ ip link add sw up type bridge
            $ ip netns add a
            $ ip netns add b
            $ ip link add pa type veth peer name a0 address 02:00:00:00:00:01 netns a
            $ ip link add pb type veth peer name b0 address 02:00:00:00:00:01 netns b
            $ ip link set pa master sw up
            $ ip link set pb master sw up
            $ ip -n a addr add 10.0.0.1/24 dev a0
            $ ip -n b addr add 10.0.0.2/24 dev b0
            $ ip -n a link set a0 up
            $ ip -n b link set b0 up
            PING 通: ip netns exec a ping -c 1 -W 1 10.0.0.2
            """,
        ),
        "a0 in a and b0 in b have the same MAC, 02:00:00:00:00:01",
    ),
    "a listing of a link whose other end is down": (
        (
            ROUTED,
            "$ ip -n r link set r0 down",
            "$ ip -n a -br link show a0",
            "a0@if2   UP   02:00:00:00:00:01 <UP,LOWER_UP>",
        ),
        "a0 in a has no carrier: r0 in r is down",
    ),
    "a setting of the author's machine": (
        (ROUTED, "$ sysctl net.ipv4.conf.all.rp_filter", "net.ipv4.conf.all.rp_filter = 2"),
        "nothing in the text sets net.ipv4.conf.all.rp_filter, which is 0 in a fresh network",
    ),
    "a listing of who listens": (
        (ROUTED, "$ ip netns exec a ss -tln", "LISTEN  0  5  0.0.0.0:8000  0.0.0.0:*"),
        "nobody listens at port 8000 in a",
    ),
    "a slip of a name of a file": (
        (ROUTED, "$ echo 10.2.0.2 far.lab >> /etc/hosts", "PING 通: ip netns exec a ping -c 1 -W 1 fra.lab"),
        "nothing in the text makes a host fra.lab; the text makes far.lab",
    ),
    "numbers that are no address": (
        (ROUTED, "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.256"),
        "10.1.0.256 is no address",
    ),
    "a table of neighbours before anybody was asked": (
        (ROUTED, "$ ip -n a neigh", "10.1.0.1 dev a0 lladdr 02:00:00:00:00:01 REACHABLE"),
        "a has no neighbour entry for 10.1.0.1: nothing was sent there yet",
    ),
    "who does not take part in ARP": (
        (ROUTED, "$ ip -n r link set r0 arp off", "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "r0 in r neither asks for neighbours nor answers (arp off)",
    ),
    "an answer for others that nobody gives": (
        (ROUTED, "$ ip -n a addr add 10.2.0.9/24 dev a0", "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "r has a route to 10.2.0.2, but proxy_arp of r0 is 0: nobody answers for it",
    ),
    "an address of another device": (
        (
            ROUTED,
            """
            $ ip -n b link set lo up
            $ ip -n b addr add 10.2.0.77/32 dev lo
            $ ip netns exec b sysctl -q -w net.ipv4.conf.all.arp_ignore=1
            PING 通: ip netns exec r ping -c 1 -W 1 10.2.0.77
            """,
        ),
        "net.ipv4.conf.all.arp_ignore is 1 in b",
    ),
    "a circle": (
        (
            ROUTED,
            "$ ip netns exec a sysctl -q -w net.ipv4.ip_forward=1",
            "$ ip -n r route add default via 10.1.0.2",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.9.0.1",
        ),
        "the packet comes back to a, which sent it",
    ),
    "somewhere else": (
        (ROUTED, "$ ip -n b addr add 10.8.0.1/24 dev a0"),
        "device a0 is not there: it is in a",
    ),
    "a gateway behind a device that is down": (
        (ROUTED, "$ ip -n a link set a0 down", "$ ip -n a route add default via 10.1.0.1"),
        "a0 in a is down",
    ),
    "by a name of a file": (
        (
            ROUTED,
            "$ ip -n a route del default",
            "$ echo 10.2.0.2 far.lab >> /etc/hosts",
            "PING 通: ip netns exec a ping -c 1 -W 1 far.lab",
        ),
        "a has no route to 10.2.0.2",
    ),
    "ip_forward": (
        (
            ROUTED,
            "$ ip netns exec r sysctl -q -w net.ipv4.ip_forward=0",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2",
        ),
        "ip_forward is 0 in r",
    ),
    "no route": (
        (ROUTED, "$ ip -n a route del default", "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "a has no route to 10.2.0.2 (Network is unreachable)",
    ),
    "no route back": (
        (ROUTED, "$ ip -n b route del default", "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "on the way back, b has no route to 10.1.0.2 (Network is unreachable)",
    ),
    "no address": (
        (ROUTED, "$ ip -n a addr flush dev a0", "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "a has no address, and so no route to 10.2.0.2",
    ),
    "rp_filter": (
        (
            ROUTED,
            """
            $ ip -n b link add other type veth peer name rehto
            $ ip -n b link set other up
            $ ip -n b link set rehto up
            $ ip -n b addr add 10.9.0.1/24 dev other
            $ ip -n b route add 10.1.0.0/24 dev other
            $ ip netns exec b sysctl -q -w net.ipv4.conf.all.rp_filter=1
            PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2
            """,
        ),
        "rp_filter in b drops what comes from 10.1.0.2 by b0",
    ),
    "stale neighbour": (
        (
            ROUTED,
            "$ ip -n a neigh replace 10.1.0.1 lladdr 02:00:00:00:00:99 dev a0 nud permanent",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1",
        ),
        "a has a stale neighbour entry: 10.1.0.1 at 02:00:00:00:00:99, and r0 in r has ",
    ),
    "link down": (
        (ROUTED, "$ ip -n a link set a0 down", "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "a0 in a is down",
    ),
    "other end down": (
        (ROUTED, "$ ip -n r link set r0 down", "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "a0 in a has no carrier",
    ),
    "nobody": (
        (ROUTED, "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.9"),
        "nobody has the address 10.1.0.9; r has 10.1.0.1",
    ),
    "gateway nobody has": (
        (
            ROUTED,
            "$ ip -n a route replace default via 10.1.0.77",
            "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2",
        ),
        "nobody has the address 10.1.0.77, the gateway to 10.2.0.2",
    ),
    "no such namespace": (
        (ROUTED, "PING 通: ip netns exec bb ping -c 1 -W 1 10.1.0.1"),
        "nothing in the text makes a namespace bb; the text makes b",
    ),
    "no such device": (
        (ROUTED, "$ ip -n a link set aa0 up"),
        "nothing in the text makes a device aa0; the text makes a0",
    ),
    "macvlan in private mode": (
        (MACVLANS.format(mode="private"), "PING 通: ip netns exec m1 ping -c 1 -W 1 10.0.0.12"),
        "v1 in m1 is a macvlan in mode private, and v1 and v2 are both on wire1",
    ),
    "macvlan in vepa mode": (
        (MACVLANS.format(mode="vepa"), "PING 通: ip netns exec m1 ping -c 1 -W 1 10.0.0.12"),
        "v1 in m1 is a macvlan in mode vepa, and v1 and v2 are both on wire1",
    ),
    "macvlan and its own device": (
        (
            MACVLANS.format(mode="bridge"),
            "$ ip addr add 10.0.0.2/24 dev wire1",
            "PING 通: ip netns exec m1 ping -c 1 -W 1 10.0.0.2",
        ),
        "v1 in m1 is a macvlan on wire1: they do not hear each other",
    ),
    "no link": (
        (
            """
            $ ip netns add x
            $ ip netns add y
            $ ip link add x0 netns x type veth peer name x1
            $ ip link add y0 netns y type veth peer name y1
            $ ip link set x1 up
            $ ip link set y1 up
            $ ip -n x addr add 10.3.0.1/24 dev x0
            $ ip -n y addr add 10.3.0.2/24 dev y0
            $ ip -n x link set x0 up
            $ ip -n y link set y0 up
            PING 通: ip netns exec x ping -c 1 -W 1 10.3.0.2
            """,
        ),
        "no link joins x0 in x and y0 in y, which has 10.3.0.2",
    ),
    "both ends in one namespace": (
        (
            """
            $ ip link add one type veth peer name two
            $ ip addr add 10.4.0.1/24 dev one
            $ ip addr add 10.4.0.2/24 dev two
            $ ip link set one up
            $ ip link set two up
            PING 通: ping -c 1 -W 1 -I one 10.4.0.2
            """,
        ),
        "one and two are both in the main namespace, and accept_local is 0",
    ),
    "a bridge that is down": (
        (
            """
            $ ip netns add x
            $ ip link add br0 type bridge
            $ ip link add x0 netns x type veth peer name x1
            $ ip link set x1 master br0
            $ ip link set x1 up
            $ ip addr add 10.3.0.254/24 dev br0
            $ ip -n x addr add 10.3.0.1/24 dev x0
            $ ip -n x link set x0 up
            PING 通: ip netns exec x ping -c 1 -W 1 10.3.0.254
            """,
        ),
        "br0 in the main namespace is down",
    ),
    "loopback down": (
        ("$ ip netns add x", "PING 通: ip netns exec x ping -c 1 -W 1 127.0.0.1"),
        "lo in x is down",
    ),
    "claimed unreachable, forwarded": (
        (ROUTED, "PING 不通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "ip_forward is 1 in r, which passes it on",
    ),
    "claimed unreachable, one link": (
        (ROUTED, "PING 不通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "nothing stands in the way: a a0 → r r0",
    ),
    "claimed unreachable, macvlans in bridge mode": (
        (
            MACVLANS.format(mode="bridge"),
            """
            PING 不通: ip netns exec m1 ping -c 1 -W 1 10.0.0.12
            """,
        ),
        "nothing stands in the way: m1 v1 → m2 v2",
    ),
    "nested shell": (
        (ROUTED, "$ ip -n a route del default", "$ ip netns exec a bash", "PING 通: ping -c 1 -W 1 10.2.0.2"),
        "a has no route to 10.2.0.2 (Network is unreachable)",
    ),
    "a shell by a variable": (
        (
            ROUTED,
            "$ ip -n a route del default",
            "$ NS=a",
            "$ ip netns exec $NS bash",
            "PING 通: ping -c 1 -W 1 10.2.0.2",
        ),
        "a has no route to 10.2.0.2 (Network is unreachable)",
    ),
    "IPv6 forwarding": (
        (
            ROUTED,
            """
            $ ip -n a addr add fd00:1::2/64 dev a0 nodad
            $ ip -n r addr add fd00:1::1/64 dev r0 nodad
            $ ip -n r addr add fd00:2::1/64 dev r1 nodad
            $ ip -n b addr add fd00:2::2/64 dev b0 nodad
            $ ip -n a -6 route add default via fd00:1::1
            $ ip -n b -6 route add default via fd00:2::1
            PING 通: ip netns exec a ping -c 1 -W 1 fd00:2::2
            """,
        ),
        "net.ipv6.conf.all.forwarding is 0 in r",
    ),
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_claim_that_does_not_hold_is_explained(name: str) -> None:
    parts, cause = CAUSES[name]
    found = last(*parts)
    assert (found.holds, found.causes[:1]) == ("does not hold", (found.causes[0],))
    assert found.causes[0].startswith(cause)
    assert found.looked or "nothing in the text" in cause or "no address" in cause
    assert not [why for why in found.causes if ENGLISH.search(chinese(why))]


# What is the last claim's cause.
UNTRIED = {
    "the Internet, by address": (
        (ROUTED, "PING 通: ip netns exec a ping -c 1 -W 1 8.8.8.8"),
        "8.8.8.8 is on the Internet",
    ),
    "the Internet, by name": (("PING 通: ping -c 1 www.example.com",), "www.example.com is on the Internet"),
    "what should have forbidden it": (
        (ROUTED, "$ ipvsadm -A -t 10.2.0.2:80", "PING 不通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "line 17 could not be tried: no command 'ipvsadm' is here",
    ),
    "nobody where nothing could be built": (
        (
            """
            $ ip netns add a
            $ ip netns add b
            $ ip link add lan type nokind
            $ ip link add a0 netns a type veth peer name a1
            $ ip link add b0 netns b type veth peer name b1
            $ ip link set a1 up master lan
            $ ip link set b1 up master lan
            $ ip -n a addr add 10.1.0.1/24 dev a0
            $ ip -n b addr add 10.1.0.2/24 dev b0
            $ ip -n a link set a0 up
            $ ip -n b link set b0 up
            PING 不通: ip netns exec a ping -c 1 -W 1 10.1.0.2
            """,
        ),
        "line 3 could not be tried: this kernel has no link type 'nokind'",
    ),
    "docker": (
        ("$ docker run --name web nginx", "PING 通: docker exec web ping -c1 10.0.0.1"),
        "docker needs containers",
    ),
    "what a container would have had": (
        (
            ROUTED,
            "$ docker network create --subnet 10.1.0.0/24 red",
            "PING 通: ip netns exec web ping -c 1 -W 1 10.1.0.1",
        ),
        "line 17 could not be tried: docker needs containers",
    ),
    "a network of the author's own": (("PING 通: ping -c 1 -W 1 192.168.77.1",), "192.168.77.1 is outside of what the"),
    "a device of the author's machine": (("$ ip link set enp0s3 up",), "enp0s3 is a device of its author's machine"),
    "a command that is not here": (("$ frobnicate -a", "all is well"), "no command 'frobnicate' is here"),
    "a capture while nobody sends": (
        (ROUTED, "$ ip netns exec a tcpdump -c 1 -i a0 icmp", "IP 10.1.0.2 > 10.1.0.1: ICMP echo request, id 1, seq 1"),
        "the text types nothing that sends while it listens",
    ),
    "what the sandbox does not permit": (
        ("$ sysctl -w kernel.panic=5", "kernel.panic = 5"),
        "the sandbox does not permit",
    ),
}


@pytest.mark.parametrize("name", UNTRIED)
def test_what_could_not_be_tried_is_no_failure(name: str) -> None:
    parts, cause = UNTRIED[name]
    found = verified(text_of(*parts))
    assert found.count("does not hold") == 0
    assert found.found[-1].holds == "could not be tried"
    assert found.found[-1].causes[0].startswith(cause)
    assert not [why for one in found.found for why in one.causes if ENGLISH.search(chinese(why))]


# Another chapter built `lan`, `alpha`, what is deleted here, and who has 10.33.0.1.
CHAPTER = """
    $ ip netns add c
    $ ip link add c0 netns c type veth peer name c1
    $ ip link set c1 master lan
    $ ip link set c1 up
    $ ip -n c addr add 10.4.0.3/24 dev c0
    $ ip -n c link set c0 up
    $ ip -n alpha link set lo up
    $ ip netns pids alpha
    $ ip route del 10.99.0.0/24
    $ ip rule del table 100
    $ ip -n c neigh del 10.4.0.9 dev c0
    $ ip route add 10.55.0.0/24 via 10.33.0.1
    PING 通: ip netns exec c ping -c 1 -W 1 10.4.0.1
    PING 通: ip netns exec beta ping -c 1 -W 1 10.4.0.3
"""


def test_what_leans_on_another_chapter_could_not_be_tried() -> None:
    found = verified(text_of(CHAPTER))
    assert [one.holds for one in found.found] == ["could not be tried"] * 9
    assert [one.causes[0] for one in found.found] == [
        "nothing in the text makes a device lan",
        "nothing in the text makes a namespace alpha",
        "line 7 could not be tried: nothing in the text makes a namespace alpha",
        *["nothing in the text makes what it deletes"] * 3,
        "10.33.0.1 is outside of what the text builds",
        "line 12 could not be tried: 10.33.0.1 is outside of what the text builds",
        "nothing in the text makes a namespace beta",
    ]


@pytest.mark.parametrize(
    "lost",
    ["systemctl stop NetworkManager", "docker ps", "./cleanup.sh", "sysctl -w kernel.printk=1", "nmcli device status"],
)
def test_what_could_not_be_tried_before_excuses_nothing_that_the_text_makes_later(lost: str) -> None:
    down = "$ ip -n b link set b0 down"
    found = last(f"$ {lost}", ROUTED, down, "PING 通: ip netns exec r ping -c 1 -W 1 10.2.0.2")
    assert (found.holds, found.causes[0]) == ("does not hold", "r1 in r has no carrier: b0 in b is down")


def test_a_script_that_the_text_does_not_show_may_have_set_up_what_was_there() -> None:
    down = "$ ip -n b link set b0 down"
    found = last(ROUTED, down, "$ ./setup.sh", "PING 通: ip netns exec r ping -c 1 -W 1 10.2.0.2")
    assert found.holds == "could not be tried"


def test_what_the_text_makes_is_no_other_chapters() -> None:
    """A slip is one, also of a text that deletes what it made; another name of few letters is none."""
    text = text_of(
        """
        $ ip netns add office
        $ ip netns add h1
        $ ip -n ofifce link set lo up
        $ ip route add blackhole 10.9.0.0/24
        $ ip route del blackhole 10.9.0.0/24
        $ ip route del blackhole 10.9.0.0/24
        $ ip -n r1 link set lo up
        """
    )
    assert [(one.line, one.holds) for one in verified(text).found] == [
        (3, "does not hold"),
        (6, "does not hold"),
        (7, "could not be tried"),
    ]


def test_a_link_type_that_the_kernel_lacks_takes_what_stands_on_it_along() -> None:
    """`nokind` stands for any link type; what is made on it, and 不通 of whom it should have led to, show nothing."""
    text = text_of(
        ROUTED,
        """
        $ ip -n a link add link a0 name lane type nokind
        $ ip -n a addr add 10.7.0.1/24 dev lane
        $ ip -n a link set lane up
        PING 通: ip netns exec a ping -c 1 -W 1 10.7.0.2
        PING 不通: ip netns exec a ping -c 1 -W 1 10.7.0.1
        PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1
        """,
    )
    found = verified(text)
    assert [one.holds for one in found.found] == ["could not be tried"] * 5 + ["holds"]
    because = "line 17 could not be tried: this kernel has no link type 'nokind'"
    assert [one.causes[0] for one in found.found[1:5]] == [because] * 4


def test_a_command_that_failed_is_the_cause_of_what_follows() -> None:
    found = verified(
        text_of(
            """
            $ ip netns add a
            $ ip link add a0 netns a type veth peer name h0
            $ ip addr add 10.5.0.1/24 dev h0
            $ ip link set h0 up
            $ ip -n a addr add 10.5.0.2/33 dev a0
            $ ip -n a link set a0 up
            PING 通: ping -c 1 -W 1 10.5.0.2
            """
        )
    ).found
    assert [(one.line, one.holds) for one in found] == [(5, "does not hold"), (8, "does not hold")]
    assert found[0].claimed == "it runs"
    assert found[0].observed.startswith('Error: any valid prefix is expected rather than "10.5.0.2/33"')


def test_claims_that_hold_and_commands_that_ran_are_counted() -> None:
    found = verified(text_of(ROUTED, "PING 通: ip netns exec a ping -c 1 -W 1 10.2.0.2"))
    assert [(one.holds, one.claimed, one.observed, one.causes) for one in found.found] == [("holds", "通", "通", ())]
    assert found.ran == 16


def test_words_that_deny_hold_where_a_namespace_of_the_text_has_no_way() -> None:
    found = verified(
        text_of("$ ip netns add a", "$ ip netns exec a ping -c 1 -W 1 10.9.0.1   # does not work: no route")
    )
    assert [(one.holds, one.claimed) for one in found.found] == [("holds", "不通")]


def test_what_was_not_played_is_told() -> None:
    found = verified(text_of("$ docker run -d --name web nginx", ROUTED))
    assert [(one.line, one.holds, one.causes) for one in found.found] == [
        (1, "could not be tried", ("docker needs containers",))
    ]


def test_a_command_that_asks_for_names_and_does_not_end_says_nothing_of_the_text() -> None:
    question = Question("arp", MAIN, "", "", "", None, "timeout", Made())
    [cause] = causes(question, Evidence(lambda _: ""))
    assert (cause.kind, cause.untried) == ("reverse DNS", True)
    [cause] = causes(replace(question, command="arp -n"), Evidence(lambda _: ""))
    assert (cause.kind, cause.untried) == ("timeout", True)


NAMES = st.sampled_from(["lo", "a0", "r0", "r1", "b0", "br0", "m1"])
ADDRESSES = st.sampled_from(
    ["10.1.0.1", "10.1.0.2", "10.2.0.1", "10.2.0.2", "127.0.0.1", "fd00::1", "fe80::1", "x", ""]
)
DEVICES = st.fixed_dictionaries(
    {
        "ifname": NAMES,
        "flags": st.lists(st.sampled_from(["UP", "LOWER_UP", "LOOPBACK"])),
        "address": st.sampled_from(["02:00:00:00:00:01", "02:00:00:00:00:02", ""]),
        "addr_info": st.lists(
            st.fixed_dictionaries(
                {"local": ADDRESSES, "prefixlen": st.integers(-1, 129)}, optional={"tentative": st.none()}
            ),
            max_size=2,
        ),
        "linkinfo": st.fixed_dictionaries(
            {
                "info_kind": st.sampled_from(["veth", "macvlan", "bridge", ""]),
                "info_data": st.fixed_dictionaries(
                    {}, optional={"mode": st.sampled_from(["bridge", "source", "vepa"])}
                ),
            }
        ),
    }
)
ROUTES = st.fixed_dictionaries(
    {"dev": NAMES}, optional={"gateway": ADDRESSES, "prefsrc": ADDRESSES, "type": st.sampled_from(["local", "unicast"])}
)
NEIGHBOURS = st.fixed_dictionaries(
    {"state": st.lists(st.sampled_from(["FAILED", "STALE"]))}, optional={"lladdr": st.just("02:00:00:00:00:09")}
)


@given(st.data(), st.sampled_from(["ping -c 1 10.2.0.2", "ping -I a0 10.2.0.2", "curl http://10.2.0.2:80/", "ip link"]))
def test_whatever_network_there_is_the_rules_do_not_fall_over(data: st.DataObject, command: str) -> None:
    def ask(line: str) -> str:
        words = line.split()
        if "list" in words and "netns" in words:
            return "a\nr (id: 1)\n"
        kinds = {"address": DEVICES, "get": ROUTES, "neigh": NEIGHBOURS}
        kind = next((one for word, one in kinds.items() if word in words), None)
        if kind is None:
            return data.draw(st.sampled_from(["", "0", "1", "2", "drop", "1 received"]))
        if kind is ROUTES and data.draw(st.booleans()):
            return "RTNETLINK answers: " + data.draw(st.sampled_from(["Network is unreachable", "No route to host"]))
        return json.dumps(data.draw(st.lists(kind, max_size=3)))

    ends = st.tuples(st.sampled_from(["", "a", "r"]), NAMES)
    kinds = st.sampled_from(["veth", "lower", "master", "tunnel"])
    links = data.draw(st.lists(st.builds(Link, kinds, ends, ends), max_size=6))
    topology = Topology(("", "a", "r"), {}, tuple(links))
    made = Made(addresses=frozenset({"10.2.0.2"}))
    for claimed, observed in (("通", "不通"), ("不通", "通")):
        question = Question(command, MAIN, claimed, observed, "", 1, "exit", made, topology=topology)
        for cause in causes(question, Evidence(ask)):
            assert cause.words


@given(st.text(), st.text(), st.sampled_from(["ping -c 1 10.2.0.2", "curl http://10.2.0.2:80/", "ip link", "x"]))
def test_whatever_a_sandbox_answers_the_rules_do_not_fall_over(printed: str, answer: str, command: str) -> None:
    for claimed, observed in (("通", "不通"), ("不通", "通"), ("通", ""), ("", "")):
        question = Question(command, MAIN, claimed, observed, printed, 1, "exit", Made())
        for words in (answer, f"[{{{answer}}}]", ANSWERS):
            causes(question, Evidence(lambda _, words=words: words))  # type: ignore[misc]


ANSWERS = '[{"ifname": 7, "addr_info": [null, {"local": "x"}], "flags": null, "linkinfo": [], "dst": {}, "state": {}}]'


def test_a_failure_that_kernels_word_otherwise_is_meant_all_the_same() -> None:
    text = "$ ip addr add 10.0.0.1/24 dev lo\n$ ip addr add 10.0.0.1/24 dev lo\nRTNETLINK answers: File exists\n"
    assert [one.holds for one in verified(text).found] == ["holds"]

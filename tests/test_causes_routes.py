"""Why a claim does not hold, told of addresses, routes, settings, neighbours and names. Played for real."""

import pytest

from tests.verifying import ROUTED, explained

CAUSES = {
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
    "claimed unreachable, forwarded": (
        (ROUTED, "PING 不通: ip netns exec a ping -c 1 -W 1 10.2.0.2"),
        "ip_forward is 1 in r, which passes it on",
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
    explained(*CAUSES[name])

"""Why a claim does not hold, told of devices: links, wires, bridges, macvlans, tunnels. Played for real."""

import pytest

from tests.verifying import ROUTED, explained

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

# a and b at two ports of a bridge in the main namespace.
BRIDGED = """
    $ ip link add sw type bridge
    $ ip link set sw up
    $ ip netns add a
    $ ip netns add b
    $ ip link add pa type veth peer name a0 netns a
    $ ip link add pb type veth peer name b0 netns b
    $ ip link set pa master sw up
    $ ip link set pb master sw up
    $ ip -n a addr add 10.0.0.1/24 dev a0
    $ ip -n b addr add 10.0.0.2/24 dev b0
    $ ip -n a link set a0 up
    $ ip -n b link set b0 up
"""
ASKED = "PING 通: ip netns exec a ping -c 1 -W 1 10.0.0.2"

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
        (BRIDGED, "$ bridge link set dev pa isolated on", "$ bridge link set dev pb isolated on", ASKED),
        "pa and pb in the main namespace are isolated ports of one bridge",
    ),
    "an end of a wire that is in no bridge": (
        (BRIDGED.replace("pb master sw", "pb"), "$ ip addr add 10.0.0.254/24 dev sw", ASKED),
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
    "one MAC at two ports of a bridge": (
        (
            BRIDGED,
            "$ ip -n a link set a0 address 02:00:00:00:00:01",
            "$ ip -n b link set b0 address 02:00:00:00:00:01",
            ASKED,
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
    "somewhere else": (
        (ROUTED, "$ ip -n b addr add 10.8.0.1/24 dev a0"),
        "device a0 is not there: it is in a",
    ),
    "a gateway behind a device that is down": (
        (ROUTED, "$ ip -n a link set a0 down", "$ ip -n a route add default via 10.1.0.1"),
        "a0 in a is down",
    ),
    "link down": (
        (ROUTED, "$ ip -n a link set a0 down", "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "a0 in a is down",
    ),
    "other end down": (
        (ROUTED, "$ ip -n r link set r0 down", "PING 通: ip netns exec a ping -c 1 -W 1 10.1.0.1"),
        "a0 in a has no carrier",
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
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_claim_that_does_not_hold_is_explained(name: str) -> None:
    explained(*CAUSES[name])

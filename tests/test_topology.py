"""What was seen of a network, as a graph.

tests/data/topology/looks.jsonl holds, for each of some commands in a sandbox, what the supervisor printed after it
(iproute2 6.1): the namespaces that had changed, with `ip -j -d address` of each.
"""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from replayer.topology import Lens, Link, Network, Topology, check

LOOKS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "topology" / "looks.jsonl").read_text(encoding="utf-8").splitlines()
]


def seen() -> dict[str, Topology]:
    """The network after each command."""
    lens, network = Lens(), Network()
    return {look["command"]: network.feed(*lens.look(look["seen"])) for look in LOOKS}


def after(start: str) -> Topology:
    return next(topology for command, topology in seen().items() if command.startswith(start))


def test_what_the_kernel_told_of_a_bridge_with_a_wire_into_a_namespace() -> None:
    topology = after("ip link add br0")
    assert topology.namespaces == ("", "ns1", "ns2")
    bridge = topology.interfaces["", "br0"]
    assert (bridge.kind, bridge.mode, bridge.state, bridge.addresses[0]) == ("bridge", "", "up", "10.0.0.1/24")
    far = topology.interfaces["ns1", "eth0"]
    assert (far.kind, far.state, far.addresses[0]) == ("veth", "up", "10.0.0.2/24")
    assert set(topology.links) == {
        Link("veth", ("", "veth0"), ("ns1", "eth0")),
        Link("master", ("", "veth0"), ("", "br0")),
    }


def test_a_port_says_what_is_unusual_of_it() -> None:
    interfaces = after("ip link add pa").interfaces
    assert interfaces["", "pa"].port == ("hairpin", "isolated")
    assert interfaces["", "pa"].state == "down"
    assert interfaces["", "veth0"].port == ()


def test_a_device_on_another_one_is_known_across_namespaces() -> None:
    assert after("ip link add mv0").interfaces["", "mv0"].mode == "vepa"
    assert Link("lower", ("", "mv0"), ("", "pb")) in after("ip link add mv0").links
    assert Link("lower", ("ns1", "mv0"), ("", "pb")) in after("ip link set mv0").links


def test_what_sits_on_a_device_follows_it_into_another_namespace() -> None:
    """The kernel tells ns1, where the upper device is, nothing of it: that namespace is not looked at again."""
    moved = next(look for look in LOOKS if look["command"].startswith("ip link set pb"))
    assert ["addresses" in space for space in moved["seen"]["namespaces"]] == [True, False, True]
    links = after("ip link set pb").links
    assert Link("lower", ("ns1", "mv0"), ("ns2", "lower0")) in links
    assert Link("veth", ("", "pa"), ("ns2", "lower0")) in links


def test_a_tunnel_leads_to_who_has_its_remote_address() -> None:
    topology = after("ip link add vx0")
    assert topology.interfaces["", "vx0"].mode == "vni 42"
    assert topology.interfaces["", "tap0"].mode == "tap"
    assert Link("tunnel", ("", "vx0"), ("ns1", "eth0")) in topology.links
    assert Link("lower", ("", "vx0"), ("", "br0")) in topology.links


def test_a_namespace_goes_with_all_that_was_in_it() -> None:
    topology = after("ip netns del ns1")
    assert topology.namespaces == ("", "ns2")
    assert not [key for key in topology.interfaces if key[0] == "ns1"]
    assert not [link for link in topology.links if "ns1" in (link.a[0], link.b[0])]


def test_the_same_look_tells_nothing_new() -> None:
    lens = Lens()
    lens.look(LOOKS[0]["seen"])
    assert lens.look(LOOKS[0]["seen"]) == ({}, [])


def test_a_stale_peer_is_no_link() -> None:
    """A namespace that was not looked at since may refer to an index that another device has now."""
    facts: dict[str, list[dict[str, Any]]] = {
        "a": [{"ifindex": 2, "ifname": "x", "info_kind": "veth", "link_namespace": "b", "link_index": 5}],
        "b": [{"ifindex": 5, "ifname": "y", "info_kind": "veth", "link_namespace": "c", "link_index": 9}],
        "c": [{"ifindex": 9, "ifname": "z", "info_kind": "veth", "link_namespace": "b", "link_index": 5}],
    }
    assert Network().feed(facts, []).links == (Link("veth", ("b", "y"), ("c", "z")),)


names = st.sampled_from(["", "ns1", "ns2"])


def end(index: int, flags: list[str], namespace: str) -> dict[str, Any]:
    """Of a veth pair, whose other end has the same number."""
    pair = {"info_kind": "veth", "link_namespace": namespace, "link_index": index}
    return {"ifindex": index, "ifname": "eth0", "flags": flags} | pair


def test_a_pair_has_a_carrier_when_both_ends_are_up_whatever_is_told_of_each() -> None:
    network = Network()

    def states(**told: list[dict[str, Any]]) -> list[str]:
        topology = network.feed(told, [])
        return [topology.interfaces[namespace, "eth0"].state for namespace in ("a", "b")]

    assert states(a=[end(3, ["UP"], "b")], b=[end(3, [], "a")]) == ["no carrier", "down"]
    assert states(b=[end(3, ["UP"], "a")]) == ["up", "up"]
    assert states(b=[end(3, [], "a")]) == ["no carrier", "down"]


def test_a_carrier_is_there_before_the_kernel_announces_it() -> None:
    late = {"ifindex": 2, "ifname": "a", "flags": ["NO-CARRIER", "UP", "LOWER_UP"], "operstate": "DOWN"}
    space = {"name": "", "id": 1, "ids": {}, "addresses": [late]}
    lens = Lens()
    facts, gone = lens.look({"namespaces": [space]})
    assert Network().feed(facts, gone).interfaces["", "a"].state == "up"
    announced = late | {"flags": ["PROMISC", "UP", "LOWER_UP"], "operstate": "UP"}
    assert lens.look({"namespaces": [space | {"addresses": [announced]}]}) == ({}, [])


def test_what_a_lens_saw_passes_the_check() -> None:
    lens = Lens()
    for look in LOOKS:
        check(*lens.look(look["seen"]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
FORGED = st.dictionaries(
    st.sampled_from(["flags", "link", "link_namespace", "link_index", "master", "address", "addr_info", "info_kind",
                     "info_data", "port", "ifname", "ifindex"]),
    JSON | st.fixed_dictionaries({"local": JSON, "prefixlen": JSON, "state": JSON, "remote": JSON, "id": JSON})
    | st.lists(st.fixed_dictionaries({"local": JSON, "prefixlen": JSON}), max_size=2),
)  # fmt: skip


@given(
    JSON | st.dictionaries(names, st.lists(FORGED.map(lambda f: {"ifindex": 1, "ifname": "a"} | f), max_size=3)), JSON
)
def test_what_was_forged_is_refused_or_can_be_folded(network: Any, gone: Any) -> None:
    try:
        check(network, gone)
    except ValueError:
        return
    topology = Network().feed(network, gone)
    for one in topology.interfaces.values():
        assert all(isinstance(v, str) for v in (one.name, one.kind, one.mode, one.mac, *one.addresses, *one.port))


facts = st.lists(
    st.fixed_dictionaries(
        {
            "ifindex": st.integers(1, 4),
            "ifname": st.sampled_from(["a", "b", "c"]),
            "info_kind": st.sampled_from(["veth", "bridge", "macvlan", ""]),
            "flags": st.sampled_from([["UP"], ["UP", "LOWER_UP"], []]),
        },
        optional={
            "link_namespace": names,
            "link_index": st.integers(0, 4),
            "link": st.sampled_from(["a", "b"]),
            "master": st.sampled_from(["a", "b"]),
            "address": st.sampled_from(["02:00:00:00:00:01", "02:00:00:00:00:02"]),
            "addr_info": st.just([{"family": "inet", "local": "10.0.0.1", "prefixlen": 24}]),
            "info_data": st.just({"remote": "10.0.0.1", "link": "a"}),
        },
    ),
    max_size=3,
    unique_by=(lambda fact: fact["ifname"], lambda fact: fact["ifindex"]),
)
seen_of_all = st.dictionaries(names, facts, max_size=3)


@given(seen_of_all, seen_of_all)
def test_the_fold_is_what_was_seen_last(first: dict[str, Any], second: dict[str, Any]) -> None:
    network = Network()
    network.feed(first, [])
    folded = network.feed(second, [])
    assert set(folded.namespaces) == {*first, *second}
    for namespace, told in (first | second).items():
        assert {k[1] for k in folded.interfaces if k[0] == namespace} == {fact["ifname"] for fact in told}
    gone = list(first)
    assert set(network.feed({}, gone).namespaces) == set(second) - set(first)


@given(seen_of_all)
def test_links_join_what_is_there_and_each_is_told_once(told: dict[str, Any]) -> None:
    topology = Network().feed(told, [])
    assert len(topology.links) == len(set(topology.links))
    for link in topology.links:
        assert link.a in topology.interfaces and link.b in topology.interfaces
        assert link.a != link.b
    # In whichever order the namespaces were told of.
    assert Network().feed(dict(reversed(told.items())), []) == topology

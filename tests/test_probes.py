"""Who asked for whom: found in the commands of real runs."""

import pytest

from replayer.outcomes.commands import NEW_NAMESPACE, invocations
from replayer.picture.probes import Probe, probes
from tests.playing import play

SETUP = """
steps:
  - run: ip netns add ns1; ip netns add ns2; ip link set lo up
  - run: ip link add eth0 netns ns1 type veth peer name eth0 netns ns2
  - run: ip -n ns1 addr add 10.0.0.1/24 dev eth0; ip -n ns2 addr add 10.0.0.2/24 dev eth0
  - run: ip -n ns1 link set eth0 up; ip -n ns2 link set eth0 up; ip -n ns1 link set lo up
"""


def asked(steps: str) -> list[Probe]:
    """Whom the steps after the set-up asked for."""
    found = probes(play(SETUP + steps, fast=True))
    return [probe for _, some in sorted(found.items()) for probe in some]


def test_from_where_a_command_says_and_from_the_shell_that_it_is_typed_in() -> None:
    assert asked(
        """
  - run: ip netns exec ns1 ping -c 1 10.0.0.2
    expect: 通
  - run: ip netns exec ns2 bash
  - run: ping -c 1 10.0.0.1
  - run: ip netns exec ns1 sh -c 'ping -c 1 10.0.0.2'
  - run: sh
  - run: ping -c 1 -W 1 10.0.0.9
    expect: 不通
  - run: exit
  - run: exit
  - run: ping -c 1 127.0.0.1
  - run: nsenter --net=/run/netns/ns1 ping -I 10.0.0.1 -c 1 10.0.0.2
  - run: ping -c 1 10.0.0.2
    terminal: other
    expect: {exit: [2, 1]}
"""
    ) == [
        Probe("通", "", "ns1", "", "10.0.0.2"),
        Probe("通", "", "ns2", "", "10.0.0.1"),
        Probe("通", "", "ns1", "", "10.0.0.2"),
        Probe("不通", "", "ns2", "", "10.0.0.9"),
        Probe("通", "", "", "", "127.0.0.1"),
        Probe("通", "", "ns1", "10.0.0.1", "10.0.0.2"),
    ]


def test_what_was_expected_instead_is_kept() -> None:
    assert asked(
        """
  - run: ip netns exec ns1 ping -c 1 10.0.0.2
    expect: 不通
"""
    ) == [Probe("通", "不通", "ns1", "", "10.0.0.2")]


def test_a_ping_that_is_stopped_later_shows_when_it_is_stopped() -> None:
    transcript = play(
        SETUP
        + """
  - run: ip netns exec ns1 ping 10.0.0.2
    until: bytes from
  - stop: main
    expect: 通
"""
    )
    assert probes(transcript) == {5: (Probe("通", "", "ns1", "", "10.0.0.2"),)}


def test_a_namespace_without_a_name() -> None:
    found = asked(
        """
  - run: unshare -n bash
  - run: ip link set lo up
  - run: ping -c 1 127.0.0.1
  - run: exit
  - run: ping -c 1 127.0.0.1
"""
    )
    assert [probe.source for probe in found] == ["unnamed 1", ""]


@pytest.mark.parametrize(
    ("command", "namespace"),
    [
        ("ip netns exec ns1 ping 1.2.3.4", "ns1"),
        ("sudo ip net e ns1 ping 1.2.3.4", "ns1"),
        ("ip netns exec a ip netns exec b ping 1.2.3.4", "b"),
        ("ip netns exec a sh -c 'cd /; ping 1.2.3.4'", "a"),
        ("ip -all netns exec ping 1.2.3.4", None),
        ("ip vrf exec red ping 1.2.3.4", None),
        ("nsenter -n/run/netns/x ping 1.2.3.4", "x"),
        ("unshare -rn ping 1.2.3.4", NEW_NAMESPACE),
        ("unshare --net ping 1.2.3.4", NEW_NAMESPACE),
        ("unshare -m ping 1.2.3.4", None),
        ("ping 1.2.3.4", None),
    ],
)
def test_the_namespace_that_a_line_enters(command: str, namespace: str | None) -> None:
    calls = [call for call in invocations(command) if call.program == "ping"]
    assert [call.namespace for call in calls] == [namespace]

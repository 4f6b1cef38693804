"""What a person waits for without knowing it, and an import has to: servers, IPv6 addresses; statuses that answer."""

from itertools import pairwise

import pytest

from replayer.outcomes.commands import answers, invocations
from replayer.sources.authored import author
from replayer.tutorial import read_tutorial
from tests.playing import play

PAIR = """\
$ ip netns add ns1
$ ip link add va type veth peer name vb netns ns1
$ ip addr add 2001:db8::1/64 dev va
$ ip link set va up
$ ip -n ns1 addr add 2001:db8::2/64 dev vb
$ ip -n ns1 link set vb up
"""
ASKS = "$ ping -6 -c 1 2001:db8::2\n64 bytes from 2001:db8::2: icmp_seq=1 ttl=64 time=0.04 ms\n"


def imported(commands: str) -> str:
    return author(read_tutorial(f"```\n{commands}```\n", "text.md").session).text


def quiet(scenario: str) -> list[str]:
    """What is typed unseen, and before which command."""
    steps = scenario.split("\nsteps:\n")[1].split("  - run: ")
    return [after.partition("\n")[0] for step, after in pairwise(steps) if "show: none" in step]


def test_ipv6_is_asked_when_no_address_is_tentative_any_more() -> None:
    scenario = imported(PAIR + ASKS + ASKS)
    assert quiet(scenario) == ["ping -6 -c 1 2001:db8::2"]
    assert [e.verdict.word for e in play(scenario).entries if e.verdict and e.command.startswith("ping")] == [
        "passed",
        "passed",
    ]


@pytest.mark.parametrize(
    ("ask", "waits"),
    [
        ("ping -c 1 fe80::1%va", True),
        ("curl -6 http://server/", True),
        ("curl http://[2001:db8::2]:80/", True),
        ("ping6 -c 1 host", True),
        ("ping -c 1 10.0.0.2", False),
        ("nc -zv 10.0.0.2 80", False),
        ("ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:01 dev va", False),
        ("ip -6 route", False),
    ],
)
def test_who_asks_by_ipv6(ask: str, waits: bool) -> None:
    assert bool(quiet(imported(f"{PAIR}$ {ask}\n"))) == waits


def test_a_server_in_the_background_listens_before_it_is_asked() -> None:
    scenario = imported(
        "$ ip netns add ns1\n$ ip -n ns1 link set lo up\n"
        "$ ip netns exec ns1 python3 -m http.server 8000 &\n$ ip netns exec ns1 curl -s -o /dev/null 127.0.0.1:8000\n"
    )
    assert [e.verdict.word for e in play(scenario).entries if e.verdict] == ["passed"] * 6


@pytest.mark.parametrize(
    ("server", "listens"),
    [
        ("python3 -m http.server &", ":(8000) "),
        ("iperf3 -s -D", ":(5201) "),
        ("nc -l -p 1234 &", ":(1234) "),
        ("socat TCP-LISTEN:8080,fork STDOUT &", ":(8080) "),
        ("ip netns exec ns1 nc -lk 10.0.0.1 90 &", ":(90) "),
    ],
)
def test_where_a_server_listens(server: str, listens: str) -> None:
    scenario = imported(f"$ {server}\n$ curl 10.0.0.1\n")
    assert f'"{listens}"' in scenario
    assert quiet(scenario) == ["curl 10.0.0.1"]


def test_elements_of_an_array_are_no_commands() -> None:
    found = invocations("NS=(a b) ; L=(eth0 'x (y)' eth1); for n in \"${NS[@]}\"; do ip netns add $n; done")
    assert {"a", "b", "eth0", "eth1"} & {call.program for call in found} == set()
    assert [call.program for call in invocations("x=$(ls) y=(z) ip link")] == ["ls", "ip"]


def test_a_status_that_answers_is_no_failure() -> None:
    assert answers("ip link show | grep -c veth") and answers("diff a b")
    assert not answers("grep -q x f || ip link") and not answers("ip link")
    scenario = imported("$ ip link show | grep nothing-of-this-name\n")
    assert "expect: {exit: [0, 1]}" in scenario
    assert play(scenario).verdict == "passed"


def test_an_array_is_typed_and_its_elements_are_required_by_nobody() -> None:
    scenario = imported("$ NS=(left right)\n$ for n in ${NS[@]}; do ip netns add $n; done\n")
    assert "- run: NS=(left right)\n" in scenario
    assert "commands: [ip]" in scenario

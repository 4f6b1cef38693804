"""`replay import --lift`: what repeats becomes variables. The lifted scenario is the same, and changes as a whole."""

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.cli.importing import import_tutorial
from replayer.plan import prepare
from replayer.player import Options, replay
from replayer.sources.authored import author
from replayer.sources.lifting import Lifted, lift
from replayer.sources.native import read
from replayer.sources.session import Claim, Command, Item, Remark, Session
from replayer.transcript import transcribe
from replayer.tutorial import read_tutorial
from tests.playing import plan_of
from tests.test_import import REPO, SEED
from tests.test_seed import OUTCOMES

TEXTS = [SEED, *sorted((REPO / "transcripts").glob("*.txt"))]


def lifted_text(session: Session) -> str:
    return author(session, (), lift(session)).text


def session_of(text: str) -> Session:
    return read_tutorial(dedent(text), "text.txt").session


def values_of(text: str) -> dict[str, str]:
    return dict(lift(session_of(text)).vars)


def steps_of(scenario: str, **variables: str) -> list[Any]:
    """What the steps are, but for where they stand."""
    [plan] = prepare(read(scenario, "x.yaml"), "x.yaml", variables)
    return [
        (s.kind, s.text, s.terminal, s.until, s.dialogue, s.any_order, [(r.kind, r.value) for r in s.rules])
        for s in plan.steps
    ]


def assert_same(session: Session) -> None:
    lifted = lifted_text(session)
    assert steps_of(lifted) == steps_of(author(session).text)
    assert lifted == lifted_text(session)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_lifted_texts_play_the_same(path: Path) -> None:
    session = read_tutorial(path.read_text(encoding="utf-8"), path.name).session
    assert lift(session).vars["net"] == "192.168.0"
    assert_same(session)


def test_the_seeds_values_have_the_names_that_a_person_would_give() -> None:
    found = lift(read_tutorial(SEED.read_text(encoding="utf-8"), "seed.txt").session).vars
    assert found == {
        "net": "192.168.0", "bridge": "br0", "veth11": "veth11", "veth12": "veth12", "ns1": "ns1", "ns2": "ns2",
        "ns3": "ns3", "veth12_1": "veth12.1", "veth12_2": "veth12.2", "eth0": "eth0", "eth0_11": "eth0.11",
    }  # fmt: skip


def test_another_network_bridge_and_namespace_leave_the_seeds_outcomes_as_they_are() -> None:
    text = lifted_text(read_tutorial(SEED.read_text(encoding="utf-8"), "seed.txt").session)
    plan = plan_of(text, net="10.9.0", bridge="sw1", ns1="left")
    said = repr([(step.text, step.rules) for step in plan.steps])
    assert not [old for old in ("192.168", "br0", "ns1") if old in said]
    found = [
        (rule.value, entry.verdict.word)
        for entry in transcribe(plan, replay(plan, Options(fast=True))).entries
        for rule in entry.step.rules
        if rule.kind == "outcome" and entry.verdict
    ]
    assert [outcome for outcome, _ in found] == OUTCOMES
    # The MAC that its author's br0 had breaks one, as without another network.
    assert [n for n, (_, word) in enumerate(found) if word != "passed"] == [12]


def test_the_command_writes_them(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    assert import_tutorial(SEED, "", first, False, lifts=True) == import_tutorial(SEED, "", second, False, True) == 0
    assert first.read_bytes() == second.read_bytes()
    assert "  - run: ip addr add {{ net }}.1/24 dev {{ bridge }}\n" in first.read_text(encoding="utf-8")


class TestWhatIsLifted:
    def test_networks_by_their_masks(self) -> None:
        text = """
            # ip addr add 10.1.2.3/16 dev eth1
            # ip addr add 10.8.0.1/24 dev eth2
            # ip addr add 172.16.9.1/12 dev eth3
            # ip addr add 192.0.2.7/32 dev lo
            # ping -c 1 10.1.77.1
            # ping -c 1 10.8.0.2
            # ping -c 1 172.17.1.1
            # ping -c 1 192.0.2.7
            """
        assert values_of(text) == {"net": "10.1", "net2": "10.8.0", "net3": "172", "address": "192.0.2.7"}

    def test_what_is_the_same_everywhere_is_no_value(self) -> None:
        text = """
            # ip addr add 127.0.0.2/8 dev lo
            # ip route add default via 10.0.0.1
            # ping -c 1 127.0.0.2
            # ping -c 1 8.8.8.8
            # ping -c 1 8.8.8.8
            # ip addr add fe80::9/64 dev lo
            # ping -c 1 fe80::9
            # ip link set lo address ff:ff:ff:ff:ff:ff
            # ip link set lo address ff:ff:ff:ff:ff:ff
            """
        assert values_of(text) == {}

    def test_addresses_of_ipv6(self) -> None:
        text = """
            # ip addr add 2001:db8:1::1/64 dev v0
            # ip -6 route add 2001:db8:1::/64 dev v0
            # ip addr add fd00::1/64 dev v0
            # ping -c 1 fd00:0:0:0:0:0:0:2
            """
        assert values_of(text) == {"net6": "2001:db8:1"}
        assert "{{ net6 }}::1/64" in lifted_text(session_of(text))

    def test_names_that_the_text_makes(self) -> None:
        text = """
            # ip netns add red
            # ip netns add not
            # ip netns add up
            # ip link add veth-a type veth peer name veth-b netns red
            # ip -n red link add name br-x type bridge
            # brctl addbr br-y
            # ip tuntap add dev tap9 mode tap
            # ip link set veth-b up
            # ip link set veth-a up
            # ip netns exec red ip link set br-x up
            # ip netns exec not ip link set br-y up
            # ip netns exec up ip link set br-y up
            # ip link set tap9 up
            # ip link set eth7 up
            # ip link set eth7 up
            """
        assert values_of(text) == {
            "red": "red", "ns_not": "not", "veth_a": "veth-a", "veth_b": "veth-b", "br_x": "br-x", "br_y": "br-y",
            "tap9": "tap9",
        }  # fmt: skip

    def test_what_a_shell_puts_together_is_left(self) -> None:
        text = """
            # ip netns add ns1
            # ip netns add ns2
            # ip netns add right
            # for n in 1 2; do ip netns exec ns$n ip link set lo up; done
            # for n in 1 2; do ip addr add 10.0.$n.1/24 dev lo; done
            # ip addr add 10.0.1.1/24 dev lo
            # ip addr add 10.7.1.1/24 dev lo
            # ping -c 1 10.0.1.1
            # for n in 1 2; do ping -c 1 10.7.1.$n; done
            # ip netns exec right ip link
            # ip netns exec ns2 ip link
            """
        assert values_of(text) == {"net": "10.7.1", "right": "right"}

    def test_a_mac_that_others_derive_from_is_left(self) -> None:
        text = """
            # ip link add v0 address 02:00:00:00:00:0a type veth peer v1 address 02:00:00:00:00:0b
            # ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:0a dev v1
            # ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:0b dev v0
            # ping -c 1 fe80::ff:fe00:b%v0
            """
        assert values_of(text) == {"mac": "02:00:00:00:00:0a", "v0": "v0", "v1": "v1"}


LIFTED = Lifted({"net": "10.0.0", "ns1": "ns1", "red": "red", "eth0": "eth0", "wide": "172.16", "v_1": "v.1"})


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("ping 10.0.0.1 10.0.0.12 10.0.0.1.5001", "ping {{ net }}.1 {{ net }}.12 {{ net }}.1.5001"),
        ("110.0.0.1 10.0.01 1.10.0.0.1 10.0.0.1234 v10.0.0.1", "110.0.0.1 10.0.01 1.10.0.0.1 10.0.0.1234 v10.0.0.1"),
        ("NET=10.0.0; ping $NET.1 10.0.0.$i", "NET={{ net }}; ping $NET.1 {{ net }}.$i"),
        ("172.16.1.1 172.16.$i.1 172.16 ms 172.16.1", "{{ wide }}.1.1 {{ wide }}.$i.1 172.16 ms 172.16.1"),
        ("ns10 xns1 ns1-a a-ns1 $ns1 ${ns1} ns1=2 ns1()", "ns10 xns1 ns1-a a-ns1 $ns1 ${ns1} ns1=2 ns1()"),
        ("ns1.org x.v.1", "ns1.org x.v.1"),
        ("(ns1) /run/netns/ns1: -在ns1中", "({{ ns1 }}) /run/netns/{{ ns1 }}: -在{{ ns1 }}中"),
        ("eth0@ns1 eth0.100 v.1", "{{ eth0 }}@{{ ns1 }} {{ eth0 }}.100 {{ v_1 }}"),
        ("net.ipv4.conf.eth0.rp_filter", "net.ipv4.conf.{{ eth0 }}.rp_filter"),
        ("echo {{ a }}", "{% raw %}echo {{ a }}{% endraw %}"),
        ("{{ a }} ns1", "{{ '{' }}{ a }} {{ ns1 }}"),
        (
            "{ns1} {{ns1}} {%ns1 red{",
            "{{ '{' }}{{ ns1 }}} {{ '{' }}{{ '{' }}{{ ns1 }}}} {{ '{' }}%{{ ns1 }} {{ red }}{",
        ),
    ],
)
def test_a_value_is_a_whole_token(text: str, template: str) -> None:
    assert LIFTED.text(text) == template


def test_in_a_remark_a_word_is_a_word() -> None:
    assert LIFTED.prose("the red wire of ns1") == "the red wire of {{ ns1 }}"


def test_in_a_pattern_a_value_stays_literal() -> None:
    assert LIFTED.pattern(r"^10\.0\.0\.1 10.0.0.2 \ns1 v\.1$") == (
        r"^{{ net | re_escape }}\.1 {{ net }}.2 \ns1 {{ v_1 | re_escape }}$"
    )


PIECES = st.sampled_from(
    [*"{}%#.:-/\\$'\"=(,@ \n通", "{{", "}}", "{%", "%}", "{# ", "endraw", "10.0.0", "10.0.0.1", "10.0", "ns1", "eth0",
     "a-1", "fd00::1", "fd00", "02:00:00:00:00:0a", "ip netns add ns1", "ip link add eth0 type bridge peer name a-1",
     "ip addr add 10.0.0.1/24", "ip addr add 10.0.0.9/16", "-6 addr add fd00::1/64", "$i",
     " address 02:00:00:00:00:0a "]
)  # fmt: skip
SOME = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=20)
LINES = SOME.map(lambda text: text.replace("\n", " "))
CLAIMS = (
    st.builds(lambda text: Claim("contains", 1, text or "x"), LINES)
    | st.builds(lambda lines: Claim("output", 1, lines=tuple(lines)), st.lists(LINES, max_size=4))
    | st.builds(lambda text: Claim("matches", 1, text), LINES.filter(bool).map(re.escape))
)
COMMANDS = st.builds(
    lambda text, claims: Command(text, 1, claims=tuple(claims)), SOME.filter(str.strip), st.lists(CLAIMS, max_size=2)
)
ITEMS: st.SearchStrategy[Item] = COMMANDS | st.builds(lambda text: Remark(text, 1), SOME.filter(str.strip))


@settings(max_examples=200, deadline=None)
@given(st.lists(SOME, max_size=8))
def test_whatever_text_is_imported_lifted_plays_the_same(lines: list[str]) -> None:
    assert_same(read_tutorial("\n# ".join(lines), "x.txt").session)


@settings(max_examples=300, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=6))
def test_whatever_is_lifted_plays_the_same(items: list[Item]) -> None:
    assert_same(Session(tuple(items)))

"""Whatever a sandbox answers, the rules for causes do not fall over."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from replayer.topology import Link, Topology
from replayer.verification.causes import Question, causes
from replayer.verification.evidence import MAIN, Evidence
from replayer.verification.made import Made


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
ANSWERS = '[{"ifname": 7, "addr_info": [null, {"local": "x"}], "flags": null, "linkinfo": [], "dst": {}, "state": {}}]'


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


def answering(words: str) -> Evidence:
    """A sandbox that answers every question with the same words."""
    return Evidence(lambda _: words)


@given(st.text(), st.text(), st.sampled_from(["ping -c 1 10.2.0.2", "curl http://10.2.0.2:80/", "ip link", "x"]))
def test_whatever_a_sandbox_answers_the_rules_do_not_fall_over(printed: str, answer: str, command: str) -> None:
    for claimed, observed in (("通", "不通"), ("不通", "通"), ("通", ""), ("", "")):
        question = Question(command, MAIN, claimed, observed, printed, 1, "exit", Made())
        for words in (answer, f"[{{{answer}}}]", ANSWERS):
            causes(question, answering(words))

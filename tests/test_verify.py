"""`replay verify`: claims that hold, claims that do not, and what was counted. Played for real."""

import pytest

from tests.verifying import LATE, ROUTED, WIRED, last, text_of, untold, verified


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


def test_a_failure_that_kernels_word_otherwise_is_meant_all_the_same() -> None:
    text = "$ ip addr add 10.0.0.1/24 dev lo\n$ ip addr add 10.0.0.1/24 dev lo\nRTNETLINK answers: File exists\n"
    assert [one.holds for one in verified(text).found] == ["holds"]


def test_an_answer_a_moment_later_holds_where_the_very_command_is_answered() -> None:
    found = last(WIRED, LATE, "PING 通: sudo ping -c 1 -W 1 10.0.0.2")
    assert (found.holds, found.observed, found.late) == ("holds", "不通 at once, 通 a moment later", True)
    assert any(one.startswith("timeout -s INT 2 ping -c 1 -W 1") for one in found.looked)


@pytest.mark.parametrize("behind", ["| tail -2", "&& echo yes", "2>&1", "; true"])
def test_with_something_behind_the_ping_no_answer_comes_later(behind: str) -> None:
    assert last(WIRED, LATE, f"PING 通: ping -c 1 -W 1 10.0.0.2 {behind}").holds == "does not hold"


@pytest.mark.parametrize("behind", ["| grep ttl=12", "| grep -q nothing && echo yes"])
def test_a_pipeline_that_prints_nothing_shows_no_answer(behind: str) -> None:
    found = last(WIRED, f"$ ping -c 1 10.0.0.2 {behind}   # works")
    assert (found.claimed, found.holds, found.observed) == ("通", "does not hold", "nothing was printed")


def test_that_a_pipeline_prints_nothing_does_not_show_that_nobody_answers() -> None:
    down = "$ ip -n b link set v1 down\n$ ping -c 1 -W 1 10.0.0.2 | grep ttl=   # fails"
    assert last(WIRED, down).holds == "could not be tried"


def test_a_capture_that_saw_no_packet_is_told_as_such() -> None:
    found = last(
        WIRED,
        """
        $ ip link set lo up
        $ tcpdump -n -i v0 icmp and host 10.9.9.9
        14:55:05.103776 IP 10.0.0.1 > 10.9.9.9: ICMP echo request, id 1, seq 1, length 64
        ^C
        1 packet captured
        1 packet received by filter
        0 packets dropped by kernel
        """,
    )
    assert found.observed == "no packet was captured"


def test_of_what_is_there_already_the_observed_words_are_not_told_again() -> None:
    found = last("$ ip netns add b", "$ ip netns add b")
    assert "File exists" in found.observed
    assert found.causes == ("line 1 made it before", "it is there already")
    assert untold(found) == []


@pytest.mark.parametrize(
    ("command", "causes"),
    [
        ("ip link set dev lo upp", ("its own words say why",)),
        ("ip netns exec b ping -c 1 10.77.0.1   # works", ("b has no address, and so no route to 10.77.0.1",)),
    ],
)
def test_what_was_observed_is_not_told_again_as_its_cause(command: str, causes: tuple[str, ...]) -> None:
    found = last("$ ip netns add b", f"$ {command}")
    assert (found.holds, found.causes) == ("does not hold", causes)
    assert untold(found) == []

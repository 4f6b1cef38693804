"""What `replay verify` could not try, and why; what that excuses and what not. Played for real."""

import pytest

from tests.verifying import ROUTED, last, text_of, untold, verified

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
    assert [why for one in found.found for why in untold(one)] == []


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


def test_what_was_not_played_is_told() -> None:
    found = verified(text_of("$ docker run -d --name web nginx", ROUTED))
    assert [(one.line, one.holds, one.causes) for one in found.found] == [
        (1, "could not be tried", ("docker needs containers",))
    ]

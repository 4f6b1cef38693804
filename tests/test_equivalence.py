"""C4: equal up to renaming. The relation's laws, and that a real change shows only itself."""

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replayer.equivalence import Reconciled, equivalent, reconcile
from tests.growth import assert_linear

REPO = Path(__file__).parent.parent

# Lines with slots: {m} a MAC, {h} its digits without colons, {i} an interface number, {t} a clock time, {r} a round
# trip, {port}, {neighbour}, {down} and {address}: states of the moment.
SHAPES = [
    "# ip netns exec ns1 ip link | grep ether",
    "    link/ether {m} brd ff:ff:ff:ff:ff:ff link-netns ns3",
    "{m} dev veth11 master br0",
    "{i}: eth0: <UP> mtu 1500",
    "{t} IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 7, seq 1, length 64",
    "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time={r} ms",
    "33:33:00:00:00:01 dev br0 self permanent",
    "br0 8000.{h} no",
    "{i}: v0@v1: <UP> mtu 1500 master br0 state {port} priority 32 cost 2 ",
    "10.0.0.2 dev eth0 lladdr {m} {neighbour}",
    "{i}: eth0: <NO-CARRIER,UP> mtu 1500 state {down} mode DEFAULT",
    "    inet6 fe80::1/64 scope link{address} ",
    "the state learning is tentative",
    "通",
    "fixed text",
]
SLOTS = st.integers(0, 4)
LINES = st.lists(st.tuples(st.sampled_from(SHAPES), SLOTS), min_size=1, max_size=25)
MACS = st.lists(
    st.integers(0, 2**40 - 1).map(lambda n: "02:" + ":".join(f"{n:010x}"[k : k + 2] for k in range(0, 10, 2))),
    min_size=5, max_size=5, unique_by=lambda mac: mac[9:],
)  # fmt: skip
INDEXES = st.lists(st.integers(2, 99), min_size=5, max_size=5, unique=True)
TIMES = st.lists(
    st.integers(0, 86399).map(lambda s: f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}.000001"), min_size=25
)
TRIPS = st.floats(0, 99).map(lambda ms: f"{ms:.3f}")
VALUES = st.tuples(MACS, INDEXES, st.lists(st.integers(0, 86399), min_size=25, max_size=25), TRIPS)
STATES = {
    "port": ["disabled", "listening", "learning", "forwarding", "blocking"],
    "neighbour": ["INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED"],
    "down": ["LOWERLAYERDOWN", "DOWN"],
    "address": ["", " tentative", " optimistic tentative"],
}
Lines = list[tuple[str, int]]
Values = tuple[list[str], list[int], list[int], str]


def written(lines: Lines, values: Values) -> str:
    macs, indexes, seconds, trip = values
    shown = []
    for number, (shape, slot) in enumerate(lines):
        second = seconds[number % len(seconds)]
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{second:06}"
        states = {name: words[second % len(words)] for name, words in STATES.items()}
        mac = macs[slot]
        shown.append(shape.format(m=mac, h=mac.replace(":", ""), i=indexes[slot], t=clock, r=trip, **states))
    return "\n".join(shown) + "\n"


@given(LINES, VALUES)
def test_reflexive(lines: Lines, values: Values) -> None:
    assert equivalent(written(lines, values), written(lines, values)) is None


@given(LINES, VALUES, VALUES)
def test_any_consistent_renaming_is_equivalent_and_written_as_the_golden(
    lines: Lines, one: Values, other: Values
) -> None:
    golden, actual = written(lines, one), written(lines, other)
    found = reconcile(golden, actual)
    assert found.first is None
    assert found.text == golden
    assert equivalent(actual, golden) is None


@given(LINES, LINES, VALUES, VALUES)
def test_symmetric(lines: Lines, others: Lines, one: Values, other: Values) -> None:
    a, b = written(lines, one), written(others, other)
    assert (equivalent(a, b) is None) == (equivalent(b, a) is None)


@given(LINES, VALUES, VALUES, VALUES)
def test_transitive(lines: Lines, one: Values, two: Values, three: Values) -> None:
    a, b, c = (written(lines, values) for values in (one, two, three))
    assert equivalent(a, b) is None and equivalent(b, c) is None and equivalent(a, c) is None


@given(LINES, VALUES, VALUES, SLOTS, SLOTS)
def test_merging_or_splitting_identities_is_never_equivalent(
    lines: Lines, one: Values, other: Values, a: int, b: int
) -> None:
    assume(a != b)
    lines = [*lines, (SHAPES[1], a), (SHAPES[2], b)]
    merged = [(shape, a if slot == b and "{m}" in shape else slot) for shape, slot in lines]
    assert equivalent(written(lines, one), written(merged, other)) is not None
    assert equivalent(written(merged, one), written(lines, other)) is not None


@given(LINES, VALUES, VALUES, st.integers(0, 24), st.sampled_from(["fixed texts", "# other", "不通", ""]))
def test_a_change_of_fixed_text_is_never_equivalent_and_shows_only_itself(
    lines: Lines, one: Values, other: Values, place: int, new: str
) -> None:
    place %= len(lines)
    golden, actual = written(lines, one), written(lines, other).split("\n")
    actual[place] = new
    found = reconcile(golden, "\n".join(actual))
    assert found.first is not None
    diff = list(difflib.ndiff(golden.splitlines(), found.text.splitlines()))
    assert sum(line.startswith("+ ") for line in diff) <= 1 + sum(s == lines[place][0] for s, _ in lines)
    if "{" not in lines[place][0] and lines[place][0] not in [s for n, (s, _) in enumerate(lines) if n != place]:
        assert [line for line in diff if line.startswith("+ ")] == [f"+ {new}"]
        assert [line for line in diff if line.startswith("- ")] == [f"- {lines[place][0]}"]


@given(
    LINES, VALUES, VALUES, st.sampled_from(sorted(STATES)), st.sampled_from(["UP", "PERMANENT", "root", " dadfailed"])
)
def test_a_word_outside_its_set_of_states_is_never_equivalent(
    lines: Lines, one: Values, other: Values, state: str, word: str
) -> None:
    shape = next(shape for shape in SHAPES if f"{{{state}}}" in shape)
    changed = shape.replace(f"{{{state}}}", word)
    golden, actual = written([*lines, (shape, 0)], one), written([*lines, (changed, 0)], other)
    assert equivalent(golden, actual) is not None and equivalent(actual, golden) is not None


GOLDEN = """\
# ip netns exec ns3 ip link | grep ether
    link/ether 7e:fc:bf:1f:ce:58 brd ff:ff:ff:ff:ff:ff link-netnsid 0
# ip netns exec ns1 ip link | grep ether
    link/ether 7e:fc:bf:1f:ce:58 brd ff:ff:ff:ff:ff:ff link-netns ns3
# ip netns exec ns2 ip link | grep ether
    link/ether 62:92:4b:81:85:fe brd ff:ff:ff:ff:ff:ff link-netns ns3
# ping -c 1 192.168.0.1
通
"""


def test_the_deep_kind_of_difference_is_named() -> None:
    now = GOLDEN.replace("7e:fc:bf:1f:ce:58", "0a:00:00:00:00:01").replace("62:92:4b:81:85:fe", "0a:00:00:00:00:02")
    assert reconcile(GOLDEN, now).text == GOLDEN
    later = " brd ff:ff:ff:ff:ff:ff link-netns ns3"
    split = now.replace("0a:00:00:00:00:01" + later, "0a:00:00:00:00:03" + later)
    found = reconcile(GOLDEN, split)
    assert found.first == (
        "line 4: the MAC 7e:fc:bf:1f:ce:58 was the one of line 2 (ip netns exec ns3 ip link | grep ether) "
        "in the golden; now it is another (0a:00:00:00:00:03)"
    )
    assert [d.line for d in found.differences] == [4]
    merged = now.replace("0a:00:00:00:00:02", "0a:00:00:00:00:01")
    assert "now they are the same" in (equivalent(GOLDEN, merged) or "")


def test_a_real_change_shows_only_itself() -> None:
    now = GOLDEN.replace("7e:fc:bf:1f:ce:58", "0a:00:00:00:00:01").replace("62:92:4b:81:85:fe", "0a:00:00:00:00:02")
    assert reconcile(GOLDEN, now.replace("通", "不通")).text == GOLDEN.replace("通", "不通")
    longer = now.replace("# ping", "# ip netns exec ns2 ip neigh\nx lladdr 0a:00:00:00:00:02 STALE\n# ping")
    assert reconcile(GOLDEN, longer).text == GOLDEN.replace(
        "# ping", "# ip netns exec ns2 ip neigh\nx lladdr 62:92:4b:81:85:fe STALE\n# ping"
    )
    fewer = "".join(now.splitlines(keepends=True)[:4] + now.splitlines(keepends=True)[6:])
    found = reconcile(GOLDEN, fewer)
    assert found.text == "".join(GOLDEN.splitlines(keepends=True)[:4] + GOLDEN.splitlines(keepends=True)[6:])
    assert found.first == "line 5 of the golden is gone: # ip netns exec ns2 ip link | grep ether"


def test_the_next_run_agrees_with_what_was_written() -> None:
    """What a change brought is written so that it stays apart from what the golden knew."""
    golden = "# ip link\n4: a: <UP>\n5: b: <UP>\n"
    first = "# ip link\n5: a: <UP>\n6: b: <UP>\n# ip link\n4: c: <UP>\n"
    written_first = reconcile(golden, first).text
    assert written_first.startswith(golden)
    second = first.replace("5:", "25:").replace("6:", "26:").replace("4:", "24:")
    assert reconcile(written_first, second).first is None


def test_interface_numbers_are_counted_by_namespace() -> None:
    golden = "# ip link\n2: a: <UP>\n# ip netns exec n1 ip link\n2: b: <UP>\n"
    other = "# ip link\n2: a: <UP>\n# ip netns exec n1 ip link\n3: b: <UP>\n"
    assert equivalent(golden, other) is None


def test_lines_without_an_order() -> None:
    golden = "# bridge fdb\n62:92:4b:81:85:fe dev a\n7e:fc:bf:1f:ce:58 dev b\n33:33:00:00:00:01 dev c\n"
    now = "# bridge fdb\n33:33:00:00:00:01 dev c\n0a:00:00:00:00:02 dev b\n0a:00:00:00:00:01 dev a\n"
    assert reconcile(golden, now).first is not None
    assert reconcile(golden, now, unordered={1, 2, 3}).text == golden


FDB = """\
# bridge fdb
62:92:4b:81:85:fe dev a
7e:fc:bf:1f:ce:58 dev a
33:33:ff:81:85:fe dev b
33:33:ff:1f:ce:58 dev b
the bridge has learnt
# ip neigh
10.0.0.1 lladdr 62:92:4b:81:85:fe
# ip route
default via 10.0.0.1
"""
NEW_FDB = """\
# bridge fdb
33:33:ff:00:00:02 dev b
0a:00:00:00:00:02 dev a
33:33:ff:00:00:01 dev b
0a:00:00:00:00:01 dev a
the bridge has learnt
# ip neigh
10.0.0.1 lladdr 0a:00:00:00:00:01
# ip route
default via 10.0.0.1
"""
NEW_LINES = frozenset(range(1, 5))


def test_identities_that_first_appear_in_lines_without_an_order() -> None:
    """Only a later line, or a group, says which of two is which."""
    assert reconcile(FDB, NEW_FDB, unordered=NEW_LINES) == Reconciled(FDB, ())
    unsettled = FDB.partition("# ip neigh")[0]
    assert reconcile(unsettled, NEW_FDB.partition("# ip neigh")[0], unordered=NEW_LINES).text == unsettled


def test_a_change_among_lines_without_an_order_shows_only_itself() -> None:
    def differs(now: str, lines: frozenset[int] = NEW_LINES) -> list[str]:
        found = reconcile(FDB, now, unordered=lines)
        assert found.differences
        diff = difflib.ndiff(FDB.splitlines(), found.text.splitlines())
        return [line for line in diff if line.startswith(("+", "-"))]

    gone = NEW_FDB.replace("0a:00:00:00:00:02 dev a\n", "")
    assert differs(gone, frozenset(range(1, 4))) == ["- 7e:fc:bf:1f:ce:58 dev a"]
    more = NEW_FDB.replace("the bridge", "0a:00:00:00:00:02 dev c\nthe bridge")
    assert differs(more, frozenset(range(1, 6))) == ["+ 7e:fc:bf:1f:ce:58 dev c"]
    assert differs(NEW_FDB.replace("has learnt", "forgot")) == ["- the bridge has learnt", "+ the bridge forgot"]
    other = NEW_FDB.replace("00:01 dev a", "00:03 dev a")
    assert differs(other) == ["- 62:92:4b:81:85:fe dev a", "+ 0a:00:00:00:00:03 dev a"]
    command = NEW_FDB.replace("# ip neigh", "# ip link\nnone\n# ip neigh")
    assert differs(command) == ["+ # ip link", "+ none"]
    fewer = NEW_FDB.replace("# ip neigh\n10.0.0.1 lladdr 0a:00:00:00:00:01\n", "")
    assert differs(fewer) == ["- # ip neigh", "- 10.0.0.1 lladdr 62:92:4b:81:85:fe"]


GIVEN = """\
# ip link set eth0 address 02:00:00:11:22:33
# ip link show eth0
    link/ether 02:00:00:11:22:33 brd ff:ff:ff:ff:ff:ff
    inet6 fe80::ff:fe11:2233/64 scope link
# bridge fdb
33:33:ff:11:22:33 dev eth0 self permanent
# brctl show
br0 8000.020000112233 no
"""


def test_an_address_that_a_command_gives_is_fixed_and_so_is_what_derives_from_it() -> None:
    fixed = {("MAC", "02:00:00:11:22:33"), ("mac tail", "11:22:33")}
    other = re.sub("11:22:33|11:2233|112233", lambda found: found[0].replace("33", "44"), GIVEN)
    assert equivalent(GIVEN, other) is None
    assert reconcile(GIVEN, GIVEN.replace("link/ether", "link/ether ", 1), fixed=fixed).first is not None
    ours, theirs = GIVEN.splitlines(), other.splitlines()
    for number in (2, 3, 5, 7):
        now = [*ours[:number], theirs[number], *ours[number + 1 :]]
        for a, b in ((ours, now), (now, ours)):
            found = reconcile("\n".join(a), "\n".join(b), fixed=fixed)
            assert found.text == "\n".join(b) and found.differences


# Blocks of lines that bear one or two of eight MACs each, in any order; some lines with an order between them.
LOOSE = st.lists(
    st.tuples(
        st.sampled_from(["{0} dev a", "{0} > {1}", "{0} is {1}", "permanent"]), st.integers(0, 7), st.integers(0, 7)
    ),
    max_size=12,
)
KEPT = st.lists(st.integers(0, 7), max_size=3)
EIGHT = st.permutations(range(1, 60)).map(lambda numbers: [f"02:00:00:00:00:{n:02x}" for n in numbers[:8]])
Blocks = list[tuple[list[tuple[str, int, int]], list[int]]]


def laid_out(blocks: Blocks, macs: list[str]) -> tuple[str, set[int]]:
    """A text, and the numbers of its lines without an order."""
    lines: list[str] = []
    loose: set[int] = set()
    for unordered, ordered in blocks:
        lines.append("# bridge fdb")
        for shape, a, b in unordered:
            loose.add(len(lines))
            lines.append(shape.format(macs[a], macs[b]))
        lines += ["# ip neigh", *(f"lladdr {macs[slot]}" for slot in ordered)]
    return "\n".join(lines) + "\n", loose


@given(st.lists(st.tuples(LOOSE, KEPT), min_size=1, max_size=4), EIGHT, EIGHT, st.randoms(use_true_random=False))
def test_any_order_and_any_renaming_is_equivalent(
    blocks: Blocks, one: list[str], other: list[str], luck: Random
) -> None:
    golden, _ = laid_out(blocks, one)
    mixed = [(luck.sample(unordered, len(unordered)), ordered) for unordered, ordered in blocks]
    now, loose = laid_out(mixed, other)
    assert reconcile(golden, now, unordered=loose) == Reconciled(golden, ())


@given(
    st.lists(st.tuples(LOOSE, KEPT), min_size=1, max_size=3), EIGHT, EIGHT, st.randoms(use_true_random=False), st.data()
)
def test_merging_or_splitting_in_any_order_is_never_equivalent(
    blocks: Blocks, one: list[str], other: list[str], luck: Random, data: st.DataObject
) -> None:
    a, b = data.draw(st.permutations(range(8)))[:2]
    blocks = [*blocks, ([("{0} > {1}", a, b)], [a, b])]
    merged = [*other]
    merged[a] = merged[b]
    mixed = [(luck.sample(unordered, len(unordered)), ordered) for unordered, ordered in blocks]
    now, loose = laid_out(mixed, merged)
    assert reconcile(laid_out(blocks, one)[0], now, unordered=loose).first is not None
    whole, loose = laid_out(mixed, one)
    assert reconcile(laid_out(blocks, merged)[0], whole, unordered=loose).first is not None


def mac(salt: int, number: int) -> str:
    return f"02:{salt:02x}:00:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


@pytest.mark.parametrize(
    ("what", "ends"),
    [
        ("a ring", lambda n: (n, (n + 1) % 3000)),
        ("a chain", lambda n: (n, n + 1)),
        ("pairs", lambda n: (2 * n, 2 * n + 1)),
        ("a star", lambda n: (0, n + 1)),
        ("a tree", lambda n: (n // 2, n + 1)),
    ],
)
def test_what_only_the_structure_tells_apart(what: str, ends: Callable[[int], tuple[int, int]]) -> None:
    count = 3000

    def text(salt: int, luck: Random) -> str:
        lines = ["{} > {}".format(*(mac(salt, end) for end in ends(n))) for n in range(count)]
        luck.shuffle(lines)
        return "\n".join(["# links", *lines, "# done", ""])

    golden = text(1, Random(1))
    assert reconcile(golden, text(2, Random(2)), unordered=range(1, count + 1)) == Reconciled(golden, ())


def test_two_tables_of_ten_thousand_in_any_order() -> None:
    def text(salt: int, luck: Random) -> str:
        numbers = range(10_000)
        lines = [[f"{mac(salt, n)} dev {way}{n % 3}" for n in luck.sample(numbers, len(numbers))] for way in "ab"]
        return "\n".join(["# a", *lines[0], "# b", *lines[1], ""])

    golden = text(1, Random(1))
    assert reconcile(golden, text(2, Random(2)), unordered={*range(1, 10_001), *range(10_002, 20_002)}).text == golden


@pytest.mark.parametrize("path", sorted((REPO / "transcripts").glob("*.txt")), ids=lambda p: p.stem)
def test_the_goldens_are_equivalent_to_themselves_renamed(path: Path) -> None:
    golden = path.read_text(encoding="utf-8")
    macs = sorted({word for word in golden.split() if word.count(":") == 5 and not word.startswith(("ff", "33", "01"))})
    now = golden
    for number, mac in enumerate(macs):
        now = now.replace(mac, f"0a:11:22:33:44:{number:02x}")
    assert macs == [] or now != golden
    assert reconcile(golden, now).text == golden


@settings(max_examples=20)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_reconciled(golden: str, actual: str) -> None:
    found = reconcile(golden, actual)
    assert (found.text == golden) >= (not found.differences)


def test_tens_of_thousands_of_lines_take_linear_time() -> None:
    def text(salt: int, lines: int) -> str:
        macs = [f"02:{salt:02x}:00:00:{n // 256:02x}:{n % 256:02x}" for n in range(1000)]
        return "".join(
            f"# ip link show dev{n}\n{n % 997}: dev{n}: <UP> mtu 1500\n    link/ether {macs[n % 1000]} brd x\n"
            for n in range(lines // 3)
        )

    def compare(both: tuple[str, str]) -> None:
        golden, actual = both
        assert reconcile(golden, actual).text == golden

    assert_linear(10_000, lambda lines: (text(1, lines), text(2, lines)), compare)

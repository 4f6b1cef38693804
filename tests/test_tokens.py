"""Identities, measures, and blocks compared up to renaming (contract C4)."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replayer.scenario import TokenRule
from replayer.tokens import CLASSES, Difference, Match, Renaming, match_block, scan
from tests.growth import assert_linear

A, B, C = "62:92:4b:81:85:fe", "76:ed:9e:2e:5f:a4", "7e:fc:bf:1f:ce:58"
X, Y, Z = "aa:bb:cc:00:00:01", "aa:bb:cc:00:00:02", "aa:bb:cc:00:00:03"


def tokens(text: str) -> list[tuple[str, str]]:
    return [(token.name, token.value) for token in scan(text)]


def compare_block(expected: str, observed: str, renaming: Renaming, *own: Any, **how: Any) -> Difference | None:
    found = match_block(expected, observed, renaming, *own, **how)
    return found if isinstance(found, Difference) else None


def alike(expected: str, observed: str, renaming: Renaming | None = None, strict: bool = False) -> bool:
    return compare_block(expected, observed, renaming or Renaming(), strict=strict) is None


SCANNED = [
    (f"link/ether {A} brd ff:ff:ff:ff:ff:ff link-netns ns3", [("MAC", A)]),
    ("link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00", []),
    ("01:00:5e:00:00:01 33:33:00:00:00:01 01:80:c2:00:00:00", []),
    ("33:33:ff:81:85:fe dev eth0 self permanent", [("MAC", "33:33:ff:81:85:fe")]),
    ("br0 8000.62924b8185fe no", [("bridge id", "62924b8185fe")]),
    ("bridge_id 8000.62:92:4b:81:85:fe", [("bridge id", A)]),
    ("designated_root 8000.de:ce:f0:2:a5:90 root_port 0", [("bridge id", "de:ce:f0:2:a5:90")]),
    ("br0 8000.000000000000 no", []),
    (
        "inet6 fe80::6092:4bff:fe81:85fe/64 scope link",
        [("IPv6 address", "fe80::6092:4bff:fe81:85fe"), ("state of an address", "")],
    ),
    (
        "inet6 fe80::8a3c:1212:3434:85fe/64 scope link",
        [("IPv6 address", "fe80::8a3c:1212:3434:85fe"), ("state of an address", "")],
    ),
    ("inet6 fe80::1/64 fd00:1::254/64 ::1/128 2001:db8::7", []),
    ("ff02::1:ff81:85fe > ff02::2", [("IPv6 address", "ff02::1:ff81:85fe")]),
    ("19: eth0@if20: <NO-CARRIER,UP> mtu 1500", [("interface index", "19"), ("peer index", "20")]),
    ("2: eth0    inet 10.0.0.1/24 scope global eth0", [("interface index", "2")]),
    ("3: the third point", []),
    (" 1:  10.0.1.254   0.055ms", [("duration", "0.055")]),
    ("link-netnsid 0", [("namespace id", "0")]),
    ("ns1 (id: 1)", [("namespace id", "1")]),
    ("net:[4026532177]", [("namespace inode", "4026532177")]),
    ("[1] 12345", [("job's process id", "12345")]),
    ('users:(("nc",pid=123,fd=3))', [("process id", "123")]),
    ("veth1a2b3c4 veth11 veth0 veth12345678", [("kernel-given name", "veth1a2b3c4")]),
    (
        "05:21:06.824252 IP 192.168.0.11 > 192.168.0.12: ICMP echo request, id 33858, seq 717, length 64",
        [("clock", "05:21:06.824252"), ("ICMP id", "33858"), ("ICMP sequence number", "717")],
    ),
    (
        "05:21:06.8 IP 10.0.0.1.43210 > 10.0.0.2.80: Flags [S], seq 123, win 64240, options [TS val 1 ecr 0], length 0",
        [("clock", "05:21:06.8"), ("port", "43210"), ("TCP number", "123"), ("TCP number", "1"), ("TCP number", "0")],
    ),
    ("64 bytes from 10.0.1.254: icmp_seq=1 ttl=64 time=0.331 ms", [("round trip", "0.331")]),
    ("1 packets transmitted, 1 received, 0% packet loss, time 1003ms", [("round trip", "1003")]),
    ("rtt min/avg/max/mdev = 0.331/0.331/0.331/0.000 ms", [("round trips", "0.331/0.331/0.331/0.000")]),
    ("round-trip min/avg/max = 0.066/0.067/0.068 ms", [("round trips", "0.066/0.067/0.068")]),
    ("valid_lft 86390sec preferred_lft forever", [("lifetime", "86390")]),
    ("2 packets captured", []),
    ("2 packets received by filter", [("received by filter", "2")]),
    (
        "    656   8   0   0   0   0 ",
        [("counters", "    656   8   0   0   0   0 ")],
    ),
    ("10.0.0.2 dev eth0 lladdr 62:92:4b:81:85:fe STALE", [("MAC", A), ("neighbour's state", "STALE")]),
    ("        RX packets 8  bytes 656 (656.0 B)", [("counter", "8  bytes 656 (656.0 B)")]),
    ("10.0.0.2 dev eth0 FAILED", [("neighbour's state", "FAILED")]),
    ("TEST FAILED", []),
    ("qdisc noqueue state LOWERLAYERDOWN mode DEFAULT", [("state of a link that is down", "LOWERLAYERDOWN")]),
    ("qdisc noqueue state UP mode DEFAULT", []),
    ("delay 100ms rate 1Mbit burst 32Kb lat 50ms", []),
    ("192.168.0.1 10.0.0.1/24 mtu 1500 qlen 1000 seq=1", []),
    ("tcp      6 431999 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=43210 dport=80", [("conntrack seconds", "431999")]),
    ("tcp dport 80 accept # handle 5", [("nft handle", "5")]),
    (
        "4: v0@v1: <BROADCAST,UP> mtu 1500 master br0 state listening priority 32 cost 2 ",
        [("interface index", "4"), ("state of a bridge's port", "listening")],
    ),
    ("    bridge_slave state forwarding priority 32 cost 2 hairpin off", [("state of a bridge's port", "forwarding")]),
    (" port id\t\t8001\t\t\tstate\t\t     blocking", [("state of a bridge's port", "blocking")]),
    ("the port's state learning is over, state disabled", []),
    ("inet6 fe80::1/64 scope link tentative ", [("state of an address", " tentative")]),
    ("inet6 fe80::1/64 scope link ", [("state of an address", "")]),
    ("inet6 fd00::1/64 scope global deprecated tentative dynamic", [("state of an address", " tentative")]),
    ("inet6 fd00::1/64 scope global nodad optimistic tentative", [("state of an address", " optimistic tentative")]),
    ("inet6 fe80::1/64 scope link dadfailed tentative", [("state of an address", "")]),
    ("inet 10.0.0.1/24 scope global tentative", []),
    ("a tentative scope link tentative", []),
    ("v1@v0            DOWN           ", [("state of a link that is down, in a column", "DOWN           ")]),
    (
        "br0              LOWERLAYERDOWN 10.0.0.1/24 ",
        [("state of a link that is down, in a column", "LOWERLAYERDOWN ")],
    ),
    (
        f"eth0             DOWN           {A} <NO-CARRIER,UP,M-DOWN> ",
        [("state of a link that is down, in a column", "DOWN           "), ("MAC", A)],
    ),
    ("the server is DOWN", []),
    ("server DOWN for now", []),
    (
        "10.0.0.9 dev br0 lladdr 02:00:00:00:00:09 ref 1 used 0/60/0probes 0 STALE",
        [
            ("MAC", "02:00:00:00:00:09"),
            ("neighbour's use", "ref 1 used 0/60/0probes 0"),
            ("neighbour's state", "STALE"),
        ],
    ),
    ("Date: Sun, 22 Nov 2026 14:10:00 GMT", [("date", "Sun, 22 Nov"), ("clock", "14:10:00")]),
]


@pytest.mark.parametrize(("text", "found"), SCANNED, ids=[case[0][:40] for case in SCANNED])
def test_scan(text: str, found: list[tuple[str, str]]) -> None:
    assert tokens(text) == found


def test_spans_and_lines() -> None:
    text = f"10.0.0.2 dev a lladdr {A} STALE\nTEST FAILED\n10.0.0.3 dev a FAILED\n"
    for token in scan(text):
        assert text[token.start : token.end] == token.value
    assert [token.value for token in scan(text)] == [A, "STALE", "FAILED"]


def test_every_class_has_one_group_and_its_own_name() -> None:
    assert len({token_class.name for token_class in CLASSES}) == len(CLASSES)
    assert all(token_class.identify for token_class in CLASSES if token_class.kind == "identity")


OWN = {
    "session": TokenRule(matches=r"session (\w+)", kind="identity"),
    "load": TokenRule(matches=r"\d+\.\d+%", kind="measure"),
    "again": TokenRule(matches=r"(['\"])x\1", kind="measure"),
    "nothing": TokenRule(matches=r"\b", kind="measure"),
}


def test_a_scenario_s_own_tokens() -> None:
    found = [(t.name, t.value, t.kind) for t in scan(f"session {A} load 12.5% 'x'", OWN)]
    # `\w+` ends at the colon, and the scenario's rule goes before the MAC that begins at the same place.
    assert found == [("session", "62", "identity"), ("load", "12.5%", "measure"), ("again", "'", "measure")]
    assert compare_block("session a 1.0%\nsession a", "session b 2.0%\nsession b", Renaming(), OWN) is None
    difference = compare_block("session a\nsession a", "session b\nsession c", Renaming(), OWN)
    assert difference is not None and "session" in difference.why


# Renaming


def test_the_same_thing_bears_the_same_value_everywhere() -> None:
    renaming = Renaming()
    assert alike(f"link/ether {A}", f"link/ether {X}", renaming)
    assert alike(f"{A} dev veth11 master br0", f"{X} dev veth11 master br0", renaming)
    split = compare_block(f"{A} dev veth11", f"{Y} dev veth11", renaming)
    assert split is not None and A in split.why and X in split.why and Y in split.why
    merged = compare_block(f"{B} dev veth11", f"{X} dev veth11", renaming)
    assert merged is not None and A in merged.why and B in merged.why
    assert alike(f"{B} dev veth11", f"{Y} dev veth11", renaming)


DERIVED = [
    ("inet6 fe80::6092:4bff:fe81:85fe/64", "inet6 fe80::a8bb:ccff:fe00:1/64", "inet6 fe80::a8bb:ccff:fe00:2/64"),
    ("inet6 fd00::6092:4bff:fe81:85fe/64", "inet6 fd00::a8bb:ccff:fe00:1/64", "inet6 fd00::a8bb:ccff:fe00:2/64"),
    ("33:33:ff:81:85:fe dev a", "33:33:ff:00:00:01 dev a", "33:33:ff:00:00:02 dev a"),
    ("ff02::1:ff81:85fe", "ff02::1:ff00:1", "ff02::1:ff00:2"),
    ("br0 8000.62924b8185fe", "br0 8000.aabbcc000001", "br0 8000.aabbcc000002"),
    ("bridge_id 8000.62:92:4b:81:85:fe", "bridge_id 8000.aa:bb:cc:00:00:01", "bridge_id 8000.aa:bb:cc:00:00:02"),
    ("[62:92:4B:81:85:FE]", "[AA:BB:CC:00:00:01]", "[AA:BB:CC:00:00:02]"),
]


@pytest.mark.parametrize(("golden", "follows", "strays"), DERIVED)
def test_what_derives_from_a_mac_follows_it(golden: str, follows: str, strays: str) -> None:
    assert alike(f"link/ether {A}\n{golden}", f"link/ether {X}\n{follows}")
    assert not alike(f"link/ether {A}\n{golden}", f"link/ether {X}\n{strays}")
    assert alike(f"{golden}\nlink/ether {A}", f"{follows}\nlink/ether {X}")
    assert not alike(f"{golden}\nlink/ether {A}", f"{strays}\nlink/ether {X}")


def test_another_form_is_another_text() -> None:
    assert not alike("fe80::6092:4bff:fe81:85fe", "fd00::a8bb:ccff:fe00:1")
    assert not alike(A, X.upper())
    assert not alike(f"link/ether {A}", "link/ether ff:ff:ff:ff:ff:ff")
    assert not alike("lladdr 33:33:00:00:00:01", f"lladdr {X}")


def test_two_macs_with_one_tail() -> None:
    renaming = Renaming()
    assert alike("02:00:00:01:01:01\n06:00:00:01:01:01", f"{X}\n{Y}", renaming)
    assert alike("33:33:ff:01:01:01", "33:33:ff:00:00:02", renaming)
    assert not alike("33:33:ff:01:01:01", "33:33:ff:00:00:01", renaming)


def test_a_pinned_value_stands_for_itself() -> None:
    renaming = Renaming()
    renaming.pin(X)
    assert alike(f"link/ether {X}", f"link/ether {X}", renaming)
    difference = compare_block(f"link/ether {X}", f"link/ether {Y}", renaming)
    assert difference is not None and "itself" in difference.why
    # The tutorial's own text still calls the same thing by its author's value.
    assert alike(f"link/ether {A}", f"link/ether {X}", renaming)
    assert alike("inet6 fe80::a8bb:ccff:fe00:1/64", "inet6 fe80::a8bb:ccff:fe00:1/64", renaming)
    assert not alike("inet6 fe80::a8bb:ccff:fe00:1/64", "inet6 fe80::a8bb:ccff:fe00:2/64", renaming)
    assert not alike("33:33:ff:00:00:01", "33:33:ff:00:00:02", renaming)
    assert alike("33:33:ff:00:00:01 ff02::1:ff00:1", "33:33:ff:00:00:01 ff02::1:ff00:1", renaming)
    assert not alike("br0 8000.aabbcc000001", "br0 8000.aabbcc000002", renaming)
    renaming.pin("no identity at all")
    # What was another's value before stays a name for it: addresses may be swapped.
    renaming.pin(A)
    assert alike(f"link/ether {A}", f"link/ether {X}", renaming)


def test_a_difference_leaves_the_renaming_as_it_was() -> None:
    renaming = Renaming()
    assert not alike(f"{A} x\n{B} y", f"{X} x\n{Y} z", renaming)
    assert renaming.mark() == 0
    assert alike(f"{A} x", f"{Y} x", renaming)


def test_a_copy_goes_its_own_way() -> None:
    renaming = Renaming()
    assert alike(A, X, renaming)
    other = renaming.copy()
    assert alike(B, Y, other) and alike(f"33:33:ff:{B[9:]}", f"33:33:ff:{Y[9:]}", other)
    other.rollback(1)
    assert alike(B, Z, other) and alike(B, Y, renaming)
    assert renaming.actual_of("MAC", B) == Y and renaming.golden_of("MAC", Y) == B and other.actual_of("MAC", B) == Z


# Documented blocks


def matched(expected: str, observed: str, renaming: Renaming | None = None) -> list[str | None]:
    found = match_block(expected, observed, renaming or Renaming())
    assert isinstance(found, Match), found
    return list(found.lines)


OMITTED = [
    ("a\nb", "a\nb", ["a", "b"]),
    ("...\nb", "a\nb", [None, "b"]),
    ("...\nb", "b", [None, "b"]),
    ("a\n...", "a\nb\nc", ["a", None]),
    ("a\n…\nc", "a\nb\nb\nc", ["a", None, "c"]),
    ("a\n(...)\nc", "a\nb\nc\nc", ["a", None, "c"]),
    ("...\na\nb\n...", "a\nx\na\nb\ny", [None, "a", "b", None]),
    ("...\n...", "x", [None, None]),
    ("...", "", [None]),
    ("  a\n\n", "\n\na  ", ["a  "]),
    ("", "\n\n", []),
    ("a b", "a   b", ["a   b"]),
]


@pytest.mark.parametrize(("expected", "observed", "lines"), OMITTED)
def test_omitted_lines(expected: str, observed: str, lines: list[str | None]) -> None:
    assert matched(expected, observed) == lines


def test_the_matched_lines_print_as_a_block() -> None:
    found = match_block("...\nb\n...", "a\n  b\nc", Renaming())
    assert isinstance(found, Match) and found.text == "...\n  b\n..."


DIFFERING = [
    ("a\nb", "a\nc", 2, "b", "c", "'b' is documented, 'c' was seen"),
    ("a", "a\nb", 2, "", "b", "goes on"),
    ("", "a", 1, "", "a", "goes on"),
    ("a\nb", "a", 2, "b", None, "ends before"),
    ("a", "", 1, "a", None, "ends before"),
    ("\n\na\nb", "a\nc", 4, "b", "c", "documented"),
    ("...\nzebra\n...", "lion\nzebras\n", 2, "zebra", "zebras", "'zebra' is documented, 'zebras' was seen"),
    ("a\n...\nc", "a\nb", 3, "c", "b", "'c' is documented"),
    ("...\na\nb\n...", "x\na\nc", 3, "b", "c", "'b' is documented"),
    ("...\nb\n...\na", "a\nb", 4, "a", None, "ends before"),
    ("a\n...\na", "a", 3, "a", None, "ends before"),
    ("one two three", "one two", 1, "one two three", "one two", "'three' is missing"),
    ("one two", "one two three", 1, "one two", "one two three", "'three' is new"),
    (
        f"link/ether {A} up",
        f"link/ether {X} down",
        1,
        f"link/ether {A} up",
        f"link/ether {X} down",
        "'up' is documented",
    ),
]


@pytest.mark.parametrize(("expected", "observed", "line", "text", "near", "why"), DIFFERING)
def test_the_first_difference(expected: str, observed: str, line: int, text: str, near: str | None, why: str) -> None:
    found = match_block(expected, observed, Renaming())
    assert isinstance(found, Difference)
    assert (found.line, found.expected, found.observed) == (line, text, near)
    assert why in found.why and f"line {line}" in str(found)


FDB = f"""33:33:00:00:00:01 dev eth0 self permanent
{Z} dev veth11 vlan 1 master br0 permanent
{X} dev veth11 master br0
{Y} dev veth11 master br0
33:33:ff:00:00:01 dev br0 self permanent
"""
SEED_FDB = f"...\n{A} dev dev veth11 master br0\n{C} dev dev veth11 master br0\n..."


def test_the_seed_s_forwarding_table() -> None:
    lines = matched(SEED_FDB, FDB)
    assert lines == [None, f"{X} dev veth11 master br0", f"{Y} dev veth11 master br0", None]
    known = Renaming()
    assert alike(f"link/ether {A}", f"link/ether {X}", known) and alike(SEED_FDB, FDB, known)
    swapped = Renaming()
    assert alike(f"link/ether {A}", f"link/ether {Y}", swapped)
    difference = compare_block(SEED_FDB, FDB, swapped)
    assert difference is not None and difference.line == 2


def test_omitted_lines_and_identities_are_found_together() -> None:
    # The leftmost candidate for the first line would leave none for the last.
    lines = matched(f"...\n{A} port 1\n...\n{A} port 2", f"{X} port 1\n{Y} port 1\n{Z} port 1\n{Y} port 2")
    assert lines == [None, f"{Y} port 1", None, f"{Y} port 2"]


def test_a_later_line_takes_an_earlier_one_further_down() -> None:
    expected = f"...\n{A} a\n...\n{B} b\n...\n{A} c"
    assert matched(expected, f"{X} a\n{Y} a\n{Z} b\n{Y} c") == [None, f"{Y} a", None, f"{Z} b", None, f"{Y} c"]


def test_the_search_for_omitted_lines_is_bounded() -> None:
    def block(count: int) -> str:
        return "".join(f"...\n02:00:00:00:00:{n:02x} x\n" for n in range(count)) + "...\n02:00:00:00:00:00 y\n"

    observed = "".join(f"06:00:00:00:{n:02x}:00 x\n" for n in range(60)) + "06:00:00:00:ff:ff y\n"
    for count in (12, 48):
        difference = compare_block(block(count), observed, renaming := Renaming())
        assert difference is not None and "too many ways" in difference.why and renaming.mark() == 0


UNORDERED = [
    ("a\nb", "b\na", ["a", "b"]),
    ("...\na\nb", "b\nx\na", [None, "a", "b"]),
    (f"{A} x\n{A} y\n...", f"{X} x\n{Y} x\n{Y} y", [f"{Y} x", f"{Y} y", None]),
    ("a\na", "a\na", ["a", "a"]),
    ("...", "a", [None]),
]


@pytest.mark.parametrize(("expected", "observed", "lines"), UNORDERED)
def test_lines_in_any_order(expected: str, observed: str, lines: list[str | None]) -> None:
    found = match_block(expected, observed, Renaming(), any_order=True)
    assert isinstance(found, Match) and list(found.lines) == lines


def test_lines_in_any_order_are_found_by_what_later_lines_say() -> None:
    # Line by line, each of the first forty could be any of forty.
    ours, theirs = ([f"02:{salt}:00:00:00:{n:02x}" for n in range(40)] for salt in ("01", "02"))
    expected = [f"{mac} x" for mac in ours] + [f"{mac} is {n}" for n, mac in enumerate(ours)]
    observed = [f"{mac} is {n}" for n, mac in enumerate(theirs)] + [f"{mac} x" for mac in reversed(theirs)]
    known = Renaming()
    assert compare_block("\n".join(expected), "\n".join(observed), known, any_order=True) is None
    assert known.actual_of("MAC", ours[7]) == theirs[7]
    block = "...\n" + "\n".join(expected[::2])
    assert compare_block(block, "\n".join([*observed, "more"]), Renaming(), any_order=True) is None


def test_any_order_is_not_any_number() -> None:
    for expected, observed, line, why in (
        ("a\nb", "b\na\nc", 3, "goes on"),
        ("a\na", "a", 2, "ends before"),
        ("b\na", "a\nc", 1, "documented"),
        (f"{A} x\n{A} y", f"{X} x\n{Y} y", 2, "stood for"),
    ):
        renaming = Renaming()
        difference = compare_block(expected, observed, renaming, any_order=True)
        assert difference is not None and difference.line == line and why in difference.why
        assert renaming.mark() == 0
    difference = compare_block("a\n" * 40, "a\n" * 39, Renaming(), any_order=True)
    assert difference is not None and "ends before" in difference.why


VERSIONS = [
    (
        "19: eth0@if20: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state LOWERLAYERDOWN qlen 1000",
        "2: eth0@if3: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN qlen 1000",
    ),
    (
        f"link/ether {A} brd ff:ff:ff:ff:ff:ff link-netns ns3",
        f"    link/ether {X} brd ff:ff:ff:ff:ff:ff link-netnsid 0",
    ),
    (
        f"link/ether {A} brd ff:ff:ff:ff:ff:ff link-netnsid 0",
        f"    link/ether {X} brd ff:ff:ff:ff:ff:ff link-netns ns1",
    ),
    (
        "tcpdump: verbose output suppressed, use -v or -vv for full protocol decode",
        "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode",
    ),
    (
        "listening on veth11, link-type EN10MB (Ethernet), capture size 262144 bytes",
        "listening on veth11, link-type EN10MB (Ethernet), snapshot length 262144 bytes",
    ),
    (f"10.0.0.2 dev eth0 lladdr {A} REACHABLE", f"10.0.0.2 dev eth0 lladdr {X} DELAY"),
    ("inet6 fe80::1/64 scope link", "    inet6 fe80::1/64 scope link tentative "),
    ("v0 master br0 state forwarding priority 32 cost 2", "v0 master br0 state learning priority 32 cost 2 "),
    ("v1@if4 DOWN", "v1@if7           LOWERLAYERDOWN "),
    (
        "listening on br0, link-type EN10MB (Ethernet), capture size 65535 bytes",
        "listening on br0, link-type EN10MB (Ethernet), snapshot length 262144 bytes",
    ),
    (
        "4: v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000",
        "3: v1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default",
    ),
    ("5: a@b: <BROADCAST,MULTICAST> mtu 1500", "3: a@b: <BROADCAST,MULTICAST,M-DOWN> mtu 1500"),
    (
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 16436 qdisc noqueue state UNKNOWN",
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000",
    ),
    ("ns1 (id: 0)", "ns1"),
    ("10.0.2.0 dev v0 src 10.0.1.1", "10.0.2.0 dev v0 src 10.0.1.1 uid 0"),
    (
        "10.0.0.0/24 dev v0  proto kernel  scope link  src 10.0.0.1",
        "10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 linkdown",
    ),
    ("inet 127.0.0.1/8 scope host lo", "inet 127.0.0.1/8 scope host proto kernel_lo lo"),
    ("10.0.0.0   *   255.255.255.0   U   0   0   0 v0", "10.0.0.0  0.0.0.0  255.255.255.0  U  0  0  0 v0"),
    ("link/ether 52:54:00:xx:xx:xx brd ff:ff:ff:ff:ff:ff", f"link/ether {X} brd ff:ff:ff:ff:ff:ff"),
    (
        "2: v0@if3: <BROADCAST,...> mtu 1500 ... state UP",
        "2: v0@if9: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noop state UP",
    ),
    (f"link/ether {A} ...", f"link/ether {X} brd ff:ff:ff:ff:ff:ff"),
    ("-r--r--r-- 1 root root 0 Feb 11 16:29 Blue", "-r--r--r-- 1 nobody nogroup 0 Nov  2  2026 Blue"),
    ("总用量 0", "total 0"),
    ("counter packets 12 bytes 1008 drop", "counter packets 3 bytes 252 drop"),
    (
        "   12  1008 ACCEPT     all  --  *      *       0.0.0.0/0            0.0.0.0/0",
        "    0     0 ACCEPT     0    --  *      *       0.0.0.0/0            0.0.0.0/0",
    ),
    (
        "Listening on [0.0.0.0] (family 0, port 80)\n"
        "Connection from [10.0.0.1] port 80 [tcp/*] accepted (family 2, sport 41234)",
        "Listening on 0.0.0.0 80\nConnection received on 10.0.0.1 51512",
    ),
    (
        f"link/ether {A}\ninet 10.0.0.1/24 scope global v0\nvalid_lft forever preferred_lft forever",
        f"link/ether {X}\ninet 10.0.0.1/24 scope global v0\nvalid_lft forever preferred_lft forever\n"
        "inet6 fe80::a8bb:ccff:fe00:1/64 scope link\nvalid_lft forever preferred_lft forever",
    ),
    (
        "v0        Link encap:Ethernet  HWaddr 62:92:4B:81:85:FE\n"
        "          inet addr:10.0.0.1  Bcast:10.0.0.255  Mask:255.255.255.0\n"
        "          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n"
        "          RX packets:8 errors:0 dropped:0 overruns:0 frame:0",
        "v0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n"
        "        inet 10.0.0.1  netmask 255.255.255.0  broadcast 10.0.0.255\n"
        f"        ether {X}  txqueuelen 1000  (Ethernet)\n"
        "        RX packets 1  bytes 90 (90.0 B)",
    ),
]


@pytest.mark.parametrize(("documented", "today"), VERSIONS)
def test_what_newer_tools_print_differently(documented: str, today: str) -> None:
    assert alike(documented, today)


def test_what_is_no_such_difference() -> None:
    assert not alike("link-netns ns3", "link-netns ns4")
    assert not alike("2: v0@if3: <UP> mtu 1500 qdisc noop", "2: v0@if3: <UP> mtu 1500 qdisc noqueue")
    assert not alike("2: v0@if3: <UP> mtu 1500 qdisc tbf", "2: v0@if3: <UP> mtu 1500 qdisc noqueue")
    assert not alike("2: v0@v1: <UP> mtu 1500 qlen 1", "2: v0@v2: <UP> mtu 1500 qlen 1000")
    assert not alike("2: v0@if3: <UP> mtu 1500", "2: v0@if3: <UP> mtu 1400")
    assert not alike("2: v0@if3: <UP,...> mtu 1500", "2: v0@if3: <DOWN,A> mtu 1500")
    assert not alike("a ... b", "a and b")
    assert not alike("state UP", "state DOWN")
    assert not alike("state forwarding", "state learning")
    assert not alike("inet6 fe80::1/64 scope link dadfailed tentative", "inet6 fe80::1/64 scope link tentative")
    assert not alike("a tentative answer", "a answer")
    assert not alike(f"link/ether {A} link-netns ns3", f"link/ether {X} link-netnsid 0 up")


PORT = "v1@{}: <UP> mtu 1500 master {} state forwarding priority 32 cost 2"


def test_what_bridge_and_tc_number_by_themselves() -> None:
    """A port's peer, which bridge seeks among the devices of the wrong namespace, and the kernel's own handles."""
    assert alike("5: " + PORT.format("eth0", "br0"), "7: " + PORT.format("if6", "br0"))
    assert alike("5: " + PORT.format("(null)", "br0").replace("@", " state UP @"), "7: " + PORT.format("if6", "br0"))
    assert not alike("5: " + PORT.format("eth0", "br0"), "7: " + PORT.format("if6", "br1"))
    assert not alike("5: v1@eth0: <UP> mtu 1500", "7: v1@if6: <UP> mtu 1500")
    tbf = "qdisc tbf {0}: root refcnt {1} rate 1Mbit lat 70{2}ms\nqdisc pfifo {3}: parent {4}:1"
    assert alike(tbf.format(8003, 13, ".0", 8004, 8003), tbf.format(8001, 2, "", 8002, 8001))
    assert not alike(tbf.format(8003, 13, ".0", 8004, 8003), tbf.format(8001, 2, "", 8002, 8002))
    assert not alike("qdisc htb 1: root", "qdisc htb 2: root")


def test_known_differences_that_were_met_are_named() -> None:
    found = match_block("2: v0: <UP> mtu 1500 qdisc mq qlen 1", "2: v0@if3: <UP> mtu 1500 qdisc noqueue", Renaming())
    assert isinstance(found, Match)
    assert found.known == ("the default queueing discipline", "the length of a queue", "the name of a peer")
    same = match_block(f"link/ether {A} qlen 1000", f"link/ether {X} qlen 1000", Renaming())
    assert isinstance(same, Match) and same.known == ()


def test_the_kernels_numbers_are_of_a_block() -> None:
    renaming = Renaming()
    assert alike("3: v0@if3: <UP>\n4: v1@if3: <UP>", "2: v0@if7: <UP>\n5: v1@if7: <UP>", renaming)
    assert alike("3: v1@if4: <UP>", "9: v1@if2: <UP>", renaming)
    assert not alike("3: v0: <UP>\n3: v1: <UP>", "2: v0: <UP>\n5: v1: <UP>", renaming)


def test_the_words_that_differ_are_found_by_their_place() -> None:
    difference = compare_block("7: v0@if6: <UP> mtu 1500", "3: v1@if2: <UP> mtu 1500", Renaming())
    assert difference is not None and "'v0@if6:' is documented, 'v1@if2:' was seen" in difference.why


def test_identities_around_a_gap_are_bound() -> None:
    renaming = Renaming()
    assert alike(f"{A} ... link-netnsid 3\nthe same: {A}", f"{X} brd up link-netnsid 0\nthe same: {X}", renaming)
    assert not alike(f"{A} dev v0 ... {B}\n{B}", f"{X} dev v0 and {Y}\n{Z}")


def test_strict_takes_no_liberties() -> None:
    assert alike(f"  {A} time=0.1 ms\n", f"  {X} time=23 ms\n", strict=True)
    assert not alike("a", "a ", strict=True)
    assert not alike("a", " a", strict=True)
    assert not alike("a\n\n", "a\n", strict=True)
    assert not alike("...", "a", strict=True)
    assert not alike("dev dev x", "dev x", strict=True)
    assert not alike("link-netns ns3", "link-netnsid 0", strict=True)


# Properties: texts are made of lines that hold the identities numbered 0 to 5.

FORMS = [
    "link/ether {mac} brd ff:ff:ff:ff:ff:ff",
    "{mac} dev veth11 master br0",
    "inet6 {lla}/64 scope link",
    "br0 8000.{bridge}",
    "fdb {mac} {mac2} time={ms} ms",
    "echo, plain words",
    "05:21:06.{ms} IP a > b: ICMP echo request, id {number}, seq {ms}, length 64",
]
SKETCHES = st.lists(st.tuples(st.sampled_from(FORMS), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12)
NUMBERS = st.permutations(range(1, 200)).map(lambda numbers: numbers[:6])


def draw(sketch: list[tuple[str, int, int]], numbers: list[int], ms: int) -> str:
    """The sketch with these values for its six identities."""
    return "\n".join(
        form.format(
            mac=f"02:11:22:33:{numbers[a]:02x}:44",
            mac2=f"02:11:22:33:{numbers[b]:02x}:44",
            lla=f"fe80::11:22ff:fe33:{numbers[a]:x}44",
            bridge=f"02112233{numbers[a]:02x}44",
            number=numbers[a],
            ms=ms + a,
        )
        for form, a, b in sketch
    )


@given(SKETCHES, NUMBERS)
def test_every_text_is_equivalent_to_itself(sketch: list[tuple[str, int, int]], numbers: list[int]) -> None:
    text = draw(sketch, numbers, 1)
    assert alike(text, text) and alike(text, text, strict=True)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), max_size=300))
def test_any_text_is_equivalent_to_itself(text: str) -> None:
    assert alike(text, text, strict=True)


@given(SKETCHES, NUMBERS, NUMBERS)
def test_a_consistent_renaming_is_equivalent(
    sketch: list[tuple[str, int, int]], ours: list[int], theirs: list[int]
) -> None:
    assert alike(draw(sketch, ours, 1), draw(sketch, theirs, 500), strict=True)
    assert alike("...\n" + draw(sketch, ours, 1), "else\n" + draw(sketch, theirs, 500))


@given(SKETCHES, NUMBERS, NUMBERS, st.integers(0, 5), st.integers(0, 5))
def test_merging_or_splitting_identities_is_not(
    sketch: list[tuple[str, int, int]], ours: list[int], theirs: list[int], one: int, other: int
) -> None:
    assume(one != other)
    two = [("{mac} is", one, one), ("{mac} is", other, other)]
    merged = [*theirs]
    merged[one] = merged[other]
    assert not alike(draw(sketch + two, ours, 1), draw(sketch + two, merged, 1), strict=True)
    assert not alike(draw(sketch + two, merged, 1), draw(sketch + two, ours, 1), strict=True)


@given(SKETCHES, NUMBERS, NUMBERS, st.data())
def test_a_change_of_fixed_text_is_not(
    sketch: list[tuple[str, int, int]], ours: list[int], theirs: list[int], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sketch) - 1))
    changed = [*sketch]
    changed[at] = (changed[at][0] + " changed", *changed[at][1:])
    golden, actual = draw(sketch, ours, 1), draw(changed, theirs, 1)
    for strict in (True, False):
        difference = compare_block(golden, actual, Renaming(), strict=strict)
        assert difference is not None and difference.line == at + 1
    assert not alike(golden, draw(sketch[:at] + sketch[at + 1 :], theirs, 1), strict=True)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(["a", "b", "...", f"{A} x", f"{B} x"]), max_size=7),
    st.lists(st.sampled_from(["a", "b", f"{X} x", f"{Y} x"]), max_size=7),
)
def test_omission_agrees_with_trying_everything(expected: list[str], observed: list[str]) -> None:
    def possible(ours: list[str], theirs: list[str], known: dict[str, str]) -> bool:
        if not ours:
            return not theirs
        if ours[0] == "...":
            return any(possible(ours[1:], theirs[n:], known) for n in range(len(theirs) + 1))
        if not theirs or (len(ours[0]) > 1) != (len(theirs[0]) > 1):
            return False
        if len(ours[0]) == 1:
            return ours[0] == theirs[0] and possible(ours[1:], theirs[1:], known)
        if known.get(ours[0], theirs[0]) != theirs[0] or (ours[0] not in known and theirs[0] in known.values()):
            return False
        return possible(ours[1:], theirs[1:], known | {ours[0]: theirs[0]})

    assert alike("\n".join(expected), "\n".join(observed)) == possible(expected, observed, {})


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_raises(expected: str, observed: str) -> None:
    match_block(expected, observed, Renaming())
    Renaming().pin(expected)


def test_tens_of_thousands_of_lines_take_linear_time() -> None:
    def texts(count: int) -> tuple[list[str], str]:
        golden = [
            f"{n}. 02:00:{n >> 16:02x}:{n >> 8 & 255:02x}:{n & 255:02x}:01 dev veth{n % 7} time={n / 1000} ms"
            for n in range(count)
        ]
        return golden, "\n".join(line.replace(" 02:", " 06:") for line in golden)

    def compare(both: tuple[list[str], str]) -> None:
        golden, observed = both
        assert alike("\n".join(golden), observed, strict=True)
        assert alike("...\n" + "\n".join(golden[-20:]), "\n".join(golden))

    assert_linear(10_000, texts, compare)


@pytest.mark.parametrize(
    "piece",
    [
        "aa:",
        "1",
        "1 ",
        "f:",
        "0/",
        "1.",
        ": <",
        "Sun, ",
        "= 1/",
        "RX packets 1 (",
        "veth",
        "\n1 1 1",
        "a ",
        "a_",
        "tcp 1 ",
    ],
)
def test_a_long_line_takes_linear_time(piece: str) -> None:
    assert_linear(200_000, lambda size: piece * (size // len(piece)), lambda text: list(scan(text)))

"""Outcomes are read honestly (contract C1). tests/data/outcomes holds what the programs really printed, each
recorded in a throwaway network: first line the command, second its exit status, then its output."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.outcomes import (
    Reading,
    read_outcome,
    same_word,
    shows,
    tcpdump_cut_short,
)
from replayer.outcomes.commands import invocations
from replayer.scenario import OutcomeRule
from replayer.screen import plain
from tests.growth import assert_linear

RECORDED = Path(__file__).parent / "data" / "outcomes"

REACHED = [
    "ping-ok",
    "ping-late",
    "ping-ten",
    "ping-quiet",
    "ping-flood",
    "ping-sigint",
    "ping-tail",
    "ping6-ok",
    "bb-ping-ok",
    "fping-ok",
    "fping-count",
    "arping-ok",
    "arping-dad-taken",
    "bb-arping-ok",
    "habets-arping-ok",
    "nc-openbsd-ok",
    "nc-traditional-ok",
    "nc-traditional-range",
    "ncat-ok",
    "ncat-v",
    "curl-body",
    "curl-noise",
    "curl-head",
    "curl-verbose",
    "curl-include",
    "curl-code",
    "curl-fail",
    "wget-ok",
    "bb-wget-ok",
    "traceroute-ok",
    "traceroute-icmp",
    "traceroute-gateway",
    "traceroute6-ok",
    "bb-traceroute-ok",
    "tracepath-ok",
    "mtr-ok",
]
NOT_REACHED = [
    "ping-none",
    "ping-quiet-none",
    "ping-ttl",
    "ping-remote-unreach",
    "ping-router-unreachable",
    "ping-prohibited",
    "ping6-none",
    "bb-ping-none",
    "fping-none",
    "fping-count-none",
    "arping-none",
    "arping-dad",
    "bb-arping-none",
    "habets-arping-none",
    "nc-openbsd-refused",
    "nc-openbsd-timeout",
    "nc-openbsd-nohost",
    "ncat-refused",
    "ncat-timeout",
    "ncat-nohost",
    "ncat-udp-refused",
    "nc-traditional-refused",
    "nc-traditional-timeout",
    "nc-traditional-nohost",
    "curl-refused",
    "curl-timeout",
    "curl-connect-timeout",
    "curl-stalled",
    "curl-nohost",
    "curl-verbose-refused",
    "wget-refused",
    "bb-wget-refused",
    "traceroute-none",
    "traceroute-nohost",
    "traceroute-far",
    "traceroute-drop",
    "traceroute-prohibited",
    "bb-traceroute-none",
    "tracepath-none",
    "mtr-none",
]
# A part of the reason that must be given.
COULD_NOT_TELL = {
    "ping-noroute": "Network is unreachable",
    "ping-net-unreach": "Network is unreachable",
    "ping-noname": "name resolution",
    "ping-badaddr": "name resolution",
    "ping-nodev": "No such device",
    "ping-broadcast-refused": "broadcast",
    "ping-killed": "without its statistics",
    "ping-two": "both",
    "ping-two-one-fails": "name resolution",
    "ping6-noroute": "Network is unreachable",
    "bb-ping-noname": "bad address",
    "bb-ping-noroute": "Network is unreachable",
    "fping-two": "both",
    "fping-noname": "name resolution",
    "arping-nodev": "not available",
    "arping-announce": "announce",
    "habets-arping-nodev": "No such device",
    "nc-openbsd-noroute": "Network is unreachable",
    "nc-openbsd-noname": "name resolution",
    "nc-openbsd-quiet": "printed nothing",
    "nc-openbsd-udp": "UDP",
    "nc-openbsd-udp-none": "UDP",
    "nc-openbsd-range": "both",
    "nc-traditional-noroute": "Network is unreachable",
    "nc-traditional-noname": "lookup failed",
    "nc-traditional-quiet": "printed nothing",
    "nc-traditional-udp": "UDP",
    "nc-traditional-udp-none": "UDP",
    "ncat-noroute": "Network is unreachable",
    "ncat-noname": "name resolution",
    "ncat-udp": "UDP",
    "curl-noname": "Could not resolve",
    "curl-badurl": "bad range",
    "curl-code-none": "exit 28",
    "wget-noname": "name resolution",
    "traceroute-noroute": "Network is unreachable",
    "traceroute-noname": "name resolution",
    "traceroute-short": "last hop that it may try",
    "tracepath-noname": "name resolution",
    "mtr-noname": "resolve",
}
# curl says the same of a missing route and of a refusal; without -v it cannot be told.
AMBIGUOUS = {"curl-noroute"}


def recorded(name: str, own: dict[str, OutcomeRule] | None = None) -> Reading:
    command, status, text = (RECORDED / f"{name}.txt").read_bytes().decode().split("\n", 2)
    return read_outcome(command.removeprefix("$ "), plain(text), int(status.removeprefix("exit ")), own or {})


@pytest.mark.parametrize("name", REACHED)
def test_recorded_reached(name: str) -> None:
    assert recorded(name).word == "通"


@pytest.mark.parametrize("name", NOT_REACHED)
def test_recorded_not_reached(name: str) -> None:
    assert recorded(name).word == "不通"


@pytest.mark.parametrize(("name", "reason"), COULD_NOT_TELL.items())
def test_recorded_could_not_tell(name: str, reason: str) -> None:
    reading = recorded(name)
    assert reading.word is None
    assert reason in reading.why
    assert not shows(reading, "通") and not shows(reading, "不通")


def test_every_recording_is_judged() -> None:
    names = [*REACHED, *NOT_REACHED, *COULD_NOT_TELL, *AMBIGUOUS]
    assert sorted(names) == sorted(path.stem for path in RECORDED.glob("*.txt"))


STATISTICS = "{} packets transmitted, {} received, 0% packet loss, time 0ms\n"
BLOCK = "PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n\n--- 10.0.0.1 ping statistics ---\n" + STATISTICS

TRICKY = [
    ("ten received is not nought", BLOCK.format(10, 10), 0, "通"),
    ("nought of ten", BLOCK.format(10, 0), 1, "不通"),
    ("fewer than asked: exit 1", BLOCK.format(2, 2), 1, "通"),
    ("exit 0 stands in for nothing", "", 0, None),
    ("exit 1 stands in for nothing", "", 1, None),
    ("exit 2 with statistics: they were measured", BLOCK.format(3, 1), 2, "通"),
    ("replies without statistics", "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.1 ms\n", 0, None),
    ("errors", "1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n", 1, "不通"),
    ("duplicates", "1 packets transmitted, 1 received, +2 duplicates, 0% packet loss, time 0ms\n", 0, "通"),
    ("^C", "^C\n--- 10.0.0.1 ping statistics ---\n" + STATISTICS.format(3, 3), 0, "通"),
    ("a talkative script", "checking…\n" + BLOCK.format(1, 1) + "done\n", 0, "通"),
    ("a sentence about statistics", "it said: 1 packets transmitted, 1 received, 0% packet loss\n", 0, None),
    ("cut short in the middle of the line", "PING x\n1 packets transmitted, 1 received", None, None),
    ("cut short after the comma", "1 packets transmitted, 0 received, 10", None, None),
    ("nothing was sent", "0 packets transmitted, 0 received\n", 1, None),
    ("two that agree", BLOCK.format(1, 1) * 2, 0, "通"),
    ("two that do not", BLOCK.format(1, 1) + BLOCK.format(1, 0), 1, None),
    ("the second one was killed", BLOCK.format(1, 1) + "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n", None, None),
    ("no such command", "bash: ping: command not found\n", 127, None),
    (
        "a route that went away amid the run",
        "PING x\nping: sendmsg: Network is unreachable\n" + STATISTICS.format(2, 0),
        1,
        "不通",
    ),
]


@pytest.mark.parametrize(("text", "exit", "word"), [case[1:] for case in TRICKY], ids=[case[0] for case in TRICKY])
def test_tricky_texts(text: str, exit: int | None, word: str | None) -> None:
    reading = read_outcome("ping -c 1 10.0.0.1", text, exit, {})
    assert reading.word == word
    assert reading.why


@given(sent=st.integers(1, 10**6), received=st.integers(0, 10**6), exit=st.sampled_from([None, 0, 1, 2, 127]))
def test_statistics_decide_and_nothing_else(sent: int, received: int, exit: int | None) -> None:
    word = read_outcome("ping x", BLOCK.format(sent, received), exit, {}).word
    assert word == ("通" if received else "不通")


@given(command=st.text(), text=st.text(), exit=st.none() | st.integers(0, 255))
def test_never_raises(command: str, text: str, exit: int | None) -> None:
    for program in ("", "ping ", "curl ", "nc -v ", "traceroute "):
        assert read_outcome(program + command, text, exit, {}).why


@pytest.mark.parametrize("program", ["ping", "arping", "fping", "nc", "curl", "wget", "traceroute", "tracepath", "mtr"])
def test_a_long_output_takes_linear_time(program: str) -> None:
    def read(text: str) -> Reading:
        return read_outcome(f"{program} x; {program} y", text, 0, {})

    lines = (
        "64 bytes from 10.0.1.254\n",
        "PING x\n",
        "x [y] 1 (z) \n",
        "1 packets transmitted, 1 received, 1% packet loss\n",
    )
    for piece in (*lines, "1"):
        assert_linear(1_000_000 // len(piece), piece.__mul__, read)
    assert_linear(5000, lambda size: lines[3] * size + lines[1] * size, read)


PROGRAMS = [
    ("ping -c 1 x", ["ping"]),
    ("ip netns exec ns1 ping x", ["ping"]),
    ("ip -6 netns exec ns1 ping x", ["ping"]),
    ("ip net e ns1 ping x", ["ping"]),
    ("ip -all netns exec ping x", ["ping"]),
    ("ip vrf exec blue ping x", ["ping"]),
    ("ip link show", ["ip"]),
    ("sudo -u bob -- ip netns exec ns1 timeout -s INT 5 /bin/ping x", ["ping"]),
    ("sudo A=1 ping x", ["ping"]),
    ("env -i X=1 Y=2 ping x", ["ping"]),
    ("X=1 ping x", ["ping"]),
    ("nsenter -t 12 -n -- ping x", ["ping"]),
    ("nsenter --net=/run/netns/a ping x", ["ping"]),
    ("unshare -n ping x", ["ping"]),
    ("stdbuf -oL ping x | tee log", ["ping", "tee"]),
    ("time -p ping x", ["ping"]),
    ("cd /tmp && ping x", ["cd", "ping"]),
    ("ping x | tail -2", ["ping", "tail"]),
    ("(ip link; ping x) > log 2>&1", ["ip", "ping"]),
    (">log ping x", ["ping"]),
    ("! ping x", ["ping"]),
    ("if ping x; then echo yes; fi", ["ping", "echo"]),
    ("for i in 1 2; do ping $i; done", ["for", "ping"]),
    ("ping a\nping b", ["ping", "ping"]),
    ("ping \\\n  -c 1 x", ["ping"]),
    ("echo 'ping x; ping y'", ["echo"]),
    ('bash -c "ping x"', ["ping"]),
    ("sh -ec 'cd /; ping x'", ["cd", "ping"]),
    ("busybox ping x", ["ping"]),
    ("ping x # don't stop", ["ping"]),
    ("# ping x", []),
    ("x=$(ping y)", ["ping"]),
    ("i=$((i + 1))", []),
    ("ping -c $(( (n + 1) * 2 )) x", ["ping"]),
    ("cat <<EOF | nft -f -\ntable ip a {\n}\nEOF\nping x", ["cat", "nft", "ping"]),
    ("cat <<'A' <<-\"B\"\nip\nA\nnc\nB\n", ["cat"]),
    ("cat <<< ping", ["cat"]),
    ("", []),
    ("sudo", ["sudo"]),
    ("timeout 5", ["timeout"]),
]


@pytest.mark.parametrize(("command", "programs"), PROGRAMS)
def test_programs_of_a_command_line(command: str, programs: list[str]) -> None:
    assert [call.program for call in invocations(command)] == programs


def test_a_function_that_wraps_ping_is_read() -> None:
    assert read_outcome("check ns1 10.0.0.1", BLOCK.format(1, 1), 0, {}).word == "通"
    assert read_outcome("./check.sh", BLOCK.format(1, 0), 0, {}).word == "不通"


def test_what_is_only_said_is_no_measurement() -> None:
    assert read_outcome("echo '1 packets transmitted, …'", BLOCK.format(1, 1), 0, {}).word is None


def test_two_programs_must_agree() -> None:
    refused = "curl: (7) Failed to connect to x port 80 after 0 ms: Couldn't connect to server\n"
    both = read_outcome("ping -c1 x; curl x", BLOCK.format(1, 1) + refused, 7, {})
    assert both.word is None and "both" in both.why
    assert read_outcome("ping -c1 x; curl x", BLOCK.format(1, 0) + refused, 7, {}).word == "不通"
    silent = read_outcome("ping -c1 x; nc -z x 80", BLOCK.format(1, 1), 0, {})
    assert silent.word is None and "nc" in silent.why


CURL = [
    ("curl -w '%{http_code}' -so /dev/null x", "200", 0, "通"),
    ("curl -w 'code=%{http_code} in %{time_total}\\n' -so /dev/null x", "code=503 in 0.1\n", 0, "通"),
    ("curl -sw '%{http_code}\\n' x", "hello\n204\n", 0, "通"),
    ("curl -w '%{http_code}' -so /dev/null x", "000", 7, None),
    ("curl -s x", "hello\n", 1, None),
    ("curl -s x | head -1", "hello\n", 0, None),
    ("curl --version", "curl 7.88.1\n", 0, None),
    ("curl file:///etc/hosts", "127.0.0.1 localhost\n", 0, None),
    ("curl x", "bash: curl: command not found\n", 127, None),
    ("curl x", "curl: (28) Resolving timed out after 1000 milliseconds\n", 28, None),
    ("curl x", "curl: (28) Operation timed out after 9 milliseconds with 10 out of 20 bytes received\n", 28, None),
    ("curl x", "curl: (52) Empty reply from server\n", 52, None),
    ("curl x", "curl: (56) Recv failure: Connection reset by peer\n", 56, None),
    ("curl -v x", "* Immediate connect fail for x: Network is unreachable\ncurl: (7) Failed to connect\n", 7, None),
]


@pytest.mark.parametrize(("command", "text", "exit", "word"), CURL)
def test_curl(command: str, text: str, exit: int, word: str | None) -> None:
    assert read_outcome(command, text, exit, {}).word == word


def test_netcat_tries_each_address_of_a_host() -> None:
    text = (
        "nc: connect to localhost (::1) port 80 (tcp) failed: Connection refused\n"
        "Connection to localhost (127.0.0.1) 80 port [tcp/http] succeeded!\n"
    )
    assert read_outcome("nc -zv localhost 80", text, 0, {}).word == "通"


def test_own_words() -> None:
    own = {
        "无路由": OutcomeRule(matches="Network is unreachable$"),
        "不通": OutcomeRule(matches="No route to host", command="ssh"),
    }
    reading = recorded("ping-noroute", own)
    assert (reading.word, reading.also) == (None, ("无路由",))
    assert shows(reading, "无路由") and not shows(reading, "不通")
    assert recorded("ping-ok", own).also == ()
    text = "ssh: connect to host x port 22: No route to host\n"
    assert shows(read_outcome("ssh x", text, 255, own), "unreachable")
    unread = read_outcome("telnet x", text, 255, own)
    assert (unread.word, unread.also) == (None, ())


def test_own_words_stand_beside_the_built_in_one() -> None:
    reading = recorded("ping-ok", {"快": OutcomeRule(matches=r"time=0\.")})
    assert shows(reading, "快") and shows(reading, "通") and shows(reading, "reachable")
    assert not shows(reading, "不通")


def test_aliases() -> None:
    assert same_word("reachable", "通") and same_word("unreachable", "不通")
    assert not same_word("reachable", "不通") and not same_word("通", "不通")


def test_a_capture_that_was_cut_short() -> None:
    text = "^C{} packets captured\n{} packets received by filter\n0 packets dropped by kernel\n"
    warning = tcpdump_cut_short("listening on eth0\n" + text.format(0, 2))
    assert warning is not None and "0 packets captured" in warning and "2 received" in warning
    assert tcpdump_cut_short(text.format(2, 2)) is None
    assert tcpdump_cut_short("1 packet captured\n2 packets received by filter\n")
    assert tcpdump_cut_short("nothing of the kind") is None


COUNTED = "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n"
WHOLE = f"PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.\n\n--- 127.0.0.1 ping statistics ---\n{COUNTED}"


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("cat saved", WHOLE),
        ("tail -2 saved", WHOLE),
        ("ping -c1 nosuch.invalid; cat saved", "ping: nosuch.invalid: Name or service not known\n" + WHOLE),
        ("ping -c1 h >/dev/null 2>&1; tail -2 saved", COUNTED),
        (f"ping -c1 h || echo '{COUNTED.strip()}'", COUNTED),
        (f"true && echo '{COUNTED.strip()}'", COUNTED),
        ("ping -c1 127.0.0.1 | sed 's/1 received/0 received/'", WHOLE.replace("1 received", "0 received")),
        ("for h in a nosuch; do ping -c1 $h; done", WHOLE + "ping: nosuch: Name or service not known\n"),
        ("ping -c 3 a & ping -c1 nosuch; wait", "ping: nosuch: Name or service not known\n" + WHOLE),
    ],
)
def test_words_that_nobody_measured_are_no_outcome(command: str, text: str) -> None:
    assert read_outcome(command, text, 0, {}).word is None


@pytest.mark.parametrize(
    "command",
    ["ping -c1 h && echo works", "ping -c1 h | tail -2", "ping -c1 h | grep received", "ping -c1 h | tee log"],
)
def test_filters_and_remarks_do_not_spoil_an_outcome(command: str) -> None:
    assert read_outcome(command, WHOLE, 0, {}).word == "通"


def test_what_runs_within_a_command_line_prints_nothing_that_is_seen() -> None:
    text = (
        "PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n"
    )
    assert read_outcome("ping -c 1 $(hostname -I | awk '{print $1}')", text, 0, {}).word == "通"
    assert read_outcome("ping -c 1 $(echo $(echo a)) | sed s/0/1/", text, 0, {}).word is None
    assert read_outcome("ping -c 1 $(", text, 0, {}).word == "通"

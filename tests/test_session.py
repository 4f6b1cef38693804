"""A person's session, told apart; outputs tamed; typed commands as steps; the network in lines. All pure."""

import socket
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.drafting import drafts, scenario
from replayer.events import Ended, Event, Finished, Output, Started
from replayer.formats.network import network_lines
from replayer.joining import Recording, meant_by
from replayer.journal import Happened, Ran
from replayer.plan import prepare
from replayer.proving import Proved, prove
from replayer.session import BY_CONTROL, BY_KEYS, Session, TypedCommand, draws
from replayer.sources.authored import setup
from replayer.sources.native import read
from replayer.sources.session import Command
from replayer.tamed import Tamed
from replayer.topology import Interface, Link, Topology


def mark(kind: str, status: int = 0, tail: str = "") -> bytes:
    return f"\x1b]133;{kind};{status};replay=n;{tail}\x07".encode()


STREAM = (
    b" . /run/replay/shellrc\r\n"
    + mark("D")
    + b"wire:~# ls nothing\r\n"
    + mark("C", 0, "   12  ls nothing")
    + "没有\r\n".encode()
    + mark("D", 2)
    + b"wire:~# \x1b]0;title\x07sh\r\n"
    + mark("C", 2, "   13  sh")
    + mark("D", 0, "sh")
    + b"wire# echo 'a\r\n"
    + mark("A", 0, "sh")
    + b"> b'\r\na\r\nb\r\n"
    + mark("D", 0, "sh")
    + b"wire# "
)


@settings(max_examples=500)
@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_a_session_is_the_same_however_it_is_cut(cuts: list[int]) -> None:
    session = Session("n", "wire", 80, 24)
    edges = [0, *sorted(cuts), len(STREAM)]
    shown = b"".join(session.received(STREAM[a:b]) for a, b in pairwise(edges))
    assert b"\x1b]" not in shown
    assert shown.startswith(b"wire:~# ls nothing\r\n")
    assert session.commands == [
        TypedCommand("ls nothing", "没有\n", 2),
        TypedCommand("sh", "", 0),
        TypedCommand("echo 'a\nb'", "a\nb\n", 0),
    ]


def test_a_line_that_was_given_to_a_command_may_be_typed_at_a_prompt_later() -> None:
    session = Session("n", "wire", 80, 24)
    session.received(mark("D"))
    session.typed(b"cat > up.sh\r", lines=False)
    session.received(mark("C", 0, "  1  cat > up.sh"))
    session.typed(b"ls q\rexit\r\x04", lines=True)
    session.received(mark("D"))
    session.typed(b"ls q\r", lines=False)
    session.received(mark("C", 0, "  2  ls q") + mark("D"))
    cat, typed = session.commands
    assert (cat.sent, typed.sent) == (["ls q", "exit"], [])


def test_what_is_typed_ahead_is_no_line_of_the_command_before() -> None:
    session = Session("n", "wire", 80, 24)
    session.received(mark("D"))
    session.typed(b"sleep 1\r", lines=False)
    session.received(mark("C", 0, "  1  sleep 1"))
    session.typed(b"ls q\r", lines=True)
    session.received(mark("D") + mark("C", 0, "  2  ls q") + mark("D"))
    sleep, typed = session.commands
    assert (sleep.sent, typed.command) == ([], "ls q")


def test_what_is_typed_to_a_command_is_kept_as_lines() -> None:
    session = Session("n", "wire", 80, 24)
    session.received(mark("D") + mark("C", 0, "  1  read x"))
    session.typed("二x\x7f\r".encode(), lines=True)
    session.received(mark("D") + mark("C", 0, "  2  ping host"))
    session.typed(b"\x03", lines=True)
    session.received(b"^C\r\n" + mark("D", 130) + mark("C", 0, "  3  cat"))
    session.typed(b"\x04", lines=True)
    session.received(mark("D", 0, "9") + mark("C", 0, "  4  bash") + mark("D", 0, "10"))
    session.received(b"exit\r\n" + mark("D", 0, "9"))
    read_, ping, cat, _, left = session.commands
    assert read_.sent == ["二"]
    assert ping.interrupted
    assert not ping.alone
    assert cat.eof
    assert not cat.alone
    assert left.command == "exit"


SOME = st.text(max_size=40).map(lambda text: text.rstrip("\n"))


@given(st.lists(st.builds(TypedCommand, SOME.filter(str.strip), SOME, st.integers(0, 255), st.lists(SOME, max_size=2))))
def test_every_session_is_a_scenario_that_types_the_same(typed: list[TypedCommand]) -> None:
    order: list[Happened] = [Ran(n, "main", one, 0.0, 1.0) for n, one in enumerate(typed)]
    text = scenario(["title: x", "steps:"], drafts(order)).text
    [plan] = prepare(read(text, "x.yaml"), "x.yaml", {})
    runs = [step for step in plan.steps if step.kind == "run"]
    for one, step in zip(typed, runs, strict=True):
        assert step.text == one.command
        assert [line for _, line in step.dialogue] == one.sent


def played_twice(*typed: tuple[TypedCommand, str], head: tuple[str, ...] = ()) -> Proved:
    """Commands that showed something else the second time, with the status that they had."""
    made = drafts([Ran(n, "main", one, n, n) for n, (one, _) in enumerate(typed)])
    lines = ["title: x", *head, "steps:"]
    first = scenario(lines, made)
    before = sum(line.startswith("  - run:") for line in head)
    events: list[Event] = []
    for n in range(before):
        events += [Started(n, n, "main", "true"), Ended(n, n, "exit", 0)]
    for step, number in enumerate(first.origins, before):
        one, text = typed[number]
        events += [Started(step, step, "main", "x"), Output(step, "main", text), Ended(step, step, "exit", one.exit)]
    return prove(lines, made, first, [*events, Finished(99.0)], "x.yaml")


def test_what_did_not_repeat_stands_in_no_transcript() -> None:
    proved = played_twice(
        (TypedCommand("cat /proc/uptime", "7259.33 2552.11\n", 0), "7264.65 2554.61\n"),
        (TypedCommand("echo a; date", "a\n12:30\n", 0), "a\n12:30\n"),
        (TypedCommand("echo same", "same\n", 0), "same\n"),
    )
    assert "  - run: cat /proc/uptime\n    show: command\n" in proved.text
    assert "        a\n        ...\n    show: command\n" in proved.text
    assert proved.text.endswith("  - run: echo same\n    expect: {output: same}\n")
    assert proved.passes


def test_what_is_left_out_has_a_line_of_its_own() -> None:
    proved = played_twice(
        (TypedCommand("less x", alone=BY_KEYS), ""),
        (TypedCommand("echo same", "same\n", 0), "same\n"),
        (TypedCommand("vi x", alone=BY_KEYS), ""),
        (TypedCommand("vi y", alone=BY_KEYS), ""),
        head=tuple(setup([Command("sudo less x", 0)])),
    )
    lines = proved.text.split("\n")
    found = [(lines[finding.at.line - 1], finding.at.column) for finding in proved.findings]
    assert found == [(f"  # Left out: {BY_KEYS}; no step can repeat it", 3)] * 3
    assert len({finding.at.line for finding in proved.findings}) == 3
    assert proved.passes


def test_the_shell_that_is_left_and_what_it_could_not_find() -> None:
    proved = played_twice(
        (TypedCommand("nosuch", "sh: 2: nosuch: not found\n", 127), "sh: 2: nosuch: not found\n"),
        (TypedCommand("exit", "", 127), ""),
    )
    assert "      - {contains: 'nosuch: not found'}\n" in proved.text
    assert proved.text.endswith("  - run: exit\n    expect: {exit: 127}\n")
    assert not proved.findings


def test_which_keys_no_step_repeats() -> None:
    session = Session("n", "wire", 80, 24)
    session.received(mark("D") + mark("C", 0, "  1  less x"))
    session.typed(b"q", lines=False)
    session.received(mark("D") + mark("C", 0, "  2  sleep 9"))
    session.typed(b"\x1a", lines=True)
    session.received(mark("D"))
    assert [one.alone for one in session.commands] == [BY_KEYS, BY_CONTROL]
    assert draws("a\x1b[2Jb")
    assert not draws("a\x1b[1mb\udce9")


def test_which_recording_a_second_window_means(tmp_path: Path) -> None:
    with socket.socket() as line:
        here, other, third = (
            Recording(n, str(tmp_path / at / "x.yaml"), str(tmp_path / at), line)
            for n, at in enumerate(["here", "other", "third"])
        )
        assert meant_by([here, other], None, tmp_path / "here") == [here]
        assert meant_by([other], None, tmp_path / "here") == [other]
        assert meant_by([other, third], None, tmp_path / "here") == [other, third]
        assert meant_by([here, other], tmp_path / "other/x.yaml", tmp_path / "here") == [other]


@settings(max_examples=1000)
@given(st.text(st.sampled_from("ab\x1b[]P0;mKH\x07\\\r\n通\x9b\x90\udce9"), max_size=60), st.integers(0, 60))
def test_what_is_tamed_controls_nothing_but_its_line(text: str, cut: int) -> None:
    whole, parts = Tamed(color=True), Tamed(color=True)
    shown = whole.feed(text)
    assert parts.feed(text[:cut]) + parts.feed(text[cut:]) == shown
    rest = shown
    while "\x1b[" in rest:
        _, _, rest = rest.partition("\x1b[")
        assert rest.lstrip("0123456789:;<=>?")[:1] in ("m", "K")
    assert not set(Tamed(color=False).feed(text)) & set("\x1b\x07\x9b")


def test_the_network_in_lines() -> None:
    here, there = (
        Interface("", "w0", 2, "veth", addresses=("10.0.0.1/24", "fe80::1/64")),
        Interface("r", "w1", 3, "veth"),
    )
    lo = Interface("r", "lo", 1, "loopback", addresses=("127.0.0.1/8",))
    topology = Topology(("", "r", "s"), {i.key: i for i in (here, there, lo)}, (Link("veth", here.key, there.key),))
    assert list(network_lines(topology)) == [
        "(main)  w0  veth  10.0.0.1/24 ⇄ r w1",
        "r       w1  veth  ⇄ (main) w0",
        "s                 no interface",
    ]

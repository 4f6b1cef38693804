"""`replay record` as people use it: at real terminals, by root and by an ordinary user; and what becomes of it."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.drafting import drafts, scenario
from replayer.events import Ended, Ending, Event, Finished, Output, Started
from replayer.journal import Entry, Happened, Head, Noted, Over, Ran, happened, read_journal, to_line
from replayer.plan import prepare
from replayer.proving import plan_of, prove
from replayer.session import BY_KEYS, Drop, Note, Session, TypedCommand, remark_of
from replayer.sources.native import read
from replayer.steady import steady
from tests.at_terminal import Screen
from tests.conftest import Person

# -- at terminals -------------------------------------------------------------------------------------------


def test_what_is_typed_becomes_a_scenario_that_repeats(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "new.yaml", "--title", "两条线")
        screen.until("record:~#")
        for line, shown in (
            ("# 环回接口", "noted"),
            ("sudo ip link set lo up", "lo up"),
            ("ping -c 1 127.0.0.1", "1 received"),
            ("ip link add a0 type veth peer name a1", "a1"),
            ("ip addr add 10.9.0.1/24 dev a0; ip link set a0 up; ip link set a1 up", "a1 up"),
            ("ping -c 1 10.9.0.7", "0 received"),
            ("cat nothing", "No such file"),
            ("sleep 12345", "12345"),
        ):
            screen.type(f"{line}\n")
            screen.until(shown)
        screen.key("C-c")
        screen.type("#drop\n")
        screen.until("dropped: sleep 12345")
        screen.type("ip netns add red\nip netns exec red bash\n")
        screen.until("record red:~#")
        screen.type("cat <<END\n一\n二\nEND\n")
        screen.until("\n二\nrecord red")
        screen.key("C-d")
        screen.type("PS1='mine> '\n")
        screen.type("date; echo $RANDOM$RANDOM\n")
        screen.type("ip link show a0\n")
        screen.until("link/ether")
        screen.key("C-d")
        screen.until("left with 0")
        said = screen.history()
    text = (person.folder / "new.yaml").read_text(encoding="utf-8")
    assert "title: 两条线\n" in text
    assert "\n  - run: ip link set lo up\n    show: none\n  # Nobody needs to become root here.\n" in text
    assert "  - note: 环回接口\n  - run: sudo ip link set lo up\n" in text
    assert "  - run: ping -c 1 127.0.0.1\n    expect: 通\n" in text
    assert "  - run: ping -c 1 10.9.0.7\n    expect: 不通\n" in text
    assert "  - run: cat nothing\n    expect:\n      - {exit: 1}\n      - {contains: 'cat: nothing: No such" in text
    assert "12345" not in text
    assert "  - run: ip netns exec red bash\n" in text
    assert (
        "      cat <<END\n      一\n      二\n      END\n    expect:\n      output: |-\n        一\n        二\n"
        in text
    )
    assert "  - run: exit\n" in text
    assert "  - run: PS1='mine> '\n" in text
    assert (
        "  - run: date; echo $RANDOM$RANDOM\n    show: command\n  - run: ip link show a0\n    expect:\n      output:"
        in text
    )
    number = text[: text.index("  - run: date;")].count("\n") + 1
    assert f"new.yaml:{number}:5: " in said
    assert "all of it repeats" not in said
    assert not list(person.folder.glob(".replay*"))
    played = person.run("run", "new.yaml", "--no-write")
    assert played.returncode == 0, played.stdout


def test_two_windows_are_two_terminals_of_one_scenario(person: Person) -> None:
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "scenarios/two.yaml")
        screen.until("record:~#")
        screen.type("ip link set lo up\n")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type("tcpdump -ni lo icmp\n")
        beside.until("listening on")
        screen.type("ping -c 1 127.0.0.1\n")
        screen.until("1 received")
        beside.until("echo reply")
        beside.key("C-c")
        beside.until("packets captured")
        with Screen(person) as third:
            third.replay("record", "--terminal", "monitor")
            third.until("terminal 'monitor' is taken")
            third.until("left with 2")
            third.replay("record", "--terminal", "other", "-o", "one.yaml")
            third.until("no recording of one.yaml runs; there is:")
        beside.type("ping 127.0.0.1\n")
        beside.until("bytes from")
        screen.type("echo last\n")
        screen.until("\nlast\n")
        screen.key("C-d")
        beside.until("the recording ended")
        beside.until("left with 0")
        beside.type("stty -a\n")
        beside.until(" icanon")
        screen.until("left with 0")
    text = (person.folder / "scenarios/two.yaml").read_text(encoding="utf-8")
    assert "  - run: tcpdump -ni lo icmp\n    terminal: monitor\n    until: listening on\n" in text
    steps = ["run: tcpdump", "run: ping -c 1", "stop: monitor", "run: ping 127", "run: echo last", "stop: monitor"]
    at = 0
    for what in steps:
        at = text.index(what, at)
    assert "ICMP echo reply" in text
    assert "packets captured" not in text
    played = person.run("run", "scenarios/two.yaml", "--no-write")
    assert played.returncode == 0, played.stdout


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_however_it_ends_nothing_is_left_and_nothing_lost(person: Person, how: signal.Signals) -> None:
    mark = str(30_000_000 + os.getpid())
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "cut.yaml")
        screen.until("record:~#")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type(f"echo hello; sleep {mark} & sleep {mark}\n")
        screen.type("echo kept\n")
        screen.until("\nkept\n")
        _wait_for(mark, there=True)
        [child] = Path(f"/proc/{screen.pid()}/task/{screen.pid()}/children").read_text().split()
        os.kill(int(child), how)
        beside.until("the recording ended")
        _wait_for(mark, there=False)
        screen.until("left with")
    assert not re.search(rf"replay-record-\d+-{child}-", Path("/proc/net/unix").read_text())
    if how == signal.SIGKILL:
        again = person.run("record", "-o", "cut.yaml")
        assert again.returncode == 2
        assert "replay record --recover .replay/cut.typed.jsonl -o cut.yaml" in again.stderr
        done = person.run("record", "--recover", ".replay/cut.typed.jsonl", "-o", "cut.yaml", "--no-replay")
        assert done.returncode == 0, done.stderr
    text = (person.folder / "cut.yaml").read_text(encoding="utf-8")
    assert "run: echo kept\n" in text
    assert f"run: echo hello; sleep {mark} & sleep {mark}\n    terminal: monitor\n" in text
    assert not list(person.folder.glob(".replay*/*"))
    assert person.run("lint", "cut.yaml").returncode == 0


def test_a_window_that_is_closed_loses_nothing(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "cut.yaml")
        screen.until("record:~#")
        screen.type("echo kept\n")
        screen.until("\nkept\n")
        screen.close()
        end = time.monotonic() + 10
        while list(person.folder.glob(".replay*/*")):
            assert time.monotonic() < end
            time.sleep(0.05)
    text = (person.folder / "cut.yaml").read_text(encoding="utf-8")
    assert "run: echo kept\n    # kept\n" in text
    assert "It was not played again" in text
    assert "shown twice" not in text


def test_the_second_window_may_die(person: Person) -> None:
    mark = str(40_000_000 + os.getpid())
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "cut.yaml", "--no-replay")
        screen.until("record:~#")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type(f"sleep {mark}\n")
        _wait_for(mark, there=True)
        [child] = Path(f"/proc/{beside.pid()}/task/{beside.pid()}/children").read_text().split()
        os.kill(int(child), signal.SIGKILL)
        _wait_for(mark, there=False)
        beside.until("left with")
        screen.type("echo on\n")
        screen.until("\non\n")
        screen.key("C-d")
        screen.until("left with 0")
    assert f"run: sleep {mark}\n    terminal: monitor\n" in (person.folder / "cut.yaml").read_text(encoding="utf-8")


def test_a_job_in_the_background_keeps_no_recording_open(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "job.yaml", "--no-replay")
        screen.until("record:~#")
        screen.type("sleep 54321 &\n")
        screen.until("[1]")
        screen.type("exit\n")
        screen.until("left with 0")
    text = (person.folder / "job.yaml").read_text(encoding="utf-8")
    assert "  - run: sleep 54321 &\n" in text
    assert "exit" not in text


def test_a_second_play_that_is_interrupted_loses_nothing(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "slow.yaml")
        screen.until("record:~#")
        screen.type("echo one; sleep 3\n")
        screen.until(lambda text: text.count("record:~#") == 2)
        screen.key("C-d")
        screen.until("playing it again")
        time.sleep(0.5)
        screen.key("C-c")
        screen.until("left with 130")
        assert "could not be played again: interrupted" in screen.text()
    assert "run: echo one; sleep 3\n    # one\n" in (person.folder / "slow.yaml").read_text(encoding="utf-8")
    assert not list(person.folder.glob(".replay*/*"))


def _wait_for(mark: str, there: bool) -> None:
    end = time.monotonic() + 10
    while any(mark in line for line in _commands()) != there:
        assert time.monotonic() < end
        time.sleep(0.02)


def _commands() -> list[str]:
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if "sleep" in line and "tmux" not in line]


# -- from standard input --------------------------------------------------------------------------------------


def _record(person: Person, commands: str, *args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*person.command, "record", *args],
        cwd=person.folder,
        input=commands,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(person.folder)},
        timeout=120,
        check=False,
    )


def test_commands_come_from_standard_input(person: Person) -> None:
    more = "ip link set lo up\nprintf '\\033[2J'\nping 127.0.0.1\nsudo -u root echo five\n"
    done = _record(person, "# 说明\nx=2\nread y\n三\necho $x$y\n" + more, "-o", "in.yaml")
    assert done.returncode == 0, done.stderr
    text = (person.folder / "in.yaml").read_text(encoding="utf-8")
    assert "  - note: 说明\n  - run: x=2\n  - run: read y\n    send:\n      - send: 三\n" in text
    assert "  - run: echo $x$y\n    expect: {output: 2三}\n" in text
    assert "  - stop: main\n    expect: 通\n" in text
    assert "# Left out: it draws on the whole screen" in text
    assert "\n  #   printf " in text
    assert "  - run: sudo -u root echo five\n    expect: {output: five}\n" in text
    assert person.run("run", "in.yaml", "--no-write").returncode == 0
    bare = _record(person, "echo one\n")
    assert "  - run: echo one\n    expect: {output: one}\n" in bare.stdout
    assert "\n# echo one\none\n" in f"\n{bare.stderr}"
    assert prepare(read(bare.stdout, "x.yaml"), "x.yaml")


def test_a_status_that_differs_is_said_and_marked(person: Person) -> None:
    done = _record(person, "[ $((RANDOM % 2)) = 0 ]\n" * 20, "-o", "odd.yaml")
    assert done.returncode == 1, done.stderr
    assert "odd.yaml:" in done.stdout
    text = (person.folder / "odd.yaml").read_text(encoding="utf-8")
    assert "# ? it ended with status 0, and with 1 when it was played again\n  - run: '[ $((RANDOM" in text
    assert "    expect: {exit: [0, 1]}\n" in text


def test_a_file_that_is_there_is_kept(person: Person) -> None:
    path = person.folder / "there.yaml"
    path.write_text("mine\n", encoding="utf-8")
    done = _record(person, "true\n", "-o", "there.yaml")
    assert done.returncode == 2
    assert "there.yaml is there already; --force writes over it" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert _record(person, "true\n", "-o", "there.yaml", "--force", "--no-replay").returncode == 0
    assert "run: 'true'" in path.read_text(encoding="utf-8")
    assert "is a folder" in _record(person, "", "-o", "scenarios").stderr
    assert "nothing was typed" in _record(person, "\n", "-o", "none.yaml").stdout
    assert not (person.folder / "none.yaml").exists()


def test_wrong_calls(person: Person) -> None:
    for args, says in (
        (("--terminal", "monitor"), "needs a terminal"),
        (("--sandbox", "nope"), "not known"),
        (("--recover", "none.jsonl"), "cannot be read"),
        (("--recover", "scenarios/vepa.yaml"), "scenarios/vepa.yaml:1:1: this is no"),
    ):
        done = person.run("record", *args)
        assert done.returncode == 2, args
        assert says in done.stderr


# -- pure -------------------------------------------------------------------------------------------------------


def test_comments_are_remarks() -> None:
    assert remark_of("  # 中文 #x ") == Note("中文 #x")
    assert remark_of("#重要") == Note("重要")
    assert remark_of("#drop") == Drop()
    assert remark_of("# drop") == Note("drop")
    assert remark_of("ls # x") is None
    assert remark_of("# a\nls") is None


def mark(kind: str, status: int = 0, tail: str = "") -> bytes:
    return f"\x1b]133;{kind};{status};replay=n;{tail}\x07".encode()


def test_a_remark_is_seen_in_the_history_and_answered() -> None:
    told: list[object] = []

    def tell(fact: object, over: bool) -> str:
        told.append(fact)
        return "so\r\n"

    session = Session("n", "x", 80, 24, told=tell)
    session.received(mark("H", 0, "    1  ls\r\n") + mark("D") + b"x:~#")
    assert session.received(b"# hello\r\n" + mark("H", 0, "    2  # hello\r\n") + mark("D")) == b"# hello\r\nso\r\n"
    assert session.received(b"\r\n" + mark("H", 0, "    2  # hello\r\n") + mark("D")) == b"\r\n"
    session.received(b"#drop\r\n" + mark("H", 0, "    3  #drop\r\n") + mark("D"))
    assert told == [Note("hello"), Drop()]


def test_a_command_that_the_history_does_not_have_is_not_taken_for_another() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("H", 0, "    3  set +o history") + mark("D") + b"x:~# echo lost\r\n")
    session.received(mark("C", 0, "    3  set +o history") + b"lost\r\n" + mark("H", 0, "    3  set") + mark("D"))
    [one] = session.commands
    assert one.command == "echo lost"
    assert one.alone


def test_what_is_pasted_is_not_sent_to_the_first_command() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  sleep 1"))
    session.typed(b"yes\r# so\recho a\recho b\r", lines=True)
    session.received(b"yes\r\n# so\r\necho a\r\necho b\r\n" + mark("H", 0, "    1  sleep 1") + mark("D"))
    session.received(mark("H", 0, "    2  # so") + mark("D") + mark("C", 0, "    3  echo a"))
    session.received(b"a\r\n" + mark("D") + mark("C", 0, "    4  echo b") + b"b\r\n" + mark("D"))
    assert [(one.command, one.sent, one.output) for one in session.commands] == [
        ("sleep 1", ["yes"], "yes\n"),
        ("echo a", [], "a\n"),
        ("echo b", [], "b\n"),
    ]


def test_what_is_not_shown_is_not_kept() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  read -s x"))
    session.typed(b"secret\r", lines=True, echoed=False)
    session.received(mark("D"))
    assert session.commands[0].alone
    assert "secret" not in str(session.commands)


def test_the_order_of_two_terminals() -> None:
    entries = [
        Entry(kind="begun", at=0.0, terminal="b", number=1, text="nc -l 9"),
        Entry(kind="begun", at=1.0, terminal="main", number=2, text="echo x | nc h 9", shown={"b": ""}),
        Entry(kind="ended", at=2.0, terminal="b", number=1, text="nc -l 9", output="x\n", exit=0),
        Entry(kind="ended", at=2.1, terminal="main", number=2, text="echo x | nc h 9", exit=0),
        Entry(kind="note", at=3.0, terminal="b", text="so"),
        Entry(kind="begun", at=4.0, terminal="main", number=3, text="vi"),
        Entry(kind="ended", at=5.0, terminal="main", number=3, text="vi", alone=BY_KEYS),
        Entry(kind="drop", at=6.0, terminal="b"),
    ]
    kinds = [type(one) for one in happened(entries)]
    assert kinds == [Ran, Ran, Over, Ran]
    text = scenario(["title: x", "steps:"], drafts(happened(entries))).text
    assert "  - run: nc -l 9\n    terminal: b\n    until: ''\n  - wait: 1s\n    show: none\n  - run: echo x" in text
    assert "  - wait: b\n" in text
    assert "#   vi\n" in text
    lines = [to_line(Head(journal=1, title="通")), *map(to_line, entries)]
    head, again = read_journal([f"{line}\n" for line in lines] + ['{"cut'])
    assert head.title == "通"
    assert again == entries
    assert not any(isinstance(one, Noted) for one in happened(again))


def test_what_is_typed_up_to_ctrl_d_is_a_here_document() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  cat > x"))
    for keys in (b"a 1\r", b"EOF\r", b"\x04"):
        session.typed(keys, lines=True)
    session.received(b"a 1\r\nEOF\r\n" + mark("D") + mark("C", 0, "    2  cat | wc"))
    session.typed(b"b\r\x04", lines=True)
    session.received(b"b\r\n1 1 2\r\n" + mark("D"))
    text = scenario(
        ["title: x", "steps:"], drafts([Ran(n, "main", one, n, n) for n, one in enumerate(session.commands)])
    ).text
    assert "  - run: |-\n      cat > x <<'EOF_'\n      a 1\n      EOF\n      EOF_\n" in text
    assert "  #   cat | wc\n" in text


@pytest.mark.parametrize(
    "text", ["", "\n", "{}\n", '{"journal": 9}\n', "[]\n", '{"journal": 1}\n{"kind": "x"}\n', "nul\0\n"]
)
def test_what_is_no_journal_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"^\d+:1: "):
        read_journal(text.splitlines(keepends=True))


LINES = st.lists(
    st.text(st.sampled_from("ab 1:.\n"), max_size=12)
    | st.sampled_from(["...", "12:00:00 x", "2026-01-02", "aa:bb:cc:dd:ee:f0", "[1] 77", "a\nb", "1: lo: <UP>"]),
    max_size=8,
).map("\n".join)


@settings(max_examples=400)
@given(LINES, LINES, st.booleans())
def test_what_is_steady_holds_in_both(first: str, second: str, any_order: bool) -> None:
    from replayer.tokens import Difference, Renaming, match_block

    found = steady(first, second, "x", any_order)
    if found.lines:
        for text in (first, second):
            assert not isinstance(
                match_block("\n".join(found.lines), text, Renaming(), any_order=any_order), Difference
            )


TEXTS = st.sampled_from(
    r"""|x\n|a\nb\n|{{ x }} {% raw %}\n|link/ether 02:00:00:00:00:01\n|link/ether 02:00:00:00:00:02\n|^C\n|...\n
|1 packets transmitted, 1 received\n|1 packets transmitted, 0 received\n|listening on lo\nq\n^C\n
|bash: x: command not found\n|\u2028: - #\n""".replace(r"\n", "\n").split("|")
)
COMMANDS = st.builds(
    TypedCommand,
    st.sampled_from(
        ["ping h", "echo x", "tcpdump -i lo", "exit", "a &", "{{ y }}", "cat <<E\nx\nE", "- :", "bash", "vi"]
    ),
    TEXTS,
    st.sampled_from([None, 0, 0, 0, 1, 2, 127]),
    st.lists(st.sampled_from(["y", "{{ z }}", ""]), max_size=1),
    st.booleans(),
    st.sampled_from(["", "", "", BY_KEYS]),
)
HAPPENED = st.lists(st.tuples(st.sampled_from(["main", "m"]), st.booleans(), COMMANDS), max_size=6)


def _order(what: list[tuple[str, bool, TypedCommand]]) -> list[Happened]:
    """Commands, some of which end only when another terminal's has begun."""
    order: list[Happened] = []
    open_: dict[str, Ran] = {}
    for number, (terminal, goes_on, command) in enumerate(what):
        if terminal in open_:
            order.append(Over(open_.pop(terminal)))
        ran = Ran(number, terminal, command, number, number + 0.5, command.output if goes_on else None)
        order.append(ran)
        if goes_on:
            open_[terminal] = ran
    return [*order, *map(Over, open_.values())]


@settings(max_examples=400, deadline=None)
@given(HAPPENED, st.data())
def test_whatever_was_shown_twice_the_second_play_passes_what_is_written(
    what: list[tuple[str, bool, TypedCommand]], data: st.DataObject
) -> None:
    made = drafts(_order(what))
    head = ["title: x", "steps:"]
    first = scenario(head, made)
    plan = plan_of(first.text, "x.yaml")
    events: list[Event] = []
    for step in plan.steps:
        events.append(Started(step.index, step.index, step.terminal, step.text))
        ending: Ending = "done"
        if step.kind in ("run", "stop", "wait"):
            usual: list[Ending] = (
                ["until"] if step.until is not None else ["exit" if step.kind != "stop" else "stopped"]
            )
            ending = data.draw(st.sampled_from(usual * 6 + ["exit", "timeout", "shell"]))
            events.append(Output(step.index, step.terminal, data.draw(TEXTS).replace("\n", "\r\n")))
        status = data.draw(st.sampled_from([0, 0, 1, 2])) if ending in ("exit", "stopped", "shell") else None
        events.append(Ended(step.index, step.index, ending, status))
    events.append(Finished(99.0))
    proved = prove(head, made, first, events, "x.yaml")
    assert plan_of(proved.text, "x.yaml")
    assert proved.passes, proved.text


def test_lines_that_only_a_later_block_tells_apart_are_not_expected() -> None:
    """`bridge fdb` has no order: its first line could be any of the second play's, and then `ip link` would not fit."""
    order: list[Happened] = [
        Ran(n, "main", TypedCommand(command, output, 0), n, n)
        for n, (command, output) in enumerate(
            [
                ("bridge fdb", "02:00:00:00:00:01 dev a\n02:00:00:00:00:02 dev a\n02:00:00:00:00:01 dev b\n"),
                ("ip link show x", "    link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff\n"),
            ]
        )
    ]
    made = drafts(order)
    first = scenario(["title: x", "steps:"], made)
    events: list[Event] = []
    shown = [
        "02:00:00:00:00:0b dev a\n02:00:00:00:00:0a dev b\n02:00:00:00:00:0a dev a\n",
        "    link/ether 02:00:00:00:00:0b brd ff:ff:ff:ff:ff:ff\n",
    ]
    for n, text in enumerate(shown):
        events += [Started(n, n, "main", "x"), Output(n, "main", text), Ended(n, n, "exit", 0)]
    proved = prove(["title: x", "steps:"], made, first, [*events, Finished(9.0)], "x.yaml")
    assert proved.passes
    assert not proved.findings
    assert "dev b" in proved.text
    assert "dev a" not in proved.text
    assert "link/ether 02:00:00:00:00:02" in proved.text


def test_what_repeats_and_what_does_not() -> None:
    one, other = "link/ether 02:00:00:00:00:01\n10\nsame", "link/ether 02:00:00:00:00:0f\n11\nsame"
    found = steady(one, other, "x")
    assert found.lines == ("link/ether 02:00:00:00:00:01", "...", "same")
    assert found.why == "'10' was '11' the second time"
    long = "x " * 50
    assert steady(f"{long}10 {long}", f"{long}11 {long}", "x").why.startswith("'…x x x")
    assert "x 11 x" in steady(f"{long}10 {long}", f"{long}11 {long}", "x").why
    assert steady("Nov 27", "Nov 27", "date").lines == ()
    assert steady("2026-11-27", "2026-11-27", "echo 2026-11-27").lines == ("2026-11-27",)
    assert steady("a\nb", "b\na", "bridge fdb", any_order=True).lines == ("a", "b")

"""What was shown twice -> expectations that hold both times."""

from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.drafting import drafts, scenario
from replayer.events import Ended, Ending, Event, Finished, Output, Started
from replayer.journal import Happened, Over, Ran
from replayer.proving import plan_of, prove
from replayer.session import BY_KEYS, TypedCommand
from replayer.steady import steady
from replayer.tokens import Difference, Renaming, match_block

LINES = st.lists(
    st.text(st.sampled_from("ab 1:.\n"), max_size=12)
    | st.sampled_from(["...", "12:00:00 x", "2026-01-02", "aa:bb:cc:dd:ee:f0", "[1] 77", "a\nb", "1: lo: <UP>"]),
    max_size=8,
).map("\n".join)


@settings(max_examples=400)
@given(LINES, LINES, st.booleans())
def test_what_is_steady_holds_in_both(first: str, second: str, any_order: bool) -> None:
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

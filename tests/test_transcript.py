"""The fold of a recording and its text, from events written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.events import Ended, Ending, Event, Finished, Output, Skipped, Started
from replayer.formats.catalogue import FORMATS
from replayer.formats.text import command_lines
from replayer.transcript import Transcript, transcribe
from tests.playing import plan_of, why, words


def told(text: str, *steps: tuple[str, Ending, int | None], finished: bool = True) -> Transcript:
    """A run in which each step in turn printed a text and ended so."""
    plan = plan_of(text)
    events: list[Event] = []
    for step, (output, ending, status) in zip(plan.steps, steps, strict=True):
        at = float(step.index)
        events.append(Started(at, step.index, step.terminal, step.text))
        events.append(Output(at, step.terminal, output.replace("\n", "\r\n")))
        events.append(Ended(at + 0.5, step.index, ending, status))
    if finished:
        events.append(Finished(9.0))
    return transcribe(plan, events)


PING = "1 packets transmitted, {} received, 0% packet loss, time 0ms\n"


@pytest.mark.parametrize(
    ("expect", "output", "ending", "status", "verdict"),
    [
        ("expect: 通", PING.format(1), "exit", 0, "passed"),
        ("expect: reachable", PING.format(1), "exit", 1, "passed"),
        ("expect: 通", PING.format(0), "exit", 1, "failed"),
        ("expect: 不通", PING.format(0), "exit", 1, "passed"),
        ("expect: 不通", PING.format(1), "exit", 0, "failed"),
        ("expect: 不通", "ping: connect: Network is unreachable\n", "exit", 2, "errored"),
        ("expect: 不通", "bash: ping: command not found\n", "exit", 127, "errored"),
        ("expect: 不通", PING.format(0), "timeout", None, "errored"),
        ("expect: 通", "", "exit", 0, "errored"),
        ("expect: {lacks: x}", "bash: foo: command not found\n", "exit", 127, "errored"),
        ("expect: [{lacks: x}, {exit: 127}]", "bash: foo: command not found\n", "exit", 127, "passed"),
        ("expect: {exit: 1}", "", "exit", 0, "failed"),
        ("expect: {exit: [0, 1]}", "", "exit", 1, "passed"),
        ("expect: {contains: [a, b]}", "a\n", "exit", 0, "failed"),
        ("expect: {contains: [a, b]}", "b\na\n", "exit", 5, "passed"),
        ("expect: {lacks: a}", "b\n", "exit", 0, "passed"),
        ("expect: {lacks: a}", "ba\n", "exit", 0, "failed"),
        ("expect: {matches: '^b$'}", "a\nb\n", "exit", 0, "passed"),
        ("expect: {matches: '^c$'}", "a\nb\n", "exit", 0, "failed"),
        ("expect: {output: \"a\\n...\\nc\"}", "a\nb\nc\n", "exit", 0, "passed"),
        ("expect: {output: \"a\\nc\"}", "a\nb\nc\n", "exit", 0, "failed"),
        ("order: any\n    expect: {output: \"c\\na\"}", "a\nc\n", "exit", 0, "passed"),
        ("expect: {output: \"c\\na\"}", "a\nc\n", "exit", 0, "failed"),
        ("expect: {json: {'[0].mtu': 1500}}", '[{"mtu":1500,"up":true,"n":"x"}]', "exit", 0, "passed"),
        ("expect: {json: {'[0].up': 'true', '[0].n': x}}", '[{"mtu":1500,"up":true,"n":"x"}]', "exit", 0, "passed"),
        ("expect: {json: {'[0].mtu': 1501}}", '[{"mtu":1500}]', "exit", 0, "failed"),
        ("expect: {json: {a: 1}}", "no json", "exit", 0, "errored"),
        ("expect: {within: 1s}", "", "exit", 0, "passed"),
        ("expect: {within: 100ms}", "", "exit", 0, "failed"),
        ("", "", "exit", 0, "passed"),
        ("", "", "exit", 1, "failed"),
        ("", "", "shell", 0, "passed"),
        ("", "", "flooded", None, "errored"),
        ("until: ready", "no", "exit", 0, "failed"),
        ("until: ready", "ready", "until", None, "passed"),
    ],
)  # fmt: skip
def test_verdicts(expect: str, output: str, ending: Ending, status: int | None, verdict: str) -> None:
    transcript = told(f"steps:\n  - run: ping x\n    {expect}\n", (output, ending, status))
    assert words(transcript) == [verdict], why(transcript.entries[0])
    assert transcript.verdict == verdict
    for render in FORMATS.values():
        assert render(transcript)


def test_captures_are_used_and_must_match() -> None:
    scenario = """
        steps:
          - run: ip link
            capture: {mac: 'ether (\\S+)', index: '^(\\d+):'}
          - run: echo {{ mac }}
            expect: {output: '{{ mac }}'}
    """
    transcript = told(scenario, ("3: x\n ether 02:11:22:33:44:55 brd", "exit", 0), ("02:11:22:33:44:55\n", "exit", 0))
    assert words(transcript) == ["passed", "passed"]
    assert transcript.entries[0].captured == {"mac": "02:11:22:33:44:55", "index": "3"}
    other = told(scenario, ("3: x\n ether 02:11:22:33:44:55 brd", "exit", 0), ("02:11:22:33:44:56\n", "exit", 0))
    assert words(other) == ["passed", "failed"]
    missing = told(scenario, ("nothing", "exit", 0), ("", "exit", 0))
    assert "mac" in why(missing.entries[0])


def test_identities_correspond_throughout_a_scenario() -> None:
    scenario = """
        steps:
          - {run: a, expect: {output: 'ether 62:92:4b:81:85:fe'}}
          - {run: b, expect: {output: 'ether 7e:fc:bf:1f:ce:58'}}
          - {run: c, expect: {output: 'ether 62:92:4b:81:85:fe'}}
    """
    one, two = "ether 0a:00:00:00:00:01\n", "ether 0a:00:00:00:00:02\n"
    assert words(told(scenario, (one, "exit", 0), (two, "exit", 0), (one, "exit", 0))) == ["passed"] * 3
    assert words(told(scenario, (one, "exit", 0), (two, "exit", 0), (two, "exit", 0))) == ["passed", "passed", "failed"]
    assert words(told(scenario, (one, "exit", 0), (one, "exit", 0), (one, "exit", 0))) == ["passed", "failed", "passed"]


def test_a_block_stands_where_its_command_was_stopped() -> None:
    plan = plan_of("""
        steps:
          - {run: tcpdump, terminal: m, until: listening}
          - {run: ping, expect: 通}
          - {stop: m, expect: {contains: echo}}
    """)
    events: list[Event] = [
        Started(0, 0, "m", "tcpdump"),
        Output(0, "m", "listening\r\n"),
        Ended(0, 0, "until"),
        Started(1, 1, "main", "ping"),
        Output(1, "m", "echo request\r\n"),
        Output(1, "main", PING.format(1)),
        Ended(1, 1, "exit", 0),
        Started(2, 2, "m", ""),
        Output(2, "m", "^C\r\n1 packets captured\r\n2 packets received by filter\r\n"),
        Ended(2, 2, "stopped", 0),
        Finished(3),
    ]
    transcript = transcribe(plan, events)
    assert FORMATS["text"](transcript) == (
        "# ping\n通\n# tcpdump\nlistening\necho request\n^C\n1 packets captured\n2 packets received by filter\n"
    )
    assert transcript.verdict == "passed"
    [warning] = transcript.entries[2].verdict.warnings if transcript.entries[2].verdict else []
    assert "1" in warning and "2" in warning
    # Cut off anywhere, it can still be told.
    for end in range(len(events)):
        cut = transcribe(plan, events[:end])
        assert cut.verdict == "errored"
        for render in FORMATS.values():
            render(cut)


def test_what_a_transcript_shows() -> None:
    transcript = told(
        """
        steps:
          - {run: a, show: none}
          - {run: b, show: command}
          - {run: c, show: output, expect: 通}
          - note: "prose\\nin two lines"
          - run: |
              for i in 1
              do true; done
        """,
        ("x\n", "exit", 0),
        ("x\n", "exit", 0),
        (PING.format(1), "exit", 0),
        ("", "done", None),
        ("no end", "exit", 0),
    )
    assert FORMATS["text"](transcript) == (
        f"# b\n# c\n{PING.format(1)}prose\nin two lines\n# for i in 1\n> do true; done\nno end\n"
    )


def test_a_skipped_scenario_is_skipped() -> None:
    plan = plan_of("steps: [{run: a}]")
    transcript = transcribe(plan, [Skipped(0, "no command 'x'"), Finished(0)])
    assert (transcript.verdict, transcript.skipped) == ("skipped", "no command 'x'")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_output_reaches_the_reader_as_controls(output: str) -> None:
    transcript = told("steps: [{run: a}]", (output, "exit", 0))
    for name in ("text", "full"):
        shown = FORMATS[name](transcript)
        assert not [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]


@given(st.lists(st.text("ab #>", max_size=5), min_size=1, max_size=4))
def test_command_lines_can_be_read_back(lines: list[str]) -> None:
    shown = list(command_lines("\n".join([*lines, "end"])))
    assert [line[2:] for line in shown] == [*lines, "end"]
    assert [line[:2] for line in shown] == ["# "] + ["> "] * len(lines)

"""What is looked at while a scenario is played."""

from pathlib import Path

import pytest

from replayer.equivalence import equivalent
from replayer.events import Seen
from replayer.formats import text
from replayer.recording import Recorder, read_recording
from replayer.topology import Link
from replayer.transcript import transcribe

from .playing import events_of, plan_of, play

WIRE = """
title: a wire
steps:
  - run: echo nothing changes
  - run: ip netns add ns1
  - note: a note changes nothing
  - run: ip link add wire0 type veth peer name wire1 netns ns1
  - run: ip link show >/dev/null
  - run: ip netns del ns1
  - run: ip link show wire0; sleep 0.2
    eventually: {timeout: 10s, every: 0.2s}
    expect: {exit: 0, contains: does not exist}
"""


def test_what_changed_is_told_after_the_step_that_changed_it() -> None:
    transcript = play(WIRE.replace("exit: 0", "within: 9"))
    shown = [entry.topology for entry in transcript.entries]
    assert shown[0] is None
    after = shown[3]
    assert after is not None
    assert after.links == (Link("veth", ("", "wire0"), ("ns1", "wire1")),)
    assert shown[4] is after
    last = shown[-1]
    assert last is not None
    assert last.namespaces == ("",)
    assert ("", "wire0") not in last.interfaces


def test_steps_that_change_nothing_record_nothing() -> None:
    steps = "".join(f"  - run: echo {n}\n" for n in range(20))
    assert not [e for e in events_of(f"title: t\nsteps:\n{steps}") if isinstance(e, Seen)]


def test_it_can_be_turned_off() -> None:
    assert not [e for e in events_of(WIRE, topology=False) if isinstance(e, Seen)]


def test_a_namespace_without_a_name() -> None:
    transcript = play("title: t\nsteps:\n  - run: unshare -n bash\n  - run: ip link set lo up\n  - run: exit\n")
    inside = transcript.entries[1].topology
    assert inside is not None
    assert inside.namespaces[1:] == ("unnamed 1",)
    assert inside.interfaces["unnamed 1", "lo"].state == "up"


@pytest.mark.parametrize("lie", ["echo garbage", "echo '[1]'", "echo '[{}]'", "yes '['", "sleep 100"])
def test_another_program_named_ip_does_no_harm(lie: str) -> None:
    steps = f"""
    title: t
    steps:
      - run: |
          printf '%s\\n' '#!/bin/sh' "{lie}" > /tmp/ip
      - run: chmod +x /tmp/ip; mount --bind /tmp/ip "$(readlink -f "$(command -v ip)")"
      - run: unshare -n true
      - run: echo still here
        expect: {{output: still here}}
    """
    assert play(steps).verdict == "passed"


def test_names_of_any_bytes_are_seen() -> None:
    steps = """
    title: t
    steps:
      - run: ip link add "$(printf 'a\\001b')" type bridge
      - run: ip link add "$(printf '\\033[31m')" type bridge; ip netns add "$(printf '\\033[31m')"
      - run: ip link add "$(printf 'c\\377')" type bridge
      - run: ip link add '"\\<b>' type bridge
    """
    seen = play(steps).entries[-1].topology
    assert seen is not None
    assert {name for namespace, name in seen.interfaces if not namespace} == {
        "lo", "a\x01b", "\x1b[31m", "c\ufffd", '"\\<b>'
    }  # fmt: skip
    assert "\x1b[31m" in seen.namespaces


def test_the_recording_holds_what_was_seen(tmp_path: Path) -> None:
    plan = plan_of(WIRE)
    events = list(events_of(WIRE))
    with Recorder(tmp_path / "r.jsonl", plan) as recorder:
        for event in events:
            recorder.write(event)
    read = transcribe(*read_recording(tmp_path / "r.jsonl"))
    assert [e.topology for e in read.entries] == [e.topology for e in transcribe(plan, events).entries]


def test_two_runs_at_once_leave_a_recording_that_can_be_read(tmp_path: Path) -> None:
    plan = plan_of(WIRE)
    events = list(events_of(WIRE))
    path = tmp_path / "r.jsonl"
    with Recorder(path, plan) as first:
        for event in events:
            first.write(event)
        first.flush()
        with Recorder(path, plan) as second:
            for one in events:
                first.write(one)
                second.write(one)
                first.flush()
                second.flush()
    assert list(read_recording(path)[1]) == events


def test_looking_changes_no_transcript() -> None:
    scenario = WIRE.replace("ip link show >/dev/null", "ip link; ip netns list").replace("exit: 0", "within: 9")
    seen, unseen = play(scenario), play(scenario, topology=False)
    assert equivalent(text.render(unseen), text.render(seen)) is None

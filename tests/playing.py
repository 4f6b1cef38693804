"""Play a scenario given as text, for real, and look at its transcript."""

import textwrap
from collections.abc import Iterator
from typing import Any

from replayer.events import Event
from replayer.plan import Plan, prepare
from replayer.player import Options, replay
from replayer.sources.native import read
from replayer.transcript import Entry, Transcript, transcribe


def plan_of(text: str, **variables: Any) -> Plan:
    """The one plan of a scenario."""
    [plan] = prepare(read(textwrap.dedent(text), "test.yaml"), "test.yaml", variables)
    return plan


def events_of(text: str, **options: Any) -> Iterator[Event]:
    return replay(plan_of(text), Options(**options))


def play(text: str, **options: Any) -> Transcript:
    """Play it in a fresh sandbox. `options` are the player's."""
    plan = plan_of(text)
    return transcribe(plan, replay(plan, Options(**options)))


def words(transcript: Transcript) -> list[str]:
    """The verdict of each step, notes left out."""
    return [e.verdict.word if e.verdict else "unfinished" for e in transcript.entries if e.judged]


def why(entry: Entry) -> str:
    """Everything a step's verdict says."""
    assert entry.verdict is not None
    return "; ".join(f"{f.expected} | {f.observed}" for f in entry.verdict.findings)

"""Transcripts from events written by hand: what steps printed, how they ended."""

from collections.abc import Sequence

from replayer.events import Ended, Event, Finished, Output, Started
from replayer.screen import PaintedText
from replayer.transcript import Transcript, transcribe
from tests.playing import plan_of


def noted(*said: tuple[str, str]) -> Transcript:
    """A run of notes, each with a command that printed something."""
    plan = plan_of("title: t\nsteps:\n" + "  - note: x\n  - run: y\n" * len(said))
    events: list[Event] = []
    for number, (note, output) in enumerate(said):
        events.append(Started(0.0, 2 * number, "main", note))
        events.append(Ended(0.0, 2 * number, "done"))
        events.append(Started(0.0, 2 * number + 1, "main", f"command {number}"))
        events.append(Output(0.0, "main", output))
        events.append(Ended(0.0, 2 * number + 1, "exit", 0))
    return transcribe(plan, [*events, Finished(1.0)], PaintedText)


def printed(*pieces: tuple[float, str], scenario: str = "steps: [{run: y}]") -> Transcript:
    """A run of one command; what it printed when."""
    return run_of(scenario, [Started(0.0, 0, "main", "y"), *(Output(at, "main", text) for at, text in pieces)])


def run_of(scenario: str, events: Sequence[Event]) -> Transcript:
    """The events of a step that ends well, as a whole run."""
    return transcribe(plan_of(scenario), [*events, Ended(9.0, 0, "exit", 0), Finished(9.0)], PaintedText)

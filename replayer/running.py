"""One plan from start to end: played, recorded as it goes, folded. Whoever looks on is told of each event."""

from collections.abc import Callable
from pathlib import Path

from replayer.events import Event, Finished, Skipped, Started
from replayer.plan import Plan
from replayer.player import Guide, Options, replay
from replayer.recording import Recorder
from replayer.transcript import Entry, Transcriber, Transcript

# Told of every event, and of the entry that it ended (once: not of attempts that are made again).
Onlooker = Callable[[Event | None, Entry | None], None]


def run(
    plan: Plan, options: Options, recording: Path | None, onlooker: Onlooker, guide: Guide | None = None
) -> tuple[Transcript, str]:
    """Play a plan and record it (None: to standard output). Returns the transcript, and why the recording is not
    whole (or nothing)."""
    transcriber = Transcriber(plan)
    transcript = transcriber.transcript
    told = settled(onlooker)
    with Recorder(recording, plan) as recorder:
        events = replay(plan, options, transcriber, before_waiting=recorder.flush, guide=guide)
        try:
            for event in events:
                recorder.write(event)
                told(event, transcriber.ended)
        except KeyboardInterrupt:
            events.close()
            ended = Finished(transcript.seconds, "interrupted", "interrupted")
            recorder.write(ended)
            told(ended, transcriber.feed(ended))
    return transcript, recorder.failure


def settled(onlooker: Onlooker) -> Onlooker:
    """Holds the entry of a step with `eventually` back until it is certain that it is not tried again."""
    held: Entry | None = None

    def told(event: Event | None, entry: Entry | None) -> None:
        nonlocal held
        if held is not None and isinstance(event, (Started, Skipped, Finished)):
            again = isinstance(event, Started) and event.attempt > 1
            before, held = held, None
            if not again:
                onlooker(None, before)
        if entry is not None and entry.step.eventually and not isinstance(event, Skipped):
            held, entry = entry, None
        onlooker(event, entry)

    return told

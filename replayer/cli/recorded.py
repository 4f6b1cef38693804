"""Transcripts of the recordings that a person names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replayer.problems import ReplayError
from replayer.recording import RecordingError, read_recording
from replayer.transcript import Transcript, transcribe


def transcript_of(recording: Path) -> Transcript:
    """What was recorded, without colours; raises RecordingError, also where it does not hold together."""
    plan, events = read_recording(recording)
    with holding_together(recording):
        return transcribe(plan, events)


@contextmanager
def holding_together(recording: Path) -> Iterator[None]:
    """For a block that makes something of a recording's events: what fails in it is a RecordingError."""
    try:
        yield
    except ReplayError:
        raise
    except Exception as error:
        # Written by hand, or half of one and half of another: what does not hold together is no bug of ours.
        raise RecordingError(f"{recording}: the recording does not hold together: {error!r}") from error

"""`replay render`: any format from a recording, with no second run."""

import sys
from pathlib import Path

from replayer.formats import FORMATS
from replayer.problems import ReplayError
from replayer.project import UsageError
from replayer.recording import RecordingError, read_recording
from replayer.transcript import transcribe


def render_recording(recording: Path, format: str, output: Path | None) -> None:
    """Renders to a file or to standard output; raises UsageError for an unknown format."""
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not known; one of {', '.join(FORMATS)}")
    plan, events = read_recording(recording)
    try:
        text = FORMATS[format](transcribe(plan, events))
    except ReplayError:
        raise
    except Exception as error:
        # Written by hand, or half of one and half of another: what does not hold together is no bug of ours.
        raise RecordingError(f"{recording}: the recording does not hold together: {error!r}") from error
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReplayError(f"{output}: cannot be written: {error.strerror}") from error

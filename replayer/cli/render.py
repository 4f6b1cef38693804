"""`replay render`: any format from a recording, with no second run."""

import sys
from collections.abc import Iterable
from pathlib import Path

from replayer.events import Event
from replayer.formats import FORMATS
from replayer.plan import Plan
from replayer.problems import ReplayError
from replayer.project import UsageError, places
from replayer.recording import RecordingError, read_recording
from replayer.screen import PaintedText
from replayer.transcript import transcribe


def render_recording(recording: Path, format: str, output: Path | None) -> None:
    """Renders to a file or to standard output; raises UsageError for an unknown format."""
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not known; one of {', '.join(FORMATS)}")
    plan, events = read_recording(recording)
    try:
        if format == "html":
            text = _page(plan, events)
        else:
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


def _page(plan: Plan, events: Iterable[Event]) -> str:
    """The page has colours, and the golden beside it where the scenario's project is here."""
    from replayer.cli.pages import compared
    from replayer.formats.html import render

    transcript = transcribe(plan, events, PaintedText)
    return render(transcript, compared(transcript, places(plan.path, plan.name).transcript))

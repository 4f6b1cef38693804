"""`replay render`: any format from a recording, with no second run."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replayer.cli.pages import compared, written
from replayer.formats.catalogue import FILES, FORMATS
from replayer.problems import ReplayError
from replayer.project import UsageError, places
from replayer.recording import RecordingError, read_recording
from replayer.screen import PaintedText
from replayer.transcript import transcribe


def render_recording(recording: Path, format: str, output: Path | None) -> None:
    """Renders to a file or to standard output; raises UsageError for an unknown format.

    What belongs beside it (pictures) goes to a folder named as the file is, without its suffix; standard output has
    no such place, so nothing there refers to it.
    """
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not known; one of {', '.join(FORMATS)}")
    if output is not None and format in FILES and not output.suffix:
        raise UsageError(f"--output: {output}: a name with a suffix is needed: its pictures go to a folder without it")
    plan, events = read_recording(recording)
    beside: Mapping[str, str] = {}
    try:
        transcript = transcribe(plan, events, PaintedText)
        told: dict[str, Any] = {}
        if format == "html":
            # The golden beside the run, where the scenario's project is here.
            told["against"] = compared(transcript, places(plan.path, plan.name).transcript)
        if output is not None and format in FILES:
            beside = FILES[format](transcript)
            told["folder"] = output.stem
        text = FORMATS[format](transcript, **told)
    except ReplayError:
        raise
    except Exception as error:
        # Written by hand, or half of one and half of another: what does not hold together is no bug of ours.
        raise RecordingError(f"{recording}: the recording does not hold together: {error!r}") from error
    if output is None:
        sys.stdout.write(text)
        return
    for name, content in beside.items():
        written(output.with_suffix("") / name, content)
    written(output, text)

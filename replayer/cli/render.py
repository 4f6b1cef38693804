"""`replay render`: any format from a recording, with no second run."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replayer.cli.pages import compared
from replayer.cli.recorded import holding_together
from replayer.formats.catalogue import FILES, FORMATS, OPTIONS
from replayer.problems import suggestion
from replayer.project import UsageError, places
from replayer.recording import read_recording
from replayer.screen import PaintedText
from replayer.transcript import Transcript, transcribe
from replayer.writing import written


def render_recording(recording: Path, format: str, output: Path | None, options: Mapping[str, Any]) -> None:
    """Renders to a file or to standard output. `options`: of those in OPTIONS, None where not given. Raises UsageError
    for an unknown format, and for an option that it does not take.

    What belongs beside it (pictures) goes to a folder named as the file is, without its suffix; standard output has
    no such place, so nothing there refers to it.
    """
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not known; one of {', '.join(FORMATS)}")
    if output is not None and format in FILES and not output.suffix:
        raise UsageError(f"--output: {output}: a name with a suffix is needed: its pictures go to a folder without it")
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        takers = [one for one, takes in OPTIONS.items() if name in takes]
        if format not in takers:
            raise UsageError(
                f"--{name}: --format {format} does not take it; {', '.join(takers)} {'do' if takers[1:] else 'does'}"
            )
    plan, events = read_recording(recording)
    beside: Mapping[str, str] = {}
    with holding_together(recording):
        transcript = transcribe(plan, events, PaintedText)
        told = _checked(transcript, given)
        if format == "html":
            # The golden beside the run, where the scenario's project is here.
            told["against"] = compared(transcript, places(plan.path, plan.name).transcript)
        if output is not None and format in FILES:
            beside = FILES[format](transcript)
            told["folder"] = output.stem
        text = FORMATS[format](transcript, **told)
    if output is None:
        sys.stdout.write(text)
        return
    for name, content in beside.items():
        written(output.with_suffix("") / name, content)
    written(output, text)


def _checked(transcript: Transcript, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options, if the run has what they name."""
    steps = transcript.plan.steps
    if not 1 <= given.get("step", 1) <= len(steps):
        raise UsageError(f"--step: there is no step {given['step']}; the scenario has 1 to {len(steps)}")
    terminals = sorted({step.terminal for step in steps})
    if given.get("terminal", terminals[0]) not in terminals:
        named = given["terminal"]
        raise UsageError(f"--terminal: there is no terminal {named!r}; {suggestion(named, terminals)}")
    return dict(given)

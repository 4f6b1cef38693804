"""`replay run`: play, judge, record; write the transcripts of what passed."""

import os

from replayer.cli.options import RunOptions
from replayer.cli.playing import After, play_all
from replayer.problems import ReplayError
from replayer.project import Places, UsageError
from replayer.transcript import Transcript


def run_scenarios(options: RunOptions) -> int:
    """Play what is named; returns the exit code of C8."""

    def after(transcript: Transcript, where: Places) -> tuple[list[str], int, str]:
        try:
            return _write(transcript, where, options), 0, ""
        except ReplayError as error:
            # The other scenarios are played all the same.
            return [str(error)], error.exit_code, ""

    if options.step:
        return _step_by_step(options, after)
    _, code, _ = play_all(options, after)
    return code


def _step_by_step(options: RunOptions, after: After) -> int:
    from replayer.cli.keys import keys_at_once, need_terminal
    from replayer.cli.stepping import Stepping

    need_terminal("--step")
    if options.jobs != "1" or options.cluster:
        raise UsageError("--step: one scenario after the other; leave -j and --cluster out")
    with keys_at_once():
        _, code, _ = play_all(options, after, lambda view: Stepping(view).lead)
    return code


def _not_by_default(options: RunOptions) -> str:
    """Why a transcript is not written unless --write says so: readers of the golden would see another run's."""
    if os.environ.get("CI"):
        return "CI is set"
    if options.var or options.vars_file:
        return "variables were given"
    if options.step:
        return "it was played by hand"
    return "some steps were left out" if options.skip_tags else ""


def _write(transcript: Transcript, where: Places, options: RunOptions) -> list[str]:
    """Write the transcript: the golden's place if all passed, else beside the recording."""
    if transcript.verdict == "skipped":
        return []
    if transcript.verdict == "passed" and options.write is False:
        return []
    from replayer import goldens  # not for those who write nothing: 10 ms

    found = goldens.compare(transcript, where.transcript)
    if transcript.verdict != "passed":
        goldens.write(where.attempt, found.shown)
        remarks = [f"transcript of this run  {where.attempt}", f"recording               {where.recording}"]
        if found.golden is not None:
            remarks.append(f"left as it was          {where.transcript}")
        return remarks
    if found.state == "same":
        return [f"transcript  {where.transcript}, as it was"]
    reason = _not_by_default(options)
    if reason and options.write is None:
        return [f"not written  {where.transcript}: {reason}; --write writes it all the same"]
    goldens.write(where.transcript, found.shown)
    first = f": {found.differences.first}" if found.differences.first else ""
    return [f"transcript  {where.transcript}{first}"]

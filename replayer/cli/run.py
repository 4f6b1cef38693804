"""`replay run`: play, judge, record; write the transcripts of what passed."""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from replayer import goldens
from replayer.cli.common import colored, duration, plans_of, size, variables
from replayer.cli.view import View, counts
from replayer.events import Event, Started
from replayer.plan import Plan
from replayer.player import Options
from replayer.project import Places, UsageError, places
from replayer.running import run
from replayer.sandboxes import BACKENDS, Limits, choose
from replayer.selection import selected, without
from replayer.transcript import Entry, Transcript

EXIT = {"passed": 0, "skipped": 0, "failed": 1, "errored": 3}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of the command line, as given."""

    verbose: bool = False
    quiet: bool = False
    exit_first: bool = False
    keyword: str = ""
    tags: str = ""
    skip_tags: str = ""
    timeout: str = "30s"
    scenario_timeout: str = "10m"
    var: tuple[str, ...] = ()
    vars_file: Path | None = None
    sandbox: str | None = None
    max_processes: int = 1024
    max_memory: str = "4G"
    max_disk: str = "512M"
    max_output: str = "64M"
    keep: bool = False
    strict: bool = False
    dry_run: bool = False
    write: bool | None = None
    transcripts: Path | None = None
    recordings: Path | None = None
    color: str = "auto"


def run_scenarios(named: Sequence[Path], options: RunOptions) -> int:
    """Play what is named; returns the exit code of C8."""
    view = View(sys.stdout, colored(options.color), options.verbose, options.quiet)
    chosen = _chosen(named, options)
    how = _how(options)
    if options.dry_run:
        for plan in chosen:
            view.say(f"would play  {plan.name}  {len(plan.steps)} steps  {plan.path}")
        return 0
    if how.backend is None:
        backend, weaker = choose()
        if weaker:
            print(weaker, file=sys.stderr)
        how = Options(**{f: getattr(how, f) for f in how.__dataclass_fields__} | {"backend": backend})
    # SIGTERM and a closed terminal end a run as Ctrl-C does: all is taken down, the recording is whole.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    runs: list[Transcript] = []
    for plan in chosen:
        runs.append(play_one(plan, how, options, view))
        finished = runs[-1].finished
        if finished is not None and finished.ending == "interrupted":
            break
        if options.exit_first and runs[-1].verdict in ("failed", "errored"):
            break
    _summary(runs, len(chosen), view)
    return _exit_code(runs, options.strict)


def _chosen(named: Sequence[Path], options: RunOptions) -> list[Plan]:
    plans = plans_of(named, variables(options.var, options.vars_file))
    kept = [without(p, options.skip_tags) for p in plans if selected(p, options.keyword, options.tags)]
    chosen = [plan for plan in kept if plan is not None]
    if not chosen:
        raise UsageError(f"none of {len(plans)} scenarios is selected by -k, --tags and --skip-tags")
    return chosen


def _how(options: RunOptions) -> Options:
    if options.sandbox is not None and options.sandbox not in BACKENDS:
        raise UsageError(f"--sandbox: {options.sandbox!r} is not known; one of {', '.join(BACKENDS)}")
    return Options(
        backend=options.sandbox,
        limits=Limits(
            processes=options.max_processes,
            memory=size(options.max_memory, "--max-memory"),
            disk=size(options.max_disk, "--max-disk"),
        ),
        step_timeout=duration(options.timeout, "--timeout"),
        run_timeout=duration(options.scenario_timeout, "--scenario-timeout"),
        output=size(options.max_output, "--max-output"),
        stop_on_failure=options.exit_first,
        keep=options.keep,
    )


def play_one(plan: Plan, how: Options, options: RunOptions, view: View) -> Transcript:
    """Play one plan, shown and recorded as it goes; its transcript is written if it passed."""
    where = places(plan.path, plan.name, options.transcripts, options.recordings)
    view.begin(plan)
    transcript, failure = run(plan, how, where.recording, lambda event, entry: _show(view, plan, event, entry))
    remarks = _write(transcript, where, options.write)
    if failure:
        remarks.append(failure)
    if transcript.finished is not None and transcript.finished.kept:
        remarks.append(transcript.finished.kept)
    view.finish(transcript, remarks)
    return transcript


def _show(view: View, plan: Plan, event: Event | None, entry: Entry | None) -> None:
    if isinstance(event, Started):
        view.started(plan.steps[event.step], event.text, event.attempt)
    if entry is not None:
        view.ended(entry)


def _write(transcript: Transcript, where: Places, write: bool | None) -> list[str]:
    """Write the transcript: the golden's place if all passed, else beside the recording."""
    if transcript.skipped:
        return []
    found = goldens.compare(transcript, where.transcript)
    if transcript.verdict != "passed":
        goldens.write(where.attempt, found.shown)
        remarks = [f"transcript of this run  {where.attempt}", f"recording               {where.recording}"]
        if found.golden is not None:
            remarks.append(f"left as it was          {where.transcript}")
        return remarks
    if found.state == "same":
        return [f"transcript  {where.transcript}, as it was"]
    if write is None and os.environ.get("CI"):
        return [f"not written  {where.transcript}: CI is set; --write writes it all the same"]
    if write is False:
        return []
    goldens.write(where.transcript, found.shown)
    first = f": {found.differences.first}" if found.differences.first else ""
    return [f"transcript  {where.transcript}{first}"]


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _summary(runs: list[Transcript], chosen: int, view: View) -> None:
    if chosen == 1:
        return
    words = [done.verdict for done in runs]
    parts = [f"{words.count(w)} {w}" for w in ("passed", "failed", "errored", "skipped") if w in words]
    if len(runs) < chosen:
        parts.append(f"{chosen - len(runs)} not reached")
    total = sum(done.seconds for done in runs)
    worst = next((w for w in ("errored", "failed") if w in words), "passed")
    view.say(view.paint(f"{chosen} scenarios: {', '.join(parts)} in {total:.2f}s", worst))
    for done in runs:
        if done.verdict in ("failed", "errored", "skipped"):
            word = view.paint(f"{done.verdict:<8}", done.verdict)
            view.say(f"  {word} {done.plan.name}  {done.skipped or counts(done)}")


def _exit_code(runs: list[Transcript], strict: bool) -> int:
    if any(done.finished is not None and done.finished.ending == "interrupted" for done in runs):
        return 130
    codes = [1 if strict and done.verdict == "skipped" else EXIT[done.verdict] for done in runs]
    return max(codes, default=0)

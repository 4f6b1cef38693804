"""What `run` and `check` share: which plans are meant, how they are played, one by one or many at once."""

import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from replayer.cli.common import colored, duration, plans_of, size, variables
from replayer.cli.options import OneOptions, PlayOptions, RecordOptions, VerifyOptions
from replayer.cli.repeating import last_failed, rates, remember
from replayer.cli.reporting import report
from replayer.cli.view import View
from replayer.events import Event, Output, Started
from replayer.formats.reasons import counts
from replayer.plan import Plan
from replayer.player import Guide, Options
from replayer.project import Places, UsageError, places
from replayer.running import run
from replayer.sandboxes import BACKENDS, Limits
from replayer.selection import selected, shard, without
from replayer.transcript import Entry, Transcript

if TYPE_CHECKING:
    from replayer.cli.pages import Pages

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
LEAST_PROCESSES = 8
EXIT = {"passed": 0, "skipped": 0, "failed": 1, "errored": 3}


# After each run: what to do with its transcript. Returns remarks for the view, an exit code, and the diff against
# its golden where it differs.
After = Callable[[Transcript, Places], tuple[list[str], int, str]]


def play_all(
    options: PlayOptions, after: After, led: Callable[[View], Guide] | None = None
) -> tuple[list[Transcript], int, View]:
    """Play what is named; returns what was played, the exit code of C8 so far, and the view to say more in. `led`
    makes the guide of each run, where a person leads it; then one is played after the other."""
    end_in_order()
    # Standard output is the machine's where it was asked for.
    out = sys.stderr if options.json or str(options.tap) == "-" else sys.stdout
    view = View(out, colored(options.color, out), options.verbose, options.quiet)
    chosen = _chosen(options)
    how = how_to_play(options)
    jobs = _jobs(options.jobs, len(chosen))
    pages = _pages(options, chosen)
    if options.dry_run:
        for plan in chosen:
            view.say(f"would play  {plan.name}  {len(plan.steps)} steps  {plan.path}")
        return [], 0, view
    played: list[Transcript] = []
    began = time.monotonic()
    codes = [0]
    differences: dict[tuple[str, str], str] = {}
    with ExitStack() as stack:
        if os.environ.get("GITHUB_ACTIONS") == "true":
            _no_commands(out, stack)
        where = _places(chosen, options)
        alone = (jobs == 1 and not options.cluster) or led is not None
        runs = (
            _one_by_one(chosen, how, where, view, led)
            if alone
            else _many(chosen, how, where, view, jobs, options.cluster)
        )
        stack.callback(view.close)
        stack.callback(runs.close)
        for number, (transcript, failure) in enumerate(runs):
            page = pages.add(transcript, where[number]) if pages else None
            remarks, code, difference = after(transcript, where[number])
            if difference:
                differences[transcript.plan.path, transcript.plan.name] = difference
            if options.json:
                _stream(transcript, where[number])
            weaker = transcript.machine.get("weaker")
            if weaker and not played:
                print(weaker, file=sys.stderr)
            finished = transcript.finished
            remarks += [remark for remark in (failure, _again(transcript), _kept(transcript)) if remark]
            if page is not None:
                remarks.append(f"page        {page}")
            view.finish(transcript, remarks, last=alone or len(played) + 1 == len(chosen))
            played.append(transcript)
            codes += [code, 1 if options.strict and transcript.verdict == "skipped" else EXIT[transcript.verdict]]
            if finished is not None and finished.ending == "interrupted":
                codes.append(130)
                break
            if options.exitfirst and transcript.verdict in ("failed", "errored"):
                break
    _summary(played, len(chosen), time.monotonic() - began, view)
    index = pages.finish(_title(options)) if pages else None
    if index is not None:
        view.say(f"index  {index}")
    if options.repeat > 1:
        for line in rates(played, options.repeat):
            view.say(line)
    if options.recordings is None:
        remember(played)
    report(options, played, differences)
    return played, max(codes), view


def end_in_order() -> None:
    """SIGTERM and a closed terminal end a run as Ctrl-C does: all is taken down, the recording is whole."""
    for ending in ENDINGS:
        signal.signal(ending, _interrupt)


def _no_commands(out: TextIO, stack: ExitStack) -> None:
    """GitHub's runner obeys `::command::` in what is printed: not in what a scenario prints."""
    from replayer.reports import github

    token = os.urandom(16).hex()
    out.write(github.stop(token))
    stack.callback(lambda: out.write(github.resume(token)))


def _stream(transcript: Transcript, where: Places) -> None:
    """The events of a run, as it was recorded, for machines."""
    from replayer.recording import read_recording
    from replayer.reports.events import line

    for event in read_recording(where.recording)[1]:
        print(line(transcript.plan.name, event))
    sys.stdout.flush()


def _chosen(options: PlayOptions) -> list[Plan]:
    plans = plans_of(options.scenarios or (), variables(options.var or (), options.vars_file))
    kept = [without(p, options.skip_tags) for p in plans if selected(p, options.keyword, options.tags)]
    chosen = [plan for plan in kept if plan is not None]
    if not chosen:
        raise UsageError(f"none of {len(plans)} scenarios is selected by -k, --tags and --skip-tags")
    if options.last_failed:
        chosen = last_failed(chosen)
    chosen = [plan for plan in chosen for _ in range(options.repeat)]
    if options.shard:
        chosen = shard(chosen, options.shard)
    if options.shuffle:
        import random

        random.shuffle(chosen)
    return chosen


def _pages(options: PlayOptions, plans: Sequence[Plan]) -> "Pages | None":
    if options.html is None:
        return None
    from replayer.cli.pages import Pages

    return Pages(options.html, plans)


def _title(options: PlayOptions) -> str:
    """What the index is called: what was named to be played."""
    return ", ".join(str(path) for path in options.scenarios or (Path("scenarios"),))


def _places(plans: Sequence[Plan], options: PlayOptions) -> list[Places]:
    """Where each run writes; of a plan that is played again, each recording has a number."""
    found = []
    times: dict[tuple[str, str], int] = {}
    for plan in plans:
        key = plan.path, plan.name
        times[key] = times.get(key, 0) + 1
        where = places(plan.path, plan.name, options.transcripts, options.recordings)
        if times[key] > 1:
            where = replace(where, recording=where.recording.with_name(f"{where.recording.stem}.{times[key]}.jsonl"))
        found.append(where)
    return found


def how_to_play(options: PlayOptions) -> Options:
    """Sizes and times as numbers; raises UsageError."""
    if options.max_processes < LEAST_PROCESSES:
        raise UsageError(
            f"--max-processes: {options.max_processes} are too few for a shell; {LEAST_PROCESSES} at least"
        )
    return Options(
        backend=_backend(options.sandbox),
        limits=Limits(
            processes=options.max_processes,
            memory=size(options.max_memory, "--max-memory"),
            disk=size(options.max_disk, "--max-disk"),
        ),
        step_timeout=duration(options.timeout, "--timeout"),
        run_timeout=duration(options.scenario_timeout, "--scenario-timeout"),
        output=size(options.max_output, "--max-output"),
        stop_on_failure=options.exitfirst,
        keep=options.keep,
        fast=options.fast,
        topology=options.topology,
    )


def how_one(options: OneOptions | RecordOptions | VerifyOptions) -> Options:
    """How a scenario is played for somebody who is there."""
    timeout = duration(options.timeout, "--timeout")
    return Options(backend=_backend(options.sandbox), step_timeout=timeout, fast=options.fast)


def _backend(name: str | None) -> str | None:
    if name is not None and name not in BACKENDS:
        raise UsageError(f"--sandbox: {name!r} is not known; one of {', '.join(BACKENDS)}")
    return name


def check_values(options: PlayOptions) -> None:
    """Raises UsageError for a value that no run can have."""
    how_to_play(options)
    colored(options.color)
    _jobs(options.jobs, 1)
    if options.repeat < 1:
        raise UsageError(f"--repeat: {options.repeat} are no runs; write 1 or more")
    if options.shard:
        shard((), options.shard)


def _jobs(text: str, plans: int) -> int:
    if text == "auto":
        from replayer.pool import as_many_as_fit

        return max(1, min(plans, as_many_as_fit()))
    if not text.isdigit() or int(text) < 1:
        raise UsageError(f"-j: {text!r} is not known; write a number or auto")
    return max(1, min(plans, int(text)))


# What a run gives: its transcript, and why its recording is not whole.
Runs = Generator[tuple[Transcript, str], None, None]


def _one_by_one(
    plans: Sequence[Plan],
    how: Options,
    where: Sequence[Places],
    view: View,
    led: Callable[[View], Guide] | None,
) -> Runs:
    for plan, place in zip(plans, where, strict=True):
        view.begin(plan)
        yield run(plan, how, place.recording, partial(show, view, plan), led(view) if led else None)


def _many(plans: Sequence[Plan], how: Options, where: Sequence[Places], view: View, jobs: int, cluster: str) -> Runs:
    from replayer.pool import Crew, Workers, play_many

    crew: Crew = Workers()
    if cluster:
        try:
            from replayer.cluster import MOST, Cluster
        except ModuleNotFoundError as error:
            raise UsageError(
                f"--cluster needs dask.distributed ({error}); pip install 'replay-scenarios[cluster]'"
            ) from error
        crew, jobs = Cluster(cluster), min(MOST, len(plans))
    view.begin_many(plans)
    for done in play_many(plans, how, [place.recording for place in where], jobs, view.happened, crew):
        view.tell(done.number, done.transcript)
        yield done.transcript, done.failure


def _again(transcript: Transcript) -> str:
    lost = transcript.machine.get("lost")
    return f"played again: {lost}" if lost else ""


def _kept(transcript: Transcript) -> str:
    finished, worker = transcript.finished, transcript.machine.get("worker")
    if finished is None or not finished.kept:
        return ""
    return f"sandbox kept{f' on the worker {worker}' if worker else ''}; to get in:  {finished.kept}"


def show(view: View, plan: Plan, event: Event | None, entry: Entry | None) -> None:
    """What a person sees of an event, and of the entry that it ended."""
    show_running(view, plan, event, entry)
    if entry is not None:
        view.ended(entry)


def show_running(view: View, plan: Plan, event: Event | None, _: Entry | None) -> None:
    """What a person sees of an event while a step runs."""
    if isinstance(event, Started):
        view.started(plan.steps[event.step], event.text, event.attempt)
    elif isinstance(event, Output):
        view.printed(event.terminal, event.text)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # What is taken down now takes a second at the most; a second signal must not leave half of it.
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt


def _summary(runs: list[Transcript], chosen: int, seconds: float, view: View) -> None:
    if chosen == 1:
        return
    words = [done.verdict for done in runs]
    parts = [f"{words.count(w)} {w}" for w in ("passed", "failed", "errored", "skipped") if w in words]
    if len(runs) < chosen:
        parts.append(f"{chosen - len(runs)} not reached")
    worst = next((w for w in ("errored", "failed") if w in words), "passed")
    view.say(view.paint(f"{chosen} scenarios: {', '.join(parts)} in {seconds:.2f}s", worst))
    for done in runs:
        if done.verdict in ("failed", "errored", "skipped"):
            word = view.paint(f"{done.verdict:<8}", done.verdict)
            view.say(f"  {word} {done.plan.name}  {done.skipped or counts(done)}")

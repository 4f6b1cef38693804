"""`replay record`: a shell in a fresh sandbox; what is typed becomes a scenario, which is played once again."""

import json
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from replayer.cli.common import colored
from replayer.cli.desk import MAIN, desk
from replayer.cli.leading import from_input, whole_width
from replayer.cli.options import RecordOptions
from replayer.cli.playing import end_in_order, how_one, show_running
from replayer.cli.view import View
from replayer.drafting import Draft, Written, commands_of, drafts, scenario
from replayer.events import Event, Output, Started
from replayer.joining import chosen, visit
from replayer.journal import Happened, Head
from replayer.plan import Plan, PlannedStep
from replayer.player import Choice, Options, Player, replay
from replayer.problems import ReplayError, ScenarioError, visible
from replayer.project import UsageError, places
from replayer.proving import Proved, plan_of, prove
from replayer.scenario import Size
from replayer.scribe import Scribe, being_written, recovered
from replayer.session import MOST_KEPT
from replayer.sources.authored import LOOPBACK, setup
from replayer.sources.yamltext import scalar
from replayer.transcript import Transcriber

# How long the second play may take, as a multiple of the first.
SLOWER = 3


def record(options: RecordOptions) -> int:
    """Returns the exit code: 0 when the scenario is written and repeats; 1 when an outcome or a status did not, or a
    step could not be played again; 3 when there was no sandbox; 130 interrupted (what was typed is written)."""
    end_in_order()
    if options.replay is None:
        options = replace(options, replay=options.sandbox != "host")
    if options.terminal is not None:
        return _join(options)
    out = sys.stderr if not sys.stdin.isatty() and options.output is None else sys.stdout
    view = View(out, colored(options.color, out))
    if options.recover is not None:
        _check_output(options)
        if being_written(options.recover):
            raise UsageError(f"{options.recover}: it is still being recorded; leave its shell first")
        head, order = recovered(options.recover)
        code = _finish(options, view, _titled(options, head), order, 0.0)
        if code in (0, 1) and options.output is not None:
            options.recover.unlink(missing_ok=True)
        return code
    if sys.stdin.isatty() and not sys.stdout.isatty():
        raise UsageError("standard output is no terminal; give the commands on standard input, or leave it a terminal")
    _check_output(options)
    return _record(options, view)


def _record(options: RecordOptions, view: View) -> int:
    journal = _journal(options)
    columns, rows = _size()
    head = Head(title=options.title, columns=columns, rows=rows)
    with Scribe(journal, _titled(options, head)) as scribe:
        over = False

        def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
            nonlocal over
            if step is not None:
                return "run"
            view.close()
            if sys.stdin.isatty():
                yield from desk(player, scribe, options.output, view)
            else:
                yield from from_input(player, MAIN, scribe.teller(MAIN), view.file, how.step_timeout)
            over = True
            return "quit"

        plan = Plan(
            name="record",
            path=str(options.output or "record"),
            steps=_fresh() if options.sandbox != "host" else (),
            size=Size(columns=columns, rows=rows),
        )
        how = how_one(options)
        fold = Transcriber(plan)
        events = replay(plan, how, fold, guide=lead)
        try:
            for _ in events:
                pass
        finally:
            events.close()
        order = scribe.order
        finished = fold.transcript.finished
        if not order and not over:
            view.say(f"no sandbox to record in: {finished.reason if finished else ''}")
            scribe.close(keep=False)
            return 130 if finished is not None and finished.ending == "interrupted" else 3
        if not over:
            options = replace(options, replay=False)
        code = _finish(options, view, scribe.head, order, scribe.entries[-1].at if scribe.entries else 0.0)
        # Until here nothing may be lost.
        scribe.close(keep=code == 3)
        if over:
            return code
        view.say("interrupted: what was typed until then is written, and was not played again")
        return 130


def _fresh() -> tuple[PlannedStep, ...]:
    """What is done before the person types, as the written scenario does it in its setup."""
    text = "\n".join([f"setup:\n{LOOPBACK}", "    show: none", "steps:", "  - note: x"])
    return tuple(step for step in plan_of(text, "record").steps if step.section == "setup")


# -- before the shell opens -------------------------------------------------------------------------------


def _check_output(options: RecordOptions) -> None:
    """Nobody shall type for an hour what cannot be written."""
    path = options.output
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file: -o {path / 'new.yaml'}")
    if os.path.lexists(path) and not options.force:
        raise UsageError(f"{path} is there already; --force writes over it, -o names another file")
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK) or not folder.is_dir():
        raise UsageError(f"{path} cannot be written: {folder} is not yours to write in; -o names another file")


def _journal(options: RecordOptions) -> Path:
    output = options.output or Path(f"record-{os.getpid()}")
    path = places(str(output), output.stem).recording.with_suffix(".typed.jsonl")
    if path.exists():
        if being_written(path):
            raise UsageError(f"{output} is being recorded in another window; -o names another file")
        if not options.force:
            raise UsageError(
                f"{path}: a recording of {output} was cut off; make a scenario of it with "
                f"`replay record --recover {path} -o {output}`, or forget it with --force"
            )
        path.unlink()
    return path


def _titled(options: RecordOptions, head: Head) -> Head:
    named = options.output.stem.replace("-", " ").replace("_", " ") if options.output is not None else "recorded"
    return replace(head, title=options.title or head.title or named)


def _size() -> tuple[int, int]:
    """The size of the terminals: the person's, as a scenario may have it."""
    if not sys.stdin.isatty():
        return Size().columns, Size().rows
    columns, rows = os.get_terminal_size(sys.stdout.fileno())
    return max(20, min(columns, 1000)), max(5, min(rows, 500))


def _join(options: RecordOptions) -> int:
    """The second window."""
    name = options.terminal or ""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--terminal joins a recording by hand: it needs a terminal as standard input and output")
    _check_terminal(name)
    recording = chosen(options.output)
    view = View(sys.stdout, colored(options.color, sys.stdout))
    view.say(whole_width(f"  terminal {visible(name)} of {visible(recording.output) or 'the recording'}", view))
    view.say(view.paint("  exit or Ctrl-D ends this one", "dim"))
    last = visit(recording, name, sys.stdin.fileno(), sys.stdout.fileno())
    view.say(f"\n{visible(last)}")
    return 0


def _check_terminal(name: str) -> None:
    """Raises UsageError for a name that no scenario can have."""
    try:
        plan_of(json.dumps({"steps": [{"run": "true", "terminal": name}]}), "--terminal")
    except ScenarioError as error:
        first = error.problems[0]
        raise UsageError(f"--terminal: {first.what}" + (f"; {first.mend}" if first.mend else "")) from error


# -- afterwards -------------------------------------------------------------------------------------------


def _finish(options: RecordOptions, view: View, head: Head, order: Sequence[Happened], seconds: float) -> int:
    """Writes the scenario, plays it again, and writes what repeated."""
    made = drafts(order)
    if not made:
        view.say("nothing was typed: nothing is written")
        return 0
    # The host's own network is as it is.
    fresh = [] if options.sandbox == "host" else list(setup(commands_of(made)))
    lines = _head(head, fresh, twice=False)
    written = scenario(lines, made)
    _write(options, written.text, last=not options.replay)
    where = str(options.output or "the scenario")
    if not options.replay:
        if options.output is not None:
            view.say(f"{where}: {_counted(made)}; not played again")
        return 0
    how = how_one(options)
    how = replace(how, run_timeout=max(how.run_timeout, SLOWER * seconds), topology=False)
    lines = _head(head, fresh, twice=True)
    trial = scenario(lines, made, trial=True)
    proved, ending, reason = _played_again(trial, made, lines, how, view, where)
    if proved is None:
        _write(options, written.text, last=True)
        view.say(f"{where}: {_counted(made)}; it could not be played again: {reason}")
        return 130 if ending == "interrupted" else 3
    _write(options, proved.text, last=True)
    for finding in proved.findings:
        view.say(visible(f"{finding.at}: {finding.what}"))
    grave = any(finding.grave for finding in proved.findings) or not proved.passes
    left = sum(draft.left_out for draft in made)
    differ = len(proved.findings) - left
    how_it_went = f"{differ} did not repeat" if differ else "all of it repeats"
    if left:
        how_it_went += f", {left} left out"
    if not proved.passes:
        how_it_went += ", and `replay run` may not pass"
    view.say(f"{where}: {_counted(made)}; played again, {how_it_went}")
    return 1 if grave else 0


def _played_again(
    written: Written, made: Sequence[Draft], lines: Sequence[str], how: Options, view: View, path: str
) -> tuple[Proved | None, str, str]:
    """What repeats, or how the second play ended and why."""
    plan = plan_of(written.text, path)
    fold = Transcriber(plan)
    kept: list[Event] = []
    events = replay(plan, how, fold)
    view.begin(replace(plan, name="playing it again to see what repeats", title=""))
    try:
        printed: dict[str, int] = {}
        for event in events:
            if isinstance(event, Started):
                printed[event.terminal] = 0
            elif isinstance(event, Output):
                printed[event.terminal] = printed.get(event.terminal, 0) + len(event.text)
            # Of a flood the beginning is enough, as in the first play.
            if not isinstance(event, Output) or printed[event.terminal] <= MOST_KEPT + len(event.text):
                kept.append(event)
            show_running(view, plan, event, None)
    finally:
        events.close()
        view.close()
    finished = fold.transcript.finished
    if finished is None or finished.ending != "done":
        return None, finished.ending if finished else "", finished.reason if finished else "it was cut off"
    return prove(lines, made, written, kept, path), "done", ""


def _head(head: Head, fresh: Sequence[str], twice: bool) -> list[str]:
    """`fresh`: the lines of its setup; `twice`: it is played a second time, and expects what was shown both times."""
    how = "What is expected was shown twice." if twice else "It was not played again: outputs are comments."
    lines = [f"# Recorded by `replay record`. {how}", f"title: {scalar(head.title)}"]
    if (head.columns, head.rows) != (Size().columns, Size().rows):
        lines.append(f"size: {{columns: {head.columns}, rows: {head.rows}}}")
    return [*lines, *fresh, "steps:"]


def _counted(made: Sequence[Draft]) -> str:
    steps = sum(not draft.left_out for draft in made)
    return f"{steps} step{'s' * (steps != 1)}"


def _write(options: RecordOptions, text: str, last: bool) -> None:
    path = options.output
    if path is None:
        if last:
            sys.stdout.write(text)
            sys.stdout.flush()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise ReplayError(f"{path}: what was typed cannot be written: {error.strerror}") from error

"""`replay shell`: play up to a step, and hand the living sandbox to the person."""

import os
import sys
from collections.abc import Generator
from pathlib import Path

from replayer.cli.common import colored, variables
from replayer.cli.leading import OWN, introduce, the_plan, visit
from replayer.cli.options import ShellOptions
from replayer.cli.playing import end_in_order, how_one, show
from replayer.cli.view import View
from replayer.continuation import continuation
from replayer.events import Event, Output, Typed
from replayer.formats.text import command_lines
from replayer.plan import PlannedStep
from replayer.player import Choice, Player, replay
from replayer.problems import ReplayError
from replayer.project import UsageError
from replayer.prompts import Prompt
from replayer.running import settled
from replayer.screen import plain
from replayer.session import TypedCommand
from replayer.transcript import Transcriber


def open_shell(options: ShellOptions) -> int:
    """Returns the exit code: 0 when the person left; 1 when the last of the commands that came from standard input
    did not end with 0; 3 when there was no sandbox to hand over; 130 interrupted."""
    end_in_order()
    interactive = sys.stdin.isatty()
    if interactive and not sys.stdout.isatty():
        raise UsageError("standard output is no terminal; give the commands on standard input, or leave it a terminal")
    plan = the_plan(options.scenario, variables(options.var or (), options.vars_file))
    if options.at is not None and options.at > len(plan.steps):
        raise UsageError(f"--at: {plan.name} has {len(plan.steps)} steps")
    typed: list[TypedCommand] | None = None
    name = options.terminal
    # What commands print is the machine's where no person is there.
    out = sys.stdout if interactive else sys.stderr
    view = View(out, colored(options.color, out))

    def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        nonlocal typed, name
        if step is not None and step.section != "teardown" and (options.at is None or step.index < options.at):
            return "run"
        view.close()
        if player.fold.running(name) is not None:
            view.say(f"  a command still runs in terminal {name!r}: you get one of your own")
            name = OWN
        if interactive:
            introduce(player, step, view)
            typed = yield from visit(player, name, view)
        else:
            typed = yield from _from_input(player, name)
        return "quit"

    fold = Transcriber(plan)
    told = settled(lambda event, entry: show(view, plan, event, entry))
    events = replay(plan, how_one(options), fold, guide=lead)
    view.begin(plan)
    try:
        for event in events:
            told(event, fold.ended)
    finally:
        events.close()
        view.close()
    if typed is None:
        finished = fold.transcript.finished
        view.say(f"no sandbox to hand over: {fold.transcript.skipped or (finished.reason if finished else '')}")
        return 130 if finished is not None and finished.ending == "interrupted" else 3
    if options.record is not None:
        whole = options.at is None or options.at >= len(plan.steps)
        given = variables(options.var or (), options.vars_file)
        text = continuation(typed, plan, name, _include(options, plan.path) if whole else "", given)
        _write(options.record, text)
        view.say(f"recorded  {options.record}")
    return 1 if not interactive and typed and typed[-1].exit else 0


def _include(options: ShellOptions, path: str) -> str:
    """The scenario's file, as the recorded one names it."""
    assert options.record is not None
    return os.path.relpath(path, options.record.parent)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReplayError(f"{path}: what was typed cannot be written: {error.strerror}") from error


def _from_input(player: Player, name: str) -> Generator[Event, None, list[TypedCommand]]:
    """Type standard input's lines, each when the shell asks for one; print each command with its output."""
    lines = sys.stdin.read().rstrip("\n").split("\n")
    terminals = player.terminals
    yield from terminals.ready(name)
    if not terminals.at_prompt(name) or lines == [""]:
        return []
    typed: list[TypedCommand] = []
    begin, pieces = 0, list[str]()

    def end(line: int, status: int | None) -> None:
        nonlocal begin
        one = TypedCommand("\n".join(lines[begin:line]), plain("".join(pieces)), status)
        if one.command.strip():
            typed.append(one)
            print(*command_lines(one.command), sep="\n")
            print(one.output, end="" if one.output.endswith("\n") or not one.output else "\n", flush=True)
        begin = line
        pieces.clear()

    terminals.run(name, "\n".join(lines), watched=False)
    while terminals.state(name) is None:
        for event in terminals.pump(player.now() + 1):
            if isinstance(event, Output) and event.terminal == name:
                pieces.append(event.text)
            elif isinstance(event, Typed):
                end(event.line, event.exit)
            yield event
    state = terminals.state(name)
    end(len(lines), state.exit if isinstance(state, Prompt) else None)
    return typed

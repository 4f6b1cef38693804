"""`replay shell`: play up to a step, and hand the living sandbox to the person."""

import os
import sys
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from replayer.cli.common import colored, variables
from replayer.cli.leading import OWN, from_input, introduce, silent, the_plan, visit
from replayer.cli.options import ShellOptions
from replayer.cli.playing import end_in_order, how_one, show
from replayer.cli.view import View
from replayer.drafting import commands_of, drafts, scenario
from replayer.events import Event
from replayer.journal import Head
from replayer.plan import Plan, PlannedStep
from replayer.player import Choice, Player, replay
from replayer.problems import ReplayError
from replayer.project import UsageError
from replayer.running import settled
from replayer.scribe import Scribe
from replayer.session import TypedCommand
from replayer.sources.authored import setup
from replayer.sources.yamltext import comment, scalar
from replayer.transcript import Transcriber

WIDE = 2**31 - 1  # no line is folded


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
    scribe = Scribe(None, Head())

    def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        nonlocal typed, name
        if step is not None and step.section != "teardown" and (options.at is None or step.index < options.at):
            return "run"
        view.close()
        if player.fold.running(name) is not None:
            view.say(f"  a command still runs in terminal {name!r}: you get one of your own")
            name = OWN
        told = scribe.teller(name, paint=lambda text: view.paint(text, "dim"))
        if interactive:
            introduce(player, step, view)
            typed = yield from visit(player, name, view, told if options.record else silent)
        else:
            typed = yield from from_input(player, name, told, sys.stdout)
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
        head = _head(
            plan, _include(options, plan.path) if whole else "", variables(options.var or (), options.vars_file)
        )
        made = drafts(scribe.order, plan.outcomes)
        # What was played before brings lo up, or means not to.
        fresh = [] if options.sandbox == "host" else setup(commands_of(made), loopback=False)
        head[head.index("steps:") : head.index("steps:")] = fresh
        _write(options.record, scenario(head, made).text)
        view.say(f"recorded  {options.record}")
    return 1 if not interactive and typed and typed[-1].exit else 0


def _head(plan: Plan, include: str, given: Mapping[str, Any]) -> list[str]:
    """The lines up to what was typed. `include`: the path of the scenario that was played whole, with the variables
    `given`; empty: only a part of it was, and the steps are to be put behind that part."""

    def lines() -> Iterator[str]:
        if not include:
            yield f"# Steps that go on from a part of {comment(plan.path)}."
        yield f"title: {scalar(f'{plan.title or plan.name}, continued')}"
        yield "steps:"
        if include:
            yield f"  - include: {scalar(include)}"
        if include and given:
            dumped = yaml.safe_dump(dict(given), allow_unicode=True, default_flow_style=True, width=WIDE).strip()
            yield f"    with: {dumped}"

    return list(lines())


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

"""What `shell`, `run --step` and `present` share: one scenario, and a person who leads it."""

import math
import sys
import textwrap
from collections import deque
from collections.abc import Generator
from pathlib import Path
from typing import Any, TextIO

from replayer.as_root import AS_ROOT, asks_for_root
from replayer.attaching import Here, Told, attach
from replayer.cli.common import plans_of
from replayer.cli.region import cut
from replayer.cli.view import View, running_label
from replayer.events import Event, Output
from replayer.formats.network import network_lines
from replayer.formats.text import command_lines
from replayer.plan import Plan, PlannedStep
from replayer.player import Player
from replayer.problems import visible
from replayer.project import UsageError
from replayer.prompts import Gone, Prompt
from replayer.reading.endless import endless
from replayer.screen import PlainText
from replayer.session import BY_DRAWING, Fact, TypedCommand, draws, remark_of
from replayer.topology import Topology

NEXT = 4  # steps that are named as the next ones
# How long an endless command from standard input runs, in seconds, until Ctrl-C.
ENOUGH = 3.0
# How long a command that reads its input has been silent when a line is typed to it; how often it is looked.
QUIET, TURN = 0.4, 0.1
OWN = "shell"  # the person's terminal where the tutorial's own is busy, or goes on afterwards


def the_plan(path: Path, given: dict[str, Any]) -> Plan:
    """The one plan of a scenario; raises UsageError where a matrix makes several."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name one scenario")
    plans = plans_of([path], given)
    if len(plans) > 1:
        names = ", ".join(plan.name for plan in plans[:3])
        raise UsageError(f"{path}: a matrix makes {len(plans)} plans of it ({names}, …); choose one with --var")
    return plans[0]


def topology_of(player: Player) -> Topology | None:
    """The network as it was seen last."""
    entries = player.fold.transcript.entries
    return entries[-1].topology if entries else None


def introduce(player: Player, step: PlannedStep | None, view: View) -> None:
    """What the person should know who is about to get a terminal: the network, and what would come next."""
    topology = topology_of(player)
    network = list(network_lines(topology)) if topology is not None else []
    if network:
        view.say("")
    for line in network:
        view.say(fitted(f"  {visible(line)}", view))
    coming = player.plan.steps[step.index :] if step is not None else ()
    shown = [s for s in coming if s.kind != "note"][:NEXT]
    if shown:
        view.say("")
    for number, one in enumerate(shown):
        head = "next " if number == 0 else ""
        label = running_label(one, one.text, 1)
        view.say(fitted(f"  {head:<5}{one.index + 1:>4}  {place_of(one)}{label}", view))


def place_of(step: PlannedStep) -> str:
    """Which terminal a step is for, where it is not the usual one."""
    return f"[{step.terminal}] " if step.terminal != "main" and step.kind in ("run", "send") else ""


def fitted(text: str, view: View) -> str:
    """A line cut to the terminal's width, where there is a terminal."""
    return cut(text, view.width - 1) if view.width else text


def silent(fact: Fact, over: bool) -> str:
    """Nobody keeps what is typed."""
    return ""


def visit(player: Player, name: str, view: View, told: Told = silent) -> Generator[Event, None, list[TypedCommand]]:
    """A terminal for the person, until they leave it; returns what they typed."""
    how = "exit or Ctrl-D leaves; Ctrl-] three times leaves whatever runs"
    view.say("")
    view.say(view.paint(f"  {how}", "dim"))
    here = Here(sys.stdin.fileno(), sys.stdout.fileno())
    return (yield from attach(player, name, here, view.color, told))


def whole_width(text: str, view: View) -> str:
    """Lines folded to the terminal's width, where there is a terminal."""
    if not view.width:
        return text
    room = max(20, view.width - 1)
    folded = (
        textwrap.wrap(line, room, subsequent_indent="    ", break_on_hyphens=False) or [""] for line in text.split("\n")
    )
    return "\n".join(part for parts in folded for part in parts)


def from_input(
    player: Player, name: str, told: Told, out: TextIO, most: float = math.inf
) -> Generator[Event, None, list[TypedCommand]]:
    """Type standard input's lines, each when the shell asks for one, or a command that reads; print each command with
    its output. A command that does not end by itself, or within `most` seconds, is ended by Ctrl-C."""
    lines = deque(sys.stdin.read().rstrip("\n").split("\n"))
    terminals = player.terminals
    yield from terminals.ready(name)
    if player.sandbox.backend != "host" and any(map(asks_for_root, lines)):
        yield from _typed(player, name, AS_ROOT, deque(), silent, most)
    typed: list[TypedCommand] = []
    while lines and terminals.at_prompt(name):
        line = lines.popleft()
        remark = remark_of(line)
        if remark is not None:
            said = told(remark, True).rstrip()
            print(f"# {line}", *([said] if said else []), sep="\n", file=out, flush=True)
        elif line.strip():
            one = yield from _typed(player, name, line, lines, told, most)
            typed.append(one)
            print(*command_lines(one.command), sep="\n", file=out)
            print(one.output, end="" if one.output.endswith("\n") or not one.output else "\n", file=out, flush=True)
    return typed


def _typed(
    player: Player, name: str, line: str, lines: deque[str], told: Told, most: float
) -> Generator[Event, None, TypedCommand]:
    """One command that begins with a line; what it takes of the others is taken away."""
    terminals = player.terminals
    one = TypedCommand(line)
    told(one, False)
    screen = PlainText(player.plan.size.columns, player.plan.size.rows)
    began, heard, end = player.now(), player.now(), ""
    most = min(most, ENOUGH) if endless(line) else most
    terminals.run(name, line, watched=False)
    while True:
        for event in terminals.pump(player.now() + TURN):
            if isinstance(event, Output) and event.terminal == name:
                screen.feed(event.text)
                heard = player.now()
                # A sequence may come in two parts.
                one.alone = one.alone or (BY_DRAWING if draws(end + event.text) else "")
                end = event.text[-8:]
            yield event
        state = terminals.state(name)
        if isinstance(state, Prompt) and state.more and lines:
            one.command += f"\n{lines[0]}"
            terminals.run(name, lines.popleft(), watched=False)
        elif state is not None and not (isinstance(state, Prompt) and state.more):
            break
        elif state is not None or player.now() > began + most:
            one.interrupted = state is None
            for event in terminals.end_command(name):
                if isinstance(event, Output) and event.terminal == name:
                    screen.feed(event.text)
                yield event
            state = terminals.state(name)
            break
        elif lines and player.now() > heard + QUIET and terminals.reads_input(name):
            one.sent.append(lines[0])
            terminals.send(name, lines.popleft())
            heard = player.now()
    one.output, one.exit = screen.text(), state.exit if isinstance(state, Prompt) else None
    if isinstance(state, Gone):
        terminals.forget(name)
    told(one, True)
    return one

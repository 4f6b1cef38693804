"""What `shell`, `run --step` and `present` share: one scenario, and a person who leads it."""

import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

from replayer.attaching import attach
from replayer.cli.common import plans_of
from replayer.cli.region import cut
from replayer.cli.view import View, running_label
from replayer.events import Event
from replayer.formats.network import network_lines
from replayer.plan import Plan, PlannedStep
from replayer.player import Player
from replayer.problems import visible
from replayer.project import UsageError
from replayer.session import TypedCommand
from replayer.topology import Topology

NEXT = 4  # steps that are named as the next ones
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


def visit(player: Player, name: str, view: View) -> Generator[Event, None, list[TypedCommand]]:
    """A terminal for the person, until they leave it; returns what they typed."""
    how = "exit or Ctrl-D leaves; Ctrl-] three times leaves whatever runs"
    view.say("")
    view.say(view.paint(f"  {how}", "dim"))
    return (yield from attach(player, name, sys.stdin.fileno(), sys.stdout.fileno(), view.color))

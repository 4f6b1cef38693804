"""`replay run --step`: before each step the person says what becomes of it."""

import sys
from collections.abc import Generator, Sequence

from replayer.cli.keys import key
from replayer.cli.leading import OWN, introduce, place_of, visit
from replayer.cli.region import Region, cut, padded, size_of
from replayer.cli.view import View, running_label
from replayer.events import Event
from replayer.formats.reasons import one_line
from replayer.plan import Plan, PlannedStep
from replayer.player import Choice, Player

KEYS = "enter run · s skip · c run the rest · ! shell · l list · q quit"
LIST_KEYS = "↑ ↓ move · any other key back"


class Stepping:
    """Leads a player by the keys of the person."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._region = Region(sys.stdout)
        self._go_on = False

    def lead(self, player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        """The player's guide."""
        if step is None or self._go_on or step.kind == "note":
            return "run"
        while True:
            self._ask(player.plan, step)
            pressed = yield from key(player, lambda: self._ask(player.plan, step))
            self._region.clear()
            match pressed:
                case "enter" | "space" | "r":
                    return "run"
                case "s":
                    return "skip"
                case "c":
                    self._go_on = True
                    return "run"
                case "q":
                    return "quit"
                case "!":
                    introduce(player, step, self._view)
                    yield from visit(player, OWN, self._view)
                    self._view.say("")
                case "l":
                    yield from self._list(player, step)

    def _ask(self, plan: Plan, step: PlannedStep) -> None:
        columns, _ = size_of(sys.stdout) or (80, 24)
        where = f"  {step.index + 1}/{len(plan.steps)}  "
        head = self._view.paint(where, "dim") + self._view.paint(cut(told(step), columns - len(where) - 1), "bold")
        self._region.draw([head, self._view.paint(cut(f"  {KEYS}", columns - 1), "dim")])

    def _list(self, player: Player, step: PlannedStep) -> Generator[Event, None, None]:
        """All steps with their verdicts so far, until a key is pressed that does not move."""
        lines = steps_so_far(player, step)
        at = step.index
        while True:
            columns, rows = size_of(sys.stdout) or (80, 24)
            room = max(1, rows - 3)
            at = max(0, min(at, len(lines) - 1))
            first = max(0, min(at - room // 2, len(lines) - room))
            shown = [(word, cut(text, columns - 13)) for word, text in lines[first : first + room]]
            drawn = [f"  {self._view.paint(padded(word, 9), word) if word else ' ' * 9}{text}" for word, text in shown]
            self._region.draw([*drawn, self._view.paint(cut(f"  {LIST_KEYS}", columns - 1), "dim")])
            moves = {"up": -1, "k": -1, "down": 1, "j": 1, "page up": -room, "page down": room}
            pressed = yield from key(player)
            if pressed not in moves:
                self._region.clear()
                return
            # The window moves, not only what is in its middle.
            at = max(room // 2, min(at, len(lines) - room + room // 2)) + moves[pressed]


def steps_so_far(player: Player, now: PlannedStep) -> Sequence[tuple[str, str]]:
    """For each step its verdict, or nothing, and what it is; the one that is next has a sign."""
    words = {e.step.index: e.verdict.word for e in player.fold.transcript.entries if e.verdict is not None}
    last = len(str(len(player.plan.steps)))
    return [
        (
            words.get(step.index, "") if step.kind != "note" else "",
            f"{'▸' if step is now else ' '} {step.index + 1:>{last}}  {told(step)}",
        )
        for step in player.plan.steps
    ]


def told(step: PlannedStep) -> str:
    """A step on one line."""
    return place_of(step) + (running_label(step, step.text, 1) if step.kind != "note" else one_line(step.text))

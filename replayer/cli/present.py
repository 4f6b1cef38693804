"""`replay present`: a scenario played for an audience, as if somebody typed it.

Standard output is the talk: notes as prose, commands as they are typed, outputs as they come (tamed: contract C9).
"""

import random
import re
import sys
from collections.abc import Generator

from replayer.cli.common import colored, variables
from replayer.cli.keys import key, keys_at_once, need_terminal, pressed, read_key
from replayer.cli.leading import OWN, introduce, the_plan, visit
from replayer.cli.options import PresentOptions
from replayer.cli.playing import EXIT, end_in_order, how_one
from replayer.cli.region import size_of, width_of
from replayer.cli.view import View, running_label
from replayer.events import Event, Output, Started
from replayer.formats.reasons import label_of, reasons
from replayer.formats.text import command_lines
from replayer.plan import Plan, PlannedStep
from replayer.player import Choice, Player
from replayer.problems import visible
from replayer.project import places
from replayer.running import run
from replayer.tamed import Tamed
from replayer.transcript import Entry

WIDEST = 100  # columns of prose
_PIECE = re.compile(r"[^\s\u2e80-\uffef]+[、。，；：？！）」』”》]*\s*|.[、。，；：？！）」』”》]*\s*")
NEXT = ("enter", "space", "down", "page down")


def present(options: PresentOptions) -> int:
    """Returns the exit code of C8; 130 when it was left."""
    end_in_order()
    need_terminal("present")
    plan = the_plan(options.scenario, variables(options.var or (), options.vars_file))
    view = View(sys.stdout, colored(options.color))
    talk = Talk(plan, view, options.pace)
    view.say(view.paint(visible(plan.title or plan.name), "bold"))
    recording = places(plan.path, plan.name).recording
    with keys_at_once():
        transcript, failure = run(plan, how_one(options), recording, talk.show, talk.lead)
    view.finish(transcript, [failure] if failure else [])
    finished = transcript.finished
    return 130 if finished is not None and finished.ending == "interrupted" else EXIT[transcript.verdict]


class Talk:
    """Shows a run as it goes, at the pace of whoever presents it. `pace`: characters a second, 0 for all at once."""

    def __init__(self, plan: Plan, view: View, pace: float) -> None:
        self._plan, self._view, self._pace = plan, view, pace
        self._tamed: dict[str, Tamed] = {}
        self._place = "main"  # the terminal that is shown
        self._left = True  # the cursor stands at the left
        self._asked = False  # the cursor stands behind a prompt
        self._hidden = False  # the running step is not for the audience

    def lead(self, player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        """The player's guide: a note is read out, a command waits for a key and is typed."""
        if step is None or _hidden(step) or player.not_now(step):
            return "run"
        if step.kind == "note":
            self._prose(player.fold.text(step))
            return "run"
        if step.kind == "pause":
            return "run"
        while True:
            self._ask(step)
            pressed_key = yield from key(player, lambda: self._ask(step))
            if pressed_key in NEXT:
                break
            if pressed_key in ("q", "s"):
                self._take_back()
            if pressed_key == "q":
                return "quit"
            if pressed_key == "s":
                introduce(player, step, self._view)
                yield from visit(player, OWN, self._view)
                self._write("\n")
        self._ask(step)
        if step.kind == "run":
            self._asked = False
            self._type(player.fold.text(step))
        self._take_back()
        return "run"

    def _ask(self, step: PlannedStep) -> None:
        """A prompt, or what a key press will do; gone when something is printed, and back soon after."""
        if self._asked:
            return
        if step.kind == "run":
            self._go_to(step.terminal)
            self._write(self._view.paint("# ", "passed"))
        else:
            self._write(self._view.paint(f"▸ {running_label(step, step.text, 1)}", "dim"))
        self._asked = True

    def _take_back(self) -> None:
        if self._asked:
            self._write("\r\x1b[K")
            self._asked, self._left = False, True

    def show(self, event: Event | None, entry: Entry | None) -> None:
        """What the audience sees of an event, and of the step that it ended."""
        match event:
            case Started(step=index):
                self._hidden = _hidden(self._plan.steps[index])
            case Output(terminal=terminal, text=text) if not self._hidden:
                self._take_back()
                self._go_to(terminal)
                self._write(self._tamed.setdefault(terminal, Tamed(self._view.color)).feed(text.replace("\r\n", "\n")))
        if entry is not None and entry.judged and not (_hidden(entry.step) and _passed(entry)):
            self._verdict(entry)

    def _verdict(self, entry: Entry) -> None:
        if not self._left:
            self._write("\n")
        word = entry.verdict.word if entry.verdict else "errored"
        if _passed(entry):
            if entry.outcome:
                self._write(self._view.paint(entry.outcome, "bold") + "\n")
            return
        self._write(self._view.paint(f"{word}: {label_of(entry)}", word) + "\n")
        for line in reasons(entry, "  "):
            self._write(self._view.paint(visible(line), word) + "\n")

    def _prose(self, text: str) -> None:
        columns, _ = size_of(sys.stdout) or (80, 24)
        self._write("\n")
        for line in visible(text).rstrip("\n").split("\n"):
            self._write("\n".join(wrapped(line, min(columns - 1, WIDEST))) + "\n")
        self._write("\n")

    def _go_to(self, terminal: str) -> None:
        """Say when another terminal is shown than before."""
        if terminal != self._place:
            self._place = terminal
            self._write(("" if self._left else "\n") + self._view.paint(f"── {visible(terminal)} ──", "dim") + "\n")

    def _type(self, command: str) -> None:
        """The command appears as if it were typed; a key press brings the rest of it at once."""
        at_once = not self._pace
        for letter in "\n".join(command_lines(command)).removeprefix("# "):
            self._write(letter)
            if not at_once and pressed(random.uniform(0.4, 1.6) / self._pace):
                read_key()
                at_once = True
        self._write("\n")

    def _write(self, text: str) -> None:
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
            self._left = text.endswith("\n")


def _hidden(step: PlannedStep) -> bool:
    """Whether a step is not for the audience: it plays by itself."""
    return step.section != "steps" or step.show == "none"


def _passed(entry: Entry) -> bool:
    return entry.verdict is not None and entry.verdict.word == "passed"


def wrapped(line: str, columns: int) -> list[str]:
    """A line of prose in lines of at most so many columns: cut between words, and between Chinese characters but not
    before what ends a phrase."""
    lines, now = [], ""
    for piece in _PIECE.findall(line):
        if now and width_of(now + piece.rstrip()) > columns:
            lines.append(now.rstrip())
            now = ""
        now += piece
    return [*lines, now.rstrip()]

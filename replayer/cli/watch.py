"""`replay watch`: play a scenario again when one of its files changes, and show what changed."""

import sys
import time
from collections.abc import Generator, Iterable, Iterator
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from replayer.cli.common import colored, plans_of, variables
from replayer.cli.diff import painted
from replayer.cli.options import OneOptions
from replayer.cli.playing import end_in_order, how_one, show_running
from replayer.cli.view import View
from replayer.equivalence import reconcile
from replayer.events import Event
from replayer.formats import text
from replayer.formats.reasons import label_of
from replayer.plan import PlannedStep
from replayer.player import Choice, Player
from replayer.problems import ReplayError, ScenarioError, visible
from replayer.project import places
from replayer.running import run
from replayer.transcript import Entry, Transcript

EVERY = 0.2  # seconds from one look at the files to the next


class Files:
    """The files that a scenario was read from, and whether one of them is another than it was."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._stamps = {path: _stamp(path) for path in paths}
        self.changed: list[Path] = []  # since they were forgotten last

    def __len__(self) -> int:
        return len(self._stamps)

    def add(self, paths: Iterable[Path]) -> None:
        """Watches these too, as they are now."""
        for path in paths:
            self._stamps.setdefault(path, _stamp(path))

    def look(self) -> list[Path]:
        """Those that changed."""
        for path, stamp in self._stamps.items():
            now = _stamp(path)
            if now != stamp:
                self._stamps[path] = now
                self.changed.append(path)
        return self.changed

    def forget(self) -> None:
        """What changed so far is known."""
        self.changed = []


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def watch(options: OneOptions) -> int:
    """Goes on until it is interrupted (130)."""
    end_in_order()
    how = how_one(options)
    view = View(sys.stdout, colored(options.color))
    files = Files([options.scenario, *([options.vars_file] if options.vars_file else [])])
    last: dict[str, Last] = {}

    def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        """What was changed meanwhile is not played to its end."""
        yield from ()
        return "quit" if files.look() else "run"

    while True:
        files.forget()
        try:
            plans = plans_of([options.scenario], variables(options.var or (), options.vars_file))
        except ScenarioError as error:
            files.add(Path(problem.at.file) for problem in error.problems if Path(problem.at.file).is_file())
            view.say(str(error))
            plans = []
        except ReplayError as error:
            view.say(visible(str(error)))
            plans = []
        files.add(Path(step.at.file) for plan in plans for step in plan.steps)
        for plan in plans:
            view.begin(plan)
            where = places(plan.path, plan.name)
            transcript, failure = run(plan, how, where.recording, partial(show_running, view, plan), lead)
            view.close()
            if files.changed:
                break
            if transcript.finished is not None and transcript.finished.ending == "interrupted":
                view.finish(transcript, [])
                return 130
            _tell(view, transcript, failure, last.get(plan.name), options.color)
            last[plan.name] = Last(transcript, last.get(plan.name))
        if not files.changed:
            view.say(view.paint(f"watching {len(files)} files; Ctrl-C ends", "dim"))
        while not files.look():
            time.sleep(EVERY)
        names = ", ".join(visible(str(path)) for path in dict.fromkeys(files.changed))
        view.say("\n" + view.paint(f"── {time.strftime('%H:%M:%S')}  {names} changed ──", "bold"))


class Last:
    """A run, for the next one to be compared with. `text`: its transcript in the values of those before it."""

    def __init__(self, transcript: Transcript, before: "Last | None") -> None:
        self.entries = [entry for entry in transcript.entries if entry.judged]
        self.written = text.write(transcript)
        self.text = self.written.text if before is None else _against(before, transcript)


def _against(before: Last, transcript: Transcript) -> str:
    """What a run shows, in the values of the one before it."""
    now = text.write(transcript)
    fixed = before.written.fixed | now.fixed
    return reconcile(before.text, now.text, transcript.plan.tokens, now.unordered, fixed).text


def _tell(view: View, transcript: Transcript, failure: str, before: Last | None, color: str) -> None:
    """What did not pass, and what is not as it was."""
    for entry in transcript.entries:
        if entry.judged and entry.verdict is not None and entry.verdict.word != "passed":
            view.ended(entry)
    remarks = [failure] if failure else []
    if before is not None:
        shown = _against(before, transcript)
        remarks += verdict_changes(before.entries, [e for e in transcript.entries if e.judged], view)
        remarks += painted(before.text, shown, "last run", "this run", color)
        remarks = remarks or ["nothing changed"]
    view.finish(transcript, remarks)


def verdict_changes(before: list[Entry], now: list[Entry], view: View) -> Iterator[str]:
    """A line for each step of both runs that is judged otherwise. Steps are the same that are called the same."""
    old, new = [label_of(e) for e in before], [label_of(e) for e in now]
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for was, is_ in zip(before[block.a : block.a + block.size], now[block.b : block.b + block.size], strict=True):
            if was.verdict is not None and is_.verdict is not None and was.verdict.word != is_.verdict.word:
                word = view.paint(is_.verdict.word, is_.verdict.word)
                yield f"{was.verdict.word} → {word}  {is_.step.index + 1}  {label_of(is_)}"

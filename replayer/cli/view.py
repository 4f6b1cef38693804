"""What a person sees of a run: a line a step, the reasons of what did not pass, a summary.

On a terminal the running step stands in a last line of its own, with its time; elsewhere lines are plain.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from replayer.cli.live import Live, Row
from replayer.cli.region import cut, padded, size_of, width_of
from replayer.events import Event, Finished, Output, Started
from replayer.formats.reasons import Judged, counts, label_of, one_line, reasons
from replayer.plan import Plan, PlannedStep
from replayer.problems import visible
from replayer.transcript import Entry, Transcript

COLORS = {"passed": "32", "failed": "1;31", "errored": "1;35", "skipped": "33", "dim": "2", "bold": "1"}
# Columns before the command: verdict, outcome, time; one is left free at the end.
HEAD = 26
# So many lines of a reason stand in a box while others run.
BOX = 5
# Where the text of a reason begins.
MARGIN = 21


class View:
    """Writes the account of a run to `file`. One scenario at a time."""

    def __init__(self, file: TextIO, color: bool, verbose: bool = False, quiet: bool = False) -> None:
        self.file, self.color, self.verbose, self.quiet = file, color, verbose, quiet
        self.width = (size_of(file) or (0, 0))[0]
        self._plans: Sequence[Plan] = ()
        self._live: Live | None = None
        self.is_lost = False  # whether something could not be shown, and not because its reader left
        self._gone = ""  # why nothing can be shown any more

    def paint(self, text: str, color: str) -> str:
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color else text

    def begin(self, plan: Plan) -> None:
        self._name(plan)
        self._look()

    def _name(self, plan: Plan) -> None:
        if not self.quiet:
            title = f"  {one_line(plan.title)}" if plan.title else ""
            self._line(self.paint(visible(plan.name), "bold") + self.paint(title, "dim"))

    def _look(self) -> None:
        if self.file.isatty():
            self._live = Live(self.file, self.paint, total=max(1, len(self._plans)))

    def started(self, step: PlannedStep, command: str, attempt: int) -> None:
        if self._live is not None:
            self._live.start(0, Row(running_label(step, command, attempt), step.terminal))

    def printed(self, terminal: str, text: str) -> None:
        """What a terminal printed."""
        if self._live is not None:
            self._live.printed(0, terminal, text)

    def begin_many(self, plans: Sequence[Plan]) -> None:
        """Plans that are played at once: a line for each that runs, then one after the other as they are told."""
        self._plans = plans
        self._look()

    def happened(self, number: int, news: Event | Judged) -> None:
        if self._live is None:
            return
        plan = self._plans[number]
        match news:
            case Started():
                step = plan.steps[news.step]
                label = running_label(step, news.text, news.attempt)
                place = f"{news.step + 1}/{len(plan.steps)}"
                self._live.start(number, Row(label, step.terminal, one_line(plan.name), place))
            case Output():
                self._live.printed(number, news.terminal, news.text)
            case Judged() if news.word in ("failed", "errored") and not self.quiet:
                self._live.fail(
                    number, [f"{news.word}  {one_line(plan.name)} {news.step + 1}  {news.label}", *news.why[:BOX]]
                )
            case Finished():
                self._live.stop(number, over=True)

    def tell(self, number: int, transcript: Transcript) -> None:
        """A run that was not watched: its steps if asked for, else those that did not pass."""
        if self._live is not None:
            self._live.told(number)
        entries = [e for e in transcript.entries if e.verdict is not None]
        if not self.verbose:
            entries = [
                e for e in entries if e.verdict and (e.verdict.word in ("failed", "errored") or e.verdict.warnings)
            ]
        if entries and not self.quiet:
            self._name(transcript.plan)
        for entry in entries:
            self.ended(entry)

    def ended(self, entry: Entry) -> None:
        """The line of a step that ended, and why it did not pass."""
        if self._live is not None:
            self._live.stop(0)
        if self.quiet:
            return
        step, verdict = entry.step, entry.verdict
        if step.kind == "note":
            for line in visible(entry.command).rstrip("\n").split("\n"):
                self._line(f"  {self.paint(line, 'dim')}")
            return
        if verdict is None:
            return
        word = self.paint(f"{verdict.word:<8}", verdict.word)
        outcome = padded(entry.outcome or "", 5)
        if self.color and entry.outcome:
            outcome = self.paint(outcome, "bold")
        again = f"  (attempt {entry.attempt})" if entry.attempt > 1 else ""
        head = f"  {word} {outcome}{entry.seconds:6.2f}s  "
        label = label_of(entry) + again
        if self.width:
            label = cut(label, self.width - HEAD)
        self._line(head + label)
        for line in reasons(entry, " " * 11):
            for part in self._folded(visible(line)):
                self._line(self.paint(part, verdict.word))
        for warning in verdict.warnings:
            self._line("  " + self.paint(f"{'':9}warning: {visible(warning)}", "skipped"))
        if self.verbose and step.kind in ("run", "stop", "wait") and verdict.word == "passed":
            for line in entry.text.splitlines():
                self._line(f"{'':11}{line}")

    def _folded(self, line: str) -> list[str]:
        """A line of a reason, cut to the terminal's width; what goes on stands under its text."""
        if not self.width or width_of(line) < self.width:
            return [line]
        room = max(8, self.width - MARGIN - 1)
        head, rest = line[:MARGIN], line[MARGIN:]
        cuts = range(0, min(len(rest), 4 * room), room)
        return [(head if at == 0 else " " * MARGIN) + rest[at : at + room] for at in cuts]

    def finish(self, transcript: Transcript, remarks: list[str], last: bool = True) -> None:
        """The scenario's last line, and what was written where. `last`: nothing else runs."""
        if last:
            self.close()
        verdict = transcript.verdict
        line = (
            f"{self.paint(verdict, verdict)}  {transcript.plan.name}  {counts(transcript)} in {transcript.seconds:.2f}s"
        )
        finished = transcript.finished
        if transcript.skipped:
            line += f": {transcript.skipped}"
        elif finished is not None and finished.reason:
            line += f": {finished.reason}"
        for entry in transcript.entries:
            if entry.verdict is None and not self.quiet:
                word = self.paint("unended ", "skipped")
                seconds = max(0.0, transcript.seconds - entry.started)
                self._line(f"  {word} {'':5}{seconds:6.2f}s  {label_of(entry)}")
        self._line(visible(line) if not self.color else line)
        for remark in remarks:
            self._line(f"  {remark}")
        if not self.quiet:
            self._line("")

    def say(self, text: str) -> None:
        self._line(text)

    def close(self) -> None:
        """Nothing runs any more."""
        if self._live is not None:
            self._live.close()
            self._live = None

    def _line(self, text: str) -> None:
        if self._gone:
            return
        try:
            if self._live is not None:
                self._live.print(text)
            else:
                print(text, file=self.file, flush=True)
        except (OSError, ValueError) as error:
            # The reader left (`| head`), or the disk is full: the run goes on, its verdict stands.
            self._gone = str(error) or "closed"
            self.is_lost = not isinstance(error, BrokenPipeError)
            if self.is_lost:
                with suppress(OSError):  # they are one terminal, and its window was closed
                    print(f"standard output: {self._gone}", file=sys.stderr)


def running_label(step: PlannedStep, command: str, attempt: int) -> str:
    """What a step is called while it runs."""
    label = {"run": one_line(command), "pause": f"wait {step.pause:g} s"}.get(step.kind, f"{step.kind} {step.terminal}")
    return label + (f" (attempt {attempt})" if attempt > 1 else "")

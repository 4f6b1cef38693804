"""What a person sees of a run: a line a step, the reasons of what did not pass, a summary.

On a terminal the running step stands in a last line of its own, with its time; elsewhere lines are plain.
"""

import sys
import threading
import time
from collections.abc import Iterator
from typing import TextIO

from replayer.formats.text import command_lines
from replayer.plan import Plan, PlannedStep
from replayer.transcript import Entry, Transcript

COLORS = {"passed": "32", "failed": "1;31", "errored": "1;35", "skipped": "33", "dim": "2", "bold": "1"}
MOST_OUTPUT_LINES = 12
# Columns before the command: verdict, outcome, time; one is left free at the end.
HEAD = 26
FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class View:
    """Writes the account of a run to `file`. One scenario at a time."""

    def __init__(self, file: TextIO, color: bool, verbose: bool = False, quiet: bool = False) -> None:
        self.file, self.color, self.verbose, self.quiet = file, color, verbose, quiet
        self.width = _width(file)
        self._now: _Now | None = None

    def paint(self, text: str, color: str) -> str:
        return f"\x1b[{COLORS[color]}m{text}\x1b[0m" if self.color else text

    def begin(self, plan: Plan) -> None:
        if not self.quiet:
            title = f"  {plan.title}" if plan.title else ""
            self._line(self.paint(plan.name, "bold") + self.paint(title, "dim"))
        if self.file.isatty():
            self._now = _Now(self, plan)

    def started(self, step: PlannedStep, command: str, attempt: int) -> None:
        if self._now is not None:
            label = command if step.kind == "run" else f"{step.kind} {step.terminal}"
            if step.kind == "pause":
                label = f"wait {step.pause:g} s"
            again = f" (attempt {attempt})" if attempt > 1 else ""
            self._now.set(one_line(label) + again)

    def ended(self, entry: Entry) -> None:
        """The line of a step that ended, and why it did not pass."""
        if self._now is not None:
            self._now.set("")
        if self.quiet:
            return
        step, verdict = entry.step, entry.verdict
        if step.kind == "note":
            for line in entry.command.rstrip("\n").split("\n"):
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
        for line in reasons(entry):
            self._line("  " + self.paint(line, verdict.word if verdict.word != "passed" else "dim"))
        for warning in verdict.warnings:
            self._line("  " + self.paint(f"{'':9}warning: {warning}", "skipped"))
        if self.verbose and step.kind in ("run", "stop", "wait") and verdict.word == "passed":
            for line in entry.text.splitlines():
                self._line(f"{'':11}{line}")

    def finish(self, transcript: Transcript, remarks: list[str]) -> None:
        """The scenario's last line, and what was written where."""
        if self._now is not None:
            self._now.close()
            self._now = None
        verdict = transcript.verdict
        line = (
            f"{self.paint(verdict, verdict)}  {transcript.plan.name}  {counts(transcript)} in {transcript.seconds:.2f}s"
        )
        finished = transcript.finished
        if transcript.skipped:
            line += f": {transcript.skipped}"
        elif finished is not None and finished.reason:
            line += f": {finished.reason}"
        self._line(line)
        for remark in remarks:
            self._line(f"  {remark}")
        if not self.quiet:
            self._line("")

    def say(self, text: str) -> None:
        self._line(text)

    def _line(self, text: str) -> None:
        if self._now is not None:
            self._now.print(text)
        else:
            print(text, file=self.file, flush=True)


class _Now:
    """The last line of a terminal: what runs now, and for how long. Redrawn by a thread of its own."""

    def __init__(self, view: View, plan: Plan) -> None:
        self._file, self._view, self._plan = view.file, view, plan
        self._lock = threading.Lock()
        self._text = ""
        self._since = time.monotonic()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def set(self, text: str) -> None:
        with self._lock:
            self._text, self._since = text, time.monotonic()
            if not text:
                self._clear()

    def print(self, text: str) -> None:
        with self._lock:
            self._clear()
            self._file.write(text + "\n")
            self._file.flush()

    def close(self) -> None:
        self._end.set()
        self._thread.join()
        with self._lock:
            self._clear()
            self._file.flush()

    def _clear(self) -> None:
        self._file.write("\r\x1b[K")

    def _tick(self) -> None:
        frame = 0
        # The first look comes late: a step of some milliseconds needs no line of its own.
        while not self._end.wait(0.1):
            frame += 1
            with self._lock:
                if self._text:
                    self._clear()
                    seconds = time.monotonic() - self._since
                    head = f"  {FRAMES[frame % len(FRAMES)]} running      {seconds:6.1f}s  "
                    width = _width(self._file) or 80
                    self._file.write(self._view.paint(head, "dim") + cut(self._text, width - HEAD))
                    self._file.flush()


def counts(transcript: Transcript) -> str:
    """'37 steps passed', '30 passed, 2 failed, 1 skipped'."""
    found: dict[str, int] = {}
    for entry in transcript.entries:
        if entry.verdict is not None and entry.judged:
            found[entry.verdict.word] = found.get(entry.verdict.word, 0) + 1
    left = sum(1 for s in transcript.plan.steps if s.kind not in ("note", "pause")) - sum(found.values())
    parts = [f"{found[word]} {word}" for word in ("passed", "failed", "errored", "skipped") if word in found]
    if left and not transcript.skipped:
        parts.append(f"{left} not reached")
    return ", ".join(parts) or "no step played"


def label_of(entry: Entry) -> str:
    """What a step's line says: its command, on one line."""
    step = entry.step
    terminal = f"[{step.terminal}] " if step.terminal != "main" else ""
    match step.kind:
        case "run":
            return terminal + one_line(entry.command)
        case "pause":
            return f"wait {step.pause:g} s"
        case "send":
            return f"{terminal}send {one_line(entry.command)}"
        case _:
            return f"{terminal}{step.kind}" + (f" {one_line(entry.of.command)}" if entry.of else "")


def reasons(entry: Entry) -> Iterator[str]:
    """Why a step did not pass: the place, what was expected and observed, the output that shows it."""
    verdict = entry.verdict
    if verdict is None or verdict.word == "passed":
        return
    if verdict.word == "skipped":
        yield f"{'':9}{verdict.findings[0].observed}"
        return
    pad = f"{'':9}"
    for number, finding in enumerate(verdict.findings):
        place = finding.rule.at if finding.rule is not None and finding.rule.at.file else entry.step.at
        if number == 0 or place != entry.step.at:
            yield f"{pad}at        {place}"
        yield f"{pad}expected  {finding.expected}"
        yield f"{pad}observed  {finding.observed}"
    if entry.step.kind == "run" and ("\n" in entry.command or len(entry.command) > 50):
        for line in command_lines(entry.command):
            yield f"{pad}command   {line}"
    yield from _relevant(entry, pad)


def _relevant(entry: Entry, pad: str) -> Iterator[str]:
    if entry.step.kind not in ("run", "stop", "wait"):
        return
    lines = entry.text.rstrip("\n").split("\n") if entry.text else []
    if not lines:
        yield f"{pad}output    (none)"
        return
    left_out = len(lines) - MOST_OUTPUT_LINES
    if left_out > 0:
        half = MOST_OUTPUT_LINES // 2
        lines = [
            *lines[:half],
            f"… {left_out} lines left out; -v and the recording have them …",
            *lines[-half:],
        ]
    for number, line in enumerate(lines):
        yield f"{pad}{'output' if number == 0 else '':8}  {line}"


def one_line(text: str) -> str:
    first, *rest = text.strip("\n").split("\n")
    return first + (" …" if rest else "")


def padded(text: str, cells: int) -> str:
    """Text filled with spaces to a width in terminal cells (a CJK character takes two)."""
    return text + " " * max(0, cells - width_of(text))


def cut(text: str, cells: int) -> str:
    """Text of at most so many terminal cells."""
    if width_of(text) <= cells:
        return text
    kept, used = "", 1
    for char in text:
        used += width_of(char)
        if used > max(cells, 2):
            break
        kept += char
    return kept + "…"


def width_of(text: str) -> int:
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, int(wcswidth(text)))


def _width(file: TextIO) -> int:
    """The terminal's columns; 0 where there is none."""
    if not file.isatty():
        return 0
    import os

    try:
        return os.get_terminal_size(file.fileno()).columns
    except OSError:
        return 80


def default_view(color: bool, verbose: bool, quiet: bool) -> View:
    return View(sys.stdout, color, verbose, quiet)

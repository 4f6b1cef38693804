"""Why a step did not pass, in the words and the order in which every reader is told: screen, reports, pytest."""

from collections.abc import Iterator
from dataclasses import dataclass

from replayer.expectations import Word
from replayer.formats.text import command_lines
from replayer.problems import visible
from replayer.transcript import Entry, Transcript

MOST_OUTPUT_LINES = 12
WORDS: tuple[Word, ...] = ("passed", "failed", "errored", "skipped")


@dataclass(frozen=True, slots=True)
class Judged:
    """How a step was judged, in words: what another process tells of it."""

    step: int
    word: Word
    label: str
    why: list[str]


def reasons(entry: Entry, indent: str = "") -> Iterator[str]:
    """The place, what was expected and observed, the output that shows it; nothing for a step that passed."""
    verdict = entry.verdict
    if verdict is None or verdict.word == "passed":
        return
    if verdict.word == "skipped":
        yield f"{indent}{verdict.findings[0].observed}"
        return
    for number, finding in enumerate(verdict.findings):
        place = finding.rule.at if finding.rule is not None and finding.rule.at.file else entry.step.at
        if number == 0 or place != entry.step.at:
            yield f"{indent}at        {place}"
        yield f"{indent}expected  {finding.expected}"
        yield f"{indent}observed  {finding.observed}"
    if entry.step.kind == "run" and ("\n" in entry.command or len(entry.command) > 50):
        for line in command_lines(entry.command):
            yield f"{indent}command   {line}"
    yield from _relevant(entry, indent)


def _relevant(entry: Entry, indent: str) -> Iterator[str]:
    if entry.step.kind not in ("run", "stop", "wait"):
        return
    lines = entry.text.rstrip("\n").split("\n") if entry.text else []
    if not lines:
        yield f"{indent}output    (none)"
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
        yield f"{indent}{'output' if number == 0 else '':8}  {line}"


def label_of(entry: Entry) -> str:
    """What a step is called: its command, on one line."""
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


def one_line(text: str) -> str:
    """The first line, as it may be shown, and a sign if there are more."""
    first, *rest = visible(text).strip("\n").split("\n")
    return first + (" …" if rest else "")


def counts(transcript: Transcript) -> str:
    """'37 passed', '30 passed, 2 failed, 1 skipped'."""
    found: dict[str, int] = {}
    for entry in transcript.entries:
        if entry.verdict is not None and entry.judged:
            found[entry.verdict.word] = found.get(entry.verdict.word, 0) + 1
    left = sum(1 for s in transcript.plan.steps if s.kind not in ("note", "pause")) - sum(found.values())
    parts = [f"{found[word]} {word}" for word in WORDS if word in found]
    if left and not transcript.skipped:
        parts.append(f"{left} not reached")
    return ", ".join(parts) or "no step played"


def account(transcript: Transcript) -> str:
    """Why a scenario did not pass: its verdict, then each step that failed or erred with its reasons."""
    head = f"{transcript.verdict}  {transcript.plan.name}  {counts(transcript)} in {transcript.seconds:.2f}s"
    if transcript.finished is None:
        head += ": the recording ends before the run did"
    elif transcript.finished.reason:
        head += f": {transcript.finished.reason}"
    lines = [head]
    for entry in transcript.entries:
        verdict = entry.verdict
        if verdict is None or verdict.word == "passed":
            continue
        # Skipped steps are told where the scenario erred by them: they wanted what no step captured.
        if verdict.word != "skipped" or (
            transcript.verdict == "errored" and any(finding.errs for finding in verdict.findings)
        ):
            lines.append(f"  {verdict.word:<8} {entry.seconds:6.2f}s  {label_of(entry)}")
            lines += reasons(entry, " " * 11)
    return "\n".join(lines)

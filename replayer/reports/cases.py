"""Transcripts -> the cases that every report for machines is made of: one for each judged step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from replayer.expectations import Finding, Word
from replayer.formats.reasons import WORDS, label_of, reasons
from replayer.plan import Plan
from replayer.problems import Position
from replayer.reports.untrusted import cleaned, one_line, shortened
from replayer.transcript import Entry, Transcript

# (Plan.path, Plan.name) -> the unified diff of a run's transcript from its golden
Differences = Mapping[tuple[str, str], str]
SHOWS_OUTPUT = ("run", "stop", "wait")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was judged. All text of it is clean: no control characters but line ends and tabs."""

    name: str  # '3 ping -c 1 192.168.0.1': the step's number and command
    word: Word
    at: Position  # where the step was written
    seconds: float = 0.0
    message: str = ""  # why it did not pass, on one line
    reasons: tuple[str, ...] = ()  # the same at length, line by line
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    output: str = ""
    whole: bool = False  # about the scenario, not about one step

    @property
    def bad(self) -> bool:
        return self.word in ("failed", "errored")

    @property
    def place(self) -> Position:
        """Where the first rule that did not hold was written; else where the step was."""
        places = (f.rule.at for f in self.findings if f.rule is not None and f.rule.at.file)
        return _clean(next(places, self.at))


@dataclass(frozen=True, slots=True)
class Suite:
    """One scenario's run. `word` is its verdict, failed also for one that differs from its golden."""

    name: str
    title: str
    path: str
    word: Word
    seconds: float
    clock: str  # ISO 8601, UTC; empty if it never began
    machine: Mapping[str, str]
    cases: tuple[Case, ...] = field(default=())

    def count(self, word: Word) -> int:
        return sum(1 for case in self.cases if case.word == word)


def suites(transcripts: Sequence[Transcript], differences: Differences | None = None) -> list[Suite]:
    """A suite for each transcript, in order."""
    return [_suite(t, (differences or {}).get((t.plan.path, t.plan.name), "")) for t in transcripts]


def tally(cases: Sequence[Case]) -> str:
    """'30 passed, 2 failed', or 'nothing was judged'."""
    found = [case.word for case in cases]
    return ", ".join(f"{found.count(w)} {w}" for w in WORDS if w in found) or "nothing was judged"


def _suite(transcript: Transcript, difference: str) -> Suite:
    plan = transcript.plan
    cases = list(_cases(transcript, difference))
    word = transcript.verdict
    if word != "passed" and not any(case.bad or case.word == word for case in cases):
        # Whatever the verdict rests on: no report may say less than it.
        cases.append(_whole(plan, "scenario", word, "no step was played" if word == "skipped" else f"it {word}"))
    return Suite(
        name=cleaned(plan.name),
        title=cleaned(plan.title),
        path=cleaned(plan.path),
        word="failed" if difference and word == "passed" else word,
        seconds=transcript.seconds,
        clock=transcript.clock,
        machine=transcript.machine,
        cases=tuple(cases),
    )


def _cases(transcript: Transcript, difference: str) -> Iterator[Case]:
    plan = transcript.plan
    if transcript.skipped:
        yield _whole(plan, "scenario", "skipped", cleaned(transcript.skipped))
        return
    for entry in transcript.entries:
        if entry.judged:
            yield _case(entry, transcript.verdict)
    reached = {entry.step.index for entry in transcript.entries}
    for step in plan.steps:
        if step.index not in reached and step.kind not in ("note", "pause"):
            name = one_line(cleaned(f"{step.index + 1} {label_of(Entry(step, step.text))}"))
            yield Case(name, "skipped", _clean(step.at), message="not reached", reasons=("not reached",))
    finished = transcript.finished
    if finished is None:
        yield _whole(plan, "scenario", "errored", "the recording ends before the run did")
    elif finished.ending != "done":
        yield _whole(plan, "scenario", "errored", cleaned(finished.reason or finished.ending))
    if difference:
        lines = tuple(cleaned(difference).rstrip("\n").split("\n"))
        yield _whole(plan, "golden", "failed", "the transcript differs from its golden", lines)


def _whole(plan: Plan, name: str, word: Word, message: str, lines: tuple[str, ...] = ()) -> Case:
    at = _clean(Position(plan.path, 1, 1))
    return Case(name, word, at, message=one_line(message), reasons=lines or tuple(message.split("\n")), whole=True)


def _case(entry: Entry, whole: Word) -> Case:
    name = one_line(cleaned(f"{entry.step.index + 1} {label_of(entry)}"))
    verdict = entry.verdict
    output = shortened(cleaned(entry.text)) if entry.step.kind in SHOWS_OUTPUT else ""
    if verdict is None:
        why = "the recording ends while it runs"
        return Case(name, "errored", _clean(entry.step.at), entry.seconds, why, (why,), output=output)
    said = (_said(f) if f.expected else f.observed for f in verdict.findings)
    return Case(
        name=name,
        # A scenario can err by a step alone that was left out for want of what no step captured (contract C1).
        word="errored" if whole == "errored" and any(f.errs for f in verdict.findings) else verdict.word,
        at=_clean(entry.step.at),
        seconds=entry.seconds,
        message=one_line(cleaned("; ".join(said))),
        reasons=tuple(shortened(cleaned(line)) for line in reasons(entry)),
        findings=verdict.findings,
        warnings=tuple(map(cleaned, verdict.warnings)),
        output=output,
    )


def _said(finding: Finding) -> str:
    return f"expected {finding.expected}, observed {finding.observed}"


def _clean(position: Position) -> Position:
    return Position(cleaned(position.file), position.line, position.column)

"""A transcript as the page's template wants it: texts, words and numbers, nothing to decide."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from replayer.equivalence import Difference
from replayer.expectations import Word
from replayer.formats.html.claims import Claim, claims
from replayer.formats.html.painted import Output, Palette
from replayer.formats.reasons import WORDS, label_of, one_line
from replayer.painting import Painted
from replayer.plan import Plan
from replayer.problems import Position, visible
from replayer.transcript import Entry, Transcript

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_KANA = re.compile("[\u3040-\u30ff]")
_CODE = re.compile(r"`([^`\n]+)`")
# Differences told in words; the diff below them has all.
MOST_DIFFERENCES = 6


@dataclass(frozen=True, slots=True)
class Against:
    """A run's transcript beside its golden. `shown` is in the golden's values."""

    path: str
    golden: str
    shown: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A command as typed, and what it printed."""

    text: str
    output: Output


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the run as it stands on the page."""

    number: int  # of the plan, from 1
    kind: str
    label: str
    word: Word | None  # None for prose and pauses, and for what the recording does not know the end of
    outcome: str
    seconds: float
    terminal: str
    heading: str  # a section that begins here
    prose: tuple[tuple[tuple[str, bool], ...], ...]  # paragraphs of (text, is code)
    lang: str
    commands: tuple[Command, ...]
    before: Output | None  # what background jobs printed before it was typed
    printed: bool  # whether the tutorial's transcript prints the output
    muted: bool  # whether the transcript leaves the step out
    goes_on: bool
    ended_at: int  # number of the step that ended the command, 0 if none
    about: int  # number of the step whose command this one is about, 0 if none
    detail: str
    attempt: int
    claims: tuple[Claim, ...]
    captured: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    place: str

    @property
    def lines(self) -> int:
        return sum(command.output.lines for command in self.commands)

    @property
    def unwell(self) -> bool:
        return self.word in ("failed", "errored")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the page's difference to the golden."""

    kind: str  # "same", "gone", "new", "place"
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A run."""

    plan: Plan
    verdict: Word
    seconds: float
    clock: str
    machine: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    source: str
    source_url: str  # only of the web
    remark: str  # why the run ended early, or was skipped
    steps: tuple[Step, ...] = ()
    unreached: tuple[str, ...] = ()
    terminals: tuple[str, ...] = ()
    first_bad: int = 0
    marks: tuple[tuple[int, Word], ...] = ()  # where on the rail something did not pass
    golden: str = ""  # its path, where there is one
    differs: tuple[str, ...] = ()
    diff: tuple[DiffLine, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def page_of(transcript: Transcript, palette: Palette, against: Against | None, steps: bool = True) -> Page:
    """What the page says; without `steps`, what the index does."""
    plan, finished = transcript.plan, transcript.finished
    remark = visible(transcript.skipped)
    if finished is None:
        remark = "the recording ends before the run did"
    elif finished.ending != "done":
        remark = visible(finished.reason or finished.ending)
    source = visible(plan.source or "")
    reached = {entry.step.index for entry in transcript.entries}
    left = [step for step in plan.steps if step.index not in reached and not transcript.skipped]
    found = list(_steps(transcript, palette)) if steps else []
    return Page(
        plan=plan,
        verdict=transcript.verdict,
        seconds=transcript.seconds,
        clock=transcript.clock,
        machine=tuple((visible(k), visible(v)) for k, v in transcript.machine.items()),
        counts=_counts(transcript, sum(1 for step in left if step.kind not in ("note", "pause"))),
        source=source,
        source_url=source if re.match(r"https?://[^\s]+\Z", source) else "",
        remark=remark,
        steps=tuple(found),
        unreached=tuple(f"{s.index + 1} {label_of(Entry(s, s.text))}" for s in left) if steps else (),
        terminals=tuple(dict.fromkeys(step.terminal for step in found if step.kind == "run")),
        first_bad=next((step.number for step in found if step.unwell), 0),
        marks=tuple((at, step.word) for at, step in enumerate(found) if step.unwell and step.word),
        golden=against.path if against else "",
        differs=_told(against) if against else (),
        diff=tuple(_diff(against)) if against and steps else (),
        data=_data(transcript, found),
    )


def _counts(transcript: Transcript, left: int) -> tuple[tuple[str, int], ...]:
    words = [e.verdict.word for e in transcript.entries if e.verdict is not None and e.judged]
    found = [(str(word), words.count(word)) for word in WORDS if word in words]
    return (*found, ("unreached", left)) if left else tuple(found)


def _steps(transcript: Transcript, palette: Palette) -> Iterator[Step]:
    section = "steps"
    for entry in transcript.entries:
        heading = entry.step.section if entry.step.section != section else ""
        section = entry.step.section
        yield _step(entry, transcript.plan, palette, heading)


def _step(entry: Entry, plan: Plan, palette: Palette, heading: str) -> Step:
    step, verdict = entry.step, entry.verdict
    skipped = verdict is not None and verdict.word == "skipped"
    goes_on = step.kind == "run" and entry.ending == "until"
    closes = entry.of is not None and entry.of.closed_by is entry
    about = entry.of or entry
    show = step.show or about.step.show or ("outcome" if entry.outcome else "output")
    before = entry.before.painted() if entry.before.size else ()
    return Step(
        number=step.index + 1,
        kind=step.kind,
        label=label_of(entry) if step.kind != "note" else one_line(entry.command),
        word=verdict.word if verdict and (entry.judged or skipped) else None,
        outcome=visible(entry.outcome or ""),
        seconds=entry.seconds,
        terminal=visible(step.terminal),
        heading=heading,
        prose=tuple(_paragraphs(entry.command)) if step.kind == "note" else (),
        lang=_language(entry.command) if step.kind == "note" else "",
        commands=tuple(_commands(entry, palette, closes)),
        before=palette.output(before) if any(piece.text for piece in before) else None,
        printed=show == "output",
        muted=show == "none" or (skipped and step.kind != "note"),
        goes_on=goes_on,
        ended_at=entry.closed_by.step.index + 1 if entry.closed_by else 0,
        about=entry.of.step.index + 1 if entry.of else 0,
        detail=_detail(entry),
        attempt=entry.attempt,
        claims=tuple(_visible(claim) for claim in claims(entry, plan)),
        captured=tuple((visible(name), visible(value)) for name, value in entry.captured.items()),
        warnings=tuple(map(visible, verdict.warnings)) if verdict else (),
        place=visible(str(_place(entry))),
    )


def _commands(entry: Entry, palette: Palette, closes: bool) -> Iterator[Command]:
    """What stands with a step: for one that ended another's command, that command's output; for one that goes
    on to the end of the run, what it had printed by then."""
    match entry.step.kind:
        case "run" if entry.verdict is not None and entry.verdict.word == "skipped":
            yield Command(_typed(entry.command), Output())
        case "run":
            shown = entry.ending != "until" or entry.closed_by is None
            outputs = [part.screen.painted() if shown else () for part in entry.parts]
            texts = [command for command, _ in entry.commands] or [entry.command]
            for text, painted in zip(texts, outputs or [()], strict=True):
                yield Command(_typed(text), palette.output(painted))
        case "stop" | "wait" if entry.of is not None and closes:
            for (text, _), part in zip(entry.of.commands, entry.of.parts, strict=True):
                yield Command(_typed(text), palette.output(part.screen.painted()))
        case "wait" if entry.snapshot is not None and entry.of is not None:
            yield Command(_typed(entry.of.command), palette.output((Painted(entry.snapshot),)))


def _typed(command: str) -> str:
    return visible(command).rstrip("\n")


def _detail(entry: Entry) -> str:
    step = entry.step
    if step.kind == "pause":
        return f"{step.pause:g}"
    if step.kind == "send":
        return one_line(entry.command)
    if entry.verdict is not None and entry.verdict.word == "skipped":
        return visible(entry.verdict.findings[0].observed) if entry.verdict.findings else ""
    if step.until is not None and step.kind in ("run", "wait"):
        return f"/{visible(step.until)}/"
    return ""


def _place(entry: Entry) -> Position:
    """Where the first rule that did not hold was written; else where the step was."""
    findings = entry.verdict.findings if entry.verdict else ()
    return next((f.rule.at for f in findings if f.rule is not None and f.rule.at.file), entry.step.at)


def _visible(claim: Claim) -> Claim:
    return Claim(visible(claim.expected), claim.held, visible(claim.why))


def _paragraphs(text: str) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Prose, cut at empty lines; what stands between backticks is code."""
    for paragraph in re.split(r"\n\s*\n", visible(text).strip("\n")):
        yield tuple((part, number % 2 == 1) for number, part in enumerate(_CODE.split(paragraph)) if part)


def _language(text: str) -> str:
    """The language that a reader's voice and fonts need to know, where the script tells it."""
    if _KANA.search(text):
        return "ja"
    return "zh" if _CJK.search(text) else ""


def _told(against: Against) -> tuple[str, ...]:
    if against.golden == against.shown:
        return ()
    told = [visible(difference.why) for difference in against.differences[:MOST_DIFFERENCES]]
    left = len(against.differences) - len(told)
    return (*told, f"… and {left} more") if left > 0 else tuple(told) or ("they differ",)


def _diff(against: Against) -> Iterator[DiffLine]:
    ours, theirs = visible(against.golden).splitlines(), visible(against.shown).splitlines()
    lines = difflib.unified_diff(ours, theirs, lineterm="")
    for number, line in enumerate(lines):
        if number > 1:
            kind = {"-": "gone", "+": "new", "@": "place"}.get(line[:1], "same")
            yield DiffLine(kind, line if kind == "place" else line[1:])


def _data(transcript: Transcript, steps: list[Step]) -> dict[str, Any]:
    """What the script needs besides the text. `of`: the entry whose command a step is about."""
    numbers = {entry.step.index: at for at, entry in enumerate(transcript.entries)}
    return {
        "steps": [
            {
                "at": round(entry.started, 4),
                "end": round(entry.ended if entry.ended is not None else entry.started, 4),
                "lines": step.lines,
                "terminal": step.terminal,
                "kind": "on" if step.goes_on else step.kind if step.word != "skipped" else "skipped",
                "of": numbers.get(entry.of.step.index, -1) if entry.of else -1,
                "closes": entry.of is not None and entry.of.closed_by is entry,
            }
            for entry, step in zip(transcript.entries, steps, strict=True)
        ]
        if steps
        else [],
    }

"""`replay verify`: import tutorials, play them, and say of each of their claims whether it holds here."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from replayer.cli.claims import folded, show_claims
from replayer.cli.common import colored
from replayer.cli.options import VerifyOptions
from replayer.cli.playing import end_in_order, how_one, show_running
from replayer.cli.texts import FOLDER, collect_texts, copies_of, recording_of
from replayer.cli.view import View
from replayer.formats.reasons import one_line
from replayer.formats.speech import SPEECHES, Speech
from replayer.formats.verified import COLORS, SIGNS, all_to_json, to_json
from replayer.looking import looking
from replayer.plan import Plan, prepare
from replayer.player import Options
from replayer.problems import Problem, ReplayError, ScenarioError
from replayer.project import UsageError
from replayer.running import run
from replayer.scenario import Requires
from replayer.sources import named, native, read_tutorial_text
from replayer.sources.authored import author
from replayer.sources.session import Session
from replayer.sources.tutorials import TUTORIALS
from replayer.transcript import Transcript
from replayer.tutorial import Tutorial, read_tutorial
from replayer.verification import Holds, Report, Untried, report, set_aside
from replayer.verification.circumstances import circumstances_of
from replayer.verification.copying import annotated
from replayer.writing import written


@dataclass(frozen=True, slots=True)
class Text:
    """A tutorial that was read, and how it is played. `origins`: which item of it each step of the plan is."""

    file: Path
    path: str
    text: str
    tutorial: Tutorial
    untried: Sequence[Untried]
    plan: Plan
    origins: Sequence[int]

    @property
    def session(self) -> Session:
        return self.tutorial.session


def verify(options: VerifyOptions) -> int:
    """Returns the exit code of C8: 1 if a claim does not hold (with --strict: or could not be tried), 2 if the report
    or a copy cannot be written, 3 if there was no sandbox to play in; the worst of all texts."""
    if options.format and options.format not in TUTORIALS:
        raise UsageError(f"--from: {options.format!r} is not known; one of {', '.join(TUTORIALS)}")
    if options.language not in SPEECHES:
        raise UsageError(f"--language: {options.language!r} is not known; one of {', '.join(SPEECHES)}")
    speech = SPEECHES[options.language]
    how = how_one(options)
    files = collect_texts(options.tutorials, options.annotate or ())
    copies = copies_of(files, options.annotate or ())
    recordings = _recordings(files, options.recorded)
    texts = read_texts(files, options)
    earlier = [_recorded(path, text.plan) for path, text in zip(recordings, texts, strict=True)] if recordings else []
    out = sys.stderr if options.json else sys.stdout
    view = View(out, colored(options.color, out))
    end_in_order()
    told: list[tuple[Text, Report]] = []
    codes = [0]
    for number, text in enumerate(texts):
        if number and not options.quiet:
            view.say("")
        if len(texts) > 1 or not options.quiet:
            view.begin(replace(text.plan, name=one_line(text.path)) if len(texts) > 1 else text.plan)
        remarks: list[str] = []
        if earlier:
            transcript = earlier[number]
            view.close()
        else:
            transcript, where, failure = _played(text, how, view)
            remarks.append(failure or f"{speech.word('recording')}  {where}")
        found = report(text.session, text.untried, text.origins, transcript)
        told.append((text, found))
        if not options.json:
            _tell(found, options, view, speech)
        remarks += _doubtful(text, speech)
        written, code = _annotate(copies[number], text, found, transcript, speech)
        for remark in [*remarks, *written] if not options.quiet else ():
            view.say(f"  {one_line(remark)}")
        codes += [code, _code(found, transcript, options.strict)]
        if codes[-1] == 130:
            break
    if options.json:
        reports = [(found, text.path) for text, found in told]
        alone = len(options.tutorials) == 1 and not options.tutorials[0].is_dir()
        sys.stdout.write(to_json(*reports[0]) if alone else all_to_json(reports))
    if len(texts) > 1:
        _sum(told, len(texts), view, speech)
    if view.is_lost and not options.json:  # the report is on standard output
        codes.append(2)
    return max(codes)


def read_texts(files: Sequence[Path], options: VerifyOptions) -> list[Text]:
    """Raises one ScenarioError with every text that cannot be read: none is played then."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for file in files:
        try:
            text, path = read_tutorial_text(file, options.encoding), named(file)
        except ScenarioError as error:
            problems += error.problems
            continue
        tutorial = read_tutorial(text, path, options.format)
        tried, untried = set_aside(tutorial.session)
        texts.append(Text(file, path, text, tutorial, untried, *plan_of(tried, path)))
    if problems:
        raise ScenarioError(problems)
    return texts


def plan_of(session: Session, path: str) -> tuple[Plan, Sequence[int]]:
    """The plan of a session, and which item of it each of its steps is. What it requires is no reason to play none."""
    authored = author(session)
    [plan] = prepare(native.read(authored.text, path), path, {})
    title = "" if plan.title == plan.name else plan.title
    return replace(plan, title=title, requires=Requires()), authored.origins


def _played(text: Text, how: Options, view: View) -> tuple[Transcript, Path, str]:
    """What was seen, where it was recorded, and why that is not whole (or nothing)."""
    where = recording_of(text.file)
    guide = looking(circumstances_of(text.session).question)
    try:
        transcript, failure = run(
            text.plan, how, where, lambda event, entry: show_running(view, text.plan, event, entry), guide
        )
    finally:
        view.close()
    return transcript, where, failure


def _recordings(files: Sequence[Path], named: Path | None) -> list[Path]:
    """The recordings of earlier runs that are to be reported; none where the texts are to be played."""
    if named is None:
        return []
    if named.is_dir():
        return [recording_of(file, named) for file in files]
    if len(files) > 1:
        raise UsageError(f"--recorded: {len(files)} tutorials are verified, and {named} is of one; name {FOLDER}")
    return [named]


def _recorded(path: Path, plan: Plan) -> Transcript:
    """The transcript of an earlier run of the same text; raises UsageError where it is of another."""
    from replayer.cli.recorded import transcript_of

    transcript = transcript_of(path)
    if _steps(transcript.plan) != _steps(plan):
        raise UsageError(
            f"--recorded: {path} is a run of another text, or of one that has changed since; verify it anew"
        )
    return transcript


def _steps(plan: Plan) -> list[object]:
    """What two plans of one text share, wherever it lies."""
    return [(step.text, [(rule.kind, rule.value) for rule in step.rules]) for step in plan.steps]


def _tell(found: Report, options: VerifyOptions, view: View, speech: Speech) -> None:
    show_claims(found, view, speech, options.explain, options.quiet)
    ending = f": {found.reason}" if found.reason else ""
    _say(speech.summary(found) + ending, found, view)


def _sum(told: Sequence[tuple[Text, Report]], every: int, view: View, speech: Speech) -> None:
    """A last line about all texts, and one for each in which something is wrong."""
    whole = Report(tuple(one for _, found in told for one in found.found), sum(found.ran for _, found in told))
    left = speech.word("; {} not reached").format(every - len(told)) if every > len(told) else ""
    view.say("")
    _say(speech.word("{} tutorials, {}").format(every, speech.summary(whole)) + left, whole, view)
    for text, found in told:
        worst = _worst(found)
        if worst != "holds" or found.reason:
            color = COLORS[worst]
            line = f"{one_line(text.path)}  {speech.summary(found)}"
            first, *rest = folded(line, view.width - 5) if view.width else [line]
            view.say(f"  {view.paint(SIGNS[worst], color)} {first}")
            for part in rest:
                view.say(f"    {part}")


def _say(line: str, found: Report, view: View) -> None:
    for part in folded(line, view.width - 1) if view.width else [line]:
        view.say(view.paint(part, COLORS[_worst(found)]))


def _worst(found: Report) -> Holds:
    worst: tuple[Holds, ...] = ("does not hold", "could not be tried")
    return next((word for word in worst if found.count(word)), "holds")


def _doubtful(text: Text, speech: Speech) -> list[str]:
    doubts = len(text.session.every_doubt)
    several = "s" if doubts > 1 else ""
    words = f"{'{}' if several else '1'} doubt{several} about how the text is meant: `replay import` says which"
    return [speech.word(words).format(doubts)] if doubts else []


def _annotate(
    targets: Sequence[Path], text: Text, found: Report, transcript: Transcript, speech: Speech
) -> tuple[list[str], int]:
    """Writes each copy that can be written. Returns what is to be said, and the exit code: what failed is told on
    standard error, too, where nothing is said."""
    if not targets:
        return [], 0
    copy = annotated(text.text, text.tutorial.format, text.session, found)
    machine, clock = transcript.machine, transcript.clock
    remarks, code = [], 0
    for target in targets:
        if target.suffix.lower() == ".md":
            from replayer.formats import checked

            content = checked.render(copy, found, machine, clock, speech)
        else:
            from replayer.formats import html

            content = html.render_checked(copy, found, text.path, machine, clock)
        try:
            written(target, content)
            remarks.append(f"{speech.word('annotated')}  {target}")
        except ReplayError as error:
            print(error, file=sys.stderr)
            code = error.exit_code
    return remarks, code


def _code(found: Report, transcript: Transcript, strict: bool) -> int:
    finished = transcript.finished
    if finished is None or finished.ending == "errored":
        return 3
    if finished.ending == "interrupted":
        return 130
    nothing = not found.found and not found.ran
    return 1 if found.count("does not hold") or (strict and (nothing or found.count("could not be tried"))) else 0

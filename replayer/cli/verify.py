"""`replay verify`: import a tutorial, play it, and say of each of its claims whether it holds here."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from replayer.cli.claims import folded, show_claims
from replayer.cli.common import colored
from replayer.cli.options import VerifyOptions
from replayer.cli.playing import end_in_order, how_one, show_running
from replayer.cli.view import View
from replayer.formats.verified import summary, to_json
from replayer.looking import looking
from replayer.plan import Plan, prepare
from replayer.project import UsageError, places
from replayer.running import run
from replayer.scenario import Requires
from replayer.sources import named, native, read_tutorial_text
from replayer.sources.authored import author
from replayer.sources.session import Session
from replayer.sources.tutorials import TUTORIALS
from replayer.transcript import Transcript
from replayer.tutorial import read_tutorial
from replayer.verification import Report, report, set_aside
from replayer.verification.circumstances import circumstances_of
from replayer.verification.copying import Annotated, annotated

# Where recordings go, below the current folder: a tutorial is anywhere, and no scenario of the project.
FOLDER = Path(".replay/verify")


def verify(options: VerifyOptions) -> int:
    """Returns the exit code of C8: 1 if a claim does not hold (with --strict: or could not be tried), 3 if there was
    no sandbox to play in."""
    if options.format and options.format not in TUTORIALS:
        raise UsageError(f"--from: {options.format!r} is not known; one of {', '.join(TUTORIALS)}")
    for target in options.annotate or ():
        if target.suffix.lower() not in (".md", ".html"):
            raise UsageError(f"--annotate: {target}: an annotated copy is an .md or an .html")
        if target.resolve() == options.tutorial.resolve():
            raise UsageError(f"--annotate: {target} is the tutorial itself; name another file")
    how = how_one(options)
    text = read_tutorial_text(options.tutorial, options.encoding)
    path = named(options.tutorial)
    tutorial = read_tutorial(text, path, options.format)
    tried, untried = set_aside(tutorial.session)
    plan, origins = plan_of(tried, path)
    out = sys.stderr if options.json else sys.stdout
    view = View(out, colored(options.color, out), quiet=options.quiet)
    end_in_order()
    view.begin(plan)
    remarks = []
    if options.recorded is not None:
        transcript = _recorded(options.recorded, plan)
    else:
        where = places(str(FOLDER.parent / plan.path), plan.name, recordings=FOLDER).recording
        guide = looking(circumstances_of(tutorial.session).question)
        try:
            transcript, failure = run(
                plan, how, where, lambda event, entry: show_running(view, plan, event, entry), guide
            )
        finally:
            view.close()
        remarks.append(failure or f"recording  {where}")
    found = report(tutorial.session, untried, origins, transcript)
    if options.json:
        sys.stdout.write(to_json(found, path))
    else:
        _tell(found, options, view)
    doubts = len(tutorial.session.every_doubt)
    if doubts:
        remarks.append(
            f"{doubts} doubt{'s' if doubts != 1 else ''} about how the text is meant: `replay import` says which"
        )
    for target in options.annotate or ():
        _annotate(target, annotated(text, tutorial.format, tutorial.session, found), found, transcript, options)
        remarks.append(f"annotated  {target}")
    for remark in remarks if not options.quiet else ():
        view.say(f"  {remark}")
    return _code(found, transcript, options.strict)


def plan_of(session: Session, path: str) -> tuple[Plan, Sequence[int]]:
    """The plan of a session, and which item of it each of its steps is. What it requires is no reason to play none."""
    authored = author(session)
    [plan] = prepare(native.read(authored.text, path), path, {})
    title = "" if plan.title == plan.name else plan.title
    return replace(plan, title=title, requires=Requires()), authored.origins


def _recorded(path: Path, plan: Plan) -> Transcript:
    """The transcript of an earlier run of the same text; raises UsageError where it is of another."""
    from replayer.cli.recorded import transcript_of

    transcript = transcript_of(path)
    if _told(transcript.plan) != _told(plan):
        raise UsageError(
            f"--recorded: {path} is a run of another text, or of one that has changed since; verify it anew"
        )
    return transcript


def _told(plan: Plan) -> list[object]:
    """What two plans of one text share, wherever it lies."""
    return [(step.text, [(rule.kind, rule.value) for rule in step.rules]) for step in plan.steps]


def _tell(found: Report, options: VerifyOptions, view: View) -> None:
    show_claims(found, view, options.explain, options.quiet)
    worst = "failed" if found.count("does not hold") else "skipped" if found.count("could not be tried") else "passed"
    ending = f": {found.reason}" if found.reason else ""
    for line in folded(summary(found) + ending, view.width - 1) if view.width else [summary(found) + ending]:
        view.say(view.paint(line, worst))


def _annotate(target: Path, copy: Annotated, found: Report, transcript: Transcript, options: VerifyOptions) -> None:
    from replayer.cli.pages import written

    machine, clock = transcript.machine, transcript.clock
    if target.suffix.lower() == ".md":
        from replayer.formats import checked

        text = checked.render(copy, found, machine, clock)
    else:
        from replayer.formats import html

        text = html.render_checked(copy, found, str(options.tutorial), machine, clock)
    written(target, text)


def _code(found: Report, transcript: Transcript, strict: bool) -> int:
    finished = transcript.finished
    if finished is None or finished.ending == "errored":
        return 3
    if finished.ending == "interrupted":
        return 130
    nothing = not found.found and not found.ran
    return 1 if found.count("does not hold") or (strict and (nothing or found.count("could not be tried"))) else 0

"""`replay import`: a tutorial's text becomes a scenario, with what it claims as expectations."""

import sys
from collections.abc import Iterator
from pathlib import Path

from replayer.problems import Position, visible
from replayer.project import UsageError
from replayer.sources import named, read_tutorial_text
from replayer.sources.authored import author
from replayer.sources.lifting import lift
from replayer.sources.session import Command, Left, Session, Stopped
from replayer.sources.tutorials import TUTORIALS
from replayer.tutorial import read_tutorial
from replayer.writing import written


def import_tutorial(
    tutorial: Path, format: str, output: Path | None, force: bool, lifts: bool = False, encoding: str = ""
) -> int:
    """`lifts`: what repeats in it becomes variables.

    Writes the scenario to `output`, else to standard output; what is doubtful to standard error. Returns 0.

    Raises UsageError for an unknown format or a file that is there and differs, ScenarioError for an unreadable text,
    ReplayError for a file that cannot be written.
    """
    if format and format not in TUTORIALS:
        raise UsageError(f"--from: {format!r} is not known; one of {', '.join(TUTORIALS)}")
    text = read_tutorial_text(tutorial, encoding)
    path = named(tutorial)
    found = read_tutorial(text, path, format)
    head = [
        f"Imported from {Path(path).name}, read as {found.format} ({found.why}).",
        found.session.style,
    ]
    lifted = lift(found.session) if lifts else None
    scenario = author(found.session, [line for line in head if line], lifted).text
    if output is None:
        sys.stdout.write(scenario)
    else:
        _write(output, scenario, force)
    for line in _told(found.session, path):
        print(line, file=sys.stderr)
    if output is not None:
        print(f"{_counted(found.session)}; written to {output}", file=sys.stderr)
    return 0


def _write(output: Path, scenario: str, force: bool) -> None:
    if output.is_dir():
        raise UsageError(f"-o: {output} is a folder; name a file in it")
    if output.is_file() and not force and not _holds(output, scenario.encode()):
        raise UsageError(f"{output} is there already and differs; --force writes over it, -o names another file")
    written(output, scenario)


def _holds(file: Path, raw: bytes) -> bool:
    return file.stat().st_size == len(raw) and file.read_bytes() == raw


def _told(session: Session, path: str) -> Iterator[str]:
    """What was doubtful, and what was left out, in the order of the text."""
    left = [item for item in session.items if isinstance(item, Left)]
    told = [(doubt.line, doubt.what) for doubt in session.every_doubt]
    told += [(one.line, f"left out: {_first(one.text)} ({one.why})") for one in left]
    for line, what in sorted(told, key=lambda one: one[0]):
        yield visible(f"{Position(path, line)}: {what}")


def _first(text: str) -> str:
    return text.strip().partition("\n")[0]


def _counted(session: Session) -> str:
    commands = sum(isinstance(item, Command) for item in session.items)
    claims = sum(len(item.claims) for item in session.items if isinstance(item, (Command, Stopped)))
    return f"{commands} command{'s' * (commands != 1)}, {claims} claim{'s' * (claims != 1)}"

"""`replay diff`: two recordings or transcripts, compared up to renaming."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from replayer.cli.common import colored
from replayer.cli.recorded import transcript_of
from replayer.equivalence import reconcile
from replayer.formats import text
from replayer.problems import ReplayError
from replayer.scenario import TokenRule

COLORS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}


def diff_files(golden: Path, actual: Path, color: str) -> int:
    """Prints what differs; returns 1 if anything does, else 0."""
    (ours, tokens), (theirs, more) = _shown(golden), _shown(actual)
    found = reconcile(ours.text, theirs.text, {**tokens, **more}, theirs.unordered, ours.fixed | theirs.fixed)
    if found.text == ours.text:
        print(f"{golden} and {actual} are equal up to renaming")
        return 0
    print(found.first or "they differ")
    for line in painted(ours.text, found.text, str(golden), str(actual), color):
        print(line)
    return 1


def _shown(path: Path) -> tuple[text.Written, Mapping[str, TokenRule]]:
    """A transcript, and its scenario's own tokens where it is made from a recording."""
    if path.suffix == ".jsonl":
        transcript = transcript_of(path)
        return text.write(transcript), transcript.plan.tokens
    try:
        return text.Written(path.read_text(encoding="utf-8")), {}
    except (OSError, UnicodeDecodeError) as error:
        raise ReplayError(f"{path}: cannot be read: {error}") from error


def painted(golden: str, shown: str, golden_name: str, shown_name: str, color: str) -> Iterator[str]:
    """The lines of a unified diff, coloured if asked for."""
    paint = colored(color)
    lines = difflib.unified_diff(golden.splitlines(), shown.splitlines(), golden_name, shown_name, lineterm="")
    for line in lines:
        sign = next((sign for sign in COLORS if line.startswith(sign)), None)
        yield f"\x1b[{COLORS[sign]}m{line}\x1b[0m" if paint and sign else line

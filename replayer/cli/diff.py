"""`replay diff`: two recordings or transcripts, compared up to renaming."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from replayer.cli.common import colored
from replayer.cli.recorded import transcript_of
from replayer.equivalence import reconcile
from replayer.formats import text
from replayer.goldens import read_text, unified
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
    return text.Written(read_text(path, "cannot be read")), {}


def painted(golden: str, shown: str, golden_name: str, shown_name: str, color: str) -> Iterator[str]:
    """The lines of a unified diff, coloured if asked for."""
    paint = colored(color)
    for line in unified(golden, shown, golden_name, shown_name):
        sign = next((sign for sign in COLORS if line.startswith(sign)), None)
        yield f"\x1b[{COLORS[sign]}m{line}\x1b[0m" if paint and sign else line

"""How a run looks on a terminal that is drawn anew: in stills and casts."""

from collections.abc import Iterator

from replayer.painting import Style
from replayer.problems import visible
from replayer.transcript import Entry
from replayer.words import REACHABLE, UNREACHABLE

PROMPT = Style(foreground="2", bold=True)
COMMAND = Style(bold=True)
NOTE = Style(foreground="6")
NAME = Style(inverse=True, bold=True)  # of the terminal that is shown
WRONG = Style(foreground="1", bold=True)
OUTCOMES = {REACHABLE: Style(foreground="2", bold=True), UNREACHABLE: WRONG}


def complaints(entry: Entry) -> Iterator[str]:
    """One line for each finding of a step that failed or erred."""
    verdict = entry.verdict
    if verdict is None or verdict.word not in ("failed", "errored"):
        return
    for finding in verdict.findings:
        expected = f" expected {finding.expected};" if finding.expected else ""
        yield visible(f"{verdict.word}:{expected} observed {finding.observed}").replace("\n", " ")

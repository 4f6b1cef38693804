"""What tells machines of judged runs: one file each, in one dict. Pure; standard library only.

REPORTS["junit"](transcripts)                              an XML document
REPORTS["tap"](transcripts)                                a TAP document
REPORTS["github"](transcripts)                             annotations, for standard output
REPORTS["summary"](transcripts)                            Markdown, to append to $GITHUB_STEP_SUMMARY
REPORTS["junit"](transcripts, {(path, name): diff})        with what differs from its golden
"""

from collections.abc import Sequence
from typing import Protocol

from replayer.reports import github, junit, summary, tap
from replayer.reports.cases import Differences
from replayer.transcript import Transcript


class Report(Protocol):
    """Transcripts, and unified diffs of those that differ from their goldens -> the report's text."""

    def __call__(self, transcripts: Sequence[Transcript], differences: Differences | None = None) -> str: ...


REPORTS: dict[str, Report] = {
    "junit": junit.render,
    "tap": tap.render,
    "github": github.annotations,
    "summary": summary.render,
}

"""GitHub Actions: annotations (workflow commands on standard output) and the Markdown summary of a job.

Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
The runner also obeys commands that it finds in what a run printed: `stop` and `resume` keep it from that.
"""

from collections.abc import Iterator, Sequence

from replayer.reports.cases import Case, Differences, Suite, suites, tally
from replayer.transcript import Transcript

# GitHub shows so many errors of one step of a job, in the order in which they come.
SHOWN = 10
# An annotation holds about 4 KB of message.
MOST_MESSAGE = 3_000


def annotations(transcripts: Sequence[Transcript], differences: Differences | None = None) -> str:
    """An error for each step that did not pass; of more than 10, first one for each scenario, since GitHub
    shows only 10. Warnings, and a notice for each scenario that was skipped.

    >>> annotations([])
    ''
    """
    found = suites(transcripts, differences)
    bad = [(s, c) for s in found for c in s.cases if c.bad]
    lines: list[str] = []
    if len(bad) > SHOWN:
        lines += (_scenario(s) for s in found if s.word in ("failed", "errored"))
    lines += (_error(suite, case) for suite, case in bad)
    for suite in found:
        lines += _remarks(suite)
    return "".join(f"{line}\n" for line in lines)


def stop(token: str) -> str:
    """The line after which the runner obeys nothing that is printed. The token: random, at least 16 characters,
    so that no output can guess it."""
    return f"::stop-commands::{token}\n"


def resume(token: str) -> str:
    """The line after which the runner obeys again."""
    return f"::{token}::\n"


def _scenario(suite: Suite) -> str:
    bad = [case for case in suite.cases if case.bad]
    at = bad[0].place if bad else None
    message = "\n".join([tally(suite.cases), *(f"{case.name}: {case.message}" for case in bad)])
    return _command("error", at.file if at else suite.path, at.line if at else 1, f"{suite.name} {suite.word}", message)


def _error(suite: Suite, case: Case) -> str:
    title = f"{suite.name}: {case.name} {case.word}"
    return _command("error", case.place.file, case.place.line, title, "\n".join(case.reasons) or case.message)


def _remarks(suite: Suite) -> Iterator[str]:
    for case in suite.cases:
        for warning in case.warnings:
            yield _command("warning", case.place.file, case.place.line, f"{suite.name}: {case.name}", warning)
    if suite.word == "skipped":
        why = "; ".join(case.message for case in suite.cases)
        yield _command("notice", suite.path, 1, f"{suite.name} skipped", why)


def _command(kind: str, file: str, line: int, title: str, message: str) -> str:
    if len(message) > MOST_MESSAGE:
        message = message[:MOST_MESSAGE] + " …"
    return f"::{kind} file={_property(file)},line={max(line, 1)},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

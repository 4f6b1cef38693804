"""What became of a tutorial's claims, as a table for a terminal and as JSON."""

import json
from collections.abc import Callable, Iterator

from replayer.formats.reasons import one_line
from replayer.problems import visible
from replayer.verification import Found, Holds, Report

HOLDS: tuple[Holds, ...] = ("holds", "does not hold", "could not be tried")
COLORS = {"holds": "passed", "does not hold": "failed", "could not be tried": "skipped"}
SIGNS = {"holds": "✓", "does not hold": "✗", "could not be tried": "–"}
# So many lines of an answer are shown.
_ANSWER = 12

Paint = Callable[[str, str], str]


def table_lines(report: Report, paint: Paint, explain: bool = False, quiet: bool = False) -> Iterator[str]:
    """A line a claim; below what does not hold or could not be tried: what was claimed, what was observed, and why.
    `explain`: what was looked at, too; `quiet`: claims that hold are left out."""
    shown = [one for one in report.found if not quiet or one.holds != "holds"]
    if shown:
        yield paint(f"  {'line':>5}  {'':18}   command: claim", "dim")
    for one in shown:
        head = f"  {one.line:>5}  "
        word = paint(f"{SIGNS[one.holds]} {one.holds:<18}", COLORS[one.holds])
        yield f"{head}{word}  {one_line(one.command)}: {one_line(one.claimed)}"
        if one.holds != "holds":
            yield from (f"{'':9}{line}" for line in _why(one, explain))


def _why(one: Found, explain: bool) -> Iterator[str]:
    if one.observed not in ("not played", ""):
        yield f"observed  {one_line(one.observed)}"
    for number, cause in enumerate(one.causes if explain else one.causes[:1]):
        yield f"{'likely' if number == 0 else 'or':<8}  {one_line(cause)}"
    if not one.causes:
        yield "likely    no rule finds a cause"
    if explain:
        for question, answer in one.looked.items():
            lines = [line for line in visible(answer).rstrip("\n").split("\n") if line.strip()] or ["(nothing)"]
            yield f"looked    {one_line(question)}"
            yield from (f"{'':10}  {line}" for line in lines[:_ANSWER])
            if len(lines) > _ANSWER:
                yield f"{'':10}  … {len(lines) - _ANSWER} lines more"


def summary(report: Report) -> str:
    """'23 claims: 21 hold, 1 does not hold, 1 could not be tried; 40 other commands ran'."""
    counts = [report.count(word) for word in HOLDS]
    words = [
        f"{count} {word}"
        for count, word in zip(
            counts, ("hold" if counts[0] != 1 else "holds", "do not hold" if counts[1] != 1 else "does not hold", HOLDS[2]), strict=True
        )
        if count
    ]
    claims = f"{len(report.found)} claim{'s' if len(report.found) != 1 else ''}"
    others = f"; {report.ran} other command{'s' if report.ran != 1 else ''} ran" if report.ran else ""
    return f"{claims}: {', '.join(words)}{others}" if report.found else f"no claim{others}"


def to_json(report: Report, tutorial: str) -> str:
    """The report as one JSON object; `looked`: questions to the sandbox and their answers."""
    data = {
        "tutorial": tutorial,
        **{word.replace(" ", "_"): report.count(word) for word in HOLDS},
        "other_commands_ran": report.ran,
        "reason": report.reason,
        "claims": [
            {
                "line": one.line,
                "command": one.command,
                "claimed": one.claimed,
                "observed": one.observed,
                "holds": one.holds,
                "causes": list(one.causes),
                "looked": dict(one.looked),
            }
            for one in report.found
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

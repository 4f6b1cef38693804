"""What became of a tutorial's claims, as a table for a terminal and as JSON."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from replayer.formats.reasons import one_line
from replayer.problems import visible
from replayer.verification import Found, Holds, Report
from replayer.verification.evidence import listed

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
            yield f"looked    {one_line(question)}"
            yield from (f"{'':12}{line}" for line in brief(answer))


def brief(answer: str) -> list[str]:
    """An answer for a reader: of ip's JSON a line an object, of anything else its first lines."""
    objects = listed(answer) if answer.lstrip().startswith("[") else []
    lines = [_told(one) for one in objects] or [line for line in visible(answer).split("\n") if line.strip()]
    left = len(lines) - _ANSWER
    return [*lines[:_ANSWER], *([f"… {left} more"] if left > 0 else [])] or ["(nothing)"]


def _told(fact: dict[str, Any]) -> str:
    flags = [flag for flag in fact.get("flags", ()) if flag in ("UP", "LOWER_UP", "NO-CARRIER")]
    info = fact.get("linkinfo", {})
    data = info.get("info_data", {})
    words = [str(fact[key]) for key in ("ifname", "type", "dst") if key in fact]
    words += [f"{key} {fact[key]}" for key in ("gateway", "dev", "prefsrc", "lladdr", "master") if key in fact]
    words += [f"<{','.join(flags)}>"] if "ifname" in fact else []
    words += [str(info.get("info_kind", "")), str(data.get("mode", "")), *map(str, data.get("macaddr_data", ()))]
    words += [str(fact["address"])] if "address" in fact and fact.get("link_type") != "loopback" else []
    words += [f"{one.get('local')}/{one.get('prefixlen')}" for one in fact.get("addr_info", ()) if isinstance(one, dict)]
    words += list(map(str, fact.get("state", ()))) if isinstance(fact.get("state"), list) else []
    return visible(" ".join(word for word in words if word))


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

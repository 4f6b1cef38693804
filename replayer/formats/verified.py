"""What became of a tutorial's claims, in words and as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from replayer.problems import visible
from replayer.verification import Found, Holds, Report
from replayer.verification.evidence import listed, many, one

HOLDS: tuple[Holds, ...] = ("holds", "does not hold", "could not be tried")
COLORS = {"holds": "passed", "does not hold": "failed", "could not be tried": "skipped"}
SIGNS = {"holds": "✓", "does not hold": "✗", "could not be tried": "–"}
# So many lines of an answer are shown.
_ANSWER = 12


def brief(answer: str) -> list[str]:
    """An answer for a reader: of ip's JSON a line an object, of anything else its first lines."""
    objects = listed(answer) if answer.lstrip().startswith("[") else []
    lines = [_told(one) for one in objects] or [line for line in visible(answer).split("\n") if line.strip()]
    left = len(lines) - _ANSWER
    return [*lines[:_ANSWER], *([f"… {left} more"] if left > 0 else [])] or ["(nothing)"]


def _told(fact: dict[str, Any]) -> str:
    info, data = one(fact, "linkinfo"), one(one(fact, "linkinfo"), "info_data")
    flags = [flag for flag in many(fact, "flags") if flag in ("UP", "LOWER_UP", "NOARP")]
    words = [fact[key] for key in ("ifname", "type", "dst") if key in fact]
    words += [f"{key} {fact[key]}" for key in ("gateway", "dev", "prefsrc", "lladdr", "master") if key in fact]
    words += [f"<{','.join(flags)}>"] if "ifname" in fact else []
    words += [info.get("info_kind", ""), data.get("mode", ""), *many(data, "macaddr_data")]
    words += [fact["address"]] if "address" in fact and fact.get("link_type") != "loopback" else []
    words += [f"{own['local']}/{own.get('prefixlen')}" for own in many(fact, "addr_info") if "local" in own]
    return visible(" ".join(str(word) for word in [*words, *many(fact, "state")] if word))


def counted(found: Sequence[Found]) -> list[tuple[Holds, int, str]]:
    """How many claims hold, do not hold, could not be tried, and how that is said of so many; none of none."""
    plural = {"holds": "hold", "does not hold": "do not hold"}
    counts = [(word, sum(one.holds == word for one in found)) for word in HOLDS]
    return [(word, count, plural.get(word, word) if count != 1 else word) for word, count in counts if count]


def summary(report: Report) -> str:
    """'23 claims: 21 hold, 1 does not hold, 1 could not be tried; of 42 other commands 40 ran, 2 failed'."""
    if not report.found and not report.ran:
        return "no command was found"
    told = ", ".join(f"{count} {words}" for _, count, words in counted(report.claims))
    head = f"{_many(len(report.claims), 'claim')}: {told}" if report.claims else "no claim"
    return "; ".join(filter(None, (head, others_told(report))))


def others_told(report: Report) -> str:
    """What became of the commands of which nothing is claimed, in words; "" if there are none."""
    every = report.ran + len(report.others)
    if not report.others:
        return f"{_many(report.ran, 'other command')} ran" if report.ran else ""
    words = {"does not hold": "failed"}
    told = [f"{report.ran} ran"] if report.ran else []
    told += [f"{count} {words.get(word, said)}" for word, count, said in counted(report.others)]
    return f"of {_many(every, 'other command')} {', '.join(told)}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def to_json(report: Report, tutorial: str) -> str:
    """The report as one JSON object; `looked`: questions to the sandbox and their answers."""
    return _dumped(_data(report, tutorial))


def all_to_json(reports: Sequence[tuple[Report, str]]) -> str:
    """The reports of many tutorials as one JSON object, with their sums."""
    every = [report for report, _ in reports]
    sums = {word.replace(" ", "_"): sum(report.count(word) for report in every) for word in HOLDS}
    sums["other_commands_ran"] = sum(report.ran for report in every)
    return _dumped({**sums, "tutorials": [_data(report, tutorial) for report, tutorial in reports]})


def _dumped(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(report: Report, tutorial: str) -> dict[str, Any]:
    return {
        "tutorial": tutorial,
        **{word.replace(" ", "_"): report.count(word) for word in HOLDS},
        "other_commands_ran": report.ran,
        "reason": report.reason,
        "claims": [
            {
                "line": one.line,
                "command": one.command,
                "claimed": one.claimed,
                "kind": one.claim.kind if one.claim is not None else "runs",
                "observed": one.observed,
                "holds": one.holds,
                "causes": list(one.causes),
                "looked": dict(one.looked),
            }
            for one in report.found
        ],
    }

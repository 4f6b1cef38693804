"""What was expected of a step, whether it held, and by what that can be seen."""

from collections.abc import Iterator
from dataclasses import dataclass

from replayer.outcomes import read_outcome, same_word
from replayer.plan import Plan, Rule
from replayer.transcript import Entry

MOST = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """An expectation. `held` None: it was not judged."""

    expected: str
    held: bool | None
    why: str


def claims(entry: Entry, plan: Plan) -> Iterator[Claim]:
    """First what did not hold, then what did, with the line that shows it."""
    verdict = entry.verdict
    if verdict is None or verdict.word == "skipped" or not entry.judged:
        return
    broken = [finding.rule for finding in verdict.findings if finding.rule is not None]
    for finding in verdict.findings:
        yield Claim(finding.expected, False, finding.observed)
    unjudged = any(finding.rule is None and finding.errs for finding in verdict.findings)
    for rule in entry.rules:
        if rule not in broken:
            yield Claim(described(rule), None if unjudged else True, "" if unjudged else _evidence(rule, entry, plan))


def described(rule: Rule) -> str:
    """A rule in the words that a verdict uses for it."""
    value = rule.value
    match rule.kind:
        case "outcome":
            return str(value)
        case "exit":
            return "exit status " + " or ".join(map(str, value))
        case "contains" | "lacks":
            return f"output {rule.kind[:-1]}ing {_one(value.rstrip(chr(10)))!r}"
        case "matches":
            return f"output matching /{_one(value)}/"
        case "output":
            lines = value.rstrip("\n").split("\n")
            return f"{len(lines)} lines of output, up to renaming" if len(lines) > 1 else f"output {_one(lines[0])!r}"
        case "json":
            return f"{value[0]} = {value[1]}"
        case "within":
            return f"an end within {value:g} s"


def _evidence(rule: Rule, entry: Entry, plan: Plan) -> str:
    match rule.kind:
        case "outcome":
            command = entry.of.command if entry.of else entry.command
            reading = read_outcome(command, entry.text, entry.exit, plan.outcomes)
            if reading.word is not None and same_word(reading.word, rule.value):
                return _one(reading.why)
            own = next((r.matches for word, r in plan.outcomes.items() if same_word(word, rule.value)), "")
            return f"the output matches /{_one(own)}/"
        case "exit":
            return f"exit status {entry.exit}"
        case "contains":
            wanted = rule.value.rstrip("\n")
            at = entry.text.find(wanted)
            return _one(_line_at(entry.text, at))
        case "lacks":
            return f"not in its {len(entry.text.splitlines())} lines"
        case "output":
            found = [line for line in entry.block or () if line is not None]
            return f"{len(found)} lines agree" if len(found) != 1 else _one(found[0])
        case "within":
            return f"took {entry.seconds:.2f} s"
    return ""


def _line_at(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].strip()


def _one(text: str) -> str:
    line = " ⏎ ".join(text.split("\n"))
    return line if len(line) <= MOST else line[:MOST] + "…"

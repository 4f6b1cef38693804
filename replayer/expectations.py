"""Expectation x observed -> verdict with its reasons. Pure: waiting is the player's business.

Failed: the step showed something else than was expected. Errored: it could not be told (contract C1).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from replayer.events import Ending
from replayer.outcomes import Reading, read_outcome, shows
from replayer.plan import Rule
from replayer.problems import Position
from replayer.scenario import OutcomeRule, TokenRule
from replayer.tokens import Match, Renaming, match_block

Word = Literal["passed", "failed", "errored", "skipped"]
# `sh` says 127 for a command it did not find and 126 for one it could not run.
COULD_NOT_RUN = {126: "the shell could not run it", 127: "there is no such command"}


class SlowPattern(Exception):
    """A pattern takes too long on what was printed. Raised by a timer, where there is one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a rule did not hold: what was expected, what was observed."""

    expected: str
    observed: str
    rule: Rule | None = None
    errs: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of a step. `findings` say why it did not pass."""

    word: Word
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # differences between versions that an `output` block forgave, by name


@dataclass(slots=True)
class Observed:
    """What a step showed. `text` is what a person saw; it is made only when a rule asks for it."""

    command: str
    exit: int | None
    seconds: float
    ending: Ending
    get_text: Callable[[], str]
    reason: str = ""  # why the step ended as it did, where that needs words
    stopped: bool = False  # the step was to stop it
    size: int = 0  # characters it printed
    failed_line: str = ""  # of a step of several lines: the first that did not end well
    until: str | None = None
    any_order: bool = False  # of the lines of an `output` rule
    outcomes: Mapping[str, OutcomeRule] = field(default_factory=dict)
    tokens: Mapping[str, TokenRule] = field(default_factory=dict)
    block: list[str | None] | None = None  # set by an `output` rule: the lines it matched, None for `...`
    known: tuple[str, ...] = ()  # set by an `output` rule: the known differences it met
    _text: str | None = None
    _reading: Reading | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.get_text()
        return self._text

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            self._reading = read_outcome(self.command, self.text, self.exit, self.outcomes)
        return self._reading

    @property
    def shown(self) -> str | None:
        """The outcome word it showed, if any."""
        return self.reading.word or (self.reading.also[0] if self.reading.also else None)


Check = Callable[[Rule, Observed, Renaming], Finding | None]


def _outcome(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    reading = observed.reading
    if shows(reading, rule.value):
        return None
    shown = observed.shown
    if shown is None:
        return Finding(rule.value, f"no outcome: {reading.why}", rule, errs=True)
    return Finding(rule.value, shown + (f" ({reading.why})" if reading.why else ""), rule)


def _exit(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    wanted = " or ".join(map(str, rule.value))
    if observed.exit is None:
        return Finding(f"exit status {wanted}", "the command has not ended", rule, errs=True)
    if observed.exit in rule.value:
        return None
    return Finding(f"exit status {wanted}", f"exit status {observed.exit}", rule)


def _contains(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    if _folded(rule.value) in observed.text:
        return None
    return Finding(f"output containing {rule.value!r}", "not in the output", rule)


def _lacks(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    wanted = _folded(rule.value)
    for line in observed.text.splitlines():
        if wanted in line:
            return Finding(f"output lacking {rule.value!r}", f"it is there: {line.strip()}", rule)
    if wanted in observed.text:
        return Finding(f"output lacking {rule.value!r}", "it is there", rule)
    return None


def _matches(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    if re.search(rule.value, observed.text, re.MULTILINE):
        return None
    return Finding(f"output matching /{rule.value}/", "no match in the output", rule)


def _output(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    found = match_block(rule.value, observed.text, renaming, observed.tokens, any_order=observed.any_order)
    if isinstance(found, Match):
        observed.block = list(found.lines)
        observed.known = found.known
        return None
    expected = found.expected.strip() or "the end of the output"
    return Finding(f"output line {found.line}: {expected}", found.why, rule)


def _json(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    import jmespath  # 17 ms that most runs do not need

    path, wanted = rule.value
    try:
        data = json.loads(observed.text)
    except (ValueError, RecursionError) as error:
        return Finding(f"{path} = {wanted}", f"the output is not JSON: {error}", rule, errs=True)
    try:
        found = jmespath.search(path, data)
    except jmespath.exceptions.JMESPathError as error:
        return Finding(f"{path} = {wanted}", f"the path cannot be read: {error}", rule, errs=True)
    if _same_value(wanted, found):
        return None
    expected = "null" if wanted is None else wanted
    return Finding(f"{path} = {expected}", f"{path} = {json.dumps(found, ensure_ascii=False)}", rule)


def _same_value(wanted: Any, found: Any) -> bool:
    """Scenario values are text: `1500` stands for the number and for the text."""
    if wanted is None:
        return found is None
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(_same_value, wanted, found))
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and wanted.keys() == found.keys()
            and all(_same_value(v, found[k]) for k, v in wanted.items())
        )
    if isinstance(found, str):
        return bool(wanted == found)
    try:
        return bool(json.loads(str(wanted)) == found)
    except (ValueError, RecursionError):
        return False


def _within(rule: Rule, observed: Observed, renaming: Renaming) -> Finding | None:
    if observed.seconds <= rule.value:
        return None
    return Finding(f"an end within {rule.value:g} s", f"took {observed.seconds:.2f} s", rule)


CHECKS: dict[str, Check] = {
    "outcome": _outcome,
    "exit": _exit,
    "contains": _contains,
    "lacks": _lacks,
    "matches": _matches,
    "output": _output,
    "json": _json,
    "within": _within,
}


def _folded(text: str) -> str:
    """A YAML block scalar ends in a line end that its author did not mean to look for."""
    return text.rstrip("\n")


# What shells and ip say of a program, or a namespace, that is not there. They need not end with 126 or 127:
# behind `ip netns exec` or in a pipe the status is another's.
NOT_RUN = re.compile(
    r"^(?:[\w./-]*sh: (?:line )?(?:\d+: )?.+: (?:command not found|not found|No such file or directory)"
    r"|exec of \".*\" failed: .*|Cannot open network namespace \".*\": .*)$",
    re.MULTILINE,
)


# What prints so much did run; its text is made only if a rule asks for it.
LARGE = 1_000_000


def _not_run(rules: Sequence[Rule], observed: Observed) -> list[Finding]:
    """A program that is not there could not show anything, whatever else is true of the output."""
    if not rules and (observed.exit or observed.size > LARGE):
        return []
    found = (
        NOT_RUN.search(observed.text) if rules or observed.command.count("|") or "netns" in observed.command else None
    )
    claimed = found and any(
        (rule.kind == "contains" and _folded(rule.value) in found[0])
        or (rule.kind == "matches" and re.search(rule.value, found[0], re.MULTILINE))
        for rule in rules
    )
    return [] if found is None or claimed else [Finding("a command that runs", found[0], errs=True)]


LEAVES_SHELL = {"exit", "logout"}


def judge(rules: Sequence[Rule], observed: Observed, renaming: Renaming) -> Verdict:
    """The verdict of a step that was played. Rules are already rendered."""
    findings = [_ending_finding(observed)] if observed.ending in CUT_SHORT else []
    if observed.stopped and observed.ending in ("exit", "shell"):
        # What it did not print after its end says nothing.
        status = f"it had ended by itself (exit {observed.exit}); use `wait` for a command that ends"
        findings.append(Finding("a command that still runs", status, errs=True))
    if observed.until and observed.ending in ("exit", "shell"):
        findings.append(Finding(f"output matching /{observed.until}/", f"it ended (exit {observed.exit}) before"))
    if not findings:
        checked = rules or _default_rules(observed)
        could_not = COULD_NOT_RUN.get(observed.exit or 0)
        if could_not and not any(r.kind == "exit" for r in rules):
            last = observed.text.strip().rpartition("\n")[2]
            findings.append(Finding("a command that runs", f"{could_not} (exit {observed.exit}): {last}", errs=True))
        else:
            found = (CHECKS[rule.kind](rule, observed, renaming) for rule in checked)
            findings = [finding for finding in found if finding is not None]
            if not rules and observed.failed_line:
                findings.insert(0, Finding("exit status 0 of every line", observed.failed_line))
            if not any(r.kind in ("exit", "output") for r in rules):
                findings += _not_run(rules, observed)
    word: Word = "passed"
    if findings:
        word = "errored" if any(f.errs for f in findings) else "failed"
    return Verdict(word, tuple(findings), known=observed.known)


ENDS_WELL = Rule(kind="exit", value=[0], at=Position(""))


def _default_rules(observed: Observed) -> list[Rule]:
    """No expectation means exit status 0, of a command that ended by itself."""
    if observed.ending == "exit" and observed.command.strip() in LEAVES_SHELL:
        # Left from a nested shell: the status is that of the last command there, judged in its own step.
        return []
    if observed.ending in ("exit", "shell"):
        return [ENDS_WELL]
    return []


CUT_SHORT: dict[Ending, str] = {
    "timeout": "it did not end in time",
    "incomplete": "the shell waits for more: a quote, bracket or here-document is open",
    "flooded": "it printed more than a step may",
    "lost": "the sandbox is gone",
    "refused": "it could not be started",
}


def _ending_finding(observed: Observed) -> Finding:
    expected = {"refused": "a step that can be played", "lost": "a sandbox that lives"}.get(
        observed.ending, "a command that ends"
    )
    if observed.until:
        expected = f"output matching /{observed.until}/"
    return Finding(expected, observed.reason or CUT_SHORT[observed.ending], errs=True)

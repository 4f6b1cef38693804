"""One step of a scenario, its variables filled -> one planned step. What is wrong with it is reported."""

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from replayer.planned import Late, PlannedStep, Rule, RuleKind, Section
from replayer.problems import Problem
from replayer.scalars import DURATION, TERMINAL, seconds
from replayer.scenario import (
    Expect,
    Judged,
    Note,
    Run,
    Send,
    StepBase,
    Stop,
    Wait,
)
from replayer.scope import Scope, Unfit
from replayer.templates import TemplateError, evaluate, expression_names, is_template, is_true

Report = Callable[[Problem], None]
Path = tuple[str | int, ...]

TRUE_FALSE = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
TEXT_RULES: tuple[RuleKind, ...] = ("contains", "lacks", "matches")


@dataclass(frozen=True, slots=True)
class Manner:
    """What a step takes over from where it stands: its section, its file's defaults, its includes' tags."""

    section: Section
    on_failure: Literal["continue", "stop"]
    timeout: float | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """An outcome word that a step expects; whether it is known is seen when all files are."""

    text: str
    step: StepBase
    path: Path


def bad_pattern(pattern: str, groups: bool = False) -> tuple[str, str] | None:
    """What is wrong with a regular expression and how to mend it, or None. `groups`: it must have one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about syntax that may change: nothing an author can see
            compiled = re.compile(pattern, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        return (
            f"{_short(pattern)} is no regular expression: {error}",
            "put \\ before a sign that is meant as it is",
        )
    if groups and not compiled.groups:
        return f"{_short(pattern)} has no group to capture", "put ( ) around the value"
    return None


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


@dataclass(slots=True)
class Filler:
    """Fills the strings of one step.

    `keep`: leave as templates those that would look like templates when filled.
    """

    scope: Scope
    step: StepBase
    report: Report
    keep: bool = False
    pending: bool = False
    doubtful: bool = False
    known: dict[str, Any] = field(default_factory=dict)
    late: dict[str, Late] = field(default_factory=dict)

    def wrong(self, path: Path, what: str, mend: str = "") -> None:
        self.report(self.step.problem(path, what, mend))

    def fill(self, path: Path, text: str) -> tuple[str, bool]:
        """The text filled, or as it is, and whether it is still a template."""
        if not is_template(text):
            return text, False
        try:
            filled = self.scope.fill(text)
        except Unfit as unfit:
            self.wrong(path, unfit.what, unfit.mend)
            return text, True
        if isinstance(filled, Late):
            self.pending = True
        elif is_template(filled):
            self.doubtful = True
            if not self.keep:
                return filled, False
            filled = Late(text=text, vars=self.scope.values)
        else:
            return filled, False
        self.known.update(filled.vars)
        self.late.update(filled.late)
        return text, True

    def text(self, path: Path, text: str) -> str:
        return self.fill(path, text)[0]

    def pattern(self, path: Path, text: str, groups: bool = False) -> str:
        filled, template = self.fill(path, text)
        if not template:
            bad = bad_pattern(filled, groups)
            if bad is not None:
                self.wrong(path, *bad)
        return filled

    def terminal(self, path: Path, text: str) -> str:
        filled, template = self.fill(path, text)
        if template and self.pending:
            self.wrong(path, "a terminal's name cannot need a capture", "name it")
        elif not template and not TERMINAL.fullmatch(filled):
            self.wrong(path, f"{_short(filled)} cannot name a terminal", "use letters, digits, _ . -")
        return filled

    def value(self, path: Path, value: Any) -> Any:
        """Every text within a value of lists and mappings filled."""
        if isinstance(value, str):
            return self.text(path, value)
        if isinstance(value, Mapping):
            return {k: self.value((*path, k), v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value((*path, i), v) for i, v in enumerate(value)]
        return value

    def when(self) -> bool | str:
        """Whether the step is played; the condition itself where only a capture will tell."""
        condition = self.step.when
        if condition is None:
            return True
        fixed = TRUE_FALSE.get(condition.strip().lower())
        if fixed is not None:
            return fixed
        try:
            found = expression_names(condition)
            self.scope.check(found)
            if not any(self.scope.is_late(n) for n in found.all):
                return is_true(evaluate(condition, self.scope.values))
        except Unfit as unfit:
            self.wrong(("when",), unfit.what, unfit.mend)
            return True
        except TemplateError as error:
            self.wrong(("when",), str(error))
            return True
        self.pending = True
        known, late = self.scope.needs(found)
        self.known.update(known)
        self.late.update(late)
        return condition


def plan_step(
    step: StepBase, scope: Scope, manner: Manner, report: Report, index: int
) -> tuple[PlannedStep | None, Sequence[Word]]:
    """The planned step (None: its `when` says no), and the outcome words it expects."""
    filler = Filler(scope, step, report)
    when = filler.when()
    if when is False:
        return None, ()
    planned, words = _plan(filler, manner, index, when)
    if filler.pending and filler.doubtful:
        filler.keep = True
        planned, words = _plan(filler, manner, index, when)
    if isinstance(step, Judged):
        for name in step.capture:
            scope.captures.add(name)
    return planned, words


def _plan(filler: Filler, manner: Manner, index: int, when: bool | str) -> tuple[PlannedStep, Sequence[Word]]:
    step = filler.step
    words: list[Word] = []
    fields: dict[str, Any] = {}
    if isinstance(step, Judged):
        rules, words = _rules(filler, step)
        fields = {
            "rules": rules,
            "capture": {n: filler.pattern(("capture", n), p, groups=True) for n, p in step.capture.items()},
            "show": step.show,
            "any_order": step.order == "any",
        }
    fields |= _own(filler)
    own_failure = step.on_failure if isinstance(step, Judged) else None
    own_timeout = step.timeout if isinstance(step, (Judged, Send)) else None
    planned = PlannedStep(
        index=index,
        section=manner.section,
        at=step.at,
        timeout=own_timeout if own_timeout is not None else manner.timeout,
        on_failure=own_failure or manner.on_failure,
        when=when if isinstance(when, str) else None,
        tags=tuple(dict.fromkeys((*manner.tags, *step.tags))),
        template=filler.pending,
        vars=dict(filler.known) if filler.pending else {},
        late=dict(filler.late) if filler.pending else {},
        **fields,
    )
    return planned, words


def _own(filler: Filler) -> dict[str, Any]:
    """The fields that only this kind of step has."""
    step = filler.step
    if isinstance(step, Run):
        if step.eventually and step.until is not None:
            filler.wrong(("until",), "`until` and `eventually` in one step", "`eventually` plays commands that end")
        text = filler.text(("run",), step.run).rstrip("\n")
        if not text.strip():
            filler.wrong(("run",), "an empty command", "write what to type")
        return {
            "kind": "run",
            "text": text,
            "terminal": filler.terminal(("terminal",), step.terminal),
            "until": None if step.until is None else filler.pattern(("until",), step.until),
            "dialogue": tuple(
                (
                    None if a.expect is None else filler.pattern(("send", i, "expect"), a.expect),
                    filler.text(("send", i, "send"), a.send),
                )
                for i, a in enumerate(step.send)
            ),
            "eventually": (step.eventually.timeout, step.eventually.every) if step.eventually else None,
        }
    if isinstance(step, Stop):
        return {"kind": "stop", "terminal": filler.terminal(("stop",), step.stop)}
    if isinstance(step, Wait):
        return _wait(filler, step)
    if isinstance(step, Send):
        text = filler.text(("send",), step.send).rstrip("\n")
        return {"kind": "send", "text": text, "terminal": filler.terminal(("terminal",), step.terminal)}
    assert isinstance(step, Note)  # includes are opened before steps are planned
    return {"kind": "note", "text": filler.text(("note",), step.note).rstrip("\n")}


def _wait(filler: Filler, step: Wait) -> dict[str, Any]:
    named = filler.text(("wait",), step.wait)
    if not DURATION.fullmatch(named):
        if named[:1].isdigit() or named[:1] == "-":
            filler.wrong(("wait",), f"{_short(named)} is no duration", "write 500ms, 3s, 2m, or a terminal's name")
            return {"kind": "pause"}
        until = None if step.until is None else filler.pattern(("until",), step.until)
        return {"kind": "wait", "terminal": filler.terminal(("wait",), named), "until": until}
    if step.until is not None or step.expect is not None or step.capture:
        filler.wrong(("wait",), "a pause has no output to judge", "name the terminal that is waited for")
    pause = seconds(named)
    assert isinstance(pause, float)
    if not 0 < pause <= 86400:
        filler.wrong(("wait",), f"a pause of {named}", "a pause is more than 0 and at most a day")
    return {"kind": "pause", "pause": pause}


def _rules(filler: Filler, step: Judged) -> tuple[tuple[Rule, ...], list[Word]]:
    rules: list[Rule] = []
    words: list[Word] = []
    for i, expect in enumerate(step.expect or ()):
        for path, kind, value in _flat(filler, ("expect", i), expect):
            rules.append(Rule(kind=kind, value=value, at=step.position(*path)))
            if kind == "outcome" and not is_template(value):
                words.append(Word(value, step, path))
    return tuple(rules), words


def _flat(filler: Filler, path: Path, expect: Expect) -> Sequence[tuple[Path, RuleKind, Any]]:
    """The rules of one `expect`, one for each value."""
    found: list[tuple[Path, RuleKind, Any]] = []
    if expect.outcome is not None:
        # A lone word stands where a mapping could: a path with the key is found either way.
        found.append(((*path, "outcome"), "outcome", filler.text((*path, "outcome"), expect.outcome)))
    if expect.exit is not None:
        found.append(((*path, "exit"), "exit", list(expect.exit)))
    for kind in TEXT_RULES:
        for j, text in enumerate(getattr(expect, kind) or ()):
            here = (*path, kind, j)
            value = filler.pattern(here, text) if kind == "matches" else filler.text(here, text)
            if not value.strip("\n"):
                filler.wrong(here, f"an empty `{kind}`", "write what is to be seen")
            found.append((here, kind, value))
    if expect.output is not None:
        found.append(((*path, "output"), "output", filler.text((*path, "output"), expect.output)))
    for query, value in (expect.json_ or {}).items():
        here = (*path, "json", query)
        _check_query(filler, here, query)
        found.append((here, "json", [query, filler.value(here, value)]))
    if expect.within is not None:
        found.append(((*path, "within"), "within", expect.within))
    if not found:
        filler.wrong(path, "an expectation without any rule", "write for example `contains: …`")
    return found


def _check_query(filler: Filler, path: Path, query: str) -> None:
    import jmespath  # 17 ms that most scenarios do not need

    try:
        jmespath.compile(query)
    except (jmespath.exceptions.JMESPathError, RecursionError, ValueError) as error:
        filler.wrong(
            path,
            f"{_short(query)} is no JMESPath expression: {str(error).splitlines()[0]}",
            "see jmespath.org",
        )

"""One plan of a scenario: its sections in order, loops unrolled, includes opened where they stand."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from replayer import discipline
from replayer.filling import Filler, Manner, Word, bad_pattern, plan_step
from replayer.planned import Late, Plan, PlannedStep, Section
from replayer.preparation import Work, head_problem
from replayer.problems import Position, ScenarioError, suggestion
from replayer.scenario import Include, OutcomeRule, Requires, Scenario, StepBase, TokenRule
from replayer.scope import Captures, Scope, Unfit, mentioned, ordered
from replayer.templates import TemplateError, evaluate, expression_names, is_template, whole
from replayer.words import OUTCOME_WORDS

Rules = TypeVar("Rules", OutcomeRule, TokenRule)

DEEPEST_INCLUDE = 20


@dataclass(frozen=True, slots=True)
class Combination:
    """One choice of the matrix: name -> value, and the variables given from outside."""

    choice: Mapping[str, Any]
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the chain of includes a step stands."""

    scenario: Scenario
    path: str
    chain: tuple[str, ...]
    scope: Scope
    timeout: float | None
    tags: tuple[str, ...] = ()


class Assembly:
    """Makes one plan; what is wrong goes to `work`."""

    def __init__(self, work: Work, scenario: Scenario, path: str, combination: Combination) -> None:
        self.work = work
        self.scenario = scenario
        self.path = path
        self.combination = combination
        self.steps: list[tuple[PlannedStep, StepBase]] = []
        self.words: list[Word] = []
        self.requires = Requires()
        self.labels: dict[str, Position] = {}
        self.outcomes: dict[str, OutcomeRule] = {}
        self.tokens: dict[str, TokenRule] = {}
        self.merged: set[str] = set()
        self.teardowns: list[_Place] = []

    def plan(self) -> Plan:
        self.work.steps = 0
        scope = self.root_scope()
        place = _Place(self.scenario, self.path, (posixpath.normpath(self.path),), scope, self.scenario.timeout)
        self.merge(place)
        self.section(place, "setup", "setup")
        self.section(place, "steps", "steps")
        self.teardowns.insert(0, place)
        # An included teardown may include files with a teardown: the list grows while it is worked off.
        for later in self.teardowns:
            self.section(later, "teardown", "teardown")
        discipline.check(self.steps, self.work.report)
        self.check_words()
        self.work.names |= scope.used
        return Plan(
            name=self.name(scope),
            path=self.path,
            title=self.head(place, "title", self.scenario.title),
            source=self.head(place, "source", self.scenario.source) if self.scenario.source else None,
            tags=self.scenario.tags,
            steps=tuple(p for p, _ in self.steps),
            requires=self.requires,
            labels=self.labels,
            vars={k: v for k, v in scope.values.items() if not isinstance(v, Late)},
            outcomes=self.outcomes,
            tokens=self.tokens,
            size=self.scenario.size,
        )

    def name(self, scope: Scope) -> str:
        stem = posixpath.splitext(posixpath.basename(self.path))[0]
        if not self.combination.choice:
            return stem
        chosen = []
        for key in self.combination.choice:
            value = scope.values.get(key)
            if not isinstance(value, str):
                values = self.scenario.matrix[key]
                raw = self.combination.choice[key]
                value = f"#{values.index(raw) + 1}" if raw in values else "#?"
            chosen.append(f"{key}={value}")
        return f"{stem}[{','.join(chosen)}]"

    def head(self, place: _Place, key: str, text: str) -> str:
        return self.filled(place, (key,), text)

    def filled(self, place: _Place, where: Sequence[str | int], text: str) -> str:
        """A string of a scenario's head, filled; a capture cannot be known there."""
        try:
            filled = place.scope.fill(text)
        except Unfit as unfit:
            self.work.report(head_problem(place.scenario, place.path, where, unfit.what, unfit.mend))
            return text
        if isinstance(filled, Late):
            self.work.report(
                head_problem(place.scenario, place.path, where, "a capture is not known here", "write the text")
            )
            return text
        return filled

    def root_scope(self) -> Scope:
        given, choice = self.combination.given, self.combination.choice
        scope = Scope(Captures(), dict(given))
        own = {**self.scenario.vars, **choice}
        self.fill_vars(scope, self.scenario, self.path, {k: v for k, v in own.items() if k not in given})
        return scope

    def fill_vars(self, scope: Scope, scenario: Scenario, path: str, own: Mapping[str, Any]) -> None:
        """Add a file's own variables to a scope, each after those it names."""
        self.work.names |= own.keys()
        try:
            names = ordered(own)
        except Unfit as unfit:
            self.work.report(head_problem(scenario, path, ("vars",), unfit.what, unfit.mend))
            scope.values |= own  # known, so that one mistake is one problem
            return
        for name in names:
            place: tuple[str | int, ...] = ("vars", name)
            if name in scenario.matrix:
                raw = scenario.matrix[name]
                place = ("matrix", name, raw.index(own[name])) if own[name] in raw else ("matrix", name)
            try:
                scope.values[name] = scope.fill_value(own[name])
            except Unfit as unfit:
                self.work.report(head_problem(scenario, path, place, unfit.what, unfit.mend))
                scope.values[name] = own[name]

    def section(self, place: _Place, source: Section, section: Section) -> None:
        """The steps of one section of a file, as steps of `section` of the plan."""
        scenario = place.scenario
        on_failure = scenario.on_failure or self.scenario.on_failure or "continue"
        if source == "setup":
            on_failure = "stop"  # what follows rests on it
        elif section == "teardown":
            on_failure = "continue"  # what can be undone is undone
        manner = Manner(section, on_failure, place.timeout, place.tags)
        for step in getattr(scenario, source):
            if step.loop is None:
                self.step(place, step, place.scope, manner)
                continue
            for item in self.items(step, place.scope):
                scope = place.scope.inner()
                try:
                    scope.bind("item", scope.fill_value(item))
                except Unfit as unfit:
                    self.work.report(step.problem(("loop",), unfit.what, unfit.mend))
                    break
                self.step(place, step, scope, manner)

    def items(self, step: StepBase, scope: Scope) -> Sequence[Any]:
        loop = step.loop
        if isinstance(loop, (list, tuple)):
            return loop
        wrong = self.work.report
        if not isinstance(loop, str) or not whole(loop):
            mend = (
                f"write '{{{{ {loop} }}}}'"
                if isinstance(loop, str) and scope.knows(loop)
                else "write [a, b], or '{{ name }}' of a list"
            )
            wrong(step.problem(("loop",), "`loop` is a list", mend))
            return ()
        try:
            found = expression_names(loop)
            scope.check(found)
            if any(scope.is_late(n) for n in found.all):
                raise Unfit("`loop` cannot need a capture", "steps are counted before anything runs: write a list")
            value = evaluate(loop, scope.values)
        except TemplateError as error:
            wrong(step.problem(("loop",), str(error)))
            return ()
        except Unfit as unfit:
            wrong(step.problem(("loop",), unfit.what, unfit.mend))
            return ()
        if not isinstance(value, list):
            kind = "a mapping" if isinstance(value, Mapping) else "text" if isinstance(value, str) else "a single value"
            wrong(step.problem(("loop",), f"`loop` is a list, {loop.strip()} is {kind}", "give the variable a list"))
            return ()
        return value

    def step(self, place: _Place, step: StepBase, scope: Scope, manner: Manner) -> None:
        self.work.count(step)
        if isinstance(step, Include):
            self.include(place, step, scope, manner)
            return
        planned, words = plan_step(step, scope, manner, self.work.report, len(self.steps))
        if planned is not None:
            self.steps.append((planned, step))
            self.words += words

    def include(self, place: _Place, step: Include, scope: Scope, manner: Manner) -> None:
        filler = Filler(scope, step, self.work.report)
        when = filler.when()
        if when is False:
            return
        named = filler.text(("include",), step.include)
        if filler.pending:
            filler.wrong(
                ("include",),
                "an include cannot need a capture",
                "files are opened before anything runs; put `when` on the steps",
            )
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), named))
        if is_template(named):
            return
        if not path.endswith((".yaml", ".yml")):
            # Its lines would be quoted in messages: no scenario may have any file shown.
            filler.wrong(("include",), f"{named} is no scenario file", "name a file *.yaml")
            return
        if path in place.chain:
            circle = " → ".join((*place.chain[place.chain.index(path) :], path))
            filler.wrong(("include",), f"files that include each other in a circle: {circle}", "remove one include")
            return
        if len(place.chain) > DEEPEST_INCLUDE:
            filler.wrong(("include",), f"more than {DEEPEST_INCLUDE} levels of includes", "use fewer")
            return
        scenario = self.opened(path, step)
        if scenario is None:
            return
        if scenario.matrix:
            filler.wrong(("include",), f"{path} has a matrix", "only the scenario that is played can have one")
        inner = _Place(
            scenario,
            path,
            (*place.chain, path),
            self.included_scope(scenario, path, step, scope),
            scenario.timeout if scenario.timeout is not None else place.timeout,
            (*manner.tags, *step.tags),
        )
        self.merge(inner)
        self.section(inner, "setup", manner.section)
        self.section(inner, "steps", manner.section)
        if scenario.teardown:
            self.teardowns.append(inner)

    def included_scope(self, scenario: Scenario, path: str, step: Include, scope: Scope) -> Scope:
        inner = scope.inner()
        for name, value in step.with_.items():
            try:
                inner.bind(name, scope.fill_value(value))
            except Unfit as unfit:
                self.work.report(step.problem(("with", name), unfit.what, unfit.mend))
                inner.bind(name, value)
        self.work.names |= step.with_.keys() | scenario.vars.keys()
        named = mentioned(scenario)
        for name in step.with_.keys() - named if named is not None else ():
            mend = suggestion(name, sorted(named or ())) or f"{path} has no variables"
            self.work.report(step.problem(("with", name), f"{path} names no variable {name!r}", mend))
        self.fill_vars(inner, scenario, path, {k: v for k, v in scenario.vars.items() if not inner.knows(k)})
        return inner

    def opened(self, path: str, step: Include) -> Scenario | None:
        if path not in self.work.opened:
            self.work.opened[path] = None
            try:
                self.work.opened[path] = self.work.open_scenario(path)
            except ScenarioError as error:
                for problem in error.problems:
                    if problem.at.line:
                        self.work.report(problem)
                    else:  # of the file as a whole: what is wrong is its being named here
                        self.work.report(step.problem(("include",), f"{problem.at}: {problem.what}", problem.mend))
        return self.work.opened[path]

    def merge(self, place: _Place) -> None:
        """Add what a file's head says to the plan's; what includes it has the last word."""
        if place.path in self.merged:
            return
        self.merged.add(place.path)
        scenario, mine = place.scenario, self.requires
        self.requires = Requires(
            commands=tuple(dict.fromkeys((*mine.commands, *self.texts(place, "commands")))),
            links=tuple(dict.fromkeys((*mine.links, *self.texts(place, "links")))),
            kernel=max((k for k in (mine.kernel, scenario.requires.kernel) if k), key=_version, default=None),
        )
        for i, label in enumerate(self.texts(place, "labels")):
            self.labels.setdefault(label, head_problem(scenario, place.path, ("requires", "labels", i), "").at)
        for word, rule in scenario.outcomes.items():
            self.outcomes.setdefault(word, self.patterns(place, ("outcomes", word), rule))
        for name, token in scenario.tokens.items():
            self.tokens.setdefault(name, self.patterns(place, ("tokens", name), token))

    def texts(self, place: _Place, key: str) -> list[str]:
        values = getattr(place.scenario.requires, key)
        return [self.filled(place, ("requires", key, i), text) for i, text in enumerate(values)]

    def patterns(self, place: _Place, where: tuple[str, ...], rule: Rules) -> Rules:
        """A rule with its patterns filled and checked."""
        filled: dict[str, Any] = {}
        for key in ("matches", "command"):
            text = getattr(rule, key, None)
            if text is None:
                continue
            filled[key] = self.filled(place, (*where, key), text)
            bad = None if is_template(filled[key]) else bad_pattern(filled[key])
            if bad is not None:
                self.work.report(head_problem(place.scenario, place.path, (*where, key), *bad))
        return replace(rule, **filled)

    def check_words(self) -> None:
        known = [*OUTCOME_WORDS, *self.outcomes]
        for word in self.words:
            if word.text not in known:
                mend = f"known are {', '.join(known)}; add your own under `outcomes:`"
                if word.text.isdigit():
                    mend = f"for an exit status write {{exit: {word.text}}}"
                mend = suggestion(word.text, known, mend)
                self.work.report(word.step.problem(word.path, f"unknown outcome {word.text!r}", mend))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split("-")[0].split(".") if n.isdigit())

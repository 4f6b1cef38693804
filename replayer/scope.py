"""The variables that a step may name: known now, or known when a capture has been made."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from replayer import shapes
from replayer.planned import Late
from replayer.problems import suggestion
from replayer.scenario import Include, Scenario
from replayer.templates import Names, TemplateError, expression_names, is_template, names, render, strings


class Unfit(Exception):
    """A string that cannot be filled: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend


@dataclass(slots=True)
class Captures:
    """The captures that steps have made so far, and when; one for a whole plan."""

    made: dict[str, int] = field(default_factory=dict)
    clock: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def add(self, name: str) -> None:
        self.made[name] = next(self.clock)


@dataclass(slots=True)
class Scope:
    """The variables of one file, or of one turn of a loop.

    A name that was bound and later captured is a capture from then on; a `with` or a loop's `item`
    that comes after a capture of that name hides it.
    """

    captures: Captures
    values: dict[str, Any] = field(default_factory=dict)  # a Late for what needs a capture
    bound: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # shared by the scopes of a plan: what anything named

    def inner(self, defaults: Mapping[str, Any] | None = None) -> "Scope":
        """A scope within this one. `defaults` count for names that this one does not know."""
        values = {**(defaults or {}), **self.values}
        return Scope(self.captures, values, dict(self.bound), self.used)

    def bind(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.bound[name] = next(self.captures.clock)

    def is_captured(self, name: str) -> bool:
        made = self.captures.made.get(name)
        return made is not None and made > self.bound.get(name, 0)

    def is_late(self, name: str) -> bool:
        return self.is_captured(name) or isinstance(self.values.get(name), Late)

    def knows(self, name: str) -> bool:
        return name in self.values or name in self.captures.made

    def check(self, found: Names) -> None:
        """Raises Unfit for the first unknown name."""
        self.used |= found.all
        for name in sorted(found.needed):
            if not self.knows(name):
                near = suggestion(name, [*self.values, *self.captures.made], "-")
                raise Unfit(
                    f"unknown variable {name!r}",
                    near if near != "-" else "set it under `vars`, or capture it in an earlier step",
                )

    def needs(self, found: Names) -> tuple[dict[str, Any], dict[str, Late]]:
        """Of the names, the values known now, and those that need a capture (captures are in neither)."""
        known: dict[str, Any] = {}
        late: dict[str, Late] = {}
        for name in sorted(found.all):
            if self.is_captured(name) or name not in self.values:
                continue
            value = self.values[name]
            if isinstance(value, Late):
                late[name] = value
            else:
                known[name] = value
        return known, late

    def fill(self, text: str) -> str | Late:
        """A string filled, or what it needs to be filled later. Raises Unfit."""
        if not is_template(text):
            return text
        try:
            found = names(text)
            self.check(found)
            if any(self.is_late(n) for n in found.all):
                known, late = self.needs(found)
                return Late(text=text, vars=known, late=late)
            return render(text, self.values)
        except TemplateError as error:
            raise Unfit(str(error)) from None

    def fill_value(self, value: Any) -> Any:
        """A variable's value, templates within lists and mappings filled too. Raises Unfit."""
        if isinstance(value, str):
            return self.fill(value)
        if isinstance(value, Mapping):
            return {k: self._inner_value(v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._inner_value(v) for v in value]
        return value

    def _inner_value(self, value: Any) -> Any:
        filled = self.fill_value(value)
        if isinstance(filled, Late):
            raise Unfit("a capture cannot be part of a list or mapping", "pass it on as a variable of its own")
        return filled


def ordered(values: Mapping[str, Any]) -> Iterable[str]:
    """The names of `values` so that each comes after those its templates name. Raises Unfit for a cycle."""
    graph: dict[str, set[str]] = {}
    for name, value in values.items():
        try:
            graph[name] = {n for text in strings(value) for n in names(text).all if n in values}
        except TemplateError:
            graph[name] = set()  # filling it will say so
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle = list(reversed(error.args[1]))
        raise Unfit(f"variables that name each other in a circle: {' → '.join(cycle)}", "give one a value") from None


def mentioned(scenario: Scenario) -> set[str] | None:
    """All variables that a file names; None if that cannot be told (it includes others, or has bad templates)."""
    found = set(scenario.vars)
    try:
        for step in (*scenario.setup, *scenario.steps, *scenario.teardown):
            if isinstance(step, Include):
                return None
            if step.when is not None:
                found |= expression_names(step.when).all
        for text in strings(shapes.plain(scenario)):
            found |= names(text).all
    except TemplateError:
        return None
    return found

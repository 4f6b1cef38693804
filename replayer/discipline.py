"""What runs in which terminal, step by step, as far as it can be told before anything runs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from replayer.planned import PlannedStep
from replayer.problems import Position, Problem, suggestion
from replayer.scenario import StepBase


@dataclass(slots=True)
class Occupancy:
    """The commands that still run. `perhaps`: terminals of which a `when` will decide."""

    names: frozenset[str]
    running: dict[str, Position] = field(default_factory=dict)
    perhaps: set[str] = field(default_factory=set)

    def play(self, planned: PlannedStep) -> tuple[str, str] | None:
        """What is wrong with playing this step now, and how to mend it."""
        name = planned.terminal
        if planned.kind in ("note", "pause"):
            return None
        sure = name not in self.perhaps
        if planned.kind == "run":
            busy = self.running.get(name)
            self._set(planned, planned.until is not None)
            if busy is not None and sure:
                place = f"line {busy.line}" if busy.file == planned.at.file else f"{busy.file}:{busy.line}"
                what = f"the command of {place} still runs in terminal {name!r}"
                return what, f"end it first (`- stop: {name}`), or use another terminal"
            return None
        idle = name not in self.running
        if planned.kind == "stop" or (planned.kind == "wait" and planned.until is None):
            self._set(planned, False)
        if not (idle and sure):
            return None
        if name not in self.names:
            started = f"start a command there first: `run` with `terminal: {name}` and `until`"
            return f"unknown terminal {name!r}", suggestion(name, sorted(self.names)) or started
        return (
            f"nothing runs in terminal {name!r} here",
            "a command with `until` goes on running: start one there first",
        )

    def _set(self, planned: PlannedStep, runs: bool) -> None:
        before = planned.terminal in self.running
        if planned.when is not None and before != runs:
            self.perhaps.add(planned.terminal)
        elif planned.when is None:
            self.perhaps.discard(planned.terminal)
        if runs:
            self.running[planned.terminal] = planned.at
        else:
            self.running.pop(planned.terminal, None)


def check(steps: Iterable[tuple[PlannedStep, StepBase]], report: Callable[[Problem], None]) -> None:
    """Report every step that uses a terminal in a way that cannot work."""
    steps = list(steps)
    occupancy = Occupancy(frozenset(p.terminal for p, _ in steps if p.kind == "run"))
    for planned, step in steps:
        wrong = occupancy.play(planned)
        if wrong is not None:
            key = planned.kind if planned.kind in ("stop", "wait") else "terminal"
            report(step.problem((key,), *wrong))

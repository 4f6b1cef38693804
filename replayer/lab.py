"""Single steps and whole scenarios for programs in Python: what the pytest fixture `replay` hands out."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from replayer.formats import text
from replayer.formats.reasons import account, reasons
from replayer.outcomes import read_outcome
from replayer.plan import Plan, PlannedStep, prepare
from replayer.player import Player
from replayer.problems import Position, Problem, ScenarioError
from replayer.scenario import Scenario
from replayer.sources import load
from replayer.sources.native import read
from replayer.transcript import Entry, Transcript


def shown_path(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


# What a project adds to a scenario.
Project = Callable[[Scenario], Scenario]


def plans_of(
    path: str,
    text: str | None,
    given: Mapping[str, Any],
    common: Mapping[str, Any] | None = None,
    project: Project = lambda scenario: scenario,
) -> "tuple[list[Plan], set[str]]":
    """The plans of a file, or of a text that stands for one. `common` are variables for all scenarios; those that
    this one does not know are returned. Raises ScenarioError."""

    scenario = project(load(path) if text is None else read(text, path))
    common = {name: value for name, value in (common or {}).items() if name not in given}
    try:
        return prepare(scenario, path, {**common, **given}), set()
    except ScenarioError as error:
        whats = {problem.what for problem in error.problems}
        unknown = {name for name in common if f"unknown variable {name!r}" in whats}
        if len(error.problems) > len(unknown):
            raise
        known = {name: value for name, value in common.items() if name not in unknown}
        return prepare(scenario, path, {**known, **given}), unknown


# -- scenarios and steps in tests ---------------------------------------------------------------------------


class Played:
    """A scenario that was played. `steps` are those that were reached, notes left out."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.steps = [PlayedStep(entry, transcript) for entry in transcript.entries if entry.judged]

    @property
    def verdict(self) -> str:
        return self.transcript.verdict

    @property
    def captures(self) -> Mapping[str, str]:
        """All captures of the run, the last value of each."""
        return {name: value for step in self.steps for name, value in step.captures.items()}

    @property
    def text(self) -> str:
        """The transcript, as the tutorial prints it."""

        return text.render(self.transcript)

    @property
    def why(self) -> str:
        """Why it did not pass, for `assert played.verdict == "passed", played.why`."""

        return account(self.transcript)


class PlayedStep:
    """What one step showed. Of a command that goes on, what it showed until now."""

    def __init__(self, entry: Entry, transcript: Transcript) -> None:
        self._entry, self._transcript = entry, transcript

    @property
    def command(self) -> str:
        return (self._entry.of or self._entry).command

    @property
    def output(self) -> str:
        return self._entry.text

    @property
    def exit(self) -> int | None:
        return self._entry.exit

    @property
    def outcome(self) -> str | None:
        """The outcome word, whether or not one was expected; None where the output does not tell."""

        reading = read_outcome(self.command, self.output, self.exit, self._transcript.plan.outcomes)
        return reading.word or next(iter(reading.also), None)

    @property
    def captures(self) -> Mapping[str, str]:
        return self._entry.captured

    @property
    def verdict(self) -> str:
        return self._entry.verdict.word if self._entry.verdict else "errored"

    @property
    def seconds(self) -> float:
        return self._entry.seconds

    @property
    def why(self) -> str:
        """Why it did not pass; empty if it did."""

        return "\n".join(reasons(self._entry))

    def __repr__(self) -> str:
        return f"<{self.command!r} {self.verdict}, exit {self.exit}>"


class Lab:
    """An open sandbox. Each method plays one step and returns what it showed; keys are those of a scenario's step
    (expect, timeout, capture, terminal, until, send, …). Commands are typed as they are: `{{` is no template."""

    def __init__(self, player: Player, head: Mapping[str, Any], project: Project) -> None:
        self._player, self._head, self._project = player, head, project

    def run(self, command: str, **keys: Any) -> PlayedStep:
        """Type a command into a terminal's shell, and wait for its end (or for `until`)."""
        return self._play({"run": "{{ typed }}", **keys}, command)

    def stop(self, terminal: str = "main", **keys: Any) -> PlayedStep:
        """Ctrl-C to what still runs in a terminal."""
        return self._play({"stop": terminal, **keys})

    def wait(self, terminal: str = "main", **keys: Any) -> PlayedStep:
        """Wait for what still runs in a terminal to end, or to print `until`."""
        return self._play({"wait": terminal, **keys})

    def send(self, line: str, **keys: Any) -> PlayedStep:
        """Type a line to what still runs in a terminal."""
        return self._play({"send": "{{ typed }}", **keys}, line)

    def _play(self, step: dict[str, Any], typed: str | None = None) -> PlayedStep:

        __tracebackhide__ = True
        frame = sys._getframe(2)  # the test
        at = Position(str(shown_path(Path(frame.f_code.co_filename))), frame.f_lineno)
        transcript, fold = self._player.fold.transcript, self._player.fold
        planned = self._planned(step, typed, at)
        if planned.kind == "run" and fold.running(planned.terminal) is not None:
            what = f"a command still runs in terminal {planned.terminal!r}"
            raise ScenarioError([Problem(at, what, f"end it first (stop({planned.terminal!r})), or use another")])
        # The plan grows with what is played: a transcript's steps are its plan's.
        transcript.plan = replace(transcript.plan, steps=(*transcript.plan.steps, planned))
        for event in self._player.step(planned):
            fold.feed(event)
        return PlayedStep(transcript.entries[-1], transcript)

    def _planned(self, step: dict[str, Any], typed: str | None, at: Position) -> PlannedStep:
        """Read as a scenario's step is, so that the same is allowed and the same is said."""

        # Alone, a step that is about a running command would have none.
        terminal = step.get("stop") or step.get("wait") or step.get("terminal", "main")
        before = [] if "run" in step else [{"run": "true", "terminal": terminal, "until": "."}]
        text = json.dumps({**self._head, "steps": [*before, step]}, ensure_ascii=False)
        try:
            [plan], _ = plans_of(at.file, text, {} if typed is None else {"typed": typed}, None, self._project)
        except ScenarioError as error:
            __tracebackhide__ = True
            raise ScenarioError([replace(problem, at=at, shown="") for problem in error.problems]) from None
        planned = plan.steps[-1]
        rules = tuple(replace(rule, at=at) for rule in planned.rules)
        index = len(self._player.fold.transcript.plan.steps)
        return replace(planned, index=index, at=at, rules=rules)

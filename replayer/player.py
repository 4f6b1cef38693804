"""Plays a plan in a sandbox: replay(plan) -> Iterator[Event].

Waiting is here, judging is not: what a step must have shown is asked of the same pure fold that renders
the transcript afterwards.
"""

import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from replayer.events import Began, Ended, Ending, Event, Finished, Skipped, Started
from replayer.needs import machine_facts, missing_needs
from replayer.plan import Plan, PlannedStep
from replayer.problems import SandboxError
from replayer.prompts import Gone, Prompt
from replayer.sandboxes import Limits, Sandbox, open_sandbox
from replayer.templates import TemplateError, evaluate, is_true
from replayer.terminals import Clock, Terminals, Waiting
from replayer.transcript import Transcriber

# A stop waits this long for what it expects, before Ctrl-C.
PATIENCE = 5.0
# tcpdump shows what it captured up to half a second late (docs/decisions.md).
SETTLE = 0.6
# How long a command may take to answer a line typed to it.
ANSWER = 0.05


@dataclass(frozen=True, slots=True)
class Options:
    """How to play. Times in seconds; `output`: the characters one command may print."""

    backend: str | None = None
    limits: Limits = field(default_factory=Limits)
    step_timeout: float = 30.0
    run_timeout: float = 600.0
    output: int = 64 << 20
    stop_on_failure: bool = False
    keep: bool = False


class _Out(Exception):
    """The step's command is no longer waited for."""

    def __init__(self, ending: Ending, exit: int | None = None, reason: str = "") -> None:
        self.ending: Ending = ending
        self.exit = exit
        self.reason = reason


def replay(plan: Plan, options: Options, clock: Clock = time.monotonic) -> Generator[Event, None, None]:
    """Play a plan in a fresh sandbox. Always ends with `Finished`, unless the caller stops listening."""
    began = clock()

    def now() -> float:
        return clock() - began

    try:
        with open_sandbox(options.backend, options.limits) as sandbox:
            yield from Player(plan, sandbox, options, now).play()
    except SandboxError as error:
        yield Finished(now(), "errored", str(error))
    except KeyboardInterrupt:
        yield Finished(now(), "interrupted", "interrupted")


class Player:
    """One run of one plan in one sandbox."""

    def __init__(self, plan: Plan, sandbox: Sandbox, options: Options, now: Clock) -> None:
        self.plan, self.sandbox, self.options, self.now = plan, sandbox, options, now
        self.fold = Transcriber(plan)
        self.terminals = Terminals(sandbox, plan.size, options.output, now)

    def play(self) -> Iterator[Event]:
        """All steps in order, each judged as soon as it ended."""
        for event in self._events():
            self.fold.feed(event)
            yield event

    def _events(self) -> Iterator[Event]:
        clock = datetime.now(UTC).isoformat(timespec="seconds")
        yield Began(self.now(), clock, machine_facts(self.sandbox))
        missing = missing_needs(self.plan.requires, self.sandbox)
        if missing:
            yield Skipped(self.now(), "; ".join(missing))
            yield Finished(self.now())
            return
        stopped = ""
        bad = False
        for step in self.plan.steps:
            if not stopped and self.now() > self.options.run_timeout:
                stopped = f"the scenario took longer than {self.options.run_timeout:g} s"
            if stopped and step.section != "teardown":
                yield Skipped(self.now(), stopped, step.index)
                continue
            yield from self._step(step)
            word = self._word()
            if word in ("failed", "errored"):
                bad = True
                if step.on_failure == "stop" or self.options.stop_on_failure:
                    stopped = stopped or f"step {step.index + 1} {word}"
                if not self.sandbox.alive():
                    raise SandboxError(f"the sandbox died during step {step.index + 1}")
        yield from self._last_words()
        late = self.now() > self.options.run_timeout
        kept = self.sandbox.keep() if self.options.keep and (bad or late) else ""
        if late:
            reason = f"the scenario took longer than {self.options.run_timeout:g} s"
            yield Finished(self.now(), "errored", reason, kept)
        else:
            yield Finished(self.now(), kept=kept)

    def _word(self) -> str:
        verdict = self.fold.transcript.entries[-1].verdict
        return verdict.word if verdict else "passed"

    def _step(self, step: PlannedStep) -> Iterator[Event]:
        reason = self._not_now(step)
        if reason:
            yield Skipped(self.now(), reason, step.index)
            return
        give_up = self.now() + (step.eventually[0] if step.eventually else 0.0)
        attempt = 1
        while True:
            yield from self._attempt(step, attempt)
            if step.eventually is None or self._word() == "passed" or not self.sandbox.alive():
                return
            if self.now() + step.eventually[1] > give_up:
                return
            attempt += 1
            yield from self.terminals.idle(step.eventually[1])

    def _not_now(self, step: PlannedStep) -> str:
        missing = self.fold.missing(step)
        if missing or step.when is None:
            return missing or ""
        try:
            true = is_true(evaluate(step.when, step.variables(self.fold.variables)))
        except TemplateError as error:
            return str(error)
        return "" if true else f"when {step.when}"

    def _attempt(self, step: PlannedStep, attempt: int) -> Iterator[Event]:
        text = self.fold.text(step)
        yield Started(self.now(), step.index, step.terminal, text, attempt)
        try:
            yield from PLAYERS[step.kind](self, step, text)
            out = _Out("done")
        except _Out as ended:
            out = ended
        except SandboxError as error:
            out = _Out("lost", reason=str(error))
        yield Ended(self.now(), step.index, out.ending, out.exit, out.reason)

    # -- the kinds of steps: each ends by raising _Out, or by returning when it is done ---------------

    def _note(self, step: PlannedStep, text: str) -> Waiting:
        yield from ()

    def _pause(self, step: PlannedStep, text: str) -> Waiting:
        yield from self.terminals.idle(step.pause)

    def _run(self, step: PlannedStep, text: str) -> Waiting:
        name, terminals = step.terminal, self.terminals
        answers = [(self._pattern(step, seen), self.fold.render(step, line)) for seen, line in step.dialogue]
        until = self._pattern(step, step.until)
        yield from terminals.ready(name)
        if not terminals.at_prompt(name):
            running = self.fold.running(name) is not None
            what = "a command still runs there" if running else "its shell gives no prompt"
            raise _Out("refused", reason=f"terminal {name!r} cannot take a command: {what}")
        terminals.run(name, text, watched=bool(answers or until))
        deadline = self._deadline(step)
        while True:
            while answers and (answers[0][0] is None or terminals.seen(name, answers[0][0], consume=True)):
                yield from terminals.until_it_reads(name)
                terminals.send(name, answers.pop(0)[1])
            yield from self._wait_for_more(step, answers[0][0] if answers else None, until, deadline)

    def _wait(self, step: PlannedStep, text: str) -> Waiting:
        self._must_run(step)
        until = self._pattern(step, step.until)
        deadline = self._deadline(step)
        while True:
            yield from self._wait_for_more(step, None, until, deadline)

    def _stop(self, step: PlannedStep, text: str) -> Waiting:
        name, terminals = step.terminal, self.terminals
        self._must_run(step)
        patience = self.now() + (step.timeout if step.timeout is not None else PATIENCE)
        while terminals.state(name) is None and self.now() < patience and not self._has_shown(step):
            yield from terminals.pump(min(patience, self.now() + 0.1))
        if terminals.state(name) is None and self._must_settle(step):
            yield from terminals.idle(SETTLE)
        self._raise_if_ended(name)
        yield from terminals.end_command(name)
        state = terminals.state(name)
        raise _Out("stopped", state.exit if isinstance(state, Prompt) else None)

    def _send(self, step: PlannedStep, text: str) -> Waiting:
        self._must_run(step)
        # Typed before the command reads, a line would be echoed in the wrong place, and Ctrl-C drops it.
        yield from self.terminals.until_it_reads(step.terminal)
        self.terminals.send(step.terminal, text)
        # What it answers belongs before the next step.
        yield from self.terminals.idle(ANSWER)
        yield from self.terminals.until_it_reads(step.terminal)

    # -- waiting ----------------------------------------------------------------------------------------

    def _wait_for_more(
        self,
        step: PlannedStep,
        asked: re.Pattern[str] | None,
        until: re.Pattern[str] | None,
        deadline: float,
    ) -> Waiting:
        """Wait for more output; raises _Out at the command's end, at `until`, at a limit."""
        name, terminals = step.terminal, self.terminals
        if until and terminals.seen(name, until):
            raise _Out("until")
        self._raise_if_ended(name)
        yield from terminals.pump(deadline)
        if terminals.flooded(name):
            yield from terminals.end_command(name)
            raise _Out("flooded", reason=f"it printed more than {self.options.output / 1e6:g} MB")
        if self.now() >= deadline and terminals.state(name) is None:
            reason = f"it did not end within {self._timeout(step):g} s"
            unseen = asked or until
            if unseen is not None:
                reason += f"; /{unseen.pattern}/ was not seen"
            elif terminals.reads_input(name):
                reason += "; it waits for input (give it some with `send`)"
            yield from terminals.end_command(name)
            raise _Out("timeout", reason=reason)

    def _timeout(self, step: PlannedStep) -> float:
        return step.timeout if step.timeout is not None else self.options.step_timeout

    def _deadline(self, step: PlannedStep) -> float:
        return min(self.now() + self._timeout(step), max(self.options.run_timeout, self.now()))

    def _raise_if_ended(self, name: str) -> None:
        state = self.terminals.state(name)
        if isinstance(state, Gone):
            status = self.terminals.status(name)
            self.terminals.forget(name)
            raise _Out("shell", status)
        if isinstance(state, Prompt) and state.more:
            # What it prints on its way back to a prompt is the shell's, not the command's.
            for _ in self.terminals.end_command(name):
                pass
            raise _Out("incomplete")
        if isinstance(state, Prompt):
            raise _Out("exit", state.exit)

    def _must_run(self, step: PlannedStep) -> None:
        if self.fold.running(step.terminal) is None:
            raise _Out("refused", reason=f"nothing runs in terminal {step.terminal!r}")

    def _pattern(self, step: PlannedStep, template: str | None) -> re.Pattern[str] | None:
        if template is None:
            return None
        try:
            return re.compile(self.fold.render(step, template), re.MULTILINE)
        except (re.error, TemplateError) as error:
            raise _Out("refused", reason=f"the pattern {template!r} cannot be read: {error}") from error

    def _has_shown(self, step: PlannedStep) -> bool:
        """Whether what a stop step expects to see is there; what must be lacking cannot be waited for."""
        entry = self.fold.running(step.terminal)
        try:
            return entry is None or self.fold.shows(entry, step)
        except TemplateError:
            return True

    def _must_settle(self, step: PlannedStep) -> bool:
        entry = self.fold.running(step.terminal)
        return entry is not None and "tcpdump" in entry.command and any(r.kind == "lacks" for r in step.rules)

    def _last_words(self) -> Waiting:
        """Stop what still runs, so that its last words are recorded."""
        for name, entry in self.fold.all_running():
            if self.terminals.state(name) is None:
                yield from self.terminals.end_command(name)
            state = self.terminals.state(name)
            yield Ended(self.now(), entry.step.index, "stopped", getattr(state, "exit", None))


PLAYERS: dict[str, Callable[[Player, PlannedStep, str], Waiting]] = {
    "run": Player._run,
    "note": Player._note,
    "stop": Player._stop,
    "wait": Player._wait,
    "pause": Player._pause,
    "send": Player._send,
}

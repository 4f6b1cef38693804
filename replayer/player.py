"""Plays a plan in a sandbox: replay(plan) -> Iterator[Event].

Waiting is here, judging is not: what a step must have shown is asked of the same pure fold that renders
the transcript afterwards.
"""

import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from replayer.events import Began, Ended, Ending, Event, Finished, Output, Seen, Skipped, Started
from replayer.expectations import SlowPattern
from replayer.needs import machine_facts, missing_needs
from replayer.observer import Observer
from replayer.outcomes import runs_tcpdump
from replayer.patience import patience
from replayer.plan import Plan, PlannedStep
from replayer.problems import SandboxError
from replayer.prompts import Gone, Prompt
from replayer.sandboxes import Limits, Sandbox, open_sandbox
from replayer.templates import TemplateError, evaluate, is_true
from replayer.terminals import READING, BeforeWaiting, Clock, Terminals, Waiting
from replayer.transcript import Transcriber

# A stop waits this long for what it expects, before Ctrl-C.
PATIENCE = 5.0
# tcpdump shows what it captured up to half a second late (docs/decisions.md).
SETTLE = 0.6
# How often a stop looks at what there is.
LOOK = 0.1
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
    topology: bool = True  # look at the network after each step that may have changed it
    fast: bool = False  # addresses nobody has are given up sooner, with the same text (docs/decisions.md)


@dataclass(frozen=True, slots=True)
class Out:
    """How a step's command is no longer waited for."""

    ending: Ending
    exit: int | None = None
    reason: str = ""


# A wait yields what is printed meanwhile, and returns how it ended; None: it goes on.
Step = Generator[Event, None, Out]
Turn = Generator[Event, None, Out | None]
# What becomes of the next step. "quit" ends the run there and then, its teardown unplayed: the sandbox goes anyway.
Choice = Literal["run", "skip", "quit"]
# Asked before each step that would be played, and with None after the last: somebody leads the player. The time
# that it takes counts for no limit.
Guide = Callable[["Player", PlannedStep | None], Generator[Event, None, Choice]]


def _nothing() -> None: ...


def replay(
    plan: Plan,
    options: Options,
    transcriber: Transcriber | None = None,
    clock: Clock = time.monotonic,
    before_waiting: BeforeWaiting = _nothing,
    guide: Guide | None = None,
) -> Generator[Event, None, None]:
    """Play a plan in a fresh sandbox. Always ends with `Finished`, unless the caller stops listening.

    `transcriber` has been fed every event when it is yielded. `before_waiting` is called when the next event may
    take its time.
    """
    began = clock()
    fold = transcriber or Transcriber(plan)

    def now() -> float:
        return clock() - began

    def events() -> Iterator[Event]:
        try:
            with open_sandbox(options.backend, options.limits) as sandbox:
                yield from Player(plan, sandbox, options, now, fold, before_waiting, guide).events()
        except SandboxError as error:
            yield Finished(now(), "errored", str(error))
        except KeyboardInterrupt:
            yield Finished(now(), "interrupted", "interrupted")

    for event in events():
        if isinstance(event, Ended) and _searches(plan.steps[event.step]):
            before_waiting()
            with patience():
                fold.feed(event)
        else:
            fold.feed(event)
        yield event


def _searches(step: PlannedStep) -> bool:
    """Whether judging a step may search for patterns that its author wrote."""
    return bool(step.rules or step.capture)


class Player:
    """One run of one plan in one sandbox. Each event is in the fold before the next is asked for."""

    def __init__(
        self,
        plan: Plan,
        sandbox: Sandbox,
        options: Options,
        now: Clock,
        fold: Transcriber,
        before_waiting: BeforeWaiting = _nothing,
        guide: Guide | None = None,
    ) -> None:
        self.plan, self.sandbox, self.options, self.now, self.fold = plan, sandbox, options, now, fold
        self.before_waiting = before_waiting
        self._guide = guide
        self._led = 0.0  # seconds that the guide took
        self.terminals = Terminals(sandbox, plan.size, options.output, now, before_waiting)
        self._observer = Observer(sandbox) if options.topology and sandbox.backend != "host" else None

    def events(self) -> Iterator[Event]:
        """All steps in order."""
        clock = datetime.now(UTC).isoformat(timespec="seconds")
        yield Began(self.now(), clock, machine_facts(self.sandbox, self.options.fast))
        missing = missing_needs(self.plan.requires, self.sandbox)
        if missing:
            yield Skipped(self.now(), "; ".join(missing))
            yield Finished(self.now())
            return
        stopped = ""
        bad = False
        for step in self.plan.steps:
            if not stopped and self._late():
                stopped = self._too_long()
            if stopped and step.section != "teardown":
                yield Skipped(self.now(), stopped, step.index)
                continue
            choice = yield from self._choice(step)
            if choice == "quit":
                yield Finished(self.now(), "interrupted", f"left before step {step.index + 1}")
                return
            if choice == "skip":
                yield Skipped(self.now(), "skipped by hand", step.index)
                continue
            yield from self.step(step)
            word = self._word()
            if word in ("failed", "errored"):
                bad = True
                if step.on_failure == "stop" or self.options.stop_on_failure:
                    stopped = stopped or f"step {step.index + 1} {word}"
                if not self.sandbox.alive():
                    raise SandboxError(f"the sandbox died during step {step.index + 1}")
        if (yield from self._choice(None)) == "quit":
            yield Finished(self.now(), "interrupted", "left after the last step")
            return
        yield from self._last_words()
        late = self._late()
        kept = ""
        if self.options.keep and (bad or late):
            kept = f"{self.sandbox.keep()}  # end it with: kill {self.sandbox.pid}"
        if late:
            yield Finished(self.now(), "errored", self._too_long(), kept)
        else:
            yield Finished(self.now(), kept=kept)

    def _choice(self, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        if self._guide is None:
            return "run"
        began = self.now()
        choice = yield from self._guide(self, step)
        self._led += self.now() - began
        return choice

    def _end_of_time(self) -> float:
        """When the scenario has taken as long as it may, in seconds since the run began."""
        return self.options.run_timeout + self._led

    def _late(self) -> bool:
        return self.now() >= self._end_of_time()

    def _too_long(self) -> str:
        return f"the scenario took longer than {self.options.run_timeout:g} s"

    def _word(self) -> str:
        verdict = self.fold.transcript.entries[-1].verdict
        return verdict.word if verdict else "passed"

    def step(self, step: PlannedStep) -> Iterator[Event]:
        """One step, tried as often as it says; the caller feeds the fold."""
        reason = self.not_now(step)
        if reason:
            yield Skipped(self.now(), reason, step.index)
            return
        give_up = self.now() + step.eventually[0] if step.eventually else None
        attempt = 1
        while True:
            yield from self._attempt(step, attempt, give_up)
            if step.eventually is None or give_up is None or self._word() == "passed" or not self.sandbox.alive():
                return
            if self.now() + step.eventually[1] > give_up:
                return
            attempt += 1
            yield from self.terminals.idle(step.eventually[1])

    def not_now(self, step: PlannedStep) -> str:
        """Why a step cannot or shall not be played now; empty if it is."""
        missing = self.fold.missing(step)
        if missing or step.when is None:
            return missing or ""
        try:
            true = is_true(evaluate(step.when, step.variables(self.fold.variables)))
        except TemplateError as error:
            return str(error)
        return "" if true else f"when {step.when}"

    def _attempt(self, step: PlannedStep, attempt: int, give_up: float | None) -> Iterator[Event]:
        text = self.fold.text(step)
        yield Started(self.now(), step.index, step.terminal, text, attempt)
        try:
            if self.options.fast and step.kind == "run":
                self.sandbox.hurry()
            out = yield from PLAYERS[step.kind](self, step, text, self._limit(step, give_up))
        except SandboxError as error:
            out = Out("lost", reason=str(error))
        except (re.error, TemplateError) as error:
            out = Out("refused", reason=f"a pattern cannot be read: {error}")
        except SlowPattern as error:
            out = Out("refused", reason=str(error))
        yield Ended(self.now(), step.index, out.ending, out.exit, out.reason)
        yield from self._look(step, text)

    def _look(self, step: PlannedStep, text: str) -> Iterator[Event]:
        """What the network looks like now, where it changed."""
        if self._observer is None or step.kind == "note":
            return
        # A namespace without a name announces itself to nobody.
        seen = self._observer.look(anyway="unshare" in text)
        if seen is not None:
            yield Seen(self.now(), *seen)

    def _limit(self, step: PlannedStep, give_up: float | None) -> "Limit":
        """How long this step may take. What tidies up is not cut short by what came before it."""
        seconds = step.timeout if step.timeout is not None else self.options.step_timeout
        limit = Limit(self.now() + seconds, f"it did not end within {seconds:g} s")
        if give_up is not None and step.eventually is not None and give_up < limit.at:
            limit = Limit(give_up, f"it did not end within the {step.eventually[0]:g} s of `eventually`")
        if step.section != "teardown" and self._end_of_time() < limit.at:
            limit = Limit(self._end_of_time(), self._too_long())
        return limit

    # -- the kinds of steps -----------------------------------------------------------------------------

    def _note(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        yield from ()
        return Out("done")

    def _pause(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        yield from self.terminals.idle(min(step.pause, max(0.0, self._end_of_time() - self.now())))
        return Out("done")

    def _run(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        name, terminals = step.terminal, self.terminals
        answers = [(self._pattern(step, seen), self.fold.render(step, line)) for seen, line in step.dialogue]
        until = self._pattern(step, step.until)
        yield from terminals.ready(name)
        if not terminals.at_prompt(name):
            running = self.fold.running(name, step) is not None
            what = "a command still runs there" if running else "its shell gives no prompt"
            return Out("refused", reason=f"terminal {name!r} cannot take a command: {what}")
        terminals.run(name, text, watched=bool(answers or until))
        while True:
            while answers and (answers[0][0] is None or self._seen(name, answers[0][0], consume=True)):
                yield from terminals.until_it_reads(name)
                terminals.send(name, answers.pop(0)[1])
            out = yield from self._turn(name, answers[0][0] if answers else None, until, limit)
            if out is not None:
                return out

    def _wait(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        if self.fold.running(step.terminal) is None:
            return _nothing_runs(step)
        until = self._pattern(step, step.until)
        while True:
            out = yield from self._turn(step.terminal, None, until, limit)
            if out is not None:
                return out

    def _stop(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        name, terminals = step.terminal, self.terminals
        if self.fold.running(name) is None:
            return _nothing_runs(step)
        enough = min(limit.at, self.now() + (step.timeout if step.timeout is not None else PATIENCE))
        printed = -1
        while terminals.state(name) is None and self.now() < enough:
            # What is there is judged as a whole; only more output can change the answer.
            if printed != terminals.printed(name):
                printed = terminals.printed(name)
                self.before_waiting()
                with patience():
                    shown = self._has_shown(step)
                if shown:
                    break
            yield from terminals.idle(min(LOOK, enough - self.now()))
        if terminals.state(name) is None and self._must_settle(step):
            yield from terminals.idle(SETTLE)
        out = yield from self._ended(name)
        if out is not None:
            return out
        yield from terminals.end_command(name)
        state = terminals.state(name)
        return Out("stopped", state.exit if isinstance(state, Prompt) else None)

    def _send(self, step: PlannedStep, text: str, limit: "Limit") -> Step:
        if self.fold.running(step.terminal) is None:
            return _nothing_runs(step)
        # Typed before the command reads, a line would be echoed in the wrong place, and Ctrl-C drops it.
        yield from self.terminals.until_it_reads(step.terminal, step.timeout or READING)
        self.terminals.send(step.terminal, text)
        # What it answers belongs before the next step.
        yield from self.terminals.idle(ANSWER)
        yield from self.terminals.until_it_reads(step.terminal)
        return Out("done")

    # -- waiting ----------------------------------------------------------------------------------------

    def _turn(self, name: str, asked: re.Pattern[str] | None, until: re.Pattern[str] | None, limit: "Limit") -> Turn:
        """Wait for more output, once; the command's end, `until`, or a limit ends the wait."""
        terminals = self.terminals
        if until and self._seen(name, until):
            return Out("until")
        out = yield from self._ended(name)
        if out is not None:
            return out
        yield from terminals.pump(limit.at)
        if terminals.flooded(name):
            yield from terminals.end_command(name)
            return Out("flooded", reason=f"it printed more than {self.options.output / 1e6:g} MB")
        if self.now() >= limit.at and terminals.state(name) is None:
            reason = limit.reason
            unseen = asked or until
            if unseen is not None:
                reason += f"; /{unseen.pattern}/ was not seen"
            elif terminals.reads_input(name):
                reason += "; it waits for input (give it some with `send`)"
            yield from terminals.end_command(name)
            return Out("timeout", reason=reason)
        return None

    def _seen(self, name: str, pattern: re.Pattern[str], consume: bool = False) -> bool:
        if not self.terminals.fresh(name):
            return False
        self.before_waiting()
        with patience():
            return self.terminals.seen(name, pattern, consume)

    def _ended(self, name: str) -> Turn:
        """How the command ended by itself; None while it runs."""
        state = self.terminals.state(name)
        if isinstance(state, Gone):
            status = self.terminals.status(name)
            self.terminals.forget(name)
            return Out("shell", status)
        if isinstance(state, Prompt) and state.more:
            for event in self.terminals.end_command(name):
                # What the shell prints on its way back to a prompt is not the command's.
                if not (isinstance(event, Output) and event.terminal == name):
                    yield event
            return Out("incomplete")
        if isinstance(state, Prompt):
            return Out("exit", state.exit)
        return None

    def _pattern(self, step: PlannedStep, template: str | None) -> re.Pattern[str] | None:
        return None if template is None else re.compile(self.fold.render(step, template), re.MULTILINE)

    def _has_shown(self, step: PlannedStep) -> bool:
        """Whether what a stop step expects to see is there; what must be lacking cannot be waited for."""
        entry = self.fold.running(step.terminal)
        try:
            return entry is None or self.fold.shows(entry, step)
        except TemplateError:
            return True

    def _must_settle(self, step: PlannedStep) -> bool:
        entry = self.fold.running(step.terminal)
        return entry is not None and runs_tcpdump(entry.command) and any(r.kind == "lacks" for r in step.rules)

    def _last_words(self) -> Waiting:
        """Stop what still runs, so that its last words are recorded."""
        for name, entry in self.fold.all_running():
            if self.terminals.state(name) is None:
                yield from self.terminals.end_command(name)
            state = self.terminals.state(name)
            yield Ended(self.now(), entry.step.index, "stopped", getattr(state, "exit", None))


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when a step may take, in seconds since the run began, and what is said when it took longer."""

    at: float
    reason: str


def _nothing_runs(step: PlannedStep) -> Out:
    return Out("refused", reason=f"nothing runs in terminal {step.terminal!r}")


PLAYERS: dict[str, Callable[[Player, PlannedStep, str, Limit], Step]] = {
    "run": Player._run,
    "note": Player._note,
    "stop": Player._stop,
    "wait": Player._wait,
    "pause": Player._pause,
    "send": Player._send,
}

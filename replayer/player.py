"""Plays a plan in a sandbox: replay(plan) -> Iterator[Event].

Waiting is here, judging is not: what a step must have shown is asked of the same pure fold that renders
the transcript afterwards.
"""

import re
import select
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from replayer.events import Began, Ended, Ending, Event, Finished, Output, Skipped, Started
from replayer.needs import machine_facts, missing_needs
from replayer.plan import Plan, PlannedStep
from replayer.problems import SandboxError
from replayer.sandboxes import Limits, Sandbox, open_sandbox
from replayer.screen import plain
from replayer.templates import TemplateError, evaluate
from replayer.terminal import Fact, Gone, Prompt, Shells, Terminal, Text
from replayer.transcript import Transcriber

Clock = Callable[[], float]

# How much of a step's latest output `until` and dialogue patterns are looked for in.
WINDOW = 1 << 16
# A stop waits this long for what it expects, before Ctrl-C.
PATIENCE = 5.0
# tcpdump shows what it captured up to half a second late (docs/decisions.md).
SETTLE = 0.6
# How soon to look again whether a shell waits behind a prompt.
UNSETTLED = 0.001
# How long a command may take to answer a line typed to it, and to read it in the first place.
ANSWER = 0.05
READING = 0.5
# From one way of ending a command to the next, harder one.
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """How to play. Times in seconds, sizes in bytes."""

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


def replay(plan: Plan, options: Options, clock: Clock = time.monotonic) -> Iterator[Event]:
    """Play a plan in a fresh sandbox. Always ends with `Finished`, unless the caller stops listening."""
    began = clock()
    try:
        with open_sandbox(options.backend, options.limits) as sandbox:
            player = Player(plan, sandbox, options, lambda: clock() - began)
            yield from player.play()
    except SandboxError as error:
        yield Finished(clock() - began, "errored", str(error))
    except KeyboardInterrupt:
        yield Finished(clock() - began, "interrupted", "interrupted")


class Player:
    """One run of one plan in one sandbox."""

    def __init__(self, plan: Plan, sandbox: Sandbox, options: Options, now: Clock) -> None:
        self.plan, self.sandbox, self.options, self.now = plan, sandbox, options, now
        self.fold = Transcriber(plan)
        self.shells = Shells(sandbox)
        self.terminals: dict[str, Terminal] = {}
        self._poll = select.poll()
        self._poll.register(sandbox.fileno(), select.POLLIN)
        self._by_fd: dict[int, Terminal] = {}
        self._recent: dict[str, str] = {}                  # terminal -> its latest output
        self._printed: dict[str, int] = {}                 # terminal -> characters of its running command
        self._state: dict[str, Prompt | Gone | None] = {}  # terminal -> how its command ended

    # -- the run ------------------------------------------------------------------------------------

    def play(self) -> Iterator[Event]:
        clock = datetime.now(UTC).isoformat(timespec="seconds")
        yield self._feed(Began(self.now(), clock, machine_facts(self.sandbox)))
        missing = missing_needs(self.plan.requires, self.sandbox)
        if missing:
            yield self._feed(Skipped(self.now(), "; ".join(missing)))
            yield self._feed(Finished(self.now()))
            return
        stopped = ""
        for step in self.plan.steps:
            if self.now() > self.options.run_timeout:
                stopped = stopped or f"the scenario took longer than {self.options.run_timeout:g} s"
            if stopped and step.section != "teardown":
                yield self._feed(Skipped(self.now(), stopped, step.index))
                continue
            yield from self._step(step)
            entry = self.fold.transcript.entries[-1]
            word = entry.verdict.word if entry.verdict else "passed"
            if word in ("failed", "errored"):
                if step.on_failure == "stop" or self.options.stop_on_failure:
                    stopped = f"step {step.index + 1} {word}"
                if not self.sandbox.alive():
                    raise SandboxError(f"the sandbox died during step {step.index + 1}")
        yield from self._close_all()
        late = self.now() > self.options.run_timeout
        bad = late or any(e.verdict and e.verdict.word in ("failed", "errored") for e in self.fold.transcript.entries)
        kept = self.sandbox.keep() if self.options.keep and bad else ""
        if late:
            yield self._feed(Finished(self.now(), "errored", stopped or "the scenario took too long", kept))
        else:
            yield self._feed(Finished(self.now(), kept=kept))

    def _feed(self, event: Event) -> Event:
        self.fold.feed(event)
        return event

    def _step(self, step: PlannedStep) -> Iterator[Event]:
        reason = self._not_now(step)
        if reason:
            yield self._feed(Skipped(self.now(), reason, step.index))
            return
        deadline = self.now() + step.eventually[0] if step.eventually else 0.0
        attempt = 1
        while True:
            yield from self._attempt(step, attempt)
            verdict = self.fold.transcript.entries[-1].verdict
            if step.eventually is None or verdict is None or verdict.word == "passed":
                return
            if self.now() + step.eventually[1] > deadline:
                return
            attempt += 1
            yield from self._idle(step.eventually[1])

    def _not_now(self, step: PlannedStep) -> str:
        missing = self.fold.missing(step)
        if missing:
            return missing
        if step.when is None:
            return ""
        try:
            true = evaluate(step.when, {**step.vars, **self.fold.variables})
        except TemplateError as error:
            return str(error)
        return "" if true else f"when {step.when}"

    def _attempt(self, step: PlannedStep, attempt: int) -> Iterator[Event]:
        text = self.fold.text(step)
        yield self._feed(Started(self.now(), step.index, step.terminal, text, attempt))
        try:
            yield from PLAYERS[step.kind](self, step, text)
            out = _Out("done")
        except _Out as ended:
            out = ended
        except SandboxError as error:
            out = _Out("lost", reason=str(error))
        yield self._feed(Ended(self.now(), step.index, out.ending, out.exit, out.reason))

    # -- the kinds of steps: each ends by raising _Out, or by returning when it is done ---------------

    def _note(self, step: PlannedStep, text: str) -> Iterator[Event]:
        yield from ()

    def _pause(self, step: PlannedStep, text: str) -> Iterator[Event]:
        yield from self._idle(step.pause)

    def _run(self, step: PlannedStep, text: str) -> Iterator[Event]:
        terminal = yield from self._terminal(step.terminal)
        if not terminal.at_prompt:
            raise _Out("refused", reason=f"a command still runs in terminal {step.terminal!r}")
        self._state[step.terminal] = None
        self._recent[step.terminal] = ""
        self._printed[step.terminal] = 0
        terminal.run(text)
        answers = [(self._pattern(step, pattern), self.fold.render(step, line)) for pattern, line in step.dialogue]
        until = self._pattern(step, step.until)
        deadline = self._deadline(step)
        while True:
            while answers and self._seen(step.terminal, answers[0][0], consume=True):
                terminal.send(answers.pop(0)[1])
            if until and self._seen(step.terminal, until):
                raise _Out("until")
            self._raise_if_ended(step.terminal)
            yield from self._wait_for_more(step, terminal, deadline, answers[0][0] if answers else until)

    def _wait(self, step: PlannedStep, text: str) -> Iterator[Event]:
        terminal = yield from self._running_terminal(step)
        until = self._pattern(step, step.until)
        deadline = self._deadline(step)
        while True:
            if until and self._seen(step.terminal, until):
                raise _Out("until")
            self._raise_if_ended(step.terminal)
            yield from self._wait_for_more(step, terminal, deadline, until)

    def _stop(self, step: PlannedStep, text: str) -> Iterator[Event]:
        terminal = yield from self._running_terminal(step)
        patience = self.now() + (step.timeout if step.timeout is not None else PATIENCE)
        while self._state.get(step.terminal) is None and self.now() < patience:
            if self._has_shown(step):
                break
            yield from self._pump(min(patience, self.now() + 0.1))
        if self._state.get(step.terminal) is None and self._must_settle(step):
            yield from self._idle(SETTLE)
        if self._state.get(step.terminal) is None:
            yield from self._end_command(terminal)
            state = self._state.get(step.terminal)
            raise _Out("stopped", state.exit if isinstance(state, Prompt) else None)
        self._raise_if_ended(step.terminal)

    def _send(self, step: PlannedStep, text: str) -> Iterator[Event]:
        terminal = yield from self._running_terminal(step)
        # Typed before the command reads, a line would be echoed in the wrong place, and Ctrl-C drops it.
        yield from self._until_it_reads(terminal)
        terminal.send(text)
        # What it answers belongs before the next step.
        yield from self._idle(ANSWER)
        yield from self._until_it_reads(terminal)

    # -- waiting ----------------------------------------------------------------------------------------

    def _wait_for_more(
        self, step: PlannedStep, terminal: Terminal, deadline: float, pattern: re.Pattern[str] | None
    ) -> Iterator[Event]:
        yield from self._pump(deadline)
        if self._printed.get(step.terminal, 0) > self.options.output:
            yield from self._end_command(terminal)
            raise _Out("flooded", reason=f"it printed more than {self.options.output / 1e6:g} MB")
        if self.now() >= deadline and self._state.get(step.terminal) is None:
            reason = f"it did not end within {self._timeout(step):g} s"
            if pattern is not None:
                reason += f"; /{pattern.pattern}/ was not seen"
            elif terminal.reads_input():
                reason += "; it waits for input (give it some with `send`)"
            yield from self._end_command(terminal)
            raise _Out("timeout", reason=reason)

    def _timeout(self, step: PlannedStep) -> float:
        return step.timeout if step.timeout is not None else self.options.step_timeout

    def _deadline(self, step: PlannedStep) -> float:
        return min(self.now() + self._timeout(step), max(self.options.run_timeout, self.now()))

    def _raise_if_ended(self, name: str) -> None:
        state = self._state.get(name)
        if isinstance(state, Gone):
            status = self.sandbox.shell_status(name, GRACE)
            self._forget(name)
            raise _Out("shell", status)
        if isinstance(state, Prompt):
            if state.more:
                # Its answer to Ctrl-C is a prompt again.
                terminal = self.terminals[name]
                terminal.interrupt()
                for _ in self._until_ended(name, GRACE):
                    pass
                raise _Out("incomplete")
            raise _Out("exit", state.exit)

    def _pump(self, until: float) -> Iterator[Event]:
        """Pass on what the terminals print, until something came or the time is there."""
        wait = max(0.0, until - self.now())
        unsettled = [t for t in self._by_fd.values() if t.unsettled]
        if unsettled:
            wait = min(wait, UNSETTLED)
        for fd, _ in self._poll.poll(wait * 1000 + 0.5):
            terminal = self._by_fd.get(fd)
            if terminal is None:
                if not self.sandbox.alive():
                    raise SandboxError("the sandbox is gone: its supervisor died")
                continue
            yield from self._sort(terminal, terminal.read())
        for terminal in unsettled:
            if not terminal.gone:
                yield from self._sort(terminal, terminal.settle())

    def _sort(self, terminal: Terminal, facts: list[Fact]) -> Iterator[Event]:
        name = terminal.name
        for fact in facts:
            if isinstance(fact, Text):
                printed = self._printed.get(name, 0) + len(fact.text)
                self._printed[name] = printed
                self._recent[name] = (self._recent.get(name, "") + fact.text)[-WINDOW:]
                if printed <= self.options.output + len(fact.text):
                    yield self._feed(Output(self.now(), name, fact.text))
            else:
                self._state[name] = fact
                if isinstance(fact, Gone):
                    self._poll.unregister(terminal.fileno())
                    self._by_fd.pop(terminal.fileno(), None)

    def _idle(self, seconds: float) -> Iterator[Event]:
        end = self.now() + seconds
        while self.now() < end:
            yield from self._pump(end)

    def _until_it_reads(self, terminal: Terminal) -> Iterator[Event]:
        """Wait a moment for a command to read its terminal; one that never does is not waited for long."""
        end = self.now() + READING
        while not terminal.waits_for_tty() and self.now() < end and self._state.get(terminal.name) is None:
            yield from self._idle(0.005)

    def _until_ended(self, name: str, seconds: float) -> Iterator[Event]:
        end = self.now() + seconds
        self._state[name] = None
        while self._state.get(name) is None and self.now() < end:
            yield from self._pump(end)

    def _end_command(self, terminal: Terminal) -> Iterator[Event]:
        """End what runs in a terminal: Ctrl-C, then harder, until its shell is back (or gone)."""
        name = terminal.name
        for harder in (
            terminal.interrupt,
            lambda: terminal.interrupt(b"\x1c"),
            lambda: self.sandbox.signal(name, signal.SIGKILL),
            lambda: self.sandbox.kill_jobs(name),
        ):
            harder()
            yield from self._until_ended(name, GRACE)
            state = self._state.get(name)
            if isinstance(state, Prompt) and not state.more:
                return
            if isinstance(state, Gone):
                self._forget(name)
                return
        self._forget(name)

    def _pattern(self, step: PlannedStep, template: str | None) -> re.Pattern[str] | None:
        if template is None:
            return None
        try:
            return re.compile(self.fold.render(step, template), re.MULTILINE)
        except (re.error, TemplateError) as error:
            raise _Out("refused", reason=f"the pattern {template!r} cannot be read: {error}") from error

    def _seen(self, name: str, pattern: re.Pattern[str] | None, consume: bool = False) -> bool:
        """Whether a terminal's latest output shows a pattern (None: anything goes)."""
        if pattern is None:
            return True
        recent = self._recent.get(name, "")
        found = pattern.search(plain(recent))
        if found is None:
            return False
        if consume:
            # The next answer waits for something new.
            self._recent[name] = ""
        return True

    def _has_shown(self, step: PlannedStep) -> bool:
        """Whether what a stop step expects to see is there; what must be lacking cannot be waited for."""
        entry = self.fold.running(step.terminal)
        if entry is None:
            return True
        try:
            rules = self.fold.rules(step)
        except TemplateError:
            return True
        return self.fold.shows(entry, rules)

    def _must_settle(self, step: PlannedStep) -> bool:
        entry = self.fold.running(step.terminal)
        return entry is not None and "tcpdump" in entry.command and any(r.kind == "lacks" for r in step.rules)

    # -- terminals --------------------------------------------------------------------------------------

    def _terminal(self, name: str) -> Iterator[Event]:
        terminal = self.terminals.get(name)
        if terminal is not None and not terminal.gone:
            # A prompt, or the end, that came while nobody waited.
            yield from self._pump(self.now())
            if not terminal.gone:
                return terminal
        if terminal is not None:
            self._forget(name)
        terminal = self.shells.open(name, self.plan.size.columns, self.plan.size.rows)
        self.terminals[name] = terminal
        self._by_fd[terminal.fileno()] = terminal
        self._poll.register(terminal.fileno(), select.POLLIN)
        yield from self._until_ended(name, 10.0)
        if not terminal.at_prompt:
            raise _Out("refused", reason=f"the shell of terminal {name!r} gave no prompt within 10 s")
        return terminal

    def _running_terminal(self, step: PlannedStep) -> Iterator[Event]:
        yield from ()
        terminal = self.terminals.get(step.terminal)
        if terminal is None or self.fold.running(step.terminal) is None:
            raise _Out("refused", reason=f"nothing runs in terminal {step.terminal!r}")
        return terminal

    def _forget(self, name: str) -> None:
        terminal = self.terminals.pop(name, None)
        if terminal is None:
            return
        if terminal.fileno() in self._by_fd:
            self._poll.unregister(terminal.fileno())
            del self._by_fd[terminal.fileno()]
        terminal.close()
        self._state.pop(name, None)
        self.sandbox.close_terminal(name)

    def _close_all(self) -> Iterator[Event]:
        """Stop what still runs, so that its last words are recorded."""
        for name, terminal in list(self.terminals.items()):
            entry = self.fold.running(name)
            if entry is not None and self._state.get(name) is None and not terminal.gone:
                yield from self._end_command(terminal)
            if entry is not None:
                state = self._state.get(name)
                status = state.exit if isinstance(state, Prompt) else None
                yield self._feed(Ended(self.now(), entry.step.index, "stopped", status))


PLAYERS: dict[str, Callable[[Player, PlannedStep, str], Iterator[Event]]] = {
    "run": Player._run,
    "note": Player._note,
    "stop": Player._stop,
    "wait": Player._wait,
    "pause": Player._pause,
    "send": Player._send,
}

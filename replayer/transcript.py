"""Plan + events -> Transcript: the readable, judged fold of a recording.

Everything that is shown of a run comes from here (contract C6), and the player asks the same fold while
it plays: which variables are captured, whether a step passed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from replayer.events import Began, Ended, Ending, Event, Finished, Looked, Output, Seen, Skipped, Started, Typed
from replayer.expectations import CUT_SHORT, Finding, Observed, SlowPattern, Verdict, Word, judge
from replayer.outcomes import runs_tcpdump, same_word, tcpdump_cut_short
from replayer.plan import Plan, PlannedStep, Rule
from replayer.screen import PlainText
from replayer.templates import TemplateError
from replayer.tokens import Identity, Renaming, identities_in
from replayer.topology import Network, Topology
from replayer.words import REACHABLE

# Spaces of identities that a command can give to a device.
ADDRESSES = frozenset({"MAC", "mac tail", "link-local address"})
# How commands give a MAC to a device: ip link, ifconfig, macchanger.
GIVES = re.compile(
    r"(?:\baddr(?:ess)?|\bhw ether|\bmacchanger .*(?:-m|--mac))[ =]((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})\b"
)


@dataclass(slots=True)
class Part:
    """Lines of a step that the shell took as one command, and what they printed. `exit`: None for the last."""

    line: int  # of the step's command, from 0
    screen: PlainText
    exit: int | None = None


@dataclass(slots=True)
class Entry:
    """One step of a run, as far as it came."""

    step: PlannedStep
    command: str  # as typed, variables filled; for notes the prose
    started: float = 0.0  # seconds since the run began
    ended: float | None = None
    attempt: int = 1
    ending: Ending | None = None
    exit: int | None = None
    verdict: Verdict | None = None
    rules: tuple[Rule, ...] = ()  # rendered
    block: list[str | None] | None = None  # the lines an `output` rule matched, None for those left out
    captured: dict[str, str] = field(default_factory=dict)
    of: "Entry | None" = None  # for stop, wait and send: the command it is about
    closed_by: "Entry | None" = None  # for a command that went on: the step that ended it
    parts: list[Part] = field(default_factory=list)
    before: PlainText = field(default_factory=PlainText)  # what background jobs printed before it was typed
    snapshot: str | None = None  # what the command had shown when a wait for some of it ended
    outcome: str | None = None  # the word it showed, if a rule asked for one
    topology: Topology | None = None  # the network after it, where it was looked at
    evidence: dict[str, str] = field(default_factory=dict)  # what was asked about the sandbox because of it

    @property
    def text(self) -> str:
        """What a person saw of the command's output."""
        if self.snapshot is not None:
            return self.snapshot
        texts = [part.screen.text() for part in (self.of or self).parts]
        # The next line's output begins at the left, whether or not the last one ended its line.
        return "".join(text if text.endswith("\n") or not text else text + "\n" for text in texts[:-1]) + "".join(
            texts[-1:]
        )

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command of the step, with its output: several, if it is of several lines."""
        lines = self.command.split("\n")
        begins = [part.line for part in self.parts[1:]]
        cuts = zip([0, *begins], [*begins, len(lines)], self.parts, strict=True)
        return [("\n".join(lines[begin:end]), part.screen.text()) for begin, end, part in cuts]

    @property
    def failed_line(self) -> str:
        """The first of several commands that did not end well, in words; the last one's status is the step's."""
        for (command, _), part in zip(self.commands, self.parts, strict=True):
            if part.exit:
                return f"exit status {part.exit} of {command!r}"
        return ""

    @property
    def seconds(self) -> float:
        return (self.ended if self.ended is not None else self.started) - self.started

    @property
    def judged(self) -> bool:
        """Notes and pauses have nothing to judge."""
        return self.step.kind not in ("note", "pause")


@dataclass(slots=True)
class Transcript:
    """A run, step by step. `entries` are in the order in which steps were reached."""

    plan: Plan
    entries: list[Entry] = field(default_factory=list)
    machine: dict[str, str] = field(default_factory=dict)
    clock: str = ""
    skipped: str = ""  # why the whole scenario was skipped
    finished: Finished | None = None  # None: the recording ends before the run did

    @property
    def verdict(self) -> Word:
        if self.skipped:
            return "skipped"
        words = {e.verdict.word for e in self.entries if e.verdict is not None and e.judged}
        if "errored" in words or self.finished is None or self.finished.ending != "done":
            return "errored"
        if "failed" in words:
            return "failed"
        if any(f.errs for e in self.entries if e.verdict for f in e.verdict.findings):
            return "errored"  # a step was left out for want of what no step captured
        return "passed" if "passed" in words else "skipped"

    @property
    def seconds(self) -> float:
        return self.finished.at if self.finished else max((e.ended or e.started for e in self.entries), default=0.0)


class Transcriber:
    """The fold itself: feed it events in order; `transcript` is always up to date."""

    def __init__(self, plan: Plan, screen: type[PlainText] = PlainText) -> None:
        self.transcript = Transcript(plan)
        self._screen = screen
        self.variables: dict[str, Any] = {}  # captured so far
        self.ended: Entry | None = None  # the entry that the last event ended
        self._renaming = Renaming()
        self._network = Network()
        self._topology: Topology | None = None  # as it was seen last
        self._open: dict[int, Entry] = {}  # started, not ended
        self._running: dict[str, Entry] = {}  # terminal -> the command that runs in it
        self._early: dict[str, list[str]] = {}  # output that came while no command ran

    def feed(self, event: Event) -> Entry | None:
        """Returns the entry of a step that this event ended (judged) or skipped; `ended` keeps it."""
        self.ended = self._fed(event)
        return self.ended

    def _fed(self, event: Event) -> Entry | None:
        match event:
            case Output(terminal=terminal, text=text, stray=stray):
                running = self._running.get(terminal)
                if running is not None:
                    (running.before if stray else running.parts[-1].screen).feed(text, event.at)
                else:
                    self._early.setdefault(terminal, []).append(text)
            case Typed(terminal=terminal, line=line, exit=status):
                running = self._running.get(terminal)
                if running is not None:
                    size = self.transcript.plan.size
                    running.parts[-1].exit = status
                    running.parts.append(Part(line, self._screen(size.columns, size.rows)))
            case Started():
                self._start(event)
            case Ended():
                return self._end(event)
            case Skipped(step=None, reason=reason):
                self.transcript.skipped = reason
            case Skipped(step=index, reason=reason, at=at):
                assert index is not None
                step = self.transcript.plan.steps[index]
                verdict = Verdict("skipped", (Finding("", reason, errs=self.missing(step) is not None),))
                entry = Entry(step, step.text, at, at, verdict=verdict, topology=self._topology)
                self.transcript.entries.append(entry)
                return entry
            case Began(machine=machine, clock=clock):
                self.transcript.machine, self.transcript.clock = machine, clock
            case Seen(network=network, gone=gone):
                self._topology = self._network.feed(network, gone)
                if self.transcript.entries:
                    self.transcript.entries[-1].topology = self._topology
            case Looked(step=index, evidence=evidence):
                for entry in reversed(self.transcript.entries):
                    if entry.step.index == index:
                        entry.evidence = evidence
                        break
            case Finished():
                self.transcript.finished = event
        return None

    def text(self, step: PlannedStep) -> str:
        """The step's command or prose with its variables filled; raises TemplateError."""
        return self.render(step, step.text)

    def render(self, step: PlannedStep, template: str) -> str:
        """A string of the step with what was captured filled in; raises TemplateError."""
        return step.fill(template, self.variables)

    def missing(self, step: PlannedStep) -> str | None:
        """Why a step cannot be played: a variable that an earlier step did not capture."""
        if not step.template:
            return None
        patterns = [step.until or "", *step.capture.values(), *(text or "" for turn in step.dialogue for text in turn)]
        try:
            for text in (step.text, *patterns):
                self.render(step, text)
            self.rules(step)
        except TemplateError as error:
            return str(error)
        return None

    def running(self, terminal: str, besides: PlannedStep | None = None) -> Entry | None:
        """The command that runs in a terminal, if one does; `besides`: one that is not meant."""
        entry = self._running.get(terminal)
        return None if entry is not None and entry.step is besides else entry

    def all_running(self) -> list[tuple[str, Entry]]:
        return list(self._running.items())

    def shows(self, entry: Entry, step: PlannedStep) -> bool:
        """Whether a running command's output has what a step wants to see of it. A rule that only more
        output can break (`lacks`), or only the end can settle (`exit`), does not count."""
        rules = self.rules(step)
        wanted = [rule for rule in rules if rule.kind in ("contains", "matches", "output", "json")]
        if any(rule.kind == "outcome" and same_word(rule.value, REACHABLE) for rule in rules):
            position = entry.step.at
            wanted.append(Rule(kind="matches", value=r"bytes from|reply from", at=position))
        if not wanted:
            return True
        observed = self._observed(entry, step, Ended(0.0, step.index, "until"))
        return judge(wanted, observed, self._renaming.copy()).word == "passed"

    def rules(self, step: PlannedStep) -> tuple[Rule, ...]:
        """The step's expectations with their variables filled; raises TemplateError."""
        return tuple(self._rule(step, rule) for rule in step.rules)

    def _rule(self, step: PlannedStep, rule: Rule) -> Rule:
        value = _map_text(rule.value, lambda text: self.render(step, text))
        if rule.kind == "matches":
            _compiled(value)
        return rule if value == rule.value else replace(rule, value=value)

    def _start(self, event: Started) -> None:
        step = self.transcript.plan.steps[event.step]
        entry = Entry(step, event.text, event.at, attempt=event.attempt, topology=self._topology)
        entries = self.transcript.entries
        if event.attempt > 1 and entries and entries[-1].step is step:
            entries.pop()
        entries.append(entry)
        self._open[event.step] = entry
        if step.kind == "run":
            for address in GIVES.findall(event.text):
                self._renaming.pin(address)
            size = self.transcript.plan.size
            entry.parts.append(Part(0, self._screen(size.columns, size.rows)))
            self._running[event.terminal] = entry
            for text in self._early.pop(event.terminal, ()):
                # Nobody can tell whose words these are: they are shown, and not judged.
                entry.before.feed(text)
        elif step.kind in ("stop", "wait", "send"):
            entry.of = self._running.get(event.terminal)

    def _end(self, event: Ended) -> Entry | None:
        step = self.transcript.plan.steps[event.step]
        entry = self._open.pop(event.step, None)
        if entry is None:
            # A command that went on after its step, ended by the end of the scenario.
            self._running.pop(step.terminal, None)
            return None
        entry.ended, entry.ending, entry.exit = event.at, event.ending, event.exit
        if step.kind == "wait" and event.ending == "until":
            entry.snapshot = entry.text
        try:
            entry.verdict = self._judge(entry, event)
        except SlowPattern as error:
            entry.verdict = Verdict("errored", (Finding("patterns that can be searched for", str(error), errs=True),))
        over = event.ending not in ("until", "done")
        if step.kind == "run" and over:
            self._running.pop(step.terminal, None)
        elif step.kind in ("stop", "wait") and entry.of is not None and over:
            entry.of.closed_by = entry
            self._running.pop(step.terminal, None)
        return entry

    def _judge(self, entry: Entry, event: Ended) -> Verdict:
        step = entry.step
        if not entry.judged or (step.kind == "send" and event.ending == "done"):
            return Verdict("passed")
        command = entry.of.command if entry.of else entry.command
        observed = self._observed(entry, step, event)
        try:
            entry.rules = self.rules(step)
        except TemplateError as error:
            return Verdict("errored", (Finding("expectations that can be read", str(error), errs=True),))
        verdict = judge(entry.rules, observed, self._renaming)
        entry.block = observed.block
        if event.ending not in CUT_SHORT and any(rule.kind == "outcome" for rule in entry.rules):
            entry.outcome = observed.shown
        if verdict.word != "errored" and step.capture:
            verdict = self._capture(entry, verdict)
        warning = None
        if event.ending == "stopped" and "tcpdump" in command and runs_tcpdump(command):
            warning = tcpdump_cut_short(observed.text)
        elif event.ending == "shell":
            warning = f"the shell of terminal {step.terminal!r} ended here; its next command gets a new one"
        return replace(verdict, warnings=(warning,)) if warning else verdict

    def _observed(self, entry: Entry, step: PlannedStep, event: Ended) -> Observed:
        plan = self.transcript.plan
        return Observed(
            entry.of.command if entry.of else entry.command,
            event.exit,
            entry.seconds,
            event.ending,
            lambda: entry.text,
            reason=event.reason,
            failed_line=entry.failed_line if len(entry.parts) > 1 else "",
            stopped=step.kind == "stop",
            size=sum(part.screen.size for part in entry.parts),
            until=step.until,
            any_order=step.any_order,
            outcomes=plan.outcomes,
            tokens=plan.tokens,
        )

    def _capture(self, entry: Entry, verdict: Verdict) -> Verdict:
        findings = list(verdict.findings)
        text = entry.text
        for name, template in entry.step.capture.items():
            try:
                pattern = _compiled(self.render(entry.step, template))
            except TemplateError as error:
                findings.append(Finding(f"a pattern for {name}", str(error), errs=True))
                continue
            found = pattern.search(text)
            value = found[1] if found is not None else None
            if value is None:
                findings.append(Finding(f"output with {name}, matching /{pattern.pattern}/", "no match in the output"))
                continue
            entry.captured[name] = self.variables[name] = value
            self._renaming.pin(value)
        if len(findings) == len(verdict.findings):
            return verdict
        return Verdict("errored" if any(f.errs for f in findings) else "failed", tuple(findings))


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that was only known now; raises TemplateError if what was captured makes it unreadable."""
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise TemplateError(f"{pattern!r} is no regular expression: {error}") from error


def _map_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, (list, tuple)):
        return [_map_text(v, change) for v in value]
    if isinstance(value, dict):
        return {k: _map_text(v, change) for k, v in value.items()}
    return value


def addresses_given(plan: Plan) -> frozenset[Identity]:
    """The link-layer and link-local addresses that the scenario's own commands name, and what derives
    from them: they are the same in every run. What a command has from a capture is not."""
    texts = []
    for step in plan.steps:
        if step.kind in ("run", "send"):
            texts += [step.text, *(line for _, line in step.dialogue)]
            texts += [value for value in step.vars.values() if isinstance(value, str)]
    return frozenset(found for text in texts for found in identities_in(text) if found[0] in ADDRESSES)


def transcribe(plan: Plan, events: Iterable[Event], screen: type[PlainText] = PlainText) -> Transcript:
    """The transcript of a recording; of one that was cut off, as far as it goes. `screen`: PaintedText keeps the
    colours of outputs."""
    transcriber = Transcriber(plan, screen)
    for event in events:
        transcriber.feed(event)
    return transcriber.transcript

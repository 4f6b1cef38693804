"""Which claims of a tutorial hold: its session and the transcript of its run -> a report, claim by claim."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from replayer.expectations import Verdict
from replayer.outcomes.commands import ANSWERS, invocations
from replayer.sources.session import Claim, Command, Session, Stopped
from replayer.transcript import Entry, Transcript
from replayer.verification.causes import Cause, Question, causes
from replayer.verification.circumstances import Circumstances, circumstances_of
from replayer.verification.complaints import of_its_author
from replayer.verification.evidence import Evidence
from replayer.verification.lost import Losses, Lost
from replayer.verification.untried import Untried
from replayer.verification.wording import LATE, claimed, differs, repeats, said, seen
from replayer.words import REACHABLE, UNREACHABLE

Holds = Literal["holds", "does not hold", "could not be tried"]
# Statuses by which programs answer rather than complain.
_ANSWERS = ANSWERS | frozenset("ping ping6 arping fping nc kill pkill killall route arp netstat".split())
_CHANGES = frozenset({"add", "del", "-s", "-d"})


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and what became of it. `claimed`, `observed`: in words; `causes`: likely ones, the likeliest first;
    `looked`: what was asked about the sandbox, and its answers. `claim` None: nothing is claimed but that the
    command runs."""

    line: int  # where the tutorial says so, from 1
    typed: int  # where the command stands, or where it is stopped
    command: str
    claimed: str
    observed: str
    holds: Holds
    causes: tuple[str, ...] = ()
    looked: Mapping[str, str] = field(default_factory=dict)
    claim: Claim | None = None

    @property
    def late(self) -> bool:
        """Whether it holds only because an answer came a moment later, which is told."""
        return self.holds == "holds" and self.observed == LATE


@dataclass(frozen=True, slots=True)
class Report:
    """`found` in the order of the text; `ran`: how many commands without a claim did what they should."""

    found: tuple[Found, ...]
    ran: int
    reason: str = ""  # why the run did not come to its end

    def count(self, holds: Holds) -> int:
        """How many rows are of that kind."""
        return sum(one.holds == holds for one in self.found)

    @property
    def claims(self) -> tuple[Found, ...]:
        """What the text claims in words or outputs."""
        return tuple(one for one in self.found if one.claim is not None)

    @property
    def others(self) -> tuple[Found, ...]:
        """Commands of which it claims nothing, and which did not run as they should."""
        return tuple(one for one in self.found if one.claim is None)


def report(session: Session, untried: Sequence[Untried], origins: Sequence[int], transcript: Transcript) -> Report:
    """`session`: as it was read; `untried`: what of it was not played; `origins`: which of its items each step of
    the plan is."""
    reporter = _Reporter(session, transcript)
    aside = {one.item: one.why for one in untried}
    played = _played(transcript, origins)
    for number, item in enumerate(session.items):
        if not isinstance(item, (Command, Stopped)):
            continue
        if number in aside:
            reporter.not_played(item, aside[number])
        else:
            reporter.played(item, played.get(number))
    finished = transcript.finished
    reason = transcript.skipped or (finished.reason if finished is not None else "the run did not end")
    found = sorted(reporter.found, key=lambda one: one.line)
    return Report(tuple(found), reporter.ran, reason)


def _played(transcript: Transcript, origins: Sequence[int]) -> dict[int, Entry]:
    """The entry of each item: of its last step."""
    steps = [step for step in transcript.plan.steps if step.section == "steps"]
    of_step = {entry.step.index: entry for entry in transcript.entries}
    return {item: of_step[step.index] for step, item in zip(steps, origins, strict=True) if step.index in of_step}


class _Reporter:
    def __init__(self, session: Session, transcript: Transcript) -> None:
        self.found: list[Found] = []
        self.ran = 0
        self._transcript = transcript
        self._circumstances: Circumstances = circumstances_of(session)
        self._running: dict[str, tuple[Command, Entry | None]] = {}  # terminal -> what goes on there
        self._losses = Losses()

    def not_played(self, item: Command | Stopped, why: str) -> None:
        command = (
            self._running[item.terminal][0].text if isinstance(item, Stopped) and item.terminal in self._running else ""
        )
        command = item.text if isinstance(item, Command) else command
        self._losses.lose(command, Lost(item.line, why, untried=True))
        for claim in item.claims or ((None,) if isinstance(item, Command) else ()):
            self._add(item, claim, command, "not played", "could not be tried", [Cause("lacks", why, True)])

    def played(self, item: Command | Stopped, entry: Entry | None) -> None:
        if isinstance(item, Command) and item.goes_on:
            self._running[item.terminal] = (item, entry)  # told of where it is stopped
            return
        subject = item
        if isinstance(item, Stopped) and item.terminal in self._running:
            subject, begun = self._running.pop(item.terminal)
            if begun is None or begun.verdict is None or begun.verdict.word != "passed":
                entry = begun  # it did not begin
        command = subject.text if isinstance(subject, Command) else "^C"
        if entry is None or entry.verdict is None or entry.verdict.word == "skipped":
            why = entry.verdict.findings[0].observed if entry and entry.verdict and entry.verdict.findings else ""
            self.not_played(replace(subject, claims=item.claims), why or "the run ended before")
        elif entry.ending in ("lost", "refused"):
            self.not_played(replace(subject, claims=item.claims), entry.verdict.findings[0].observed)
        elif entry.verdict.word == "passed":
            self._passed(item, command, entry)
        else:
            self._failed(item, subject, command, entry, entry.verdict)

    def _passed(self, item: Command | Stopped, command: str, entry: Entry) -> None:
        self._losses.made(command, item.line)
        if not item.claims:
            self.ran += 1
            return
        question = self._circumstances.question(self._transcript, entry)
        for claim in item.claims:
            observed = seen(claim, entry, question)
            apart = claim.kind == "outcome" and claim.value == UNREACHABLE
            lost = self._losses.kept_apart(command, self._causes(question, entry)) if apart else None
            if lost is not None:
                # That nobody answers who was never there shows nothing.
                self._add(item, claim, command, observed, "could not be tried", [lost.cause])
            else:
                self._add(item, claim, command, observed, "holds", [])

    def _causes(self, question: Question, entry: Entry) -> list[Cause]:
        return causes(question, Evidence(lambda line: entry.evidence.get(line, "")))

    def _failed(
        self, item: Command | Stopped, subject: Command | Stopped, command: str, entry: Entry, verdict: Verdict
    ) -> None:
        question = self._circumstances.question(self._transcript, entry)
        likely = self._causes(question, entry)
        lost = self._losses.before(command, question, likely)
        if lost is None and likely and likely[0].kind in ("name", "absent"):
            gone = self._losses.deleted(f" {likely[0].words} ")
            likely = [gone, *likely] if gone else likely
        if lost is None and not item.claims:
            lost = self._losses.again(command, likely)
        untried = lost.untried if lost is not None else bool(likely) and likely[0].untried
        if lost is None and likely and likely[0].kind == "name":
            # The text does not say who made it. Where it claims something, that may still be its slip.
            untried = not item.claims or (bool(likely[0].foreign) and self._losses.leans)
        holds: Holds = "could not be tried" if untried else "does not hold"
        if lost is not None:
            likely = [lost.cause, *likely]
        if untried or not item.claims:
            why = likely[0].words if likely else said(entry, verdict)
            foreign = likely[0].foreign if likely and untried else ""
            self._losses.lose(command, lost or Lost(subject.line, why, untried), foreign)
        if not item.claims:
            if _answers(command, entry, likely):
                self.ran += 1
            else:
                self._add(subject, None, command, said(entry, verdict), holds, likely, entry)
        rules = entry.step.rules if len(entry.step.rules) == len(item.claims) else [None] * len(item.claims)
        for claim, rule in zip(item.claims, rules, strict=True):
            finding = next(
                (f for f in verdict.findings if f.rule is None or rule is None or f.rule.at == rule.at), None
            )
            own = ""
            if finding is not None and finding.errs and not likely:
                own = "" if _let_nothing_through(claim, command, entry) else finding.observed
                if own.startswith("no outcome: "):
                    own = "what it printed tells no outcome"
            elif finding is not None and claim.kind == "output" and not likely:
                own = of_its_author(command, finding.expected, question.printed, question.made)
            if finding is None or (lost is None and _as_meant(claim, likely)):
                late = finding is not None and claim.value == REACHABLE
                observed = LATE if late else seen(claim, entry, question)
                self._add(item, claim, command, observed, "holds", [], entry if late else None)
            elif own:
                cause = Cause("lacks", own, True)
                self._add(item, claim, command, differs(claim, finding, question), "could not be tried", [cause])
            else:
                self._add(item, claim, command, differs(claim, finding, question), holds, likely, entry)

    def _add(
        self,
        item: Command | Stopped,
        claim: Claim | None,
        command: str,
        observed: str,
        holds: Holds,
        likely: Sequence[Cause],
        entry: Entry | None = None,
    ) -> None:
        words = _why(likely, observed) if holds != "holds" else ()
        looked = dict(entry.evidence) if entry is not None else {}
        line = claim.line if claim is not None and claim.line else item.line
        self.found.append(Found(line, item.line, command, claimed(claim), observed, holds, words, looked, claim))


def _as_meant(claim: Claim, likely: Sequence[Cause]) -> bool:
    """Whether a claim holds though the step failed: an answer came a moment later; or words, not statistics, say that
    somebody cannot be reached, and the kernel says that there is no way; or kernels word it otherwise that something
    is there already."""
    if claim.kind == "fails" and likely:
        return likely[0].kind == "there" and re.search(r"exists|already", claim.value) is not None
    if claim.kind != "outcome" or not likely:
        return False
    if claim.value == REACHABLE:
        return likely[0].kind == "later"  # a reader types slower
    return bool(claim.why) and likely[0].kind in ("no way", "no loopback")


def _why(likely: Sequence[Cause], observed: str) -> tuple[str, ...]:
    """The causes in words, each once. What was observed is told already: its words are no cause of it."""
    causes = (cause.words.removesuffix(f": {observed}") for cause in likely)
    told = dict.fromkeys(words for words in causes if not repeats(words, observed))
    return tuple(told) or (("its own words say why",) if likely else ())


def _let_nothing_through(claim: Claim, command: str, entry: Entry) -> bool:
    """Whether an answer was claimed of a pipeline that showed nothing at all: what stands behind the pipe says no."""
    piped = re.search(r"(?<![|>])\|(?!\|)", command) is not None
    return claim.value == REACHABLE and piped and entry.ending in ("exit", "stopped") and not entry.text.strip()


def _answers(command: str, entry: Entry, likely: Sequence[Cause]) -> bool:
    """Whether a command of which nothing is claimed said no by its status, rather than failed."""
    answers = any(call.program in _ANSWERS and not _CHANGES & set(call.arguments) for call in invocations(command))
    lacks = bool(likely) and likely[0].kind in ("lacks", "name", "absent", "typo", "lost")
    return entry.ending in ("exit", "stopped", "until") and answers and not lacks

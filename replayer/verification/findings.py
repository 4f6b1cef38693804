"""Which claims of a tutorial hold: its session and the transcript of its run -> a report, claim by claim."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from replayer.expectations import Finding, Verdict
from replayer.sources.session import Claim, Command, Session, Stopped
from replayer.transcript import Entry, Transcript
from replayer.verification.causes import BUILT, Cause, Question, causes
from replayer.verification.circumstances import Circumstances, circumstances_of
from replayer.verification.complaints import of_its_author
from replayer.verification.evidence import Evidence
from replayer.verification.made import deleted_by, made_by
from replayer.verification.untried import Untried, may_build
from replayer.words import REACHABLE, UNREACHABLE

Holds = Literal["holds", "does not hold", "could not be tried"]
# So much of a line stands in a table.
_MOST = 100
# Statuses by which programs answer rather than complain.
_ANSWERS = frozenset(
    "grep egrep fgrep diff cmp test [ [[ pgrep pidof ping ping6 arping fping nc which kill pkill killall route arp "
    "netstat".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and what became of it. `claimed`, `observed`: in words; `causes`: likely ones, the likeliest first;
    `looked`: what was asked about the sandbox, and its answers. `claim` None: nothing is claimed but that the
    command runs."""

    line: int  # in the tutorial, from 1
    command: str
    claimed: str
    observed: str
    holds: Holds
    causes: tuple[str, ...] = ()
    looked: Mapping[str, str] = field(default_factory=dict)
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`found` in the order of the text; `ran`: how many commands without a claim did what they should."""

    found: tuple[Found, ...]
    ran: int
    reason: str = ""  # why the run did not come to its end

    def count(self, holds: Holds) -> int:
        return sum(one.holds == holds for one in self.found)


@dataclass(frozen=True, slots=True)
class _Lost:
    """What a command would have made, and why it did not. `untried`: for want of something here."""

    line: int
    why: str
    untried: bool
    again: bool = False  # not lost at all: that line made it before


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
        self._lost: dict[str, _Lost] = {}  # name or address -> why it is not there
        self._aside: list[_Lost] = []  # what could not be tried, whatever it makes
        self._made: dict[str, int] = {}  # name or address -> the line that made it
        self._deleted: dict[str, int] = {}  # name -> the line that deleted it

    def not_played(self, item: Command | Stopped, why: str) -> None:
        command = (
            self._running[item.terminal][0].text if isinstance(item, Stopped) and item.terminal in self._running else ""
        )
        command = item.text if isinstance(item, Command) else command
        self._lose(command, _Lost(item.line, why, untried=True))
        for claim in item.claims:
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
        elif entry.verdict.word == "passed":
            self._passed(item, command, entry)
        else:
            self._failed(item, subject, command, entry, entry.verdict)

    def _passed(self, item: Command | Stopped, command: str, entry: Entry) -> None:
        for name in made_by(command):
            self._made.setdefault(name, item.line)
        for name in deleted_by(command):
            self._made.pop(name, None)
            self._deleted[name] = item.line
        if not item.claims:
            self.ran += 1
            return
        question = self._circumstances.question(self._transcript, entry)
        for claim in item.claims:
            observed = _seen(claim, entry, question)
            lost = self._named(command) if claim.kind == "outcome" and claim.value == UNREACHABLE else None
            if lost is not None and lost.untried:
                # That nobody answers who was never there shows nothing.
                self._add(item, claim, command, observed, "could not be tried", [_because(lost)])
            else:
                self._add(item, claim, command, observed, "holds", [])

    def _failed(
        self, item: Command | Stopped, subject: Command | Stopped, command: str, entry: Entry, verdict: Verdict
    ) -> None:
        question = self._circumstances.question(self._transcript, entry)
        likely = causes(question, Evidence(lambda line: entry.evidence.get(line, "")))
        lost = self._lost_before(command, question, likely)
        if lost is None and likely and likely[0].kind == "name":
            gone = next(
                ((n, at) for n, at in self._deleted.items() if re.search(rf" {re.escape(n)} ", likely[0].words)), None
            )
            likely = [Cause("deleted", f"line {gone[1]} deleted {gone[0]}"), *likely] if gone else likely
        if lost is None and not item.claims:
            lost = self._again(command, likely)
        untried = lost.untried if lost is not None else bool(likely) and likely[0].untried
        if not item.claims and lost is None and likely and likely[0].kind == "name":
            untried = True  # the text does not say who made it
        holds: Holds = "could not be tried" if untried else "does not hold"
        if lost is not None:
            likely = [_because(lost), *likely]
        if untried or not item.claims:
            why = likely[0].words if likely else _said(entry, verdict)
            self._lose(command, lost or _Lost(subject.line, why, untried))
        if not item.claims:
            if _answers(command, entry, likely):
                self.ran += 1
            else:
                self._add(subject, None, command, _said(entry, verdict), holds, likely, entry)
        rules = entry.step.rules if len(entry.step.rules) == len(item.claims) else [None] * len(item.claims)
        for claim, rule in zip(item.claims, rules, strict=True):
            finding = next(
                (f for f in verdict.findings if f.rule is None or rule is None or f.rule.at == rule.at), None
            )
            own = ""
            if finding is not None and finding.errs and not likely:
                own = finding.observed
            elif finding is not None and claim.kind == "output" and not likely:
                own = of_its_author(command, finding.expected, question.printed, question.made)
            if finding is None:
                self._add(item, claim, command, _seen(claim, entry, question), "holds", [])
            elif own:
                cause = Cause("lacks", own, True)
                self._add(item, claim, command, _differs(claim, finding, question), "could not be tried", [cause])
            else:
                self._add(item, claim, command, _differs(claim, finding, question), holds, likely, entry)

    def _again(self, command: str, likely: Sequence[Cause]) -> _Lost | None:
        """What was made before, where a text types again what it typed."""
        if not likely or likely[0].kind != "there":
            return None
        line = next((self._made[name] for name in sorted(made_by(command)) if name in self._made), 0)
        return _Lost(line, "", True, again=True) if line else None

    def _lost_before(self, command: str, question: Question, likely: list[Cause]) -> _Lost | None:
        """What came to nothing earlier, and a claim with it; None if the claim fails by itself."""
        first = likely[0] if likely else None
        last = self._aside[-1] if self._aside else None
        if first is not None and first.untried:
            return last if first.kind == "outside" else None
        lost = self._named(f"{command} {first.words}" if first is not None else command)
        if lost is not None:
            return lost
        # Nobody says so, but what it would need may have been made by what could not be tried.
        if first is not None and first.kind == "name":
            return last
        return last if question.claimed == REACHABLE and (first is None or first.kind in BUILT) else None

    def _named(self, text: str) -> _Lost | None:
        """Why something that a text names is not there."""
        words = set(re.findall(r"[\w.:~/-]+", text))
        words |= {word.rstrip(".,:;") for word in words} | {word.partition("/")[0] for word in words}
        return next((self._lost[word] for word in sorted(words) if word in self._lost), None)

    def _lose(self, command: str, lost: _Lost) -> None:
        """What a command would have made is not there."""
        made = made_by(command)
        for name in made:
            self._lost.setdefault(name, lost)
        if lost.untried and (made or may_build(command)):
            self._aside.append(lost)

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
        words = tuple(dict.fromkeys(cause.words for cause in likely)) if holds != "holds" else ()
        looked = dict(entry.evidence) if entry is not None else {}
        line = claim.line if claim is not None and claim.line else item.line
        self.found.append(Found(line, command, claimed(claim), observed, holds, words, looked, claim))


def _because(lost: _Lost) -> Cause:
    if lost.again:
        return Cause("there", f"line {lost.line} made it before", True)
    became = "could not be tried" if lost.untried else "failed"
    return Cause("lost", f"line {lost.line} {became}: {lost.why}", lost.untried)


def _said(entry: Entry, verdict: Verdict) -> str:
    """What a command that failed printed, if that is short, else how it ended."""
    lines = [line.strip() for line in entry.text.splitlines() if line.strip()]
    return _short(lines[-1], 2 * _MOST) if 0 < len(lines) <= 4 else verdict.findings[0].observed


def _answers(command: str, entry: Entry, likely: Sequence[Cause]) -> bool:
    """Whether a command of which nothing is claimed said no by its status, rather than failed."""
    words = {word.rpartition("/")[2] for word in command.replace("|", " ").split()}
    lacks = bool(likely) and likely[0].kind in ("lacks", "name", "typo", "lost")
    return entry.ending in ("exit", "stopped", "until") and bool(words & _ANSWERS) and not lacks


def claimed(claim: Claim | None) -> str:
    """What is claimed, in words."""
    if claim is None:
        return "it runs"
    match claim.kind:
        case "outcome":
            return claim.value
        case "empty":
            return "no output"
        case "exit":
            return f"exit status {claim.value}"
        case "fails":
            return f"it fails: {_short(claim.value)}" if claim.value else "it fails"
        case "contains":
            return f"{_short(claim.value)!r} in the output"
        case "matches":
            return f"output matching /{_short(claim.value)}/"
        case "output":
            return f"prints {_short(next(_telling(claim.lines), '...'))}"


def _telling(lines: Sequence[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip() not in ("", "..."))


def _seen(claim: Claim, entry: Entry, question: Question) -> str:
    """What was observed of a claim that holds."""
    if claim.kind == "outcome":
        return question.observed or claim.value
    if claim.kind == "exit":
        return f"exit status {entry.exit}"
    known = entry.verdict.known if claim.kind == "output" and entry.verdict else ()
    # Other versions of a tool, another kernel's defaults: forgiven, and named.
    return f"as claimed, but for {', '.join(known)}" if known else "as claimed"


def _differs(claim: Claim, finding: Finding, question: Question) -> str:
    if claim.kind == "outcome" and question.observed:
        return question.observed
    if claim.kind == "outcome":
        return _short(finding.observed.removeprefix("no outcome: "))
    if claim.kind == "output" and finding.expected.startswith("output line"):
        return _short(f"{finding.expected.partition(': ')[2]}: {finding.observed}", 2 * _MOST)
    if claim.kind == "fails" and finding.observed == "not in the output":
        told = next(_telling(question.printed.splitlines()), "")
        return f"it printed {_short(told)}" if told else "it printed nothing"
    return _short(finding.observed, 2 * _MOST)


def _short(text: str, most: int = _MOST) -> str:
    first, *rest = text.strip().split("\n")
    return first[:most] + (" …" if rest or len(first) > most else "")

"""Drafts of steps + the events of their second play -> a scenario that it passes, and what did not repeat. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from replayer.drafting import Draft, Written, scenario
from replayer.events import Ended, Event, Skipped, Started
from replayer.plan import Plan, prepare
from replayer.problems import Position
from replayer.settling import Trouble, leave_out, settled, weaker
from replayer.sources.native import read
from replayer.sources.session import Left
from replayer.transcript import Entry, transcribe

# How often what still fails is made weaker.
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What did not repeat, where it stands in the scenario's text."""

    at: Position
    what: str
    grave: bool


@dataclass(frozen=True, slots=True)
class Proved:
    """A scenario's text, and what did not repeat."""

    text: str
    findings: tuple[Finding, ...]
    passes: bool = True  # whether the second play passes the scenario


def plan_of(text: str, path: str) -> Plan:
    """The plan of a written scenario."""
    [plan] = prepare(read(text, path), path)
    return plan


def prove(head: Sequence[str], made: Sequence[Draft], first: Written, events: Sequence[Event], path: str) -> Proved:
    """`first`: the text of the drafts that was played, with these `events`; `path`: the file that it will be."""
    transcript = transcribe(plan_of(first.text, path), events)
    before = _before(transcript.plan)
    again = {
        first.origins[entry.step.index - before]: entry
        for entry in transcript.entries
        if first.origins and entry.step.index >= before
    }
    found, troubles = settled(made, again)
    bad: list[Entry] = []
    for rest in range(ROUNDS, -1, -1):
        written = scenario(head, list(found.values()))
        numbers = [list(found)[place] for place in written.origins]
        plan = plan_of(written.text, path)
        steps = {number: before + step for step, number in enumerate(numbers)}
        now = {before + old: steps[number] for old, number in enumerate(first.origins) if number in steps}
        moved = _moved(events, now | {step: step for step in range(before)})
        bad = [entry for entry in transcribe(plan, moved).entries if entry.verdict and entry.verdict.word != "passed"]
        if not bad or not numbers or not rest:
            break
        for entry in bad:
            if entry.step.index >= before:
                troubles += _mended(found, numbers[entry.step.index - before], entry)
    told = {trouble.draft for trouble in troubles}
    for number, draft in found.items():
        if isinstance(draft.item, Left) and number not in told:
            troubles.append(Trouble(number, f"left out: {_first(draft.item.text)} ({draft.item.why})"))
    places = {number: plan.steps[step].at for number, step in steps.items()}
    for number, line in zip(found, written.begins, strict=True):
        if isinstance(found[number].item, Left):
            places[number] = Position(path, line, 3)
    return Proved(written.text, tuple(_placed(troubles, places, written.text, path)), passes=not bad)


def _mended(found: dict[int, Draft], number: int, entry: Entry) -> Iterator[Trouble]:
    """Makes a draft weaker that the second play does not pass."""
    draft = found.get(number)
    if draft is None or draft.ran is None:
        return  # with what it was about, it is left out already
    why = entry.verdict.findings[0].observed if entry.verdict and entry.verdict.findings else "it did not pass"
    now = weaker(draft, entry)
    if now is None:
        yield leave_out(found, draft.ran.number, why)
    else:
        found[number] = now
        yield Trouble(number, why)


def _before(plan: Plan) -> int:
    """The number of its steps of `setup`, which come first and are no drafts."""
    return sum(step.section == "setup" for step in plan.steps)


def _first(text: str) -> str:
    return text.strip().partition("\n")[0]


def _moved(events: Iterable[Event], steps: Mapping[int, int]) -> Iterator[Event]:
    """The events of steps that still are steps, by their new numbers."""
    for event in events:
        if not isinstance(event, (Started, Ended, Skipped)) or event.step is None:
            yield event
        elif event.step in steps:
            yield replace(event, step=steps[event.step])


def _placed(troubles: Iterable[Trouble], places: Mapping[int, Position], text: str, path: str) -> Iterator[Finding]:
    """In the order of the text."""
    last = Position(path, text.count("\n"))
    for trouble in sorted(troubles, key=lambda one: one.draft):
        at = next((places[number] for number in sorted(places) if number >= trouble.draft), last)
        yield Finding(at, trouble.what, trouble.grave)

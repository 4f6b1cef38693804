"""Claims, command by command: outcomes from statistics and words, outputs made ready for comparing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from replayer.claims.captures import loosened
from replayer.claims.words import alone
from replayer.outcomes import read_outcome
from replayer.outcomes.commands import invocations
from replayer.sources.session import Claim, Command, Item, Session, Stopped

_CAPTURING = frozenset({"tcpdump", "tshark"})


def claimed(session: Session) -> Session:
    """The session with what it says of its commands read."""
    return replace(session, items=tuple(_items(session.items)))


def _items(items: Iterable[Item]) -> Iterator[Item]:
    running: dict[str, Command] = {}
    for item in items:
        if isinstance(item, Command):
            if item.goes_on:
                running[item.terminal] = item
            yield replace(item, claims=tuple(_claims(item.text, item.claims)))
        elif isinstance(item, Stopped):
            began = running.pop(item.terminal, None)
            yield replace(item, claims=tuple(_claims(began.text if began else "", item.claims)))
        else:
            yield item


def _claims(command: str, shown: Iterable[Claim]) -> Iterator[Claim]:
    for claim in shown:
        if claim.kind == "output":
            yield from _of_output(command, claim)
        else:
            yield claim


def _of_output(command: str, claim: Claim) -> Iterator[Claim]:
    lines = list(claim.lines)
    if len(lines) == 1 and (word := alone(lines[0])):
        yield Claim("outcome", claim.line, word, why=lines[0].strip())
        return
    reading = read_outcome(command, "\n".join(lines), None, {})
    if reading.word:
        yield Claim("outcome", claim.line, reading.word, why=reading.why)
        return
    if any(call.program in _CAPTURING for call in invocations(command)):
        claim = replace(claim, lines=tuple(loosened(lines)))
    yield claim

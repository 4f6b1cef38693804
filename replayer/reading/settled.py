"""A session that its format tells whole (a script, a history, a test): what of it is not typed, what does not end."""

from collections.abc import Iterator
from dataclasses import replace

from replayer.reading.ending import banner
from replayer.reading.endless import endless
from replayer.reading.shell import assigned_in, why_left
from replayer.sources.session import Command, Item, Left, Session, Stopped


def settled(session: Session) -> Session:
    """The session with templates left out, and endless commands stopped once they have begun."""
    texts = [item.text for item in session.items if isinstance(item, Command)]
    assigned = frozenset[str]().union(*map(assigned_in, texts))
    return replace(session, items=tuple(_items(session, assigned)))


def _items(session: Session, assigned: frozenset[str]) -> Iterator[Item]:
    for item in session.items:
        if not isinstance(item, Command) or item.claims or item.goes_on:
            yield item
            continue
        why = why_left(item.text, assigned)
        program = endless(item.text)
        if why:
            yield Left(item.text, item.line, why)
        elif program:
            yield replace(item, goes_on=True, until=banner(program, item.text))
            yield Stopped(item.terminal, item.line)
        else:
            yield item

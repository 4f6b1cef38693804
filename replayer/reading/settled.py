"""A session that its format tells whole (a script, a history, a test): what of it is not typed, what does not end."""

from collections.abc import Iterator
from dataclasses import replace

from replayer.reading.ending import banner
from replayer.reading.endless import endless
from replayer.reading.shell import assigned_in, why_left
from replayer.sources.session import MOST_COMMANDS, TOO_MANY, Command, Doubt, Item, Left, Session, Stopped


def settled(session: Session) -> Session:
    """The session with templates left out, and endless commands stopped once they have begun."""
    session = _bounded(session)
    texts = [item.text for item in session.items if isinstance(item, Command)]
    assigned = frozenset[str]().union(*map(assigned_in, texts))
    return replace(session, items=tuple(_items(session, assigned)))


def _bounded(session: Session) -> Session:
    """As many of its commands as are read."""
    commands = [at for at, item in enumerate(session.items) if isinstance(item, (Command, Left))]
    if len(commands) <= MOST_COMMANDS:
        return session
    items = session.items[: commands[MOST_COMMANDS]]
    return replace(session, items=items, doubts=(*session.doubts, Doubt(0, TOO_MANY)))


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

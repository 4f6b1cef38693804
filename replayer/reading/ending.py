"""How what was typed ended: at once, with Ctrl-C, or while other commands were typed in other terminals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from replayer.outcomes.commands import invocations
from replayer.reading.endless import WATCHERS, endless
from replayer.reading.found import Found, ShownHere, Typed, typed_once
from replayer.reading.places import Places
from replayer.sources.session import Command, Doubt, Item, Stopped

_CAPTURES = frozenset({"tcpdump", "tshark"})
_ASKS = frozenset({"ping", "ping6", "arping", "fping", "curl", "nc", "wget", "traceroute"})
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*")
# What shows that an endless command has begun.
BANNERS = {
    "tcpdump": "listening on",
    "tshark": "Capturing on",
    "ping": "PING",
    "ping6": "PING",
    "arping": "ARPING",
    "iperf": "listening",
    "iperf3": "listening",
}


def banner(program: str, text: str) -> str:
    """What an endless command prints once it has begun; "" if that is not known."""
    return "Serving HTTP" if re.search(r"\bhttp\.server\b[^>]*$", text) else BANNERS.get(program, "")


def ended(found: Sequence[Found], places: Places) -> Iterator[Item]:
    """The items of a session, in the text's order, each endless command stopped where the text shows it."""
    return _Ending(captured_meanwhile(typed_once(list(found)), places), places).items()


def captured_meanwhile(found: list[Found], places: Places) -> list[Found]:
    """A capture that shows what the command directly above or below it sent ran while that one did, in a terminal of
    its own."""
    ordered: list[Found] = []
    at = 0
    while at < len(found):
        one = found[at]
        above = ordered[-1] if ordered else None
        below = found[at + 1] if at + 1 < len(found) else None
        if isinstance(one, Typed) and isinstance(above, Typed) and not endless(above.text) and _shows(one, above):
            _apart(one, places, "above")
            ordered[-1:] = [one, above, ShownHere(one)]
        elif isinstance(one, Typed) and isinstance(below, Typed) and _shows(one, below):
            _apart(one, places, "below")
            ordered += [one, below, ShownHere(one)]
            at += 1
        else:
            ordered.append(one)
        at += 1
    return ordered


def _apart(capture: Typed, places: Places, where: str) -> None:
    why = f"it shows what the command {where} it sent: it runs while that one does, in a terminal of its own"
    capture.terminal = places.another(endless(capture.text))
    capture.doubts.append(Doubt(capture.line, why))


def _shows(capture: Typed, asked: Typed) -> bool:
    """Whether a capture has packets to or from an address that another command asks."""
    if not capture.is_shown or endless(capture.text) not in _CAPTURES or capture.terminal != asked.terminal:
        return False
    asks = [call for call in invocations(asked.text) if call.program in _ASKS]
    addresses = {word for call in asks for word in call.arguments if _ADDRESS.fullmatch(word)}
    packets = " ".join(line.text for line in capture.shown)
    return any(re.search(rf"(?<![\w.:]){re.escape(address)}(?![\w]|\.\d)", packets) for address in addresses)


class _Ending:
    def __init__(self, found: Sequence[Found], places: Places) -> None:
        self._found = found
        self._places = places
        # What goes on may be shown in several places: the last is where it stops.
        self._late = {id(one.typed): one for one in found if isinstance(one, ShownHere)}
        self._running: dict[str, Typed] = {}  # terminal -> what goes on in it

    def items(self) -> Iterator[Item]:
        for at, one in enumerate(self._found):
            if isinstance(one, ShownHere):
                yield from self._shown(one)
            elif isinstance(one, Typed):
                yield from self._typed(one, at)
                yield from one.remarks
            else:
                yield one
        for terminal in list(self._running):
            typed = self._running[terminal]
            yield self._stop(terminal, typed.shown[-1].number if typed.shown else typed.line)

    def _shown(self, here: ShownHere) -> Iterator[Item]:
        terminal = next((name for name, typed in self._running.items() if typed is here.typed), None)
        if terminal is not None and self._late[id(here.typed)] is here:
            shown = here.typed.shown  # none, if these lines were typed to it
            yield self._stop(terminal, shown[-1].number if shown else here.typed.line)

    def _typed(self, one: Typed, at: int) -> Iterator[Item]:
        if one.terminal in self._running:
            yield self._stop(one.terminal, one.line)
        command = Command(one.text, one.line, one.terminal, one.claims(), tuple(one.doubts))
        program = endless(one.text)
        if not program or one.refused:
            yield command
            return
        answers = one.answers()
        going = replace(command, claims=(), goes_on=True, until=banner(program, command.text), answers=answers)
        following = next((other for other in self._found[at + 1 :] if isinstance(other, Typed)), None)
        late = id(one) in self._late
        elsewhere = following is not None and following.terminal != one.terminal
        # What was told to a connection has been said: nobody waits there any more.
        waits = program not in WATCHERS and not one.is_shown and following is not None and not answers
        if (late or waits) and not elsewhere:
            name = self._places.another(program)
            why = f"it does not end: it runs in a terminal of its own, {name!r}, while the text goes on"
            self._running[name] = one
            yield replace(going, terminal=name, doubts=(*going.doubts, Doubt(one.line, why)))
            return
        yield going
        self._running[one.terminal] = one
        if not late and (not elsewhere or (program in WATCHERS and one.is_shown)):
            after = self._found[at + 1] if at + 1 < len(self._found) else None
            if isinstance(after, ShownHere):  # what watches what this one does stops first
                yield from self._shown(after)
            yield self._stop(one.terminal, one.shown[-1].number if one.shown else one.line)

    def _stop(self, terminal: str, line: int) -> Stopped:
        return Stopped(terminal, line, self._running.pop(terminal).claims())

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
_BANNERS = {
    "tcpdump": "listening on",
    "tshark": "Capturing on",
    "ping": "PING",
    "ping6": "PING",
    "arping": "ARPING",
    "iperf": "listening",
    "iperf3": "listening",
}


def ended(found: Sequence[Found], places: Places) -> Iterator[Item]:
    """The items of a session, in the text's order, each endless command stopped where the text shows it."""
    return _Ending(captured_before(typed_once(list(found)), places), places).items()


def captured_before(found: list[Found], places: Places) -> list[Found]:
    """A capture that shows what the command directly above it sent had begun before that one, in another terminal."""
    ordered: list[Found] = []
    for one in found:
        asked = ordered[-1] if ordered else None
        if isinstance(one, Typed) and isinstance(asked, Typed) and _shows(one, asked):
            why = "it shows what the command above it sent: it is started before that one, in a terminal of its own"
            one.terminal = places.another(endless(one.text))
            one.doubts.append(Doubt(one.line, why))
            ordered[-1:] = [one, asked, ShownHere(one)]
        else:
            ordered.append(one)
    return ordered


def _shows(capture: Typed, asked: Typed) -> bool:
    """Whether a capture has packets to or from an address that a command asks, which ended before it."""
    if not capture.is_shown or endless(capture.text) not in _CAPTURES or endless(asked.text):
        return False
    asks = [call for call in invocations(asked.text) if call.program in _ASKS]
    addresses = {word for call in asks for word in call.arguments if _ADDRESS.fullmatch(word)}
    packets = " ".join(line.text for line in capture.shown)
    return any(re.search(rf"(?<![\w.:]){re.escape(address)}(?![\w]|\.\d)", packets) for address in addresses)


class _Ending:
    def __init__(self, found: Sequence[Found], places: Places) -> None:
        self._found = found
        self._places = places
        self._late = {id(one.typed) for one in found if isinstance(one, ShownHere)}
        self._running: dict[str, Typed] = {}  # terminal -> what goes on in it

    def items(self) -> Iterator[Item]:
        for at, one in enumerate(self._found):
            if isinstance(one, ShownHere):
                terminal = next((name for name, typed in self._running.items() if typed is one.typed), None)
                if terminal is not None:
                    yield self._stop(terminal, one.typed.shown[-1].number)
            elif isinstance(one, Typed):
                yield from self._typed(one, at)
                yield from one.remarks
            else:
                yield one
        for terminal in list(self._running):
            typed = self._running[terminal]
            yield self._stop(terminal, typed.shown[-1].number if typed.shown else typed.line)

    def _typed(self, one: Typed, at: int) -> Iterator[Item]:
        if one.terminal in self._running:
            yield self._stop(one.terminal, one.line)
        command = Command(one.text, one.line, one.terminal, one.claims(), tuple(one.doubts))
        program = endless(one.text)
        if not program or one.refused:
            yield command
            return
        answers = one.answers()
        going = replace(command, claims=(), goes_on=True, until=_BANNERS.get(program, ""), answers=answers)
        following = next((other for other in self._found[at + 1 :] if isinstance(other, Typed)), None)
        late = id(one) in self._late
        elsewhere = following is not None and following.terminal != one.terminal
        waits = program not in WATCHERS and not one.is_shown and following is not None
        if (late or waits) and not elsewhere:
            name = self._places.another(program)
            why = f"it does not end: it runs in a terminal of its own, {name!r}, while the text goes on"
            self._running[name] = one
            yield replace(going, terminal=name, doubts=(*going.doubts, Doubt(one.line, why)))
            return
        yield going
        self._running[one.terminal] = one
        if not late and (not elsewhere or (program in WATCHERS and one.is_shown)):
            yield self._stop(one.terminal, one.shown[-1].number if one.shown else one.line)

    def _stop(self, terminal: str, line: int) -> Stopped:
        return Stopped(terminal, line, self._running.pop(terminal).claims())

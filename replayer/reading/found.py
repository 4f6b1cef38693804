"""What the reading finds, line by line, before it is known how each command ended."""

import re
from dataclasses import dataclass, field

from replayer.outcomes.commands import invocations
from replayer.reading.endless import endless
from replayer.reading.printing import EDITORS
from replayer.reading.shapes import printed_by
from replayer.reading.signs import is_elision
from replayer.sources.document import Line
from replayer.sources.session import Claim, Doubt, Left, Remark

_INTERRUPT = re.compile(r"\^C|\^D|\^Z|<?Ctrl[-+ ]C>?", re.IGNORECASE)
# As a terminal shows a key, before or behind what a program prints; what programs print of keys stands within.
_ECHOED = re.compile(r"^\s*(?:\^[CDZ])+|(?<!\^[CDZ])(?:\^[CDZ])++\s*+$", re.IGNORECASE)

_COMPLAINT = re.compile(
    r"(?:ping6?|connect|nc|ncat|iperf3?|arping|tcpdump): (?!verbose|listening|Warning)|exec of \".+\" failed|"
    r"Cannot open network namespace|-?(?:ba)?sh: .*not found"
)
# What a capture says when it begins.
_BEGUN = re.compile(r"\s*(?:tcpdump: |listening on |Capturing on |dropped privs)")
_MOST_AGAIN = 100  # nobody repeats more
_TALKING = frozenset({"nc", "ncat", "netcat", "telnet", "socat"})


@dataclass
class Typed:
    """A command, with the lines of output that follow it."""

    text: str
    line: int
    terminal: str
    block: int  # the number of its block
    shown: list[Line] = field(default_factory=list)
    nothing: int = 0  # the line that says that there is no output
    apart: str = ""  # whose output a block of its own looks like
    doubts: list[Doubt] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)  # said beside it

    @property
    def is_shown(self) -> bool:
        return bool(self.nothing) or any(line.text.strip() for line in self.shown)

    @property
    def interrupted(self) -> bool:
        return any(_INTERRUPT.search(line.text) for line in self.shown)

    @property
    def has_begun(self) -> bool:
        """Whether it shows nothing but that it has begun: what it prints is still to come."""
        told = [line.text for line in self.shown if line.text.strip()]
        return bool(told) and all(map(_BEGUN.match, told))

    @property
    def refused(self) -> bool:
        """Whether it shows nothing but its own complaint: what could have gone on did not begin."""
        told = [line.text.strip() for line in self.shown if line.text.strip()]
        return 0 < len(told) <= 3 and bool(_COMPLAINT.match(told[0]))

    def answers(self) -> tuple[str, ...]:
        """The lines that are typed to a command that sends them on: they stand below it, and nobody printed them."""
        called = invocations(self.text)
        if (
            not called
            or called[-1].program not in _TALKING
            or any("l" in a for a in called[-1].arguments if a[:1] == "-")
        ):
            return ()
        lines = [line.text.strip() for line in self.shown if line.text.strip()]
        if any(printed_by(line) is not None or is_elision(line) for line in lines):
            return ()
        self.shown = []
        return tuple(lines)

    def claims(self) -> tuple[Claim, ...]:
        """What was shown, as it stands; `claims` makes more of it."""
        if self.nothing:
            return (Claim("empty", self.nothing),)
        if any(call.program in EDITORS for call in invocations(self.text)):
            return ()  # what stands below is to be written into the file
        lines = [line for line in self.shown if not _INTERRUPT.fullmatch(line.text.strip())]
        while lines and not lines[-1].text.strip():
            lines.pop()
        while lines and not lines[0].text.strip():
            lines.pop(0)
        if not lines:
            return ()
        texts = tuple("..." if is_elision(line.text) else self._printed(line.text) for line in lines)
        return (Claim("output", lines[0].number, lines=texts),)

    def _printed(self, line: str) -> str:
        """A line of output without the keys that were pressed; what the command itself says is none."""
        return _ECHOED.sub(lambda key: key[0] if key[0].strip() in self.text else "", line).rstrip()


@dataclass(frozen=True)
class ShownHere:
    """The place where the text shows what a command typed before printed."""

    typed: Typed


Found = Typed | ShownHere | Remark | Left


def typed_once(found: list[Found]) -> list[Found]:
    """Commands that one block lists and the next shows with their outputs were typed once."""
    found = _shown_while_on(found)
    blocks: dict[int, list[Typed]] = {}
    for one in found:
        if isinstance(one, Typed):
            blocks.setdefault(one.block, []).append(one)
    repeated: dict[int, Typed] = {}
    before: list[Typed] = []
    for typed in blocks.values():
        number = _again(before, typed)
        if number:
            repeated |= {id(old): new for old, new in zip(before[-number:], typed, strict=False)}
        before = typed
    return [
        Left(one.text, one.line, f"it is repeated above its output, on line {repeated[id(one)].line}")
        if isinstance(one, Typed) and id(one) in repeated
        else one
        for one in found
    ]


def _shown_while_on(found: list[Found]) -> list[Found]:
    """A command that goes on is repeated above what it has printed since: it was typed once."""
    kept: list[Found] = []
    running: dict[str, Typed] = {}  # terminal -> the last command there, if it does not end
    for one in found:
        if isinstance(one, Typed):
            first = running.pop(one.terminal, None)
            if first and first.text == one.text and first.block != one.block and not first.is_shown and one.is_shown:
                first.shown, first.nothing = one.shown, one.nothing
                first.doubts += one.doubts
                kept.append(
                    Left(one.text, one.line, f"it goes on since line {first.line}, and is repeated above its output")
                )
                kept.append(ShownHere(first))
                continue
            if endless(one.text):
                running[one.terminal] = one
        kept.append(one)
    return kept


def _again(before: list[Typed], typed: list[Typed]) -> int:
    """How many commands at the end of one block, with no output, begin the next, with theirs."""
    unshown = 0
    while unshown < min(len(before), len(typed), _MOST_AGAIN) and not before[-1 - unshown].is_shown:
        unshown += 1
    texts = [one.text for one in typed]
    for number in range(unshown, 0, -1):
        if [one.text for one in before[-number:]] == texts[:number] and any(one.is_shown for one in typed[:number]):
            return number
    return 0

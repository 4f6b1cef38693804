"""The reading itself: block by block, line by line, with what was typed last at hand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from replayer.reading.grammar import is_command
from replayer.reading.places import Places
from replayer.reading.prompts import Prompted, Style, style_of
from replayer.reading.prose import is_prose
from replayer.reading.shapes import printed_by
from replayer.reading.shell import assigned_in, endless, is_open, opens_shell, why_left
from replayer.reading.signs import is_elision, says_nothing
from replayer.sources.document import Block, Document, Line
from replayer.sources.session import Claim, Command, Doubt, Item, Left, Remark, Session, Stopped

_COMMENT = re.compile(r"\s*(?:#+|//+|;;|--\s|REM\b|/\*)\s*(?P<said>.*?)\s*(?:\*/)?$")
_TRAILING = re.compile(r"\s+(?:#|//)\s*(?=\S)(?P<said>[^'\"]*)$")
_INTERRUPT = re.compile(r"\^C|\^D|\^Z|<Ctrl[-+]C>", re.IGNORECASE)
_BANNERS = {
    "tcpdump": "listening on",
    "ping": "PING",
    "ping6": "PING",
    "tshark": "Capturing on",
    "iperf": "listening",
    "iperf3": "listening",
}


@dataclass
class Typed:
    """A command being read, with the lines of output that follow it."""

    text: str
    line: int
    terminal: str
    block: int  # the number of its block
    shown: list[Line] = field(default_factory=list)
    nothing: int = 0  # the line that says that there is no output
    doubts: list[Doubt] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)  # said beside it


def read(document: Document) -> Session:
    """A document -> the session that it documents."""
    style = style_of(line.text for block in document.blocks if block.kind in ("code", "mixed") for line in block.lines)
    reader = _Reader(document, style)
    for number, block in enumerate(document.blocks):
        reader.block(number, block)
    return Session(
        tuple(reader.finish()),
        document.title,
        document.source,
        style.why,
        tuple(Doubt(0, w) for w in document.warnings),
    )


class _Reader:
    def __init__(self, document: Document, style: Style) -> None:
        self._style = style
        self._places = Places()
        self._found: list[Typed | Remark | Left] = []
        self._current: Typed | None = None
        self._number = 0
        self._assigned = frozenset[str]().union(
            *(assigned_in(line.text) for b in document.blocks if b.kind in ("code", "mixed") for line in b.lines)
        )

    def block(self, number: int, block: Block) -> None:
        self._number = number
        match block.kind:
            case "heading":
                self._remark(block.text.strip(), block.lines[0].number, block.level or 1)
                self._places.said(block.text, heading=True)
            case "prose":
                text = block.text.strip()
                if text and block.lines:
                    self._remark(text, block.lines[0].number)
                    self._places.said(text)
            case "inline":
                line = block.lines[0]
                if is_command(line.text):
                    self._found.append(Left(line.text.strip(), line.number, "it is named in a sentence"))
            case "code":
                self._code(block.lines, mixed=False)
            case "mixed":
                self._code(block.lines, mixed=True)

    # -- code -------------------------------------------------------------------------------------------

    def _code(self, lines: Sequence[Line], mixed: bool) -> None:
        prompted = any(self._style.read(line.text) for line in lines)
        if not mixed and not prompted and self._is_output(lines):
            self._late_output(lines)
            return
        at = 0
        blank = False
        while at < len(lines):
            line = lines[at]
            found = self._style.read(line.text)
            if found is not None and not found.typed:
                at += 1  # an empty prompt: the output before it is over
                self._current = None
                continue
            if found is None and not prompted and self._bare(line.text, mixed, blank):
                found = Prompted("", "", line.text.strip())
            if found is not None:
                at = self._command(lines, at, found)
                blank = False
                continue
            if not line.text.strip():
                blank = True
                if self._current is not None and self._current.shown:
                    self._current.shown.append(line)
            else:
                self._other(line, mixed, prompted, blank)
                blank = False
            at += 1

    def _bare(self, text: str, mixed: bool, blank: bool) -> bool:
        """Whether a line without a prompt is a command."""
        if not is_command(text) or printed_by(text) is not None:
            return False
        if self._style.families and mixed:
            return False
        return not mixed or not is_prose(text)

    def _command(self, lines: Sequence[Line], at: int, found: Prompted) -> int:
        """Reads a command from line `at` on; the line after it."""
        first = lines[at]
        text = found.typed
        said = None
        trailing = _TRAILING.search(text)
        if trailing and not is_open(text[: trailing.start()]):
            said = trailing["said"].strip()
            text = text[: trailing.start()]
        at += 1
        while is_open(text) and at < len(lines):
            more = lines[at].text
            again = self._style.read(more) if self._style.families else None
            if (
                again is not None
                and again.typed
                and is_command(again.typed)
                and again.family not in ("arrow", "hash")
                and "<<" not in text
            ):
                break
            text += "\n" + (re.sub(r"^\s*>\s?", "", more) if found.family else more).rstrip()
            at += 1
        typed = Typed(_joined(text), first.number, self._places.terminal(found.host, text), self._number)
        if is_open(text):
            typed.doubts.append(
                Doubt(first.number, "the command does not end: a quote, a here-document or a loop is open")
            )
        if said:
            typed.remarks.append(Remark(said, first.number))
        why = why_left(text, self._assigned)
        if why:
            self._found.append(Left(typed.text, typed.line, why))
            self._current = None
            return at
        for exit in self._places.left_before(typed.terminal, found.host, text, typed.line):
            self._found.append(Typed("exit", typed.line, typed.terminal, self._number, doubts=[exit]))
        self._found.append(typed)
        self._current = typed
        self._places.typed(typed.terminal, found.host, opens_shell(text), text)
        return at

    def _other(self, line: Line, mixed: bool, prompted: bool, blank: bool) -> None:
        """A line that is no command: output, a comment, or prose."""
        text = line.text
        current = self._current
        if says_nothing(text) and current is not None:
            current.nothing = line.number
            return
        shape = printed_by(text)
        comment = _COMMENT.match(text) if shape is None and not is_elision(text) else None
        if comment and not (current and current.shown and text.startswith(" ")):
            if comment["said"]:
                self._remark(comment["said"], line.number)
            return
        if current is None:
            if mixed or is_prose(text):
                self._remark(text.strip(), line.number)
            else:
                self._found.append(
                    Left(text.strip(), line.number, "nobody knows what printed it")
                ) if shape is None else None
            return
        if mixed and shape is None and not is_elision(text) and self._ends_output(text, current, blank):
            self._remark(text.strip(), line.number)
            self._current = None
            return
        current.shown.append(line)

    def _ends_output(self, text: str, current: Typed, blank: bool) -> bool:
        """In plain text, prose ends an output: a line that no program printed."""
        if text[:1] in " \t" and current.shown:
            return False
        words = text.strip()
        if len(words) <= 12 and not blank:  # a word of outcome stands where an output does
            return False
        foreign = bool(re.search(r"[^\x00-\x7f]", words))
        return is_prose(words) or foreign or (blank and printed_by(words) is None)

    def _is_output(self, lines: Sequence[Line]) -> bool:
        """Whether a block holds no command, only what one printed."""
        told = [line.text for line in lines if line.text.strip()]
        if not told:
            return False
        if not any(is_command(text) and printed_by(text) is None for text in told):
            return any(printed_by(text) is not None for text in told)
        return printed_by(told[0]) is not None and sum(printed_by(t) is not None for t in told) * 2 > len(told)

    def _late_output(self, lines: Sequence[Line]) -> None:
        """Output in a block of its own belongs to the last command that can have printed it and shows nothing yet."""
        programs = [p for p in (printed_by(line.text) for line in lines) if p]
        program = max(set(programs), key=programs.count) if programs else ""
        waiting = [
            t
            for t in self._found
            if isinstance(t, Typed) and not any(line.text.strip() for line in t.shown) and not t.nothing
        ]
        for typed in reversed(waiting[-8:]):
            if _can_print(typed.text, program) or (typed is waiting[-1] and not program):
                typed.shown = list(lines)
                self._current = typed
                return
        first = next(line for line in lines if line.text.strip())
        self._found.append(Left(first.text.strip(), first.number, "an output that no command in the text printed"))

    def _remark(self, text: str, line: int, level: int = 0) -> None:
        self._found.append(Remark(text, line, level))
        if level:
            self._current = None

    # -- the end ----------------------------------------------------------------------------------------

    def finish(self) -> Iterable[Item]:
        found = _typed_once(self._found)
        running: dict[str, Command] = {}
        for at, one in enumerate(found):
            if not isinstance(one, Typed):
                yield one
                continue
            if one.terminal in running:
                yield Stopped(one.terminal, one.line)
                del running[one.terminal]
            command = Command(one.text, one.line, one.terminal, _claims(one), tuple(one.doubts))
            program = endless(one.text)
            if not program:
                yield command
            else:
                yield from self._endless(command, one, program, found[at + 1 :], running)
            yield from one.remarks
        for terminal, command in running.items():
            yield Stopped(terminal, command.line)

    def _endless(
        self, command: Command, one: Typed, program: str, rest: Sequence[object], running: dict[str, Command]
    ) -> Iterable[Item]:
        shown = [line for line in one.shown if line.text.strip()]
        until = _BANNERS.get(program, "")
        body = [line for line in shown if not line.text.startswith(("tcpdump:", "listening on", "PING "))]
        going = replace(command, claims=(), goes_on=True, until=until)
        later = any(isinstance(o, Typed) and o.terminal == one.terminal for o in rest)
        if body or not later:
            yield going
            yield Stopped(one.terminal, (shown[-1].number + 1) if shown else one.line, command.claims)
            return
        terminal = self._places.another(program)
        yield replace(
            going,
            terminal=terminal,
            doubts=(
                *command.doubts,
                Doubt(
                    one.line, f"it does not end: it runs in a terminal of its own, {terminal!r}, while the text goes on"
                ),
            ),
        )
        running[terminal] = going


def _joined(text: str) -> str:
    return text.strip("\n").rstrip()


def _claims(one: Typed) -> tuple[Claim, ...]:
    """What was shown, as it stands; claims.py makes more of it."""
    if one.nothing:
        return (Claim("empty", one.nothing),)
    lines = [line for line in one.shown if not _INTERRUPT.fullmatch(line.text.strip())]
    while lines and not lines[-1].text.strip():
        lines.pop()
    if not lines:
        return ()
    texts = tuple("..." if is_elision(line.text) else _INTERRUPT.sub("", line.text).rstrip() for line in lines)
    return (Claim("output", lines[0].number, lines=texts),)


def _can_print(command: str, program: str) -> bool:
    from replayer.outcomes.commands import invocations

    names = {
        "ip": {"ip", "bridge"},
        "ping": {"ping", "ping6", "arping", "fping"},
        "traceroute": {"traceroute", "tracepath", "mtr"},
        "nc": {"nc", "ncat", "netcat"},
        "ss": {"ss", "netstat"},
    }
    wanted = names.get(program, {program})
    return any(found.program in wanted for found in invocations(command))


def _typed_once(found: list["Typed | Remark | Left"]) -> list["Typed | Remark | Left"]:
    """A command that is named in one block and stands above its output in another was typed once."""
    kept: list[Typed | Remark | Left] = []
    for one in found:
        if isinstance(one, Typed) and one.shown:
            before = next((k for k in reversed(kept) if isinstance(k, Typed)), None)
            if (
                before is not None
                and before.text == one.text
                and before.block != one.block
                and not before.shown
                and before.terminal == one.terminal
            ):
                kept[kept.index(before)] = Left(
                    before.text, before.line, f"it is repeated above its output, on line {one.line}"
                )
        kept.append(one)
    return kept

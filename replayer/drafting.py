"""What persons typed -> steps of a scenario, and its YAML. Pure.

The expectations are the least that holds: an outcome word where the command's own words show one, its exit status where
that was not 0; the output stands below as a comment. What else repeats, only a second play can tell (`settling.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from replayer.claims.captures import loosened
from replayer.expectations import LEAVES_SHELL
from replayer.journal import Happened, Noted, Ran
from replayer.outcomes import read_outcome, runs_tcpdump
from replayer.outcomes.commands import invocations
from replayer.problems import visible
from replayer.scenario import OutcomeRule
from replayer.session import BY_CONTROL, TypedCommand
from replayer.sources.authored import expectations, written
from replayer.sources.session import Claim, Command, Doubt, Left, Remark, Stopped
from replayer.sources.yamltext import comment, scalar
from replayer.tokens import scan

_BACKGROUND = re.compile(r"(?<![&>])&\s*$")
# Where a command has parts, which of them reads is not told.
_PARTS = re.compile(r"[|;&\n]|<<")
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")
# A nested shell counts the lines that it has read: `sh: 2: nosuch: not found`, `bash: line 2: …`.
_SHELL_LINE = re.compile(r"^[\w./-]*sh: (?:line )?\d+: (?=\S)")
MOST_LINES = 20  # of an output, in a comment
# Seconds that a command which waits for answers is given before Ctrl-C.
LEAST_PATIENCE, MOST_PATIENCE = 1, 5
MOST_TO_BEGIN = 3
# A command that took so long gets a `timeout` of its own.
LONG = 15.0
NEVER_SHOWN = "."
# A person types slowly: what takes a moment to settle is given one when it is played again.
SETTLES = "    eventually: {timeout: 10s, every: 500ms}"
ENOUGH = 20  # characters of the line that `until` waits for, about
CUT = "^C"


@dataclass(frozen=True, slots=True)
class Pause:
    """Time for what runs to answer, or to begin."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A command that went on, waited for until it ended."""

    terminal: str
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


Item = Command | Stopped | Remark | Left | Pause | Awaited


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry of `steps`, or a comment. `ran`: the command that it is about."""

    item: Item
    ran: Ran | None = None
    seconds: float = 0.0
    output: str = ""  # for a comment below
    settles: bool = False  # it may take a moment until it shows what it showed
    eventually: bool = False  # it did take one
    varies: bool = False  # its output was another the second time: no transcript can have it

    @property
    def left_out(self) -> bool:
        """Whether it is no step: a comment says why."""
        return isinstance(self.item, Left)

    @property
    def judges(self) -> bool:
        """Whether it is where its command's output is judged."""
        return isinstance(self.item, (Stopped, Awaited)) or (isinstance(self.item, Command) and not self.item.goes_on)


def drafts(order: Sequence[Happened], outcomes: Mapping[str, OutcomeRule] | None = None) -> list[Draft]:
    """The steps, with the least that holds as expectations."""
    made: list[Draft] = []
    goes_on: dict[str, Ran] = {}
    for number, one in enumerate(order):
        if isinstance(one, Noted):
            if one.text:
                made.append(Draft(Remark(one.text, 0)))
        elif isinstance(one, Ran):
            if one.command.exit is None and one.command.command.split()[0] in LEAVES_SHELL:
                continue  # it ended the terminal
            one = _repeatable(one)
            made += _ran(one)
            if one.command.alone:
                continue
            if _BACKGROUND.search(one.command.command):
                made += _time_to_begin(one, order[number + 1 :])
            if one.seen is not None or one.ended is None:
                goes_on[one.terminal] = one
            elif one.cut:
                made += _stopped(one, one.ended - one.began)
        elif goes_on.pop(one.ran.terminal, None) is not None:
            ended = one.ran.ended or one.since
            if one.ran.cut:
                made += _stopped(one.ran, ended - one.since)
            else:
                made.append(Draft(Awaited(one.ran.terminal), one.ran, ended - one.ran.began))
    for ran in goes_on.values():
        made += _stopped(ran, 0.0)
    return [_proposed(one, outcomes or {}) for one in made]


def _repeatable(ran: Ran) -> Ran:
    """What was typed to a command up to Ctrl-D as a here-document, where that is the same."""
    one = ran.command
    if not one.eof:
        return ran
    if one.alone or one.interrupted or ran.seen is not None or _PARTS.search(one.command):
        return replace(ran, command=replace(one, alone=one.alone or BY_CONTROL))
    end = "EOF"
    while end in one.sent:
        end += "_"
    shown = one.output.split("\n")
    for line in one.sent:
        if line in shown:
            shown.remove(line)  # the terminal showed what was typed
    text = "\n".join([f"{one.command} <<'{end}'", *one.sent, end])
    return replace(ran, command=TypedCommand(text, "\n".join(shown), one.exit))


def _ran(ran: Ran) -> Iterator[Draft]:
    one = ran.command
    if one.alone:
        yield Draft(Left(one.command, 0, f"{one.alone}; no step can repeat it"))
        return
    goes_on = ran.cut or ran.seen is not None or ran.ended is None
    until = _until(one.command, one.output if ran.seen is None else ran.seen) if goes_on else ""
    command = Command(one.command, 0, ran.terminal, goes_on=goes_on, until=until, answers=tuple(one.sent))
    yield Draft(command, ran, 0.0 if goes_on else (ran.ended or ran.began) - ran.began)
    if goes_on and not until:
        yield Draft(Pause(1), ran)


def _time_to_begin(ran: Ran, later: Sequence[Happened]) -> Iterator[Draft]:
    """A person looks a moment at what was put into the background: it may begin meanwhile."""
    after = next((one for one in later if isinstance(one, Ran)), None)
    seconds = round(after.began - ran.ended) if after is not None and ran.ended is not None else 0
    if seconds > 0:
        yield Draft(Pause(min(seconds, MOST_TO_BEGIN)), ran)


def _stopped(ran: Ran, waited: float) -> Iterator[Draft]:
    if any(call.program in _ASKS for call in invocations(ran.command.command)):
        yield Draft(Pause(max(LEAST_PATIENCE, min(round(waited), MOST_PATIENCE))), ran)
    yield Draft(Stopped(ran.terminal, 0), ran)


_ASKS = frozenset({"ping", "ping4", "ping6", "arping", "fping"})


def _until(command: str, shown: str) -> str:
    """A pattern for what a command had shown when the next one was typed; empty: nothing."""
    if runs_tcpdump(command) and "listening on" in shown:
        return "listening on"
    line = _shortened(shown.partition(CUT)[0].lstrip("\n").partition("\n")[0].rstrip())
    pieces, at = [], 0
    for token in scan(line):
        pieces += [_SPECIAL.sub(r"\\\g<0>", line[at : token.start]), ".*"]
        at = token.end
    pattern = "".join([*pieces, _SPECIAL.sub(r"\\\g<0>", line[at:])])
    return (pattern if pattern.strip(".* ") else NEVER_SHOWN) if line.strip() else ""


def _shortened(line: str) -> str:
    """Enough words of a line to know it by."""
    end = line.find(" ", ENOUGH)
    return line if end < 0 else line[:end]


def _proposed(draft: Draft, outcomes: Mapping[str, OutcomeRule]) -> Draft:
    """With an outcome word or a status that was not 0, as the first play had them, and the output as a comment."""
    ran = draft.ran
    if ran is None or not draft.judges:
        return draft
    word = word_of(ran, ran.command.output, ran.command.exit, outcomes)
    claims = [Claim("outcome", 0, word)] if word else []
    if not claims and isinstance(draft.item, Stopped):
        claims = block_of(list(_looked_at(ran, ran.command.output)))
    elif not claims and ran.command.exit and tells_status(draft):
        claims = [Claim("exit", 0, str(ran.command.exit))]
    settles = bool(word) and isinstance(draft.item, Command) and not ran.command.sent
    return replace(claiming(draft, claims), output=ran.command.output, settles=settles)


def claiming(draft: Draft, claims: Iterable[Claim], doubts: Iterable[str] = ()) -> Draft:
    """The draft of a command with other expectations; `doubts` are marked in the text."""
    told = tuple(Doubt(0, what) for what in doubts)
    item = draft.item
    assert isinstance(item, (Command, Stopped, Awaited))
    return replace(draft, item=replace(item, claims=tuple(claims), doubts=told))


def word_of(ran: Ran, text: str, status: int | None, outcomes: Mapping[str, OutcomeRule]) -> str:
    """The outcome that a command showed; empty: none."""
    reading = read_outcome(ran.command.command, text, status, outcomes)
    return reading.word or next(iter(reading.also), "")


def tells_status(draft: Draft) -> bool:
    """Whether the status is the command's own, not that of Ctrl-C."""
    return not isinstance(draft.item, Stopped)


def _looked_at(ran: Ran, text: str) -> Iterator[str]:
    """What a command that was stopped had shown before."""
    lines = text.partition(CUT)[0].strip("\n").split("\n")
    lines = [*lines[:MOST_LINES], "..."] if len(lines) > MOST_LINES else lines
    yield from loosened(lines) if runs_tcpdump(ran.command.command) else lines


def block_of(lines: list[str], failing: bool = False) -> list[Claim]:
    """Lines that are expected: as a block, of a failing command the one line that says why."""
    told = [line for line in lines if line.strip() and line.strip() != "..."]
    if not told:
        return []
    if failing and len(told) == 1 and not list(scan(told[0])):
        return [Claim("contains", 0, _SHELL_LINE.sub("", told[0].strip()))]
    return [Claim("output", 0, lines=tuple(lines))]


def commands_of(made: Iterable[Draft]) -> list[Command]:
    """The commands that are steps."""
    return [draft.item for draft in made if isinstance(draft.item, Command)]


# -- the text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario's text. `origins`: for each entry of `steps` behind the first ones of the head, its draft's number;
    `begins`: for each draft the line where it begins."""

    text: str
    origins: tuple[int, ...] = field(default=())
    begins: tuple[int, ...] = field(default=())


def scenario(head: Sequence[str], made: Sequence[Draft], trial: bool = False) -> Written:
    """`head`: the lines up to the drafts' own, `steps:` and perhaps an include. `trial`: it is written to be played
    once, and what may take a moment to settle is given one."""
    lines: list[str] = [*head]
    origins: list[int] = []
    begins: list[int] = []
    for number, draft in enumerate(made):
        text = list(_text(draft, trial))
        # Comments stand apart.
        before = made[number - 1] if number else None
        apart = before is not None and (before.output or isinstance(draft.item, Left) or isinstance(before.item, Left))
        lines += [""] if apart else []
        begins.append(sum(line.count("\n") + 1 for line in lines) + 1)
        lines += text
        if not draft.left_out:
            origins.append(number)
    if not origins and head[-1] == "steps:":  # there is no include either
        lines.append("  - note: nothing was typed")
    return Written("\n".join(lines) + "\n", tuple(origins), tuple(begins))


def _text(draft: Draft, trial: bool) -> Iterator[str]:
    item = draft.item
    match item:
        case Pause():
            yield f"  - wait: {item.seconds}s"
            yield "    show: none"
        case Awaited():
            yield from (f"  # ? {comment(doubt.what)}" for doubt in item.doubts)
            yield f"  - wait: {scalar(item.terminal)}"
            yield from expectations(item.claims)
        case _:
            yield from written(item)[1]
    if draft.eventually or (trial and draft.settles):
        yield SETTLES
    if isinstance(item, (Command, Awaited)) and draft.seconds > LONG:
        yield f"    timeout: {round(draft.seconds * 2) + 10}s"
    if draft.varies:
        yield "    show: command"
    yield from _comment(draft.output)


def _comment(output: str) -> Iterator[str]:
    lines = visible(output).rstrip("\n").split("\n") if output.strip() else []
    yield from (f"    # {comment(line)}".rstrip() for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"    # … {len(lines) - MOST_LINES} more lines"

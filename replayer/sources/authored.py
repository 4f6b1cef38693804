"""Session -> the text of a scenario, as a person would have written it, with what is doubtful said in comments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from replayer.as_root import AS_ROOT, asks_for_root
from replayer.outcomes.commands import answers, invocations
from replayer.outcomes.failures import may_be_none, worded_otherwise
from replayer.sources.lasting import patience
from replayer.sources.lifting import Lifted
from replayer.sources.session import Claim, Command, Doubt, Item, Left, Remark, Session, Stopped
from replayer.sources.waits import Wait, Waits
from replayer.sources.yamltext import comment, lines, literal, scalar

# What the shell itself does; and what a tutorial types on its author's machine only.
_BUILTIN = frozenset(
    ". : [ [[ alias bg break builtin case cd command continue declare dirs disown echo enable eval exec exit export "
    "false fc fg for function getopts hash help history if jobs kill let local logout popd printf pushd pwd read "
    "readonly return select set shift shopt source suspend test time times trap true type typeset ulimit umask "
    "unalias unset until wait while sudo doas".split()
)
_PROGRAM = re.compile(r"[a-z][\w.+-]*")
_CUT = re.compile(r"[|;&\n]")
# One after the other: one pattern of all would look for its end from every beginning.
_IP = re.compile(r"\bip\b")
_LINK_ADD = re.compile(r"\bl(?:i|in|ink)?\s++a(?:d|dd)?\b")
_TYPE = re.compile(r"\bt(?:y|yp|ype)?\s++(?P<kind>[a-z][a-z0-9_]+)")
# What a text makes itself: functions, aliases; and what is no program at all: the patterns of a `case`.
# A file beside the text, run as a program.
_BESIDE = re.compile(r"(?:^|[\s;&|(])\.{1,2}/(?:[\w./-]*/)?([\w.+-]+)")
_MADE = re.compile(
    r"(?:^|[\n;])\s*(?:function\s+)?([\w-]+)\s*\(\s*\)|\bfunction\s+([\w-]+)|\balias\s+([\w-]+)="
    r"|(?:\n|;;|\bin)\s*\(?([\w-]+)\)|\b(esac)\b"
)
_MADE_BY = (")", "function", "alias", "esac")
LOOPBACK = "  - run: ip link set lo up"
_ASKS = frozenset({"ping", "ping4", "ping6", "arping", "fping"})
# Nobody presses Ctrl-C before an answer can have come.
_PATIENCE = ("  - wait: 1s", "    show: none")
_RULES = "=-~*# \n"
# The statuses of programs that complain.
_FAILURES = "{exit: [1, 2, 126, 127, 255]}"
_EITHER = "{exit: [0, 1, 2, 255]}"


@dataclass(frozen=True, slots=True)
class Authored:
    """A scenario's text. `origins`: for each entry of its `steps`, which item of the session it is."""

    text: str
    origins: tuple[int, ...]


def author(session: Session, head: Sequence[str] = (), lifted: Lifted | None = None) -> Authored:
    """A session as a scenario. `head`: lines for the comment at its top; `lifted`: what stands in its `vars`.

    The text is one that `native.read` accepts; the same session gives the same text.
    """
    lifted = lifted or Lifted()
    told = [f"# {comment(line)}".rstrip() for line in head]
    told.append(f"title: {scalar(literal(session.title.strip() or 'an imported tutorial'))}")
    if session.source:
        told.append(f"source: {scalar(literal(session.source))}")
    told += _requires(session.items)
    if lifted.vars:
        told.append("vars:")
        told += (f"  {name}: {scalar(value)}" for name, value in lifted.vars.items())
    told += setup([item for item in session.items if isinstance(item, Command)])
    told.append("steps:")
    origins: list[int] = []
    waits = Waits()
    asking: dict[str, bool] = {}  # terminal -> whether what goes on there waits for answers
    for number, item in enumerate(session.items):
        if isinstance(item, Command):
            asking[item.terminal] = any(call.program in _ASKS for call in invocations(item.text))
        steps, entry = written(item, lifted)
        if number == 0 and isinstance(item, Remark) and _is_title(item.text, session.title):
            steps, entry = 0, []  # it stands above the steps
        if isinstance(item, Stopped) and asking.get(item.terminal):
            steps, entry = steps + 1, [*_PATIENCE, *entry]
        if isinstance(item, Command):
            for wait in waits.before(item):
                steps, entry = steps + 1, [*_quiet(wait, item.terminal), *entry]
        origins += [number] * steps
        told += entry
    if not origins:
        told.append("  - note: no command was found")
        origins.append(-1)
    text = "\n".join(told) + "\n"
    return Authored(text, tuple(origins))


def _is_title(remark: str, title: str) -> bool:
    """Whether a remark says the title, a rule below it or not."""
    return remark.strip(_RULES) == title.strip(_RULES)


def _quiet(wait: Wait, terminal: str) -> Iterator[str]:
    yield f"  # {wait.why}"
    yield f"  - run: {scalar(wait.text)}"
    if terminal != "main":
        yield f"    terminal: {scalar(terminal)}"
    yield "    show: none"


def _requires(items: Iterable[Item]) -> Iterator[str]:
    texts = [item.text for item in items if isinstance(item, Command)]
    making = [text for text in texts if any(sign in text for sign in _MADE_BY)]
    made = {name for text in making for found in _MADE.finditer(text) for name in found.groups() if name}
    made |= {name for text in texts for name in _BESIDE.findall(text)}
    known = _BUILTIN | made
    programs = dict.fromkeys(
        call.program
        for text in texts
        for call in invocations(text)
        if call.program not in known and _PROGRAM.fullmatch(call.program)
    )
    kinds = dict.fromkeys(kind for text in texts for kind in _kinds(text))
    if programs or kinds:
        yield "requires:"
    if programs:
        yield f"  commands: [{', '.join(map(scalar, programs))}]"
    if kinds:
        yield f"  links: [{', '.join(map(scalar, kinds))}]"


def _kinds(text: str) -> Iterator[str]:
    """The types of links that a command makes."""
    for part in _CUT.split(text):
        added = (called := _IP.search(part)) and _LINK_ADD.search(part, called.end())
        kind = added and _TYPE.search(part, added.end())
        if kind:
            yield kind["kind"]


def setup(commands: Sequence[Command], loopback: bool = True) -> Iterator[str]:
    """The lines that make a fresh network what a machine is to these commands. `loopback`: that is lo, too."""
    terminals = dict.fromkeys(c.terminal for c in commands if asks_for_root(c.text))
    if commands and (loopback or terminals):
        yield "setup:"
    if commands and loopback:
        yield "  # Up on every machine, down in a fresh network namespace."
        yield LOOPBACK
        yield "    show: none"
    if terminals:
        yield "  # Nobody needs to become root here."
    for terminal in terminals:
        yield f"  - run: '{AS_ROOT}'"
        if terminal != "main":
            yield f"    terminal: {scalar(terminal)}"
        yield "    show: none"


def written(item: Item, lifted: Lifted | None = None) -> tuple[int, list[str]]:
    """How many steps an item is, and their lines."""
    lifted = lifted or Lifted()
    match item:
        case Remark():
            return 1, [f"  - note: {lines(lifted.prose(item.text), 6)}"]
        case Left():
            text = item.text.split("\n")
            return 0, [
                f"  # {f'Line {item.line}, left' if item.line else 'Left'} out: {comment(item.why)}",
                *(f"  #   {comment(line)}".rstrip() for line in text),
            ]
        case Stopped():
            told = list(_doubts(item.doubts))
            told.append(f"  - stop: {scalar(item.terminal)}")
            told += expectations(item.claims, lifted)
            return 1, told
        case Command():
            return 1, list(_command(item, lifted))


def _command(command: Command, lifted: Lifted) -> Iterator[str]:
    yield from _doubts(command.doubts)
    yield f"  - run: {lines(lifted.text(command.text), 6)}"
    if command.terminal != "main":
        yield f"    terminal: {scalar(command.terminal)}"
    if command.goes_on:
        yield f"    until: {scalar(lifted.pattern(command.until))}"
    if command.answers:
        yield "    send:"
        yield from (f"      - send: {lines(lifted.text(answer), 10)}" for answer in command.answers)
    if seconds := patience(command.text):
        yield f"    timeout: {seconds}s"
    if not command.claims and not command.goes_on and answers(command.text):
        yield "    expect: {exit: [0, 1]}"
    yield from expectations(command.claims, lifted)
    if any(claim.kind == "output" for claim in command.claims) and unordered(command.text):
        yield "    order: any"


def unordered(command: str) -> bool:
    """Whether a command lists something that has no order of its own."""
    return any(
        (call.program == "bridge" and any(w[:2] == "fd" or w == "mdb" for w in call.arguments[:3]))
        or (call.program == "ip" and any(w[:1] == "n" and "neighbour".startswith(w) for w in call.arguments[:3]))
        or (call.program == "ip" and any(len(w) > 2 and "netns".startswith(w) for w in call.arguments[:1]))
        or call.program in ("arp", "ss", "netstat")
        for call in invocations(command)
    )


def _doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    for doubt in doubts:
        place = f"Line {doubt.line}: " if doubt.line else ""
        yield f"  # ? {place}{comment(doubt.what)}"


def expectations(claims: Sequence[Claim], lifted: Lifted | None = None) -> Iterator[str]:
    """The lines of a step's `expect`."""
    lifted = lifted or Lifted()
    rules = [_rule(claim, lifted) for claim in claims]
    if not rules:
        return
    if len(rules) == 1 and len(rules[0]) == 1:
        yield f"    expect: {rules[0][0]}"
    elif len(rules) == 1:
        yield "    expect:"
        yield from (f"      {line}" for line in rules[0])
    else:
        yield "    expect:"
        for rule in rules:
            yield f"      - {rule[0]}"
            yield from (f"        {line}" for line in rule[1:])


def _rule(claim: Claim, lifted: Lifted) -> list[str]:
    """The lines of a rule; one that begins with its key and goes on below has no braces."""
    match claim.kind:
        case "outcome":
            return [scalar(claim.value)]
        case "exit":
            return [f"{{exit: {claim.value}}}"]
        case "empty":
            return ["{output: ''}"]
        case "matches":
            return [f"{{matches: {scalar(lifted.pattern(claim.value))}}}"]
        case "contains":
            return [f"{{contains: {scalar(lifted.text(claim.value))}}}"]
        case "fails":
            if may_be_none(claim.value):
                return [_EITHER]
            known = claim.value and not worded_otherwise(claim.value)
            return [f"{{contains: {scalar(lifted.text(claim.value))}}}" if known else _FAILURES]
        case "output":
            # Leading blanks do not count, and YAML would want them quoted.
            text = lifted.text(dedent("\n".join(claim.lines)).lstrip(" "))
            shown = lines(text, 2)
            return f"output: {shown}".split("\n") if "\n" in shown else [f"{{output: {scalar(text)}}}"]

"""Claims, command by command: outcomes from statistics and words, intended failures, outputs to compare."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from replayer.claims.captures import loosened
from replayer.claims.errors import complaint_in
from replayer.claims.listings import asked_addresses, asks_route, given_names, lists, nameless, of_ours, routed
from replayer.claims.remarks import Nearby, nearby
from replayer.claims.statistics import needs_statistics, of_another, outcome_shown, probes
from replayer.claims.words import alone, outcomes_said
from replayer.outcomes.commands import invocations
from replayer.reading.shapes import printed_by
from replayer.reading.shell import opens_shell
from replayer.sources.session import Claim, Command, Doubt, Item, Session, Stopped

_CAPTURING = frozenset({"tcpdump", "tshark"})
# What these print is their machine's or their moment's own.
_MACHINES_OWN = frozenset(
    "apk apt apt-cache apt-get apt-key brew cargo containerlab crictl date df dmesg dnf docker docker-compose "
    "dpkg du free git go helm hostnamectl htop id iostat iperf iperf3 journalctl kubectl last lsb_release lscpu "
    "lshw lsmod lsns lspci minikube modinfo mpstat netperf node npm nerdctl perf pidof pip pip3 podman ps pstree "
    "pwd python python3 rpm sar snap systemctl top uname uptime vagrant virsh vmstat w wget who whoami yum zypper "
    "sleep".split()
)


def claimed(session: Session) -> Session:
    """The session with what it says of its commands read. What contradicts itself is a doubt, and no claim."""
    return replace(session, items=tuple(_items(session.items)))


def _items(items: Sequence[Item]) -> Iterator[Item]:
    running: dict[str, int] = {}  # terminal -> where the command is that goes on there
    made: set[str] = set()
    led = False  # a route was added
    inside: dict[str, int] = {}  # terminal -> how many shells deep, in namespaces of their own
    for at, item in enumerate(items):
        if isinstance(item, Command):
            if item.goes_on:
                running[item.terminal] = at
                yield item
            else:
                ours = None if led and asks_route(item.text) else _ours(made, inside, item)
                yield _judged(item, item.text, ours, nearby(items, at, at))
            made |= given_names(item.text) | asked_addresses(item.text)
            led = led or routed(item.text)
            if opens_shell(item.text):
                inside[item.terminal] = inside.get(item.terminal, 0) + 1
            elif item.text.split()[:1] in (["exit"], ["logout"]):
                inside[item.terminal] = max(0, inside.get(item.terminal, 0) - 1)
        elif isinstance(item, Stopped):
            began = running.pop(item.terminal, None)
            if began is None:
                yield item
            else:
                command = items[began]
                assert isinstance(command, Command)
                yield _judged(item, command.text, _ours(made, inside, item), nearby(items, began, at))
        else:
            yield item


def _ours(made: set[str], inside: dict[str, int], item: Command | Stopped) -> set[str] | None:
    """The interfaces that the text made, and the addresses it asked; None where all that there are is known, in a
    namespace that it entered."""
    return None if inside.get(item.terminal) else made


def _judged(item: Command | Stopped, command: str, made: set[str] | None, near: Nearby) -> Command | Stopped:
    claims: list[Claim] = []
    doubts: list[Doubt] = []
    for claim in item.claims:
        if claim.kind == "output":
            _of_output(command, claim, made, claims, doubts)
        else:
            claims.append(claim)
    if probes(command):
        _of_words(command, near, claims, doubts, item.line)
    return replace(item, claims=tuple(claims), doubts=(*item.doubts, *doubts))


def _of_output(command: str, claim: Claim, made: set[str] | None, claims: list[Claim], doubts: list[Doubt]) -> None:
    """What a documented output claims."""
    lines = list(claim.lines)
    other = of_another(command, lines)
    if other:
        doubts.append(
            Doubt(claim.line, f"the output is of {other}, for which this command does not ask; it is no claim")
        )
        return
    word, why = outcome_shown(command, lines)
    if word:
        claims.append(Claim("outcome", claim.line, word, why=why))
        return
    complaint = complaint_in(lines)
    if complaint:
        claims.append(Claim("fails", claim.line, complaint, tuple(lines), why=complaint))
        return
    told = [line.strip() for line in lines if line.strip()]
    word = alone(told[0]) if len(told) == 1 and (probes(command) or not told[0].isascii()) else ""
    if not word and len(told) <= 2 and probes(command) and not any(printed_by(line) for line in told):
        said = {one.word for one in outcomes_said("\n".join(told))}
        word = said.pop() if len(said) == 1 else ""
    if word:
        claims.append(Claim("outcome", claim.line, word, why=" ".join(told)))
        return
    _of_text(command, claim, made, claims, doubts)


def _of_text(command: str, claim: Claim, made: set[str] | None, claims: list[Claim], doubts: list[Doubt]) -> None:
    """An output that is compared line by line, if it can be."""
    called = invocations(command)
    lines = list(claim.lines)
    if any(call.program in _CAPTURING for call in called):
        lines = loosened(lines)
    elif called and called[0].program in _MACHINES_OWN:
        doubts.append(
            Doubt(claim.line, f"what {called[0].program} printed is its author's machine's own; not compared")
        )
        return
    elif needs_statistics(command):
        doubts.append(Doubt(claim.line, "the output is cut before it says whether something answered"))
        return
    elif made is not None and _of_the_machine(command, lines):
        lines = of_ours(lines, made)
        if not lines:
            doubts.append(
                Doubt(claim.line, "a listing of its author's machine, of nothing that the text made; not compared")
            )
            return
    claims.append(replace(claim, lines=tuple(lines)))


def _of_the_machine(command: str, lines: list[str]) -> bool:
    """Whether an output lists what its author's machine has besides what the text made."""
    listing = lists(command)
    if listing is None:
        return False
    return len(invocations(command)) == 1 or not nameless(lines)


def _of_words(command: str, near: Nearby, claims: list[Claim], doubts: list[Doubt], line: int) -> None:
    """What the words around a command that asks for an answer say of it."""
    shown = next((claim.value for claim in claims if claim.kind == "outcome"), "")
    if shown or any(claim.kind == "fails" for claim in claims):
        if shown and near.beside and near.beside.value != shown:
            what = f"{near.beside.why!r} is said of it, and its output shows {shown}"
            doubts.append(Doubt(near.beside.line, what))
            claims[:] = [claim for claim in claims if claim.kind != "outcome"]
        return
    said = near.beside or near.introduced or near.after or near.before
    if said is not None:
        claims.append(said)
    elif near.torn:
        doubts.append(Doubt(near.torn, "the words around it say both that something answers and that it does not"))

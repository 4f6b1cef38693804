"""Claims, command by command: outcomes from statistics and words, intended failures, outputs to compare."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from replayer.claims.captures import loosened
from replayer.claims.edits import shown, told
from replayer.claims.errors import complaint_in
from replayer.claims.listings import (
    Made,
    asks_route,
    bridges_macs_left_open,
    lists,
    nameless,
    names_namespaces,
    of_its_namespace,
    of_one,
    of_ours,
)
from replayer.claims.printed import printed_said, says_silent, status_said
from replayer.claims.remarks import Nearby, line_within, nearby
from replayer.claims.statistics import asked, needs_statistics, of_another, outcome_shown, probes, status_written
from replayer.claims.whom import Whom
from replayer.claims.words import alone, outcomes_said
from replayer.outcomes.commands import Invocation, invocations
from replayer.reading.grammar import is_command
from replayer.reading.printing import prints
from replayer.reading.shapes import printed_by
from replayer.reading.shell import opens_shell
from replayer.reading.signs import is_elision
from replayer.sources.session import Claim, Command, Doubt, Item, Session, Stopped

_LABEL = re.compile(
    r"(?:the )?(?:test )?(?:results?|outputs?|errors?|ergebnis|ausgabe|fehler|résultat|sortie|erreur|resultado|salida|"
    r"результат|вывод|ошибка|kết quả|lỗi|(?:测试|运行|执行|输出)?结果|输出|报错|(?:実行)?結果|出力|エラー|"
    r"결과|출력|오류)\s*[:：]\s*",
    re.IGNORECASE,
)
# What the shell says of a job is the moment's own.
_JOB = re.compile(r"\[\d+\][+-]? +(?:\d+|Done|Running|Stopped|Terminated|Killed|Exit \d+)\b")
_MAC = re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")
_AN_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:/\d{1,3})?")
_NAMESPACE = re.compile(r"[\w.-]+(?: \(id: \d+\))?|\.\.\.")
_CAPTURING = frozenset({"tcpdump", "tshark"})
# What these print is their machine's or their moment's own.
_MACHINES_OWN = frozenset(
    "apk apt apt-cache apt-get apt-key bpftool brew cargo containerlab crictl date df dmesg dnf docker "
    "docker-compose dpkg du free git go helm hostnamectl htop id iostat iperf iperf3 journalctl kubectl last "
    "lsb_release lscpu lshw lsmod lsns lspci minikube modinfo mpstat nerdctl netperf node npm nstat objdump perf "
    "pidof pip pip3 podman ps pstree pwd python python3 readelf rpm sar sleep snap strace systemctl top uname "
    "uptime vagrant virsh vmstat w wget who whoami yum zypper".split()
)

# What a shell knows of its process and its moment.
_SHELLS_OWN = re.compile(
    r"^\s*(?:echo|printf)\b.*\$\{?(?:\$|!|(?:BASHPID|PPID|RANDOM|SRANDOM|SECONDS|EPOCHSECONDS|HOSTNAME)\b)"
)

_WITHIN = 220
# The files that a command writes.
_WRITES = re.compile(r"(?:>>?\s*|\btee (?:-a )?|\btouch |\bcp \S+ |\b(?:vim?|nano) |\b-[wo] |\b-F )([\w./~-]+)")
_CHANGES = frozenset("add set del delete addbr addif delbr delif flush replace change up down".split())
_CHANGES_RULES = frozenset("-A -I -D -P -F -N -X -R -Z --append --insert --delete --policy --flush".split())
_SILENT = frozenset(
    "exit logout source . cd export alias unset mkdir touch rm rmdir mv cp chmod chown ln modprobe sleep kill true set "
    "ulimit umask".split()
)


def claimed(session: Session) -> Session:
    """The session with what it says of its commands read. What contradicts itself is a doubt, and no claim."""
    return replace(session, items=tuple(_items(session.items)))


@dataclass
class _Reading:
    """What the commands so far have told."""

    made: Made = field(default_factory=Made)
    macs: set[str] = field(default_factory=set)  # that commands name
    whom: Whom = field(default_factory=Whom)
    inside: dict[str, list[str]] = field(default_factory=dict)  # terminal -> the shells in it, the innermost last

    _typed: list[str] = field(default_factory=list)  # commands whose files are not in `_files` yet
    _files: set[str] = field(default_factory=set)

    def files(self) -> set[str]:
        """The files that commands wrote, by their names without folders."""
        self._files.update(name.rpartition("/")[2] for text in self._typed for name in _WRITES.findall(text))
        self._typed.clear()
        return self._files

    def place(self, terminal: str) -> str:
        shells = self.inside.get(terminal)
        return shells[-1] if shells else ""

    def learn(self, command: Command) -> None:
        self.made.learn(command.text)
        self._typed.append(command.text)
        self.whom.learn(command.text, self.place(command.terminal))
        shells = self.inside.setdefault(command.terminal, [])
        if entered := opens_shell(command.text):
            shells.append(entered)
        elif command.text.split()[:1] in (["exit"], ["logout"]):
            del shells[-1:]


def _items(items: Sequence[Item]) -> Iterator[Item]:
    running: dict[str, int] = {}  # terminal -> where the command is that goes on there
    reading = _Reading()
    for item in items:
        if isinstance(item, Command):
            reading.made.read(item.text)
            reading.macs |= set(_MAC.findall(item.text.lower()))
    for at, item in enumerate(items):
        if isinstance(item, Command):
            if item.goes_on:
                running[item.terminal] = at
                yield item
            else:
                yield _judged(item, item, reading, _near(items, at, at, reading))
            reading.learn(item)
        elif isinstance(item, Stopped):
            began = running.pop(item.terminal, None)
            if began is None:
                yield item
            else:
                command = items[began]
                assert isinstance(command, Command)
                yield _judged(item, command, reading, _near(items, began, at, reading))
        else:
            yield item


def _near(items: Sequence[Item], begin: int, end: int, reading: _Reading) -> Nearby:
    command = items[begin]
    assert isinstance(command, Command)
    place = reading.place(command.terminal)
    return nearby(items, begin, end, lambda clause: reading.whom.concerns(clause, asked(command.text), place))


def _judged(item: Command | Stopped, typed: Command, reading: _Reading, near: Nearby) -> Command | Stopped:
    command = typed.text
    claims: list[Claim] = []
    doubts: list[Doubt] = []
    for claim in item.claims:
        if claim.kind == "output":
            _of_output(typed, claim, reading, claims, doubts)
        else:
            claims.append(claim)
    if not claims and (failure := _failure_below(near)):
        claims.append(failure)
    if probes(command):
        _of_words(command, near, claims, doubts, item.line)
    if not claims and not item.claims:
        claims += _of_output_said(command, near)
    if not (claims or item.claims or doubts):
        return item
    return replace(item, claims=tuple(claims), doubts=(*item.doubts, *doubts))


def _failure_below(near: Nearby) -> Claim | None:
    """A message of failure directly below a command which was taken for a remark: a translated one reads as prose."""
    for remark in near.remarks:
        told = remark.text.strip()
        label = _LABEL.match(told)  # "Result: connect: Network is unreachable"
        words = ""
        if label and remark.line > near.line:
            words = complaint_in([told[label.end() :]])
        elif remark.line == near.line + 1:
            words = complaint_in([told])
        if words:
            return Claim("fails", remark.line, words, (remark.text,), why=remark.text)
    return None


def _of_output_said(command: str, near: Nearby) -> list[Claim]:
    """What the words around a command that shows nothing say of its output."""
    for remark in near.remarks:
        if remark.line >= near.line and (status := status_said(remark.text[:_WITHIN])):
            return [Claim("exit", remark.line, status, why=remark.text.strip())]
    if not prints(command):
        return []
    for remark in near.remarks:
        beside = remark.line == near.line
        text = remark.text[:_WITHIN]
        if clause := says_silent(text):
            return [Claim("empty", line_within(remark, clause), why=clause)]
        said = printed_said(text, beside) if remark.line >= near.line else ""
        if said and not is_command(said) and said not in command and not complaint_in([said]):
            return [Claim("contains", line_within(remark, said), said, why=text.strip())]
    return []


def _of_output(typed: Command, claim: Claim, reading: _Reading, claims: list[Claim], doubts: list[Doubt]) -> None:
    """What a documented output claims."""
    command = typed.text
    fetched = any(call.program in ("curl", "wget", "cat") for call in invocations(command))
    lines = [line for line in (claim.lines if fetched else told(claim.lines)) if not _JOB.match(line)]
    if not any(line.strip() and not is_elision(line) for line in lines):
        return
    if not probes(command) and not _echoed(command, lines):  # what pings say in other languages reads as prose
        lines = shown(lines)
        if not lines:
            doubts.append(Doubt(claim.line, "what stands below it reads as its author's own words; not compared"))
            return
    claim = replace(claim, lines=tuple(lines))
    other = of_another(command, lines)
    if other:
        doubts.append(
            Doubt(claim.line, f"the output is of {other}, for which this command does not ask; it is no claim")
        )
        return
    word, why = outcome_shown(command, lines)
    if not word and _echoed(command, lines):
        claims.append(claim)
        return
    if word:
        claims.append(Claim("outcome", claim.line, word, claim.lines, why))
        if status := status_written(command, lines):
            claims.append(Claim("contains", claim.line, status, why=status))
        return
    complaint = complaint_in(lines)
    if complaint:
        claims.append(Claim("fails", claim.line, complaint, tuple(lines), why=complaint))
        return
    words = [line.strip() for line in lines if line.strip()]
    word = alone(words[0]) if len(words) == 1 and (probes(command) or not words[0].isascii()) else ""
    if not word and len(words) <= 2 and probes(command) and not any(printed_by(line) for line in words):
        said = {one.word for one in outcomes_said("\n".join(words))}
        word = said.pop() if len(said) == 1 else ""
    if word:
        claims.append(Claim("outcome", claim.line, word, claim.lines, " ".join(words)))
        return
    if names_namespaces(command) and not any(_NAMESPACE.fullmatch(line) for line in words):
        doubts.append(Doubt(claim.line, "ip netns prints names, and this is something else; no claim"))
        return
    _of_text(typed, claim, reading, claims, doubts)


def _of_text(typed: Command, claim: Claim, reading: _Reading, claims: list[Claim], doubts: list[Doubt]) -> None:
    """An output that is compared line by line, if it can be."""
    command, made = typed.text, reading.made
    whole = reading.place(typed.terminal) or (made.routed and asks_route(command)) or of_one(command, made)
    called = invocations(command)
    lines = list(claim.lines)
    if len(called) == 1 and called[0].program in ("ip", "ifconfig") and (part := _address_alone(lines)):
        claims.append(Claim("contains", claim.line, part, why=part))
        return
    if any(call.program in _CAPTURING and not _by_chance(call) for call in called):
        lines = loosened(lines)
    elif called and (
        called[0].program in _MACHINES_OWN or _SHELLS_OWN.search(command) or _by_chance(called[0]) or _counts(called[0])
    ):
        doubts.append(
            Doubt(claim.line, f"what {called[0].program} printed is its author's machine's own; not compared")
        )
        return
    elif _silent(called) and not any(printed_by(line) is not None for line in lines):
        doubts.append(
            Doubt(claim.line, f"{called[-1].program} prints nothing when all is well; not taken for its output")
        )
        return
    elif theirs := _of_their_files(called, reading):
        doubts.append(Doubt(claim.line, f"{theirs} is a file of its author's machine; not compared"))
        return
    elif needs_statistics(command):
        doubts.append(Doubt(claim.line, "the output is cut before it says whether something answered"))
        return
    elif not whole and _of_the_machine(command, lines):
        lines = of_ours(lines, made)
        if not lines:
            doubts.append(
                Doubt(claim.line, "a listing of its author's machine, of nothing that the text made; not compared")
            )
            return
    elif called and called[0].program in ("ip", "ifconfig"):
        lines = of_its_namespace(lines)
    if reading.made.bridges:
        lines = bridges_macs_left_open(lines, reading.made.bridges, reading.macs)
    claims.append(replace(claim, lines=tuple(lines)))


def _address_alone(lines: Sequence[str]) -> str:
    """The address that is all a block shows of a listing; "" if it shows more."""
    words = [line.strip() for line in lines if line.strip()]
    return words[0] if len(words) == 1 and _AN_ADDRESS.fullmatch(words[0]) else ""


def _by_chance(call: Invocation) -> bool:
    """Whether what a command prints is another thing each time, or its machine's."""
    match call.program:
        case "wg":
            return call.arguments[:1] in (("genkey",), ("genpsk",), ("pubkey",))
        case "openssl":
            return "rand" in call.arguments
        case "tcpdump" | "tshark":
            return "-D" in call.arguments
    return call.program in ("uuidgen", "mktemp", "ssh-keygen")


def _echoed(command: str, lines: Sequence[str]) -> bool:
    """Whether an output is what the command line tells echo to print."""
    told = [line.strip() for line in lines if line.strip()]
    words = [" ".join(call.arguments) for call in invocations(command) if call.program in ("echo", "printf")]
    return bool(told) and all(line in words for line in told)


def _silent(called: Sequence[Invocation]) -> bool:
    """Whether a command is one that prints nothing unless it fails."""
    if not called:
        return False
    call = called[-1]
    words = [word for word in call.arguments if not word.startswith("-")]
    if call.program in ("ovs-vsctl", "ovs-ofctl"):
        return words[:1] != ["show"] and bool(re.match(r"(?:add|set|del|clear|mod)(?:-|$)", " ".join(words[:1])))
    if call.program in ("iptables", "ip6tables"):
        return any(word in _CHANGES_RULES for word in call.arguments)
    if call.program in ("ip", "brctl", "bridge", "tc"):
        return any(word in _CHANGES for word in words[1:3] + words[:1])
    return call.program in _SILENT


def _counts(call: Invocation) -> bool:
    """Whether a program tells what its machine has counted since it began."""
    return call.program == "netstat" and any(re.match(r"-\w*s", word) for word in call.arguments)


_KERNELS = ("/proc/sys/", "/proc/self/", "/sys/class/net/", "-")


def _of_their_files(called: Sequence[Invocation], reading: _Reading) -> str:
    """The file that a command prints and no command of the text wrote; "" if there is none, or it is the kernel's."""
    if not called or called[0].program not in ("cat", "head", "tail", "less", "more"):
        return ""
    for word in called[0].arguments:
        if word.startswith(_KERNELS) or word.isdigit() or "$" in word or "*" in word:
            continue
        if word.rpartition("/")[2] not in reading.files():
            return word
    return ""


def _of_the_machine(command: str, lines: list[str]) -> bool:
    """Whether an output lists what its author's machine has besides what the text made."""
    if lists(command) is None:
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

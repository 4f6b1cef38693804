"""A documented output: what it claims of its command, or why it claims nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from replayer.claims.captures import loosened
from replayer.claims.edits import shown, told
from replayer.claims.errors import complaint_in
from replayer.claims.known import Known
from replayer.claims.listings import (
    asks_route,
    bridges_macs_left_open,
    lists,
    nameless,
    names_namespaces,
    of_its_namespace,
    of_one,
    of_ours,
)
from replayer.claims.statistics import needs_statistics, of_another, outcome_shown, probes, status_written
from replayer.claims.words import alone, outcomes_said
from replayer.outcomes.commands import Invocation, invocations
from replayer.reading.shapes import printed_by
from replayer.reading.signs import is_elision
from replayer.sources.session import Claim, Command, Doubt

# What the shell says of a job is the moment's own.
_JOB = re.compile(r"\[\d+\][+-]? +(?:\d+|Done|Running|Stopped|Terminated|Killed|Exit \d+)\b")
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
_CHANGES = frozenset("add set del delete addbr addif delbr delif flush replace change up down".split())
_CHANGES_RULES = frozenset("-A -I -D -P -F -N -X -R -Z --append --insert --delete --policy --flush".split())
_SILENT = frozenset(
    "exit logout source . cd export alias unset mkdir touch rm rmdir mv cp chmod chown ln modprobe sleep kill true set "
    "ulimit umask".split()
)
# No file of anybody's; and options.
_KERNELS = ("/proc/sys/", "/proc/self/", "/sys/class/net/", "-")


def of_output(typed: Command, claim: Claim, known: Known) -> Iterator[Claim | Doubt]:
    """What a documented output claims, or why it claims nothing."""
    said = _said(typed, claim, known)
    if said is not None:
        yield said
    if isinstance(said, Claim) and said.kind == "outcome" and (status := status_written(typed.text, list(said.lines))):
        yield Claim("contains", claim.line, status, why=status)


def _said(typed: Command, claim: Claim, known: Known) -> Claim | Doubt | None:
    command = typed.text
    fetched = any(call.program in ("curl", "wget", "cat") for call in invocations(command))
    lines = [line for line in (claim.lines if fetched else told(claim.lines, command)) if not _JOB.match(line)]
    if not any(line.strip() and not is_elision(line) for line in lines):
        return None
    if not probes(command) and not _echoed(command, lines):  # what pings say in other languages reads as prose
        lines = shown(lines)
        if not lines:
            return Doubt(claim.line, "what stands below it reads as its author's own words; not compared")
    claim = replace(claim, lines=tuple(lines))
    other = of_another(command, lines)
    if other:
        return Doubt(claim.line, f"the output is of {other}, for which this command does not ask; it is no claim")
    word, why = outcome_shown(command, lines)
    if not word and _echoed(command, lines):
        return claim
    if word:
        return Claim("outcome", claim.line, word, claim.lines, why)
    complaint = complaint_in(lines)
    if complaint:
        return Claim("fails", claim.line, complaint, tuple(lines), why=complaint)
    words = [line.strip() for line in lines if line.strip()]
    word = alone(words[0]) if len(words) == 1 and (probes(command) or not words[0].isascii()) else ""
    if not word and len(words) <= 2 and probes(command) and not any(printed_by(line) for line in words):
        said = {one.word for one in outcomes_said("\n".join(words))}
        word = said.pop() if len(said) == 1 else ""
    if word:
        return Claim("outcome", claim.line, word, claim.lines, " ".join(words))
    if names_namespaces(command) and not any(_NAMESPACE.fullmatch(line) for line in words):
        return Doubt(claim.line, "ip netns prints names, and this is something else; no claim")
    return _of_text(typed, claim, known)


def _of_text(typed: Command, claim: Claim, known: Known) -> Claim | Doubt | None:
    """An output that is compared line by line, if it can be."""
    command, made, called = typed.text, known.made, invocations(typed.text)
    whole = known.place(typed.terminal) or (made.routed and asks_route(command)) or of_one(command, made)
    lines = list(claim.lines)
    if len(called) == 1 and called[0].program in ("ip", "ifconfig") and (part := _address_alone(lines)):
        return Claim("contains", claim.line, part, why=part)
    if any(call.program in _CAPTURING and not _by_chance(call) for call in called):
        lines = loosened(lines)
    elif called and (
        called[0].program in _MACHINES_OWN or _SHELLS_OWN.search(command) or _by_chance(called[0]) or _counts(called[0])
    ):
        return Doubt(claim.line, f"what {called[0].program} printed is its author's machine's own; not compared")
    elif _silent(called) and not any(printed_by(line) is not None for line in lines):
        return Doubt(claim.line, f"{called[-1].program} prints nothing when all is well; not taken for its output")
    elif theirs := _of_their_files(called, known):
        return Doubt(claim.line, f"{theirs} is a file of its author's machine; not compared")
    elif needs_statistics(command):
        return Doubt(claim.line, "the output is cut before it says whether something answered")
    elif not whole and _of_the_machine(command, lines):
        lines = of_ours(lines, made)
        if not lines:
            return Doubt(claim.line, "a listing of its author's machine, of nothing that the text made; not compared")
    elif called and called[0].program in ("ip", "ifconfig"):
        lines = of_its_namespace(lines)
    if made.bridges:
        lines = bridges_macs_left_open(lines, made.bridges, known.macs)
    return replace(claim, lines=tuple(lines))


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


def _of_their_files(called: Sequence[Invocation], known: Known) -> str:
    """The file that a command prints and no command of the text wrote; "" if there is none, or it is the kernel's."""
    if not called or called[0].program not in ("cat", "head", "tail", "less", "more"):
        return ""
    for word in called[0].arguments:
        if word.startswith(_KERNELS) or word.isdigit() or "$" in word or "*" in word:
            continue
        if word.rpartition("/")[2] not in known.files():
            return word
    return ""


def _of_the_machine(command: str, lines: list[str]) -> bool:
    """Whether an output lists what its author's machine has besides what the text made."""
    if lists(command) is None:
        return False
    return len(invocations(command)) == 1 or not nameless(lines)

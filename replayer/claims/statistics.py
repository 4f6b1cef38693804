"""What a documented output itself says of reachability: statistics, in any language, and what is left of them."""

import re
from functools import lru_cache

from replayer.outcomes import read_outcome
from replayer.outcomes.commands import Invocation, invocations
from replayer.outcomes.readers import READERS
from replayer.words import REACHABLE, UNREACHABLE

# `curl -w '%{http_code}'`, and what it writes.
_WRITES_STATUS = re.compile(r"\bcurl\b.*%\{(?:http|response)_code\}")
_STATUS = re.compile(r"(?<![\w.])[1-5]\d\d(?![\w.])")
_SILENCED = re.compile(r"(?:(?<![2\d])>|&>)\s*/dev/null")
_PINGS = frozenset({"ping", "ping4", "ping6"})
# `5 packets transmitted, …` as translated systems say it: the share that was lost stands in all of them.
_LOST = re.compile(
    r"(?<!\d)(?P<lost>\d{1,3}(?:[.,]\d{1,9})?) ?%\s{0,9}(?:packet loss|loss|"
    r"包丢失|丢包|的丢包|丢失|パケット(?:損失|ロス)|損失|"
    r"패킷 ?손실|손실|Paketverlust|verloren|"
    r"perte|paquets perdus|(?:paquetes )?perdid[oa]s|pérdida|потер|mất)|"
    r"(?:包丢失|丢包率?|丢失率?|パケット損失|損失|손실률?|потер[ья]\w{0,3}|perte|pérdida|Verlust|"
    r"packet loss)[:：为\s]{0,3}(?P<after>\d{1,3}(?:[.,]\d{1,9})?) ?%",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"^[ \t]{0,40}\d{1,6} ?(?:bytes|Bytes|octets|байта?|字节|位元組|バイト(?:応答)?|바이트)(?![A-Za-z]).*"
    r"(?:time|ttl|icmp_(?:seq|req))",
    re.MULTILINE,
)
_NOBODY = re.compile(
    r"(?:Destination (?:Host|Net|Port|Protocol) (?:Unreachable|Prohibited)|Time to live exceeded|"
    r"Request timeout for|no answer yet)"
)
_HEADER = re.compile(
    r"^PING (?P<name>\S+)(?: \((?P<address>[\d.a-fA-F:]+)\))?|^--- (?P<of>\S+) ping statistics", re.MULTILINE
)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*")


_LONGEST = 1_000  # of a line that tells of an outcome
# `docker exec box ping …`: who asks is in there.
_CONTAINED = re.compile(
    r"^(?:sudo\s+)?(?:(?:docker|podman|nerdctl|kubectl|oc|lxc)\s+(?:compose\s+)?exec|lxc-attach)\s+"
    r"(?:(?>(?:-[nceuw]|--(?:namespace|container|env|user|workdir))[= ]\S+|-[\w-]+(?:=\S+)?)\s+)*"
    r"(?!-)(?P<who>[\w./-]+)\s+"
    r"(?:--\s+)?(?P<command>\S.*)$",
    re.DOTALL,
)


def asked(command: str) -> str:
    """The command that a command line runs in a container, or itself."""
    found = _CONTAINED.match(command.strip())
    return found["command"] if found else command


def outcome_shown(command: str, lines: list[str]) -> tuple[str, str]:
    """The outcome that a documented output shows of its command, and the words that show it; two empty ones if none."""
    command = asked(command)
    text = "\n".join(line[:_LONGEST] for line in lines)
    reading = read_outcome(command, text, None, {})
    if reading.word:
        return reading.word, reading.why
    if not any(call.program in _PINGS for call in invocations(command)):
        return "", ""
    lost = list(_LOST.finditer(text))
    if lost:
        shares = [float((m["lost"] or m["after"]).replace(",", ".")) for m in lost]
        words = {UNREACHABLE if share >= 100 else REACHABLE for share in shares}
        return (words.pop(), lost[0][0].strip()) if len(words) == 1 else ("", "")
    # The statistics are left out: the replies tell, or what came in their place.
    reply, nobody = _REPLY.search(text), _NOBODY.search(text)
    if reply:
        return REACHABLE, reply[0].strip()
    return (UNREACHABLE, nobody[0]) if nobody else ("", "")


def status_written(command: str, lines: list[str]) -> str:
    """The status that a documented output shows where its command has curl write one; "" if none."""
    if not _WRITES_STATUS.search(command):
        return ""
    last = next((line for line in reversed(lines) if line.strip()), "")
    statuses = _STATUS.findall(last)
    return statuses[0] if len(statuses) == 1 else ""


def needs_statistics(command: str) -> bool:
    """Whether only what stands at the end of a command's output says whether something answered."""
    return probes(command) and any(call.program in _PINGS for call in invocations(command))


@lru_cache(2_000)
def probes(command: str) -> bool:
    """Whether a command asks whether something answers, and shows it."""
    command = asked(command)
    return not _SILENCED.search(command) and any(
        call.program in READERS and "-h" not in call.arguments and not _listens(call) for call in invocations(command)
    )


def _listens(call: Invocation) -> bool:
    return call.program.startswith(("nc", "ncat", "netcat")) and any(re.match(r"-\w*l", a) for a in call.arguments)


def of_another(command: str, lines: list[str]) -> str:
    """The address that a ping's output is of, if its command asked for another; "" if they agree."""
    calls = [call for call in invocations(asked(command)) if call.program in _PINGS]
    if len(calls) != 1:
        return ""
    wanted = {word for word in calls[0].arguments if _ADDRESS.fullmatch(word.partition("%")[0])}
    if not wanted:
        return ""
    shown = {
        name
        for m in _HEADER.finditer("\n".join(lines))
        for name in (m["name"], m["address"], m["of"])
        if name and _ADDRESS.fullmatch(name)
    }
    return "" if not shown or shown & wanted else sorted(shown)[0]

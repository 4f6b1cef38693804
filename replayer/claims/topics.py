"""What a clause is about: pings, or services at ports; what is said of one is not said of the other."""

import re
from functools import lru_cache

from replayer.outcomes.commands import invocations

_PINGS = frozenset({"ping", "ping4", "ping6", "fping", "arping"})
_OF_PINGS = re.compile(r"\b(?:ping|icmp|echo)|пинг|핑|ピング", re.IGNORECASE)
_OF_SERVICES = re.compile(
    r"(?:\bports?|порт\w*|\bpuertos?|\bcổng|端口|ポート|포트)(?: number)? ?`?\d|"
    r"\d+ ?(?:番|번|号)? ?(?:端口|ポート|포트)|"
    r"\b(?:TCP|UDP|HTTPS?|curl|telnet|netcat|nc|listen(?:s|ing|er)?|ssh)\b|"
    r"\b(?:connection|connexion|conexión|Verbindung)\b.{0,16}\b(?:refus|rehus|rechaz|abgelehnt|abgewiesen)|"
    r"à l['’]écoute|\bescucha\w*|\blausch\w*|\bслуша\w*|lắng nghe|监听|网页|待ち受け|리슨",
    re.IGNORECASE,
)


def is_of_another(clause: str, command: str) -> bool:
    """Whether a clause is about pings and a command is none, or about a service at a port and a command is a ping."""
    pings, services = _topics(clause)
    if pings == services:
        return False
    programs = {call.program for call in invocations(command)}
    return bool(programs & _PINGS) if services else not programs & _PINGS


def tells_both(text: str) -> bool:
    """Whether a text is about pings and about services: each part of it of its own commands."""
    return all(_topics(text))


@lru_cache(2_000)  # each clause is asked about by the commands around it
def _topics(text: str) -> tuple[bool, bool]:
    """Whether a text is about pings, and about services."""
    return bool(_OF_PINGS.search(text)), bool(_OF_SERVICES.search(text))

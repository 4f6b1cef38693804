"""How a line of a documented block, and a line that was seen, are read for comparison."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

from replayer.scenario import TokenRule
from replayer.tokens.renaming import Renaming
from replayer.tokens.scanning import Line, line_of

ELLIPSES = frozenset({"...", "…", "(...)", "(…)", "[...]", "......"})

# What newer tools print differently: documented wording -> today's.
VERSIONS: tuple[tuple[str, str], ...] = (
    ("capture size ", "snapshot length "),  # tcpdump 4.99
    ("use -v or -vv for full", "use -v[v]... for full"),  # tcpdump 4.99
    (" dev dev ", " dev "),  # bridge fdb, iproute2 before 5.x
    (" icmp_req=", " icmp_seq="),  # ping, iputils before 2012
)
_NETNS = re.compile(r" ?\blink-netns(id)? \S+")


@dataclass(frozen=True, slots=True)
class Read:
    """`line.text` is the line as it was; its shape and identities are those of today's wording.
    `elsewhere`: the line without `link-netns ns3` or `link-netnsid 0`, if it has one of them; `named`: which."""

    line: Line
    elsewhere: Optional["Read"] = None
    named: bool = False

    @property
    def omission(self) -> bool:
        """Whether a documented line stands for omitted lines."""
        return self.line.text.strip() in ELLIPSES


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the lines of a text, each distinct one once."""

    extra: Mapping[str, TokenRule] | None
    strict: bool
    _known: dict[str, Read] = field(default_factory=dict)

    def lines(self, text: str) -> tuple[list[Read], int]:
        """The lines, and how many blank ones were left out before them."""
        raw = text.split("\n")
        if not raw[-1]:
            raw.pop()
        skipped = 0
        if not self.strict:
            while raw and not raw[-1].strip():
                raw.pop()
            while skipped < len(raw) and not raw[skipped].strip():
                skipped += 1
        return [self._line(line) for line in raw[skipped:]], skipped

    def _line(self, text: str) -> Read:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> Read:
        if self.strict:
            return Read(line_of(text, self.extra))
        today = text
        for documented, now in VERSIONS:
            today = today.replace(documented, now)
        found = _NETNS.search(today) if "link-netns" in today else None
        elsewhere = Read(self._today(text, _NETNS.sub("", today))) if found else None
        return Read(self._today(text, today), elsewhere, found is not None and not found[1])

    def _today(self, text: str, today: str) -> Line:
        read = line_of(today, self.extra)
        return Line(text, " ".join(read.shape.split()), read.identities)


def fits(ours: Read, theirs: Read) -> bool:
    """Whether two lines have the same fixed text and the same forms of tokens."""
    return ours.line.shape == theirs.line.shape or _seen_elsewhere(ours, theirs)


def bind(ours: Read, theirs: Read, renaming: Renaming) -> str | None:
    """Binds the identities of two lines that fit. None, or why they cannot correspond."""
    if ours.line.shape != theirs.line.shape and ours.elsewhere and theirs.elsewhere:
        return renaming.bind_all(ours.elsewhere.line, theirs.elsewhere.line)
    return renaming.bind_all(ours.line, theirs.line)


def _seen_elsewhere(ours: Read, theirs: Read) -> bool:
    """`link-netns ns3` and `link-netnsid 0` are one fact: ip prints the id where it does not know the name."""
    if ours.elsewhere is None or theirs.elsewhere is None or ours.named == theirs.named:
        return False
    return ours.elsewhere.line.shape == theirs.elsewhere.line.shape

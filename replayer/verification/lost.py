"""What a tutorial's commands did not bring about, and which later claims lean on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replayer.outcomes.commands import Invocation, invocations
from replayer.verification.addresses import parsed
from replayer.verification.causes import BUILT, Cause, Question
from replayer.verification.made import deleted_by, made_by, puts
from replayer.verification.untried import may_build
from replayer.words import REACHABLE, UNREACHABLE

# What decides about packets, and makes nothing that has a name.
_SHAPERS = frozenset(
    "nft iptables iptables-nft iptables-legacy iptables-restore ip6tables ip6tables-nft ip6tables-legacy ebtables "
    "arptables ipset ipvsadm ufw firewall-cmd tc bridge sysctl ethtool ovs-ofctl systemctl service ip brctl".split()
)
_SHOWS = re.compile(r"(?:list|ls|lst|show|sh|get|monitor|status|-L|-nL|-nvL|-S|-s)")
_REWRITES = re.compile(r"\b(?:nat|masquerade|snat|dnat|redirect|netmap|tproxy)\b", re.IGNORECASE)
_UNDOES = re.compile(r"(?:flush|-F|--flush|del|delete|-D|--delete|disable|reset)")
# What stands in the way of a packet whose addresses should have been rewritten.
_UNWRITTEN = frozenset({"no route", "nobody", "listener", "address", "outside"})


# What is wrong with a device or a namespace that is there.
_OF_THINGS = frozenset({"no route", "not joined", "link down", "listener", "neighbour", "unanswered"})
# What keeps packets back where a network was not built, and seldom where a text wants it so.
_UNBUILT = frozenset({"not joined", "link down"})


@dataclass(frozen=True, slots=True)
class Lost:
    """What a command would have made, and why it did not. `untried`: for want of something here."""

    line: int
    why: str
    untried: bool
    again: bool = False  # not lost at all: that line made it before

    @property
    def cause(self) -> Cause:
        if self.again:
            return Cause("there", f"line {self.line} made it before", True)
        became = "could not be tried" if self.untried else "failed"
        return Cause("lost", f"line {self.line} {became}: {self.why}", self.untried)


@dataclass(frozen=True, slots=True)
class _Shaped:
    """A command that decides about packets, and could not be tried."""

    program: str
    rewrites: bool
    lost: Lost


class Losses:
    """What came to nothing up to a command, told command by command."""

    def __init__(self) -> None:
        self._lost: dict[str, Lost] = {}  # name or address -> why it is not there
        self._aside: list[Lost] = []  # what could not be tried, whatever it makes
        self._unseen: Lost | None = None  # the last of these that does not say what it makes
        self.leans = False  # on another text, for what no command of this one makes
        self._shaped: list[_Shaped] = []
        self._made: dict[str, int] = {}  # name or address -> the line that made it
        self._deleted: dict[str, int] = {}  # name -> the line that deleted it

    def made(self, command: str, line: int) -> None:
        """A command did what it should."""
        for name in made_by(command):
            self._made.setdefault(name, line)
        for name in deleted_by(command):
            self._made.pop(name, None)
            self._deleted[name] = line

    def lose(self, command: str, lost: Lost, foreign: str = "") -> None:
        """What a command would have made is not there; nor is what another text must have made."""
        if lost.again:
            return
        self.leans = self.leans or bool(foreign)
        made = made_by(command) | ({foreign} if foreign else set())
        for name in made:
            self._lost.setdefault(name, lost)
        if lost.untried and (made or puts(command) or may_build(command)):
            self._aside.append(lost)
        if lost.untried and may_build(command):
            self._unseen = lost
        if lost.untried:
            for call in invocations(command):
                self._shape(call, lost)

    def before(self, command: str, question: Question, likely: Sequence[Cause]) -> Lost | None:
        """What came to nothing earlier, and a claim with it; None if the claim fails by itself. `likely`: why it does
        not hold."""
        first = likely[0] if likely else None
        last = self._aside[-1] if self._aside else None
        if first is not None and first.untried:
            return self._unseen if first.kind == "outside" else None
        lost = self.named(f"{command} {first.words}" if first is not None else command)
        if lost is not None:
            return lost
        shaped = self._unshaped(command, question, first)
        if shaped is not None:
            return shaped
        # Nobody says so, but what it would need may have been made by what could not be tried.
        if first is not None and first.kind == "name":
            return self._unseen
        if first is not None and first.kind == "no way":
            return last
        if first is not None and last is not None and self._since(first, last):
            return None
        return last if question.claimed == REACHABLE and (first is None or first.kind in BUILT) else None

    def _since(self, cause: Cause, lost: Lost) -> bool:
        """Whether a cause is about what the text made after something was lost: that cannot have set it up."""
        names = (word.rstrip(",:;") for word in cause.words.split() if parsed(word.rstrip(",:;")) is None)
        lines = [self._made[name] for name in names if name in self._made]
        return cause.kind in _OF_THINGS and bool(lines) and min(lines) > lost.line

    def kept_apart(self, command: str, likely: Sequence[Cause]) -> Lost | None:
        """What came to nothing, so that nobody could be reached anyway; None where 不通 tells something. `likely`: what
        keeps them apart."""
        lost = self.named(command)
        if lost is not None and lost.untried:
            return lost
        first = likely[0] if likely else None
        if first is None or first.kind not in _UNBUILT:
            return None
        return self.named(first.words) or (self._aside[-1] if self._aside else None)

    def named(self, text: str) -> Lost | None:
        """Why something that a text names is not there."""
        words = set(re.findall(r"[\w.:~/-]+", text))
        words |= {word.rstrip(".,:;") for word in words} | {word.partition("/")[0] for word in words}
        return next((self._lost[word] for word in sorted(words) if word in self._lost), None)

    def again(self, command: str, likely: Sequence[Cause]) -> Lost | None:
        """What was made before, where a text types again what it typed."""
        if not likely or likely[0].kind != "there":
            return None
        line = next((self._made[name] for name in sorted(made_by(command)) if name in self._made), 0)
        return Lost(line, "", True, again=True) if line else None

    def deleted(self, words: str) -> Cause | None:
        """Who deleted what is not there; `words` name it."""
        for name, line in self._deleted.items():
            if re.search(rf" {re.escape(name)} ", words):
                return Cause("deleted", f"line {line} deleted {name}")
        return None

    def _shape(self, call: Invocation, lost: Lost) -> None:
        words = " ".join(call.arguments)
        if call.program not in _SHAPERS or any(_SHOWS.fullmatch(word) for word in call.arguments):
            return
        if any(_UNDOES.fullmatch(word) for word in call.arguments):
            self._shaped = [one for one in self._shaped if one.program != call.program]
        else:
            self._shaped.append(_Shaped(call.program, bool(_REWRITES.search(words)), lost))

    def _unshaped(self, command: str, question: Question, first: Cause | None) -> Lost | None:
        """What would have kept packets back, or rewritten them, and could not be tried."""
        programs = {call.program for call in invocations(command)} - {"ip", "sysctl", "bridge"}
        for one in reversed(self._shaped):
            if one.program in programs:
                return one.lost  # it speaks of what that one would have set up
            if question.claimed == UNREACHABLE and question.observed == REACHABLE:
                return one.lost
            back = first is not None and (first.kind in _UNWRITTEN or first.words.startswith("on the way back"))
            if one.rewrites and question.claimed != UNREACHABLE and back:
                return one.lost
        return None

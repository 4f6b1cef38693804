"""Asks a living sandbox why a step did not show what was claimed, while it can still be asked."""

import shlex
from collections.abc import Callable, Generator, Sequence

from replayer.events import Event, Looked
from replayer.planned import PlannedStep
from replayer.player import Choice, Guide, Player
from replayer.problems import SandboxError
from replayer.transcript import Entry, Transcript
from replayer.verification.causes import Question, causes
from replayer.verification.evidence import Evidence
from replayer.words import UNREACHABLE

# What one question may take, and all that are asked because of one step, in seconds.
_PATIENCE = 3.0
_PATIENCE_IN_ALL = 10.0
# So much of an answer is kept.
_MOST = 100_000


def looking(question: Callable[[Transcript, Entry], Question]) -> Guide:
    """A guide that plays every step, and after each that did not pass asks what its causes need to know."""
    asked: set[int] = set()

    def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        entries = player.fold.transcript.entries
        last = entries[-1] if entries else None
        if last is not None and last.step.index not in asked and _asks_why(entries, last) and player.sandbox.alive():
            asked.add(last.step.index)
            evidence = Evidence(_asking(player))
            causes(question(player.fold.transcript, last), evidence)
            if evidence.asked:
                yield Looked(player.now(), last.step.index, dict(evidence.asked))
        return "run"

    return lead


def _asks_why(entries: Sequence[Entry], last: Entry) -> bool:
    """Whether a step did not pass, or claims that nobody can be reached after something came to nothing."""
    if last.verdict is None or last.verdict.word in ("failed", "errored"):
        return last.verdict is not None
    failed = any(one.verdict is not None and one.verdict.word in ("failed", "errored") for one in entries)
    return failed and any(rule.kind == "outcome" and rule.value == UNREACHABLE for rule in last.rules)


def _asking(player: Player) -> Callable[[str], str]:
    end = player.now() + _PATIENCE_IN_ALL

    def ask(line: str) -> str:
        left = min(_PATIENCE, end - player.now())
        if left <= 0:
            return ""
        try:
            return player.sandbox.execute(shlex.split(line), timeout=left)[1][:_MOST]
        except SandboxError:
            return ""

    return ask

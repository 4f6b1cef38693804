"""What a command showed, as a word (contract C1: honest outcomes).

通 and 不通 are read from what a known program itself printed about its own attempt, never from an exit
status. What cannot be read is no outcome: the reason is given in words and the step errs, whichever word
was expected.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replayer.outcomes.commands import Invocation, invocations
from replayer.outcomes.ping import read_ping
from replayer.outcomes.readers import READERS
from replayer.outcomes.shown import Shown, complaint, first_of
from replayer.outcomes.tcpdump import tcpdump_cut_short
from replayer.scenario import OutcomeRule
from replayer.words import ALIASES, REACHABLE, UNREACHABLE

__all__ = [
    "Reading",
    "canonical",
    "read_outcome",
    "same_word",
    "shows",
    "tcpdump_cut_short",
]

# Programs that print what they are told, or what a file holds, or change what they read: a statistics line among
# their words is nobody's measurement.
_TALKERS = frozenset(
    {"awk", "cat", "echo", "gawk", "less", "mawk", "more", "nl", "paste", "perl", "printf", "python", "python3"}
    | {"rev", "sed", "ssh", "tac", "tr"}
)
# Filters pass on what they read; given a file, they read that.
_FILTERS = {"head": 0, "tail": 0, "tee": 99, "grep": 1, "egrep": 1, "cut": 0, "sort": 0, "uniq": 0}


@dataclass(frozen=True, slots=True)
class Reading:
    """`word`: the built-in outcome (通, 不通), or None with the reason in `why`; with a word, `why` quotes
    the line that it was read from. `also`: the scenario's own words that the output shows."""

    word: str | None
    why: str
    also: tuple[str, ...] = ()


def read_outcome(command: str, text: str, exit: int | None, own: Mapping[str, OutcomeRule]) -> Reading:
    """A command line as typed, the text that a person saw of it, its exit status -> what it showed.

    The exit status only helps to word the reason, and to distrust (never to believe) what curl printed.
    Raises re.error if a pattern in `own` is none; plan.py says so before anything runs.
    """
    also = tuple(
        word
        for word, rule in own.items()
        if re.search(rule.matches, text, re.MULTILINE)
        and (rule.command is None or re.search(rule.command, command, re.MULTILINE))
    )
    shown = _read(invocations(_outer(command)), text, exit)
    if len(shown.words) == 1 and not shown.spoilt:
        return Reading(shown.words[0], shown.why, also)
    return Reading(None, shown.why, also)


def _outer(command: str) -> str:
    """A command line with a word in place of each `$(…)`: what runs in there prints nothing that is seen."""
    parts: list[str] = []
    depth = at = 0
    for found in re.finditer(r"\$\(|[()]", command):
        if depth:
            depth += -1 if found[0] == ")" else 1
            if not depth:
                at = found.end()
        elif found[0] == "$(":
            parts += (command[at : found.start()], "_")
            depth = 1
    return command if depth else "".join((*parts, command[at:]))


def canonical(word: str) -> str:
    """A word as the author may write it -> the word: `reachable` is 通."""
    return ALIASES.get(word.strip(), word.strip())


def same_word(a: str, b: str) -> bool:
    return canonical(a) == canonical(b)


def shows(reading: Reading, expected: str) -> bool:
    """Whether the expected word is the one read, or one of the scenario's own that the output shows."""
    words = reading.also if reading.word is None else (reading.word, *reading.also)
    return any(same_word(word, expected) for word in words)


def runs_tcpdump(command: str) -> bool:
    """Whether a command line runs tcpdump."""
    return any(call.program == "tcpdump" for call in invocations(command))


def _speaks_for_others(call: Invocation) -> bool:
    """Whether a program may print statistics that it did not measure."""
    words = [word for word in call.arguments if not word.startswith("-") and not word.isdigit()]
    if call.program in ("echo", "printf"):
        # `ping … && echo works` says nothing that could be taken for a measurement.
        return any("transmitted" in word or "received" in word for word in call.arguments)
    if call.program in _FILTERS:
        return len(words) > _FILTERS[call.program]
    return call.program in _TALKERS and (call.program != "cat" or bool(words))


def _read(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    if any(call.program in READERS for call in called):
        other = next((call.program for call in called if _speaks_for_others(call)), None)
        if other is not None:
            return Shown((), f"the line also runs {other}, and whose words these are cannot be told", spoilt=True)
    known = first_of(call.program for call in called if call.program in READERS)
    if not known:
        return _read_unknown(called, text, exit)
    shown = [_explained(READERS[name](called, text, exit), name, text, exit) for name in known]
    spoilt = [s for s in shown if s.spoilt or len(s.words) != 1]
    if spoilt:
        return spoilt[0] if len(spoilt[0].words) != 1 else Shown((), spoilt[0].why, spoilt=True)
    words = first_of(s.words[0] for s in shown)
    if len(words) > 1:
        return Shown(words, f"the output shows both {REACHABLE} and {UNREACHABLE}", spoilt=True)
    return shown[0]


def _read_unknown(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """No program that we know, but perhaps a function or script that runs ping: its statistics tell."""
    names = first_of(call.program for call in called)
    if not any(call.program in _TALKERS or call.program in _FILTERS for call in called):
        shown = read_ping([], text, exit)
        if shown.words or shown.spoilt:
            return shown
    what = ", ".join(names) or "an empty command"
    found = complaint(text)
    if found:
        return Shown((), f"the command failed: {found}")
    return Shown((), f"no outcome can be read from what {what} printed")


def _explained(shown: Shown, program: str, text: str, exit: int | None) -> Shown:
    """Say why nothing was read: the program's own complaint if there is one."""
    if shown.words or shown.why:
        return shown
    found = complaint(text)
    if found:
        return Shown((), f"{program} could not tell: {found}")
    if not text.strip():
        status = "" if exit is None else f" (exit {exit})"
        return Shown((), f"{program} printed nothing{status}")
    if exit is None:
        return Shown((), f"{program} did not end, and what it printed is cut short")
    return Shown((), f"{program} printed nothing that tells (exit {exit})")

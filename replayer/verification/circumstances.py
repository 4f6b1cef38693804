"""In which circumstances a step of a run ended: where its terminal's shell was, what was claimed, what was seen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from replayer.claims.statistics import probes
from replayer.outcomes import read_outcome
from replayer.outcomes.commands import NEW_NAMESPACE
from replayer.reading.shell import opens_shell
from replayer.sources.session import Command, Session
from replayer.transcript import Entry, Transcript
from replayer.verification.causes import Question
from replayer.verification.evidence import MAIN
from replayer.verification.made import Made, made_in

_SETS = re.compile(r"(?:^|[\n;&]\s*|\bexport\s+)([A-Za-z_]\w*)=[\"']?([\w.:/-]+)[\"']?(?=$|[\s;&])")
_NAMES = re.compile(r"\$(?:(\w+)|\{(\w+)\})")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a text before it is played."""

    made: Made

    def question(self, transcript: Transcript, entry: Entry) -> Question:
        """What is asked about an entry that did not show what was claimed."""
        command = expanded((entry.of or entry).command, _set_in(one.command for one in transcript.entries))
        claimed = next((rule.value for rule in entry.rules if rule.kind == "outcome"), "")
        observed = read_outcome(command, entry.text, entry.exit, {}).word or ""
        place = place_of(transcript.entries, entry)
        return Question(
            command,
            place,
            claimed,
            observed,
            entry.text,
            entry.exit,
            entry.ending,
            self.made,
            not any(_sends(one) for one in _meanwhile(transcript.entries, entry)),
            entry.verdict.findings[0].observed if entry.verdict and entry.verdict.findings else "",
            "\n".join(rule.value for rule in entry.rules if rule.kind == "output"),
            entry.topology,
        )


def circumstances_of(session: Session) -> Circumstances:
    """`session` with what is not played: a container's name is made by its text, too."""
    commands = [item.text for item in session.items if isinstance(item, Command)]
    return Circumstances(made_in(expanded(command, _set_in(commands)) for command in commands))


def _set_in(commands: Iterable[str]) -> dict[str, str]:
    """The shell variables that commands set to plain words."""
    return {name: value for command in commands for name, value in _SETS.findall(command)}


def expanded(command: str, variables: Mapping[str, str]) -> str:
    """A command with the variables that are known in place."""
    return _NAMES.sub(lambda found: variables.get(found[1] or found[2], found[0]), command) if variables else command


def _meanwhile(entries: Sequence[Entry], entry: Entry) -> Sequence[Entry]:
    """What was typed while the command of an entry ran."""
    begin = next((at for at, one in enumerate(entries) if one is (entry.of or entry)), 0)
    end = next((at for at, one in enumerate(entries) if one is entry), len(entries))
    running = [one for one in entries[:begin] if one.ending == "until" and one.closed_by not in entries[:begin]]
    return [*running, *entries[begin + 1 : end]]


def _sends(entry: Entry) -> bool:
    return entry.step.kind in ("run", "send") and (entry.step.kind == "send" or probes(entry.command))


def place_of(entries: Sequence[Entry], entry: Entry) -> str:
    """The namespace in which a terminal's shell is when an entry's command is typed there."""
    inside: list[str] = []
    subject = entry.of or entry
    variables = _set_in(one.command for one in entries)
    for one in entries:
        if one is subject:
            break
        if one.step.kind != "run" or one.step.terminal != subject.step.terminal:
            continue
        if one.ending == "shell":
            inside = []
        elif entered := opens_shell(command := expanded(one.command, variables)):
            if one.exit in (None, 0):
                inside.append(_named(command, entered, inside[-1] if inside else MAIN))
        elif one.command.split()[:1] in (["exit"], ["logout"]) and inside:
            inside.pop()
    return inside[-1] if inside else MAIN


def _named(command: str, entered: str, before: str) -> str:
    """What `opens_shell` tells, as a place."""
    words = command.split()
    if "netns" in words and "exec" in words:
        return entered
    if entered == "unshare" and any(
        word.startswith(("-n", "--net")) or (word[:1] == "-" and "n" in word) for word in words
    ):
        return NEW_NAMESPACE
    if entered == "nsenter":
        return next((w.rpartition("/")[2] for w in words if "netns/" in w), before)
    return before

"""The tutorial's own form: `# command`, then its output, or the outcome word alone; notes as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from replayer.noise import is_noise
from replayer.problems import visible
from replayer.tokens import Identity
from replayer.transcript import Entry, Transcript, addresses_given


@dataclass(frozen=True, slots=True)
class Written:
    """A transcript as text. `unordered`: numbers (from 0) of lines of which a step says that they have no order;
    `fixed`: identities that the scenario's own commands name, the same in every run."""

    text: str
    unordered: frozenset[int] = frozenset()
    fixed: frozenset[Identity] = frozenset()


def render(transcript: Transcript) -> str:
    """The transcript that a tutorial prints."""
    return write(transcript).text


def write(transcript: Transcript) -> Written:
    """The same, with what is to be known where it is compared with another."""
    shown = list(lines(transcript))
    text = "\n".join(line.text for line in shown) + ("\n" if shown else "")
    unordered = frozenset(number for number, line in enumerate(shown) if line.any_order)
    return Written(text, unordered, addresses_given(transcript.plan))


class Line(NamedTuple):
    """`any_order`: its place among others of its kind says nothing."""

    text: str
    kind: Literal["source", "note", "command", "outcome", "output"]
    any_order: bool = False


def lines(transcript: Transcript) -> Iterator[Line]:
    """The transcript's lines, and what each of them is."""
    if transcript.plan.source:
        yield from (Line(line, "source") for line in visible(transcript.plan.source).split("\n"))
    for _, shown in entries(transcript):
        yield from shown


def entries(transcript: Transcript) -> Iterator[tuple[Entry, list[Line]]]:
    """The steps in the order in which the transcript prints them, each with its lines; one that went on to the end
    stands there once more."""
    yield from ((entry, list(entry_lines(entry))) for entry in transcript.entries)
    yield from ((entry, list(_block(entry, entry))) for entry in transcript.entries if went_on(entry))


def entry_lines(entry: Entry) -> Iterator[Line]:
    """What the transcript prints where a step stands. A command that goes on prints nothing there: its
    block stands where it was stopped, or at the end."""
    if entry.verdict is not None and entry.verdict.word == "skipped":
        return
    match entry.step.kind:
        case "note":
            yield from (Line(line, "note") for line in visible(entry.command).rstrip("\n").split("\n"))
        case "run" if entry.ending != "until":
            yield from _block(entry, entry)
        case "stop" | "wait" if entry.of is not None and entry.of.closed_by is entry:
            yield from _block(entry.of, entry)


def went_on(entry: Entry) -> bool:
    """Whether a command was left running to the end of the scenario."""
    return entry.step.kind == "run" and entry.ending == "until" and entry.closed_by is None


def _block(command: Entry, judged: Entry) -> Iterator[Line]:
    """A command and what it showed; `judged` is the step whose expectations say how much of it to print."""
    show = judged.step.show or command.step.show or ("outcome" if judged.outcome else "output")
    if show == "none":
        return
    any_order = judged.step.any_order or command.step.any_order
    commands = command.commands or [(command.command, "")]
    if show == "output" and judged.block is None and len(commands) > 1:
        for one, text in commands:
            yield from (Line(line, "command") for line in command_lines(one))
            yield from (Line(line, "output", any_order) for line in shown_lines(text, judged))
        return
    for one, _ in commands:
        yield from (Line(line, "command") for line in command_lines(one))
    if show == "outcome" and judged.outcome:
        yield Line(judged.outcome, "outcome")
    elif show != "command":
        yield from (Line(line, "output", any_order) for line in output_lines(judged))


def command_lines(command: str) -> Iterator[str]:
    """`# ` before a command's first line and the shell's `> ` before those that continue it."""
    first, *rest = visible(command).rstrip("\n").split("\n")
    yield f"# {first}"
    yield from (f"> {line}" for line in rest)


def output_lines(entry: Entry) -> Iterator[str]:
    """The output a person saw; where the author's expected block leaves lines out, so does this one."""
    if entry.block is not None:
        yield from ("..." if line is None else line for line in entry.block)
        return
    yield from shown_lines(entry.text, entry)


def shown_lines(text: str, entry: Entry) -> Iterator[str]:
    """The lines of an output, noise left out."""
    if text:
        for line in text.removesuffix("\n").split("\n"):
            if not is_noise(line, entry.rules):
                yield line

"""Everything a run showed: every output, verdict, time and reason, terminal by terminal."""

from collections.abc import Iterator

from replayer.formats.text import command_lines
from replayer.problems import visible
from replayer.transcript import Entry, Transcript


def render(transcript: Transcript) -> str:
    """A readable account of the whole run."""
    return visible("\n".join(_lines(transcript))) + "\n"


def _lines(transcript: Transcript) -> Iterator[str]:
    plan = transcript.plan
    yield f"{plan.name}: {plan.title}" if plan.title else plan.name
    yield f"{plan.path}, {transcript.clock}, " + ", ".join(f"{k} {v}" for k, v in transcript.machine.items())
    if transcript.skipped:
        yield f"skipped: {transcript.skipped}"
    for entry in transcript.entries:
        yield ""
        yield from _entry(entry)
    yield ""
    finished = transcript.finished
    if finished is None:
        yield "The recording ends here, before the run did."
    elif finished.reason:
        yield f"{finished.ending}: {finished.reason}"
    yield f"{transcript.verdict} in {transcript.seconds:.2f} s"


def _entry(entry: Entry) -> Iterator[str]:
    step = entry.step
    verdict = entry.verdict
    if step.kind == "note":
        yield from entry.command.rstrip("\n").split("\n")
        return
    word = verdict.word if verdict else "unfinished"
    where = f"terminal {step.terminal}, " if step.terminal != "main" else ""
    outcome = f" {entry.outcome}" if entry.outcome else ""
    attempts = f", attempt {entry.attempt}" if entry.attempt > 1 else ""
    yield f"[{step.index + 1}] {word}{outcome} ({where}{entry.seconds:.2f} s, {_ending(entry)}{attempts}) {step.at}"
    if step.kind == "run":
        yield from command_lines(entry.command)
    elif step.kind == "pause":
        yield f"(wait {step.pause:g} s)"
    else:
        yield f"({step.kind} {step.terminal}{': ' + entry.command if step.kind == 'send' else ''})"
    before = entry.before.text()
    if before:
        yield "(printed before, by background jobs)"
        yield before.removesuffix("\n")
    if entry.step.kind != "send" and not (step.kind == "run" and entry.closed_by):
        text = entry.text
        if text:
            yield text.removesuffix("\n")
    for finding in verdict.findings if verdict else ():
        yield f"  expected: {finding.expected}" if finding.expected else "  not played"
        yield f"  observed: {finding.observed}"
    for warning in verdict.warnings if verdict else ():
        yield f"  warning: {warning}"
    if verdict and verdict.known:
        yield f"  other versions print it otherwise: {'; '.join(verdict.known)}"
    for name, value in entry.captured.items():
        yield f"  {name} = {value}"


def _ending(entry: Entry) -> str:
    if entry.ending in ("exit", "shell", "stopped") and entry.exit is not None:
        return f"{'shell ended, ' if entry.ending == 'shell' else ''}exit {entry.exit}"
    return entry.ending or "not ended"

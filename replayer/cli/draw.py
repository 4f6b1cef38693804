"""`replay draw`: the picture of a network, from a recording or from a scenario that is played for it."""

import sys
from collections.abc import Generator
from pathlib import Path
from typing import get_args

from replayer.cli.common import variables
from replayer.cli.leading import the_plan
from replayer.cli.options import DrawOptions
from replayer.cli.playing import EXIT, end_in_order, how_one
from replayer.cli.png import lacks_chinese, to_png
from replayer.cli.recorded import transcript_of
from replayer.events import Event
from replayer.picture import Theme, picture_of
from replayer.plan import PlannedStep
from replayer.player import Choice, Player, replay
from replayer.problems import ReplayError, visible
from replayer.project import UsageError
from replayer.transcript import Transcriber, Transcript


def draw(options: DrawOptions) -> int:
    """Writes the picture; returns an exit code of C8: that of the run, if one was played."""
    if options.theme not in get_args(Theme):
        raise UsageError(f"--theme: {options.theme!r} is not known; one of {', '.join(get_args(Theme))}")
    target = options.output if options.output is not None and str(options.output) != "-" else None
    kind = target.suffix.lower() if target is not None else ".svg"
    if kind not in (".svg", ".png"):
        raise UsageError(f"--output: {target}: a picture is an .svg or a .png")
    recorded = options.scenario.suffix == ".jsonl"
    transcript = transcript_of(options.scenario) if recorded else _played(options)
    at = _entry(transcript, options.step)
    picture = picture_of(transcript)
    if picture is None:
        finished = transcript.finished
        reason = transcript.skipped or (finished.reason if finished else "")
        why = reason or "nothing was seen of its network: it was played with --no-topology, or by an older replay"
        print(f"{options.scenario}: {why}", file=sys.stderr)
        return 3
    # What turns PNGs out does not know the reader's preference.
    theme: Theme = "light" if options.theme == "auto" and kind == ".png" else options.theme  # type: ignore[assignment]
    svg = picture.still(at, theme)
    if kind == ".png":
        if lacks_chinese():
            print("no font here has 通: install one (apt-get install fonts-noto-cjk)", file=sys.stderr)
        _write(target, to_png(svg))
    elif target is None:
        sys.stdout.write(svg)
    else:
        _write(target, svg.encode())
    return 0 if recorded else _judged(transcript, options.scenario)


def _judged(transcript: Transcript, path: Path) -> int:
    """Says which steps did not pass, for the picture may not show what its author meant; returns the exit code."""
    bad = [entry for entry in transcript.entries if entry.verdict and entry.verdict.word in ("failed", "errored")]
    for entry in bad:
        assert entry.verdict is not None
        print(visible(f"{path}: step {entry.step.index + 1} {entry.verdict.word}: {entry.command}"), file=sys.stderr)
    return max((EXIT[entry.verdict.word] for entry in bad if entry.verdict), default=0)


def _played(options: DrawOptions) -> Transcript:
    """Play a scenario as far as is to be seen; its teardown would leave nothing to see."""
    end_in_order()
    plan = the_plan(options.scenario, variables(options.var or (), options.vars_file))
    if options.step is not None and options.step > len(plan.steps):
        raise UsageError(f"--step: {plan.name} has {len(plan.steps)} steps")
    left = False

    def lead(player: Player, step: PlannedStep | None) -> Generator[Event, None, Choice]:
        nonlocal left
        yield from ()
        if step is None:
            return "run"
        left = step.index >= options.step if options.step is not None else step.section == "teardown"
        return "quit" if left else "run"

    fold = Transcriber(plan)
    for _ in replay(plan, how_one(options), fold, guide=lead):
        pass
    finished = fold.transcript.finished
    if finished is not None and finished.ending == "interrupted" and not left:
        raise KeyboardInterrupt
    return fold.transcript


def _entry(transcript: Transcript, step: int | None) -> int | None:
    if step is None:
        return None
    found = [at for at, entry in enumerate(transcript.entries) if entry.step.index + 1 == step]
    if not found:
        reached = transcript.entries[-1].step.index + 1 if transcript.entries else 0
        raise UsageError(f"--step: step {step} was not reached; the run came to step {reached}")
    return found[-1]


def _write(path: Path | None, content: bytes) -> None:
    assert path is not None
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ReplayError(f"{path}: the picture cannot be written: {error.strerror}") from error

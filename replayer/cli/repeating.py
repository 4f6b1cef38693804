"""`--repeat` and `--last-failed`: what several runs of one plan say, and which ones did not pass last time."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from replayer.formats.reasons import label_of
from replayer.plan import Plan
from replayer.project import root_of
from replayer.transcript import Transcript

MEMORY = ".replay/failed.json"
T = TypeVar("T")
BAD = ("failed", "errored")


def rates(played: Sequence[Transcript], times: int) -> Iterator[str]:
    """How often each plan passed, and which of its steps did not always."""
    by_plan: dict[tuple[str, str], list[Transcript]] = {}
    for transcript in played:
        by_plan.setdefault((transcript.plan.path, transcript.plan.name), []).append(transcript)
    for (_, name), runs in by_plan.items():
        passed = sum(run.verdict == "passed" for run in runs)
        yield f"{name}: {passed} of {len(runs)} runs passed" + (f", of {times} asked for" if len(runs) < times else "")
        for index in range(len(runs[0].plan.steps)):
            entries = [e for run in runs for e in run.entries if e.step.index == index and e.judged and e.verdict]
            good = sum(e.verdict is not None and e.verdict.word == "passed" for e in entries)
            if entries and good < len(entries):
                yield f"  step {index + 1} passed {good} of {len(entries)} times: {label_of(entries[0])}"


def remember(played: Sequence[Transcript]) -> None:
    """Keep the names of plans that did not pass; those that do now are forgotten."""
    for root, runs in _by_root([(run.plan, run) for run in played]).items():
        failed = _read(root)
        for run in runs:
            key = _key(run.plan, root)
            failed = [k for k in failed if k != key]
            if run.verdict in BAD:
                failed.append(key)
        with suppress(OSError):
            path = root / MEMORY
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(sorted(failed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def last_failed(plans: Sequence[Plan]) -> list[Plan]:
    """Those of the plans that did not pass when they were last played; all, if every one did."""
    chosen = []
    for root, own in _by_root([(plan, plan) for plan in plans]).items():
        failed = set(_read(root))
        chosen += [plan for plan in own if _key(plan, root) in failed]
    return chosen or list(plans)


def _by_root(items: Sequence[tuple[Plan, T]]) -> dict[Path, list[T]]:
    found: dict[Path, list[T]] = {}
    for plan, item in items:
        found.setdefault(root_of(Path(plan.path)), []).append(item)
    return found


def _key(plan: Plan, root: Path) -> str:
    path = Path(plan.path).resolve()
    return f"{path.relative_to(root) if path.is_relative_to(root) else path}::{plan.name}"


def _read(root: Path) -> list[str]:
    try:
        found = json.loads((root / MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [key for key in found if isinstance(key, str)] if isinstance(found, list) else []

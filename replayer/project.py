"""Where a scenario's files belong: the project it is part of, its golden, its recording."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from replayer.problems import ReplayError

SUFFIXES = {".yaml", ".yml"}
# What is in such a folder is included by scenarios; it is none itself.
SHARED = "common"
# Characters of a file name, so that UTF-8 and a suffix fit into 255 bytes.
MOST_NAME = 80
ROOT_SIGNS = ("replay.toml", "transcripts", "pyproject.toml", ".git")


class UsageError(ReplayError):
    """The call's words are off."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run of one plan writes."""

    transcript: Path
    recording: Path
    attempt: Path  # the transcript of a run that did not pass


def root_of(scenario: Path) -> Path:
    """The project's folder: the nearest one above the scenario that looks like one, else the current."""
    for folder in scenario.resolve().parents:
        if any((folder / sign).exists() for sign in ROOT_SIGNS):
            return folder
    return Path.cwd()


def places(path: str, name: str, transcripts: Path | None = None, recordings: Path | None = None) -> Places:
    """`scenarios/lab/x.yaml` belongs to `transcripts/lab/x.txt`, `.replay/lab/x.jsonl` and `.replay/lab/x.txt`."""
    scenario = Path(path)
    root = root_of(scenario)
    folder = scenario.resolve().parent
    scenarios = root / "scenarios"
    inner = folder.relative_to(scenarios) if folder.is_relative_to(scenarios) else Path()
    # A matrix value stands in the name: it must not lead anywhere else.
    name = re.sub(r"[/\x00-\x1f\x7f]", "_", name)[:MOST_NAME]
    kept = (recordings or shown(root / ".replay")) / inner
    return Places(
        (transcripts or shown(root / "transcripts")) / inner / f"{name}.txt",
        kept / f"{name}.jsonl",
        kept / f"{name}.txt",
    )


def shown(path: Path) -> Path:
    """Relative to the current folder where that is shorter to read."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def collect(named: Sequence[Path]) -> list[Path]:
    """The scenario files among files and folders, folders in order of names.

    A file is taken as it is named, even if it is missing (its reader says so); a folder without any
    scenario raises UsageError.
    """
    if not named:
        named = [Path("scenarios")]
        if not named[0].is_dir():
            raise UsageError("no scenario is named and there is no folder scenarios/ here; name a file or folder")
    found: dict[Path, None] = {}
    for path in named:
        if not path.is_dir():
            found[path] = None
            continue
        inside = sorted(_inside(path))
        if not inside:
            raise UsageError(f"{path}: no scenario is in this folder; scenarios are files *.yaml outside {SHARED}/")
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != SHARED and not name.startswith((".", "_"))]
        for name in files:
            path = Path(place) / name
            if path.suffix in SUFFIXES and not name.startswith((".", "_")) and path.is_file():
                yield path

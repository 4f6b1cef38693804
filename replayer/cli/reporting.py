"""What `run` and `check` tell machines: files that were asked for, and GitHub where it runs us."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from replayer.cli.options import PlayOptions
from replayer.problems import ReplayError
from replayer.transcript import Transcript


def report(options: PlayOptions, played: Sequence[Transcript], differences: Mapping[tuple[str, str], str]) -> None:
    """Write the reports; `differences`: (path, name) of a plan -> the diff against its golden."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if not (options.junitxml or options.tap or on_github):
        return
    from replayer.reports import REPORTS

    if options.junitxml is not None:
        _write(options.junitxml, REPORTS["junit"](played, differences))
    if options.tap is not None:
        _write(options.tap, REPORTS["tap"](played, differences))
    if on_github:
        sys.stdout.write(REPORTS["github"](played, differences))
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(REPORTS["summary"](played, differences))


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReplayError(f"{path}: the report cannot be written: {error.strerror}") from error

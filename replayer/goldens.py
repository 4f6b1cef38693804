"""Goldens on disk: what a run shows, against what is committed, and how it gets there."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from replayer.equivalence import Reconciled, reconcile
from replayer.formats import text
from replayer.problems import ReplayError
from replayer.transcript import Transcript


class GoldenError(ReplayError):
    """A golden that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run's transcript against its golden. `shown` is in the golden's values; `golden` None: there is none."""

    path: Path
    golden: str | None
    shown: str
    differences: Reconciled

    @property
    def state(self) -> Literal["missing", "same", "differs"]:
        if self.golden is None:
            return "missing"
        return "same" if self.golden == self.shown else "differs"


def compare(transcript: Transcript, path: Path) -> Comparison:
    """What the run shows, written in the values of the golden at `path`; raises GoldenError."""
    actual = text.write(transcript)
    try:
        golden = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Comparison(path, None, actual.text, Reconciled(actual.text, ()))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenError(f"{path}: the golden cannot be read: {error}") from error
    found = reconcile(golden, actual.text, transcript.plan.tokens, actual.unordered, actual.fixed)
    return Comparison(path, golden, found.text, found)


def write(path: Path, content: str) -> None:
    """All or nothing: a full disk or a kill leaves the old file. Raises GoldenError."""
    try:
        _replace(path, content)
    except OSError as error:
        raise GoldenError(f"{path}: the transcript cannot be written: {error.strerror}") from error


def _replace(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

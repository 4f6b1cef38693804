"""Goldens on disk: what a run shows, against what is committed, and how it gets there."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from replayer.equivalence import Reconciled, reconcile
from replayer.formats import text
from replayer.problems import ReplayError, visible
from replayer.transcript import Transcript
from replayer.writing import write_whole


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
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Comparison(path, None, actual.text, Reconciled(actual.text, ()))
    except OSError as error:
        raise GoldenError(f"{path}: the golden cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        raise GoldenError(f"{path}: the golden is no file; remove it")
    golden = read_text(path, "the golden cannot be read")
    found = reconcile(golden, actual.text, transcript.plan.tokens, actual.unordered, actual.fixed)
    return Comparison(path, golden, found.text, found)


def read_text(path: Path, failed: str) -> str:
    """The text of a file or pipe, in UTF-8. Raises GoldenError: its path, `failed`, and why."""
    try:
        if path.is_char_device() or path.is_block_device():
            raise GoldenError(f"{path}: {failed}: it is a device")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GoldenError(f"{path}: {failed}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldenError(
            f"{path}: {failed}: the byte 0x{error.object[error.start]:02x} at {error.start} is not UTF-8"
        ) from error


def unified(golden: str, shown: str, golden_name: str, shown_name: str) -> Iterator[str]:
    """The lines of a unified diff. What a file holds is no more to be trusted than what a run prints."""
    import difflib  # only where something differs

    # str.splitlines knows ends of lines that are none in a transcript.
    ours, theirs = (text.removesuffix("\n").split("\n") if text else [] for text in (golden, shown))
    return map(visible, difflib.unified_diff(ours, theirs, golden_name, shown_name, lineterm=""))


def write(path: Path, content: str) -> None:
    """All or nothing: a full disk or a kill leaves the old file. Raises GoldenError."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise GoldenError(f"{path}: the transcript cannot be written: {error.strerror}") from error

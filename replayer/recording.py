"""The recording on disk: a header line with the plan, then one event a line (contract C6)."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from replayer.events import Event, from_json, to_json
from replayer.plan import Plan
from replayer.planned import from_data, to_data
from replayer.problems import ReplayError

FORMAT = 1


class RecordingError(ReplayError):
    """A recording that cannot be read or written."""


class Recorder:
    """Writes a recording as the run goes. `flush` is called before the run waits for anything: then all events
    so far are put in the kernel's hands at once, and a killed run leaves all it saw before.

    A full disk does not end the run: what could not be written is said once, in `failure`.
    """

    def __init__(self, path: Path | None, plan: Plan) -> None:
        """`path` None: it goes to standard output."""
        self.path = path or "standard output"
        self.failure = ""
        self._events: list[Event] = []  # still to be written
        self._file = os.fdopen(os.dup(1) if path is None else _opened(path), "wb", buffering=0)
        header = {"recording": FORMAT, "plan": to_data(plan)}
        self._put(json.dumps(header, ensure_ascii=False) + "\n")

    def write(self, event: Event) -> None:
        """Take an event; `flush` writes it."""
        self._events.append(event)

    def flush(self) -> None:
        """Write what was taken."""
        if self._events:
            lines = "".join(to_json(event) + "\n" for event in self._events)
            # Last, for Ctrl-C may come in between.
            self._events.clear()
            self._put(lines)

    def _put(self, lines: str) -> None:
        if self.failure:
            return
        data = lines.encode("utf-8")
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError as error:
            self.failure = f"{self.path}: the recording ends early: {error.strerror}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.flush()
        self._file.close()


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.parent.is_symlink():
            raise RecordingError(f"{path.parent}: is a link; recordings are not written through links")
        _clear(path)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise RecordingError(f"{path}: the recording cannot be written: {error.strerror}") from error


def _clear(path: Path) -> None:
    """Takes the last run's recording away. Not emptied: that run may go on in another terminal, and two that write
    into one file would leave what nobody can read."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    # A project from elsewhere may bring a link of this name, or a pipe.
    if stat.S_ISLNK(mode):
        raise RecordingError(f"{path}: the recording cannot be written: is a link; remove it")
    if not stat.S_ISREG(mode):
        raise RecordingError(f"{path}: is no file; remove it")
    path.unlink(missing_ok=True)


def read_recording(path: Path) -> tuple[Plan, Iterator[Event]]:
    """The plan and the events of a recording, up to its last complete line.

    Raises RecordingError if there is no such file, or it is no recording.
    """
    try:
        if path.exists() and not path.is_file():
            raise RecordingError(f"{path}: is no file")
        file = path.open(encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise RecordingError(f"{path}: the recording cannot be read: {error.strerror}") from error
    with file:
        try:
            header = json.loads(file.readline())
            if header["recording"] != FORMAT:
                raise RecordingError(
                    f"{path}:1:1: recording format {header['recording']} is not known here; use a newer replay"
                )
            plan = from_data(header["plan"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise RecordingError(
                f"{path}:1:1: this is no recording; `replay run` writes one to .replay/ for each scenario"
            ) from error
    return plan, _events(path, len(plan.steps))


def _events(path: Path, steps: int) -> Iterator[Event]:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        file.readline()
        for number, line in enumerate(file, 2):
            if not line.endswith("\n"):
                return  # cut off while it was written
            try:
                event = from_json(line)
            except ValueError as error:
                raise RecordingError(f"{path}:{number}:1: {error}") from error
            if not 0 <= (getattr(event, "step", 0) or 0) < max(steps, 1):
                raise RecordingError(f"{path}:{number}:1: the plan has no step {event.step}")  # type: ignore[union-attr]
            yield event

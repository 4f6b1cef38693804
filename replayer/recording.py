"""The recording on disk: a header line with the plan, then one event a line (contract C6)."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from replayer.events import Event, from_json, to_json
from replayer.plan import Plan
from replayer.problems import ReplayError

FORMAT = 1


class RecordingError(ReplayError):
    """A recording that cannot be read or written."""


class Recorder:
    """Writes a recording as the run goes. Every line is in the kernel's hands before the next event is
    asked for, so that a killed run leaves all it saw.

    A full disk does not end the run: what could not be written is said once, in `failure`.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self.failure = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)
        except OSError as error:
            raise RecordingError(f"{path}: the recording cannot be written: {error.strerror}") from error
        header = {"recording": FORMAT, "plan": json.loads(plan.model_dump_json(exclude_defaults=True))}
        self._line(json.dumps(header, ensure_ascii=False))

    def write(self, event: Event) -> None:
        self._line(to_json(event))

    def _line(self, line: str) -> None:
        if self.failure:
            return
        data = (line + "\n").encode("utf-8")
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
        self._file.close()


def read_recording(path: Path) -> tuple[Plan, Iterator[Event]]:
    """The plan and the events of a recording, up to its last complete line.

    Raises RecordingError if there is no such file, or it is no recording.
    """
    try:
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
            plan = Plan.model_validate(header["plan"])
        except (ValueError, KeyError, TypeError) as error:
            raise RecordingError(
                f"{path}:1:1: this is no recording; `replay run` writes one to .replay/ for each scenario"
            ) from error
    return plan, _events(path)


def _events(path: Path) -> Iterator[Event]:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        file.readline()
        for number, line in enumerate(file, 2):
            if not line.endswith("\n"):
                return  # cut off while it was written
            try:
                yield from_json(line)
            except ValueError as error:
                raise RecordingError(f"{path}:{number}:1: {error}") from error


def record(recorder: Recorder, events: Iterable[Event]) -> Iterator[Event]:
    """Pass events on, each written first."""
    for event in events:
        recorder.write(event)
        yield event

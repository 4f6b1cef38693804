"""Many plans at once: each is played by a worker process, through a concurrent.futures executor.

A worker that dies or hangs is its scenario's error and no other's: the next plan gets a new worker.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from replayer.events import Event, Finished, from_json, to_json
from replayer.formats.reasons import Judged
from replayer.plan import Plan
from replayer.player import Options
from replayer.problems import ReplayError
from replayer.recording import Recorder, read_recording
from replayer.transcript import Transcript, transcribe
from replayer.worker import work_order

# Beyond the time that a scenario may take, a worker that has not ended hangs.
PATIENCE = 30.0
# A worker that is told to end has so long to take its sandbox down.
GRACE = 10.0

News = Event | Judged
Watch = Callable[[int, News], None]


@dataclass(frozen=True, slots=True)
class Played:
    """A plan that was played: its number among all, its transcript, and why its recording is not whole."""

    number: int
    transcript: Transcript
    failure: str


class Worker:
    """A process that plays one plan after the other. Used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "replayer.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C goes to the owner alone, which ends its workers in order.
            start_new_session=True,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def play(self, plan: Plan, options: Options, recording: Path, watch: Callable[[News], None]) -> str:
        """Play a plan; returns why the recording is not whole, or nothing. Raises WorkerLost."""
        timer = threading.Timer(options.run_timeout + PATIENCE, self._process.kill)
        timer.start()
        try:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(work_order(plan, options, recording) + "\n")
            self._process.stdin.flush()
            for line in self._process.stdout:
                if line.startswith('{"event": "played"'):
                    return str(json.loads(line)["failure"])
                if line.startswith('{"event": "judged"'):
                    fields = json.loads(line)
                    del fields["event"]
                    watch(Judged(**fields))
                else:
                    watch(from_json(line))
        except (OSError, ValueError) as error:
            raise WorkerLost(self._end(f"its worker cannot be spoken to: {error}")) from error
        finally:
            timer.cancel()
        raise WorkerLost(self._end("its worker died"))

    def _end(self, why: str) -> str:
        self._process.kill()
        status = self._process.wait()
        return f"{why} ({signal.Signals(-status).name})" if status < 0 else f"{why} (exit {status})"

    def alive(self) -> bool:
        return self._process.poll() is None

    def interrupt(self) -> None:
        if self.alive():
            self._process.terminate()

    def close(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class WorkerLost(ReplayError):
    """The process that played a plan ended before the plan did."""

    exit_code = 3


@dataclass(slots=True)
class Workers:
    """The workers of this process, handed to whoever plays next."""

    _idle: list[Worker] = field(default_factory=list)
    _busy: list[Worker] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closing: bool = False

    def play(self, plan: Plan, options: Options, recording: Path, watch: Callable[[News], None]) -> str:
        """Play a plan by an idle worker, or a new one."""
        with self._lock:
            if self._closing:
                raise WorkerLost("interrupted")
            worker = self._idle.pop() if self._idle else Worker()
            self._busy.append(worker)
        try:
            return worker.play(plan, options, recording, watch)
        finally:
            with self._lock:
                self._busy.remove(worker)
                if worker.alive() and not self._closing:
                    self._idle.append(worker)
                elif worker.alive():
                    worker.interrupt()

    def close(self, interrupted: bool = False) -> None:
        """End all workers; interrupted, also those that play."""
        with self._lock:
            self._closing = True
            idle, busy = list(self._idle), list(self._busy)
            self._idle.clear()
        for worker in busy if interrupted else ():
            worker.interrupt()
        for worker in idle:
            worker.close()


def play_many(
    plans: Sequence[Plan], options: Options, recordings: Sequence[Path], jobs: int, watch: Watch
) -> Iterator[Played]:
    """Play plans, `jobs` at a time; yields what was played in the order of `plans`. `watch` is called from this
    thread. Closing the iterator ends all."""
    news: queue.Queue[tuple[int, News | None]] = queue.Queue()
    workers = Workers()
    executor: Executor = ThreadPoolExecutor(jobs)
    futures: list[Future[Played]] = []
    told = 0
    try:
        for number, plan in enumerate(plans):
            future = executor.submit(_played, number, plan, options, recordings[number], workers, news)
            # The callback comes when the result is there, after all events.
            future.add_done_callback(lambda _, number=number: news.put((number, None)))  # type: ignore[misc]
            futures.append(future)
        while told < len(plans):
            number, event = news.get()
            if event is not None:
                watch(number, event)
            while told < len(plans) and futures[told].done():
                yield futures[told].result()
                told += 1
    finally:
        for future in futures:
            future.cancel()
        workers.close(interrupted=told < len(plans))
        executor.shutdown(wait=True)


def _played(
    number: int,
    plan: Plan,
    options: Options,
    recording: Path,
    workers: Workers,
    news: "queue.Queue[tuple[int, News | None]]",
) -> Played:
    failure = ""
    try:
        failure = workers.play(plan, options, recording, lambda event: news.put((number, event)))
    except WorkerLost as lost:
        _finish(recording, plan, str(lost))
    read, events = read_recording(recording)
    return Played(number, transcribe(read, events), failure)


def _finish(recording: Path, plan: Plan, why: str) -> None:
    """A recording whose writer died gets an end that says so."""
    try:
        _, events = read_recording(recording)
        at = max((event.at for event in events), default=0.0)
    except ReplayError:
        Recorder(recording, plan).__exit__(None, None, None)
        at = 0.0
    whole = recording.read_bytes()
    kept = whole[: whole.rindex(b"\n") + 1] if b"\n" in whole else b""
    recording.write_bytes(kept + to_json(Finished(at, "errored", why)).encode() + b"\n")

"""Many plans at once, through a concurrent.futures executor: by worker processes here, or by whatever crew is given.

A worker that dies or hangs is its scenario's error and no other's: the next plan gets a new worker.
"""

import contextlib
import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from replayer.events import Finished, to_json
from replayer.plan import Plan
from replayer.player import Options
from replayer.problems import ReplayError
from replayer.recording import Recorder, read_recording
from replayer.transcript import Transcript, transcribe
from replayer.worker import News, read_news, work_order

# Beyond the time that a scenario may take, a worker that has not ended hangs.
PATIENCE = 30.0
# A worker that is told to end has so long to take its sandbox down.
GRACE = 10.0

# How many plans a processor plays at once: they mostly wait, for pings that must fail (docs/decisions.md).
A_PROCESSOR = 8
# What one needs at the most while it only waits: bytes of memory (13 MB were seen), and open files of ours.
MEMORY, FILES = 64 << 20, 4

# Is told what happens to one plan; to all of them, by their numbers.
Watch = Callable[[News], None]
WatchAll = Callable[[int, News], None]


@dataclass(frozen=True, slots=True)
class Played:
    """A plan that was played: its number among all, its transcript, and why its recording is not whole."""

    number: int
    transcript: Transcript
    failure: str


class Crew(Protocol):
    """Who plays the plans; called by many threads at once."""

    def play(self, plan: Plan, options: Options, recording: Path, watch: Watch) -> str:
        """Play a plan, record it, and tell `watch` what happens. Returns why the recording is not whole, or nothing.
        Raises NotPlayed (what was played is recorded) and Interrupted."""

    def interrupt(self) -> None:
        """End the runs that go on, as Ctrl-C would; from now on nothing is played."""

    def close(self) -> None:
        """Nothing is played any more."""


class Worker:
    """A process that plays one plan after the other. Used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "replayer.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C goes to the owner alone, which ends its workers in order.
            start_new_session=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def play(self, order: str, limit: float, told: Callable[[str], None]) -> str:
        """Carry out a work order, in `limit` seconds at the most; each line that the worker says is told. Returns
        why the recording is not whole, or nothing. Raises NotPlayed."""
        timer = threading.Timer(limit, self._process.kill)
        timer.start()
        try:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(order + "\n")
            self._process.stdin.flush()
            for line in self._process.stdout:
                if line.startswith('{"event": "played"'):
                    return str(json.loads(line)["failure"])
                told(line)
        except (OSError, ValueError) as error:
            raise NotPlayed(self._end(f"its worker cannot be spoken to: {error}")) from error
        finally:
            timer.cancel()
        raise NotPlayed(self._end("its worker died"))

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


class NotPlayed(ReplayError):
    """A plan that was not played to its end: the process that played it died, or nobody can."""

    exit_code = 3


class Interrupted(Exception):
    """A plan that was not begun, because all ends."""


@dataclass(slots=True)
class Workers:
    """The workers of this process, handed to whoever plays next."""

    _idle: list[Worker] = field(default_factory=list)
    _busy: list[Worker] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ending: bool = False

    def play(self, plan: Plan, options: Options, recording: Path, watch: Watch) -> str:
        """Play a plan by an idle worker, or a new one."""
        with self._lock:
            if self._ending:
                raise Interrupted
            worker = self._idle.pop() if self._idle else Worker()
            self._busy.append(worker)
        try:
            # What an earlier run left there is not this one's, should the worker die early.
            Recorder(recording, plan).close()
            order = work_order(plan, options, recording)
            return worker.play(order, options.run_timeout + PATIENCE, lambda line: watch(read_news(line)))
        finally:
            with self._lock:
                self._busy.remove(worker)
                if worker.alive() and not self._ending:
                    self._idle.append(worker)
                elif worker.alive():
                    worker.interrupt()

    def interrupt(self) -> None:
        """Those that play end their runs."""
        with self._lock:
            self._ending = True
            for worker in self._busy:
                worker.interrupt()

    def close(self) -> None:
        """End all workers."""
        for worker in self._idle:
            worker.close()


def as_many_as_fit() -> int:
    """How many plans to play at once where nobody says."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = [A_PROCESSOR * (os.cpu_count() or 1), memory // MEMORY]
    if files != resource.RLIM_INFINITY:
        room.append(files // FILES // 2)
    return max(1, min(room))


def play_many(
    plans: Sequence[Plan], options: Options, recordings: Sequence[Path], jobs: int, watch: WatchAll, crew: Crew
) -> Iterator[Played]:
    """Play plans, `jobs` at a time; yields what was played in the order of `plans`. `watch` is called from this
    thread. Closing the iterator ends all, the crew included."""
    news: queue.Queue[tuple[int, News | None]] = queue.Queue()
    executor: Executor = ThreadPoolExecutor(jobs)
    futures: list[Future[Played]] = []
    told = 0
    try:
        for number, plan in enumerate(plans):
            future = executor.submit(_played, number, plan, options, recordings[number], crew, news)
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
        if told < len(plans):
            crew.interrupt()
        executor.shutdown(wait=True)
        crew.close()


def _played(
    number: int,
    plan: Plan,
    options: Options,
    recording: Path,
    crew: Crew,
    news: "queue.Queue[tuple[int, News | None]]",
) -> Played:
    failure = ""
    try:
        failure = crew.play(plan, options, recording, lambda event: news.put((number, event)))
    except NotPlayed as lost:
        _finish(recording, str(lost))
    read, events = read_recording(recording)
    return Played(number, transcribe(read, events), failure)


def _finish(recording: Path, why: str) -> None:
    """A recording whose writer died gets an end that says so."""
    _, events = read_recording(recording)
    at = max((event.at for event in events), default=0.0)
    whole = recording.read_bytes()
    kept = whole[: whole.rindex(b"\n") + 1] if b"\n" in whole else b""
    recording.write_bytes(kept + to_json(Finished(at, "errored", why)).encode() + b"\n")

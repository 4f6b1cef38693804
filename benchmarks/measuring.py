"""Whole processes, by wall time and peak memory, one after the other in turns."""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# As where a tool is installed: byte code is kept.
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
# A run that ended in a way that its command does not end in (another process killed it) is made again so often.
AGAIN = 3


@dataclass(frozen=True, slots=True)
class Command:
    """What is started. `statuses`: the exit statuses of a good run."""

    argv: tuple[str, ...]
    folder: Path
    statuses: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Run:
    """One process from its start to its end. `peak`: the most memory that it or a descendant used, in MB."""

    seconds: float
    peak: float
    status: int

    @property
    def timed_out(self) -> bool:
        return self.status == -signal.SIGKILL


def measure(command: Command, timeout: float) -> Run:
    """Run a command to its end, or for `timeout` seconds."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command.argv,
        cwd=command.folder,
        env={name: value for name, value in os.environ.items() if name not in UNSET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    timer = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    try:
        # wait4, for its resource usage: the process's and that of all whom it waited for.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_maxrss / 1024, process.returncode)


def in_turns(commands: Mapping[str, Command], rounds: int, budget: float, timeout: float = 120) -> dict[str, list[Run]]:
    """The runs of each command, made in turns (A B C A B C …), so that a busy moment of the machine falls on
    all. One that has used up its `budget` of seconds is left out of further rounds; one that never ends well
    has no runs."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    spent = dict.fromkeys(commands, 0.0)
    failed: set[str] = set()
    for _ in range(rounds):
        for name, command in commands.items():
            if name in failed or spent[name] >= budget:
                continue
            run = _well(name, command, timeout)
            if run is None:
                failed.add(name)
                continue
            runs[name].append(run)
            spent[name] += run.seconds
    return runs


def _well(name: str, command: Command, timeout: float) -> Run | None:
    for _ in range(AGAIN):
        run = measure(command, timeout)
        if run.status in command.statuses or (run.timed_out and run.seconds >= timeout):
            return run
        print(f"{name}: exit status {run.status}, after {run.seconds:.2f} s", file=sys.stderr)
    return None


def seconds(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def peak(runs: list[Run]) -> float:
    return max(run.peak for run in runs)


def beyond(runs: list[Run], starts: list[Run]) -> float:
    """Median seconds above the start, paired by round: both were measured in the same busy moment."""
    return statistics.median(a.seconds - b.seconds for a, b in zip(runs, starts, strict=False))

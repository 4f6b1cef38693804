"""What a worker of a dask.distributed cluster does: it has a plan played by a child process, and tells how far it is.

The client is told over the topic TOPIC, as [key, kind, text]:
    taken     address and name of the worker that plays the plan now
    started   the event of the step that runs, some times a second at the most
"""

import threading
import time
from collections.abc import Sequence

from distributed import Reschedule, Status, get_worker
from distributed import Worker as DaskWorker

from replayer import __version__
from replayer.pool import NotPlayed, Worker

TOPIC = "replay"
# How often a run is looked after, in seconds.
LOOK = 0.25

# What is played here now: the task's key -> the process that plays.
_children: dict[str, Worker] = {}


def play(key: str, order: str, limit: float, version: str) -> tuple[bytes, str]:
    """A dask task: carry out a work order (`worker.work_order`, with no path) in `limit` seconds. Returns the lines
    of the recording, and why they are not all, or nothing."""
    if version != __version__:
        # At the start the client asked; this worker came later.
        return b"", f"the worker {get_worker().address} has replay {__version__}, here is {version}"
    return Playing(key, get_worker()).play(order, limit)


def interrupt(keys: Sequence[str]) -> None:
    """End the runs of these tasks as Ctrl-C would. Called outside of tasks."""
    for key in keys:
        if (child := _children.get(key)) is not None:
            child.interrupt()


class Playing:
    """One plan, played by a process of its own that ends with it: nothing of it stays on the worker's machine."""

    def __init__(self, key: str, host: DaskWorker) -> None:
        self._key, self._host = key, host
        self._lines: list[str] = []
        self._started = self._told = ""
        self._told_at = 0.0
        self._dropped = False

    def play(self, order: str, limit: float) -> tuple[bytes, str]:
        """See `play`. Raises Reschedule where it was ended because nobody waited for it."""
        over = threading.Event()
        child = _children[self._key] = Worker()
        watch = threading.Thread(target=self._look_after, args=(child, over), daemon=True)
        self._tell("taken", f"{self._host.address} {self._host.name}")
        watch.start()
        why = ""
        try:
            why = child.play(order, limit, self._line)
        except NotPlayed as lost:
            why = str(lost)
        finally:
            over.set()
            del _children[self._key]
            child.close()
            watch.join()
        if self._dropped:
            # If anybody still waits for it, another worker may play it.
            raise Reschedule
        return "".join(self._lines).encode(), why

    def _line(self, line: str) -> None:
        self._lines.append(line)
        if line.startswith('{"event":"started"'):
            self._started = line
            # A run of many short steps does not send each: what it comes to rest at is told of by `_look_after`.
            if time.monotonic() > self._told_at + LOOK:
                self._tell_step()

    def _tell_step(self) -> None:
        self._told, self._told_at = self._started, time.monotonic()
        self._tell("started", self._told)

    def _look_after(self, child: Worker, over: threading.Event) -> None:
        while not over.wait(LOOK):
            if self._told != self._started:
                self._tell_step()
            if not self._wanted():
                self._dropped = True
                child.interrupt()

    def _wanted(self) -> bool:
        """Whether somebody waits for it: not where the client gave it up or is gone, or this worker ends. dask itself
        stops no task that runs."""
        task = self._host.state.tasks.get(self._key)
        return task is not None and task.state == "executing" and self._host.status in (Status.running, Status.paused)

    def _tell(self, kind: str, text: str) -> None:
        self._host.log_event(TOPIC, [self._key, kind, text])

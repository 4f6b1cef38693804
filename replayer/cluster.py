"""Plans played by the workers of a dask.distributed cluster: the same as `pool.Workers`, on other machines.

A plan travels as a work order, its recording comes back as bytes. dask chooses the worker; a plan's labels are
resources that it must have. The plans of a worker that is lost dask gives to others: each is played again once.
Imported only where a cluster is asked for: dask.distributed is an extra.
"""

import contextlib
import logging
import pydoc
import queue
import threading
import time
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from distributed import Client, Future, KilledWorker

from replayer import __version__, remote
from replayer.cluster_task import Task
from replayer.events import Began, Event, from_json
from replayer.plan import Plan
from replayer.player import Options
from replayer.pool import GRACE, PATIENCE, Interrupted, NotPlayed, Watch
from replayer.problems import Problem, ReplayError, suggestion
from replayer.recording import Recorder
from replayer.worker import work_order

# Times in seconds. How long the cluster may take to answer:
ANSWER = 10.0
# How long a plan waits for a worker to come (back) that could play it:
RETURN = 10.0
# How often a plan that waits looks around:
LOOK = 1.0
# How long a recording may travel:
TRAVEL = 120.0
# So many plans are given to the cluster at once; it shares them out by its workers' threads.
MOST = 256


class ClusterError(ReplayError):
    """A cluster that cannot be used as it is (exit 2)."""


class Cluster:
    """The crew of a cluster. Raises ClusterError if it is not there, has no workers, or workers of another version."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = _connected(address)
        self._lock = threading.Lock()  # never held while the cluster is asked: its news take it
        self._asking = threading.Lock()
        self._tasks: dict[str, Task] = {}
        self._ending = False
        self._known: tuple[float, Mapping[str, Mapping[str, Any]]] = (0.0, {})
        try:
            self._check_workers()
        except BaseException:
            self.close()
            raise
        self._client.subscribe_topic(remote.TOPIC, self._told)
        # dask's own: workers that come and go.
        self._client.subscribe_topic("all", self._happened)

    def play(self, plan: Plan, options: Options, recording: Path, watch: Watch) -> str:
        """Have a plan played, and record here what comes back."""
        task = Task(plan, watch)
        try:
            self._check_connection()
            self._check_labels(plan)
            lines, why = self._result(task, options)
            events = _events(lines, task)
        except Interrupted:
            raise
        except NotPlayed as error:
            events, why = [], str(error)
        except Exception as error:
            # Whatever dask raises when the scheduler leaves just now: it is this scenario's, and no other's.
            events, why = [], f"the cluster {self.address} cannot be asked ({type(error).__name__}: {error})"
        with Recorder(recording, plan) as recorder:
            for event in events:
                recorder.write(event)
        if why:
            raise NotPlayed(why)
        return recorder.failure

    def interrupt(self) -> None:
        """Have the runs that go on ended; what waits is not played."""
        with self._lock:
            self._ending = True
            tasks = list(self._tasks.values())
        for task in tasks:
            task.news.put(("interrupt", ""))
        playing = [task.key for task in tasks if task.worker]
        # A worker that does not answer is left alone after GRACE: `_follow` sees to that.
        with contextlib.suppress(Exception):
            self._client.run(remote.interrupt, playing, on_error="ignore", callback_timeout=GRACE)

    def close(self) -> None:
        """Leave the cluster."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=GRACE)

    # -- one plan ---------------------------------------------------------------------------------------

    def _result(self, task: Task, options: Options) -> tuple[bytes, str]:
        """Give a plan to the cluster and wait for what comes back."""
        with self._lock:
            if self._ending:
                raise Interrupted
            self._tasks[task.key] = task
        order = work_order(task.plan, options, None)
        limit = options.run_timeout + PATIENCE
        future = self._client.submit(
            remote.play,
            task.key,
            order,
            limit,
            __version__,
            key=task.key,
            pure=False,
            resources=dict.fromkeys(task.plan.labels, 1),
        )
        try:
            return self._follow(task, future)
        finally:
            with self._lock:
                del self._tasks[task.key]
            # In vain where the scheduler has left.
            with contextlib.suppress(Exception):
                future.cancel()

    def _follow(self, task: Task, future: "Future[tuple[bytes, str]]") -> tuple[bytes, str]:
        """Wait for what a plan's task returns, whatever happens to its workers."""
        _announce(future, task)
        while task.give_up is None or time.monotonic() < task.give_up:
            try:
                kind, text = task.news.get(timeout=LOOK)
            except queue.Empty:
                if not task.worker:
                    self._look_for_a_worker(task)
                continue
            if kind != "done":
                task.hear(kind, text)
            elif future.status == "finished":
                return _returned(future, task)
            else:
                self._try_again(task, future)
        raise NotPlayed("interrupted") if task.worker else Interrupted

    def _try_again(self, task: Task, future: "Future[tuple[bytes, str]]") -> None:
        """Have a plan played whose task came to nothing. Raises NotPlayed where no other worker would help."""
        error = future.exception(timeout=ANSWER)
        if isinstance(error, KilledWorker):
            # The scheduler is set to try less often than we do.
            task.lose()
            future.retry()
            _announce(future, task)
        elif future.status == "error":
            raise NotPlayed(f"the worker cannot play it: {type(error).__name__}: {error}")
        else:
            raise NotPlayed(self._lost)

    def _look_for_a_worker(self, task: Task) -> None:
        """Raises NotPlayed if for RETURN seconds there has been none that could play it."""
        self._check_connection()
        if self._fitting(task.plan):
            task.alone = None
        elif task.alone is None:
            task.alone = time.monotonic()
        elif time.monotonic() > task.alone + RETURN:
            raise NotPlayed("; ".join([*task.losses, f"no worker{_with(task.plan)} is left"]))

    def _told(self, event: tuple[float, Any]) -> None:
        key, kind, text = event[1]
        # Other clients' plans are told of, too.
        if (task := self._tasks.get(key)) is not None:
            task.news.put((kind, text))

    def _happened(self, event: tuple[float, Any]) -> None:
        said = event[1]
        if isinstance(said, dict) and said.get("action") == "remove-worker":
            with self._lock:
                tasks = list(self._tasks.values())
            for task in tasks:
                task.news.put(("left", said["worker"]))

    # -- the workers ------------------------------------------------------------------------------------

    def _workers(self) -> Mapping[str, Mapping[str, Any]]:
        """What the scheduler says of each worker, by its address; some seconds old at the most."""
        with self._asking:
            if time.monotonic() > self._known[0] + LOOK:
                workers = self._client.scheduler_info(n_workers=-1).get("workers", {})
                self._known = time.monotonic(), dict(workers)
            return self._known[1]

    def _fitting(self, plan: Plan) -> list[str]:
        """The workers that have all labels of a plan."""
        return [a for a, worker in self._workers().items() if plan.labels.keys() <= _labels(worker)]

    def _check_workers(self) -> None:
        if not self._workers():
            raise ClusterError(
                f"--cluster: the cluster {self.address} has no workers; start one: dask worker {self.address}"
            )
        try:
            # A function of the standard library: a worker that has no replay can call it all the same.
            versions = self._client.run(
                pydoc.locate, "replayer.__version__", on_error="return", callback_timeout=ANSWER
            )
        except (TimeoutError, OSError) as error:
            raise ClusterError(f"--cluster: workers of {self.address} do not answer within {ANSWER:g} s") from error
        others = [f"{worker}: {found or 'none'}" for worker, found in versions.items() if found != __version__]
        if others:
            shown = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
            raise ClusterError(
                f"--cluster: replay is {__version__} here, but not on all workers ({shown}); "
                f"install the same there: pip install 'replay-scenarios[cluster]=={__version__}'"
            )

    @property
    def _lost(self) -> str:
        return f"the connection to the cluster {self.address} was lost"

    def _check_connection(self) -> None:
        if self._client.status != "running":
            raise NotPlayed(self._lost)

    def _check_labels(self, plan: Plan) -> None:
        """Raises NotPlayed for labels that no worker has: dask would wait for one for ever."""
        if self._fitting(plan):
            return
        labels = {worker["name"]: _labels(worker) for worker in self._workers().values()}
        known = sorted(set().union(*labels.values()))
        there = f"the workers' labels are: {', '.join(known)}" if known else "the workers have no labels"
        problems = [
            Problem(at, f"no worker has the label {label!r}", suggestion(label, known, there))
            for label, at in plan.labels.items()
            if label not in known
        ]
        if plan.labels and not problems:
            each = "; ".join(
                f"the worker {name} has {', '.join(sorted(own)) or 'none'}" for name, own in sorted(labels.items())
            )
            problems = [
                Problem(next(iter(plan.labels.values())), f"no worker has all of {', '.join(plan.labels)}", each)
            ]
        raise NotPlayed("; ".join(map(str, problems)) or "the cluster has no workers any more")


def _connected(address: str) -> Client:
    # What dask would log, or warn of, comes as an error of ours or does not matter; the screen is a view of runs.
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="distributed")
    try:
        return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ClusterError(
            f"--cluster: no dask scheduler answers at {address!r} ({said}); "
            "write its address as it says when it starts: tcp://HOST:8786"
        ) from error


def _labels(worker: Mapping[str, Any]) -> set[str]:
    """A plan takes one of each label while it is played."""
    return {name for name, amount in worker["resources"].items() if amount >= 1}


def _with(plan: Plan) -> str:
    return f" with the label {' and '.join(plan.labels)}" if plan.labels else ""


def _announce(future: "Future[tuple[bytes, str]]", task: Task) -> None:
    future.add_done_callback(lambda _: task.news.put(("done", "")))


def _returned(future: "Future[tuple[bytes, str]]", task: Task) -> tuple[bytes, str]:
    try:
        return future.result(timeout=TRAVEL)
    except Exception as error:
        # Its worker may be lost on the way, or the scheduler.
        raise NotPlayed(f"its recording did not come back from the worker {task.name}: {error}") from error


def _events(lines: bytes, task: Task) -> list[Event]:
    """The events of a recording that came back, as far as it is whole; where it was made is added to them."""
    events = []
    for line in lines.decode(errors="replace").split("\n")[1:-1]:
        try:
            event = from_json(line)
        except ValueError as error:
            raise NotPlayed(f"what the worker {task.name} sent is no recording: {error}") from error
        events.append(replace(event, machine=event.machine | task.facts) if isinstance(event, Began) else event)
    return events

"""A plan that was given to a cluster: what its client knows of it, from the news of it."""

import queue
import time
import uuid
from dataclasses import dataclass, field

from replayer.events import Finished, Started, from_json
from replayer.plan import Plan
from replayer.pool import GRACE, NotPlayed, Watch

# A plan whose worker is lost is played again; a second loss is its error.
LOSSES = 2
# What happens to a plan, in a word and its object. A worker says `taken` and `started` (see `remote`); the client
# itself `left` (a worker, by its address), `done` (the dask task, in whatever way) and `interrupt`.
News = tuple[str, str]


@dataclass(slots=True)
class Task:
    """A plan that was given to the cluster, and what is known of it. Used by one thread; others send it `news`."""

    plan: Plan
    watch: Watch
    key: str = field(default_factory=lambda: f"replay-{uuid.uuid4().hex}")
    news: "queue.SimpleQueue[News]" = field(default_factory=queue.SimpleQueue)
    worker: str = ""  # the address of the one that plays it now
    name: str = ""  # and what people call it
    step: int | None = None  # that runs there
    losses: list[str] = field(default_factory=list)
    alone: float | None = None  # since when there is no worker for it
    give_up: float | None = None  # when it is no longer waited for, after an interrupt

    @property
    def facts(self) -> dict[str, str]:
        """What its recording says of the cluster."""
        return {"worker": self.name} | ({"lost": "; ".join(self.losses)} if self.losses else {})

    def hear(self, kind: str, text: str) -> None:
        """Take a piece of news. Raises NotPlayed if its worker was lost once too often."""
        if kind == "taken":
            self.lose()
            self.worker, _, name = text.partition(" ")
            self.name = name if name == self.worker else f"{name} ({self.worker})"
            self.alone = None
        elif kind == "started":
            event = from_json(text)
            self.step = event.step if isinstance(event, Started) else None
            self.watch(event)
        elif kind == "left" and text == self.worker:
            self.lose()
        elif kind == "interrupt":
            self.give_up = time.monotonic() + (GRACE if self.worker else 0.0)

    def lose(self) -> None:
        """Its worker is lost, if it had one. Raises NotPlayed if that was once too often."""
        if not self.worker:
            return
        during = f" during step {self.step + 1}" if self.step is not None else ""
        self.losses.append(f"the worker {self.name} was lost{during}")
        self.worker, self.step = "", None
        # Nothing of it runs until it is played again.
        self.watch(Finished(0.0, "errored", self.losses[-1]))
        if len(self.losses) == LOSSES:
            raise NotPlayed("; played again: ".join(self.losses))

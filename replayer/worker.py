"""A process that plays plans for another one: plans come in by lines, and what happens goes out by lines.

Standard input: one JSON object a line with `plan`, `options` and `recording` (a path, or null). Standard output: the
events (of what terminals print only so much as somebody can read; all is in the recording) and how each step was
judged; where there is no path, the whole recording instead;
then {"event": "played", "failure": …}. When the input ends, so does the worker, in the middle of a run too: nothing
outlives its owner.
"""

import io
import json
import os
import queue
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from replayer.events import Event, Output, from_json, to_json
from replayer.formats.reasons import Judged, label_of, reasons
from replayer.plan import Plan
from replayer.planned import from_data, to_data
from replayer.player import Options
from replayer.running import run
from replayer.sandboxes import Limits
from replayer.transcript import Entry

# What a worker tells of a run while it goes on.
News = Event | Judged


def work_order(plan: Plan, options: Options, recording: Path | None) -> str:
    """A line that asks for a plan to be played. `recording` None: the worker says its lines instead."""
    order = {
        "plan": to_data(plan),
        "options": asdict(options),
        "recording": str(recording) if recording else None,
    }
    return json.dumps(order, ensure_ascii=False)


def read_news(line: str) -> News:
    """What a line of a worker's output says. Raises ValueError."""
    if not line.startswith('{"event": "judged"'):
        return from_json(line)
    fields = json.loads(line)
    del fields["event"]
    return Judged(**fields)


def options_from(fields: dict[str, Any]) -> Options:
    """The options of a work order."""
    return Options(**{**fields, "limits": Limits(**fields["limits"])})


def main() -> None:
    """Work until the input ends. Ctrl-C is the owner's to pass on: it sends SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        signal.signal(signal.SIGTERM, _interrupt)  # it may come at once
        for stream in (sys.stdin, sys.stdout):
            # Whatever the language of the machine is.
            assert isinstance(stream, io.TextIOWrapper)
            stream.reconfigure(encoding="utf-8")
        orders: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_listen, args=(orders,), daemon=True).start()
        while (order := orders.get()) is not None:
            _perform(json.loads(order))
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)


def _listen(orders: "queue.Queue[str | None]") -> None:
    for line in sys.stdin:
        orders.put(line)
    orders.put(None)
    os.kill(os.getpid(), signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Readable:
    """Of what terminals print, so much as somebody who looks on can read: a flood is not passed on."""

    MOST, WINDOW = 8192, 0.25  # characters in so many seconds

    def __init__(self) -> None:
        self._since, self._passed = 0.0, 0

    def may(self, event: Output) -> bool:
        if event.at - self._since > self.WINDOW:
            self._since, self._passed = event.at, 0
        self._passed += len(event.text)
        return self._passed <= self.MOST


def _perform(order: dict[str, Any]) -> None:
    recording = Path(order["recording"]) if order["recording"] else None
    read = Readable()

    def tell(event: Event | None, entry: Entry | None) -> None:
        if recording is None:
            return
        if event is not None and (not isinstance(event, Output) or read.may(event)):
            print(to_json(event), flush=True)
        if entry is not None and entry.judged and entry.verdict is not None:
            judged = Judged(entry.step.index, entry.verdict.word, label_of(entry), list(reasons(entry)))
            print(json.dumps({"event": "judged", **asdict(judged)}), flush=True)

    _, failure = run(from_data(order["plan"]), options_from(order["options"]), recording, tell)
    print(json.dumps({"event": "played", "failure": failure}), flush=True)


if __name__ == "__main__":
    main()

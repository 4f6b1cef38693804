"""A process that plays plans for another one: plans come in by lines, and what happens goes out by lines.

Standard input: one JSON object a line with `plan`, `options` and `recording` (a path). Standard output: the
events (of what terminals print only so much as somebody can read; all is in the recording), how each step was judged,
then {"event": "played", "failure": …}. When the input ends, so does the worker, in the middle of a run too: nothing
outlives its owner.
"""

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

from replayer.events import Event, Output, to_json
from replayer.formats.reasons import Judged, label_of, reasons
from replayer.plan import Plan
from replayer.planned import from_data, to_data
from replayer.player import Options
from replayer.running import run
from replayer.sandboxes import Limits
from replayer.transcript import Entry


def work_order(plan: Plan, options: Options, recording: Path) -> str:
    """A line that asks for a plan to be played."""
    fields: dict[str, Any] = {name: getattr(options, name) for name in options.__dataclass_fields__}
    fields["limits"] = {name: getattr(options.limits, name) for name in options.limits.__dataclass_fields__}
    order = {
        "plan": to_data(plan),
        "options": fields,
        "recording": str(recording),
    }
    return json.dumps(order, ensure_ascii=False)


def options_from(fields: dict[str, Any]) -> Options:
    """The options of a work order."""
    return Options(**{**fields, "limits": Limits(**fields["limits"])})


def main() -> None:
    """Work until the input ends. Ctrl-C is the owner's to pass on: it sends SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _interrupt)
    orders: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    try:
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
    read = Readable()

    def tell(event: Event | None, entry: Entry | None) -> None:
        if event is not None and (not isinstance(event, Output) or read.may(event)):
            print(to_json(event), flush=True)
        if entry is not None and entry.judged and entry.verdict is not None:
            judged = Judged(entry.step.index, entry.verdict.word, label_of(entry), list(reasons(entry)))
            print(json.dumps({"event": "judged", **asdict(judged)}), flush=True)

    _, failure = run(from_data(order["plan"]), options_from(order["options"]), Path(order["recording"]), tell)
    print(json.dumps({"event": "played", "failure": failure}), flush=True)


if __name__ == "__main__":
    main()

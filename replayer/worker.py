"""A process that plays plans for another one: plans come in by lines, and what happens goes out by lines.

Standard input: one JSON object a line with `plan`, `options` and `recording` (a path, or null). Standard output: the
events, less what terminals print (that is in the recording); where there is no path, the whole recording instead;
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

from replayer.events import Event, Output, to_json
from replayer.plan import Plan
from replayer.planned import from_data, to_data
from replayer.player import Options
from replayer.running import run
from replayer.sandboxes import Limits
from replayer.transcript import Entry


def work_order(plan: Plan, options: Options, recording: Path | None) -> str:
    """A line that asks for a plan to be played. `recording` None: the worker says its lines instead."""
    order = {
        "plan": to_data(plan),
        "options": asdict(options),
        "recording": str(recording) if recording else None,
    }
    return json.dumps(order, ensure_ascii=False)


def options_from(fields: dict[str, Any]) -> Options:
    """The options of a work order."""
    return Options(**{**fields, "limits": Limits(**fields["limits"])})


def main() -> None:
    """Work until the input ends. Ctrl-C is the owner's to pass on: it sends SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _interrupt)
    for stream in (sys.stdin, sys.stdout):
        # Whatever the language of the machine is.
        assert isinstance(stream, io.TextIOWrapper)
        stream.reconfigure(encoding="utf-8")
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


def _perform(order: dict[str, Any]) -> None:
    recording = Path(order["recording"]) if order["recording"] else None

    def tell(event: Event | None, entry: Entry | None) -> None:
        if recording is not None and event is not None and not isinstance(event, Output):
            print(to_json(event), flush=True)

    _, failure = run(from_data(order["plan"]), options_from(order["options"]), recording, tell)
    print(json.dumps({"event": "played", "failure": failure}), flush=True)


if __name__ == "__main__":
    main()

"""What runs now, in the last lines of a terminal: for how long, what it printed last, and which steps failed.

A thread redraws it ten times a second. Of several scenarios at once it is a table.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from replayer.cli.region import Region, cut, padded, size_of, width_of
from replayer.problems import visible
from replayer.screen import plain

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
EVERY = 0.1  # seconds from one drawing to the next
# A step that takes longer than so many seconds shows its last lines: so many of them, from so many characters.
LONG, LINES, KEPT = 2.0, 3, 4000
WIDEST_NAME = 24

Paint = Callable[[str, str], str]


@dataclass(slots=True)
class Row:
    """A step that runs: under `name` (of a scenario, where there are several) and `place` (7/49)."""

    label: str
    terminal: str
    name: str = ""
    place: str = ""
    since: float = field(default_factory=time.monotonic)
    printed: str = ""


class Live:
    """Told what begins and ends, by one thread; a thread of its own draws. `total`: how many scenarios there are."""

    def __init__(self, file: TextIO, paint: Paint, total: int = 1) -> None:
        self._file, self._paint, self._total = file, paint, total
        self._region = Region(file)
        self._lock = threading.Lock()
        self._rows: dict[int, Row] = {}
        self._boxes: dict[int, list[list[str]]] = {}  # of each scenario that is not told yet
        self._begun: set[int] = set()
        self._over: set[int] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def start(self, key: int, row: Row) -> None:
        """A step begins in scenario `key`."""
        with self._lock:
            self._begun.add(key)
            self._rows[key] = row

    def printed(self, key: int, terminal: str, text: str) -> None:
        """What a terminal of a scenario printed: it is the running step's if it is its terminal."""
        with self._lock:
            row = self._rows.get(key)
            if row is not None and row.terminal == terminal:
                row.printed = (row.printed + text)[-KEPT:]

    def stop(self, key: int, over: bool = False) -> None:
        """Its step ended; `over`: the scenario did."""
        with self._lock, suppress(OSError, ValueError):
            self._rows.pop(key, None)
            if over:
                self._over.add(key)
            self._region.clear()

    def fail(self, key: int, box: list[str]) -> None:
        """A box that stays until its scenario is told."""
        with self._lock:
            self._boxes.setdefault(key, []).append(box)

    def told(self, key: int) -> None:
        """A scenario's steps stand above now: its boxes go."""
        with self._lock:
            self._boxes.pop(key, None)

    def print(self, text: str) -> None:
        """A line above that stays."""
        with self._lock:
            self._region.print(text)

    def close(self) -> None:
        """Nothing is drawn any more, and nothing of it is left."""
        self._end.set()
        self._thread.join()
        with self._lock, suppress(OSError, ValueError):
            self._region.clear()

    def _tick(self) -> None:
        frame = 0
        # The first look comes late: a step of some milliseconds needs no line of its own.
        while not self._end.wait(EVERY):
            frame += 1
            with self._lock, suppress(OSError, ValueError):
                columns, rows = size_of(self._file) or (80, 24)
                self._region.draw(self._lines(FRAMES[frame % len(FRAMES)], columns, rows - 2))

    def _lines(self, sign: str, columns: int, most: int) -> list[str]:
        if self._total == 1:
            return [line for row in self._rows.values() for line in self._alone(sign, row, columns)][:most]
        boxes = [line for box in self._boxes.values() for lines in box for line in self._box(lines, columns)]
        table = self._table(sign, columns)
        # The boxes stay; of the table as much as there is room for, its last line in any case.
        boxes = boxes[: max(0, most - 4)]
        room = max(1, most - len(boxes))
        if len(table) > room:
            table = [*table[: room - 1], table[-1]]
        return [*boxes, *table]

    def _alone(self, sign: str, row: Row, columns: int) -> Sequence[str]:
        head = f"  {sign} running      {time.monotonic() - row.since:6.1f}s  "
        first = self._paint(head, "dim") + cut(row.label, columns - width_of(head) - 1)
        return [first, *self._last_lines(row, columns, " " * 11)]

    def _table(self, sign: str, columns: int) -> list[str]:
        """A line for each scenario that runs, its last lines below, and a line that counts."""
        lines = []
        widest = min(WIDEST_NAME, columns // 4, max((width_of(row.name) for row in self._rows.values()), default=0))
        place = max((len(row.place) for row in self._rows.values()), default=0)
        for _, row in sorted(self._rows.items()):
            name = padded(cut(row.name, widest), widest)
            head = f"  {sign} {name} {row.place:>{place}} {time.monotonic() - row.since:6.1f}s  "
            lines.append(self._paint(head, "dim") + cut(row.label, columns - width_of(head) - 1))
            lines += self._last_lines(row, columns, "    ")
        done, running = len(self._over), len(self._begun - self._over)
        counted = [f"{done} of {self._total} done", f"{running} running", f"{self._total - done - running} to come"]
        lines.append(self._paint(cut("  " + ", ".join(counted), columns - 1), "dim"))
        return lines

    def _last_lines(self, row: Row, columns: int, indent: str) -> list[str]:
        if time.monotonic() - row.since < LONG or not row.printed:
            return []
        lines = [line for line in visible(plain(row.printed)).split("\n") if line.strip()][-LINES:]
        return [self._paint(cut(f"{indent}│ {line.expandtabs()}", columns - 1), "dim") for line in lines]

    def _box(self, lines: list[str], columns: int) -> list[str]:
        return [self._paint(cut(f"  ┃ {visible(line).expandtabs()}", columns - 1), "failed") for line in lines]

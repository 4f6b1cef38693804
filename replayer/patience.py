"""Patterns are searched for in the main thread, for a limited time: `(a+)+$` on the wrong text never ends.

The regular expression engine looks for signals now and then; a timer's signal raises SlowPattern within it.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from replayer.expectations import SlowPattern

LIMIT = 5.0


def _raise(number: int, frame: FrameType | None) -> None:
    raise SlowPattern(f"a pattern was searched for longer than {LIMIT:g} s; make it simpler")


@contextmanager
def patience() -> Iterator[None]:
    """In this block SlowPattern is raised after LIMIT seconds; in other threads nothing is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""How the time that some work takes grows with what it is given. Seconds say more of the machine than of the work;
how many times longer it takes with four times as much does not."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# With four times as much, linear work takes 4 times as long and quadratic work 16 times.
TIMES_AS_MUCH = 4
MOST = 10
ROUNDS = 5


def assert_linear(size: int, make: Callable[[int], T], work: Callable[[T], object]) -> None:
    """`work` on what `make` makes of four times `size` takes at most about four times the processor time of
    `size`, and less where a budget bounds it. A `size` that takes some 50 ms is well measured."""
    gc.disable()  # a collection's time is that of all that the tests hold
    try:
        small, large = make(size), make(TIMES_AS_MUCH * size)
        least = min(_seconds(work, small) for _ in range(3))
        # Other load only adds: one round that was quick enough decides.
        for _ in range(ROUNDS):
            took = _seconds(work, large)
            if took < MOST * least:
                return
            least = min(least, _seconds(work, small))
    finally:
        gc.enable()
    raise AssertionError(f"{least:.4f} s for {size}, {took:.4f} s for {TIMES_AS_MUCH} times as much")


def _seconds(work: Callable[[T], object], given: T) -> float:
    begin = time.process_time()
    work(given)
    return time.process_time() - begin

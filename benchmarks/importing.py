"""How long `replay import` takes for long texts: whole processes on texts as people write them, and, in a process of
its own, the worst of texts that nobody writes, each read as every format."""

import gc
import sys
import time
from dataclasses import dataclass

from tutorials import ARTIFICIAL, FORMATS


@dataclass(frozen=True, slots=True)
class Worst:
    seconds: float  # of processor time, for a million characters
    text: str
    format: str
    tried: int


def worst(size: int) -> Worst:
    """The artificial text of so many characters that takes the longest to import, for what it is long."""
    from replayer.sources.authored import author
    from replayer.tutorial import read_tutorial

    found = Worst(0, "", "", 0)
    tried = 0
    for name, make in ARTIFICIAL.items():
        text = make(size)
        for format in FORMATS:
            gc.collect()
            begin = time.process_time()
            author(read_tutorial(text, "x", format).session)
            seconds = (time.process_time() - begin) * 1_000_000 / size
            tried += 1
            if seconds > found.seconds:
                found = Worst(seconds, name, format, 0)
    return Worst(found.seconds, found.text, found.format, tried)


if __name__ == "__main__":
    one = worst(int(sys.argv[1]))
    print(f"{one.seconds:.3f}\t{one.text!r}\t{one.format}\t{one.tried}")

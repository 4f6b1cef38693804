"""The last lines of a terminal, which are drawn again and again while what is above them stays; and text in cells."""

import os
from collections.abc import Sequence
from typing import TextIO


class Region:
    """Lines at the bottom of a terminal. What is printed goes above them. For one thread at a time."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self._drawn = 0

    def draw(self, lines: Sequence[str]) -> None:
        """These instead of those that are there. None may be as wide as the terminal."""
        self._write("\n".join(lines))
        self._drawn = len(lines)

    def print(self, text: str) -> None:
        """A line that stays; the region is gone until it is drawn again."""
        self._write(text + "\n")

    def clear(self) -> None:
        """The region is gone until it is drawn again."""
        self._write("")

    def _write(self, text: str) -> None:
        # Line by line: where all of a screen is erased at once, tmux keeps it among what scrolled away.
        erased = "\x1b[1A".join(["\r\x1b[K"] * self._drawn)
        self._drawn = 0
        self.file.write(erased + text)
        self.file.flush()


def size_of(file: TextIO) -> tuple[int, int] | None:
    """The terminal's columns and rows; None where there is none."""
    if not file.isatty():
        return None
    try:
        columns, rows = os.get_terminal_size(file.fileno())
    except OSError:
        return 80, 24
    return columns or 80, rows or 24


def padded(text: str, cells: int) -> str:
    """Text filled with spaces to a width in terminal cells (a CJK character takes two)."""
    return text + " " * max(0, cells - width_of(text))


def cut(text: str, cells: int) -> str:
    """Text of at most so many terminal cells."""
    if width_of(text) <= cells:
        return text
    kept, used = "", 1
    for char in text:
        used += width_of(char)
        if used > max(cells, 2):
            break
        kept += char
    return kept + "…"


def squeezed(text: str, cells: int) -> str:
    """Text of at most so many terminal cells, its middle left out."""
    if width_of(text) <= cells:
        return text
    head = cut(text, max(cells // 3, 2))
    tail = ""
    for char in reversed(text):
        if width_of(head + char + tail) > cells:
            break
        tail = char + tail
    return head + tail


def width_of(text: str) -> int:
    """In terminal cells."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, int(wcswidth(text)))

"""What is sent on from one terminal to another's: it looks the same, and holds nothing that reaches further."""

import re
import unicodedata
from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.painting import PaintedCanvas, Style
from replayer.repainting import Repainter, coloured
from replayer.screen import followed, plain

COLUMNS, ROWS = 20, 6
# Text, line ends, colours, and movement: nothing else.
HARMLESS = re.compile(r"(?:[^\x00-\x1f\x7f-\x9f\ud800-\udfff]|\r\n|\r|\x1b\[[0-9;]*[ABCKm])*")

TEXT = ["a", "bc d", "通", "不", "e\u0301", "\t", "\r", "\n", "\r\n", "\b", "x" * 25]
COLOURS = ["\x1b[31m", "\x1b[1;38;5;99m", "\x1b[m"]
MOVED = "A 2A B 5C 2D K 2K J 2J H 3;4H 3P 2@ L M S"
MOVES = [f"\x1b[{move}" for move in MOVED.split()]
NONSENSE = ["\x1b[?1049h", "\x1b[?1049l", "\x1b]0;t\x07", "\x1b]52;c;eA==\x07", "\x1b[6n", "\x1b[c", "\x1b[?25l"]
HALVES = ["\x1bP", "\x1b\\", "\x1b", "\x9b31m", "\x07", "\x00", "\udcff", "\udce9\udc80\udc9a"]
SIGNS = [*TEXT, *COLOURS, *MOVES, *NONSENSE, *HALVES]
STREAM = st.lists(st.sampled_from(SIGNS) | st.text(max_size=3), max_size=25).map("".join)


def sent(pieces: Sequence[str]) -> str:
    repainter = Repainter(COLUMNS, ROWS)
    return "".join(map(repainter.drawn, pieces)) + repainter.end()


def cut(raw: str, at: Sequence[int]) -> list[str]:
    places = sorted({min(n, len(raw)) for n in at})
    return [raw[a:b] for a, b in zip([0, *places], [*places, len(raw)], strict=True)]


def shown(text: str) -> str:
    """What a terminal that was not written here shows of it at the end, blanks at the right left out."""
    screen = pyte.HistoryScreen(COLUMNS, ROWS, history=10_000, ratio=0.5)
    pyte.Stream(screen).feed(text)
    above = ["".join(row[x].data for x in range(COLUMNS)) for row in screen.history.top]
    text = "\n".join(line.rstrip() for line in (*above, *screen.display)).rstrip("\n")
    return unicodedata.normalize("NFD", text)


def rows_of(raw: str) -> str:
    """The rows of a canvas that was given all at once, wrapped ones each on its own."""
    canvas = PaintedCanvas(COLUMNS, ROWS)
    canvas.feed(followed(raw))
    rows = ("".join(" " if cell is None else cell for cell in row).rstrip() for row in canvas._lines)
    return "\n".join(rows).rstrip("\n")


@settings(deadline=None)
@given(raw=STREAM, at=st.lists(st.integers(0, 80), max_size=6))
def test_nothing_but_text_colours_and_movement_is_sent(raw: str, at: list[int]) -> None:
    assert HARMLESS.fullmatch(sent(cut(raw, at)))


# Tabs are blanks here; a string that never ends hides what comes, or not, as it is cut.
TOLD = [sign for sign in SIGNS if sign not in ("\t", "\x1bP", "\x1b")]


@settings(deadline=None)
@given(raw=st.lists(st.sampled_from(TOLD), max_size=25).map("".join), at=st.lists(st.integers(0, 80), max_size=6))
def test_it_looks_the_same_however_it_was_cut(raw: str, at: list[int]) -> None:
    whole = shown(sent([raw]))
    assert whole == rows_of(raw)
    if "\x1b[?1049" not in raw:
        assert shown(sent(cut(raw, at))) == whole


def test_it_stays_below_what_stands_above() -> None:
    above = "kept\r\n"
    assert shown(above + sent(["\x1b[9A\x1b[Hone\r\n", "\x1b[2J", "\x1b[H", "two"])) == "kept\ntwo"


def test_an_overwritten_line_is_sent_as_little_as_it_takes() -> None:
    repainter = Repainter(COLUMNS, ROWS)
    assert [repainter.drawn(piece) for piece in ("10%", "\r20%", "\r100%\r\n")] == [
        "10%",
        "\r20%",
        "\r100%\r\n",
    ]


HALVED = [("\x1b[3", "1mred"), ("\x1b", "[31mred"), ("\x1b]0;ti", "tle\x07red"), ("\udce9", "\udc80\udc9a")]


@pytest.mark.parametrize("halves", HALVED)
def test_halves_wait_for_each_other(halves: tuple[str, str]) -> None:
    assert sent(halves) == sent(["".join(halves)])


def test_an_alternate_screen_that_was_left_is_not_shown() -> None:
    assert sent(["a\x1b[?1049h", "editor", "\x1b[?1049l", "b"]) == "ab\r\n"
    assert plain("a\x1b[?1049heditor\x1b[?1049lb") == "ab"


def test_colours() -> None:
    assert coloured("x", Style(foreground="1", bold=True)) == "\x1b[1;31mx\x1b[0m"
    assert coloured("x", Style(foreground="12", background="#010203")) == "\x1b[94;48;2;1;2;3mx\x1b[0m"
    assert coloured("x", Style()) == "x"
    assert sent(["\x1b[31ma\x1b[1mb\x1b[mc"]) == "\x1b[31ma\x1b[0m\x1b[1;31mb\x1b[0mc\r\n"

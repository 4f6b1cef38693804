"""Colours of outputs: never at the expense of the text."""

from hypothesis import given
from hypothesis import strategies as st

from replayer.painting import PLAIN, Painted, Style, styled
from replayer.screen import PaintedText, plain


def painted(raw: str) -> tuple[Painted, ...]:
    text = PaintedText()
    text.feed(raw)
    return text.painted()


def looks(raw: str) -> list[tuple[str, Style]]:
    return [(piece.text, piece.style) for piece in painted(raw)]


RED = Style(foreground="1")


def test_colours_span_lines_and_end() -> None:
    assert looks("a\x1b[31mb\r\nc\x1b[0md") == [("a", PLAIN), ("b\nc", RED), ("d", PLAIN)]


def test_what_was_written_over_has_the_later_colour() -> None:
    assert looks("\x1b[31mabc\r\x1b[mX") == [("X", PLAIN), ("bc", RED)]


def test_a_cursor_that_goes_up_takes_its_colour_along() -> None:
    assert looks("one\r\ntwo\r\n\x1b[2A\x1b[32mO\x1b[0m") == [("O", Style(foreground="2")), ("ne\ntwo", PLAIN)]


def test_wide_characters_and_marks_keep_theirs() -> None:
    assert looks("\x1b[31m不通e\u0301\x1b[m!") == [("不通e\u0301", RED), ("!", PLAIN)]


def test_every_form_of_a_colour() -> None:
    assert styled(PLAIN, "1;92;44") == Style(foreground="10", background="4", bold=True)
    assert styled(PLAIN, "38;5;9").foreground == "9"
    assert styled(PLAIN, "38;5;244").foreground == "#808080"
    assert styled(PLAIN, "38;2;1;2;3").foreground == "#010203"
    assert styled(PLAIN, "38:2::1:2:3").foreground == styled(PLAIN, "38:2:1:2:3").foreground == "#010203"
    assert styled(PLAIN, "48;5;300;1") == Style(bold=True)
    assert styled(Style(bold=True, dim=True, foreground="3"), "22;39") is PLAIN
    assert styled(RED, "") is PLAIN


def test_what_is_too_much_has_no_colours() -> None:
    raw = "\x1b[31m" + "x" * 500_000
    assert looks(raw) == [("x" * 500_000, PLAIN)]


PIECES = st.sampled_from(
    [
        *("a", "bc d", "通", "\t", "\r", "\n", "\r\n", "\b", "e\u0301"),
        *("\x1b[31m", "\x1b[1;38;5;99m", "\x1b[m", "\x1b[999999m", "\x1b]0;t\x07"),
        *("\x1b[A", "\x1b[2K", "\x1b[H", "\x1b[3P", "\x1b[2@", "\x1b[L", "\x1b[?1049h", "\x1b[?1049l"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_the_text_is_the_same_with_and_without(raw: str) -> None:
    assert "".join(piece.text for piece in painted(raw)) == plain(raw, 120, 30)

"""Stills of a terminal and fragments of HTML: read as XML and HTML, whatever was printed."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.canvas import width
from replayer.events import Ended, Event, Output, Started
from replayer.formats import fragment, still
from replayer.formats.catalogue import FORMATS
from replayer.transcript import transcribe
from tests.playing import plan_of
from tests.test_cast import monitored
from tests.test_repainting import STREAM
from tests.told import noted, printed

SVG = "{http://www.w3.org/2000/svg}"
SIGNS = ["<script>", "</svg>", "]]>", "&amp;", "<!--", "\ufffe", '"', "'"]
PRINTED = st.lists(st.sampled_from(SIGNS) | STREAM, max_size=8).map("".join)


def rows_of(svg: str) -> dict[float, list[ET.Element]]:
    """The texts of the terminal, row by row, in their order."""
    rows: dict[float, list[ET.Element]] = {}
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        if text.get("class") != "title":
            rows.setdefault(float(text.get("y", "")), []).append(text)
    return rows


def place(text: ET.Element) -> tuple[float, float]:
    """From where to where a text goes."""
    x, columns = float(text.get("x", "")), sum(map(width, text.text or ""))
    if "wide" in text.get("class", "").split():
        return x - still.CELL, x + still.CELL
    if columns > 1:
        assert float(text.get("textLength", "")) == pytest.approx(columns * still.CELL, abs=0.01)
    return x, x + columns * still.CELL


def words(svg: str) -> list[str]:
    return [" ".join(text.text or "" for text in texts) for _, texts in sorted(rows_of(svg).items())]


@settings(deadline=None)
@given(PRINTED, PRINTED)
def test_a_still_is_xml_and_no_column_overlaps_another(note: str, output: str) -> None:
    svg = still.render(noted((note, output)))
    root = ET.fromstring(svg)
    across = float(root.get("width", ""))
    assert {element.tag for element in root.iter()} <= {
        SVG + name for name in ("svg", "title", "style", "rect", "path", "circle", "text")
    }
    for texts in rows_of(svg).values():
        places = [place(text) for text in texts]
        assert all(a_end <= b + 0.01 for (_, a_end), (b, _) in pairwise(places))
        assert all(begin >= still.EDGE - 0.01 and end <= across - still.EDGE + 0.01 for begin, end in places)


def test_wide_characters_take_two_columns() -> None:
    svg = still.render(printed((0.1, "ab 不通 cd\r\n\x1b[31m红\x1b[0m|\r\n")))
    texts = [text for row in rows_of(svg).values() for text in row]
    begins = {text.text: round((place(text)[0] - still.EDGE) / still.CELL, 2) for text in texts}
    assert (begins["不"], begins["通"], begins["cd"], begins["|"]) == (3, 5, 8, 2)
    assert next(text for text in texts if text.text == "红").get("class") == "wide f1"


def test_long_outputs_and_high_pictures_are_cut_in_their_middle() -> None:
    shown = words(still.render(printed((0.1, "".join(f"{n}\r\n" for n in range(1000))))))
    assert len(shown) == still.MOST_OUTPUT + 1
    assert (shown[1], shown[-1]) == ("0", "999")
    assert f"… {1000 - still.MOST_OUTPUT + 1} rows left out …" in shown
    many = ET.fromstring(still.render(noted(*(("n", "x\r\n\r\n") for _ in range(200)))))
    assert float(many.get("height", "")) == still.MOST_ROWS * still.ROW + 2 * still.EDGE + still.BAR
    assert len(still.render(printed((0.1, "x" * 3_000_000)))) < 100_000


def test_long_lines_wrap_as_they_did() -> None:
    shown = words(still.render(printed((0.1, "x" * 130 + "\r\n" + "y" * 119 + "通\r\n"))))
    assert list(map(len, shown[1:])) == [120, 10, 119, 1]


def test_one_step_or_one_terminal() -> None:
    assert words(still.render(monitored(), step=3)) == ["# echo two", "two"]
    for step in (2, 4):  # where it began, where it was stopped
        assert words(still.render(monitored(), step=step)) == ["# tcpdump", "listening on a", "packet", "^C"]
    assert words(still.render(monitored(), terminal="main")) == ["# y", "# echo two", "two"]
    assert "monitor" in words(still.render(monitored()))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(deadline=None)
@given(PRINTED, PRINTED)
def test_a_fragment_holds_no_more_than_its_own_elements(note: str, output: str) -> None:
    text = fragment.render(noted((note, output)))
    tags = Tags()
    tags.feed(text)
    assert {tag for tag, _ in tags.found} <= {"article", "h2", "p", "br", "pre", "kbd", "samp", "b"}
    assert {name for _, attributes in tags.found for name, _ in attributes} <= {"class"}
    ET.fromstring(text.replace("<br>", "<br/>").replace("\ufffe", "").replace("\uffff", ""))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_a_fragment_says_what_it_shows() -> None:
    text = fragment.render(monitored())
    assert "<kbd># tcpdump</kbd>\n<samp>listening on a</samp>\n<samp>packet</samp>" in text
    alone = '<pre class="replay-terminal"><kbd># echo two</kbd>\n<samp>two</samp></pre>'
    assert fragment.render(monitored(), step=3) == f'<article class="replay">\n{alone}\n</article>\n'


def test_every_format_renders_the_bytes_that_were_no_text() -> None:
    transcript = printed((0.1, "\udcff\udc80 \x9b31m \ud800\r\n"))
    for render in FORMATS.values():
        render(transcript).encode()


def test_events_of_a_cut_recording_are_rendered_as_far_as_they_go() -> None:
    plan = plan_of("steps: [{run: y}, {run: z}]")
    events: list[Event] = [
        Started(0.0, 0, "main", "y"),
        Output(0.1, "main", "half"),
        Ended(1.0, 0, "exit", 0),
        Started(2.0, 1, "main", "z"),
    ]
    for end in range(len(events) + 1):
        for render in FORMATS.values():
            render(transcribe(plan, events[:end]))

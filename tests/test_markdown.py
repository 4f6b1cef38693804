"""Pages in Markdown, read by a parser that was not written here."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from replayer.events import Ended, Event, Finished, Output, Seen, Started
from replayer.formats import markdown, text
from replayer.formats.commonmark import prose
from replayer.transcript import Transcript, transcribe
from tests.playing import plan_of
from tests.told import noted

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(page: str, parser: MarkdownIt = COMMONMARK) -> Iterator[Token]:
    """All of a page's tokens, those within lines too."""
    for token in parser.parse(page):
        yield token
        yield from token.children or ()


def html(page: str) -> str:
    return str(COMMONMARK.render(page))


def fences(page: str, parser: MarkdownIt = COMMONMARK) -> list[str]:
    return [token.content for token in tokens(page, parser) if token.type == "fence"]


SIGNS = """``` ~~~ ` `` <script>alert(1)</script> <b> <!-- --> <? <![CDATA[ </pre> < > # ## === --- > - 1. | |-|-|
\\ \\` [a]: ![ ]( &lt; $$ ::: a 通 \x1b[31m {{ <https://a.b/c> * _"""
BLANKS = [" ", "\t", "    ", "\n", "\n\n", "\r"]
EITHER = st.sampled_from(SIGNS.split() + BLANKS) | st.text(max_size=5)
HOSTILE = st.lists(EITHER, max_size=14).map("".join)


@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB], ids=["commonmark", "github"])
@settings(deadline=None)
@given(said=st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_nothing_that_is_said_or_printed_changes_the_page_around_it(
    parser: MarkdownIt, said: Sequence[tuple[str, str]]
) -> None:
    transcript = noted(*said)
    page = markdown.render(transcript)
    found = list(tokens(page, parser))
    assert not [token for token in found if token.type.startswith("html")], page
    assert [token.level for token in found if token.type == "fence"] == [0] * len(said)
    shown = [
        "".join(line.text + "\n" for line in text.entry_lines(entry))
        for entry in transcript.entries
        if entry.step.kind == "run"
    ]
    assert fences(page, parser) == shown
    assert [token.tag for token in found if token.type == "heading_open"].count("h1") == 1


def test_notes_are_prose_and_may_hold_markdown() -> None:
    page = html(markdown.render(noted(("*only* `ip link <dev>`\n\n- one\n- two", ""), ("## VEPA", ""))))
    assert "<em>only</em> <code>ip link &lt;dev&gt;</code>" in page
    assert "<li>two</li>" in page
    assert "<h2>VEPA</h2>" in page


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>"),
        ("a \\<b>", "<p>a &lt;b&gt;</p>"),
        ("a ` b\n<b> ` c", "<p>a <code>b &amp;lt;b&gt;</code> c</p>"),
        ("# title", "<p># title</p>"),
        ("title\n===", "<p>title\n===</p>"),
        ("```\nopen", "<p>```\nopen</p>"),
        ("- ~~~\n  open", "<ul>\n<li>~~~\nopen</li>\n</ul>"),
        ("see <https://example.org/a>", '<p>see <a href="https://example.org/a">https://example.org/a</a></p>'),
    ],
)
def test_what_would_change_the_page_is_shown_as_itself(note: str, shown: str) -> None:
    assert html(prose(note)).strip() == shown


def test_a_note_that_shows_what_was_printed_is_plain() -> None:
    plan = plan_of("""
        steps:
          - run: cat secret
            capture: {word: '(.+)'}
          - note: "*it* says {{ word }}"
    """)
    word = "![x](http://example.org/x.png)"
    events: list[Event] = [
        Started(0.0, 0, "main", "cat secret"),
        Output(0.0, "main", word),
        Ended(0.0, 0, "exit", 0),
        Started(0.0, 1, "main", f"*it* says {word}"),
        Ended(0.0, 1, "done"),
        Finished(1.0),
    ]
    page = html(markdown.render(transcribe(plan, events)))
    assert "<img" not in page
    assert f"<p>*it* says {word}</p>" in page


PINGED = """
    title: "a *title* | <b>"
    source: https://example.org/a_b_c
    steps:
      - run: ip link add a type dummy
      - note: Nobody has it.
      - run: ping -c 1 10.0.0.2
        expect: 通
"""
LINK = {"ifindex": 2, "ifname": "a", "flags": ["UP"], "operstate": "UP", "address": "02:00:00:00:00:01"}


def pinged(*last: Event) -> Transcript:
    events: list[Event] = [
        Started(0.0, 0, "main", "ip link add a type dummy"),
        Ended(0.0, 0, "exit", 0),
        Seen(0.0, {"": [LINK]}),
        Started(0.0, 1, "main", "Nobody has it."),
        Ended(0.0, 1, "done"),
        Started(0.0, 2, "main", "ping -c 1 10.0.0.2"),
        Output(0.0, "main", "1 packets transmitted, 0 received, 100% packet loss, time 0ms\r\n"),
        Ended(0.0, 2, "exit", 1),
    ]
    return transcribe(plan_of(PINGED), [*events, *last])


def test_the_page_of_a_run_is_no_better_than_the_run() -> None:
    page = markdown.render(pinged(Finished(1.0)))
    assert "<h1>a *title* | &lt;b&gt;</h1>" in html(page)
    assert '<a href="https://example.org/a_b_c">' in html(page)
    assert fences(page) == ["# ip link add a type dummy\n", "# ping -c 1 10.0.0.2\n不通\n"]
    assert "> **failed**: expected 通; observed 不通" in page
    assert "recording ends here" in markdown.render(pinged())


def test_pictures_are_files_that_the_page_refers_to() -> None:
    transcript = pinged(Finished(1.0))
    files = markdown.pictures(transcript)
    assert list(files) == ["step-1.svg", "step-3.svg"]
    for content in files.values():
        assert ET.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"
    page = markdown.render(transcript, folder="a [1]")
    images = [token.attrs["src"] for token in tokens(page) if token.type == "image"]
    assert images == ["a%20%5B1%5D/step-1.svg", "a%20%5B1%5D/step-3.svg"]
    assert not [token for token in tokens(markdown.render(transcript)) if token.type == "image"]


def test_lines_in_other_values_are_the_pages() -> None:
    transcript = noted(("n", "12:34:56:78:9a:bc\n"))
    shown = text.render(transcript).replace("12:34:56:78:9a:bc", "aa:aa:aa:aa:aa:aa").split("\n")
    assert fences(markdown.render(transcript, shown=shown)) == ["# command 0\naa:aa:aa:aa:aa:aa\n"]

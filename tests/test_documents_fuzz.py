"""Whatever the text: its format is found, and every line of its document stands where it says."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.sources import asciicast, asciidoc, html, markdown, mediawiki, org, rst, typescript
from replayer.sources.detection import detect
from replayer.sources.plain import split
from replayer.sources.tutorials import TUTORIALS
from tests.documents import CAST, TYPESCRIPT

READERS = {
    "markdown": markdown.read,
    "html": html.read,
    "rst": rst.read,
    "asciidoc": asciidoc.read,
    "org": org.read,
    "mediawiki": mediawiki.read,
}
PIECES = [
    *"``` ~~~ ` `` - # --- | [a]( ) ** _ < > \\ word = .. ::".split(),
    *"<pre> </pre> <br> <div> <details> <code> </code> <table> <tr> <td> <li> <p> <!-- --> &lt; &#10;".split(),
    *[
        '"',
        "<script>",
        "    ",
        "\t",
        "> ",
        "1. ",
        "<a href='",
        "{% highlight bash %}",
        "{% endhighlight %}",
        "!!! note",
        ":::",
        "===\n",
    ],
    *[".. code::", ".. note::", "::\n", ":a:", "``", "`_"],
    *["\n", "\n", "\n\n", "\r\n", "\r", "\0", "\x1b[1m", "\x0b", "\u2028", "\x85", "\u3000"],
    *[
        "#+begin_src sh\n",
        "#+end_src\n",
        ": ",
        "=x=",
        "~y~",
        "{{bc|",
        "{{hc|# a|",
        "}}",
        "== a ==\n",
        "''",
        "[[b|",
        "]]",
    ],
    *["\U000f0000", "$ ip link", "root@h:~# id", "1: lo: <UP>", "网络", "ping 10.0.0.*", "::\n\n  "],
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@pytest.mark.parametrize("name", READERS)
def test_the_sign_of_an_item_is_one_where_its_line_begins(name: str) -> None:
    document = READERS[name]("Fetch it:\n\n- $ curl -o - http://10.0.0.1/\n")
    assert "curl -o - http" in "\n".join(block.text for block in document.blocks)


@pytest.mark.parametrize("name", READERS)
@given(TEXTS)
@settings(deadline=None, max_examples=300)
def test_every_text_is_read_and_every_line_is_where_it_says(name: str, text: str) -> None:
    lines = split(text)
    for block in READERS[name](text).blocks:
        assert block.lines
        for line in block.lines:
            assert "\n" not in line.text and "\r" not in line.text
            # A piece of code in prose, and a tag, may be wrapped.
            more = 9 if block.kind == "inline" or name == "html" else 1
            there = _bare("\n".join(lines[line.number - 1 :][:more]))
            for word in re.findall(r"[A-Za-z0-9\u4e00-\u9fff]+", line.text):
                # Tags and marks may stand within a word.
                rest = iter(there)
                assert word in there or all(letter in rest for letter in word), (line, there)


def _bare(line: str) -> str:
    """A line as it is, and as it reads without tags and entities."""
    joined = re.sub(r"<[^<>]*>|[*_`~\\]", "", unescape(line))
    return f"{line}\n{unescape(line)}\n{joined}"


@given(
    st.lists(
        st.sampled_from([*CAST, TYPESCRIPT, "\x1b[?1049h", "\x1b[2J", "\x1b[5A", "\n", "{", "null", "[]"])
        | st.text(max_size=9)
    )
)
@settings(deadline=None)
def test_every_recording_is_read(pieces: list[str]) -> None:
    for text in ("\n".join(pieces), "".join(pieces)):
        for read in (asciicast.read, typescript.read):
            document = read(text)
            assert all(1 <= line.number <= text.count("\n") + 1 for block in document.blocks for line in block.lines)


@given(TEXTS, st.sampled_from(["", "a.md", "a.txt", "a.t", ".zsh_history"]))
@settings(deadline=None)
def test_a_format_is_found_for_every_text(text: str, name: str) -> None:
    format, why = detect(text, name)
    assert why
    TUTORIALS[format](text)

"""Whatever the text: it is read, at once, and only its own commands are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.plan import prepare
from replayer.reading.signs import is_elision
from replayer.reading.typography import plain
from replayer.sources import native
from replayer.sources.authored import author
from replayer.sources.opening import Opening
from replayer.sources.session import Command
from tests.tutorials import session


@pytest.mark.parametrize("line", ["-" * 79 + "|", "=" * 60 + "a", ". " * 39 + "x", "*" * 78 + "/", "((((" * 19 + "a"])
def test_rules_and_pictures_are_read_at_once(line: str) -> None:
    assert not is_elision(line)


PIECES = st.sampled_from(
    [
        "```",
        "$ ",
        "# ",
        "root@h:~# ",
        "ping -c 1 10.0.0.2",
        "ip link",
        "cat <<EOF",
        "EOF",
        "'",
        '"',
        "\\",
        "for i in 1; do",
        "done",
        "64 bytes from 10.0.0.2: icmp_seq=1",
        "1 packets transmitted, 0 received, 100% packet loss",
        "不通",
        "another terminal",
        "...",
        "{{ x }}",
        "{% raw %}",
        "<name>",
        "\t",
        "    ",
        "> ",
        "tcpdump -i br0",
        "^C",
        "\u2028",
    ]
)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=12), st.just("\n")), max_size=60), st.sampled_from(["a.md", "a.txt"])
)
def test_any_text_gives_a_scenario_of_its_own_commands(pieces: list[str], name: str) -> None:
    text = "".join(pieces).replace("\x00", "")  # files with one are refused
    found = session(text, name)
    prepare(native.read(author(found).text, "x.yaml"), "x.yaml")
    for item in found.items:
        if isinstance(item, Command) and item.text != "exit":
            assert all(part.strip() in plain(text) for part in item.text.split("\n"))


@given(st.text(alphabet="'\"\\<E O;|&(){}fordne\n", max_size=80))
def test_openings_of_any_text(text: str) -> None:
    opening = Opening("")
    for line in text.split("\n"):
        opening.add(line)
    assert opening.open in (True, False)

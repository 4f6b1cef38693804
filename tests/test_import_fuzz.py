"""Whatever the text and the format: it is read, or told why not; what is typed stands in it; the time is linear."""

import html as html_entities
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.tutorials import ARTIFICIAL, FORMATS, REAL
from replayer.cli.importing import import_tutorial
from replayer.plan import prepare
from replayer.problems import ReplayError
from replayer.sources import asciicast, typescript
from replayer.sources.authored import author
from replayer.sources.elements import tree
from replayer.sources.lifting import lift
from replayer.sources.native import read
from replayer.sources.session import Command, Session, Stopped
from replayer.sources.tutorials import TUTORIALS
from replayer.tutorial import read_tutorial
from tests.growth import assert_linear

# What browsers show as nothing, or as a space.
INVISIBLE = re.compile(r"[\s\u200b\ufeff\u2060\xad]+")
# A nested shell that a text forgets to leave is left by a command of ours, with a doubt.
OURS = "exit"


def test_all_formats_are_fuzzed() -> None:
    assert set(FORMATS) == set(TUTORIALS)


def bare(text: str) -> str:
    return INVISIBLE.sub("", text)


def shown_in(text: str, format: str) -> str:
    """All that a text shows, without its format's markup, spaces left out."""
    match format:
        case "html":
            return bare(html_entities.unescape(tree(text)[0].text))
        case "markdown":
            inner = "".join(html_entities.unescape(words.text) for words in tree(text)[0].words())
            pieces = re.sub(r"<[^<>]*>", "", text)  # of a page, whose lines may have run together
            return bare("\n".join([text, inner, pieces, text.replace("\\|", "|"), html_entities.unescape(text)]))
        case "asciicast" | "typescript":
            blocks = (asciicast if format == "asciicast" else typescript).read(text).blocks
            return bare("\n".join(block.text for block in blocks))
        case "history":
            return bare("\n".join([text, text.replace("\\n", "\n").replace("\\\\", "\\"), text.replace("\\\n", "\n")]))
        case _:
            return bare(text)


def examine(text: str, format: str) -> None:
    """The properties of any import."""
    session = read_tutorial(text, "x", format).session
    scenario = author(session).text
    assert scenario == author(read_tutorial(text, "x", format).session).text
    prepare(read(scenario, "x.yaml"), "x.yaml")
    prepare(read(author(session, (), lift(session)).text, "x.yaml"), "x.yaml")
    assert not strangers(session, text, format)


def strangers(session: Session, text: str, format: str) -> list[str]:
    """Lines of commands that the text does not hold."""
    shown = shown_in(text, format)
    typed = [item for item in session.items if isinstance(item, Command)]
    lines = [
        line
        for command in typed
        if not (command.text == OURS and command.doubts)
        for line in (*command.text.split("\n"), *command.answers)
    ]
    return [line for line in lines if bare(line) not in shown]


SIGNS = [*ARTIFICIAL, "\n", "\n\n", "  ", "    "]


def mutated(text: str, seed: int) -> str:
    """A text with lines left out, doubled, moved, cut and mixed with signs that mean something."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[at : at + chance.randint(1, 4)]
            case 1:
                lines[at:at] = lines[chance.randrange(len(lines)) :][: chance.randint(1, 5)]
            case 2:
                lines[at] = (
                    lines[at][: chance.randint(0, 20)] + chance.choice(SIGNS) + lines[at][chance.randint(0, 20) :]
                )
            case 3:
                lines[at] = chance.choice(SIGNS) + lines[at]
            case 4:
                lines[at] += chance.choice(SIGNS)
            case 5:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case 6:
                lines[at] = chance.choice(SIGNS) * chance.randint(1, 30)
        lines = lines or [""]
    return "\n".join(lines)


FORMAT = st.sampled_from(FORMATS)
STYLE = st.sampled_from(sorted(REAL))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), FORMAT)
def test_any_text(text: str, format: str) -> None:
    examine(text, format)


@settings(max_examples=300, deadline=None)
@given(STYLE, st.integers(0, 2**32), FORMAT | st.none())
def test_a_text_of_a_format_that_went_wrong(style: str, seed: int, format: str | None) -> None:
    own, make = REAL[style]
    examine(mutated(make(1_500), seed), format or own)


def test_what_fuzzing_found() -> None:
    for text in (
        "." * 70 + "x",
        "ip '' x\n",
        "ip link '' monitor\n",
        "  $ \n  x\n",
        "\x1b[0m\n",
        "```\n$ ping -c\0 2 a\n```\n",
    ):
        for format in FORMATS:
            examine(text, format)


@pytest.mark.parametrize("format", FORMATS)
def test_signs_without_an_end(format: str) -> None:
    for number, make in enumerate(ARTIFICIAL.values()):
        examine(make(1_100 + number % 7), format)  # cut here and there


@settings(max_examples=60, deadline=None)
@given(STYLE, st.integers(0, 2**32), st.binary(max_size=6), st.sampled_from(["utf-8", "utf-16", "gb18030", "cp1251"]))
def test_any_bytes_of_a_file(
    tmp_path_factory: pytest.TempPathFactory, style: str, seed: int, some: bytes, encoding: str
) -> None:
    chance = random.Random(seed)
    raw = bytearray(mutated(REAL[style][1](800), seed).encode(encoding, "replace"))
    for _ in range(chance.randint(0, 5)):
        at = chance.randrange(len(raw) + 1)
        raw[at : at + chance.randint(0, 9)] = some
    path = Path(tmp_path_factory.mktemp("fuzz")) / "tutorial"
    path.write_bytes(raw)
    try:
        import_tutorial(path, "", path.with_suffix(".yaml"), False, lifts=True)
    except ReplayError as error:
        assert str(error)


@pytest.mark.parametrize("style", sorted(REAL))
def test_the_time_is_linear(style: str) -> None:
    format, make = REAL[style]
    assert_linear(30_000, make, lambda text: author(read_tutorial(text, "x", format).session))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sign", ["(", "中"])
def test_a_megabyte_in_one_line(format: str, sign: str) -> None:
    """No person wrote it: it is left out, and told."""
    session = read_tutorial(sign * 1_000_000, "x", format).session
    assert len(author(session).text) < 1_000
    assert session.doubts


def test_lines_beyond_what_is_read_are_told() -> None:
    session = read_tutorial("x\n" * 30_000, "x.txt").session
    assert [doubt.what for doubt in session.doubts] == ["only its first 20,000 lines were read"]
    session = read_tutorial("<pre>" + "x\n" * 21_000 + "</pre>", "x.html").session
    assert [doubt.what for doubt in session.doubts] == ["only the first 20,000 lines that it shows were read"]


@pytest.mark.parametrize("format", ["plain", "html", "shell", "history", "cram", "typescript"])
def test_commands_beyond_what_is_read_are_told(format: str) -> None:
    mark = {"shell": "", "history": "", "cram": "  $ "}.get(format, "$ ")
    text = "".join(f"{mark}ip netns add n{number}\n" for number in range(4_000))
    session = read_tutorial(f"<pre>{text}</pre>" if format == "html" else text, "x", format).session
    typed = [item for item in session.items if isinstance(item, Command)]
    assert (len(typed), typed[-1].line) == (3_000, 3_000)
    assert [doubt.what for doubt in session.doubts] == ["only its first 3,000 commands were read"]


def test_words_around_more_commands_than_a_tutorial_has_are_not_read() -> None:
    text = "".join(f"```\n$ ping -c 1 10.0.0.{number % 250}\n```\n\nThat works.\n\n" for number in range(600))
    session = read_tutorial(text, "x.md").session
    claimed = [item.line for item in session.items if isinstance(item, Command | Stopped) and item.claims]
    assert 290 < len(claimed) <= 300
    assert [doubt.line for doubt in session.doubts] == [300 * 6 + 2]


@pytest.mark.parametrize(
    "text",
    [
        "$ docker exec" + " --a=b" * 40,
        "$ ping" + " " * 19_000 + "10.0.0.1",
        "$ ip link\n1: lo: <LOOPBACK>" + " " * 19_000 + "x",
        "$ ping -c 1 10.0.0.1\n" + "1" * 19_000,
        "$ ping -c 1 10.0.0.1\nx\n" + "\n" * 19_900 + "y",
        "$ echo" + " > a" * 4_900 + " | x",
        "$ ping -c 1 10.0.0.1\n\nThe result " + ":" * 19_000 + "!",
        "$ tcpdump -n -i eth0\n12:00:00.000000 IP " + "a" * 19_000,
        "for i in " * 2_000,
    ],
    ids=lambda text: text[:30],
)
def test_long_runs_end(text: str) -> None:
    """Each took minutes or more: patterns that tried every part of a run."""
    read_tutorial(f"{text}\n", "x.txt")

"""The stream of a terminal told apart, whatever the output and however it is cut into reads."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from replayer.prompts import Fact, Prompt, Prompts, Stream, Text

PROMPTS = Prompts("0123456789abcdef")


def mark(kind: str, status: int) -> bytes:
    return PROMPTS.strings[kind].replace("$?", str(status)).encode()


def read(stream: Stream, chunks: list[bytes]) -> list[Fact]:
    return [fact for chunk in chunks for fact in stream.facts(chunk)]


def text_of(facts: list[Fact]) -> str:
    return "".join(fact.text for fact in facts if isinstance(fact, Text))


def at_prompt() -> Stream:
    stream = Stream(PROMPTS)
    assert read(stream, [b"welcome\r\n" + mark("PS1", 0)]) == [Prompt(0)]
    return stream


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[a:b] for a, b in itertools.pairwise(edges)]


# Output made to be mistaken: pieces of marks, prompts, echoes, controls, bytes that are not UTF-8.
PIECES = st.sampled_from(
    [
        b"\x1b",
        b"\x1b]",
        b"\x1b]133;D;0\x07",
        b"\x1b]133;D;0;replay=0\x07",
        b"$ ",
        b"> ",
        b"ls -l\r\n",
        b"\xff\xfe",
        "通".encode(),
    ]
) | st.binary(max_size=20)
OUTPUT = st.lists(PIECES, max_size=12).map(b"".join).filter(lambda data: b"0123456789abcdef" not in data)
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).map(str.encode)


@given(LINES, OUTPUT, st.integers(0, 255), st.lists(st.integers(0, 10_000), max_size=20), st.booleans())
def test_output_and_status_come_back_however_they_are_cut(
    line: bytes, output: bytes, status: int, places: list[int], marks_start: bool
) -> None:
    stream = at_prompt()
    stream.typed(line)
    begin = mark("PS0", 0) if marks_start else b""
    facts = read(stream, cut(line + b"\r\n" + begin + output + mark("PS1", status), places))
    assert facts[-1] == Prompt(status)
    assert sum(isinstance(fact, Prompt) for fact in facts) == 1
    assert text_of(facts).encode("utf-8", "surrogateescape") == output


@given(OUTPUT, st.lists(st.integers(0, 10_000), max_size=20))
def test_nothing_is_lost_when_a_shell_ends_without_a_prompt(output: bytes, places: list[int]) -> None:
    stream = at_prompt()
    stream.typed(b"exec x")
    facts = [*read(stream, cut(b"exec x\r\n" + output, places)), *stream.rest()]
    assert text_of(facts).encode("utf-8", "surrogateescape") == output


@given(st.lists(LINES, min_size=2, max_size=5), OUTPUT)
def test_lines_that_continue_a_command_leave_no_trace(lines: list[bytes], output: bytes) -> None:
    stream = at_prompt()
    shown: list[Fact] = []
    for line in lines[:-1]:
        stream.typed(line)
        facts = read(stream, [line + b"\r\n", mark("PS2", 0)])
        assert facts[-1] == Prompt(0, more=True)
        shown += facts[:-1]
    stream.typed(lines[-1])
    shown += read(stream, [lines[-1] + b"\r\n" + output + mark("PS1", 3)])
    assert shown.pop() == Prompt(3)
    assert text_of(shown).encode("utf-8", "surrogateescape") == output


def test_an_edited_line_is_dropped_up_to_where_the_output_begins() -> None:
    stream = at_prompt()
    stream.typed(b"echo a long line")
    facts = read(
        stream, [b"echo a lo\x1b[Kng line\r\n\x1b[?2004l\r" + mark("PS0", 0) + b"a long line\r\n" + mark("PS1", 0)]
    )
    assert text_of(facts) == "\x1b[?2004l\ra long line\r\n"


def test_output_of_a_background_job_around_the_echo_is_kept() -> None:
    stream = at_prompt()
    stream.typed(b"ls")
    facts = read(stream, [b"noise\r\nls\r\nfile\r\n" + mark("PS1", 0)])
    assert text_of(facts) == "noise\r\nfile\r\n"


def test_lines_that_show_the_machinery_are_left_out() -> None:
    stream = at_prompt()
    stream.typed(b"env")
    listed = "".join(f"{k}={v}\r\n" for k, v in PROMPTS.settings().items()).encode()
    facts = read(stream, [b"env\r\nA=1\r\n" + listed + b"B=2\r\n" + mark("PS1", 0)])
    assert text_of(facts) == "A=1\r\nB=2\r\n"

"""Casts, read and played by asciinema itself."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.events import Ended, Output, Started
from replayer.formats import cast
from replayer.transcript import Transcript
from tests.test_repainting import HARMLESS, STREAM
from tests.told import noted, printed, run_of

ASCIINEMA = [sys.executable, "-m", "asciinema"]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def read(text: str) -> tuple[dict[str, Any], list[list[Any]]]:
    header, *events = map(json.loads, text.splitlines())
    return header, events


def screen(text: str) -> str:
    """All that is sent, without its colours."""
    return COLOURS.sub("", "".join(data for _, kind, data in read(text)[1] if kind == "o"))


def monitored() -> Transcript:
    """One terminal's command goes on while another's is played."""
    scenario = """
        steps:
          - {run: y}
          - {run: tcpdump, terminal: monitor, until: listening}
          - {run: echo two}
          - {stop: monitor}
    """
    return run_of(
        scenario,
        [
            Started(0.0, 0, "main", "y"),
            Ended(0.1, 0, "exit", 0),
            Started(1.0, 1, "monitor", "tcpdump"),
            Output(1.1, "monitor", "listening"),
            Ended(1.1, 1, "until"),
            Output(1.2, "monitor", " on a\r\n"),
            Started(2.0, 2, "main", "echo two"),
            Output(2.1, "monitor", "packet\r\n"),
            Output(2.2, "main", "two\r\n"),
            Ended(2.3, 2, "exit", 0),
            Started(3.0, 3, "monitor", ""),
            Output(3.1, "monitor", "^C\r\n"),
            Ended(3.2, 3, "stopped", 0),
        ],
    )


def test_a_screen_shows_terminals_in_turn() -> None:
    assert screen(cast.render(monitored())) == (
        " main \r\n# y\r\n monitor \r\n# tcpdump\r\nlistening on a\r\n main \r\n# echo two\r\ntwo\r\n"
        " monitor \r\npacket\r\n^C\r\n# \r\n"
    )
    assert (
        screen(cast.render(monitored(), terminal="monitor")) == "# tcpdump\r\nlistening on a\r\npacket\r\n^C\r\n# \r\n"
    )


def test_each_step_has_a_marker() -> None:
    _, events = read(cast.render(monitored()))
    assert [data for _, kind, data in events if kind == "m"] == [
        "y",
        "[monitor] tcpdump",
        "echo two",
        "[monitor] stop tcpdump",
    ]


def test_no_wait_is_longer_than_it_may_be() -> None:
    transcript = printed((0.5, "a\r\n"), (60.0, "b\r\n"), (600.0, "c\r\n"))
    for idle in (0.2, 2.0):
        header, events = read(cast.render(transcript, idle=idle))
        times = [at for at, *_ in events]
        assert times == sorted(times)
        assert max(b - a for a, b in pairwise(times)) <= idle + 0.011
        assert header["idle_time_limit"] == idle


def test_commands_are_typed_and_colours_kept() -> None:
    text = cast.render(printed((0.1, "\x1b[31mred\x1b[m\r\n")))
    _, events = read(text)
    assert [COLOURS.sub("", data) for _, kind, data in events if kind == "o"][:3] == ["# ", "y", "\r\n"]
    assert "\x1b[31mred\x1b[0m" in "".join(data for *_, data in events)


@settings(deadline=None)
@given(st.lists(STREAM, max_size=3), STREAM)
def test_what_is_sent_is_harmless(pieces: list[str], note: str) -> None:
    for transcript in (printed(*enumerate(pieces)), noted((note, "".join(pieces)))):
        header, events = read(cast.render(transcript))
        assert header["version"] == 2
        assert HARMLESS.fullmatch("".join(data for _, kind, data in events if kind == "o").replace("\t", " "))


def test_fifty_megabytes_are_shown_in_part() -> None:
    text = cast.render(printed((0.1, "line\r\n" * 200_000)))
    assert len(text) < 200_000
    assert "lines left out" in text


def test_asciinema_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.cast"
    path.write_text(cast.render(monitored()), encoding="utf-8")
    done = subprocess.run([*ASCIINEMA, "cat", path], capture_output=True, timeout=60, check=True)
    assert COLOURS.sub("", done.stdout.decode()) == screen(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="a terminal is needed")
def test_asciinema_plays_it(tmp_path: Path) -> None:
    path = tmp_path / "a.cast"
    path.write_text(cast.render(noted(("说明", "\x1b[31mred\x1b[m\r\n"))), encoding="utf-8")
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*ASCIINEMA, "play", "-s", "100", path], stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    ) as player:
        os.close(slave)
        seen = b""
        end = time.monotonic() + 60
        while time.monotonic() < end and select.select([master], [], [], 60)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            seen += piece
        assert player.wait(60) == 0
    os.close(master)
    # The terminal makes CR LF of each LF.
    assert screen(path.read_text(encoding="utf-8")).replace("\r\n", "\r\r\n") in COLOURS.sub("", seen.decode())

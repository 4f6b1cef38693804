"""However a recording or a window of it ends: nothing is left, and nothing that was typed is lost."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.at_terminal import Screen
from tests.conftest import Person
from tests.processes import wait_for_sleep


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_however_it_ends_nothing_is_left_and_nothing_lost(person: Person, how: signal.Signals) -> None:
    mark = str(30_000_000 + os.getpid())
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "cut.yaml")
        screen.until("record:~#")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type(f"echo hello; sleep {mark} & sleep {mark}\n")
        screen.type("echo kept\n")
        screen.until("\nkept\n")
        wait_for_sleep(mark, there=True)
        child = screen.called()
        os.kill(child, how)
        beside.until("the recording ended")
        wait_for_sleep(mark, there=False)
        screen.until("left with")
    assert not re.search(rf"replay-record-\d+-{child}-", Path("/proc/net/unix").read_text())
    if how == signal.SIGKILL:
        again = person.run("record", "-o", "cut.yaml")
        assert again.returncode == 2
        assert "replay record --recover .replay/cut.typed.jsonl -o cut.yaml" in again.stderr
        done = person.run("record", "--recover", ".replay/cut.typed.jsonl", "-o", "cut.yaml", "--no-replay")
        assert done.returncode == 0, done.stderr
    text = (person.folder / "cut.yaml").read_text(encoding="utf-8")
    assert "run: echo kept\n" in text
    assert f"run: echo hello; sleep {mark} & sleep {mark}\n    terminal: monitor\n" in text
    assert not list(person.folder.glob(".replay*/*"))
    assert person.run("lint", "cut.yaml").returncode == 0


def test_a_window_that_is_closed_loses_nothing(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "cut.yaml")
        screen.until("record:~#")
        screen.type("echo kept\n")
        screen.until("\nkept\n")
        screen.close()
        end = time.monotonic() + 10
        while list(person.folder.glob(".replay*/*")):
            assert time.monotonic() < end
            time.sleep(0.05)
    text = (person.folder / "cut.yaml").read_text(encoding="utf-8")
    assert "run: echo kept\n    # kept\n" in text
    assert "It was not played again" in text
    assert "shown twice" not in text


def test_the_second_window_may_die(person: Person) -> None:
    mark = str(40_000_000 + os.getpid())
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "cut.yaml", "--no-replay")
        screen.until("record:~#")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type(f"sleep {mark}\n")
        wait_for_sleep(mark, there=True)
        os.kill(beside.called(), signal.SIGKILL)
        wait_for_sleep(mark, there=False)
        beside.until("left with")
        screen.type("echo on\n")
        screen.until("\non\n")
        screen.key("C-d")
        screen.until("left with 0")
    assert f"run: sleep {mark}\n    terminal: monitor\n" in (person.folder / "cut.yaml").read_text(encoding="utf-8")


def test_a_job_in_the_background_keeps_no_recording_open(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "job.yaml", "--no-replay")
        screen.until("record:~#")
        screen.type("sleep 54321 &\n")
        screen.until("[1]")
        screen.type("exit\n")
        screen.until("left with 0")
    text = (person.folder / "job.yaml").read_text(encoding="utf-8")
    assert "  - run: sleep 54321 &\n" in text
    assert "exit" not in text


def test_a_second_play_that_is_interrupted_loses_nothing(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "slow.yaml")
        screen.until("record:~#")
        screen.type("echo one; sleep 3\n")
        screen.until(lambda text: text.count("record:~#") == 2)
        screen.key("C-d")
        screen.until("playing it again")
        time.sleep(0.5)
        screen.key("C-c")
        screen.until("left with 130")
        assert "could not be played again: interrupted" in screen.text()
    assert "run: echo one; sleep 3\n    # one\n" in (person.folder / "slow.yaml").read_text(encoding="utf-8")
    assert not list(person.folder.glob(".replay*/*"))

"""The live view on real terminals: of one run, of many at once; and that there is none where no terminal is."""

import pytest

from tests.at_terminal import Screen, scenario, width_of
from tests.conftest import Person

LONG = """\
title: 很长的步骤
steps:
  - run: for i in 1 2 3 4 5 6 7 8; do echo "第 $i 行 {LINE}"; sleep 0.6; done
  - run: echo 错了; false
  - run: sleep 3
""".replace("{LINE}", "很长" * 20)


def test_a_long_step_shows_its_last_lines_and_a_failed_one_stays(person: Person) -> None:
    scenario(person, "long", LONG)
    with Screen(person, 80, 24) as screen:
        screen.replay("run", "scenarios/long.yaml")
        shown = screen.until("│ 第 5 行")
        assert " running " in shown
        assert "第 1 行" not in shown
        shown = screen.until("sleep 3")
        assert "│" not in shown  # erased with the step
        assert "observed  exit status 1" in shown
        screen.until("left with 1")
        assert screen.history().count("passed") == 3  # two steps and the count


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (80, 24), (200, 50)])
def test_many_at_once_are_a_table(person: Person, columns: int, rows: int) -> None:
    for name in ("long", "另一个"):
        scenario(person, name, LONG)
    with Screen(person, columns, rows) as screen:
        screen.replay("run", "scenarios/long.yaml", "scenarios/另一个.yaml", "-j", "2")
        shown = screen.until(lambda text: text.count("│ 第") >= 4)
        assert "0 of 2 done, 2 running, 0 to come" in shown
        assert "另一个 1/3" in shown
        assert all(width_of(line) < columns for line in shown.split("\n"))
        shown = screen.until(lambda text: "┃ failed  long 2" in text and "sleep 3" in text)
        assert "┃ observed  exit status 1" in shown
        end = screen.until("left with 1", history=True)
        assert "┃" not in end
        assert end.count("observed  exit status 1") == 2


def test_without_a_terminal_there_is_no_live_view(person: Person) -> None:
    scenario(person, "long", LONG)
    done = person.run("run", "scenarios/long.yaml", "scenarios/vepa.yaml", "-j", "2")
    assert done.returncode == 1
    for sign in ("\x1b", "\r", "running", "│", "┃"):
        assert sign not in done.stdout

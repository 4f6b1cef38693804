"""A person who leads a run, at a real terminal: `run --step`, `present`; and `watch`, which plays when files change."""

import re

from tests.at_terminal import Screen, scenario, width_of
from tests.conftest import Person

STEPS = """\
title: 演讲：一步一步
steps:
  - note: 网桥把两个命名空间连接起来，需要交换机支持hairpin功能才能通信。网桥把两个命名空间连接起来，需要交换机支持。
  - run: echo "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
  - run: ip link set lo up
  - run: ping -c 1 127.0.0.1
    expect: 通
  - run: tcpdump -ni lo icmp
    terminal: monitor
    until: listening on
  - stop: monitor
"""
MOST_LATER = [f"  - run: echo step {n}\n" for n in range(40)]


def test_each_step_is_run_skipped_or_left(person: Person) -> None:
    scenario(person, "led", STEPS + "".join(MOST_LATER))
    with Screen(person, 80, 24) as screen:
        screen.replay("run", "scenarios/led.yaml", "--step")
        shown = screen.until("2/46")
        assert "enter run · s skip · c run the rest · ! shell · l list · q quit" in shown
        assert all(width_of(line) < 80 for line in shown.split("\n"))
        screen.key("Enter")
        screen.until("3/46")
        screen.key("s")
        shown = screen.until("4/46")
        assert "skipped by hand" in shown
        screen.key("l")
        shown = screen.until("any other key back")
        assert re.search(r"passed +2  echo", shown)
        assert re.search(r"skipped +3  ip link", shown)
        assert "▸  4  ping" in shown
        screen.key("Down", "Down")
        screen.key("Escape")
        screen.until("q quit")
        screen.type("!")
        screen.until("led:~#")
        screen.type("ip link set lo up\n")
        screen.until(lambda text: text.count("led:~#") == 2)
        screen.key("C-d")
        screen.until("4/46")
        screen.key("Space")
        screen.until("passed   通")
        screen.key("q")
        end = screen.until("left with 130")
        assert "left before step 5" in end


def test_the_rest_is_run_and_no_golden_written(person: Person) -> None:
    scenario(person, "led", STEPS)
    with Screen(person, 200, 50) as screen:
        screen.replay("run", "scenarios/led.yaml", "--step")
        screen.until("2/6")
        screen.key("c")
        shown = screen.until("left with 0")
        assert "it was played by hand" in shown
        assert not (person.folder / "transcripts/led.txt").exists()


def test_an_interrupt_while_a_key_is_awaited(person: Person) -> None:
    scenario(person, "led", STEPS)
    with Screen(person) as screen:
        screen.replay("run", "scenarios/led.yaml", "--step")
        screen.until("2/6")
        screen.key("C-c")
        screen.until("left with 130")
        screen.type("stty -a\n")
        screen.until(" icanon")


def test_without_a_terminal_nobody_is_asked(person: Person) -> None:
    scenario(person, "led", STEPS)
    for args in (("run", "--step"), ("present",)):
        done = person.run(*args, "scenarios/led.yaml")
        assert done.returncode == 2
        assert "needs a terminal" in done.stderr


def test_a_talk(person: Person) -> None:
    scenario(person, "led", STEPS)
    with Screen(person, 80, 24) as screen:
        screen.replay("present", "scenarios/led.yaml", "--pace", "200")
        shown = screen.until("\n#")
        assert "才能通信。" in shown
        assert not re.search("^[，。]", shown, re.MULTILINE)
        assert "echo" not in shown
        for showing in ("\n一二三四五六七八九十", "# ip link set lo up\n#", "\n通\n"):
            screen.key("Space")
            shown = screen.until(showing)
        assert "1 packets transmitted, 1 received" in shown
        screen.key("Enter")
        screen.until("── monitor ──")
        screen.until("▸ stop monitor")
        screen.type("s")
        screen.until("led:~#")
        screen.type("exit\n")
        screen.until("▸ stop monitor")
        screen.key("Enter")
        shown = screen.until("left with 0")
        assert "packets captured" in shown


def test_what_changes_is_played_again(person: Person) -> None:
    path = scenario(person, "watched", "steps: [{include: common/up.yaml}, {run: ping -c 1 127.0.0.1, expect: 通}]\n")
    include = person.folder / "scenarios/common/up.yaml"
    include.write_text("steps: [{run: ip link set lo up}]\n", encoding="utf-8")
    with Screen(person, 100, 40) as screen:
        screen.replay("watch", "scenarios/watched.yaml")
        shown = screen.until("watching 2 files; Ctrl-C ends")
        assert "passed  watched" in shown
        include.write_text("steps: [{run: ip link set lo down}]\n", encoding="utf-8")
        shown = screen.until("passed → errored  2  ping -c 1 127.0.0.1")
        assert "up.yaml changed" in shown
        screen.until("-通")
        include.write_text("steps: [{runn: ip link set lo up}]\n", encoding="utf-8")
        screen.until("did you mean 'run'?")
        include.write_text("steps: [{run: ip link set lo up}]\n", encoding="utf-8")
        screen.until("errored → passed  2")
        path.write_text(path.read_text(encoding="utf-8") + "# 注释\n", encoding="utf-8")
        screen.until("nothing changed")
        screen.key("C-c")
        screen.until("left with 130")

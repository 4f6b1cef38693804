"""`replay shell` as people use it: at a real terminal, by root and by an ordinary user."""

import os
import signal
import subprocess
import time

import pytest

from tests.at_terminal import Screen, scenario
from tests.conftest import Person
from tests.processes import wait_for_sleep

WIRE = """\
title: 两个命名空间
steps:
  - run: ip netns add red
  - run: ip link add wire0 type veth peer name wire1 netns red
  - run: cd /tmp; word=中文
  - run: ip addr add 10.0.0.1/24 dev wire0
  - run: ip link set wire0 up
teardown:
  - run: ip netns del red
"""


def test_a_person_gets_the_terminal_as_the_tutorial_left_it(person: Person) -> None:
    scenario(person, "wire", WIRE)
    with Screen(person) as screen:
        screen.replay("shell", "scenarios/wire.yaml", "--record", "more.yaml")
        shown = screen.until("wire:/tmp#")
        assert "red     wire1  veth down        ⇄ (main) wire0" in shown
        assert "10.0.0.1/24 ⇄ red wire1" in shown
        assert "   6  ip netns del red" in shown
        screen.type('echo "$word"; ping -c 1 -W 1 10.0.0.9\n')
        screen.until("1 packets transmitted, 0 received")
        screen.type("ip netns exec red bash\n")
        screen.until("wire red:/tmp#")
        screen.type("ip -br link show wire1\n")
        screen.until("wire1@if2  ")
        screen.key("C-d")
        screen.type("cat nothing\n")
        screen.until("No such file")
        screen.type("sudo ip link set lo up; ping 127.0.0.1\n")
        screen.until("bytes from")
        screen.key("C-c")
        screen.until("rtt min")
        screen.key("C-d")
        screen.until("left with 0")
    text = (person.folder / "more.yaml").read_text(encoding="utf-8")
    assert "  - include: scenarios/wire.yaml\n" in text
    assert "setup:\n  # Nobody needs to become root here.\n" in text
    assert 'run: echo "$word"; ping -c 1 -W 1 10.0.0.9\n    expect: 不通' in text
    assert "run: exit\n" in text
    assert "expect: {exit: 1}" in text
    assert "  - stop: main\n    expect: 通\n" in text
    assert person.run("lint", "more.yaml").returncode == 0
    played = person.run("run", "more.yaml")
    assert played.returncode == 0, played.stdout


def test_the_size_follows_and_keys_reach_the_inside(person: Person) -> None:
    scenario(person, "wire", WIRE)
    with Screen(person) as screen:
        screen.replay("shell", "scenarios/wire.yaml", "--at", "1")
        screen.until("wire:~#")
        screen.resize(100, 30)
        screen.type("sleep 1000\n")
        time.sleep(0.5)
        screen.key("C-z")
        screen.until("Stopped")
        screen.type("stty size\n")
        screen.until("30 100")
        screen.type("sh\n")
        screen.until("\nwire#")
        screen.type("sleep 1000\n")
        time.sleep(0.5)
        screen.type("\x1d\x1d\x1d")
        screen.until("left with 0")
        screen.type("stty -a\n")
        screen.until(" icanon")  # the person's own terminal is as it was


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_it_nothing_is_left(person: Person, how: signal.Signals) -> None:
    scenario(person, "wire", WIRE)
    mark = str(20_000_000 + os.getpid())
    with Screen(person) as screen:
        screen.replay("shell", "scenarios/wire.yaml", "--at", "1")
        screen.until("wire:~#")
        screen.type(f"sleep {mark} & sleep {mark}\n")
        wait_for_sleep(mark, there=True)
        os.kill(screen.called(), how)
        screen.until("left with")
        wait_for_sleep(mark, there=False)


def test_without_a_terminal_commands_come_from_standard_input(person: Person) -> None:
    scenario(person, "wire", WIRE)
    process = subprocess.Popen(
        [*person.command, "shell", "scenarios/wire.yaml", "--record", "more.yaml"],
        cwd=person.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HOME": str(person.folder)},
    )
    out, err = process.communicate("for i in 一 二; do\necho $i$word\ndone\nsudo ip -br addr show wire9\n", timeout=60)
    assert out.startswith(
        "# for i in 一 二; do\n> echo $i$word\n> done\n一中文\n二中文\n# sudo ip -br addr show wire9\n"
    )
    assert 'Device "wire9" does not exist' in out
    assert process.returncode == 1, err
    assert "passed" in err
    assert person.run("lint", "more.yaml").returncode == 0


def test_wrong_calls(person: Person) -> None:
    scenario(person, "wire", WIRE)
    for args, says in ((("--at", "9"), "6 steps"), (("--sandbox", "nope"), "not known")):
        done = person.run("shell", "scenarios/wire.yaml", *args)
        assert done.returncode == 2
        assert says in done.stderr

"""`replay record` as people use it: at real terminals, by root and by an ordinary user."""

from tests.at_terminal import Screen
from tests.conftest import Person


def test_what_is_typed_becomes_a_scenario_that_repeats(person: Person) -> None:
    with Screen(person) as screen:
        screen.replay("record", "-o", "new.yaml", "--title", "两条线")
        screen.until("record:~#")
        for line, shown in (
            ("# 环回接口", "noted"),
            ("sudo ip link set lo up", "lo up"),
            ("ping -c 1 127.0.0.1", "1 received"),
            ("ip link add a0 type veth peer name a1", "a1"),
            ("ip addr add 10.9.0.1/24 dev a0; ip link set a0 up; ip link set a1 up", "a1 up"),
            ("ping -c 1 10.9.0.7", "0 received"),
            ("cat nothing", "No such file"),
            ("sleep 12345", "12345"),
        ):
            screen.type(f"{line}\n")
            screen.until(shown)
        screen.key("C-c")
        screen.type("#drop\n")
        screen.until("dropped: sleep 12345")
        screen.type("ip netns add red\nip netns exec red bash\n")
        screen.until("record red:~#")
        screen.type("cat <<END\n一\n二\nEND\n")
        screen.until("\n二\nrecord red")
        screen.key("C-d")
        screen.type("PS1='mine> '\n")
        screen.type("date; echo $RANDOM$RANDOM\n")
        screen.type("ip link show a0\n")
        screen.until("link/ether")
        screen.key("C-d")
        screen.until("left with 0")
        said = screen.history()
    text = (person.folder / "new.yaml").read_text(encoding="utf-8")
    assert "title: 两条线\n" in text
    assert "\n  - run: ip link set lo up\n    show: none\n  # Nobody needs to become root here.\n" in text
    assert "  - note: 环回接口\n  - run: sudo ip link set lo up\n" in text
    assert "  - run: ping -c 1 127.0.0.1\n    expect: 通\n" in text
    assert "  - run: ping -c 1 10.9.0.7\n    expect: 不通\n" in text
    assert "  - run: cat nothing\n    expect:\n      - {exit: 1}\n      - {contains: 'cat: nothing: No such" in text
    assert "12345" not in text
    assert "  - run: ip netns exec red bash\n" in text
    assert (
        "      cat <<END\n      一\n      二\n      END\n    expect:\n      output: |-\n        一\n        二\n"
        in text
    )
    assert "  - run: exit\n" in text
    assert "  - run: PS1='mine> '\n" in text
    assert (
        "  - run: date; echo $RANDOM$RANDOM\n    show: command\n  - run: ip link show a0\n    expect:\n      output:"
        in text
    )
    number = text[: text.index("  - run: date;")].count("\n") + 1
    assert f"new.yaml:{number}:5: " in said
    assert "all of it repeats" not in said
    assert not list(person.folder.glob(".replay*"))
    played = person.run("run", "new.yaml", "--no-write")
    assert played.returncode == 0, played.stdout


def test_two_windows_are_two_terminals_of_one_scenario(person: Person) -> None:
    with Screen(person) as screen, Screen(person) as beside:
        screen.replay("record", "-o", "scenarios/two.yaml")
        screen.until("record:~#")
        screen.type("ip link set lo up\n")
        beside.replay("record", "--terminal", "monitor")
        beside.until("record[monitor]:~#")
        beside.type("tcpdump -ni lo icmp\n")
        beside.until("listening on")
        screen.type("ping -c 1 127.0.0.1\n")
        screen.until("1 received")
        beside.until("echo reply")
        beside.key("C-c")
        beside.until("packets captured")
        with Screen(person) as third:
            third.replay("record", "--terminal", "monitor")
            third.until("terminal 'monitor' is taken")
            third.until("left with 2")
            third.replay("record", "--terminal", "other", "-o", "one.yaml")
            third.until("no recording of one.yaml runs; there is:")
        beside.type("ping 127.0.0.1\n")
        beside.until("bytes from")
        screen.type("echo last\n")
        screen.until("\nlast\n")
        screen.key("C-d")
        beside.until("the recording ended")
        beside.until("left with 0")
        beside.type("stty -a\n")
        beside.until(" icanon")
        screen.until("left with 0")
    text = (person.folder / "scenarios/two.yaml").read_text(encoding="utf-8")
    assert "  - run: tcpdump -ni lo icmp\n    terminal: monitor\n    until: listening on\n" in text
    steps = ["run: tcpdump", "run: ping -c 1", "stop: monitor", "run: ping 127", "run: echo last", "stop: monitor"]
    at = 0
    for what in steps:
        at = text.index(what, at)
    assert "ICMP echo reply" in text
    assert "packets captured" not in text
    played = person.run("run", "scenarios/two.yaml", "--no-write")
    assert played.returncode == 0, played.stdout

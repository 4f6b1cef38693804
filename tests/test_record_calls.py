"""`replay record` without a terminal, its files, and wrong calls of it."""

import os
import subprocess

from replayer.plan import prepare
from replayer.sources.native import read
from tests.conftest import Person


def _record(person: Person, commands: str, *args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*person.command, "record", *args],
        cwd=person.folder,
        input=commands,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(person.folder)},
        timeout=120,
        check=False,
    )


def test_commands_come_from_standard_input(person: Person) -> None:
    more = "ip link set lo up\nprintf '\\033[2J'\nping 127.0.0.1\nsudo -u root echo five\n"
    done = _record(person, "# 说明\nx=2\nread y\n三\necho $x$y\n" + more, "-o", "in.yaml")
    assert done.returncode == 0, done.stderr
    text = (person.folder / "in.yaml").read_text(encoding="utf-8")
    assert "  - note: 说明\n  - run: x=2\n  - run: read y\n    send:\n      - send: 三\n" in text
    assert "  - run: echo $x$y\n    expect: {output: 2三}\n" in text
    assert "  - stop: main\n    expect: 通\n" in text
    assert "# Left out: it draws on the whole screen" in text
    assert "\n  #   printf " in text
    assert "  - run: sudo -u root echo five\n    expect: {output: five}\n" in text
    assert person.run("run", "in.yaml", "--no-write").returncode == 0
    bare = _record(person, "echo one\n")
    assert "  - run: echo one\n    expect: {output: one}\n" in bare.stdout
    assert "\n# echo one\none\n" in f"\n{bare.stderr}"
    assert prepare(read(bare.stdout, "x.yaml"), "x.yaml")


def test_a_status_that_differs_is_said_and_marked(person: Person) -> None:
    done = _record(person, "[ $((RANDOM % 2)) = 0 ]\n" * 20, "-o", "odd.yaml")
    assert done.returncode == 1, done.stderr
    assert "odd.yaml:" in done.stdout
    text = (person.folder / "odd.yaml").read_text(encoding="utf-8")
    assert "# ? it ended with status 0, and with 1 when it was played again\n  - run: '[ $((RANDOM" in text
    assert "    expect: {exit: [0, 1]}\n" in text


def test_a_file_that_is_there_is_kept(person: Person) -> None:
    path = person.folder / "there.yaml"
    path.write_text("mine\n", encoding="utf-8")
    done = _record(person, "true\n", "-o", "there.yaml")
    assert done.returncode == 2
    assert "there.yaml is there already; --force writes over it" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert _record(person, "true\n", "-o", "there.yaml", "--force", "--no-replay").returncode == 0
    assert "run: 'true'" in path.read_text(encoding="utf-8")
    assert "is a folder" in _record(person, "", "-o", "scenarios").stderr
    assert "nothing was typed" in _record(person, "\n", "-o", "none.yaml").stdout
    assert not (person.folder / "none.yaml").exists()


def test_wrong_calls(person: Person) -> None:
    for args, says in (
        (("--terminal", "monitor"), "needs a terminal"),
        (("--sandbox", "nope"), "not known"),
        (("--recover", "none.jsonl"), "cannot be read"),
        (("--recover", "scenarios/vepa.yaml"), "scenarios/vepa.yaml:1:1: this is no"),
    ):
        done = person.run("record", *args)
        assert done.returncode == 2, args
        assert says in done.stderr

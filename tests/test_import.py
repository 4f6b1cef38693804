"""`replay import`: from a tutorial's text to a scenario that is played."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from replayer.cli.importing import import_tutorial
from replayer.plan import PlannedStep, prepare
from replayer.problems import ReplayError
from replayer.project import UsageError
from replayer.sources import load, markdown
from replayer.sources.authored import author
from replayer.sources.lasting import patience
from replayer.sources.session import Command
from replayer.sources.tutorials import TUTORIALS
from replayer.tutorial import read_tutorial
from tests.playing import play
from tests.test_seed import AUTHORS_BR0, COMMANDS, OUTCOMES

REPO = Path(__file__).parent.parent
SEED = REPO / "tests/data/seed.txt"


def imported(text: str, name: str = "text.txt") -> str:
    return author(read_tutorial(text, name).session).text


def outcomes_of(scenario: str) -> list[tuple[str, str, str]]:
    """Command, outcome that was claimed, verdict: of each step that claims one."""
    entries = play(scenario, fast=True).entries
    return [
        (entry.command, rule.value, entry.verdict.word)
        for entry in entries
        for rule in entry.step.rules
        if rule.kind == "outcome" and entry.verdict
    ]


def test_the_seed_imports_to_its_commands_and_outcomes() -> None:
    session = read_tutorial(SEED.read_text(encoding="utf-8"), "seed.txt").session
    commands = [item for item in session.items if isinstance(item, Command)]
    assert [c.text for c in commands] == COMMANDS
    assert [claim.value for c in commands for claim in c.claims if claim.kind == "outcome"] == OUTCOMES
    assert session.source == "https://www.jianshu.com/p/ffd9675f6f41"


def test_the_seeds_outcomes_hold_but_the_one_that_its_authors_mac_breaks() -> None:
    scenario = imported(SEED.read_text(encoding="utf-8"))
    found = outcomes_of(scenario)
    assert [claimed for _, claimed, _ in found] == OUTCOMES
    assert [n for n, (_, _, word) in enumerate(found) if word != "passed"] == [12]
    assert found[12][0] == "ip netns exec ns1 ping -c 1 192.168.0.1"


def test_all_of_the_seeds_outcomes_hold_with_br0s_mac_of_this_run() -> None:
    scenario = imported(SEED.read_text(encoding="utf-8"))
    added = "  - run: ip link set br0 up\n"
    assert scenario.count(added) == 1
    capture = "  - run: ip link show br0\n    show: none\n    capture: {br0_mac: 'link/ether (\\S+)'}\n"
    templated = scenario.replace(added, added + capture).replace(AUTHORS_BR0, "{{ br0_mac }}")
    found = outcomes_of(templated)
    assert [(claimed, word) for _, claimed, word in found] == [(outcome, "passed") for outcome in OUTCOMES]


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    assert import_tutorial(SEED, "", first, False) == import_tutorial(SEED, "", second, False) == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_file_that_was_written_since_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "seed.yaml"
    import_tutorial(SEED, "", output, False)
    import_tutorial(SEED, "", output, False)
    output.write_text("title: mine\nsteps: [note: mine]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--force"):
        import_tutorial(SEED, "", output, False)
    import_tutorial(SEED, "", output, True)
    assert "br0" in output.read_text(encoding="utf-8")


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="/dev/full: it cannot be written: No space left on device"):
        import_tutorial(SEED, "", Path("/dev/full"), False)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    import_tutorial(SEED, "", pipe, False)
    assert os.read(reader, 100).startswith(b"# Imported from ")
    os.close(reader)


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"--from: 'word'.*plain"):
        import_tutorial(SEED, "word", None, False)


SCENARIOS = sorted(path.stem for path in (REPO / "transcripts").glob("*.txt"))


def shown_steps(name: str) -> list[PlannedStep]:
    path = REPO / f"scenarios/{name}.yaml"
    [plan] = prepare(load(path), str(path))
    return [step for step in plan.steps if step.show != "none"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_transcript_imports_to_its_scenarios_commands(name: str) -> None:
    text = (REPO / f"transcripts/{name}.txt").read_text(encoding="utf-8")
    items = read_tutorial(text, f"{name}.txt").session.items
    commands = [
        re.sub(r"(macaddr add) [0-9a-f:]+", r"\1 {{ bridge_mac }}", c.text) for c in items if isinstance(c, Command)
    ]
    assert commands == [step.text for step in shown_steps(name) if step.kind == "run"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_transcript_plays_as_its_scenario_does(name: str) -> None:
    """The one thing of another run that a transcript holds, br0's MAC in a command, is put right first."""
    text = (REPO / f"transcripts/{name}.txt").read_text(encoding="utf-8")
    scenario = imported(text, f"{name}.txt")
    added = "  - run: ip link set br0 up\n"
    capture = "  - run: ip link show br0\n    show: none\n    capture: {br0_mac: 'link/ether (\\S+)'}\n"
    scenario = re.sub(r"(macaddr add) [0-9a-f:]+", r"\1 {{ br0_mac }}", scenario.replace(added, added + capture))
    hidden = {step.terminal for step in shown_steps(name) if step.kind == "run" and step.until}
    wanted = [
        rule.value
        for step in shown_steps(name)
        for rule in step.rules
        if rule.kind == "outcome" and (step.kind == "run" or step.terminal in hidden)
    ]
    assert [(claimed, word) for _, claimed, word in outcomes_of(scenario)] == [(w, "passed") for w in wanted]


def test_markdown_keeps_the_lines_of_its_source() -> None:
    text = "---\ntitle: T\n---\n# H\n\n- item\n\n  ```\n  $ ip netns\n  ns1\n  ```\n\n> ```\n> $ ip link\n> ```\n"
    document = markdown.read(text)
    code = [line for block in document.blocks if block.kind == "code" for line in block.lines]
    assert [(line.number, line.text) for line in code] == [(9, "$ ip netns"), (10, "ns1"), (14, "$ ip link")]
    assert document.title == "T"


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "$ ip link", "plain"),
        ("a.txt", "```\n$ ip link\n```\n", "markdown"),
        ("a.md", "# ip link\n# ip addr\n# ip route\n", "plain"),
        ("a.md", "# Links\n\n    ip link\n", "markdown"),
        ("notes", "$ ip link", "plain"),
    ],
)
def test_the_format_is_found(name: str, text: str, format: str) -> None:
    found = read_tutorial(text, name)
    assert (found.format, bool(found.why)) == (format, True)


def test_what_is_doubtful_is_listed_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tutorial = tmp_path / "t.md"
    tutorial.write_text("```\n$ ip netns exec <name> ip link\n$ ip link\n```\n", encoding="utf-8")
    import_tutorial(tutorial, "", None, False)
    out, err = capsys.readouterr()
    assert f"{tutorial}:2:1: left out: ip netns exec <name> ip link" in err
    assert "# Line 2, left out" in out


OLD_NOTES = """
# ip netns add left
# ip link add v1 type veth peer name v2
# ip link show v1
12: v1: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000
    link/ether 7a:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff
# ip link set v1 netns left
# ip -n left addr add 10.9.0.1/24 dev v1
# ip -n left link set v1 up
# ip addr add 10.9.0.2/24 dev v2
# ip link set v2 up
# ip netns exec left ip addr
1: lo: <LOOPBACK> mtu 16436 qdisc noop state DOWN
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
12: v1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000
    link/ether 7a:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff
    inet 10.9.0.1/24 scope global v1
# ip -n left route
10.9.0.0/24 dev v1  proto kernel  scope link  src 10.9.0.1
# ip -n left route get 10.9.0.2
10.9.0.2 dev v1  src 10.9.0.1
    cache  mtu 1500 advmss 1460 hoplimit 64
# ip netns exec left ping -c 1 10.9.0.2
PING 10.9.0.2 (10.9.0.2) 56(84) bytes of data.
64 bytes from 10.9.0.2: icmp_req=1 ttl=64 time=0.061 ms

--- 10.9.0.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
# ip link show v1
Device "v1" does not exist.
"""


def test_what_tools_printed_in_2012_holds_today() -> None:
    """Nothing but versions differs: no group, no mode, no peer, another default queueing discipline, lo's MTU."""
    entries = play(imported(OLD_NOTES), fast=True).entries
    found = [(entry.command, entry.verdict) for entry in entries if entry.step.rules and entry.verdict]
    assert [(command, verdict.findings) for command, verdict in found if verdict.word != "passed"] == []
    assert len(found) == 6
    assert "the name of a peer" in found[0][1].known


def test_a_server_that_is_put_into_the_background_gets_time_to_begin() -> None:
    text = "```\n$ python3 -m http.server 80 &\n$ ls\n$ curl 10.0.0.1\n$ curl 10.0.0.1\n```\n"
    authored = author(read_tutorial(text, "a.md").session, [])
    steps = [line.strip() for line in authored.text.split("steps:\n")[1].splitlines()]
    assert steps[1] == "- run: ls" and "until (ss" in steps[3]
    assert steps[4:6] == ["show: none", "- run: curl 10.0.0.1"]
    assert authored.text.count("until (ss") == 1


def read_as(argument: str, *more: str, given: str = "") -> tuple[int, str, str]:
    """What `replay` says: its exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "replayer", *more, argument],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.returncode, done.stdout, done.stderr


def test_what_is_meant_for_another_verb_is_told(tmp_path: Path) -> None:
    tutorial, scenario = tmp_path / "a.md", tmp_path / "a.yaml"
    tutorial.write_text("```\n$ ip link\n```\n", encoding="utf-8")
    scenario.write_text("title: a\nsteps: [run: ip link]\n", encoding="utf-8")
    for verb in ("run", "lint", "check"):
        code, _, error = read_as(str(tutorial), verb)
        assert code == 2 and "this is a tutorial, no scenario; `replay verify` plays it" in error
    for verb in ("import", "verify"):
        code, _, error = read_as(str(scenario), verb)
        assert code == 2 and "this is a scenario, no tutorial" in error
        code, _, error = read_as("https://example.org/a.html", verb)
        assert code == 2 and "save the page first" in error
    code, _, error = read_as(str(tutorial), "import", "-o", str(tmp_path))
    assert code == 2 and "is a folder; name a file in it" in error


def test_a_text_from_standard_input() -> None:
    code, out, error = read_as("-", "import", given="Wires\n\nhost1# ip netns add <name>\nhost1# ip link\n")
    assert code == 0
    assert "Imported from stdin, read as plain" in out and "prompts: 'host1#'" in out
    assert "title: Wires\n" in out and "note: Wires" not in out
    assert "stdin:3:1: left out" in error


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Two wires\n", "Two wires"),
        ("Two wires\n=========\n", "Two wires"),
        ("两个网络命名空间\n", "两个网络命名空间"),
        ("First make the wires.\n", "text"),
        ("Two wires\nand what is on them\n", "text"),
        ("$ ip link\n", "text"),
    ],
)
def test_the_first_line_of_a_plain_text_is_its_title_where_it_stands_alone(head: str, title: str) -> None:
    scenario = imported(f"{head}\nLook at them:\n$ ip addr\n")
    assert f"title: {title}\n" in scenario
    assert f"- note: {title}" not in scenario


@pytest.mark.parametrize("verb", ["import", "verify"])
def test_the_help_names_the_formats_within_80_columns(verb: str) -> None:
    _, out, _ = read_as("--help", verb)
    assert max(map(len, out.splitlines())) <= 80
    assert all(name in " ".join(out.split()) for name in TUTORIALS)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        ("sleep 1", 0),
        ("sleep 35", 50),
        ("sleep 10; sleep 0.5m", 55),
        ("sleep 1h", 300),
        ("ip netns exec a ping -c 60 10.0.0.1", 75),
        ("ping -c60 -i 0.2 10.0.0.1", 0),
        ("ping -w 40 10.0.0.1", 55),
        ("echo sleep 99", 0),
        ("sleep infinity", 0),
    ],
)
def test_what_takes_long_by_its_own_words_is_waited_for(command: str, seconds: int) -> None:
    assert patience(command) == seconds
    assert (f"timeout: {seconds}s" in imported(f"$ {command}\n")) == bool(seconds)

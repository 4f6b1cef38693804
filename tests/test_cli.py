"""The command line as a person uses it: real processes, real runs, exit codes of C8."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.calling import replay, replay_in_bash, write
from tests.conftest import REPO
from tests.processes import alive, ancestors

# Seconds that nobody else sleeps: what is left behind is found by them, also beside another run of these tests.
MARK = str(10_000_000 + os.getpid())


PASSING = """\
title: a passing one
source: https://example.org/tutorial
tags: [quick]
steps:
  - note: 说明
  - run: ip link set lo up
  - run: ping -c 1 127.0.0.1
    expect: 通
  - run: echo shown
  - run: echo hidden
    show: none
"""
FAILING = "steps: [{run: 'echo yes; false', expect: [{contains: 'no'}, {exit: 0}]}, {run: echo after}]\n"
ERRING = "steps: [{run: no-such-program 1.2.3.4, expect: 通}]\n"


def test_a_passing_run_writes_its_transcript(project: Path) -> None:
    write(project, "good", PASSING)
    done = replay("run", "scenarios/good.yaml", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "transcripts/good.txt").read_text(encoding="utf-8") == (
        "https://example.org/tutorial\n说明\n# ip link set lo up\n# ping -c 1 127.0.0.1\n通\n# echo shown\nshown\n"
    )
    assert re.search(r"^  passed   通 +\d+\.\d\ds  ping -c 1 127\.0\.0\.1$", done.stdout, re.MULTILINE)
    assert "transcripts/good.txt" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_failing_run_leaves_the_old_transcript_and_says_where_the_new_is(project: Path) -> None:
    write(project, "bad", FAILING)
    golden = project / "transcripts/bad.txt"
    golden.write_text("the old one\n", encoding="utf-8")
    done = replay("run", "scenarios/bad.yaml", cwd=project)
    assert done.returncode == 1
    assert golden.read_text(encoding="utf-8") == "the old one\n"
    assert (project / ".replay/bad.txt").read_text(encoding="utf-8") == "# echo yes; false\nyes\n# echo after\nafter\n"
    for part in (
        "scenarios/bad.yaml:1:",
        "output containing 'no'",
        "exit status 1",
        "output    yes",
        ".replay/bad.txt",
    ):
        assert part in done.stdout, part


@pytest.mark.parametrize("expected", ["通", "不通", "reachable", "unreachable"])
def test_a_command_that_cannot_tell_errs_whatever_was_expected(project: Path, expected: str) -> None:
    write(project, "err", f"steps: [{{run: no-such-program 1.2.3.4, expect: {expected}}}]\n")
    done = replay("run", "scenarios/err.yaml", cwd=project)
    assert done.returncode == 3
    assert "errored" in done.stdout
    assert "no such command" in done.stdout


def test_exit_codes_of_several_scenarios(project: Path) -> None:
    write(project, "a", PASSING)
    write(project, "b", FAILING)
    write(project, "c", "requires: {commands: [no-such-program]}\nsteps: [{run: 'true'}]\n")
    assert replay("run", "-q", "scenarios/a.yaml", "scenarios/c.yaml", cwd=project).returncode == 0
    assert replay("run", "-q", "--strict", "scenarios/a.yaml", "scenarios/c.yaml", cwd=project).returncode == 1
    done = replay("run", "-q", "scenarios", cwd=project)
    assert done.returncode == 1
    assert "3 scenarios: 1 passed, 1 failed, 1 skipped" in done.stdout
    assert "no command 'no-such-program'" in done.stdout
    write(project, "d", ERRING)
    assert replay("run", "-q", "scenarios", cwd=project).returncode == 3


def test_an_unreadable_scenario_is_usage(project: Path) -> None:
    write(project, "x", "stepz: []\n")
    done = replay("run", "scenarios/x.yaml", cwd=project)
    assert done.returncode == 2
    assert "scenarios/x.yaml:1:1" in done.stderr
    assert "steps" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["run", "missing.yaml"], "missing.yaml"),
        (["run", "--sandbox", "moon", "scenarios/a.yaml"], "bwrap"),
        (["run", "--timeout", "soon", "scenarios/a.yaml"], "--timeout"),
        (["run", "--max-output", "much", "scenarios/a.yaml"], "--max-output"),
        (["run", "-k", "nothing-like-it", "scenarios/a.yaml"], "-k"),
        (["run", "-k", "a and", "scenarios/a.yaml"], "ends too early"),
        (["run", "--var", "x", "scenarios/a.yaml"], "x"),
        (["run", "--var", "unknown=1", "scenarios/a.yaml"], "unknown"),
        (["run", "--vars-file", "nowhere.yaml", "scenarios/a.yaml"], "nowhere.yaml"),
        (["run", "--color", "sometimes", "scenarios/a.yaml"], "--color"),
        (["run", "--no-such-option"], "--no-such-option"),
        (["render", "missing.jsonl"], "missing.jsonl"),
        (["render", "scenarios/a.yaml"], "no recording"),
        (["show", "--format", "x", "scenarios/a.yaml"], "--format"),
        (["lint", "transcripts"], "no scenario"),
        (["nosuchverb"], "nosuchverb"),
    ],
)
def test_wrong_calls_are_told_what_is_wrong(project: Path, args: list[str], says: str) -> None:
    write(project, "a", PASSING)
    done = replay(*args, cwd=project)
    assert done.returncode == 2, done.stdout
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_options_that_choose(project: Path) -> None:
    write(project, "one", "tags: [slow]\n" + FAILING)
    write(project, "two", PASSING)
    assert replay("run", "-q", "-k", "two", "scenarios", cwd=project).returncode == 0
    assert replay("run", "-q", "--tags", "quick", "scenarios", cwd=project).returncode == 0
    assert replay("run", "-q", "--skip-tags", "slow", "scenarios", cwd=project).returncode == 0
    first = replay("run", "-x", "scenarios", cwd=project)
    assert first.returncode == 1
    assert "1 not reached" in first.stdout
    assert "skipped" in first.stdout


def test_dry_run_plays_nothing_and_no_write_writes_nothing(project: Path) -> None:
    write(project, "a", PASSING)
    assert "would play" in replay("run", "--dry-run", "scenarios/a.yaml", cwd=project).stdout
    assert not (project / ".replay").exists()
    assert replay("run", "--no-write", "scenarios/a.yaml", cwd=project).returncode == 0
    assert not (project / "transcripts/a.txt").exists()


def test_colour_is_asked_for_or_forbidden(project: Path) -> None:
    write(project, "a", PASSING)
    args = ("run", "--no-write", "scenarios/a.yaml")
    assert "\x1b[32m" in replay(*args, "--color", "always", cwd=project).stdout
    assert "\x1b" in replay(*args, cwd=project, FORCE_COLOR="1").stdout
    assert "\x1b" not in replay(*args, cwd=project, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b" in replay(*args, cwd=project, FORCE_COLOR="1", NO_COLOR="").stdout


def test_verbose_shows_output_and_quiet_one_line(project: Path) -> None:
    write(project, "a", PASSING)
    assert re.search(r"^ +shown$", replay("run", "-v", "scenarios/a.yaml", cwd=project).stdout, re.MULTILINE)
    quiet = replay("run", "-q", "--no-write", "scenarios/a.yaml", cwd=project).stdout
    assert len(quiet.splitlines()) == 1


def test_variables(project: Path) -> None:
    write(project, "a", "vars: {word: one, other: x}\nsteps: [{run: 'echo {{ word }}-{{ other }}'}]\n")
    (project / "vars.yaml").write_text("word: three\nother: y\n", encoding="utf-8")
    replay("run", "scenarios/a.yaml", "--vars-file", "vars.yaml", "--var", "word=two", "--write", cwd=project)
    assert "two-y\n" in (project / "transcripts/a.txt").read_text(encoding="utf-8")


def test_a_recording_can_be_rendered_later(project: Path) -> None:
    write(project, "a", PASSING)
    replay("run", "scenarios/a.yaml", cwd=project)
    text = replay("render", ".replay/a.jsonl", cwd=project)
    assert text.stdout == (project / "transcripts/a.txt").read_text(encoding="utf-8")
    full = replay("render", ".replay/a.jsonl", "--format", "full", cwd=project).stdout
    assert "hidden" in full
    assert "1 packets transmitted, 1 received" in full
    document = json.loads(replay("render", ".replay/a.jsonl", "--format", "json", cwd=project).stdout)
    assert document["verdict"] == "passed"
    assert [s["outcome"] for s in document["steps"] if s["outcome"]] == ["通"]
    replay("render", ".replay/a.jsonl", "-o", "out.txt", cwd=project)
    assert (project / "out.txt").read_text(encoding="utf-8") == text.stdout


def test_a_recording_cut_anywhere_can_be_read(project: Path) -> None:
    write(project, "a", PASSING)
    replay("run", "scenarios/a.yaml", cwd=project)
    whole = (project / ".replay/a.jsonl").read_bytes()
    header = whole.index(b"\n") + 1
    for cut in range(header, len(whole), max(1, len(whole) // 10)):
        (project / "cut.jsonl").write_bytes(whole[:cut])
        done = replay("render", "cut.jsonl", "--format", "full", cwd=project)
        assert done.returncode == 0, (cut, done.stderr)
        assert "The recording ends here" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_an_interrupt_ends_all_and_keeps_the_recording(project: Path, number: signal.Signals, jobs: str) -> None:
    for name in ("other", "third"):
        write(project, name, f"steps: [{{run: 'sleep {MARK}'}}]\n")
    write(project, "long", f"steps: [{{run: echo started}}, {{run: 'sleep {MARK}'}}]\n")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "replayer",
            "run",
            "-j",
            jobs,
            *(f"scenarios/{n}.yaml" for n in ("long", "other", "third")),
        ],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(REPO)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    recording = project / ".replay/long.jsonl"
    _wait_for_the_step(recording)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, (out, err)
    assert "interrupted" in out + err
    assert "Traceback" not in err
    assert not alive(MARK)
    last = json.loads(recording.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["ending"]) == ("finished", "interrupted")


def _wait_for_the_step(recording: Path) -> None:
    """Until the recording (its header left out) tells of the step that sleeps so long."""
    for _ in range(200):
        with suppress(FileNotFoundError):  # the worker's takes the place of its owner's
            if MARK in recording.read_text(encoding="utf-8").partition("\n")[2]:
                return
        time.sleep(0.05)
    pytest.fail("the step did not begin")


def test_a_run_killed_hard_leaves_a_readable_recording_and_no_process(project: Path) -> None:
    write(project, "long", f"steps: [{{run: echo started}}, {{run: 'sleep {MARK}'}}]\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "replayer", "run", "scenarios/long.yaml"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(REPO)},
        stdout=subprocess.DEVNULL,
    )
    recording = project / ".replay/long.jsonl"
    _wait_for_the_step(recording)
    process.kill()
    process.wait()
    time.sleep(1)
    assert not alive(MARK)
    full = replay("render", ".replay/long.jsonl", "--format", "full", cwd=project).stdout
    assert "started" in full
    assert "The recording ends here" in full


def test_keep_leaves_a_failed_sandbox_and_says_how_to_get_in(project: Path) -> None:
    write(project, "bad", "steps: [{run: ip link add left type veth peer right}, {run: 'false'}]\n")
    done = replay("run", "--keep", "scenarios/bad.yaml", cwd=project)
    match = re.search(r"nsenter.*?(?:-t|--target)[ =](\d+).*", done.stdout)
    assert match, done.stdout
    pid = int(match[1])
    try:
        command = match[0].split("  #")[0]
        inside = subprocess.run(
            ["sh", "-c", f"{command} -c 'ip -br link'"], capture_output=True, text=True, timeout=20, check=False
        )
        assert "left@right" in inside.stdout, (command, inside.stdout, inside.stderr)
    finally:
        os.kill(pid, signal.SIGTERM)
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()


def test_a_full_disk_does_not_end_the_run(project: Path) -> None:
    write(project, "a", PASSING)
    # No file may grow beyond 1 KB: the recording cannot be written to its end.
    done = replay_in_bash("run --no-write scenarios/a.yaml", project, before="ulimit -f 1; exec")
    assert done.returncode == 0, done.stderr
    assert "the recording ends early: File too large" in done.stdout


def test_recordings_are_not_written_through_links(project: Path) -> None:
    write(project, "a", PASSING)
    victim = project / "victim"
    victim.write_text("precious", encoding="utf-8")
    (project / ".replay").mkdir()
    (project / ".replay/a.jsonl").symlink_to(victim)
    done = replay("run", "--no-write", "scenarios/a.yaml", cwd=project)
    assert done.returncode == 2
    assert "is a link" in done.stderr
    assert victim.read_text(encoding="utf-8") == "precious"


def test_output_that_cannot_be_written_changes_no_verdict(project: Path) -> None:
    write(project, "a", PASSING)
    for redirection in (">/dev/full", ">&-", "| head -1 >/dev/null; exit ${PIPESTATUS[0]}"):
        done = replay_in_bash(f"run --no-write scenarios/a.yaml {redirection}", project)
        assert done.returncode == 0, (redirection, done.stderr)
        assert "Traceback" not in done.stderr
    assert "finished" in (project / ".replay/a.jsonl").read_text(encoding="utf-8").splitlines()[-1]


def test_controls_of_a_scenario_do_not_reach_the_readers_terminal(project: Path) -> None:
    write(project, "a", 'title: "\\e]0;owned\\a"\nsteps: [{note: "\\e[2J"}, {run: "true # \\e[31m"}]\n')
    for args in (("list",), ("show", "scenarios/a.yaml"), ("run", "scenarios/a.yaml"), ("render", ".replay/a.jsonl")):
        done = replay(*args, cwd=project)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout and "\x07" not in done.stdout


def test_nothing_played_is_no_pass(project: Path) -> None:
    write(project, "a", "steps: [{run: 'true', tags: [x]}, {note: n}]\n")
    done = replay("run", "--skip-tags", "x", "scenarios/a.yaml", cwd=project)
    assert (done.returncode, done.stdout[:7]) == (0, "a\n  n\ns"), done.stdout
    assert not (project / "transcripts/a.txt").exists()
    assert replay("run", "--strict", "--skip-tags", "x", "scenarios/a.yaml", cwd=project).returncode == 1


def test_patterns_that_take_for_ever_are_given_up(project: Path) -> None:
    write(project, "a", "steps: [{run: 'printf %040d! 0', expect: {matches: '(0+)+$'}}, {run: echo on}]\n")
    done = replay("run", "--no-write", "scenarios/a.yaml", cwd=project)
    assert done.returncode == 3
    assert "searched for longer" in done.stdout
    assert "1 passed, 1 errored" in done.stdout


NO_ORDER = """\
steps:
  - run: for name in $(shuf -e one two three four five six); do ip link add $name type bridge; done
  - run: ip -br link show type bridge; true
    order: any
    expect: {contains: six}
  - note: 说明
  - run: ip -br link show five
"""


def test_order_any_keeps_the_golden_s_order(project: Path) -> None:
    write(project, "links", NO_ORDER)
    golden = project / "transcripts" / "links.txt"
    assert replay("run", cwd=project).returncode == 0
    first = golden.read_text(encoding="utf-8")
    for _ in range(3):
        done = replay("run", cwd=project)
        assert done.returncode == 0 and golden.read_text(encoding="utf-8") == first, done.stdout
    assert replay("check", cwd=project).returncode == 0
    # What differs is shown in the golden's order too.
    golden.write_text(first.replace("four", "fore"), encoding="utf-8")
    done = replay("check", cwd=project)
    changed = [line.strip() for line in done.stdout.splitlines() if re.match(r"  [-+]\w", line)]
    assert done.returncode == 1 and [line.split()[0] for line in changed] == ["-fore", "+four"], done.stdout


GIVEN = """\
vars: {tail: '44:55'}
steps:
  - run: ip link add br0 type bridge
  - run: ip link show br0 | grep ether
    capture: {mac: 'ether (\\S+)'}
  - run: ip link add name br1 address {{ mac }} type bridge
  - run: ip link add name br2 address 02:00:00:00:{{ tail }} type bridge
  - run: ip link set br1 up
  - run: ip link set br2 up
  - run: ip link show br2; ip -6 -o addr show br2; bridge fdb show dev br2
  - run: ip link show br2
    expect:
      output: "...\\nlink/ether 02:00:00:00:44:55 brd ff:ff:ff:ff:ff:ff"
"""


def test_an_address_that_the_scenario_gives_is_no_identity(project: Path) -> None:
    write(project, "given", GIVEN)
    golden = project / "transcripts" / "given.txt"
    assert replay("run", cwd=project).returncode == 0
    first = golden.read_text(encoding="utf-8")
    assert replay("run", cwd=project).returncode == 0 and golden.read_text(encoding="utf-8") == first
    assert replay("diff", ".replay/given.jsonl", "transcripts/given.txt", cwd=project).returncode == 0
    # Another address is another transcript.
    done = replay("check", "--var", "tail=44:66", cwd=project)
    assert done.returncode == 1
    assert "+# ip link add name br2 address 02:00:00:00:44:66 type bridge" in done.stdout
    assert "br1 address" not in "".join(line for line in done.stdout.splitlines() if line.startswith("  +"))


def test_an_address_that_a_command_gave_is_no_name_for_another(project: Path) -> None:
    write(
        project,
        "other",
        "steps: [{run: ip link add br0 address 02:00:00:00:44:55 type bridge}, {run: ip link add br1 type bridge}, "
        "{run: ip link show br1 | grep ether, expect: {output: 'link/ether 02:00:00:00:44:55 brd ff:ff:ff:ff:ff:ff'}}]",
    )
    done = replay("run", cwd=project)
    assert done.returncode == 1 and "must be 02:00:00:00:44:55 itself" in done.stdout


def test_check_and_diff(project: Path) -> None:
    write(
        project,
        "a",
        "vars: {x: one}\nsteps: [{run: ip link add v0 type veth peer v1}, {run: ip link show v0}, "
        "{run: 'echo {{ x }}'}]\n",
    )
    missing = replay("check", cwd=project)
    assert missing.returncode == 1
    assert "no golden" in missing.stdout
    assert replay("run", "scenarios/a.yaml", cwd=project).returncode == 0
    golden = (project / "transcripts/a.txt").read_bytes()
    before = sorted(p for p in project.rglob("*"))
    same = replay("check", cwd=project)
    assert same.returncode == 0, same.stdout
    other = replay("check", "--var", "x=two", cwd=project)
    assert other.returncode == 1
    assert [line for line in other.stdout.splitlines() if line.strip().startswith(("-o", "+t"))] == ["  -one", "  +two"]
    assert sorted(p for p in project.rglob("*")) == before
    (project / "transcripts/old.txt").write_text("x\n", encoding="utf-8")
    assert "a golden without a scenario" in replay("check", cwd=project).stdout
    (project / "transcripts/old.txt").unlink()
    # Another run writes the golden to the byte, and a recording is equal to it up to renaming.
    assert replay("run", "scenarios/a.yaml", cwd=project).returncode == 0
    assert (project / "transcripts/a.txt").read_bytes() == golden
    equal = replay("diff", ".replay/a.jsonl", "transcripts/a.txt", cwd=project)
    assert (equal.returncode, "equal up to renaming" in equal.stdout) == (0, True)
    refused = replay("run", "scenarios/a.yaml", "--var", "x=two", cwd=project, CI="true")
    assert "not written" in refused.stdout
    assert (project / "transcripts/a.txt").read_bytes() == golden


def test_goldens_that_are_none_are_their_scenario_s_alone(project: Path) -> None:
    for name in "abcdz":
        write(project, name, PASSING)
    assert replay("run", cwd=project).returncode == 0
    goldens = project / "transcripts"
    (goldens / "a.txt").write_bytes(b"\xff\xfe")
    (goldens / "b.txt").unlink()
    os.mkfifo(goldens / "b.txt")
    (goldens / "c.txt").unlink()
    (goldens / "c.txt").mkdir()
    (goldens / "d.txt").write_text("\x1b[31mred\x1b]0;title\x07\x85\x00\n", encoding="utf-8")
    (goldens / "gone.txt").touch()
    done = replay("check", "-q", "--color", "never", cwd=project)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "transcripts/a.txt: the golden cannot be read: the byte 0xff at 0 is not UTF-8" in done.stdout
    assert done.stdout.count("the golden is no file; remove it") == 2
    assert "-␛[31mred␛]0;title␇" in done.stdout and "\x1b" not in done.stdout
    assert "passed  z" in done.stdout and "5 scenarios" in done.stdout
    assert "\ntranscripts/gone.txt: a golden without a scenario" in done.stdout
    assert replay("diff", "transcripts/d.txt", "/dev/zero", cwd=project).stderr == (
        "/dev/zero: cannot be read: it is a device\n"
    )


def test_a_scenario_s_name_is_utf_8(project: Path) -> None:
    (project / "scenarios" / os.fsdecode(b"bad\xff.yaml")).write_text(PASSING, encoding="utf-8")
    for verb in ("run", "check", "lint", "list"):
        done = replay(verb, cwd=project)
        assert done.returncode == 2, done.stderr
        assert done.stderr.startswith("scenarios/bad\\udcff.yaml: the file's name is not UTF-8; rename it\n")


@pytest.mark.parametrize("jobs", ["2", "auto"])
def test_many_at_once_are_told_in_order(project: Path, jobs: str) -> None:
    for number in range(6):
        write(project, f"s{number}", f"steps: [{{run: 'sleep 0.{9 - number}'}}, {{run: echo {number}}}]\n")
    write(project, "s6", FAILING)
    done = replay("run", "-j", jobs, cwd=project)
    assert done.returncode == 1
    told = re.findall(r"^(?:passed|failed)  (s\d)", done.stdout, re.MULTILINE)
    assert told == [f"s{n}" for n in range(7)]
    assert "exit status 1" in done.stdout
    assert (project / "transcripts/s3.txt").read_text(encoding="utf-8").endswith("# echo 3\n3\n")


def test_repeat_names_a_flaky_claim_with_its_rate(project: Path) -> None:
    write(project, "f", "steps: [{run: echo steady}, {run: test $((RANDOM % 2)) = 1}]\n")
    done = replay("run", "-q", "--no-write", "--repeat", "12", "-j", "4", "scenarios/f.yaml", cwd=project)
    found = re.search(r"f: (\d+) of 12 runs passed\n  step 2 passed (\d+) of 12 times: test", done.stdout)
    assert found and found[1] == found[2], done.stdout
    assert done.returncode == 1


def test_last_failed_plays_what_did_not_pass(project: Path) -> None:
    write(project, "a", PASSING)
    write(project, "b", FAILING)
    assert "2 scenarios" in replay("run", "-q", cwd=project).stdout
    again = replay("run", "-q", "--last-failed", cwd=project)
    assert "b " in again.stdout and "passed  a" not in again.stdout
    write(project, "b", PASSING)
    assert replay("run", "-q", "--lf", cwd=project).returncode == 0
    assert "2 scenarios" in replay("run", "-q", "--lf", cwd=project).stdout


def test_shards_are_all_together_everything(project: Path) -> None:
    for name in "abcde":
        write(project, name, "steps: [{run: 'true'}]\n")
    said = [replay("run", "--dry-run", "--shard", f"{i}/3", cwd=project).stdout for i in (1, 2, 3)]
    assert sorted(re.findall(r"would play  (\w)", "".join(said))) == list("abcde")
    assert replay("run", "--dry-run", "--shard", "4/3", cwd=project).returncode == 2


def test_a_project_sets_defaults(project: Path) -> None:
    (project / "replay.toml").write_text(
        'scenarios = ["lab"]\nquiet = true\nwrite = false\ntimeout = "300ms"\n'
        '[vars]\nport = 80\nword = "theirs"\n[outcomes]\n"好" = "fine"\n'
        "[tokens.lease]\nmatches = 'lease-([0-9]+)'\nkind = 'identity'\n",
        encoding="utf-8",
    )
    (project / "lab").mkdir()
    (project / "lab/a.yaml").write_text(
        "vars: {word: mine}\nsteps:\n"
        "  - {run: 'echo fine {{ port }} {{ word }}', expect: [好, {contains: fine 80 mine}]}\n"
        "  - {run: echo lease-77, expect: {output: lease-42}}\n  - {run: sleep 2}\n",
        encoding="utf-8",
    )
    done = replay("run", cwd=project)
    assert done.returncode == 3, (done.stdout, done.stderr)
    assert len(done.stdout.splitlines()) == 3 and "2 passed, 1 errored" in done.stdout
    assert replay("run", "--timeout", "5s", cwd=project).returncode == 0
    assert not list((project / "transcripts").iterdir())


def test_wrong_configuration_is_told_with_its_line(project: Path) -> None:
    write(project, "a", PASSING)
    (project / "pyproject.toml").write_text('[tool.replay]\ntimeuot = "3s"\nquiet = "yes"\n', encoding="utf-8")
    done = replay("run", cwd=project)
    assert done.returncode == 2
    assert "pyproject.toml:2:1: unknown key 'timeuot'; did you mean 'timeout'?" in done.stderr
    assert "pyproject.toml:3:1: 'quiet' takes true or false" in done.stderr
    (project / "pyproject.toml").write_text("[tool.replay\n", encoding="utf-8")
    assert "pyproject.toml:1:" in replay("run", cwd=project).stderr


def test_a_wrong_value_in_a_configuration_is_told_with_its_line(project: Path) -> None:
    write(project, "a", PASSING)
    (project / "replay.toml").write_text(
        'timeout = "soon"\nmax-disk = "much"\nshard = "4/3"\njobs = "few"\ncolor = "red"\nrepeat = 0\n'
        'sandbox = "jail"\nexitfirst = true\nkeyword = "a"\n',
        encoding="utf-8",
    )
    done = replay("run", cwd=project)
    assert done.returncode == 2
    assert re.findall(r"replay\.toml:(\d):1: '([\w-]+)': ", done.stderr) == [
        ("1", "timeout"),
        ("2", "max-disk"),
        ("3", "shard"),
        ("4", "jobs"),
        ("5", "color"),
        ("6", "repeat"),
        ("7", "sandbox"),
    ]


def test_a_project_cannot_choose_the_host(project: Path) -> None:
    write(project, "a", PASSING)
    (project / "replay.toml").write_text(
        'sandbox = "host"\njunitxml = "../out.xml"\ntap = "/tmp/out.tap"\nrecordings = "a/../.."\n', encoding="utf-8"
    )
    done = replay("run", cwd=project)
    assert done.returncode == 2
    assert "replay.toml:1:1: 'sandbox': a project cannot choose to play without protection" in done.stderr
    assert done.stderr.count("is outside of the project") == 3
    assert not (project / ".replay").exists()


def test_paths_of_a_configuration_are_the_project_s(project: Path) -> None:
    write(project, "a", PASSING)
    (project / "replay.toml").write_text(
        'scenarios = ["scenarios"]\njunitxml = "out/r.xml"\ntap = "-"\nrecordings = "kept"\n', encoding="utf-8"
    )
    (project / "deep").mkdir()
    done = replay("run", cwd=project / "deep")
    assert done.returncode == 0 and done.stdout.startswith("TAP version 13"), (done.stdout, done.stderr)
    assert (project / "out/r.xml").is_file() and (project / "kept/a.jsonl").is_file()
    assert not list((project / "deep").iterdir())


def test_a_worker_that_dies_is_its_scenarios_error_and_no_others(project: Path) -> None:
    write(project, "a", "steps: [{run: sleep 0.3}]\n")
    write(project, "b", f"steps: [{{run: 'sleep {MARK}'}}]\n")
    write(project, "c", "steps: [{run: sleep 0.3}, {run: echo c}]\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "replayer", "run", "-j", "3"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(REPO)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(200):
        above = {pid for sleeper in alive(MARK) for pid in ancestors(sleeper)}
        owners = [pid for pid in alive("replayer.worker") if pid in above]
        if owners:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the step did not begin")
    [owner] = owners
    os.kill(owner, signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3, (out, err)
    assert re.search(r"errored  b .*its worker died \(SIGKILL\)", out)
    assert "2 passed, 1 errored" in out
    time.sleep(1)
    assert not alive(MARK)


def test_lint_names_every_problem_of_every_file(project: Path) -> None:
    write(project, "a", "steps: [{rum: x}, {run: y, timeout: soon}]\n")
    write(project, "b", "steps: [{run: '{{ nowhere }}'}]\n")
    write(project, "c", PASSING)
    done = replay("lint", cwd=project)
    assert done.returncode == 2
    assert len(re.findall(r"^scenarios/[ab]\.yaml:\d+:\d+: ", done.stderr, re.MULTILINE)) == 3
    assert "did you mean 'run'" in done.stderr
    assert "nowhere" in done.stderr
    assert replay("lint", "scenarios/c.yaml", cwd=project).returncode == 0


def test_list_and_show(project: Path) -> None:
    write(project, "a", PASSING)
    assert re.search(r"^a +5 steps +a passing one +quick$", replay("list", cwd=project).stdout, re.MULTILINE)
    shown = replay("show", "scenarios/a.yaml", cwd=project).stdout
    assert "# ping -c 1 127.0.0.1" in shown
    assert "expect 通" in shown
    script = replay("show", "scenarios/a.yaml", "--format", "shell", cwd=project).stdout
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def test_help_has_examples_and_nothing_is_slow_to_say() -> None:
    assert "Examples:" in replay("run", "--help").stdout
    for verb in (
        "run",
        "check",
        "diff",
        "lint",
        "show",
        "list",
        "schema",
        "render",
        "gallery",
        "doctor",
        "shell",
        "present",
        "watch",
    ):
        done = replay(verb, "--help")
        assert done.returncode == 0
        assert "Example" in done.stdout, verb
    assert re.match(r"replay \d+\.\d+", replay("--version").stdout)


def test_doctor_says_what_is_here() -> None:
    done = replay("doctor")
    assert done.returncode == 0, done.stdout
    for word in ("iproute2", "macvlan", "bwrap", "ready"):
        assert word in done.stdout


def test_a_matrix_plays_each_combination(project: Path) -> None:
    write(project, "m", "matrix: {a: ['1', '2']}\nsteps: [{run: 'echo {{ a }}'}]\n")
    assert replay("run", "-q", "scenarios", cwd=project).returncode == 0
    assert sorted(p.name for p in (project / "transcripts").iterdir()) == ["m[a=1].txt", "m[a=2].txt"]

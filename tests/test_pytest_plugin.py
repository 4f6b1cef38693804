"""The pytest plugin as its users meet it: pytest in a process of its own, real sandboxes."""

import importlib.metadata
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from functools import partial
from pathlib import Path

import pytest

# pytester drops what a run in this process imported; what has C code may be imported only once.
import replayer.cli.playing
import replayer.formats.reasons
import replayer.goldens
import replayer.needs
import replayer.running
import replayer.sources.native  # noqa: F401

pytest_plugins = "pytester"
REPO = Path(__file__).parent.parent

if not [e for e in importlib.metadata.entry_points(group="pytest11") if e.name == "replay"]:
    pytest.skip("this environment lacks the entry point (pip install -e '.[dev]')", allow_module_level=True)

GOOD = "tags: [quick]\nsteps:\n  - run: echo good\n"
BAD = """\
vars: {word: 'yes'}
steps:
  - run: echo {{ word }}
    expect: {contains: no way}
  - run: no-such-program 1.2.3.4
    expect: 通
"""
MATRIX = "matrix: {size: ['1', '2']}\ntags: [slow]\nsteps:\n  - run: echo {{ size }}\n"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a scenario that passes, one that fails and one of two plans; all goldens but one."""
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\naddopts = '--strict-markers'\n")
    write(pytester, "scenarios/good", GOOD)
    write(pytester, "scenarios/bad", BAD)
    write(pytester, "scenarios/deep/matrix", MATRIX)
    pytester.mkdir("transcripts").joinpath("good.txt").write_text("# echo good\ngood\n")
    (pytester.path / "transcripts/deep").mkdir()
    (pytester.path / "transcripts/deep/matrix[size=1].txt").write_text("# echo 1\n1\n")
    return pytester


def write(pytester: pytest.Pytester, name: str, text: str) -> None:
    path = pytester.path / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def play(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    """pytest in this process, as far as that can be: starting another takes a second."""
    if "-n" in args:
        return pytester.runpytest_subprocess("-rA", *args)
    return pytester.runpytest_inprocess("-rA", "-p", "no:cacheprovider" if "--lf" not in args else "timeout", *args)


def test_each_plan_is_an_item_and_a_failure_is_told_as_the_tool_tells_it(project: pytest.Pytester) -> None:
    before = {path for path in project.path.rglob("*") if path.is_file()}
    result = play(project, "scenarios")
    result.assert_outcomes(passed=3, failed=1, warnings=1)
    shown = result.stdout.str()
    for line in (
        "PASSED scenarios/good.yaml::good",
        "PASSED scenarios/deep/matrix.yaml::matrix[[]size=2[]]",
        "errored  bad  1 failed, 1 errored in *",
        "  failed  *echo yes",
        "  *at        scenarios/bad.yaml:4:24",
        "  *expected  output containing 'no way'",
        "  *observed  not in the output",
        "  *output    yes",
        "  errored  *no-such-program 1.2.3.4",
        "  *observed  there is no such command (exit 127): *",
    ):
        result.stdout.fnmatch_lines([f"*{line}"])
    assert "Traceback" not in shown
    assert re.search(r"no golden: transcripts/deep/matrix\[size=2\].txt; `replay run` writes it", shown)
    written = {p.relative_to(project.path) for p in project.path.rglob("*") if p.is_file()} - {
        p.relative_to(project.path) for p in before
    }
    names = {str(p) for p in written if "__pycache__" not in p.parts}
    assert names == {
        ".replay/good.jsonl",
        ".replay/bad.jsonl",
        ".replay/deep/matrix[size=1].jsonl",
        ".replay/deep/matrix[size=2].jsonl",
    }


def test_a_difference_from_the_golden_fails_with_a_diff(project: pytest.Pytester) -> None:
    golden = project.path / "transcripts/good.txt"
    golden.write_text("# echo good\nbetter\n")
    result = play(project, "scenarios/good.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["transcripts/good.txt differs: *", "--- transcripts/good.txt", "-better", "+good"])
    assert golden.read_text() == "# echo good\nbetter\n"


@pytest.mark.parametrize(
    ("args", "outcomes"),
    [
        (["-k", "good"], {"passed": 1, "deselected": 3}),
        (["-k", "matrix and 2"], {"passed": 1, "deselected": 3, "warnings": 1}),
        (["-k", "quick"], {"passed": 1, "deselected": 3}),
        (["-m", "slow"], {"passed": 2, "deselected": 2, "warnings": 1}),
        (["-x"], {"failed": 1}),
        (["-n", "2"], {"passed": 3, "failed": 1, "warnings": 1}),
        (["--replay-sandbox", "host", "-k", "good"], {"passed": 1, "deselected": 3}),
        (["--replay-var", "word=no way", "-k", "bad"], {"failed": 1, "deselected": 3}),
    ],
    ids=" ".join,
)
def test_options_of_pytest_work(project: pytest.Pytester, args: list[str], outcomes: dict[str, int]) -> None:
    result = play(project, "scenarios", *args)
    result.assert_outcomes(**outcomes)
    if "--replay-var" in args:
        result.stdout.fnmatch_lines(["*1 passed, 1 errored*"])


def test_last_failed_plays_what_failed(project: pytest.Pytester) -> None:
    play(project, "scenarios", "--lf")
    play(project, "scenarios", "--lf").assert_outcomes(failed=1)


def test_junitxml_has_the_scenarios_and_their_reasons(project: pytest.Pytester) -> None:
    play(project, "scenarios", "--junitxml", "out.xml")
    cases = {case.get("name"): case for case in ET.parse(project.path / "out.xml").iter("testcase")}
    assert set(cases) == {"good", "bad", "matrix[size=1]", "matrix[size=2]"}
    failure = cases["bad"].find("failure")
    assert failure is not None
    assert "expected  output containing 'no way'" in (failure.text or "")


def test_what_is_missing_here_skips_with_the_reason(project: pytest.Pytester) -> None:
    write(project, "scenarios/needs", "requires: {commands: [no-such-thing]}\nsteps: [{run: 'true'}]\n")
    result = play(project, "scenarios/needs.yaml")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED [[]1[]] scenarios/needs.yaml:1: no command 'no-such-thing'"])


def test_an_unreadable_scenario_is_one_error_with_all_its_problems(project: pytest.Pytester) -> None:
    write(project, "scenarios/wrong", "steps:\n  - run: x\n    expct: 通\n  - rnu: y\n")
    result = play(project, "scenarios", "--continue-on-collection-errors")
    result.assert_outcomes(passed=3, failed=1, errors=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["scenarios/wrong.yaml:3:5: unknown key 'expct'*", "scenarios/wrong.yaml:4:5: unknown key 'rnu'*"]
    )
    assert "Traceback" not in result.stdout.str()


FOREIGN = {
    "tests/pipeline": "steps:\n  - run: echo never\n",  # looks like one, but is in no folder of scenarios
    "scenarios/common/shared": GOOD,
    "scenarios/_draft": GOOD,
    "scenarios/_drafts/x": GOOD,
    "scenarios/cloudbuild": "steps:\n- name: gcr.io/x\n  args: [build]\n",
    "scenarios/list": "- run: a\n- run: b\n",
    "scenarios/nested": "jobs:\n  a:\n    steps:\n      - run: x\n",
    "scenarios/broken": "a: [\n\tb: {{ }}\n",
    "scenarios/binary": "\0\1",
    "scenarios/empty": "",
}


def test_other_peoples_yaml_is_left_alone(pytester: pytest.Pytester) -> None:
    for name, text in FOREIGN.items():
        write(pytester, name, text)
    (pytester.path / "scenarios/dangling.yaml").symlink_to("nowhere.yaml")
    result = play(pytester)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "error" not in result.stdout.str().lower()


def test_scenarios_elsewhere_are_named_on_the_command_line_or_in_the_ini(pytester: pytest.Pytester) -> None:
    for name in ("labs/one", "labs/common/shared", "other/two", "tests/three"):
        write(pytester, name, GOOD)
    write(pytester, "other/flow", '{"title": "x", "steps": [{"run": "true"}]}')
    assert play(pytester).ret == pytest.ExitCode.NO_TESTS_COLLECTED
    play(pytester, "tests/three.yaml").assert_outcomes(passed=1, warnings=1)
    pytester.makeini("[pytest]\nreplay_paths = labs other\n")
    result = play(pytester)
    result.assert_outcomes(passed=3, warnings=3)
    result.stdout.fnmatch_lines(["PASSED labs/one.yaml::one", "PASSED other/flow.yaml::flow"])


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--replay-sandbox", "moon"], "--replay-sandbox: 'moon' is not known; one of bwrap, unshare, host"),
        (["--replay-var", "word"], "'word' has no '='"),
        (["--replay-timeout", "soon"], "--replay-timeout: "),
        (["--replay-max-memory", "much"], "--replay-max-memory: 'much' is no size"),
        (["--replay-max-processes", "2"], "--replay-max-processes: 2 are too few"),
        (["--replay-vars-file", "none.yaml"], "none.yaml"),
        (["--replay-var", "nobody=1"], "--replay-var: no scenario has a variable 'nobody'"),
        (["--replay-var", "nobody=1", "-n", "1"], "--replay-var: no scenario has a variable 'nobody'"),
    ],
    ids=" ".join,
)
def test_wrong_options_are_told_and_nothing_is_played(project: pytest.Pytester, args: list[str], says: str) -> None:
    result = play(project, "scenarios", *args)
    assert result.ret != 0
    assert says in result.stdout.str() + result.stderr.str()
    assert not (project.path / ".replay").exists()


DEFAULTS = """\
scenarios = ["labs"]
fast = true
timeout = "3s"
skip-tags = "slow"
strict = true
jobs = "auto"
[vars]
word = "from the project"
[outcomes]
opened = "succeeded"
[tokens.lease]
matches = 'lease-(\\w+)'
kind = "identity"
"""
LAB = """\
vars: {other: mine}
steps:
  - run: echo {{ word }} {{ other }} succeeded
    expect: opened
  - run: echo lease-$RANDOM
"""


def test_the_project_s_defaults_hold_as_for_check(pytester: pytest.Pytester) -> None:
    (pytester.path / "replay.toml").write_text(DEFAULTS)
    write(pytester, "labs/good", LAB)
    write(pytester, "labs/slow", "tags: [slow]\nsteps: [{run: 'false'}]\n")
    write(pytester, "labs/long", "steps:\n  - run: sleep 20\n")
    write(pytester, "labs/needs", "requires: {commands: [no-such-thing]}\nsteps: [{run: 'true'}]\n")
    (pytester.path / "vars.yaml").write_text("other: theirs\n")
    pytester.mkdir("transcripts").joinpath("good.txt").write_text(
        "# echo from the project theirs succeeded\nopened\n# echo lease-$RANDOM\nlease-1\n"
    )
    pytester.makepyfile(
        """
        def test_lab(replay):
            with replay.open() as lab:
                assert lab.run("echo succeeded", expect="opened").verdict == "passed"
                assert lab.run("sleep 20").verdict == "errored"

        def test_file(replay):
            played = replay("labs/good.yaml")
            assert played.steps[0].output == "from the project theirs succeeded\\n"
        """
    )
    result = play(pytester, "--replay-vars-file", "vars.yaml")
    result.assert_outcomes(passed=3, failed=2)
    for line in ("PASSED labs/good.yaml::good", "skipped, and --replay-strict: no command *", "errored  long *"):
        result.stdout.fnmatch_lines([line])
    assert "slow" not in result.stdout.str()
    assert '"fast":"' in (pytester.path / ".replay/good.jsonl").read_text()
    # The command line goes first.
    other = play(pytester, "labs/good.yaml", "--replay-var", "word=another", "--replay-recordings", "kept")
    other.assert_outcomes(failed=1)
    assert (pytester.path / "kept/good.jsonl").exists()


def test_a_wrong_key_of_the_project_is_told_once(project: pytest.Pytester) -> None:
    (project.path / "replay.toml").write_text("fast = true\ntimeuot = '1s'\n")
    for args in (["scenarios"], ["scenarios/good.yaml"]):
        result = play(project, *args)
        assert result.ret != 0
        said = result.stdout.str() + result.stderr.str()
        assert said.count("replay.toml:2:1: unknown key 'timeuot'; did you mean 'timeout'?") in (1, 2)
        assert "Traceback" not in said and not (project.path / ".replay").exists()


def test_ctrl_c_ends_pytest_and_the_scenario(pytester: pytest.Pytester) -> None:
    write(pytester, "scenarios/long", "steps:\n  - run: sleep 30\n")
    process = pytester.popen(
        [sys.executable, "-m", "pytest", "scenarios"],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        # A shell's background job has it ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    recording = pytester.path / ".replay/long.jsonl"
    end = time.monotonic() + 20
    while not (recording.exists() and '"started"' in recording.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == pytest.ExitCode.INTERRUPTED, out.decode()
    assert '"ending":"interrupted"' in recording.read_text()


def test_a_test_plays_a_scenario(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from pathlib import Path
        from replayer.problems import ReplayError

        def test_file(replay):
            played = replay("scenarios/bad.yaml", word="no way")
            assert [step.verdict for step in played.steps] == ["passed", "errored"]
            assert (played.steps[0].output, played.steps[0].exit) == ("no way\\n", 0)
            assert played.steps[1].outcome is None
            assert played.verdict == "errored"
            assert "no such command" in played.why and "bad.yaml:5" in played.why

        def test_text(replay):
            played = replay('''
        steps:
          - run: echo id 42
            capture: {id: 'id (\\\\d+)'}
          - run: echo {{ id }}
        ''')
            assert played.verdict == "passed", played.why
            assert played.captures == {"id": "42"}
            assert played.text == "# echo id 42\\nid 42\\n# echo 42\\n42\\n"

        def test_matrix(replay):
            assert replay(Path("scenarios/deep/matrix.yaml"), size="2").verdict == "passed"
            with pytest.raises(ReplayError, match="has 2 plans"):
                replay("scenarios/deep/matrix.yaml")

        def test_skips(replay):
            replay("requires: {commands: [no-such-thing]}\\nsteps: [{run: 'true'}]\\n")

        def test_unknown_variable(replay):
            replay("scenarios/good.yaml", wrod="x")

        def test_fails(replay):
            played = replay("scenarios/bad.yaml")
            assert played.verdict == "passed", played.why
        """
    )
    result = play(project, "test_a_test_plays_a_scenario.py")
    result.assert_outcomes(passed=3, skipped=1, failed=2)
    result.stdout.fnmatch_lines(["SKIPPED * no command 'no-such-thing'"])
    result.stdout.fnmatch_lines(["E *unknown variable 'wrod'*"])
    assert "def prepare" not in result.stdout.str()
    result.stdout.fnmatch_lines(["E *expected  output containing 'no way'"])
    result.stdout.fnmatch_lines(["*replay of bad*", "# echo yes", "yes"])


def test_a_test_plays_single_steps(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from replayer.problems import ScenarioError

        def test_steps(replay):
            with replay.open() as lab:
                assert lab.run("ip link set lo up").verdict == "passed"
                ping = lab.run("ping -c 1 127.0.0.1")
                assert ping.outcome == "通"
                assert ping.exit == 0
                assert "1 received" in ping.output
                assert lab.run("ping -c 1 -W 1 10.255.255.1").outcome is None  # no route: it cannot tell
                lab.run("x=1")
                shown = lab.run("echo '{{ x }}' {% $x", capture={"last": r"(\\d+)$"})
                assert shown.output == "{{ x }} {% 1\\n"
                assert shown.captures == {"last": "1"}

        def test_verdicts(replay):
            with replay.open() as lab:
                step = lab.run("echo no", expect={"contains": "yes"})
                assert step.verdict == "failed"
                assert step.why.startswith("at        test_a_test_plays_single_steps.py:19:1\\n")
                assert lab.run("sleep 9", timeout="100ms").verdict == "errored"
                assert lab.run("echo on").verdict == "passed"

        def test_running_commands(replay):
            with replay.open() as lab:
                lab.run("ip link set lo up")
                lab.run("ping 127.0.0.1", terminal="other", until="bytes from")
                assert lab.run("echo beside").output == "beside\\n"
                with pytest.raises(ScenarioError, match="a command still runs in terminal 'other'"):
                    lab.run("echo", terminal="other")
                assert lab.stop("other", expect="通").verdict == "passed"
                lab.run("cat", until="ready", send="ready")
                lab.send("hello")
                assert lab.stop().output.count("hello") == 2
                assert lab.stop().verdict == "errored"

        def test_head(replay):
            with replay.open(outcomes={"open": "succeeded"}) as lab:
                assert lab.run("echo succeeded", expect="open").outcome == "open"

        def test_needs(replay):
            with replay.open(requires={"commands": ["no-such-thing"]}) as lab:
                assert False

        def test_wrong_keys(replay):
            with replay.open() as lab, pytest.raises(ScenarioError) as caught:
                lab.run("true", expct="通")
            assert str(caught.value).startswith("test_a_test_plays_single_steps.py:")
            assert "unknown key 'expct'; did you mean 'expect'?" in str(caught.value)

        def test_shows_what_was_played(replay):
            with replay.open() as lab:
                assert lab.run("echo shown").output == "other"
        """
    )
    result = play(pytester)
    result.assert_outcomes(passed=5, skipped=1, failed=1)
    result.stdout.fnmatch_lines(["*replay of lab*", "# echo shown", "shown"])


def test_pytest_starts_without_replay() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import replayer.pytest_plugin; "
        "print(sorted(m for m in set(sys.modules) - before if m.partition('.')[0] not in sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['replayer', 'replayer.pytest_plugin']"


def test_the_pre_commit_manifest_names_a_hook_that_finds_problems(pytester: pytest.Pytester) -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    [hook] = clientlib.load_manifest(str(REPO / ".pre-commit-hooks.yaml"))
    assert hook["id"] == "replay-lint"
    assert [bool(re.search(hook["files"], name)) for name in ("scenarios/a.yaml", "x/scenarios/b/c.yml", "a.yaml")] == [
        True,
        True,
        False,
    ]
    command = [str(Path(sys.executable).with_name("replay")), *hook["entry"].split()[1:], *hook["args"]]
    write(pytester, "scenarios/good", GOOD)
    assert pytester.run(*command).ret == 0
    write(pytester, "scenarios/wrong", "steps:\n  - rnu: x\n")
    done = pytester.run(*command)
    assert done.ret == 2
    assert "scenarios/wrong.yaml:2:5: unknown key 'rnu'" in done.stderr.str()

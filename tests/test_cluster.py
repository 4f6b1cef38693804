"""`--cluster`, with a real dask scheduler and real workers, on the loopback interface."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.calling import replay, write
from tests.conftest import REPO
from tests.processes import alive, ancestors

distributed = pytest.importorskip("distributed", reason="pip install 'replay-scenarios[cluster]'")

# Seconds that nobody else sleeps.
MARK = str(30_000_000 + os.getpid())
PIECES = 300


def until(true: Callable[[], bool], what: str) -> None:
    for _ in range(PIECES):
        if true():
            return
        time.sleep(0.1)
    pytest.fail(f"not within {PIECES / 10:g} s: {what}")


class Lab:
    """A scheduler, and workers that tests start and kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(told))
        until(lambda: told.exists() and told.stat().st_size > 0, "the scheduler stands")
        self.address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
        self.client = distributed.Client(self.address, set_as_default=False)
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.known = 0  # sleeping steps that were told of

    def _start(self, *words: str, **env: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(REPO)} | env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self, *names: str, labels: str = "", threads: int = 2, **env: str) -> None:
        """Start workers; without a nanny, that would start them again."""
        for name in names:
            words = ["worker", self.address, "--name", name, "--nthreads", str(threads), "--no-nanny"]
            words += ["--local-directory", str(self.folder / name), "--resources", labels]
            self.workers[name] = self._start(*words, **env)
        until(lambda: self.names() == set(self.workers), f"the workers {', '.join(self.workers)} are there")

    def names(self) -> set[str]:
        return {worker["name"] for worker in self.client.scheduler_info(n_workers=-1)["workers"].values()}

    def told(self) -> int:
        """How often the scheduler was told that a step began to sleep for MARK seconds."""
        news = [said for _, said in self.client.get_events("replay") or ()]
        return sum(kind == "started" and MARK in text for _, kind, text in news)

    def steps_sleep(self, more: int = 1) -> None:
        """Until so many more steps sleep and the scheduler knows: the client hears of them before all that a test
        does to the cluster next."""
        until(lambda: self.told() >= self.known + more and len(asleep()) >= more, "the steps sleep")
        self.known = self.told()

    def kill(self, name: str) -> None:
        self.workers[name].kill()
        self.workers.pop(name).wait()

    def clear(self) -> None:
        for name in list(self.workers):
            self.kill(name)
        until(lambda: not self.names(), "the workers are gone")

    def close(self) -> None:
        self.clear()
        self.client.close()
        self.scheduler.kill()
        self.scheduler.wait()


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("cluster"))
    yield lab
    lab.close()


@pytest.fixture
def lab(laboratory: Lab) -> Iterator[Lab]:
    laboratory.known = laboratory.told()
    yield laboratory
    laboratory.clear()


@pytest.fixture
def play(project: Path, lab: Lab) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts `replay run --cluster …` in the project."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "replayer", "run", "--no-write", "--cluster", lab.address, *words],
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(REPO)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def asleep() -> list[int]:
    """The processes that play, or are, a step that sleeps for MARK seconds."""
    return list(alive(MARK))


def owners(lab: Lab) -> list[str]:
    """The names of the workers that sleeping steps run under now; what a dead one left may sleep on for a moment."""
    pids = {process.pid: name for name, process in lab.workers.items()}
    return [pids[pid] for sleeper in asleep() for pid in ancestors(sleeper) if pid in pids]


def owner(lab: Lab) -> str:
    """The name of the worker that the sleeping step runs under, once it does."""
    names: list[str] = []

    def found() -> bool:
        names[:] = owners(lab)
        return bool(names)

    until(found, "the step sleeps under a worker")
    return names[0]


def facts(project: Path, name: str) -> dict[str, str]:
    """What the recording says of the machine."""
    lines = (project / f".replay/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    machine: dict[str, str] = json.loads(lines[1])["machine"]
    return machine


def cases(report: Path) -> list[tuple[str | None, ...]]:
    """What was judged: scenario, step, place, and how it ended."""
    found: list[tuple[str | None, ...]] = []
    for case in ET.parse(report).iter("testcase"):
        end = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        name = re.sub(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", "MAC", case.get("name", ""))
        found.append((case.get("classname"), name, case.get("file"), case.get("line"), end))
    return found


def test_the_same_as_many_at_once_here(lab: Lab, tmp_path: Path) -> None:
    lab.start("a", "b")
    (tmp_path / "failing.yaml").write_text("steps: [{run: 'false'}, {run: echo 界}]\n", encoding="utf-8")
    named = [  # those of tcpdump may warn, or not, that packets came while it was stopped
        "scenarios/bridge.yaml",
        "scenarios/source.yaml",
        "scenarios/link-down.yaml",
        str(tmp_path / "failing.yaml"),
    ]
    shown, judged = [], []
    for folder, way in (("here", "-j2"), ("there", f"--cluster={lab.address}")):
        where = ["--recordings", str(tmp_path / folder), "--junitxml", str(tmp_path / f"{folder}.xml")]
        done = replay("check", "--fast", way, *where, *named, cwd=REPO)
        assert (done.returncode, done.stderr) == (1, "")
        # What differs from run to run: times, and the folder.
        shown.append(re.sub(rf"[\d.]+s\b|/{folder}/", "", done.stdout))
        judged.append(cases(tmp_path / f"{folder}.xml"))
    assert shown[0] == shown[1]
    assert judged[0] == judged[1]
    whole = (tmp_path / "there/failing.jsonl").read_text(encoding="utf-8")
    assert "界" in whole
    assert whole.splitlines()[0] == (tmp_path / "here/failing.jsonl").read_text(encoding="utf-8").splitlines()[0]


def test_a_lost_workers_scenario_is_played_again_once(
    lab: Lab,
    project: Path,
    play: Callable[..., "subprocess.Popen[str]"],
) -> None:
    lab.start("a", "b")
    write(project, "lost", f"steps: [{{run: echo first}}, {{run: 'sleep 3.{MARK}'}}]\n")
    for name in "cde":
        write(project, name, "steps: [{run: sleep 0.3}]\n")
    process = play("--junitxml", "report.xml")
    lab.steps_sleep()
    victim = owner(lab)
    lab.kill(victim)
    out, err = process.communicate(timeout=100)
    assert (process.returncode, err) == (0, ""), out
    assert re.search(
        rf"passed  lost .*\n  played again: the worker {victim} \(tcp://\S+\) was lost during step 2\n", out
    )
    assert "4 scenarios: 4 passed" in out
    properties = [p.get("value") or "" for p in ET.parse(project / "report.xml").iter("property")]
    assert any(re.fullmatch(rf"the worker {victim} .* was lost during step 2", value) for value in properties)
    assert victim in facts(project, "lost")["lost"]
    assert [facts(project, "lost")["worker"].split()[0]] == list(lab.workers)
    until(lambda: not asleep(), "nothing is left")


def test_a_scenario_that_loses_two_workers_errs_and_no_other(
    lab: Lab,
    project: Path,
    play: Callable[..., "subprocess.Popen[str]"],
) -> None:
    lab.start("a", "b", "c", threads=1)
    write(project, "kills", f"steps: [{{run: 'sleep {MARK}'}}]\n")
    process = play()
    for _ in range(2):
        lab.steps_sleep()
        lab.kill(owner(lab))
        until(lambda: len(lab.names()) == len(lab.workers), "the worker is gone")
        until(lambda: not asleep() or bool(owners(lab)), "nothing of it is left")
    write(project, "fine", "steps: [{run: echo fine}]\n")
    out, err = process.communicate(timeout=100)
    assert (process.returncode, err) == (3, ""), out
    found = re.search(
        r"errored  kills .*: the worker . \S+ was lost during step 1; played again: the worker . \S+ was", out
    )
    assert found, out
    assert "fine" not in out
    until(lambda: not asleep(), "nothing is left")
    assert replay("run", "--no-write", "--cluster", lab.address, "scenarios/fine.yaml", cwd=project).returncode == 0
    full = replay("render", ".replay/kills.jsonl", "--format", "full", cwd=project)
    assert "played again" in full.stdout


def test_nobody_is_left_to_play_it(
    lab: Lab,
    project: Path,
    play: Callable[..., "subprocess.Popen[str]"],
) -> None:
    lab.start("a", labels="netem=1")
    lab.start("b")
    write(project, "needs", f"requires: {{labels: netem}}\nsteps: [{{run: 'sleep {MARK}'}}]\n")
    write(project, "other", "steps: [{run: sleep 1}]\n")
    process = play()
    lab.steps_sleep()
    assert owner(lab) == "a"
    lab.kill("a")
    out, err = process.communicate(timeout=100)
    assert (process.returncode, err) == (3, ""), out
    assert re.search(r"errored  needs .* was lost during step 1; no worker with the label netem is left\n", out)
    assert re.search(r"passed  other ", out)


def test_labels_choose_the_worker(lab: Lab, project: Path) -> None:
    lab.start("a", labels="netem=1 ipvlan=2")
    lab.start("b", labels="vrf=1")
    for name, labels in (("x", "netem"), ("y", "[vrf]"), ("z", "['{{ kind }}', netem]")):
        write(project, name, f"vars: {{kind: ipvlan}}\nrequires: {{labels: {labels}}}\nsteps: [{{run: echo hi}}]\n")
    write(project, "typo", "requires:\n  labels: [netm]\nsteps: [{run: echo hi}]\n")
    write(project, "nowhere", "requires: {labels: [netem, wifi]}\nsteps: [{run: echo hi}]\n")
    write(project, "apart", "requires: {labels: [netem, vrf]}\nsteps: [{run: echo hi}]\n")
    done = replay("run", "--no-write", "--cluster", lab.address, cwd=project)
    assert done.returncode == 3
    assert "6 scenarios: 3 passed, 3 errored" in done.stdout
    assert [facts(project, name)["worker"][0] for name in "xyz"] == ["a", "b", "a"]
    assert "scenarios/typo.yaml:2:12: no worker has the label 'netm'; did you mean 'netem'?" in done.stdout
    where = "scenarios/nowhere.yaml:1:28: no worker has the label 'wifi'; the workers' labels are: ipvlan, netem, vrf"
    assert where in done.stdout
    assert "scenarios/apart.yaml:1:21: no worker has all of netem, vrf; the worker a has ipvlan, netem; " in done.stdout
    # Here, where there is no choice, labels are not asked for.
    assert replay("run", "--no-write", "-j", "2", cwd=project).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_all(
    lab: Lab,
    project: Path,
    play: Callable[..., "subprocess.Popen[str]"],
    number: signal.Signals,
) -> None:
    lab.start("a", "b", threads=1)
    for name in "abcd":
        write(project, name, f"steps: [{{run: echo started}}, {{run: 'sleep {MARK}'}}]\n")
    process = play()
    lab.steps_sleep(2)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, (out, err)
    assert "interrupted" in out + err
    assert "Traceback" not in err
    assert not asleep()
    recordings = list((project / ".replay").glob("*.jsonl"))
    assert len(recordings) == 2
    for recording in recordings:
        text = recording.read_text(encoding="utf-8")
        assert "started\\r\\n" in text
        assert json.loads(text.splitlines()[-1])["ending"] == "interrupted"


def test_a_client_killed_hard_leaves_nothing(
    lab: Lab,
    project: Path,
    play: Callable[..., "subprocess.Popen[str]"],
) -> None:
    lab.start("a")
    write(project, "a", f"steps: [{{run: 'sleep {MARK}'}}]\n")
    process = play()
    until(lambda: bool(asleep()), "the step sleeps")
    process.kill()
    until(lambda: not asleep(), "nothing is left")
    write(project, "a", "steps: [{run: echo free again}]\n")
    assert replay("run", "--no-write", "--cluster", lab.address, cwd=project).returncode == 0


def test_a_lost_scheduler_is_an_error(tmp_path: Path, project: Path) -> None:
    (tmp_path / "lab").mkdir()
    lab = Lab(tmp_path / "lab")
    try:
        lab.start("a")
        for name in "abc":
            write(project, name, f"steps: [{{run: 'sleep {MARK}'}}]\n")
        # One at a time: also those whose turn did not come are told of.
        code = "import replayer.cluster as c; c.MOST = 1; from replayer.cli import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, "run", "--cluster", lab.address],
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(REPO)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: bool(asleep()), "the step sleeps")
        lab.scheduler.kill()
        out, err = process.communicate(timeout=100)
        assert (process.returncode, err) == (3, ""), out
        assert out.count(f"the connection to the cluster {lab.address} was lost") == 3
        until(lambda: not asleep(), "nothing is left")
    finally:
        lab.scheduler.kill()
        lab.scheduler.wait()
        lab.client.close()
        for name in list(lab.workers):
            lab.kill(name)


def test_a_cluster_that_cannot_be_used(lab: Lab, project: Path, tmp_path: Path) -> None:
    write(project, "a", "steps: [{run: echo hi}]\n")

    def said(address: str, **env: str) -> str:
        done = replay("run", "--cluster", address, cwd=project, **env)
        assert done.returncode == 2, done
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        return done.stderr

    assert "no dask scheduler answers at 'tcp://127.0.0.1:1'" in said("tcp://127.0.0.1:1")
    assert "no dask scheduler answers at 'nonsense'" in said("nonsense")
    assert f"has no workers; start one: dask worker {lab.address}" in said(lab.address)
    other = tmp_path / "other"
    (other / "replayer").mkdir(parents=True)
    (other / "replayer/__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    lab.start("a", PYTHONPATH=str(other))
    assert re.search(r"replay is \S+ here, but not on all workers \(tcp://\S+: 0\.0\.1\)", said(lab.address))
    (other / "replayer/__init__.py").write_text("", encoding="utf-8")
    lab.kill("a")
    lab.start("b", PYTHONPATH=str(other))
    assert re.search(r"not on all workers \(tcp://\S+: none\)", said(lab.address))


def test_without_dask_it_says_what_to_install(project: Path) -> None:
    write(project, "a", "steps: [{run: echo hi}]\n")
    # As if it were not installed; and nobody asks for it who does not play on a cluster.
    code = "import sys; sys.modules.update(distributed=None, dask=None); from replayer.cli import main; main()"
    for words, status, said in (
        (["run", "--cluster", "tcp://127.0.0.1:1"], 2, "pip install 'replay-scenarios[cluster]'"),
        (["run", "-j", "2", "--no-write", "--repeat", "2"], 0, ""),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=project, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_a_project_names_its_cluster(lab: Lab, project: Path) -> None:
    lab.start("a")
    write(project, "a", "steps: [{run: echo hi}]\n")
    (project / "replay.toml").write_text(f'cluster = "{lab.address}"\n', encoding="utf-8")
    assert replay("check", cwd=project).returncode == 1
    assert facts(project, "a")["worker"].startswith("a ")

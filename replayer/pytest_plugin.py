"""The pytest plugin: scenarios are collected as items, and tests in Python play scenarios or single steps.

pytest imports this file whenever it starts, also for people who only have replay installed: everything else is
imported when the first scenario is met. Options: --replay-sandbox, --replay-var; ini: replay_paths.
"""

import contextlib
import difflib
import json
import re
import sys
import time
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from replayer.goldens import Comparison
    from replayer.plan import Plan, PlannedStep
    from replayer.player import Options, Player
    from replayer.problems import Position
    from replayer.transcript import Entry, Transcript

SUFFIXES = (".yaml", ".yml")
FOLDER, SHARED = "scenarios", "common"
# A cheap look: somebody else's YAML must never become an error. A scenario has one of these sections at its top
# level, and in it a step.
SECTION = rb"""["']?(?:setup|steps|teardown)["']?[ \t]*:"""
STEP = re.compile(rb"""[\s{,-]["']?(?:run|note|include|stop|wait|send)["']?[ \t]*:""")
MOST_LOOKED_AT = 8 << 20


# The variables given that no scenario collected so far knows.
UNKNOWN = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("replay", "scenarios of shell commands")
    group.addoption("--replay-sandbox", metavar="NAME", help="bwrap, unshare or host (no protection at all)")
    group.addoption("--replay-var", metavar="NAME=VALUE", action="append", default=[], help="set a scenario's variable")
    where = "scenarios are collected from these files and folders too, besides folders named scenarios/"
    parser.addini("replay_paths", where, type="paths", default=[])


# -- scenarios as items -------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    if file_path.suffix in SUFFIXES and _is_ours(file_path, parent) and _looks_like_a_scenario(file_path):
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


def _is_ours(path: Path, parent: pytest.Collector) -> bool:
    """Named on the command line, or in a folder of scenarios and there not among what they share."""
    if parent.session.isinitpath(path):
        return True
    config = parent.config
    bases = [base for base in config.getini("replay_paths") if path.is_relative_to(base)]
    if not bases:
        above = [p for p in path.parents if p.name == FOLDER and p.is_relative_to(config.rootpath)]
        bases = above[-1:]
    return any(
        not any(part == SHARED or part.startswith((".", "_")) for part in path.relative_to(base).parts)
        for base in bases
    )


def _looks_like_a_scenario(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_LOOKED_AT)
    except OSError:
        return False
    data = data.removeprefix(b"\xef\xbb\xbf")
    anywhere = data.lstrip().startswith(b"{")
    section = re.search(SECTION if anywhere else rb"^" + SECTION, data, re.MULTILINE)
    return section is not None and STEP.search(data) is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    unknown = sorted(config.stash.get(UNKNOWN, ()))
    if not unknown:
        return
    what = f"--replay-var: no scenario has a variable {', '.join(map(repr, unknown))}"
    if not hasattr(config, "workerinput"):
        raise pytest.UsageError(what)
    # A worker of xdist that raises here counts as crashed, and nobody reads why.
    items.clear()
    warnings.warn(pytest.PytestWarning(what), stacklevel=1)


class ScenarioFile(pytest.File):
    """A scenario: an item for each of its plans."""

    def collect(self) -> Iterable["ScenarioItem"]:
        given = _given(self.config)
        _options(self.config)  # a wrong option is told before anything is played
        plans, unknown = _plans(str(_shown(self.path)), None, {}, given)
        everywhere: set[str] = self.config.stash.setdefault(UNKNOWN, set(given))
        everywhere &= unknown
        for plan in plans:
            item: ScenarioItem = ScenarioItem.from_parent(self, name=plan.name, plan=plan)
            yield item

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        from replayer.problems import ReplayError

        return str(excinfo.value) if isinstance(excinfo.value, ReplayError) else super().repr_failure(excinfo)


class ScenarioItem(pytest.Item):
    """A plan: it is played, judged and compared with its golden. Only its recording is written."""

    def __init__(self, *, plan: "Plan", **rest: Any) -> None:
        super().__init__(**rest)
        self.plan = plan
        self.extra_keyword_matches.update(plan.tags)
        for tag in plan.tags:
            if re.fullmatch(r"[^\W_][\w.-]*", tag):
                self.config.addinivalue_line("markers", f"{tag}: a tag of scenarios")
                self.add_marker(tag)

    def runtest(self) -> None:
        from replayer import goldens
        from replayer.formats.reasons import account
        from replayer.project import places
        from replayer.running import run

        where = places(str(self.path), self.plan.name)
        transcript, incomplete = run(self.plan, _options(self.config), where.recording, lambda event, entry: None)
        if incomplete:
            self.warn(pytest.PytestWarning(incomplete))
        _raise_if_interrupted(transcript)
        if transcript.verdict == "skipped":
            pytest.skip(transcript.skipped or "no step was played")
        if transcript.verdict != "passed":
            raise NotPassed(account(transcript))
        found = goldens.compare(transcript, where.transcript)
        if found.golden is None:
            self.warn(pytest.PytestWarning(f"no golden: {where.transcript}; `replay run` writes it"))
        elif found.state == "differs":
            raise NotPassed(_difference(found, found.golden))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from replayer.problems import ReplayError

        if isinstance(excinfo.value, (NotPassed, ReplayError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"scenario {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and report.longrepr[0] == __file__:
        # Skipped where the scenario or the test stands, not where this file says so.
        path, line, _ = item.reportinfo()
        report.longrepr = (str(path), (line or 0) + 1, report.longrepr[2])
    return report


class NotPassed(Exception):
    """A scenario that failed or erred, or differs from its golden; its text says why."""


def _difference(found: "Comparison", golden: str) -> str:
    diff = difflib.unified_diff(golden.splitlines(), found.shown.splitlines(), str(found.path), "this run", lineterm="")
    return "\n".join([f"{found.path} differs: {found.differences.first}", *diff])


def _raise_if_interrupted(transcript: "Transcript") -> None:
    if transcript.finished is not None and transcript.finished.ending == "interrupted":
        raise KeyboardInterrupt


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _given(config: pytest.Config) -> Mapping[str, Any]:
    """The variables of --replay-var; raises ScenarioError."""
    from replayer.variables import merge_variables

    return merge_variables([], config.getoption("--replay-var"))


def _options(config: pytest.Config) -> "Options":
    """How to play; raises UsageError."""
    from replayer.player import Options
    from replayer.project import UsageError
    from replayer.sandboxes import BACKENDS

    backend = config.getoption("--replay-sandbox")
    if backend is not None and backend not in BACKENDS:
        raise UsageError(f"--replay-sandbox: {backend!r} is not known; one of {', '.join(BACKENDS)}")
    return Options(backend=backend)


def _plans(
    path: str, text: str | None, given: Mapping[str, Any], common: Mapping[str, Any] | None = None
) -> "tuple[list[Plan], set[str]]":
    """The plans of a file, or of a text that stands for one. `common` are variables for all scenarios; those that
    this one does not know are returned. Raises ScenarioError."""
    from replayer.plan import prepare
    from replayer.problems import ScenarioError
    from replayer.sources import load
    from replayer.sources.native import read

    scenario = load(path) if text is None else read(text, path)
    common = {name: value for name, value in (common or {}).items() if name not in given}
    try:
        return prepare(scenario, path, {**common, **given}), set()
    except ScenarioError as error:
        whats = {problem.what for problem in error.problems}
        unknown = {name for name in common if f"unknown variable {name!r}" in whats}
        if len(error.problems) > len(unknown):
            raise
        known = {name: value for name, value in common.items() if name not in unknown}
        return prepare(scenario, path, {**known, **given}), unknown


# -- scenarios and steps in tests ---------------------------------------------------------------------------


@pytest.fixture
def replay(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Replay":
    """Plays scenarios, `replay(path_or_text, **variables)`, and single steps, `with replay.open() as lab`."""
    return Replay(request.node, request.path.parent, tmp_path_factory)


class Replay:
    """What the fixture `replay` gives."""

    def __init__(self, node: pytest.Item, folder: Path, temporary: pytest.TempPathFactory) -> None:
        self._node, self._folder, self._temporary = node, folder, temporary

    def __call__(self, scenario: str | Path, **variables: Any) -> "Played":
        """Play a scenario: a file (from the test's folder, else from pytest's root), or its text if there is a
        line end in it. Skips the test if what the scenario requires is not here. Raises ScenarioError."""
        from replayer.problems import ReplayError
        from replayer.project import UsageError
        from replayer.running import run

        __tracebackhide__ = True
        text = scenario if isinstance(scenario, str) and "\n" in scenario else None
        path = _shown(self._folder / "text.yaml" if text is not None else self._file(scenario))
        try:
            plans, _ = _plans(str(path), text, variables, _given(self._node.config))
            if len(plans) != 1:
                raise UsageError(f"{path} has {len(plans)} plans; choose one by the variables of its matrix")
        except ReplayError as error:
            # A person can mend it: what is wrong is said, not where in here it was found.
            raise error.with_traceback(None) from None
        recording = self._temporary.mktemp("replay") / "recording.jsonl"
        transcript, _ = run(plans[0], _options(self._node.config), recording, lambda event, entry: None)
        _raise_if_interrupted(transcript)
        self._tell(transcript)
        if transcript.skipped:
            pytest.skip(transcript.skipped)
        return Played(transcript)

    @contextlib.contextmanager
    def open(self, **head: Any) -> "Iterator[Lab]":
        """A sandbox to play single steps in. `head`: what stands at the head of a scenario (requires, outcomes,
        tokens, size). Skips the test if what is required is not here. Raises SandboxError."""
        from replayer.needs import missing_needs
        from replayer.player import Player
        from replayer.sandboxes import open_sandbox
        from replayer.transcript import Transcriber

        options = replace(_options(self._node.config), run_timeout=float("inf"))
        [plan], _ = _plans("lab.yaml", json.dumps({**head, "steps": [{"note": "a lab"}]}), {})
        plan = plan.model_copy(update={"steps": ()})
        began = time.monotonic()
        fold = Transcriber(plan)
        with open_sandbox(options.backend, options.limits) as sandbox:
            missing = missing_needs(plan.requires, sandbox)
            if missing:
                pytest.skip("; ".join(missing))
            try:
                yield Lab(Player(plan, sandbox, options, lambda: time.monotonic() - began, fold), head)
            finally:
                self._tell(fold.transcript)

    def _file(self, scenario: str | Path) -> Path:
        beside = self._folder / scenario
        return beside if beside.exists() else self._node.config.rootpath / scenario

    def _tell(self, transcript: "Transcript") -> None:
        """pytest shows this if the test fails."""
        from replayer.formats import text

        self._node.add_report_section("call", f"replay of {transcript.plan.name}", text.render(transcript))


class Played:
    """A scenario that was played. `steps` are those that were reached, notes left out."""

    def __init__(self, transcript: "Transcript") -> None:
        self.transcript = transcript
        self.steps = [PlayedStep(entry, transcript) for entry in transcript.entries if entry.judged]

    @property
    def verdict(self) -> str:
        return self.transcript.verdict

    @property
    def captures(self) -> Mapping[str, str]:
        """All captures of the run, the last value of each."""
        return {name: value for step in self.steps for name, value in step.captures.items()}

    @property
    def text(self) -> str:
        """The transcript, as the tutorial prints it."""
        from replayer.formats import text

        return text.render(self.transcript)

    @property
    def why(self) -> str:
        """Why it did not pass, for `assert played.verdict == "passed", played.why`."""
        from replayer.formats.reasons import account

        return account(self.transcript)


class PlayedStep:
    """What one step showed. Of a command that goes on, what it showed until now."""

    def __init__(self, entry: "Entry", transcript: "Transcript") -> None:
        self._entry, self._transcript = entry, transcript

    @property
    def command(self) -> str:
        return (self._entry.of or self._entry).command

    @property
    def output(self) -> str:
        return self._entry.text

    @property
    def exit(self) -> int | None:
        return self._entry.exit

    @property
    def outcome(self) -> str | None:
        """The outcome word, whether or not one was expected; None where the output does not tell."""
        from replayer.outcomes import read_outcome

        reading = read_outcome(self.command, self.output, self.exit, self._transcript.plan.outcomes)
        return reading.word or next(iter(reading.also), None)

    @property
    def captures(self) -> Mapping[str, str]:
        return self._entry.captured

    @property
    def verdict(self) -> str:
        return self._entry.verdict.word if self._entry.verdict else "errored"

    @property
    def seconds(self) -> float:
        return self._entry.seconds

    @property
    def why(self) -> str:
        """Why it did not pass; empty if it did."""
        from replayer.formats.reasons import reasons

        return "\n".join(reasons(self._entry))

    def __repr__(self) -> str:
        return f"<{self.command!r} {self.verdict}, exit {self.exit}>"


class Lab:
    """An open sandbox. Each method plays one step and returns what it showed; keys are those of a scenario's step
    (expect, timeout, capture, terminal, until, send, …). Commands are typed as they are: `{{` is no template."""

    def __init__(self, player: "Player", head: Mapping[str, Any]) -> None:
        self._player, self._head = player, head

    def run(self, command: str, **keys: Any) -> PlayedStep:
        """Type a command into a terminal's shell, and wait for its end (or for `until`)."""
        return self._play({"run": "{{ typed }}", **keys}, command)

    def stop(self, terminal: str = "main", **keys: Any) -> PlayedStep:
        """Ctrl-C to what still runs in a terminal."""
        return self._play({"stop": terminal, **keys})

    def wait(self, terminal: str = "main", **keys: Any) -> PlayedStep:
        """Wait for what still runs in a terminal to end, or to print `until`."""
        return self._play({"wait": terminal, **keys})

    def send(self, line: str, **keys: Any) -> PlayedStep:
        """Type a line to what still runs in a terminal."""
        return self._play({"send": "{{ typed }}", **keys}, line)

    def _play(self, step: dict[str, Any], typed: str | None = None) -> PlayedStep:
        from replayer.problems import Position, Problem, ScenarioError

        __tracebackhide__ = True
        frame = sys._getframe(2)  # the test
        at = Position(str(_shown(Path(frame.f_code.co_filename))), frame.f_lineno)
        transcript, fold = self._player.fold.transcript, self._player.fold
        planned = self._planned(step, typed, at)
        if planned.kind == "run" and fold.running(planned.terminal) is not None:
            what = f"a command still runs in terminal {planned.terminal!r}"
            raise ScenarioError([Problem(at, what, f"end it first (stop({planned.terminal!r})), or use another")])
        # The plan grows with what is played: a transcript's steps are its plan's.
        transcript.plan = transcript.plan.model_copy(update={"steps": (*transcript.plan.steps, planned)})
        for event in self._player._step(planned):
            fold.feed(event)
        return PlayedStep(transcript.entries[-1], transcript)

    def _planned(self, step: dict[str, Any], typed: str | None, at: "Position") -> "PlannedStep":
        """Read as a scenario's step is, so that the same is allowed and the same is said."""
        from replayer.problems import ScenarioError

        # Alone, a step that is about a running command would have none.
        terminal = step.get("stop") or step.get("wait") or step.get("terminal", "main")
        before = [] if "run" in step else [{"run": "true", "terminal": terminal, "until": "."}]
        text = json.dumps({**self._head, "steps": [*before, step]}, ensure_ascii=False)
        try:
            [plan], _ = _plans(at.file, text, {} if typed is None else {"typed": typed})
        except ScenarioError as error:
            __tracebackhide__ = True
            raise ScenarioError([replace(problem, at=at, shown="") for problem in error.problems]) from None
        planned = plan.steps[-1]
        rules = tuple(rule.model_copy(update={"at": at}) for rule in planned.rules)
        index = len(self._player.fold.transcript.plan.steps)
        return planned.model_copy(update={"index": index, "at": at, "rules": rules})

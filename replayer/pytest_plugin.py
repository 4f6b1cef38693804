"""The pytest plugin: scenarios are collected as items, and tests in Python play scenarios or single steps.

pytest imports this file whenever it starts, also for people who only have replay installed: everything else is
imported when the first scenario is met. Options: --replay-sandbox, --replay-var; ini: replay_paths.
"""

import contextlib
import difflib
import json
import re
import time
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from replayer.goldens import Comparison
    from replayer.lab import Lab, Played
    from replayer.plan import Plan
    from replayer.player import Options
    from replayer.transcript import Transcript

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
        from replayer.lab import plans_of, shown_path

        plans, unknown = plans_of(str(shown_path(self.path)), None, {}, given)
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
        from replayer.lab import Played, plans_of, shown_path
        from replayer.problems import ReplayError
        from replayer.project import UsageError
        from replayer.running import run

        __tracebackhide__ = True
        text = scenario if isinstance(scenario, str) and "\n" in scenario else None
        path = shown_path(self._folder / "text.yaml" if text is not None else self._file(scenario))
        try:
            plans, _ = plans_of(str(path), text, variables, _given(self._node.config))
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
        from replayer.lab import Lab, plans_of
        from replayer.needs import missing_needs
        from replayer.player import Player
        from replayer.sandboxes import open_sandbox
        from replayer.transcript import Transcriber

        options = replace(_options(self._node.config), run_timeout=float("inf"))
        [plan], _ = plans_of("lab.yaml", json.dumps({**head, "steps": [{"note": "a lab"}]}), {})
        plan = replace(plan, steps=())
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

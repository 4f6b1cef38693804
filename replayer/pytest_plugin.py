"""The pytest plugin: scenarios are collected as items, and tests in Python play scenarios or single steps.

pytest imports this file whenever it starts, also for people who only have replay installed: everything else is
imported when the first scenario is met. Options: as `replay check` has them, with `--replay-` before their names, and
with the project's defaults (replay.toml, [tool.replay]); ini: replay_paths.
"""

import contextlib
import json
import re
import time
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from replayer.cli.config import Config
    from replayer.cli.options import PlayOptions
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


# Options of `replay check` that say how a scenario is played, by the names of their fields.
VALUES = {
    "sandbox": ("NAME", "bwrap, unshare or host (no protection at all)"),
    "vars_file": ("FILE", "variables, as a YAML mapping"),
    "timeout": ("TIME", "the most time a step may take, unless it says"),
    "scenario_timeout": ("TIME", "the most time a scenario may take"),
    "max_processes": ("N", "processes in the sandbox"),
    "max_memory": ("SIZE", "memory of one process"),
    "max_disk": ("SIZE", "all that is written in the sandbox"),
    "max_output": ("SIZE", "what one step may print"),
    "transcripts": ("DIR", "where the goldens are"),
    "recordings": ("DIR", "where recordings go"),
}
FLAGS = {
    "fast": "give up unanswered ARP and neighbour requests in 0.3 s, with the same text",
    "strict": "a skipped scenario fails",
}

# The variables given that no scenario collected so far knows.
UNKNOWN = pytest.StashKey[set[str]]()
# What was given and what the project says, together.
GIVEN = pytest.StashKey["PlayOptions"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("replay", "scenarios of shell commands")
    for name, (metavar, what) in VALUES.items():
        kind = int if name == "max_processes" else str
        group.addoption(_option(name), metavar=metavar, type=kind, default=None, help=what)
    for name, what in FLAGS.items():
        group.addoption(_option(name), action="store_true", default=None, help=what)
    group.addoption("--replay-var", metavar="NAME=VALUE", action="append", default=[], help="set a scenario's variable")
    where = "scenarios are collected from these files and folders too, besides folders named scenarios/"
    parser.addini("replay_paths", where, type="paths", default=[])


def _option(name: str) -> str:
    return "--replay-" + name.replace("_", "-")


# -- scenarios as items -------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    if file_path.suffix not in SUFFIXES or not _looks_like_a_scenario(file_path):
        return None
    from replayer.problems import ReplayError

    try:
        ours = _is_ours(file_path, parent)
    except ReplayError as error:
        raise pytest.UsageError(str(error)) from None
    return ScenarioFile.from_parent(parent, path=file_path) if ours else None


def _is_ours(path: Path, parent: pytest.Collector) -> bool:
    """Named on the command line, or in a folder of scenarios and there not among what they share."""
    if parent.session.isinitpath(path):
        return True
    config = parent.config
    named = [*config.getini("replay_paths"), *_project().scenarios]
    bases = [base for base in named if path.is_relative_to(base)]
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
        given, options = _given(self.config), _play_options(self.config)
        _options(self.config)  # a wrong option is told before anything is played
        from replayer.lab import plans_of, shown_path
        from replayer.selection import selected, without

        plans, unknown = plans_of(str(shown_path(self.path)), None, {}, given, _project().applied)
        everywhere: set[str] = self.config.stash.setdefault(UNKNOWN, set(given))
        everywhere &= unknown
        for whole in plans:
            plan = without(whole, options.skip_tags) if selected(whole, options.keyword, options.tags) else None
            if plan is not None:
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

        options = _play_options(self.config)
        where = places(str(self.path), self.plan.name, options.transcripts, options.recordings)
        transcript, incomplete = run(self.plan, _options(self.config), where.recording, lambda event, entry: None)
        if incomplete:
            self.warn(pytest.PytestWarning(incomplete))
        _raise_if_interrupted(transcript)
        if transcript.verdict == "skipped":
            reason = transcript.skipped or "no step was played"
            if options.strict:
                raise NotPassed(f"skipped, and --replay-strict: {reason}")
            pytest.skip(reason)
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
    from replayer.goldens import unified

    diff = unified(golden, found.shown, str(found.path), "this run")
    return "\n".join([f"{found.path} differs: {found.differences.first}", *diff])


def _raise_if_interrupted(transcript: "Transcript") -> None:
    if transcript.finished is not None and transcript.finished.ending == "interrupted":
        raise KeyboardInterrupt


def _project() -> "Config":
    """What the project says for all scenarios; raises ScenarioError."""
    from replayer.cli.config import current

    return current()


def _play_options(config: pytest.Config) -> "PlayOptions":
    """The options given, else the project's, else those of `replay check`. Raises ScenarioError."""
    from replayer.cli.options import PlayOptions

    if GIVEN not in config.stash:
        known = {f.name for f in fields(PlayOptions)}
        values = {name: value for name, value in _project().options.items() if name in known}
        given = {name: config.getoption(_option(name)) for name in (*VALUES, *FLAGS)}
        values |= {name: value for name, value in given.items() if value is not None}
        for name in ("vars_file", "transcripts", "recordings"):
            if name in values:
                values[name] = Path(values[name])
        # A sandbox that is kept would be left without a word; everything else is pytest's to choose.
        config.stash[GIVEN] = PlayOptions(**values | {"var": config.getoption("--replay-var"), "keep": False})
    return config.stash[GIVEN]


def _given(config: pytest.Config) -> Mapping[str, Any]:
    """The variables given for all scenarios; raises ScenarioError."""
    from replayer.cli.common import variables

    options = _play_options(config)
    return variables(options.var or (), options.vars_file)


def _options(config: pytest.Config) -> "Options":
    """How to play; raises UsageError."""
    from replayer.cli.playing import how_to_play
    from replayer.project import UsageError

    try:
        return how_to_play(_play_options(config))
    except UsageError as error:
        raise UsageError(str(error).replace("--", "--replay-", 1)) from None


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
            plans, _ = plans_of(str(path), text, variables, _given(self._node.config), _project().applied)
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
        project = _project().applied
        [plan], _ = plans_of("lab.yaml", json.dumps({**head, "steps": [{"note": "a lab"}]}), {}, None, project)
        plan = replace(plan, steps=())
        began = time.monotonic()
        fold = Transcriber(plan)
        with open_sandbox(options.backend, options.limits) as sandbox:
            missing = missing_needs(plan.requires, sandbox)
            if missing:
                pytest.skip("; ".join(missing))
            try:
                yield Lab(Player(plan, sandbox, options, lambda: time.monotonic() - began, fold), head, project)
            finally:
                self._tell(fold.transcript)

    def _file(self, scenario: str | Path) -> Path:
        beside = self._folder / scenario
        return beside if beside.exists() else self._node.config.rootpath / scenario

    def _tell(self, transcript: "Transcript") -> None:
        """pytest shows this if the test fails."""
        from replayer.formats import text

        self._node.add_report_section("call", f"replay of {transcript.plan.name}", text.render(transcript))

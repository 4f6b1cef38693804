"""The figures that are measured: each a function of the bench that returns rows of the table."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import tools
from measuring import Command, Run, beyond, in_turns, peak, seconds
from tutorials import REAL

from transcripts import transcript

LOOP, PRYSK = "bare PTY loop", "prysk"
HOST, REPLAY = "replay --sandbox host", "replay"
# As in issue 3: 50 MB of lines that a person could read.
FIFTY_MB = r"head -c 50000000 /dev/zero | tr '\0' x | fold -w 99"
NETWORK = (
    *(f"ip netns add n{n}" for n in (1, 2, 3)),
    "ip link add br0 type bridge",
    "ip link add v0 type veth peer name v1",
    "ip link set v0 master br0",
    "ip link set v1 netns n1",
    "ip link set br0 up",
    "ip link set v0 up",
)
# What `ip netns` needs in bare namespaces.
BARE = ("set -e", "mount -t tmpfs run /run", *NETWORK)
UNSHARE = "unshare --user --map-root-user --mount --net --pid --ipc --uts --fork bash"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `reached` None: nothing was to be reached."""

    figure: str
    tool: str
    time: str
    memory: str = ""
    ratio: str = ""
    reach: str = ""
    reached: bool | None = None


@dataclass
class Bench:
    """What all figures share. `folder` is a scratch project of replay's, `quick`: fewer runs."""

    folder: Path
    quick: bool = False
    peers: bool = True
    scenarios: Path = field(default=tools.REPO / "scenarios")

    def rounds(self, whole: int, quick: int) -> int:
        return quick if self.quick else whole

    @property
    def budget(self) -> float:
        """Seconds after which a slow tool is not run again."""
        return 5 if self.quick else 40

    @cached_property
    def here(self) -> dict[str, tools.Write]:
        peers = {n: w for n, w in tools.PEERS_BY_NAME.items() if self.peers and tools.program(n)}
        return tools.LIMITS | peers | tools.OURS

    @cached_property
    def missing(self) -> list[str]:
        return [name for name in tools.PEERS_BY_NAME if name not in self.here]

    @cached_property
    def floor(self) -> float:
        """The least peak that can be seen: a process that is started begins with the memory of its parent."""
        return peak(in_turns({"true": Command(("true",), self.folder)}, 3, 1)["true"])

    @cached_property
    def options(self) -> set[str]:
        """The options that `replay run` has."""
        said = subprocess.run([tools.REPLAY, "run", "--help"], capture_output=True, text=True, check=True).stdout
        return set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", said))

    def memory(self, runs: list[Run]) -> str:
        most = peak(runs)
        return f"≤ {self.floor:.0f}" if most <= self.floor + 1 else f"{most:.0f}"

    def commands(self, name: str, commands: Sequence[str]) -> dict[str, Command]:
        """The same list of commands for every tool that is here."""
        return {tool: write(self.folder, name, commands) for tool, write in self.here.items()}


def start(bench: Bench) -> list[Row]:
    figure = "start: one step `true`"
    commands = bench.commands("start", ["true"])
    in_turns(commands, 1, bench.budget)  # byte code is written, files are in memory
    runs = in_turns(commands, bench.rounds(21, 3), bench.budget)
    reach = {HOST: 1.5, REPLAY: 2.0}
    return [
        _row(bench, figure, tool, f"{1000 * seconds(made):.0f} ms" if made else "", made, runs, PRYSK, reach)
        for tool, made in runs.items()
    ]


def echo(bench: Bench) -> list[Row]:
    many = 1000
    figure = f"{many} steps `echo`, a step, beyond the start"
    starts = {f"{tool} start": c for tool, c in bench.commands("start", ["true"]).items()}
    whole = bench.commands("echo", [f"echo line {n}" for n in range(many)])
    turns = {
        name: command
        for tool in whole
        for name, command in ((f"{tool} start", starts[f"{tool} start"]), (tool, whole[tool]))
    }
    # tesh takes some 100 s; its one run is left out where there is no time.
    runs = in_turns(turns, bench.rounds(11, 3), bench.budget, timeout=20 if bench.quick else 120)
    steps = {tool: 1000 * beyond(runs[tool], runs[f"{tool} start"]) / many for tool in whole if runs[tool]}
    rows = []
    for tool in whole:
        if not runs[tool]:
            rows.append(Row(figure, tool, "failed"))
            continue
        ratio = steps[tool] / steps[LOOP]
        slower = [peer for peer in ("byexample", "bats", "tesh") if peer in steps and steps[peer] <= steps[tool]]
        slow = "> " if all(run.timed_out for run in runs[tool]) else ""
        ours = tool in tools.OURS
        rows.append(
            Row(
                figure,
                tool,
                f"{slow}{steps[tool]:.3f} ms",
                bench.memory(runs[tool]),
                f"{slow}{ratio:.2f} × {LOOP}",
                "≤ 2; faster than byexample, bats, tesh" if ours else "",
                ratio <= 2 and not slower if ours else None,
            )
        )
    return rows


def output(bench: Bench) -> list[Row]:
    figure = "one step that prints 50 MB"
    commands = bench.commands("output", [FIFTY_MB])
    del commands[HOST]  # where nothing is walled off, nothing but `true` and `echo` is played
    runs = in_turns(commands, bench.rounds(7, 1), bench.budget, timeout=60)
    rows = []
    for tool, made in runs.items():
        slow = bool(made) and all(run.timed_out for run in made)
        time = ("> " if slow else "") + f"{seconds(made):.2f} s" if made else ""
        row = _row(bench, figure, tool, time, made, runs, LOOP, {})
        if tool in tools.OURS and made:
            good = seconds(made) <= 2 * seconds(runs[LOOP]) and peak(made) < 150
            row = Row(figure, tool, row.time, row.memory, row.ratio, "≤ 2; < 150 MB", good)
        rows.append(row)
    return rows


def long(bench: Bench) -> list[Row]:
    figure = "a long scenario, a step, beyond the start"
    write = tools.OURS[REPLAY]
    runs = in_turns(
        {str(n): write(bench.folder, f"long{n}", [f"echo line {i}" for i in range(n)]) for n in (1, 500, 5000)},
        bench.rounds(11, 3),
        bench.budget,
    )
    if not all(runs.values()):
        return [Row(figure, REPLAY, "failed")]
    steps = {n: 1000 * beyond(runs[str(n)], runs["1"]) / (n - 1) for n in (500, 5000)}
    ratio = steps[5000] / steps[500]
    good = ratio <= 1 and peak(runs["5000"]) < 200
    return [
        Row(figure, f"{REPLAY}, 500 steps", f"{steps[500]:.3f} ms", bench.memory(runs["500"])),
        Row(
            figure,
            f"{REPLAY}, 5,000 steps",
            f"{steps[5000]:.3f} ms",
            bench.memory(runs["5000"]),
            f"{ratio:.2f} × 500 steps",
            "≤ 1; < 200 MB",
            good,
        ),
    ]


def tutorial(bench: Bench) -> list[Row]:
    figure = "`tutorial.yaml`"
    if "--fast" not in bench.options:
        return [Row(figure, f"{REPLAY} --fast", "`replay run` has no --fast")]
    project = _project(bench, "tutorial")
    path = project / "transcripts/tutorial.txt"
    golden = path.read_bytes()
    commands = {
        name: Command((tools.REPLAY, "run", "-q", "--write", *options, "scenarios/tutorial.yaml"), project)
        for name, options in ((f"{REPLAY} --fast", ("--fast",)), (REPLAY, ()))
    }
    runs = in_turns(commands, bench.rounds(3, 1), 20)
    fast, slow = runs[f"{REPLAY} --fast"], runs[REPLAY]
    if not (fast and slow):
        return [Row(figure, f"{REPLAY} --fast", "failed")]
    same = path.read_bytes() == golden
    return [
        Row(
            figure,
            f"{REPLAY} --fast",
            f"{seconds(fast):.1f} s",
            bench.memory(fast),
            f"{seconds(fast) / seconds(slow):.2f} × without",
            "< 9 s; the same transcript",
            seconds(fast) < 9 and same,
        ),
        Row(figure, REPLAY, f"{seconds(slow):.1f} s", bench.memory(slow)),
    ]


def everything(bench: Bench) -> list[Row]:
    figure = "all scenarios"
    if "-j" not in bench.options:
        return [Row(figure, f"{REPLAY} -j auto", "`replay run` has no -j")]
    project = _project(bench, "everything")
    commands = {
        name: Command((tools.REPLAY, "run", "-q", "--no-write", *options, "scenarios"), project)
        for name, options in ((f"{REPLAY} -j auto", ("-j", "auto")), (REPLAY, ()))
    }
    # `tutorial.yaml` takes nearly half of the time one by one, so no more than about 2 can be reached.
    commands["tutorial.yaml alone"] = Command((*commands[REPLAY].argv[:-1], "scenarios/tutorial.yaml"), project)
    runs = in_turns(commands, bench.rounds(3, 1), 60, timeout=600)
    rows = _against_one_by_one(bench, figure, runs, None)
    alone = runs["tutorial.yaml alone"]
    if alone and runs[REPLAY]:
        most = seconds(runs[REPLAY]) / seconds(alone)
        said = f"{REPLAY}, `tutorial.yaml` alone"
        rows.append(
            Row(figure, said, f"{seconds(alone):.1f} s", bench.memory(alone), f"{most:.1f} is the most there is")
        )
    return rows


def waiting(bench: Bench) -> list[Row]:
    number = 8 if bench.quick else 24
    figure = f"{number} copies of `vepa.yaml`, whose pings wait"
    project = bench.folder / "waiting"
    shutil.copytree(bench.scenarios / "common", project / "scenarios/common")
    for n in range(number):
        shutil.copy(bench.scenarios / "vepa.yaml", project / f"scenarios/vepa{n:02}.yaml")
    commands = {
        name: Command((tools.REPLAY, "run", "-q", "--no-write", *options, "scenarios"), project)
        for name, options in ((f"{REPLAY} -j auto", ("-j", "auto")), (REPLAY, ()))
    }
    return _against_one_by_one(bench, figure, in_turns(commands, bench.rounds(3, 1), 60, timeout=900), 4)


def equivalence(bench: Bench) -> list[Row]:
    """Two runs of one long transcript: other MACs and times, nothing else."""
    lines = 10_000 if bench.quick else 100_000
    figure = f"two equivalent transcripts of {lines:,} lines"
    for name, seed in (("golden.txt", 1), ("actual.txt", 2)):
        (bench.folder / name).write_text(transcript(lines, seed), encoding="utf-8")
    command = Command((tools.REPLAY, "diff", "golden.txt", "actual.txt"), bench.folder)
    runs = in_turns({f"{REPLAY} diff": command}, bench.rounds(5, 1), bench.budget)[f"{REPLAY} diff"]
    if not runs:
        return [Row(figure, f"{REPLAY} diff", "failed")]
    time = seconds(runs)
    return [Row(figure, f"{REPLAY} diff", f"{time:.2f} s", bench.memory(runs), "", "< 5 s", time < 5)]


def hundred(bench: Bench) -> list[Row]:
    number = 20 if bench.quick else 100
    figure = f"{number} scenarios with a bridge, a veth pair, three namespaces; two at a time"
    project = bench.folder / "hundred"
    (project / "bare").mkdir(parents=True)
    write = tools.replay("-j", "2")
    for n in range(number):
        write(project, f"net{n:03}", NETWORK)
        (project / f"bare/net{n:03}.sh").write_text("\n".join(BARE) + "\n", encoding="utf-8")
    options = ("-j", "2") if "-j" in bench.options else ()
    ours = f"{REPLAY} {'-j 2' if options else 'one by one (there is no -j)'}"
    bare = "unshare scripts"
    two = f"printf '%s\\n' bare/*.sh | xargs -n 1 -P 2 {UNSHARE}"
    commands = {
        bare: Command(("sh", "-c", two), project),
        ours: Command((tools.REPLAY, "run", "-q", "--no-write", *options, "scenarios"), project),
    }
    runs = in_turns(commands, bench.rounds(5, 1), 60, timeout=300)
    return [
        _row(bench, figure, tool, f"{seconds(made):.1f} s" if made else "", made, runs, bare, {ours: 2.0})
        for tool, made in runs.items()
    ]


def importing(bench: Bench) -> list[Row]:
    """A tutorial of a megabyte in each style, and the worst of texts that nobody writes."""
    size = 100_000 if bench.quick else 1_000_000
    folder = bench.folder / "importing"
    folder.mkdir()
    commands = {}
    for number, (style, (format, make)) in enumerate(REAL.items()):
        (folder / f"{number}.txt").write_text(make(size), encoding="utf-8")
        argv = (tools.REPLAY, "import", f"{number}.txt", "--from", format, "-o", f"{number}.yaml", "--force")
        commands[style] = Command(argv, folder)
    runs = in_turns(commands, bench.rounds(3, 1), bench.budget)
    figure = f"`replay import` of {size // 1000:,} kB"
    rows = [
        Row(figure, style, f"{seconds(made):.2f} s", bench.memory(made), "", "< 2 s", seconds(made) < 2)
        if made
        else Row(figure, style, "failed")
        for style, made in runs.items()
    ]
    script = (sys.executable, str(tools.REPO / "benchmarks/importing.py"), str(10_000 if bench.quick else 1_000_000))
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    if done.returncode:
        return [*rows, Row(figure, "artificial texts", "failed")]
    time, text, format, tried = done.stdout.rstrip("\n").split("\t")
    said = f"the worst of {tried} artificial texts and formats: {text.replace('|', '¦')} as {format}"
    return [*rows, Row(figure, said, f"{float(time):.2f} s", "", "", "< 2 s a MB", float(time) < 2)]


def looks(bench: Bench) -> list[Row]:
    figure = "the page of 5,000 steps in Chromium"
    from page import page

    found = page(bench.folder)
    if isinstance(found, str):
        return [Row(figure, "page", found)]
    told = {"laid out": ("whole and laid out", 2000), "scrub": ("a scrub", 50), "key": ("a step by key", 50)}
    return [
        Row(figure, what, f"{found[name]:.0f} ms", "", "", f"< {most} ms", found[name] < most)
        for name, (what, most) in told.items()
    ]


CASES: Mapping[str, Callable[[Bench], list[Row]]] = {
    "start": start,
    "echo": echo,
    "output": output,
    "long": long,
    "tutorial": tutorial,
    "everything": everything,
    "waiting": waiting,
    "hundred": hundred,
    "equivalence": equivalence,
    "import": importing,
    "page": looks,
}


def _against_one_by_one(bench: Bench, figure: str, runs: Mapping[str, list[Run]], least: float | None) -> list[Row]:
    """How much faster `-j auto` is; `least`: how much was to be reached."""
    auto, one = runs[f"{REPLAY} -j auto"], runs[REPLAY]
    if not (auto and one):
        return [Row(figure, f"{REPLAY} -j auto", "failed")]
    ratio = seconds(one) / seconds(auto)
    said = f"{ratio:.1f} times faster"
    reach, reached = ("", None) if least is None else (f"≥ {least:g}", ratio >= least)
    return [
        Row(figure, f"{REPLAY} -j auto", f"{seconds(auto):.1f} s", bench.memory(auto), said, reach, reached),
        Row(figure, REPLAY, f"{seconds(one):.1f} s", bench.memory(one)),
    ]


def _row(
    bench: Bench,
    figure: str,
    tool: str,
    time: str,
    made: list[Run],
    runs: Mapping[str, list[Run]],
    base: str,
    reach: Mapping[str, float],
) -> Row:
    """A row with the ratio to `base`, and what was to be reached."""
    if not made:
        return Row(figure, tool, "failed")
    most = reach.get(tool)
    if not runs.get(base):
        return Row(figure, tool, time, bench.memory(made), "", f"≤ {most:g}" if most else "")
    ratio = seconds(made) / seconds(runs[base])
    said = f"{ratio:.2f} × {base}" if tool != base else ""
    return Row(
        figure, tool, time, bench.memory(made), said, f"≤ {most:g}" if most else "", ratio <= most if most else None
    )


def _project(bench: Bench, name: str) -> Path:
    """The repository's scenarios and transcripts, in a project of their own."""
    project = bench.folder / name
    for part in ("scenarios", "transcripts"):
        shutil.copytree(tools.REPO / part, project / part, ignore=shutil.ignore_patterns(".replay"))
    return project

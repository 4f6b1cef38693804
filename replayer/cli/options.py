"""The options of the verbs, written once: as the fields that the verbs receive. `argv.py` and Typer read them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Option:
    """How a field is written. `names`: '--long', '-s', or '--yes/--no'; `default`: whether the help shows it."""

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    min: int | None = None
    default: bool = True


@dataclass(frozen=True, slots=True)
class Argument:
    """The same for arguments that are no options."""

    metavar: str
    help: str
    default: bool = True


def option(*names: str, help: str, metavar: str | None = None, min: int | None = None, default: bool = True) -> Option:
    return Option(names, help, metavar, min, default)


Scenarios = Annotated[
    list[Path] | None, Argument("SCENARIO", "Files or folders; scenarios/ if none is named.", default=False)
]
Vars = Annotated[list[str] | None, option("--var", metavar="NAME=VALUE", help="Set a variable; may be given often.")]
VarsFile = Annotated[Path | None, option("--vars-file", metavar="FILE", help="Variables, as a YAML mapping.")]
Keyword = Annotated[
    str, option("-k", "--keyword", metavar="EXPR", help="Only scenarios whose name matches: 'vepa and not source'.")
]
Tags = Annotated[str, option("--tags", metavar="EXPR", help="Only scenarios with these tags: 'macvlan and not slow'.")]
StepTimeout = Annotated[str, option("--timeout", metavar="TIME", help="The most time a step may take, unless it says.")]
Fast = Annotated[
    bool, option("--fast", help="Give up unanswered ARP and neighbour requests in 0.3 s, with the same text.")
]
AsForRun = Annotated[
    str | None, option("--sandbox", metavar="NAME", help="bwrap, unshare or host, as for run.", default=False)
]
TUTORIAL = "A text that shows commands and their outputs; -: standard input."
TUTORIALS = "Texts that show commands and their outputs, or folders of such; -: standard input."
FORMATS = (
    "How the text is written: plain, markdown, html, rst, asciidoc, org, mediawiki, cram, asciicast, typescript, "
    "shell or history. "
    "Default: as its name and content say."
)
Encoding = Annotated[
    str, option("--encoding", metavar="NAME", help="Of the text. Default: UTF-8, or as it says itself.", default=False)
]
Color = Annotated[str, option("--color", metavar="WHEN", help="auto, always or never.")]


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How scenarios are chosen, played and shown, as the person gave it."""

    scenarios: Scenarios = None
    verbose: Annotated[bool, option("-v", "--verbose", help="Show the output of every step.")] = False
    quiet: Annotated[bool, option("-q", "--quiet", help="One line a scenario.")] = False
    exitfirst: Annotated[bool, option("-x", "--exitfirst", help="Stop at the first step that fails or errs.")] = False
    keyword: Keyword = ""
    tags: Tags = ""
    skip_tags: Annotated[
        str, option("--skip-tags", metavar="EXPR", help="Leave out steps and scenarios with these tags.")
    ] = ""
    jobs: Annotated[
        str, option("-j", "--jobs", metavar="N", help="Play so many at once; auto: many, most only wait.")
    ] = "1"
    cluster: Annotated[
        str,
        option(
            "--cluster",
            metavar="ADDRESS",
            help="Play on the workers of a dask.distributed cluster, as many at once as they have threads: "
            "tcp://HOST:8786. See docs/cluster.md.",
            default=False,
        ),
    ] = ""
    last_failed: Annotated[
        bool, option("--last-failed", "--lf", help="Only what did not pass last time; all, if everything did.")
    ] = False
    repeat: Annotated[
        int, option("--repeat", metavar="N", min=1, help="Play each N times; say how often each step passed.")
    ] = 1
    shuffle: Annotated[bool, option("--shuffle", help="Play in random order.")] = False
    shard: Annotated[str, option("--shard", metavar="I/N", help="Only part I of N of the scenarios.")] = ""
    timeout: StepTimeout = "30s"
    scenario_timeout: Annotated[
        str, option("--scenario-timeout", metavar="TIME", help="The most time a scenario may take.")
    ] = "10m"
    fast: Fast = False
    topology: Annotated[
        bool, option("--topology/--no-topology", help="Look at the network after each step that changed it.")
    ] = True
    var: Vars = None
    vars_file: VarsFile = None
    sandbox: Annotated[
        str | None,
        option(
            "--sandbox",
            metavar="NAME",
            help="bwrap, unshare, or host (no protection at all). Default: the strongest that works here.",
            default=False,
        ),
    ] = None
    max_processes: Annotated[int, option("--max-processes", metavar="N", help="Processes in the sandbox.")] = 1024
    max_memory: Annotated[str, option("--max-memory", metavar="SIZE", help="Memory of one process.")] = "4G"
    max_disk: Annotated[str, option("--max-disk", metavar="SIZE", help="All that is written in the sandbox.")] = "512M"
    max_output: Annotated[str, option("--max-output", metavar="SIZE", help="What one step may print.")] = "64M"
    keep: Annotated[
        bool, option("--keep", help="Leave the sandbox of a run that did not pass alive, and say how to get in.")
    ] = False
    strict: Annotated[bool, option("--strict", help="A skipped scenario fails.")] = False
    dry_run: Annotated[bool, option("--dry-run", help="Read and check everything, play nothing.")] = False
    transcripts: Annotated[
        Path | None,
        option(
            "--transcripts",
            metavar="DIR",
            help="Where transcripts are. Default: transcripts/ of the project.",
            default=False,
        ),
    ] = None
    recordings: Annotated[
        Path | None,
        option(
            "--recordings",
            metavar="DIR",
            help="Where recordings go. Default: .replay/ of the project.",
            default=False,
        ),
    ] = None
    junitxml: Annotated[
        Path | None, option("--junitxml", metavar="FILE", help="Write a JUnit report.", default=False)
    ] = None
    tap: Annotated[
        Path | None,
        option("--tap", metavar="FILE", help="Write a TAP report; -: standard output.", default=False),
    ] = None
    html: Annotated[
        Path | None,
        option(
            "--html",
            metavar="PATH",
            help="Write a page to look at: FILE.html, or a folder with a page for each scenario and an index.",
            default=False,
        ),
    ] = None
    json: Annotated[
        bool,
        option("--json", help="Every event as a JSON line on standard output; all else on standard error."),
    ] = False
    color: Color = "auto"


@dataclass(frozen=True, slots=True)
class RunOptions(PlayOptions):
    """The options of `run`."""

    write: Annotated[
        bool | None,
        option(
            "--write/--no-write",
            help="Write the transcripts of scenarios that pass. Default: yes, but not where CI is set.",
            default=False,
        ),
    ] = None
    step: Annotated[
        bool, option("--step", help="Ask before each step: run it, skip it, get a shell, see the list, quit.")
    ] = False


@dataclass(frozen=True, slots=True)
class OneOptions:
    """The options of the verbs that play one scenario for somebody who is there."""

    scenario: Annotated[Path, Argument("SCENARIO", "A scenario file.", default=False)]
    var: Vars = None
    vars_file: VarsFile = None
    timeout: StepTimeout = "30s"
    fast: Fast = False
    sandbox: AsForRun = None
    color: Color = "auto"


@dataclass(frozen=True, slots=True)
class ShellOptions(OneOptions):
    """The options of `shell`."""

    at: Annotated[
        int | None,
        option(
            "--at",
            metavar="STEP",
            min=0,
            help="Play only so many steps, as `replay show` numbers them; 0: none. Default: all but the teardown.",
            default=False,
        ),
    ] = None
    terminal: Annotated[
        str, option("--terminal", "-t", metavar="NAME", help="The tutorial's terminal that you get, as it left it.")
    ] = "main"
    record: Annotated[
        Path | None,
        option("--record", metavar="FILE", help="Write what you typed as a scenario that goes on here.", default=False),
    ] = None


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """The options of `record`."""

    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write the scenario here instead of to standard output; with --terminal: the recording to join.",
            default=False,
        ),
    ] = None
    terminal: Annotated[
        str | None,
        option(
            "--terminal",
            "-t",
            metavar="NAME",
            help="Join the recording that runs in another window, as another terminal of it.",
            default=False,
        ),
    ] = None
    title: Annotated[
        str, option("--title", metavar="TEXT", help="The scenario's title. Default: the file's name.", default=False)
    ] = ""
    replay: Annotated[
        bool | None,
        option(
            "--replay/--no-replay",
            help="Play it again afterwards, to see what repeats. Default: yes, but not on the host.",
            default=False,
        ),
    ] = None
    recover: Annotated[
        Path | None,
        option(
            "--recover", metavar="JOURNAL", help="Make the scenario of a recording that was cut off.", default=False
        ),
    ] = None
    force: Annotated[bool, option("--force", help="Write over a file that is there.")] = False
    timeout: Annotated[
        str, option("--timeout", metavar="TIME", help="The most time a step may take when it is played again.")
    ] = "30s"
    fast: Annotated[
        bool, option("--fast", help="Play again with addresses that nobody has given up in 0.3 s, with the same text.")
    ] = False
    sandbox: AsForRun = None
    color: Color = "auto"


@dataclass(frozen=True, slots=True)
class PresentOptions(OneOptions):
    """The options of `present`."""

    pace: Annotated[
        float, option("--pace", metavar="N", min=0, help="Characters typed in a second; 0: all at once.")
    ] = 18.0


@dataclass(frozen=True, slots=True)
class DrawOptions(OneOptions):
    """The options of `draw`."""

    scenario: Annotated[
        Path,
        Argument(
            "SCENARIO|RECORDING",
            "A scenario, which is played first, or a recording (.jsonl) of `replay run`.",
            default=False,
        ),
    ]
    step: Annotated[
        int | None,
        option(
            "--step",
            metavar="N",
            min=1,
            help="The network after this step, as `replay show` numbers them. Default: the last before the teardown.",
            default=False,
        ),
    ] = None
    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write here, an .svg or a .png; -: SVG to standard output, as by default.",
            default=False,
        ),
    ] = None
    theme: Annotated[
        str, option("--theme", metavar="NAME", help="light, dark, or auto: as the reader's system is (PNG: light).")
    ] = "auto"


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """The options of `verify`."""

    tutorials: Annotated[list[Path], Argument("TUTORIAL", TUTORIALS, default=False)]
    format: Annotated[
        str,
        option(
            "--from",
            metavar="FORMAT",
            help=FORMATS,
            default=False,
        ),
    ] = ""
    encoding: Encoding = ""
    annotate: Annotated[
        list[Path] | None,
        option(
            "--annotate",
            metavar="PATH",
            help="Write a copy of the tutorial with what was found beside each claim, an .md or an .html; "
            "or both, for each tutorial, into a folder. May be repeated.",
            default=False,
        ),
    ] = None
    recorded: Annotated[
        Path | None,
        option(
            "--recorded",
            metavar="PATH",
            help="Report an earlier run, with no second one: a recording that `verify` wrote, or their folder, "
            ".replay/verify.",
            default=False,
        ),
    ] = None
    language: Annotated[
        str,
        option("--language", metavar="NAME", help="Of the table and of copies in Markdown: en or zh. Pages have both."),
    ] = "en"
    explain: Annotated[bool, option("--explain", help="Show what was looked at, and every likely cause.")] = False
    strict: Annotated[bool, option("--strict", help="A claim that could not be tried fails, too.")] = False
    quiet: Annotated[bool, option("--quiet", "-q", help="Leave out the claims that hold.")] = False
    json: Annotated[
        bool, option("--json", help="The report as JSON on standard output; all else on standard error.")
    ] = False
    timeout: Annotated[str, option("--timeout", metavar="TIME", help="The most time a command may take.")] = "30s"
    fast: Fast = False
    sandbox: AsForRun = None
    color: Color = "auto"

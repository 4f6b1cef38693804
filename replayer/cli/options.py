"""The options that `run` and `check` share: written once, as the fields that the verbs receive."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

Scenarios = Annotated[
    list[Path] | None,
    typer.Argument(metavar="SCENARIO", help="Files or folders; scenarios/ if none is named.", show_default=False),
]
Vars = Annotated[
    list[str] | None, typer.Option("--var", metavar="NAME=VALUE", help="Set a variable; may be given often.")
]
VarsFile = Annotated[Path | None, typer.Option("--vars-file", metavar="FILE", help="Variables, as a YAML mapping.")]
Keyword = Annotated[
    str, typer.Option("-k", metavar="EXPR", help="Only scenarios whose name matches: 'vepa and not source'.")
]
Tags = Annotated[
    str, typer.Option("--tags", metavar="EXPR", help="Only scenarios with these tags: 'macvlan and not slow'.")
]
Color = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]


def option(*names: str, help: str, metavar: str | None = None, **more: Any) -> Any:
    return typer.Option(*names, help=help, metavar=metavar, **more)


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How scenarios are chosen, played and shown, as the person gave it."""

    scenarios: Scenarios = None
    verbose: Annotated[bool, option("-v", "--verbose", help="Show the output of every step.")] = False
    quiet: Annotated[bool, option("-q", "--quiet", help="One line a scenario.")] = False
    exit_first: Annotated[bool, option("-x", "--exitfirst", help="Stop at the first step that fails or errs.")] = False
    keyword: Keyword = ""
    tags: Tags = ""
    skip_tags: Annotated[
        str, option("--skip-tags", metavar="EXPR", help="Leave out steps and scenarios with these tags.")
    ] = ""
    jobs: Annotated[
        str, option("-j", "--jobs", metavar="N", help="Play so many at once; auto: many, most only wait.")
    ] = "1"
    last_failed: Annotated[
        bool, option("--last-failed", "--lf", help="Only what did not pass last time; all, if everything did.")
    ] = False
    repeat: Annotated[
        int, option("--repeat", metavar="N", min=1, help="Play each N times; say how often each step passed.")
    ] = 1
    shuffle: Annotated[bool, option("--shuffle", help="Play in random order.")] = False
    shard: Annotated[str, option("--shard", metavar="I/N", help="Only part I of N of the scenarios.")] = ""
    timeout: Annotated[
        str, option("--timeout", metavar="TIME", help="The most time a step may take, unless it says.")
    ] = "30s"
    scenario_timeout: Annotated[
        str, option("--scenario-timeout", metavar="TIME", help="The most time a scenario may take.")
    ] = "10m"
    fast: Annotated[
        bool, option("--fast", help="Give up unanswered ARP and neighbour requests in 0.3 s, with the same text.")
    ] = False
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
            show_default=False,
        ),
    ] = None
    max_processes: Annotated[int, option("--max-processes", metavar="N", min=8, help="Processes in the sandbox.")] = (
        1024
    )
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
            show_default=False,
        ),
    ] = None
    recordings: Annotated[
        Path | None,
        option(
            "--recordings",
            metavar="DIR",
            help="Where recordings go. Default: .replay/ of the project.",
            show_default=False,
        ),
    ] = None
    junitxml: Annotated[
        Path | None, option("--junitxml", metavar="FILE", help="Write a JUnit report.", show_default=False)
    ] = None
    tap: Annotated[
        Path | None,
        option("--tap", metavar="FILE", help="Write a TAP report; -: standard output.", show_default=False),
    ] = None
    html: Annotated[
        Path | None,
        option(
            "--html",
            metavar="PATH",
            help="Write a page to look at: FILE.html, or a folder with a page for each scenario and an index.",
            show_default=False,
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
            show_default=False,
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class OneOptions:
    """The options of the verbs that play one scenario for somebody who is there."""

    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file.", show_default=False)]
    var: Vars = None
    vars_file: VarsFile = None
    timeout: Annotated[
        str, option("--timeout", metavar="TIME", help="The most time a step may take, unless it says.")
    ] = "30s"
    fast: Annotated[
        bool, option("--fast", help="Give up unanswered ARP and neighbour requests in 0.3 s, with the same text.")
    ] = False
    sandbox: Annotated[
        str | None,
        option("--sandbox", metavar="NAME", help="bwrap, unshare or host, as for run.", show_default=False),
    ] = None
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
            show_default=False,
        ),
    ] = None
    terminal: Annotated[
        str, option("--terminal", "-t", metavar="NAME", help="The tutorial's terminal that you get, as it left it.")
    ] = "main"
    record: Annotated[
        Path | None,
        option(
            "--record", metavar="FILE", help="Write what you typed as a scenario that goes on here.", show_default=False
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class DrawOptions(OneOptions):
    """The options of `draw`."""

    scenario: Annotated[
        Path,
        typer.Argument(
            metavar="SCENARIO|RECORDING",
            help="A scenario, which is played first, or a recording (.jsonl) of `replay run`.",
            show_default=False,
        ),
    ]
    step: Annotated[
        int | None,
        option(
            "--step",
            metavar="N",
            min=1,
            help="The network after this step, as `replay show` numbers them. Default: the last before the teardown.",
            show_default=False,
        ),
    ] = None
    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write here, an .svg or a .png; -: SVG to standard output, as by default.",
            show_default=False,
        ),
    ] = None
    theme: Annotated[
        str, option("--theme", metavar="NAME", help="light, dark, or auto: as the reader's system is (PNG: light).")
    ] = "auto"


def command(options: type[Any], name: str, description: str, verb: Callable[[Any], None]) -> Callable[..., None]:
    """A function that Typer takes for one with an argument for each field of `options`."""
    hints = get_type_hints(options, include_extras=True)

    def called(**given: Any) -> None:
        try:
            verb(options(**given))
        except KeyboardInterrupt:
            # Caught here, because the command line library would make status 1 of it.
            print("interrupted", file=sys.stderr)
            raise typer.Exit(130) from None

    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(options)
    ]
    called.__name__, called.__doc__ = name, description
    # Typer asks inspect for it; to mypy a function has no such attribute.
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called

"""The verbs and their options. Each function imports its verb's file when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from replayer import __version__

app = typer.Typer(
    name="replay",
    help="Play a tutorial's shell commands for real, in a throwaway network; judge what each one shows; "
    "write the transcript that the tutorial prints.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Scenarios = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[SCENARIO]...", help="Files or folders; scenarios/ if none is named.", show_default=False),
]
Vars = Annotated[
    list[str] | None, typer.Option("--var", metavar="NAME=VALUE", help="Set a variable; may be given often.")
]
VarsFile = Annotated[Path | None, typer.Option("--vars-file", metavar="FILE", help="Variables, as a YAML mapping.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"replay {__version__}")
        raise typer.Exit()


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


RUN_EXAMPLES = """\b
Examples:
  replay run scenarios/vepa.yaml              play one scenario, write transcripts/vepa.txt
  replay run scenarios/                       play all of a folder
  replay run vepa.yaml -v --no-write          show every output, write nothing
  replay run vepa.yaml --var net=10.9.0       with another network
  replay run scenarios/ -k 'vepa or private' -x
  replay run vepa.yaml --keep                 if it fails, leave its sandbox to look into

\b
Exit codes: 0 all passed; 1 an expectation failed; 2 usage, or a scenario that cannot be read;
3 a step or the sandbox erred; 130 interrupted.
"""


@app.command(epilog=RUN_EXAMPLES)
def run(
    scenarios: Scenarios = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show the output of every step.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="One line a scenario.")] = False,
    exit_first: Annotated[
        bool, typer.Option("-x", "--exitfirst", help="Stop at the first step that fails or errs.")
    ] = False,
    keyword: Annotated[
        str,
        typer.Option("-k", metavar="EXPR", help="Only scenarios whose name matches: 'vepa and not source'."),
    ] = "",
    tags: Annotated[
        str,
        typer.Option("--tags", metavar="EXPR", help="Only scenarios with these tags: 'macvlan and not slow'."),
    ] = "",
    skip_tags: Annotated[
        str,
        typer.Option("--skip-tags", metavar="EXPR", help="Leave out steps and scenarios with these tags."),
    ] = "",
    timeout: Annotated[
        str, typer.Option("--timeout", metavar="TIME", help="The most time a step may take, unless it says.")
    ] = "30s",
    scenario_timeout: Annotated[
        str, typer.Option("--scenario-timeout", metavar="TIME", help="The most time a scenario may take.")
    ] = "10m",
    var: Vars = None,
    vars_file: VarsFile = None,
    sandbox: Annotated[
        str | None,
        typer.Option(
            "--sandbox",
            metavar="NAME",
            help="bwrap, unshare, or host (no protection at all). Default: the strongest that works here.",
            show_default=False,
        ),
    ] = None,
    max_processes: Annotated[
        int, typer.Option("--max-processes", metavar="N", min=8, help="Processes in the sandbox.")
    ] = 1024,
    max_memory: Annotated[str, typer.Option("--max-memory", metavar="SIZE", help="Memory of one process.")] = "4G",
    max_disk: Annotated[
        str, typer.Option("--max-disk", metavar="SIZE", help="All that is written in the sandbox.")
    ] = "512M",
    max_output: Annotated[str, typer.Option("--max-output", metavar="SIZE", help="What one step may print.")] = "64M",
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Leave the sandbox of a run that did not pass alive, and say how to get in."),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="A skipped scenario fails.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, play nothing.")] = False,
    write: Annotated[
        bool | None,
        typer.Option(
            "--write/--no-write",
            help="Write the transcripts of scenarios that pass. Default: yes, but not where CI is set.",
            show_default=False,
        ),
    ] = None,
    transcripts: Annotated[
        Path | None,
        typer.Option(
            "--transcripts",
            metavar="DIR",
            help="Where transcripts go. Default: transcripts/ of the project.",
            show_default=False,
        ),
    ] = None,
    recordings: Annotated[
        Path | None,
        typer.Option(
            "--recordings",
            metavar="DIR",
            help="Where recordings go. Default: .replay/ of the project.",
            show_default=False,
        ),
    ] = None,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
) -> None:
    """Play scenarios for real and judge every expectation; write the transcripts of those that pass."""
    from replayer.cli.run import RunOptions, run_scenarios

    options = RunOptions(
        verbose=verbose,
        quiet=quiet,
        exit_first=exit_first,
        keyword=keyword,
        tags=tags,
        skip_tags=skip_tags,
        timeout=timeout,
        scenario_timeout=scenario_timeout,
        var=tuple(var or ()),
        vars_file=vars_file,
        sandbox=sandbox,
        max_processes=max_processes,
        max_memory=max_memory,
        max_disk=max_disk,
        max_output=max_output,
        keep=keep,
        strict=strict,
        dry_run=dry_run,
        write=write,
        transcripts=transcripts,
        recordings=recordings,
        color=color,
    )
    raise typer.Exit(run_scenarios(scenarios or [], options))


@app.command(epilog="\b\nExample:\n  replay lint scenarios/")
def lint(
    scenarios: Scenarios = None,
    var: Vars = None,
    vars_file: VarsFile = None,
) -> None:
    """Check scenarios without playing them: every problem of every file, with its place and its mend."""
    from replayer.cli.lint import lint_scenarios

    raise typer.Exit(lint_scenarios(scenarios or [], tuple(var or ()), vars_file))


@app.command(
    epilog="""\b
Examples:
  replay show scenarios/vepa.yaml
  replay show scenarios/vepa.yaml --format shell > vepa.sh
"""
)
def show(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file.")],
    format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="FORMAT", help="plan, shell (a bash script to run by hand) or json."),
    ] = "plan",
    var: Vars = None,
    vars_file: VarsFile = None,
) -> None:
    """Show the plan of a scenario: what would be played, with includes opened and variables filled."""
    from replayer.cli.show import show_scenario

    typer.echo(show_scenario(scenario, format, tuple(var or ()), vars_file), nl=False)


@app.command(name="list", epilog="\b\nExample:\n  replay list scenarios/ --tags macvlan")
def list_(
    scenarios: Scenarios = None,
    keyword: Annotated[str, typer.Option("-k", metavar="EXPR", help="Only scenarios whose name matches.")] = "",
    tags: Annotated[str, typer.Option("--tags", metavar="EXPR", help="Only scenarios with these tags.")] = "",
) -> None:
    """List scenarios: name, number of steps, title, tags."""
    from replayer.cli.list import list_scenarios

    raise typer.Exit(list_scenarios(scenarios or [], keyword, tags))


@app.command(epilog="\b\nExample:\n  replay schema > docs/scenario.schema.json")
def schema() -> None:
    """Print the JSON Schema of the scenario language, for editors (# yaml-language-server: $schema=…)."""
    import json

    from replayer.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command(
    epilog="""\b
Examples:
  replay render .replay/vepa.jsonl
  replay render .replay/vepa.jsonl --format full -o vepa.txt
"""
)
def render(
    recording: Annotated[Path, typer.Argument(metavar="RECORDING", help="A recording that `replay run` wrote.")],
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, full or json.")] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output."),
    ] = None,
) -> None:
    """Render a recording, with no second run."""
    from replayer.cli.render import render_recording

    render_recording(recording, format, output)


@app.command(epilog="\b\nExample:\n  replay doctor")
def doctor(
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
) -> None:
    """Say what is needed, whether it is here, and what to do where it is not."""
    from replayer.cli.doctor import examine

    raise typer.Exit(examine(color))

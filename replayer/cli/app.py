"""The verbs and their options. Each function imports its verb's file when it is called."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from replayer import __version__
from replayer.cli.options import (
    FORMATS,
    TUTORIAL,
    Color,
    DrawOptions,
    Encoding,
    Keyword,
    OneOptions,
    PlayOptions,
    PresentOptions,
    RecordOptions,
    RunOptions,
    Scenarios,
    ShellOptions,
    Tags,
    Vars,
    VarsFile,
    VerifyOptions,
)
from replayer.cli.typer_commands import command, spoken

app = typer.Typer(
    name="replay",
    help="Play a tutorial's shell commands for real, in a throwaway network; judge what each one shows; "
    "write the transcript that the tutorial prints.",
    no_args_is_help=True,
    epilog="\b\nExamples:\n  replay run scenarios/vepa.yaml\n  replay check\n  replay run --help\n\n"
    "Exit codes: 0 all passed; 1 failed or different; 2 usage; 3 erred; 130 interrupted.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"replay {__version__}")
        raise typer.Exit()


def _asks_for_help() -> bool:
    return any(word in ("-h", "--help") for word in sys.argv[1:])


@app.callback()
def _common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand in ("run", "check") and not _asks_for_help():
        from replayer.cli.config import current

        context.default_map = {verb: dict(current().options) for verb in ("run", "check")}


RUN_EXAMPLES = """\b
Examples:
  replay run scenarios/vepa.yaml              play one scenario, write transcripts/vepa.txt
  replay run scenarios/                       play all of a folder
  replay run vepa.yaml -v --no-write          show every output, write nothing
  replay run vepa.yaml --var net=10.9.0       with another network
  replay run scenarios/ -k 'vepa or private' -x
  replay run scenarios/ --html pages/         a page to look at for each, and an index
  replay run vepa.yaml --step                 one step at a time, by keys
  replay run vepa.yaml --keep                 if it fails, leave its sandbox to look into
  replay run --cluster tcp://lab-1:8786       on the workers of a dask cluster

\b
Exit codes: 0 all passed; 1 an expectation failed; 2 usage, or a scenario that cannot be read;
3 a step or the sandbox erred; 130 interrupted.
"""


CHECK_EXAMPLES = """\b
Examples:
  replay check                                play all of scenarios/, compare with transcripts/
  replay check scenarios/vepa.yaml --fast
  replay check -j auto
  replay check --cluster tcp://lab-1:8786     on the workers of a dask cluster

\b
Exit codes: 0 everything as in the goldens; 1 an expectation failed, or a golden differs or is missing;
2, 3 and 130 as for run.
"""


def _run(options: RunOptions) -> None:
    from replayer.cli.run import run_scenarios

    raise typer.Exit(run_scenarios(options))


def _check(options: PlayOptions) -> None:
    from replayer.cli.check import check_scenarios

    raise typer.Exit(check_scenarios(options))


RUN = "Play scenarios for real and judge every expectation; write the transcripts of those that pass."
CHECK = "Play scenarios, judge them and compare their transcripts with the goldens; write no transcript."
app.command("run", epilog=RUN_EXAMPLES, short_help="Play, judge and write transcripts.")(
    command(RunOptions, "run", RUN, _run)
)
app.command("check", epilog=CHECK_EXAMPLES, short_help="Play and compare with the goldens; write no transcript.")(
    command(PlayOptions, "check", CHECK, _check)
)


SHELL_EXAMPLES = """\b
Examples:
  replay shell scenarios/vepa.yaml            play it, then you are in its network
  replay shell scenarios/vepa.yaml --at 12    play 12 steps; `replay show` numbers them
  replay shell scenarios/vepa.yaml --record more.yaml
  echo 'ip -br addr' | replay shell scenarios/vepa.yaml

\b
exit or Ctrl-D leaves and ends everything inside; Ctrl-] three times leaves whatever runs.
"""


def _shell(options: ShellOptions) -> None:
    from replayer.cli.shell import open_shell

    raise typer.Exit(open_shell(options))


SHELL = "Play a scenario up to a step, and get a terminal in its living network."
app.command("shell", epilog=SHELL_EXAMPLES, short_help="Play up to a step, then you are inside.")(
    command(ShellOptions, "shell", SHELL, _shell)
)

RECORD_EXAMPLES = """\b
Examples:
  replay record -o scenarios/new.yaml    a shell; each command is a step
  replay record --terminal monitor       in another window: another terminal
  replay record -o new.yaml < commands   from standard input
  replay record --recover .replay/new.typed.jsonl -o new.yaml

\b
At the prompt:
  # some words     adds a note
  #drop            takes the last step back
exit or Ctrl-D ends the recording; Ctrl-] three times ends it whatever runs.

\b
Exit codes: 0 written, and it repeats (lines that did not are told and left
out); 1 an outcome or an exit status was another the second time; 2 usage;
3 no sandbox; 130 interrupted: what was typed is written.
"""


def _record(options: RecordOptions) -> None:
    from replayer.cli.record import record

    raise typer.Exit(record(options))


RECORD = "Type commands in a shell in a fresh network; they become a scenario, which is played once again."
app.command("record", epilog=RECORD_EXAMPLES, short_help="Make a scenario of what you type.")(
    command(RecordOptions, "record", RECORD, _record)
)

PRESENT_EXAMPLES = """\b
Examples:
  replay present scenarios/vepa.yaml
  replay present scenarios/vepa.yaml --pace 30 --fast
  replay present scenarios/vepa.yaml --pace 0    commands appear at once

\b
space or enter types and plays the next step; s opens a shell in the network; q quits.
"""


def _present(options: PresentOptions) -> None:
    from replayer.cli.present import present

    raise typer.Exit(present(options))


PRESENT = "Play a scenario for an audience: each command is typed on a key press, and its output shown live."
app.command("present", epilog=PRESENT_EXAMPLES, short_help="Play for an audience, a key press a step.")(
    command(PresentOptions, "present", PRESENT, _present)
)

WATCH_EXAMPLES = """\b
Examples:
  replay watch scenarios/vepa.yaml
  replay watch scenarios/vepa.yaml --fast --var net=10.9.0

\b
Ctrl-C ends (130).
"""


def _watch(options: OneOptions) -> None:
    from replayer.cli.watch import watch

    raise typer.Exit(watch(options))


WATCH = "Play a scenario whenever it, an include or its variables file changes; show what changed."
app.command("watch", epilog=WATCH_EXAMPLES, short_help="Play again when a file changes.")(
    command(OneOptions, "watch", WATCH, _watch)
)


DRAW_EXAMPLES = """\b
Examples:
  replay draw scenarios/vepa.yaml -o vepa.svg         play it, draw the network that it made
  replay draw scenarios/vepa.yaml --step 22 -o vepa.png
  replay draw .replay/vepa.jsonl --theme dark > vepa.svg

\b
PNG needs a converter: pip install 'replay-scenarios[png]', or rsvg-convert, inkscape or chromium.
"""


def _draw(options: DrawOptions) -> None:
    from replayer.cli.draw import draw

    raise typer.Exit(draw(options))


DRAW = "Draw the network of a scenario or of a recording, after its last step or after another one."
app.command("draw", epilog=DRAW_EXAMPLES, short_help="Draw the network as SVG or PNG.")(
    command(DrawOptions, "draw", DRAW, _draw)
)


@app.command(
    epilog="""\b
Examples:
  replay diff .replay/vepa.jsonl old-kernel/vepa.jsonl
  replay diff transcripts/vepa.txt other/vepa.txt
""",
    short_help="Compare two recordings or transcripts up to renaming.",
)
@spoken
def diff(
    golden: Annotated[Path, typer.Argument(metavar="A", help="A recording (.jsonl) or a transcript.")],
    actual: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    color: Color = "auto",
) -> None:
    """Compare two recordings or transcripts (of two kernels, two versions of iproute2): only what really differs."""
    from replayer.cli.diff import diff_files

    raise typer.Exit(diff_files(golden, actual, color))


@app.command(epilog="\b\nExample:\n  replay lint scenarios/", short_help="Check scenarios without playing them.")
@spoken
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
@spoken
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


@app.command(name="list", short_help="List scenarios.", epilog="\b\nExample:\n  replay list scenarios/ --tags macvlan")
@spoken
def list_(
    scenarios: Scenarios = None,
    keyword: Keyword = "",
    tags: Tags = "",
) -> None:
    """List scenarios: name, number of steps, title, tags."""
    from replayer.cli.list import list_scenarios

    raise typer.Exit(list_scenarios(scenarios or [], keyword, tags))


@app.command(
    short_help="Print the JSON Schema for editors.", epilog="\b\nExample:\n  replay schema > docs/scenario.schema.json"
)
def schema() -> None:
    """Print the JSON Schema of the scenario language, for editors (# yaml-language-server: $schema=…)."""
    import json

    from replayer.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command(
    name="import",
    short_help="Make a scenario of a tutorial's text.",
    epilog="""\b
Examples:
  replay import macvlan.txt -o scenarios/macvlan.yaml
  replay import README.md                   to standard output
  xclip -o | replay import - -o new.yaml    from standard input
  replay import notes --from plain
  replay import macvlan.txt --lift          to play it with --var net=10.9.0

\b
What was guessed or left out is said with its line, and marked in it.
""",
)
@spoken
def import_(
    tutorial: Annotated[Path, typer.Argument(metavar="TUTORIAL", help=TUTORIAL)],
    format: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=FORMATS,
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that differs.")] = False,
    lift: Annotated[
        bool, typer.Option("--lift", help="Make variables of networks, namespaces and links that repeat.")
    ] = False,
    encoding: Encoding = "",
) -> None:
    """Make a scenario of a tutorial: its commands as steps, what it says that they show as expectations."""
    from replayer.cli.importing import import_tutorial

    raise typer.Exit(import_tutorial(tutorial, format, output, force, lift, encoding))


VERIFY_EXAMPLES = """\b
Examples:
  replay verify README.md                     which of its claims hold here
  replay verify macvlan.txt --explain         and what was looked at
  replay verify docs/ --annotate checked/     a folder, with copies
  replay verify lab.md --annotate checked.md --annotate checked.html
  replay verify saved-page.html -q --fast
  replay verify lab.md --recorded .replay/verify/lab.md.jsonl --explain

\b
Exit codes: 0 all claims hold, or could not be tried; 1 a claim does not hold;
2 usage, or a text that cannot be read; 3 the sandbox erred; 130 interrupted.
"""


def _verify(options: VerifyOptions) -> None:
    from replayer.cli.verify import verify

    raise typer.Exit(verify(options))


VERIFY = (
    "Play tutorials in the sandbox, and say of each of their claims whether it holds, and if not, the likely cause."
)
app.command("verify", epilog=VERIFY_EXAMPLES, short_help="Say which claims of a tutorial hold.")(
    command(VerifyOptions, "verify", VERIFY, _verify)
)


@app.command(
    epilog="""\b
Examples:
  replay render .replay/vepa.jsonl
  replay render .replay/vepa.jsonl --format full -o vepa.txt
  replay render .replay/vepa.jsonl --format html -o vepa.html
  replay render .replay/vepa.jsonl --format markdown -o docs/vepa.md
  replay render .replay/vepa.jsonl --format cast -o vepa.cast
  replay render .replay/vepa.jsonl --format svg --step 30 -o ping.svg
"""
)
@spoken
def render(
    recording: Annotated[Path, typer.Argument(metavar="RECORDING", help="A recording that `replay run` wrote.")],
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="text, full, json, html, fragment, markdown, svg or cast."
        ),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output."),
    ] = None,
    step: Annotated[
        int | None, typer.Option("--step", metavar="N", help="svg, fragment: only step N, as `--format full` counts.")
    ] = None,
    terminal: Annotated[
        str | None, typer.Option("--terminal", metavar="NAME", help="svg, cast: only what this terminal shows.")
    ] = None,
    idle: Annotated[
        float | None,
        typer.Option("--idle", metavar="SECONDS", min=0.1, help="cast: no longer wait than this. Default: 2."),
    ] = None,
) -> None:
    """Render a recording, with no second run."""
    from replayer.cli.render import render_recording

    render_recording(recording, format, output, {"step": step, "terminal": terminal, "idle": idle})


@app.command(
    epilog="\b\nExample:\n  replay run scenarios/ --no-write && replay gallery scenarios/ -o docs/gallery",
    short_help="Write pages of what was played, with pictures and an index.",
)
@spoken
def gallery(
    scenarios: Scenarios = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for the pages, in Markdown.")
    ] = Path("gallery"),
) -> None:
    """Write a page of each scenario from its last recording, with pictures, and an index; in its golden's values."""
    from replayer.cli.gallery import write_gallery

    write_gallery(scenarios or [], output)


@app.command(epilog="\b\nExample:\n  replay doctor", short_help="Say what is needed, and whether it is here.")
@spoken
def doctor(
    color: Color = "auto",
) -> None:
    """Say what is needed, whether it is here, and what to do where it is not."""
    from replayer.cli.doctor import examine

    raise typer.Exit(examine(color))

"""The command line: one file a verb, imported only when it is called (start-up is felt every time)."""

import gc
import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn


def main() -> NoReturn:
    """The `replay` command. Exit codes: 0 all passed, 1 a verdict failed, 2 usage or an unreadable
    scenario, 3 a step or sandbox erred, 130 interrupted (contract C8)."""
    _steady_output()
    from replayer.problems import ReplayError

    code: int | str | None = 0
    try:
        code = _perform(sys.argv[1:])
    except SystemExit as error:
        code = error.code
    except ReplayError as error:
        print(f"{error}", file=sys.stderr)
        code = error.exit_code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        # The reader of our output left (`replay list | head`): nobody is there to be told.
        code = 141
    except OSError as error:
        print(f"replay: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        code = 2
    _leave(code)


def _perform(argv: list[str]) -> int:
    """What the arguments ask for. Returns the exit code, or raises SystemExit with it."""
    # Nearly all that is made lives to the end: modules, plans, what was seen. Looking for garbage in it as often as
    # usual takes 20 ms of a start, and a tenth of a step.
    gc.set_threshold(100_000)
    from replayer.cli.argv import plain_options
    from replayer.cli.options import RunOptions

    options = plain_options(argv, _project_options)
    if options is None:
        from replayer.cli.app import app

        app(prog_name="replay")
        return 0
    if isinstance(options, RunOptions):
        from replayer.cli.run import run_scenarios

        return run_scenarios(options)
    from replayer.cli.check import check_scenarios

    return check_scenarios(options)


def _project_options() -> Mapping[str, Any]:
    from replayer.cli.config import current

    return current().options


def _steady_output() -> None:
    """What cannot be written in the reader's encoding is escaped; closed streams lead nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave(code: int | str | None) -> NoReturn:
    """Exit; output that cannot be flushed any more is no second error."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if isinstance(code, int) or code is None:
        # Nothing is left to tidy up, and the interpreter would take 35 ms to do so.
        os._exit(code or 0)
    sys.exit(code)

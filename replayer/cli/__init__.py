"""The command line: one file a verb, imported only when it is called (start-up is felt every time)."""

import io
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """The `replay` command. Exit codes: 0 all passed, 1 a verdict failed, 2 usage or an unreadable
    scenario, 3 a step or sandbox erred, 130 interrupted (contract C8)."""
    _steady_output()
    from replayer.cli.app import app
    from replayer.problems import ReplayError

    code: int | str | None = 0
    try:
        app(prog_name="replay")
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

"""The command line: one file a verb, imported only when it is called (start-up is felt every time)."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """The `replay` command. Exit codes: 0 all passed, 1 a verdict failed, 2 usage or an unreadable
    scenario, 3 a step or sandbox erred, 130 interrupted (contract C8)."""
    from replayer.cli.app import app
    from replayer.problems import ReplayError

    try:
        app(prog_name="replay")
    except ReplayError as error:
        print(f"{error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output left (`replay list | head`): nobody is there to be told.
        sys.stderr.close()
        sys.exit(141)
    sys.exit(0)

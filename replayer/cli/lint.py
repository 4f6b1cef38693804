"""`replay lint`: every problem of every file; nothing is run."""

import sys
from collections.abc import Sequence
from pathlib import Path

from replayer.cli import config
from replayer.cli.common import prepared, variables
from replayer.project import collect


def lint_scenarios(named: Sequence[Path], var: Sequence[str], vars_file: Path | None) -> int:
    """Prints problems to standard error; returns 0 if there are none, else 2."""
    given = variables(var, vars_file)
    files = collect(named or config.current().scenarios)
    plans, problems = prepared(files, given)
    for problem in problems:
        print(problem, file=sys.stderr)
    what = f"{len(files)} scenario{'s' if len(files) != 1 else ''}"
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {what}", file=sys.stderr)
        return 2
    print(f"{what}, {sum(len(plan.steps) for plan in plans)} steps: no problem")
    return 0

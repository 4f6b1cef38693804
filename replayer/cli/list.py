"""`replay list`: what there is to play."""

import sys
from collections.abc import Sequence
from pathlib import Path

from replayer.cli import config
from replayer.cli.common import prepared
from replayer.cli.region import padded, width_of
from replayer.formats.reasons import one_line
from replayer.problems import visible
from replayer.project import collect
from replayer.selection import selected


def list_scenarios(named: Sequence[Path], keyword: str, tags: str) -> int:
    """One line a plan: name, steps, title, tags. What cannot be read is told after what can; then returns 2."""
    found, problems = prepared(collect(named or config.current().scenarios), {})
    plans = [plan for plan in found if selected(plan, keyword, tags)]
    titles = [one_line(plan.title) for plan in plans]
    name = max((width_of(plan.name) for plan in plans), default=0)
    title = max(map(width_of, titles), default=0)
    for plan, shown in zip(plans, titles, strict=True):
        columns = (padded(plan.name, name), f"{len(plan.steps):>4} steps", padded(shown, title))
        print(visible("  ".join((*columns, ", ".join(plan.tags))).rstrip()))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 2 if problems else 0

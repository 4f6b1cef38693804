"""`replay list`: what there is to play."""

from collections.abc import Sequence
from pathlib import Path

from replayer.cli.common import plans_of
from replayer.cli.view import padded, width_of
from replayer.selection import selected


def list_scenarios(named: Sequence[Path], keyword: str, tags: str) -> int:
    """One line a plan: name, steps, title, tags."""
    plans = [plan for plan in plans_of(named, {}) if selected(plan, keyword, tags)]
    name = max((width_of(plan.name) for plan in plans), default=0)
    title = max((width_of(plan.title) for plan in plans), default=0)
    for plan in plans:
        columns = (padded(plan.name, name), f"{len(plan.steps):>4} steps", padded(plan.title, title))
        print("  ".join((*columns, ", ".join(plan.tags))).rstrip())
    return 0

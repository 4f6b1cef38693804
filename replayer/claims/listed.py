"""What rows of tables say of commands that they quote in full, and that the text types once elsewhere."""

from collections import Counter
from collections.abc import Sequence

from replayer.claims.stated import stated
from replayer.claims.statistics import probes
from replayer.sources.session import Claim, Command, Item, Remark

_CELLS = " | "
_LONGEST = 400


def of_rows(items: Sequence[Item]) -> dict[str, Claim]:
    """Command -> what the one row that quotes it says of it."""
    rows = [item for item in items if isinstance(item, Remark) and _CELLS in item.text and len(item.text) < _LONGEST]
    if not rows:
        return {}
    typed = Counter(item.text for item in items if isinstance(item, Command))
    quoted = Counter(cell for row in rows for cell in row.text.split(_CELLS))
    found: dict[str, Claim] = {}
    for row in rows:
        cells = row.text.split(_CELLS)
        for command in cells:
            if typed[command] == quoted[command] == 1 and probes(command):
                words = Remark(_CELLS.join(cell for cell in cells if cell != command), row.line)
                said, _ = stated(words, command, True, lambda clause: None)
                if said is not None:
                    found[command] = said
    return found

"""Runs of entry numbers: when an element of a picture is there."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spans:
    """Entry numbers as runs, each from its first to its last one: ((3, 7), (9, 12))."""

    runs: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.runs)

    def __contains__(self, entry: int) -> bool:
        return any(first <= entry <= last for first, last in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)

    @property
    def size(self) -> int:
        """How many entries."""
        return sum(last - first + 1 for first, last in self.runs)

    def without(self, other: "Spans") -> "Spans":
        """The entries that are not among the other's."""
        left = list(self.runs)
        for first, last in other.runs:
            left = [
                part for a, b in left for part in ((a, min(b, first - 1)), (max(a, last + 1), b)) if part[0] <= part[1]
            ]
        return spans(sorted(left))


def spans(runs: Iterable[tuple[int, int]]) -> Spans:
    """Runs in their order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in runs:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return Spans(tuple(found))

"""Two sequences of items, aligned: which of one stands for which of the other."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# Beyond so many pairs of items a changed part is taken as replaced, item by item.
MOST_PAIRS = 4_000_000

# Numbers of two items that belong together; None where one side has none.
Pair = tuple[int | None, int | None]


def aligned(ours: Sequence[str], theirs: Sequence[str], replaced: bool = False) -> Iterator[Pair]:
    """Pairs of equal items in order; (number, None) and (None, number) for what is on one side only. With
    `replaced`, items that stand in each other's place are pairs too."""
    begin = 0
    least = min(len(ours), len(theirs))
    while begin < least and ours[begin] == theirs[begin]:
        begin += 1
    tail = 0
    while tail < least - begin and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    yield from ((n, n) for n in range(begin))
    middle = ours[begin : len(ours) - tail], theirs[begin : len(theirs) - tail]
    for what, m, m_end, n, n_end in _changes(*middle):
        common = min(m_end - m, n_end - n) if replaced or what == "equal" else 0
        yield from ((begin + m + k, begin + n + k) for k in range(common))
        yield from ((begin + k, None) for k in range(m + common, m_end))
        yield from ((None, begin + k) for k in range(n + common, n_end))
    yield from ((len(ours) - n, len(theirs) - n) for n in range(tail, 0, -1))


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The operations of difflib; where they would take too long, place by place."""
    if len(ours) * len(theirs) <= MOST_PAIRS:
        yield from SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        return
    for n in range(max(len(ours), len(theirs))):
        same = n < min(len(ours), len(theirs)) and ours[n] == theirs[n]
        what = "equal" if same else "replace"
        yield what, min(n, len(ours)), min(n + 1, len(ours)), min(n, len(theirs)), min(n + 1, len(theirs))

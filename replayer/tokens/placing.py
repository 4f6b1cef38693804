"""Where documented lines stand among the lines that were seen: a search that binds identities as it goes.

Shapes say what is possible at all; identities then decide between candidates, depth first and leftmost first,
taking bindings back. The search is bounded: beyond TRIES it gives up and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from replayer.tokens.reading import Read, bind, fits
from replayer.tokens.refinement import keys, occurrence
from replayer.tokens.renaming import Renaming

TRIES = 200_000


@dataclass(frozen=True, slots=True)
class Stuck:
    """The documented line that fits nowhere from `begin` on; `candidate` is the seen line whose identities
    come nearest, and `why` they do not fit."""

    line: int
    begin: int
    why: str = ""
    candidate: int | None = None


@dataclass(frozen=True, slots=True)
class _Segment:
    """Documented lines that stand together; `first` and `last`: nothing may stand before or after them."""

    lines: Sequence[Read]
    begin: int
    first: bool = False
    last: bool = False


def place(
    documented: Sequence[Read], seen: Sequence[Read], renaming: Renaming, strict: bool
) -> list[int | None] | Stuck:
    """For each documented line the number of the seen one, None for `...`; all identities are bound. Or where
    it got stuck; nothing is bound then. With `strict`, `...` is a line like others."""
    segments = _segments(documented, strict)
    starts = _possible(segments, seen)
    if isinstance(starts, Stuck):
        return starts
    return _search(segments, starts, seen, renaming, len(documented), ordered=True)


def place_unordered(
    documented: Sequence[Read], seen: Sequence[Read], renaming: Renaming, strict: bool
) -> list[int | None] | Stuck:
    """The same where the order of lines says nothing; `...` anywhere allows further lines."""
    segments = [_Segment([line], number) for number, line in enumerate(documented) if strict or not line.omission]
    starts = [[at for at, theirs in enumerate(seen) if fits(s.lines[0], theirs)] for s in segments]
    for segment, places in zip(segments, starts, strict=True):
        if not places:
            return Stuck(segment.begin, 0)
    _likeliest_first([s.lines[0] for s in segments], seen, starts, renaming)
    mark = renaming.mark()
    placed = _search(segments, starts, seen, renaming, len(documented), ordered=False)
    if isinstance(placed, Stuck) or len(segments) < len(documented) or len(seen) == len(segments):
        return placed
    renaming.rollback(mark)
    taken = set(placed)
    return Stuck(len(documented), next(at for at in range(len(seen)) if at not in taken))


def _likeliest_first(
    documented: Sequence[Read], seen: Sequence[Read], starts: Sequence[list[int]], renaming: Renaming
) -> None:
    """Sorts the candidates of each documented line: those first that bear the identities that correspond to its own,
    if the lines that fit some documented line are the documented ones in another order."""
    candidates = sorted({at for places in starts for at in places})
    # Without `link-netns ns3`, which another line may have as `link-netnsid 0`, and the like.
    documented_lines = [occurrence(0, read.bare) for read in documented]
    seen_lines = [occurrence(0, seen[at].bare) for at in candidates]
    known = {}
    for space, key in (identity for one in documented_lines for identity in one.identities):
        if (actual := renaming.actual_of(space, key)) is not None:
            known[space, key] = space, actual
    ours, theirs = keys(documented_lines, seen_lines, known)
    of = dict(zip(candidates, theirs, strict=True))
    for places, wanted in zip(starts, ours, strict=True):
        places.sort(key=lambda at: of[at] != wanted)


def _segments(documented: Sequence[Read], strict: bool) -> list[_Segment]:
    cuts = [] if strict else [number for number, line in enumerate(documented) if line.omission]
    begins = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(documented)]
    found = [
        _Segment(documented[begin:end], begin, begin == 0, end == len(documented))
        for begin, end in zip(begins, ends, strict=True)
    ]
    # Two `...` in a row, or one at either end, leave an empty segment that constrains nothing.
    return [segment for segment in found if segment.lines or (segment.first and segment.last)]


def _search(
    segments: Sequence[_Segment],
    starts: Sequence[Sequence[int]],
    seen: Sequence[Read],
    renaming: Renaming,
    count: int,
    *,
    ordered: bool,
) -> list[int | None] | Stuck:
    origin = renaming.mark()
    placed: list[int | None] = [None] * count
    chosen: list[int] = []
    taken: set[int] = set()
    marks: list[int] = []
    waiting: list[Iterator[int]] = []
    stuck = Stuck(segments[0].begin if segments else 0, 0)
    tries = 0
    while len(chosen) < len(segments):
        segment = segments[len(chosen)]
        if len(waiting) == len(chosen):
            least = chosen[-1] + len(segments[len(chosen) - 1].lines) if chosen and ordered else 0
            # No generator expression: it would ask for `least` when it goes on, which is another one's by then.
            waiting.append(filter(least.__le__, starts[len(chosen)]))
        mark = renaming.mark()
        for begin in waiting[-1]:
            if not ordered and begin in taken:
                tries += 1
                continue
            at, why = _bind_segment(segment, seen, begin, renaming)
            tries += at + 1
            if why is None:
                chosen.append(begin)
                taken.add(begin)
                marks.append(mark)
                break
            renaming.rollback(mark)
            if not stuck.why or segment.begin + at > stuck.line:
                stuck = Stuck(segment.begin + at, begin, why, begin + at)
            if tries > TRIES:
                break
        else:
            # Stuck for want of lines, further on than any clash of identities.
            if segment.begin > stuck.line:
                stuck = Stuck(segment.begin, len(seen))
            waiting.pop()
            if not chosen:
                renaming.rollback(origin)
                return stuck
            taken.discard(chosen.pop())
            renaming.rollback(marks.pop())
        if tries > TRIES:
            renaming.rollback(origin)
            return replace(stuck, why=f"too many ways to read this block; {stuck.why}".removesuffix("; "))
    for segment, begin in zip(segments, chosen, strict=True):
        for at in range(len(segment.lines)):
            placed[segment.begin + at] = begin + at
    return placed


def _bind_segment(segment: _Segment, seen: Sequence[Read], begin: int, renaming: Renaming) -> tuple[int, str | None]:
    """How many lines could be bound, and why the next could not."""
    for at, line in enumerate(segment.lines):
        why = bind(line, seen[begin + at], renaming)
        if why:
            return at, why
    return len(segment.lines), None


def _possible(segments: Sequence[_Segment], seen: Sequence[Read]) -> list[list[int]] | Stuck:
    """The places where each segment's shapes fit and the segments before and after it find room."""
    places: list[list[int]] = []
    least = 0
    for segment in segments:
        count = len(segment.lines)
        last = len(seen) - count
        candidates = range(least, last + 1)
        if segment.first:
            candidates = range(0, min(1, last + 1))
        if segment.last:
            candidates = range(max(least, last), last + 1) if not segment.first or last == 0 else range(0)
        found = [b for b in candidates if all(fits(line, seen[b + n]) for n, line in enumerate(segment.lines))]
        if not found:
            return _furthest(segment, seen, least)
        places.append(found)
        least = found[0] + count
    latest = len(seen)
    for number in range(len(segments) - 1, -1, -1):
        count = len(segments[number].lines)
        places[number] = [begin for begin in places[number] if begin + count <= latest]
        latest = places[number][-1]
    return places


def _furthest(segment: _Segment, seen: Sequence[Read], least: int) -> Stuck:
    """Of the places where a segment might begin, the one that fits longest says where it breaks."""
    count = len(segment.lines)
    if segment.first:
        starts = range(least, least + 1)
    elif segment.last:
        starts = range(max(least, len(seen) - count), max(least, len(seen) - count) + 1)
    else:
        starts = range(least, max(least + 1, len(seen)))
    best, begin = -1, least
    for start in starts:
        length = 0
        for ours, theirs in zip(segment.lines, seen[start : start + count], strict=False):
            if not fits(ours, theirs):
                break
            length += 1
        if length > best:
            best, begin = length, start
    return Stuck(segment.begin + best, begin + best)

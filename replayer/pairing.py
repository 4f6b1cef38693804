"""Which lines of two transcripts belong together: the golden's, and those of another run.

Both are cut into blocks (a command and what follows it). Blocks are aligned by their commands, lines within a block
by their shapes (tokens.Line). Lines that a step says have no order are paired by whose values they bear.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from replayer.alignment import Pair, aligned
from replayer.scenario import TokenRule
from replayer.tokens import Identity, Line, Renaming, line_of, whose
from replayer.tokens.refinement import Key, Occurrence, Place, keys, occurrence

COMMAND = "# "
# Of lines without an order that belong to none by their identities, so many pairs are tried.
MOST_TRIED = 20_000
# The kernel numbers these for each network namespace on its own.
NAMESPACED = frozenset({"interface index", "namespace id"})
NAMESPACE = re.compile(r"\bip (?:-\S+ )*(?:netns exec |-n(?:etns)? )(\S+)")


@dataclass(slots=True)
class Text:
    """A transcript, read for comparison."""

    lines: list[Line]
    blocks: list[range]  # of line numbers; a block begins with its command, the first may have none
    scopes: list[str]  # of each line: the network namespace that its command names

    def block_of(self, line: int) -> range:
        """The block that a line stands in."""
        return self.blocks[bisect_right(self.blocks, line, key=lambda block: block.start) - 1]

    def scoped(self, line: int, scope: str | None = None) -> Line:
        """A line, with the identities that count in its network namespace only told apart from others."""
        return _scoped(self.lines[line], self.scopes[line] if scope is None else scope)


def read(text: str, extra: Mapping[str, TokenRule] | None, fixed: Container[Identity]) -> Text:
    """A transcript, as it is compared. `extra`: its scenario's own tokens; `fixed`: identities that are fixed text."""
    raw = text.split("\n")
    if not raw[-1]:
        raw.pop()
    known: dict[str, Line] = {}
    lines = []
    for one in raw:
        line = known.get(one)
        if line is None:
            line = known[one] = line_of(one, extra, fixed)
        lines.append(line)
    begins = [number for number, one in enumerate(raw) if number == 0 or one.startswith(COMMAND)]
    blocks = [range(begin, end) for begin, end in zip(begins, [*begins[1:], len(raw)], strict=False)]
    scopes: list[str] = []
    for block in blocks:
        found = NAMESPACE.search(raw[block.start])
        scopes += [found[1] if found else ""] * len(block)
    return Text(lines, blocks, scopes)


def pairs(golden: Text, actual: Text, unordered: Container[int]) -> Iterator[Pair]:
    """Numbers of lines that belong together, in the golden's order; those of one text alone where they stand.
    `unordered`: lines of the actual text that have no order."""
    regions = [_region(golden, actual, *region, unordered) for region in _regions(golden, actual)]
    if any(region.golden and region.actual for region in regions):
        _Matching(golden, actual, regions).match()
    for region in regions:
        yield from region.before
        yield from ((g, region.matched.get(g)) for g in region.golden)
        taken = set(region.matched.values())
        yield from ((None, a) for a in region.actual if a not in taken)
        yield from region.after


@dataclass(slots=True)
class _Region:
    """What belongs together: a block of each text, and what only one of them has after it. Between what stands in
    pairs, lines without an order, and their partners."""

    before: list[Pair]
    golden: range = range(0)
    actual: range = range(0)
    after: list[Pair] = field(default_factory=list)
    matched: dict[int, int] = field(default_factory=dict)


def _regions(golden: Text, actual: Text) -> list[tuple[range, range]]:
    """The lines of each region in the golden and in the actual text."""
    heads = [[text.lines[block.start].shape for block in text.blocks] for text in (golden, actual)]
    regions: list[tuple[range, range]] = []
    ours = theirs = 0
    for a, b in aligned(heads[0], heads[1], replaced=True):
        if (a is not None and b is not None) or not regions:
            regions.append((range(ours, ours), range(theirs, theirs)))
        if a is not None:
            ours = golden.blocks[a].stop
        if b is not None:
            theirs = actual.blocks[b].stop
        first, second = regions[-1]
        regions[-1] = range(first.start, ours), range(second.start, theirs)
    return regions


def _region(golden: Text, actual: Text, ours: range, theirs: range, unordered: Container[int]) -> _Region:
    loose = [n for n in actual.block_of(theirs.start) if n in unordered] if ours and theirs else []
    if not loose:
        return _Region(_aligned(golden, actual, ours, theirs))
    # What stands before and after them in their block (the command, a note) has its order.
    ours_end, theirs_end = golden.block_of(ours.start).stop, actual.block_of(theirs.start).stop
    begin = min(ours.start + loose[0] - theirs.start, ours_end)
    middle, after = range(loose[0], loose[-1] + 1), range(loose[-1] + 1, theirs_end)
    end = ours_end
    for a in reversed(after):
        if end == begin or golden.lines[end - 1].shape != actual.lines[a].shape:
            break
        end -= 1
    return _Region(
        _aligned(golden, actual, range(ours.start, begin), range(theirs.start, middle.start)),
        range(begin, end),
        middle,
        [
            *_aligned(golden, actual, range(end, ours_end), after),
            *_aligned(golden, actual, range(ours_end, ours.stop), range(theirs_end, theirs.stop)),
        ],
    )


def _aligned(golden: Text, actual: Text, ours: range, theirs: range) -> list[Pair]:
    shapes = [golden.lines[n].shape for n in ours], [actual.lines[n].shape for n in theirs]
    return [(None if g is None else ours[g], None if a is None else theirs[a]) for g, a in aligned(*shapes)]


class _Matching:
    """Finds partners for lines without an order. What the others say of identities comes first, then what lines
    without an order say of each other. Where much has changed, what is left goes by what fits still."""

    def __init__(self, golden: Text, actual: Text, regions: Sequence[_Region]) -> None:
        self._golden, self._actual, self._regions = golden, actual, regions
        self._trial = Renaming()
        self._known: dict[Identity, Identity] = {}

    def match(self) -> None:
        """Fills `matched` of the regions."""
        for region in self._regions:
            for g, a in (*region.before, *region.after):
                if g is not None and a is not None:
                    self._settle(g, a)
        lines = self._unordered(self._golden, 0), self._unordered(self._actual, 1)
        ours, theirs = keys(list(lines[0].values()), list(lines[1].values()), self._known)
        waiting: dict[Key, deque[int]] = {}
        for a, key in zip(lines[1], theirs, strict=True):
            waiting.setdefault(key, deque()).append(a)
        left = []
        for g, key in zip(lines[0], ours, strict=True):
            if waiting.get(key) and self._settle(g, waiting[key][0]):
                self._regions[lines[0][g].place[0]].matched[g] = waiting[key].popleft()
            else:
                left.append(g)
        rest: dict[Place, list[int]] = {}
        for a in sorted(a for found in waiting.values() for a in found):
            rest.setdefault(lines[1][a].place, []).append(a)
        self._take(left, rest, lines[0])

    def _take(self, left: Sequence[int], rest: Mapping[Place, list[int]], lines: Mapping[int, Occurrence]) -> None:
        tries = MOST_TRIED
        for g in left:
            among = rest.get(lines[g].place, [])[:tries]
            tries -= len(among)
            fitting = next((a for a in among if self._settle(g, a)), None)
            if fitting is not None:
                rest[lines[g].place].remove(fitting)
                self._regions[lines[g].place[0]].matched[g] = fitting

    def _unordered(self, text: Text, side: int) -> dict[int, Occurrence]:
        """The lines without an order, by their numbers."""
        found = {}
        for number, region in enumerate(self._regions):
            for n in region.actual if side else region.golden:
                found[n] = occurrence(number, text.scoped(n, self._golden.scopes[region.golden.start]))
        return found

    def _settle(self, golden: int, actual: int) -> bool:
        """Whether two lines correspond, as far as is known; their identities are known then."""
        ours = self._golden.scoped(golden)
        theirs = self._actual.scoped(actual, self._golden.scopes[golden])
        if ours.shape != theirs.shape or self._trial.bind_all(ours, theirs) is not None:
            return False
        for one, other in zip(ours.identities, theirs.identities, strict=True):
            self._known[whose(one)] = whose(other)
        return True


def _scoped(line: Line, scope: str) -> Line:
    """Numbers that each network namespace gives for itself are one to one within it only."""
    if not any(whose(token)[0] in NAMESPACED for token in line.identities):
        return line
    tokens = []
    for token in line.identities:
        assert token.identified is not None
        if token.identified.space in NAMESPACED:
            # `@if4` is a number of the peer's namespace, which the line does not name.
            kind = token.name if token.name == "peer index" else token.identified.space
            space = f"{kind}@{scope}"
            token = replace(token, identified=replace(token.identified, space=space))
        tokens.append(token)
    return Line(line.text, line.shape, tuple(tokens))

"""A documented block of output against the output that was seen (contract C4).

The documented text is a tutorial's: another machine's values, another version's wording, `...` for what was
left out. What has to agree is the fixed text, which identity is the same as which, and the class of measures.
Leading and trailing blanks of a line, blank lines around the block, and how many blanks stand between words
do not count (tutorials lose them); with `strict` they do, and no other version's wording is accepted.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from replayer.scenario import TokenRule
from replayer.tokens.renaming import Renaming
from replayer.tokens.scanning import Line, line_of

ELLIPSES = frozenset({"...", "…", "(...)", "(…)", "[...]", "......"})
# Lines that may be tried against each other once the shapes have said what is possible.
_TRIES = 200_000
_NEAREST_AMONG = 300

# What newer tools print differently (facts.md §1): documented wording -> today's.
VERSIONS: tuple[tuple[str, str], ...] = (
    ("capture size ", "snapshot length "),  # tcpdump 4.99
    ("use -v or -vv for full", "use -v[v]... for full"),  # tcpdump 4.99
    (" dev dev ", " dev "),  # bridge fdb, iproute2 before 5.x
    (" icmp_req=", " icmp_seq="),  # ping, iputils before 2012
)
# ip prints the id where it does not know the name.
_NETNS = re.compile(r"\blink-netns(id)? \S+")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first documented line that the output does not show. `line` counts from 1 in the documented block;
    `expected` is empty where the output goes on after the block's end, `observed` is the line that comes
    nearest, or None where nothing is left."""

    line: int
    expected: str
    observed: str | None
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


@dataclass(frozen=True, slots=True)
class Match:
    """`lines`: for each documented line the observed one, None where `...` stands for omitted lines."""

    lines: tuple[str | None, ...]

    @property
    def text(self) -> str:
        """The observed lines, with `...` where the documented block has it."""
        return "\n".join("..." if line is None else line for line in self.lines)


def compare_block(
    expected: str,
    observed: str,
    renaming: Renaming,
    extra: Mapping[str, TokenRule] | None = None,
    *,
    strict: bool = False,
) -> Difference | None:
    """None if the output shows the documented block; what corresponds is then bound in `renaming`."""
    found = match_block(expected, observed, renaming, extra, strict=strict)
    return found if isinstance(found, Difference) else None


def match_block(
    expected: str,
    observed: str,
    renaming: Renaming,
    extra: Mapping[str, TokenRule] | None = None,
    *,
    strict: bool = False,
    any_order: bool = False,
) -> Match | Difference:
    """Which observed lines are the documented ones. A difference leaves `renaming` as it was.

    With `...`, the leftmost lines that fit are taken and bindings decide between candidates of this block;
    a binding is not taken back for the sake of a later block. With `any_order` each documented line is found
    somewhere (bridge fdb has no order of its own), and `...` anywhere allows further lines.
    """
    reader = _Reader(extra, strict)
    documented, skipped = reader.lines(expected)
    seen, _ = reader.lines(observed)
    if any_order:
        return _match_unordered(documented, seen, renaming, skipped)
    segments = _segments(documented, strict)
    chosen = _place(segments, seen, renaming)
    if isinstance(chosen, _Stuck):
        return _difference(chosen, documented, seen, renaming, skipped)
    lines: list[str | None] = [None] * len(documented)
    for segment, begin in zip(segments, chosen, strict=True):
        for at in range(len(segment.lines)):
            lines[segment.begin + at] = seen[begin + at].text
    return Match(tuple(lines))


def _match_unordered(
    documented: list[Line], seen: list[Line], renaming: Renaming, skipped: int
) -> Match | Difference:
    wanted = [n for n, line in enumerate(documented) if line.text.strip() not in ELLIPSES]
    candidates = [[b for b, theirs in enumerate(seen) if _fits(documented[n], theirs)] for n in wanted]
    origin = renaming.mark()
    chosen: list[int] = []
    waiting = [iter(candidates[0])] if wanted else []
    marks: list[int] = []
    stuck, tries = _Stuck(wanted[0] if wanted else 0, 0), 0
    while waiting and len(chosen) < len(wanted):
        line, mark = documented[wanted[len(chosen)]], renaming.mark()
        for begin in waiting[-1]:
            tries += 1
            why = "that line was another one's" if begin in chosen else _bind(line, seen[begin], renaming)
            if not why:
                chosen.append(begin)
                marks.append(mark)
                if len(chosen) < len(wanted):
                    waiting.append(iter(candidates[len(chosen)]))
                break
            if wanted[len(chosen)] >= stuck.line:
                stuck = _Stuck(wanted[len(chosen)], begin, why, begin)
        else:
            stuck = max(stuck, _Stuck(wanted[len(chosen)], 0), key=lambda s: s.line)
            waiting.pop()
            if chosen:
                chosen.pop()
                renaming.rollback(marks.pop())
        if tries > _TRIES:
            break
    if len(chosen) < len(wanted):
        renaming.rollback(origin)
        return _difference(stuck, documented, seen, renaming, skipped)
    if len(wanted) == len(documented) and len(seen) > len(wanted):
        renaming.rollback(origin)
        extra = next(b for b in range(len(seen)) if b not in chosen)
        return _difference(_Stuck(len(documented), extra), documented, seen, renaming, skipped)
    lines: list[str | None] = [None] * len(documented)
    for n, begin in zip(wanted, chosen, strict=True):
        lines[n] = seen[begin].text
    return Match(tuple(lines))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads lines for comparison, each distinct text once."""

    extra: Mapping[str, TokenRule] | None
    strict: bool
    _known: dict[str, Line] = field(default_factory=dict)

    def lines(self, text: str) -> tuple[list[Line], int]:
        """The lines, and how many blank ones were left out before them."""
        raw = text.split("\n")
        if raw and not raw[-1]:
            raw.pop()
        skipped = 0
        if not self.strict:
            while raw and not raw[-1].strip():
                raw.pop()
            while skipped < len(raw) and not raw[skipped].strip():
                skipped += 1
        return [self._line(line) for line in raw[skipped:]], skipped

    def _line(self, text: str) -> Line:
        known = self._known.get(text)
        if known is None:
            compared = text
            if not self.strict:
                for documented, today in VERSIONS:
                    compared = compared.replace(documented, today)
            read = line_of(compared, self.extra)
            shape = read.shape if self.strict else " ".join(read.shape.split())
            known = self._known[text] = Line(text, shape, read.identities)
        return known


@dataclass(frozen=True, slots=True)
class _Segment:
    """Documented lines that stand together; `first` and `last`: nothing may stand before or after them."""

    lines: list[Line]
    begin: int
    first: bool
    last: bool


def _segments(documented: list[Line], strict: bool) -> list[_Segment]:
    cuts = [] if strict else [n for n, line in enumerate(documented) if line.text.strip() in ELLIPSES]
    begins = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(documented)]
    found = [
        _Segment(documented[begin:end], begin, begin == 0, end == len(documented))
        for begin, end in zip(begins, ends, strict=True)
    ]
    # Two `...` in a row, or one at either end, leave an empty segment that constrains nothing.
    return [s for s in found if s.lines or (s.first and s.last)]


@dataclass(frozen=True, slots=True)
class _Stuck:
    """The documented line that fits nowhere from `begin` on, and why the best candidate does not."""

    line: int
    begin: int
    why: str = ""
    candidate: int | None = None


def _fits(ours: Line, theirs: Line) -> bool:
    return ours.shape == theirs.shape or _netns_alike(ours, theirs)


def _netns_alike(ours: Line, theirs: Line) -> bool:
    """`link-netns ns3` and `link-netnsid 0` are one fact, seen with and without the name."""
    found = _NETNS.search(ours.text), _NETNS.search(theirs.text)
    if found[0] is None or found[1] is None or bool(found[0][1]) == bool(found[1][1]):
        return False
    return _NETNS.sub("", _visible(ours)) == _NETNS.sub("", _visible(theirs))


def _visible(line: Line) -> str:
    return line.shape.replace("\0namespace id\0", "0")


def _bind(ours: Line, theirs: Line, renaming: Renaming) -> str | None:
    if ours.shape == theirs.shape:
        return renaming.bind_all(ours, theirs)
    return renaming.bind_all(_without_netns(ours), _without_netns(theirs))


def _without_netns(line: Line) -> Line:
    kept = tuple(t for t in line.identities if t.name != "namespace id")
    return Line(line.text, line.shape, kept)


def _place(segments: list[_Segment], seen: list[Line], renaming: Renaming) -> list[int] | _Stuck:
    """Where each segment begins in the output; all identities bound. Depth first, leftmost first."""
    starts = _possible(segments, seen)
    if isinstance(starts, _Stuck):
        return starts
    origin = renaming.mark()
    chosen: list[int] = []
    marks: list[int] = []
    waiting: list[Iterator[int]] = [_from(starts[0], 0)] if segments else []
    stuck = _Stuck(0, 0)
    tries = 0
    while waiting and len(chosen) < len(segments):
        number = len(chosen)
        mark = renaming.mark()
        for begin in waiting[-1]:
            segment = segments[number]
            for at, line in enumerate(segment.lines):
                tries += 1
                why = _bind(line, seen[begin + at], renaming)
                if why:
                    renaming.rollback(mark)
                    if not stuck.why or segment.begin + at > stuck.line:
                        stuck = _Stuck(segment.begin + at, begin, why, begin + at)
                    break
            else:
                chosen.append(begin)
                marks.append(mark)
                if len(chosen) < len(segments):
                    waiting.append(_from(starts[number + 1], begin + len(segment.lines)))
                break
            if tries > _TRIES:
                renaming.rollback(origin)
                return replace(stuck, why=f"too many ways to read `...`; {stuck.why}")
        else:
            waiting.pop()
            if chosen:
                chosen.pop()
                renaming.rollback(marks.pop())
    if len(chosen) == len(segments):
        return chosen
    renaming.rollback(origin)
    return stuck


def _from(starts: list[int], least: int) -> Iterator[int]:
    return (begin for begin in starts if begin >= least)


def _possible(segments: list[_Segment], seen: list[Line]) -> list[list[int]] | _Stuck:
    """The places where each segment's shapes fit and the segments after it still find room."""
    places: list[list[int]] = []
    least = 0
    for segment in segments:
        count = len(segment.lines)
        last = len(seen) - count
        candidates: Iterator[int] | range = range(least, last + 1)
        if segment.first:
            candidates = range(0, min(1, last + 1))
        if segment.last:
            candidates = range(max(least, last), last + 1) if not segment.first or last == 0 else range(0)
        found = [b for b in candidates if all(_fits(o, seen[b + n]) for n, o in enumerate(segment.lines))]
        if not found:
            return _furthest(segment, seen, least)
        places.append(found)
        least = found[0] + count
    latest = len(seen)
    for number in range(len(segments) - 1, -1, -1):
        count = len(segments[number].lines)
        places[number] = [b for b in places[number] if b + count <= latest]
        latest = places[number][-1] if places[number] else -1
    return places


def _furthest(segment: _Segment, seen: list[Line], least: int) -> _Stuck:
    """Of the places where a segment might begin, the one that fits longest says where it breaks."""
    best, begin = -1, least
    count = len(segment.lines)
    starts = range(least, least + 1) if segment.first else range(least, max(least + 1, len(seen)))
    if segment.last and not segment.first:
        starts = range(max(least, len(seen) - count), max(least, len(seen) - count) + 1)
    for start in starts:
        length = 0
        for ours, theirs in zip(segment.lines, seen[start : start + count], strict=False):
            if not _fits(ours, theirs):
                break
            length += 1
        if length > best:
            best, begin = length, start
    return _Stuck(segment.begin + best, begin + best)


def _difference(
    stuck: _Stuck, documented: list[Line], seen: list[Line], renaming: Renaming, skipped: int
) -> Difference:
    number = stuck.line + 1 + skipped
    if stuck.line >= len(documented):
        extra = seen[stuck.begin].text if stuck.begin < len(seen) else None
        return Difference(number, "", extra, f"the output goes on after the documented block: {extra}")
    line = documented[stuck.line]
    if stuck.candidate is not None:
        return Difference(number, line.text, seen[stuck.candidate].text, stuck.why)
    if stuck.begin >= len(seen):
        return Difference(number, line.text, None, f"the output ends before: {line.text.strip()}")
    near = _nearest(line, seen[stuck.begin : stuck.begin + _NEAREST_AMONG])
    return Difference(number, line.text, near.text, _fixed_text_differs(line, near))


def _nearest(line: Line, among: list[Line]) -> Line:
    matcher = difflib.SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(line.shape[:200])
    best, score = among[0], -1.0
    for candidate in among:
        matcher.set_seq1(candidate.shape[:200])
        if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score:
            ratio = matcher.ratio()
            if ratio > score:
                best, score = candidate, ratio
    return best


def _fixed_text_differs(line: Line, near: Line) -> str:
    ours, theirs = line.text.split(), near.text.split()
    for word, other in zip(ours, theirs, strict=False):
        if word != other and line_of(word).shape != line_of(other).shape:
            return f"the fixed text differs: {word!r} is documented, {other!r} was seen"
    if len(ours) != len(theirs):
        longer, what = (ours, "is missing") if len(ours) > len(theirs) else (theirs, "is new")
        return f"the fixed text differs: {' '.join(longer[min(len(ours), len(theirs)):])!r} {what}"
    return f"the fixed text differs: {line.text.strip()!r} is documented, {near.text.strip()!r} was seen"

"""A documented block of output against the output that was seen (contract C4).

The documented text is a tutorial's: another machine's values, another version's wording, `...` for what was
left out. What has to agree is the fixed text, which identity is the same as which, and the class of measures.
Leading and trailing blanks of a line, blank lines around the block, and how many blanks stand between words
do not count (tutorials lose them); with `strict` they do, and no other version's wording is accepted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replayer.scenario import TokenRule
from replayer.tokens.placing import Stuck, place, place_unordered
from replayer.tokens.reading import Read, Reader, differences
from replayer.tokens.renaming import Renaming
from replayer.tokens.scanning import Line, line_of
from replayer.tokens.versions import EMPTY, IFCONFIG, added, interfaces, old_ifconfig

# Among how many lines the one that comes nearest to a missing line is looked for.
_NEAREST_AMONG = 300


# What the kernel numbers in each namespace anew: one to one within a block, for what another command shows may be of
# another namespace.
OF_ITS_NAMESPACE = frozenset({"interface index", "peer index", "namespace id"})


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
    """`lines`: for each documented line the observed one, None where `...` stands for omitted lines. `known`: the
    names of the known differences between versions that were met (versions.py); of what these are about, lines may
    be missing."""

    lines: tuple[str | None, ...]
    known: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The observed lines, with `...` where the documented block has it."""
        return "\n".join("..." if line is None else line for line in self.lines)


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
    reader = Reader(extra, strict)
    find = place_unordered if any_order else place
    documented, skipped = reader.lines(expected)
    seen, _ = reader.lines(observed)
    numbers = list(range(skipped + 1, skipped + 1 + len(documented)))
    mark = renaming.mark()
    placed = find(documented, seen, renaming, strict)
    known: set[str] = set()
    if isinstance(placed, Stuck) and not strict:
        less = _without_what_varies(reader, documented, seen, numbers)
        if less is not None:
            documented, seen, numbers, known = less
            placed = find(documented, seen, renaming, strict)
    if isinstance(placed, Stuck):
        return _difference(placed, documented, seen, numbers)
    if not strict:
        renaming.forget(OF_ITS_NAMESPACE, mark)
    for read, at in zip(documented, placed, strict=True):
        if at is not None and not strict:
            known |= differences(read, seen[at])
    return Match(tuple(None if at is None else seen[at].line.text for at in placed), tuple(sorted(known)))


def _without_what_varies(
    reader: Reader, documented: Sequence[Read], seen: Sequence[Read], numbers: Sequence[int]
) -> tuple[list[Read], list[Read], list[int], set[str]] | None:
    """Both texts without the lines that a machine or a moment brings, with the numbers of the documented lines that
    are left, and the names of what was left out; None if there is nothing to leave out."""
    texts = [[read.line.text for read in side] for side in (documented, seen)]
    if old_ifconfig(texts[0]) != old_ifconfig(texts[1]) and texts[0] and texts[1]:
        ours, theirs = ([reader.line(line) for line in interfaces(side)] for side in texts)
        return ours, theirs, [numbers[0]] * len(ours), {IFCONFIG}
    names = [[added(text) for text in side] for side in texts]
    # Where both have as many, they are compared.
    varies = {name for name in {*names[0], *names[1]} - {""} if names[0].count(name) != names[1].count(name)}
    kept = [at for at, name in enumerate(names[0]) if name not in varies]
    if not varies or not kept:
        return None
    others = [read for read, name in zip(seen, names[1], strict=True) if name not in varies]
    return [documented[at] for at in kept], others, [numbers[at] for at in kept], varies - {EMPTY}


def _difference(stuck: Stuck, documented: Sequence[Read], seen: Sequence[Read], numbers: Sequence[int]) -> Difference:
    last = numbers[-1] if numbers else 0
    number = numbers[stuck.line] if stuck.line < len(numbers) else last + 1
    if stuck.line >= len(documented):
        extra = seen[stuck.begin].line.text
        return Difference(number, "", extra, f"the output goes on after the documented block: {extra.strip()}")
    line = documented[stuck.line].line
    if stuck.candidate is not None:
        return Difference(number, line.text, seen[stuck.candidate].line.text, stuck.why)
    if stuck.begin >= len(seen):
        return Difference(number, line.text, None, f"the output ends before: {line.text.strip()}")
    near = _nearest(line, [read.line for read in seen[stuck.begin : stuck.begin + _NEAREST_AMONG]])
    if near.shape == line.shape and not stuck.why:
        # It stands elsewhere: what counts is what was seen in its place.
        near = seen[stuck.begin].line
        if near.shape == line.shape:
            why = "it is there, but another documented line is missing or in another place"
            return Difference(number, line.text, near.text, why)
        return Difference(number, line.text, near.text, f"in its place was seen: {near.text.strip()}")
    return Difference(number, line.text, near.text, stuck.why or _fixed_text_differs(line, near))


def _nearest(line: Line, among: Sequence[Line]) -> Line:
    import difflib  # only where a block does not fit as it is

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


# A token's form, in a shape.
_FORM = re.compile("\0[^\0]*\0")


def _fixed_text_differs(line: Line, near: Line) -> str:
    ours, theirs = line.text.split(), near.text.split()
    # By the shapes, where each word of a line has one: `7:` is an interface index only in its place.
    forms = [_FORM.sub(lambda form: form[0].replace(" ", "_"), one.shape).split() for one in (line, near)]
    if tuple(map(len, forms)) != (len(ours), len(theirs)):
        forms = [[line_of(word).shape for word in ours], [line_of(word).shape for word in theirs]]
    for word, other, form, another in zip(ours, theirs, *forms, strict=False):
        if word != other and form != another:
            return f"the fixed text differs: {word!r} is documented, {other!r} was seen"
    if len(ours) != len(theirs):
        longer, what = (ours, "is missing") if len(ours) > len(theirs) else (theirs, "is new")
        return f"the fixed text differs: {' '.join(longer[min(len(ours), len(theirs)) :])!r} {what}"
    return f"the fixed text differs: {line.text.strip()!r} is documented, {near.text.strip()!r} was seen"

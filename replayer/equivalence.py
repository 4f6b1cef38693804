"""Two transcripts, equal up to renaming (contract C4): the golden, and the one of another run.

Equivalent are two texts whose fixed text is the same, whose identities correspond one to one throughout, and
whose measures are of one class. What a run shows anew is then written in the golden's own values, so that an
equivalent transcript is the golden to the byte, and a real change shows only itself.

Method: both texts are cut into blocks (a command and what follows it); blocks are aligned by their commands,
lines within a block by their shapes (tokens.Line); then identities are bound in the order of the lines. All of
that is linear in the number of lines, unless much has changed.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from replayer.scenario import TokenRule
from replayer.tokens import Line, Renaming, Token, line_of

COMMAND = "# "
# Beyond so many pairs of lines a changed part is taken as replaced, line by line.
MOST_PAIRS = 4_000_000
# The kernel numbers these for each network namespace on its own.
NAMESPACED = frozenset({"interface index", "namespace id"})
NAMESPACE = re.compile(r"\bip (?:-\S+ )*(?:netns exec |-n(?:etns)? )(\S+)")


# Numbers of two items that belong together; None where one side has none.
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not equivalent. `line` and `golden_line` count from 1; None where there is no such line."""

    line: int | None
    golden_line: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A transcript in its golden's values; `differences` in the order of its lines, none if equivalent."""

    text: str
    differences: tuple[Difference, ...]

    @property
    def first(self) -> str | None:
        """The first difference in words."""
        return self.differences[0].why if self.differences else None


def equivalent(golden: str, actual: str, extra: Mapping[str, TokenRule] | None = None) -> str | None:
    """None if the two texts are equivalent, else the first difference in words."""
    return reconcile(golden, actual, extra).first


def reconcile(
    golden: str,
    actual: str,
    extra: Mapping[str, TokenRule] | None = None,
    unordered: Container[int] = (),
) -> Reconciled:
    """`actual` in the golden's own values. `unordered`: numbers (from 0) of its lines that have no order."""
    if golden == actual:
        return Reconciled(golden, ())
    return _Reconciler(_read(golden, extra), _read(actual, extra), unordered).reconciled(golden, actual)


@dataclass(slots=True)
class _Text:
    lines: list[Line]
    blocks: list[range]  # of line numbers; a block begins with its command, the first may have none
    scopes: list[str]  # of each line: the network namespace that its command names


def _read(text: str, extra: Mapping[str, TokenRule] | None) -> _Text:
    raw = text.split("\n")
    if not raw[-1]:
        raw.pop()
    known: dict[str, Line] = {}
    lines = []
    for one in raw:
        line = known.get(one)
        if line is None:
            line = known[one] = line_of(one, extra)
        lines.append(line)
    begins = [number for number, one in enumerate(raw) if number == 0 or one.startswith(COMMAND)]
    blocks = [range(begin, end) for begin, end in zip(begins, [*begins[1:], len(raw)], strict=False)]
    scopes: list[str] = []
    for block in blocks:
        found = NAMESPACE.search(raw[block.start])
        scopes += [found[1] if found else ""] * len(block)
    return _Text(lines, blocks, scopes)


@dataclass(slots=True)
class _Region:
    """Lines that belong together: a block of each text, and what only one of them has after it."""

    golden: range
    actual: range


def _regions(golden: _Text, actual: _Text) -> list[_Region]:
    heads = [[text.lines[block.start].shape for block in text.blocks] for text in (golden, actual)]
    regions: list[_Region] = []
    ours = theirs = 0
    for a, b in _aligned(heads[0], heads[1], replaced=True):
        if (a is not None and b is not None) or not regions:
            regions.append(_Region(range(ours, ours), range(theirs, theirs)))
        if a is not None:
            ours = golden.blocks[a].stop
        if b is not None:
            theirs = actual.blocks[b].stop
        last = regions[-1]
        last.golden, last.actual = range(last.golden.start, ours), range(last.actual.start, theirs)
    return regions


class _Reconciler:
    def __init__(self, golden: _Text, actual: _Text, unordered: Container[int]) -> None:
        self._golden, self._actual, self._unordered = golden, actual, unordered
        self._renaming = Renaming()
        self._seen: dict[tuple[str, str], int] = {}  # (space, golden key) -> the golden line it stood in first
        self._values: dict[tuple[str, str, str], str] = {}  # (form, space, golden key) -> how the golden writes it
        self._used: dict[str, set[str]] = {}  # space -> values that the golden uses
        self._shown: list[str] = []
        self._differences: list[Difference] = []

    def reconciled(self, golden: str, actual: str) -> Reconciled:
        self._collect()
        for region in _regions(self._golden, self._actual):
            self._region(region.golden, region.actual)
        text = "\n".join(self._shown) + ("\n" if actual.endswith("\n") and self._shown else "")
        if not self._differences and golden.endswith("\n") != actual.endswith("\n"):
            self._differ(None, None, "the last line ends in another way")
        return Reconciled(text, tuple(self._differences))

    def _collect(self) -> None:
        for number, (line, scope) in enumerate(zip(self._golden.lines, self._golden.scopes, strict=True)):
            for token in _scoped(line, scope).identities:
                space, key = _whose(token)
                self._seen.setdefault((space, key), number)
                self._values.setdefault((_form(token), space, key), token.value)
                self._used.setdefault(space, set()).add(key)

    def _region(self, golden: range, actual: range) -> None:
        if any(number in self._unordered for number in actual):
            pairs = self._any_order(golden, actual)
        else:
            shapes = [self._golden.lines[n].shape for n in golden], [self._actual.lines[n].shape for n in actual]
            pairs = _aligned(*shapes)
        for a, b in pairs:
            self._line(golden[a] if a is not None else None, actual[b] if b is not None else None)

    def _any_order(self, golden: range, actual: range) -> Iterator[Pair]:
        """Pairs in the golden's order: of the lines that fit, the first whose identities do."""
        left = list(range(len(actual)))
        missing = []
        for a, number in enumerate(golden):
            for b in left:
                if self._fits(number, actual[b]):
                    left.remove(b)
                    yield a, b
                    break
            else:
                missing.append(a)
        yield from ((a, None) for a in missing)
        yield from ((None, b) for b in left)

    def _fits(self, golden: int, actual: int) -> bool:
        ours, theirs = self._pair(golden, actual)
        if ours.shape != theirs.shape:
            return False
        mark = self._renaming.mark()
        why = self._renaming.bind_all(ours, theirs)
        self._renaming.rollback(mark)
        return why is None

    def _pair(self, golden: int, actual: int) -> tuple[Line, Line]:
        scope = self._golden.scopes[golden]
        return _scoped(self._golden.lines[golden], scope), _scoped(self._actual.lines[actual], scope)

    def _line(self, golden: int | None, actual: int | None) -> None:
        if actual is None:
            assert golden is not None
            text = self._golden.lines[golden].text
            self._differ(None, golden, f"line {golden + 1} of the golden is gone: {text}")
            return
        if golden is None:
            theirs = _scoped(self._actual.lines[actual], self._actual.scopes[actual])
            self._new(actual, theirs, f"a line that the golden does not have: {theirs.text}")
            return
        ours, theirs = self._pair(golden, actual)
        why = self._renaming.bind_all(ours, theirs)
        if why is None:
            self._shown.append(ours.text)
            return
        self._new(actual, theirs, self._identity_differs(ours, theirs, why), golden)

    def _new(self, actual: int, theirs: Line, why: str, golden: int | None = None) -> None:
        self._shown.append(self._translated(theirs))
        self._differ(actual, golden, f"line {len(self._shown)}: {why}")

    def _differ(self, actual: int | None, golden: int | None, why: str) -> None:
        self._differences.append(
            Difference(None if actual is None else len(self._shown), None if golden is None else golden + 1, why)
        )

    def _identity_differs(self, ours: Line, theirs: Line, why: str) -> str:
        """The deep kind: the same text, but another thing than before bears the value."""
        for one, other in zip(ours.identities, theirs.identities, strict=True):
            space, key = _whose(one)
            stood_for = self._renaming.actual_of(space, key)
            if stood_for is not None and stood_for != _whose(other)[1]:
                first = self._seen[space, key]
                return (
                    f"the {_form(one)} {one.value} was the one of line {first + 1} ({self._command(first)}) "
                    f"in the golden; now it is another ({self._name(other)})"
                )
            was = self._renaming.golden_of(space, _whose(other)[1])
            if was is not None and was != key:
                other_line = self._seen.get((space, was))
                where = (
                    f"line {other_line + 1} ({self._command(other_line)})" if other_line is not None else "a line above"
                )
                return (
                    f"the {_form(one)} {one.value} was another than that of {where} in the golden; "
                    f"now they are the same"
                )
        return why

    def _command(self, number: int) -> str:
        block = next(b for b in self._golden.blocks if b.start <= number < b.stop)
        return self._golden.lines[block.start].text.removeprefix(COMMAND)

    def _name(self, token: Token) -> str:
        space, key = _whose(token)
        golden = self._renaming.golden_of(space, key)
        return self._values.get((_form(token), space, golden), token.value) if golden else token.value

    def _translated(self, line: Line) -> str:
        """A line that the golden does not have, with the golden's names for what it knows."""
        pieces, at = [], 0
        for token in line.identities:
            value = self._golden_name(token)
            pieces += [line.text[at : token.start], value]
            at = token.end
        return "".join([*pieces, line.text[at:]])

    def _golden_name(self, token: Token) -> str:
        space, key = _whose(token)
        golden = self._renaming.golden_of(space, key)
        if golden is not None:
            return self._values.get((_form(token), space, golden), token.value)
        name = key
        if key in self._used.get(space, ()):
            # The golden calls something else so: its own name would make two things one.
            if not key.isdigit() or token.value != key:
                return token.value
            numbers = [int(used) for used in self._used[space] if used.isdigit()]
            name = str(max(numbers) + 1)
        assert token.identified is not None
        named = replace(token, value=name if token.value == key else token.value)
        if self._renaming.bind(replace(named, identified=replace(token.identified, key=name)), token) is None:
            self._used.setdefault(space, set()).add(name)
            self._values.setdefault((_form(token), space, name), named.value)
        return named.value


def _whose(token: Token) -> tuple[str, str]:
    assert token.identified is not None
    return token.identified.space, token.identified.key


def _form(token: Token) -> str:
    assert token.identified is not None
    return token.identified.form


def _scoped(line: Line, scope: str) -> Line:
    """Numbers that each network namespace gives for itself are one to one within it only."""
    if not any(_whose(token)[0] in NAMESPACED for token in line.identities):
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


def _aligned(ours: Sequence[str], theirs: Sequence[str], replaced: bool = False) -> Iterator[Pair]:
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

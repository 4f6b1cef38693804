"""Two transcripts, equal up to renaming (contract C4): the golden, and the one of another run.

Equivalent are two texts whose fixed text is the same, whose identities correspond one to one throughout, and
whose measures are of one class. What a run shows anew is then written in the golden's own values, so that an
equivalent transcript is the golden to the byte, and a real change shows only itself.

Which lines belong together is worked out first (pairing.py); then identities are bound in the order of the lines.
All of that is linear in the number of lines, unless much has changed.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from replayer.pairing import COMMAND, Text, pairs, read
from replayer.problems import visible
from replayer.scenario import TokenRule
from replayer.tokens import Identity, Line, Renaming, Token, whose

# Characters of the words for a difference: the diff shows the line whole.
MOST_WORDS = 200


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
        """The first difference in words, fit for a terminal."""
        if not self.differences:
            return None
        why = visible(self.differences[0].why)
        return why if len(why) <= MOST_WORDS else why[:MOST_WORDS] + "…"


def equivalent(golden: str, actual: str, extra: Mapping[str, TokenRule] | None = None) -> str | None:
    """None if the two texts are equivalent, else the first difference in words."""
    return reconcile(golden, actual, extra).first


def reconcile(
    golden: str,
    actual: str,
    extra: Mapping[str, TokenRule] | None = None,
    unordered: Container[int] = frozenset(),
    fixed: Container[Identity] = frozenset(),
) -> Reconciled:
    """`actual` in the golden's own values. `unordered`: numbers (from 0) of its lines that have no order. `fixed`:
    identities that are the same in every run, and so are fixed text."""
    if golden == actual:
        return Reconciled(golden, ())
    return _Reconciler(read(golden, extra, fixed), read(actual, extra, fixed), unordered).reconciled(golden, actual)


class _Reconciler:
    def __init__(self, golden: Text, actual: Text, unordered: Container[int]) -> None:
        self._golden, self._actual, self._unordered = golden, actual, unordered
        self._renaming = Renaming()
        self._seen: dict[Identity, int] = {}  # of the golden -> the line it stood in first
        self._values: dict[tuple[str, str, str], str] = {}  # (form, space, golden key) -> how the golden writes it
        self._used: dict[str, set[str]] = {}  # space -> values that the golden uses
        self._shown: list[str] = []
        self._differences: list[Difference] = []

    def reconciled(self, golden: str, actual: str) -> Reconciled:
        self._collect()
        for pair in pairs(self._golden, self._actual, self._unordered):
            self._line(*pair)
        text = "\n".join(self._shown) + ("\n" if actual.endswith("\n") and self._shown else "")
        if not self._differences and golden.endswith("\n") != actual.endswith("\n"):
            self._differ(None, None, "the last line ends in another way")
        return Reconciled(text, tuple(self._differences))

    def _collect(self) -> None:
        for number in range(len(self._golden.lines)):
            for token in self._golden.scoped(number).identities:
                space, key = whose(token)
                self._seen.setdefault((space, key), number)
                self._values.setdefault((_form(token), space, key), token.value)
                self._used.setdefault(space, set()).add(key)

    def _line(self, golden: int | None, actual: int | None) -> None:
        if actual is None:
            assert golden is not None
            text = self._golden.lines[golden].text
            self._differ(None, golden, f"line {golden + 1} of the golden is gone: {text}")
            return
        if golden is None:
            theirs = self._actual.scoped(actual)
            self._new(actual, theirs, f"a line that the golden does not have: {theirs.text}")
            return
        ours, theirs = self._golden.scoped(golden), self._actual.scoped(actual, self._golden.scopes[golden])
        why = self._renaming.bind_all(ours, theirs)
        if why is None:
            self._shown.append(ours.text)
            return
        self._new(actual, theirs, self._identity_differs(ours, theirs, why), golden)

    def _new(self, actual: int, theirs: Line, why: str, golden: int | None = None) -> None:
        self._shown.append(self._translated(theirs, None if golden is None else self._golden.lines[golden]))
        self._differ(actual, golden, f"line {len(self._shown)}: {why}")

    def _differ(self, actual: int | None, golden: int | None, why: str) -> None:
        self._differences.append(
            Difference(None if actual is None else len(self._shown), None if golden is None else golden + 1, why)
        )

    def _identity_differs(self, ours: Line, theirs: Line, why: str) -> str:
        """The deep kind: the same text, but another thing than before bears the value."""
        for one, other in zip(ours.identities, theirs.identities, strict=True):
            space, key = whose(one)
            stood_for = self._renaming.actual_of(space, key)
            if stood_for is not None and stood_for != whose(other)[1]:
                first = self._seen[space, key]
                return (
                    f"the {_form(one)} {one.value} was the one of line {first + 1} ({self._command(first)}) "
                    f"in the golden; now it is another ({self._name(other)})"
                )
            was = self._renaming.golden_of(space, whose(other)[1])
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
        return self._golden.lines[self._golden.block_of(number).start].text.removeprefix(COMMAND)

    def _name(self, token: Token) -> str:
        space, key = whose(token)
        golden = self._renaming.golden_of(space, key)
        return self._values.get((_form(token), space, golden), token.value) if golden else token.value

    def _translated(self, line: Line, golden: Line | None) -> str:
        """A line that differs, with the golden's names for what it knows, and the golden's measures if only
        identities differ."""
        written = golden or line
        pieces, at = [], 0
        for place, token in zip(written.identities, line.identities, strict=True):
            pieces += [written.text[at : place.start], self._golden_name(token)]
            at = place.end
        return "".join([*pieces, written.text[at:]])

    def _golden_name(self, token: Token) -> str:
        space, key = whose(token)
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


def _form(token: Token) -> str:
    assert token.identified is not None
    return token.identified.form

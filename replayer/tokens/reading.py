"""How a line of a documented block, and a line that was seen, are read for comparison."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from replayer.scenario import TokenRule
from replayer.tokens.classes import Identified
from replayer.tokens.renaming import Renaming
from replayer.tokens.scanning import Line, Token, line_of
from replayer.tokens.versions import FREE, NETNS, cut, today

ELLIPSES = frozenset({"...", "…", "(...)", "(…)", "[...]", "......"})

# Within a line: what its author left out.
_GAP = re.compile(r"\s*(?:\[?(?:\.{3,}|…+)\]?)\s*")
# A gap between less than this says nothing.
_LEAST_AROUND = 8


@dataclass(frozen=True, slots=True)
class Read:
    """`line.text` is the line as it was; its shape and identities are those of today's wording. `bare`: the line
    without the parts that not all versions print; `parts`: these, by their names in versions.py. `wordings`: the
    names of what it says as older tools do. `pieces`: of a documented line, what stands around its gaps."""

    line: Line
    bare: Line
    parts: Mapping[str, Line] = field(default_factory=dict)
    wordings: frozenset[str] = frozenset()
    pieces: Sequence[Line] = ()

    @property
    def omission(self) -> bool:
        """Whether a documented line stands for omitted lines."""
        return self.line.text.strip() in ELLIPSES


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the lines of a text, each distinct one once."""

    extra: Mapping[str, TokenRule] | None
    strict: bool
    _known: dict[str, Read] = field(default_factory=dict)

    def lines(self, text: str) -> tuple[list[Read], int]:
        """The lines, and how many blank ones were left out before them."""
        raw = text.split("\n")
        if not raw[-1]:
            raw.pop()
        skipped = 0
        if not self.strict:
            while raw and not raw[-1].strip():
                raw.pop()
            while skipped < len(raw) and not raw[skipped].strip():
                skipped += 1
        return [self.line(line) for line in raw[skipped:]], skipped

    def line(self, text: str) -> Read:
        """One line."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> Read:
        if self.strict:
            whole = line_of(text, self.extra)
            return Read(whole, whole)
        wording, wordings = today(text)
        whole = self._folded(text, wording)
        bare, parts = cut(wording)
        pieces = _GAP.split(text.strip()) if ("..." in text or "…" in text) and text.strip() not in ELLIPSES else []
        if sum(map(len, pieces)) < _LEAST_AROUND:
            pieces = []
        return Read(
            whole,
            self._folded(bare, bare) if parts else whole,
            {name: self._folded(part, part) for name, part in parts.items()},
            wordings,
            tuple(self._folded(piece, today(piece)[0]) for piece in pieces),
        )

    def _folded(self, text: str, wording: str) -> Line:
        read = line_of(wording, self.extra)
        return Line(text, " ".join(read.shape.split()), tuple(map(_apart, read.identities)))


def _apart(token: Token) -> Token:
    """`@if3` is a number of another namespace than the others of its block."""
    if token.name != "peer index" or token.identified is None:
        return token
    return replace(token, identified=Identified(token.identified.form, token.name, token.identified.key))


def fits(ours: Read, theirs: Read) -> bool:
    """Whether a documented line and one that was seen have the same fixed text and the same forms of tokens."""
    if ours.line.shape == theirs.line.shape:
        return True
    if ours.bare.shape == theirs.bare.shape and (ours.parts or theirs.parts):
        return all(_alike(name, ours.parts[name], theirs.parts[name]) for name in ours.parts.keys() & theirs.parts)
    return bool(ours.pieces) and _around(ours.pieces, theirs.line) is not None


def bind(ours: Read, theirs: Read, renaming: Renaming) -> str | None:
    """Binds the identities of two lines that fit. None, or why they cannot correspond."""
    if ours.line.shape == theirs.line.shape:
        return renaming.bind_all(ours.line, theirs.line)
    pairs = [(ours.bare, theirs.bare)]
    if ours.bare.shape != theirs.bare.shape:
        between = _around(ours.pieces, theirs.line)
        pairs = list(zip(ours.pieces, between or (), strict=True))
    else:
        common = ours.parts.keys() & theirs.parts
        pairs += [
            (ours.parts[name], theirs.parts[name])
            for name in sorted(common)
            if ours.parts[name].shape == theirs.parts[name].shape
        ]
    mark = renaming.mark()
    for documented, seen in pairs:
        if why := renaming.bind_all(documented, seen):
            renaming.rollback(mark)
            return why
    return None


def differences(ours: Read, theirs: Read) -> set[str]:
    """The names of the known differences between two lines that fit."""
    met = set(ours.wordings ^ theirs.wordings)
    if ours.line.shape == theirs.line.shape:
        return met
    if ours.bare.shape == theirs.bare.shape:
        for name in ours.parts.keys() | theirs.parts:
            mine, other = ours.parts.get(name), theirs.parts.get(name)
            if mine is None or other is None or mine.shape != other.shape:
                met.add(name)
    return met


def _alike(name: str, ours: Line, theirs: Line) -> bool:
    """Whether the values of a part, which both lines have, agree."""
    if name in FREE or ours.shape == theirs.shape:
        return True
    # One fact: ip prints the id where it does not know the name.
    return name == NETNS and ("link-netnsid" in ours.shape) != ("link-netnsid" in theirs.shape)


def _around(pieces: Sequence[Line], line: Line) -> list[Line] | None:
    """The pieces of a line that was seen which are those around the gaps of a documented one; None if it has not."""
    found: list[Line] = []
    at = 0
    for number, piece in enumerate(pieces):
        begin = line.shape.find(piece.shape, at) if number else 0
        if number == len(pieces) - 1 and piece.shape:
            begin = max(at, len(line.shape) - len(piece.shape))
        if begin < at or not line.shape.startswith(piece.shape, begin):
            return None
        at = begin + len(piece.shape)
        # Each token's form stands between two NULs.
        before, within = line.shape.count("\0", 0, begin), piece.shape.count("\0")
        if before % 2 or within % 2:
            return None
        tokens = _tokens_before(line, begin)
        found.append(Line(piece.text, piece.shape, line.identities[tokens : tokens + len(piece.identities)]))
    return found


def _tokens_before(line: Line, at: int) -> int:
    """How many identities stand before a place in a line's shape."""
    forms = line.shape[:at].split("\0")[1::2]
    known = [token.identified.form for token in line.identities if token.identified]
    count = 0
    for form in forms:
        if count < len(known) and known[count] == " ".join(form.split()):
            count += 1
    return count

"""Which golden value stands for which actual value: a bijection for each space of identities."""

from collections.abc import Container, Mapping

from replayer.scenario import TokenRule
from replayer.tokens.classes import REDACTED, Identity
from replayer.tokens.scanning import Line, Token, identities_in


class Renaming:
    """Golden values and actual values, one to one throughout a scenario.

    What derives from a MAC (link-local and bridge ids, solicited-node groups) follows it. Bindings made since
    a `mark` can be taken back: matching tries before it decides.
    """

    def __init__(self) -> None:
        self._actual: dict[Identity, str] = {}
        self._golden: dict[Identity, str] = {}
        # The last three octets of bound MACs: solicited-node groups show no more of theirs.
        self._tails: dict[str, list[str]] = {}
        self._tails_back: dict[str, list[str]] = {}
        self._pinned: set[Identity] = set()
        self._bound: list[Identity] = []

    def copy(self) -> "Renaming":
        other = Renaming()
        other._actual = dict(self._actual)
        other._golden = dict(self._golden)
        other._tails = {tail: list(tails) for tail, tails in self._tails.items()}
        other._tails_back = {tail: list(tails) for tail, tails in self._tails_back.items()}
        other._pinned = set(self._pinned)
        other._bound = list(self._bound)
        return other

    def mark(self) -> int:
        """A point to roll back to."""
        return len(self._bound)

    def rollback(self, mark: int) -> None:
        """Forgets what was bound since `mark`."""
        while len(self._bound) > mark:
            space, golden = value = self._bound.pop()
            actual = self._actual.pop(value)
            del self._golden[space, actual]
            if space == "MAC":
                self._tails[golden[9:]].pop()
                self._tails_back[actual[9:]].pop()

    def forget(self, spaces: Container[str], mark: int) -> None:
        """Forgets what was bound since `mark` in some spaces; what was bound before stays."""
        kept = self._bound[mark:]
        bound = [(value, self._actual[value]) for value in kept if value[0] not in spaces]
        self.rollback(mark)
        for value, actual in bound:
            self._set(value, actual)

    def actual_of(self, space: str, golden: str) -> str | None:
        return self._actual.get((space, golden))

    def golden_of(self, space: str, actual: str) -> str | None:
        return self._golden.get((space, actual))

    def pin(self, value: str, extra: Mapping[str, TokenRule] | None = None) -> None:
        """The identities in a value that the run itself put into the expected text (a captured variable, an
        address that a command gave), and what derives from them, stand for themselves only. What a tutorial's own
        text calls them is not touched by that."""
        self._pinned |= {identity for identity in identities_in(value, extra) if identity not in self._actual}

    def bind(self, golden: Token, actual: Token) -> str | None:
        """Lets one identity stand for another of the same form. None, or why it cannot (nothing is bound)."""
        ours, theirs = golden.identified, actual.identified
        assert ours is not None and theirs is not None
        if REDACTED in (ours.space, theirs.space):
            return None
        assert ours.space == theirs.space
        space = ours.space
        if (space, ours.key) in self._pinned:
            if ours.key == theirs.key:
                return None
            return f"the {ours.form} must be {golden.value} itself, and is {actual.value}"
        known = self._actual.get((space, ours.key))
        if known is not None:
            if known == theirs.key:
                return None
            return f"the {ours.form} {golden.value} stood for {known} before, and here for {actual.value}"
        taken = self._golden.get((space, theirs.key))
        if taken is not None:
            return f"the {ours.form} {actual.value} was there for {taken} before, and here for {golden.value}"
        refused = self._tail_refused(golden, actual)
        if refused:
            return refused
        self._set((space, ours.key), theirs.key)
        return None

    def _set(self, value: Identity, actual: str) -> None:
        space, golden = value
        self._actual[value] = actual
        self._golden[space, actual] = golden
        self._bound.append(value)
        if space == "MAC":
            self._tails.setdefault(golden[9:], []).append(actual[9:])
            self._tails_back.setdefault(actual[9:], []).append(golden[9:])

    def bind_all(self, golden: Line, actual: Line) -> str | None:
        """Binds the identities of two lines of one shape: all of them, or none and the reason."""
        mark = len(self._bound)
        for ours, theirs in zip(golden.identities, actual.identities, strict=True):
            why = self.bind(ours, theirs)
            if why:
                self.rollback(mark)
                return why
        return None

    def _tail_refused(self, golden: Token, actual: Token) -> str | None:
        ours, theirs = golden.identified, actual.identified
        assert ours is not None and theirs is not None
        if ours.space == "mac tail":
            forward, backward = self._tails.get(ours.key), self._tails_back.get(theirs.key)
            if (forward and theirs.key not in forward) or (backward and ours.key not in backward):
                return f"the {ours.form} {golden.value} follows a MAC, and {actual.value} another one"
        elif ours.space == "MAC":
            known = self._actual.get(("mac tail", ours.key[9:]))
            taken = self._golden.get(("mac tail", theirs.key[9:]))
            if (known and known != theirs.key[9:]) or (taken and taken != ours.key[9:]):
                return f"the MAC {golden.value} has a solicited-node group that {actual.value} does not fit"
        return None

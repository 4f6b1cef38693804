"""A line of text -> its fixed parts and its tokens."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from replayer.scenario import TokenRule
from replayer.tokens.classes import CLASSES, Identified, Identity, Kind, TokenClass


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text that changes from run to run: text[start:end] is its value."""

    name: str
    kind: Kind
    value: str
    start: int
    end: int
    identified: Identified | None = None  # whose value an identity bears


@dataclass(frozen=True, slots=True)
class Line:
    """`shape`: the line with the form of each token in its place: lines of different shapes never match."""

    text: str
    shape: str
    identities: tuple[Token, ...]


def scan(text: str, extra: Mapping[str, TokenRule] | None = None) -> Iterator[Token]:
    """The tokens of a text in order, not overlapping. `extra`, the scenario's own, go before the built-in
    ones where both would have the same characters. Raises re.error if a pattern of `extra` is none."""
    if extra:
        return iter(_with_own(text, tuple(extra.items())))
    return _built_in(text)


def whose(token: Token) -> Identity:
    """Which identity a token bears the value of; only of tokens that do."""
    assert token.identified is not None
    return token.identified.identity


def line_of(text: str, extra: Mapping[str, TokenRule] | None = None, fixed: Container[Identity] = frozenset()) -> Line:
    """One line, without its line end, read for comparison. `fixed`: identities that are fixed text."""
    pieces: list[str] = []
    identities: list[Token] = []
    at = 0
    for token in scan(text, extra):
        if fixed and token.identified and token.identified.identity in fixed:
            continue
        form = token.identified.form if token.identified else token.name
        pieces += (text[at : token.start], "\0", form, "\0")  # NUL: no text that a person saw holds one
        at = token.end
        if token.identified:
            identities.append(token)
    pieces.append(text[at:])
    return Line(text, "".join(pieces), tuple(identities))


def identities_in(text: str, extra: Mapping[str, TokenRule] | None = None) -> set[Identity]:
    """The identities that a text names; of a MAC, that of its solicited-node group too. All else that
    derives from a MAC has the MAC's own."""
    named = {token.identified.identity for token in scan(text, extra) if token.identified}
    return named | {("mac tail", key[9:]) for space, key in named if space == "MAC"}


_GROUP = re.compile(r"(?<!\\)\((?!\?)")


# Compiled when the first text is scanned: 7 ms that most short runs do not need.
@cache
def _combined() -> re.Pattern[str]:
    inside: list[str] = []
    others: list[str] = []
    for number, token_class in enumerate(CLASSES):
        # The value's group gets the name, so that a pattern still begins with its literal text, which the
        # engine passes over quickly.
        pattern, named = _GROUP.subn(f"(?P<t{number}>", token_class.pattern)
        assert named == 1, token_class.name
        (inside if pattern.startswith(r"\b") else others).append(pattern.removeprefix(r"\b"))
    return re.compile("|".join((rf"\b(?=\w)(?:{'|'.join(inside)})", *others)), re.MULTILINE)


@cache
def _within(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_BY_GROUP: dict[str, TokenClass] = {f"t{n}": c for n, c in enumerate(CLASSES)}


def _built_in(text: str) -> Iterator[Token]:
    for match in _combined().finditer(text):
        group = match.lastgroup or ""
        token_class = _BY_GROUP[group]
        value = match[group]
        start, end = match.span(group)
        if token_class.within is not None:
            begin = text.rfind("\n", 0, start) + 1
            stop = text.find("\n", end)
            if not _within(token_class.within).search(text, begin, len(text) if stop < 0 else stop):
                continue
        if token_class.identify is None:
            yield Token(token_class.name, token_class.kind, value, start, end)
        elif identified := token_class.identify(value):
            yield Token(token_class.name, token_class.kind, value, start, end, identified)


@lru_cache(maxsize=64)
def _own(rules: tuple[tuple[str, TokenRule], ...]) -> tuple[tuple[str, Kind, re.Pattern[str]], ...]:
    return tuple((name, rule.kind, re.compile(rule.matches, re.MULTILINE)) for name, rule in rules)


def _with_own(text: str, rules: tuple[tuple[str, TokenRule], ...]) -> list[Token]:
    # One pass each: an author's groups and back-references would not survive being put into one pattern.
    found: list[Token] = []
    for name, kind, pattern in _own(rules):
        for match in pattern.finditer(text):
            group = 1 if pattern.groups and match[1] is not None else 0
            start, end = match.span(group)
            if start < end:
                identified = Identified(name, f"own {name}", match[group]) if kind == "identity" else None
                found.append(Token(name, kind, match[group], start, end, identified))
    # The sort is stable: of two that begin together, the rule that was written first has it.
    own = _apart(sorted(found, key=_start))
    return _apart(sorted([*own, *_built_in(text)], key=_start), frozenset(own))


def _start(token: Token) -> int:
    return token.start


def _apart(tokens: list[Token], first: frozenset[Token] = frozenset()) -> list[Token]:
    """Of tokens that overlap, the one in `first`, else the earlier."""
    kept: list[Token] = []
    for token in tokens:
        while kept and token.start < kept[-1].end and token in first and kept[-1] not in first:
            kept.pop()
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept

"""Identities, measures, and the equivalence of two texts up to renaming (contract C4)."""

from replayer.tokens.blocks import Difference, Match, match_block
from replayer.tokens.classes import CLASSES, Identified, Identity, Kind, TokenClass
from replayer.tokens.renaming import Renaming
from replayer.tokens.scanning import Line, Token, identities_in, line_of, scan, whose

__all__ = [
    "CLASSES",
    "Difference",
    "Identified",
    "Identity",
    "Kind",
    "Line",
    "Match",
    "Renaming",
    "Token",
    "TokenClass",
    "identities_in",
    "line_of",
    "match_block",
    "scan",
    "whose",
]

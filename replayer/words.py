"""The outcome words that every scenario has."""

REACHABLE = "通"
UNREACHABLE = "不通"
# How an author may write them too.
ALIASES = {"reachable": REACHABLE, "unreachable": UNREACHABLE}
# Their sense is fixed (C1): a scenario cannot give them another.
OUTCOME_WORDS = (REACHABLE, UNREACHABLE, *ALIASES)

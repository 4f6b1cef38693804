"""The outcome words that every scenario has."""

REACHABLE = "通"
UNREACHABLE = "不通"
# How an author may write them too.
ALIASES = {"reachable": REACHABLE, "unreachable": UNREACHABLE}
OUTCOME_WORDS = (REACHABLE, UNREACHABLE, *ALIASES)

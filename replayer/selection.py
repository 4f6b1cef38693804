"""Which plans a call means: `-k 'vepa and not source'`, `--tags`, `--skip-tags`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from replayer.plan import Plan
from replayer.project import UsageError

WORD = re.compile(r"\s*(\(|\)|[^\s()]+)")
MOST_WORDS = 200
OPERATORS = {"and", "or", "not", "(", ")"}


def expression(text: str, holds: Callable[[str], bool]) -> bool:
    """Evaluate words joined by and, or, not and parentheses; raises UsageError if it cannot be read.

    Grammar: or := and {'or' and}; and := not {'and' not}; not := 'not' not | '(' or ')' | word.
    """
    words = WORD.findall(text)
    if len(words) > MOST_WORDS:
        raise UsageError(f"an expression of more than {MOST_WORDS} words; make it shorter")
    if not words:
        return True
    place = 0

    def peek() -> str | None:
        return words[place] if place < len(words) else None

    def take() -> str:
        nonlocal place
        word = peek()
        if word is None:
            raise UsageError(f"{text!r} ends too early; write for example 'vepa and not source'")
        place += 1
        return word

    def either() -> bool:
        value = both()
        while peek() == "or":
            take()
            other = both()
            value = value or other
        return value

    def both() -> bool:
        value = one()
        while peek() == "and":
            take()
            other = one()
            value = value and other
        return value

    def one() -> bool:
        word = take()
        if word == "not":
            return not one()
        if word == "(":
            value = either()
            if take() != ")":
                raise UsageError(f"{text!r} lacks a closing parenthesis")
            return value
        if word in OPERATORS:
            raise UsageError(f"{text!r} cannot be read at {word!r}; write for example 'vepa and not source'")
        return holds(word)

    value = either()
    if peek() is not None:
        raise UsageError(f"{text!r} cannot be read at {peek()!r}; join words by 'and' or 'or'")
    return value


def selected(plan: Plan, keyword: str = "", tags: str = "") -> bool:
    """Whether a plan's name holds the keyword expression and its tags the tag expression."""
    name = plan.name.lower()
    return expression(keyword, lambda word: word.lower() in name) and expression(tags, plan.tags.__contains__)


def without(plan: Plan, skip_tags: str) -> Plan | None:
    """The plan less its steps with tags that the expression names; None if the plan itself has them."""
    if not skip_tags:
        return plan
    if expression(skip_tags, plan.tags.__contains__):
        return None
    steps = [s for s in plan.steps if not (s.tags and expression(skip_tags, s.tags.__contains__))]
    if len(steps) == len(plan.steps):
        return plan
    return replace(plan, steps=tuple(replace(s, index=i) for i, s in enumerate(steps)))


def shard(plans: Sequence[Plan], text: str) -> list[Plan]:
    """Part i of n ('2/3'): every n-th plan, so that all parts together are all plans. Raises UsageError."""
    match = re.fullmatch(r"(\d+)/(\d+)", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise UsageError(f"--shard: {text!r} is not known; write for example 1/3, 2/3, 3/3")
    return list(plans[int(match[1]) - 1 :: int(match[2])])

"""What the words around a command say of it: beside it, after it, before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replayer.claims.directed import (
    SENTENCES,
    STEPS,
    WITHIN,
    Items,
    heads,
    last_sentence,
    leads,
    points_down,
    stands_above,
)
from replayer.claims.stated import Concerns, own_outcome, stated
from replayer.claims.statistics import probes
from replayer.claims.suppositions import of_next, of_now
from replayer.claims.topics import tells_both
from replayer.claims.words import outcomes_said, rejoices, says_no, wants_none
from replayer.sources.session import Claim, Command, Item, Left, Remark, Stopped
from replayer.words import REACHABLE

# No remark that only says where the next command is typed is longer.
_LABEL = 60
# Commands that are listed together have no more lines between them.
_TOGETHER = 3
# Nobody lists more of them, and nobody counts further.
_RUN = 24
_MOST_LISTED = 8
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_ALL = re.compile(
    r"\b(?:all|both|every|each|either|neither|none|pings|they|these commands)\b|"
    r"都|均|两|全部|互相|相互|どちらも|全て|すべて|모두|둘 다|"
    r"\b(?:все|оба|обе|tous|toutes|"
    r"les deux|tout le monde|todos|todas|ambos|ambas|los dos|las dos|alle|beide|tất cả|cả hai|everybody|everyone)\b|"
    r"\bdos lados\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"\b(?:it|this|that|first|ping|il|ça|esto?|es|dies(?:er)?|nó)\b|它|这|これ|それ|이것|это", re.IGNORECASE
)
# Which of several: their number, -1 for the last.
_WHICH = tuple(
    (number, re.compile(words, re.IGNORECASE))
    for number, words in (
        (1, r"\b(?:first|former|premi[eè]re?|primer[oa]?|erste[rsn]?)\b|перв|第一|最初|1つ目|一つ目|첫|đầu tiên"),
        (2, r"\b(?:second|latter|deuxième|segund[oa]|zweite[rsn]?)\b|втор|第二|2つ目|二つ目|두 번째|thứ hai"),
        (3, r"\b(?:third|troisième|tercer[oa]?|dritte[rsn]?)\b|трет|第三|3つ目|三つ目|세 번째|thứ ba"),
        (-1, r"\b(?:last|dernière?|últim[oa]|letzte[rsn]?)\b|послед|最后|最後|마지막|cuối cùng"),
    )
)


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is said around a command: claims of an outcome, and the remarks themselves.

    `torn`: a line where both outcomes are stated.
    """

    beside: Claim | None = None  # on its own line, or in a comment directly below it
    introduced: Claim | None = None  # by a heading, by words before a colon, by a comment directly above it
    after: Claim | None = None
    before: Claim | None = None
    torn: int = 0
    remarks: tuple[Remark, ...] = ()  # beside, below and above, the nearest first
    line: int = 0  # the command's


def nearby(items: Items, begin: int, end: int, concerns: Concerns) -> Nearby:
    """What is said around the command at `begin`, which ended at `end`."""
    command = items[begin]
    assert isinstance(command, Command)
    below, remark = _next(items, end)
    place, trailing = _next(items, begin)
    own = trailing if trailing is not None and trailing.line == command.line else None
    if own is not None and remark is own:
        below, remark = _next(items, place)
    earlier = _before(items, begin)
    if not probes(command.text):
        around = (one for one in (own, remark, earlier) if one is not None and (one.level == 0 or one is earlier))
        return Nearby(remarks=tuple(around), line=command.line)
    beside = after = None
    torn = 0
    concerns = _which(items, begin, concerns)
    if own is not None:
        beside, torn = stated(own, command.text, True, concerns)
    if end > begin and trailing is not None and trailing.level == 0 and outcomes_said(trailing.text[:WITHIN]):
        below, remark = place, trailing  # said while it went on
    if remark is not None:
        remark = _of_above(items, below, remark)
    directly = remark
    if remark is None or not outcomes_said(remark.text[:WITHIN]):
        remark = _of_all(items, end)
    if remark is not None and remark.level == 0:
        after, torn_after = stated(_now(remark), command.text, False, concerns)
        torn = torn or torn_after
    introduced = _introduced(items, begin, concerns)
    before = None if earlier is None or torn else stated(earlier, command.text, False, concerns)[0]
    if after is not None and before is not None and after.value != before.value and leads(items, below):
        after = None  # it was told above; the opposite is of what follows
    before = before or _turned(items, begin, concerns) or _named(items, begin, concerns)
    if not (beside or introduced or after or before or torn) and directly is not None and rejoices(directly.text):
        told = next((one for one in reversed(items[max(0, begin - STEPS) : begin]) if isinstance(one, Remark)), None)
        if told is None or not wants_none(told.text):
            after = Claim("outcome", directly.line, REACHABLE, why=directly.text.strip())
    around = (one for one in (own, directly, earlier) if one is not None and (one.level == 0 or one is earlier))
    return Nearby(beside, introduced, after, before, torn, tuple(around), command.line)


def _now(remark: Remark) -> Remark:
    """What a remark says of what has just been shown."""
    text = remark.text[:WITHIN]
    return Remark(of_now(text, says_no) if outcomes_said(text) else text, remark.line)


def _next(items: Sequence[Item], at: int) -> tuple[int, Remark | None]:
    """The remark that follows an item, and its place."""
    for place, item in enumerate(items[at + 1 : at + 3], at + 1):
        if isinstance(item, Remark):
            return place, item
        if not isinstance(item, (Stopped, Left)):
            break
    return at, None


def _of_above(items: Items, place: int, remark: Remark) -> Remark | None:
    """What of a remark tells of the command above it: not what introduces a command that asks, below."""
    if not leads(items, place):
        return remark
    if remark.level or not points_down(remark.text):
        return None if remark.level or stands_above(items, place) else remark
    earlier = remark.text[: remark.text.rfind(last_sentence(remark.text))]
    return Remark(earlier, remark.line) if earlier.strip() else None


def _of_all(items: Items, at: int) -> Remark | None:
    """The remark below the last of several commands that ask, if it tells of all of them. Between them may stand
    remarks that say nothing of an outcome: labels ("from ns2:")."""
    asked = between = False
    command = items[at]
    addresses = set(_ADDRESS.findall(command.text)) if isinstance(command, Command) else set()
    for place, item in enumerate(items[at + 1 : at + 12], at + 1):
        if isinstance(item, Remark):
            if outcomes_said(item.text[:WITHIN]):
                if item.level or (leads(items, place) and (points_down(item.text) or heads(items, place))):
                    return None
                text = item.text[:WITHIN]
                if any(words.search(text) for _, words in _WHICH):
                    return item if asked else None
                picks = _ALL.search(text) or tells_both(text) or set(_ADDRESS.findall(text)) & addresses
                return item if asked and picks and not between else None
            if len(item.text) > _LABEL:
                return None
        if isinstance(item, Command):
            if item.claims:
                return None
            between = between or not probes(item.text)
            asked = asked or probes(item.text)
    return None


def _introduced(items: Items, at: int, concerns: Concerns) -> Claim | None:
    """What a heading, words before a colon, or a comment directly above say of a command, or of the last of a few."""
    command = items[at]
    assert isinstance(command, Command)
    asked = passed = False
    for place in range(at - 1, max(-1, at - 2 - STEPS), -1):
        item = items[place]
        if isinstance(item, Command):
            asked = asked or probes(item.text)
        if not isinstance(item, Remark) or item.line == items[place - 1].line:
            continue
        if asked and not _ALL.search(item.text):
            return None
        if item.level:
            return stated(item, command.text, False, concerns)[0]
        if passed:  # a heading may stand above one paragraph
            continue
        if points_down(item.text):
            last = last_sentence(item.text)
            row = item.text[: item.text.rfind(last)].count("\n")
            said, _ = stated(Remark(last, item.line + row), command.text, False, concerns)
        elif stands_above(items, place):
            said, _ = stated(item, command.text, False, concerns)
        else:
            return None
        if said is not None or outcomes_said(item.text):
            return said
        passed = True
    return None


def _before(items: Sequence[Item], at: int) -> Remark | None:
    """The remark above a command, or above the commands directly before it that ask too and show nothing; none if it
    follows a command that asked, for then it tells of that one."""
    line = items[at].line
    for place in range(at - 1, max(-1, at - 8), -1):
        item = items[place]
        above = items[place - 1] if place else None
        if isinstance(item, Remark):
            told = isinstance(above, Command) and probes(above.text)
            of_one = place < at - 1 and _OF_ONE.search(item.text[:WITHIN])
            return None if told or of_one or isinstance(above, Stopped) else item
        if isinstance(item, Stopped) and not item.claims:
            continue
        if not isinstance(item, Command) or item.claims or not probes(item.text) or line - item.line > _TOGETHER:
            return None
        line = item.line
    return None


def _which(items: Sequence[Item], at: int, concerns: Concerns) -> Concerns:
    """`concerns` that also knows which of several commands, listed together, `the first` and `the last` are."""
    above, below = _listed(items, at, -1), _listed(items, at, 1)
    if not above and not below:
        return concerns

    def one(clause: str) -> bool | None:
        said = [number for number, words in _WHICH if words.search(clause)]
        if not said:
            return concerns(clause)
        return any(number == above + 1 or (number == -1 and not below) for number in said) and concerns(clause)

    return one


def _listed(items: Sequence[Item], at: int, step: int) -> int:
    """How many commands that ask stand directly above (-1) or below (1) a command, listed together with it."""
    count, line = 0, items[at].line
    end = min(len(items), at + _RUN + 1) if step > 0 else max(-1, at - _RUN - 1)
    for place in range(at + step, end, step):
        item = items[place]
        if isinstance(item, Command) and probes(item.text) and abs(item.line - line) <= _TOGETHER:
            count, line = count + 1, item.line
        elif isinstance(item, Command) and abs(item.line - line) <= _TOGETHER:
            line = item.line
        elif not isinstance(item, Stopped) and not (isinstance(item, Remark) and item.line == line):
            break
    return min(count, _MOST_LISTED)


def _named(items: Sequence[Item], at: int, concerns: Concerns) -> Claim | None:
    """What the remark directly above says of a command by the names in it, whatever it says of the one above."""
    remark = items[at - 1] if at else None
    command = items[at]
    assert isinstance(command, Command)
    if not isinstance(remark, Remark):
        return None
    return stated(remark, command.text, False, lambda clause: concerns(clause) is True or False)[0]


def _turned(items: Items, at: int, concerns: Concerns) -> Claim | None:
    """What is said between two commands that ask, where the first is known to have shown the opposite."""
    command = items[at]
    assert isinstance(command, Command)
    remark = None
    for place in range(at - 1, max(-1, at - 2 - STEPS), -1):
        item = items[place]
        if isinstance(item, Remark):
            if remark is not None:
                return None
            remark = item
        elif isinstance(item, Command) and probes(item.text):
            known = _known(items, place, concerns)
            if remark is None or not known:
                return None
            made = Remark(of_next(remark.text[:WITHIN]), remark.line)
            sentences = [sentence for sentence in SENTENCES.split(made.text) if outcomes_said(sentence)]
            if len(sentences) > 1 and items[at - 1] is remark and own_outcome(item):
                # The first is of what the output above has shown, the last of what follows.
                return stated(Remark(sentences[-1], remark.line), command.text, False, concerns)[0]
            said, _ = stated(made, command.text, False, concerns)
            return said if said is not None and said.value != known else None
    return None


def _known(items: Items, at: int, concerns: Concerns) -> str:
    """The outcome that a command's own output shows, or that introduces it; "" if neither."""
    command = items[at]
    assert isinstance(command, Command)
    if word := own_outcome(command):
        return word
    said = _introduced(items, at, concerns)
    above = _before(items, at) if said is None else None
    if above is not None:
        said, _ = stated(above, command.text, False, concerns)
    return said.value if said is not None else ""

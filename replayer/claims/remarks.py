"""What the words around a command say of it: beside it, after it, before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replayer.claims.statistics import probes
from replayer.claims.words import outcomes_said
from replayer.sources.session import Claim, Command, Item, Left, Remark, Stopped

# How many characters of a paragraph may tell of the command above it.
_WITHIN = 220
_ABOUT = re.compile(
    r"ping|пинг|핑|通|连|reach|connect|communicat|work|respon|répon|antwort|erreich|kết nối|liên lạc|疎|接続|통신|"
    r"연결|связ|доступ|"
    r"answer|reply|fail|succe|失败|成功|失敗|실패|성공|curl|访问|traffic|packet|回|joign|conect|conex|comunic",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")


_ALL = re.compile(
    r"\b(?:all|both|every|each|either|neither|none)\b|都|均|两|全部|互相|相互|どちらも|全て|すべて|모두|둘 다|"
    r"\b(?:все|оба|обе|tous|toutes|"
    r"les deux|todos|todas|ambos|alle|beide|tất cả|cả hai)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Claims in words. `torn`: a line where both outcomes are stated."""

    beside: Claim | None = None  # on its own line, or in a comment directly below it
    after: Claim | None = None
    before: Claim | None = None
    torn: int = 0


def nearby(items: Sequence[Item], begin: int, end: int) -> Nearby:
    """What is said around the command at `begin`, which ended at `end`."""
    command = items[begin]
    assert isinstance(command, Command)
    beside = after = before = None
    torn = 0
    _, remark = _next(items, end)
    place, trailing = _next(items, begin)
    if trailing is not None and trailing.line == command.line:
        beside, torn = _claim(trailing, command.text, whole=True)
        remark = _next(items, place)[1] if remark is trailing else remark
    if remark is None:
        remark = _of_all(items, end)
    if remark is not None and remark.level == 0:
        after, torn_after = _claim(remark, command.text, whole=False)
        torn = torn or torn_after
    earlier = _before(items, begin)
    if earlier is not None and not torn:
        before, _ = _claim(earlier, command.text, whole=False)
    return Nearby(beside, after, before, torn)


def _next(items: Sequence[Item], at: int) -> tuple[int, Remark | None]:
    """The remark that follows an item, and its place."""
    for place, item in enumerate(items[at + 1 : at + 3], at + 1):
        if isinstance(item, Remark):
            return place, item
        if not isinstance(item, (Stopped, Left)):
            break
    return at, None


def _of_all(items: Sequence[Item], at: int) -> Remark | None:
    """The remark below the last of several commands that ask, if it tells of all of them."""
    for item in items[at + 1 : at + 12]:
        if isinstance(item, Remark) and item.level == 0:
            return item if _ALL.search(item.text[:_WITHIN]) and outcomes_said(item.text[:_WITHIN]) else None
        if isinstance(item, Command) and (not probes(item.text) or item.claims):
            return None
    return None


def _before(items: Sequence[Item], at: int) -> Remark | None:
    """The remark directly above a command, unless another command that asks stands between it and the next such one."""
    for place in range(at - 1, max(-1, at - 5), -1):
        item = items[place]
        if isinstance(item, Remark):
            # It follows a command that asked: it tells of that one.
            above = items[place - 1] if place else None
            told = isinstance(above, Command) and probes(above.text)
            return None if told or isinstance(above, Stopped) else item
        if isinstance(item, Command):
            return None
    return None


def _claim(remark: Remark, command: str, whole: bool) -> tuple[Claim | None, int]:
    """The one outcome that a remark states, or the line where it states two."""
    text = remark.text[:_WITHIN]
    said = outcomes_said(text)
    if not whole:
        said = [one for one in said if _ABOUT.search(one.clause) or len(one.clause) < 30]
    asked = set(_ADDRESS.findall(command))
    named = {address for one in said for address in _ADDRESS.findall(one.clause)}
    if asked & named:
        said = [one for one in said if asked & set(_ADDRESS.findall(one.clause))]
    elif asked and named:
        said = [one for one in said if not _ADDRESS.search(one.clause)]
    words = {one.word for one in said}
    if len(words) != 1:
        return None, remark.line if words else 0
    line = remark.line + remark.text[: remark.text.find(said[0].clause)].count("\n")
    return Claim("outcome", line, said[0].word, why=said[0].clause), 0

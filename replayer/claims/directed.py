"""Does a remark tell of the command above it, or of what stands below?"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from replayer.claims.statistics import probes
from replayer.claims.words import is_open, outcomes_said
from replayer.sources.session import Claim, Command, Item, Remark, Stopped

# How many characters of a paragraph may tell of the command above it.
WITHIN = 220
# How many commands may stand between words that introduce and the command that asks.
STEPS = 8
# How many items back a run of comments and commands without an empty line is looked at.
_RUN = 40
# How many items up and down a section is looked at.
_SECTION = 40
# What introduces what follows it, signs and arrows below it included.
_COLON = re.compile(r"(?:[:：]+|…|\.{3})[\s*_`)）】」👇⬇↓️]*$")
# Words for what comes next.
_NEXT = re.compile(
    r"\b(?:the )?(?:next|following) (?:one|ping|command|attempt|try|time)\b|"
    r"次(?:は|の|に)|下面|接下来|下一|以下の|다음(?:은|의|에는)|"
    r"\bследующ|\b(?:suivante?|siguiente)\b|\b(?:nächst|folgend)e|\b(?:tiếp theo|sau đây)\b",
    re.IGNORECASE,
)
# Words of a step that is taken.
_STEP = re.compile(
    r"\b(?:with(?:out)?|once|after|now that|when|as soon as|cut\w*|remov\w+|add\w*|set\w*|enabl\w+|disabl\w+|tak\w+|"
    r"bring\w*|mov\w+|turn\w*|switch\w*|unplug\w*|plug\w*|delet\w+|replac\w+|chang\w+|restor\w+|open\w*|clos\w+)\b|"
    r"\b(?:avec|sans|une fois|après|dès)\b|\b\w{3,}ons(?:-l\w+)?\b|"
    r"\b(?:al|tras|con|sin|una vez|después)\b|\b\w{3,}[aei]mos\b|"
    r"\b(?:wird|werden|nach|mit|ohne|sobald)\b|\b(?:springt|schalten|ziehen|trennen) \w+|"
    r"\b(?:после|с|без|если)\b|\b\w{3,}(?:ем|им)\b|"
    r"\b(?:thì|sau khi|khi|ngắt|thêm|bật|tắt|gỡ|nối|cắm|rút)\b|"
    r"[把将改加删关开换]|以后|之后|すると|したら|した後|ると[、,]|たら[、,]|면[ ,]|[은한린] (?:뒤|후)",
    re.IGNORECASE,
)
# It begins with the step: nobody orders what is done.
_ORDER = re.compile(
    r"\W*(?:now |then |finally |next,? )?(?:let us |let['’]s |we (?:now )?)?(?:bring|add|remove|set|enable|disable|"
    r"take|move|"
    r"turn|switch|unplug|plug|delete|replace|change|restore|open|close|put|cut|stop)\b|"
    r"\W*\w{3,}ons(?:-l\w+)?\b|\W*(?:ahora )?\w{3,}[aei]mos\b|\W*(?:nun |jetzt )?(?:wir \w+|\w+en wir)\b|"
    r"\W*(?:теперь )?\w{3,}(?:аем|яем|уем|им)\b|\W*(?:bật|tắt|gỡ|nối|cắm|rút|thêm|ngắt)\b|"
    r"\W*(?:现在|再|然后)?(?:把|将|恢复|添加|删除|打开|关闭|断开)(?!.*后)",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
# A sentence is not shorter; and words that call for what stands below.
_SENTENCE = 25
_CALLS = re.compile(
    r"\W*(?:(?:now|then|next|first|and|so|finally)\W+)*(?:ping|run|execute|use|do|send|start|type|see|look)\b|"
    r"(?:从|用|执行|运行|现在|接着|然后)",
    re.IGNORECASE,
)


@lru_cache(2_000)  # each remark is asked about by the commands around it
def points_down(text: str) -> bool:
    """Whether a remark introduces what stands below it."""
    return bool(_COLON.search(text[-WITHIN:]) or _NEXT.search(last_sentence(text)))


class Items(tuple[Item, ...]):
    """The items of a session while its claims are read. They are no others' equals, so that what was found out about
    them can be kept."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def last_sentence(text: str) -> str:
    """The last sentence of a text; all of it if it has no others."""
    return next((sentence for sentence in reversed(SENTENCES.split(text)) if sentence.strip()), text)


def leads(items: Sequence[Item], place: int) -> bool:
    """Whether a command that asks follows, before anything else is said."""
    for item in items[place + 1 : place + 2 + STEPS]:
        if isinstance(item, Remark):
            return False
        if isinstance(item, Command) and probes(item.text):
            return True
    return False


def stands_above(items: Items, place: int) -> bool:
    """Whether a remark tells of what stands below it, though it does not point there."""
    return heads(items, place) or all_above(items, place) or acts(items, place)


def heads(items: Sequence[Item], place: int) -> bool:
    """Whether a remark is a comment on the line above a command, and below none, or where all of them stand so."""
    remark = items[place]
    after = items[place + 1] if place + 1 < len(items) else None
    if not isinstance(after, Command) or after.line != remark.line + 1:
        return False
    first = place
    while first > max(0, place - _RUN) and _touch(items[first - 1], items[first]):
        first -= 1
    return isinstance(items[first], Remark)


@lru_cache(2_000)  # each remark is asked about by the commands around it
def all_above(items: Items, place: int) -> bool:
    """Whether what is said in a section stands above what it is said of: above the first command that asks something is
    stated, and nothing below the last."""
    begin, end = place, place + 1
    while begin > max(0, place - _SECTION) and not _is_heading(items[begin - 1]):
        begin -= 1
    while end < min(len(items), place + _SECTION) and not _is_heading(items[end]):
        end += 1
    asking = [
        at
        for at in range(begin, end)
        if isinstance(one := items[at], Command) and probes(one.text) and not _is_told_beside(items, at)
    ]
    if len(asking) < 2:
        return False
    said = [at for at in range(begin, end) if isinstance(one := items[at], Remark) and not _is_beside(items, at)]
    first = next((at for at in reversed(said) if at < asking[0]), None)
    last = next((at for at in said if at > asking[-1]), None)
    # Whoever introduces with a colon means what is above where there is none.
    opens = items[first] if first is not None else None
    if not isinstance(opens, Remark) or points_down(opens.text):
        return False
    if _states(opens):
        return last is None or not _states(items[last])
    # Words that nobody knows may state something too, where every command has some above, and the last none below.
    gaps = pairwise([begin, *asking])
    each = all(bisect_right(said, above) < bisect_left(said, below) for above, below in gaps if above != begin)
    shown = any(claim.kind == "output" for at in asking for claim in _claims_of(items[at]))
    return last is None and each and not shown and _declares(opens.text)


def acts(items: Sequence[Item], place: int, depth: int = _RUN) -> bool:
    """Whether a remark between two commands that ask tells of a step, which the commands below it take, and of what
    comes of it: one sentence, where the command above has words of its own, and nothing was done between."""
    remark, above = items[place], _asking_above(items, place)
    if not isinstance(remark, Remark) or above is None or not depth:
        return False
    text = remark.text.strip()
    if len(text) > WITHIN or len(SENTENCES.split(text)) > (2 if text.endswith(("。", "！")) else 1):
        return False
    if not (_STEP.search(text) and _does(items, place) and outcomes_said(text)):
        return False
    if _ORDER.match(text):
        return True
    done = False
    for at in range(above - 1, max(-1, above - 2 - STEPS), -1):
        item = items[at]
        if isinstance(item, Remark):
            told = points_down(item.text) or _declares(item.text)
            return acts(items, at, depth - 1) or (not item.level and not done and told)
        done = done or (isinstance(item, Command) and not probes(item.text))
    return False


def _asking_above(items: Sequence[Item], place: int) -> int | None:
    """The command that asks directly above a remark."""
    at = place - 1
    while at >= 0 and isinstance(items[at], Stopped):
        at -= 1
    item = items[at] if at >= 0 else None
    return at if isinstance(item, Command) and probes(item.text) else None


def _does(items: Sequence[Item], place: int) -> bool:
    """Whether a command that asks nothing follows, and then one that asks."""
    for at, item in enumerate(items[place + 1 : place + 2 + STEPS]):
        if isinstance(item, Remark):
            return False
        if isinstance(item, Command) and probes(item.text):
            return at > 0
    return False


def _claims_of(item: Item) -> tuple[Claim, ...]:
    return item.claims if isinstance(item, Command) else ()


@lru_cache(2_000)  # each remark is asked about by the commands around it
def _declares(text: str) -> bool:
    """Whether words are a sentence of how things are: no short call to do something, no question, no purpose."""
    wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
    return wide >= _SENTENCE and not is_open(text) and not _CALLS.match(text)


def _is_heading(item: Item) -> bool:
    return isinstance(item, Remark) and item.level > 0


def _is_beside(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].line == items[at].line


def _is_told_beside(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and isinstance(items[at + 1], Remark) and items[at + 1].line == items[at].line


def _states(item: Item) -> bool:
    return isinstance(item, Remark) and bool(outcomes_said(item.text[:WITHIN]))


def _touch(item: Item, below: Item) -> bool:
    """Whether an item ends on the line above another."""
    rows = item.text.count("\n") if isinstance(item, (Command, Remark)) else 0
    return not isinstance(item, Stopped) and item.line + rows + 1 == below.line

"""The outcome that one remark states of a command, and the one that a command's own output shows."""

import re
from collections.abc import Callable

from replayer.claims.directed import WITHIN
from replayer.claims.statistics import outcome_shown
from replayer.claims.words import outcomes_said
from replayer.sources.session import Claim, Command, Remark

# A clause of so many columns tells of the command beside it, whatever else it names.
_SHORT = 100
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\uffdf]")
_ABOUT = re.compile(
    r"ping|пинг|핑|通|连|reach|connect|communicat|work|respon|répon|antwort|erreich|kết nối|liên lạc|疎|接続|통신|"
    r"연결|связ|доступ|"
    r"answer|reply|fail|succe|失败|成功|失敗|실패|성공|curl|访问|traffic|packet|回|joign|joind|conect|conex|comunic|"
    r"alcanz|lleg|funcion|fonction|passe|voi|flow|first|second|last|общ|ид[уё]т|появ|пропад|届|返|funktion|klapp|"
    r"\bgeht?\b|nicht|видят|видит",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
# Whether a clause is about a command, by the names in it; None if it may be.
Concerns = Callable[[str], bool | None]


def stated(remark: Remark, command: str, whole: bool, concerns: Concerns) -> tuple[Claim | None, int]:
    """The one outcome that a remark states, or the line where it states two."""
    text = remark.text[:WITHIN]
    said = [one for one in outcomes_said(text) if concerns(one.clause) is not False]
    if not whole:
        said = [one for one in said if _columns(one.clause) < _SHORT or _ABOUT.search(one.clause)]
    asked = set(_ADDRESS.findall(command))
    named = {address for one in said for address in _ADDRESS.findall(one.clause)}
    if asked & named:
        said = [one for one in said if asked & set(_ADDRESS.findall(one.clause))]
    elif asked and named:
        said = [one for one in said if not _ADDRESS.search(one.clause)]
    if whole:  # the verdict stands first, then its reason
        said = said[:1]
    words = {one.word for one in said}
    if len(words) != 1:
        return None, remark.line if words else 0
    return Claim("outcome", line_within(remark, said[0].clause), said[0].word, why=said[0].clause), 0


def _columns(clause: str) -> int:
    return len(clause) + len(_WIDE.findall(clause))


def line_within(remark: Remark, words: str) -> int:
    """The line of a remark where some of its words stand."""
    return remark.line + remark.text[: max(0, remark.text.find(words))].count("\n")


def own_outcome(command: Command) -> str:
    """The outcome that a command's own output shows; "" if none."""
    outputs = [claim for claim in command.claims if claim.kind == "output"]
    return next((word for one in outputs if (word := outcome_shown(command.text, list(one.lines))[0])), "")

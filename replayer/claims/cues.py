"""What no phrase tells: an answer that is said to come, or packets that are said to return, and whether it is denied.

A last resort, on short clauses: a noun, a verb and perhaps a word that denies, in the same language.
"""

import re
from dataclasses import dataclass

from replayer.words import REACHABLE, UNREACHABLE

# Clauses that are longer explain.
_LONGEST = 80
# What denies a verb stands no farther from it.
_NEAR = 24


@dataclass(frozen=True, slots=True)
class _Language:
    """`answers` come if anything of `comes` is said of them, `packets` only if they return. `no` may deny it; `behind`:
    only where it stands behind the noun."""

    answers: re.Pattern[str]
    packets: re.Pattern[str]
    comes: re.Pattern[str]
    returns: re.Pattern[str]
    no: re.Pattern[str]
    behind: bool = False


def _language(answers: str, packets: str, comes: str, returns: str, no: str, behind: bool = False) -> _Language:
    def compiled(words: str) -> re.Pattern[str]:
        return re.compile(words, re.IGNORECASE)

    return _Language(compiled(answers), compiled(packets), compiled(comes), compiled(returns), compiled(no), behind)


_LANGUAGES = (
    _language(
        r"\b(?:repl(?:y|ies)|answers?|responses?)\b(?!['’]s)",
        r"\b(?:packets?|pings?|requests?|datagrams?|traffic)\b",
        r"\b(?:comes?|came|coming|arriv\w+|returns?|returned|gets?|got|receiv\w+|sees?|saw|seen|shows? up|trickl\w+|"
        r"pours?)\b",
        r"\b(?:returns?|returned|(?:comes?|came|coming|gets?|makes?|made it|way|is|are) (?:\w+ )?(?:back|home|there)|"
        r"flow(?:s|ing)?|finds? (?:its|their) way|makes? it|made it|seen again|round trip)\b",
        r"\b(?:no|not|never|none|nobody|nothing|zero|neither|nor|cannot)\b|n['’]t\b",
    ),
    _language(
        r"\b(?:réponses?)\b",
        r"\b(?:paquets?|pings?|requêtes?|trames?)\b",
        r"\b(?:vien\w*|arriv\w*|revien\w*|re[cç]\w+|obt\w+|parvien\w*)\b",
        r"\b(?:revien\w*|retour\w*|aller-retour)\b",
        r"\b(?:ne|pas|plus|jamais|aucune?|rien|personne)\b|\bn['’]",
    ),
    _language(
        r"\b(?:respuestas?)\b",
        r"\b(?:paquetes?|pings?|peticion\w*|tramas?)\b",
        r"\b(?:lleg\w+|vuelv\w+|regres\w+|recib\w+|obt\w+|vien\w+|viene)\b",
        r"\b(?:vuelv\w+|regres\w+|vienen?|de vuelta)\b",
        r"\b(?:no|nunca|jamás|ning[uú]n\w*|ni|nada|nadie|tampoco)\b",
    ),
    _language(
        r"\b(?:\w*antwort(?:en)?)\b",
        r"\b(?:paket\w*|pings?|anfragen?)\b",
        r"\b(?:komm\w*|kam\w*|erh[aä]lt\w*|bekomm\w*|trifft|treffen|zurück)\b",
        r"\b(?:zurück|heim|ganze Runde|Hin- und Rückweg)\b",
        r"\b(?:nicht|kein\w*|nie|niemals|niemand|nichts)\b",
    ),
    _language(
        r"\b(?:câu trả lời|phản hồi|hồi âm|hồi đáp|lời đáp)\b",
        r"\b(?:gói(?: tin)?)\b",
        r"\b(?:đến|về|nhận|tới|thấy|có)\b",
        r"\b(?:về|quay lại|trở lại)\b",
        r"\b(?:không|chẳng|chưa|chả)\b",
    ),
    _language(
        r"\b(?:ответ\w*|отклик\w*)\b",
        r"\b(?:пакет\w*|пинг\w*|запрос\w*)\b",
        r"\b(?:при[хш]\w+|прилет\w+|верн\w+|возвращ\w+|получ\w+|дош\w+|доход\w+)\b",
        r"\b(?:верн\w+|возвращ\w+|обратно)\b",
        r"\b(?:не|нет|ни|никак\w*|никто|ничего)\b",
    ),
    _language(
        r"(?:回应|应答|回复|响应|回音|回包|反应)(?!(?:报文|包)?的)",
        r"(?:数据包|报文|包(?!括|含|装)|请求)(?!的)",
        r"收|得到|有(?=了|$)|等到|等来|来了",
        r"回来|返回|往返|来回|回得|回不",
        r"没(?!错|想)|不(?!同|少|断|过|仅|但|只|久|一|光|错)|无(?!论|需)|未(?!来)",
    ),
    _language(
        r"(?:返事|応答|返答|返信|反応)(?!の)",
        r"パケット",
        r"来|戻|届|返っ|返り|得|もらえ|あり|ある",
        r"戻|返っ|返り|帰っ|往復",
        r"ない|ません|なかっ|なく|(?<=[らけれ])ず",
        behind=True,
    ),
    _language(
        r"(?:응답|대답|답장|반응|답신|화답)(?!의)",
        r"패킷",
        r"돌아|오|왔|옵|온|받|도착|합니|한다",
        r"돌아",
        r"않|못|없|안 ",
        behind=True,
    ),
)


def hinted(clause: str) -> str:
    """The outcome that a short clause hints at; "" if it hints at none."""
    if len(clause) > _LONGEST:
        return ""
    for language in _LANGUAGES:
        noun, verb = language.answers.search(clause), language.comes
        if noun is None:
            noun, verb = language.packets.search(clause), language.returns
        if noun is not None and (told := verb.search(clause)):
            begin = max(noun.end() if language.behind else 0, told.start() - _NEAR)
            denied = language.no.search(clause, begin, told.end() + _NEAR)
            return UNREACHABLE if denied else REACHABLE
    return ""

"""Words of outcome in the languages of tutorials: does a text say that something answers, or that it does not?

What denies comes first, for most denials contain what they deny ("ping不通", "ne répond pas", "not reachable").
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from replayer.claims import figures, idioms, plain
from replayer.claims.asides import joined, without_asides
from replayer.claims.cues import hinted
from replayer.claims.negations import (
    NOT_ANSWERING,
    NOT_ANSWERING_BEYOND,
    NOT_EVEN,
    NOT_FAILING,
    NOT_FAILING_BEYOND,
    NOT_THE_WAY,
    PARTLY,
    REFUSED_BEFORE,
    REFUSED_BEHIND,
)
from replayer.claims.phrases import Phrases
from replayer.claims.suppositions import EXPECTED, SUPPOSED, TRIED
from replayer.words import REACHABLE, UNREACHABLE

# Short texts that say nothing else.
_ALONE = (
    (
        UNREACHABLE,
        r"不通|no|nope|ng|nok|ko|bad|👎|нет|non|nein|không(?: thông| được)?|×|✗|✘|❌|fail|down|unreachable|timeout|"
        r"失败|失敗|실패|"
        r"échec|fallo|thất bại|not at all|none (?:whatsoever|at all)|far from it|"
        r"not any ?more|no longer|nicht mehr|ya no|"
        r"überhaupt nicht|keineswegs|pas du tout|para nada|en absoluto|"
        r"(?:совсем|вовсе|совершенно) нет|一点也不|全然|전혀|hoàn toàn không",
    ),
    (
        REACHABLE,
        r"通|能通|可通|ok|okay|yes|yay|👍|good|pass|да|oui|sí|si|ja|được|thông|○|◯|✓|✔|✅|up|reachable|alive|成功|성공|"
        r"succès|éxito|thành công",
    ),
)
# Nothing but joy over what stands above.
_JOY = re.compile(
    r"\W*(?:perfect|excellent|great|awesome|nice|brilliant|wonderful|hoo?ray|yay|ta-?da|bingo|et voil[àa]|voil[àa]|"
    r"parfait|super|génial|perfecto|genial|estupendo|perfekt|wunderbar|prima|отлично|прекрасно|замечательно|ура|"
    r"完美|太好了|太棒了|漂亮|大功告成|完璧|やった|やりました|素晴らしい|"
    r"완벽|완벽합니다|좋습니다|성공|tuyệt vời|hoàn hảo)"
    r"(?: \W*)?[!！][\W_]*",
    re.IGNORECASE,
)
_ISOLATES = re.compile(
    r"\b(?:isolat|isolier|block|bloqu|blockier|deny|denied|refus|rechaz|prevent|unable|cannot|изол|"
    r"запре|cô lập|chặn)|"
    r"can['’]t|n['’]t\b|\bnot\b|\bno\b|隔离|拒绝|禁止|阻|不|無|遮断|隔離|拒否|ない|격리|차단|않|\bнет\b|\bне\b|\bpas\b|"
    r"\bnicht\b|\bkein|\bkhông\b",
    re.IGNORECASE,
)
# A question, a purpose, a condition: nobody says that it is so.
_OPEN = Phrases(
    (
        r"[?？]|\bin the (?:next|following) (?:part|section|step|chapter|post|article|lab)\b|"
        r"下一(?:节|章|篇|步|部分)|次の(?:章|節|記事)|다음 (?:장|글|절|단계)|"
        r"\bследующ\w+ (?:части|разделе|статье|шаге)|"
        r"\bprochaine? (?:partie|section|article|étape)|\b(?:próxim|siguiente)\w* (?:parte|sección|artículo|paso)|"
        r"\bnächste[nrm]? (?:Abschnitt|Teil|Kapitel|Schritt)|\bphần (?:sau|tiếp|tới)|"
        r"\b(?:whether|if|unless|until|check (?:that|the)|verify|verifies|let['’]?s|try|trying|tests?|testing|"
        r"make sure|ensure|"
        r"verifying|checking|validat(?:e|ing)|^(?:what|which|who)|should work with|other versions|"
        r"may|might|maybe|perhaps|possibly|after|once(?! (?:again|more)\b)|as soon as|when(?:ever)?|"
        r"in order to|so that|want to|need(?:s|ed)? to|goal|how|why|before)\b|"
        r"是否|能否|能不能|可否|通不通|测试|检查|验证|看看|尝试|试试|试着|试一下|为什么|为何|如何|怎么(?![^，。]{0,8}[都也])|需要|才能|如果|"
        r"若|为了|要想|想要|(?<!好)使得?|让|(?<!不)可能|也许|或许|"
        r"か(?:どうか|を?確認|試|調|見)|してみ|試し|確認し(?:ます|てみ|よう)|ために|[うくすつぬぶむるぐ]には|たい|"
        r"なぜ|もし|"
        r"는지|ㄴ지|인지|확인해|테스트|해보|보자|보겠|위해|려면|하려|왜|만약|"
        r"\b(?:проверим|проверяем|проверить|проверка|попробуем|попробу\w*|чтобы|если|почему|как)\b|возможно|когда|\bли\b|"
        r"\b(?:vérifions|vérifier|testons|tester|essayons|essayer|pour que|afin|pourquoi|comment)\b|peut-être|"
        r"une fois|lorsqu\w+|quand\b|\bsi (?:le|la|les|ça|tout|"
        r"on|ns)\b|"
        r"\b(?:comprobemos|comprobar|probemos|probar|verificar|verifiquemos|intentemos|para que|por qué|cómo)\b|"
        r"\bsi\s*$|quizás?|tal vez|\basegur(?:a|e|ar|arse|arnos|émonos|ate|arte)\b|\bs['’]assurer|"
        r"\bassurez|\bsicher(?:stellen|zustellen)|\bубеди(?:мся|тесь|ться)|\bđảm bảo|"
        r"cuando|una vez\b|\bsi (?:el|la|los|las|se|no|ns|todo|podemos)\b|"
        r"^si \w+|\bde ser así|\bsignificar[ií]a|\bcomprobaci|\bsimul\w+ (?:de|du|un)\b|"
        r"\b(?:prüfen|testen|versuchen|überprüfen|ob|damit(?! (?:ist|sind|war|waren|hat|haben|"
        r"kann|können|wird|werden|antworte[nt]+|funktionier(?:t|en)|klapp(?:t|en)|geht|gehen|kommt|kommen|läuft|laufen|erreich(?:t|en)|schlägt|scheitert)\b|"
        r"\s*$)|wenn|falls|sobald|vielleicht|warum|"
        r"(?<!nach )wie(?! (?:erwartet|vermutet|geplant|gehofft|man sieht|zuvor|vorher)))\b|"
        r"\b(?:kiểm tra|thử|xem|nếu|để|tại sao|hãy)\b",
    )
)
# The same in languages where it stands behind what it supposes.
_OPEN_BEHIND = re.compile(
    r"[^\s。、]{0,6}?(?:場合|なら|たら|れば|ときは|時は)|[^\s]{0,3}(?:면|경우|때는|지 (?:확인|보))|\s?(?:的话|时，)|"
    r" (?:only )?(?:if|unless)\b| only when\b"
)
# What supposes, or calls for, what a clause says, wherever it stands in it.
_SUPPOSES = re.compile(
    r"場合|なら|たら|れば|なけれ|(?:으|하|이|으)면|경우|的话|\b(?:need|no matter|wait for|expect)\b|"
    r"\b(?:absence|cas) de\b|"
    r"下一|接下来",
    re.IGNORECASE,
)
# What a text says that its reader sees, and what is none of its statements.
_SEEING = re.compile(
    r"\b(?:as )?(?:you|we|one|i) (?:can|could|will|should|may|might)(?: (?:now|also|clearly|already|then))* see\b"
    r"(?: that| how(?= (?:we|you|it|they) (?:do|does|did|can|are|is|have|get)\b))?(?! each)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r" \| |[。；！]+|(?<=[?？])\s+|[.;!\n]+(?=\s|$|[^\x00-\x7f])|[,，、](?=\s|[^\x00-\x7f])|"
    r"\b(?:but|however|while|whereas|because|since|но|однако|потому|mais|car|pero|porque|aber|denn|weil|nhưng|vì)\b|"
    r"但是?|而且?|不过|因为|"
    r"(?:ます|です|した|る|ない|ん)が|けど|しかし|(?<=[だすたるいん])から|지만|하지만|는데|때문"
)
# One clause: "3 packets transmitted, 3 received".
_SUMMED = re.compile(r"(?<=transmitted), (?=\d)")
# Who says 403 has answered.
_ANSWERED = re.compile(
    r"\b[1-5]\d\d (?:OK|Forbidden|Not Found|Unauthorized|Bad (?:Request|Gateway)|Moved|Found|Created|No Content|"
    r"Internal)"
)


_DENIED = Phrases(
    plain.DENIALS + idioms.DENIALS + figures.DENIALS,
    plain.DENIALS_BEYOND + idioms.DENIALS_BEYOND + figures.DENIALS_BEYOND,
)
_ASSENTED = Phrases(
    plain.ASSENTS + idioms.ASSENTS + figures.ASSENTS,
    plain.ASSENTS_BEYOND + idioms.ASSENTS_BEYOND + figures.ASSENTS_BEYOND,
)
_NOT_FAILING = Phrases(NOT_FAILING, NOT_FAILING_BEYOND)
_NOT_ANSWERING = Phrases(NOT_ANSWERING, NOT_ANSWERING_BEYOND)
_WHOLE = tuple(
    (
        word,
        re.compile(rf"[\W_]*(?:ping(?:ing)?\b\s*(?:结果)?[:：]?\s*)?(?:{words})[\s.!。！,，)）\]】~]*", re.IGNORECASE),
    )
    for word, words in _ALONE
)
_LONGEST_ALONE = 24
_LONGEST = 240  # of what is looked through at once
# How many characters before a word what denies it may stand.
_NEAR = 40
# `ns1 -> ns2: OK`
_LABELLED = re.compile(r"[:：]\s*([^:：]+)$")


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome that a text states, and the clause that does."""

    word: str
    clause: str


def alone(text: str) -> str:
    """The outcome of a short text that says nothing else; "" if it says something else."""
    stripped = text.strip()
    if not stripped or len(stripped) > _LONGEST_ALONE:
        return ""
    return next((word for word, pattern in _WHOLE if pattern.fullmatch(stripped)), "")


def clauses(text: str) -> list[str]:
    """The clauses of a text, in its order."""
    return [clause.strip() for clause in _CLAUSES.split(text) if clause and clause.strip()]


@lru_cache(2_000)
def said_in(clause: str) -> str:
    """The outcome that one clause states; "" if it states none, asks, or only wants it to be so."""
    clause = without_asides(clause)
    labelled = _LABELLED.search(clause)
    if word := alone(clause) or (labelled and alone(labelled[1])):
        return word
    if _ANSWERED.search(clause):
        return REACHABLE
    if PARTLY.search(clause) or NOT_THE_WAY.search(clause):
        return ""
    unfailing = _NOT_FAILING.search(clause)
    if unfailing:
        rest = f"{clause[: unfailing.start()]} … {clause[unfailing.end() :]}"
        if not _DENIED.search(rest):
            again = _refused(clause, unfailing.start())
            return "" if again or _OPEN.search(clause) or _OPEN_BEHIND.match(clause, unfailing.end()) else REACHABLE
    denied = _NOT_ANSWERING.search(clause) or _DENIED.search(clause)
    if denied and not _refused(clause, denied.start()):
        asked = clause.endswith(("?", "？")) or _OPEN_BEHIND.match(clause, denied.end())
        return "" if asked or _OPEN.search(clause[: denied.start()]) else UNREACHABLE
    assented = _ASSENTED.search(clause)
    if assented and not _OPEN.search(clause) and not _OPEN_BEHIND.match(clause, assented.end()):
        refused = _refused(clause, assented.start())
        return UNREACHABLE if refused or REFUSED_BEHIND.match(clause, assented.end()) else REACHABLE
    return ""


def _refused(clause: str, at: int) -> bool:
    """Whether what stands at a place in a clause is denied directly before it."""
    before = clause[max(0, at - _NEAR) : at]
    return bool(REFUSED_BEFORE.search(before) or NOT_EVEN.search(before))


def rejoices(text: str) -> bool:
    """Whether a text is joy over what stands above it, and nothing else: "Perfect!"."""
    return len(text) < _LONGEST_ALONE and bool(_JOY.fullmatch(text.strip()))


def wants_none(text: str) -> bool:
    """Whether words may want that something does not answer, for whoever then rejoices rejoices at that."""
    return bool(_DENIED.search(text) or _ISOLATES.search(text))


def says_no(text: str) -> bool:
    """Whether a text states somewhere that something does not answer."""
    return any(said.word == UNREACHABLE for said in _said(text))


def is_open(words: str) -> bool:
    """Whether words ask, want or suppose what follows them, rather than state it."""
    return bool(_OPEN.search(words))


def outcomes_said(text: str) -> list[Said]:
    """Every outcome that a text states, clause by clause."""
    return list(_said(text))


@lru_cache(2_000)  # each text is asked about by the commands around it
def _said(text: str) -> tuple[Said, ...]:
    told = _SUMMED.sub(" ", _SEEING.sub("", text[:_LONGEST]))
    told = EXPECTED.sub("; ", SUPPOSED.sub("; ", TRIED.sub(" ", told)))
    parts = clauses(joined(told))
    return _each(said_in, parts) or _each(_hinted, parts)


def _each(reads: Callable[[str], str], parts: Iterable[str]) -> tuple[Said, ...]:
    return tuple(Said(word, clause) for clause in parts if (word := reads(clause)))


def _hinted(clause: str) -> str:
    """The outcome that a clause hints at, in a text that states none."""
    refused = (
        PARTLY.search(clause)
        or NOT_THE_WAY.search(clause)
        or _DENIED.search(clause)
        or _NOT_FAILING.search(clause)
        or _ASSENTED.search(clause)
    )
    return "" if refused or _OPEN.search(clause) or _SUPPOSES.search(clause) else hinted(clause)

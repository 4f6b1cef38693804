"""Words of outcome in the languages of tutorials: does a text say that something answers, or that it does not?

What denies comes first, for most denials contain what they deny ("ping不通", "ne répond pas", "not reachable").
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from replayer.claims import figures, idioms
from replayer.claims.cues import hinted
from replayer.claims.negations import (
    NOT_ANSWERING,
    NOT_ANSWERING_BEYOND,
    NOT_FAILING,
    NOT_FAILING_BEYOND,
    NOT_THE_WAY,
    PARTLY,
    REFUSED_BEFORE,
    REFUSED_BEHIND,
)
from replayer.claims.suppositions import EXPECTED, SUPPOSED, TRIED
from replayer.words import REACHABLE, UNREACHABLE

# `…_BEYOND`: what needs letters beyond the Latin ones.
_DENIALS = (
    # English
    r"\bcan(?:['’]?t|not| not| no longer)(?: yet| still)?(?: be)? (?:ping|reach|communicat|connect|talk|see|access|"
    r"get|contact|work|respond|answer|repl)\w*",
    r"\b(?:unable|not able|impossible|no longer able) to (?:\w+ )?(?:ping|reach|connect|communicat|talk|see|"
    r"access|contact|get)\w*",
    r"\b(?:do|does|did|is|are|was|were|wo|will|would|should|could|has|have|must)(?:n['’]?t| not| no longer)(?: yet|"
    r" still)?"
    r"(?: be| been| able to| get| getting| an?| receive| see)*"
    r" (?:work|reach|respon[ds]|repl|answer|ping|possible|succe|connect|go|come|receiv|send|communicat|access|"
    r"any|pass|"
    r"through)\w*",
    r"\b(?:does|do|did|is|are|was|were|can|could|will|has|have)(?:n['’]?t| not)\s*(?:\([^)]*\))?\s*[.!]*$",
    r"\bno (?:reply|replies|responses?|answers?|connectivity|route|connection|communication|luck)\b",
    r"\b(?:not|never|nothing)(?: \w+)? (?:working|reachable|responding|received|answer\w*|connected|comes? back|"
    r"possible|respond\w*)",
    r"\b(?:ping\w*|communicati\w+|connecti\w+|reaching|talking)(?: \w+){0,5} (?:is|are|was|were|becomes?|remains?)"
    r" (?:\w+ )?impossible\b(?! to)",
    r"\bfail(?:s|ed|ing|ure)?\b",
    r"\b(?:un|not )reachable\b",
    r"\btim(?:es?|ed|ing)[- ]?outs?\b",
    r"\b100 ?% (?:packet )?loss\b",
    r"\b(?:blocked|dropped)\b|\b(?:blocks|drops) (?:the |all |our |its )?(?:ping|packet|traffic|icmp|request)",
    r"\b(?:broken|hangs|lost)\b",
    # French
    r"\bn(?:e |['’])(?:\w+ )?(?:\w+ )?(?:répond|fonctionn|passe|march|peu[tv]|ping|communiqu|arriv|atteint|"
    r"joint|re[çc]oi|se voi|voi|trouv)\w*"
    r" ?(?:\w+ )?(?:pas|plus|rien)\b",
    r"\bn(?:['’]est|e sont) (?:\w+ )?(?:pas|plus) (?:\w+ )?(?:joignable|accessible|possible|atteignable|visible)s?|"
    r"\brien ne (?:passe|répond|revient|marche|fonctionne)|"
    r"\b(?:injoignable|inaccessible|inatteignable|impossible (?:de|d['’]) ?(?:ping|join|attein|communiqu|contact|"
    r"se connect)|"
    r"échou|échec|aucune? (?:réponse|connexion)|"
    r"pas de (?:réponse|connexion))\w*",
    # Spanish
    r"\bno (?:se )?(?:nos )?(?:\w+ )?(?:respond|funcion|llega|hay|pued|pod|alcanz|contest|es posible|es alcanzable|"
    r"está|tiene|tenemos|tendr|recib|logra)\w*",
    r"\bsin (?:funcionar|responder|llegar|conectar)\b",
    r"\b(?:sin (?:respuesta|conectividad|conexión)|inalcanzable|inaccesible|falla|fallo|fallan|imposible)\b",
    # German
    r"\b(?:nicht|nie)(?: mehr| direkt| \w+)? (?:erreich|möglich|beantwort|funktion|klapp|anping|durch|ping|ankomm|"
    r"verbund)\w*",
    r"\b(?:antwort|funktionier|klapp|geh|komm|reagier|erreich|läuf)\w*(?: \w+){0,6} nicht\b",
    r"\b(?:weiterhin|immer noch|noch immer|nach wie vor) nicht\b",
    r"\bkein(?:e[rn]?)? (?:\w+ )?(?:Zugriff|Zugang)\b|\bkein\w* \w+(?: \w+)? möglich\b|"
    r"\bkeine[rn]? (?:Antwort|Verbindung|Erreichbarkeit|Route|Konnektivität)\w*",
    r"\b(?:schlägt|schlug|schlagen)(?: \w+)* fehl|\b(?:fehlgeschlagen|scheiter\w*|unerreichbar|unmöglich)",
    # Vietnamese
    r"\b(?:không|chưa|chẳng|ko)(?: \w+){0,3}? (?:ping|kết nối|liên lạc|thông|tới|truy cập|phản hồi|nhận|đến|"
    r"giao tiếp|hoạt động|"
    r"thành công|thấy|được)",
    r"\b(?:thất bại|mất kết nối|bị chặn)",
    r"[✗✘❌🚫⛔]",
)
_DENIALS_BEYOND = (
    # Chinese
    r"(?:ping|[Pp]ing)?\s*(?:仍然|还是|依然|都|也|是|就|又|,|，)*\s*不(?:再)?(?:能)?(?:互相|相互)?通(?!过|常|用|知)",
    r"(?:无法|不能|没法|不可以|不可|未能|没能|不会)(?:再|够|正常|直接|相互|互相|被|与|和|从|向|\s|\w)*?"
    r"(?:ping|通信|通讯|连通|访问|互通|到达|连接|联通|收到|通)",
    r"(?:ping|通信|通讯|连接|访问)(?:请求)?(?:会|将)?(?:失败|超时|不了|不到|受阻|中断)",
    r"(?:网络|主机|目标)?不可达",
    r"丢包率?\s*(?:为|是)?\s*100",
    r"100%\s*(?:的)?丢包",
    r"(?:收不到|没有?收到|没有?任何|没有|无)(?:任何)?(?:回复|响应|应答|回应|回包|返回)",
    r"(?:失败|超时)",
    r"(?:果然|结果|仍然?|还是|依然|依旧|照样|又|都|也|就|现在|当然)(?:还是)?不行(?!为|业)",
    # Japanese
    r"(?:疎通|通信|接続|到達|到着|アクセス|ping|応答)\s*(?:確認)?(?:は|が|も|を|に)?\s*"
    r"(?:でき(?:ない|ません|なかっ|なく|ず)|出来(?:ない|ません)|通ら|通りません|しない|しません|不可|失敗|NG|ない|"
    r"なし|ありません)",
    r"通(?:ら|じ|り)(?:ない|ません|なかっ|なく|ず)",
    r"(?:届|返っ|帰っ|戻っ)(?:か|て)?(?:こ|き)?(?:ない|ません|なかっ|なく)",
    r"(?:繋|つな)がら(?:ない|ません|なかっ|なく|ず)",
    r"(?:失敗|到達不能|不通|タイムアウト)",
    # Korean
    r"(?:통신|연결|핑|ping|접속|응답|도달|접근)\s?(?:이|은|는|도|가|을|를|조차)?\s*"
    r"(?:되지|안\s?[되된됩돼감가나옴]|불가|실패|없|못|할 수 없|하지 (?:못|않))",
    r"(?:실패|할 수 없|도달할 수 없|안\s?됩니다|안\s?된다|되지 않)",
    # Russian
    r"\bне (?:\w+ )?(?:пингу|проход|прош|отвеча|доступ|работа|вид(?:и|я)|достижим|дош|доход|получ|удал|уда[её]|"
    r"мо(?:же|гу|жем)|ид(?:[её]т|ут)|"
    r"связ|прид|вер)\w*",
    r"\b(?:недоступ|недостижим|невозмож|неудач)\w*",
    r"\b(?:никакого|никаких|ни одного) (?:ответ|пинг)\w*",
    r"\bнет (?:ответ|связ|пинг|доступ|соединен)\w*",
    r"\b(?:связи|ответа|пинга|доступа|соединения)(?: \w+)? нет\b",
    r"\b(?:пропад|потерян|теря)\w*",
)
_ASSENTS = (
    # English
    r"\b(?:works|worked|working|(?:should|will|would|must|can|to|now|still|both|all|pings?|commands?|requests?|"
    r"they|it)"
    r" (?:\w+ )?['\"]?work)\b|"
    r"\b(?:succe(?:ss|ed)\w*|reachable|replies|responds|responding|replied|reply from|answers|"
    r"pings fine)\b|\b(?:both|all|they)(?: \w+){0,3} (?:answer|respond|reply|work|succeed)\b",
    r"\bcan (?:now |also |already |both |even |indeed |successfully )*(?:be )?(?:ping|reach|communicat|talk|see|"
    r"connect|access)\w*",
    r"\b(?:able to|managed to) (?:\w+ )?(?:ping|reach|communicat|talk|see|connect|access)\w*",
    r"\b(?:got|get|receive[ds]?|gets) (?:a |an |the )?(?:\w+ )?(?:repl|respons|answer)\w*",
    r"\bconnectivity (?:is )?(?:ok|established|works|confirmed|restored|back|there)",
    r"\b(?:packets?|traffic) (?:now |can now )?(?:flows?|pass(?:es)?|gets? through|goes through|arrives?)\b",
    r"\b(?:is|have|has|got|['’]ve)(?: \w+){0,3} connectivity\b(?! (?:problem|issue|test|check|trouble))",
    r"(?<!10)\b0 ?% (?:packet )?loss\b",
    r"\bOK\b|\bokay\b",
    # French
    r"\b(?:répond|répondent|fonctionne|fonctionnent|passe|passent|marche|joignable|accessible|réussie?|réussit|"
    r"succès)\b",
    r"\b(?:communiquent|se voient|s['’]atteignent)\b",
    r"\b(?:peut|peuvent|peux|pouvons)(?: \w+)? (?:pinguer|pinger|communiquer|joindre|atteindre)",
    # Spanish
    r"\b(?:responde|responden|funciona|funcionan|llega|alcanzable|accesible|éxito|exitoso|exitosa|exitosamente)\b",
    r"\b(?:hay|tenemos|tiene|existe)(?: ya| ahora)? (?:conectividad|conexión|respuesta|ping)\b",
    r"\b(?:puede|podemos|pueden|hay)(?: \w+)? (?:ping|comunic|alcanz|llegar|conect|respuesta|conex)\w*",
    # German
    r"\bkomm(?:t|en) (?:\w+ )?(?:an|durch|zurück)\b",
    r"\bkönnen (?:\w+ ){0,3}(?:erreichen|pingen|anpingen|kommunizieren|sprechen)\b",
    r"\b(?:erreichbar|funktioniert|klappt|antwortet|antworten|erfolgreich|erreicht|möglich)\b|\bgeht (?:es )?"
    r"(?:jetzt|nun|wieder)\b",
    # Vietnamese
    r"\b(?:ping|kết nối|liên lạc|giao tiếp|truy cập)(?: \w+){0,3}? (?:được|thành công|thông|ok|tốt)",
    r"\b(?:có thể|đã) (?:ping|kết nối|liên lạc|giao tiếp|truy cập|thông)",
    r"\bthành công\b|\bthông (?:nhau|mạng)",
    # No trouble, in all of them
    r"\b(?:sans (?:aucun )?problème|sin (?:ningún )?problemas?|ohne Probleme?|без проблем|"
    r"without (?:any )?(?:problem|"
    r"trouble|issue)s?)\b|没(?:有)?问题|問題なく|문제없이|문제 없이",
    r"[✓✔✅]",
)
_ASSENTS_BEYOND = (
    # Chinese
    r"(?:可以|能够?|都能|已经?|成功|又|就|便|均可|相互|互相|了)(?:再|正常|直接|相互|互相|与|和|从|向|\s|\w){0,12}?"
    r"(?:ping|通信|通讯|互通|连通|联通|访问|到达|通了)",
    r"(?:ping|[Pp]ing)\s*(?:得|能|都|也|是|就|又|可以|已经?|成功)*\s*通",
    r"(?:可以|能够?)(?:直接|正常|互相|相互)?通(?!过|常|用|知)|"
    r"(?:就|又|便|都)(?:可以|好|行|正常|恢复)了|"
    r"通了|互通|已?连通|(?:通信|网络|连接|访问)(?:都|是|已)?(?:正常|成功|没问题|OK)|(?:能|可以)收到|成功",
    # Japanese
    r"(?:疎通|通信|接続|到達|アクセス|ping)\s*(?:確認)?(?:は|が|も|を|に)?\s*"
    r"(?:でき(?:る|た|ま|て|、|。|$)|OK|可能|成功|通|取れ(?:る|た|ま|て))",
    r"通(?:る|った|りま|って)|(?:届|返っ|繋が|つなが)(?:く|い|き|て|る|った|り)",
    r"(?:成功|応答(?:が|は)?(?:ある|あり|返))",
    # Korean
    r"(?:통신|연결|핑|ping|접속|응답|도달)\s?(?:이|은|는|도|가|을|를)?\s*"
    r"(?:잘\s*)?(?:된|됩|됨|되는|되었|돼|성공|가능|할 수 있|온다|옵니다|확인(?:되|됩|할 수|했|하였)|"
    r"나간|(?:잘 )?갑니다|(?:잘 )?간다)",
    r"성공|통신할 수 있|잘 된",
    # Russian
    r"\b(?:пингу|достижим|доступ(?:ен|на|ны|но)\b|работает|отвеча|успешн|видят|видит)\w*",
    r"\b(?:пинг\w*|ping|связь|ответ\w*|соединение) (?:[\w.-]+ ){0,4}"
    r"(?:проход|ид[её]т|идти|прош|есть|работа|появ|установл|приход|пош)\w*",
    r"\bмо(?:гут|жет|жем) (?:\w+ )?(?:общать|связ|пингова|достуча|обмен)\w*",
    r"\bснова (?:появ|работ|пинг|ид[её]т|проход|есть)\w*",
)
# Short texts that say nothing else.
_ALONE = (
    (
        UNREACHABLE,
        r"不通|no|nope|ng|nok|ko|bad|👎|нет|non|nein|không(?: thông| được)?|×|✗|✘|❌|fail|down|unreachable|timeout|"
        r"失败|失敗|실패|"
        r"échec|fallo|thất bại",
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
_OPEN = re.compile(
    r"[?？]|\bin the (?:next|following) (?:part|section|step|chapter|post|article|lab)\b|"
    r"下一(?:节|章|篇|步|部分)|次の(?:章|節|記事)|다음 (?:장|글|절|단계)|\bследующ\w+ (?:части|разделе|статье|шаге)|"
    r"\bprochaine? (?:partie|section|article|étape)|\b(?:próxim|siguiente)\w* (?:parte|sección|artículo|paso)|"
    r"\bnächste[nrm]? (?:Abschnitt|Teil|Kapitel|Schritt)|\bphần (?:sau|tiếp|tới)|"
    r"\b(?:whether|if|unless|until|check (?:that|the)|verify|verifies|let['’]?s|try|trying|tests?|testing|"
    r"make sure|ensure|"
    r"verifying|checking|validat(?:e|ing)|^(?:what|which|who)|should work with|other versions|"
    r"may|might|maybe|perhaps|possibly|after|once(?! (?:again|more)\b)|as soon as|when(?:ever)?|"
    r"in order to|so that|want to|need(?:s|ed)? to|goal|how|why|before)\b|"
    r"是否|能否|能不能|可否|通不通|测试|检查|验证|看看|尝试|试试|试着|试一下|为什么|为何|如何|怎么|需要|才能|如果|"
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
    r"\b(?:prüfen|testen|versuchen|überprüfen|ob|damit|wenn|falls|sobald|vielleicht|warum|"
    r"(?<!nach )wie(?! (?:erwartet|vermutet|geplant|gehofft|man sieht|zuvor|vorher)))\b|"
    r"\b(?:kiểm tra|thử|xem|nếu|để|tại sao|hãy)\b",
    re.IGNORECASE,
)
# The same in languages where it stands behind what it supposes.
_OPEN_BEHIND = re.compile(
    r"[^\s。、]{0,6}?(?:場合|なら|たら|れば|ときは|時は)|[^\s]{0,3}(?:면|경우|때는|지 (?:확인|보))|\s?(?:的话|时，)|"
    r" (?:only )?(?:if|unless)\b| only when\b"
)
# What supposes, or calls for, what a clause says, wherever it stands in it.
_SUPPOSES = re.compile(
    r"場合|なら|たら|れば|なけれ|(?:으|하|이|으)면|경우|的话|\b(?:need|no matter|not only|wait for|expect)\b|"
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
    r" \| |[。；！]+|[.;!\n]+(?=\s|$|[^\x00-\x7f])|[,，、](?=\s|[^\x00-\x7f])|"
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


class _Patterns:
    """Patterns of which those that need letters beyond the Latin ones are tried only on clauses that have some."""

    def __init__(self, latin: tuple[str, ...], beyond: tuple[str, ...]) -> None:
        self._latin = _any_of(latin)
        self._all = _any_of(latin + beyond)

    def search(self, text: str) -> re.Match[str] | None:
        return (self._all if _BEYOND.search(text) else self._latin).search(text)


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_BEYOND = re.compile(r"[\u0370-\u1dff\u2e80-\uffff]")
_DENIED = _Patterns(
    _DENIALS + idioms.DENIALS + figures.DENIALS, _DENIALS_BEYOND + idioms.DENIALS_BEYOND + figures.DENIALS_BEYOND
)
_ASSENTED = _Patterns(
    _ASSENTS + idioms.ASSENTS + figures.ASSENTS, _ASSENTS_BEYOND + idioms.ASSENTS_BEYOND + figures.ASSENTS_BEYOND
)
_NOT_FAILING = _Patterns(NOT_FAILING, NOT_FAILING_BEYOND)
_NOT_ANSWERING = _Patterns(NOT_ANSWERING, NOT_ANSWERING_BEYOND)
_WHOLE = tuple(
    (
        word,
        re.compile(rf"[\W_]*(?:ping(?:ing)?\b\s*(?:结果)?[:：]?\s*)?(?:{words})[\s.!。！,，)）\]】~]*", re.IGNORECASE),
    )
    for word, words in _ALONE
)
_LONGEST_ALONE = 24
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
    return bool(REFUSED_BEFORE.search(clause[max(0, at - _NEAR) : at]))


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
    told = EXPECTED.sub("; ", SUPPOSED.sub("; ", TRIED.sub(" ", _SUMMED.sub(" ", _SEEING.sub("", text)))))
    parts = clauses(told)
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

"""What is not said of now: cases that are only supposed, what was expected, what will be once something is done."""

import re
from collections.abc import Callable

_ON = r"(?:[^.!?。！？]|\.(?=\w)){0,120}?"
_TO_END = r"(?:[^.!?。！？]|\.(?=\w)){0,160}"
# A case that is not so, and what would be in it; the other way round it is told by its clause.
SUPPOSED = re.compile(
    rf"\b(?:without|if|were it not|had (?:we|it|you)|otherwise)\b{_ON}\bwould\b{_TO_END}|"
    rf"\b(?:would|should|could|might) (?:not )?have \w+(?:ed|ne|de)\b{_TO_END}|"
    rf"\bwould\b{_ON}\b(?:without|if it were not|were it not)\b{_TO_END}|"
    rf"\b(?:ohne|wenn|wären?|hätten?|sonst)\b{_ON}\b(?:würden?|wären?|hätten?|ginge|käme)\b{_TO_END}|"
    rf"\b(?:würden?|käme|ginge)\b{_ON}\bohne\b{_TO_END}|"
    rf"\b(?:sans|si|sinon)\b{_ON}\b\w+(?:rait|raient)\b{_TO_END}|\b\w{{3,}}(?:rait|raient)\b{_ON}\bsans l\w{_TO_END}|"
    rf"\b(?:sin|si|de lo contrario)\b{_ON}\b\w{{2,}}[aei]?r[ií]an?\b{_TO_END}|"
    rf"\b(?:без|если|иначе)\b{_ON}\bбы\b{_TO_END}|"
    rf"(?:如果|要是|假如|若|倘若)(?:当初)?(?:没有?|不是|无)[^。！？]{{0,60}}|(?:否则|不然|要不然)[^。！？]{{0,60}}|"
    rf"(?:が|は)?(?:なければ|無ければ|なかったら|無かったら|そうでないと|さもないと)[^。！？]{{0,60}}|"
    rf"(?:없으면|없다면|없었다면|아니었다면|그렇지 않으면){_TO_END}|"
    rf"\b(?:nếu )?không có (?:\w+ ){{1,6}}?thì\b{_TO_END}|\bnếu không có\b{_ON}\bsẽ\b{_TO_END}|"
    rf"\bnếu không\b(?! \w+ được){_ON}\bthì\b{_TO_END}",
    re.IGNORECASE,
)
# What was expected, before it is said what came instead.
EXPECTED = re.compile(
    r"(?:\b(?:expect|hope|think|thought|assum|suppos|believe|erwart|hoff|gedacht|dacht|denk|glaub|"
    r"attend|croi|pens|espér|esper|cre[eyí]|ожида|надея|дума|казал|tưởng|mong|nghĩ|lẽ ra|đáng lẽ)|"
    r"\b(?:should|sollte|devrait|debería|должен|должна)\b|以为|本来|原本|期望|预期|本应|理应|(?:はず|と思|期待)|"
    r"예상|생각했|기대)"
    rf"{_ON}(?:"
    r"[,;—–-]?\s*\b(?:but|yet|however|alas),? (?=(?:it|this|that|they|unfortunately|in fact|actually|alas|sadly|"
    r"we|nothing|nobody|no|none)\b)|; (?=(?:it|this|that)\b)|"
    r",?\s\b(?:aber|doch|jedoch) (?=(?:es|das|er|sie|leider|tatsächlich|nichts|niemand|nein)\b)|"
    r",?\s\b(?:mais|pourtant|or) (?=(?:ça|cela|ce|il|non|rien|personne|malheureusement|en fait|ne)\b)|"
    r",?\s\b(?:pero|sin embargo),? (?=(?:no|nada|nadie|eso|esto|lamentablemente|en realidad|funciona|sí)\b)|"
    r",?\s\b(?:но|однако|а) (?=(?:нет|не|он|она|это|ничего|никто|увы|на деле)\b)|"
    r"[，,]?(?:(?=结果|没想到|却|实际上)|但是?(?=不|没|却|实际|其实|它|并|还是|仍|结果))|"
    r"(?:だが|ですが|でしたが|けど|のに|が、)|(?:지만|는데|으나)|,?\s\bnhưng\b)",
    re.IGNORECASE,
)
# The case at hand: "If we ping again, …".
TRIED = re.compile(
    r"\b(?:if|when|once) (?:you|we|i) (?:now |then |try to |try )*(?:ping|try|run|repeat|re-?run|retry|test|check|curl)"
    r"\w*(?: (?:it|again|now|the|this|that|ping|command|test|once more|from|to|\S*\d\S*))*,?|"
    r"\bsi (?:ahora )?(?:volvemos|repetimos|hacemos|probamos|lanzamos|ejecutamos)(?: a)?"
    r"(?: (?:hacer|ejecutar|probar|lanzar))?(?: (?:el|un|la|otra|vez|ping|comando|prueba|de nuevo|ahora))*,?|"
    r"\bsi (?:on|nous) (?:relan|refai|réessa|essa|ping|test|lan)\w*"
    r"(?: (?:le|la|un|ping|test|commande|maintenant|à|nouveau))*,?|"
    r"\bwenn (?:wir|man|ich|du|sie) (?:(?:jetzt|nun|es|erneut|noch|einmal|den|die|das|ping|test) )*"
    r"(?:pingen|pingt|ping|versuch\w*|wiederhol\w*|test\w*|prüf\w*|ausführ\w*),?|"
    r"\bесли (?:теперь |сейчас |снова |мы )*(?:по)?(?:пропинг|пинг|проб|повтор|запус|выполн|провер)\w*(?: \w+){0,3},|"
    r"(?:如果|若)(?:现在|此时|这时|我们)?(?:再次?)?\s*(?:ping|尝试|试|测试?|执行)(?:一下|一次)?[^，,。]{0,12}[，,]|"
    r"\bnếu (?:bây giờ )?(?:ping|thử|chạy)(?: \w+){0,4},? thì\b|"
    # What is tried, before a dash: what came of it stands behind.
    r"\b(?:провер(?:яем|им)|(?:по)?пробуем|let['’]?s (?:try|test|check)|testons|vérifions|essayons|probemos|"
    r"probamos|comprobemos|comprobamos|wir (?:testen|prüfen|versuchen)|thử|kiểm tra|测试|验证|试)"
    r"(?:[^—–.!?。！？\n]{0,40})[—–]+",
    re.IGNORECASE,
)
# What is said below a command of what will be, once something else is done.
_LATER = re.compile(
    r"\b(?:once|after|as soon as|when) (?:we|you|i) (?:\w+ )?(?:add|set|enable|configure|create|bring|assign|attach|"
    r"connect|turn|activate|fix|put|give)\b[^.!?]*(?:['’]ll|\b(?:will|would|should))\b[^.!?]*",
    re.IGNORECASE,
)
# Where a sentence begins to suppose something, though it says it in the present: "If you remove it, the ping fails".
_IF = re.compile(
    r"(?<!even )(?<!as )\b(?:unless\b|(?:if|should|in case) (?:you|we|one|i|the|a|an|any|either|it|this|that|they|"
    r"there)\b)|"
    r"\b(?:si(?! (?:se|responde|llega|funciona|hay|que)\b)|sauf si|wenn|falls|sollten?|если|nếu)\s|"
    r"^\W*(?:Bleibt|Kommt|Schlägt|Klappt|Funktioniert|Geht|Antwortet)\b(?=[^.!?]*, )|"
    r"如果|要是|假如|倘若|若(?!干)|一旦|万一|もし|仮に|만약|만일",
    re.IGNORECASE,
)
# What would be.
_WOULD = re.compile(
    r"\bwould(?! (?:you|we|expect|think|imagine|hope|guess|like|say))\b|\b(?:würden?|wären?|käme|ginge|hätten?)\b|"
    r"\bбы\b|"
    r"\b(?:échoue|fonctionne|répond|passe|se|arrive|au|reste)rai(?:en)?t\b|"
    r"\b(?:falla|funciona|responde|llega|volve|deja|perde|hab|se)r[ií]an?\b",
    re.IGNORECASE,
)
# It is done now, or all is as it should be: no case but the one at hand.
_AT_HAND = re.compile(
    r"\W*(?:now |then |just |again |jetzt |nun |ahora |maintenant |теперь |bây giờ |我们|你|现在|此时|再|次)*"
    r"(?:try|ping|run|repeat|re-?run|re-?test|test|check|look|ask|send|do|execute|curl|issue|start|all|everything|"
    r"(?:went|goes|is|are) (?:well|right|fine|correct)|"
    r"on (?:essaie|relance|teste|lance|ping|refait|réessaie)|tout|todo|"
    r"(?:ahora )?(?:probamos|hacemos|lanzamos|ejecutamos|repetimos|volvemos)|"
    r"(?:man|wir|du|sie) (?:\w+ )?(?:ping|versuch|wiederhol|prüf|test)\w*|"
    r"alles|"
    r"(?:\w+ )?(?:пинг|попроб|провер|запус|повтор|выполн)\w*|вс[её]|thử|ping|chạy|mọi|"
    r"尝试|试|测|执行|访问|运行|一切|全部)",
    re.IGNORECASE,
)
# The same in languages where it stands behind what it supposes.
_IF_BEHIND = re.compile(
    r"(?:[^\s。！？、]*?(?:すれば|れば|ないと|なくなると|(?<=[うくすつぬぶむるぐ])と、?(?:もちろん|当然|また|再び)|"
    r"(?<=[うくすつぬぶむるぐ])と[、,]))(?=[^。！？\n]*(?:ます|ません|ない|でしょう|です|だ|る)(?:[。！？\n]|$))|"
    r"[^.!?\n]{2,40}?(?:으면|하면|면|경우)[, ](?=[^.!?\n]*(?:니다|한다|된다|않는다|없다|겠\w*)(?:[.!?\n]|$))",
)
_BEYOND = re.compile(r"[\u2e80-\uffff]")
_AT_HAND_BEHIND = re.compile(r"(?:試|実行|送|打|投げ|確認|ping|pingす|시도|실행|보내|확인|테스트|핑)", re.IGNORECASE)
# What would be missing, in the present: "Without a route, ping fails" tells of no command above it.
_WITHOUT = re.compile(
    r"\b(?:without|sans|sin|ohne|без|thiếu)\b(?! (?:any |an? |une? |eine? |có )?(?:\w+ )?(?:answer|repl|respon|"
    r"success|luck|answering|responding|répondre|passer|responder|contestar|pasar|llegar|funcionar|отвеч|"
    r""
    r"result|anything|réponse|succès|résultat|respuesta|éxito|resultado|Antwort|Erfolg|ответ|успех|результат|толк|"
    r"phản|hồi|"
    r"trả))|(?:没有|缺少|少了)[^，。]{1,14}?(?:的话|[，,]?(?:就|则|便))|"
    r"[^\s。、]+(?:なしでは|なしだと|がないと|がなければ|なしに)|[가-힣]+(?:이|가)? ?(?:없으면|없이는|없이)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n\s*\n")
_CLAUSE_END = re.compile(
    r"[,;:，；：、—–(（]\s*|\s-\s|\b(?:but|and|so|mais|et|pero|y|aber|und|но|и|а|nhưng)\s|但是?|不过|而"
)


def of_now(text: str, says_no: Callable[[str], bool]) -> str:
    """What stands below a command without what tells of another case than the one that it showed; as many lines.

    `says_no`: whether words say that something does not answer.
    """
    return _without(_LATER.sub(_blank, text), lambda sentence: min(_if(sentence), _done(sentence, says_no)))


def of_next(text: str) -> str:
    """What stands above a command without cases that nobody makes; as many lines."""
    return _without(text, _if)


def _without(text: str, begins: Callable[[str], int]) -> str:
    kept: list[str] = []
    begin = 0
    for end in [*(gap.start() for gap in _SENTENCE.finditer(text)), len(text)]:
        sentence = text[begin:end]
        at = begins(sentence)
        kept.append(sentence[:at] + "\n" * sentence[at:].count("\n"))
        begin = end
    return "".join(kept)


def _if(sentence: str) -> int:
    """Where a sentence begins to suppose something; its length if it does not."""
    if found := _WOULD.search(sentence):
        return _clause_of(sentence, found.start())
    if (found := _IF.search(sentence)) and not _AT_HAND.match(sentence, found.end()):
        return _clause_of(sentence, found.start())
    return len(sentence)


def _done(sentence: str, says_no: Callable[[str], bool]) -> int:
    """Where a sentence begins to tell what is once something is done, or was missing; its length if it does not."""
    if _BEYOND.search(sentence) and (found := _IF_BEHIND.search(sentence)) and not _AT_HAND_BEHIND.search(found[0]):
        return _clause_of(sentence, found.start())
    if (found := _WITHOUT.search(sentence)) and says_no(sentence):
        return _clause_of(sentence, found.start())
    return len(sentence)


def _clause_of(sentence: str, at: int) -> int:
    """Where the clause begins that a place is in."""
    return max((found.end() for found in _CLAUSE_END.finditer(sentence, 0, at)), default=0)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")

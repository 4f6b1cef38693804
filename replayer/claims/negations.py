"""What turns a statement over: a failure that is denied, a subject that nobody is.

Each pattern covers what it turns over, and between what denies and what is denied only words stand that change nothing.
`…_BEYOND`: what needs letters beyond the Latin ones.
"""

import re

# English: whom nobody is, what may stand before its verb, how things fail and how they do not.
_NONE = (
    r"\b(?:nobody|no[ -]one|none|neither|nothing|not (?:even )?(?:a single|a|one|any)(?= )|(?:no|"
    r"zero)(?= (?:\w+ )?(?:ping|"
    r"packet|request|echo|frame|reply|replies|response|answer|datagram|host|machine|node|container|segment|attempt)))"
)
_BETWEEN = (
    r"(?: (?:of|the|these|those|our|my|its|their|two|three|both|them|us|single|four|five|"
    r"\d+|icmp|echo|ping(?:s|ed)?|packets?|"
    r"requests?|frames?|repl(?:y|ies)|responses?|answers?|datagrams?|hosts?|machines?|nodes?|containers?|segments?|"
    r"namespaces?|attempts?|commands?|one|more|longer|else|is|are|was|were|has|have|had|be|been|being|can|could|"
    r"all|any|(?:at|in|on|from|behind) [\w.:]+|"
    r"will|ever|even|really|actually|now|still|gets?|got|getting))*"
)
_FAILS = (
    r" (?:fail\w*|lost|dropp?\w*|block\w*|tim(?:es?|ed|ing)[ -]?outs?|discard\w*|swallow\w*|unanswered|unreachable|"
    r"disappear\w*|vanish\w*|reject\w*|refus\w*|filtered|stuck|missing|goes (?:missing|astray|"
    r"unanswered))\b"
)
_ANSWERS = (
    r" (?:work\w*|answer\w*|repl\w+|respon\w+|arriv\w+|reach\w*|succe\w+|comes?|came|returns?|returned|pass\w*|"
    r"through|back|an? (?:answer|reply|response)|any (?:answer|reply|response)|makes? it|made it|receiv\w+|flows?|"
    r"goes through|possible|connect\w*)\b"
)
_SUBJECT_DE = (
    r"\b(?:kein\w*|nicht ein\w*|niemand\w*|nichts)(?: (?:einzig\w+|der|dieser|von|den|ihnen|uns|beiden|mehr|jemals|"
    r"je|\w*paket\w*|pings?|anfragen?|hosts?|rechner\w*|maschinen?|systeme?|seiten?|knoten|namespaces?|"
    r"kann|können|konnten?|noch|jetzt|die|das|andere[nrs]?|containern?|antwort(?:en)?|frames?|kommt|kommen|kam|geht|gehen|ging|"
    r"wird|werden|wurden?|ist|sind|hat|bekommt|erhält))*"
)
_NE = r"\bn(?:e |['’])(?:\w+ )?"
_NONE_FR = (
    r"\b(?:aucune?s?|pas une?(?: seule?)?|personne|rien|nul(?:le)?)(?: (?:des|de|ces|nos|les|deux|entre|eux|"
    r"paquets?|pings?|machines?|hôtes?|requêtes?|réponses?|trames?))* n(?:e |['’])(?:est |sont |a été |se |nous )*"
)
_NONE_ES = (
    r"\b(?:ning[uú]n[oa]?|nadie|nada|ni un[oa]?(?: sol[oa])?)(?: (?:de|los|las|dos|ellos|ellas|estos|paquetes?|"
    r"pings?|hosts?|"
    r"máquinas?|respuestas?|peticion\w*|tramas?|nos|le|se|ha|es|está|fue))*"
)
_FAILS_RU = (
    r"(?:теря|потеря|пропа[дл]|пада|упал|срыва|сорв|провал|обрыва|блокиру|заблокир|отбрас|отброш|"
    r"недоступ|недостиж|зависа|отвалива)\w*"
)
_FAILS_ZH = (
    r"(?:ping\s*)?(?:不通|失败|超时|丢包|丢失|丢弃|丢掉|被丢|中断|断线|不可达|"
    r"丢(?:任何|一个)?包|连不上|ping\s*不[通到])"
)

# What has its way if nothing is in it.
_ITS_WAY = (
    r"[^.,;。，]{0,40}?(?:ping|pa[ck]k?[eq]\w*t|reach|talk|traffic|repl|respon|llegu|pasar|pase|antwort|durch|пинг|пакет|"
    r"связ|通|kết nối)"
)

# That something fails is denied: it answers.
NOT_FAILING = (
    # Nothing stands in its way.
    rf"\b(?:(?:nothing|nobody|no[ -]one)(?: \w+){{0,3}} (?:prevent|hinder|obstruct|stop|imped|keep|in the way)|"
    r"(?:nichts|niemand)(?: \w+){0,3} (?:hinder|im Weg|aufhalt)|(?:hinder|steht)\w*(?: \w+){0,4} nichts|"
    r"(?:rien|personne) n(?:e |['’])(?:empêch|gêne|s['’]oppos)|(?:nada|nadie)(?: \w+)? (?:impid|estorb|bloque)|"
    rf"không (?:còn )?(?:có )?gì (?:\w+ )?(?:cản|ngăn))\w*{_ITS_WAY}",
    r"\b(?:nothing|nobody|no[ -]one) (?:that|who|which) (?:do|does|did|is|are|can)(?:n['’]t|['’]t| not|not)\b|"
    r"\bpersonne qui ne \w+ pas\b|\bnadie que no\b",
    # Nothing works better.
    r"\b(?:could|can)(?:['’]t|n['’]t|not| not)(?: \w+){1,3} better\b|\bkönnte(?: \w+)? nicht besser\b|"
    r"\bne pourrait (?:pas )?(?:\w+ )?mieux\b|\bno podría (?:\w+ )?mejor\b|\bkhông thể (?:\w+ )?tốt hơn\b",
    # It does not keep anybody waiting.
    r"\bne (?:se )?(?:fait|font|fit) pas attendre|\bno se (?:hace|hacen|hizo) esperar|\bnicht lange auf sich warten|"
    r"\b(?:not|n['’]t) (?:long|slow) in coming|\bno long wait\b",
    rf"{_NONE}{_BETWEEN}{_FAILS}",
    rf"(?:\b(?:do|does|did|is|are|was|were|will|wo|has|have|can)(?:n['’]?t|['’]t|not| not| no longer)|"
    r"\bnever|\bno longer)"
    rf"(?: (?:ever|even|once|be|been|get|getting|being|is|are|longer))*{_FAILS}",
    r"(?:\bno|\bzero|\bwithout|(?:\bno longer|\bnever|\bnot|n['’]t)(?: (?:see|get|seeing|getting|had|have))?(?: any)?)"
    r"(?: any| more| further)* (?:packet |ping )?(?:loss(?:es)?|timeouts?|time-outs|failures?)\b",
    r"\b(?:errors?|timeouts?|loss|losses) (?:is|are|has|have)(?: \w+)? (?:gone|disappeared|vanished)\b|"
    r"\b(?:stop(?:s|ped)?|cease[sd]?) (?:failing|timing out|dropping \w+|losing \w+)",
    # German
    r"\b(?:scheiter|schl(?:ä|u|a)g)\w*(?: (?!nicht|nie)\w+){0,2} (?:nicht|nie|niemals)(?: mehr)?(?: fehl)?\b",
    rf"(?:{_SUBJECT_DE}|\bnicht(?: mehr| länger)?|\bnie(?:mals)?(?: mehr)?)(?: ist| wird| wurden?)? (?:fehl\w*|"
    rf"scheiter\w*|"
    r"verloren|unerreichbar|blockiert|verworfen|abgewiesen|unterbrochen|ins Leere|unbeantwortet|ohne Antwort|"
    r"verschwind\w*)\b",
    r"\b(?:keine?n?|ohne)(?: \w+)? (?:Paketverlust|Verlust|Ausfall|Ausfäll|Zeitüberschreitung|Timeout)\w*",
    # French
    rf"{_NE}(?:échou|expir|rat(?:e|ent)\b|perd|bloqu)\w* (?:\w+ )?(?:pas|plus|jamais|aucun|rien)\b",
    r"\bn(?:['’](?:est|a|ont)|e sont) (?:\w+ )?(?:pas|plus|jamais) (?:\w+ )?(?:échoué|expiré|perdu|bloqué|"
    r"injoignable|inaccessible|rejeté|"
    r"coupé|refusé|inatteignable)\w*",
    rf"{_NE}(?:rest|demeur)\w* (?:pas|plus|jamais) (?:sans réponse|muet|silencieu)\w*",
    rf"{_NONE_FR}(?:perd|échou|bloqu|rejet|refus|expir)\w*",
    r"\b(?:aucune|pas de|sans|plus de|zéro) pertes?\b",
    # Spanish
    rf"(?:{_NONE_ES}|\bno|\bnunca|\bjamás)(?: (?:se|ha|han|es|está|son|están|fue|fueron|nunca|ya))*"
    r" (?:fall[aeóo]\w*|pierd\w*|perdi\w*|bloque\w*|descart\w*|rechaz\w*|inalcanzables?|inaccesibles?)"
    r"(?: (?:ningún|ninguna|nada)\b(?: \w+)?)?",
    r"\b(?:no|nunca) se qued\w+ (?:\w+ )?sin respuesta\b",
    r"\b(?:no hay|sin)(?: ninguna?| más)? (?:pérdidas?|fallos?)(?: de \w+)?\b",
    # Vietnamese
    r"\b(?:không|chẳng|chưa)(?: (?:còn|hề|bị|có|một|gói|tin|nào|bao giờ|lần))* (?:thất bại|mất(?: (?:gói|kết nối))?|"
    r"bị lỗi|bị chặn|rớt|gián đoạn)(?: (?:gói|tin|nào))*\b|\bkhông (?:còn )?bị (?:lỗi|chặn|mất|rớt)\b",
)
NOT_FAILING_BEYOND = (
    rf"\b(?:ничто|ничего|никто)(?: \w+)? не (?:меша|препятств|останавл)\w*{_ITS_WAY}|"
    rf"没有?(?:什么|任何东西)?(?:再)?(?:能|会|可以)?(?:再)?(?:阻止|妨碍|阻挡){_ITS_WAY}|"
    r"(?:妨げ|邪魔する|遮る)\w{0,4}もの(?:は|も|が)?[^、。]{0,6}?(?:な[いく]|ありません)[^。]{0,6}?(?:通|届)|"
    r"막(?:는|을) (?:것|게)(?:이|은|도)? ?(?:더 이상 |이제 |아무것도 )?없",
    r"(?:再|最)好不过|\bлучше (?:и )?некуда\b|\bне (?:может|могло) (?:\w+ )?лучше\b|더할 나위 없이",
    r"\bне застав\w+ себя (?:долго )?ждать|待つまでもなく|待たされること(?:も)?なく",
    # Russian
    r"\bне оста\w+ без ответа\b|\bне (?:рв[её]т|прерыва)\w*",
    rf"\bне (?:(?:больше|уже|более|никогда|был[аио]?|будет|будут) )?{_FAILS_RU}",
    r"\b(?:потерь|потери|таймаутов|сбоев)(?: \w+)? нет\b|\bни одного (?:потер|пропа)\w*\b|\bнет (?:никаких |"
    r"больше )?(?:потерь|таймаутов|сбоев)\b",
    # Chinese
    rf"(?:不会|不再|没有?|从未|从不|不至于)(?:再|会|出现|发生|任何|被|有|了|\s)*{_FAILS_ZH}",
    r"(?<![是还])(?:不是|并非)(?:真的)?\s*(?:ping\s*)?不通|(?:都|也)(?:没有?|不)(?:会)?丢|不(?:再)?丢包|"
    r"不会没有?(?:响应|回复|应答|回应)",
    # Japanese
    r"(?:失敗|タイムアウト|不通に|切断|途切れ|落ち|ロス|損失|(?:失わ|破棄さ|遮断さ|拒否さ|ブロックさ|捨てら|落とさ)れ)"
    r"(?:す(?:ること)?|は|が|も|て(?:は)?|に)*(?:発生し|起き|起こら|し|い|なら|なり|あり)?(?:ない|ません|なく|"
    r"なかっ|なし|ゼロ)"
    r"(?!よう|ため|か|場合|限り|と|ければ)",
    r"(?:ない|ぬ)こと(?:は|も)(?:ない|ありません|なく)",
    # Korean
    r"(?:실패|손실|유실|타임아웃|차단|끊기|버려지|드롭|누락|단절)(?:이|가|은|는|도)? ?(?:전혀|"
    r"더 이상)? ?(?:발생)?(?:하|되|당하)?(?:지)?"
    r"(?:는|도)? ?(?:않(?!도록|게|으려|으면|는지)|없(?!도록|게|으면|다면|는지|었다면))",
)
# That something answers is denied by its subject, or as good as denied: it does not.
NOT_ANSWERING = (
    rf"{_NONE}{_BETWEEN}{_ANSWERS}",
    rf"\bnot even(?: (?!need)[\w.]+){{0,5}}?{_ANSWERS}",
    r"\b(?:hardly|scarcely|rarely|seldom)(?: (?:ever|any|gets?|be))* (?:work|answer|repl|respon|arriv|reach|succe|com|"
    r"through|pass|possib)\w*",
    # German
    rf"{_SUBJECT_DE} (?:kommt|zurück|durch|an(?=\W*$)|erreich\w*|antworte\w*|reagier\w*|funktionier\w*|klapp\w*|"
    r"beantwort\w*|\w*gekommen|eine Antwort|möglich|Erfolg)\b",
    r"\b(?:antworte|reagier|meld|komm|erreich)\w*(?: (?!und|aber|oder|mit|ohne)\w+){0,4} (?:niemand|keiner?|nichts)\b",
    r"\bkaum(?: (?:mehr|noch|je|jemals))? (?:erreich|antwort|funktion|möglich|reagier|durch)\w*|"
    r"\b(?:antworte|reagier|funktionier)\w* (?:\w+ )?kaum\b",
    r"\bweder\b[^.,;]{1,60}? noch (?:\w+ ){0,4}?(?:antwort|reagier|erreich|funktion|klapp|komm)\w*",
    # French
    rf"{_NONE_FR}(?:répond|about|pass|arriv|revien|reç|fonctionn|march|joi|attei|parvien|obti|voi)\w*",
    r"\bà peine (?:joignable|accessible|atteignable|visible)|"
    rf"{_NE}(?:répond|pass|fonctionn|march|about|arriv|revien)\w* (?:guère|presque|quasiment|jamais)\b",
    # Spanish
    rf"{_NONE_ES} (?:lleg|recib|respond|contest|vuelv|pasa|funcion|alcanz|obtien|regres|consig)\w*",
    r"\bapenas (?:responde|llega|funciona|contesta|alcanza|es alcanzable)\w*|\b(?:responde|llega|funciona)n? apenas\b",
    # Vietnamese
    r"\b(?:không|chẳng|chưa)(?: có)?(?: một)? (?:ai|gói(?: tin)?|máy|host)(?: (?:nào|nữa|có thể))* (?:trả lời|"
    r"phản hồi|hồi đáp|đến|tới|quay|về|qua|nhận|thông|trở)",
)
NOT_ANSWERING_BEYOND = (
    # Russian
    r"\b(?:никто|ничто|ничего|ни одна?|ни одного|ни одной)(?: (?!не )\w+){0,3} не (?!(?:по)?теря|пропа|меша|препят)\w+",
    r"\b(?:некому|нечему)\b",
    r"\b(?:едва(?: ли)?|вряд ли|почти не)(?: \w+)? (?:доступ|достиж|отвеча|работа|пинг|проход)\w*|"
    r"\b(?:едва|почти не) (?:доступ|достиж|отвеча|работа|пинг|проход)\w*",
    # Chinese
    r"什么(?:反应|回应|响应|回复|应答|回包)(?:也|都)没|没有?(?:任何)?(?:一[个台])?(?:人|主机|机器|包)(?:能|会|"
    r"可以|再)*(?:回|应|响应|收到|理|到达|ping)",
    r"连[^，。、]{1,12}?(?:都|也)\s*(?:不|没有?|无法)(?:会|能|再|在|有|得到)*(?:回|应|响|理|答|通|反|收|到|在)",
    r"(?:谁|一个\w{0,4}?|哪个\w{0,2}?|什么)(?:也|都)\s*(?:ping|收|连|访问|回|过|到|出)*\s*(?:不|没有?|无法)(?!丢|"
    r"失|断|超)",
    r"没有?(?:收到|得到|看到)(?:任何|一个|一条)*(?:回复|响应|应答|回应|回包|返回)",
    # Japanese
    r"(?:応答|返事|返答|反応)(?:は|が|も)?(?:一切|全く|まったく|全然|何も)(?:あり|返り|来)?(?:ません|ない|なし)",
    r"(?:だれ|誰|何|なに|どこ|どれ|[一１1](?:つ|個|台|回)|ひとつ)(?:から|に)?も[^、。]{0,12}?"
    r"(?:応答|反応|返|届|通|来|戻|繋が|つなが|受信|答え|飛)[^、。]{0,5}?(?:ない|ません|なかっ|ず)",
    # Korean
    r"(?:아무도|아무것도|아무 (?:응답|답|반응|대답)도?|하나도|한 ?번도|누구도)[^.,]{0,20}?(?:않|못|없)",
)
# What begins another statement.
_ANOTHER = (
    r"and|but|or|with|without|that|as|if|even|when|once|und|aber|oder|mit|ohne|dass|wenn|obwohl|et|ou|mais|avec|sans|que|"
    r"quand|y|o|pero|con|sin|cuando|si|и|а|но|или|без|что|когда|если"
)
# What denies a word of success that it stands directly before, or directly behind.
REFUSED_BEFORE = re.compile(
    r"(?:\b(?:by no means|in no way|keineswegs|keinesfalls|auf keinen Fall|aucunement|nullement|en absoluto|"
    r"ни в коем случае|far from|anything but|weit davon entfernt,?|alles andere als|loin de|lejos de|"
    r"далеко не)(?: being)?|"
    r"(?:n['’]t|\bnot|\bcannot|\bnever|\bno longer)(?: (?:yet|even|really|currently|actually|be|been|a|once|"
    r"\w+ly))*|"
    r"\b(?:nicht|nie|niemals|kaum)(?: (?:mehr|noch|wirklich|ganz))*|"
    r"\bn(?:e |['’])(?:\w+ )?(?:\w+ )?(?:pas|plus|jamais)(?: \w+){0,2}|"
    r"\b(?:no|nunca|jamás|tampoco)(?: (?:se|nos|es|está|son|ha|han|tiene|tienen|tuvo|hubo|fue|con))*|"
    r"\bне(?: (?:был[аио]?|очень|так|больше))?|\b(?:không|chưa|chẳng)(?: (?:thể|còn|hề|được|có))*) $|"
    r"\bn(?:e |['’])$|(?:不|没有?|未|从未|无法|难以)(?:会|能够?|再|可能|出现)*\s*$",
    re.IGNORECASE,
)
REFUSED_BEHIND = re.compile(
    r"(?:し|は|が|も|に|て|い|き|でき|さ|れ)*(?:ない|ません|なかっ|なく|せず)|"
    r"(?:하|되|적이|적으로|할|이|은|가|도)*지? ?(?:는|도)? ?(?:않|못|수 없)|"
    rf"[\w.]*(?: (?!(?:{_ANOTHER})\b)[\w.:]+){{0,4}}? (?:"
    r"nicht|nie|niemals|niemand|kaum|kein(?:e[rs]?)?|nichts|no longer|no more|nobody|no[ -]one|"
    r"none(?! the)|nothing|not(?=\W*$)|"
    r"(?:on|from|to|at|through|between|via|for) no|neither|"
    r"personne|nadie|nada(?! más)|ning[uú]n[oa]?|никто|ничто|ничего|некому|нечему)\b|"
    r"\w* (?:guère|presque jamais)\b",
    re.IGNORECASE,
)
# What denies a word of success anywhere behind it in its clause.
NOT_EVEN = re.compile(
    r"\b(?:not even|n['’]t even|nicht (?:ein)?mal|ni siquiera|pas même|même pas|"
    r"neither\b[^.;]{1,40}\bnor|weder\b[^.;]{1,40}\bnoch|ni\b[^.;]{1,40}\bni|ни\b[^.;]{1,40}\bни)\b"
    r"(?:(?!\b(?:and|but|und|aber|y|pero|et|mais|need\w*|brauch\w*|nötig|besoin|falta|hace falta|necesit\w*)\b)"
    r"[^,;:—–])*$",
    re.IGNORECASE,
)
# What packets do not pass on their way says nothing of whether they arrive.
NOT_THE_WAY = re.compile(
    r"\b(?:do|does|did|need)(?:n['’]t| not) (?:\w+ )?(?:pass|go|run|travel|cross|traverse|touch|leave)\b.{0,20}\b"
    r"(?:physical|NIC|card|stack|bridge|switch|parent|same namespace)|"
    r"\bne (?:passent?|vont|transitent) pas par (?:la |le |l['’])(?:carte|pont|routeur|pile|interface)|"
    r"\bno (?:pasan?|van) por (?:la |el )(?:tarjeta|puente|router|pila|interfaz)|"
    r"\bnicht (?:über|durch) (?:die |den |das )(?:\w+ )?(?:\w*karte|Bridge|Router|Stack|Schnittstelle)|"
    r"\bkhông (?:đi )?qua (?:card|cầu nối|router|giao diện)|"
    r"\bне (?:проход|ид|попада)\w* через (?:\w+ )?(?:карт|мост|роутер|маршрутизатор|стек)\w*|"
    r"不(?:会|用|需要)?(?:经过|通过|走)[^，。]{0,8}(?:物理|网卡|网桥|协议栈|父接口|主机)|"
    r"(?:NIC|ブリッジ|スタック|ルータ)[^、。]{0,6}(?:通ら|経由せ|通過せ)(?:ず|な)|"
    r"(?:NIC|브리지|라우터|스택)[^,.]{0,6}(?:거치지|통하지|지나지) ?않",
    re.IGNORECASE,
)
# Some do and some do not.
PARTLY = re.compile(
    r"\bnot (?:all|every|always|necessarily|both)\b|n['’]t (?:always|necessarily|all)\b|\bnicht (?:alle|immer|jede\w*|"
    r"unbedingt)\b|\bpas (?:tous|toutes|toujours|forcément)\b|\bno (?:siempre|todos|todas|necesariamente)\b|"
    r"\bне (?:все|всегда|обязательно|каждый)\b|不一定|不总是|未必|(?:不是|并非)(?:所有|全部|每|总)|とは限|わけではな|"
    r"(?:항상|모두|꼭)[^.,]{0,10}(?:것은|건|은) 아니|\bkhông phải (?:lúc nào|tất cả|luôn)",
    re.IGNORECASE,
)

"""How people say in passing that something answers, or does not: idioms, beside the plain words of `words.py`.

They are read only near a command that asks, so they may be short.
"""

DENIALS = (
    # English
    r"\bwithout (?:\w+ )?(?:any |an? )?(?:answer|reply|response|anything back|success)",
    r"\b(?:sits there|(?:just|only|simply) hangs|stays? silent|silence|in vain|into the void|goes nowhere|"
    r"unanswered)\b",
    r"\b(?:nobody|no one|no-one|none|nothing)(?: \w+)? (?:answers?|replies|responds?|gets? through|arrives?|"
    r"returns?|back)\b",
    r"\b(?:get|gets|got|receive[sd]?|see|hear)s? (?:absolutely )?(?:nothing|an error)\b",
    r"\b(?:stop(?:s|ped)?|ceas(?:es|ed)|refus(?:es|ed)) (?:\w+ )?(?:answering|responding|working|replying|"
    r"the connection)",
    r"\b(?:is|are|gets?|was|were) (?:now |still |all |silently )?(?:dead|gone|swallowed|rejected|refused|"
    r"filtered|discarded)\b",
    r"\b(?:disappear|vanish)(?:s|ed)?\b|\bsame symptom|\bno luck|\bno such luck|\ball (?:packets )?lost\b",
    r"\bnever (?:\w+ ){0,2}(?:back|arrives?|comes?|gets?|makes?|reach\w*|answer\w*|returns?)\b|"
    r"\bnobody (?:is )?home\b",
    # Chinese
    r"(?:出|过|进|上)不(?:去|来|了网)|到不了|连不(?:上|通)|访问不(?:了|到)|够不(?:着|到)",
    r"石沉大海|没(?:有)?(?:任何)?(?:反应|动静|人应)|无(?:任何)?(?:反应|回音)|全(?:部|都)?丢(?:失|包|了)|(?:就|全|"
    r"又)断了|"
    r"被(?:丢弃|丢掉|拦截|拦下|阻断|屏蔽|拒绝|过滤)|(?:就|又)不行了|挂(?:掉)?了",
    # Japanese
    r"無反応|無応答|音沙汰(?:が)?な|だんまり|うんともすんとも|(?:破棄|遮断|拒否|ブロック)され|届きません|"
    r"返事が(?:ない|ありません|来)|"
    r"(?:パケット|通信)(?:が|は)(?:落ち|捨て|止ま)",
    # Korean
    r"(?:나가|가|오|닿|뜨|나오|돌아오|통하|먹히)지 (?:않|못)|먹통|끊(?:긴|겼|어|김)|(?:차단|거부|폐기)(?:된|됩|"
    r"되|됨|당)|막(?:힌|혔|힘)|"
    r"무응답|응답(?:이)? ?없|(?:통신|연결|핑|ping)(?:이|은)? ?(?:두절|끊)",
    # Russian
    r"\bничего не (?:попада|доход|проход|приход|прилет)\w*|"
    r"\b(?:тишин|молч|глух)\w*|\bв ответ (?:тишина|ничего)|\bне (?:достуч|дозв|дожд|долет|долета)\w*|"
    r"\b(?:заблокир|отбрасыва|отброш|режет|зарез|обрыва|разорван|порвал)\w*|\bвпустую\b|\bв никуда\b|\bмимо\b",
    # French
    r"\bn['’]arriv\w* (?:plus|pas) à\b|\b(?:reste|demeure)\w* (?:sans réponse|muette?|silencieu)|"
    r"\b(?:dans le vide|en vain)\b|"
    r"\bc['’]est (?:\w+ )?mort\b|\b(?:bloqué|rejeté|refusé|perdu|coupé)e?s?\b|\bplus (?:aucune |de )?réponse\b|"
    r"\bsilence\b|"
    r"\bn['’]obti\w+ (?:plus |pas )?(?:rien|de réponse)",
    # Spanish
    r"\b(?:ya )?no (?:va|van|tira|tiran)\b|"
    r"\b(?:bloquead|rechazad|perdid|cortad|descartad)[oa]s?\b|\bno (?:\w+ )?(?:contesta|vuelve|pasa|sale|entra|"
    r"llega)\w*|"
    r"\bse queda (?:sin|esperando|colgad)|\bdeja(?:n|mos)? de (?:responder|funcionar|llegar|contestar|haber)|"
    r"\bsilencio\b|"
    r"\bni (?:responde|contesta|llega)|\bnadie (?:responde|contesta)",
    # German
    r"\b(?:ins Leere|vergeblich|vergebens|verworfen|abgewiesen|abgelehnt|blockiert|gesperrt|verloren|Funkstille|"
    r"tot)\b|"
    r"\bnichts (?:mehr )?(?:zurück|an|durch|kommt|geht)|\bbleibt (?:\w+ )?(?:aus|stumm|unbeantwortet|ohne Antwort)|"
    r"\bnicht (?:mehr )?(?:durch|an|zurück)\b|\bniemand (?:antwortet|meldet)",
    # Vietnamese
    r"\bkhông (?:có |nhận được |còn |thấy )?(?:hồi đáp|phản hồi|trả lời|tín hiệu|đáp)|\b(?:im lặng|mất gói|"
    r"rớt (?:hết|gói)|"
    r"bị (?:từ chối|loại bỏ|rớt|ngắt|drop))|\bhết (?:ping|kết nối)|\bkhông (?:ra|tới|đến|qua|sang) (?:được|nổi)",
)
ASSENTS = (
    # English
    r"\b(?:get|gets|got|goes|comes|make|makes) (?:\w+ )?(?:through|back to us)\b|\b(?:comes|came) back\b",
    r"\b(?:all|everything(?: is)?|things are) (?:\w+ )?(?:good|fine|well|ok|okay|normal)\b|\bback to normal\b|"
    r"\bgood again\b",
    r"\b(?:see|hear|reach|find|answer) each other\b|\bis (?:back|restored|alive|up again)\b|\bbingo\b|\bhoo?ray\b|"
    r"\blike a charm\b|\bat once\b.*\b(?:answer|repl)|\b(?:the )?(?:answer|reply|response)s? (?:comes|arrives|"
    r"is there)",
    r"\b(?:full|complete) round ?trip\b|\bno (?:packet )?loss\b",
    # Chinese
    r"没(?:什么)?毛病|一切(?:正常|OK)|(?:恢复|重新)(?:正常|如初|通信|连通|联通|了)|畅通|(?:就|便|都|马上|"
    r"立刻)(?:回|有回)(?:了|应|复)?|"
    r"有(?:了)?(?:回复|响应|应答|回应|回包)|收到(?:了)?(?:回复|应答|响应)|(?:出|过|进)得?(?:去|来)了|连上了|"
    r"到得了|正常(?:响应|应答|返回|回复)|"
    r"(?:又|都|就)(?:正常|OK)",
    # Japanese
    r"疎通可(?!能性)|返って(?:く|き)|返事が(?:き|来|あ)|(?:無事|問題なく|普通|正常)に?(?:届|通|返|繋|つなが|疎通|"
    r"通信)|(?:復旧|"
    r"復活|開通)し|つながりまし",
    # Korean
    r"정상(?:적으로)? ?(?:나간|된|동작|통신|응답|연결|작동|으로)|잘 (?:간|나간|통|나온|응답|연결)|"
    r"응답(?:이)? ?(?:온|왔|옵|돌아)|"
    r"(?:다시|바로|서로) ?(?:통신|연결|핑)(?:이|을)? ?(?:된|됩|가능|되)|복구(?:된|됩|되)|살아(?:난|났)",
    # Russian
    r"\b(?:заработал|восстанов|ожил|доходит|доходят|долета|прилета)\w*|\bвс[её] (?:хорошо|в порядке|ок|нормально|"
    r"отлично|работает)|"
    r"\bответ\w* (?:\w+ )?(?:пришёл|пришел|получен|есть|вернул|верн)|\bвид(?:ят|им) друг друга\b|\b(?:порядок|ура)\b",
    r"\bпакеты (?:\w+ )?ход(?:ит|ят|ить)\b",
    # French
    r"\brétablie?s?\b|\b(?:se voi(?:t|ent)|on atteint|atteignent|aboutit|aboutissent|arrive bien|revient|"
    r"reviennent)\b|"
    r"\bcontinue\w* (?:de |d['’]|à )?(?:répondre|fonctionner|passer|marcher)|\brépondre? (?:bien|normalement)|"
    r"\bobti\w+ (?:bien )?(?:une |la )?réponse|\btout (?:va bien|rentre dans l['’]ordre|est normal|remarche)|"
    r"\bremarche\b",
    # Spanish
    r"\b(?:vuelve|vuelven|tiene que|tienen que) (?:a )?ir\b|\b(?:sí|ya) va\b|\b(?:contesta|contestan|vuelve|"
    r"vuelven|pasa|pasan) (?:\w+ ){0,2}(?:a la primera|bien|ya|correctamente|sin)\b|"
    r"\b(?:contesta|contestan)\b|\bs[ií] (?:llega|responde|contesta|funciona|alcanza|pasa)\w*|\bse ven\b|"
    r"\btodo (?:bien|correcto|ok)\b|"
    r"\bvuelve(?:n)? a (?:funcionar|responder|llegar|haber|contestar)|\b(?:llegan|alcanza|alcanzan)\b",
    # German
    r"\b(?:sehen|erreichen|finden) (?:sich|einander)\b|\b(?:Antwort|Ping|Paket)\w* (?:\w+ ){0,2}(?:kommt|kommen|"
    r"da|geht durch)\b|"
    r"\bkommt (?:\w+ ){0,2}(?:eine |die )?Antwort|\balles (?:wieder )?(?:gut|in Ordnung|bestens|läuft)|"
    r"\bläuft (?:wieder|jetzt|nun)|"
    r"\bgeht durch\b|\bmeldet sich\b",
    # Vietnamese
    r"\bthấy nhau\b|\b(?:ping|mạng|kết nối|truy cập|liên lạc)(?: \w+){0,5} bình thường|\btrở lại bình thường|\b(?:có|"
    r"nhận được) (?:hồi đáp|phản hồi|trả lời)|"
    r"\b(?:thông suốt|ngon lành|khôi phục)\b|\bmọi thứ (?:\w+ )?(?:ổn|tốt|bình thường)|\bvẫn (?:thông|ping được|"
    r"kết nối được)",
)

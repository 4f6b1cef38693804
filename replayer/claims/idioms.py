"""How people say in passing that something answers, or does not: idioms, beside the plain words of `plain.py`.

They are read only near a command that asks, so they may be short.
`…_BEYOND`: what needs letters beyond the Latin ones.
"""

DENIALS = (
    # What ping sums up, without the loss
    r"\btransmitted,? 0 (?:packets? )?received\b",
    # English
    r"\bcomes? to nothing\b|\bno takers?\b",
    r"\bdead silence|\bno (?:joy|dice)\b|\bcut off\b|\bnever hears?\b|\bhears? nothing|\bzero repl|"
    r"\bblack ?holed\b|\bswallow(?:s|ed)\b|\bdoes nothing\b",
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
    r"\bnever (?:\w+ ){0,2}(?:back|arrives?|comes?|gets?|makes?|reach\w*|answer\w*|returns?|"
    r"materiali[sz]es?|shows? up)\b|"
    r"\bnobody (?:is )?home\b|\b(?:is|are|gets?|got|just|only) stuck\b|"
    r"\b(?:still|toujours) (?:nothing|rien)\b|\bno dice\b|\bconnection (?:is |was |gets )?refused\b",
    # French
    r"\b(?:plus )?personne ne \w+|\bplus rien ne \w+",
    r"\baucune trace\b|\bKO\b|\bsans succès\b|\baucun paquet\b|\bexpire\w*\b|"
    r"\bdélai (?:d['’]attente )?dépassé|\bnulle part\b",
    r"\bn['’]arriv\w* (?:plus|pas) à\b|\b(?:reste|demeure)\w* (?:sans réponse|muette?|silencieu)|"
    r"\b(?:dans le vide|en vain)\b|"
    r"\bc['’]est (?:\w+ )?mort\b|\b(?:bloqué|rejeté|refusé|perdu|coupé)e?s?\b|\bplus (?:aucune |de )?réponse\b|"
    r"\bsilence\b|"
    r"\bn['’]obti\w+ (?:plus |pas )?(?:rien|de réponse)",
    # Spanish
    r"\bnada de nada\b|\bsin éxito\b|\ben vano\b|\bse pierden?\b|\btiempo de espera|\bni rastro\b|\bse (?:queda|"
    r"quedan) mud",
    r"\b(?:ya )?no (?:va|van|tira|tiran)\b|"
    r"\b(?:bloquead|rechazad|perdid|cortad|descartad)[oa]s?\b|\bno (?:\w+ )?(?:contesta|vuelve|pasa|sale|entra|"
    r"llega)\w*|"
    r"\bse queda (?:sin|esperando|colgad)|\bdeja(?:n|mos)? de (?:responder|funcionar|llegar|contestar|haber)|"
    r"\bsilencio\b|"
    r"\bni (?:responde|contesta|llega)|\bnadie (?:responde|contesta)",
    # German
    r"\bkeine Spur\b|\bFehlanzeige\b|\bZeitüberschreitung\b|\bverschwinde\w*|\bgeh(?:t|en) verloren\b|"
    r"\bkein Durchkommen\b|"
    r"\babgeschnitten\b|\bunterbrochen\b|\b(?:Verbindung|Antwort) (?:\w+ ){0,2}weg\b",
    r"\b(?:ins Leere|vergeblich|vergebens|verworfen|abgewiesen|abgelehnt|blockiert|gesperrt|verloren|Funkstille|"
    r"tot)\b|"
    r"\bnichts (?:mehr )?(?:zurück|an|durch|kommt|geht)|\bbleibt (?:\w+ )?(?:aus|stumm|unbeantwortet|ohne Antwort)|"
    r"\b(?:geht|ging|läuft) (?:\w+ )?schief\b|\bnicht (?:mehr )?(?:durch|an|zurück)\b|\bniemand (?:antwortet|meldet)",
    # Vietnamese
    r"\b(?:mất hút|biến mất|hết thời gian|đứt)\b|\bbị mất\b",
    r"\bkhông (?:có |nhận được |còn |thấy )?(?:hồi đáp|phản hồi|trả lời|tín hiệu|đáp)|\b(?:im lặng|mất gói|"
    r"rớt (?:hết|gói)|"
    r"bị (?:từ chối|loại bỏ|rớt|ngắt|drop))|\bhết (?:ping|kết nối)|\bkhông (?:ra|tới|đến|qua|sang) (?:được|nổi)",
)
DENIALS_BEYOND = (
    # Chinese
    r"(?:ping|访问|连接|联系)\s*不(?:到|上|了|动|过去)",
    r"回不(?:来|去|到)|一直(?:卡|没反应|没有反应|等)|卡住|没有?下文|杳无音信|掉线|丢光|进不来|(?:被|给)?(?:挡|"
    r"拦)(?:住|在|下)|没戏|不响应|没响应|(?:一个|任何)包(?:都|也)(?:没|收不|回不|出不)",
    r"(?:出|过|进|上)不(?:去|来|了网)|到不了|连不(?:上|通)|访问不(?:了|到)|够不(?:着|到)",
    r"石沉大海|没(?:有)?(?:任何)?(?:反应|动静|人应)|无(?:任何)?(?:反应|回音)|全(?:部|都)?丢(?:失|包|了)|(?:就|全|"
    r"又)断了|"
    r"被(?:丢弃|丢掉|拦截|拦下|阻断|屏蔽|拒绝|过滤)|(?:就|又)不行了|挂(?:掉)?了",
    # Japanese
    r"(?:応答|返答|反応|返事)(?:が|は|も)?(?:無い|無し|無く|ない|なし)|(?:通信|接続)(?:が)?(?:断|切断|途絶)|"
    r"捨てられ|弾かれ|はじかれ|(?:届|返)らず|\bNG\b",
    r"無反応|無応答|音沙汰(?:が)?な|だんまり|うんともすんとも|(?:破棄|遮断|拒否|ブロック)され|届きません|"
    r"返事が(?:ない|ありません|来(?:ない|ませ|ず))|"
    r"(?:パケット|通信)(?:が|は)(?:落ち|捨て|止ま)",
    # Korean
    r"(?:안|못) (?:간다|갑니다|나간다|나갑니다|닿|통)|불통|단절|묵묵부답|타임아웃|버려(?:진|졌|짐)|드롭",
    r"(?:나가|가|오|닿|뜨|나오|돌아오|통하|먹히)지 (?:않|못)|먹통|끊(?:긴|겼|어|김)|(?:차단|거부|폐기)(?:된|됩|"
    r"되|됨|당)|막(?:힌|혔|힘)|"
    r"무응답|응답(?:이|은|도)? ?(?:전혀 |아예 )?없|(?:통신|연결|핑|ping)(?:이|은)? ?(?:두절|끊)",
    # Russian
    r"\b(?:прекраща|прекрат|пропал|исчез)\w*",
    r"\bбез (?:ответа|успеха)\b|\bтайм-?аут\w*|\b(?:отвал|погиб|гибн|умира)\w*|\bничего не дожд\w*|"
    r"\bникто не (?:отвеча|отзыва)\w*|\bоблом\b",
    r"\bничего не (?:попада|доход|проход|приход|прилет)\w*|"
    r"\b(?:тишин|молч|глух)\w*|\bв ответ (?:тишина|ничего)|\bне (?:достуч|дозв|дожд|долет|долета)\w*|"
    r"\b(?:заблокир|отбрасыва|отброш|режет|зарез|обрыва|разорван|порвал)\w*|\bвпустую\b|\bв никуда\b|\bмимо\b",
)
ASSENTS = (
    # What ping sums up, without the loss
    r"\b(?P<sent>[1-9]\d*) packets? transmitted,? (?P=sent) (?:packets? )?received\b",
    # English
    r"\ball is well\b|\balive and kicking\b|\bhappy to talk\b|\bno trouble at all\b",
    r"\b(?:one|two|three|\d+) (?:\w+ )?repl(?:y|ies)\b|\bthere (?:it is|we go)\b|\bin business\b|"
    r"\bup and running\b|\b(?:is|are|was|were) answered\b|\bright away\b|\bpong\b",
    r"\b(?:get|gets|got|goes|comes|make|makes) (?:\w+ )?(?:through|back to us)\b|\b(?:comes|came) back\b",
    r"\b(?:all|everything(?: is)?|things are) (?:\w+ )?(?:good|fine|well|ok|okay|normal)\b|\bback to normal\b|"
    r"\bgood again\b",
    r"\b(?:see|hear|reach|find|answer) each other\b|\bis (?:back|restored|alive|up again)\b|\bbingo\b|\bhoo?ray\b|"
    r"\blike a charm\b|\bat once\b.*\b(?:answer|repl)|\b(?:the )?(?:answer|reply|response)s? (?:comes|arrives|"
    r"is there)",
    r"\b(?:ping|packet|traffic|request|echo)s? (?:\w+ )?makes? it (?:to the other|through|across|back)\b|"
    r"\b(?:full|complete) round ?trip\b|\bno (?:packet )?loss\b",
    # French
    r"\bpas de (?:souci|problème)\b|\btout roule\b",
    r"\bles deux sens passent\b|\bça (?:passe|repart|remarche)\b|\bon reçoit (?:bien )?(?:une|la|les|"
    r"des) réponses?\b|\brépond(?:ent)? présent|\bla réponse arrive\b",
    r"\brétablie?s?\b|\b(?:se voi(?:t|ent)|on atteint|atteignent|aboutit|aboutissent|arrive bien|revient|"
    r"reviennent)\b|"
    r"\bcontinue\w* (?:de |d['’]|à )?(?:répondre|fonctionner|passer|marcher)|\brépondre? (?:bien|normalement)|"
    r"\bobti\w+ (?:bien )?(?:une |la )?réponse|\btout (?:va bien|rentre dans l['’]ordre|est normal|remarche)|"
    r"\bremarche\b",
    # Spanish
    r"\b(?:y )?ahora sí\b|\bhay eco\b|\brestablecid[oa]s?\b|\bse alcanzan\b|\bcon éxito\b|\bsin pérdidas?\b|"
    r"\b(?:recibe|recibimos|obtenemos) respuesta\b|\btodo en orden\b",
    r"\b(?:vuelve|vuelven|tiene que|tienen que) (?:a )?ir\b|\b(?:sí|ya) va\b|\b(?:contesta|contestan|vuelve|"
    r"vuelven|pasa|pasan) (?:\w+ ){0,2}(?:a la primera|bien|ya|correctamente|sin)\b|"
    r"\b(?:contesta|contestan)\b|\bs[ií] (?:llega|responde|contesta|funciona|alcanza|pasa)\w*|\bse ven\b|"
    r"\btodo (?:bien|correcto|ok)\b|"
    r"\bvuelve(?:n)? a (?:funcionar|responder|llegar|haber|contestar)|\b(?:llegan|alcanza|alcanzan)\b",
    # German
    r"\b(?:fließ|fliess)\w*|\bwieder (?:da|erreichbar)\b|\bwiederhergestellt\b|\b(?:problemlos|anstandslos)\b|"
    r"\bin beide Richtungen\b|\bsteht wieder\b",
    r"\b(?:sehen|erreichen|finden) (?:sich|einander)\b|\b(?:Antwort|Ping|Paket)\w* (?:\w+ ){0,2}(?:kommt|kommen|"
    r"da|geht durch)\b|"
    r"\bkommt (?:\w+ ){0,2}(?:eine |die )?Antwort|\balles (?:wieder )?(?:gut|in Ordnung|bestens|läuft)|"
    r"\bläuft (?:wieder|jetzt|nun)|"
    r"\bgeht (?:\w+ ){0,3}durch\b|\bmeldet sich\b",
    # Vietnamese
    r"\b(?:cũng|đều|đã|lại|vẫn) trả lời\b|"
    r"\btrả lời (?:ngay|bình thường|tốt)\b|\b(?:lại|đã) thông\b|\bthông (?:trở )?lại\b|\b(?:tới|đến) nơi\b|"
    r"\bhoạt động (?:tốt|bình thường|trở lại)\b|\bkhông mất gói\b",
    r"\bthấy nhau\b|\b(?:ping|mạng|kết nối|truy cập|liên lạc)(?: \w+){0,5} bình thường|\btrở lại bình thường|\b(?:có|"
    r"nhận được) (?:hồi đáp|phản hồi|trả lời)|"
    r"\b(?:thông suốt|ngon lành|khôi phục)\b|\bmọi thứ (?:\w+ )?(?:ổn|tốt|bình thường)|\bvẫn (?:thông|ping được|"
    r"kết nối được)",
)
ASSENTS_BEYOND = (
    # Chinese
    r"没(?:有)?压力",
    r"秒(?:通|回)|通(?:啦|畅)|有了?响应|(?:没有|零|0 ?)丢包|不丢包|顺利|(?<!不)可达|能(?:上网|到)|搞定",
    r"没(?:什么)?毛病|一切(?:正常|OK)|(?:恢复|重新)(?:正常|如初|通信|连通|联通|了)|畅通|(?:就|便|都|马上|"
    r"立刻)(?:回|有回)(?:了|应|复)?|"
    r"有(?:了)?(?:回复|响应|应答|回应|回包)|收到(?:了)?(?:回复|应答|响应)|(?<!发)(?:出|过|进)得?(?:去|来)了|连上了|"
    r"到得了|正常(?:响应|应答|返回|回复)|"
    r"(?:又|都|就)(?:正常|OK)",
    # Japanese
    r"問題ない",
    r"元通り|(?:応答|返答|返事)(?:が)?(?:あり|有り|得られ|来)|問題(?:な(?:し|く)|ありません)|到達(?:した|します|"
    r"しました)|いけ(?:た|まし)",
    r"疎通可(?!能性)|返って(?:く|き)|返事が(?:き|来|あ)|(?:無事|問題なく|普通|正常)に?(?:届|通|返|繋|つなが|疎通|"
    r"通信)|(?:復旧|"
    r"復活|開通)し|つながりまし",
    # Korean
    r"(?:핑|패킷|통신)(?:이|은|도)? ?(?:잘 )?(?:통한다|통합니다|오간다|간다)|이상 ?없|원상 ?복구|정상으로 돌아|"
    r"응답한다|응답합니다",
    r"정상(?:적으로)? ?(?:나간|된|동작|통신|응답|연결|작동|으로)|잘 (?:간|나간|통|나온|응답|연결|됩|돼)|"
    r"응답(?:이)? ?(?:온|왔|옵|돌아)|"
    r"(?:다시|바로|서로) ?(?:통신|연결|핑)(?:이|을)? ?(?:된|됩|가능|되)|복구(?:된|됩|되)|살아(?:난|났)",
    # Russian
    r"\bбез потерь\b|\b(?:обмен|трафик) (?:\w+ )?(?:ид[её]т|есть|работает)\b",
    r"\bвс[её] (?:снова )?ходит|\b(?:отклика|отзыва)(?:ется|ются)\b|\bсвязь (?:вернул|восстановл|на месте)\w*|"
    r"\bесть контакт\b|\bполуча\w+ ответ|\b(?:пакеты|пинги?) (?:пош|побежал|бега)\w*",
    r"\b(?:заработал|восстанов|ожил|доходит|доходят|долета|прилета)\w*|\bвс[её] (?:хорошо|в порядке|ок|нормально|"
    r"отлично|работает)|"
    r"\bответ\w* (?:\w+ )?(?:пришёл|пришел|получен|есть|вернул|верн)|\bвид(?:ят|им) друг друга\b|\b(?:порядок|ура)\b",
    r"\bпакеты (?:\w+ )?ход(?:ит|ят|ить)\b",
)

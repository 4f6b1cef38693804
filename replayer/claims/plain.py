"""The plain words for answering, and for not answering, in the languages of tutorials. `words.py` reads them.

`…_BEYOND`: what needs letters beyond the Latin ones.
"""

DENIALS = (
    # English
    r"\bcan(?:['’]?t|not| not| no longer)(?: yet| still)?(?: be)? (?:ping|reach|communicat|connect|talk|see|access|"
    r"get|contact|work|respond|answer|repl)\w*",
    r"\b(?:unable|not able|impossible|no longer able) to (?:\w+ )?(?:ping|reach|connect|communicat|talk|see|"
    r"access|contact|get)\w*",
    r"\b(?:do|does|did|is|are|was|were|wo|will|would|should|could|has|have|must)(?:n['’]?t| not| no longer)(?: yet|"
    r" still)?"
    r"(?: be| been| able to| get| getting| an?| receive| see| even| ever| seem to| appear to)*"
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
    r"\bno (?:\w+ )?obt\w+ (?:\w+ )?respuesta\b",
    r"\bsin (?:funcionar|responder|llegar|conectar|contestar|pasar(?! por))\b",
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
DENIALS_BEYOND = (
    # Chinese
    r"(?:ping|[Pp]ing)?\s*(?:仍然|还是|依然|都|也|是|就|又|,|，)*\s*不(?:再)?(?:能)?(?:互相|相互)?通(?!过|常|用|知)",
    r"(?:无法|不能|没法|不可以|不可|未能|没能|不会)(?:再|够|正常|直接|相互|互相|被|与|和|从|向|\s|\w)*?"
    r"(?:ping|通信|通讯|连通|访问|互通|到达|连接|联通|收到|通)",
    r"(?:ping|通信|通讯|连接|访问)(?:请求)?(?:会|将)?(?:失败|超时|不了|不到|受阻|中断)",
    r"(?:网络|主机|目标)?不可达",
    r"丢包率?\s*(?:为|是)?\s*100",
    r"100%\s*(?:的)?丢包",
    r"(?:收不到|没有?收到|没有?任何|没有|无)(?:任何)?(?:回复|响应|应答|回应|回包|返回)",
    r"(?:没有?|未)(?:能)?\s*(?:ping\s*)?通(?!过|常|用|知|道|告|[信讯])|不(?:搭)?理(?:我|人|睬|会|咱|它|他)",
    r"(?:失败|超时)",
    r"(?:果然|结果|仍然?|还是|依然|依旧|照样|又|都|也|就|现在|当然)(?:还是)?不行(?!为|业)",
    # Japanese
    r"(?:疎通|通信|接続|到達|到着|アクセス|ping|応答)\s*(?:確認)?(?:は|が|も|を|に)?\s*"
    r"(?:でき(?:ない|ません|なかっ|なく|ず)|出来(?:ない|ません)|通ら|通りません|しない|しません|不可|失敗|NG|ない|"
    r"なし|ありません)",
    r"通(?:ら|じ|り)(?:ない|ません|なかっ|なく|ず)",
    r"(?:応答|返事|返答|通信)し(?:て(?:くれ|き|い|もらえ)?)?(?:ない|ません|なく|なかっ)",
    r"(?:ping|パケット)(?:は|が|も|を)?[^、。]{0,8}?飛(?:ば|び|べ|ん)(?:ない|ません|なく|なかっ|ず)",
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
ASSENTS = (
    # English
    r"\b(?:works|worked|working|(?:should|will|would|must|can|to|now|still|both|all|pings?|commands?|requests?|"
    r"they|it)"
    r" (?:\w+ )?['\"]?work)\b|"
    r"\b(?:succe(?:ss|ed)\w*|reachable|replies|responds|responding|replied|reply from|answers|"
    r"pings fine)\b|\b(?:both|all|they)(?: \w+){0,3} (?:answer|respond|reply|work|succeed)\b|"
    r"\b(?:should|must|will) (?:now |also )?(?:answer|respond|reply)\b",
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
ASSENTS_BEYOND = (
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
    r"(?:ping|パケット)(?:は|が|も)?飛(?:ぶよう|びました|んだ)",
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

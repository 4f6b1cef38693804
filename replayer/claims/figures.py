"""Figures of speech in which people say that something answers, or that it does not: silence, walls, islands, lost
packets; an open way, signs of life, a problem that is solved. By language, beside the plain words of `plain.py`.

They are read only near a command that asks. `…_BEYOND`: what needs letters beyond the Latin ones.
"""

DENIALS = (
    # English
    r"\b(?:crickets|black-?out|dead air|radio silence|not a (?:peep|sound|word|whisper)|nothing but silence)\b|"
    r"\b(?:falls?|goes|go|stays?|remains?) (?:\w+ )?(?:silent|quiet|dark|dead|mute)\b|\bon deaf ears\b|"
    r"\bno (?:sign|trace)s? of\b",
    r"\b(?:islands?|strangers?|isolated from|(?:is|are|stay|stays|remains?|completely|fully|still) (?:\w+ )?isolated|"
    r"(?:on|live on) (?:its|their) own|cut off|kept apart|out of (?:reach|touch)|unaware of|invisible to|"
    r"worlds apart)\b",
    r"\b(?:no further|gets? nowhere|stuck|gives? up|gave up|to no avail|for nothing|shut out|locked out|kept out|"
    r"turned (?:away|down|back)|barred|(?:into|against|hits?) a (?:brick )?wall)\b",
    r"\b(?:die|dies|died|end|ends|stop|stops) (?:right )?(?:there|here|at the (?:router|bridge|gateway|firewall)|"
    r"on the (?:way|wire|floor)|somewhere)\b",
    r"\b(?:nobody|no one|no-one|nothing)(?: \w+){0,3} (?:picks|claims|cares|bothers|(?:gets?|comes?) (?:in|out|"
    r"there))\b|"
    r"\b(?:is|are)(?:n['’]t| not) (?:at )?home\b|\bplays? dead\b|\bwait\w* (?:for )?(?:a long|forever|in vain)|"
    r"\b(?:zero|none|0) (?:out )?of (?:\w+)\b|"
    r"\b(?:are|is|remains?|stays?|still) (?:\w+ )?(?:separated|disconnected|off limits)\b|\bno conversation\b|"
    r"\b(?:exits|ends|returns|fails|stops) with (?:\w+ )?(?:an )?error\b|\bdraws? a blank\b|\bleads? nowhere\b|"
    r"\bno (?:way|chance|idea|clue|path|means) (?:of|to|how|where|for|back|out|"
    r"in|home|what)\b|"
    r"\b(?:do|does|did)(?:n['’]t| not) (?:\w+ )?know\b|\bknows? (?:\w+ )?nothing\b|"
    r"\bnothing (?:\w+ ){0,2}(?:makes it|gets|comes|arrives|reaches|returns)\b|\bgives? (?:\w+ )?(?:an )?error\b|"
    r"\bwrong (?:exit|way|door)\b",
    # French
    r"\baucun signe\b|\bne donne (?:\w+ )?rien\b|"
    r"\bsilence radio\b|\bséparée?s?\b|\bpar une erreur\b|\brompue?s?\b|\brien à faire\b|\babandonn\w+|"
    r"\bon attend (?:toujours|encore)\b|\b(?:coincé|"
    r"isolé|muet|"
    r"sourd|enfermé|"
    r"abandonné)(?:te)?e?s?\b|\bhors (?:de portée|"
    r"d['’]atteinte)|"
    r"\b(?:plus personne|personne pour)\b|"
    r"\bpas moyen\b|\b(?:porte close|lettre morte|peine perdue|pour rien|en pure perte|impasse)\b|"
    r"\bchacun (?:\w+ ){0,3}(?:coin|côté|soi)\b|\bs['’]arrêt\w* (?:là|net|au routeur|en chemin)|\bse perd\w*|"
    r"\bne (?:sait|savent|conna[iî]\w*|va|vont|dépass\w*|franchi\w*|sort\w*) (?:\w+ )?(?:pas|plus|rien|jamais)\b|"
    r"\baucune? (?:\w+ ){0,4}ne (?:sait|conna[iî]t)|\b(?:dans|contre) (?:un|le) mur\b",
    # Spanish
    r"\b(?:sin|no) (?:dar?|hay|da) señal(?:es)?\b|"
    r"\bno (?:regresa|vuelve)n?\b|\bseparad[oa]s\b|\bcon un error\b|\bno hay (?:manera|forma|modo|quien|nadie|paso|"
    r"salida|camino)\b|\baislad[oa]s?\b|"
    r"\bincomunicad\w*|"
    r"\bcada uno (?:\w+ ){0,3}(?:lado|cuenta)\b|\bfuera de(?:l)? alcance\b|\bpara nada\b|\bni (?:caso|pío|mu)\b|"
    r"\bse acabó\b|\bno se (?:pasa|ven|conocen|hablan|entienden|alcanza)\b|\b(?:mud|atascad|callad)[oa]s?\b|"
    r"\bno (?:sabe|conoce|encuentr|sale|hace caso)\w*|\bcontra (?:un|el) (?:muro|pared)|\bse (?:mueren|atascan)\b",
    # German
    r"\b(?:Stille|Schweigen|schweig\w*|stumm)\b|\b(?:kein|ohne) (?:Heran|Durch|Weiter)kommen\b|\b(?:ist|war) Schluss\b|"
    r"\bEndstation\b|\b(?:gegen|in|vor) (?:eine[rm]?|die|der) (?:Wand|Mauer)\b|\bvor verschlossene\w*|"
    r"\b(?:isoliert|abgerissen|abgebrochen|abgeschottet|getrennt|umsonst)\b|\bfür sich(?: allein)?\b(?! (?:spricht|"
    r"genommen))",
    r"\bmit einem Fehler\b|\bkeiner(?:lei|) (?:Reaktion|Antwort)\b|"
    r"\bkeine Reaktion\b|\b(?:rührt|regt) sich nicht\b|"
    r"\bnicht (?:mehr |länger )?zu erreichen\b|\b(?:nie|niemals|nicht) (?:mehr )?zurück\b|"
    r"\bbleib\w* (?:\w+ ){0,4}(?:hängen|stecken|"
    r"liegen|aus)\b|\b(?:versick|versand|verpuff)\w+|"
    r"\bnichts zu (?:machen|hören|holen|sehen)\b|\b(?:kommt|passiert|tut sich|regt sich) (?:\w+ ){0,2}nichts\b|"
    r"\bgibt (?:\w+ )?auf\b|\bwissen (?:\w+ ){0,3}nichts\b|\bkenn\w+ (?:\w+ )?nicht\b",
    # Vietnamese
    r"\bbó tay\b|\bmất liên lạc\b|\btách rời\b|\bbáo lỗi\b|\bngoài tầm với\b|\bmà không (?:về|thấy|có)\b|"
    r"\bchờ (?:mãi|hoài)\b|"
    r"\bbặt (?:vô )?âm\b|"
    r"\bai ở nhà nấy\b|\b(?:cô lập|tách biệt|cách ly|vô vọng|"
    r"vô ích)\b|"
    r"\b(?:chưa|không|chẳng) (?:hề |còn )?(?:biết|thấy|nhìn thấy|quen) (?:gì|nhau|ai|hồi âm|tiếng)\b|"
    r"\bim (?:re|ắng|lìm|bặt)\b|\bkhông (?:thể )?(?:về|ra|vào|sang) (?:được|nổi|tới)\b|\bchẳng (?:thấy|có|nhận) \w+",
)
DENIALS_BEYOND = (
    # Chinese
    r"(?:没(?:有)?|毫?无)(?:任何)?(?:回音|回信|音讯|人理|人搭理|人应)|不给(?:任何)?(?:回应|回复|响应|反应)|没等(?:来|到)|等不(?:来|到)|干等|"
    r"报错|别想(?:进|出|过)|返回错误|断开的|(?:连通性?|连接|通信|网络)(?:消失|断|中断|没了|丢失)|看不[见到]|"
    r"[摸够碰]不[到着]|"
    r"没(?:有)?(?:一|半|"
    r"丝毫)点?(?:反应|回应|动静)|互不(?:相通|可见|相识|往来)|"
    r"不知道(?:对方|彼此)|老死不相往来|各自为政|各过各的|孤岛|"
    r"(?:被|相互|互相|彼此|完全|仍|还)(?:是)?隔离|隔离(?:了|开)",
    r"止步|走不(?:出|到|通|过)|[出进]不了|到此为止|(?:就|便)(?:停|没)(?:了|下)|(?:没有?|无)回(?:程|来)?的?路|有去无回|"
    r"闭门羹|拒之门外|被(?:拒|堵|挡|封|吞|滤)|堵(?:住|死)|没(?:办)?法(?!律)|无能为力|徒劳|没门|[无未]果",
    # Japanese
    r"送信でき(?:ませ|な)|分かれたまま|エラー(?:で終了|にな|が返|を返)|ネットに(?:は)?出られ(?:ませ|な)|"
    r"うまくい(?:か|きませ)|断られ|"
    r"応答[^。、]{0,3}ゼロ|沈黙|迷子|居留守|音沙汰(?:が|は)?(?:な|あり)|しーん|門前払い|"
    r"(?:塞|ふさ)が(?:っ|"
    r"れ)|締め出|行き止まり|孤立|"
    r"隔離され|"
    r"分断され|切り離され|待てど|"
    r"(?:外|隣|先|向こう|ネットワーク)(?:へ|に|まで)?(?:は|には)?(?:行け|出られ|たどり着け|辿り着け|進め)(?:ませ|な)",
    r"(?:互い|相手|存在)[^。、]{0,10}(?:知り|知ら|見え|見つけ|気づ)[^。、]{0,3}(?:ませ|な|ず)|(?:見え|"
    r"聞こえ)(?:ませ|な[いくか])|"
    r"(?:返事|応答|パケット|返答)[^。、]{0,8}(?:もらえ|得られ|戻り|戻ら|帰って?[こき]|帰って?こられ|"
    r"来)[^。、]{0,3}(?:ませ|な[いくか]|ず)|"
    r"途絶え|駄目|だめ|ダメ|お手上げ|(?:引け|解決でき)(?:ませ|な)",
    # Korean
    r"(?:감감|깜깜)무소식|(?:소식|대답|반응|인기척)(?:이|도|은)? ?없|조용(?:하|해|합|$)|침묵|남남|고립|"
    r"격리(?:된|되|돼|됩)|벽에 (?:막|부딪)|분리되어 있|오류를 (?:냅|낸|반환)|막(?:혀|힙)|닿지|대꾸|사라(?:집|진|졌)|"
    r"알지 못|모르(?:고|는)|모릅|"
    r"보이지 않|안 보|"
    r"찾지 못|(?:나)?갈 수 없|"
    r"기다려도|헛수고|퇴짜",
    # Russian
    r"\bразделен[ыо]\b|\bзаверша\w+ (?:с )?ошибк\w+|\b(?:сразу|снова|опять|выда\w+|получа\w+) (?:\w+ )?ошибк\w+|"
    r"\bответов нет\b|"
    r"\bне (?:докрич|попа[сд]|добра|"
    r"дотян|достать|уход|уш[ёе]л|ушл|знают|слыш|откры|успеш|пуска|выйти|зайти|верн|возвра)\w*|"
    r"\bни (?:слуху|звука|ответа|слова)\b|\bникак\b|\bсам по себе\b|\bсами по себе\b|\b(?:изолир|отреза|застре|"
    r"застря)\w+|"
    r"\bоборва\w+|\bтупик\w*|\bв стену\b|\b(?:закрыт|глух)\w*|\bперестал?\w*|\bбезответ\w*|\bнедосягаем\w*|"
    r"\bответа не\b|"
    r"[—–-] (?:уже |пока )?нет\W*$",
)
ASSENTS = (
    # English
    r"^\W*(?:and |finally |lo and behold )*(?:a|an|one|our)(?: \w+)? (?:reply|response|answer)\W*$|"
    r"\bthere (?:we have it|we are|you go|you have it)\b|\blift-?off\b|\bback (?:in business|on track|online|"
    r"on line)\b|"
    r"\b(?:did|does|do) the (?:trick|job)\b|\bproblem solved\b|\b(?:is|are) (?:now )?(?:fixed|solved|resolved|cured)\b|"
    r"\bthat (?:fixed|solved|settles) it\b|\bmission accomplished\b",
    r"\b(?:greeted|rewarded) (?:by|with) (?!an? (?:error|timeout|failure)|silence|nothing)|"
    r"\b(?:both|all|all of them|everything|everyone|everybody|they)(?: \w+){0,3} (?:arrives?|comes? back|gets? through|"
    r"gets? along|hears?|picks? up|makes? it)\b|"
    r"\b(?:two|both|all|they|namespaces|hosts|networks|sides|ends|containers|rooms) (?:\w+ )?(?:are|is) (?:\w+ ){0,2}"
    r"(?:connected|reunited|in touch)\b(?! (?:to|by|via|through|with) )",
    r"\bunaffected\b|\b(?:is|are)(?:n['’]t| not) (?:affected|impressed|bothered|touched)\b|"
    r"\b(?:do|does)(?:n['’]t| not) (?:care|mind|affect|bother)\b|"
    r"\b(?P<all>\w+) (?:out )?of (?P=all)\b|\b(?:can|to|now) (?:\w+ )?exchange (?:packets|traffic|frames)\b|"
    r"\brouting (?:\w+ ){0,6}(?:in place|works|working|effect)\b|\bwithin reach\b|\bre-?established\b|\brestored\b|"
    r"\b(?:ping|connection|connectivity|communication|traffic) recovers\b|"
    r"\bcarries (?:our |the |"
    r"all )*traffic\b|\bwe are through\b|\bgot there\b|\b(?:are|is) (?:\w+ )?(?:talking|home)\b|"
    r"\bpicks? up (?:the phone|at once)\b|\bconversation is (?:complete|possible)\b|\blet (?:in|through)\b|"
    r"\b(?:way|door|path|road) is (?:now )?(?:free|clear|open)\b|\b(?:is|are) (?:\w+ )?fine\b|\bputs? things right\b|"
    r"\bjust fine\b|\bwithout a hitch\b|\blike clockwork\b|"
    r"\bout of the box\b|\bsigns? of life\b|\b(?:replies|answers|responses) (?:are|come|came|keep|start|flow)\b|"
    r"\b(?:has|have|got) (?:a |full )?(?:contact|access)\b|\bshould have connectivity\b",
    # French
    r"\bsigne de vie\b|\bsuffit (?:\w+ )?(?:pour|à) (?:joindre|atteindre)\b|\bcommunication reprend\b|"
    r"\béchang\w+ (?:des|les|leurs) paquets\b|\broutage (?:\w+ ){0,6}en place\b|\bs['’]affiche\b|"
    r"\bse (?:parle|répond|compren|enten)\w*\b|\btour est joué\b|"
    r"\bproblème (?:réglé|résolu)\b|"
    r"\bc['’]est (?:réglé|résolu|gagné|bon|reparti)\b|\b(?:voie|chemin|route) (?:est )?(?:libre|ouverte?)\b|"
    r"\btoujours (?:là|debout|vivant|à portée)|\bn['’]est pas (?:affecté|concerné|touché|gêné)|\bça y est\b|"
    r"\bsans (?:encombre|accroc|souci|difficulté)\b|\ben contact\b|\b(?:désormais|maintenant|enfin) (?:relié|connecté)|"
    r"\bà (?:notre )?portée\b",
    # Spanish
    r"\bahora sí\b|\bbasta para (?:llegar|alcanzar)\b|\bdevuelve la comunicación\b|\bintercambia\w* (?:paquetes|"
    r"tráfico)\b|\b(?:devuelve|aparece|carga|muestra) (?:la|una) página\b|"
    r"\basunto arreglado\b|\b(?:al|"
    r"a nuestro) alcance\b|\bsí (?:que )?(?:hay|responde|funciona|llega|contesta)\b|\bse (?:ven|"
    r"hablan|entienden|oyen)\b|"
    r"\bde maravilla\b|\bsigue (?:ahí|viv[oa]|respondiendo|funcionando|en pie)\b|"
    r"\b(?:todo|va) (?:\w+ )?(?:bien|perfecto|en orden)\b|\by listo\b|\b(?:solucionad|resuelt|arreglad)[oa]\b|"
    r"\btenemos (?:salida|paso|acceso|contacto)\b|\b(?:camino|paso|vía) (?:libre|abiert[oa])|\bsin rechistar\b|"
    r"\bno (?:se ve|se ven|está|están|queda) afectad|\bcomo si nada\b|\ba la primera\b|\bcontest(?:a|an|ó)\b|"
    r"\b(?:deber[ií]amos|tendr[ií]amos que|ya) tener (?:conectividad|conexión|respuesta)\b",
    # German
    r"\bna bitte\b|\berreich(?:en|t|e) (?:wir|man|ich)\b|\b(?:Pakete|Daten) austausch\w+|\bgreift\b|"
    r"\bmit von der Partie\b|\bdie Seite (?:zu sehen|"
    r"erscheint)\b|\bin Reichweite\b|\bgeht doch\b|"
    r"\bauf Anhieb\b|\bgelingt\b|\bWeg (?:ist )?(?:nun |jetzt )?frei\b|"
    r"\bfreie Bahn\b|"
    r"\b(?:miteinander|nun|jetzt|wieder) verbunden\b|\b(?:verstehen|unterhalten) sich\b|"
    r"\bsprechen (?:\w+ )?miteinander\b|"
    r"\bansprechbar\b|\bist der Weg frei\b|\bsieht die Welt anders aus\b|\bnicht (?:betroffen|beeinträchtigt|"
    r"berührt)\b|"
    r"\b(?:unbeeindruckt|unbeeinflusst|gelöst|erledigt|behoben|reibungslos|Lebenszeichen)\b|\bVerbindung steht\b|"
    r"\b(?:nach wie vor|weiterhin|noch) (?:da|durch|offen|am Leben)\b",
    # Vietnamese
    r"\bổn thỏa\b|\btrao đổi (?:được )?(?:gói|dữ liệu)|\bđã hoạt động\b|\b(?:có|nhận được|thấy|"
    r"nghe) (?:tiếng )?(?:hồi âm|đáp)\b|\bsống (?:khỏe|lại|tốt)\b|\blà (?:thông|"
    r"xong|được|ổn)\b|"
    r"\bthông (?:ngay|rồi|luôn)\b|\bkhông (?:bị |hề )?ảnh hưởng\b|\bvẫn (?:sống|còn|bình thường|ổn|tốt|trả lời)\b|"
    r"\b(?:trò|nói) chuyện (?:được|với nhau)\b|\b(?:tới|đến|ra) được\b|\bđường (?:đã )?(?:mở|thông)\b|"
    r"\btrong tầm tay\b",
)
ASSENTS_BEYOND = (
    # Chinese
    r"畅通|生效(?:了|$)|互发|互相收发|大功告成|打开(?:了)?(?:网页|页面)|没有?(?:任何|一点|这个|什么)?(?:障碍|阻碍|"
    r"问题)|问题(?:都|也)没|"
    r"毫无(?:问题|障碍)|能通|打通|"
    r"[有来](?:了)?(?:反应|回应|"
    r"回音|动静)|"
    r"(?:都|是|均|也|就|天生)(?:就|是)*(?:互通|相通|通)的|互相(?:看见|看得见|可见)|看得[见到]|看到对方|说(?:得)?上话",
    r"好使|管用|奏效|就(?:成|对)了|恢复了|解决了|迎刃而解|不受(?:任何)?影响|没(?:有)?(?:受到?)?影响|照常|安然无恙|"
    r"(?:照样|依旧|依然|仍然?)(?:是)?(?:通|正常|畅|可用)|能用了|(?:可以|能够?)(?:正常|成功)?连接(?:到|上)|是可以访问",
    # Japanese
    r"(?:返事|応答|返答|反応|返信)(?:が|を|も)?(?:ちゃんと|すぐに?|無事に?|きちんと)?(?:もらえ|得られ|戻|"
    r"帰って[きく]|受け取)|"
    r"やり取りでき|有効になった|出られ(?:ます|るよう)|うまくい(?:く|き|っ)|見えてい(?!な|ませ)|話ができ|手が届|"
    r"会話(?:でき|が成)|話せ[るま]|(?:から|に|が|も)見える|"
    r"めでたく|大丈夫|"
    r"元気|生きて|健在|順調|良好|平気|"
    r"ばっちり|"
    r"影響(?:を|は)?(?:受けま?せ?[んなず]|な|ありませ)|解決し|すんなり|あっさり",
    # Korean
    r"(?:대답|응답|답장|반응|답)(?:이|을|도)? ?(?:바로 |곧 |잘 |즉시 |다시 |드디어 )*(?:돌아|왔|온|옵|받았|받습)|"
    r"문제(?:가|도)? ?없(?!는지)|해결(?:됩|되|된|됐)|주고받을 수 있|동작하는 것을|나갈 수 있|돌아(?:옵|왔|온)|"
    r"정상이|정상입|(?:잘|서로) 보[이입]|뚫(?:렸|립|"
    r"린)|이어졌|오(?:갑니|간다|고 갑)|살아 ?있|건재|멀쩡|"
    r"영향(?:을|이)? ?(?:받지|없)|대화할 수 있|도달(?:합|한다|했)|도착(?:합|한다|했)",
    # Russian
    r"\b(?:откликн|ответил|отозвал)\w*|\bна связи\b|\bжив\w* и здоров\w*|\bпошло\b|\b(?:путь|выход|дорога) (?:\w+ )?"
    r"(?:свобод|откры)\w*|\bоткрыва(?:ется|ются)\b|\bвидн[ыо]\b|\bслышат\b|\bсоединены\b|\bдош(?:ёл|ел|ло|ли)\b|"
    r"\bдостиг(?:ает|ают|ла|ли)\b|\bпроблема (?:решена|ушла)\b|\bне (?:затронут|страда|меша|влия|пострада)\w*|"
    r"\bбез (?:помех|труда|заминки)\b|\bпинг (?:есть|прошёл|прошел)\b",
)

"""Words that send the reader to another terminal, or back to the first one, in the languages of tutorials."""

import re

_ANOTHER = (
    r"\b(?P<ordinal>third|fourth) (?:\w+ )?(?:terminal|window|shell|console|tab|session|pane|one\b)",
    r"\b(?:another|second|new|different|other|separate|parallel|additional) (?:\w+ )?"
    r"(?:terminal|window|shell|console|tab|session|pane|ssh connection)\b",
    r"\bin another one\b",
    r"\b(?:terminal|window|shell|console|tab|session|pane)[\s_-]*(?:#|no\.? ?|n°\s?|number )?"
    r"(?P<digit>[2-9])\b(?! of\b)",
    r"^\W*t(?:erm)?[ .]?(?P<short>[2-9])\W*$",
    r"\b(?:ventana|consola|pestaña|fenêtre|onglet|Fenster|Konsole|cửa sổ|màn hình|terminale|finestra|scheda|"
    r"janela|aba) (?:n[.º°]? ?)?(?P<latin>[2-9])\b",
    r"\b(?:terminal|window|shell|console|tab|pane|session) (?P<letter>[B-D])\b",
    r"另(?:外)?(?:再)?(?:开|起|打开|启动)?(?:的)?一?个?(?:新的?)?(?:终端|窗口|会话|控制台|shell)",
    r"(?:再|重新)(?:开|打开|启动)一?个?(?:新的?)?\s*(?:ssh\s*)?(?:终端|窗口|会话|shell)",
    r"新(?:开|建|打开|的)?一?个?\s*(?:终端|窗口|shell\b)",
    r"第(?P<second>[二三四])个(?:终端|窗口|会话|shell|(?=[里中上:：,，]|\s*$))",
    r"(?:终端|窗口)\s*(?P<han>[2-9二三])",
    r"(?:[別别]の?|他の)(?:ターミナル|端末|ウィンドウ|コンソール|シェル|タブ|セッション)",
    r"もう(?:一|ひと)つ(?:の)?(?:別の)?(?:ターミナル|端末|ウィンドウ)",
    r"新しい(?:ターミナル|端末|ウィンドウ)",
    r"(?P<kanji>[2-9２３二三])(?:つ|番)目の(?:ターミナル|端末|ウィンドウ|コンソール)",
    r"(?:ターミナル|端末)\s*(?P<kana>[2-9２３②③])",
    r"(?P<korean>두|세) ?번째 ?(?:터미널|창|쉘|콘솔)",
    r"(?:다른|새|새로운|별도의?|또 다른) ?(?:터미널|창|쉘|콘솔|세션)",
    r"\bещ[её] одн?и?н?\w* (?:терминал|окн|консол|вкладк)\w*",
    r"(?:터미널|창)\s*(?P<hangul>[2-9])",
    r"\b(?P<russian>треть|четв[её]рт)\w+ (?:\w+ )?(?:терминал|окн|консол|вкладк|\b)\w*",
    r"\b(?:друг|втор|нов|отдельн|соседн)\w+ (?:\w+ )?(?:терминал|окн|консол|вкладк)\w*",
    r"\b(?:терминал|окно)\w*\s*№?\s*(?P<cyrillic>[2-9])\b",
    r"\b(?:otra|nueva|segunda) (?:terminal|ventana|consola|pestaña|sesión)",
    r"\b(?:otro|segundo|nuevo|outro|novo) terminal",
    r"\b(?:outra|nova|segunda) (?:janela|aba)",
    r"\b(?P<italian>terzo|terza|quart[oa]) (?:terminale|finestra|scheda)",
    r"\b(?:un )?(?:altr[oa]|nuov[oa]|second[oa]) (?:terminale|finestra|scheda)",
    r"\b(?P<spanish>tercer|cuart)[ao]?\b(?: (?:terminal|ventana|consola|pestaña|sesión))?",
    r"\b(?P<french>troisième|quatrième)(?: (?:terminal|fenêtre|console|onglet|shell))?\b",
    r"\b(?:autre|nouve(?:au|l|lle)|second|deuxième) (?:terminal|fenêtre|console|onglet|shell)",
    r"\b(?P<german>dritt|viert)\w* (?:Terminal|Fenster|Konsole|Shell)",
    r"\b(?:ander|zweit|neu|weiter|separat)\w* (?:Terminal|Fenster|Konsole|Shell)",
    r"\b(?:terminal|cửa sổ) thứ (?P<vietnamese>ba|tư)",
    r"\b(?:terminal|cửa sổ) (?:khác|mới|thứ hai)",
)
_FIRST = (
    r"\b(?:back (?:to|in)|return to|in|on) (?:the |our )?(?:first|original|previous|initial|main) "
    r"(?:terminal|window|shell|console|tab)",
    r"\b(?:terminal|window|shell|console|tab|session|pane)[\s_-]*(?:#|no\.? ?|n°\s?|number )?1\b(?! of\b)",
    r"^\W*t(?:erm)?[ .]?1\W*$",
    r"\b(?:back|return) (?:to|in|on) the (?:first|original|main)(?: one)?\b",
    r"\b(?:ventana|consola|pestaña|fenêtre|onglet|Fenster|Konsole|cửa sổ|màn hình|terminale|finestra|scheda|"
    r"janela|aba) (?:n[.º°]? ?)?1\b",
    r"\b(?:terminal|window|shell|console|tab|pane|session) A\b",
    r"(?:回到|返回|在|切回)(?:第一个|原来的?|之前的?|刚才的?|原)(?:终端|窗口)",
    r"第一个(?:终端|窗口)",
    r"(?:终端|窗口)\s*[1一]",
    r"(?:最初|元|1つ目|一つ目)の(?:ターミナル|端末|ウィンドウ)",
    r"(?:ターミナル|端末)\s*[1１①]",
    r"(?:첫 ?번째|원래|이전) ?(?:터미널|창)",
    r"(?:터미널|창)\s*1",
    r"\b(?:перв|исходн|прежн)\w+ (?:терминал|окн|консол)\w*",
    r"\b(?:терминал|окно)\w*\s*№?\s*1\b",
    r"\b(?:primera|primer) (?:terminal|ventana|consola)",
    r"\bpremi(?:er|ère) (?:terminal|fenêtre|console)",
    r"\bprim[oa] (?:terminale|finestra|scheda)",
    r"\bprimeir[oa] (?:terminal|janela|aba)",
    r"\bersten (?:Terminal|Fenster|Konsole)",
    r"\b(?:terminal|cửa sổ) (?:đầu tiên|thứ nhất|ban đầu)",
)
# Without one of these a text sends nobody anywhere: most texts are told at once.
_NEAR = (
    "terminal window shell console tab session pane ssh another third fourth back return 第 终端 窗口 会话 "
    "控制台 ターミナル 端末 ウィンドウ コンソール シェル タブ セッション 터미널 "
    "창 쉘 콘솔 세션 терминал окн консол вкладк трет четв "
    "ventana consola pestaña sesi tercer cuart finestra scheda janela aba troisième quatrième "
    "fenêtre onglet fenster konsole dritt viert cửa"
).split()
_TO_ANOTHER = re.compile("|".join(_ANOTHER), re.IGNORECASE)
_TO_FIRST = re.compile("|".join(_FIRST), re.IGNORECASE)
_SHORT = 12  # `T2:`
_NUMBERS = {
    **dict.fromkeys(("二", "２", "②", "b", "두"), "2"),
    **dict.fromkeys("三 ３ ③ c 세 third треть tercer terzo terza troisième dritt ba".split(), "3"),
    **dict.fromkeys("四 d fourth четверт четвёрт cuart quarto quarta quatrième viert tư".split(), "4"),
}


_WITHIN = 500  # of a long paragraph its end


def direction(text: str) -> str | None:
    """The terminal that a text sends its reader to, by the last words that do: "" the first, "2" and so on another;
    None if it sends nobody anywhere."""
    text = text[-_WITHIN:]
    told = text.lower()
    if not any(word in told for word in _NEAR) and not (len(told) < _SHORT and "t" in told):
        return None
    another = _last(_TO_ANOTHER, text)
    first = _last(_TO_FIRST, text)
    if another is not None and (first is None or first.start() < another.start()):
        number = next((value for value in another.groupdict().values() if value), "2").lower()
        return _NUMBERS.get(number, number)
    return None if first is None else ""


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)

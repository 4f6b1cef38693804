"""Words that name the machine, or the side, that the next commands are typed on: "On the server:", `### Host 2`."""

import re

_ROLES = {
    "server": "server serwer servidor serveur сервер 服务器 服务端 服务器端 伺服器 サーバ サーバー 서버",
    "client": "client cliente klient kunde клиент 客户端 客戶端 クライアント 클라이언트",
    "sender": "sender emisor émetteur 发送端 送信側 송신",
    "receiver": "receiver receptor récepteur 接收端 受信側 수신",
    "router": "router routeur роутер маршрутизатор 路由器 ルータ ルーター 라우터",
    "gateway": "gateway passerelle шлюз 网关 ゲートウェイ 게이트웨이",
    "host": "host hôte хост 宿主机 主机 ホスト 호스트",
    "attacker": "attacker",
    "victim": "victim",
}
_KNOWN = {word: role for role, words in _ROLES.items() for word in words.split()}
_WORDS = "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))
# What has to have a number or a letter: "machine" alone is the reader's.
_NUMBERED = (
    rf"(?P<kind>{_WORDS}|node|machine|vm|pc|peer|box|site|worker|master|nodo|máquina|machine|nœud|knoten|rechner|"
    r"узл?[а-я]*|машин[а-я]*|máy|хост[а-я]*|节点|機器|机器|マシン|ノード|노드|머신)"
    r"(?:[\s_#№-]|n°)*(?P<which>\d{1,2}|[A-Da-d]|[一二三四])(?![A-Za-z\d_])"
)
_NAME = re.compile(
    rf"(?:(?P<short>(?:h|r|s|n|pc|vm|node|host|srv|cli)\d{{1,2}})(?![A-Za-z\d_])|{_NUMBERED}|(?P<role>{_WORDS}))", re.I
)
# What stands before and behind a name where nothing else is said.
_BEFORE = re.compile(
    r"\W*(?:(?:step|шаг|schritt|étape|paso|bước|步骤|手順)\s*)?(?:(?:\d{1,2}(?:\.\d{1,2})*[.):：]?\s+)|[a-h][.)]\s*)?\W*"
    r"(?:(?:now|then|next|finally|first|and|again|back|similarly|likewise|also|dann|ahora|luego|puis|теперь|затем|然后|接着|次に|그리고)[,，]?\s+)?"
    r"(?:(?:on|from|at|in|over on|to|auf|von|vom|aus|en|desde|sur|depuis|côté|на|с|trên|tại|từ|ở)\s+|在|从)?"
    r"(?:(?:the|our|your|dem|der|den|el|la|le|l['’]|máy|una?)\s*)?$",
    re.I,
)
_BEHIND = re.compile(
    r"(?:[еу]|ом|а)?\s*(?:上|端|側|侧|측|에서|で|では|での)*\s*(?:-?\s?(?:side|end|machine|node|host|terminal|console|vm|seite|"
    r"seitig|box|pc)\b)?\s*(?:上|で|에서|的)*\s*"
    r"(?:\((?P<aside>[^()]{0,40})\)\s*)?"
    r"(?:(?:setup|config(?:uration)?|commands?|配置|设置|設定|설정|执行|執行|运行|操作|実行|실행)\s*)?"
    # Whatever is to be done there, in few words.
    r"(?:(?P<more>[,，、:：]?\s*[^.。!?:：\n]{0,60})[:：]|)\W*$",
    re.I,
)
_SEVERAL = re.compile(r"\b(?:and|und|y|et|и|và|both|to|→|->)\b|[&/→和与及と]|和|与", re.I)
_LONGEST = 300
# The end of a sentence, or of what is said before "…, on the server":
_ENDED = re.compile(
    r"(?<=[^\d][.!?])\s+|(?<=[。！？；])\s*|，(?=(?:然后|再|并|接着|同时|此时)?在)|"
    r", (?=(?:then |now |and )?(?:on|from) )"
)
_PARTICLE = re.compile(r"\s*(?:上|端|側|侧|측|에서|で)")
_DIGITS = str.maketrans("一二三四", "1234")


def place_named(text: str, heading: bool = False) -> str:
    """The machine or the side that words send the reader to, as a name ("server", "host2"); "" if they name none.
    A heading, or a label that ends in a colon, says nothing else."""
    told = " ".join(text.split())
    if len(told) > _LONGEST:
        return ""
    last = _ENDED.split(told)[-1]
    found = _NAME.search(last[:40])
    if found is None or (found.start() and last[found.start() - 1].isalpha() and last[found.start() - 1].isascii()):
        return ""
    before, behind = last[: found.start()], last[found.end() :]
    if not _BEFORE.fullmatch(before):
        return ""
    after = _BEHIND.fullmatch(behind)
    if after is None or behind[:1] in (">", "$", "#") or _SEVERAL.search(behind[:20]):
        return ""
    labelled = behind.rstrip().endswith((":", "：")) or heading or last == told
    led = bool(before.strip(" *_#-0123456789.)")) or bool(_PARTICLE.match(behind))  # "on the …"
    if not labelled or ((after["more"] or "").strip(" ,，、") and not led):
        return ""
    return _named(found)


def _named(found: re.Match[str]) -> str:
    if found["short"]:
        return found["short"].lower()
    if found["which"]:
        kind = found["kind"].lower()
        return f"{_KNOWN.get(kind, kind if kind.isascii() else 'host')}{found['which'].lower().translate(_DIGITS)}"
    return _KNOWN[found["role"].lower()]

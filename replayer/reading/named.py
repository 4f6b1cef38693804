"""Code in a sentence: does the sentence ask the reader to type it?"""

import re
from functools import lru_cache

# What may stand between the words that ask and the code.
_OBJECT = (
    r"(?:the |this |these |following |next |command|commands|as root|on \S+|in \S+|now|then|simply|just|again|first|"
    r"[:,\s]){0,8}"
)
_BEFORE = re.compile(
    r"(?:^|[.;:!?,]\s|\n|\bthen |\band |\bnow |\bplease |\bfirst |\bnext )\s*(?:\d+[.)]\s*|[-*]\s*)?"
    r"(?:run|execute|type|enter|issue|invoke|try|"
    r"ejecut(?:a|e|amos|ar)|lanza|escrib(?:e|a|imos)|teclea|"
    r"exécute[zr]?|lance[zr]?|tape[zr]?|entre[zr]|saisisse[zr]|"
    r"выполни\w*|запусти\w*|введи\w*|наберите|"
    r"gib|geben sie|tippe|starte|führe|führen sie|"
    r"chạy|gõ|nhập|thực thi|thực hiện)\s"
    + _OBJECT
    + r"(?:lệnh|comando|commande|команду|den befehl|befehl|la|le|el|:|\s)*$",
    re.IGNORECASE,
)
_BEFORE_HAN = re.compile(
    r"(?:执行|運行|运行|輸入|输入|敲入|執行|键入|实行)(?:如下|以下|下面|一下)?(?:的)?(?:命令|指令)?[:：]?\s*$"
)
_AFTER = re.compile(
    r"^\s*(?:コマンド)?(?:を|と)\s*(?:実行|打|入力|叩)|^\s*(?:명령어?)?(?:을|를)?\s*(?:실행|입력)|^\s*(?:aus|ein)\s*[.!:]?$"
)
_ASKS_NOTHING = re.compile(
    r"\?\s*$|\b(?:if|when|while|before|after|since|because)\b[^,]*$|(?:如果|当|在|之前|以前|もし)[^，,]*$",
    re.IGNORECASE,
)
# Asked for some other time: "run it before you push".
_SOME_TIME = re.compile(r"^[\s`]*(?:before|when(?:ever)?|if|in case|each time|every time)\b", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.)、]|[-*•]|step \d+[.:]?|第.{1,2}步[:：]?)?\s*|[\s.。:：;,]+$", re.IGNORECASE)


@lru_cache(2_000)
def asks_to_type(paragraph: str, code: str) -> bool:
    """Whether a paragraph consists of a piece of code alone, or asks for it in so many words."""
    if _LISTED.sub("", paragraph).strip() == code:
        return True
    at = paragraph.find(code)
    if at < 0 or " " not in code:
        return False
    before, after = paragraph[max(0, at - 100) : at], paragraph[at + len(code) : at + len(code) + 30]
    if _ASKS_NOTHING.search(before) or _SOME_TIME.match(after):
        return False
    return bool(_BEFORE.search(before) or _BEFORE_HAN.search(before) or _AFTER.match(after))

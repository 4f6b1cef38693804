"""Code in a sentence: does the sentence ask the reader to type it?"""

import re
from collections.abc import Sequence
from functools import lru_cache

from replayer.reading.grammar import is_surely_command
from replayer.sources.document import MOST_LINES, Block

# What may stand between the words that ask and the code.
_OBJECT = (
    r"(?:the |this |these |following |next |command|commands|as root|on \S+|in \S+|now|then|simply|just|again|first|"
    r"[:,\s]){0,8}"
)
_BEFORE = re.compile(
    r"(?:^|[.;:!?,]\s|\n|\bthen |\band |\bnow |\bplease |\bfirst |\bnext )\s*(?:\d+[.)]\s*|[-*]\s*)?"
    r"(?:run|execute|type|enter|issue|invoke|try|"
    r"ejecut(?:a|e|amos|ar)|lanza|escrib(?:e|a|imos)|teclea|"
    r"esegui(?:re|amo)?|digita(?:re)?|lancia(?:re)?|inserisci|inserire|execut[ae]r?|digite|rode|"
    r"exécute[zr]?|lance[zr]?|tape[zr]?|entre[zr]|saisisse[zr]|"
    r"выполни\w*|запусти\w*|введи\w*|наберите|"
    r"gib|geben sie|tippe|starte|führe|führen sie|"
    r"chạy|gõ|nhập|thực thi|thực hiện)[\s:]"
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
# Headings of lists that name what there is, or what was used.
_TOOLS = re.compile(
    r"\btools?\b|commands? (?:used|learn|summary|reference|overview|list)|cheat ?sheet|reference|glossary|summary|"
    r"useful commands|工具|常用命令|命令(?:总结|汇总|一览|列表|参考)|コマンド一覧|ツール|도구|명령어 (?:정리|요약)|"
    r"инструмент\w*|шпаргалка|herramientas|outils|werkzeuge|công cụ",
    re.IGNORECASE,
)
# They do something when nothing more is said.
WHOLE = frozenset(
    "arp bash brctl clear date df dmesg env exit free history hostname htop id ifconfig ip iptables-save jobs ls lsmod "
    "lsns mount netstat pwd reboot route ss sudo top uptime w wg who whoami".split()
)
_FEWEST = 3
_LONGEST = 1_000  # nobody warns in as many words
_IN_QUOTES = re.compile(r"(?<!\w)(?:'([^'`]+)'|‘([^’`]+)’|“([^”`]+)”|«\s?([^»`]+?)\s?»)(?!\w)")
# Words above what was to be typed once, or never shall be: "Instead of:", "Do not run:".
_NOT_THIS = re.compile(
    r"(?:^|[.!?。！？]\s*)\W*"
    r"(?:instead of|rather than|in place of|(?:please )?(?:do not|don't|never) (?:run|type|use|do)"
    r"|而不是|代替|取代|(?:请)?(?:不要|请勿|切勿)(?:执行|运行|输入|使用)|вместо|не (?:выполняйте|запускайте|вводите)"
    r"|en (?:lugar|vez) de|no (?:ejecutes|ejecute|escribas)|au lieu de|à la place de|n'exécute[zr] pas"
    r"|ne (?:lancez|tapez) pas|(?:an)?statt|anstelle von|thay vì|đừng chạy|không chạy|대신(?:에)?|실행하지 마\w*)"
    r"(?: (?:this|that|these|the following|the old|eso|esto|cela|ceci|das|dies))?(?: commands?| one)?\W*$"
    r"|(?:の代わりに|を(?:実行|入力)しないで(?:ください)?|대신)\W*$",
    re.IGNORECASE,
)
# A heading of what is done on another system.
_SYSTEM = re.compile(
    r"\W*(?:\d+[.)]\s*)*(?:(?:on|for|in|su|per|en|sous|pour|auf|unter|для|на|под|в|trên|no|em)\s+|在\s*)?(?:microsoft\s+)?"
    r"(?P<system>windows|mac ?os(?: ?x)?|os x|mac(?=\s*(?:系统|系統|$))|freebsd|powershell)"
    r"(?:[\s\d().:：,/&+|-]|users?\b|clients?\b|hosts?\b|powershell|cmd\b|系统|系統|环境|環境|下|中|上|版|の場合|では?|에서)*$",
    re.IGNORECASE,
)


def named_only(blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks that are entries of lists of tools: code alone, one entry below the other, which a
    heading calls so or which hold bare names of programs."""
    found: set[int] = set()
    heading, run = "", list[int]()
    for number, block in enumerate([*blocks, Block("heading", ())]):
        below = not run or (bool(block.lines) and block.lines[0].number == blocks[run[-1]].lines[0].number + 1)
        if block.kind == "code" and len(block.lines) == 1 and below:
            run.append(number)
            continue
        names = [blocks[one].text.strip() for one in run]
        bare = [name for name in names if " " not in name and name not in WHOLE]
        if len(run) >= _FEWEST and (_TOOLS.search(heading) or len(bare) * 4 >= len(run)):
            found.update(run)
        run = [number] if block.kind == "code" and len(block.lines) == 1 else []
        if block.kind == "heading":
            heading = block.text
    return frozenset(found)


def quoted(line: str) -> list[str]:
    """The commands in quotes, not marked as code, that stand alone on a line or that a sentence asks for."""
    found = ("".join(filter(None, one.groups())) for one in _IN_QUOTES.finditer(line))
    unmarked = _IN_QUOTES.sub(lambda one: "".join(filter(None, one.groups())), line)
    return [text for text in found if is_surely_command(text) and asks_to_type(unmarked, text)]


def warns_off(paragraph: str) -> bool:
    """Whether a paragraph ends in words that what follows is not to be typed."""
    return len(paragraph) < _LONGEST and bool(_NOT_THIS.search(paragraph))


def another_system(heading: str) -> str:
    """The system that a heading says its commands are for, where it is none with a shell like the reader's; else ""."""
    found = _SYSTEM.match(heading)
    return found["system"] if found else ""


@lru_cache(MOST_LINES)
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

"""What is said around commands: comments, remarks beside them, and words that call what follows an output."""

import re
from functools import lru_cache

from replayer.sources.document import MOST_LINES
from replayer.sources.opening import unquoted

_COMMENT = re.compile(r"\s*(?:#+(?!!)|//+|;;|--\s|REM\b|/\*+)\s*(?P<said>.*?)\s*(?:\*/)?$")
_SLASHES = re.compile(r"(?<=\S)\s+//+\s*(?=\S)")
_ARROW = re.compile(r"(?<=\S)\s+(?:→|⇒|=>|->|<-+|<=+|←|⟵|⟶|——|✓|✔|✅|✗|✘|❌|（|//)\s*(?P<said>.*)$")
_SIGN = re.compile(r"[(<>]|//")  # in all of them that are ASCII
_CALLOUT = re.compile(r"(?<=\S)\s+<\d{1,2}>$")  # of AsciiDoc
# A shell takes no parenthesis there.
_ASIDE = re.compile(r"(?<=[\w./'\"-])\s+\((?P<said>[^()]+)\)\s?\.?$")
# Outcomes that stand behind an address without a sign between.
_BESIDE = re.compile(
    r"(?<=[\w/])(?P<gap>\s+)(?P<said>(?:不?通|不能|能|可以|不可以|成功|失败|失敗|不可?达|可达|正常|성공|실패)\S{0,20})$"
)
# Where an output begins that a page put behind its command: no argument looks so.
_RUN_TOGETHER = re.compile(
    r"(?<!\s)\s++(?:\d+: [\w.@-]+: <[A-Z]|PING \S+ ?\(|tcpdump: (?:verbose|listening|WARNING)|0:\s+from all lookup|"
    r"\([^()$'\"]{2,60}\):\s|"  # `(on h1): mtu 1500`
    r"Chain [A-Z]+ \(|traceroute to \S+ \(|Kernel IP |bridge name\s+bridge id).*$"
)
# A column of explanations: `iptables -D INPUT 1  删除指定的规则`.
_EXPLAINED = re.compile(r"(?<=[\w'\"/.])(?:\s{2,}|\t\s*)(?P<said>[一-鿿]{2}[^\x00-\x20]*)$")
_TAKES_A_LIST = re.compile(r"(?:^|[\s;&|])(?:for|in|do|then|if|while|until|else|case|function|!|time)\s*$|[;&|({=]\s*$")
_OUTPUT = re.compile(
    r"(?:\b(?!(?-i:OUTPUT)\b)(?:(?:the |sample |example |expected |its )?(?:outputs?|results?|response)|"
    r"(?:you|we)(?: should| will|'ll)? (?:see|get|receive)|"
    r"(?:shows|returns|prints|displays|outputs|gives)(?: us)?|as follows|looks? like(?: this)?|similar to(?: this)?)|"
    r"输出(?:结果|如下|内容|为|类似)*|结果(?:如下|为|是)?|显示(?:如下|为|结果)?|如下(?:所示|图)?|返回(?:结果|如下)?|看到|"
    r"出力(?:結果|例)?|結果|実行結果|以下のように|表示され(?:ます|る)|"
    r"출력(?: ?결과)?|결과|다음과 같(?:이|은|다|습니다)|"
    r"\b(?:вывод|результат|ответ|увидим|получим|получаем|выведет|покажет)\w*|"
    r"\b(?:salida|resultado|veremos|obtenemos|muestra)|\b(?:sortie|résultat|affiche|obtient|donne)|"
    r"\b(?:ausgabe|ergebnis|zeigt|liefert|ergibt)|(?:kết quả|đầu ra|hiển thị))"
    r"[^.。!?\n]{0,40}[:：]?\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:(?:sample|example|expected|command) )?(?:output|result|salida|resultado|sortie|résultat|ausgabe|ergebnis|"
    r"вывод|результат|输出|结果|输出结果|出力|結果|出力結果|実行結果|출력|결과|실행 결과|kết quả)s?\s*[:：]?\W*",
    re.IGNORECASE,
)
_LONGEST_LABEL = 30
_ENDED = re.compile("[.。!?]")
# "As follows" is said of commands too.
_OF_COMMANDS = re.compile(
    r"commands?\b|命令|指令|コマンド|명령|команд|\bcomandos?\b|\bcommandes?\b|befehl|\blệnh", re.IGNORECASE
)
_OF_OUTPUT = re.compile(
    r"outputs?\b|results?\b|response|prints|shows|returns|see\b|输出|结果|返回|显示|看到|出力|結果|表示|출력|결과|вывод|результат|ответ|увид|покаж|"
    r"salida|resultado|muestra|sortie|résultat|affiche|ausgabe|ergebnis|zeigt|kết quả|đầu ra|hiển thị",
    re.IGNORECASE,
)


def is_label_of_output(text: str) -> bool:
    """Whether a line says "Output:" and nothing more."""
    return len(text) < _LONGEST_LABEL and bool(_LABEL.fullmatch(text.strip()))


def comment_in(line: str) -> str | None:
    """What a line says that is a comment; None if it is none."""
    found = _COMMENT.match(line)
    return found["said"] if found else None


@lru_cache(MOST_LINES)
def remark_beside(typed: str) -> tuple[str, str]:
    """What was typed on a line, and what is said beside it."""
    quote, _, comment = unquoted(typed)
    said = ""
    if not quote and 0 < comment < len(typed):
        said = typed[comment:].lstrip("#").strip()
        typed = typed[:comment].rstrip()
    typed = typed.rstrip()
    if typed.isascii() and not _SIGN.search(typed):
        return typed, said
    for pattern in (_SLASHES, _ARROW):
        beside = pattern.search(typed)
        if beside and not unquoted(typed[: beside.start()])[0]:
            said = f"{typed[beside.start() :].strip().lstrip('/')} {said}".strip()
            typed = typed[: beside.start()]
    typed = _CALLOUT.sub("", typed.rstrip())
    aside = _ASIDE.search(typed)
    # A word or two stand for something that the reader fills in, except behind an address.
    if aside and (len(aside["said"].split()) > 3 or typed[aside.start() - 1].isdigit()):
        before = typed[: aside.start()]
        if not unquoted(before)[0] and not _TAKES_A_LIST.search(before):
            return before, f"{aside['said'].strip()} {said}".strip()
    explained = _EXPLAINED.search(typed)
    if explained and not unquoted(typed[: explained.start()])[0]:
        return typed[: explained.start()], f"{explained['said']} {said}".strip()
    beside = _BESIDE.search(typed)
    if beside and any(sign in typed[: beside.start()].split()[-1] for sign in ".:") and not unquoted(typed)[0]:
        return typed[: beside.start()], f"{beside['said']} {said}".strip()
    return typed, said


def without_output(typed: str) -> str:
    """What was typed on a line that goes on with its output."""
    found = _RUN_TOGETHER.search(typed)
    return typed[: found.start()] if found and not unquoted(typed[: found.start()])[0] else typed


@lru_cache(MOST_LINES)
def calls_output(text: str) -> bool:
    """Whether words say that what follows is an output."""
    last = text.strip().rpartition("\n")[2][-120:]
    found = _OUTPUT.search(_ENDED.split(last)[-1])
    return found is not None and not (_OF_COMMANDS.search(last) and not _OF_OUTPUT.search(last))

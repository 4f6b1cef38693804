"""Words about what a command prints: nothing, or what is quoted, in the languages of tutorials."""

import re

from replayer.claims.words import clauses, is_open, said_in

_SILENT = re.compile(
    # English
    r"\bno output\b|\b(?:prints?|shows?|returns?|outputs?|displays?|produces?) nothing\b|"
    r"\bnothing (?:is |will be |should be |gets )?(?:printed|shown|returned|displayed|output|listed)\b|"
    r"\b(?:output|result|list|table) (?:is|will be|should be|stays) (?:empty|blank)\b|"
    r"\bempty (?:output|result|list)\b|"
    # Chinese
    r"(?:看不到|没有|无|沒有|不会有|不会)(?:任何|什么)?(?:输出|返回|结果|内容|显示)|"
    r"(?:输出|结果|列表|返回)(?:为|是)空|什么(?:也|都)(?:没有|不|没)|"
    # Japanese
    r"何も(?:表示|出力|返)(?:され)?(?:ない|ません|ず)|(?:出力|表示)され(?:ない|ません)|"
    r"(?:出力|表示)(?:は|が)?(?:ない|ありません|なし)|"
    # Korean
    r"아무\s?것도 (?:출력|표시|나오|없)|출력(?:이|은|되지)? ?(?:없|않)|비어 ?있|"
    # Russian
    r"\bничего не (?:выв|показ|верн|печат)|\bвывод (?:будет |окажется )?(?:пуст|отсутств)|"
    # French
    r"\bn['’](?:affiche|imprime|retourne) rien|\bne (?:renvoie|retourne|montre|donne) rien|"
    r"\baucune sortie|\bsortie (?:est )?vide|"
    # Spanish
    r"\bno (?:muestra|devuelve|imprime|produce) nada|\bsin salida|\bsalida (?:está |es )?vacía|"
    r"\bno (?:hay|produce) salida|"
    # German
    r"\b(?:zeigt|liefert|druckt) nichts|\bgibt nichts aus|\bkeine Ausgabe|\bAusgabe (?:ist|bleibt) leer|"
    # Vietnamese
    r"\bkhông (?:hiển thị|in ra|trả về|có) (?:gì|kết quả|đầu ra|output)|\b(?:kết quả|đầu ra) (?:rỗng|trống)",
    re.IGNORECASE,
)
_LONGEST = 60
# The words between quotes behind a verb that says that they are printed; in some languages before it.
_PRINTED = re.compile(
    r"(?:\b(?:prints?|printed|shows?|displays?|returns?|outputs?|responds? with|answers? with|replies with|"
    r"(?:should|will|can|['’]ll|now) (?:now )?(?:see|get|receive|read|print|show|return|display)|says?|contains?)|"
    r"输出|显示|返回|看到|打印|得到|收到|отобра\w+|вывед\w+|увид\w+|напечата\w+|affiche|renvoie|obtient|voit|"
    r"muestra|devuelve|imprime|veremos|zeigt|liefert|ausgegeben|hiển thị|trả về|in ra|thấy)"
    rf"[^`\"“「『\n.。]{{0,24}}[`\"“「『](?P<said>[^`\"”」』\n]{{1,{_LONGEST}}})[`\"”」』]|"
    rf"[`\"「『](?P<before>[^`\"」』\n]{{1,{_LONGEST}}})[`\"」』][^。\n]{{0,8}}?"
    r"(?:(?:と|が)(?:表示|出力|返)|(?:이|가|을|를) ?(?:출력|표시|반환))",
    re.IGNORECASE,
)
# Words about an output rather than its own: of another alphabet, or several and nothing else.
_TOLD = re.compile(r"[^\x00-\x7f]|^[A-Za-z]+(?: [A-Za-z]+){2,}[.!]?$")
_RESULT = re.compile(
    r"\s*(?:=>|⇒|→|->|==>|(?:output|prints|returns|shows|result|输出|结果|返回|出力)\s*[:：]?)\s*(?P<said>\S.*?)\s*$",
    re.IGNORECASE,
)
# On a line of its own, only what nothing but an output is written behind.
_RESULT_BELOW = re.compile(r"\s*(?:=>|==>|⇒)\s*\S")
_STATUS = re.compile(
    r"(?:\bexit(?:s|ed)?(?: with| (?:status|code)| of| is| was|:|=)*|\breturn (?:code|value)(?: is| of|:)*|"
    r"(?:退出|返回)(?:状态码?|码|值)(?:为|是|：)?|終了(?:コード|ステータス)は?|종료 ?코드(?:는|가)?|"
    r"код(?:ом)? (?:возврата|завершения)|"
    r"code de (?:retour|sortie)(?: est)?|código de salida(?: es)?|Exit-?(?:Code|Status)(?: ist)?|mã thoát(?: là)?)"
    r"[\s`'\"(]*(?P<status>\d{1,3})\b(?![.\d]*[./]\d)",
    re.IGNORECASE,
)


def status_said(text: str) -> str:
    """The exit status that a text says of a command; "" if it says none."""
    for clause in clauses(text):
        found = _STATUS.search(clause)
        if found and not is_open(clause[: found.start()]):
            return found["status"]
    return ""


def says_silent(text: str) -> str:
    """The clause that says that a command prints nothing; "" if none does."""
    for clause in clauses(text):
        found = _SILENT.search(clause)
        if found and not is_open(clause[: found.start()]):
            return clause
    return ""


# Several bare words describe an output rather than quote it.
_SEVERAL = re.compile(r"[^\W\d]{2}\s+[^\W\d]{2}")


def echoed_said(command: str, text: str) -> str:
    """The word beside a command, behind an arrow, that it echoes: `… && echo yes  # => yes`; "" if none."""
    result = _RESULT.match(text)
    said = result["said"].strip("`\"'“”") if result else ""
    return said if said and re.search(rf"\becho\s+(['\"]?){re.escape(said)}\1\s*(?:$|[;&|)}}])", command) else ""


def is_result(text: str) -> bool:
    """Whether a comment on a line of its own, directly below a command, is that command's output."""
    return bool(_RESULT_BELOW.match(text))


def printed_said(text: str, beside: bool) -> str:
    """What a text says to be in the output: quoted behind a verb of printing; `beside` a command, also behind an arrow;
    "" if it says nothing of it."""
    if beside and (result := _RESULT.match(text)):
        said = result["said"].strip("`\"'“”")
        quoted = said != result["said"]
        return (
            said
            if len(said) <= _LONGEST
            and not said_in(said)
            and (quoted or not (_TOLD.search(said) or _SEVERAL.search(said)))
            else ""
        )
    for clause in clauses(text):
        found = _PRINTED.search(clause)
        if found and not is_open(clause[: found.start()]):
            return (found["said"] or found["before"]).strip()
    return ""

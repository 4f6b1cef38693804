"""Signs that stand for an output: lines that were left out, or none at all."""

import re
from functools import lru_cache

from replayer.sources.document import MOST_LINES

_ELIDED = (
    r"snip(?:ped)?",
    r"skip(?:ped)?",
    r"cut",
    r"omit(?:ted)?",
    r"truncated",
    r"output (?:omitted|truncated|snipped|cut)(?: .*)?",
    r"(?:some|more|other)? ?(?:lines?|output) (?:are )?(?:omitted|skipped|removed|elided)(?: .*)?",
    r"以?[上下]?(?:部分)?(?:内容|输出)?(?:已)?省略(?:部分|其[它他])?(?:内容|输出)?",
    r"略",
    r"[中以]下?略",
    r"(?:이하 |중간 )?생략",
    r"(?:вывод )?(?:пропущено|сокращ[её]н|опущено)",
    r"(?:Ausgabe )?gekürzt",
    r"(?:salida )?(?:omitid[oa]|recortad[oa])",
    r"(?:sortie )?(?:omise?|tronquée?|coupée?)",
    r"(?:đã )?(?:rút gọn|lược bỏ)",
)
_DOTS = re.compile(r"[\[(<{【（〈《]?\s*(?:\.{3}|…|⋮)[\s.…⋮]*[\])>}】）〉》]?")
# What stands around such a word.
_AROUND = " \t.…-=~*#/8<[](){}>【】（）〈〉《》"
_ELISION = re.compile("|".join(_ELIDED), re.IGNORECASE)
# Words alone say it only where something marks them as no output.
_MARKED = re.compile(r"\.{2,}|…|⋮|[\[(<{【（〈《#]|//|-{2,}|省略|略|생략|8<")

_NOTHING = (
    r"(?:there (?:is|was) |with )?no output",
    r"(?:prints |shows |returns |outputs )?nothing(?: is (?:shown|printed)| here)?",
    r"empty(?: output)?",
    r"(?:此处|这里|输出|结果)?(?:为|是)空",
    r"(?:此处)?(?:无|没有)(?:任何)?(?:输出|返回|结果|内容|显示)",
    r"空",
    r"(?:出力|表示)(?:は)?(?:なし|ありません|無し)",
    r"(?:何も)(?:表示|出力)され(?:ない|ません|ず)",
    r"何もなし",
    r"(?:출력|결과) ?(?:이 )?없(?:음|습니다|다)",
    r"(?:нет|без) вывода",
    r"(?:вывод )?пуст(?:о|ой)",
    r"ничего",
    r"sin salida",
    r"(?:salida )?vac[ií][oa]",
    r"no (?:muestra|devuelve) nada",
    r"(?:aucune|pas de) sortie",
    r"(?:sortie )?vide",
    r"rien",
    r"keine ausgabe",
    r"(?:ausgabe )?leer",
    r"không (?:có )?(?:kết quả|đầu ra|output|gì)",
    r"trống",
)
_NOTHING_SAID = re.compile(rf"(?P<open>[\s(\[<（【#/*_]*)(?:{'|'.join(_NOTHING)})[\s)\]>）】.。*_!]*", re.IGNORECASE)
# Words that a program or a sentence could hold alone need a sign that they are said about the output.
_BARE = re.compile(r"\s*(?:nothing|empty|空|ничего|rien|vide|leer|trống|vac[ií][oa])\s*", re.IGNORECASE)
_OR = frozenset("or else oder ou o ó или либо 或 或者 または もしくは 또는 혹은 hoặc oppure".split())
_LONGEST = 80


@lru_cache(MOST_LINES)
def is_elision(line: str) -> bool:
    """Whether a line stands for lines that were left out."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST:
        return False
    if _DOTS.fullmatch(stripped):
        return True
    return bool(_MARKED.search(stripped)) and bool(_ELISION.fullmatch(stripped.strip(_AROUND)))


@lru_cache(MOST_LINES)
def says_nothing(line: str) -> bool:
    """Whether a line says that there is no output."""
    if len(line) > _LONGEST:
        return False
    return bool(_NOTHING_SAID.fullmatch(line)) and not _BARE.fullmatch(line)


def says_or(line: str) -> bool:
    """Whether a line stands between two commands of which either will do."""
    return line.strip(" \t-*#:：,，()（）—").lower() in _OR

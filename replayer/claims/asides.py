"""Words that change nothing of what a sentence states, wherever they stand in it: "of course", "leider"; "not only".

Between a verb and what denies it they would hide the denial: "Hier antwortet leider niemand."
"""

import re

_ASIDES = (
    r"of course|unfortunately|sadly|alas|obviously|naturally|regrettably|predictably|unsurprisingly|apparently|"
    r"sure enough|evidently|indeed|really|actually|quite|"
    r"leider|natürlich|selbstverständlich|erwartungsgemäß|offenbar|offensichtlich|bedauerlicherweise|"
    r"logischerweise|tatsächlich|freilich|weit und breit|wirklich|eigentlich|verständlicherweise|"
    r"bien sûr|bien entendu|évidemment|malheureusement|hélas|naturellement|visiblement|logiquement|vraiment|"
    r"por supuesto|claro está|desde luego|lamentablemente|desgraciadamente|por desgracia|naturalmente|obviamente|"
    r"evidentemente|realmente|"
    r"к сожалению|конечно(?: же)?|увы|разумеется|естественно|ожидаемо|очевидно|понятное дело|действительно|"
    r"tất nhiên(?: là)?|dĩ nhiên(?: là)?|đương nhiên(?: là)?|tiếc là|đáng tiếc(?: là)?|thực sự"
)
# Between commas it would part a clause in two.
_PARENTHESIS = re.compile(rf"(?<=\w), ({_ASIDES}),(?= \w)", re.IGNORECASE)
_ASIDE = re.compile(rf"\b(?:{_ASIDES}) |(?<=\w) (?:{_ASIDES})\b", re.IGNORECASE)
# What is not the only thing is so all the same.
_NOT_ONLY = re.compile(
    r"(?:\bnot|n['’]t) (?:only|merely|solely|just(?! yet))\b(?: once\b)?|\bnicht (?:nur|bloß|allein)\b|"
    r"\bnon seulement\b|\bpas (?:seulement|uniquement)\b|\bno (?:s[oó]lo|solamente|únicamente)\b|"
    r"\bне (?:только|лишь)\b|\bkhông (?:phải )?(?:chỉ|những|riêng)(?: (?:có|là))?\b|不(?:仅仅?|但|光|只|单|止)是?|"
    r"(?:だけ|のみ)(?:で(?:は)?|じゃ)なくて?|のみならず|뿐(?:만)? ?(?:아니라|아니고)",
    re.IGNORECASE,
)
_NE = re.compile(r"\bn(?:e |['’])(\w+ )pas (?:seulement|uniquement)\b", re.IGNORECASE)
_GAP = re.compile(r" {2,}")


def joined(text: str) -> str:
    """A text whose clauses are not parted by asides between commas."""
    return _PARENTHESIS.sub(r" \1", text)


def without_asides(clause: str) -> str:
    """A clause without the words that change nothing of what it states."""
    return _GAP.sub(" ", _ASIDE.sub("", _NOT_ONLY.sub("", _NE.sub(r"\1", clause)))).strip()

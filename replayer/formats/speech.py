"""The languages in which is told what became of a tutorial's claims."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from replayer.formats import chinese, verified
from replayer.verification import Report


@dataclass(frozen=True, slots=True)
class Speech:
    """`told`: what is claimed, was observed, is likely, in this language; `summary` of a report; `words`: from
    English, where they differ."""

    told: Callable[[str], str] = str
    summary: Callable[[Report], str] = verified.summary
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, english: str) -> str:
        return self.words.get(english, english)


_CHINESE: Mapping[str, str] = {
    **{str(word): told for word, told in chinese.HOLDS.items()},
    "line": "行",
    "(line {})": "（第 {} 行）",
    "command: claim": "命令: 教程所说",
    "observed": "实际",
    "likely": "可能原因",
    "or": "或者",
    "looked": "查看",
    "no rule finds a cause": "没有规则能找到原因",
    "recording": "记录",
    "annotated": "副本",
    "Checked by replay on Linux {}, {}": "由 replay 在 Linux {} 上验证，{}",
    "{} tutorials, {}": "{} 篇教程，{}",
    "; {} not reached": "；{} 篇未验证",
    "{} doubts about how the text is meant: `replay import` says which": "原文有 {} 处含义不明：见 `replay import`",
    "1 doubt about how the text is meant: `replay import` says which": "原文有 1 处含义不明：见 `replay import`",
}
SPEECHES = {"en": Speech(), "zh": Speech(chinese.chinese, chinese.summary, _CHINESE)}

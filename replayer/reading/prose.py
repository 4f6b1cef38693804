"""Does a line read as a sentence?"""

import re
from functools import lru_cache

from replayer.sources.document import MOST_LINES

_STOPWORDS = frozenset(
    "the|is|are|was|were|of|and|we|you|this|that|these|those|can|will|it|its|our|your|should|when|"
    "then|there|has|vs|have|because|which|so|if|also|now|let|let's|with|does|not|command|le|la|les|des|une|est|avec|und|der|die|das|"
    "ist|los|las|una|que|con|для|что|это|на|не|và|là|của|các".split("|")
)
_WORD = re.compile(r"[\w'\"/.-]++(?!=)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WIDE = re.compile(r"[。，、！？：；」』）】]")
# A sentence's end; but not a path, `..`, or a pattern.
_END = re.compile(r"(?:[A-Za-z\d)\"'`]{2}|[^\x00-\x7f])[.!?:]\s*$")
_SENTENCES = re.compile(r"[a-z]{2}[.!?] [A-Z][a-z]*,? [a-z]")
_CLAUSE = re.compile(r"[a-z]{2}, [a-z]")
_SHELL = re.compile(r"[|<>;&$=\\]|\s--?\w")


@lru_cache(MOST_LINES)
def is_prose(line: str) -> bool:
    """Whether a line reads as a sentence, however it begins."""
    bare = _QUOTED.sub("", line.split(" #")[0])
    shell = bool(_SHELL.search(bare))
    if _WIDE.search(bare) or _SENTENCES.search(bare) or (not shell and (_END.search(bare) or _CLAUSE.search(bare))):
        return True
    if sum(word in _STOPWORDS for word in _WORD.findall(bare)) >= (3 if shell else 1):
        return True
    foreign = 0 if bare.isascii() else len(re.findall(r"[^\x00-\x7f]", bare))
    return foreign > 0 and not shell and foreign * 4 > len(bare.replace(" ", ""))

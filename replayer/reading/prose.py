"""Does a line read as a sentence?"""

import re
from functools import lru_cache

_STOPWORDS = re.compile(
    r"(?<![\w'\"/.-])(?:the|is|are|was|were|of|and|we|you|this|that|these|those|can|will|it|its|our|your|should|when|"
    r"then|there|has|have|because|which|so|if|also|now|let|let's|with|does|not|command|le|la|les|des|une|est|avec|und|der|die|das|"
    r"ist|los|las|una|que|con|для|что|это|на|не|và|là|của|các)(?![\w'\"/.=-])"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WIDE = re.compile(r"[。，、！？：；」』）】]")
# A sentence's end; but not a path, `..`, or a pattern.
_END = re.compile(r"(?:[A-Za-z\d)\"'`]{2}|[^\x00-\x7f])[.!?:]\s*$")
_CLAUSE = re.compile(r"[a-z]{2}, [a-z]")
_SHELL = re.compile(r"[|<>;&$=\\]|\s--?\w")


@lru_cache(2_000)
def is_prose(line: str) -> bool:
    """Whether a line reads as a sentence, however it begins."""
    bare = _QUOTED.sub("", line.split(" #")[0])
    shell = bool(_SHELL.search(bare))
    if _WIDE.search(bare) or (not shell and (_END.search(bare) or _CLAUSE.search(bare))):
        return True
    if len(_STOPWORDS.findall(bare)) >= (3 if shell else 1):
        return True
    foreign = len(re.findall(r"[^\x00-\x7f]", bare))
    return foreign > 0 and not shell and foreign * 4 > len(bare.replace(" ", ""))

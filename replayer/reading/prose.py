"""Does a line read as a sentence?"""

import re

_STOPWORDS = re.compile(
    r"(?<![\w'\"/.-])(?:the|is|are|was|were|of|and|we|you|this|that|these|those|can|will|it|its|our|your|should|when|then|there|has|have|"
    r"because|which|so|if|also|now|let|let's|le|la|les|des|une|est|und|der|die|das|ist|los|las|una|que|для|что|это)(?![\w'\"/.=-])"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def is_prose(line: str) -> bool:
    """Whether a line reads as a sentence, however it begins."""
    bare = _QUOTED.sub("", line.split(" #")[0])
    if re.search(r"[。,、!?:;]|(?<![.…])[.:!?]\s*$", bare) and not re.search(
        r"(?:^|\s)(?:\.|\.\.|/\S*|\S*[*?:])\s*$", bare
    ):
        return True
    said = len(_STOPWORDS.findall(bare))
    shell = bool(re.search(r"[|<>;&$=\\]|\s--?\w", bare))
    if said >= (3 if shell else 1):
        return True
    foreign = len(re.findall(r"[^\x00-\x7f]", bare))
    return foreign > 0 and not shell and foreign * 4 > len(bare.replace(" ", ""))

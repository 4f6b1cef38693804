"""Words of outcome in the languages of tutorials: does a text say that something answers, or that it does not?"""

import re

from replayer.words import REACHABLE, UNREACHABLE

# A text that is nothing but such a word.
_ALONE = {
    UNREACHABLE: r"不通|[ping]*\s*不通|无法连通|fail(?:s|ed|ure)?|unreachable|not reachable|✗|✘|❌|×|no|ng",
    REACHABLE: r"通|能?通|可以通|通了|ok(?:ay)?|success(?:ful(?:ly)?)?|works?|reachable|yes|✓|✔|✅|○",
}
_WHOLE = {
    word: re.compile(rf"[\W_]*(?:ping(?:ing)?\s*)?(?:{words})[\s.!。!,,)）\]】]*", re.IGNORECASE)
    for word, words in _ALONE.items()
}


def alone(text: str) -> str:
    """The outcome of a text that says nothing else; "" if it says something else."""
    stripped = text.strip()
    if not stripped or len(stripped) > 40:
        return ""
    return next((word for word, pattern in _WHOLE.items() if pattern.fullmatch(stripped)), "")

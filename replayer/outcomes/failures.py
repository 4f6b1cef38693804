"""Messages of failure that not every kernel and tool words alike."""

import re

# Since 2017 the kernel explains many refusals in words of its own: `Error: Nexthop has invalid gateway.`
_EXPLAINED = re.compile(
    r"RTNETLINK answers: (?:Network is unreachable|Invalid argument|No such process|Operation not supported|"
    r"Numerical result out of range|Device or resource busy)|Error: (?:ipv[46]: |8021q: |Nexthop|Unknown|argument)|"
    r"\"\w+\" requires"
)


def worded_otherwise(words: str) -> bool:
    """Whether other versions say the same failure in other words."""
    return bool(_EXPLAINED.match(words))


def may_be_none(words: str) -> bool:
    """Whether other versions take for none of their business what this failure tells: an empty table is no error to
    kernels before 4.20, or to those that do not look closely."""
    return "FIB table does not exist" in words

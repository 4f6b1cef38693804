"""Messages of failure in documented outputs."""

import re

_MESSAGES = re.compile(
    r"\s*(?:RTNETLINK answers: .+|"
    r"(?:ping6?|connect|arping|traceroute|telnet|curl|wget|nc|ncat|ssh): .+|"
    r"Error: .+|Cannot (?:find device|open network namespace|create namespace|remove namespace).*|"
    r"Device \S+ does not exist\.?|(?:Object|Command) \".*|Dump terminated|"
    r"(?:\S+: )+(?:No such file or directory|Permission denied|Operation not permitted|Device or resource busy|"
    r"File exists|No such device|Invalid argument|command not found|not found)\.?|"
    r"(?:device|interface|bridge) \S+ (?:does not exist|doesn't exist|already exists).*|can't add \S+ to bridge.*"
    r")\s*$"
)
# What a message says on every version of a program.
_CORE = re.compile(
    r"Network is unreachable|Name or service not known|Temporary failure in name resolution|No route to host|"
    r"Connection refused|unknown host \S+|Cannot assign requested address|Could not resolve host|Connection timed out"
)
# A talker's own words are its output, not its failure.
_TALKING = re.compile(r"(?:ping6?: (?:Warning|warning)|curl: \(0\)|nc: listening|wget: (?:note|server))")


def complaint_in(lines: list[str]) -> str:
    """The words of a failure that make up a documented output; "" if it shows anything else besides."""
    told = [line.strip() for line in lines if line.strip() and line.strip() != "..."]
    if not told or len(told) > 4:
        return ""
    found = _MESSAGES.match(told[0])
    if found is None or _TALKING.match(told[0]):
        return ""
    core = _CORE.search(told[0])
    return core[0] if core else told[0]

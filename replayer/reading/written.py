"""Is a block the content of a file: settings, a program, markup?"""

import re
from collections.abc import Sequence

_WRITTEN = re.compile(
    r"\s*(?:-\s+)?[A-Za-z_][\w./-]*:(?:\s|$)(?!.*\bmtu \d)|\s*-\s+[\w\"'{/]|---$|"  # YAML
    r"\s*\[[A-Za-z][\w ./:-]*\]$|\s*[A-Za-z][\w.-]*\s?=\s?\S.*$|"  # ini, shell variables
    r"\s*</?[A-Za-z!?][^>]*>|\s*[{}\[\]],?$|\s*\"[^\"]*\":|"  # XML, JSON
    r"(?:auto|iface|allow-\w+|source-directory|mapping) \w|\s+(?:address|netmask|gateway|pre-up|post-up|up|down) \S|"
    r"\s*(?:server|upstream|location|http|listen|frontend|backend|bind|global|defaults|option|zone|router|neighbor|network|"
    r"interface|subnet|range|protocol|import|export|include|package|func|def|class|return|struct|const|var)\b.*[{;:(]?$|"
    r".*[{;]$"
)


def is_written(lines: Sequence[str]) -> bool:
    """Whether most lines, other than comments, are those of a file that somebody writes."""
    told = [line for line in lines if line.strip() and not line.lstrip().startswith(("#", "//", ";"))]
    return bool(told) and sum(bool(_WRITTEN.match(line)) for line in told) * 3 > len(told) * 2

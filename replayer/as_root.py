"""`sudo` in a sandbox, where everybody is root already and the program itself may be missing or refuse. Pure."""

import re

# A function of bash: it takes sudo's options, some with a value, and settings of variables.
AS_ROOT = (
    "sudo() { while [[ $1 = -* ]]; do [[ $1 = -[CDghpRrTtUu] ]] && shift; shift; done; "
    'if [[ $# = 0 ]]; then bash; elif [[ $1 = *=* ]]; then env "$@"; else "$@"; fi; }; export -f sudo'
)
_SUDO = re.compile(r"(?:^|[;&|(\s])sudo(?:\s|$)")


def asks_for_root(command: str) -> bool:
    """Whether a command calls sudo."""
    return bool(_SUDO.search(command))

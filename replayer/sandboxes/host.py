"""No sandbox at all: the commands run on this machine, as this user. Only a person may choose it, never a
scenario."""

MISSING = ""


def prefix() -> list[str]:
    return []

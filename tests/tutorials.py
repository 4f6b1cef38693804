"""Tutorials in a few lines, and what is read in them."""

from replayer.sources.session import Claim, Command, Left, Session, Stopped
from replayer.tutorial import read_tutorial

PING = "ping -c 1 10.0.0.2"


def fenced(*lines: str, language: str = "") -> str:
    """The lines as a block of code in Markdown."""
    return "\n".join([f"```{language}", *lines, "```", ""])


def session(text: str, name: str = "a.md") -> Session:
    return read_tutorial(text, name).session


def typed(text: str, name: str = "a.md") -> list[str]:
    return [item.text for item in session(text, name).items if isinstance(item, Command)]


def terminals(text: str, name: str = "a.md") -> list[str]:
    """Where each of its commands is typed."""
    return [item.terminal for item in session(text, name).items if isinstance(item, Command)]


def left(text: str) -> list[str]:
    """What is left to the reader."""
    return [item.text for item in session(text).items if isinstance(item, Left)]


def claims(text: str, name: str = "a.md") -> dict[str, list[tuple[str, str]]]:
    """Command -> (kind, value) of what is claimed of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    current: dict[str, str] = {}
    for item in session(text, name).items:
        if isinstance(item, Command):
            current[item.terminal] = item.text
            found.setdefault(item.text, []).extend((c.kind, c.value) for c in item.claims)
        elif isinstance(item, Stopped):
            found[current[item.terminal]].extend((c.kind, c.value) for c in item.claims)
    return found


def outputs(text: str) -> list[Claim]:
    """What is claimed of its commands, but for those that were stopped."""
    return [claim for item in session(text).items if isinstance(item, Command) for claim in item.claims]


def doubts(text: str) -> list[str]:
    return [doubt.what for item in session(text).items if isinstance(item, (Command, Stopped)) for doubt in item.doubts]

"""A shell's history (bash with or without times, zsh, fish, or what `history` printed) -> Session."""

import re
from collections.abc import Iterator

from replayer.sources.document import readable
from replayer.sources.plain import split
from replayer.sources.session import Command, Doubt, Item, Left, Session
from replayer.sources.shell import whole

_TIME = re.compile(r"#\d{9,11}\s*")
_ZSH = re.compile(r": \d+:\d+;(?P<typed>.*)")
_FISH = re.compile(r"- cmd: (?P<typed>.*)")
_NUMBERED = re.compile(r"\s*\d+\*?\s{1,2}(?:\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\]?\s+)?(?P<typed>.*)")
_SHELL = re.compile(
    r"(?:.*\s)?(?:/\S*/)?(?:ba|z|da|k)?sh(?:\s+-[il])?|(?:sudo\s+)?(?:su|unshare|nsenter|ssh)\b.*|sudo\s+-[is]"
)
_LEFT = {
    "it is about the terminal, not the tutorial": "history clear reset fc fg bg jobs tmux screen !!".split(),
    "a person types single keys in it": "vi vim nvim nano emacs less more man info htop mc view".split(),
    "it would end the machine": "reboot shutdown poweroff halt init".split(),
}
_WHY = {word: why for why, words in _LEFT.items() for word in words}

Entry = tuple[int, str]


def read(text: str) -> Session:
    """A history -> what was typed, in order. Never raises."""
    lines, warnings = readable(split(text))
    style, entries = _entries(lines)
    return Session(tuple(_items(entries)), style=style, doubts=tuple(Doubt(0, w) for w in warnings))


def _entries(lines: list[str]) -> tuple[str, list[Entry]]:
    """The kind of history, and its commands with their lines."""
    told = [line for line in lines if line.strip()]
    if any(_ZSH.fullmatch(line) for line in told[:50]):
        return "a history of zsh", list(_zsh(lines))
    if any(_FISH.fullmatch(line) for line in told[:1]):
        return "a history of fish", list(_fish(lines))
    if any(_TIME.fullmatch(line) for line in told[:50]):
        return "a history of bash, with times", list(_timed(lines))
    if told and all(_NUMBERED.fullmatch(line) for line in told[:50]):
        typed = (_NUMBERED.fullmatch(line) for line in lines)
        return "what `history` printed", [(n, found["typed"]) for n, found in enumerate(typed, 1) if found]
    return "a history of bash", [(n, text) for n, text, _ in whole(lines) if not text.lstrip().startswith("#")]


def _zsh(lines: list[str]) -> Iterator[Entry]:
    """Lines but the last of a command end in a backslash."""
    at = 0
    while at < len(lines):
        first = at
        found = _ZSH.fullmatch(lines[at])
        typed = [found["typed"] if found else lines[at]]
        while typed[-1].endswith("\\") and at + 1 < len(lines):
            at += 1
            typed[-1] = typed[-1][:-1]
            typed.append(lines[at])
        yield first + 1, "\n".join(typed)
        at += 1


def _fish(lines: list[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        found = _FISH.fullmatch(line)
        if found:
            yield number, re.sub(r"\\(n|\\)", lambda m: "\n" if m[1] == "n" else "\\", found["typed"])


def _timed(lines: list[str]) -> Iterator[Entry]:
    """A time stands above each command; one that is left open does not go beyond the next."""
    begin = 0
    for end, line in enumerate([*lines, "#000000000"]):
        if _TIME.fullmatch(line):
            yield from ((begin + number, typed) for number, typed, _ in whole(lines[begin:end]))
            begin = end + 1


def _items(entries: list[Entry]) -> Iterator[Item]:
    inside = 0  # shells within the first
    for number, written in entries:
        text = written.strip()
        if not text:
            continue
        words = text.removeprefix("sudo ").split()
        first = words[0] if words else ""
        if text in ("exit", "logout"):
            if not inside:
                yield Left(text, number, "it ended the terminal")
                continue
            inside -= 1
        elif _SHELL.fullmatch(text):
            inside += 1
        if first in _WHY or first.startswith("!"):
            yield Left(text, number, _WHY.get(first, _WHY["history"]))
        else:
            yield Command(text, number)

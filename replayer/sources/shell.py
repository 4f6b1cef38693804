"""A shell script -> Session: its commands whole (functions, loops, here-documents), its comments as remarks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from replayer.sources.document import readable
from replayer.sources.opening import Opening, Patience, unquoted
from replayer.sources.plain import split
from replayer.sources.session import Command, Doubt, Item, Left, Remark, Session

_COMMENT = re.compile(r"\s*#+!?(?:[\s#*]|[=-](?!>))*(?P<said>.*?)[\s#*=-]*")
_DIRECTIVE = re.compile(r"(?:shellcheck|vim?:|-\*-|SPDX-|set (?:ts|sw)=)")
# In a terminal these end the person's shell, or what it shows.
_ENDS = re.compile(r"set\s+(?:-[a-zA-Z]*e[a-zA-Z]*\b|-o\s+errexit|.*\s-o\s+errexit).*|set\s+-[a-df-zA-Z]*e.*")
_LEAVES = re.compile(r"(?:exit|return|logout)(?:\s+\S+)?")
_REDIRECTS = re.compile(r"exec\s+(?:\d*[<>]|&>).*")
_ARGUMENT = re.compile(r"\$(?:\{?[1-9@*#](?!\w)|\{[1-9])")
# Of a command.
_MOST_LINES = 1_000
_FUNCTION = re.compile(r"\s*(?:function\s+[\w-]+|[\w-]+\s*\(\s*\))")


def read(text: str) -> Session:
    """A script -> what a person would type to do the same. Never raises."""
    lines, warnings = readable(split(text))
    return Session(tuple(_items(lines)), style="a shell script", doubts=tuple(Doubt(0, w) for w in warnings))


def _items(lines: list[str]) -> Iterator[Item]:
    remark: list[str] = []
    since = 0
    for number, written, ended in whole(lines):
        comment = _comment(written, number)
        if comment is not None:
            since = since if remark else number
            remark += [comment] if comment else []
            continue
        if remark:
            yield Remark("\n".join(remark), since)
            remark = []
        if written.strip():
            yield from _command(written, number, ended)
    if remark:
        yield Remark("\n".join(remark), since)


class Part(NamedTuple):
    """A command with all its lines, a comment, or an empty line."""

    number: int  # of its first line, from 1
    text: str
    ended: bool  # the shell would not ask for more


def whole(lines: list[str]) -> Iterator[Part]:
    """All lines, those of a command together. What never ends is one line, and not the rest of the text."""
    at = 0
    patience = Patience(_MOST_LINES)
    while at < len(lines):
        end = at + 1
        ended = True
        if not lines[at].lstrip().startswith("#"):
            opening = Opening(lines[at])
            while opening.open and end < len(lines) and patience.is_left:
                opening.add(lines[end])
                patience.spend(lines[end])
                end += 1
            ended = not opening.open
            patience.end(ended)
            end = end if ended else at + 1
        yield Part(at + 1, "\n".join(lines[at:end]), ended)
        at = end


def _comment(written: str, number: int) -> str | None:
    """What a comment says, "" if that is nothing; None for a command."""
    found = _COMMENT.fullmatch(written)
    if found is None:
        return None
    shebang = number == 1 and written.startswith("#!")
    return "" if shebang or _DIRECTIVE.match(found["said"]) else found["said"]


def _command(written: str, number: int, ended: bool) -> Iterator[Item]:
    said = ""
    if "\n" not in written:
        comment = unquoted(written)[2]
        said = written[comment:].lstrip("# ").rstrip()
        written = written[:comment]
    text = written.strip()
    if _ENDS.fullmatch(text):
        yield Left(text, number, "in a terminal it would end the shell at the first failure")
    elif _LEAVES.fullmatch(text):
        yield Left(text, number, "it ends the script")
    elif _REDIRECTS.fullmatch(text):
        yield Left(text, number, "it would send all that the terminal shows elsewhere")
    else:
        doubts = []
        if _ARGUMENT.search(text) and not _FUNCTION.match(text):
            doubts.append(Doubt(number, "it uses the arguments that the script was called with"))
        if not ended:
            doubts.append(Doubt(number, "the command does not end: a quote, a here-document or a loop is open"))
        yield Command(text, number, doubts=tuple(doubts))
    if said:
        yield Remark(said, number)

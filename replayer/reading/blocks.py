"""What a block of code is: commands, a program, a script, lines with numbers of their own."""

import re
from collections.abc import Sequence

from replayer.reading.grammar import is_command, is_surely_command
from replayer.reading.labels import comment_in
from replayer.sources.document import Line

# Languages whose lines are typed into no shell; `go`, `log`, `text` and the like are given to sessions too.
_PROGRAMS = frozenset(
    "apache bat batch bird c cfg cisco cmd conf config cpp c++ css csharp dart diff dockerfile dot graphviz groovy "
    "haproxy haskell hcl html ini ios java javascript js json jsx junos kotlin latex lua makefile mermaid nginx nix "
    "objc p4 patch perl php plantuml powershell properties proto protobuf ps1 pwsh py python rb ruby rs rust scala sql "
    "svg swift systemd toml ts tsx typescript vim xml yaml yml".split()
)
# Whatever their lines look like.
_ELSEWHERE = frozenset("bat batch cisco cmd diff ios junos patch powershell ps1 pwsh".split())
_GUTTER = re.compile(r"\s*(\d{1,3})(?:[.:|)]\s?|\s)(.*)$")
_LISTED = re.compile(r"\s*(?:\d{1,2}[.)](?=\s|[a-z])\s*|[-*•·]\s+)((?:\S+\s+){2,}\S.*)$")
_LISTED_COMMAND = re.compile(r"\s*\d{1,2}[.)]\s*(?=[a-z])(.*)$")
_SHEBANG = re.compile(r"\s*#!\s*/")
_SCRIPTED = re.compile(r"\$[1-9@#*]|\$\{[1-9@#*]|^\s*exit\b|^\s*[\w-]+\s*\(\)|\bgetopts\b", re.MULTILINE)


def is_program(lines: Sequence[Line], language: str) -> bool:
    """Whether a block is in a language that is typed into no shell, and does not hold commands all the same."""
    return language in _PROGRAMS and (language in _ELSEWHERE or not _are_mostly_commands(lines))


def is_script(lines: Sequence[Line]) -> bool:
    """Whether a block is a file to run, with arguments, functions and ends of its own."""
    first = next(line for line in lines if line.text.strip())
    return bool(_SHEBANG.match(first.text) and _SCRIPTED.search("\n".join(line.text for line in lines)))


def begins_script(text: str) -> bool:
    """Whether a line is the first of a script."""
    return bool(_SHEBANG.match(text))


def without_numbers(lines: list[Line]) -> list[Line]:
    """Lines without the numbers that a page puts before each."""
    listed = [_LISTED_COMMAND.match(line.text) for line in lines if line.text.strip()]
    if all(one and is_surely_command(one[1]) for one in listed):  # `3.sudo ip link`
        return [Line(line.number, _LISTED_COMMAND.sub(r"\1", line.text)) for line in lines]
    found = [_GUTTER.match(line.text) for line in lines if line.text.strip()]
    if len(found) < 3 or not all(found):
        return lines
    numbers = [int(one[1]) for one in found if one]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return lines
    if sum(is_command(one[2].strip()) for one in found if one) * 2 < len(found):
        return lines
    return [Line(line.number, _GUTTER.sub(r"\2", line.text)) for line in lines]


def unlisted(line: Line) -> Line:
    """A line of plain text without the sign of a list, if that leaves a command."""
    found = _LISTED.match(line.text)
    return Line(line.number, found[1]) if found and is_surely_command(found[1]) else line


def are_commands(lines: Sequence[Line]) -> bool:
    """Whether a block holds commands alone, whatever its language is said to be."""
    told = [line.text for line in lines if line.text.strip() and comment_in(line.text) is None]
    return bool(told) and all(map(is_surely_command, told))


def _are_mostly_commands(lines: Sequence[Line]) -> bool:
    """The same of a block in a language of programs, which may hold a word more."""
    told = [line.text for line in lines if line.text.strip() and comment_in(line.text) is None]
    return bool(told) and sum(map(is_surely_command, told)) * 4 >= len(told) * 3

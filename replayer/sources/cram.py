"""A test of cram, prysk or dune -> Session.

A command stands behind `$ `, its further lines behind `> `; what else is indented is its output, with its exit status
in brackets. Lines of output may end in (re), (glob), (esc), (no-eol).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from replayer.screen import plain
from replayer.sources.document import readable
from replayer.sources.plain import split
from replayer.sources.session import Claim, Command, Doubt, Item, Remark, Session

_COMMAND = re.compile(r"(?P<indent> +|\t)\$ ")
_EXIT = re.compile(r"\[(\d{1,3})\]")
_MARK = re.compile(r" \((?P<mark>re|regex|glob|esc|escaped|no-eol|equal|eq)[?*+]?\)")
_RULE = re.compile(r"[=~^#*+-]*")
_ESCAPES = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))")
_LETTERS = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"e": b"\x1b", b"f": b"\f", b"v": b"\v"}
_OURS = re.compile(r"\$\{?(?:TESTDIR|TESTFILE|TESTSHELL|CRAMTMP|PRYSK_\w+)\b")


@dataclass
class _Typed:
    line: int
    text: list[str]
    shown: list[tuple[int, str]] = field(default_factory=list)


def read(text: str) -> Session:
    """A test -> its commands, and what it says that they show. Never raises."""
    lines, warnings = readable(split(text))
    first = next((found for line in lines if (found := _COMMAND.match(line))), None)
    doubts = tuple(Doubt(0, warning) for warning in warnings)
    return Session(tuple(_items(lines, first["indent"] if first else "  ")), style="behind '$ '", doubts=doubts)


def _items(lines: list[str], indent: str) -> Iterator[Item]:
    typed: _Typed | None = None
    remark: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        inside = line.startswith(indent)
        if remark and (inside or not line.strip()):
            yield Remark("\n".join(remark), number - len(remark))
            remark = []
        if not inside:
            if typed is not None:
                yield from _command(typed)
                typed = None
            said = line.strip().removeprefix("#").strip()
            if said and not _RULE.fullmatch(said):
                remark.append(said)
            elif remark:
                yield Remark("\n".join(remark), number - len(remark))
                remark = []
            continue
        body = line[len(indent) :]
        if body.startswith("$ ") or body == "$":
            if typed is not None:
                yield from _command(typed)
            typed = _Typed(number, [body[2:]])
        elif typed is not None and not typed.shown and (body.startswith("> ") or body == ">"):
            typed.text.append(body[2:])
        elif typed is not None:
            typed.shown.append((number, body))


def _command(typed: _Typed) -> Iterator[Item]:
    text = "\n".join(typed.text)
    if not text.strip():
        return
    doubts = [Doubt(typed.line, f"{found[0]} is set by the test's runner") for found in _OURS.finditer(text)][:1]
    claims: list[Claim] = []
    shown = typed.shown
    status = _EXIT.fullmatch(shown[-1][1]) if shown else None
    if status:
        claims.append(Claim("exit", shown[-1][0], status[1]))
        shown = shown[:-1]
    told: list[str] = []
    for number, written in shown:
        line, pattern = _line(written)
        if pattern is None:
            told.append(line)
            continue
        told += ["..."] if told[-1:] != ["..."] else []
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            doubts.append(Doubt(number, f"{line!r} is no regular expression that Python knows"))
        else:
            claims.append(Claim("matches", number, pattern, why=written))
    if not shown:
        claims.append(Claim("empty", typed.line))
    elif told != ["..."]:
        claims.insert(0, Claim("output", shown[0][0], lines=tuple(told)))
    yield Command(text, typed.line, claims=tuple(claims), doubts=tuple(doubts))


def _line(written: str) -> tuple[str, str | None]:
    """A line of output as it is meant -> the line, and the pattern that it is, if it is one."""
    line, pattern = written, None
    while (found := _MARK.fullmatch(line, max(0, line.rfind(" (")))) is not None:
        line = line[: found.start()]
        match found["mark"]:
            case "re" | "regex":
                pattern = rf"^(?:{line})$"
            case "glob":
                pattern = rf"^{_glob(line)}$"
            case "esc" | "escaped":
                line = plain(_unescaped(line)).replace("\n", " ")
    return line, pattern


def _glob(pattern: str) -> str:
    pieces = re.findall(r"\\[*?\\]|[*?]|[^*?\\]+|\\", pattern)
    return "".join(
        {"*": ".*", "?": "."}.get(piece) or re.escape(piece[1:] if piece[:1] == "\\" and len(piece) == 2 else piece)
        for piece in pieces
    )


def _unescaped(line: str) -> str:
    def byte(found: re.Match[bytes]) -> bytes:
        if found[1] or found[2]:
            return bytes([int(found[1], 16) if found[1] else int(found[2], 8) & 255])
        return _LETTERS.get(found[3], found[3])

    return _ESCAPES.sub(byte, line.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")

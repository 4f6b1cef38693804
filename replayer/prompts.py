"""What a terminal sends, told apart: the echo of what was typed, output, prompts. Pure.

The prompt itself ends a command: PS1 is an OSC 133 sequence (the "semantic prompts" that terminals know) with
the exit status and a nonce, so nested shells announce their prompts too, and output that looks like a prompt
fools nothing. PS2 is another, so an open quote or here-document is seen at once.
"""

import re
from codecs import utf_8_decode
from collections.abc import Iterator
from dataclasses import dataclass

# A shell that edits its lines itself must not fill the memory while the echo of a line is looked for.
MOST_HELD = 1 << 16
# Longer than any mark; where a mark may have begun, so much is held back at the most.
LONGEST_MARK = 60


@dataclass(frozen=True, slots=True)
class Text:
    """Output of programs, echo and prompts removed. Bytes that are not UTF-8 are surrogate escapes. `stray`: it
    came between a prompt and what was typed at it."""

    text: str
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """The shell waits for a command (or, `more`, for the rest of one). `exit` is its $?."""

    exit: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class NextLine:
    """Of several lines, `line` (from 0) is typed at a prompt for a new command: what came before it ended."""

    exit: int
    line: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The shell ended."""


Fact = Text | Prompt | NextLine | Gone


class Prompts:
    """The prompt strings of a run, and the patterns that find them in a stream."""

    def __init__(self, nonce: str) -> None:
        self.nonce = nonce
        # Every one carries `$?`: a mere copy of the prompt strings in some output has no digits there.
        marks = {"PS1": "D", "PS2": "A;k=s", "PS0": "C"}
        self.strings = {name: f"\x1b]133;{mark};$?;replay={nonce}\x07" for name, mark in marks.items()}
        self.mark = re.compile(rf"\x1b\]133;(D|A;k=s|C);(\d+);replay={nonce}\x07".encode())
        self.partial = re.compile(rb"\x1b(?:\][^\x07\x1b]{0,%d})?\Z" % LONGEST_MARK)
        # Lines that show our own machinery (`set -x`, `env`, `declare -p PS1`) are not the command's.
        self.own = nonce.encode()
        self.own_line = re.compile(rb"[^\n]*" + self.own + rb"[^\n]*\n?")

    def settings(self) -> dict[str, str]:
        """The shell variables. PROMPT_COMMAND puts the prompts back after a tutorial's own `PS1=…`; being
        assignments alone, it leaves $? and $_ as they were."""
        return self.strings | {"PROMPT_COMMAND": " ".join(self._assignments())}

    def rc(self) -> str:
        """Start-up file for nested shells, bash and POSIX sh alike."""
        again = self.settings()["PROMPT_COMMAND"].replace("'", "'\\''")
        lines = [
            *self._assignments(),
            'if [ -n "$BASH_VERSION" ]; then',
            # Line editing would redraw what is typed; a pasted tab would complete.
            "  set +o emacs +o vi +H",
            f"  PROMPT_COMMAND='{again}'",
            "fi",
            "unset HISTFILE MAIL MAILCHECK",
        ]
        return "\n".join(lines) + "\n"

    def _assignments(self) -> list[str]:
        return [f"{name}='{value}'" for name, value in self.strings.items()]


class Stream:
    """One terminal's stream. Tell it what is `typed`, feed it what is read."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self._cut = b""  # the beginning of a character of which the rest is still to come
        self._held = b""  # read, but not yet told apart
        self._echo: bytes | None = b""  # what the tty repeats of the typed line; None: it has
        self._silent = True  # nothing is typed yet, or only part of a command

    def typed(self, line: bytes, whole: bool = True) -> None:
        """A line (without its line end) is being typed at a prompt. Not `whole`: what the shell says
        before the next line is no output."""
        self._echo = line + b"\r\n"
        self._silent = not whole

    def interrupted(self) -> None:
        """Ctrl-C was typed: what comes now is output."""
        self._silent = False

    def facts(self, data: bytes) -> Iterator[Fact]:
        """What the next bytes say. `typed` may be called between two facts."""
        self._held += data
        while mark := self._prompts.mark.search(self._held):
            before, self._held = self._held[: mark.start()], self._held[mark.end() :]
            stray = b""
            if self._echo is not None:
                stray, before = _around_echo(before, self._echo)
            self._echo = None
            if not self._silent:
                yield from self._text(stray, last=True, stray=True)
                yield from self._text(before, last=True)
            if mark[1] != b"C":
                yield Prompt(int(mark[2]), more=mark[1] != b"D")
        yield from self._early_text()

    def rest(self) -> Iterator[Fact]:
        """What was held back, when nothing more will come."""
        held, self._held = self._held, b""
        if not self._silent:
            yield from self._text(held, last=True)

    def _early_text(self) -> Iterator[Fact]:
        """Output that can be passed on before its command has ended."""
        if self._silent:
            return
        if self._echo:
            found = self._held.find(self._echo)
            if found < 0 and len(self._held) < MOST_HELD:
                return
            if found >= 0:
                yield from self._text(self._held[:found], last=True, stray=True)
                self._held = self._held[found + len(self._echo) :]
            self._echo = None
        partial = self._prompts.partial.search(self._held, max(0, len(self._held) - LONGEST_MARK - 2))
        cut = partial.start() if partial else len(self._held)
        ready, self._held = self._held[:cut], self._held[cut:]
        yield from self._text(ready)

    def _text(self, data: bytes, last: bool = False, stray: bool = False) -> list[Text]:
        """At most one. `last`: a character that is not whole will not be; what comes next is another command's."""
        if not data and not self._cut:
            return []
        if self._prompts.own in data:
            data = self._prompts.own_line.sub(b"", data)
        data = self._cut + data
        text, whole = utf_8_decode(data, "surrogateescape", last)
        self._cut = data[whole:]
        return [Text(text, stray)] if text else []


def _around_echo(data: bytes, echo: bytes) -> tuple[bytes, bytes]:
    """What stands before the echo of a typed line (a background job printed it) and after it.

    Where the echo is not found the shell edits its lines itself: all up to the line end is its drawing.
    """
    found = data.find(echo)
    if found >= 0:
        return data[:found], data[found + len(echo) :]
    return b"", data.partition(b"\n")[2]

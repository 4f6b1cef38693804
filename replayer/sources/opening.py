"""Does a command go on in the next line: an open quote, here-document, loop, a trailing backslash, pipe or `&&`?"""

import re
from itertools import islice

_HEREDOC = re.compile(r"(?<!<)<<(?!<)(-?)\s*(?:\\?([A-Za-z_]\w*)|'([^']+)'|\"([^\"]+)\")")
_OPENS = {
    "for": "done",
    "while": "done",
    "until": "done",
    "select": "done",
    "if": "fi",
    "case": "esac",
    "{": "}",
}
_GOES_ON = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_CONNECTS = ("|", "&&", "()")
# What is neither quoted nor a comment; where a quote ends.
_BARE = re.compile(r"(?:[^\\'\"#]+|(?<=[^ \t;])#)+")
_CLOSED = {"'": re.compile(r"[^']*+'"), '"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)}
_WORDS = re.compile(r"\$\{[^{}]*+\}|[$=<>]?\(+|\)|[{}](?=[\s;)]|$)|[\w.$/-]+|;;|;|&&|\|\|?|&")
# After these a command begins. Other words are told where a command begins.
_SPECIAL = re.compile(r"['\"\\#]")
_SEPARATORS = frozenset("; ;; && || | & )".split())
_TOLD = _SEPARATORS | set(_OPENS) | frozenset("do then else elif ! time done fi esac } function".split())


class Patience:
    """How far the end of a command is looked for: less, the more was looked through in vain. Else a text of open quotes
    would be read again and again. In characters, so many of which a line has at the least."""

    LINE = 100
    _FEWEST = 8 * LINE
    _MOST_IN_VAIN = 4_000 * LINE  # in a whole text

    def __init__(self, lines: int) -> None:
        self._most = lines * self.LINE
        self._in_vain = self._spent = 0

    @property
    def is_left(self) -> bool:
        """Whether one more line is looked at for this command."""
        return self._spent < self._most and self._in_vain < self._MOST_IN_VAIN

    def spend(self, line: str) -> None:
        """A line is looked at."""
        self._spent += max(len(line), self.LINE)

    def end(self, found: bool) -> None:
        """The command's end was found or is looked for no longer."""
        if not found:
            self._in_vain += self._spent
            if self._spent >= self._most:
                self._most = max(self._FEWEST, self._most // 2)
        self._spent = 0


class Opening:
    """A command as its lines come. `open`: whether the shell would ask for more."""

    def __init__(self, first: str) -> None:
        self._documents: list[tuple[str, bool]] = []  # the ends that are awaited, and whether tabs stand before them
        self._quote = ""
        self._waits: list[str] = []  # `done`, `fi`, `}`: innermost last
        self._named = False  # whether the next word is a function's name, or the `)` behind it
        self._begins = True  # whether the next word is where a command begins
        self.open = False
        self.add(first)

    @property
    def document(self) -> bool:
        """Whether a here-document is being read: its lines are nobody's commands."""
        return bool(self._documents)

    def add(self, line: str) -> None:
        """One more line."""
        if self._documents:
            end, tabs = self._documents[0]
            if (line.lstrip("\t") if tabs else line).strip() == end:
                self._documents.pop(0)
            self.open = bool(self._documents or self._waits)
            return
        if not self._quote:
            self._documents += [
                (m[2] or m[3] or m[4], bool(m[1]))
                for m in islice(_HEREDOC.finditer(line), 9)
                if not unquoted(line[: m.start()], "")[0]
            ]
        self._quote, bare, _ = unquoted(line, self._quote)
        words = _WORDS.findall(bare)
        if "(" in bare or not _TOLD.isdisjoint(words):
            for word in words:
                self._word(word)
        elif words:  # none of them means anything here
            self._begins, self._named = self._named and len(words) == 1, False
        goes_on = line.endswith("\\") and _GOES_ON.search(line)
        if not goes_on:
            self._begins = True
        connects = bare.rstrip().endswith(_CONNECTS)
        self.open = bool(self._documents or self._quote or self._waits or goes_on or connects)

    def _word(self, word: str) -> None:
        named, self._named = self._named, False
        if word not in _TOLD and word[-1] != "(":
            self._begins = named
        elif self._waits and word == self._waits[-1] and (self._begins or word == ")"):
            self._waits.pop()
            self._begins = True
        elif word[-1] == "(":
            # `echo (see below` is a syntax error, and no reason to read on.
            if self._begins or word[0] in "$=<>" or (self._waits and self._waits[-1] == ")"):
                self._waits += ")" * word.count("(")
            self._named = not self._begins  # of a function: `(` stands behind its name
            self._begins = True
        elif word == "function":
            self._begins = self._named = True
        elif word in _SEPARATORS:
            self._begins = True
        elif self._begins:
            if word in _OPENS:
                self._waits.append(_OPENS[word])
            self._begins = word not in ("for", "select", "case")
        else:
            self._begins = named


def unquoted(line: str, quote: str = "") -> tuple[str, str, int]:
    """A line, and the quote that was open before it -> the quote that is open after it, what of the line is not quoted,
    and where a comment begins in it (its length where none does)."""
    if not quote and not _SPECIAL.search(line):
        return "", line, len(line)
    bare: list[str] = []
    at = 0
    while at < len(line):
        if quote:
            closed = _CLOSED[quote].match(line, at)
            if closed is None:
                return quote, "".join(bare), len(line)
            quote, at = "", closed.end()
            continue
        found = _BARE.match(line, at)
        if found is not None:
            bare.append(found[0])
            at = found.end()
        sign = line[at : at + 1]
        if sign == "#":
            break
        if sign == "\\":
            at += 2
        elif sign:
            quote = sign
            bare.append("_")
            at += 1
    return quote, "".join(bare), min(at, len(line))

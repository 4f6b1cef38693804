"""A terminal's bytes -> the text that a person saw (contracts C5 and C9).

In: what a terminal received, decoded with surrogateescape, lines ending in CRLF or LF. Out: lines joined by
LF, with no control character but LF and TAB, as they stood on the screen (and above it) at the end: progress
that was overwritten is gone, colours and titles are gone, an alternate screen that was left is gone. A final
newline is there if the output ended with one; trailing spaces are there if the program printed them.

Most output has no control sequence at all and goes through untouched. Colours and titles are cut out by one
regular expression. Lines that overwrite themselves go through a `Canvas` each; only what moves between lines
or clears the screen needs one that holds them all, and that is bounded: beyond BUDGET characters control
sequences are cut out and not followed. ECMA-48 and xterm's ctlseqs say what a sequence does.
"""

import re

from replayer.canvas import Canvas
from replayer.painting import Painted, PaintedCanvas

# Characters that may pass through canvases for one text; about a microsecond each at worst.
BUDGET = 2_000_000
# The same for colours, which take an object a character; no reader misses them in more than that.
PAINT_BUDGET = 400_000

_SUSPICIOUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CR_RUN = re.compile(r"(?<!\r)\r+\n")
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_C1 = re.compile("[\x80-\x9f]")

# One control sequence, or a control character that shows nothing. A string (title, sixel picture) that is
# never ended hides nothing: only its introducer goes, or a title's own line.
_SEQUENCE = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)(?P<final>[ -/]*[@-~]?)"
    r"|\x1b[\]k][^\x07\x1b\x18\x1a\n]*(?:\x07|\x1b\\|[\x18\x1a])?"
    r"|\x1b[PX^_](?:[^\x1b\x18\x1a]*(?:\x1b\\|[\x18\x1a]|(?=\x1b)))?"
    r"|\x1b(?P<escape>[78DEMc])"
    r"|\x1b[ -/]*[0-~]?"
    r"|(?P<feed>[\x0b\x0c])"
    r"|[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]+"
)
# What a canvas follows, on one line and between lines. Everything else is invisible.
_FOLLOWED = frozenset("@CDGKPX`ab" + "ABEFHJLMSTdefsu")
_MOVES = re.compile(r"\r|\x08|\x1b")
_MOVES_BETWEEN_LINES = re.compile(r"\x1b(?:\[[0-9;:]*[ABEFHJLMSTdefsu]|[78DEMc])")
_ALTERNATE = re.compile(r"\x1b\[\?(?:1049|1047|47)([hl])")
# At the end of a stream that goes on; what is longer than any that is meant is no sequence.
_STRING = r"\x1b[\]kPX^_][^\x07\x1b]*"
_HALF = re.compile(rf"(?:[\udc80-\udcff]+|(?:{_STRING})?[\x1b\x80-\x9f]\[?[0-?]*[ -/]*|{_STRING})\Z")
_MOST_HALF = 4096
# What cannot be judged line by line while the output still comes: strings and alternate screens span lines.
_SPANS_LINES = re.compile(r"\x1b(?:[PX^_]|\[\?(?:1049|1047|47)[hl])")


def plain(raw: str, columns: int = 120, rows: int = 30) -> str:
    """Everything a terminal received -> the text that a person saw. Never raises."""
    text = _unified(raw)
    if _is_plain(text):
        return text
    pieces = PlainText(columns, rows)
    pieces.feed(text)
    return pieces.text()


class PlainText:
    """`plain` for output that comes in pieces: feed them in order, ask for the text when it is wanted.

    The text is the same however the output was cut. What is finished is kept as plain text, so that memory
    stays near the size of the text, not of the terminal's stream.
    """

    def __init__(self, columns: int = 120, rows: int = 30) -> None:
        self._columns = columns
        self._rows = rows
        self._done: list[str] = []  # plain text, whole lines
        self._open: list[str] = []  # raw: the line that has not ended yet
        self._kept: list[str] | None = None  # raw: all from where movement between lines began
        self._budget = BUDGET
        self.size = 0  # characters that were fed

    def feed(self, chunk: str, at: float = 0.0) -> None:
        """`at`: when it came, in seconds since the run began."""
        self.size += len(chunk)
        if self._kept is not None:
            self._kept.append(chunk)
            return
        cut = chunk.rfind("\n") + 1
        if not cut:
            self._open.append(chunk)
            return
        lines = "".join((*self._open, chunk[:cut])) if self._open else chunk[:cut]
        self._open = [chunk[cut:]] if cut < len(chunk) else []
        lines = _unified(lines)
        if _is_plain(lines):
            self._done.append(lines)
            return
        lines = _normal(lines)
        if _SPANS_LINES.search(lines) or _MOVES_BETWEEN_LINES.search(lines):
            self._kept = [lines, *self._open]
            self._open = []
            return
        self._done.append(self._sideways(_cut_out(lines)))

    def text(self) -> str:
        """The text of all that was fed; more may be fed afterwards."""
        if len(self._done) > 1:
            self._done = ["".join(self._done)]
        done = self._done[0] if self._done else ""
        rest = "".join(self._open if self._kept is None else self._kept)
        if not rest:
            return done
        rest = _unified(rest)
        # A lone CR at the end is half of a line end that has not come yet.
        if _is_plain(rest):
            return done + rest
        budget = self._budget
        try:
            return self._between_lines(done, _cut_out(_without_alternate(_normal(rest))))
        finally:
            self._budget = budget

    def painted(self) -> tuple[Painted, ...]:
        """`text()` with its colours, where they are kept."""
        return (Painted(self.text()),)

    def received(self) -> tuple[tuple[float, str], ...]:
        """What was fed and when, where that is kept; else the text."""
        return ((0.0, self.text().replace("\n", "\r\n")),)

    def _sideways(self, text: str) -> str:
        """Text whose control characters stay on their line -> plain text."""
        if not _MOVES.search(text):
            return text
        return "\n".join(self._line(line) if _MOVES.search(line) else line for line in text.split("\n"))

    def _line(self, line: str) -> str:
        self._budget -= len(line)
        if self._budget < 0:
            return _stripped(line)
        canvas = Canvas(self._columns, self._rows)
        canvas.feed(line)
        return canvas.text()

    def _between_lines(self, done: str, text: str) -> str:
        """Plain lines, then text that may move between lines and up into them -> plain text."""
        first = _MOVES_BETWEEN_LINES.search(text)
        if first is None:
            return done + self._sideways(text)
        begin = text.rfind("\n", 0, first.start()) + 1
        done += self._sideways(text[:begin])
        text = text[begin:]
        if len(text) > self._budget:
            return done + _stripped(text)
        # No movement reaches above the screen's top row.
        top = len(done)
        for _ in range(self._rows):
            top = done.rfind("\n", 0, max(0, top - 1)) + 1
        canvas = Canvas(self._columns, self._rows)
        canvas.feed(done[top:])
        canvas.feed(text)
        return done[:top] + canvas.text()


class PaintedText(PlainText):
    """`PlainText` that keeps what the terminal received, to tell its colours: for what is made for looking at."""

    def __init__(self, columns: int = 120, rows: int = 30) -> None:
        super().__init__(columns, rows)
        self._raw: list[tuple[float, str]] = []

    def feed(self, chunk: str, at: float = 0.0) -> None:
        super().feed(chunk, at)
        if self.size <= PAINT_BUDGET:
            self._raw.append((at, chunk))
        else:
            self._raw.clear()

    def received(self) -> tuple[tuple[float, str], ...]:
        return tuple(self._raw) or super().received()

    def painted(self) -> tuple[Painted, ...]:
        raw = _unified("".join(chunk for _, chunk in self._raw))
        if not raw or _is_plain(raw):
            return super().painted()
        canvas = PaintedCanvas(self._columns, self._rows)
        canvas.feed(followed(raw))
        painted = tuple(canvas.painted())
        # What is judged is the text; colours never change it.
        return painted if "".join(piece.text for piece in painted) == self.text() else super().painted()


def followed(raw: str) -> str:
    """A terminal's stream with no more in it than text and what a PaintedCanvas follows."""
    return _SEQUENCE.sub(_followed_or_colour, _without_alternate(_normal(_unified(raw))))


def whole(raw: str) -> int:
    """How much of a stream can be drawn before more of it came: neither half of a character or a sequence nor an
    alternate screen that may be left again."""
    entered = None
    for switch in _ALTERNATE.finditer(raw):
        entered = None if switch[1] == "l" else switch.start() if entered is None else entered
    if entered is not None:
        return entered
    half = _HALF.search(raw, max(0, len(raw) - _MOST_HALF))
    return half.start() if half else len(raw)


def _is_plain(text: str) -> bool:
    return _SUSPICIOUS.search(text) is None


def _unified(text: str) -> str:
    """CRLF, and the CR CR LF of a program that prints CRLF itself, -> LF."""
    text = text.replace("\r\n", "\n")
    return _CR_RUN.sub("\n", text) if "\r\n" in text else text


def _normal(text: str) -> str:
    """Invalid bytes -> U+FFFD, characters that were cut between two reads whole, C1 controls as ESC pairs."""
    text = _ESCAPED_BYTES.sub(
        lambda found: found[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace"), text
    )
    text = _SURROGATE.sub("\ufffd", text)
    return _C1.sub(lambda found: "\x1b" + chr(ord(found[0]) - 0x40), text)


def _without_alternate(text: str) -> str:
    """Drops what was drawn on alternate screens that were left again; one that was not left stays."""
    pieces = []
    begin = 0
    entered: int | None = None
    for switch in _ALTERNATE.finditer(text):
        if switch[1] == "h":
            entered = switch.start() if entered is None else entered
        elif entered is not None:
            pieces.append(text[begin:entered])
            begin = switch.end()
            entered = None
    return "".join((*pieces, text[begin:])) if begin else text


def _cut_out(text: str) -> str:
    """Drops every sequence and control character that a canvas does not follow."""
    return _SEQUENCE.sub(_followed, text)


def _followed(found: re.Match[str]) -> str:
    if found["final"] in _FOLLOWED and not found["parameters"].startswith(("<", "=", ">", "?")):
        return found[0]
    if found["escape"]:
        return found[0]
    return "\n" if found["feed"] else ""


def _followed_or_colour(found: re.Match[str]) -> str:
    return (
        found[0]
        if found["final"] == "m" and not found["parameters"].startswith(("<", "=", ">", "?"))
        else _followed(found)
    )


def _stripped(text: str) -> str:
    """Cuts out all that controls: every overwritten state of a line is shown, one after the other."""
    return _SUSPICIOUS.sub("", _SEQUENCE.sub("", text.replace("\r", "\n")))

"""Outputs with their colours -> pieces with the names of CSS classes; long ones cut in their middle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replayer.painting import PLAIN, Painted, Style, lines_of
from replayer.problems import visible

# Of one output so many lines are on the page, and of a line so many characters; the recording has all.
MOST_LINES = 400
MOST_COLUMNS = 4_000
# Once the page has so many characters of output, the rest is shown in so many lines each.
MUCH = 8_000_000
FEW_LINES = 20
# So many colours besides the terminal's own sixteen; no more are told apart.
MOST_COLOURS = 1_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look. `classes` is empty for the plain."""

    text: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What a command printed, as it may stand on the page."""

    head: tuple[Piece, ...] = ()
    left_out: int = 0  # lines between head and tail
    tail: tuple[Piece, ...] = ()
    lines: int = 0  # of the whole


class Palette:
    """The classes that outputs use, and the rules for those that the style sheet does not have."""

    def __init__(self) -> None:
        self._colours: dict[str, None] = {}
        self._used = 0

    def output(self, painted: Sequence[Painted]) -> Output:
        """An output for the page; the end of its last line is left out."""
        lines = list(lines_of(painted))
        most = MOST_LINES if self._used < MUCH else FEW_LINES
        if len(lines) <= most:
            return Output(self._pieces(lines), lines=len(lines))
        half = most // 2
        head, tail = self._pieces(lines[:half]), self._pieces(lines[-half:])
        return Output(head, len(lines) - 2 * half, tail, len(lines))

    def rules(self) -> str:
        """CSS for the colours that were used."""
        return "".join(
            f".f{colour[1:]}{{color:{colour}}}.b{colour[1:]}{{background-color:{colour}}}\n"
            for colour in sorted(self._colours)
        )

    def _pieces(self, lines: list[list[Painted]]) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for number, line in enumerate(lines):
            if number:
                pieces.append(Piece("\n"))
            room = MOST_COLUMNS
            for piece in line:
                pieces.append(Piece(visible(piece.text[:room]), self._classes(piece.style)))
                room -= len(piece.text)
                if room < 0:
                    pieces.append(Piece("…"))
                    break
        joined = tuple(_joined(pieces))
        self._used += sum(len(piece.text) for piece in joined)
        return joined

    def _classes(self, style: Style) -> str:
        if style is PLAIN or style == PLAIN:
            return ""
        words = [name for name in ("bold", "dim", "italic", "underline", "struck") if getattr(style, name)]
        if style.hidden:
            words.append("concealed")
        front, back = style.foreground, style.background
        if style.inverse:
            front, back = back or "-back", front or "-front"
        words += [self._colour("f", front), self._colour("b", back)]
        return " ".join(word for word in words if word)

    def _colour(self, ground: str, colour: str) -> str:
        if not colour.startswith("#"):
            return ground + colour if colour else ""
        if colour not in self._colours:
            if len(self._colours) >= MOST_COLOURS:
                return ""
            self._colours[colour] = None
        return ground + colour[1:]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one look as one piece: a plain output is a single one."""
    texts: list[str] = []
    classes = ""
    for piece in pieces:
        if piece.classes != classes and texts:
            yield Piece("".join(texts), classes)
            texts = []
        classes = piece.classes
        texts.append(piece.text)
    if texts:
        yield Piece("".join(texts), classes)

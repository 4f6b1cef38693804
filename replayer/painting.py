"""Colours of a terminal: the text of a canvas as pieces that look alike.

ECMA-48 8.3.117 (SGR) and xterm's ctlseqs say what the parameters mean; T.416 the forms with colons.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from replayer.canvas import Canvas

# A colour: "0" to "15" of the terminal's own palette, "#rrggbb", or "" for the default.
Colour = str


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look."""

    foreground: Colour = ""
    background: Colour = ""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    inverse: bool = False
    hidden: bool = False
    struck: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Painted:
    """Text of one look."""

    text: str
    style: Style = PLAIN


def lines_of(painted: Sequence[Painted]) -> Iterator[list[Painted]]:
    """Painted text line by line; pieces that are empty are left out, and the end of the last line begins none."""
    line: list[Painted] = []
    for piece in painted:
        first, *rest = piece.text.split("\n")
        if first:
            line.append(Painted(first, piece.style))
        for text in rest:
            yield line
            line = [Painted(text, piece.style)] if text else []
    if line:
        yield line


class _Cell(str):
    """A character that knows how it looks. A canvas moves its cells about as they are."""

    __slots__ = ("style",)
    style: Style

    @classmethod
    def of(cls, text: str, style: Style) -> "_Cell":
        cell = cls(text)
        cell.style = style
        return cell


def style_of(cell: str | None) -> Style:
    """How a cell of a PaintedCanvas looks."""
    return cell.style if isinstance(cell, _Cell) else PLAIN


class PaintedCanvas(Canvas):
    """A canvas whose characters keep their looks."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self._style = PLAIN

    def painted(self) -> Iterator[Painted]:
        """`text()`, cut where the look changes."""
        style, pieces = PLAIN, list[str]()
        for piece in self._pieces():
            its = style_of(piece)
            # A line end has no look of its own.
            if its != style and piece != "\n":
                if pieces:
                    yield Painted("".join(pieces), style)
                style, pieces = its, []
            pieces.append(piece)
        if pieces:
            yield Painted("".join(pieces), style)

    def _put(self, cells: list[str]) -> None:
        style = self._style
        super()._put(cells if style is PLAIN else [_Cell.of(cell, style) for cell in cells])

    def _marked(self, base: str, mark: str) -> str:
        both = base + mark
        return _Cell.of(both, base.style) if isinstance(base, _Cell) else both

    def _sequence(self, final: str, parameters: str) -> None:
        if final == "m":
            self._style = styled(self._style, parameters)
        else:
            super()._sequence(final, parameters)


_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 8: "hidden", 9: "struck", 21: "underline"}
_OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("inverse",), 28: ("hidden",), 29: ("struck",)}
# No terminal takes more parameters than that.
_MOST_PARAMETERS = 32


def styled(style: Style, parameters: str) -> Style:
    """The look after `CSI parameters m`; what is not known is left out.

    >>> styled(PLAIN, "1;38;5;196").foreground
    '#ff0000'
    """
    groups = [[_number(p) for p in group.split(":")] for group in parameters.split(";", _MOST_PARAMETERS)]
    at = 0
    while at < min(len(groups), _MOST_PARAMETERS):
        code, *rest = groups[at]
        at += 1
        if code in (38, 48):
            if not rest:
                rest = [group[0] for group in groups[at : at + (2 if groups[at : at + 1] == [[5]] else 4)]]
                at += len(rest)
            elif rest[0] == 2 and len(rest) > 4:
                del rest[1]  # the colour space
            colour = _colour(rest)
            if colour is not None:
                style = replace(style, foreground=colour) if code == 38 else replace(style, background=colour)
        else:
            style = _simple(style, code, rest)
    return PLAIN if style == PLAIN else style


def _simple(style: Style, code: int, rest: list[int]) -> Style:
    if code == 0:
        return PLAIN
    if code == 4 and rest == [0]:
        return replace(style, underline=False)
    if code in _ON:
        return _switched(style, (_ON[code],), True)
    if code in _OFF:
        return _switched(style, _OFF[code], False)
    tens, digit = divmod(code, 10)
    if digit <= 7 and tens in (3, 9):
        return replace(style, foreground=str(digit + (8 if tens == 9 else 0)))
    if digit <= 7 and tens in (4, 10):
        return replace(style, background=str(digit + (8 if tens == 10 else 0)))
    if code == 39:
        return replace(style, foreground="")
    return replace(style, background="") if code == 49 else style


def _switched(style: Style, names: tuple[str, ...], on: bool) -> Style:
    changes: dict[str, Any] = dict.fromkeys(names, on)
    return replace(style, **changes)


def _colour(numbers: list[int]) -> Colour | None:
    match numbers:
        case [5, number] if number < 16:
            return str(number)
        case [5, number] if number < 232:
            steps = (0, 95, 135, 175, 215, 255)
            number -= 16
            return "#" + "".join(f"{steps[n]:02x}" for n in (number // 36, number // 6 % 6, number % 6))
        case [5, number] if number < 256:
            return "#" + f"{8 + 10 * (number - 232):02x}" * 3
        case [2, red, green, blue] if max(red, green, blue) < 256:
            return f"#{red:02x}{green:02x}{blue:02x}"
    return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0

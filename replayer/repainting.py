"""What a program sent to one terminal -> what may be sent to another's (contract C9).

In: a terminal's stream, piece by piece. Out: text, colours and movement within the rows that the stream itself has
drawn, all of it written here anew: no question that a terminal would answer, no title, no clipboard, nothing that
reaches what stands above. Drawn is what a PaintedCanvas shows.
"""

from replayer.canvas import Row
from replayer.painting import PLAIN, PaintedCanvas, Style, style_of
from replayer.screen import followed, whole

_CODES = {"bold": 1, "dim": 2, "italic": 3, "underline": 4, "inverse": 7, "hidden": 8, "struck": 9}


class Repainter(PaintedCanvas):
    """A canvas that tells how to get a reader's terminal from what it showed to what it shows now.

    The reader's cursor begins at the left of an empty row; `columns` and `rows` are those of both terminals.
    """

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self._held = ""  # raw: what is not whole yet
        self._before: list[Row] = [[]]  # the rows on the screen as the reader has them
        self._above = 0  # how many are above them
        self._cursor = (0, 0)  # the reader's: column, row

    def drawn(self, raw: str) -> str:
        """What the reader's terminal is sent for the next piece."""
        raw = self._held + raw
        cut = whole(raw)
        self._held = raw[cut:]
        return self._update(raw[:cut])

    @property
    def at_left(self) -> bool:
        """Whether the line that was drawn last has ended."""
        return self._x == 0 and not self._held

    def end(self) -> str:
        """What it is sent when no more comes: what is held back, and the cursor at the left of a new row."""
        rest, self._held = self._held, ""
        sent = self._update(rest)
        last = len(self._lines) - 1
        return sent + (self._to(self._cursor[0], last) + "\r\n" if self._lines[last] else self._to(0, last))

    def _update(self, raw: str) -> str:
        if not raw:
            return ""
        self.feed(followed(raw))
        end = max(len(self._lines), self._above + len(self._before))
        sent = "".join(self._row(number) for number in range(self._above, end))
        sent += self._to(min(self._x, self._columns - 1), self._y)
        self._above = self._top
        self._before = [list(row) for row in self._lines[self._above :]]
        return sent

    def _row(self, number: int) -> str:
        """One row, drawn from where it differs."""
        at = number - self._above
        old: Row = self._before[at] if at < len(self._before) else []
        new: Row = self._lines[number] if number < len(self._lines) else []
        if at < len(self._before) and old == new and list(map(style_of, old)) == list(map(style_of, new)):
            return ""
        begin = 0
        while begin < min(len(old), len(new)) and _same(old[begin], new[begin]):
            begin += 1
        # Not from the middle of a wide character.
        while begin and begin < len(new) and new[begin] == "":
            begin -= 1
        sent = self._to(begin, number) + _cells(new[begin:]) + ("\x1b[K" if len(old) > len(new) else "")
        self._cursor = (len(new), number)
        return sent

    def _to(self, column: int, row: int) -> str:
        x, y = self._cursor
        if (x, y) == (column, row):
            return ""
        self._cursor = (column, row)
        bottom = self._above + len(self._before) - 1
        sent = ""
        if row < y:
            sent = f"\x1b[{y - row}A"
        elif y < row:
            # Below what the reader has, rows come by line feeds alone.
            sent = f"\x1b[{min(row, bottom) - y}B" if y < min(row, bottom) else ""
            sent += "\r\n" * (row - max(y, bottom))
            x = 0 if row > max(y, bottom) else x
        if column == x and x < self._columns:
            return sent
        return sent + "\r" + (f"\x1b[{column}C" if column else "")


def coloured(text: str, style: Style) -> str:
    """Text with its look switched on before and off after."""
    codes = [str(code) for name, code in _CODES.items() if getattr(style, name)]
    codes += _ground(style.foreground, 30, 90) + _ground(style.background, 40, 100)
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text else text


def _ground(colour: str, low: int, high: int) -> list[str]:
    if colour.startswith("#"):
        return [str(low + 8), "2", *(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))]
    if not colour:
        return []
    return [str(low + int(colour) if int(colour) < 8 else high + int(colour) - 8)]


def _same(one: str | None, other: str | None) -> bool:
    return one == other and style_of(one) == style_of(other)


def _cells(cells: Row) -> str:
    pieces: list[str] = []
    look, texts = PLAIN, list[str]()
    tab = False
    for cell in cells:
        its = style_of(cell)
        if its != look:
            pieces.append(coloured("".join(texts), look))
            look, texts = its, []
        if cell == "" and not tab:
            continue  # the right half of a wide character
        tab = cell == "\t" or (tab and cell == "")
        texts.append(" " if tab or cell is None else cell or "")
    return "".join([*pieces, coloured("".join(texts), look)])

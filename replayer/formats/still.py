"""A run as a picture of its terminal: what was typed and shown, in its colours, as SVG.

A file to be put into a page as an image: generic fonts, no script, nothing fetched, light or dark as the reader's
system is. Every word has its own place and length, each Chinese character its own, so that columns stand whatever
font is there. Long outputs, and what is too high, are cut in their middle.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from replayer.canvas import width
from replayer.formats.styles import COMMAND, NAME, NOTE, OUTCOMES, PROMPT, WRONG, complaints
from replayer.formats.text import went_on
from replayer.painting import Painted, Style, lines_of
from replayer.problems import visible
from replayer.transcript import Entry, Transcript

# Rows of one output, and of all.
MOST_OUTPUT = 24
MOST_ROWS = 80
# Characters of one output of which any is shown.
MOST_PAINTED = 40_000
# In pixels: monospace fonts are 0.6 em wide.
SIZE, CELL, ROW, EDGE, BAR = 14, 8.4, 20, 16, 34
NARROWEST = 60

ELLIPSIS = Style(dim=True)

Row = list[Painted]

# The terminal's sixteen colours: on white, on near black.
_LIGHT = (
    "24292f c81e1e 15803d 8a5a00 0550ae 8250df 12707a 59636e 57606a a40e26 116329 7d4e00 0969da 6639ba 0e6b7c 24292f"
)
_DARK = (
    "7d8590 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4 8b949e ffa198 56d364 e3b341 79c0ff d2a8ff 56d4dd f0f6fc"
)
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def render(transcript: Transcript, step: int | None = None, terminal: str | None = None) -> str:
    """The picture. `step`: only this one, counted from 1; `terminal`: only what this one shows."""
    columns = transcript.plan.size.columns
    rows = [cut for row in _rows(transcript, step, terminal) for cut in _wrapped(row, columns)]
    return _document(visible(transcript.plan.title or transcript.plan.name), _cut(rows, MOST_ROWS))


def _rows(transcript: Transcript, step: int | None, terminal: str | None) -> Iterator[Row]:
    """The lines of all that is shown, a command that went on where it ended."""
    blocks = [(entry, entry.of or entry) for entry in transcript.entries if _stands(entry)]
    blocks += [(entry, entry) for entry in transcript.entries if went_on(entry)]
    if step is not None:
        blocks = [(e, c) for e, c in blocks if step - 1 in (e.step.index, c.step.index)]
    if terminal is not None:
        blocks = [(e, c) for e, c in blocks if e.step.terminal == terminal or e.step.kind == "note"]
    several = len({e.step.terminal for e, _ in blocks if e.step.kind != "note"}) > 1
    last = ""
    for entry, command in blocks:
        if entry.step.kind == "note":
            if blocks[0][0] is not entry:
                yield []
            yield from ([Painted(line, NOTE)] for line in visible(entry.command).rstrip("\n").split("\n"))
            continue
        if several and entry.step.terminal != last:
            last = entry.step.terminal
            yield [Painted(f" {visible(last)} ".replace("\n", " "), NAME)]
        yield from _block(entry, command, transcript.plan.size.columns)


def _stands(entry: Entry) -> bool:
    """Whether something is shown where a step stands."""
    hidden = "none" in (entry.step.show, entry.of.step.show if entry.of else None)
    if hidden or (entry.verdict is not None and entry.verdict.word == "skipped"):
        return False
    match entry.step.kind:
        case "note":
            return True
        case "run":
            return entry.ending != "until"
        case "stop" | "wait":
            return entry.of is not None and entry.of.closed_by is entry
    return False


def _block(entry: Entry, command: Entry, columns: int) -> Iterator[Row]:
    parts = zip(command.commands, command.parts, strict=True) if command.parts else [((command.command, ""), None)]
    for (text, _), part in parts:
        for number, line in enumerate(visible(text).rstrip("\n").split("\n")):
            yield [Painted("> " if number else "# ", PROMPT), Painted(line, COMMAND)]
        if part is not None and "command" not in (entry.step.show, command.step.show):
            rows = [cut for line in lines_of(_few(part.screen.painted())) for cut in _wrapped(line, columns)]
            yield from _cut(rows, MOST_OUTPUT)
    if entry.outcome:
        yield [Painted(visible(entry.outcome), OUTCOMES.get(entry.outcome, COMMAND))]
    yield from ([Painted(line, WRONG)] for line in complaints(entry))


def _few(painted: Sequence[Painted]) -> Sequence[Painted]:
    """An output, without what is sure to be cut out of its middle."""
    if sum(len(piece.text) for piece in painted) <= 2 * MOST_PAINTED:
        return painted
    text = "".join(piece.text for piece in painted)
    return [Painted(text[:MOST_PAINTED] + "\n" + text[-MOST_PAINTED:])]


def _wrapped(row: Row, columns: int) -> Iterator[Row]:
    """A line as rows of at most so many columns; tabs as blanks."""
    found: Row = []
    at = 0
    for piece in row:
        begin = 0
        text = ""
        for number, character in enumerate(piece.text):
            wide = 8 - at % 8 if character == "\t" else width(character)
            if at + wide > columns:
                yield [*found, Painted(text + piece.text[begin:number], piece.style)]
                found, at, text, begin = [], 0, "", number
                wide = min(wide, 8)
            if character == "\t":
                text += piece.text[begin:number] + " " * wide
                begin = number + 1
            at += wide
        found.append(Painted(text + piece.text[begin:], piece.style))
    yield found


def _cut(rows: list[Row], most: int) -> list[Row]:
    if len(rows) <= most:
        return rows
    head, tail = most - most // 2, most // 2 - 1
    left_out = f"… {len(rows) - head - tail} rows left out …"
    return [*rows[:head], [Painted(left_out, ELLIPSIS)], *rows[len(rows) - tail :]]


def _document(title: str, rows: list[Row]) -> str:
    columns = max([NARROWEST, *(sum(_columns(piece.text) for piece in row) for row in rows)])
    across, down = columns * CELL + 2 * EDGE, len(rows) * ROW + 2 * EDGE + BAR
    title = _safe(title)
    name = _safe(_fitting(title, columns - 12))
    drawn = "\n".join(line for number, row in enumerate(rows) for line in _drawn(row, BAR + EDGE + number * ROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="term" viewBox="0 0 {across:g} {down}" width="{across:g}" '
        f'height="{down}" role="img" aria-labelledby="term-title">\n<title id="term-title">{title}</title>\n'
        f"<style>{_style()}</style>\n"
        f'<rect class="paper" x=".5" y=".5" width="{across - 1:g}" height="{down - 1}" rx="8"/>\n'
        f'<path class="rule" d="M.5 {BAR}H{across - 0.5:g}"/>\n'
        + "".join(f'<circle class="dot" cx="{EDGE + 4 + 16 * n}" cy="{BAR / 2:g}" r="5"/>' for n in range(3))
        + f'\n<text class="title" x="{across / 2:g}" y="{BAR / 2 + 4.5:g}">{name}</text>\n{drawn}\n</svg>\n'
    )


def _fitting(text: str, columns: int) -> str:
    if _columns(text) <= columns:
        return text
    while _columns(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(map(width, text))


def _drawn(row: Row, top: float) -> Iterator[str]:
    """Backgrounds, then words, each where its columns are."""
    at = 0
    texts = []
    for piece in row:
        columns = _columns(piece.text)
        back, front = _grounds(piece.style)
        if back:
            yield (
                f'<rect{_colour("b", back)} x="{EDGE + at * CELL:g}" y="{top:g}" '
                f'width="{columns * CELL:g}" height="{ROW}"/>'
            )
        if not piece.style.hidden:
            for begin, word in _words(piece.text, keep=piece.style.underline or piece.style.struck):
                texts.append(_text(at + begin, top, word, replace(piece.style, foreground=front)))
        at += columns
    yield from texts


def _grounds(style: Style) -> tuple[str, str]:
    """Background and foreground; `paper` and `ink` are the terminal's own."""
    if style.inverse:
        return style.foreground or "ink", style.background or "paper"
    return style.background, style.foreground


def _words(text: str, keep: bool) -> Iterator[tuple[int, str]]:
    """Words of narrow characters, and each wide one, with the columns where they begin. `keep`: blanks too."""
    at = begin = 0
    word = ""
    for character in text:
        wide = width(character)
        if wide == 0 and word:
            word += character
            continue
        if wide == 2 or (word and width(word[0]) == 2) or (character == " " and not keep):
            if word:
                yield begin, word
            word = ""
        if character != " " or keep:
            begin = begin if word else at
            word += character
        at += wide
    if word:
        yield begin, word


def _text(column: int, top: float, word: str, style: Style) -> str:
    names = [name for name in ("bold", "dim", "italic", "underline", "struck") if getattr(style, name)]
    columns = _columns(word)
    x, length = EDGE + column * CELL, columns * CELL
    fit = f' textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
    if columns == 2 and width(word[0]) == 2:
        # In the middle of its two cells.
        x, fit = x + length / 2, ""
        names.append("wide")
    elif columns <= 1:
        fit = ""
    return f'<text{_colour("f", style.foreground, names)} x="{x:g}" y="{top + 15:g}"{fit}>{_safe(word)}</text>'


def _colour(ground: str, colour: str, names: Sequence[str] = ()) -> str:
    """The attributes: classes, or for one of the other 16 million colours a style."""
    classes = [*names, ground + colour] if colour and not colour.startswith("#") else list(names)
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    return attributes + (f' style="fill:{colour}"' if colour.startswith("#") else "")


def _safe(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _style() -> str:
    return (
        f"\n.term text{{font:{SIZE}px ui-monospace,monospace;white-space:pre}}"
        "\n.term .bold{font-weight:700}.term .dim{opacity:.7}.term .italic{font-style:italic}"
        ".term .underline{text-decoration:underline}.term .struck{text-decoration:line-through}"
        "\n.term .wide,.term .title{text-anchor:middle}"
        "\n.term .title{font-family:system-ui,sans-serif;font-size:13px}\n"
        + _theme(_LIGHT, "ffffff", "1f2328", "d1d9e0", "59636e")
        + "@media (prefers-color-scheme:dark){\n"
        + _theme(_DARK, "0d1117", "e6edf3", "3d444d", "9198a1")
        + "}\n"
    )


def _theme(palette: str, paper: str, ink: str, rule: str, faint: str) -> str:
    colours = dict(enumerate(palette.split()))
    fills = {".term text,.term .bink": ink, ".term .fpaper,.term .bpaper": paper, ".term .title": faint}
    fills |= {f".term .f{number},.term .b{number}": colour for number, colour in colours.items()}
    return (
        f".term .paper{{fill:#{paper};stroke:#{rule}}}.term .rule{{stroke:#{rule}}}.term .dot{{fill:#{rule}}}\n"
        + "".join(f"{who}{{fill:#{colour}}}" for who, colour in fills.items())
        + "\n"
    )

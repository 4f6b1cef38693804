"""How wide a text is, without a font: as in the widest of the usual ones (DejaVu Sans; Verdana is as wide)."""

from wcwidth import wcwidth

# Widths of DejaVu Sans, rounded up, in parts of the font's size.
_CLASSES = {
    0.34: "iljI.,:;'|! ",
    0.42: "frt-/()[]·",
    0.6: "ckszvxy",
    0.84: "wM@%",
    1.0: "mW",
}
_WIDTHS = {char: em for em, chars in _CLASSES.items() for char in chars}
_BOLD = 1.13


def width(text: str, size: float, bold: bool = False) -> float:
    """Of a text in a proportional font of that size."""
    em = sum(
        1.0 if (wcwidth(char) or 0) > 1 else _WIDTHS.get(char) or (0.78 if char.isupper() else 0.64) for char in text
    )
    return em * size * (_BOLD if bold else 1.0)


def fixed_width(text: str, size: float) -> float:
    """Of a text in a font whose characters are all as wide."""
    return sum(1.0 if (wcwidth(char) or 0) > 1 else 0.61 for char in text) * size


def short(text: str, most: int = 32) -> str:
    """A text of `most` characters at most, its middle left out; both ends of a name tell it apart."""
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


def drawable(text: str) -> str:
    """What a name is drawn as: control characters, and those that turn the direction of writing, are shown as
    a replacement, so that no name can pose as another or break the XML."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def space_name(space: str) -> str:
    """What a namespace is called; the one that terminals begin in has no name of its own."""
    return space or "host"


def space_label(space: str) -> str:
    """A namespace's name as it is drawn."""
    return short(drawable(space_name(space)))

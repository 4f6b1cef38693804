"""How wide a text is, without a font: never less than in the widest of the usual ones (DejaVu, Verdana)."""

from wcwidth import wcwidth

_NARROW = frozenset("fijlrtI.,:;'|!()[] -/·")
_WIDE = frozenset("mwMW@%")


def width(text: str, size: float, bold: bool = False) -> float:
    """Of a text in a proportional font of that size."""
    em = 0.0
    for char in text:
        if (wcwidth(char) or 0) > 1:
            em += 1.0
        elif char in _NARROW:
            em += 0.42
        elif char in _WIDE:
            em += 1.0
        else:
            em += 0.73 if char.isupper() else 0.64
    return em * size * (1.1 if bold else 1.0)


def fixed_width(text: str, size: float) -> float:
    """Of a text in a font whose characters are all as wide."""
    return sum(1.0 if (wcwidth(char) or 0) > 1 else 0.61 for char in text) * size


def short(text: str, most: int = 32) -> str:
    """A text of `most` characters at most, its middle left out; both ends of a name tell it apart."""
    if len(text) <= most:
        return text
    return f"{text[: (most - 1) // 2]}…{text[-(most - 1) // 2 + 1 :]}" if most > 4 else text[:most]


def visible(text: str) -> str:
    """What a name is drawn as: control characters, and those that turn the direction of writing, are shown as
    a replacement, so that no name can pose as another or break the XML."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)

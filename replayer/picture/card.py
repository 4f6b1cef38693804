"""What stands in a box, line by line, and how large the box must be for all that it says in its time."""

from collections.abc import Iterator
from dataclasses import dataclass

from replayer.picture.text import drawable, fixed_width, short, width
from replayer.picture.union import Box, Look

NAME, KIND, ADDRESS, MAC = 14.0, 11.5, 12.0, 10.5  # font sizes
_ABOVE = 20.0  # from the top to the name's baseline
_PITCH = 16.0
_PADDING = 11.0
_LEAST = 112.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a card: `after` follows `text` on it, in another colour. `y`: its baseline, from the top."""

    role: str  # name, kind, address, mac
    y: float
    text: str
    after: str = ""


def size(box: Box) -> tuple[float, float]:
    """Width and height for the largest look of a box."""
    looks = [look for look, _ in box.looks]
    widths = [_width(text) for look in looks for text in texts(look, box)]
    addresses, mac = _slots(box)
    height = _ABOVE + _PITCH * (1 + addresses + mac) + 11.0
    return max(_LEAST, *(2 * _PADDING + w for w in widths)), height


def texts(look: Look, box: Box) -> Iterator[Text]:
    """The lines of one look. Each has its place whatever the others show: nothing jumps."""
    y = _ABOVE
    yield Text("name", y, short(drawable(look.name), 24))
    words = ", ".join(look.words)
    y += _PITCH
    yield Text("kind", y, drawable(look.kind) or "device", f"· {words}" if words else "")
    addresses, mac = _slots(box)
    for place, address in enumerate(look.addresses):
        yield Text("address", y + (place + 1) * _PITCH, address)
    if mac and look.mac:
        yield Text("mac", y + (addresses + 1) * _PITCH - 0.5, look.mac)


def _slots(box: Box) -> tuple[int, int]:
    looks = [look for look, _ in box.looks]
    return max(len(look.addresses) for look in looks), int(any(look.mac for look in looks))


def _width(text: Text) -> float:
    match text.role:
        case "name":
            return width(text.text, NAME, bold=True)
        case "kind":
            return width(text.text, KIND) + (width(text.after, KIND, bold=True) + 4 if text.after else 0)
        case "address":
            return fixed_width(text.text, ADDRESS)
    return fixed_width(text.text, MAC)

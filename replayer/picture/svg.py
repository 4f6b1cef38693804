"""Elements of a picture -> SVG. Every name in it comes from inside a sandbox: all text is escaped, and nothing
that a name holds is anything but text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from replayer.picture.geometry import Path, Rect
from replayer.picture.spans import Spans
from replayer.picture.style import Theme, style
from replayer.picture.text import drawable

_CORNER = 7.0


@dataclass(frozen=True, slots=True)
class Element:
    """One `<g>`: `inner` is drawn SVG; `title` is what is said of it."""

    id: str
    classes: str
    on: Spans
    title: str
    inner: str


def document(frame: Rect, elements: Iterable[Element], title: str, told: str, theme: Theme, moving: int | None) -> str:
    """One SVG. `moving`: each element says when it is there, and those that are not at that entry are hidden."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="net" viewBox="{number(frame.x)} {number(frame.y)} '
        f'{number(frame.width)} {number(frame.height)}" width="{number(frame.width)}" height="{number(frame.height)}" '
        f'role="img" aria-labelledby="net-title net-desc">',
        f'<title id="net-title">{text(title)}</title><desc id="net-desc">{text(told)}</desc>',
        f"<style>{style(theme)}</style>",
        rect(frame, 0, "paper"),
    ]
    for element in elements:
        classes, on = element.classes, ""
        if moving is not None and element.on:
            classes += "" if moving in element.on else " off"
            on = f' data-on="{element.on}"'
        said = f"<title>{text(element.title)}</title>" if element.title else ""
        label = f' role="img" aria-label="{text(element.title)}"' if element.title else ""
        parts.append(f'<g id="{element.id}" class="{classes}"{on}{label}>{said}{element.inner}</g>')
    parts.append("</svg>\n")
    return "\n".join(parts)


def text(words: str) -> str:
    """Words as the content of an element or, between double quotes, of an attribute."""
    return escape(drawable(words))


def number(value: float) -> str:
    """A length in pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def rect(where: Rect, radius: float, classes: str = "") -> str:
    named = f' class="{classes}"' if classes else ""
    return (
        f'<rect{named} x="{number(where.x)}" y="{number(where.y)}" width="{number(where.width)}" '
        f'height="{number(where.height)}" rx="{number(radius)}"/>'
    )


def label(x: float, y: float, words: str, classes: str = "", after: str = "") -> str:
    """A text with its baseline at `y`; `after` follows it in a look of its own."""
    named = f' class="{classes}"' if classes else ""
    more = f'<tspan class="word" dx="4">{text(after)}</tspan>' if after else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}">{text(words)}{more}</text>'


def path(points: Path, classes: str = "") -> str:
    """A line of horizontal and vertical pieces, its corners rounded."""
    named = f' class="{classes}"' if classes else ""
    return f'<path{named} d="{_curve(points)}"/>'


def _curve(points: Path) -> str:
    parts = [f"M{_point(*points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        parts.append(f"L{_point(*_towards(corner, before, radius))}")
        parts.append(f"Q{_point(*corner)} {_point(*_towards(corner, after, radius))}")
    return " ".join([*parts, f"L{_point(*points[-1])}"])


def head(points: Sequence[tuple[float, float]]) -> str:
    """An arrow's head at the end of a path."""
    (ax, ay), (bx, by) = points[-2:]
    length = abs(bx - ax) + abs(by - ay) or 1.0
    dx, dy = (bx - ax) / length, (by - ay) / length
    left = bx - 12 * dx - 6 * dy, by - 12 * dy + 6 * dx
    right = bx - 12 * dx + 6 * dy, by - 12 * dy - 6 * dx
    return f'<path class="head" d="M{_point(bx, by)}L{_point(*left)}L{_point(*right)}Z"/>'


def _point(x: float, y: float) -> str:
    return f"{number(x)},{number(y)}"


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(a: tuple[float, float], b: tuple[float, float], by: float) -> tuple[float, float]:
    length = _distance(a, b)
    if length == 0:
        return a
    return a[0] + (b[0] - a[0]) * by / length, a[1] + (b[1] - a[1]) * by / length

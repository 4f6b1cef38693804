"""The legend under a picture: what each kind of line means, in words, for the kinds that it has."""

from dataclasses import dataclass

from replayer.picture import svg
from replayer.picture.geometry import Rect
from replayer.picture.spans import Spans
from replayer.picture.svg import Element
from replayer.picture.text import width
from replayer.picture.union import Union

KINDS = {"veth": "veth pair", "master": "port of", "lower": "on top of", "tunnel": "tunnel"}
_SIZE = 12.0
_SAMPLE, _BEFORE, _AFTER = 34.0, 8.0, 24.0


@dataclass(frozen=True, slots=True)
class Legend:
    element: Element
    where: Rect


def legend(union: Union, x: float, y: float) -> Legend | None:
    """With its left upper corner there; None for a picture without lines."""
    kinds = [kind for kind in KINDS if any(line.kind == kind for line in union.lines)]
    if not kinds:
        return None
    inner, at = "", x
    for kind in kinds:
        inner += f'<g class="link {kind}">{svg.path(((at, y + 8), (at + _SAMPLE, y + 8)))}</g>'
        inner += svg.label(at + _SAMPLE + _BEFORE, y + 12, KINDS[kind])
        at += _SAMPLE + _BEFORE + width(KINDS[kind], _SIZE) + _AFTER
    return Legend(Element("net-legend", "legend", Spans(), "", inner), Rect(x, y, at - _AFTER - x, 16))

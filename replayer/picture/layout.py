"""A union -> where everything is."""

from replayer.picture import card
from replayer.picture.geometry import Layout, Path, Rect
from replayer.picture.union import Union


def arrange(union: Union) -> Layout:
    spaces, boxes = {}, {}
    x, height = 24.0, 0.0
    for space in union.spaces:
        y, wide = 60.0, 140.0
        for box in union.boxes:
            if box.namespace == space.name:
                w, h = card.size(box)
                boxes[box.number] = Rect(x + 16, y, w, h)
                wide = max(wide, w + 32)
                y += h + 24
        spaces[space.number] = Rect(x, 24.0, wide, y - 24)
        x += wide + 60
        height = max(height, y + 24)
    lines: dict[int, Path] = {}
    for line in union.lines:
        (ax, ay), (bx, by) = boxes[line.a].middle, boxes[line.b].middle
        lines[line.number] = ((ax, ay), (bx, ay), (bx, by))
    return Layout(x, height + 40, spaces, boxes, lines)

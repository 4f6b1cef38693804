"""Where things are: points and rectangles, in pixels, y downward."""

from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[float, float]
Path = tuple[Point, ...]  # each two neighbours differ in x or in y, not in both


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Rect") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Layout:
    """Of spaces, boxes and lines, by their numbers."""

    width: float
    height: float
    spaces: Mapping[int, Rect]
    boxes: Mapping[int, Rect]
    lines: Mapping[int, Path]

"""Where the shapes of a scene stand on a width: px from its left edge, and below the top of its plot."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from charts import fonts, theme
from charts.scene import Area, Box, Hatch, Line, Mark, Polygon, Scene, Text, largest, sign, x

TOUCH = 0.6  # px by which neighbours may overlap: what is rounded, and half of an outline
Point = tuple[float, float]
# of a circle
EIGHTHS = ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))


class Rect(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rect", by: float = TOUCH) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by

    def holds(self, other: "Rect", by: float = TOUCH) -> bool:
        near = self.left - by <= other.left and self.top - by <= other.top
        return near and other.right <= self.right + by and other.bottom <= self.bottom + by

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def corners(self) -> list[Point]:
        left, top, right, bottom = self
        return [(left, top), (right, top), (right, bottom), (left, bottom)]


def around(corners: Sequence[Point]) -> Rect:
    across, down = zip(*corners, strict=True)
    return Rect(min(across), min(down), max(across), max(down))


def area_of(area: Area | Box | Line | Hatch, of: Scene, width: float) -> Rect:
    return around([(x(place, of, width), y) for place, y in ((area.x0, area.y0), (area.x1, area.y1))])


def corners_of(shape: Box | Line | Hatch | Mark | Polygon, of: Scene, width: float) -> list[Point]:
    if isinstance(shape, Box | Line | Hatch):
        return area_of(shape, of, width).corners
    corners = shape.corners if isinstance(shape, Polygon) else sign(shape.look, shape.size).corners
    corners = corners or [(a * shape.size / 2, b * shape.size / 2) for a, b in EIGHTHS]
    return [(x(shape.x, of, width) + across, shape.y + down) for across, down in corners]


def mark_of(mark: Mark, of: Scene, width: float) -> Rect:
    """A mark with its outline."""
    edge, rect = sign(mark.look, mark.size).width / 2, around(corners_of(mark, of, width))
    return Rect(rect.left - edge, rect.top - edge, rect.right + edge, rect.bottom + edge)


def text_of(text: Text, of: Scene, width: float) -> Rect:
    """The letters of a text, as wide as its widest line; without the room above and below small letters."""
    size = theme.SIZE[largest(text)]
    wide = max(
        sum(fonts.width(run.text, theme.SIZE[run.size], bold=run.bold) for run in line) for line in text.lines
    )
    tall = (len(text.lines) - 1) * fonts.LINE * size + size
    across, down = (tall, wide) if text.turned else (wide, tall)
    left = x(text.x, of, width) - {"left": 0, "center": 0.5, "right": 1}[text.side] * across
    block = ((len(text.lines) - 1) * fonts.LINE + fonts.ASCENT + fonts.DESCENT) * size
    middle = text.y + {"top": 0.5, "middle": 0, "bottom": -0.5}[text.sits] * (down if text.turned else block)
    return Rect(left, middle - down / 2, left + across, middle + down / 2)


def overlapping(named: Iterable[tuple[Any, Rect]], by: float = TOUCH) -> list[tuple[Any, Any]]:
    """The pairs that overlap; from left to right, so each is compared with what begins before it ends."""
    left_to_right = sorted(named, key=lambda one: one[1].left)
    pairs = []
    for number, (one, a) in enumerate(left_to_right):
        for other, b in islice(left_to_right, number + 1, None):
            if a.right - b.left <= by:
                break
            if a.meets(b, by):
                pairs.append((one, other))
    return pairs

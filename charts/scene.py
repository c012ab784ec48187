"""A picture as data: shapes and words in the order in which they are painted.

`charts.layout` makes scenes of grids. `exports.svg` draws them whole; on the page `charts.to_plotly` draws
the marks, and `ui.underlay` what stands around them. A place across is `(share, px)`: a share of the width of
the plot, and px more, so that one scene fits every width. Down, all is px from the top of the plot. Colours
and sizes are names of `charts.theme`.

Every writer keeps both, on every width, but for what plotly can only place by shares: targets, and the ends
of what reaches from one share to another. There px inside the plot become shares of the plot of
`Scene.width`, as `share` makes them; px beyond its edges stay px. So a mark, its words, its frame and its
target hang on one share, and their px are only what they are beside it.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from charts.theme import CORNERS, FINE_OUTLINE, OUTLINE, PAINTS, SIZE, Paint

Place = tuple[float, float]


class Run(NamedTuple):
    """Letters of one look."""

    text: str
    size: str = "label"
    color: str = "ink"
    bold: bool = False


Lines = tuple[tuple[Run, ...], ...]


class Text(NamedTuple):
    """Lines of runs at a place. `side` is where the words begin to run from it: left, center or right.

    `sits` is which part of their height stands at y: top, middle or bottom. `ground` is how many px of paper
    lie around them, none without; `turned` stands them on end, to be read from below.
    """

    x: Place
    y: float
    lines: Lines
    side: str = "left"
    sits: str = "middle"
    ground: float = 0
    turned: bool = False


class Box(NamedTuple):
    """A rectangle from x0 to x1 and y0 to y1. The stroke lies half inside and half outside of it."""

    x0: Place
    x1: Place
    y0: float
    y1: float
    fill: str = ""
    stroke: str = ""
    width: float = OUTLINE
    dashed: bool = False
    opacity: float = 1


class Line(NamedTuple):
    """A straight line between two points."""

    x0: Place
    x1: Place
    y0: float
    y1: float
    color: str = "rule"
    width: float = 1


class Mark(NamedTuple):
    """A sign with its middle at a point. A square is `size` px across, its stroke included.

    `look` is fill and shape, such as `open diamond`: a fill of `theme.PAINTS` or an ink of the theme, as in
    `mute dot`, and a shape of `theme.CORNERS`.
    """

    x: Place
    y: float
    look: str
    size: float


class Polygon(NamedTuple):
    """A filled polygon, its corners in px right of and below a point."""

    x: Place
    y: float
    corners: tuple[tuple[float, float], ...]
    fill: str = "ink"


class Hatch(NamedTuple):
    """An area in which no source speaks."""

    x0: Place
    x1: Place
    y0: float
    y1: float


class Area(NamedTuple):
    """A rectangle that is not drawn."""

    x0: Place
    x1: Place
    y0: float
    y1: float


class Target(NamedTuple):
    """What opens an address by click, key or tap, and says its label when it is pointed at."""

    address: str
    label: str
    area: Area


class Frame(NamedTuple):
    """What a frame stands around while one of the addresses is selected: its line is half inside the area."""

    addresses: tuple[str, ...]
    area: Area


@dataclass
class Scene:
    """Shapes on a plot between margins of `left` and `right` px, `top` px below the upper edge.

    `height` is px from the upper edge to the lower one, `width` px of what it is laid out for. Painted first
    are `ground` (rules and hatches), then `shapes` (the marks), then what is `around` them (the key, and the
    strip of the sources), then `texts`; `targets` and `frames` are not painted. `key` are the samples with
    their words: a scene for the page has them only here, for there they are text that folds.
    """

    left: float = 0
    right: float = 0
    top: float = 0
    height: float = 0
    width: float = 845
    ground: list[Line | Hatch] = field(default_factory=list)
    shapes: list[Box | Line | Mark | Polygon] = field(default_factory=list)
    around: list[Box | Line | Mark | Polygon] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def x(place: Place, scene: Scene, width: float) -> float:
    """px from the left edge of a picture that is `width` px wide."""
    return scene.left + place[0] * (width - scene.left - scene.right) + place[1]


def share(place: Place, scene: Scene) -> float:
    """The place as a share alone, the same on the width that the scene is laid out for."""
    return place[0] + place[1] / (scene.width - scene.left - scene.right)


def largest(text: Text) -> str:
    """The largest of its sizes, which says how far its lines are apart."""
    return max((run.size for line in text.lines for run in line), key=SIZE.__getitem__)


class Sign(NamedTuple):
    """A look at its size: an outline around a middle, filled, and with a stroke of `width` px on it.

    `fill` and `stroke` are names of theme.INK, empty where there is none. `half` is px from the middle to the
    side of a square, and what `corners` multiplies.
    """

    shape: str
    half: float
    fill: str
    stroke: str = ""
    width: float = 0
    dashed: bool = False
    crossed: bool = False

    @property
    def corners(self) -> list[tuple[float, float]]:
        """px right of and below the middle; none for what is round."""
        return [(self.half * across, self.half * down) for across, down in CORNERS[self.shape]]


def sign(look: str, size: float) -> Sign:
    """What a mark of this look and size is drawn as, in every medium. Another look raises KeyError."""
    fill, shape = look.split()
    if shape not in CORNERS or (fill == "crossed" and shape != "square"):
        raise KeyError(look)
    area, outline, dashed = paint(fill)
    width = 0 if not outline else OUTLINE if size > 12 and not dashed else FINE_OUTLINE
    return Sign(shape, (size - width) / 2, area, outline, width, dashed, fill == "crossed")


def bar(x0: Place, x1: Place, y0: float, y1: float, fill: str) -> Box:
    """What a bar of this fill is drawn as, in every medium. Its outline lies between y0 and y1."""
    area, outline, dashed = paint(fill)
    inset = OUTLINE / 2 if outline else 0
    return Box(x0, x1, y0 + inset, y1 - inset, area, outline, dashed=dashed)


def paint(fill: str) -> Paint:
    """The inks of a fill: those of `theme.PAINTS`, or the ink that it names."""
    return PAINTS.get(fill) or Paint(fill)

"""Words, signs, bars, targets and frames on a scene, and the key that explains them.

Each function takes the scene and adds to its lists. Places are those of `charts.scene`, lengths are px.
"""

from collections.abc import Iterable, Sequence

from charts import fonts, theme
from charts.grid import Item
from charts.scene import Area, Box, Frame, Line, Mark, Place, Polygon, Run, Scene, Target, Text, bar
from charts.theme import CORNERS

MOST_LINES = 5  # of a name
TAIL, FADES = 24, 9  # px beyond the axis, where open bars lose themselves in so many steps
KEY = 16  # px of a sample of the key
DOT = 7  # px across, of the sign for silence
UPRIGHT = ("square", "sheet")  # signs with a corner that can be cut off
CUT, LOOSE, OFF = 0.62, 0.4, 0.11  # of a mark: legs of its cut corner, of the loose piece, and its distance


def moved(scene: Scene, x: Place, px: float) -> Place:
    """A place some px further on. On the plot that is a share, so that marks keep in step with their columns
    on every width; beyond it, in the margins, it is px.
    """
    share = x[0] + px / (scene.width - scene.left - scene.right)
    return (share, 0) if not x[1] and 0 <= share <= 1 else (x[0], x[1] + px)


def around(scene: Scene, x: Place, y: float, wide: float, tall: float) -> Area:
    """The area of so many px whose middle is a point."""
    return Area(moved(scene, x, -wide / 2), moved(scene, x, wide / 2), y - tall / 2, y + tall / 2)


def say(scene: Scene, words: str | Sequence[str], x: Place, y: float, size="label", color="ink", **more):
    """A line of words, or several, in one look; none for an empty text. `more` are fields of `Text`."""
    lines = [words] if isinstance(words, str) else words
    if words:
        scene.texts.append(Text(x, y, tuple((Run(line, size, color),) for line in lines), **more))


def folded(words: str, room: float, size: str, *, bold: bool = False) -> list[str]:
    """The words in lines of at most `room` px; of more than MOST_LINES the last ends with an ellipsis."""
    lines = fonts.lines(words, room, theme.SIZE[size], bold=bold)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], cut(f"{lines[MOST_LINES - 1]}…", room, size, bold=bold)]


def cut(words: str, room: float, size: str, *, bold: bool = False) -> str:
    """The words in one line; an ellipsis stands for what does not fit into `room` px."""
    if fonts.width(words, theme.SIZE[size], bold=bold) <= room:
        return words
    while words and fonts.width(f"{words}…", theme.SIZE[size], bold=bold) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def target(scene: Scene, item: Item, area: Area):
    scene.targets.append(Target(item.address, item.label, area))


def frame(scene: Scene, item: Item, area: Area, over: float = 0):
    """`over` px more at both ends: a bar's frame keeps off it."""
    area = area._replace(x0=moved(scene, area.x0, -over), x1=moved(scene, area.x1, over))
    scene.frames.append(Frame((item.address, *item.records), area))


def sign(scene: Scene, item: Item, x: Place, y: float, size: float):
    """The sign of an item, and its frame."""
    signed(scene, item.look, x, y, size, inferred=item.inferred, torn=bool(item.contradicted))
    frame(scene, item, around(scene, x, y, size + 6, size + 6))


def signed(scene: Scene, look: str, x: Place, y: float, size: float, *, inferred=False, torn=False):
    """A sign with what it carries: a dot in its middle if inferred, a loose corner if torn."""
    scene.shapes.append(Mark(x, y, look, DOT if look.endswith("dot") else size))
    fill, shape = look.split()
    if inferred:
        color = "paper" if fill == "solid" else "ink"
        scene.shapes.append(Mark(x, y, f"{color} dot", 5 if size > 12 else 4))
    if torn:
        (_, top), (right, _) = CORNERS[shape][:2] if shape in UPRIGHT else ((-1, -1), (1, 1))
        corner(scene, x, y, right * size / 2, top * size / 2, size, cut=shape in UPRIGHT)


def corner(scene: Scene, x: Place, y: float, dx: float, dy: float, size: float, *, cut=True, left=False):
    """The sign of a disagreement: a loose triangle off the corner of a mark of that size.

    The corner is dx, dy px off the point; it points to the upper right, or with `left` to the upper left.
    With `cut`, a triangle in the colour of the paper takes it off the mark.
    """
    side = -1 if left else 1

    def triangle(out: float, leg: float, fill: str):
        x1, y1 = dx + side * out, dy - out
        scene.shapes.append(Polygon(x, y, ((x1 - side * leg, y1), (x1, y1), (x1, y1 + leg)), fill))

    if cut:
        triangle(0.5, CUT * size + 0.5, "paper")
    triangle(OFF * size, max(LOOSE * size, 5), "ink")


def block(scene: Scene, a: Place, b: Place, y: float, half: float, fill: str):
    """A part of a bar, `half` px above and below y: solid, open or dashed."""
    scene.shapes.append(bar(a, b, y - half, y + half, fill))


def fade(scene: Scene, x: Place, side: int, y: float, half: float, reach: float = TAIL, steps: int = FADES):
    """The end of a bar that no source states: from x on paler in each step, to the left if `side` is -1."""
    for step in range(steps):
        ends = sorted((side * reach * step / steps, side * reach * (step + 1) / steps))
        veil = round(0.85 * (1 - step / steps) ** 1.4, 3)
        a, b = (moved(scene, x, end) for end in ends)
        scene.shapes.append(Box(a, b, y - half, y + half, "ink", opacity=veil))


def sample(name: str) -> Scene:
    """A scene of KEY px with one sample of the key alone."""
    scene = Scene(width=KEY)
    _sample(scene, name, (0, 1), KEY / 2)
    return scene


def key(scene: Scene, entries: Iterable[tuple[str, str]], bottom: float, room: float, gap: float) -> float:
    """Samples with words that end at `bottom`, in as many lines of `room` px as it takes; returns its height.

    `gap` is px between two entries.
    """
    rows, x = [], room
    for sample, words in entries:
        for line in fonts.lines(words, room - 20, theme.SIZE["key"]):
            wide = 20 + fonts.width(line, theme.SIZE["key"]) + gap
            if x + wide - gap > room:
                rows.append([])
                x = 0.0
            rows[-1].append((x, sample, line))
            x, sample = x + wide, ""
    tall = 22 * len(rows) + 12 if rows else 0
    for number, row in enumerate(rows):
        y = 12 - tall + bottom + 22 * number
        for x, sample, words in row:
            if sample:
                _sample(scene, sample, (0, x - scene.left), y)
            say(scene, words, (0, x - scene.left + 20), y, "key")
    return tall


def _sample(scene: Scene, sample: str, x: Place, y: float):
    """A sign of the key, 14 px wide: one of the chart's own marks, made by what makes those."""
    end, middle = moved(scene, x, 14), moved(scene, x, 7)
    kind, _, fill = sample.partition(" ")
    match kind:
        case "hatch":
            strokes = ((0, 3, 4, 7), (0, -3, 10, 7), (2, -7, 14, 5), (8, -7, 14, -1))
            for x0, y0, x1, y1 in strokes:  # a Hatch would be cut off where the plot ends
                ends = moved(scene, x, x0), moved(scene, x, x1)
                scene.shapes.append(Line(*ends, y - y0, y - y1, "mute", 1.2))
        case "bar" | "thin":
            inset = fill != "solid"
            ends = moved(scene, x, inset), moved(scene, end, -inset)
            block(scene, *ends, y, 7 if kind == "bar" else 4, fill)
        case "fade":
            fade(scene, x, 1, y, 7, reach=14, steps=4)
        case "span":
            scene.shapes.append(Line(x, end, y, y, "ink", 2))
        case "split":
            ends = moved(scene, x, 1), moved(scene, x, 13)
            scene.shapes.append(Box(*ends, y - 4, y + 4, "paper", "ink"))
            scene.shapes.append(Box(x, moved(scene, x, 8), y - 5, y + 5, "ink"))
        case "torn":
            signed(scene, "solid square", middle, y, 14, torn=True)
        case _:
            look = sample.removesuffix(" inferred")
            corners = theme.CORNERS.get(fill.split()[0], ())
            reach = max((abs(side) for corner in corners for side in corner), default=1)
            signed(scene, look, middle, y, 14 / max(reach, 1), inferred=look != sample)

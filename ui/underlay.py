"""What stands around the marks of a chart, as HTML: words, rules, hatches, the strip of sources; and the key.

Plotly draws the marks above it. Every place is a share of the plot and px, in CSS `calc(25% + 4px)`: it fits
every width, wears the colours of the edition, and is not drawn anew for either.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from charts import fonts
from charts.marks import KEY, sample
from charts.scene import Area, Box, Hatch, Line, Mark, Place, Polygon, Run, Scene, Text, largest
from charts.theme import INK, SIZE
from exports.svg import shape_of

SAMPLES_KEPT = 64  # one for each entry of a key
MOST, FIRST = 5, 4  # entries of a key that are shown, and that stay where there are more
FRAME = 2  # px, the line around what is selected
VARIABLE = {code: f"var(--{name})" for name, code in INK.items()}
CODE = re.compile("|".join(VARIABLE))
PART = {
    "left": 0,
    "center": 50,
    "right": 100,
    "top": 0,
    "middle": 50,
    "bottom": 100,
}  # of words, before a place
LEAD = (fonts.LINE - fonts.ASCENT - fonts.DESCENT) / 2  # of a size: above letters, and below


def underlay(scene: Scene, k: float = 1.0) -> str:
    """What stands around the marks, all its px times `k`, for a box that is as wide as the plot."""
    shapes = (_shape(shape, k) for shape in (*scene.ground, *scene.around))
    return "".join([*shapes, *(_words(text, k) for text in scene.texts if any(text.lines))])


def key(entries: Sequence[tuple[str, str]]) -> str:
    """The key as text: samples with their words; of more than MOST all but the first few are folded away."""
    items = [f"<li>{_sample(name)} {escape(said)}</li>" for name, said in entries]
    if len(items) <= MOST:
        return f'<ul class="key">{"".join(items)}</ul>'
    first, others = "".join(items[:FIRST]), "".join(items[FIRST:])
    fold = f'<details><summary>How to read this</summary><ul class="key">{others}</ul></details>'
    return f'<ul class="key">{first}</ul>{fold}'


@lru_cache(SAMPLES_KEPT)
def _sample(name: str) -> str:
    shapes = (CODE.sub(lambda code: VARIABLE[code[0]], shape_of(one, _px)) for one in sample(name).shapes)
    return f'<svg width="{KEY}" height="{KEY}" aria-hidden="true">{"".join(shapes)}</svg>'


def _px(place: Place) -> float:
    return place[1]


def frames(scene: Scene, k: float = 1.0) -> str:
    """The frames, each with the addresses that are framed by it, for a box like that of the underlay."""
    return "".join(
        f'<i class="frame" data-of="{escape(" ".join(addresses))}" '
        f'style="{_stretch(area, k, FRAME / 2)}border-width:{_n(FRAME * k)}px"></i>'
        for addresses, area in scene.frames
    )


def _shape(shape: Box | Hatch | Line | Mark | Polygon, k: float) -> str:
    """A rule or a hatch as a box of CSS; what is px around one share, as all of the key, as a small SVG."""
    match shape:
        case Line(x0, x1, y0, y1, color, width) if y0 == y1:
            box = Area(x0, x1, y0 - width / 2, y0 + width / 2)
            return f'<i style="{_stretch(box, k)}background:var(--{color})"></i>'
        case Line(x0, x1, y0, y1, color, width) if x0 == x1:
            box = Area((x0[0], x0[1] - width / 2), (x0[0], x0[1] + width / 2), y0, y1)
            return f'<i style="{_stretch(box, k)}background:var(--{color})"></i>'
        case Hatch():
            return f'<i class="hatch" style="{_stretch(Area(*shape), k)}"></i>'
    share = shape.x[0] if isinstance(shape, Mark | Polygon) else shape.x0[0]
    inside = CODE.sub(lambda code: VARIABLE[code[0]], shape_of(shape, _px))
    return f'<svg style="left:{_n(share * 100)}%;scale:{_n(k)}">{inside}</svg>'


def _words(text: Text, k: float) -> str:
    """Lines as tall as the largest of their words asks for, the block of them beside or around its place."""
    size = SIZE[largest(text)]
    lead = {"top": -LEAD, "middle": 0, "bottom": LEAD}[text.sits] * size
    moved = f"translate:-{PART[text.side]}% -{PART[text.sits]}%;"
    turned = "rotate:-90deg;" if text.turned else ""
    ground = f"box-shadow:0 0 0 {_n(text.ground * k)}px var(--paper);" if text.ground else ""
    lines = "<br>".join("".join(_run(run, k) for run in line) for line in text.lines)
    return (
        f'<p style="left:{_place(text.x, k)};top:{_n((text.y + lead) * k)}px;{moved}{turned}{ground}'
        f"font-size:{_n(size * k)}px;line-height:{_n(fonts.LINE * size * k)}px;"
        f'text-align:{text.side}">{lines}</p>'
    )


def _run(run: Run, k: float) -> str:
    bold = ";font-weight:700" if run.bold else ""
    return (
        f'<span style="font-size:{_n(SIZE[run.size] * k)}px;color:var(--{run.color}){bold}">'
        f"{escape(run.text)}</span>"
    )


def _stretch(area: Area, k: float, around: float = 0) -> str:
    """CSS of a box: the area, and `around` px more on all sides."""
    (start, before), (end, after) = area.x0, area.x1
    y0, y1 = sorted((area.y0, area.y1))
    return (
        f"left:{_place((start, before - around), k)};"
        f"width:{_place((end - start, after - before + 2 * around), k)};"
        f"top:{_n((y0 - around) * k)}px;height:{_n((y1 - y0 + 2 * around) * k)}px;"
    )


def _place(place: Place, k: float) -> str:
    share, px = f"{_n(place[0] * 100)}%", f"{_n(place[1] * k)}px"
    return f"calc({share} + {px})" if place[0] and place[1] else share if place[0] else px


def _n(number: float) -> str:
    """A number as short as it can be: to a thousandth of a px or of a hundredth."""
    return f"{round(number, 3) + 0.0:.3f}".rstrip("0").rstrip(".")

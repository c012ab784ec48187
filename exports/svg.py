"""A scene as SVG: for single pictures, the offline page, and slides."""

import html
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import sqrt
from typing import NamedTuple

from charts import fonts
from charts.fonts import FAMILY, SANS, SERIF
from charts.scene import Area, Box, Hatch, Line, Mark, Place, Polygon, Run, Scene, Target, Text, largest, sign
from charts.scene import x as across
from charts.theme import DASHES, HATCH, INK, LONG_DASHES, SIZE
from exports.archive import NOT_IN_XML


class Link(NamedTuple):
    """The address that a mark leads to, and its name for a screen reader."""

    target: str
    words: str


class Drawing(NamedTuple):
    """The inside of an SVG, `width` by `height` px."""

    content: str
    width: float
    height: float


def drawing(
    scene: Scene, width: float, *, prefix: str = "chart", links: Mapping[str, Link] | None = None
) -> Drawing:
    """A scene as the inside of an SVG, `width` px wide. `links` are those of its targets, by address."""
    x = partial(across, scene=scene, width=width)
    shapes = [
        shape_of(shape, x, scene.top, prefix) for shape in (*scene.ground, *scene.shapes, *scene.around)
    ]
    texts = [_words(text, x(text.x), scene.top + text.y) for text in scene.texts if any(text.lines)]
    anchors = _anchors(scene.targets, links, x, scene.top) if links else []
    pattern = _pattern(prefix) if any(isinstance(shape, Hatch) for shape in scene.ground) else ""
    content = f'{pattern}<g font-family="{FAMILY[SANS]}">{"".join([*shapes, *texts, *anchors])}</g>'
    return Drawing(content, width, scene.height)


def document(
    scene: Scene,
    width: float,
    *,
    title: str,
    description: str,
    prefix: str = "chart",
    links: Mapping[str, Link] | None = None,
) -> str:
    """A whole SVG. `prefix` begins its ids, `links` are those of the targets, by address."""
    made = drawing(scene, width, prefix=prefix, links=links)
    return wrap(made, title=title, description=description, prefix=prefix)


def wrap(made: Drawing, *, title: str, description: str, prefix: str = "chart", style: str = "") -> str:
    """A drawing as an SVG with a name and a description for screen readers."""
    inside = f"<style>{style}</style>" if style else ""
    role = "group" if "<a " in made.content else "img"  # an image would hide its links
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(made.width)}" height="{_n(made.height)}" '
        f'viewBox="0 0 {_n(made.width)} {_n(made.height)}" role="{role}" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{_text(title)}</title>'
        f'<desc id="{prefix}-desc">{_text(description)}</desc>'
        f"{inside}{made.content}</svg>"
    )


def label(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    color: str,
    anchor: str = "start",
    family: str = SANS,
    weight: int = 400,
) -> str:
    """One line of plain text with its baseline at y."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    wide = fonts.width(text, size, bold=weight > 400, serif=family == SERIF)
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="{FAMILY[family]}" font-size="{_n(size)}"{bold} '
        f'fill="{color}" text-anchor="{anchor}"{_fitted(wide)}>{_text(text)}</text>'
    )


# ---- shapes ----

Across = Callable[[Place], float]  # px from the left edge


def shape_of(
    shape: Box | Line | Hatch | Mark | Polygon, x: Across, top: float = 0, prefix: str = "chart"
) -> str:
    """One shape: `x` brings its places across to px, and `top` is px above the plot."""
    match shape:
        case Line(x0, x1, y0, y1, color, width):
            ends = f'x1="{_n(x(x0))}" y1="{_n(top + y0)}" x2="{_n(x(x1))}" y2="{_n(top + y1)}"'
            return f"<line {ends}{_paint('', color, width)}/>"
        case Hatch():
            return _area(shape, x, top, f' fill="url(#{prefix}-hatch)"')
        case Box():
            dashes = LONG_DASHES if shape.dashed else ()
            style = _paint(shape.fill, shape.stroke, shape.width, dashes, shape.opacity)
            return _area(shape, x, top, style)
        case Polygon(place, y, corners, fill):
            return f'<path d="{_closed(corners, x(place), top + y)}"{_paint(fill)}/>'
        case Mark(place, y):
            return _sign(shape, x(place), top + y)
    raise TypeError(f"no way to draw a {type(shape).__name__}")


def _sign(mark: Mark, x: float, y: float) -> str:
    drawn = sign(mark.look, mark.size)
    style = _paint(drawn.fill, drawn.stroke, drawn.width, DASHES if drawn.dashed else ())
    if not drawn.corners:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(drawn.half)}"{style}/>'
    path = _closed(drawn.corners, x, y)
    style += ' stroke-miterlimit="2"' if drawn.stroke else ""  # plotly's, which blunts the tips of outlines
    if drawn.crossed:
        a, b, c, d = (f"{_n(x + right)},{_n(y + down)}" for right, down in drawn.corners)
        path += f"M{a}L{c}M{b}L{d}"
    return f'<path d="{path}"{style}/>'


def _closed(corners: Iterable[tuple[float, float]], x: float, y: float) -> str:
    """A path through corners that are px right of and below a point."""
    return f"M{'L'.join(f'{_n(x + right)},{_n(y + down)}' for right, down in corners)}Z"


def _area(area: Area | Box | Hatch, x: Across, top: float, style: str) -> str:
    left, right = sorted((x(area.x0), x(area.x1)))
    return _rect(left, top + min(area.y0, area.y1), right - left, abs(area.y1 - area.y0), style)


def _rect(x: float, y: float, width: float, height: float, style: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{style}/>'


def _paint(
    fill: str, stroke: str = "", width: float = 0, dashes: Iterable[float] = (), opacity: float = 1
) -> str:
    """Fill and stroke, by their names in the theme, as attributes."""
    line = f' stroke="{INK[stroke]}" stroke-width="{_n(width)}"' if stroke else ""
    dash = f' stroke-dasharray="{",".join(map(_n, dashes))}"' if stroke and dashes else ""
    veil = f' opacity="{_n(opacity)}"' if opacity != 1 else ""
    return f' fill="{INK[fill] if fill else "none"}"{line}{dash}{veil}'


def _pattern(prefix: str) -> str:
    """The hatch, as plotly draws its pattern `/`."""
    size = sqrt(2) * HATCH["size"]
    a, b, c, d = _n(size), _n(size / 4), _n(size * 5 / 4), _n(size * 3 / 4)
    line = _n(HATCH["solidity"] * HATCH["size"])
    return (
        f'<defs><pattern id="{prefix}-hatch" width="{a}" height="{a}" patternUnits="userSpaceOnUse">'
        f'<path d="M-{b},{b}L{b},-{b}M0,{a}L{a},0M{d},{c}L{c},{d}" fill="none" '
        f'stroke="{INK[HATCH["color"]]}" stroke-width="{line}"/></pattern></defs>'
    )


def _anchors(targets: list[Target], links: Mapping[str, Link], x: Across, top: float) -> list[str]:
    """One link an address, around the areas that open it, in the order of the targets."""
    areas: dict[str, str] = {}
    for address, _, area in targets:
        areas[address] = areas.get(address, "") + _area(area, x, top, ' fill-opacity="0"')
    return [
        f'<a href="{_text(links[address].target)}" aria-label="{_text(links[address].words)}">{rects}</a>'
        for address, rects in areas.items()
        if address in links
    ]


# ---- words ----


def _words(text: Text, x: float, y: float) -> str:
    """Lines around the middle of their block; that is what is turned."""
    size = SIZE[largest(text)]
    wide = max(sum(map(_width, line)) for line in text.lines)
    tall = ((len(text.lines) - 1) * fonts.LINE + fonts.ASCENT + fonts.DESCENT) * size
    across, down = (tall, wide) if text.turned else (wide, tall)
    x += {"left": 1, "center": 0, "right": -1}[text.side] * across / 2
    y += {"top": 1, "middle": 0, "bottom": -1}[text.sits] * down / 2
    anchor, part = {"left": ("start", 0), "center": ("middle", 0.5), "right": ("end", 1)}[text.side]
    first, color = fonts.ASCENT * size - tall / 2, next(run.color for line in text.lines for run in line)
    lines = "".join(
        _line(line, (part - 0.5) * wide, first + number * fonts.LINE * size, part, size, color)
        for number, line in enumerate(text.lines)
    )
    pad = text.ground + 1  # plotly draws a border around it, as clear as the paper
    ground = _rect(-wide / 2 - pad, -tall / 2 - pad, wide + 2 * pad, tall + 2 * pad, _paint("paper"))
    turn = " rotate(-90)" if text.turned else ""
    return (
        f'<g transform="translate({_n(x)},{_n(y)}){turn}" font-size="{_n(size)}" fill="{INK[color]}" '
        f'text-anchor="{anchor}">{ground if text.ground else ""}{lines}</g>'
    )


def _line(line: Iterable[Run], x: float, y: float, part: float, size: float, color: str) -> str:
    """The runs of a line, each at its own place: `part` of the line and of each run lies left of its x.

    So a font that runs wider moves no run into the next. Each is a text of its own: Inkscape keeps one in its
    width, but not a part of one.
    """
    x -= part * sum(map(_width, line))
    told = ""
    for run in line:
        words = run._replace(text=run.text.strip(" "))  # SVG leaves blanks at the ends of a text out
        if words.text:
            before = run._replace(text=run.text[: len(run.text) - len(run.text.lstrip(" "))])
            told += _run(words, x + _width(before) + part * _width(words), y, size, color)
        x += _width(run)
    return told


def _run(run: Run, x: float, y: float, size: float, color: str) -> str:
    look = ' font-weight="700"' if run.bold else ""
    look += f' font-size="{_n(SIZE[run.size])}"' if SIZE[run.size] != size else ""
    look += f' fill="{INK[run.color]}"' if run.color != color else ""
    text = _text(run.text).replace("  ", "\u00a0 ")  # SVG folds spaces, plotly keeps them
    return f'<text x="{_n(x)}" y="{_n(y)}"{_fitted(_width(run))}{look}>{text}</text>'


def _width(run: Run) -> float:
    return fonts.width(run.text, SIZE[run.size], bold=run.bold)


def _fitted(wide: float) -> str:
    """As attributes, the width that letters are to take: programs that ignore the fonts of a file, as word
    processors do, have others, which run wider.
    """
    return f' textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs"' if wide else ""


def _text(text: str) -> str:
    """Escaped, without the characters that XML cannot hold."""
    return html.escape(NOT_IN_XML.sub("", text))


def _n(number: float) -> str:
    """A number as short as it can be, to a hundredth of a px."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")

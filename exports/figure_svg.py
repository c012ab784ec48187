"""Figures of `charts` as SVG, so that screen, page, picture and slide have one truth.

It draws what `charts.ruled.Sheet` puts into a figure: bars (hatches, and the invisible targets of marks),
scatter markers, lines, rectangles, circles and paths, also those in pixels, and annotations with their small
markup. Anything else raises ValueError, rather than being left out of the picture.
"""

import html
import re
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from charts import fonts
from charts.fonts import FAMILY, SANS
from charts.to_plotly import Drawn
from exports.svg import Drawing, Link, _n, _rect, _text, wrap

PAD = 2  # px, plotly's border and padding of an annotation without its own
TARGETS = "targets"
CLEAR = "rgba(0,0,0,0)"
TOKEN = re.compile(r"<(/?)(b|br|span)(?: style=['\"]([^'\"]*)['\"])?\s*/?>|([^<]+)")
# px that plotly draws an arrowless marker of size 1 with, from its centre: corners of the unit shape
_POLYGON = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": ((-1.1547, 0.5774), (1.1547, 0.5774), (0, -1.1547)),
    "pentagon": ((0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309), (0, -1)),
    "hexagon": ((0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5), (0, -1)),
}


def document(
    figure: Drawn,
    width: float,
    *,
    title: str,
    description: str,
    prefix: str = "chart",
    links: Mapping[str, Link] | None = None,
    style: str = "",
) -> str:
    """A whole SVG. `prefix` begins its ids, `links` are those of the marks, by address."""
    made = drawing(figure, width, prefix=prefix, links=links)
    return wrap(made, title=title, description=description, prefix=prefix, style=style)


def drawing(
    figure: Drawn, width: float, *, prefix: str = "chart", links: Mapping[str, Link] | None = None
) -> Drawing:
    """A figure as the inside of an SVG that is `width` px wide."""
    layout = figure.layout
    place = _Place(layout, width)
    parts = [_shape(place, shape) for shape in layout.get("shapes", ()) if shape.get("layer") == "below"]
    bars = [trace for trace in figure.data if trace["type"] == "bar"]
    points = [trace for trace in figure.data if trace["type"] == "scatter"]
    if len(bars) + len(points) < len(figure.data):
        raise ValueError(f"no way to draw {sorted({t['type'] for t in figure.data} - {'bar', 'scatter'})}")
    for trace in bars:
        parts += _hatches(place, trace, prefix)
    for trace in points:
        parts += _markers(place, trace)
    parts += [_shape(place, shape) for shape in layout.get("shapes", ()) if shape.get("layer") != "below"]
    base = layout["template"]["layout"]["font"] | layout.get("font", {})
    parts += [_annotation(place, note, base) for note in layout.get("annotations", ())]
    if links:
        parts += _links(place, bars, links)
    content = f'{_pattern(bars, prefix)}<g font-family="{FAMILY[SANS]}">{"".join(parts)}</g>'
    return Drawing(content, width, layout["height"])


# ---- places ----


class _Place:
    """From the units of a figure to px of the picture."""

    def __init__(self, layout: Mapping, width: float):
        margin = layout["margin"]
        self.left, self.top = margin["l"], margin["t"]
        self.right, self.bottom = width - margin["r"], layout["height"] - margin["b"]
        self.x_range, self.y_range = layout["xaxis"]["range"], layout["yaxis"]["range"]

    def x(self, value: float, ref: str | None = "x") -> float:
        a, b = (0, 1) if ref == "paper" else self.x_range
        return self.left + (value - a) / (b - a) * (self.right - self.left)

    def y(self, value: float, ref: str | None = "y") -> float:
        a, b = (0, 1) if ref == "paper" else self.y_range
        return self.bottom - (value - a) / (b - a) * (self.bottom - self.top)

    def shape_x(self, shape: Mapping, value: float) -> float:
        if shape.get("xsizemode") == "pixel":
            return self.x(shape["xanchor"], shape.get("xref")) + value
        return self.x(value, shape.get("xref"))

    def shape_y(self, shape: Mapping, value: float) -> float:
        if shape.get("ysizemode") == "pixel":
            return self.y(shape["yanchor"], shape.get("yref")) - value
        return self.y(value, shape.get("yref"))


# ---- shapes ----


def _shape(place: _Place, shape: Mapping) -> str:
    style = _paint(shape.get("fillcolor"), shape.get("line", {}), shape.get("opacity", 1))
    if shape["type"] == "path":
        return f'<path d="{_moved(place, shape)}"{style}/>'
    x0, x1 = (place.shape_x(shape, shape[name]) for name in ("x0", "x1"))
    y0, y1 = (place.shape_y(shape, shape[name]) for name in ("y0", "y1"))
    if shape["type"] == "line":
        return f'<line x1="{_n(x0)}" y1="{_n(y0)}" x2="{_n(x1)}" y2="{_n(y1)}"{style}/>'
    left, top, across, down = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
    if shape["type"] == "rect":
        return _rect(left, top, across, down, style)
    if shape["type"] == "circle":
        return (
            f'<ellipse cx="{_n(left + across / 2)}" cy="{_n(top + down / 2)}" rx="{_n(across / 2)}" '
            f'ry="{_n(down / 2)}"{style}/>'
        )
    raise ValueError(f"no way to draw a shape of type {shape['type']}")


def _moved(place: _Place, shape: Mapping) -> str:
    """A path of M, L and Z in px of the picture."""

    def corner(found: re.Match) -> str:
        x, y = float(found[2]), float(found[3])
        return f"{found[1]}{_n(place.shape_x(shape, x))},{_n(place.shape_y(shape, y))}"

    path = re.sub(r"([ML])([-\d.e]+),([-\d.e]+)", corner, shape["path"])
    if set(re.sub(r"[-\d.,]", "", path)) - set("MLZ"):
        raise ValueError(f"no way to draw the path {shape['path']}")
    return path


def _paint(fill: str | None, line: Mapping, opacity: float = 1) -> str:
    """Fill and stroke as attributes."""
    width = line.get("width", 2)
    stroke = f' stroke="{line.get("color", "none")}" stroke-width="{_n(width)}"' if width else ""
    dash = f' stroke-dasharray="{line["dash"].replace("px", "")}"' if width and line.get("dash") else ""
    veil = f' opacity="{_n(opacity)}"' if opacity != 1 else ""
    return f' fill="{fill or "none"}"{stroke}{dash}{veil}'


# ---- traces ----


def _boxes(place: _Place, trace: Mapping) -> list[tuple[float, float, float, float]]:
    """The bars of a trace as (left, top, width, height)."""
    is_flat = trace.get("orientation") == "h"
    boxes = []
    along, across = ("x", "y") if is_flat else ("y", "x")
    for base, length, middle, wide in zip(
        trace["base"], trace[along], trace[across], trace["width"], strict=True
    ):
        ends, sides = (base, base + length), (middle - wide / 2, middle + wide / 2)
        xs, ys = (ends, sides) if is_flat else (sides, ends)
        (x0, x1), (y0, y1) = map(place.x, xs), map(place.y, ys)
        boxes.append((min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)))
    return boxes


def _hatches(place: _Place, trace: Mapping, prefix: str) -> list[str]:
    marker = trace["marker"]
    if marker["color"] != CLEAR:
        raise ValueError("no way to draw a bar that is filled")
    if not marker.get("pattern"):
        return []  # a target: what takes the click
    return [_rect(*box, f' fill="url(#{prefix}-hatch)"') for box in _boxes(place, trace)]


def _pattern(bars: Sequence[Mapping], prefix: str) -> str:
    """The hatch, as plotly draws `/`: `solidity` of each tile is line."""
    patterns = [trace["marker"]["pattern"] for trace in bars if trace["marker"].get("pattern")]
    if not patterns:
        return ""
    pattern = patterns[0]
    if pattern["shape"] != "/" or any(other != pattern for other in patterns):
        raise ValueError("no way to draw this hatch")
    size = sqrt(2) * pattern["size"]
    a, b, c = _n(size), _n(size / 4), _n(size * 5 / 4)
    return (
        f'<defs><pattern id="{prefix}-hatch" width="{a}" height="{a}" patternUnits="userSpaceOnUse">'
        f'<path d="M-{b},{b}L{b},-{b}M0,{a}L{a},0M{_n(size * 3 / 4)},{c}L{c},{_n(size * 3 / 4)}" fill="none" '
        f'stroke="{pattern["fgcolor"]}" stroke-width="{_n(pattern["solidity"] * size)}"/></pattern></defs>'
    )


def _markers(place: _Place, trace: Mapping) -> list[str]:
    marker = trace["marker"]
    if marker.get("opacity", 1) == 0:
        return []
    style = _paint(marker["color"], {"width": 0} | marker.get("line", {}))
    radius, symbol = marker["size"] / 2, marker["symbol"]
    return [
        _marker(symbol, place.x(x), place.y(y), radius, style, marker)
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def _marker(symbol: str, x: float, y: float, radius: float, style: str, marker: Mapping) -> str:
    if symbol == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{style}/>'
    if symbol == "square-x-open":
        a, b, c, d = _n(x - radius), _n(y - radius), _n(x + radius), _n(y + radius)
        line = marker["line"]
        return (
            f'<path d="M{a},{b}L{c},{b}L{c},{d}L{a},{d}ZM{a},{b}L{c},{d}M{a},{d}L{c},{b}" fill="none" '
            f'stroke="{marker["color"]}" stroke-width="{_n(line["width"])}"/>'
        )
    if symbol == "star-diamond":
        return f'<path d="{_star(x, y, radius)}"{style}/>'
    if symbol not in _POLYGON:
        raise ValueError(f"no way to draw a marker {symbol}")
    corners = "L".join(f"{_n(x + radius * cx)},{_n(y + radius * cy)}" for cx, cy in _POLYGON[symbol])
    return f'<path d="M{corners}Z"{style}/>'


def _star(x: float, y: float, radius: float) -> str:
    """A square with its sides drawn in, as plotly's star-diamond."""
    r, bow = _n(1.4 * radius), _n(1.4 * radius * 2)
    corners = [(x, y + 1.4 * radius), (x + 1.4 * radius, y), (x, y - 1.4 * radius), (x - 1.4 * radius, y)]
    arcs = "".join(f"A{bow},{bow} 0 0 1 {_n(cx)},{_n(cy)}" for cx, cy in (*corners[1:], corners[0]))
    return f"M{_n(x)},{_n(y + float(r))}{arcs}Z"


def _links(place: _Place, bars: Sequence[Mapping], links: Mapping[str, Link]) -> list[str]:
    """One link a mark, above everything: the areas that take its clicks, in chart order."""
    areas: dict[str, list] = {}
    for trace in bars:
        if trace.get("name") == TARGETS:
            for address, box in zip(trace["customdata"], _boxes(place, trace), strict=True):
                areas.setdefault(address, []).append(box)
    result = []
    for address, boxes in areas.items():
        if address in links:
            target, words = map(_text, links[address])
            rects = "".join(_rect(*box, ' fill-opacity="0"') for box in boxes)
            result.append(f'<a href="{target}" aria-label="{words}">{rects}</a>')
    return result


# ---- words ----


def _annotation(place: _Place, note: Mapping, base: Mapping) -> str:
    font = base | note.get("font", {})
    size = font["size"]
    rows = _rows(note["text"])
    widths = [_width(row, size) for row in rows]
    wide = max(widths)
    tall = (len(rows) - 1) * fonts.LINE * size + (fonts.ASCENT + fonts.DESCENT) * size
    pad = note["borderpad"] + 1 if "borderpad" in note else PAD
    turn = note.get("textangle") or 0
    if turn not in (0, -90):
        raise ValueError(f"no way to draw text at {turn} degrees")
    box = (wide, tall) if not turn else (tall, wide)
    x = place.x(note["x"], note.get("xref")) + note.get("xshift", 0)
    y = place.y(note["y"], note.get("yref")) - note.get("yshift", 0)
    # the middle of the box, from the side at which it is anchored
    x += {"left": 1, "right": -1, "center": 0}[note["xanchor"]] * (box[0] / 2 + pad)
    y += {"top": 1, "bottom": -1, "middle": 0}[note["yanchor"]] * (box[1] / 2 + pad)
    anchor, at = {"left": ("start", -wide / 2), "right": ("end", wide / 2), "center": ("middle", 0)}[
        note["align"]
    ]
    first = -tall / 2 + fonts.ASCENT * size
    spans = "".join(
        f'<tspan x="{_n(at)}" y="{_n(first + number * fonts.LINE * size)}">'
        f"{_spans(row, font['color'])}</tspan>"
        for number, row in enumerate(rows)
    )
    ground = ""
    if note.get("bgcolor"):
        ground = _rect(
            -wide / 2 - pad, -tall / 2 - pad, wide + 2 * pad, tall + 2 * pad, f' fill="{note["bgcolor"]}"'
        )
    rotation = f" rotate({_n(turn)})" if turn else ""
    return (
        f'<g transform="translate({_n(x)},{_n(y)}){rotation}">{ground}<text '
        f'font-size="{_n(size)}" fill="{font["color"]}" text-anchor="{anchor}">{spans}</text></g>'
    )


class _Run(NamedTuple):
    """Letters of one look; without size or colour, those of the annotation."""

    text: str
    bold: bool
    size: float | None
    color: str | None


def _rows(markup: str) -> list[list[_Run]]:
    """Plotly's small markup in lines of runs."""
    rows: list[list[_Run]] = [[]]
    bold, styles, end = False, [(None, None)], 0
    for found in TOKEN.finditer(markup):
        if found.start() != end:
            break
        end = found.end()
        closes, tag, style, text = found.groups()
        if text:
            rows[-1].append(_Run(html.unescape(text), bold, *styles[-1]))
        elif tag == "br":
            rows.append([])
        elif tag == "b":
            bold = not closes
        elif closes:
            styles.pop()
        else:
            styles.append(_style(style, styles[-1]))
    if end != len(markup):
        raise ValueError(f"no way to draw the text {markup}")
    return rows


def _style(style: str | None, outer: tuple) -> tuple[float | None, str | None]:
    given = dict(part.split(":") for part in (style or "").split(";") if part)
    size = float(given["font-size"].removesuffix("px")) if "font-size" in given else outer[0]
    return size, given.get("color", outer[1])


def _width(row: Sequence[_Run], size: float) -> float:
    return sum(fonts.width(run.text, run.size or size, bold=run.bold) for run in row)


def _spans(row: Sequence[_Run], color: str) -> str:
    parts = []
    for run in row:
        look = ' font-weight="700"' if run.bold else ""
        look += f' font-size="{_n(run.size)}"' if run.size else ""
        look += f' fill="{run.color}"' if run.color and run.color != color else ""
        text = _text(run.text).replace("  ", "\u00a0 ")  # SVG folds spaces, plotly keeps them
        parts.append(f"<tspan{look}>{text}</tspan>" if look else text)
    return "".join(parts)

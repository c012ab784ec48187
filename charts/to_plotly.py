"""A scene as a figure of plotly: what the page shows.

x is shares of the plot, from 0 to 1, and y is px downwards, over the whole height of the figure.
The figure is drawn for every width, and only the browser knows it. So what stands on one share is a shape or
an annotation, which plotly moves by px; what has to be a point or a bar has shares alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import plotly.graph_objects as go

from charts.scene import (
    Box,
    Hatch,
    Line,
    Lines,
    Mark,
    Place,
    Polygon,
    Run,
    Scene,
    Target,
    Text,
    largest,
    share,
    sign,
)
from charts.theme import CLEAR, DASHES, HATCH, INK, LONG_DASHES, POINTING, SIZE, SYMBOL, template
from charts.words import cut, escape, folded
from query import UNCOVERED

# plotly fades what is not selected to 0.2; a frame says what is selected.
KEEP = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
PAD = 2  # px, plotly's own padding of every annotation: subtracted, or labels miss the edge of the page
BORDER = 1  # px of it that remain where a ground gives the padding
HOVER_LETTERS = 58
HOVER_LINE = 150  # letters of one fact: plotly leaves out a hover that is higher than its chart
FRAME = 2  # px, the line around what is selected


class Framing(NamedTuple):
    """Where the frame around a selected mark stands, its line included.

    It reaches from `start` to `end`, shares of the width that `margins` px leave of the figure's, each moved
    by `left` and `right` px. `top`, `height` and the width of the `line` are px.
    """

    start: float
    end: float
    left: float
    right: float
    margins: float
    top: float
    height: float
    line: float


@dataclass(frozen=True)
class Drawn:
    """A finished figure: `data` and `layout` in plotly's own terms, and where each address is framed.

    It is the only copy. Browser, SVG and slide read it; nobody writes into it, for it is shared.
    """

    data: Sequence[dict]
    layout: Mapping
    boxes: Mapping[str, list[Framing]]

    @property
    def height(self) -> int:
        """px."""
        return self.layout["height"]

    def again(self, times: int) -> "Drawn":
        """The same figure, which a browser takes for another: what was clicked in the first is forgotten."""
        return replace(self, layout={**self.layout, "meta": times}) if times else self

    def plotly(self) -> go.Figure:
        """A figure of plotly for whoever wants one; what is done to it changes nothing here.

        Unchecked: plotly's check of every value takes 75 ms for a figure, and is left to the tests.
        """
        return go.Figure({"data": self.data, "layout": self.layout}, _validate=False)


def to_plotly(scene: Scene, scale: float = 1.0) -> Drawn:
    """The scene, all its px times `scale`."""
    points, others = _divided(scene)
    hatches = [shape for shape in scene.ground if isinstance(shape, Hatch)]
    rules = [shape for shape in scene.ground if isinstance(shape, Line)]
    below = [part | {"layer": "below"} for shape in rules for part in _parts(shape, scene, scale)]
    data = [_points(look, size, marks, scale) for (look, size), marks in points.items()]
    if hatches:
        data.insert(0, _hatch(hatches, scene, scale))
    if scene.targets:
        data.append(_targets(scene.targets, scene))
    layout = {
        "template": template(),
        "height": round(scene.height * scale),
        "margin": {"l": round(scene.left * scale), "r": round(scene.right * scale), "t": 0, "b": 0, "pad": 0},
        "xaxis": {"type": "linear", "range": [0, 1]},
        "yaxis": {"type": "linear", "range": [scene.height - scene.top, -scene.top]},
        "shapes": below + [part for shape in others for part in _parts(shape, scene, scale)],
        "annotations": [_note(text, scale) for text in scene.texts if any(text.lines)],
        **POINTING,
    }
    return Drawn(data, layout, _framed(scene, scale))


# ---- traces ----


def _divided(scene: Scene) -> tuple[dict[tuple[str, float], list[Mark]], list]:
    """The marks that can be points, by look and size, dots last; and all else, in the order of painting.

    A mark is no point where plotly would not draw it so: off its share, dashed, or on top of another shape.
    """
    points, others, covered = {}, [], []
    for shape in scene.shapes:
        if isinstance(shape, Mark):
            place, half = share(shape.x, scene), shape.size / 2
            free = not any(
                x0 <= place <= x1 and y0 - half <= shape.y <= y1 + half for x0, x1, y0, y1 in covered
            )
            if free and not shape.x[1] and not sign(shape.look, shape.size).dashed:
                points.setdefault((shape.look, shape.size), []).append(shape)
                continue
        elif isinstance(shape, Box | Line):
            x0, x1 = sorted((share(shape.x0, scene), share(shape.x1, scene)))
            covered.append((x0, x1, *sorted((shape.y0, shape.y1))))
        others.append(shape)
    return dict(sorted(points.items(), key=lambda group: group[0][0].endswith(" dot"))), others


def _points(look: str, size: float, marks: Sequence[Mark], k: float) -> dict:
    """Points of one look. Click and hover are left to the targets below them."""
    drawn = sign(look, size)
    line = {"width": drawn.width * k} | ({"color": INK[drawn.stroke]} if drawn.stroke else {})
    return {
        "type": "scatter",
        "name": look,
        "mode": "markers",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "x": [mark.x[0] for mark in marks],
        "y": [mark.y for mark in marks],
        "marker": {
            "symbol": SYMBOL[look if drawn.crossed else drawn.shape],
            "size": 2 * drawn.half * k,
            "color": INK[drawn.fill or drawn.stroke],  # a symbol without fill takes it for its stroke
            "line": line,
        },
        **KEEP,
    }


def _hatch(hatches: Sequence[Hatch], scene: Scene, k: float) -> dict:
    """Areas, as bars, because shapes have no pattern."""
    spans = [(share(hatch.x0, scene), share(hatch.x1, scene)) for hatch in hatches]
    pattern = {"shape": "/", "fgcolor": INK[HATCH["color"]], "bgcolor": CLEAR, "solidity": HATCH["solidity"]}
    return {
        "type": "bar",
        "name": UNCOVERED,
        "x": [(x0 + x1) / 2 for x0, x1 in spans],
        "width": [x1 - x0 for x0, x1 in spans],
        "base": [hatch.y0 for hatch in hatches],
        "y": [hatch.y1 - hatch.y0 for hatch in hatches],
        "hoverinfo": "skip",
        "marker": {
            "color": CLEAR,
            "line": {"width": 0},
            "pattern": pattern | {"size": HATCH["size"] * k},
        },
        **KEEP,
    }


def _targets(targets: Sequence[Target], scene: Scene) -> dict:
    """Invisible bars that take click and hover."""
    areas = [target.area for target in targets]
    spans = [(share(area.x0, scene), share(area.x1, scene)) for area in areas]
    return {
        "type": "bar",
        "name": "targets",
        "orientation": "h",
        "base": [x0 for x0, _ in spans],
        "x": [x1 - x0 for x0, x1 in spans],
        "y": [(area.y0 + area.y1) / 2 for area in areas],
        "width": [area.y1 - area.y0 for area in areas],
        "marker": {"color": CLEAR, "line": {"width": 0}},
        "customdata": [target.address for target in targets],
        "hovertext": [hover(target.label) for target in targets],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **KEEP,
    }


def hover(label: str) -> str:
    """What is said about a mark when it is pointed at: a fact to a line, each cut and folded."""
    return folded("\n".join(cut(fact, HOVER_LINE) for fact in label.split("\n")), HOVER_LETTERS)


def _framed(scene: Scene, k: float) -> dict[str, list[Framing]]:
    """The frames, by address."""
    left, right, half = round(scene.left * k), round(scene.right * k), FRAME * k / 2
    frames: dict[str, list[Framing]] = {}
    for addresses, area in scene.frames:
        (start, before), (end, after) = area.x0, area.x1
        framed = Framing(
            start,
            end,
            round(left + before * k - half, 2),
            round(left + after * k + half, 2),
            left + right,
            round((scene.top + area.y0) * k - half, 2),
            round((area.y1 - area.y0) * k + 2 * half, 2),
            2 * half,
        )
        for address in addresses:
            frames.setdefault(address, []).append(framed)
    return frames


# ---- shapes ----


def _parts(shape: Box | Line | Mark | Polygon, scene: Scene, k: float) -> Iterator[dict]:
    """A shape as one of plotly's or more."""
    match shape:
        case Line():
            yield from _line(shape, scene, k)
        case Box():
            yield from _box(shape, scene, k)
        case Mark():
            yield _sign(shape, k)
        case Polygon():
            yield _hung(shape.x, shape.y) | {
                "type": "path",
                "path": _path(shape.corners, shape.x[1], k),
                "fillcolor": INK[shape.fill],
                "line": {"width": 0},
            }


def _pieces(x0: Place, x1: Place, scene: Scene, k: float) -> list[tuple[float, float, dict]]:
    """A stretch across in pieces of (from, to, as plotly has it), from and to being shares of the plot.

    Plotly has shares and px, but not both in one shape: what hangs on one share is px from it, what lies
    beyond the edges of the plot is px from them, and all else is shares.
    """
    first, last = share(x0, scene), share(x1, scene)
    if x0[0] == x1[0]:
        return [(first, last, {"xsizemode": "pixel", "xanchor": x0[0], "x0": x0[1] * k, "x1": x1[1] * k})]
    px = (scene.width - scene.left - scene.right) * k
    pieces = []
    if first < 0:
        end = min(last, 0)
        pieces.append((first, end, {"xsizemode": "pixel", "xanchor": 0, "x0": first * px, "x1": end * px}))
    if first < 1 and last > 0:
        inside = max(first, 0), min(last, 1)
        pieces.append((*inside, {"x0": inside[0], "x1": inside[1]}))
    if last > 1:
        start = max(first, 1)
        beyond = {"xsizemode": "pixel", "xanchor": 1, "x0": (start - 1) * px, "x1": (last - 1) * px}
        pieces.append((start, last, beyond))
    return pieces


def _line(line: Line, scene: Scene, k: float, dash: str = "solid") -> Iterator[dict]:
    x0, x1, y0, y1, color, width = line
    if share(x0, scene) > share(x1, scene):
        x0, x1, y0, y1 = x1, x0, y1, y0
    first, last = share(x0, scene), share(x1, scene)
    slope = (y1 - y0) / (last - first) if last > first else 0
    look = {"color": INK[color], "width": width * k if width > 1 else width}
    look |= {} if dash == "solid" else {"dash": dash}
    pieces = _pieces(x0, x1, scene, k)
    for start, end, place in pieces:
        ends = (y0 + slope * (start - first), y0 + slope * (end - first)) if len(pieces) > 1 else (y0, y1)
        yield {"type": "line", "xref": "paper", "y0": ends[0], "y1": ends[1], "line": look} | place


def _box(box: Box, scene: Scene, k: float) -> Iterator[dict]:
    """A rectangle; its stroke is lines of their own where it is more than one piece."""
    look = {"color": INK[box.stroke], "width": box.width * k} if box.stroke else {"width": 0}
    dash = _px(LONG_DASHES) if box.dashed else "solid"
    look |= {"dash": dash} if box.dashed else {}
    pieces = _pieces(box.x0, box.x1, scene, k)
    for _, _, place in pieces:
        yield {
            "type": "rect",
            "xref": "paper",
            "y0": box.y0,
            "y1": box.y1,
            "fillcolor": INK[box.fill] if box.fill else CLEAR,
            "line": look if len(pieces) == 1 else {"width": 0},
            "opacity": box.opacity,
        } | place
    if box.stroke and len(pieces) > 1:
        for x0, x1, y0, y1 in (
            (box.x0, box.x1, box.y0, box.y0),
            (box.x0, box.x1, box.y1, box.y1),
            (box.x0, box.x0, box.y0 - box.width / 2, box.y1 + box.width / 2),
            (box.x1, box.x1, box.y0 - box.width / 2, box.y1 + box.width / 2),
        ):
            edge = Line(x0, x1, y0, y1, box.stroke, box.width)
            yield from (part | {"opacity": box.opacity} for part in _line(edge, scene, k, dash))


def _sign(mark: Mark, k: float) -> dict:
    """A mark as a shape."""
    drawn, px = sign(mark.look, mark.size), mark.x[1]
    line = {"color": INK[drawn.stroke], "width": drawn.width * k} if drawn.stroke else {"width": 0}
    line |= {"dash": _px(DASHES)} if drawn.dashed else {}
    look = {"fillcolor": INK[drawn.fill] if drawn.fill else CLEAR, "line": line}
    place, half = _hung(mark.x, mark.y), drawn.half
    if not drawn.corners:
        sides = {"x0": (px - half) * k, "x1": (px + half) * k, "y0": -half * k, "y1": half * k}
        return place | look | {"type": "circle"} | sides
    path = _path(drawn.corners, px, k)
    if drawn.crossed:
        a, b, c, d = drawn.corners
        path += "".join(_path(pair, px, k).removesuffix("Z") for pair in ((a, c), (b, d)))
    return place | look | {"type": "path", "path": path}


def _hung(x: Place, y: float) -> dict:
    """What places a shape whose measures are px right of the share of x, and above y."""
    return {
        "xref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": x[0],
        "yanchor": y,
    }


def _path(corners: Sequence[tuple[float, float]], px: float, k: float) -> str:
    """A closed polygon as a path of plotly, `px` further to the right."""
    places = (f"{round((px + across) * k, 2)},{round(-down * k, 2)}" for across, down in corners)
    return f"M{'L'.join(places)}Z"


def _px(dashes: Sequence[float]) -> str:
    return ",".join(f"{dash}px" for dash in dashes)


# ---- words ----


def _note(text: Text, k: float) -> dict:
    size = largest(text)
    pad = text.ground * k + BORDER if text.ground else PAD
    ground = {"bgcolor": INK["paper"], "borderpad": text.ground * k} if text.ground else {}
    color = next(run.color for line in text.lines for run in line)
    return {
        "text": _markup(text.lines, size, color, k),
        "xref": "paper",
        "x": text.x[0],
        "y": text.y,
        "xanchor": text.side,
        "yanchor": text.sits,
        "align": text.side,
        "xshift": text.x[1] * k + {"left": -pad, "center": 0, "right": pad}[text.side],
        "yshift": {"top": pad, "middle": 0, "bottom": -pad}[text.sits],
        "textangle": -90 if text.turned else 0,
        "font": {"size": round(SIZE[size] * k), "color": INK[color]},
        **ground,
    }


def _markup(lines: Lines, size: str, color: str, k: float) -> str:
    return "<br>".join("".join(_run(run, size, color, k) for run in line) for line in lines)


def _run(run: Run, size: str, color: str, k: float) -> str:
    style = [f"font-size:{round(SIZE[run.size] * k)}px"] if run.size != size else []
    style += [f"color:{INK[run.color]}"] if run.color != color else []
    words = escape(run.text)
    words = f"<span style='{';'.join(style)}'>{words}</span>" if style else words
    return f"<b>{words}</b>" if run.bold else words

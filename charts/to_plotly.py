"""The marks of a scene as a figure of plotly, which is what the page shows, points at and clicks.

    to_plotly(scene) -> {"data": …, "layout": …}

Words, rules and hatches, the key and the strip of the sources stand around it: see `ui.underlay`. x is shares
of the plot, from 0 to 1, and y is px downwards, over the whole height of the figure. The figure is drawn for
every width, and only the browser knows it. So a mark that stands on one share and some px beside it is a
shape, which plotly moves by px; what has to be a point or a bar has shares alone.
"""

from collections.abc import Iterator, Sequence

from charts.scene import Box, Line, Mark, Place, Polygon, Scene, Target, share, sign
from charts.theme import CLEAR, DASHES, INK, LONG_DASHES, POINTING, SYMBOL, template
from charts.words import cut, folded

HOVER_LETTERS = 58
HOVER_LINE = 150  # letters of one fact: plotly leaves out a hover that is higher than its chart


def to_plotly(scene: Scene, scale: float = 1.0) -> dict:
    """The figure, all its px times `scale`. Nobody writes into it: it is shared.

    Unchecked: plotly's check of every value takes 75 ms for a figure, and is left to the tests.
    """
    points, others = _divided(scene)
    data = [_points(look, size, marks, scale) for (look, size), marks in points.items()]
    if scene.targets:
        data.append(_targets(scene.targets, scene))
    layout = {
        "template": template(),
        "height": round(scene.height * scale),
        "margin": {"l": round(scene.left * scale), "r": round(scene.right * scale), "t": 0, "b": 0, "pad": 0},
        "xaxis": {"type": "linear", "range": [0, 1]},
        "yaxis": {"type": "linear", "range": [scene.height - scene.top, -scene.top]},
        "shapes": [part for shape in others for part in _parts(shape, scene, scale)],
        **POINTING,
    }
    return {"data": data, "layout": layout}


# ---- traces ----


def _divided(scene: Scene) -> tuple[dict[tuple[str, float], list[Mark]], list]:
    """The marks that can be points, by look and size, dots last; and all else, in the order of painting.

    A mark is no point where plotly would not draw it so: off its share, dashed, on top of another shape, or
    of a form for which it has no symbol.
    """
    points, others, covered = {}, [], []
    for shape in scene.shapes:
        if isinstance(shape, Mark):
            place, half = share(shape.x, scene), shape.size / 2
            free = not any(
                x0 <= place <= x1 and y0 - half <= shape.y <= y1 + half for x0, x1, y0, y1 in covered
            )
            drawn = sign(shape.look, shape.size)
            if free and not shape.x[1] and not drawn.dashed and drawn.shape in SYMBOL:
                points.setdefault((shape.look, shape.size), []).append(shape)
                continue
            covered.append((place, place, shape.y, shape.y))
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
    }


def hover(label: str) -> str:
    """What is said about a mark when it is pointed at: a fact to a line, each cut and folded."""
    return folded("\n".join(cut(fact, HOVER_LINE) for fact in label.split("\n")), HOVER_LETTERS)


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

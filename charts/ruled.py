"""The ruled page that every figure is drawn on: labels flush left, marks, totals flush right, hairlines.

x is in the chart's own units (years, columns). y is in px at scale 1 and runs downwards, so rows keep their
height at every width; what hangs on a point (text, marks, margins) is multiplied by `scale`.
Parts are collected in lists and become ONE `go.Figure`: adding them one by one costs 25 times as much.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from charts import frames
from charts.axis import Axis
from charts.theme import (
    CLEAR,
    INK,
    POINTING,
    SIZE,
    SYMBOL,
    template,
)
from charts.words import cut, escape, folded
from query import UNCOVERED
from query.vocabulary import CONTRADICTED, LEFT_OUT, NOTHING

# plotly fades what is not selected to 0.2; a frame says what is selected.
KEEP = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
PAD = 2  # px, plotly's own padding of every annotation: subtracted, or labels miss the edge of the page
KEY_ROOM, KEY_ROOM_NARROW = 830, 288  # px, the narrowest wide card, and the card of a window of 320 px
HOVER_LETTERS = 58
HOVER_LINE = 150  # letters of one fact: plotly leaves out a hover that is higher than its chart
MOST_SOURCES = 12  # with a line each in the coverage strip
ROOM = 150  # px that a hatched column needs to say why in two lines; else the key says it
LONG_ROOM = 260  # px for the same in one line
# The shapes of events, corner by corner, in halves of their size; y downwards.
OUTLINE = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "star": ((0, -1), (0.3, -0.3), (1, 0), (0.3, 0.3), (0, 1), (-0.3, 0.3), (-1, 0), (-0.3, -0.3)),
    "triangle": ((0, -0.9), (1, 0.8), (-1, 0.8)),
    "pentagon": ((0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31)),
    "hexagon": ((0.5, -0.87), (1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87)),
    "circle": tuple((round(cos(turn * pi / 6), 3), round(sin(turn * pi / 6), 3)) for turn in range(12)),
}
DASH = "2.5px,1.8px"
CUT, LOOSE, OFF = (
    0.62,
    0.4,
    0.11,
)  # of a mark: legs of its cut corner, of the loose piece, and how far it is off
ALIGN = {"left": -PAD, "right": PAD}


class Box(NamedTuple):
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
    boxes: Mapping[str, list[Box]]

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


class Sheet:
    """One figure in the making. Lengths are px at scale 1.

    `rows` is the height of the ruled rows, `above` and `below` the room for heads and the coverage strip,
    `left` and `right` the room for labels and totals, `x` the range of the marks, and `key` pairs of
    (mark, words): the mark is a case of `key_shapes`.
    """

    def __init__(
        self,
        *,
        rows: float,
        x: tuple[float, float],
        above: float = 0,
        below: float = 0,
        left: float = 0,
        right: float = 0,
        key: Sequence[tuple[str, str]] = (),
        narrow: bool = False,
        scale: float = 1.0,
    ):
        self.rows, self.below, self.x = rows, below, x
        self.left, self.right, self.narrow, self.scale = left, right, narrow, scale
        self.traces: list[dict] = []
        self.shapes: list[dict] = []
        self.notes: list[dict] = []
        self.framed: list[tuple] = []  # what `_boxes` makes frames of
        self.above = above
        lines = self._key_lines(key)
        self.head = above + (22 * len(lines) + 12 if lines else 0)
        for number, line in enumerate(lines):
            for offset, mark, words in line:
                self._key_entry(offset, self.head - 12 - 22 * number, mark, words)

    # -- words

    def text(
        self, text: str, x: float, y: float, *, size="label", color="ink", anchor="left", dx=0, dy=0, **more
    ):
        """Text at a point. `text` is plotly markup: escape what comes from the data. `dy` lifts."""
        more = {"xref": "x", "yanchor": "middle", "align": "left"} | more
        self.notes.append(
            {
                "text": text,
                "x": x,
                "y": y,
                "xanchor": anchor,
                "xshift": dx * self.scale + ALIGN.get(anchor, 0),
                "yshift": dy * self.scale,
                "font": {"size": round(SIZE.get(size, size) * self.scale), "color": INK[color]},
                **more,
            }
        )

    def label(self, text: str, y: float, *, dx: float = 0, **more):
        """Words flush with the left edge of the page."""
        self.text(text, 0, y, dx=dx - self.left, xref="paper", **more)

    def total(self, text: str, y: float, *, dx: float = 0, **more):
        """A number flush with the right edge of the page, or `dx` px left of it."""
        more = {"align": "right"} | more
        self.text(text, 1, y, anchor="right", dx=self.right - dx, xref="paper", **more)

    def small(self, text: str, color: str = "soft", size: str = "small") -> str:
        """Second text inside a label."""
        return f"<span style='font-size:{round(SIZE[size] * self.scale)}px;color:{INK[color]}'>{text}</span>"

    # -- lines and areas

    def rule(self, y: float, *, strong: bool = False, start: float | None = None):
        """A line over the whole page: hairline, or ink above and below the rows; with `start` from that x."""
        line = {"color": INK["ink" if strong else "rule"], "width": 1}
        left, right = self.left * self.scale, self.right * self.scale
        pieces = [{"x0": 0, "x1": 1} if start is None else {"xref": "x", "x0": start, "x1": self.x[1]}]
        if left:
            pieces.append({"xanchor": 0, "xsizemode": "pixel", "x0": -left, "x1": 0})
        if right:
            pieces.append({"xanchor": 1, "xsizemode": "pixel", "x0": 0, "x1": right})
        for piece in pieces:
            self.shapes.append(
                {"type": "line", "xref": "paper", "y0": y, "y1": y, "line": line, "layer": "below"} | piece
            )

    def line(
        self, x0: float, x1: float, y0: float, y1: float, *, color="rule", width: float = 1, layer="below"
    ):
        """A line between two points of the chart."""
        line = {"color": INK[color], "width": width * self.scale if width > 1 else width}
        self.shapes.append(
            {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line, "layer": layer}
        )

    def block(
        self, x0: float, x1: float, y0: float, y1: float, *, color="ink", fill="solid", opacity: float = 1
    ):
        """A bar from x0 to x1, solid or outlined. Above the traces, or a hatch would print over it."""
        is_open = fill != "solid"
        line = {"color": INK[color], "width": 2 * self.scale} if is_open else {"width": 0}
        if fill == "dashed":
            line["dash"] = "3px,2px"
        self.shapes.append(
            {
                "type": "rect",
                "x0": x0,
                "x1": x1,
                "y0": y0,
                "y1": y1,
                "fillcolor": INK["paper" if is_open else color],
                "line": line,
                "opacity": opacity,
                "layer": "above",
            }
        )

    def fade(self, x0: float, x1: float, y0: float, y1: float, *, color="ink", steps: int = 9):
        """A bar that loses itself from x0 towards x1 (which may lie to the left): this side is not stated."""
        width = (x1 - x0) / steps
        for step in range(steps):
            a, b = sorted((x0 + step * width, x0 + (step + 1) * width))
            self.block(a, b, y0, y1, color=color, opacity=round(0.85 * (1 - step / steps) ** 1.4, 3))

    def hatch(self, x0: float, x1: float, y0: float, y1: float, *, words: tuple[float, float] | None = None):
        """No source: an area, never a mark. A bar, because shapes have no pattern.

        `words` is the free stretch from y to y in which it says so, if that is at least ROOM.
        """
        pattern = {"shape": "/", "fgcolor": INK["mute"], "bgcolor": CLEAR, "solidity": 0.14}
        self.traces.append(
            {
                "type": "bar",
                "name": UNCOVERED,
                "x": [(x0 + x1) / 2],
                "width": [x1 - x0],
                "base": [y0],
                "y": [y1 - y0],
                "hoverinfo": "skip",
                "marker": {
                    "color": CLEAR,
                    "line": {"width": 0},
                    "pattern": pattern | {"size": 7 * self.scale},
                },
            }
        )
        if words and words[1] - words[0] >= ROOM:
            room = words[1] - words[0]
            self.text(
                UNCOVERED if room >= LONG_ROOM else UNCOVERED.replace(" an ", "<br>an "),
                (x0 + x1) / 2,
                sum(words) / 2,
                size="small",
                anchor="center",
                align="center",
                textangle=-90,
                bgcolor=INK["paper"],
                borderpad=3,
            )

    def years(self, axis: Axis, height: float, free: Mapping[int, tuple[float, float]], *, top: float = 0):
        """Years over a true time axis: a hairline where each begins, a hatch where no source speaks.

        Lines and hatch run from `top` down.

        `free` gives, for a hatched year, the stretch from y to y that holds no mark: there it says why.
        """
        for year in axis.run:
            name = f"’{year % 100:02d}" if self.narrow and len(axis.run) > 6 else str(year)
            self.line(year, year, top, height)
            if year in axis.uncovered:
                room = free.get(year, (0, 0))
                self.hatch(year, year + 1, top, height, words=room)
            elif year in axis.left_out:
                where = (year + 0.5, (top + height) / 2)
                self.text(LEFT_OUT, *where, size="small", color="soft", anchor="center", textangle=-90,
                          bgcolor=INK["paper"], borderpad=3)  # fmt: skip
            head = f"<b>{name}</b>" if year in axis.years else self.small(name)
            self.text(head, year, 0, size="year", yanchor="bottom", dy=3, dx=1)
        if axis.run:
            self.line(axis.run[-1] + 1, axis.run[-1] + 1, top, height)

    def frame(self, *addresses: str, x: tuple[float, float], y: float, height: float):
        """Where the frame stands, a gap away from a bar, while one of its addresses is selected."""
        self.framed.append((addresses, *x, y, 4 * self.scale, height * self.scale / 2))

    def coverage(self, y: float, axis: Axis, spans: Iterable[tuple[int, float, float]], letters: int = 0):
        """Which source speaks about which year: thick where it does, a hairline where not.

        `spans` are `(year, x0, x1)` in the chart's own places, so strip and marks stand under one another.
        `letters` fit into a source's name; without it as many as the margin for labels holds.
        """
        spans, row = list(spans), coverage_row(self.narrow)
        if len(axis.sources) > MOST_SOURCES:
            self._coverage_in_numbers(y, axis, spans)
            return
        self.label("Which sources report events held in each year", y + 18, size="small", color="soft")
        letters = 52 if self.narrow else letters or max(int(self.left / 6.2), 12)
        for number, (source, words, years) in enumerate(axis.sources):
            middle = y + 32 + (number + 0.5) * row + (7 if self.narrow else 0)
            name = escape(cut(f"{source}  {words}", letters))
            self.label(name, middle - (14 if self.narrow else 0), size="small")
            for year, x0, x1 in spans:
                speaks = year in years
                self.line(
                    x0,
                    x1,
                    middle,
                    middle,
                    color="soft" if speaks else "rule",
                    width=5 if speaks else 1,
                    layer="above",
                )

    def _coverage_in_numbers(self, y: float, axis: Axis, spans: list[tuple[int, float, float]]):
        """The strip where there are too many sources for a line each: how many speak about each year."""
        heading = f"How many of {len(axis.sources)} sources report events held in each year"
        self.label(heading, y + 18, size="small", color="soft")
        speaking = Counter(year for _, _, years in axis.sources for year in years)
        middle = y + 32 + coverage_row(self.narrow) / 2
        for year, x0, x1 in spans:
            number = str(speaking[year] or "–")
            self.text(number, (x0 + x1) / 2, middle, size="small", color="soft", anchor="center")

    # -- marks

    def draw(
        self,
        marks: pd.DataFrame | Sequence[dict],
        x: Sequence[float],
        y: Sequence[float],
        size: float,
        *,
        target: tuple[float, float] | None,
        halo: bool = False,
    ):
        """Marks at x and y (px), `size` px across, each on an invisible bar of `target` (x units, px).

        The bar takes click and hover, so the target is larger than the mark; without one, `areas` must.
        `halo` outlines marks in paper, for marks on a bar.
        """
        if not len(marks):
            return
        points = [row | {"x": px, "y": py} for px, py, row in zip(x, y, frames.records(marks), strict=True)]
        if target:
            self._targets(points, *target)
        groups: dict[tuple[str, str], list[dict]] = {}
        for point in points:
            groups.setdefault((point["shape"], point["fill"]), []).append(point)
        for (shape, fill), group in groups.items():
            self._scatter(group, shape, fill, size, halo, deaf=not target)
        half = (size + 6) * self.scale / 2
        for point in points:
            self.framed.append(((point["address"],), point["x"], point["x"], point["y"], half, half))
            if point["contradicted"]:
                self._torn(point, size)

    def _targets(self, points: list[dict], width: float, height: float):
        self.traces.append(
            {
                "type": "bar",
                "name": "targets",
                "x": [p["x"] for p in points],
                "base": [p["y"] - height / 2 for p in points],
                "y": [height] * len(points),
                "width": [width] * len(points),
                "marker": {"color": CLEAR, "line": {"width": 0}},
                **_hover(points),
                **KEEP,
            }
        )

    def _scatter(self, points: list[dict], shape: str, fill: str, size: float, halo: bool, *, deaf: bool):
        """Points of one look; deaf ones say their address, but leave click and hover to what lies below."""
        if fill == "dashed":  # a marker's outline cannot be dashed, a path's can
            for point in points:
                self._dashed(point, shape, size)
        marker = self._marker(shape, fill, size, halo)
        if fill == "dashed":
            marker |= {"opacity": 0}
        self.traces.append(
            {
                "type": "scatter",
                "name": f"{fill} {shape}",
                "mode": "markers",
                "cliponaxis": False,
                "x": [p["x"] for p in points],
                "y": [p["y"] for p in points],
                "marker": marker,
                **(_unheard(points) if deaf else _hover(points)),
                **(KEEP if fill != "dashed" else {}),
            }
        )
        self._centre_dots([p for p in points if p["basis"] == "inferred"], shape, fill)

    def _centre_dots(self, points: list[dict], shape: str, fill: str):
        """Fill already says something else on squares, so an inferred one carries a dot in its middle."""
        if not points or "square" not in shape:
            return
        color = INK["paper" if fill == "solid" and shape == "square" else "ink"]
        self.traces.append(
            {
                "type": "scatter",
                "name": "inferred",
                "mode": "markers",
                "cliponaxis": False,
                "hoverinfo": "skip",
                "x": [p["x"] for p in points],
                "y": [p["y"] for p in points],
                "marker": {
                    "symbol": "circle",
                    "size": (5 if not self.narrow else 4) * self.scale,
                    "color": color,
                },
            }
        )

    def _marker(self, shape: str, fill: str, size: float, halo: bool = False) -> dict:
        """One marker of `size` px over all, outline included."""
        size, symbol = size * self.scale, SYMBOL[shape]
        stroke = (2 if size > 12 * self.scale else 1.6) * self.scale
        if shape == "crossed square":
            return {
                "symbol": symbol,
                "size": size - stroke,
                "color": INK["ink"],
                "line": {"width": stroke, "color": INK["ink"]},
            }
        if shape == "dot":
            return {"symbol": symbol, "size": 7 * self.scale, "color": INK["mute"], "line": {"width": 0}}
        if fill in ("open", "dashed"):
            line = {"width": stroke, "color": INK["ink"]}
            return {"symbol": symbol, "size": size - stroke, "color": INK["paper"], "line": line}
        line = {"width": 1.5 * self.scale, "color": INK["paper"]} if halo else {"width": 0}
        return {"symbol": symbol, "size": size, "color": INK["ink"], "line": line}

    def _dashed(self, point: dict, shape: str, size: float):
        half = size * self.scale / 2
        corners = OUTLINE[shape]
        line = {"color": INK["ink"], "width": 1.6 * self.scale, "dash": DASH}
        self._polygon(point["x"], point["y"], [(cx * half, -cy * half) for cx, cy in corners], line=line)

    def _polygon(
        self, x: float, y: float, corners: Sequence[tuple[float, float]], *, fill="paper", line=None
    ):
        """A polygon above the traces, its corners in px right of and above a point of the chart."""
        self.shapes.append(
            {
                "type": "path",
                "path": _path(corners),
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": x,
                "yanchor": y,
                "fillcolor": INK[fill],
                "line": line or {"width": 0},
            }
        )

    def _torn(self, point: dict, size: float):
        """The mark of a disagreement: the upper right corner is cut off and lies loose beside the mark."""
        half = size / 2
        is_square = "square" in point["shape"]  # the others have no corner there to cut
        self.loose(point["x"], point["y"], half, half, size, cut=is_square)

    def loose(self, x: float, y: float, dx: float, dy: float, size: float, *, cut=True, left=False):
        """A loose corner for a mark whose own one lies `dx` px right of a point and `dy` px above it.

        `size` px is the mark's height; `cut` takes that corner off first; `left`: it is the upper left one.
        """
        k, side = self.scale, -1 if left else 1

        def corner(out: float, leg: float) -> list[tuple[float, float]]:
            x1, y1 = dx + side * out, dy + out
            return [(k * px, k * py) for px, py in ((x1 - side * leg, y1), (x1, y1), (x1, y1 - leg))]

        if cut:
            self._polygon(x, y, corner(0.5, CUT * size + 0.5))
        self._polygon(x, y, corner(OFF * size, max(LOOSE * size, 5)), fill="ink")

    def areas(
        self,
        marks: pd.DataFrame | Sequence[dict],
        x0: Sequence[float],
        x1: Sequence[float],
        y: Sequence[float],
        height: float,
    ):
        """Invisible bars from x0 to x1 at y: what takes click and hover where a mark is drawn by `block`."""
        if not len(marks):
            return
        points = frames.records(marks)
        self.traces.append(
            {
                "type": "bar",
                "name": "targets",
                "orientation": "h",
                "base": list(x0),
                "x": [b - a for a, b in zip(x0, x1, strict=True)],
                "y": list(y),
                "width": [height] * len(points),
                "marker": {"color": CLEAR, "line": {"width": 0}},
                **_hover(points),
                **KEEP,
            }
        )

    def nothing(self, axis: Axis | None = None, reason: str = ""):
        """Say why no mark is drawn: the selection holds none, or no source speaks about any of the years.

        `reason` is said instead where sources speak, and none of them reports what the chart shows.

        The one sentence stands on top, and what is hatched says why below it. The other stands in the hatched
        columns where they are wide enough, else over a hatch; never both, for then no selection is at fault.
        Without an axis the chart has no years that could be silent.
        """
        silent = axis is not None and axis.silent
        upright = [note for note in self.notes if note.get("textangle")]
        if silent and upright:
            return
        if silent and not any(trace["name"] == UNCOVERED for trace in self.traces):
            self.hatch(*self.x, 0, self.rows)
        for note in upright:
            note["y"] = (self.rows + 44) / 2
        words = UNCOVERED if silent else reason or NOTHING
        self.text(
            words.replace(" matches", "<br>matches") if self.narrow else words,
            sum(self.x) / 2,
            28,
            color="soft",
            anchor="center",
            align="center",
            bgcolor=INK["paper"],
            borderpad=6,
        )

    # -- key

    def _key_lines(self, key: Sequence[tuple[str, str]]) -> list[list[tuple[float, str, str]]]:
        """The key in lines of (offset, mark, words): as many entries to a line as fit."""
        room = KEY_ROOM_NARROW if self.narrow else KEY_ROOM
        gap = 16 if self.narrow else 24
        lines, offset = [], room
        for mark, words in key:
            width = 20 + 6.3 * len(words) + gap
            if offset + width - gap > room:
                lines.append([])
                offset = 0
            lines[-1].append((offset, mark, words))
            offset += width
        return lines

    def _key_entry(self, offset: float, base: float, mark: str, words: str):
        """One mark of the key, 14 px wide, `base` px above the rows, and its words."""
        start, k = offset - self.left, self.scale
        place = {
            "xref": "paper",
            "yref": "paper",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": 0,
            "yanchor": 1,
        }
        for shape in key_shapes(mark, start, base, k):
            self.shapes.append(place | shape)
        self.notes.append(
            {
                "text": escape(words),
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                "xshift": (start + 20) * k,
                "yshift": base * k,
                "font": {"size": round(SIZE["key"] * k), "color": INK["ink"]},
            }
        )

    def _boxes(self) -> Mapping[str, list[Box]]:
        """The frames that reach `over` px beyond x0 and x1 and `half` px from y, by address."""
        k, (first, last) = self.scale, self.x
        line, made = 2 * k, {}
        left, right = round(self.left * k), round(self.right * k)
        for addresses, x0, x1, y, over, half in self.framed:
            start, end = ((x - first) / (last - first) for x in (x0, x1))
            top = round(self.head * k) + y * k - half - line / 2
            box = Box(
                start,
                end,
                round(left - over - line / 2, 2),
                round(left + over + line / 2, 2),
                left + right,
                round(top, 2),
                round(2 * half + line, 2),
                line,
            )
            for address in addresses:
                made.setdefault(address, []).append(box)
        return made

    def figure(self) -> Drawn:
        """The finished page."""
        k = self.scale
        margin = {
            "l": round(self.left * k),
            "r": round(self.right * k),
            "t": round(self.head * k),
            "b": 0,
            "pad": 0,
        }
        layout = {
            "template": template(),
            "height": round((self.head + self.rows + self.below) * k),
            "margin": margin,
            "xaxis": {"type": "linear", "range": list(self.x)},
            "yaxis": {"type": "linear", "range": [self.rows + self.below, 0]},
            "shapes": self.shapes,
            "annotations": self.notes,
            **POINTING,
        }
        return Drawn(self.traces, layout, self._boxes())


def empty(axis: Axis) -> float:
    """px of the rows of a figure without marks: room for a sentence, or for the words in a hatched column."""
    return 250 if axis.uncovered else 84


def coverage_row(narrow: bool) -> int:
    """px of one source in the coverage strip."""
    return 32 if narrow else 19


def coverage_height(axis: Axis, narrow: bool) -> float:
    """px that the coverage strip needs below the rows."""
    return 38 + coverage_row(narrow) * (1 if len(axis.sources) > MOST_SOURCES else len(axis.sources))


def _hover(points: Sequence[dict]) -> dict:
    return {
        "customdata": [p["address"] for p in points],
        "hovertext": [_hover_text(p["label"]) for p in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _hover_text(label: str) -> str:
    return folded("\n".join(cut(fact, HOVER_LINE) for fact in label.split("\n")), HOVER_LETTERS)


def _unheard(points: Sequence[dict]) -> dict:
    return {"customdata": [p["address"] for p in points], "hoverinfo": "skip"}


def disagreement_key(marks: pd.DataFrame) -> list[tuple[str, str]]:
    """The key of the loose corner, where a mark has one."""
    return [("torn", CONTRADICTED)] if any(row["contradicted"] for row in frames.records(marks)) else []


def _path(corners: Sequence[tuple[float, float]]) -> str:
    """A closed polygon as a path of plotly."""
    return "".join(f"{'L' if n else 'M'}{x},{y}" for n, (x, y) in enumerate(corners)) + "Z"


def key_shapes(mark: str, start: float, base: float, k: float) -> list[dict]:
    """A mark of the key as plotly shapes: `start` px from the plot's left, `base` px above its top.

    `mark` is one of the cases below, or fill and shape of an event: `dashed diamond`.
    """
    ink, mute = {"color": INK["ink"], "width": 2 * k}, {"color": INK["mute"], "width": 1.2 * k}

    def box(a, b, h, **more):
        return {
            "type": "rect",
            "x0": (start + a) * k,
            "x1": (start + b) * k,
            "y0": (base - h) * k,
            "y1": (base + h) * k,
            **more,
        }

    def strokes(*pairs, line):
        path = "".join(
            f"{'ML'[i % 2]}{(start + px) * k},{(base + py) * k}" for i, (px, py) in enumerate(pairs)
        )
        return {"type": "path", "path": path, "line": line}

    def polygon(*corners, fill=INK["ink"], line=None):
        path = _path([((start + px) * k, (base + py) * k) for px, py in corners])
        return {"type": "path", "path": path, "fillcolor": fill, "line": line or {"width": 0}}

    filled = {"fillcolor": INK["ink"], "line": {"width": 0}}
    hollow = {"fillcolor": INK["paper"], "line": ink}
    match mark:
        case "solid":
            return [box(0, 14, 7, **filled)]
        case "open":
            return [box(1, 13, 6, **hollow)]
        case "crossed":
            return [box(1, 13, 6, **hollow), strokes((1, -6), (13, 6), (1, 6), (13, -6), line=ink)]
        case "dotted":
            dot = {"type": "circle", "fillcolor": INK["paper"], "line": {"width": 0}}
            return [box(0, 14, 7, **filled), box(4.5, 9.5, 2.5, **dot)]
        case "torn":
            body = ((0, -7), (14, -7), (14, -2), (5, 7), (0, 7))
            return [polygon(*body), polygon((9, 8.5), (15.5, 8.5), (15.5, 2))]
        case "dot":
            return [box(3.5, 10.5, 3.5, fillcolor=INK["mute"], line={"width": 0}) | {"type": "circle"}]
        case "split":
            return [box(1, 13, 4, **hollow), box(0, 8, 5, **filled)]
        case "thin":
            return [box(0, 14, 3, **filled)]
        case "thin-open":
            return [box(1, 13, 4, **hollow)]
        case "thin-dashed":
            return [box(1, 13, 4, **hollow | {"line": ink | {"dash": DASH}})]
        case "hairline":
            return [box(0, 14, 1, **filled)]
        case "fade":
            return [
                box(3.5 * i, 3.5 * i + 3.5, 7, opacity=round(0.85 * (1 - i / 4) ** 1.4, 2), **filled)
                for i in range(4)
            ]
        case "hatch":
            return [strokes((0, 3), (4, 7), (0, -3), (10, 7), (2, -7), (14, 5), (8, -7), (14, -1), line=mute)]
    fill, _, shape = mark.rpartition(" ")
    corners = [(7 + 7 * cx, -7 * cy) for cx, cy in OUTLINE[shape]]
    if fill == "solid":
        return [polygon(*corners)]
    line = ink | {"width": 1.6 * k} | ({"dash": DASH} if fill == "dashed" else {})
    return [polygon(*corners, fill=INK["paper"], line=line)]

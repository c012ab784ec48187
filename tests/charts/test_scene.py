"""Plotly and SVG draw the marks of a scene alike: what stands where, and in which colour.

What stands around them is held to the SVG in tests/ui/test_underlay.py.
"""

import html
import json
import re
from collections.abc import Callable
from itertools import pairwise, product
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from charts import theme
from charts.scene import Area, Box, Hatch, Line, Mark, Polygon, Run, Scene, Target, Text, sign
from charts.scene import x as across
from charts.to_plotly import to_plotly
from exports import svg
from exports.svg import Link
from tests.hostile import ALL

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, TOP, HEIGHT, WIDTH = 180, 36, 60, 420, 845
WIDTHS = (WIDTH, 900)
INK = theme.INK
FILLS, SHAPES = ("solid", "open", "dashed", "mute", "paper"), theme.CORNERS
LOOKS = [f"{fill} {shape}" for fill, shape in product(FILLS, SHAPES) if shape != "dot"]
LOOKS += ["mute dot", "paper dot", "crossed square"]


def scene(*shapes, **more) -> Scene:
    """The shapes between the margins of a card."""
    return Scene(LEFT, RIGHT, TOP, HEIGHT, WIDTH, shapes=list(shapes), **more)


def words(text: str, **more) -> tuple[tuple[Run, ...], ...]:
    return ((Run(text, **more),),)


def parsed(scene: Scene, width: float, **more) -> ElementTree.Element:
    drawing = svg.drawing(scene, width, **more)
    return ElementTree.fromstring(svg.wrap(drawing, title="Title", description="Words"))


def numbers(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.get(name)) for name in names]


class Plot:
    """Where plotly puts the parts of a figure that is `width` px wide, in px from its upper left corner."""

    def __init__(self, drawn: dict, width: float):
        data, layout = drawn["data"], drawn["layout"]
        margin, (bottom, top) = layout["margin"], layout["yaxis"]["range"]
        self.left, self.inner = margin["l"], width - margin["l"] - margin["r"]
        self.down = lambda y: margin["t"] + (y - top) / (bottom - top) * (layout["height"] - margin["t"])
        self.shapes = layout["shapes"]
        self.bars = [trace for trace in data if trace["type"] == "bar"]
        self.points = [trace for trace in data if trace["type"] == "scatter"]

    def across(self, share: float) -> float:
        return self.left + share * self.inner

    def place(self, shape: dict) -> tuple[Callable, Callable]:
        """What brings the x and the y of a shape to px."""
        assert shape["xref"] == "paper"
        x, y = self.across, self.down
        if shape.get("xsizemode") == "pixel":
            x = lambda px: self.across(shape["xanchor"]) + px  # noqa: E731
        if shape.get("ysizemode") == "pixel":
            y = lambda px: self.down(shape["yanchor"]) - px  # noqa: E731
        return x, y

    def ends(self, shape: dict) -> tuple[float, float, float, float]:
        x, y = self.place(shape)
        return x(shape["x0"]), x(shape["x1"]), y(shape["y0"]), y(shape["y1"])

    def corners(self, shape: dict) -> list[tuple[float, float]]:
        x, y = self.place(shape)
        return [(x(float(a)), y(float(b))) for a, b in re.findall(r"([-\d.]+),([-\d.]+)", shape["path"])]


def of_path(element: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in re.findall(r"([-\d.]+),([-\d.]+)", element.get("d"))]


def hull(corners) -> list[float]:
    xs, ys = zip(*corners, strict=True)
    return [min(xs), max(xs), min(ys), max(ys)]


# ---- places ----


@pytest.mark.parametrize("width", WIDTHS)
def test_a_place_is_a_share_of_the_plot_and_px_more(width):
    assert across((0, -LEFT), scene(), width) == 0
    assert across((1, RIGHT), scene(), width) == width
    assert across((0.5, 7), scene(), width) == LEFT + (width - LEFT - RIGHT) / 2 + 7


STRETCHES = {
    "inside": ((0.2, 0), (0.35, 0)),
    "a little inside of both": ((0.2, 3), (0.35, -2)),
    "over both margins": ((0, -LEFT), (1, RIGHT)),
    "from a margin into the plot": ((0, -90), (0.4, 0)),
    "from the plot into a margin": ((0.7, 3), (1, 30)),
    "within the left margin": ((0, -90), (0, -10)),
    "within the right margin": ((1, 4), (1, 30)),
    "around one share": ((0.5, -7), (0.5, 7)),
    "in px from the left edge of the plot": ((0, 20), (0, 320)),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("x0", "x1"), STRETCHES.values(), ids=STRETCHES)
def test_a_bar_and_a_line_stand_alike_in_both(x0, x1, width):
    for shape in (Box(x0, x1, 10, 30, "ink"), Line(x0, x1, 10, 30), Line(x1, x0, 10, 30)):
        (element,) = (
            part for part in parsed(scene(shape), width)[-1] if part.tag in (f"{SVG}rect", f"{SVG}line")
        )
        if isinstance(shape, Box):
            left, top, wide, tall = numbers(element, "x", "y", "width", "height")
            expected = [left, left + wide, top, top + tall]
        else:
            a, b, c, d = numbers(element, "x1", "x2", "y1", "y2")
            expected = [min(a, b), max(a, b), min(c, d), max(c, d)]
        plot = Plot(to_plotly(scene(shape)), width)
        pieces = sorted(plot.ends(piece) for piece in plot.shapes)
        corners = [(x, y) for x0, x1, y0, y1 in pieces for x, y in ((x0, y0), (x1, y1))]
        assert hull(corners) == pytest.approx(expected, abs=0.5)
        for (_, end, _, lower), (start, _, upper, _) in pairwise(pieces):
            assert start == pytest.approx(end), "no gap, and none lies on another"
            assert isinstance(shape, Box) or upper == pytest.approx(lower), "one line"


@pytest.mark.parametrize("x", [(0.3, 0), (0.3, 11), (0, -170)])
def test_a_mark_stands_alike_in_both(x):
    for look, width in product(LOOKS, WIDTHS):
        marked = scene(Mark(x, 40, look, 14))
        middle = [across(x, marked, width), TOP + 40]
        corners = [(middle[0] + right, middle[1] + down) for right, down in sign(look, 14).corners]
        for circle in parsed(marked, width).iter(f"{SVG}circle"):
            assert numbers(circle, "cx", "cy") == pytest.approx(middle, abs=0.01), look
        for path in parsed(marked, width).iter(f"{SVG}path"):
            assert hull(of_path(path)) == pytest.approx(hull(corners), abs=0.01), look
        plot = Plot(to_plotly(marked), width)
        assert len(plot.points) + len(plot.shapes) == 1
        for trace in plot.points:
            assert trace["name"] == look
            assert [plot.across(trace["x"][0]), plot.down(trace["y"][0])] == pytest.approx(middle, abs=0.5)
            assert trace["marker"]["size"] / 2 == sign(look, 14).half
        for shape in plot.shapes:
            if found := plot.corners(shape) if "path" in shape else None:
                assert hull(found) == pytest.approx(hull(corners), abs=0.5), look
            else:
                x0, x1, y0, y1 = plot.ends(shape)
                assert [(x0 + x1) / 2, (y0 + y1) / 2] == pytest.approx(middle, abs=0.5), look


@pytest.mark.parametrize("width", WIDTHS)
def test_a_polygon_keeps_its_form_on_every_width(width):
    corners = ((-2, -7), (7, -7), (7, 2))
    drawn = scene(Polygon((0.8, 0), 60, corners))
    expected = [(across((0.8, right), drawn, width), TOP + 60 + down) for right, down in corners]
    (path,) = parsed(drawn, width).iter(f"{SVG}path")
    plot = Plot(to_plotly(drawn), width)
    assert of_path(path) == [pytest.approx(corner, abs=0.01) for corner in expected]
    assert plot.corners(plot.shapes[0]) == [pytest.approx(corner, abs=0.01) for corner in expected]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_target_stands_alike_in_both(width):
    drawn = scene(targets=[Target("a.2021", "A", Area((0.6, -12), (0.6, 12), 40, 64))])
    (rect,) = parsed(drawn, width, links={"a.2021": Link("#a", "A")}).iter(f"{SVG}rect")
    plot = Plot(to_plotly(drawn), width)
    (targets,) = plot.bars
    left, top, wide, tall = numbers(rect, "x", "y", "width", "height")
    ends = targets["base"][0], targets["base"][0] + targets["x"][0]
    assert plot.down(targets["y"][0]) == pytest.approx(top + tall / 2)
    assert [*map(plot.across, ends)] == pytest.approx([left, left + wide], abs=1.1), "plotly has shares alone"
    assert sum(map(plot.across, ends)) / 2 == pytest.approx(left + wide / 2), "around the same middle"
    assert targets["width"] == [tall]


# ---- looks ----


def test_plotly_takes_every_shape():
    drawn = to_plotly(
        scene(
            *(Mark((0.3, px), 40, look, 14) for look in LOOKS for px in (0, 4)),
            *(Box(x0, x1, 10, 30, "wash", "ink", dashed=True) for x0, x1 in STRETCHES.values()),
            *(Line(x0, x1, 10, 30) for x0, x1 in STRETCHES.values()),
            Polygon((0.8, 0), 60, ((-2, -7), (7, -7), (7, 2))),
            targets=[Target("a", "A", Area((0.3, -12), (0.3, 12), 28, 52))],
        ),
        1.45,
    )
    go.Figure(drawn, _validate=True)


def test_what_is_painted_later_lies_on_what_is_painted_before():
    bar, mark = Box((0.2, 0), (0.6, 0), 10, 30, "ink"), Mark((0.4, 0), 20, "open diamond", 14)
    on_top = to_plotly(scene(bar, mark))
    assert [shape["type"] for shape in on_top["layout"]["shapes"]] == ["rect", "path"]
    assert not on_top["data"]
    below = to_plotly(scene(mark, bar))
    assert [shape["type"] for shape in below["layout"]["shapes"]] == ["rect"]
    assert [trace["name"] for trace in below["data"]] == ["open diamond"]
    beside = to_plotly(scene(bar, mark._replace(y=60)))
    assert [trace["name"] for trace in beside["data"]] == ["open diamond"]


def test_a_dot_lies_on_its_square_whatever_comes_between():
    marks = [
        Mark((n / 10, 0), 20, look, size)
        for n, mark in enumerate(("solid square", "open square"))
        for look, size in ((mark, 14), ("paper dot", 5))
    ]
    names = [trace["name"] for trace in to_plotly(scene(*marks))["data"]]
    assert names == ["solid square", "open square", "paper dot"]


def test_the_outline_of_a_bar_over_a_margin_runs_around_it_and_not_through_it():
    box = Box((0, -90), (1, 20), 10, 30, "paper", "ink", dashed=True)
    shapes = to_plotly(scene(box))["layout"]["shapes"]
    assert all(shape["line"]["width"] == 0 for shape in shapes if shape["type"] == "rect")
    upright = [s for s in shapes if s["type"] == "line" and s["y0"] != s["y1"]]
    assert [(shape["xanchor"], shape["x0"]) for shape in upright] == [(0, -90), (1, 20)]
    assert {shape["line"]["dash"] for shape in shapes if shape["type"] == "line"} == {"3px,2px"}


def test_a_mark_has_the_same_inks_in_both():
    for look in LOOKS:
        marked = svg.drawing(scene(Mark((0.3, 0), 40, look, 14)), WIDTH).content
        svg_inks = set(re.findall(r'(?:fill|stroke)="(#\w+)"', marked))
        for x in ((0.3, 0), (0.3, 5)):
            drawn = to_plotly(scene(Mark(x, 40, look, 14)))
            own = json.dumps([drawn["data"], drawn["layout"]["shapes"]])
            assert set(re.findall(r"#\w{6}", own)) == svg_inks <= set(INK.values()), look


def test_a_mark_of_another_look_is_an_error_and_not_a_gap():
    for look in ("solid heart", "crossed star", "pale square"):
        marked = scene(Mark((0.3, 0), 40, look, 14))
        for draw in (to_plotly, lambda drawn: svg.drawing(drawn, WIDTH)):
            with pytest.raises(KeyError):
                draw(marked)


def test_present_mode_is_larger_in_all_its_px():
    marks = Mark((0.3, 0), 40, "open square", 14), Mark((0, -90), 40, "dashed star", 14)
    figure = to_plotly(scene(*marks), 1.45)
    assert figure["layout"]["height"] == round(HEIGHT * 1.45)
    assert figure["data"][0]["marker"]["size"] == pytest.approx(12 * 1.45)
    assert figure["layout"]["margin"]["l"] == 261
    plot = Plot(figure, WIDTH * 1.45)
    xs = [x for x, _ in plot.corners(plot.shapes[0])]
    assert (min(xs) + max(xs)) / 2 == pytest.approx(90 * 1.45, abs=0.5)


def test_what_stands_around_the_marks_is_no_part_of_the_figure_and_only_targets_answer():
    mark, ground = Mark((0.3, 0), 40, "solid square", 14), [Hatch((0.2, 0), (0.4, 0), 0, 300)]
    targets = [Target("a", "A\nB", Area((0.3, -12), (0.3, 12), 28, 52))]
    drawn = to_plotly(
        scene(mark, targets=targets, ground=ground, around=[mark], texts=[Text((0, 0), 9, words("A"))])
    )
    assert [trace["name"] for trace in drawn["data"]] == ["solid square", "targets"]
    assert drawn["layout"].keys() & {"shapes", "annotations", "images"} == {"shapes"}
    assert drawn["layout"]["shapes"] == []
    assert [trace["name"] for trace in drawn["data"] if trace.get("hoverinfo") != "skip"] == ["targets"]
    assert drawn["data"][-1]["customdata"] == ["a"]
    assert drawn["data"][-1]["hovertext"] == ["A<br>B"]


# ---- words ----


def test_hostile_words_stay_words_in_both():
    for text in ALL:
        hostile = scene(
            texts=[Text((0, 0), 20, ((Run(text), Run(text, "small", "soft", bold=True)),))],
            targets=[Target("a", text, Area((0.3, -12), (0.3, 12), 28, 52))],
        )
        for said in parsed(hostile, WIDTH).iter(f"{SVG}text"):
            assert "".join(said.itertext()).split() == text.split()
        (anchor,) = parsed(hostile, WIDTH, links={"a": Link(text, text)}).iter(f"{SVG}a")
        assert anchor.get("aria-label").split() == text.split()
        hover = to_plotly(hostile)["data"][0]["hovertext"][0].replace("<br>", " ")
        assert not re.search(r"[<>]", hover)
        assert html.unescape(hover).split()[:1] == text.split()[:1]


# ---- links ----


def test_an_address_is_one_link_around_all_its_areas_above_everything():
    areas = [Area((share, -12), (share, 12), 28, 52) for share in (0.2, 0.4, 0.6)]
    targets = [Target(address, "x", area) for address, area in zip("aba", areas, strict=True)]
    root = parsed(scene(targets=targets), WIDTH, links={"a": Link("#a", "A & B"), "b": Link("#b", "B")})
    first, second = root[-1]
    assert (first.get("href"), first.get("aria-label"), len(first)) == ("#a", "A & B", 2)
    assert (second.get("href"), len(second)) == ("#b", 1)
    assert {rect.get("fill-opacity") for rect in root.iter(f"{SVG}rect")} == {"0"}
    assert root.get("role") == "group", "an image would hide its links"
    assert not [*parsed(scene(targets=targets), WIDTH).iter(f"{SVG}a")]

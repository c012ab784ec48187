import re
from xml.etree import ElementTree

import pytest

from charts import theme
from charts.fonts import width
from charts.to_plotly import Drawn
from exports import figure_svg, svg
from exports.svg import Link

SVG = "{http://www.w3.org/2000/svg}"


def parsed(figure, width=1000, **more):
    text = figure_svg.document(figure, width, title="Title", description="Words", **more)
    return ElementTree.fromstring(text)


def figure(*, traces=(), shapes=(), annotations=()):
    """A figure for a width of 300 px: x from 0 to 10 inside margins of 100 px, y from 0 to 50 downwards."""
    layout = {
        "template": theme.template(),
        "height": 100,
        "margin": {"l": 100, "r": 100, "t": 50, "b": 0},
        "xaxis": {"range": [0, 10]},
        "yaxis": {"range": [50, 0]},
        "shapes": list(shapes),
        "annotations": list(annotations),
    }
    return Drawn(list(traces), layout, {})


def numbers(element, *names):
    return tuple(float(element.get(name)) for name in names)


# ---- places ----


def test_a_mark_stands_where_its_figure_puts_it():
    marker = {"symbol": "circle", "size": 8, "color": theme.INK["mute"], "line": {"width": 0}}
    root = parsed(figure(traces=[{"type": "scatter", "x": [5], "y": [10], "marker": marker}]), 300)
    (circle,) = root.iter(f"{SVG}circle")
    assert numbers(circle, "cx", "cy", "r") == (150, 60, 4)
    assert circle.get("fill") == theme.INK["mute"]


def test_shapes_in_pixels_hang_on_their_anchor():
    line = {"color": theme.INK["ink"], "width": 1}
    shape = {
        "type": "line", "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": -80, "x1": 0,
        "y0": 20, "y1": 20, "line": line,
    }  # fmt: skip
    path = {
        "type": "path", "path": "M-5,-5L5,-5L0,5Z", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 5,
        "yanchor": 10, "fillcolor": theme.INK["ink"], "line": {"width": 0},
    }  # fmt: skip
    root = parsed(figure(shapes=[shape, path]), 300)
    (drawn,) = root.iter(f"{SVG}line")
    assert numbers(drawn, "x1", "y1", "x2", "y2") == (20, 70, 100, 70)
    (drawn,) = root.iter(f"{SVG}path")
    assert drawn.get("d") == "M145,65L155,65L150,55Z"


def test_a_hatch_is_a_pattern_and_not_a_fill():
    pattern = {
        "shape": "/",
        "fgcolor": theme.INK["mute"],
        "bgcolor": theme.CLEAR,
        "solidity": 0.14,
        "size": 7,
    }
    bar = {
        "type": "bar", "x": [2], "width": [2], "base": [0], "y": [50],
        "marker": {"color": theme.CLEAR, "line": {"width": 0}, "pattern": pattern},
    }  # fmt: skip
    root = parsed(figure(traces=[bar]), 300, prefix="c")
    (rect,) = root.iter(f"{SVG}rect")
    assert numbers(rect, "x", "y", "width", "height") == (110, 50, 20, 50)
    assert rect.get("fill") == "url(#c-hatch)"
    assert root.find(f".//{SVG}pattern").get("id") == "c-hatch"


@pytest.mark.parametrize(
    ("anchor", "align", "x", "expected"),
    [("left", "left", 0, "start"), ("right", "right", 10, "end"), ("center", "center", 5, "middle")],
)
def test_words_are_anchored_as_in_the_figure(anchor, align, x, expected):
    note = {
        "text": "Words", "x": x, "y": 10, "xref": "x", "xanchor": anchor, "yanchor": "middle", "align": align,
        "font": {"size": 15, "color": theme.INK["ink"]},
    }  # fmt: skip
    root = parsed(figure(annotations=[note]), 300)
    (text,) = root.iter(f"{SVG}text")
    assert text.get("text-anchor") == expected
    (group,) = [g for g in root.iter(f"{SVG}g") if g.get("transform")]
    moved = float(re.search(r"translate\(([-\d.]+)", group.get("transform"))[1])
    at = float(text.find(f"{SVG}tspan").get("x"))
    assert moved + at == pytest.approx(100 + 10 * x + {"left": 2, "right": -2, "center": 0}[anchor], abs=0.02)


def test_the_small_markup_of_figures_becomes_spans():
    note = {
        "text": "<b>2022</b><br><span style='font-size:13px;color:#57534C'>7 &lt; 8</span>", "x": 0, "y": 10,
        "xref": "x", "xanchor": "left", "yanchor": "bottom", "align": "left",
        "font": {"size": 16, "color": theme.INK["ink"]},
    }  # fmt: skip
    root = parsed(figure(annotations=[note]), 300)
    lines = root.find(f".//{SVG}text").findall(f"{SVG}tspan")
    assert ["".join(line.itertext()) for line in lines] == ["2022", "7 < 8"]
    assert lines[0][0].get("font-weight") == "700"
    assert (lines[1][0].get("font-size"), lines[1][0].get("fill")) == ("13", theme.INK["soft"])
    assert float(lines[1].get("y")) - float(lines[0].get("y")) == pytest.approx(1.3 * 16)


INK = theme.INK["ink"]
NOTE = {"x": 0, "y": 0, "xref": "x", "xanchor": "left", "yanchor": "middle", "align": "left"}
NOTE |= {"font": {"size": 12, "color": INK}}


@pytest.mark.parametrize(
    "unknown",
    [
        {"traces": [{"type": "heatmap", "z": [[1]]}]},
        {
            "traces": [
                {"type": "scatter", "x": [1], "y": [1], "marker": {"symbol": "x", "size": 9, "color": INK}}
            ]
        },
        {
            "traces": [
                {"type": "bar", "x": [1], "y": [1], "base": [0], "width": [1], "marker": {"color": INK}}
            ]
        },
        {"shapes": [{"type": "path", "path": "M0,0C1,1 2,2 3,3", "line": {"width": 1}}]},
        {"annotations": [NOTE | {"text": "<i>slanted</i>"}]},
        {"annotations": [NOTE | {"text": "a", "textangle": 45}]},
    ],
    ids=["trace", "symbol", "filled bar", "curve", "markup", "angle"],
)
def test_what_cannot_be_drawn_is_an_error_and_not_a_gap(unknown):
    with pytest.raises(ValueError, match="no way to draw"):
        parsed(figure(**unknown))


# ---- the charts ----


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("scale", [1.0, 1.45])
def test_every_chart_can_be_drawn(made, narrow, scale):
    for slide in made:
        drawn = slide.chart.figure(
            slide.marks,
            slide.tables,
            slide.axis,
            narrow=narrow,
            scale=scale,
        )
        root = parsed(drawn, 360 if narrow else 1080 * scale)
        words = "".join(root.itertext())
        for note in drawn.layout["annotations"]:
            for part in re.split(r"<[^>]*>", note["text"]):
                assert svg.html.unescape(part).replace("  ", "\u00a0 ") in words


def test_every_mark_of_a_chart_is_one_link_with_a_name(made):
    for slide in made:
        links = {
            address: Link(f"#record-{address}", f"all about {address}") for address in slide.marks["address"]
        }
        root = parsed(slide.figure(), links=links)
        anchors = list(root.iter(f"{SVG}a"))
        targets = [anchor.get("href") for anchor in anchors]
        assert len(targets) == len(set(targets)) == slide.marks["address"].nunique(), slide.item
        assert {anchor.get("aria-label") for anchor in anchors} == {link.words for link in links.values()}
        assert root.get("role") == "group", "an image would hide its links"


def test_a_target_lies_on_the_mark_that_it_opens(made):
    slide = made[4]
    address = slide.marks["address"].iloc[0]
    root = parsed(slide.figure(), links={address: Link("#x", "x")})
    (anchor,) = root.iter(f"{SVG}a")
    left, top, wide, tall = numbers(anchor[0], "x", "y", "width", "height")
    squares = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("d").count("L") == 3]
    corners = [tuple(map(float, re.match(r"M([-\d.]+),([-\d.]+)", path).groups())) for path in squares]
    assert any(left <= x <= left + wide and top <= y <= top + tall for x, y in corners)


def test_a_chart_uses_the_colours_of_the_theme_alone(made):
    for slide in made:
        text = figure_svg.document(slide.figure(), 1000, title="t", description="d")
        used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) - {"none", "url(#chart-hatch)"}
        assert used <= set(theme.INK.values()), slide.item


def test_no_word_of_a_chart_leaves_the_picture(made):
    for slide in made:
        root = parsed(slide.figure(), 1080)
        for group in root.iter(f"{SVG}g"):
            if not (group.get("transform") or "").startswith("translate"):
                continue
            text = group.find(f"{SVG}text")
            x = float(re.match(r"translate\(([-\d.]+),", group.get("transform"))[1])
            if "rotate" in group.get("transform"):
                continue
            for line in text.findall(f"{SVG}tspan"):
                wide = width("".join(line.itertext()), float(text.get("font-size")))
                start = x + float(line.get("x"))
                start -= {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
                assert start >= -1, "".join(line.itertext())
                assert start + wide <= 1081, "".join(line.itertext())

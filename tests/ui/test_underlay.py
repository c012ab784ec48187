"""What is around the marks of a chart stands on the page as in its SVG: places, colours, words, frames."""

import json
import re
from dataclasses import replace
from itertools import product
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

import query
from charts import fonts, theme
from charts.axis import Axis
from charts.chart import chart
from charts.layout import PHONE, WIDE
from charts.scene import Area, Box, Frame, Hatch, Line, Mark, Polygon, Run, Scene, Text, x
from exports import svg
from tests.frozen import served
from tests.hostile import ALL
from ui.chart import drawing

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, TOP, WIDTH = 180, 36, 60, 845
ON_PAGE = list(product((WIDTH, 900), (1, 1.45)))  # px of the chart, and how much larger all is: presented
CODES = {f"var(--{name})": code for name, code in theme.INK.items()}
PLACES = {"x", "y", "width", "height", "cx", "cy", "d", "x1", "x2", "y1", "y2"}


def scene(**parts) -> Scene:
    """The parts between the margins of a card."""
    return Scene(LEFT, RIGHT, TOP, 420, WIDTH, **parts)


Letter = tuple[str, float, str, bool]  # with its size and look


class Painted(NamedTuple):
    """A shape: the corners of what it reaches over in px, and its look."""

    corners: list[float]
    look: dict[str, str]


class Words(NamedTuple):
    """A text: the middle of its block, px from line to line, and its letters."""

    place: list[float]
    lines: list[list[Letter]]
    side: str
    turned: bool
    ground: bool


# ---- the SVG ----


def of_svg(scene: Scene, width: float) -> tuple[list[Painted], list[Words]]:
    made = svg.drawing(replace(scene, shapes=[]), width)
    root = ElementTree.fromstring(svg.wrap(made, title="Title", description="Words").replace("\xa0", " "))[-1]
    shapes = [painted(part) for part in root if part.tag != f"{SVG}g"]
    return shapes, [of_group(part) for part in root if part.tag == f"{SVG}g"]


def painted(part: ElementTree.Element, left: float = 0, top: float = 0, k: float = 1) -> Painted:
    """A shape of SVG, `left` px from the edge and `top` px below it, `k` times as large."""
    at = {name: float(value) for name, value in part.items() if name in PLACES - {"d"}}
    look = {name: CODES.get(value, value) for name, value in part.items() if name not in PLACES}
    match part.tag.removeprefix(SVG):
        case "line":
            across, down = (at["x1"], at["x2"]), (at["y1"], at["y2"])
            if across[0] == across[1] or down[0] == down[1]:  # as the box that it covers
                half = float(look.pop("stroke-width")) / 2
                upright = across[0] == across[1]
                across = [min(across) - half * upright, max(across) + half * upright]
                down = [min(down) - half * (not upright), max(down) + half * (not upright)]
                look = {"fill": look["stroke"]}
        case "rect":
            across, down = (at["x"], at["x"] + at["width"]), (at["y"], at["y"] + at["height"])
        case "circle":
            across, down = (at["cx"],), (at["cy"],)
        case "path":
            across, down = zip(*re.findall(r"(-?[\d.]+),(-?[\d.]+)", part.get("d")), strict=True)
    return Painted([*(left + float(a) * k for a in across), *(top + float(b) * k for b in down)], look)


def of_group(group: ElementTree.Element) -> Words:
    x, y = map(float, re.match(r"translate\(([-\d.]+),([-\d.]+)\)", group.get("transform")).groups())
    size, color = float(group.get("font-size")), group.get("fill")
    lines: dict[float, list[Letter]] = {}
    for run in group.iter(f"{SVG}text"):
        line = lines.setdefault(float(run.get("y")), [])
        bold = run.get("font-weight") == "700"
        line += letters(run.text, float(run.get("font-size", size)), run.get("fill", color), bold)
    tops = list(lines)
    pitch = tops[1] - tops[0] if len(tops) > 1 else size * fonts.LINE
    side = {"start": "left", "middle": "center", "end": "right"}[group.get("text-anchor")]
    turned = group.get("transform").endswith("rotate(-90)")
    return Words([x, y, pitch], list(lines.values()), side, turned, group.find(f"{SVG}rect") is not None)


# ---- the page ----


class Page:
    """What a browser makes of the drawing of a scene: `width` px wide, and all of that `k` times as large."""

    def __init__(self, scene: Scene, width: float, k: float = 1):
        self.sent = json.loads(drawing(scene, k))
        self.k, self.inner = k, width * k - self.sent["left"] - self.sent["right"]
        under, frames = (
            ElementTree.fromstring(f"<p>{self.sent[part].replace('<br>', '<br/>')}</p>")
            for part in ("under", "frames")
        )
        self.shapes = [self.shape(part) for part in under if part.tag != "p"]
        self.words = [self.text(part) for part in under if part.tag == "p"]
        self.tags = [part.tag for part in under]
        self.frames = [(part.get("data-of"), self.box(part), style(part)) for part in frames]

    def px(self, length: str) -> float:
        """A length of CSS."""
        found = re.fullmatch(r"calc\((-?[\d.]+%) \+ (-?[\d.]+px)\)|(-?[\d.]+(?:px|%))", length)
        assert found, length
        parts = [part for part in found.groups() if part]
        return sum(
            float(part[:-1]) / 100 * self.inner if part[-1] == "%" else float(part[:-2]) for part in parts
        )

    def at(self, down: str) -> float:
        """px from the upper edge of the chart."""
        assert down.endswith("px"), "of nothing down the height is known"
        return self.sent["top"] + self.px(down)

    def box(self, part: ElementTree.Element) -> list[float]:
        css = style(part)
        left, top = self.sent["left"] + self.px(css["left"]), self.at(css["top"])
        return [left, left + self.px(css["width"]), top, top + self.px(css["height"])]

    def shape(self, part: ElementTree.Element) -> Painted:
        css = style(part)
        if part.tag == "i":
            if part.get("class") == "hatch":
                return Painted(self.box(part), {"fill": "url(#chart-hatch)"})
            return Painted(self.box(part), {"fill": CODES[css["background"]]})
        (inside,) = part
        assert not re.search(r"#\w", ElementTree.tostring(part, "unicode")), "a colour of both editions"
        assert float(css["scale"]) == pytest.approx(self.k)
        inside.tag = SVG + inside.tag
        return painted(inside, self.sent["left"] + self.px(css["left"]), self.sent["top"], self.k)

    def text(self, part: ElementTree.Element) -> Words:
        css, lines = style(part), [[]]
        for run in part:
            if run.tag == "br":
                lines.append([])
            else:
                of = style(run)
                size, bold = self.px(of["font-size"]), of.get("font-weight") == "700"
                lines[-1] += letters(run.text, size / self.k, CODES[of["color"]], bold)
        pitch = self.px(css["line-height"])
        wide = max(
            sum(fonts.width(words, size * self.k, bold=bold) for words, size, _, bold in line)
            for line in lines
        )
        across, down = (float(share[:-1]) / 100 for share in css["translate"].split())
        middle = self.sent["left"] + self.px(css["left"]) + (0.5 + across) * wide
        place = [middle, self.at(css["top"]) + (0.5 + down) * pitch * len(lines), pitch]
        assert css.get("rotate") in (None, "-90deg")
        return Words(place, lines, css["text-align"], "rotate" in css, "box-shadow" in css)


def letters(text: str | None, size: float, color: str, bold: bool = False) -> list[Letter]:
    return [(letter, size, color, bold) for letter in text or ""]


def style(part: ElementTree.Element) -> dict[str, str]:
    """The CSS of an element."""
    return dict(one.split(":") for one in part.get("style").rstrip(";").split(";"))


def inked(lines: list[list[Letter]]) -> list[list[Letter]]:
    """Without blanks: at the ends of a run and in a line of nothing else the SVG leaves them out."""
    without = ([letter for letter in line if letter[0] != " "] for line in lines)
    return [line for line in without if line]


def compare(scene: Scene, width: float, k: float = 1) -> None:
    """Every shape and text around the marks is on the page where it is in the SVG, and looks the same."""
    page, (shapes, texts) = Page(scene, width, k), of_svg(scene, width)
    for (corners, look), (expected, its) in zip(page.shapes, shapes, strict=True):
        assert [px / k for px in corners] == pytest.approx(expected, abs=0.6)
        assert look == its
    for words, expected in zip(page.words, texts, strict=True):
        assert [px / k for px in words.place] == pytest.approx(expected.place, abs=0.6)
        found = [[(letter, round(size, 1), *look) for letter, size, *look in line] for line in words.lines]
        assert inked(found) == inked(expected.lines)
        assert words[2:] == expected[2:]


# ---- places and looks ----

STRETCHES = (
    ((0.2, 0), (0.35, 0)), ((0.2, 3), (0.35, -2)), ((0, -LEFT), (1, RIGHT)), ((0.7, 3), (1, 30)),
    ((0, -90), (0, -10)), ((0.5, -7), (0.5, 7)),
)  # fmt: skip


@pytest.mark.parametrize(("width", "k"), ON_PAGE)
def test_rules_and_hatches_reach_as_far_as_in_the_svg(width, k):
    for x0, x1 in STRETCHES:
        ground = [Hatch(x0, x1, 0, 300), Line(x0, x1, 40, 40, "ink"), Line(x0, x0, 20, 90)]
        compare(scene(ground=ground, around=[Line(x0, x1, 330, 330, "soft", 5)]), width, k)


@pytest.mark.parametrize(("width", "k"), ON_PAGE)
def test_a_sign_of_the_key_looks_as_in_the_svg(width, k):
    looks = ("solid square", "open diamond", "dashed star", "mute dot", "crossed square", "open circle")
    for share, px in ((0.0, -90), (0.3, 11)):
        here, there = (share, px), (share, px + 14)
        around = [
            *(Mark(here, -40, look, 14) for look in looks),
            *(Box(here, there, -40, -20, "wash", "ink", dashed=dashed) for dashed in (False, True)),
            Box(here, there, -40, -20, "ink", opacity=0.4),
            Line(here, there, -40, -30, "mute", 1.2),
            Polygon(here, -40, ((-2, -7), (7, -7), (7, 2))),
        ]
        compare(scene(around=around), width, k)


@pytest.mark.parametrize(("width", "k"), ON_PAGE)
@pytest.mark.parametrize("more", [{}, {"ground": 3}, {"turned": True, "ground": 3}], ids=str)
def test_words_stand_around_their_place_as_in_the_svg_and_keep_their_looks(more, width, k):
    lines = ((Run("2022 ", bold=True), Run("soft", "small", "soft")), (Run("below", "year"),))
    sides = product(("left", "center", "right"), ("top", "middle", "bottom"))
    for side, sits in sides if "turned" not in more else [("center", "middle")]:
        for count in (1, 2):
            text = Text((0.4, 5), 100, lines[:count], side, sits, **more)
            compare(scene(texts=[text]), width, k)
    assert (
        f"box-shadow:0 0 0 {round(3 * k, 2)}px var(--paper);" in drawing(scene(texts=[text]), k) or not more
    )


def test_every_chart_has_around_its_marks_what_its_svg_has():
    """No layout makes a shape or a text that the page would put elsewhere."""
    tables = served().tables
    axis = Axis(query.axis_years(tables), query.coverage(tables))
    views = (tables, query.select(tables, query.View(q="no such word")))
    for name, shown, size in product(query.CHARTS, views, (WIDE, PHONE)):
        of = chart(name, shown, axis).scene(size)
        for width, k in ((of.width, 1), (of.width + 97, 1), (of.width, 1.45)):
            compare(of, width, k)


def test_what_is_painted_later_lies_on_what_is_painted_before():
    """Words on their slip of paper over signs, and those over hatches: as in the SVG, but for the marks."""
    text = Text((0, 0), 20, ((Run("A"),),), ground=3)
    parts = {
        "texts": [text],
        "around": [Mark((0, 0), 0, "solid square", 14)],
        "ground": [Hatch(*STRETCHES[0], 0, 9)],
    }
    assert Page(scene(**parts), WIDTH).tags == ["i", "svg", "p"]


def test_the_marks_are_drawn_by_plotly_alone_and_stand_in_the_same_margins():
    drawn = json.loads(drawing(scene(shapes=[Mark((0.3, 0), 40, "solid square", 14)]), 1.45))
    assert (drawn["under"], drawn["frames"]) == ("", "")
    assert len(drawn["figure"]["data"]) == 1
    margin, axis = drawn["figure"]["layout"]["margin"], drawn["figure"]["layout"]["yaxis"]
    assert (drawn["left"], drawn["right"]) == (margin["l"], margin["r"])
    assert drawn["top"] == pytest.approx(-axis["range"][1] * 1.45)


# ---- words ----


def test_hostile_words_stay_words():
    for words in ALL:
        runs = (Run(words), Run(words, "small", "soft", bold=True))
        page = Page(scene(texts=[Text((0, 0), 20, (runs,))]), WIDTH)
        (line,) = page.words[0].lines
        assert "".join(letter for letter, *_ in line) == 2 * words


def test_a_text_without_words_is_not_written():
    assert Page(scene(texts=[Text((0, 0), 20, ()), Text((0, 0), 20, ((),))]), WIDTH).words == []


# ---- frames ----


@pytest.mark.parametrize(("width", "k"), ON_PAGE)
def test_a_frame_stands_around_its_area_on_every_width_for_each_of_its_addresses(width, k):
    ends = (0.2, -10), (0.35, 10)
    of = scene(frames=[Frame(("a.2021", 'b"<'), Area(*ends, 50, 70))])
    ((addresses, box, css),) = Page(of, width, k).frames
    assert addresses.split() == ["a.2021", 'b"<']
    half = float(css["border-width"].removesuffix("px")) / 2
    assert half == k
    inner = [box[0] + half, box[1] - half, box[2] + half, box[3] - half]
    expected = [*(x(place, of, width) for place in ends), TOP + 50, TOP + 70]
    assert [px / k for px in inner] == pytest.approx(expected, abs=0.6)

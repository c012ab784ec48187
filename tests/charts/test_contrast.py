"""What is drawn can be told from what it is drawn on, in both editions and by every kind of sight.

Nothing is assumed about what stands where: the parts of each picture are read in the order in which they are
painted, and what lies under a part is the last part before it that covers the place.

Not judged, because no information is lost without them: the hairlines between rows and columns (`rule`),
which only guide the eye, and the pale end of a fade, whose strong end is judged.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

import pytest

import query
from charts import theme
from charts.chart import chart
from charts.layout import PHONE, WIDE
from charts.scene import Box, Hatch, Line, Mark, Run, Scene, Text, sign
from docs.documents import DRAWN, SIGHT, contrast
from loaders import ROOT
from tests.charts.conftest import bars, changed
from tests.charts.places import Point, Rect, around, corners_of, text_of

EDITIONS = {"light": theme.INK, "dark": theme.NIGHT}
NEEDED = {"text": 4.5, "mark": 3.0}  # WCAG 2.1, 1.4.3 and 1.4.11
WIDTHS = {WIDE: 948, PHONE: 366}  # px of the chart in a window of 1440, and in one of 390
HATCH = "hatch"
PALE = 0.8  # opacity; a fade begins at 0.85


class Part(NamedTuple):
    """A part of a picture and what lies around it, both as names of the theme."""

    use: str  # text or mark
    front: str
    ground: str
    example: str = ""

    def contrast(self, edition: str, sight: str) -> float:
        """As seen. A mark on a hatch is judged on paper, most of what a hatch is; text must not lie there."""
        colours = EDITIONS[edition]
        if self.ground == HATCH and self.use == "text":
            return 0
        return contrast(colours[self.front], colours["paper" if self.ground == HATCH else self.ground], sight)


class Area:
    """What a part covers, corner by corner, and the colour that it leaves there."""

    def __init__(self, corners: list[Point], colour: str):
        self.colour = colour
        self.sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
        self.rect = around(corners)

    def covers(self, point: Point) -> bool:
        (x, y), inside = point, False
        if self.rect.left <= x <= self.rect.right and self.rect.top <= y <= self.rect.bottom:
            for (x0, y0), (x1, y1) in self.sides:
                if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                    inside = not inside
        return inside


# ---- reading a picture ----


def parts_of(scene: Scene, width: float) -> list[Part]:
    """Every part of a picture before its grounds, and the label that appears on hovering."""
    areas: list[Area] = []
    found = []
    for shape in (*scene.ground, *scene.shapes, *scene.around):
        found += _shape(shape, corners_of(shape, scene, width), areas)
    for text in scene.texts:
        found += _text(text, scene, width, areas)
    hover = theme.template()["layout"]["hoverlabel"]
    names = {code: name for name, code in theme.INK.items()}
    ground = names[hover["bgcolor"]]
    found.append(Part("text", names[hover["font"]["color"]], ground, "label on hovering"))
    found.append(Part("mark", names[hover["bordercolor"]], ground, "edge of the label on hovering"))
    return found


def _inks(shape) -> tuple[str, str]:
    """Fill and stroke, empty where there is none."""
    match shape:
        case Hatch():
            return HATCH, ""
        case Line():
            return "", shape.color
        case Mark():
            drawn = sign(shape.look, shape.size)
            return drawn.fill, drawn.stroke
        case _:
            return shape.fill, getattr(shape, "stroke", "")


def _shape(shape, corners: list[Point], areas: list[Area]) -> Iterator[Part]:
    """How a mark, a bar or a line stands out. Adds what it covers."""
    fill, stroke = _inks(shape)
    if getattr(shape, "opacity", 1) < PALE or stroke == "rule":
        return
    ground = Counter(_under(areas, _rim(corners))).most_common(1)[0][0]
    if fill == HATCH:
        yield Part("mark", "mute", ground, str(shape))
    elif not fill:
        yield Part("mark", stroke, ground, str(shape))
    else:
        outer = fill if stroke in ("", ground) else stroke  # a halo of paper is seen as no edge
        if outer != "paper" or ground not in ("paper", HATCH):  # else it wipes away, and is not to be seen
            yield Part("mark", outer, ground, str(shape))
        if stroke not in ("", fill):
            yield Part("mark", stroke, fill, str(shape))
    if fill:
        areas.append(Area(corners, fill))


def _text(text: Text, scene: Scene, width: float, areas: list[Area]) -> Iterator[Part]:
    """How the words of a text stand out, line by line. Adds its paper, if it has any."""
    block = text_of(text, scene, width)
    if text.ground:
        left, top, right, bottom = block
        grown = Rect(left - text.ground, top - text.ground, right + text.ground, bottom + text.ground)
        areas.append(Area(grown.corners, "paper"))
    for number, line in enumerate(text.lines):
        one = text_of(text._replace(lines=(line,)), scene, width)
        along = (one.left, one.right) if not text.turned else (one.top, one.bottom)
        start, end = (block.top, block.bottom) if not text.turned else (block.left, block.right)
        middle = start + (number + 0.5) * (end - start) / len(text.lines)
        places = [(along[0] + part * (along[1] - along[0]), middle) for part in (0.02, 0.25, 0.5, 0.75, 0.98)]
        grounds = set(_under(areas, [place[::-1] if text.turned else place for place in places]))
        for ground, run in product(grounds, line):
            yield Part("text", run.color, ground, run.text)


def _under(areas: list[Area], points: list[Point]) -> list[str]:
    return [
        next((area.colour for area in reversed(areas) if area.covers(point)), "paper") for point in points
    ]


def _rim(corners: list[Point], gap: float = 1.5) -> list[Point]:
    """Points `gap` px outside of the corners of a part and of the middles of its sides."""
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    middle = [sum(values) / len(corners) for values in zip(*corners, strict=True)]
    result = []
    for x, y in [*corners, *(((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in sides)]:
        dx, dy = x - middle[0], y - middle[1]
        length = (dx**2 + dy**2) ** 0.5 or 1
        result.append((x + gap * dx / length, y + gap * dy / length))
    return result


# ---- the pictures ----


@pytest.fixture(scope="session")
def pictures(tables, axis) -> list[tuple[float, Scene]]:
    """px and scene of each chart: of all rows, of bars and of none, on a card and on a phone."""
    bare = {name: rows.iloc[:0] for name, rows in tables.items() if "label" not in rows}
    views = (tables, changed(tables, threats=bars()), {**tables, **bare})
    made = [chart(name, shown, axis) for name, shown in product(query.CHARTS, views)]
    return [(width, one.scene(size)) for one in made for size, width in WIDTHS.items()]


@pytest.fixture(scope="session")
def parts(pictures) -> dict[tuple, Part]:
    """What is drawn on what, each once."""
    return {part[:3]: part for width, scene in pictures for part in parts_of(scene, width)}


# ---- contrast ----


def test_text_has_a_contrast_of_4_5_and_a_mark_one_of_3(parts):
    """In both editions and for every kind of sight."""
    seen = {(*each, each[2].contrast(*each[:2])) for each in product(EDITIONS, SIGHT, parts.values())}
    assert [each for each in seen if each[3] < NEEDED[each[2].use]] == []


def test_everything_that_is_drawn_is_among_what_is_judged(parts):
    assert {
        ("text", "ink", "paper"),  # names and numbers
        ("text", "soft", "paper"),  # second text; on a hatch too, where it lies on a slip of paper
        ("mark", "ink", "paper"),  # marks, outlines
        ("mark", "soft", "paper"),  # which source speaks about which year
        ("mark", "mute", "paper"),  # dots and hatches
        ("mark", "paper", "ink"),  # the dot in a filled square, the inside of a hollow one
        ("mark", "ink", HATCH),  # a bar over a year without a source
    } <= parts.keys()


def test_the_statement_on_accessibility_names_every_colour_that_charts_draw(parts):
    for part in parts.values():
        if part.ground == "paper":
            _, grounds, needed = DRAWN[part.front]
            assert "paper" in grounds
            assert needed >= NEEDED[part.use], part


def test_words_on_a_hatch_or_on_a_mark_would_be_found():
    scene = Scene(height=200, width=400)
    scene.ground.append(Hatch((0, 0), (1, 0), 0, 100))
    scene.shapes.append(Box((0, 0), (1, 0), 100, 200, "ink"))
    for words, y, ground in (("over the hatch", 50, 0), ("over the bar", 150, 0), ("on a slip", 80, 3)):
        scene.texts.append(Text((0.5, 0), y, ((Run(words),),), "center", ground=ground))
    found = {part.example: part for part in parts_of(scene, 400)}
    grounds = [found[words].ground for words in ("over the hatch", "over the bar", "on a slip")]
    assert grounds == [HATCH, "ink", "paper"]
    assert found["over the hatch"].contrast("light", "normal") == 0
    assert found["over the bar"].contrast("light", "normal") == 1


def test_what_is_selected_in_the_ribbon_can_be_read_and_its_frame_is_seen_on_paper():
    css = (ROOT / "ui" / "look.css").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    picked = "".join(body for head, body in rules if ".choice[aria-current]" in head)
    (ground,), (front,) = (
        set(re.findall(rf"{what}: *var\(--(\w+)\)", picked)) for what in ("background", "(?<!-)color")
    )
    frame = re.search(r"\.frame \{[^}]*var\(--(\w+)\)", css)[1]
    for colours, sight in product(EDITIONS.values(), SIGHT):
        assert contrast(colours[front], colours[ground], sight) >= 4.5
        assert contrast(colours[frame], colours["paper"], sight) >= 3
    assert close("accent", "ink"), "so a frame says what is selected, and no colour"


# ---- what is told apart ----


def close(a: str, b: str) -> bool:
    """Whether some eye, in some edition, sees too little difference between two colours."""
    return any(contrast(colours[a], colours[b], s) < 3 for colours in EDITIONS.values() for s in SIGHT)


def forms(scene: Scene, width: float) -> dict[str, set[tuple]]:
    """The forms in which each colour is drawn: kind, px across and down, of a line only how thick."""
    result = defaultdict(set)
    for shape in (*scene.ground, *scene.shapes, *scene.around):
        left, top, right, bottom = around(corners_of(shape, scene, width))
        size = (shape.width,) if isinstance(shape, Line) else (right - left, bottom - top)
        for colour in _inks(shape):
            result[colour].add((type(shape).__name__, *(round(px) for px in size)))
    return result


def test_marks_whose_colours_are_close_differ_in_form(pictures):
    # the accent is close to ink too: it frames what is selected, and is no colour of a mark
    near = [pair for pair in combinations(("ink", "soft", "mute"), 2) if close(*pair)]
    for width, scene in pictures:
        of = forms(scene, width)
        assert [pair for pair in near if of[pair[0]] & of[pair[1]]] == []

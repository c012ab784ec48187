"""Where marks and words stand: for all charts, views and sizes at once.

Nothing is asked of a layout but what it hands over: shapes, words, targets and frames, here in px.
"""

from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise

import pytest

import query
from charts.axis import Axis
from charts.chart import Chart, chart
from charts.grid import COUNTED
from charts.layout import NARROWEST
from charts.plan import Plan
from charts.scene import Box, Hatch, Line, Mark, Polygon, x
from charts.threats import FEW
from query.coverage import Coverage
from tests import hostile
from tests.charts.conftest import (
    SIZES,
    WITH_YEARS,
    bars,
    changed,
    emptied,
    event,
    number,
    paired,
    paper,
    said,
    seat,
    statements,
    term,
    threat,
    words,
)
from tests.charts.places import Rect, area_of, mark_of, overlapping, text_of
from tests.frozen import served

TABLES = served().tables
YEARS = query.axis_years(TABLES)
ALL_YEARS = Axis(YEARS, query.coverage(TABLES))


# ---- views ----


def view(**filters) -> tuple[dict, Axis]:
    """Tables and axis that a page gives to its charts."""
    chosen = query.View(**filters)
    tables = query.select(TABLES, chosen)
    return tables, Axis(chosen.years or YEARS, query.coverage(tables))


def dense(count: int) -> dict:
    """Statements, documents and other matters, so many in one cell."""
    papers = [paper(f"d{n}") for n in range(count)]
    return changed(TABLES, threats=statements(0, count), documents=papers, document_counts=[number("n", 15)])


def long() -> tuple[dict, Axis]:
    """Twelve years, of which sources cover three."""
    years = tuple(range(2013, 2025))
    rows = [threat(n, year=year) for n, year in enumerate(years)]
    held = [event(f"e{n}", f"{year}-06-10") for n, year in enumerate(years)]
    seats = [seat(one["id"], "ARM", "present", year=one["year"]) for one in held]
    terms = [term(f"c{year}", str(year), str(year)) for year in years]
    papers = [paper(f"d{n}", event=one["id"], year=one["year"]) for n, one in enumerate(held)]
    rows = changed(
        TABLES, threats=rows, events=held, attendance=seats, chairmanships=terms, documents=papers,
        document_counts=[number(f"n{one['id']}", 15, event=one["id"], year=one["year"]) for one in held],
    )  # fmt: skip
    return rows, Axis(years, query.coverage(TABLES))


def milestone() -> tuple[dict, Axis]:
    """One event before the axis, and nothing else."""
    events = changed(TABLES, events=[event("m", "1992-05-15", kind="milestone")])["events"]
    return query.Selection({**emptied(TABLES), "events": events}, whole=TABLES), ALL_YEARS


def wordy() -> tuple[dict, Axis]:
    """Very long words, and some that are meant to break something, in every text that a chart shows."""
    tables = dict(TABLES)
    for one, (table, column) in enumerate(
        (
            ("categories", "label"), ("states", "name"), ("people", "name"), ("bodies", "name"),
            ("events", "title"), ("events", "place"), ("documents", "title"), ("threats", "summary"),
            ("chairmanships", "motto"), ("sources", "publisher"), ("sources", "title"),
            ("paragraphs", "reason"), ("document_counts", "verb"),
        )
    ):  # fmt: skip
        text = ("Donaudampfschifffahrtsgesellschaftskapitän " * 3, " ".join(hostile.ALL))[one % 2][:400]
        tables[table] = tables[table].assign(**{column: text})
    long = "Donaudampfschifffahrtsgesellschaft " * 3
    return tables, Axis(YEARS, tuple(one._replace(label=long) for one in ALL_YEARS.coverage))


VIEWS = {
    "all": lambda: view(),
    "one year": lambda: view(years=(2023,)),
    "two years": lambda: view(years=(2020, 2024)),
    "a year without a source": lambda: view(years=(2021,)),
    "one party and speaker": lambda: view(states=("ARM",), speakers=("lukashenko",)),
    "twelve years": long,
    "no rows": lambda: (emptied(TABLES), ALL_YEARS),
    "left out": lambda: (
        view(years=(2022,))[0], replace(ALL_YEARS, left_out=frozenset({2020, 2023, 2024}))
    ),
    "thirty in a cell": lambda: (dense(30), ALL_YEARS),
    "bars": lambda: (changed(TABLES, threats=bars()), ALL_YEARS),
    "long words": wordy,
    "a milestone alone": milestone,
}  # fmt: skip


# ---- what is read ----


scene_of = cache(Chart.scene)  # on another width it is the same


class Picture:
    """A chart laid out, on a width: its parts with their places in px, each read once."""

    def __init__(self, made: Chart, size: str, width: float = 0, shown: str = ""):
        self.grid, self.size, self.name = made.grid, size, f"{shown}, {size}"
        self.scene = scene_of(made, SIZES[size])
        self.width = width or self.scene.width
        self.inner = self.width - self.scene.left - self.scene.right
        self.said = [words(text) for text in self.scene.texts]
        self.told = Plan(made.grid, SIZES[size]).told  # each item has a line of its own
        self.cells = [cell for row in self.grid.rows for cell in row.cells.values()]

    def area(self, part) -> Rect:
        return area_of(part, self.scene, self.width)

    def at(self, columns: float) -> float:
        """px of a place in columns."""
        return self.scene.left + columns / self.grid.width * self.inner

    def middle(self, column) -> float:
        return self.at(self.grid.places[column.key] + 0.5)

    def of_plot(self, kind: type) -> list:
        """Its shapes of a kind, without those of the key and the strip of the sources."""
        return [shape for shape in self.scene.shapes if isinstance(shape, kind)]

    @cached_property
    def signs(self) -> list[tuple[Mark, Rect]]:
        """The marks, without the dots on some."""
        return [(m, mark_of(m, self.scene, self.width)) for m in self.of_plot(Mark) if m.size > 5]

    @cached_property
    def bars(self) -> list[Rect]:
        return [self.area(box) for box in self.of_plot(Box) if box.opacity == 1]

    @cached_property
    def texts(self) -> list[tuple[str, Rect]]:
        places = (text_of(text, self.scene, self.width) for text in self.scene.texts)
        return list(zip(self.said, places, strict=True))

    @cached_property
    def targets(self) -> list[tuple[str, Rect]]:
        return [(target.address, self.area(target.area)) for target in self.scene.targets]

    @cached_property
    def frames(self) -> dict[str, Rect]:
        """address -> its frame."""
        return {name: self.area(frame.area) for frame in self.scene.frames for name in frame.addresses}

    @cached_property
    def hatches(self) -> list[Rect]:
        return [self.area(shape) for shape in self.scene.ground if isinstance(shape, Hatch)]

    @cached_property
    def bands(self) -> list[tuple[float, float]]:
        """From where to where each row reaches down: between the lines over the whole width."""
        lines = [shape for shape in self.scene.ground if isinstance(shape, Line) and shape.y0 == shape.y1]
        widths = [rect.right - rect.left for rect in map(self.area, lines)]
        ys = {line.y0 for line, wide in zip(lines, widths, strict=True) if wide >= 0.99 * max(widths)}
        return list(pairwise(sorted(ys)[len(ys) - len(self.grid.rows) - 1 :]))


@cache
def rows_of(shown: str) -> tuple[dict, Axis]:
    return VIEWS[shown]()


@cache
def made(topic: str, shown: str) -> Chart:
    tables, axis = rows_of(shown)
    return chart(topic, paired(topic, tables), axis)


@cache
def picture(topic: str, shown: str, size: str, width: float = 0) -> Picture:
    return Picture(made(topic, shown), size, width, shown)


def pictures_of(*topics: str, views=VIEWS, sizes=SIZES) -> list[Picture]:
    return [picture(topic, shown, size) for topic in topics for shown in views for size in sizes]


@pytest.fixture
def pictures(name) -> list[Picture]:
    """Every view of a chart in every size: each test walks over all."""
    return pictures_of(name)


# ---- marks ----


def test_no_two_marks_overlap(pictures):
    assert [(one.name, pair) for one in pictures for pair in overlapping(one.signs)] == []


def test_squares_do_not_touch_on_the_narrowest_phone(name):
    for shown in ("all", "thirty in a cell"):
        signs = picture(name, shown, "phone", NARROWEST).signs
        squares = [(mark, rect) for mark, rect in signs if mark.look.endswith("square")]
        assert overlapping(squares, by=-1.5) == []


def test_every_mark_stands_in_the_row_and_column_of_its_record(pictures):
    for one in pictures:
        grid, frames = one.grid, one.frames
        for row, (top, bottom) in zip(grid.rows, one.bands, strict=True):
            for column, cell in row.cells.items():
                left, right = one.at(grid.places[column]), one.at(grid.places[column] + 1)
                for item in cell.items:
                    if SIZES[one.size].narrow and item.figure:  # they stand one under another, over the width
                        left, right = one.at(0), one.at(grid.width)
                    across, down = frames[item.address].middle
                    assert left <= across <= right, (one.name, item)
                    assert top <= down <= bottom, (one.name, item)
            for span in row.spans:
                across, down = frames[span.item.address].middle
                assert top <= down <= bottom, (one.name, span)
                run = grid.axis.run
                start, end = (one.at((year - run[0]) / len(run) * grid.width) for year in (span.x0, span.x1))
                assert start - 12 <= across <= end + 12, (one.name, span)


@pytest.mark.parametrize("topic", ["threats", "speakers", "overview"])
def test_squares_end_in_their_own_year_however_many_years_there_are(topic):
    for count in (4, 6, 7, 12):
        years = tuple(range(2013, 2013 + count))
        threats = [one for n, year in enumerate(years) for one in statements(9 * n, 9, year=year)]
        tables = paired(topic, changed(TABLES, threats=threats))
        one = Picture(chart(topic, tables, Axis(years, query.coverage(TABLES))), "wide")
        for row in one.grid.rows:
            for column, cell in row.cells.items():
                edge = one.at(one.grid.places[column] + 1)
                ends = [one.frames[item.address].middle[0] + SIZES["wide"].mark / 2 for item in cell.items]
                assert max(ends) <= edge, (count, column)


def test_squares_stand_in_the_order_of_their_cell_line_by_line(pictures):
    for one in pictures:
        for cell in one.cells:
            if not (one.grid.crowded and cell.whole) and not any(item.figure for item in cell.items):
                places = [one.frames[item.address].middle for item in cell.items]
                rounded = [(round(down), round(across)) for across, down in places]
                assert rounded == sorted(rounded), one.name


def test_a_sign_that_is_inferred_carries_a_dot_in_its_middle_and_no_other_does(name):
    for one in pictures_of(name, views=("all", "one year")):
        inferred = {i.address for i in one.grid.records if i.inferred and not i.figure}
        small = [mark for mark in one.of_plot(Mark) if mark.size <= 5]
        assert len(small) == len(inferred), one.name
        dots = [(x(mark.x, one.scene, one.width), mark.y) for mark in small]
        for address in inferred:
            across, down = one.frames[address].middle
            assert any(abs(across - a) + abs(down - b) < 0.1 for a, b in dots), (one.name, address)


BARS = ("threats", "speakers", "overview")


def test_bars_share_one_scale_threats_are_solid_and_actions_open_and_each_says_its_number():
    for one in pictures_of("threats", "speakers", views=["bars"]):
        px = {"paper": [], "ink": []}
        for box in one.of_plot(Box):
            area = one.area(box)
            px[box.fill].append(area.right - area.left)
        most = px["paper"][0]
        assert px["paper"] == pytest.approx([most, most / 2, most * 3 / 200, most / 200])
        assert px["ink"] == pytest.approx([most * 3 / 4, 0, most * 3 / 200, most / 200])
        assert {"200", "100", "3", "1"} <= set(one.said), one.name


def test_the_key_says_when_squares_become_bars_and_only_then():
    for shown, count in (("bars", 1), ("all", 0)):
        for one in pictures_of(*BARS, views=[shown]):
            assert said(one.scene).count("more than 40 squares in one place, so bars") == count


def test_the_number_of_a_bar_stands_before_the_next_column_on_the_narrowest_page():
    for topic in BARS:
        for one in (picture(topic, "bars", "wide"), picture(topic, "bars", "phone", NARROWEST)):
            end = one.at(one.grid.places[2023] + 1)
            numbers = [rect for text, rect in one.texts if text == "200" and 0 < rect.left < end]
            assert numbers
            assert all(rect.right <= end for rect in numbers if rect.top > 0)


def test_a_name_of_very_many_words_ends_in_an_ellipsis_and_makes_no_endless_row(name):
    for one in pictures_of(name, views=["long words"]):
        assert max(bottom - top for top, bottom in one.bands) < 600, one.name
        assert "…" in "".join(one.said), one.name


@pytest.mark.parametrize("count", [COUNTED, COUNTED + 1])
@pytest.mark.parametrize("topic", ["threats", "speakers", "overview"])
def test_a_cell_of_more_squares_than_one_counts_says_its_number_beside_them(topic, count):
    tables = changed(TABLES, threats=statements(0, count) + statements(50, FEW, year=2020))
    for size in SIZES:
        one = Picture(chart(topic, tables, ALL_YEARS), size)
        numbers = [rect for text, rect in one.texts if text == str(count)]
        # as far to the left as a square ends that stands at most 24 px before them
        near = [
            number
            for number in numbers
            for _, square in one.signs
            if abs(number.left - square.right) < 24
            and number.meets(square._replace(left=number.left, right=number.right))
        ]
        assert bool(near) == (count > COUNTED)


def test_what_fades_is_drawn_in_steps_that_grow_fainter_towards_the_open_side():
    for start, end, sign in (("2024-01-01", "", 1), ("", "2020-12-31", -1)):
        rows = changed(TABLES, chairmanships=[term("t", start, end)], events=[])
        for size in SIZES:
            one = Picture(chart("chairmanship", rows, ALL_YEARS), size)
            steps = [box for box in one.of_plot(Box) if box.opacity < 1]
            assert len(steps) >= 5
            outwards = sorted(steps, key=lambda box: sign * one.area(box).left)
            assert [box.opacity for box in outwards] == sorted((box.opacity for box in steps), reverse=True)


# ---- all is in the picture ----


def test_everything_stands_inside_the_picture(pictures):
    for one in pictures:
        whole = Rect(0, -one.scene.top, one.width, one.scene.height - one.scene.top)
        shapes = (*one.scene.ground, *one.scene.shapes, *one.scene.around)
        shapes = [shape for shape in shapes if not isinstance(shape, Polygon)]
        parts = [
            *((s, mark_of(s, one.scene, one.width) if isinstance(s, Mark) else one.area(s)) for s in shapes),
            *one.texts, *one.targets, *one.frames.items(),
        ]  # fmt: skip
        assert [(one.name, part) for part, rect in parts if not whole.holds(rect, by=1)] == []


@pytest.mark.parametrize("width", [NARROWEST, 366, 770])
def test_words_and_frames_end_inside_the_page_on_every_width_of_a_phone(name, width):
    for shown in VIEWS:
        one = picture(name, shown, "phone", width)
        for part, rect in (*one.texts, *one.frames.items()):
            assert -1 <= rect.left <= rect.right <= width + 1, (shown, part)


def test_words_stand_clear_of_one_another_and_of_marks(pictures):
    for one in pictures:
        told = one.texts
        if one.name == "long words, phone":  # there a name of many lines covers what stands on end
            upright = [not text.turned for text in one.scene.texts]
            told = [text for text, stands in zip(told, upright, strict=True) if stands]
        shapes = [("", rect) for rect in (*(rect for _, rect in one.signs), *one.bars)]
        assert [pair for pair in overlapping([*told, *shapes], by=1.5) if any(pair)] == [], one.name


# ---- targets and frames ----


def test_every_item_of_the_grid_has_a_target_that_says_its_label_and_nothing_else_has_one(pictures):
    for one in pictures:
        labels = {target.address: target.label for target in one.scene.targets}
        items = one.grid.items
        if SIZES[one.size].narrow and not one.told:
            cells = [cell for cell in one.cells if cell.whole and cell.items]
            inside = {item.address for cell in cells for item in cell.items if item is not cell.whole}
            items = [cell.whole for cell in cells] + [item for item in items if item.address not in inside]
        first = {item.address: item.label for item in reversed(items)}
        assert labels == first, one.name


def test_a_target_is_at_least_24_px_wide_and_high_on_a_wide_card(name):
    many = name in ("threats", "speakers", "attendance", "documents")
    for one in pictures_of(name, sizes=("wide", "slide")):
        for address, rect in one.targets:
            if not many or "twelve years" not in one.name:
                assert rect.right - rect.left >= 23.9, (one.name, address)
            assert rect.bottom - rect.top >= 23, (one.name, address)


@pytest.mark.parametrize("topic", ["threats", "speakers", "attendance", "overview"])
def test_on_a_phone_a_cell_of_squares_is_one_target_for_a_finger(topic):
    one = picture(topic, "all", "phone", NARROWEST)
    targets = dict(one.targets)
    for row, (top, bottom) in zip(one.grid.rows, one.bands, strict=True):
        for column, cell in row.cells.items():
            target, place = targets[cell.whole.address], one.grid.places[column]
            assert target == pytest.approx((one.at(place), top, one.at(place + 1), bottom))
            assert min(target.right - target.left, target.bottom - target.top) >= 24


def test_on_a_phone_a_cell_opens_its_only_record_or_lists_all_of_them():
    many = statements(50, FEW, year=2020)
    rows = changed(TABLES, threats=[threat(1), threat(2), threat(3, year=2022), *many])
    of = chart("threats", rows, ALL_YEARS).scene(SIZES["phone"])
    labels = {target.address: target.label for target in of.targets}
    assert labels.keys() == {"t3", "terrorism_extremism.2023", "terrorism_extremism.2020"}
    said = labels["terrorism_extremism.2023"]
    assert said.startswith("Terrorism and extremism, 2023: 2 statements\n2 threats")


def test_a_click_on_the_middle_of_a_mark_opens_it(pictures):
    for one in pictures:
        areas = {}
        for address, area in one.targets:
            areas.setdefault(address, []).append(area)
        for frame in one.scene.frames:
            across, down = one.area(frame.area).middle
            point = Rect(across, down, across, down)
            opening = [area for address in frame.addresses for area in areas.get(address, ())]
            assert not opening or any(area.holds(point) for area in opening), (one.name, frame)


def test_no_two_targets_overlap(pictures):
    for one in pictures:
        assert overlapping(one.targets, by=4 if one.grid.timed else 1) == [], one.name


def test_however_many_sessions_there_are_each_keeps_to_its_column():
    held = [event(f"e{n}", f"2022-{1 + n % 12:02}-10") for n in range(40)]
    seats = [seat(one["id"], "ARM", "present", year=2022) for one in held]
    of = chart("attendance", changed(TABLES, events=held, attendance=seats), ALL_YEARS)
    drawn = {item.address for item in of.grid.items}
    assert len(drawn) + len(of.grid.left_out) == len(held)
    for size, narrowest in (("wide", SIZES["wide"].page), ("phone", NARROWEST)):
        one = Picture(of, size, narrowest)
        assert {address for address, _ in one.targets} >= drawn
        assert overlapping(one.targets, by=1) == []
        assert overlapping(one.signs, by=1) == []


def test_a_frame_surrounds_the_mark_that_it_selects(pictures):
    for one in pictures:
        drawn = [*(rect for _, rect in one.signs), *one.bars]
        numbers = [rect for _, rect in one.texts]
        for area in set(one.frames.values()):
            assert any(area.holds(rect, by=1) for rect in (*drawn, *numbers)), (one.name, area)
            cut = [rect for rect in drawn if area.meets(rect, by=2) and not area.holds(rect, by=1)]
            assert not cut or one.grid.timed, (one.name, area)


def test_everything_that_can_be_selected_has_a_frame(pictures):
    for one in pictures:
        wholes = [cell.whole for cell in one.cells if cell.whole and len(cell.items) > 1]
        items = (*one.grid.items, *one.grid.records, *wholes)
        assert one.frames.keys() >= {item.address for item in items}, one.name


def test_a_record_inside_a_bar_is_framed_with_its_bar():
    for topic, bar in (("threats", "terrorism_extremism.2023"), ("speakers", "t0")):
        for one in pictures_of(topic, views=["bars"]):
            (frame,) = [frame for frame in one.scene.frames if "t7" in frame.addresses]
            assert frame.addresses[0] == bar


# ---- silence ----


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_a_year_without_a_source_is_hatched_and_said_once_and_another_is_not(topic):
    assert query.UNCOVERED == "no source reports an event held in this year"
    for one in pictures_of(topic):
        columns, uncovered = one.grid.columns, one.grid.axis.uncovered
        silent = [column for column in columns if column.year in uncovered and column.hatched]
        assert bool(one.hatches) == bool(silent), one.name
        times = said(one.scene).count(query.UNCOVERED)
        if silent:
            assert times in (1, len(silent)), "in each hatch, or once in the key"
        elif not uncovered:
            assert not times, one.name
        for column in columns:
            over = [rect for rect in one.hatches if rect.left < one.middle(column) < rect.right]
            assert bool(over) == column.hatched, (one.name, column)


def test_words_that_stand_on_end_have_room_and_lie_on_no_line(pictures):
    for one in pictures:
        rules = [line.y0 for line in one.scene.ground if isinstance(line, Line) and line.color == "ink"]
        for text, (line, rect) in zip(one.scene.texts, one.texts, strict=True):
            if text.turned:
                assert rect.top >= 0, (one.name, line)
                assert not [y for y in rules if rect.top < y - 1 and y + 1 < rect.bottom], (one.name, line)


@pytest.mark.parametrize("topic", ["attendance", "documents"])
def test_a_year_of_which_nothing_is_reported_says_so_however_few_rows_there_are(topic):
    few = chart(topic, *view(states=("ARM",), status=("absent", "signed")))
    for one in (Picture(few, size) for size in SIZES):
        told = " ".join(one.said)
        for column in one.grid.columns:
            assert not column.why or column.hatched or column.why in told


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_the_strip_of_sources_is_thick_exactly_where_one_reports_events_of_a_year(topic):
    for one in pictures_of(topic, views=["all"]):
        lines = [shape for shape in one.scene.around if isinstance(shape, Line) and shape.y0 == shape.y1]
        strips = [line for line in lines if line.color in ("soft", "rule")]
        heights, sources = sorted({strip.y0 for strip in strips}), one.grid.axis.sources
        assert len(heights) == len(sources), one.name
        for y, (_, _, years) in zip(heights, sources, strict=True):
            thick = [one.area(strip) for strip in strips if strip.y0 == y and strip.width > 1]
            speaks = {
                column.year
                for column in one.grid.columns
                if any(strip.left <= one.middle(column) <= strip.right for strip in thick)
            }
            assert speaks == years.intersection(one.grid.axis.years)


def test_of_many_sources_the_strip_says_how_many_report_on_each_year():
    covered = tuple(Coverage(f"x{n:02d}", "x", 2020 + n % 2) for n in range(13))
    one = Picture(chart("threats", TABLES, Axis((2020, 2021, 2022), covered)), "wide")
    assert "How many of 13 sources report events held in each year" in one.said
    assert {"7", "6", "–"} <= set(one.said)

"""Where marks and words stand: for all charts, views and sizes at once.

Nothing is asked of a layout but what it hands over: shapes, words, targets and frames, here in px.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

import pytest

import query
from charts.axis import Axis
from charts.chart import Chart, chart
from charts.grid import COUNTED
from charts.layout import NARROWEST, PHONE, SLIDE, WIDE, Size
from charts.scene import Box, Hatch, Line, Mark, Polygon, Scene, x
from query.coverage import Coverage
from query.vocabulary import NOTHING
from tests import hostile
from tests.charts.conftest import (
    GONE,
    SIZES,
    WITH_YEARS,
    bars,
    changed,
    emptied,
    event,
    number,
    paper,
    seat,
    statements,
    term,
    threat,
    words,
)
from tests.charts.places import Rect, area_of, mark_of, text_of
from tests.frozen import served

TABLES = served().tables
YEARS = query.axis_years(TABLES)


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
    rows = query.Selection({**emptied(TABLES), "events": events}, whole=TABLES)
    return rows, Axis(YEARS, query.coverage(TABLES))


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
    coverage = query.coverage(TABLES)
    return tables, Axis(
        YEARS, tuple(one._replace(label="Donaudampfschifffahrtsgesellschaft " * 3) for one in coverage)
    )


VIEWS = {
    "all": lambda: view(),
    "one year": lambda: view(years=(2023,)),
    "two years": lambda: view(years=(2020, 2024)),
    "a year without a source": lambda: view(years=(2021,)),
    "one party and speaker": lambda: view(states=("ARM",), speakers=("lukashenko",)),
    "twelve years": long,
    "no rows": lambda: (emptied(TABLES), Axis(YEARS, query.coverage(TABLES))),
    "left out": lambda: (
        view(years=(2022,))[0],
        Axis(YEARS, query.coverage(TABLES), frozenset({2020, 2023, 2024})),
    ),
    "thirty in a cell": lambda: (dense(30), Axis(YEARS, query.coverage(TABLES))),
    "bars": lambda: (changed(TABLES, threats=bars()), Axis(YEARS, query.coverage(TABLES))),
    "long words": wordy,
    "a milestone alone": milestone,
}  # fmt: skip
CASES = [(name, one) for name in query.CHARTS for one in VIEWS]
cases = pytest.mark.parametrize(("topic", "shown"), CASES)


@cache
def made(topic: str, shown: str) -> Chart:
    return chart(topic, *VIEWS[shown]())


@cache
def scene(topic: str, shown: str, size: Size) -> Scene:
    return made(topic, shown).scene(size)


# ---- what is read ----


def signs(of: Scene, width: float) -> list[tuple[Mark, Rect]]:
    """The marks of the plot, without the dots on some and the key above it."""
    return [
        (shape, mark_of(shape, of, width))
        for shape in of.shapes
        if isinstance(shape, Mark) and shape.y > 0 and shape.size > 5
    ]


def framed(of: Scene, width: float) -> dict[str, Rect]:
    """address -> its frame."""
    return {address: area_of(one.area, of, width) for one in of.frames for address in one.addresses}


def texts(of: Scene, width: float) -> Iterator[tuple[str, Rect]]:
    for text in of.texts:
        yield words(text), text_of(text, of, width)


def bands(topic: str, shown: str, of: Scene, size: Size) -> list[tuple[float, float]]:
    """From where to where each row reaches down: between the lines over the whole width."""
    grid = made(topic, shown).grid
    lines = [shape for shape in of.ground if isinstance(shape, Line) and shape.y0 == shape.y1]
    across = [x(line.x1, of, size.width) - x(line.x0, of, size.width) for line in lines]
    ys = sorted({line.y0 for line, wide in zip(lines, across, strict=True) if wide >= 0.99 * max(across)})
    ys = ys[len(ys) - len(grid.rows) - 1 :]
    return list(pairwise(ys))


def every_size(topic: str, shown: str) -> Iterator[tuple[str, Size, Scene]]:
    for name, size in SIZES.items():
        yield name, size, scene(topic, shown, size)


# ---- marks ----


@cases
def test_no_two_marks_overlap(topic, shown):
    for name, size, of in every_size(topic, shown):
        for (one, a), (other, b) in combinations(signs(of, size.width), 2):
            assert not a.meets(b), (name, one, other)


@pytest.mark.parametrize("topic", query.CHARTS)
def test_squares_do_not_touch_on_the_narrowest_phone(topic):
    for shown in ("all", "thirty in a cell"):
        of = scene(topic, shown, PHONE)
        squares = [rect for mark, rect in signs(of, NARROWEST) if mark.look.endswith("square")]
        for a, b in combinations(squares, 2):
            assert not a.meets(b, by=-1.5)


@cases
def test_every_mark_stands_in_the_row_and_column_of_its_record(topic, shown):
    grid = made(topic, shown).grid
    for name, size, of in every_size(topic, shown):
        rows = bands(topic, shown, of, size)
        assert len(rows) == len(grid.rows)
        inner = size.width - of.left - of.right
        frames = framed(of, size.width)
        for row, (top, bottom) in zip(grid.rows, rows, strict=True):
            for column, cell in row.cells.items():
                left = of.left + grid.places[column] / grid.width * inner
                right = left + inner / grid.width
                for item in cell.items:
                    if name == "phone" and item.figure:  # these stand one under another, over the whole width
                        left, right = of.left, size.width - of.right
                    across, down = frames[item.address].middle
                    assert left <= across <= right, (name, item)
                    assert top <= down <= bottom, (name, item)
            for span in row.spans:
                across, down = frames[span.item.address].middle
                assert top <= down <= bottom, (name, span)
                run = grid.axis.run
                ends = [of.left + (end - run[0]) / len(run) * inner for end in (span.x0, span.x1)]
                assert ends[0] - 12 <= across <= ends[1] + 12, (name, span)


@cases
def test_squares_stand_in_the_order_of_their_cell_line_by_line(topic, shown):
    for name, size, of in every_size(topic, shown):
        frames = framed(of, size.width)
        for row in made(topic, shown).grid.rows:
            for cell in row.cells.values():
                if not (made(topic, shown).grid.crowded and cell.whole) and not any(
                    i.figure for i in cell.items
                ):
                    places = [frames[item.address].middle[::-1] for item in cell.items]
                    rounded = [(round(down), round(across)) for down, across in places]
                    assert rounded == sorted(rounded), name


@pytest.mark.parametrize("shown", ["all", "one year"])
@pytest.mark.parametrize("topic", query.CHARTS)
def test_a_square_that_is_inferred_carries_a_dot_in_its_middle_and_no_other_does(topic, shown):
    inferred = {
        i.address for i in made(topic, shown).grid.records if i.inferred and i.look.endswith("square")
    }
    for name, size, of in every_size(topic, shown):
        small = [m for m in of.shapes if isinstance(m, Mark) and m.size <= 5 and m.y > 0]
        dots, frames = [(x(mark.x, of, size.width), mark.y) for mark in small], framed(of, size.width)
        assert len(dots) == len(inferred), name
        for address in inferred:
            across, down = frames[address].middle
            assert any(abs(across - a) + abs(down - b) < 0.1 for a, b in dots), (name, address)


def test_bars_share_one_scale_threats_are_solid_and_actions_open_and_each_says_its_number():
    for topic in ("threats", "speakers"):
        for name, size, of in every_size(topic, "bars"):
            boxes = [shape for shape in of.shapes if isinstance(shape, Box) and shape.y0 > 0]
            open_, solid = (
                [area_of(box, of, size.width) for box in boxes if box.fill == fill]
                for fill in ("paper", "ink")
            )
            most = open_[0].right - open_[0].left
            across = [[(one.right - one.left) / most for one in of_fill] for of_fill in (open_, solid)]
            assert across == [
                pytest.approx([1, 1 / 2, 3 / 200, 1 / 200]),
                pytest.approx([3 / 4, 0, 3 / 200, 1 / 200]),
            ]
            assert {"200", "100", "3", "1"} <= {text for text, _ in texts(of, size.width)}, name


def test_the_key_says_when_squares_become_bars_and_only_then():
    for topic in ("threats", "speakers", "overview"):
        for shown, count in (("bars", 1), ("all", 0)):
            for _, size, of in every_size(topic, shown):
                told = [text for text, _ in texts(of, size.width)]
                assert told.count("more than 40 squares in one place, so bars") == count


def test_the_number_of_a_bar_stands_before_the_next_column_on_the_narrowest_page():
    for topic in ("threats", "speakers", "overview"):
        for size, width in ((WIDE, WIDE.width), (PHONE, NARROWEST)):
            of, grid = scene(topic, "bars", size), made(topic, "bars").grid
            end = of.left + (grid.places[2023] + 1) / grid.width * (width - of.left - of.right)
            numbers = [rect for text, rect in texts(of, width) if text == "200" and 0 < rect.left < end]
            assert numbers
            assert all(rect.right <= end for rect in numbers if rect.top > 0)


def test_a_name_of_very_many_words_ends_in_an_ellipsis_and_makes_no_endless_row():
    for topic in query.CHARTS:
        for name, size, of in every_size(topic, "long words"):
            assert max(bottom - top for top, bottom in bands(topic, "long words", of, size)) < 400, name
            assert [text for text, _ in texts(of, size.width) if "…" in text], name


@pytest.mark.parametrize("count", [COUNTED, COUNTED + 1])
@pytest.mark.parametrize("topic", ["threats", "speakers", "overview", "documents"])
def test_a_cell_of_more_squares_than_one_counts_says_its_number_beside_them(topic, count):
    tables = {**dense(count), "document_counts": TABLES["document_counts"].iloc[:0]}
    for size in SIZES.values():
        of = chart(topic, tables, Axis(YEARS, query.coverage(TABLES))).scene(size)
        squares = {rect for mark, rect in signs(of, size.width)}
        beside = [rect for text, rect in texts(of, size.width) if text == str(count)]
        near = [one for one in beside if any(abs(one.left - rect.right) < 24 and one.meets(
            rect._replace(left=one.left, right=one.right)) for rect in squares)]  # fmt: skip
        assert bool(near) == (count > COUNTED)


def test_what_fades_is_drawn_in_steps_that_grow_fainter_towards_the_open_side():
    for start, end, sign_ in (("2024-01-01", "", 1), ("", "2020-12-31", -1)):
        rows = changed(TABLES, chairmanships=[term("t", start, end)], events=[])
        for size in SIZES.values():
            of = chart("chairmanship", rows, Axis(YEARS, query.coverage(TABLES))).scene(size)
            steps = [
                shape for shape in of.shapes if isinstance(shape, Box) and shape.opacity < 1 and shape.y0 > 0
            ]
            assert len(steps) >= 5
            outwards = sorted(steps, key=lambda box: sign_ * x(box.x0, of, size.width))
            assert [box.opacity for box in outwards] == sorted((box.opacity for box in steps), reverse=True)


# ---- all is in the picture ----


@cases
def test_everything_stands_inside_the_picture(topic, shown):
    for name, size, of in every_size(topic, shown):
        picture = Rect(0, -of.top, size.width, of.height - of.top)
        for shape in (*of.ground, *of.shapes):
            if isinstance(shape, Mark):
                rect = mark_of(shape, of, size.width)
            elif isinstance(shape, Polygon):
                continue
            else:
                rect = area_of(shape, of, size.width)
            assert picture.holds(rect, by=1), (name, shape)
        for text, rect in texts(of, size.width):
            assert picture.holds(rect, by=1), (name, text)
        for target in of.targets:
            assert picture.holds(area_of(target.area, of, size.width), by=1), (name, target)
        for frame in of.frames:
            assert picture.holds(area_of(frame.area, of, size.width), by=1), (name, frame)


@cases
def test_words_end_inside_the_narrowest_page(topic, shown):
    of = scene(topic, shown, PHONE)
    for text, rect in texts(of, NARROWEST):
        assert rect.left >= -1, text
        assert rect.right <= NARROWEST + 1, text


@cases
def test_words_stand_clear_of_one_another_and_of_marks(topic, shown):
    for name, size, of in every_size(topic, shown):
        told = list(texts(of, size.width))
        if name == "phone" and shown == "long words":  # there a name of many lines covers what stands on end
            told = [(words(text), text_of(text, of, size.width)) for text in of.texts if not text.turned]
        for (one, a), (other, b) in combinations(told, 2):
            assert not a.meets(b, by=1.5), (name, one, other)
        shapes = [rect for _, rect in signs(of, size.width)]
        shapes += [
            area_of(box, of, size.width)
            for box in of.shapes
            if isinstance(box, Box) and box.opacity == 1 and box.y0 > 0
        ]
        for text, rect in told:
            assert not [shape for shape in shapes if rect.meets(shape, by=1.5)], (name, text)


# ---- targets and frames ----


@cases
def test_every_item_of_the_grid_has_a_target_that_says_its_label_and_nothing_else_has_one(topic, shown):
    grid = made(topic, shown).grid
    for name, _, of in every_size(topic, shown):
        labels = {target.address: target.label for target in of.targets}
        cells = [cell for row in grid.rows for cell in row.cells.values() if cell.whole and cell.items]
        if name == "phone":
            inside = {item.address for cell in cells for item in cell.items if item is not cell.whole}
            items = [
                *(cell.whole for cell in cells),
                *(item for item in grid.items if item.address not in inside),
            ]
        else:
            items = grid.items
        expected = {}
        for item in items:
            expected.setdefault(item.address, item.label)
        assert labels.keys() == expected.keys(), name
        assert all(labels[address] in (label, expected[address]) for address, label in expected.items())


@cases
def test_a_target_is_at_least_24_px_wide_and_high_on_a_wide_card(topic, shown):
    for size in (WIDE, SLIDE):
        of = scene(topic, shown, size)
        for target in of.targets:
            rect = area_of(target.area, of, size.width)
            if shown != "twelve years" or topic not in ("threats", "speakers", "attendance", "documents"):
                assert rect.right - rect.left >= 23.9, target
            assert rect.bottom - rect.top >= 23, target


@pytest.mark.parametrize("topic", ["threats", "speakers", "attendance", "overview"])
def test_on_a_phone_a_cell_of_squares_is_one_target_for_a_finger(topic):
    grid = made(topic, "all").grid
    of = scene(topic, "all", PHONE)
    rows, inner = bands(topic, "all", of, PHONE), NARROWEST - of.left - of.right
    targets = {target.address: area_of(target.area, of, NARROWEST) for target in of.targets}
    for row, (top, bottom) in zip(grid.rows, rows, strict=True):
        for column, cell in row.cells.items():
            target = targets[cell.whole.address]
            left = of.left + grid.places[column] / grid.width * inner
            assert target == pytest.approx((left, top, left + inner / grid.width, bottom))
            assert min(target.right - target.left, target.bottom - target.top) >= 24


def test_on_a_phone_a_cell_opens_its_only_record_or_lists_all_of_them():
    rows = changed(TABLES, threats=[threat(1), threat(2), threat(3, year=2022)])
    of = chart("threats", rows, Axis(YEARS, query.coverage(TABLES))).scene(PHONE)
    labels = {target.address: target.label for target in of.targets}
    assert labels.keys() == {"t3", "terrorism_extremism.2023"}
    said = labels["terrorism_extremism.2023"]
    assert said.startswith("Terrorism and extremism, 2023: 2 statements\n2 threats")


@cases
def test_a_click_on_the_middle_of_a_mark_opens_it(topic, shown):
    for name, size, of in every_size(topic, shown):
        areas: dict[str, list[Rect]] = {}
        for target in of.targets:
            areas.setdefault(target.address, []).append(area_of(target.area, of, size.width))
        for frame in of.frames:
            across, down = area_of(frame.area, of, size.width).middle
            point = Rect(across, down, across, down)
            opening = [area for address in frame.addresses for area in areas.get(address, ())]
            assert not opening or any(area.holds(point) for area in opening), (name, frame)


@cases
def test_no_two_targets_overlap(topic, shown):
    for name, size, of in every_size(topic, shown):
        areas = [(target.address, area_of(target.area, of, size.width)) for target in of.targets]
        for (one, a), (other, b) in combinations(areas, 2):
            assert not a.meets(b, by=4 if made(topic, shown).grid.timed else 1), (name, one, other)


@cases
def test_a_frame_surrounds_the_mark_that_it_selects(topic, shown):
    for name, size, of in every_size(topic, shown):
        marks = [rect for _, rect in signs(of, size.width)]
        boxes = [
            area_of(b, of, size.width)
            for b in of.shapes
            if isinstance(b, Box) and b.y0 > 0 and b.opacity == 1
        ]
        numbers = [rect for _, rect in texts(of, size.width)]
        for frame in of.frames:
            area = area_of(frame.area, of, size.width)
            inside = [rect for rect in (*marks, *boxes, *numbers) if area.holds(rect, by=1)]
            assert inside, (name, frame)
            cut = [rect for rect in (*marks, *boxes) if area.meets(rect, by=2) and not area.holds(rect, by=1)]
            assert not cut or made(topic, shown).grid.timed, (name, frame)


@cases
def test_everything_that_can_be_selected_has_a_frame(topic, shown):
    grid = made(topic, shown).grid
    for name, _, of in every_size(topic, shown):
        framed = {address for frame in of.frames for address in frame.addresses}
        assert framed >= {item.address for item in (*grid.items, *grid.records)}, name
        wholes = {
            c.whole.address for row in grid.rows for c in row.cells.values() if c.whole and len(c.items) > 1
        }
        assert framed >= wholes, name


def test_a_record_inside_a_bar_is_framed_with_its_bar():
    for topic in ("threats", "speakers"):
        for _, _, of in every_size(topic, "bars"):
            (frame,) = [frame for frame in of.frames if "t7" in frame.addresses]
            assert frame.addresses[0] == {"threats": "terrorism_extremism.2023", "speakers": "t0"}[topic]


@pytest.mark.parametrize("width", [NARROWEST, 366, 770])
def test_no_frame_is_cut_at_the_edge_of_the_page_on_any_width(width):
    for topic in query.CHARTS:
        of = scene(topic, "all", PHONE)
        for frame in of.frames:
            area = area_of(frame.area, of, width)
            assert area.left - 1 >= 0, (topic, frame)
            assert area.right + 1 <= width, (topic, frame)


# ---- silence ----


def hatches(of: Scene, width: float) -> list[Rect]:
    return [area_of(shape, of, width) for shape in of.ground if isinstance(shape, Hatch)]


@pytest.mark.parametrize("shown", VIEWS)
@pytest.mark.parametrize("topic", WITH_YEARS)
def test_a_year_without_a_source_is_hatched_and_said_once_and_another_is_not(topic, shown):
    one, uncovered = made(topic, shown), set(made(topic, shown).axis.uncovered)
    assert query.UNCOVERED == "no source reports an event held in this year"
    for name, size, of in every_size(topic, shown):
        inner = size.width - of.left - of.right
        hatched = hatches(of, size.width)
        silent = [column for column in one.grid.columns if column.year in uncovered and column.hatched]
        assert bool(hatched) == bool(silent)
        if silent:
            told = [text for text, _ in texts(of, size.width)]
            assert told.count(query.UNCOVERED) in (1, len(silent)), "in each hatch, or once in the key"
        for column in one.grid.columns:
            middle = of.left + (one.grid.places[column.key] + 0.5) / one.grid.width * inner
            over = [rect for rect in hatched if rect.left < middle < rect.right]
            assert bool(over) == column.hatched, (name, column)


@cases
def test_words_that_stand_on_end_have_room_and_lie_on_no_line(topic, shown):
    for name, size, of in every_size(topic, shown):
        rules = [shape.y0 for shape in of.ground if isinstance(shape, Line) and shape.color == "ink"]
        for text in of.texts:
            if text.turned:
                rect = text_of(text, of, size.width)
                assert rect.top >= 0, (name, words(text))
                assert not [y for y in rules if rect.top < y - 1 and y + 1 < rect.bottom], (name, words(text))


@pytest.mark.parametrize("topic", ["attendance", "documents"])
def test_a_year_of_which_nothing_is_reported_says_so_however_few_rows_there_are(topic):
    tables, axis = view(states=("ARM",), status=("absent", "signed"))
    one = chart(topic, tables, axis)
    for size in SIZES.values():
        told = " ".join(text for text, _ in texts(one.scene(size), size.width))
        for column in one.grid.columns:
            assert not column.why or column.hatched or column.why in told


@pytest.mark.parametrize("topic", query.CHARTS)
def test_a_selection_without_rows_says_so_and_is_blamed_on_no_source(topic):
    tables, covered = emptied(TABLES), Axis((2022,), query.coverage(TABLES))
    for axis in (covered, Axis(YEARS, covered.coverage)):
        one = chart(topic, tables, axis)
        for size in SIZES.values():
            told = [text for text, _ in texts(one.scene(size), size.width)]
            assert NOTHING in told
            assert not one.scene(size).targets
            assert (query.UNCOVERED in told) == (axis is not covered and topic != "sources")


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_with_every_year_covered_nothing_is_hatched(topic):
    coverage = (*query.coverage(TABLES), Coverage("s0", "x", 2021))
    one = chart(topic, TABLES, Axis(YEARS, coverage))
    for size in SIZES.values():
        assert not hatches(one.scene(size), size.width)
        assert query.UNCOVERED not in [text for text, _ in texts(one.scene(size), size.width)]


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_the_strip_of_sources_is_thick_exactly_where_one_reports_events_of_a_year(topic):
    one = made(topic, "all")
    for name, size, of in every_size(topic, "all"):
        strips = [
            s for s in of.shapes if isinstance(s, Line) and s.y0 == s.y1 and s.color in ("soft", "rule")
        ]
        lines = sorted({strip.y0 for strip in strips})
        assert len(lines) == len(one.axis.sources), name
        inner = size.width - of.left - of.right
        for y, (_, _, years) in zip(lines, one.axis.sources, strict=True):
            thick = [area_of(strip, of, size.width) for strip in strips if strip.y0 == y and strip.width > 1]
            middles = {
                of.left + (one.grid.places[column.key] + 0.5) / one.grid.width * inner: column.year
                for column in one.grid.columns
            }
            speaks = {
                year
                for at, year in middles.items()
                if any(strip.left <= at <= strip.right for strip in thick)
            }
            assert speaks == {year for year in years if year in one.axis.years}


def test_of_many_sources_the_strip_says_how_many_report_on_each_year():
    covered = tuple(Coverage(f"x{n:02d}", "x", 2020 + n % 2) for n in range(13))
    one = chart("threats", TABLES, Axis((2020, 2021, 2022), covered))
    told = [text for text, _ in texts(one.scene(WIDE), WIDE.width)]
    assert "How many of 13 sources report events held in each year" in told
    assert {"7", "6", "–"} <= set(told)


def test_every_table_that_is_emptied_is_one_that_a_chart_draws():
    assert set(GONE) <= set(TABLES)

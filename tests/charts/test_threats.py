"""The unit chart of threats, and the same squares by speaker."""

import pytest

from charts import speakers, squares, theme, threats
from charts.axis import Axis
from query import vocabulary
from tests.charts.conftest import addresses, read, texts, threat, traces

PHONE = 284  # px of a chart in a window of 320
LAYOUTS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
# the key of the switch, in this chart and in that of speakers
SWITCH = {
    threats: "more than 40 squares in one place, so bars",
    speakers: "more than 24 squares in one place, so bars",
}
BOTH = pytest.mark.parametrize("chart", [threats, speakers], ids=["threats", "speakers"])


def by_address(marks):
    return marks.set_index("address")


def test_threat_and_priority_differ_in_fill(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, expressed_as="priority")])
    marks = by_address(threats.marks(tables, axis))
    assert marks.loc["t1", "fill"] == "solid"
    assert marks.loc["t2", "fill"] == "open"


def test_threats_stand_before_priorities(with_rows, axis):
    tables = with_rows(threats=[threat(1, expressed_as="priority"), threat(2)])
    assert list(threats.marks(tables, axis)["address"]) == ["t2", "t1"]


def test_rows_stand_by_total_then_by_name(with_rows, axis):
    rows = [
        threat(1, category="water_resources"),
        threat(2, category="afghanistan"),
        threat(3, category="biological"),
        threat(4, category="biological"),
    ]
    marks = threats.marks(with_rows(threats=rows), axis)
    assert list(dict.fromkeys(marks["row"])) == [
        "Biological security",
        "Afghanistan",
        "Water and other resources",
    ]


def test_a_cell_grows_downwards_and_no_two_squares_share_a_place(with_rows, axis):
    marks = threats.marks(with_rows(threats=[threat(n) for n in range(squares.CAPACITY)]), axis)
    places = set(zip(marks["x"].round(6), marks["y"], strict=True))
    assert len(places) == squares.CAPACITY
    assert marks["y"].max() > 1
    assert marks["x"].between(3, 4).all(), "2023 is the fourth column"


# ---- from squares to bars ----


def cell(first: int, count: int, category: str, speaker: str, year: int, priorities: int = 0) -> list[dict]:
    """Statements of one category, one speaker and one year, made up; the last of them are priorities."""
    return [
        threat(
            first + number,
            category=category,
            speaker=speaker,
            year=year,
            expressed_as="priority" if number >= count - priorities else "threat",
        )
        for number in range(count)
    ]


@pytest.fixture
def crowded(with_rows):
    """Cells of 200, 100, 3 and 1 statements, in each chart; a quarter of the first are priorities."""
    return with_rows(
        threats=[
            *cell(0, 200, "terrorism_extremism", "csc", 2023, priorities=50),
            *cell(200, 100, "drug_trafficking", "csto", 2022, priorities=100),
            *cell(300, 3, "drug_trafficking", "csto", 2024),
            *cell(303, 1, "afghanistan", "source_text", 2020),
        ]
    )


def rects(figure, fill: str, lined: bool) -> list[tuple[float, float]]:
    """Width and height of the rectangles on the chart, its key left aside, of one fill."""
    return [
        (abs(shape.x1 - shape.x0), abs(shape.y1 - shape.y0))
        for shape in figure.layout.shapes
        if shape.type == "rect" and shape.xref != "paper"
        if shape.fillcolor == theme.INK[fill] and bool(shape.line.width) == lined
    ]


@BOTH
def test_the_largest_cell_of_squares_is_still_squares_and_one_more_makes_every_cell_a_bar(
    chart, with_rows, axis
):
    most = 40 if chart is threats else 24
    for count, shapes in ((most, {"square"}), (most + 1, {"bar"})):
        rows = [
            *cell(0, count, "terrorism_extremism", "csc", 2023),
            *cell(100, 3, "afghanistan", "csto", 2022),
        ]
        marks = chart.marks(with_rows(threats=rows), axis)
        assert set(marks["shape"]) == shapes, count


def test_a_bar_has_the_address_of_its_cell_and_a_bar_of_one_that_of_its_record(crowded, axis):
    marks = by_address(threats.marks(crowded, axis))
    assert dict(marks["count"]) == {
        "terrorism_extremism.2023": 200, "drug_trafficking.2022": 100, "drug_trafficking.2024": 3, "t303": 1,
    }  # fmt: skip
    assert list(marks["threats"]) == [150, 0, 3, 1]
    assert marks.loc["t303", "label"].startswith("Afghanistan: stated as a threat\nMade up")


@BOTH
@LAYOUTS
def test_the_key_says_when_squares_become_bars_and_each_bar_says_its_number(
    chart, narrow, crowded, axis, tables
):
    said = texts(read(chart.figure(chart.marks(crowded, axis), crowded, axis, narrow=narrow)))
    assert SWITCH[chart] in said
    assert {"200", "100", "3", "1"} <= set(said)
    assert SWITCH[chart] not in texts(
        read(chart.figure(chart.marks(tables, axis), tables, axis, narrow=narrow))
    )


@BOTH
@LAYOUTS
def test_bars_share_one_scale_and_threats_are_solid_and_priorities_open(chart, narrow, crowded, axis):
    figure = read(chart.figure(chart.marks(crowded, axis), crowded, axis, narrow=narrow))
    along = 0 if chart is threats else 1
    whole = [size[along] for size in rects(figure, "paper", lined=True)]
    solid = [size[along] for size in rects(figure, "ink", lined=False)]
    assert [size / whole[0] for size in whole] == pytest.approx([1, 1 / 2, 3 / 200, 1 / 200])
    assert [size / whole[0] for size in solid] == pytest.approx([3 / 4, 0, 3 / 200, 1 / 200])


@BOTH
def test_text_and_table_hold_everything_that_bars_stand_for(chart, crowded, axis):
    marks = chart.marks(crowded, axis)
    assert marks["count"].sum() + len(chart.left_out(crowded, axis)) == len(chart.twin(crowded, axis)) == 304
    alt = chart.alt(marks, crowded, axis)
    expected = (
        ("Bar chart of 304 statements", "154 threats and 150 actions", "200 in 2023")
        if chart is threats
        else ("Collective Security Council 200", "CSTO 103", "the source's own text 1")
    )
    assert [part for part in expected if part not in alt] == []


@BOTH
@LAYOUTS
def test_a_record_inside_a_bar_picks_the_bar(chart, narrow, crowded, axis):
    marks = chart.marks(crowded, axis)
    boxes = chart.figure(marks, crowded, axis, narrow=narrow).boxes
    bar = next(address for address in marks["address"] if boxes[address] == boxes["t7"])
    assert len(boxes["t7"]) == 1
    assert bar != "t7"


def test_a_cell_of_more_squares_than_one_counts_says_its_number(with_rows, axis):
    for count, said in ((squares.COUNTED, 0), (squares.COUNTED + 1, 1)):
        rows = [*cell(0, count, "afghanistan", "csc", 2023), threat(900, category="afghanistan", year=2022)]
        tables = with_rows(threats=rows)
        for chart in (threats, speakers):
            assert (
                texts(read(chart.figure(chart.marks(tables, axis), tables, axis))).count(f"{count}") == said
            )


def test_a_row_is_never_taller_than_its_squares_may_be(with_rows, axis):
    """Many years leave one square a line: a cell of forty would be as tall as a page."""
    long = Axis(tuple(range(2004, 2024)), axis.coverage)
    for count in range(1, 60):
        tables = with_rows(threats=[threat(n) for n in range(count)])
        marks = threats.marks(tables, long)
        assert marks["line"].max() < squares.DEEP


# ---- on a phone ----


def targets(figure) -> list[tuple[float, float]]:
    """Width and height in px of what takes a click, on the smallest phone."""
    x = figure.layout.xaxis.range
    px = (PHONE - figure.layout.margin.l - figure.layout.margin.r) / (x[1] - x[0])
    sizes = []
    for trace in traces(figure, "targets"):
        across, down = (trace.x, trace.width) if trace.orientation == "h" else (trace.width, trace.y)
        sizes += [(width * px, height) for width, height in zip(across, down, strict=True)]
    return sizes


@BOTH
def test_a_target_is_at_least_24_px_wide_and_high_on_the_smallest_phone(chart, tables, crowded, axis):
    for shown in (tables, crowded):
        sizes = targets(read(chart.figure(chart.marks(shown, axis), shown, axis, narrow=True)))
        assert len(sizes) >= 4
        assert min(min(size) for size in sizes) >= 24


def test_on_a_phone_a_cell_opens_its_only_record_or_lists_all_of_them(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2), threat(3, year=2022)])
    marks = threats.marks(tables, axis)
    figure = read(threats.figure(marks, tables, axis, narrow=True))
    assert sorted(addresses(figure)) == ["t3", "terrorism_extremism.2023"]
    target = traces(figure, "targets")[0]
    assert target.hovertext[1].startswith("Terrorism and extremism, 2023: 2 statements<br>2 threats")
    assert sorted(addresses(read(threats.figure(marks, tables, axis)))) == [
        "t1",
        "t1",
        "t2",
        "t2",
        "t3",
        "t3",
    ]


def test_squares_on_the_smallest_phone_do_not_touch(tables, axis):
    figure = read(threats.figure(threats.marks(tables, axis), tables, axis, narrow=True))
    px = PHONE / figure.layout.xaxis.range[1]
    for trace in traces(figure, "solid square"):
        assert threats.pitch(axis, narrow=True) * px - trace.marker.size >= 2


@LAYOUTS
def test_a_cell_that_is_picked_is_framed_and_a_square_is_ringed(narrow, with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2), threat(3, year=2020)])
    marks = threats.marks(tables, axis)
    whole_figure = threats.figure(marks, tables, axis, narrow=narrow)
    figure, boxes = read(whole_figure), whole_figure.boxes
    (whole,), (square,) = boxes["terrorism_extremism.2023"], boxes["t2"]
    assert "terrorism_extremism.2022" not in boxes, "no statement, no cell"
    drawn = traces(figure, "solid square")[0]
    middle = drawn.x[drawn.customdata.index("t2")] / figure.layout.xaxis.range[1]
    assert square.start == square.end == pytest.approx(middle)
    assert square.right - square.left > drawn.marker.size
    assert whole.start < square.start < whole.end


@pytest.mark.parametrize("width", [PHONE, 366, 770])
def test_no_frame_is_cut_at_the_edge_of_the_page(with_rows, axis, width):
    tables = with_rows(threats=[threat(n, year=year) for n, year in enumerate((2020, 2020, 2024, 2024))])
    marks = threats.marks(tables, axis)
    for year in (2020, 2024):
        (box,) = threats.figure(marks, tables, axis, narrow=True).boxes[f"terrorism_extremism.{year}"]
        inner = width - box.margins
        assert box.start * inner + box.left >= 0
        assert box.end * inner + box.right <= width


# ---- what is left out, totals, headline, labels ----


def test_a_record_without_a_year_is_left_out_with_its_reason(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, year=None), threat(3, year=1999)])
    left_out = threats.left_out(tables, axis).set_index("address")["reason"]
    assert dict(left_out) == {"t2": "no date stated", "t3": "1999 is not among the years shown"}
    assert list(threats.marks(tables, axis)["address"]) == ["t1"]


def test_totals_stand_on_top_and_at_the_right(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2), threat(3, year=2020)])
    said = texts(read(threats.figure(threats.marks(tables, axis), tables, axis)))
    heads = [text for text in said if text.startswith("<b>20")]
    assert [head.split(">")[-2].split("<")[0] for head in heads] == ["1", "–", "none", "2", "none"]
    assert said.count("3") == 2, "of the row, and of all"


def action(number: int, **more) -> dict:
    return threat(number, expressed_as="priority", **more)


def test_the_headline_counts_threats_and_no_actions(with_rows, axis):
    rows = [threat(1), threat(2), threat(3, category="afghanistan")]
    said = "“Terrorism and extremism” is stated as a threat most often: 2 of 3 threats"
    assert threats.headline(with_rows(threats=rows), axis) == said
    more = [action(n, category="afghanistan") for n in range(10, 15)]
    assert threats.headline(with_rows(threats=[*rows, *more]), axis) == said


def test_where_no_threat_is_selected_the_headline_counts_actions(with_rows, axis):
    rows = [action(1), action(2), action(3, category="afghanistan")]
    assert threats.headline(with_rows(threats=rows), axis) == (
        "“Terrorism and extremism” is named for action most often: 2 of 3 actions"
    )


CATEGORIES = ["afghanistan", "terrorism_extremism", "biological", "water_resources"]


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (
            2,
            "“Afghanistan” and “Terrorism and extremism” "
            "are stated as a threat most often: 2 of 5 threats each",
        ),
        (
            3,
            "“Afghanistan”, “Terrorism and extremism” and “Biological security” "
            "are stated as a threat most often: 2 of 7 threats each",
        ),
        (4, "Four categories are stated as a threat most often: 2 of 9 threats each"),
    ],
)
def test_up_to_three_that_share_the_lead_are_named_and_more_are_counted(with_rows, axis, shared, said):
    rows = [threat(10 * n + k, category=CATEGORIES[n]) for n in range(shared) for k in (1, 2)]
    rows.append(threat(99, category="drug_trafficking"))
    assert threats.headline(with_rows(threats=rows), axis) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([threat(1), threat(2, category="afghanistan")], "2 threats, each of another category"),
        (
            [threat(1), threat(2, category="afghanistan"), action(3)],
            "2 threats, each of another category, and 1 action",
        ),
        ([action(1), action(2, category="afghanistan")], "2 actions, each of another category"),
    ],
    ids=["threats", "an action beside them", "actions"],
)
def test_where_each_is_of_another_category_none_is_said_to_lead(with_rows, axis, rows, said):
    assert threats.headline(with_rows(threats=rows), axis) == said


def test_a_threat_without_a_year_is_counted_in_headline_and_alternative_text(with_rows, axis):
    rows = [threat(1), threat(2), threat(3, category="afghanistan"), threat(4, year=None)]
    tables = with_rows(threats=rows)
    assert threats.headline(tables, axis) == (
        "“Terrorism and extremism” is stated as a threat most often: 3 of 4 threats"
    )
    alt = threats.alt(threats.marks(tables, axis), tables, axis)
    assert "4 statements in 2 categories, 4 threats: " in alt
    assert "3 in 2023" in alt
    assert "1 not on the chart." in alt


def test_the_speakers_of_most_threats_are_named_and_actions_do_not_count(with_rows, axis):
    rows = [threat(1, speaker="csto"), threat(2, speaker="csto"), threat(3, speaker="source_text")]
    actions = [action(n, speaker="csc") for n in range(10, 15)]
    said = "CSTO states the most: 2 of 3 threats"
    assert speakers.headline(with_rows(threats=[*rows, *actions]), axis) == said
    assert speakers.headline(with_rows(threats=actions), axis) == (
        "All 5 actions in this view are from Collective Security Council"
    )


def test_the_label_says_who_how_often_and_what_is_inferred(with_rows, axis):
    rows = [threat(1, inferred="speaker", basis="inferred", mentions=2, role="the chair", source="s000~s001")]
    tables = with_rows(threats=rows)
    label = threats.marks(tables, axis)["label"].iloc[0]
    for part in (
        "Collective Security Council, the chair",
        "2 mentions in s000 and s001",
        "inferred: speaker",
    ):
        assert part in label


def test_an_inferred_statement_carries_a_dot(with_rows, axis):
    tables = with_rows(threats=[threat(1), threat(2, basis="inferred", inferred="speaker")])
    figure = read(threats.figure(threats.marks(tables, axis), tables, axis))
    assert [len(trace.x) for trace in traces(figure, "inferred")] == [1]
    assert "speaker or wording inferred" in texts(figure)


def test_the_key_names_both_ways_of_speaking(with_rows, axis):
    tables = with_rows(threats=[threat(1)])
    said = texts(read(threats.figure(threats.marks(tables, axis), tables, axis)))
    assert all(words in said for words in vocabulary.EXPRESSED.values())


def test_speakers_stand_by_total_and_share_one_scale(with_rows, axis):
    rows = [threat(1), threat(2), threat(3, speaker="csto")]
    marks = speakers.marks(with_rows(threats=rows), axis)
    assert list(dict.fromkeys(marks["row"])) == ["Collective Security Council", "CSTO"]
    assert list(marks["y"]) == [0.5, 0.5, 0.5]
    assert marks["x"].nunique() == 2, "the same place in each panel"


def test_the_source_in_its_own_voice_is_a_speaker(with_rows, axis):
    marks = speakers.marks(with_rows(threats=[threat(1, speaker="source_text")]), axis)
    assert marks["row"].iloc[0] == "the source's own text"


def test_a_bar_of_a_speaker_opens_the_first_of_its_statements(crowded, axis):
    marks = speakers.marks(crowded, axis)
    assert list(marks["address"]) == ["t0", "t200", "t300", "t303"]
    assert "opens the first of them" in marks["label"].iloc[0]
    assert "opens the first of them" not in marks["label"].iloc[3]
    assert read(speakers.figure(marks, crowded, axis)).layout.height < 400


def test_a_long_axis_still_fits_a_square_into_a_year(with_rows, axis):
    long = Axis(tuple(range(1990, 2030)), axis.coverage)
    marks = threats.marks(with_rows(threats=[threat(n) for n in range(5)]), long)
    assert marks["line"].nunique() == 5
    assert marks["x"].nunique() == 1

"""What holds for every chart: its interface, its promises about silence, size and completeness."""

import json
import re
from dataclasses import replace
from math import isclose

import pandas as pd
import plotly.graph_objects as go
import pytest
from pandas.api.types import is_numeric_dtype

import query
from charts import frames, theme
from charts.axis import Axis
from charts.frames import LEFT_OUT, MARK
from query import vocabulary
from tests.charts.conftest import TOPICS, addresses, opened, read, texts, traces

WITH_YEARS = [topic for topic in TOPICS if topic != "sources"]
LAYOUTS = ({}, {"narrow": True}, {"scale": 1.45})  # wide, narrow, present mode


def test_every_chart_has_the_same_interface(chart):
    names = ("marks", "left_out", "headline", "figure", "alt", "twin")
    assert all(callable(getattr(chart, name)) for name in names)
    assert chart.SUBTITLE.endswith(".")


def test_every_figure_is_one_that_plotly_takes(topic, whole):
    for layout in LAYOUTS:
        figure = whole(topic, **layout)
        go.Figure({"data": figure.data, "layout": figure.layout})


def test_a_mark_says_what_it_is_and_where_it_stands(chart, tables, axis):
    marks = chart.marks(tables, axis)
    assert list(marks.columns[: len(MARK)]) == MARK
    assert (marks["label"] != "").all()
    assert marks[["x", "y"]].notna().all().all()
    assert marks["address"].is_unique


def exactly(value: object) -> tuple:
    """What tells two values apart: their type too, and nothing for one that is missing."""
    return type(value), None if pd.isna(value) else value


def test_the_rows_of_marks_are_those_of_their_table(chart, tables, axis):
    marks = chart.marks(tables, axis)
    table = zip(*[values.tolist() for _, values in marks.items()], strict=True)
    rows = [[exactly(value) for value in row.values()] for row in frames.records(marks)]
    assert rows == [[exactly(value) for value in row] for row in table]
    assert all(list(row) == list(marks.columns) for row in frames.records(marks))


def test_columns_of_numbers_are_numbers_and_text_is_none_without_any_mark_too(chart, tables, empty, axis):
    kinds = chart.marks(tables, axis).dtypes.map(is_numeric_dtype)
    numbers = chart.marks(empty, axis).dtypes.map(is_numeric_dtype)
    assert numbers[numbers].index.isin(kinds[kinds].index).all()
    assert numbers[["x", "y", "count"]].all()


def test_what_is_selected_from_marks_is_a_plain_table(chart, tables, axis):
    marks = chart.marks(tables, axis)
    assert type(marks[marks["address"] != ""]) is type(marks.copy()) is pd.DataFrame


@pytest.mark.parametrize("name", ["threats", "speakers"])
def test_statements_are_drawn_without_making_a_table_of_their_marks(name, tables, axis):
    """Most views of them are seen once, and half of the time of a new one went into such tables."""
    chart, alone = TOPICS[name], replace(axis)
    marks = chart.marks(tables, alone)
    for narrow in (False, True):
        read(chart.figure(marks, tables, alone, narrow=narrow))
    assert chart.alt(marks, tables, alone)
    assert chart.headline(tables, alone)
    assert "_mgr" not in vars(marks)
    assert not marks.empty
    assert "_mgr" in vars(marks)


def test_what_is_left_out_has_a_reason(chart, tables, axis):
    left_out = chart.left_out(tables, axis)
    assert list(left_out.columns) == LEFT_OUT
    assert (left_out["reason"] != "").all()


def test_present_mode_is_larger_and_holds_the_same_marks(topic, chart, tables, axis, whole):
    large, marks = whole(topic, scale=1.45), chart.marks(tables, axis)
    assert isclose(large.height / whole(topic).height, 1.45, rel_tol=0.01)
    assert opened(read(large), marks, tables) == set(marks["address"])


def test_a_mark_is_hit_on_an_area_of_at_least_24_px_on_the_wide_card(topic, chart, tables, axis, whole):
    figure = read(whole(topic))
    margin, span = figure.layout.margin, figure.layout.xaxis.range
    px, hit = (845 - margin.l - margin.r) / (span[1] - span[0]), set()
    for trace in traces(figure, "targets"):
        assert trace.type == "bar"
        hit |= set(trace.customdata)
        across, down = (trace.x, trace.width) if trace.orientation == "h" else (trace.width, trace.y)
        assert min(width * px for width in across) >= 24
        assert min(down) >= 24
    assert hit == set(chart.marks(tables, axis)["address"])


def test_no_text_is_smaller_than_12_px(topic, whole):
    for layout in LAYOUTS:
        figure = read(whole(topic, **layout))
        sizes = [note.font.size for note in figure.layout.annotations]
        spans = [int(size) for text in texts(figure) for size in re.findall(r"font-size:(\d+)px", text)]
        assert min([*sizes, *spans]) >= 12


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_a_year_without_a_source_is_hatched_and_never_a_zero(topic, axis, whole):
    assert axis.uncovered, "the data have such a year"
    assert query.UNCOVERED == "no source reports an event held in this year"
    for layout in LAYOUTS:
        figure = read(whole(topic, **layout))
        hatched = traces(figure, query.UNCOVERED)
        assert hatched
        assert all(trace.marker.pattern.shape == "/" and trace.customdata is None for trace in hatched)
        assert query.UNCOVERED in [text.replace("<br>", " ") for text in texts(figure)]


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_where_the_column_is_too_low_for_words_the_key_says_why_it_is_hatched(chart, tables, axis):
    few = dict(tables)
    few["threats"] = few["threats"].iloc[:1]
    few["documents"], few["document_counts"] = few["documents"].iloc[:1], few["document_counts"].iloc[:0]
    few["chairmanships"] = few["chairmanships"].iloc[1:2]
    few["attendance"] = few["attendance"].iloc[:1]
    few["events"] = few["events"].iloc[:0]
    marks = chart.marks(few, axis)
    figure = read(chart.figure(marks, few, axis))
    notes = [note for note in figure.layout.annotations if note.text.replace("<br>", " ") == query.UNCOVERED]
    assert len(notes) == 1
    has_room = chart is TOPICS["attendance"]  # whose rows grow for what is said beside them
    assert bool(notes[0].textangle) == has_room


def test_with_every_year_covered_nothing_is_hatched(chart, tables, axis):
    covered = pd.DataFrame({"source": ["s000"], "label": ["x"], "year": [2021]})
    whole = Axis(axis.years, pd.concat([axis.coverage, covered]))
    figure = read(chart.figure(chart.marks(tables, whole), tables, whole))
    assert not traces(figure, query.UNCOVERED)
    assert query.UNCOVERED not in " ".join(texts(figure)).replace("<br>", " ")


def test_every_colour_is_of_the_theme_and_the_accent_is_left_to_what_is_selected(topic, whole):
    for layout in LAYOUTS:
        drawn = whole(topic, **layout)
        own = {name: value for name, value in drawn.layout.items() if name != "template"}
        codes = re.findall(r"#[0-9a-fA-F]{6}", json.dumps([drawn.data, own], default=list))
        assert {code.upper() for code in codes} <= set(theme.INK.values()) - {theme.INK["accent"]}


def test_every_mark_has_a_frame_within_the_figure_for_when_it_is_selected(topic, chart, tables, axis, whole):
    marks = chart.marks(tables, axis)
    for layout in LAYOUTS:
        drawn = whole(topic, **layout)
        assert set(marks["address"]) <= set(drawn.boxes)
        for box in (box for found in drawn.boxes.values() for box in found):
            assert -0.1 <= box.start <= box.end <= 1.1
            assert box.top >= 0
            assert box.top + box.height <= drawn.height
            assert box.line >= 2, "accent and ink are close, so the frame says what is selected"


def test_a_selection_without_rows_says_so(chart, empty, axis):
    marks = chart.marks(empty, axis)
    for layout in LAYOUTS:
        figure = read(chart.figure(marks, empty, axis, **layout))
        assert vocabulary.NOTHING in [text.replace("<br>", " ") for text in texts(figure)]
        assert not addresses(figure)
    assert vocabulary.NOTHING in chart.alt(marks, empty, axis)
    assert chart.twin(empty, axis).empty
    assert chart.headline(empty, axis)


@pytest.fixture
def uncovered(tables):
    """What a page shows of the one year that no source speaks about."""
    view = query.View(years=(2021,))
    return query.select(tables, view), Axis(view.years, query.coverage(tables))


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_where_no_year_shown_is_covered_that_is_said_and_nothing_is_a_zero(chart, uncovered):
    marks = chart.marks(*uncovered)
    alt, said = chart.alt(marks, *uncovered), [*marks["label"]]
    for layout in LAYOUTS:
        figure = read(chart.figure(marks, *uncovered, **layout))
        drawn = [" ".join(re.sub("<[^>]*>", " ", text).split()) for text in texts(figure)]
        assert traces(figure, query.UNCOVERED)
        assert query.UNCOVERED in drawn
        said += [alt, *drawn]
    of_2021 = query.uncovered((2021,))
    assert of_2021 == "no source reports an event held in 2021"
    assert of_2021 in alt.replace("No source", "no source")
    if chart is not TOPICS["chairmanship"]:  # whose headline is about chairs, which are stated for the year
        said.append(chart.headline(*uncovered))
        assert of_2021 in said[-1].replace("No source", "no source")
    for text in said:
        assert vocabulary.NOTHING not in text
        assert not re.search(r"\b0\b", text)


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_a_selection_that_is_empty_in_a_covered_year_is_not_blamed_on_the_documents(chart, empty, axis):
    covered = Axis((2022,), axis.coverage)
    marks = chart.marks(empty, covered)
    for narrow in (False, True):
        said = " ".join(texts(read(chart.figure(marks, empty, covered, narrow=narrow)))).replace("<br>", " ")
        assert vocabulary.NOTHING in said
        assert query.UNCOVERED not in said
    assert vocabulary.NOTHING in chart.alt(marks, empty, covered)
    assert query.UNCOVERED not in chart.headline(empty, covered)


@pytest.mark.parametrize("years", [(), (2020, 2022), (1999,), tuple(range(2000, 2040))])
def test_any_choice_of_years_can_be_drawn(chart, tables, axis, years):
    narrowed = Axis(years, axis.coverage)
    marks = chart.marks(tables, narrowed)
    for narrow in (False, True):
        figure = read(chart.figure(marks, tables, narrowed, narrow=narrow))
        assert opened(figure, marks, tables) == set(marks["address"])
    assert chart.alt(marks, tables, narrowed)
    assert chart.headline(tables, narrowed)
    assert marks["count"].sum() + len(chart.left_out(tables, narrowed)) == len(chart.twin(tables, narrowed))


def test_words_of_the_data_cannot_become_markup(chart, tables, axis):
    name = "<b>x</b> & <a href='//x'>y</a>"
    hostile = dict(tables)
    for table, column in (
        ("categories", "label"), ("states", "name"), ("people", "name"), ("bodies", "name"),
        ("events", "title"), ("events", "place"), ("documents", "title"), ("threats", "summary"),
        ("chairmanships", "motto"), ("sources", "publisher"), ("sources", "title"), ("paragraphs", "reason"),
        ("document_counts", "verb"),
    ):  # fmt: skip
        hostile[table] = hostile[table].assign(**{column: name})
    coverage = axis.coverage.assign(label=name)
    hostile_axis = Axis(axis.years, coverage)
    for narrow in (False, True):
        figure = read(chart.figure(chart.marks(hostile, hostile_axis), hostile, hostile_axis, narrow=narrow))
        hovers = [text for trace in figure.data if trace.hovertext is not None for text in trace.hovertext]
        for text in [*texts(figure), *hovers]:
            assert "<a" not in text
            assert "<b>x" not in text


def test_the_twin_has_one_row_a_record_and_starts_with_its_address(chart, tables, axis):
    twin = chart.twin(tables, axis)
    marks, left_out = chart.marks(tables, axis), chart.left_out(tables, axis)
    assert twin.columns[0] == "Record"
    assert all(column[0].isupper() and "_" not in column for column in twin.columns)
    assert sorted(twin["Record"]) == sorted([*marks["address"], *left_out["address"]])
    assert not twin.isna().any().any()


def test_the_table_says_why_a_record_is_not_on_the_chart(tables, axis):
    twin = TOPICS["overview"].twin(tables, axis).set_index("Record")
    assert twin.loc["operation-proxy", "On the chart"] == "no date stated"


def test_the_alternative_text_is_one_paragraph_of_what_is_shown(chart, tables, axis):
    alt = chart.alt(chart.marks(tables, axis), tables, axis)
    assert alt.endswith(".")
    assert "\n" not in alt


def test_nothing_of_a_table_is_changed(chart, tables, axis):
    before = {name: table.copy() for name, table in tables.items()}
    read(chart.figure(chart.marks(tables, axis), tables, axis))
    chart.twin(tables, axis)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_the_hover_is_the_label_of_the_mark(chart, tables, axis):
    marks = chart.marks(tables, axis).set_index("address")
    figure = read(chart.figure(chart.marks(tables, axis), tables, axis))
    for trace in traces(figure, "targets"):
        for address, text in zip(trace.customdata, trace.hovertext, strict=True):
            plain = text.replace("<br>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            assert plain.split() == marks.loc[address, "label"].split()

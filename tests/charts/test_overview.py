"""Everything on one time axis."""

import re

import pytest

from charts import overview, squares
from charts.axis import Axis
from tests.charts.conftest import addresses, dated, read, texts, threat


def event(name: str, date: str = "", **more) -> dict:
    row = {
        "id": name,
        "kind": "session",
        "title": name,
        "status": "held",
        "basis": "stated",
        "source": "s000",
    }
    return row | dated(date) | more


@pytest.fixture
def alone(with_rows):
    def only(*events):
        return with_rows(events=list(events), chairmanships=[], documents=[], threats=[])

    return only


def test_milestones_stand_in_a_list_and_not_on_the_axis(tables, axis):
    marks = overview.marks(tables, axis)
    listed = marks[marks["zone"] == "list"]
    assert set(listed["address"]) == set(tables["events"].loc[tables["events"]["kind"] == "milestone", "id"])
    for narrow in (False, True):
        figure = read(overview.figure(marks, tables, axis, narrow=narrow))
        assert set(listed["address"]) <= set(addresses(figure))
        said = " ".join(texts(figure)).replace("<br>", " ")
        assert all(short[:4] in said for short in listed["short"])


def test_the_list_of_milestones_takes_less_room_than_the_time_axis_beside_it(axis, whole):
    left, _ = read(whole("overview")).layout.xaxis.range
    assert 0 < axis.run[0] - left < len(axis.run)


def test_a_year_before_the_axis_is_never_a_head_of_the_axis(tables, axis):
    heads = [
        text
        for text in texts(read(overview.figure(overview.marks(tables, axis), tables, axis)))
        if text.startswith("<b>")
    ]
    assert heads == [f"<b>{year}</b>" for year in axis.years]


def test_a_month_is_drawn_as_its_span_with_the_mark_in_the_middle(alone, axis):
    mark = overview.marks(alone(event("e", "2022-11")), axis).iloc[0]
    assert mark["x0"] < mark["x"] < mark["x1"]
    assert mark["x"] - mark["x0"] == pytest.approx(mark["x1"] - mark["x"])
    assert mark["x1"] - mark["x0"] == pytest.approx(30 / 365)


def test_events_that_stand_close_together_do_not_cover_one_another(alone, axis):
    rows = alone(event("a", "2024-12-02"), event("b", "2024-12-03"), event("c", "2022-05-16"))
    marks = overview.marks(rows, axis).set_index("address")
    assert marks.loc["a", "line"] != marks.loc["b", "line"]
    assert marks.loc["c", "line"] == 0


def test_planned_is_dashed_inferred_is_open_and_held_is_solid(alone, axis):
    rows = alone(
        event("held", "2022-01-10"),
        event("guess", "2022-06-10", inferred="date"),
        event("plan", "2023-01-10", status="planned"),
    )
    fills = overview.marks(rows, axis).set_index("address")["fill"]
    assert dict(fills) == {"held": "solid", "guess": "open", "plan": "dashed"}


def test_an_event_without_a_date_is_left_out_with_its_reason(alone, axis):
    rows = alone(event("e"))
    assert overview.marks(rows, axis).empty
    assert overview.left_out(rows, axis)["reason"].tolist() == ["no date stated"]


def test_kinds_stand_in_rows_and_differ_by_shape(tables, axis):
    marks = overview.marks(tables, axis)
    shapes = marks[marks["zone"] == "axis"].groupby("row")["shape"].agg(set)
    assert shapes["Conferences"] == {"circle"}
    assert shapes["Working meetings"] == {"pentagon"}
    assert shapes["Sessions, summits"] == {"diamond", "star"}
    assert shapes["Chairs"] == {"bar"}


def test_documents_before_the_axis_do_not_stand_in_its_first_year(tables, axis):
    marks = overview.marks(tables, axis)
    before = marks[marks["zone"] == "before"]
    assert set(before["address"]) >= {"collective-security-treaty", "joint-declaration-2010"}
    for narrow in (False, True):
        figure = read(overview.figure(marks, tables, axis, narrow=narrow))
        places = {
            address: (x, y)
            for trace in figure.data
            if trace.name == "targets" and trace.orientation != "h"
            for address, x, y in zip(trace.customdata, trace.x, trace.base, strict=True)
        }
        own = places["joint-declaration-2010"]
        row = places["declaration-2020"]
        assert own[0] < axis.years[0] or own[1] < row[1] - 24, "left of the axis, or in a row of its own"


def test_too_many_threats_in_a_year_become_a_bar(with_rows, axis):
    rows = with_rows(threats=[threat(n) for n in range(200)], documents=[], events=[], chairmanships=[])
    marks = overview.marks(rows, axis)
    assert marks["count"].tolist() == [200]
    assert overview.left_out(rows, axis).empty
    assert "200" in texts(read(overview.figure(marks, rows, axis)))
    assert squares.CAPACITY < 200


@pytest.mark.parametrize("narrow", [False, True])
def test_the_key_says_that_a_bar_is_one_and_a_picked_bar_has_a_frame(with_rows, tables, axis, narrow):
    rows = with_rows(threats=[threat(n) for n in range(200)], documents=[], events=[], chairmanships=[])
    marks = overview.marks(rows, axis)
    drawn = overview.figure(marks, rows, axis, narrow=narrow)
    plain = read(drawn)
    said = f"a bar: more than {squares.CAPACITY} in one year, with their number"
    assert said in texts(plain)
    assert said not in texts(read(overview.figure(overview.marks(tables, axis), tables, axis, narrow=narrow)))
    assert len(drawn.boxes["t0"]) == 1


def test_the_headline_counts_what_is_drawn(tables, axis):
    marks = overview.marks(tables, axis)
    for row, noun in (("Statements", "statements"), ("Documents", "documents"), ("Chairs", "terms")):
        number = int(marks.loc[marks["row"] == row, "count"].sum())
        assert number
        assert re.search(rf"\b{number} {noun}\b", overview.headline(tables, axis))


def test_documents_and_other_matters_stand_in_rows_of_their_own(tables, axis):
    marks = overview.marks(tables, axis).set_index("address")
    of = {row: set(marks.loc[marks["row"] == row, "fill"]) for row in ("Documents", overview.MATTERS)}
    assert of == {"Documents": {"solid"}, overview.MATTERS: {"open"}}


@pytest.mark.parametrize("narrow", [False, True])
def test_what_is_announced_is_said_beside_the_number_of_a_row_and_not_in_it(alone, axis, narrow):
    rows = alone(
        event("a", "2022-01-10"), event("b", "2022-06-10"), event("plan", "2023-01-10", status="planned")
    )
    said = texts(read(overview.figure(overview.marks(rows, axis), rows, axis, narrow=narrow)))
    (total,) = [" ".join(re.sub("<[^>]*>", " ", text).split()) for text in said if "1 announced" in text]
    assert total in ("2, 1 announced", "Sessions, summits 2, 1 announced")
    assert overview.headline(rows, axis) == "2 events and 1 announced event in 1 source"


def test_what_has_no_date_is_counted_though_no_chart_can_place_it(alone, axis):
    rows = alone(event("a", "2022-01-10"), event("undated"))
    assert overview.headline(rows, axis) == "2 events in 1 source"
    assert len(overview.marks(rows, axis)) == 1


def test_the_headline_counts_the_sources_of_what_it_counts(alone, axis):
    rows = alone(
        event("e", "2022-01-10"), event("f", "2023-01-10", source="s001~s000"), event("g", source="s004")
    )
    assert overview.headline(rows, axis) == "3 events in 3 sources"


def test_without_events_the_list_of_milestones_still_has_its_room(with_rows, axis):
    rows = with_rows(
        events=[event("m", "1992-05-15", kind="milestone")], chairmanships=[], documents=[], threats=[]
    )
    marks = overview.marks(rows, axis)
    for narrow in (False, True):
        figure = read(overview.figure(marks, rows, axis, narrow=narrow))
        assert "m" in addresses(figure)
        assert figure.layout.height > 100


def test_a_choice_of_later_years_takes_earlier_events_into_the_list(alone, axis):
    rows = alone(event("e", "2020-05-01"), event("f", "2023-05-01"))
    marks = overview.marks(rows, Axis((2022, 2023), axis.coverage)).set_index("address")
    assert marks.loc["e", "zone"] == "list"
    assert marks.loc["f", "zone"] == "axis"

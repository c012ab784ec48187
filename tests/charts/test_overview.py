"""Everything on one time axis."""

import re

import pytest

from charts.axis import Axis
from charts.chart import chart
from charts.layout import WIDE
from query.vocabulary import NOTHING
from tests.charts.conftest import action, dated, event, items, paper, reasons, said, statements, term, threat

DOCUMENTS, MATTERS, STATEMENTS = "Documents", "Other matters", "Statements"


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the chart of some rows alone."""

    def made(*events, years=axis, **rows):
        bare = {"chairmanships": [], "documents": [], "threats": []} | rows
        return chart("overview", with_rows(events=list(events), **bare), years)

    return made


def rows(made) -> dict:
    """row -> address -> its span, or the key of its column."""
    return {
        row.key: {span.item.address: span for span in row.spans}
        | {item.address: key for key, cell in row.cells.items() for item in cell.items}
        for row in made.grid.rows
    }


def test_kinds_stand_in_rows_and_differ_by_shape(whole):
    looks = {row.key: {item.look.split()[1] for item in row.items} for row in whole["overview"].grid.rows}
    assert looks["Conferences"] == {"circle"}
    assert looks["Working meetings"] == {"pentagon"}
    assert looks["Sessions, summits"] == {"diamond", "star"}
    assert all(span.pieces for span in whole["overview"].grid.rows[0].spans), "chairs are bars"


def test_a_month_is_drawn_as_its_span(of):
    span = rows(of(event("e", "2022-11")))["Sessions, summits"]["e"]
    assert (span.x0, span.x1) == pytest.approx((2022 + 304 / 365, 2022 + 334 / 365))


def test_events_that_stand_close_together_do_not_cover_one_another(of):
    made = of(event("a", "2024-12-02"), event("b", "2024-12-03"), event("c", "2022-05-16"))
    lanes = {name: span.lane for name, span in rows(made)["Sessions, summits"].items()}
    assert lanes == {"c": 0, "a": 0, "b": 1}


def test_planned_is_dashed_held_is_solid_and_a_dot_says_that_a_date_is_inferred(of):
    guess, plan = event("guess", "2022-06-10", inferred="date"), event("plan", "2023-01-10", status="planned")
    made = of(event("held", "2022-01-10"), guess, plan)
    fills = {name: item.look.split()[0] for name, item in items(made.grid).items()}
    assert fills == {"held": "solid", "guess": "solid", "plan": "dashed"}
    assert [name for name, item in items(made.grid).items() if item.inferred] == ["guess"]
    assert dict(made.grid.key)["dashed diamond"] == "announced"


def test_documents_and_other_matters_stand_in_rows_of_their_own_and_threats_before_actions(of):
    made = of(
        documents=[paper("m", kind="other"), paper("d")], threats=[action(1), threat(2), threat(3, year=2020)]
    )
    assert rows(made)[DOCUMENTS] == {"d": 2023}
    assert rows(made)[MATTERS] == {"m": 2023}
    assert rows(made)[STATEMENTS] == {"t3": 2020, "t2": 2023, "t1": 2023}
    assert list(rows(made)[STATEMENTS]) == ["t3", "t2", "t1"]
    looks = {"d": "solid sheet", "m": "open sheet", "t2": "solid square", "t1": "open square"}
    for name, look in looks.items():
        assert items(made.grid)[name].look == look
    key = dict(made.grid.key)
    assert [key[look] for look in looks.values()] == [
        "document",
        "proposal or other matter",
        "threat",
        "action",
    ]


def test_a_year_of_many_squares_is_one_item_and_none_is_left_out(of):
    made = of(threats=statements(0, 200))
    assert [item.address for item in made.grid.items] == ["t0"]
    assert made.grid.items[0].label == "200 statements in 2023\nopens the first of them"
    assert not made.grid.left_out


# ---- before the axis ----


def test_what_lies_before_the_axis_stands_in_a_list_of_its_own_and_in_no_row(tables, whole):
    aside = whole["overview"].grid.aside
    milestones = set(tables["events"].loc[tables["events"]["kind"] == "milestone", "id"])
    assert {item.address for item in aside.items} == milestones
    assert all(re.match(r"\d{4}  \S", item.words) for item in aside.items)
    squares = {item.address for item in aside.squares}
    assert squares >= {"collective-security-treaty", "joint-declaration-2010"}
    assert not (milestones | squares) & {name for row in rows(whole["overview"]).values() for name in row}


def test_beside_a_list_an_empty_axis_says_that_nothing_is_in_its_years(of):
    made = of(event("m", "1992-05-15", kind="milestone"))
    assert "nothing in these years matches this selection" in said(made.scene(WIDE))
    assert NOTHING not in said(made.scene(WIDE))


def test_a_choice_of_later_years_takes_earlier_events_into_the_list(of, axis):
    made = of(event("e", "2020-05-01"), event("f", "2023-05-01"), years=Axis((2022, 2023), axis.coverage))
    assert [item.address for item in made.grid.aside.items] == ["e"]
    assert list(rows(made)["Sessions, summits"]) == ["f"]


def test_only_years_of_the_axis_are_heads(axis, whole):
    heads = [text for text in said(whole["overview"].scene(WIDE)) if re.fullmatch(r"\d{4}", text)]
    assert heads == list(map(str, axis.years))


# ---- numbers ----


def test_what_is_announced_before_the_axis_or_undated_is_said_beside_the_number_of_its_row(of):
    events = [event("a", "2022-01-10"), event("b", "2022-06-10"), event("undated")]
    events.append(event("plan", "2023-01-10", status="planned"))
    papers = [paper("d"), paper("old", event="", **dated("1992"))]
    told = {row.key: row for row in of(*events, documents=papers).grid.rows}
    for key, text, beside, on_a_phone in (
        ("Sessions, summits", "2", "1 announced, 1 undated", "2, 1 announced, 1 undated"),
        (DOCUMENTS, "1", "1 before", "1, 1 before the axis"),
    ):
        (total,) = told[key].totals
        assert (total.text, total.beside, told[key].said) == (text, beside, on_a_phone)


def test_an_event_without_a_date_is_left_out_with_its_reason_and_counted(of):
    made = of(event("a", "2022-01-10"), event("undated"))
    assert reasons(made.grid) == {"undated": "no date stated"}
    assert made.headline == "2 events in 1 source"
    assert made.twin.set_index("Record").loc["undated", "On the chart"] == "no date stated"


def test_the_headline_counts_what_is_drawn(whole):
    drawn = {row.key: len(list(row.items)) for row in whole["overview"].grid.rows}
    drawn[DOCUMENTS] += sum(item.strong for item in whole["overview"].grid.aside.squares)
    for row, noun in ((STATEMENTS, "statements"), (DOCUMENTS, "documents"), ("Chairs", "terms")):
        assert re.search(rf"\b{drawn[row]} {noun}\b", whole["overview"].headline)


def test_the_headline_counts_announced_events_apart_and_the_sources_of_what_it_counts(of):
    first, second = event("a", "2022-01-10"), event("f", "2023-01-10", source="s001~s000")
    made = of(first, event("plan", "2023-01-10", status="planned"))
    assert made.headline == "1 event and 1 announced event in 1 source"
    assert of(first, second, event("g", source="s004")).headline == "3 events in 3 sources"


def test_the_name_of_a_chairing_state_stands_under_its_bar_or_its_short_form(of, tables):
    state = dict(zip(tables["states"]["id"], tables["states"]["name"], strict=True))["KAZ"]
    (span,) = of(chairmanships=[term("t", "2022", "2022")]).grid.rows[0].spans
    assert (span.words, span.short) == (state, "KAZ")

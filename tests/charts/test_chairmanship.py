"""Bars that are never more exact than the source, and sessions in the row of their term."""

from itertools import pairwise

import pytest

import query
from charts.axis import Axis
from charts.chart import chart
from tests.charts.conftest import SIZES, event, items, reasons, term, totals

UNTIL_2024 = (2024, "thin", "solid")
OF_2023 = ("2023-01-01", "2023-12-31")
SAID = "Our sources name a chairing state"


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the chart of some terms and events."""
    return lambda *terms, events=(), years=axis: chart(
        "chairmanship", with_rows(chairmanships=list(terms), events=list(events)), years
    )


def rows(made) -> dict:
    return {row.key: row for row in made.grid.rows}


def pieces(made, name: str = "t") -> list[tuple]:
    return [tuple(piece) for piece in rows(made)[name].spans[0].pieces]


# ---- bars ----


@pytest.mark.parametrize(
    ("dates", "more", "parts"),
    [
        (("2022", "2022"), {}, [(2022, 2023, "thin", "solid")]),
        (OF_2023, {}, [(2023, 2024, "bar", "solid")]),
        (("2023-01-01", "2023-36"), {}, [(2023, 2023.748, "bar", "solid"), (2023.748, *UNTIL_2024)]),
        (("2024-01-01", ""), {}, [(2024, 2025, "bar", "solid"), (2025, 2026, "fade", "bar")]),
        (("", "2020"), {"inferred": "end"}, [(2020, 2019, "fade", "thin"), (2020, 2021, "thin", "open")]),
        (OF_2023, {"inferred": "end"}, [(2023, 2023.5, "bar", "solid"), (2023.5, 2024, "bar", "open")]),
        (OF_2023, {"inferred": "start~end"}, [(2023, 2024, "bar", "open")]),
        (("2022", "2022"), {"basis": "inferred", "inferred": "state"}, [(2022, 2023, "thin", "open")]),
        (OF_2023, {"status": "planned"}, [(2023, 2024, "bar", "dashed")]),
    ],
    ids=["year", "day", "quarter", "open end", "open start", "end inferred", "both", "itself", "announced"],
)
def test_a_bar_is_as_certain_as_its_dates(of, dates, more, parts):
    """Low where the source gives a year, outlined where inferred, fading after the last year covered."""
    drawn = pieces(of(term("t", *dates, **more)))
    assert [piece[2:] for piece in drawn] == [part[2:] for part in parts]
    places = [x for piece in drawn for x in piece[:2]]
    assert places == pytest.approx([x for part in parts for x in part[:2]], abs=0.001)


def test_dates_are_said_no_finer_than_the_source(whole):
    notes = {key: row.notes for key, row in rows(whole["chairmanship"]).items()}
    assert notes["chair-tjk-2021"] == ("2021, start and end inferred",)
    assert notes["chair-kaz-2024"] == ("from 1 Jan 2024, end not stated, announced",)
    assert notes["chair-rus-2020"] == ("into 2020, start not stated, end inferred",)
    assert "month not stated" in items(whole["chairmanship"].grid)["chair-tjk-2021"].label


def test_a_term_without_any_date_stands_in_no_year_and_is_counted_as_not_on_the_chart(of):
    made = of(term("t"), term("u", "2022", "2022"))
    assert list(rows(made)) == ["u"]
    (missing,) = made.grid.left_out
    assert (missing.address, missing.reason) == ("t", "no date stated")
    assert made.alt.startswith("Timeline of 2 terms: ")
    assert "1 term not on the chart." in made.alt


def test_a_term_that_begins_in_the_last_year_is_drawn_though_no_source_covers_that_year(tables):
    shown = query.select(tables, query.View(without=("s004",)))
    axis = Axis(query.axis_years(tables), query.coverage(shown))
    assert 2024 in axis.uncovered
    grid = chart("chairmanship", shown, axis).grid
    assert "chair-kaz-2024" in items(grid)
    assert "chair-kaz-2024" not in reasons(grid)


def test_a_term_that_is_only_announced_says_so_in_dates_label_sentence_key_and_claim(of):
    for status, announced in (("planned", True), ("held", False)):
        made = of(term("a", "2022", "2022", status="held"), term("b", *OF_2023, status=status))
        assert ("announced" in rows(made)["b"].notes[0]) == announced
        assert ("the term itself is only announced" in items(made.grid)["b"].label) == announced
        assert (", announced" in made.alt) == announced
        assert ("term only announced" in dict(made.grid.key).values()) == announced
        assert ("announced for the chair" in query.claim(made.tables, "b")) == announced
        assert "announced" not in query.claim(made.tables, "a")


# ---- sessions and numbers ----


def test_a_session_stands_in_the_row_of_its_term_under_the_bar_on_the_span_of_its_date(whole):
    bar, *sessions = rows(whole["chairmanship"])["chair-blr-2023"].spans
    (session,) = [span for span in sessions if span.item.address == "minsk-2023"]
    assert (session.x0, session.x1) == pytest.approx((2023.833, 2023.915), abs=0.001)
    assert session.lane > bar.lane


def test_sessions_of_one_term_that_lie_close_together_stand_on_lines_of_their_own(of):
    close = [event("a", "2022-11-20"), event("b", "2022-11-23"), event("c", "2022-05-16")]
    _, *sessions = rows(of(term("t", "2022", "2022"), events=close))["t"].spans
    lanes = {span.item.address: span.lane for span in sessions}
    assert lanes == {"c": 1, "a": 1, "b": 2}


def test_an_announced_session_is_dashed_and_a_held_one_is_not(whole):
    drawn = items(whole["chairmanship"].grid)
    assert drawn["astana-2024"].look == "dashed diamond"
    assert not drawn["minsk-2023"].look.startswith("dashed")


def test_terms_are_walked_before_sessions(tables, whole):
    walked = list(items(whole["chairmanship"].grid))
    terms = [row.key for row in whole["chairmanship"].grid.rows]
    assert walked[: len(terms)] == terms
    assert set(walked[len(terms) :]) <= set(tables["events"]["id"])


def test_what_falls_into_two_terms_is_counted_in_none(tables, axis, with_rows):
    both = with_rows(chairmanships=[term("a", "2022", "2023"), term("b", "2023")])
    grid = chart("chairmanship", both, axis).grid
    assert reasons(grid)["minsk-2023"] == "its date falls into no single term that is shown"
    assert totals(grid)["a"][0] == "2", "those of 2022"
    assert "unclear" in totals(grid)["b"]


@pytest.mark.parametrize("without", [(), ("s000",), ("s001",), ("s003",)])
def test_a_term_counts_on_the_chart_and_in_the_table_what_its_panel_lists(tables, without):
    shown = query.select(tables, query.View(without=without))
    made = chart("chairmanship", shown, Axis(query.axis_years(tables), query.coverage(shown)))
    twin = made.twin.set_index("Record")
    sessions = set(shown["events"].loc[shown["events"]["kind"].isin(["session", "summit"]), "id"])
    for name in shown["chairmanships"]["id"]:
        listed = query.of_term(shown, name)
        held, announced = (sessions.intersection(listed[part]) for part in ("events", "announced"))
        numbers = [len(held), len(listed["documents"]), len(listed["threats"])]
        if name not in rows(made):
            assert not any([*numbers, announced]), "a term without a date holds nothing"
            continue
        row = rows(made)[name]
        assert [int(total.text) if total.text.isdigit() else 0 for total in row.totals] == numbers
        assert row.totals[0].more == (f"{len(announced)} announced" if announced else "")
        for count, column in zip(numbers[1:], ("Documents", "Statements"), strict=True):
            cell = twin.loc[name, column]
            assert cell == str(count) if count else not cell.isdigit()
        assert {span.item.address for span in row.spans[1:]} == held | announced


def test_a_term_in_a_year_without_a_source_has_dashes_and_no_zeros(whole):
    made = whole["chairmanship"]
    silent = rows(made)["chair-tjk-2021"]
    assert [total.text for total in silent.totals] == ["–", "–", "–"]
    assert [total.more for total in silent.totals] == ["1 announced", "", ""]
    assert silent.said == f"{query.UNCOVERED}; 1 announced session"
    assert f"{query.UNCOVERED}\n1 announced session" in items(made.grid)["chair-tjk-2021"].label
    twin = made.twin.set_index("Record")
    assert twin.loc["chair-tjk-2021", "Statements"] == query.UNCOVERED
    assert twin.loc["chair-tjk-2021", "Sessions"] == f"{query.UNCOVERED}; 1 announced"
    assert twin.loc["chair-kaz-2024", "Documents"] == query.NONE_REPORTED, "2024 has a source that names none"


# ---- headline and key ----


def test_the_headline_holds_only_where_each_year_has_a_chair(of, whole, axis):
    assert whole["chairmanship"].headline == (
        f"{SAID} for each year of 2020 to 2024, "
        "that of 2022 and 2024 only as announced; some dates are inferred, some contradicted"
    )
    alone = of(term("t", "2022", "2022")).headline
    assert alone == f"{SAID} for 2022; for 2020, 2021, 2023 and 2024 none is certain"
    only = Axis((2022,), axis.coverage)
    assert of(term("t", "2022", "2022"), years=only).headline == f"{SAID} for 2022"
    disputed = of(term("t", "2020", "2024", contradicted="start"))
    assert disputed.headline == f"{SAID} for each year of 2020 to 2024; some dates are contradicted"


def test_the_headline_does_not_say_that_an_announced_term_began(of, axis):
    both, first = Axis((2022, 2023), axis.coverage), term("a", "2022", "2022", status="held")
    for status, tail in (("held", ""), ("planned", ", that of 2023 only as announced")):
        made = of(first, term("b", *OF_2023, status=status), years=both)
        assert made.headline == f"{SAID} for each year of 2022 and 2023{tail}"


@pytest.mark.parametrize(
    ("dates", "events", "explained"),
    [
        (OF_2023, [], {"bar solid"}),
        (OF_2023, [event("e", "2023-05-16")], {"bar solid", "solid diamond"}),
        (OF_2023, [event("e", "2023-05")], {"bar solid", "solid diamond", "span"}),
        (("2022", ""), [], {"thin solid", "bar solid", "fade"}),
    ],
    ids=["day", "session", "month", "fade"],
)
def test_the_key_explains_what_is_drawn_and_nothing_else(of, dates, events, explained):
    assert set(dict(of(term("t", *dates), events=events).grid.key)) == explained


def test_of_more_sessions_than_one_chart_holds_the_latest_are_drawn(of):
    many = [event(f"e{n}", f"2023-{1 + n % 12:02d}") for n in range(250)]
    grid = of(term("t", *OF_2023), events=many).grid
    drawn = [row.item.address for row in grid.rows[0].spans[1:]]
    assert len(drawn) == 200
    reason = "more of them than one chart holds; choose fewer years, or search"
    assert set(reasons(grid).values()) == {reason}
    assert "e0" in reasons(grid)
    assert "e11" in drawn


def test_five_sessions_of_one_term_on_one_day_are_each_seen_and_opened(with_rows, axis):
    events = [event(f"e{n}", "2022-06-10") for n in range(5)]
    rows = with_rows(chairmanships=[term("t", "2022", "2022")], events=events)
    made = chart("chairmanship", rows, axis)
    for size in SIZES.values():
        scene = made.scene(size)
        areas = {target.address: target.area for target in scene.targets if target.address != "t"}
        assert areas.keys() == {one["id"] for one in events}
        heights = sorted((area.y0, area.y1) for area in areas.values())
        assert all(first[1] <= second[0] for first, second in pairwise(heights))

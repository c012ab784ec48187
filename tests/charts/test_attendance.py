"""Present, absent, not stated and no source are four different things."""

import pytest

import query
from charts.attendance import NO_SESSION
from charts.axis import Axis
from charts.chart import chart
from charts.layout import WIDE
from query.vocabulary import ATTENDANCE
from tests.charts.conftest import cells, items, reasons, said, seat, totals

ONCE = "at the only session for which a source mentions it"


def everybody(tables, event: str = "minsk-2023", **status) -> list[dict]:
    parties = [*tables["states"]["id"], "SG"]
    return [seat(event, party, status.get(party, "present")) for party in parties]


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the chart of some seats."""
    return lambda *rows: chart("attendance", with_rows(attendance=list(rows)), axis)


def test_present_absent_and_not_stated_differ_in_sign_and_in_words(tables, whole):
    drawn, key = items(whole["attendance"].grid), dict(whole["attendance"].grid.key)
    signs = {"present": {"solid square"}, "absent": {"crossed square"}}
    for row in tables["attendance"].to_dict("records"):
        item = drawn[row["id"]]
        assert item.look in signs.get(row["status"], {"mute dot"})
        assert row["status"].replace("_", " ") in item.label
        assert key[item.look].startswith(ATTENDANCE[row["status"]])


def test_what_is_inferred_carries_a_dot_whatever_its_sign(of):
    guess = {"basis": "inferred", "inferred": "status"}
    seats = [seat("minsk-2023", *of, **guess) for of in (("ARM", "present"), ("KAZ", "absent"))]
    grid = of(*seats).grid
    looks = [(item.look, item.inferred) for item in grid.items]
    assert looks == [("solid square", True), ("crossed square", True)]
    assert dict(grid.key)["solid square inferred"] == "inferred, not stated"


def test_turning_silence_into_absence_changes_picture_table_and_sentence(tables, axis):
    rows = tables["attendance"].copy()
    rows.loc[rows.index[rows["status"] == "not_stated"][0], "status"] = "absent"
    made = [chart("attendance", t, axis) for t in (tables, {**tables, "attendance": rows})]
    told = [(one.scene(WIDE), one.twin.to_csv(), one.alt, one.headline) for one in made]
    assert all(before != after for before, after in zip(*told, strict=True))


def test_every_seat_stands_in_the_row_of_its_party_and_the_column_of_its_session(tables, whole):
    rows = tables["attendance"]
    expected = {row["id"]: (row["party"], (row["year"], row["event"])) for row in rows.to_dict("records")}
    assert cells(whole["attendance"].grid) == expected


def test_parties_stand_in_the_order_of_the_states_then_the_secretary_general(tables, whole):
    names = [row.name for row in whole["attendance"].grid.rows]
    assert names == [*tables["states"]["name"], "Secretary General"]


def test_the_address_of_a_place_that_nobody_mentions_is_event_and_party(tables, whole):
    silent = tables["attendance"].query("status == 'not_stated'")
    drawn = items(whole["attendance"].grid)
    for event, party in zip(silent["event"], silent["party"], strict=True):
        assert "no source says whether they came" in drawn[f"{event}.{party}"].label


def test_silence_is_said_in_words_in_the_table(whole):
    silent = whole["attendance"].twin.query("Status == 'not stated'")
    assert len(silent)
    assert set(silent["Person"]) == {"not stated"}
    assert set(silent["Sources"]) == {"none mentions it"}


def test_the_numbers_of_a_row_are_its_seats_by_status_and_an_absence_is_bold(tables, whole):
    grid = whole["attendance"].grid
    assert grid.totals == ("present", "absent", "not stated")
    for party, rows in tables["attendance"].groupby("party"):
        numbers = [str((rows["status"] == status).sum()) for status in ATTENDANCE]
        assert totals(grid)[party] == numbers
    bold = {row.key for row in grid.rows if row.totals[1].strong}
    assert bold == set(tables["attendance"].query("status == 'absent'")["party"])


def test_the_head_of_a_session_is_no_finer_than_its_source(whole):
    heads = [column.heads[0] for column in whole["attendance"].grid.columns if column.key[1]]
    assert {"no month", "16 May", "Nov"} <= set(heads)


# ---- years without a session ----


def why(made) -> dict[int, str]:
    return {column.year: column.why for column in made.grid.columns}


def test_a_year_without_a_source_is_a_hatched_column_and_one_with_a_source_says_what_is_reported(whole):
    grid = whole["attendance"].grid
    of_year = {column.year: column for column in grid.columns}
    assert (of_year[2021].why, of_year[2021].hatched) == (query.UNCOVERED, True)
    assert of_year[2024].why.startswith(NO_SESSION)
    assert [year for year, column in of_year.items() if column.hatched] == [2021]
    assert {column for _, column in cells(grid).values()}.isdisjoint({(2021, ""), (2024, "")})


def test_a_session_that_is_only_announced_is_said_beside_that_none_is_reported_as_held(tables, axis, whole):
    planned = tables["events"]["kind"].isin(["session", "summit"]) & tables["events"]["status"].eq("planned")
    count = int((planned & tables["events"]["year"].eq(2024)).sum())
    assert count, "the data have one"
    assert why(whole["attendance"])[2024] == f"{NO_SESSION}, {count} announced"
    without = chart("attendance", {**tables, "events": tables["events"][~planned]}, axis)
    assert why(without)[2024] == NO_SESSION


def test_a_session_outside_the_years_is_left_out_with_its_reason(tables, axis):
    grid = chart("attendance", tables, Axis((2022,), axis.coverage)).grid
    assert set(reasons(grid).values()) == {f"{year} is not among the years shown" for year in (2020, 2023)}
    assert {column for _, (_, column) in cells(grid).values()} == {"summit-2022-05", "session-2022-11"}


def test_a_filter_that_hides_every_seat_of_a_session_does_not_deny_the_session(tables, axis):
    absent = chart("attendance", query.select(tables, query.View(status=("absent",))), axis)
    assert [column for column in absent.grid.columns if column.heads[:1] == ("16 May",)]
    nobody = query.select(tables, query.View(years=(2022,), status=("absent",)))
    assert NO_SESSION not in chart("attendance", nobody, Axis((2022,), axis.coverage)).alt


def test_a_year_with_a_source_and_no_session_says_so_in_chart_headline_and_alternative_text(tables, axis):
    view = query.View(years=(2024,))
    made = chart("attendance", query.select(tables, view), Axis(view.years, axis.coverage))
    assert all(NO_SESSION in text for text in (" ".join(said(made.scene(WIDE))), made.headline, made.alt))


# ---- the headline ----


def test_the_headline_names_who_is_reported_absent_also_in_a_tie_and_says_where_nobody_is(of, tables):
    only = of(*everybody(tables, ARM="absent"))
    assert only.headline.startswith(f"Only Armenia is reported absent: {ONCE}")
    for status, finding in (
        ({"ARM": "absent", "KAZ": "absent"}, "Armenia and Kazakhstan are reported absent, in 1 session each"),
        ({}, "7 places at sessions: 7 reported present, nobody reported absent"),
        (
            {"ARM": "not_stated"},
            "7 places at sessions: 6 reported present, 1 not stated, nobody reported absent",
        ),
    ):
        assert of(*everybody(tables, **status)).headline == finding


def test_with_parties_filtered_away_nobody_is_called_the_only_one(of):
    assert of(seat("minsk-2023", "ARM", "absent")).headline == f"Armenia is reported absent {ONCE}"


def test_a_session_for_which_nobody_mentions_the_party_is_none_that_it_came_to(of, tables):
    silent = [row | {"year": 2020} for row in everybody(tables, "session-2020", ARM="not_stated")]
    made = of(*silent, *everybody(tables, ARM="absent"))
    assert made.headline == f"Only Armenia is reported absent: {ONCE}"

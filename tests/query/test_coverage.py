import pandas as pd
import pytest

import query
from query import View, axis_years, coverage, covered_years, select


def covered(tables) -> dict[str, list[int]]:
    years: dict[str, list[int]] = {}
    for one in coverage(tables):
        years.setdefault(one.source, []).append(one.year)
    return years


def test_a_source_covers_the_years_of_the_held_events_that_it_reports(tables):
    assert covered(tables) == {
        "s000": [2023],
        "s001": [2022, 2023],
        "s002": [2020],
        "s003": [2022],
        "s004": [2024],
    }


def says(tables, record: str, source: str, field: str, relation: str = "supports"):
    """The tables with one more piece of evidence: what a source says about a record."""
    more = (
        tables["evidence"]
        .iloc[:1]
        .assign(record=record, source=source, field=field, relation=relation, quote="made up")
    )
    return {**tables, "evidence": pd.concat([tables["evidence"], more], ignore_index=True)}


def test_who_supports_that_an_event_was_held_covers_its_year(tables):
    assert 2024 not in covered(tables)["s000"]
    assert covered(says(tables, "conference-2024", "s000", "status"))["s000"] == [2023, 2024]


@pytest.mark.parametrize("field", ["date", "kind", "title", "body", "place", "note", "", "status"])
def test_who_only_looks_back_at_an_event_or_contradicts_that_it_was_held_does_not_cover_its_year(
    tables, field
):
    relation = "contradicts" if field == "status" else "supports"
    assert covered(says(tables, "conference-2024", "s000", field, relation)) == covered(tables)


def test_who_only_announced_an_event_that_another_reports_as_held_does_not_cover_its_year(tables, changed):
    announced = says(tables, "session-2021", "s002", "status")
    assert covered(announced) == covered(tables), "nobody reports it as held"
    held = changed("events", "session-2021", status="held")
    evidence = tables["evidence"]
    theirs = evidence["record"].eq("session-2021") & evidence["field"].eq("status")
    assert set(evidence.loc[theirs, "source"]) == {"s002"}
    # as a curator codes it: the report supports `status: held`, what announced it supports date and place
    evidence = evidence.assign(field=evidence["field"].mask(theirs, "date"))
    reported = says({**held, "evidence": evidence}, "session-2021", "s003", "status")
    assert covered(reported) == covered(tables) | {"s003": [2021, 2022]}


def test_milestones_and_undated_events_cover_nothing(tables):
    milestones = tables["events"][tables["events"]["kind"].eq("milestone") | tables["events"]["year"].isna()]
    assert len(milestones) > 1
    assert coverage({**tables, "events": milestones}) == ()


def test_sources_stand_in_file_order_with_their_publisher(tables):
    sources = tables["sources"]
    named = dict((one.source, one.label) for one in coverage(tables))
    assert list(named.items()) == list(zip(sources["id"], sources["publisher"], strict=True))


def test_the_axis_holds_the_gap_between_covered_years(tables):
    assert axis_years(tables) == (2020, 2021, 2022, 2023, 2024)


@pytest.mark.parametrize(
    "view", [View(years=(2022,)), View(q="drug"), View(basis=("inferred",)), View(status=("absent",))]
)
def test_a_filter_does_not_make_a_year_look_as_if_no_document_covered_it(tables, view):
    assert coverage(select(tables, view)) == coverage(tables)


def test_coverage_is_said_in_words(tables):
    assert covered_years(tables, "s001") == "reports events of 2022 and 2023"
    assert covered_years(tables, "s002") == "reports events of 2020"
    assert covered_years(tables, "s999") == "reports no event whose year is known"


@pytest.mark.parametrize(
    ("table", "row", "years"),
    [
        ("chairmanships", {"start_earliest": "2025-01-01", "status": "planned"}, range(2020, 2026)),
        ("chairmanships", {"end_latest": "2026-12-31"}, range(2020, 2027)),
        ("chairmanships", {"start_earliest": "2018-01-01"}, range(2020, 2025)),
        ("events", {"latest": "2026-03-31", "status": "planned"}, range(2020, 2027)),
    ],
)
def test_the_axis_reaches_to_what_is_announced_and_not_back_before_what_is_told(tables, table, row, years):
    rows = tables[table]
    new = dict.fromkeys(rows.columns.drop("year", errors="ignore"), "") | {"id": "new"} | row
    changed = {**tables, table: pd.concat([rows, pd.DataFrame([new])], ignore_index=True)}
    assert axis_years(changed) == tuple(years)


def test_two_sources_of_one_publisher_are_told_apart_by_their_ids(tables):
    sources = tables["sources"].assign(publisher=["one", "two", "one", "three", "four"])
    changed = {**tables, "sources": sources}
    ids = list(sources["id"])
    names = [f"one ({ids[0]})", "two", f"one ({ids[2]})", "three", "four"]
    assert [query.name_of(changed, source) for source in ids] == names
    assert {one.label for one in query.coverage(changed)} <= set(names)


@pytest.mark.parametrize("slip", ["2202", "0202"])
def test_a_slip_in_a_year_makes_no_axis_of_centuries(tables, slip):
    events = tables["events"].copy()
    first = events.index[events["status"].eq("held") & events["year"].eq(2022)][0]
    events.loc[first, ["earliest", "latest"]] = f"{slip}-11-01"
    events.loc[first, "year"] = int(slip)
    changed = {**tables, "events": events}
    assert int(slip) in {one.year for one in coverage(changed)}
    assert axis_years(changed) == (2020, 2021, 2022, 2023, 2024)

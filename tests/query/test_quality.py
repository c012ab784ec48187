"""How far the dataset can be trusted, counted again by other means."""

import pandas as pd

import query
from query.records import RECORDS, filled_in


def value(rows: pd.DataFrame, measure: str) -> str:
    return rows.loc[rows["measure"].str.startswith(measure), "value"].item()


def coded(tables) -> list[dict]:
    return [row for name in RECORDS for row in tables[name][~filled_in(tables[name])].to_dict("records")]


def test_stated_and_inferred_records_are_all_records(tables):
    rows, records = query.quality(tables), coded(tables)
    inferred = [row["id"] for row in records if row["basis"] == "inferred"]
    assert value(rows, "Records whose claim stands") == f"{len(records) - len(inferred)} of {len(records)}"
    assert value(rows, "Records whose claim is inferred") == f"{len(inferred)} of {len(records)}"


def test_quoted_places_are_counted_once_however_many_records_share_them(tables):
    first = tables["evidence"][["source", "paragraph", "quote"]].iloc[0]
    places = set(tables["evidence"][["source", "paragraph", "quote"]].itertuples(index=False, name=None))
    assert len(places) < len(tables["evidence"])
    found = value(query.quality(tables, frozenset([tuple(first)])), "Quoted places")
    assert found == f"{len(places) - 1} of {len(places)}"
    assert value(query.quality(tables), "Quoted places") == f"{len(places)} of {len(places)}"


def test_quoted_places_are_one_number_wherever_they_are_counted(tables):
    of_sources = query.by_source(tables)["Quoted places"].sum()
    assert value(query.quality(tables), "Quoted places") == f"{of_sources} of {of_sources}"


def test_records_that_disagree_can_be_opened(tables):
    opens = query.quality(tables)["opens"]
    named = {address for cell in opens for address in cell.split("~") if address}
    assert {row["id"] for row in coded(tables) if row["contradicted"]} <= named
    assert all(query.resolve(address, tables) for address in named)


def test_dates_are_counted_by_their_precision_and_none_is_lost(tables, changed):
    rows = query.quality(changed("events", "minsk-2023", precision=""))
    held = tables["events"]["status"].eq("held").sum()
    numbers = [int(part.split()[0]) for part in value(rows, "Events held").split(", ")]
    assert sum(numbers) == held
    assert value(rows, "Events held").endswith("2 not stated")


def test_a_year_in_which_no_source_reports_an_event_is_named(tables):
    assert value(query.quality(tables), "Years in which no source reports an event held") == "2021"


def test_empty_tables_have_a_quality_too(tables):
    rows = query.quality({name: rows.iloc[:0] for name, rows in tables.items()})
    assert value(rows, "Events held") == "none"
    assert value(rows, "Years in which") == "none"
    assert value(rows, "Quoted places") == "0 of 0"

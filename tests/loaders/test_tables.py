"""Tables: tidy DataFrames with exactly the promised columns."""

from pathlib import Path

import pandas as pd
import pytest

from loaders import load
from loaders.export import csv
from loaders.tables import tables
from tests.frozen import FROZEN

HERE = Path(__file__).parent
COLUMNS = {
    "dataset": "title version date licence",
    "sources": "id file title publisher url kind language printed_date caveats date_words",
    "states": "id name",
    "people": "id name also_spelled",
    "bodies": "id name",
    "categories": "id label includes excludes definition example",
    "events": "id kind body title date place format chair status inferred note "
    "basis source year earliest latest precision date_words contradicted",
    "chairmanships": "id state start end person motto status inferred note "
    "basis source start_earliest start_latest end_earliest end_latest start_words end_words contradicted",
    "priorities": "id chairmanship order summary inferred note basis source contradicted",
    "attendance": "id event party status person role inferred note basis source year contradicted",
    "documents": "id event date title kind status signatories inferred note "
    "basis source year earliest latest precision date_words contradicted",
    "document_counts": "id event count verb inferred note basis source year contradicted",
    "threats": "id event speaker role category expressed_as summary region inferred note "
    "basis source year mentions contradicted",
    "evidence": "record field source paragraph quote relation",
    "inferences": "record field reason",
    "paragraphs": "source paragraph use reason",
    "retired": "id was reason date replaced_by",
}


@pytest.fixture(scope="module")
def found():
    return load(HERE / "valid.yaml").tables


def rows(table, *columns):
    return list(table[list(columns)].itertuples(index=False, name=None))


@pytest.mark.parametrize("path", [HERE / "valid.yaml", FROZEN], ids=lambda path: path.name)
def test_tables_have_the_promised_columns_and_types(path):
    found = load(path).tables
    numbers = {"order": "Int64", "count": "int64", "mentions": "int64", "paragraph": "int64", "year": "Int64"}
    assert {name: " ".join(table.columns) for name, table in found.items()} == COLUMNS
    for table in found.values():
        for column, kind in table.dtypes.items():
            assert str(kind) == numbers.get(column, "str")
        assert not table.drop(columns="year", errors="ignore").isna().any(axis=None)
        assert list(table.index) == list(range(len(table)))


def test_tables_without_rows_keep_columns_and_types(changed, valid):
    empty = changed(
        (valid[valid.index("  - id: count-2031") : valid.index("threats:\n")], ""),
        ("document_counts:", "document_counts: []"),
    )
    table = tables(empty)["document_counts"]
    assert " ".join(table.columns) == COLUMNS["document_counts"]
    assert list(map(str, table.dtypes[["id", "count", "year"]])) == ["str", "int64", "Int64"]


ROWS = {
    # the format of the event is inferred, but not that it was held
    "the claim decides the basis": (
        ("events", "basis inferred", [("stated", "kind~format"), ("stated", "")]),
        ("documents", "basis inferred", [("inferred", "signatories~status")]),
        ("threats", "basis", [("stated",), ("inferred",)]),
    ),
    "sources are named in the order of the file": (
        ("chairmanships", "id source", [("chair-nor", "beta"), ("chair-sou", "alpha~beta")]),
    ),
    "dates become spans and years": (
        ("events", "date year precision", [("2031-03-02", 2031, "day"), ("2032-36", 2032, "quarter")]),
        ("events", "earliest latest", [("2031-03-02", "2031-03-02"), ("2032-10-01", "2032-12-31")]),
        ("chairmanships", "start_earliest start_latest", [("", ""), ("2032-01-01", "2032-12-31")]),
        ("chairmanships", "end_earliest end_latest", [("2032-01-01", "2032-12-31"), ("", "")]),
    ),
    "a document without a date has the year of its event and no days": (
        ("documents", "year earliest latest precision", [(2031, "", "", "")]),
    ),
    "mentions are the quotes that state the threat and not those that name its speaker": (
        ("threats", "id mentions", [("brook-floods", 2), ("dale-pirates", 1)]),
    ),
}


@pytest.mark.parametrize("promise", ROWS)
def test_the_rows_of_a_small_file_are_those_that_were_promised(found, promise):
    for table, columns, expected in ROWS[promise]:
        assert rows(found[table], *columns.split()) == expected


def test_evidence_has_a_row_for_each_field_it_proves(found):
    table = found["evidence"]
    assert rows(table[table["record"] == "brook-floods"], "field", "source", "paragraph", "quote") == [
        ("expressed_as", "alpha", 4, "Rising floods are a danger"),
        ("speaker", "alpha", 4, "ours,” Ada Brook said"),
        ("", "beta", 4, "Rising floods, he repeated"),
    ]


def test_inferences_have_their_reasons(found):
    assert ("chair-nor", "end", "Southland takes over in that year.") in rows(
        found["inferences"], "record", "field", "reason"
    )


def test_every_paragraph_is_cited_or_skipped(found):
    table = found["paragraphs"]
    places = [(source, number) for source in ("alpha", "beta") for number in range(1, 6)]
    assert rows(table, "source", "paragraph") == places
    skipped = [("alpha", 1, "Header of the page."), ("beta", 3, "Credit of the photographs.")]
    assert rows(table[table["use"] == "skipped"], "source", "paragraph", "reason") == skipped
    assert rows(table[table["use"] != "skipped"], "use", "reason") == [("cited", "")] * 8


def test_a_document_with_a_date_has_its_own_year_and_days(changed):
    records = changed(
        ("    title: Charter of Dams", '    date: "2030"\n    title: Charter of Dams'),
        ("proves: [title, kind, status]", "proves: [title, kind, status, date]"),
    )
    assert rows(tables(records)["documents"], "year", "earliest", "latest", "precision") == [
        (2030, "2030-01-01", "2030-12-31", "year")
    ]


def test_an_event_without_a_date_has_no_year(changed):
    records = changed(
        ('    date: "2032-36"\n', ""), ("proves: [kind, date, status]", "proves: [kind, status]")
    )
    assert tables(records)["events"]["year"].isna().tolist() == [False, True]


def test_a_party_that_nobody_mentions_is_not_stated(found):
    table = found["attendance"]
    assert rows(table, "id", "party", "status", "year") == [
        ("alba-2031-nor", "NOR", "present", 2031),
        ("alba-2031.SOU", "SOU", "not_stated", 2031),
        ("alba-2031-eas", "EAS", "absent", 2031),
        ("alba-2031.SG", "SG", "not_stated", 2031),
    ]
    silent = table[table["status"] == "not_stated"]
    assert (silent[["person", "role", "inferred", "note", "basis", "source"]] == "").all(axis=None)


@pytest.mark.parametrize(
    "replacement", [("kind: session\n    body", "kind: conference\n    body"), ("{id: csc,", "{id: csto,")]
)
def test_only_meetings_of_the_council_expect_everyone(changed, replacement):
    records = changed(replacement, ("body: csc", f"body: {'csto' if 'csto' in replacement[1] else 'csc'}"))
    assert set(tables(records)["attendance"]["status"]) == {"present", "absent"}


def test_a_planned_meeting_of_the_council_expects_nobody(changed):
    records = changed(
        ("    kind: session\n    date", "    kind: session\n    body: csc\n    date"),
        ("proves: [kind, date, status]", "proves: [kind, body, date, status]"),
    )
    assert set(tables(records)["attendance"]["event"]) == {"alba-2031"}


def test_text_that_a_spreadsheet_would_run_is_made_harmless():
    for first in "=+-@|%\t\r＝＋－＠｜％":
        table = pd.DataFrame({"text": [first + "1", "a" + first], "number": [-1, 2]})
        assert csv(table).decode() == f"text,number\n'{first}1,-1\na{first},2\n"


def test_csv_is_utf_8_with_plain_line_ends_and_empty_cells_for_what_is_missing():
    table = pd.DataFrame({"text": ["Минск", ""], "year": pd.Series([2023, pd.NA], dtype="Int64")})
    assert csv(table) == "text,year\nМинск,2023\n,\n".encode()


def test_evidence_that_contradicts_names_its_field_and_is_no_mention(changed):
    against = "quote: every harbour of ours, proves: [expressed_as], relation: contradicts}"
    item = f"proves: []}}\n      - {{source: alpha, paragraph: 4, {against}"
    after = tables(changed(("proves: []}", item)))
    assert rows(after["threats"], "mentions", "contradicted") == [(2, "expressed_as"), (1, "")]
    assert set(after["evidence"]["relation"]) == {"supports", "contradicts"}

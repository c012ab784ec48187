"""Documents that sources name, beside the numbers that they report."""

import re

import pytest

from charts import documents
from charts.axis import Axis
from tests.charts.conftest import dated, read, texts


def paper(name: str, status: str = "signed", **more) -> dict:
    row = {
        "id": name,
        "title": name,
        "kind": "decision",
        "status": status,
        "basis": "stated",
        "source": "s000",
    }
    return row | {"event": "minsk-2023", "year": 2023} | more


def number(name: str, count: int, event: str = "minsk-2023", **more) -> dict:
    row = {"id": name, "event": event, "count": count, "verb": "signed", "basis": "stated", "source": "s000"}
    return row | {"year": 2023} | more


@pytest.mark.parametrize(
    ("status", "row"),
    [
        ("signed~adopted", "Signed"),
        ("adopted~signed", "Signed"),
        ("discussed~approved", "Approved"),
        ("in_force", "In force"),
    ],
)
def test_a_document_stands_once_in_the_row_of_its_strongest_status(with_rows, axis, status, row):
    marks = documents.marks(with_rows(documents=[paper("d", status)], document_counts=[]), axis)
    assert list(marks["row"]) == [row]
    for word in status.split("~"):
        assert word.replace("_", " ") in marks["label"].iloc[0]


@pytest.mark.parametrize(
    ("status", "fill"),
    [("signed", "solid"), ("in_force", "solid"), ("proposed", "open"), ("discussed", "open")],
)
def test_what_is_only_proposed_or_discussed_is_hollow(with_rows, axis, status, fill):
    marks = documents.marks(with_rows(documents=[paper("d", status)]), axis)
    assert marks.set_index("address").loc["d", "fill"] == fill


def test_reported_numbers_and_named_documents_are_never_added(with_rows, axis):
    rows = with_rows(
        documents=[paper("a"), paper("b", "proposed")],
        document_counts=[number("n", 15), number("m", 7, verb="discussed")],
    )
    marks = documents.marks(rows, axis)
    counts = marks[marks["kind"] == "count"].set_index("address")
    assert counts.loc["n", ["number", "named"]].tolist() == [15, 1]
    assert counts.loc["m", "line"] != counts.loc["n", "line"]
    said = " ".join(texts(read(documents.figure(marks, rows, axis))))
    assert "<b>15</b>" in said
    assert "<b>7</b>" in said
    for sum_ in ("22", "16", "17", "24"):
        assert f">{sum_}<" not in said


@pytest.mark.parametrize("kind", ["proposal", "appointment", "other", ""])
@pytest.mark.parametrize("status", ["signed", "adopted~signed", "decided"])
def test_what_is_no_document_by_its_kind_is_hollow_and_not_counted_as_named(with_rows, axis, kind, status):
    rows = with_rows(documents=[paper("d"), paper("m", status, kind=kind)], document_counts=[number("n", 15)])
    marks = documents.marks(rows, axis).set_index("address")
    assert marks.loc["m", "fill"] == "open"
    assert marks.loc["n", "named"] == 1
    assert documents.headline(rows, axis).endswith(", 1 of that session named")
    alt = documents.alt(documents.marks(rows, axis), rows, axis)
    assert "1 document and 1 proposal or other matter" in alt
    counted = documents.twin(rows, axis).set_index("Record")["Counted as"]
    assert dict(counted) == {"d": "document", "m": "proposal or other matter", "n": "number reported"}


def test_documents_and_other_matters_of_one_row_have_totals_of_their_own(with_rows, axis):
    papers = [paper("a"), paper("b"), paper("c"), *(paper(f"m{n}", kind="other") for n in range(4))]
    rows = with_rows(documents=papers, document_counts=[])
    marks = documents.marks(rows, axis)
    said = texts(read(documents.figure(marks, rows, axis)))
    assert [text for text in said if text in ("3", "4", "7")] == ["3", "4", "3"], "the last: named"
    narrow = " ".join(texts(read(documents.figure(marks, rows, axis, narrow=True))))
    assert re.search(r"\b3 documents, 4 (others|other matters|proposals and other matters)\b", narrow)


def test_where_none_of_a_session_is_named_that_is_said_and_is_no_zero(with_rows, axis):
    rows = with_rows(documents=[paper("m", kind="other")], document_counts=[number("n", 15)])
    marks = documents.marks(rows, axis)
    assert documents.headline(rows, axis) == (
        "15 documents signed at the session of 2023, none of that session named"
    )
    assert "none" in texts(read(documents.figure(marks, rows, axis)))
    assert "15 reported as signed, none named" in documents.alt(marks, rows, axis)


def test_a_number_keeps_the_verb_of_its_source(tables, axis):
    said = " ".join(texts(read(documents.figure(documents.marks(tables, axis), tables, axis)))).replace(
        "<br>", " "
    )
    for verb in tables["document_counts"]["verb"]:
        assert verb in said


def test_a_filter_on_documents_does_not_change_what_sources_name(tables, axis):
    whole = documents.marks(tables, axis)
    rows = tables["documents"]
    filtered = {**tables, "documents": rows[rows["status"] == "adopted"], "all_documents": rows}
    named = [m[m["kind"] == "count"]["named"].tolist() for m in (whole, documents.marks(filtered, axis))]
    assert named[0] == named[1]


def test_documents_before_the_axis_and_undated_ones_stand_in_a_column_at_the_left(with_rows, axis):
    rows = with_rows(
        documents=[
            paper("old", event="", **dated("1992")),
            paper("undated", event="", year=None),
            paper("new"),
        ]
    )
    marks = documents.marks(rows, axis).set_index("address")
    assert marks.loc["old", "cell"] == marks.loc["undated", "cell"] == 0
    assert marks.loc["old", "x"] < 1 < marks.loc["new", "x"]
    assert marks.loc["old", "column"] == "before the first year, or undated"


def test_a_document_of_a_later_year_is_left_out_with_its_reason(with_rows, axis):
    rows = with_rows(documents=[paper("d", year=2031, event="")])
    left_out = documents.left_out(rows, axis).set_index("address")
    assert left_out.loc["d", "reason"] == "2031 is not among the years shown"


def test_a_document_without_an_occasion_stands_under_its_year(with_rows, axis):
    rows = with_rows(documents=[paper("d", event=""), paper("e")], document_counts=[])
    marks = documents.marks(rows, axis).set_index("address")
    assert marks.loc["d", "cell"] != marks.loc["e", "cell"]
    assert marks.loc["d", "column"] == "2023, no session"


def test_the_date_of_the_occasion_is_said_to_be_that(tables, axis):
    twin = documents.twin(tables, axis).set_index("Record")
    assert twin.loc["declaration-2023", "Date"] == "November 2023, day not stated (the occasion's)"


def test_the_headline_compares_only_where_the_gap_is_clear(with_rows, tables, axis):
    one = with_rows(documents=[paper("a")], document_counts=[number("n", 15)])
    assert (
        documents.headline(one, axis) == "15 documents signed at the session of 2023, 1 of that session named"
    )
    tie = with_rows(
        documents=[paper("a")], document_counts=[number("n", 15), number("m", 14, "session-2020", year=2020)]
    )
    assert documents.headline(tie, axis) == "Sources report more documents than they name"
    none = with_rows(documents=[paper("a")], document_counts=[])
    assert documents.headline(none, axis) == "Documents that our sources name, by status and occasion"


def test_a_number_of_a_year_that_is_not_shown_is_left_out(tables, axis):
    only = Axis((2022,), axis.coverage)
    assert {"count-2020", "count-2023"} <= set(documents.left_out(tables, only)["address"])

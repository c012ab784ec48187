"""Documents that sources name, beside the numbers that they report."""

import pytest

import query
from charts.axis import Axis
from charts.chart import chart
from charts.documents import BEFORE, COUNTED, FEW, LOOSE, NAMED, WHATEVER
from query.vocabulary import DOCUMENT_STATUS
from tests.charts.conftest import TELLING, cells, dated, items, number, paper, reasons, said, totals

MINSK = (2023, "minsk-2023")


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the chart of some documents and reported numbers."""
    return lambda documents, counts=(): chart(
        "documents", with_rows(documents=list(documents), document_counts=list(counts)), axis
    )


def named(grid, column=MINSK) -> str:
    """How many documents of an occasion are named, in the row that says so."""
    return next(row for row in grid.rows if row.key == NAMED).cells[column].text


def test_a_document_stands_once_in_the_row_of_its_strongest_status_and_says_all(of):
    statuses = {"a": "signed~adopted", "b": "adopted~signed", "c": "discussed~approved", "d": "in_force"}
    grid = of([paper(name, status) for name, status in statuses.items()]).grid
    strongest = {"a": "signed", "b": "signed", "c": "approved", "d": "in_force"}
    assert cells(grid) == {name: (row, MINSK) for name, row in strongest.items()}
    for name, status in statuses.items():
        assert [w for w in status.split("~") if w.replace("_", " ") not in items(grid)[name].label] == []


def test_rows_stand_from_the_strongest_status_to_the_weakest(whole):
    keys = [row.key for row in whole["documents"].grid.rows if row.key in DOCUMENT_STATUS]
    assert keys == [status for status in DOCUMENT_STATUS if status in keys]


@pytest.mark.parametrize(
    ("status", "kind", "look"),
    [
        ("signed", "decision", "solid sheet"), ("in_force", "decision", "solid sheet"),
        ("proposed", "decision", "open sheet"), ("discussed", "decision", "open sheet"),
        ("signed", "proposal", "open sheet"), ("adopted~signed", "appointment", "open sheet"),
        ("decided", "other", "open sheet"), ("signed", "", "open sheet"),
    ],
)  # fmt: skip
def test_what_is_no_document_by_its_kind_or_status_is_hollow_and_not_counted_as_one(of, status, kind, look):
    made = of([paper("d"), paper("m", status, kind=kind)], [number("n", 15)])
    solid = look.startswith("solid")
    assert items(made.grid)["m"].look == look
    assert named(made.grid) == ("2" if solid else "1")
    assert made.headline.endswith(f", {1 + solid} of that session named")
    assert ("2 documents" if solid else "1 document and 1 proposal or other matter") in made.alt
    other = "document" if solid else "proposal or other matter"
    counted = dict(made.twin.set_index("Record")["Counted as"])
    assert counted == {"d": "document", "m": other, "n": "number reported"}


def test_documents_of_a_cell_stand_before_its_other_matters_and_are_counted_apart(of):
    papers = [paper("a"), *(paper(f"m{n}", kind="other") for n in range(4)), paper("b"), paper("c")]
    grid = of(papers).grid
    (row,) = [row for row in grid.rows if row.key == "signed"]
    assert [item.address for item in row.items] == ["a", "b", "c", "m0", "m1", "m2", "m3"]
    assert row.said == "3 documents, 4 other matters"


def test_each_document_has_its_title_beside_it_and_where_there_are_many_rows_have_totals(of):
    few, many = (of([paper(f"d{n}", title=f"Title {n}") for n in range(number)]) for number in (2, FEW + 1))
    for size in TELLING:
        assert {"Title 0", "Title 1"} <= set(said(few.scene(size)))
        assert "Title 0" not in said(many.scene(size))
    assert (few.grid.totals, many.grid.totals) == ((), ("documents", "others"))
    assert totals(many.grid)["signed"] == [str(FEW + 1), ""]


# ---- numbers that sources report ----


def test_reported_numbers_and_named_documents_are_never_added(of):
    grid = of([paper("a"), paper("b", "proposed")], [number("n", 15), number("m", 7, verb="discussed")]).grid
    (reported,) = [row for row in grid.rows if row.key == COUNTED]
    assert [(item.figure, item.words) for item in reported.items] == [("15", "signed"), ("7", "discussed")]
    assert not reported.totals
    assert reported.ruled, "a line of ink parts them from the squares"
    assert named(grid) == "1"


def test_a_number_keeps_the_verb_of_its_source(tables, whole):
    drawn = items(whole["documents"].grid)
    for row in tables["document_counts"].to_dict("records"):
        item = drawn[row["id"]]
        assert (item.figure, item.words) == (str(row["count"]), row["verb"])
        assert row["verb"] in item.label


def test_where_none_of_a_session_is_named_that_is_said_and_is_no_zero(of):
    made = of([paper("m", kind="other")], [number("n", 15)])
    assert made.headline == "15 documents signed at the session of 2023, none of that session named"
    assert named(made.grid) == "none"
    assert "15 reported as signed, none named" in made.alt


def test_a_filter_on_documents_does_not_change_what_sources_name_and_the_row_says_so(tables, axis, whole):
    rows = tables["documents"]
    cut = query.Selection({**tables, "documents": rows[rows["status"] == "adopted"]}, whole=tables)
    before, after = whole["documents"].grid.rows[-1], chart("documents", cut, axis).grid.rows[-1]
    shared = before.cells.keys() & after.cells.keys()
    assert shared
    assert {key: before.cells[key] for key in shared} == {key: after.cells[key] for key in shared}
    assert (before.name, after.name) == (NAMED, f"{NAMED}, {WHATEVER}")


def test_a_number_of_a_year_that_is_not_shown_is_left_out(tables, axis):
    grid = chart("documents", tables, Axis((2022,), axis.coverage)).grid
    assert {"count-2020", "count-2023"} <= reasons(grid).keys()


# ---- columns ----


def test_documents_before_the_axis_and_undated_ones_stand_in_a_column_at_the_left(of):
    old, undated = paper("old", event="", **dated("1992")), paper("undated", event="", year=None)
    grid = of([old, undated, paper("new")]).grid
    columns = {name: column for name, (_, column) in cells(grid).items()}
    assert columns == {"old": BEFORE, "undated": BEFORE, "new": MINSK}
    assert grid.columns[0].key == BEFORE
    assert items(grid)["old"].where == "before the first year, or undated"


def test_a_document_of_a_later_year_is_left_out_with_its_reason(of):
    assert reasons(of([paper("d", year=2031, event="")]).grid) == {"d": "2031 is not among the years shown"}


def test_a_document_without_an_occasion_stands_under_its_year_beside_the_occasions(of):
    grid = of([paper("d", event=""), paper("e")]).grid
    assert cells(grid) == {"e": ("signed", MINSK), "d": ("signed", (2023, LOOSE))}
    assert items(grid)["d"].where == "2023, no session"


def test_a_year_without_documents_says_why(whole):
    why = {column.year: column.why for column in whole["documents"].grid.columns if column.why}
    assert why == {2021: "no source reports an event held in this year", 2024: "no document reported"}


def test_the_date_of_the_occasion_is_said_to_be_that(whole):
    dates = whole["documents"].twin.set_index("Record")["Date"]
    assert dates["declaration-2023"] == "November 2023, day not stated (the occasion's)"


@pytest.mark.parametrize(
    ("numbers", "headline"),
    [
        ((), "Our sources name 1 document"),
        ((15,), "15 documents signed at the session of 2023, 1 of that session named"),
        ((15, 14), "Sources report more documents than they name"),
        ((15, 15), "Two sessions are each said to have 15 documents; our sources name none and 1"),
    ],
)
def test_the_headline_compares_only_where_the_gap_is_clear(of, numbers, headline):
    occasions = ({}, {"event": "session-2020", "year": 2020})
    counts = [number(f"n{n}", count, **occasions[n]) for n, count in enumerate(numbers)]
    assert of([paper("a")], counts).headline == headline

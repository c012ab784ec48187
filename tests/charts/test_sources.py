"""The strips of paragraphs."""

from charts.chart import chart
from charts.layout import PHONE, WIDE
from charts.sources import MOST_SOURCES, PER_LINE
from tests.charts.conftest import items, reasons, said


def test_every_paragraph_stands_in_order_in_the_strip_of_its_source(tables, whole):
    grid = whole["sources"].grid
    assert [row.key for row in grid.rows] == list(tables["sources"]["id"])
    for row in grid.rows:
        held = tables["paragraphs"].query("source == @row.key")["paragraph"]
        assert [item.address for item in row.items] == [f"{row.key}.{n}" for n in sorted(held)]


def test_cited_and_not_coded_differ_in_fill_and_what_is_not_coded_says_why(tables, whole):
    drawn = items(whole["sources"].grid)
    assert {row["use"] for row in tables["paragraphs"].to_dict("records")} == {"cited", "skipped"}
    for row in tables["paragraphs"].to_dict("records"):
        item = drawn[f"{row['source']}.{row['paragraph']}"]
        assert item.look == {"cited": "solid square", "skipped": "open square"}[row["use"]]
        assert (row["reason"] or "cited by") in item.label


def test_the_number_of_paragraphs_and_their_use_stand_beside_the_strip(tables, whole):
    for row in whole["sources"].grid.rows:
        uses = list(tables["paragraphs"].query("source == @row.key")["use"])
        cited = uses.count("cited")
        (total,) = row.totals
        assert total.text == f"{len(uses)} paragraphs"
        assert total.more == f"{cited} cited, {len(uses) - cited} not coded"
        assert row.said == f"{total.text}: {total.more}"


def test_a_source_that_is_set_aside_leaves_no_strip(tables, axis):
    grid = chart("sources", {**tables, "sources": tables["sources"].iloc[1:]}, axis).grid
    gone = tables["sources"]["id"].iloc[0]
    assert gone not in [row.key for row in grid.rows]
    assert {one.address.partition(".")[0] for one in grid.left_out} == {gone}
    assert set(reasons(grid).values()) == {"its source is set aside"}


def test_of_more_sources_than_one_chart_holds_the_others_are_left_out_with_the_reason(with_rows, axis):
    names = [f"x{number:02d}" for number in range(MOST_SOURCES + 1)]
    rows = with_rows(
        sources=[{"id": name, "publisher": name, "title": name} for name in names],
        paragraphs=[
            {"source": name, "paragraph": 1, "use": "skipped", "reason": "no fact"} for name in names
        ],
    )
    grid = chart("sources", rows, axis).grid
    assert [row.key for row in grid.rows] == names[:MOST_SOURCES]
    assert "more of them than one chart holds" in reasons(grid)[f"{names[-1]}.1"]


def test_a_line_of_paragraphs_is_numbered_by_the_first_of_them_where_there_is_room(whole):
    grid = whole["sources"].grid
    longest = max(len(list(row.items)) for row in grid.rows)
    numbers = {text for text in said(whole["sources"].scene(WIDE)) if text.isdigit()}
    assert numbers == set(map(str, range(1, longest + 1, PER_LINE))) > {"1"}
    assert not [text for text in said(whole["sources"].scene(PHONE)) if text.isdigit()]

"""A year that a view leaves out is said to be left out: it is no zero, and none of what is not reported.

Slides of one briefing share their years. What a view shows of them is all that its chart may speak of.
"""

import re
from dataclasses import replace

import pytest

import query
from charts.chart import chart
from charts.documents import NAMED
from charts.scene import Hatch
from query.vocabulary import LEFT_OUT_SHORT
from tests.charts.conftest import SIZES, WITH_YEARS, said

CHOICES = [(2022,), (2020, 2022), (2022, 2023, 2024)]
SHORT = LEFT_OUT_SHORT
EMPTY = re.compile(r"\b(0|none|no document reported|no session reported as held)\b")


@pytest.fixture
def slide(tables, axis):
    """Return a function that gives what a slide shows of some years, on the axis of all of them."""

    def cut(topic: str, years: tuple[int, ...]):
        shown = query.select(tables, query.View(years=years))
        cut = {name: shown.whole[name] for name in ("documents", "attendance")}
        cut = {name: rows[rows["year"].isin(years)] for name, rows in cut.items()}
        shown = query.Selection(shown, whole={**shown.whole, **cut}, years=shown.years)
        return chart(topic, shown, replace(axis, left_out=frozenset(axis.years) - set(years)))

    return cut


@pytest.mark.parametrize("years", CHOICES, ids=lambda years: "-".join(map(str, years)))
@pytest.mark.parametrize("topic", WITH_YEARS)
def test_every_year_left_out_is_said_to_be_left_out_and_nothing_else_is_said_of_it(slide, topic, years):
    made = slide(topic, years)
    axis = made.axis
    silent = [column for column in made.grid.columns if column.year in axis.left_out]
    assert {column.year for column in silent} == axis.left_out
    for column in silent:
        assert column.heads[-1] == column.short[-1] == SHORT
        assert not EMPTY.search(" ".join((*column.heads, column.why)))
    for size in SIZES.values():
        heads = [text for text in said(made.scene(size)) if text.endswith(SHORT)]
        assert len(heads) >= len(silent)


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_with_no_year_left_out_none_is_said_to_be(whole, topic):
    assert not [text for size in SIZES.values() for text in said(whole[topic].scene(size)) if SHORT in text]


@pytest.mark.parametrize("years", CHOICES, ids=lambda years: "-".join(map(str, years)))
@pytest.mark.parametrize("topic", ["documents", "attendance"])
def test_what_is_not_reported_is_said_of_years_that_the_view_shows_alone(slide, topic, years):
    made = slide(topic, years)
    with_rows = set(made.tables[topic]["year"].dropna())
    told = {column.year for column in made.grid.columns if EMPTY.search(column.why)}
    assert told == {year for year in years if year not in with_rows and year not in made.axis.uncovered}


def test_the_row_of_named_documents_says_left_out_in_the_columns_of_a_year_left_out(tables, axis):
    made = [chart("documents", tables, one) for one in (axis, replace(axis, left_out=frozenset({2020})))]
    before, after = (next(row for row in one.grid.rows if row.key == NAMED).cells for one in made)
    changed = {key: cell.text for key, cell in after.items() if cell != before[key]}
    assert changed
    assert set(changed.values()) == {SHORT}
    assert {year for year, _ in changed} == {2020}


def test_the_total_of_a_view_whose_years_are_all_silent_is_a_dash(empty, axis):
    covered = [year for year in axis.years if year not in axis.uncovered]
    none, some = (replace(axis, left_out=frozenset(years)) for years in (covered, covered[1:]))
    assert chart("threats", empty, none).grid.totals == ("–",)
    assert chart("threats", empty, some).grid.totals == ("none",), "of the year that the view shows"
    words = " ".join(said(chart("threats", empty, none).scene(SIZES["wide"])))
    assert not EMPTY.search(words)


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_a_year_that_no_source_covers_is_hatched_also_where_the_view_leaves_it_out(slide, topic):
    made = slide(topic, (2022,))
    assert made.axis.left_out & set(made.axis.uncovered)
    for size in SIZES.values():
        assert [shape for shape in made.scene(size).ground if isinstance(shape, Hatch)]

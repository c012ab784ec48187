"""What holds for every chart: its table, its words, its promises about silence and completeness."""

import pandas as pd
import pytest

import query
from charts.axis import Axis
from charts.chart import chart, subtitle
from charts.grid import Grid
from charts.layout import PHONE, WIDE
from charts.to_plotly import to_plotly
from query.vocabulary import NOTHING
from query.words import capital
from tests.charts.conftest import SIZES, WITH_YEARS, items, paired, reasons, said


def every_word(grid: Grid) -> list[str]:
    """All that a grid says, line by line."""
    spoken = [*grid.totals, grid.head, *(words for _, words in grid.key)]
    spoken += [word for column in grid.columns for word in (*column.heads, *column.short, column.why)]
    for row in grid.rows:
        spoken += [
            row.name,
            row.beside,
            row.said,
            *row.notes,
            *(part for total in row.totals for part in total[:3]),
        ]
        spoken += [cell.text for cell in row.cells.values()]
    return [*spoken, *(line for item in grid.items for line in item.label.split("\n"))]


def test_an_item_says_what_it_is_and_where_it_stands(name, whole):
    drawn = whole[name].grid.items
    assert all(item.label for item in drawn)
    assert all(item.where for item in drawn)
    assert len(items(whole[name].grid)) == len(drawn), "no two items share an address"
    assert subtitle(name).endswith(".")


def test_what_is_walked_is_what_is_drawn_and_then_what_is_left_out_each_once(name, whole):
    made = whole[name]
    assert made.order == (*items(made.grid), *reasons(made.grid))
    assert all(reasons(made.grid).values())


def test_the_table_has_one_row_a_record_and_says_of_each_whether_it_is_on_the_chart(name, whole):
    twin, missing = whole[name].twin, reasons(whole[name].grid)
    assert twin.columns[0] == "Record"
    assert all(column[0].isupper() and "_" not in column for column in twin.columns)
    drawn = [item.address for item in whole[name].grid.records]
    assert sorted(twin["Record"]) == sorted([*drawn, *missing])
    assert not twin.isna().any().any()
    if "On the chart" in twin:
        assert (
            dict(zip(twin["Record"], twin["On the chart"], strict=True))
            == dict.fromkeys(drawn, "yes") | missing
        )


def test_the_alternative_text_is_one_paragraph_of_what_is_shown(name, whole):
    assert whole[name].alt.endswith(".")
    assert "\n" not in whole[name].alt


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_the_alternative_text_says_of_which_years_no_source_reports(topic, whole, axis):
    assert whole[topic].alt.count(capital(query.uncovered(axis.uncovered)) + ".") == 1


@pytest.mark.parametrize("covered", [False, True])
def test_a_selection_without_rows_says_so_and_blames_the_sources_only_for_other_years(
    name, empty, axis, covered
):
    made = chart(name, empty, Axis((2022,), axis.coverage) if covered else axis)
    assert NOTHING in made.alt
    assert made.headline
    assert made.twin.empty
    assert made.order == ()
    assert not covered or query.UNCOVERED not in made.headline + made.alt
    for scene in map(made.scene, SIZES.values()):
        assert NOTHING in said(scene)
        assert not scene.targets
        assert (query.UNCOVERED in said(scene)) == (not covered and name in WITH_YEARS)


@pytest.mark.parametrize("topic", WITH_YEARS)
def test_where_no_year_shown_is_covered_that_is_said_and_nothing_is_a_zero(topic, tables):
    view = query.View(years=(2021,))
    made = chart(topic, query.select(tables, view), Axis(view.years, query.coverage(tables)))
    of_2021 = query.uncovered((2021,))
    assert of_2021 == "no source reports an event held in 2021"
    told = [made.alt]
    if topic != "chairmanship":  # whose headline is about chairs, which are stated for the year
        told.append(made.headline)
    assert all(of_2021 in text.replace("No source", "no source") for text in told)
    words = [
        *told,
        *every_word(made.grid),
        *(text for size in SIZES.values() for text in said(made.scene(size))),
    ]
    assert not [text for text in words if NOTHING in text or text == "0" or text.startswith("0 ")]


@pytest.mark.parametrize("years", [(), (2020, 2022), (1999,), tuple(range(2000, 2040))], ids=len)
def test_any_choice_of_years_can_be_drawn_and_loses_no_record(name, tables, axis, years):
    made = chart(name, paired(name, tables), Axis(years, axis.coverage))
    for size in (WIDE, PHONE):
        assert made.scene(size).height > 0
    assert made.alt
    assert made.headline
    assert len(list(made.grid.records)) + len(made.grid.left_out) == len(made.twin)


def test_nothing_of_a_table_is_changed(name, tables, axis):
    before = {table: rows.copy() for table, rows in tables.items()}
    made = chart(name, paired(name, tables), axis)
    assert to_plotly(made.scene(WIDE))
    assert made.alt
    assert len(made.twin)
    for table, rows in tables.items():
        pd.testing.assert_frame_equal(rows, before[table])

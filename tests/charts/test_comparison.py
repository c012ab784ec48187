"""Two years or two speakers, category by category."""

import pytest

import query
from charts.axis import Axis
from charts.chart import chart
from charts.threats import FEW
from tests.charts.conftest import TELLING, action, items, said, statements, threat

ARMS, DRUGS, RACE = "arms_trafficking", "drug_trafficking", "arms_race"


@pytest.fixture
def of(with_rows, axis):
    """Return a function that gives the comparison of a pair among some statements."""

    def comparison(*rows, pair=("2022", "2023"), axis=axis):
        return chart(
            "comparison", query.select(with_rows(threats=list(rows)), query.View(compare=pair)), axis
        )

    return comparison


def groups(made) -> dict[str, list[str]]:
    """name of a group -> its categories, in the order of the rows."""
    result: dict[str, list[str]] = {}
    for row in made.grid.rows:
        if row.heading:
            result[f"{row.name} ({row.beside})"] = here = []
        else:
            here.append(row.key)
    return result


def test_what_both_state_comes_before_what_only_one_of_them_states(of):
    made = of(
        threat(1, year=2022, category=ARMS), action(2, year=2023, category=ARMS),
        threat(3, year=2022, category=DRUGS), threat(4, year=2023, category=RACE),
        threat(5, year=2020, category="other"),
    )  # fmt: skip
    assert groups(made) == {
        "Stated in both (1 category)": [ARMS],
        "Only in 2022; not stated in our sources for 2023 (1 category)": [DRUGS],
        "Only in 2023; not stated in our sources for 2022 (1 category)": [RACE],
    }
    assert made.headline == (
        "“Arms trafficking” is stated in both 2022 and 2023; only in 2022 “Drug trafficking”; "
        "only in 2023 “Arms race”"
    )
    assert items(made.grid).keys() == {"t1", "t2", "t3", "t4"}
    assert set(made.twin["Record"]) == {"t1", "t2", "t3", "t4"}


def test_threats_and_actions_of_a_side_stand_in_columns_of_their_own(of):
    made = of(threat(1, year=2022), action(2, year=2022), action(3, year=2023))
    heads = {column.key: column.heads for column in made.grid.columns}
    assert heads == {
        ("2022", "threat"): ("1 threat",), ("2022", "priority"): ("1 action",),
        ("2023", "threat"): ("no threat",), ("2023", "priority"): ("1 action",),
    }  # fmt: skip
    (row,) = [row for row in made.grid.rows if not row.heading]
    assert {key: [item.address for item in cell.items] for key, cell in row.cells.items()} == {
        ("2022", "threat"): ["t1"], ("2022", "priority"): ["t2"], ("2023", "priority"): ["t3"],
    }  # fmt: skip


def test_of_two_speakers_each_is_named_once_over_its_columns(of):
    made = of(threat(1), action(2, speaker="tokayev"), pair=("csc", "tokayev"))
    assert [column.name for column in made.grid.columns] == [
        "Collective Security Council", "", "Kassym-Jomart Tokayev", "",
    ]  # fmt: skip
    assert groups(made) == {"Stated by both (1 category)": ["terrorism_extremism"]}


def test_a_year_that_no_source_covers_is_not_compared_as_if_it_were_silent_by_choice(of):
    made = of(threat(1, year=2022), pair=("2021", "2022"))
    told = "no source reports an event held in 2021"
    assert groups(made) == {f"Stated in 2022; {told} (1 category)": ["terrorism_extremism"]}
    assert made.headline.startswith(told.capitalize())
    assert "only" not in made.headline + made.alt
    assert [column.hatched for column in made.grid.columns] == [True, False]


def test_a_few_statements_are_told_in_words_with_a_quote_and_many_are_not(tables, axis):
    for pair, few in ((("lukashenko", "csc"), True), (("2022", "2023"), False)):
        made = chart("comparison", query.select(tables, query.View(compare=pair)), axis)
        assert (len(items(made.grid)) <= FEW) == few
        for size in TELLING:
            assert ("“" in " ".join(said(made.scene(size)))) == few


def test_filters_of_the_page_cut_what_is_compared_and_a_pair_of_years_is_not_cut_by_years(tables):
    view = query.View(compare=("2022", "2023"), years=(2020,), expressed=("threat",))
    cut = query.on_page(view, "comparison")
    assert (cut.years, cut.expressed) == ((2022, 2023), ("threat",))
    made = chart("comparison", query.select(tables, cut), Axis((2022, 2023), query.coverage(tables)))
    rows = tables["threats"]
    assert items(made.grid).keys() == set(
        rows.loc[rows["year"].isin([2022, 2023]) & (rows["expressed_as"] == "threat"), "id"]
    )
    assert {column.key[1] for column in made.grid.columns} == {"threat"}


def test_more_statements_than_squares_are_bars_that_open_the_first(of):
    made = of(*statements(0, 50, year=2022), threat(60, year=2023))
    assert made.grid.crowded
    assert made.grid.items[0].label.startswith("Terrorism and extremism, 2022: 50 statements")

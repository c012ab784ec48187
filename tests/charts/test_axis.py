"""Days on the axis of years."""

import pytest

from charts.axis import Axis, position
from query.coverage import Coverage


@pytest.mark.parametrize(
    ("day", "after", "year"),
    [
        ("2022-01-01", False, 2022.0), ("2022-05-16", False, 2022.3699), ("2022-12-31", True, 2023.0),
        ("2024-12-31", True, 2025.0), ("2024-02-29", False, 2024.1612), ("2022-11-30", True, 2022.9151),
    ],
)  # fmt: skip
def test_a_day_stands_at_its_part_of_the_year(day, after, year):
    assert position(day, after=after) == pytest.approx(year, abs=1e-4)


def coverage(*rows):
    return tuple(Coverage(*row) for row in rows)


def test_a_year_that_no_source_speaks_about_is_uncovered():
    assert Axis((2020, 2021), coverage(("s000", "a", 2020), ("s001", "b", 2022))).uncovered == (2021,)


def test_a_choice_of_years_keeps_its_gaps_and_the_time_axis_does_not():
    axis = Axis((2020, 2022), coverage(("s000", "a", 2020)))
    assert axis.years == (2020, 2022)
    assert axis.run == (2020, 2021, 2022)


def test_an_open_end_is_known_until_the_last_covered_year_whatever_is_shown():
    assert Axis((2020,), coverage(("s000", "a", 2020), ("s001", "b", 2024))).known_until == 2024


def test_sources_stand_in_the_order_of_the_file():
    axis = Axis((2020,), coverage(("s001", "b", 2020), ("s000", "a", 2020), ("s001", "b", 2021)))
    assert axis.sources == [("s001", "b", frozenset({2020, 2021})), ("s000", "a", frozenset({2020}))]

"""What is remembered is worked out once, and belongs to its tables."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pandas as pd
import pytest

import query
from query.selection import MOST, Selection, remembered


def counting():
    """A remembered function, and the list of what it was really asked."""
    asked = []

    @remembered
    def answer(tables, value):
        asked.append(value)
        return len(tables), value

    return answer, asked


def test_an_answer_is_worked_out_once_for_the_same_tables_and_values():
    answer, asked = counting()
    one, other = Selection({"a": pd.DataFrame()}), Selection({})
    assert [answer(one, 1), answer(one, 1), answer(one, 2), answer(other, 1)] == [
        (1, 1),
        (1, 1),
        (1, 2),
        (0, 1),
    ]
    assert asked == [1, 2, 1]


def test_plain_tables_may_change_so_nothing_of_them_is_kept():
    answer, asked = counting()
    tables = {}
    assert answer(tables, 1) == (0, 1)
    tables["a"] = pd.DataFrame()
    assert answer(tables, 1) == (1, 1)
    assert asked == [1, 1]


def test_selections_of_one_dataset_and_view_are_equal_and_others_are_not(tables):
    one, other = Selection(tables, key="a"), Selection(tables, key="a")
    assert one == other
    assert hash(one) == hash(other)
    assert query.select(one, query.View(q="x")) == query.select(other, query.View(q="x"))
    assert query.select(one, query.View(q="x")) != query.select(one, query.View(q="y"))
    assert one != Selection(tables, key="b")
    assert Selection(tables) != Selection(tables)


def test_the_answers_go_with_their_tables():
    answer, _ = counting()
    tables = Selection({})
    answer(tables, 1)
    gone = weakref.ref(tables)
    del tables
    gc.collect()
    assert gone() is None


def test_no_more_answers_are_kept_than_fit():
    answer, asked = counting()
    tables = Selection({})
    for value in range(MOST + 1):
        answer(tables, value)
    answer(tables, 0)
    assert asked.count(0) == 2


def test_a_table_is_made_when_it_is_asked_for_and_once():
    made = []
    tables = Selection({"a": lambda: made.append("a") or pd.DataFrame(), "b": lambda: made.append("b")})
    assert list(tables) == ["a", "b"]
    assert made == []
    assert tables["a"] is tables["a"]
    assert made == ["a"]


def test_who_asks_for_a_table_at_the_same_time_gets_the_same():
    made, two_makers = [], Barrier(2)

    def make() -> pd.DataFrame:
        made.append("a")
        with suppress(BrokenBarrierError):  # so it is: nobody else makes it too
            two_makers.wait(timeout=0.2)
        return pd.DataFrame()

    tables = Selection({"a": make})
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: tables["a"], range(2))
    assert one is other
    assert made == ["a"]


def test_tables_that_remember_cannot_be_replaced():
    with pytest.raises(TypeError):
        Selection({})["a"] = pd.DataFrame()


def test_views_that_select_the_same_rows_share_one_selection(tables):
    tables = Selection(tables)
    view = query.View(years=(2022,))
    selected = query.select(
        tables, query.View(years=(2022,), sel="minsk-2023", present="1", tray=("overview",))
    )
    assert query.select(tables, view) is selected
    assert query.select(tables, query.View(years=(2023,))) is not selected

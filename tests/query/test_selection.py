"""Selections: what makes two of them equal, and what is kept with one."""

import pandas as pd

from query import Selection, View, remembered, select


def test_selections_of_one_dataset_and_view_are_equal_and_others_are_not(tables):
    one, other = Selection(tables, key="a"), Selection(tables, key="a")
    assert one == other
    assert hash(one) == hash(other)
    assert select(one, View(q="x")) == select(other, View(q="x"))
    assert select(one, View(q="x")) != select(one, View(q="y"))
    assert one != Selection(tables, key="b")
    assert Selection(tables) != Selection(tables)


def test_plain_tables_may_change_so_nothing_of_them_is_kept():
    answer = remembered(lambda tables: len(tables))
    tables = {}
    assert answer(tables) == 0
    tables["a"] = pd.DataFrame()
    assert answer(tables) == 1

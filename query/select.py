"""The rows that a view selects, and what its filters have to choose from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from query.coverage import axis_years
from query.nouns import Noun, rows_of
from query.records import RECORDS, Tables, only, split
from query.search import holding
from query.selection import Selection, remembered
from query.support import of_basis, without_sources
from query.term import span
from query.topics import FILTERS
from query.view import View, bare, choices_of, restricting

SELECTIONS = 100  # that are kept, with all that is worked out from them
SUPPORTED = 20  # choices of sources and basis of which all tables are kept


def select(tables: Tables, view: View) -> Tables:
    """What a view shows: its rows by table, `whole` without the cuts of a filter, and the axis of `years`.

    Vocabularies (states, people, categories, …) stay whole, sources that are set aside excepted. A list that
    holds every choice restricts nothing. `status` is shared by attendance and documents: words of one do not
    restrict the other. A place in the attendance table whose record is set aside becomes one that nobody
    mentions: with what is left, no source says it. Of the terms of chairmanship, years leave those that touch
    one of them.
    """
    return _selected(tables, restricting(view))


@remembered(most=SELECTIONS)
def _selected(tables: Tables, view: View) -> Tables:
    view = bare(view, tables)
    asked = {name: _asked(tables, view, name) for name in tables}
    key = getattr(tables, "key", None)
    return Selection(
        {name: partial(_rows, tables, name, asked[name]) for name in tables},
        key=key and (key, view),
        whole=_supported(tables, view.without, ()),
        years=axis_years(tables),
        pair=view.compare,
        of=tables,
    )


@remembered(most=SUPPORTED)
def _supported(tables: Tables, without: tuple[str, ...], basis: tuple[str, ...]) -> Tables:
    """What the other sources support, and of that the claims of this basis."""
    selected = without_sources(tables, without) if without else tables
    for one in basis:
        selected = of_basis(selected, one)
    return selected


def _asked(tables: Tables, view: View, name: str) -> View:
    """The part of a view that restricts one table: views that agree in it share its rows."""
    lists = {
        parameter: _wanted(tables, view, parameter, name)
        for parameter, one in FILTERS.items()
        if name in one.columns
    }
    if name == "chairmanships":
        lists["years"] = view.years
    return View(basis=view.basis, without=view.without, q=view.q if name in RECORDS else "", **lists)


@remembered(most=len(RECORDS) * SELECTIONS)
def _rows(tables: Tables, name: str, asked: View) -> pd.DataFrame:
    """The rows of one table that hold what is asked of it."""
    supported = _supported(tables, asked.without, asked.basis)
    rows = supported[name]
    if name == "chairmanships" and asked.years:
        rows = only(rows, _touching(rows, asked.years))
        asked = replace(asked, years=())
    for parameter, one in FILTERS.items():
        if wanted := getattr(asked, parameter):
            rows = only(rows, _holds(rows[one.columns[name]], wanted))
    if asked.q:
        rows = only(rows, rows["id"].isin(holding(supported, name, asked.q)))
    return rows


@remembered
def options(tables: Tables, parameter: str, table: str) -> tuple:
    """The choices of a filter that occur in one table, in their usual order. `tables` are all tables."""
    cells = set(tables[table][FILTERS[parameter].columns[table]].tolist())
    there = set().union(*map(_parts, cells))
    return tuple(choice for choice in choices_of(tables, parameter) if choice in there)


def counts(tables: Tables, view: View, parameter: str, table: str) -> dict:
    """How many rows of a table each choice of one filter would show, all other filters as they are."""
    return dict(_counted(tables, restricting(replace(view, **{parameter: ()})), parameter, table))


def by_years(tables: Tables, view: View, noun: Noun) -> Mapping[int, int]:
    """How many of a thing each year would show, all other filters as they are."""
    rows = rows_of(select(tables, replace(view, years=())), noun)
    return Counter(row["year"] for row in rows if row["year"] is not None)


@remembered
def _counted(tables: Tables, view: View, parameter: str, table: str) -> Mapping:
    values = select(tables, view)[table][FILTERS[parameter].columns[table]]
    numbers: Counter = Counter()
    for cell, number in Counter(values.tolist()).items():  # of many cells few differ
        numbers.update(dict.fromkeys(_parts(cell), number))
    return {choice: numbers[choice] for choice in choices_of(tables, parameter) if numbers[choice]}


def _wanted(tables: Tables, view: View, parameter: str, table: str) -> tuple:
    """The choices of a list that restrict one table; none if the words of status are all of another table."""
    wanted = getattr(view, parameter)
    if parameter == "status" and wanted and set(wanted).isdisjoint(options(tables, parameter, table)):
        return ()
    return wanted


def _touching(terms: pd.DataFrame, years: tuple[int, ...]) -> pd.Series:
    """Which terms touch one of the years."""
    spans = [span(*ends) for ends in zip(terms["start_earliest"], terms["end_latest"], strict=True)]
    return pd.Series([any(a <= year <= b for year in years) for a, b in spans], dtype=bool)


def _parts(cell: str | int) -> set:
    """What a cell holds: a number itself, a text each part of its list, a missing one nothing."""
    if cell is pd.NA:
        return set()
    return {cell} if isinstance(cell, int) else set(split(cell))


def _holds(values: pd.Series, wanted: Iterable) -> pd.Series:
    """Which values, or `~` lists of values, hold one of those wanted. A missing year is none of them."""
    wanted, cells = frozenset(wanted), values.tolist()
    holding = {cell for cell in set(cells) if not wanted.isdisjoint(_parts(cell))}
    return pd.Series([cell in holding for cell in cells], index=values.index, dtype=bool)

"""The rows that a view selects, and what its filters have to choose from."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from query.records import Tables, only, parts_of, split
from query.search import search
from query.support import of_basis, without_sources
from query.view import View, bare, choices_of

# Which list of the view restricts which column of which table.
FILTERS = {
    "years": dict.fromkeys(("events", "attendance", "documents", "document_counts", "threats"), "year"),
    "speakers": {"threats": "speaker"},
    "categories": {"threats": "category"},
    "expressed": {"threats": "expressed_as"},
    "states": {"attendance": "party"},
    "status": {"attendance": "status", "documents": "status"},
}


UNCUT = ("documents", "attendance")


def select(tables: Tables, view: View) -> dict[str, pd.DataFrame]:
    """The tables with the rows that a view shows; and `all_events`, `all_documents` and `all_attendance`.

    No filter cuts those, for what is shown may refer to them: a session is held whether or not a seat of it
    is shown, and counts of documents stand beside all documents.

    Vocabularies (states, people, categories, …) stay whole, sources that are set aside excepted. A list that
    holds every choice restricts nothing. `status` is shared by attendance and documents: words of one do not
    restrict the other. A place in the attendance table whose record is set aside becomes one that nobody
    mentions: with what is left, no source says it. Terms of chairmanship are not cut by years, they are the
    time axis itself.
    """
    view = bare(view, tables)
    selected = without_sources(tables, view.without) if view.without else dict(tables)
    whole = {"all_events": tables["events"]} | {f"all_{name}": selected[name] for name in UNCUT}
    for basis in view.basis:
        selected = of_basis(selected, basis)
    for parameter, columns in FILTERS.items():
        for name, column in columns.items():
            wanted = _wanted(tables, view, parameter, name)
            if wanted:
                selected[name] = only(selected[name], _holds(selected[name][column], wanted))
    if view.q:
        selected = search(selected, view.q)
    return selected | whole


def options(tables: Tables, parameter: str, table: str) -> tuple:
    """The choices of a filter that occur in one table, in their usual order. `tables` are all tables."""
    there = _values(tables[table][FILTERS[parameter][table]])
    return tuple(choice for choice in choices_of(tables, parameter) if choice in there)


def counts(tables: Tables, view: View, parameter: str, table: str) -> dict:
    """How many rows of a table each choice of one filter would show, all other filters as they are."""
    rows = select(tables, replace(view, **{parameter: ()}))[table]
    values = rows[FILTERS[parameter][table]]
    numbers = {choice: int(_holds(values, [choice]).sum()) for choice in choices_of(tables, parameter)}
    return {choice: number for choice, number in numbers.items() if number}


def _wanted(tables: Tables, view: View, parameter: str, table: str) -> tuple:
    """What a list asks of one table. Words of status that the table does not use ask nothing of it."""
    wanted = getattr(view, parameter)
    if parameter == "status" and wanted and set(wanted).isdisjoint(options(tables, parameter, table)):
        return ()
    return wanted


def _values(values: pd.Series) -> set:
    numbers = pd.api.types.is_integer_dtype(values)
    return {int(value) for value in values.dropna()} if numbers else set(parts_of(values))


def _holds(values: pd.Series, wanted: Iterable) -> pd.Series:
    """Which values, or `~` lists of values, hold one of those wanted. A missing year is none of them."""
    if pd.api.types.is_integer_dtype(values):
        return values.isin(list(wanted)).astype(bool)
    return values.map(lambda cell: not set(split(cell)).isdisjoint(wanted)).astype(bool)

"""The rows that a view selects, and what its filters have to choose from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from query.memory import Remembering, remembered
from query.records import Tables, only, split
from query.search import search
from query.support import of_basis, without_sources
from query.view import View, bare, choices_of, restricting

# Which list of the view restricts which column of which table.
FILTERS = {
    "years": dict.fromkeys(("events", "attendance", "documents", "document_counts", "threats"), "year"),
    "speakers": {"threats": "speaker"},
    "categories": {"threats": "category"},
    "expressed": {"threats": "expressed_as"},
    "states": {"attendance": "party"},
    "status": {"attendance": "status", "documents": "status"},
}


SELECTIONS = 100  # that are kept, with all that is worked out from them
UNCUT = ("documents", "attendance")


def select(tables: Tables, view: View) -> Tables:
    """The tables with the rows that a view shows; and `all_events`, `all_documents` and `all_attendance`.

    No filter cuts those, for what is shown may refer to them: a session is held whether or not a seat of it
    is shown, and counts of documents stand beside all documents.

    Vocabularies (states, people, categories, …) stay whole, sources that are set aside excepted. A list that
    holds every choice restricts nothing. `status` is shared by attendance and documents: words of one do not
    restrict the other. A place in the attendance table whose record is set aside becomes one that nobody
    mentions: with what is left, no source says it. Terms of chairmanship are not cut by years, they are the
    time axis itself.
    """
    return _selected(tables, restricting(view))


@remembered(most=SELECTIONS)
def _selected(tables: Tables, view: View) -> Tables:
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
    return Remembering(selected | whole)


@remembered
def options(tables: Tables, parameter: str, table: str) -> tuple:
    """The choices of a filter that occur in one table, in their usual order. `tables` are all tables."""
    cells = tables[table][FILTERS[parameter][table]].dropna().tolist()
    there = set().union(*map(_parts, cells))
    return tuple(choice for choice in choices_of(tables, parameter) if choice in there)


def counts(tables: Tables, view: View, parameter: str, table: str) -> dict:
    """How many rows of a table each choice of one filter would show, all other filters as they are."""
    return dict(_counted(tables, restricting(replace(view, **{parameter: ()})), parameter, table))


@remembered
def _counted(tables: Tables, view: View, parameter: str, table: str) -> Mapping:
    values = select(tables, view)[table][FILTERS[parameter][table]]
    found = Counter(part for cell in values.dropna().tolist() for part in _parts(cell))
    return {choice: found[choice] for choice in choices_of(tables, parameter) if found[choice]}


def _wanted(tables: Tables, view: View, parameter: str, table: str) -> tuple:
    """What a list asks of one table. Words of status that the table does not use ask nothing of it."""
    wanted = getattr(view, parameter)
    if parameter == "status" and wanted and set(wanted).isdisjoint(options(tables, parameter, table)):
        return ()
    return wanted


def _parts(cell: str | int) -> set:
    """What a cell holds: a number itself, a text each part of its list."""
    return {cell} if isinstance(cell, int) else set(split(cell))


def _holds(values: pd.Series, wanted: Iterable) -> pd.Series:
    """Which values, or `~` lists of values, hold one of those wanted. A missing year is none of them."""
    wanted = frozenset(wanted)
    held = [not wanted.isdisjoint(_parts(cell)) for cell in values.fillna(0).tolist()]
    return pd.Series(held, index=values.index, dtype=bool)

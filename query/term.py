"""What belongs to a chairmanship: its years, its records, who came to its sessions."""

import math
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from query.coverage import axis_years
from query.memory import remembered
from query.names import occasion
from query.records import ATTENDANCE, Tables, row_with


@remembered
def term_years(tables: Tables, term: str) -> tuple[int, ...]:
    """The years of the axis that a term touches; none for a term that is not in these tables.

    Where the start is not stated, only the year of the end; where the end is not stated, to the axis's end.
    """
    return _within(axis_years(tables), _span(tables, term))


@remembered
def term_of(tables: Tables, years: tuple[int, ...]) -> str:
    """The term whose years are exactly these, or an empty text."""
    terms, axis = tables["chairmanships"]["id"] if years else (), axis_years(tables)
    return next((term for term in terms if _within(axis, _span(tables, term)) == tuple(years)), "")


@remembered
def of_term(tables: Tables, term: str) -> dict[str, list[str]]:
    """Addresses of what belongs to a term by its years; lists are empty for a term not in these tables.

    Keys: priorities, events, sessions (where parties are expected), absent, document_counts, documents,
    threats, bars (category and year, most stated first).
    """
    first, last = _span(tables, term)

    def within(name: str, *columns: str) -> list[list]:
        """The values of some columns, in the rows of a table whose year lies in the term."""
        values = zip(*(tables[name][column].tolist() for column in ("year", *columns)), strict=True)
        return [row for year, *row in values if year is not pd.NA and first <= year <= last]

    attendance = within("attendance", "event", "status", "id")
    cells = Counter(map(tuple, within("threats", "category", "year")))
    bars = sorted(sorted(cells), key=lambda cell: -cells[cell])
    priorities = (tables["priorities"][name].tolist() for name in ("chairmanship", "id"))
    return {
        "priorities": [one for chairmanship, one in zip(*priorities, strict=True) if chairmanship == term],
        "events": [event for (event,) in within("events", "id")],
        "sessions": list(dict.fromkeys(event for event, *_ in attendance)),
        "absent": [seat for _, status, seat in attendance if status == "absent"],
        "document_counts": [count for (count,) in within("document_counts", "id")],
        "documents": [document for (document,) in within("documents", "id")],
        "threats": [threat for (threat,) in within("threats", "id")],
        "bars": [f"{category}.{year}" for category, year in bars],
    }


def attendance_numbers(tables: Tables, events: list[str]) -> list[Mapping]:
    """For each of these sessions: `occasion`, and how many parties are `present`, `absent`, `not_stated`."""
    seats = (tables["attendance"][name].tolist() for name in ("event", "status"))
    found = Counter(zip(*seats, strict=True))
    numbers = []
    for event in events:
        counted = {status: found[event, status] for status in ATTENDANCE}
        numbers.append({"occasion": occasion(tables, event), **counted})
    return numbers


@remembered
def _span(tables: Tables, term: str) -> tuple[float, float]:
    """First and last year of a term, infinite where open; an empty span for an unknown term."""
    found = row_with(tables, "chairmanships", term)
    if not found:
        return math.inf, -math.inf
    start, end = found["start_earliest"][:4], found["end_latest"][:4]
    return float(start or end or -math.inf), float(end or math.inf)


def _within(years: tuple[int, ...], span: tuple[float, float]) -> tuple[int, ...]:
    return tuple(year for year in years if span[0] <= year <= span[1])

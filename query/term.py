"""What belongs to a chairmanship: its years, its records, who came to its sessions."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pandas as pd

from query.coverage import years_covered
from query.nouns import ANNOUNCED_SESSION, DOCUMENT, SESSION, STATEMENT, is_announced, is_document, rows_of
from query.records import ATTENDANCE, Tables, row_with, rows_in, whole
from query.selection import remembered


@remembered
def term_years(tables: Tables, term: str, axis: tuple[int, ...]) -> tuple[int, ...]:
    """The years of an axis that a term touches; none for a term that is not in these tables.

    Where the start is not stated, only the year of the end; where the end is not stated, to the axis's end.
    """
    return _within(axis, _span(tables, term))


@remembered
def by_term(tables: Tables) -> Mapping[str, str]:
    """Record or place at a session -> the one term whose span holds all of its date, by every reading.

    A document without a date of its own, attendance, counts and statements go by the date of their event.
    What is undated, or falls into no term or into two, is missing.
    """
    terms = _terms(tables)

    @cache  # of many records few dates differ
    def term_at(earliest: str, latest: str) -> str:
        holding = [term for term, low, high in terms if earliest and low <= earliest and latest <= high]
        return holding[0] if len(holding) == 1 else ""

    events = _columns(whole(tables)["events"], "id", "earliest", "latest")
    of_event = {event: term_at(earliest, latest) for event, earliest, latest in events}
    of_record = dict(of_event)
    for row_id, event, earliest, latest in _columns(tables["documents"], "id", "event", "earliest", "latest"):
        of_record[row_id] = term_at(earliest, latest) if earliest else of_event.get(event, "")
    for name in ("attendance", "document_counts", "threats"):
        of_record |= {
            row_id: of_event.get(event, "") for row_id, event in _columns(tables[name], "id", "event")
        }
    return {record: term for record, term in of_record.items() if term}


@remembered
def unsettled(tables: Tables) -> Mapping[str, frozenset[str]]:
    """Term -> ids of records that may fall into it: their date touches it, but is within no single term."""
    terms, of = _terms(tables), by_term(tables)
    events = {event: dates for event, *dates in _columns(whole(tables)["events"], "id", "earliest", "latest")}
    records_of: dict[str, set[str]] = {term: set() for term, *_ in terms}
    for name in ("events", "documents", "threats"):
        for row in rows_in(tables, name):
            earliest, latest = (
                (row["earliest"], row["latest"])
                if row.get("earliest")
                else events.get(row.get("event", ""), ("", ""))
            )
            if not earliest or row["id"] in of:
                continue
            for term, low, high in terms:
                if earliest <= high and low <= latest:
                    records_of[term].add(row["id"])
    return {term: frozenset(records) for term, records in records_of.items()}


def _terms(tables: Tables) -> list[tuple[str, str, str]]:
    """Each term that has a date, with its outermost days."""
    rows = _columns(whole(tables)["chairmanships"], "id", "start_earliest", "end_latest")
    return [
        (term, start or f"{end[:4]}-01-01", end or "9999-12-31") for term, start, end in rows if start or end
    ]


def _columns(rows: pd.DataFrame, *names: str) -> Iterator[tuple]:
    return zip(*(rows[name].tolist() for name in names), strict=True)


@remembered
def of_term(tables: Tables, term: str) -> dict[str, list[str]]:
    """Addresses of what falls into a term (`by_term`); lists are empty for a term not in these tables.

    Keys: priorities, events (held), announced, sessions (where parties are expected), absent,
    document_counts, documents, matters, threats (all statements), bars (category and year of those, most
    stated first).
    """
    of = by_term(tables)

    def rows(name: str) -> list[dict]:
        return [row for row in rows_in(tables, name) if of.get(row["id"]) == term]

    events, documents, attendance = rows("events"), rows("documents"), rows("attendance")
    cells = Counter((row["category"], row["year"]) for row in rows("threats"))
    priorities = _columns(tables["priorities"], "chairmanship", "id")
    return {
        "priorities": [priority for chairmanship, priority in priorities if chairmanship == term],
        "events": [row["id"] for row in events if not is_announced(row)],
        "announced": [row["id"] for row in events if is_announced(row)],
        "sessions": list(dict.fromkeys(row["event"] for row in attendance)),
        "absent": [row["id"] for row in attendance if row["status"] == "absent"],
        "document_counts": [row["id"] for row in rows("document_counts")],
        "documents": [row["id"] for row in documents if is_document(row)],
        "matters": [row["id"] for row in documents if not is_document(row)],
        "threats": [row["id"] for row in rows("threats")],
        "bars": [f"{category}.{year}" for category, year in sorted(sorted(cells), key=lambda at: -cells[at])],
    }


def attendance_numbers(tables: Tables, events: list[str]) -> list[Mapping]:
    """For each `event` of these sessions, how many parties are `present`, `absent`, `not_stated`."""
    seats = (tables["attendance"][name].tolist() for name in ("event", "status"))
    numbers = Counter(zip(*seats, strict=True))
    return [{"event": event} | {status: numbers[event, status] for status in ATTENDANCE} for event in events]


TALLIED = {"sessions": SESSION, "documents": DOCUMENT, "statements": STATEMENT}


def tally(tables: Tables, term: str) -> Mapping[str, int | None]:
    """How many `sessions, documents, statements` fall into a term by every reading of their date.

    None in place of a zero where no source covers a year of the term. `announced` is how many sessions are
    only announced, `unsettled` how many records may fall into the term and into another.
    """
    return _tallies(tables)[term]


@remembered
def _tallies(tables: Tables) -> Mapping[str, Mapping[str, int | None]]:
    of, covered = by_term(tables), years_covered(tables)
    nouns = TALLIED | {"announced": ANNOUNCED_SESSION}
    numbers = {
        name: Counter(of.get(row["id"]) for row in rows_of(tables, noun)) for name, noun in nouns.items()
    }
    tallies = {}
    for term, *ends in _columns(tables["chairmanships"], "id", "start_earliest", "end_latest"):
        first, last = span(*ends)
        silent = not any(first <= year <= last for year in covered)
        counts = {name: numbers[name][term] or (None if silent else 0) for name in TALLIED}
        unsettled_here = len(unsettled(tables).get(term, ()))
        tallies[term] = counts | {"announced": numbers["announced"][term], "unsettled": unsettled_here}
    return tallies


@remembered
def _span(tables: Tables, term: str) -> tuple[float, float]:
    """First and last year of a term, infinite where open; an empty span for an unknown term."""
    row = row_with(tables, "chairmanships", term)
    return span(row["start_earliest"], row["end_latest"]) if row else (math.inf, -math.inf)


def span(start_earliest: str, end_latest: str) -> tuple[float, float]:
    """First and last year of a term by its outermost days; the last is infinite where the end is not stated.

    Where the start is not stated, only the year of the end counts. A term without a date has no year at all.
    """
    start, end = start_earliest[:4], end_latest[:4]
    return float(start or end or math.inf), float(end or (math.inf if start else -math.inf))


def _within(years: tuple[int, ...], span: tuple[float, float]) -> tuple[int, ...]:
    return tuple(year for year in years if span[0] <= year <= span[1])

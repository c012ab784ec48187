"""Which years our sources speak about.

Filters do not change it: in a selection, only the sources that are set aside are missing.
"""

import pandas as pd

from query.memory import remembered
from query.names import events_of
from query.records import Tables
from query.words import joined

UNCOVERED = "no document covers this year"


@remembered
def coverage(tables: Tables) -> pd.DataFrame:
    """One row a source and year that it covers: `source, label, year`, sources in file order.

    A source covers the years of the held events that it reports. Milestones are looked back at, not reported;
    an event without a year covers none.
    """
    events = (events_of(tables)[name].tolist() for name in ("id", "year", "status", "kind"))
    year_of = {
        event: year
        for event, year, status, kind in zip(*events, strict=True)
        if status == "held" and kind != "milestone" and year is not pd.NA
    }
    cited = zip(tables["evidence"]["source"].tolist(), tables["evidence"]["record"].tolist(), strict=True)
    years: dict[str, set[int]] = {}
    for source, record in cited:
        if record in year_of:
            years.setdefault(source, set()).add(int(year_of[record]))
    labels = dict(zip(tables["sources"]["id"], tables["sources"]["publisher"], strict=True))
    rows = [
        {"source": source, "label": label, "year": year}
        for source, label in labels.items()
        for year in sorted(years.get(source, ()))
    ]
    kinds = {"source": "str", "label": "str", "year": "int64"}
    return pd.DataFrame({name: pd.array([row[name] for row in rows], dtype=kinds[name]) for name in kinds})


@remembered
def years_covered(tables: Tables) -> frozenset[int]:
    """The years that any source covers."""
    return frozenset(coverage(tables)["year"].tolist())


@remembered
def axis_years(tables: Tables) -> tuple[int, ...]:
    """Every year from the first to the last covered one, gaps included."""
    years = coverage(tables)["year"]
    return tuple(range(int(years.min()), int(years.max()) + 1)) if len(years) else ()


@remembered
def covered_years(tables: Tables, source: str) -> str:
    """In words, which years a source covers."""
    rows = coverage(tables)
    years = [str(year) for year in rows.loc[rows["source"] == source, "year"]]
    return f"covers {joined(years)}" if years else "covers no year"

"""Which years our sources report on.

A source covers a year when its words support the status of an event held in that year: whoever only
announces an event, or looks back at one that others report, does not. Filters do not change it: in a
selection, only the sources that are set aside are missing.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from query.records import Tables, source_names, whole
from query.selection import remembered
from query.words import joined

MOST_YEARS = 40  # of an axis
UNCOVERED = "no source reports an event held in this year"
NONE_REPORTED = "none reported"  # by the sources that cover a year; never said of a year that none covers


def uncovered(years: tuple[int, ...]) -> str:
    """The same of these years: `no source reports an event held in 2021 or 2022`."""
    return UNCOVERED.replace("this year", joined(map(str, years), "or"))


class Coverage(NamedTuple):
    """That a source reports on a year; `label` is its publisher."""

    source: str
    label: str
    year: int


@remembered
def coverage(tables: Tables) -> tuple[Coverage, ...]:
    """Each source with each year that it covers, sources in file order.

    Milestones are looked back at, not reported; an event without a year covers none.
    """
    events = (whole(tables)["events"][name].tolist() for name in ("id", "year", "status", "kind"))
    year_of = {
        event: year
        for event, year, status, kind in zip(*events, strict=True)
        if status == "held" and kind != "milestone" and year is not pd.NA
    }
    cited = (tables["evidence"][name].tolist() for name in ("source", "record", "field", "relation"))
    years: dict[str, set[int]] = {}
    for source, record, field, relation in zip(*cited, strict=True):
        if record in year_of and (field, relation) == ("status", "supports"):
            years.setdefault(source, set()).add(int(year_of[record]))
    labels = source_names(tables)
    return tuple(
        Coverage(source, label, year)
        for source, label in labels.items()
        for year in sorted(years.get(source, ()))
    )


def reporting(covered: Iterable[Coverage], year: int) -> list[str]:
    """The publishers that report on a year, in file order."""
    return [one.label for one in covered if one.year == year]


@remembered
def years_covered(tables: Tables) -> frozenset[int]:
    """The years that any source covers."""
    return frozenset(one.year for one in coverage(tables))


@remembered
def axis_years(tables: Tables) -> tuple[int, ...]:
    """Every year from the first covered one to the last, or to a later one for which a term or an event is
    announced, gaps too; of a selection, those of all the data.

    At most MOST_YEARS, those with the most covered ones: a slip such as 2202 for 2022 makes no axis of two
    centuries. What lies beyond is left out by charts, which say so.
    """
    if (years := getattr(tables, "years", None)) is not None:
        return years
    covered = years_covered(tables)
    if not covered:
        return ()
    starts = sorted(covered, reverse=True)  # of the longest stretches that hold as much, the latest
    first = max(starts, key=lambda start: sum(start <= year < start + MOST_YEARS for year in covered))
    within = [year for year in covered | _ahead(tables) if first <= year < first + MOST_YEARS]
    return tuple(range(first, max(within) + 1))


def _ahead(tables: Tables) -> set[int]:
    """Years in which a term begins or ends, and of events that are only announced."""
    terms, events = tables["chairmanships"], tables["events"]
    planned = events.loc[events["status"] == "planned", "latest"]
    days = (*terms["start_earliest"], *terms["end_latest"], *planned)
    return {int(day[:4]) for day in days if day}


@remembered
def covered_years(tables: Tables, source: str) -> str:
    """In words, which years a source covers: `reports events of 2022 and 2023`."""
    years = [str(one.year) for one in coverage(tables) if one.source == source]
    return f"reports events of {joined(years)}" if years else "reports no event whose year is known"

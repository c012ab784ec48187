"""Columns of a grid: years, or under each year its occasions."""

from collections.abc import Mapping, Sequence

import query
from charts import words
from charts.axis import Axis
from charts.grid import Column
from query.vocabulary import LEFT_OUT_SHORT

UNDATED = 0  # the year of an occasion without one
MOST = 24  # occasions side by side; of more the latest are drawn


def years(axis: Axis, counts: Mapping[int, int] | None = None, *, run: bool = False) -> tuple[Column, ...]:
    """A column for each year, with its count under it, or the word for there being none.

    Without `counts`, only a year that the view leaves out has a word under it. With `run` there is a column
    for every year from the first to the last.
    """
    columns = []
    for year in axis.run if run else axis.years:
        silent, left_out = year in axis.uncovered, year in axis.left_out
        none = LEFT_OUT_SHORT if left_out else "–" if silent else "none"
        said = none * left_out if counts is None else str(counts.get(year) or none)
        heads = (said,) if said else ()
        columns.append(Column(year, year, heads, heads, query.UNCOVERED if silent else "", silent))
    return tuple(columns)


def occasions(
    by_year: Mapping[int | None, Sequence[Mapping]],
    axis: Axis,
    why: Mapping[int, str],
    *,
    narrow: bool = False,
) -> tuple[Column, ...]:
    """Every year with its occasions in order of time, key `(year, event)`; those without a year at the end.

    A year without an occasion is one column, key `(year, "")`, which says `why`. Heads of `narrow` columns
    have a date only where a month is stated, and no day.
    """
    columns = []
    of_year = {
        year: sorted(by_year.get(year, ()), key=lambda event: event.get("earliest", ""))
        for year in axis.years
    }
    more = sum(map(len, of_year.values())) - MOST
    for year, events in of_year.items():
        latest, more = events[max(more, 0) :], more - len(events)
        for event in latest if events else [None]:  # a year with too many to draw is not one without any
            columns.append(
                _occasion(year, event, narrow=narrow) if event else _without(year, axis, why.get(year, ""))
            )
    columns += [_occasion(UNDATED, event, narrow=narrow) for event in by_year.get(None, ())]
    return tuple(columns)


def _without(year: int, axis: Axis, why: str) -> Column:
    heads = (LEFT_OUT_SHORT,) if year in axis.left_out else ()
    silent = year in axis.uncovered
    return Column((year, ""), year, heads, heads, query.UNCOVERED if silent else why, silent)


def _occasion(year: int, event: Mapping, *, narrow: bool) -> Column:
    """A column headed by the date and the place of an event; one known by its id alone has its own heads."""
    key = (year, event["id"])
    if "title" not in event:
        heads = tuple(event.get("heads", ()))
        return Column(key, year, heads, heads)
    span = (event["earliest"], event["latest"], event["precision"])
    heads = (words.short(*span, narrow=narrow), words.second_line(event))
    return Column(key, year, heads, (words.short(*span, narrow=True),))

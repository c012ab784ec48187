"""Columns that are occasions, grouped under bold years: attendance and documents share them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charts import theme, words
from charts.axis import Axis
from charts.ruled import Sheet
from query.vocabulary import LEFT_OUT_SHORT

GAP = 0.28  # columns between two years


@dataclass(frozen=True)
class Column:
    """One column: `x` is its left edge in columns. Without an event it says why the year has none.

    `year` is UNDATED for an occasion without one. `first` and `second` are the lines of its head, `short` the
    one on a phone; `silent`: no source covers the year.
    """

    x: float
    year: int
    event: str = ""
    first: str = ""
    second: str = ""
    short: str = ""
    silent: bool = False


UNDATED = 0
MOST = 60  # occasions side by side; of more the latest are drawn


def columns(
    by_year: Mapping[int | None, Sequence[Mapping]], axis: Axis, *, start: float = 0.0
) -> list[Column]:
    """Every year of the axis with its occasions in order of time, or one column without an event.

    Occasions without a year, under None, stand at the end.
    """
    result, x = [], start
    of_year = {
        year: sorted(by_year.get(year, ()), key=lambda event: event.get("earliest", ""))
        for year in axis.years
    }
    more = sum(map(len, of_year.values())) - MOST
    for year, every in of_year.items():
        found, more = every[max(more, 0) :], more - len(every)
        for event in found if every else [None]:  # a year of which none is drawn is no year without one
            why = LEFT_OUT_SHORT if year in axis.left_out else ""
            result.append(_column(x, year, event, silent=not event and year in axis.uncovered, why=why))
            x += 1
        x += GAP
    for event in by_year.get(None, ()):
        result.append(_column(x, UNDATED, event, silent=False))
        x += 1
    return result


def _column(x: float, year: int, event: Mapping | None, *, silent: bool, why: str = "") -> Column:
    """One column; `why` stands in the head of one without an event."""
    if not event:
        return Column(x, year, first=why, short=why, silent=silent)
    if "title" not in event:  # known by its id alone
        return Column(x, year, event["id"], event.get("first", ""), event.get("second", ""), "")
    span = (event["earliest"], event["latest"], event["precision"])
    second, short = words.second_line(event), words.short(*span, narrow=True)
    return Column(x, year, event["id"], words.short(*span), second, short)


def heads(sheet: Sheet, places: Sequence[Column], *, at: float, dx: float, letters: int):
    """Bold years, under them date and place of each occasion. `at`: where in a column, `dx`: px more."""
    seen, second = set(), head_room(sheet.narrow) - 48
    small = {"size": "least" if sheet.narrow else "small", "color": "soft", "yanchor": "bottom", "dx": dx}
    for place in places:
        x = place.x + at
        if place.year not in seen:
            seen.add(place.year)
            name = f"’{place.year % 100:02d}" if sheet.narrow and len(places) > 6 else f"{place.year}"
            name = name if place.year else "no year"
            sheet.text(f"<b>{name}</b>", x, 0, size="year", yanchor="bottom", dx=dx, dy=20 + second)
        first = place.short if sheet.narrow else place.first
        if first:
            sheet.text(words.escape(words.cut(first, letters)), x, 0, dy=4 + second, **small)
        if second and place.second:
            sheet.text(words.escape(words.cut(place.second, letters)), x, 0, dy=4, **small)


def head_room(narrow: bool) -> float:
    """px above the rows."""
    return 48 if narrow else 63


def silence(
    sheet: Sheet,
    x0: float,
    x1: float,
    height: float,
    tops: Sequence[tuple[float, float]],
    *,
    free: float | None = None,
):
    """A year without a source: hatched over the whole column; on a phone row by row, below the labels.

    The words stand in the first `free` px.
    """
    if not sheet.narrow or not tops:
        room = height if free is None else free
        sheet.hatch(x0, x1, 0, height, words=None if sheet.narrow else (0, room))
        return
    for top, bottom in tops:
        sheet.hatch(x0, x1, top, bottom)


def nothing_reported(sheet: Sheet, x: float, height: float, sentence: str):
    """A year with a source that reports none: blank, and said so."""
    sheet.text(
        sentence if height > 190 else words.folded(sentence, len(sentence) * 2 // 3),
        x,
        height / 2,
        size="least" if sheet.narrow else "small",
        color="soft",
        anchor="center",
        align="center",
        textangle=-90,
        bgcolor=theme.INK["paper"],
        borderpad=3,
    )

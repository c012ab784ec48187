"""Attendance as a matrix: a row is a party, a column a held session or summit of the council.

Filled square: a source says present. Crossed square: a source says absent. Small dot: no source says either.
A year that no source speaks about is hatched; one with a source but no session says so in words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

import query
from charts import columns, theme, words
from charts.axis import Axis
from charts.grid import Cell, Grid, Item, LeftOut, Row, Total
from charts.twin import in_order
from charts.twin import twin as table
from query import Tables
from query.nouns import ANNOUNCED_SESSION
from query.outline import quoted
from query.records import rows_in, whole
from query.vocabulary import ATTENDANCE, CONTRADICTED, NOTHING
from query.words import capital, counted, few, joined, quotation, years

SUBTITLE = (
    "Sessions and summits of the council, by party. A dot is silence: no source says whether they came."
)
FEW = 2  # sessions at which each place is told in words
NO_SESSION = "no session reported as held"


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each party, a column for each session of the years shown, and one for a year without any."""
    sessions, seats = _sessions(tables), rows_in(tables, "attendance")
    across = columns.occasions(sessions, axis, {year: no_session(tables, axis, year) for year in axis.years})
    there = {column.key[1] for column in across}
    told = len(across) <= FEW
    on_chart = [row for row in seats if row["event"] in there]
    rows = []
    for party in query.parties(tables):
        of = {row["event"]: row for row in on_chart if row["party"] == party}
        items = {
            column.key: _item(tables, of[event], told=told)
            for column in across
            if (event := column.key[1]) in of
        }
        counts = Counter(row["status"] for row in of.values())
        totals = (
            Total(str(counts[status]), strong=status == "absent" and bool(counts[status]))
            for status in theme.ATTENDANCE
        )
        if items:
            cells = {key: Cell((item,), item) for key, item in items.items()}
            name = query.party_of(tables, party)
            rows.append(Row(party, name, totals=() if told else tuple(totals), cells=cells))
    return Grid(
        rows=tuple(rows),
        columns=across,
        axis=axis,
        key=_key(on_chart),
        totals=() if told else tuple(ATTENDANCE.values()),
        left=160,
        right=0 if told else 204,
        large=True,
        told="who, and in which words" if told else "",
        nothing=_why_empty(tables, axis, sessions),
        left_out=tuple(
            LeftOut(row["id"], words.why_left_out(row["year"], axis))
            for row in seats
            if row["event"] not in there
        ),
    )


def _item(tables: Tables, row: Mapping, *, told: bool) -> Item:
    """One party at one session; `told` with who came, in the words of a source."""
    look, inferred = theme.ATTENDANCE[row["status"]], row["basis"] == "inferred"
    words_ = ATTENDANCE[row["status"]] + ", inferred" * inferred
    return Item(
        row["id"],
        query.label(tables, row),
        query.occasion(tables, row["event"]),
        f"{look.fill} {look.shape}",
        inferred,
        row["contradicted"],
        words=": ".join(filter(None, (words_, query.name_of(tables, row["person"]) if told else ""))),
        more=_quotation(tables, row) if told else "",
    )


def _quotation(tables: Tables, row: Mapping) -> str:
    place = quoted(tables, row["id"], "party")
    return quotation(place["quote"]) if place else ""


def _key(rows: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    inferred = any(row["basis"] == "inferred" for row in rows)
    entries = (
        ("solid square", "present", True),
        ("crossed square", "absent, and a source says so", True),
        ("mute dot", "not stated", True),
        ("solid square inferred", "inferred, not stated", inferred),
        ("torn", CONTRADICTED, any(row["contradicted"] for row in rows)),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


def headline(grid: Grid, tables: Tables) -> str:
    """Who is reported absent, or most often so; where nobody is, how many places are reported how."""
    seats = rows_in(tables, "attendance")
    absent = Counter(row["party"] for row in seats if row["status"] == "absent")
    if not grid.rows:
        return capital(grid.nothing or NOTHING)
    sessions = len({row["event"] for row in seats})
    # else parties or statuses are filtered
    whole_matrix = len(seats) == sessions * len(query.parties(tables))
    if not absent:
        numbers = Counter(row["status"] for row in seats).most_common()
        told = [
            f"{number} {'reported ' * (status != 'not_stated')}{ATTENDANCE[status]}"
            for status, number in numbers
        ]
        told += ["nobody reported absent"] * whole_matrix
        return f"{counted(len(seats), 'place')} at sessions: {', '.join(told)}"
    most = max(absent.values())
    leading = [query.party_of(tables, party) for party, number in absent.items() if number == most]
    if len(leading) > 1:
        often = "" if set(absent.values()) == {most} else " most often"
        return f"{few(leading, 'parties')} are reported absent{often}, in {counted(most, 'session')} each"
    (first,) = (party for party, number in absent.items() if number == most)
    # where nobody mentions the party, silence must not count as a session that it came to; where presence is
    # filtered away, it still came
    told = whole(tables)["attendance"]
    shown = told["year"].isna() | told["year"].isin(grid.axis.years)
    spoken = int((shown & told["party"].eq(first) & told["status"].ne("not_stated")).sum())
    where = f"in {most} of {counted(spoken, 'session')} for which a source mentions it"
    if spoken == 1:
        where = "at the only session for which a source mentions it"
    if len(absent) > 1:
        return f"{leading[0]} is reported absent most often: {where}"
    if whole_matrix:
        return f"Only {leading[0]} is reported absent: {where}"
    return f"{leading[0]} is reported absent {where}"


def behind(grid: Grid, tables: Tables) -> list[str]:
    """Every absence that is reported."""
    return [row["id"] for row in rows_in(tables, "attendance") if row["status"] == "absent"]


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    seats, axis = rows_in(tables, "attendance"), grid.axis
    if not seats:
        return f"Attendance by party and session: {grid.nothing}."
    kinds = Counter(row["status"] for row in seats)
    absent = {row["id"] for row in seats if row["status"] == "absent"}
    who = joined(
        f"{row.name} at {item.where}" for row in grid.rows for item in row.items if item.address in absent
    )
    return (
        f"Matrix of {counted(len({row['party'] for row in seats}), 'party')} at "
        f"{counted(len({row['event'] for row in seats}), 'session')}: {kinds['present']} present, "
        f"{kinds['absent']} absent{f' ({who})' if who else ''}, {kinds['not_stated']} not stated."
        + (f" {len(grid.left_out)} of these places are not on the chart." if grid.left_out else "")
        + "".join(
            f" Announced, not known to be held: {query.occasion(tables, event['id'])}."
            for event in _announced(tables)
            if event["year"] in axis.years
        )
        + words.uncovered(axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a party and session, those that nobody mentions too."""
    rows = in_order(rows_in(tables, "attendance"), grid)
    said = ((row["id"], query.fields(tables, row)) for row in rows)
    return table(said, query.FIELDS["attendance"], grid)


def _sessions(tables: Tables) -> dict[int | None, list[Mapping]]:
    """year -> its sessions, also those of which the filters leave no seat."""
    events, by_year = query.events(tables), {}
    seats = whole(tables)["attendance"]
    with_seats = set(tables["attendance"]["event"])
    for event, year in dict(zip(seats["event"], seats["year"], strict=True)).items():
        year = None if pd.isna(year) else int(year)
        if year is not None or event in with_seats:  # a filter on years leaves out what has no year
            by_year.setdefault(year, []).append(events.get(event, {"id": event}))
    return by_year


def _announced(tables: Tables) -> list[Mapping]:
    """Sessions that are only announced: nobody can have come to them yet."""
    return [event for event in query.events(tables).values() if ANNOUNCED_SESSION.holds(event)]


def no_session(tables: Tables, axis: Axis, year: int) -> str:
    """Why a year has no session: the view leaves it out, no source covers it, or none reports one as held."""
    if why := axis.silence(year):
        return why
    return _none(sum(event["year"] == year for event in _announced(tables)))


def _none(announced: int) -> str:
    return NO_SESSION + (f", {announced} announced" if announced else "")


def _why_empty(tables: Tables, axis: Axis, sessions: Mapping[int | None, Sequence[Mapping]]) -> str:
    """Why no seat is drawn: no source, no session, or none that the filters leave."""
    any_session = any(sessions.get(year) for year in (*axis.years, None))
    if axis.silent or any_session:
        return words.why_empty(axis)
    announced = sum(event["year"] in axis.years for event in _announced(tables))
    return f"for {years(axis.years)}, {_none(announced)}"

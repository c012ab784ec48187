"""Attendance as a matrix: a row is a party, a column a held session or summit of the council.

Filled square: a source says present. Crossed square: a source says absent. Small dot: no source says either.
A year that no source speaks about is hatched; one with a source but no session says so in words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from charts import columns, frames, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import Cell, Grid, Item, LeftOut, Row, Total
from query.nouns import ANNOUNCED_SESSION

SUBTITLE = (
    "Sessions and summits of the council, by party. A dot is silence: no source says whether they came."
)
NO_SESSION = "no session reported as held"


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each party, a column for each session of the years shown, and one for a year without any."""
    events, parties, people = words.events(tables), words.parties(tables), words.names(tables["people"])
    sessions = _sessions(tables)
    across = columns.occasions(sessions, axis, {year: no_session(tables, axis, year) for year in axis.years})
    there = {column.key[1] for column in across}
    seats = frames.records(tables["attendance"])
    drawn = [row for row in seats if row["event"] in there]
    rows = []
    for party, name in parties.items():
        seats_of = {row["event"]: row for row in drawn if row["party"] == party}
        if not seats_of:
            continue
        cells = {}
        for column in across:
            if row := seats_of.get(column.key[1]):
                person = people.get(row["person"], row["person"])
                event = events.get(row["event"])
                item = _item(row, _label(row, name, person, event), words.occasion(event, row["event"]))
                cells[column.key] = Cell((item,), item)
        counts = Counter(row["status"] for row in seats_of.values())
        totals = (
            Total(str(counts[status]), strong=status == "absent" and bool(counts[status]))
            for status in theme.ATTENDANCE
        )
        rows.append(Row(party, name, totals=tuple(totals), cells=cells))
    return Grid(
        rows=tuple(rows),
        columns=across,
        axis=axis,
        key=_key(drawn),
        totals=tuple(status.replace("_", " ") for status in theme.ATTENDANCE),
        left=160,
        right=204,
        large=True,
        nothing=_why_empty(tables, axis, sessions),
        left_out=tuple(
            LeftOut(
                row["id"],
                _label(row, parties.get(row["party"], row["party"]), "", events.get(row["event"])),
                words.why_left_out(frames.year_of(row["year"]), axis),
            )
            for row in seats
            if row["event"] not in there
        ),
    )


def _item(row: Mapping, label: str, where: str) -> Item:
    """Present and only inferred is an open square; of other signs a dot says what is inferred."""
    look = theme.ATTENDANCE[row["status"]]
    is_open = row["basis"] == "inferred" and row["status"] == "present"
    sign = (
        look.shape if look.shape.startswith("crossed") else f"{'open' if is_open else look.fill} {look.shape}"
    )
    inferred = row["basis"] == "inferred" and not is_open
    return Item(row["id"], label, where, sign, inferred, row["contradicted"])


def headline(grid: Grid, tables: Tables) -> str:
    """Who is reported absent, if that is one party, or one more often than others; else a neutral title."""
    neutral = "Who is said to have come, who to have stayed away, and where no source says"
    parties, hidden = words.parties(tables), {one.address for one in grid.left_out}
    drawn = [row for row in frames.records(tables["attendance"]) if row["id"] not in hidden]
    absent = Counter(row["party"] for row in drawn if row["status"] == "absent").most_common(2)
    if not drawn and grid.nothing != theme.NOTHING:
        return words.capital(grid.nothing)
    if not absent or hidden:
        return neutral
    sessions = len({row["event"] for row in drawn})
    whole = len(drawn) == sessions * len(parties)  # else parties or statuses are filtered away
    party, count = parties.get(absent[0][0], absent[0][0]), absent[0][1]
    # where nobody mentions the party, silence must not count as a session that it came to
    spoken = sum(row["party"] == absent[0][0] and row["status"] != "not_stated" for row in drawn)
    where = f"in {count} of {words.counted(spoken, 'session')} for which a source mentions it"
    if spoken == 1:
        where = "at the only session for which a source mentions it"
    if len(absent) == 1:
        return f"Only {party} is reported absent: {where}" if whole else f"{party} is reported absent {where}"
    if count > absent[1][1] and whole:
        return f"{party} is reported absent most often: {where}"
    return neutral


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows, axis = frames.records(tables["attendance"]), grid.axis
    if not rows:
        return f"Attendance by party and session: {grid.nothing}."
    kinds = Counter(row["status"] for row in rows)
    absent = {row["id"] for row in rows if row["status"] == "absent"}
    who = words.joined(
        f"{row.name} at {item.where}" for row in grid.rows for item in row.items if item.address in absent
    )
    undrawn = len(grid.left_out)
    return (
        f"Matrix of {words.counted(len({row['party'] for row in rows}), 'party', 'parties')} at "
        f"{words.counted(len({row['event'] for row in rows}), 'session')}: {kinds['present']} present, "
        f"{kinds['absent']} absent{f' ({who})' if who else ''}, {kinds['not_stated']} not stated."
        + (f" {undrawn} of these places are not on the chart." if undrawn else "")
        + "".join(
            f" Announced, not known to be held: {words.occasion(event)}."
            for event in _announced(tables)
            if frames.year_of(event["year"]) in axis.years
        )
        + words.uncovered(axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a party and session, those that nobody mentions too."""
    events, parties, people = words.events(tables), words.parties(tables), words.names(tables["people"])
    missing = grid.reasons
    order = {item.address: number for number, item in enumerate(grid.items)}
    rows = sorted(frames.records(tables["attendance"]), key=lambda row: order.get(row["id"], len(order)))
    columns = (
        "Party", "Session", "Status", "Person", "Role", "Sources", "Basis", "Inferred", "Contradicted",
        "Note", "On the chart",
    )  # fmt: skip
    return frames.twin_frame(
        [
            {
                "Record": row["id"],
                "Party": parties.get(row["party"], row["party"]),
                "Session": words.occasion(events.get(row["event"]), row["event"]),
                "Status": row["status"].replace("_", " "),
                "Person": frames.said(people.get(row["person"], row["person"])),
                "Role": frames.said(row["role"]),
                "Sources": words.listed(row["source"]) or "none mentions it",
                "Basis": row["basis"] or "no source says",
                "Inferred": frames.said(words.listed(row["inferred"]), "nothing"),
                "Contradicted": frames.said(words.listed(row["contradicted"]), "nothing"),
                "Note": row["note"],
                "On the chart": missing.get(row["id"], "yes"),
            }
            for row in rows
        ],
        columns,
    )


def _sessions(tables: Tables) -> dict[int | None, list[Mapping]]:
    """year -> its sessions, those included of which a filter shows no seat."""
    events, by_year = words.events(tables), {}
    seats = frames.records(frames.whole(tables, "attendance"))
    shown = {seat["event"] for seat in frames.records(tables["attendance"])}
    for event, year in {seat["event"]: frames.year_of(seat["year"]) for seat in seats}.items():
        if year is not None or event in shown:  # years that are chosen leave out what has none
            by_year.setdefault(year, []).append(events.get(event, {"id": event}))
    return by_year


def _announced(tables: Tables) -> list[dict]:
    """Sessions that are only announced: nobody can have come to them yet."""
    return [event for event in words.events(tables).values() if ANNOUNCED_SESSION.holds(event)]


def no_session(tables: Tables, axis: Axis, year: int) -> str:
    """Why a year has no session: the view leaves it out, no source covers it, or none reports one as held."""
    if why := axis.silence(year):
        return why
    number = sum(frames.year_of(event["year"]) == year for event in _announced(tables))
    return NO_SESSION + (f", {number} announced" if number else "")


def _why_empty(tables: Tables, axis: Axis, sessions: Mapping[int | None, Sequence[Mapping]]) -> str:
    """Why no seat is drawn: no source, no session, or none that the filters leave."""
    held = any(sessions.get(year) for year in (*axis.years, None))
    if axis.silent or "all_attendance" not in tables or held:
        return words.why_empty(axis)
    return f"for {words.years(axis.years)}, {NO_SESSION}"


def _label(row: dict, party: str, person: str, event: dict | None) -> str:
    where = words.occasion(event, row["event"])
    if row["status"] == "not_stated":
        return f"{party}: not stated\nno source says whether they came\n{where}"
    who = person + (f", {row['role']}" if row["role"] else "") if person else row["role"]
    parts = [f"{party}: {row['status']}", who, where, f"source: {words.listed(row['source'])}"]
    if row["inferred"]:
        parts.append(f"inferred: {words.listed(row['inferred'])}")
    parts.append(words.disputed(row["contradicted"]))
    return "\n".join(part for part in parts if part)


def _key(rows: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    present, absent, silent = theme.ATTENDANCE.values()
    key = [("solid square", present.words), ("crossed square", absent.words), ("mute dot", silent.words)]
    if any(row["status"] == "present" and row["basis"] == "inferred" for row in rows):
        key.insert(1, ("open square", "present, inferred"))
    if any(row["contradicted"] for row in rows):
        key.append(("torn", theme.CONTRADICTED))
    return tuple(key)

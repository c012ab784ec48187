"""Attendance as a matrix: a row is a party, a column a held session or summit of the council.

Filled square: a source says present. Crossed square: a source says absent. Small dot: no source says either.
A year that no source speaks about is hatched; one with a source but no session says so in words.
"""

from collections import Counter

import pandas as pd

import query
from charts import frames, occasions, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.occasions import Column
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query.nouns import ANNOUNCED_SESSION
from query.vocabulary import ATTENDANCE, NOTHING
from query.words import capital, counted, joined, years

SUBTITLE = (
    "Sessions and summits of the council, by party. A dot is silence: no source says whether they came."
)
EXTRA = ["event", "party", "person", "place"]
LEFT, RIGHT = 160, 186  # px
TOTAL = 58  # px between two totals
MARK = 0.3  # columns from a column's left edge to its mark
EDGE = MARK - 0.13  # and to hatch and coverage strip, which begin where the mark does
NO_SESSION = "no session reported as held"


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a party and session, party by party. x in columns, with a gap between years; y in rows."""
    events, places = query.events(tables), _columns(tables, axis)
    at = {place.event: place for place in places if place.event}
    rows = [row for row in frames.records(tables["attendance"]) if row["event"] in at]
    order = [party for party in query.parties(tables) if any(row["party"] == party for row in rows)]
    rows.sort(key=lambda row: (order.index(row["party"]), at[row["event"]].x))
    result = []
    for row in rows:
        look = theme.ATTENDANCE[row["status"]]
        outlined = row["basis"] == "inferred" and row["status"] == "present"
        result.append(
            {
                "address": row["id"],
                "x": at[row["event"]].x + MARK,
                "y": order.index(row["party"]) + 0.5,
                "shape": look.shape,
                "fill": "open" if outlined else look.fill,
                "label": query.label(tables, row),
                "row": query.party_of(tables, row["party"]),
                "column": query.occasion(tables, row["event"]),
                "kind": row["status"],
                "basis": "" if outlined else row["basis"],
                "contradicted": row["contradicted"],
                "event": row["event"],
                "party": row["party"],
                "person": query.name_of(tables, row["person"]),
                "place": events.get(row["event"], {}).get("place", ""),
            }
        )
    return frames.marks_frame(result, EXTRA)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Attendance at an event whose year is not stated or not on the axis."""
    at = {place.event for place in _columns(tables, axis)}
    rows = []
    for row in frames.records(tables["attendance"]):
        if row["event"] in at:
            continue
        year = frames.year_of(row["year"])
        rows.append(
            {
                "address": row["id"],
                "reason": words.why_left_out(year, axis),
            }
        )
    return frames.left_out_frame(rows)


def headline(tables: Tables, axis: Axis) -> str:
    """Who is reported absent, if that is one party, or one more often than others; else a neutral title."""
    neutral = "Who is said to have come, who to have stayed away, and where no source says"
    parties, drawn = query.parties(tables), frames.records(marks(tables, axis))
    absent = Counter(mark["party"] for mark in drawn if mark["kind"] == "absent").most_common(2)
    if not drawn and (why := _why_empty(tables, axis)) != NOTHING:
        return capital(why)
    hidden = len(tables["attendance"]) - len(drawn)
    if not absent or hidden:
        return neutral
    sessions = len({mark["event"] for mark in drawn})
    whole = len(drawn) == sessions * len(parties)  # else parties or statuses are filtered away
    party, count = query.party_of(tables, absent[0][0]), absent[0][1]
    # where nobody mentions the party, silence must not count as a session that it came to
    spoken = sum(mark["party"] == absent[0][0] and mark["kind"] != "not_stated" for mark in drawn)
    where = f"in {count} of {counted(spoken, 'session')} for which a source mentions it"
    if spoken == 1:
        where = "at the only session for which a source mentions it"
    if len(absent) == 1:
        return f"Only {party} is reported absent: {where}" if whole else f"{party} is reported absent {where}"
    if count > absent[1][1] and whole:
        return f"{party} is reported absent most often: {where}"
    return neutral


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """The matrix under bold years, with totals of present, absent and not stated at the right."""
    row, head, size = (50, 22, 16) if narrow else (40, 0, 20)
    columns, drawn = _columns(tables, axis), frames.records(marks)
    parties = list(dict.fromkeys(mark["row"] for mark in drawn))
    height = row * len(parties) or empty(axis)
    if any(not place.event and not place.silent for place in columns):
        height = max(height, ROOM + 10)  # for the words in its column
    sheet = Sheet(
        rows=height,
        x=(0, columns[-1].x + 1 if columns else 1),
        above=occasions.head_room(narrow),
        below=coverage_height(axis, narrow),
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT,
        key=_key(marks, axis, narrow or height < ROOM),
        narrow=narrow,
        scale=scale,
    )
    occasions.heads(sheet, columns, at=MARK, dx=-size / 2, letters=13)
    rows = [(number * row + head + 3, (number + 1) * row - 4) for number in range(len(parties))]
    spans: dict[int, tuple[float, float]] = {}
    for place in columns:
        if place.year:
            spans[place.year] = (spans.get(place.year, (place.x, 0))[0], place.x + 1)
        if place.silent:
            occasions.silence(sheet, place.x + EDGE, place.x + 0.9, height, rows)
        elif not place.event and parties:
            occasions.nothing_reported(sheet, place.x + MARK, height, no_session(tables, axis, place.year))
    kinds: dict[str, Counter] = {}
    for mark in frames.records(marks):
        kinds.setdefault(mark["row"], Counter())[mark["kind"]] += 1
    for number, party in enumerate(parties):
        sheet.rule(number * row)
        _row(sheet, kinds[party], party, number * row, row, narrow)
    sheet.rule(0, strong=True)
    sheet.rule(height, strong=True)
    if not narrow:
        for number, name in enumerate(ATTENDANCE.values()):
            sheet.total(name, 0, dx=_total_at(number), size="small", color="soft", yanchor="bottom", dy=4)
    if parties:
        ys = [(mark["y"] - 0.5) * row + head + (row - head) / 2 for mark in drawn]
        sheet.draw(drawn, [mark["x"] for mark in drawn], ys, size, target=(0.58, row - head))
    else:
        sheet.nothing(axis, _why_empty(tables, axis))
    sheet.coverage(height, axis, [(year, a + EDGE, b - 0.1) for year, (a, b) in spans.items()])
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    drawn, rows = frames.records(marks), frames.records(tables["attendance"])
    if not rows:
        return f"Attendance by party and session: {_why_empty(tables, axis)}."
    kinds = Counter(row["status"] for row in rows)
    who = joined(f"{mark['row']} at {mark['column']}" for mark in drawn if mark["kind"] == "absent")
    undrawn = len(rows) - len(drawn)
    return (
        f"Matrix of {counted(len({row['party'] for row in rows}), 'party')} at "
        f"{counted(len({row['event'] for row in rows}), 'session')}: {kinds['present']} present, "
        f"{kinds['absent']} absent{f' ({who})' if who else ''}, {kinds['not_stated']} not stated."
        + (f" {undrawn} of these places are not on the chart." if undrawn else "")
        + "".join(
            f" Announced, not known to be held: {query.occasion(tables, event['id'])}."
            for event in _announced(tables)
            if frames.year_of(event["year"]) in axis.years
        )
        + words.uncovered(axis)
        + words.disagreements(marks)
    )


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a party and session, those that nobody mentions too."""
    order = {address: number for number, address in enumerate(marks(tables, axis)["address"])}
    rows = sorted(frames.records(tables["attendance"]), key=lambda row: order.get(row["id"], len(order)))
    said = ((row["id"], query.fields(tables, row)) for row in rows)
    return frames.twin_frame(said, query.FIELDS["attendance"], left_out(tables, axis))


def _columns(tables: Tables, axis: Axis) -> list[Column]:
    """Every session of the years shown, those included of which a filter shows no seat."""
    events, by_year = query.events(tables), {}
    seats = frames.records(query.whole(tables, "attendance"))
    shown = {seat["event"] for seat in frames.records(tables["attendance"])}
    for event, year in {seat["event"]: frames.year_of(seat["year"]) for seat in seats}.items():
        if year is not None or event in shown:  # years that are chosen leave out what has none
            by_year.setdefault(year, []).append(events.get(event, {"id": event}))
    return occasions.columns(by_year, axis)


def _announced(tables: Tables) -> list[dict]:
    """Sessions that are only announced: nobody can have come to them yet."""
    return [event for event in query.events(tables).values() if ANNOUNCED_SESSION.holds(event)]


def no_session(tables: Tables, axis: Axis, year: int) -> str:
    """Why a year has no session: the view leaves it out, no source covers it, or none reports one as held."""
    if why := axis.silence(year):
        return why
    number = sum(frames.year_of(event["year"]) == year for event in _announced(tables))
    return NO_SESSION + (f", {number} announced" if number else "")


def _why_empty(tables: Tables, axis: Axis) -> str:
    """Why no seat is drawn: no source, no session, or none that the filters leave."""
    if axis.silent or "all_attendance" not in tables or any(p.event for p in _columns(tables, axis)):
        return words.why_empty(axis)
    return f"for {years(axis.years)}, {NO_SESSION}"


def _total_at(number: int) -> float:
    return (2 - number) * TOTAL + (14 if number < 2 else 0)


def _key(marks: pd.DataFrame, axis: Axis, hatch: bool) -> list[tuple[str, str]]:
    present, absent, silent = ATTENDANCE.values()
    key = [("solid", present), ("crossed", f"{absent}, and a source says so"), ("dot", silent)]
    if any(mark["fill"] == "open" for mark in frames.records(marks)):
        key.insert(1, ("open", "present, inferred"))
    key += disagreement_key(marks)
    if hatch and axis.uncovered:
        key.append(("hatch", query.UNCOVERED))
    return key


def _row(sheet: Sheet, kinds: Counter, party: str, top: float, row: int, narrow: bool):
    if narrow:
        sheet.label(f"<b>{words.escape(party)}</b>", top + 14, bgcolor=theme.INK["paper"])
        return
    sheet.label(words.escape(words.cut(party, 22)), top + row / 2)
    for number, status in enumerate(theme.ATTENDANCE):
        count = kinds[status]
        text = f"<b>{count}</b>" if status == "absent" and count else f"{count}"
        sheet.total(text, top + row / 2, dx=_total_at(number), color="ink" if count else "soft")

"""Chairmanships on a time axis: a row is a term, a bar the time that it certainly takes.

Tall and solid: stated to the day. Low: somewhere in this span, because the source gives a year or a month.
Outlined: inferred. Dashed: only announced. Fading: this side is not stated; an open end fades after the last
year that a source reports on, never today. Under each bar its sessions as diamonds on the span of their date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

import query
from charts import columns, theme, words
from charts.axis import Axis, position
from charts.grid import APART, Grid, Item, LeftOut, Piece, Row, Span, Total, lanes
from charts.theme import ANNOUNCED, INFERRED, STATED
from charts.twin import twin as table
from query import TALLIED, Tables
from query.nouns import ANNOUNCED_SESSION, SESSION, SESSION_KINDS, TERM
from query.records import rows_in, split
from query.vocabulary import CONTRADICTED, EVENT_KIND, NOTHING
from query.words import capital, joined, years

SUBTITLE = "Chairmanships that our sources report, by term, with the sessions of each."
COLUMNS = ("Kind", "State", "Person", "Start", "End", "Motto", *map(capital, TALLIED), "Title", "Sources",
           "Basis", "Inferred", "Contradicted", "Note")  # fmt: skip
MOST_SESSIONS = 200  # on one chart; of more the latest are drawn
OUTSIDE = "outside the years shown"


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each term, in order of time: its bar, under it its sessions, and what falls into it."""
    bars, of = {row["id"]: (row, span) for row, span in terms(tables, axis)}, query.by_term(tables)
    events = [
        event
        for event in _sessions(tables)[-MOST_SESSIONS:]
        if of.get(event["id"]) in bars and _year_shown(event, axis)
    ]
    sessions: dict[str, list[Mapping]] = {}
    for event in events:
        sessions.setdefault(of[event["id"]], []).append(event)
    return Grid(
        rows=tuple(
            _row(tables, row, [span, *signs(tables, sessions.get(term, ()), axis, 1)])
            for term, (row, span) in bars.items()
        ),
        columns=columns.years(axis, run=True),
        axis=axis,
        key=_key([span for _, span in bars.values()], events),
        totals=tuple(TALLIED),
        left=264,
        right=232,
        timed=True,
        left_out=tuple(_left_out(tables, axis, set(bars))),
        order=tuple(bars),
    )


def terms(tables: Tables, axis: Axis) -> list[tuple[Mapping, Span]]:
    """The terms that the years shown touch, by time, each with its bar."""
    return [(row, _bar(tables, row, axis)) for row in _terms(tables) if _shown(row, axis)]


def signs(tables: Tables, events: Iterable[Mapping], axis: Axis, first: int = 0) -> list[Span]:
    """The signs of events in order of time, on lines from the `first` on, so that none covers another."""
    spans = [sign(tables, event) for event in events]
    places = lanes([(span.x0 + span.x1) / 2 for span in spans], APART * len(axis.run))
    return [replace(span, lane=first + lane) for span, lane in zip(spans, places, strict=True)]


def sign(tables: Tables, event: Mapping) -> Span:
    """The sign of an event in the middle of its date, on a line over all of it."""
    look = f"{_fill(event)} {theme.EVENT_KIND[event['kind']].shape}"
    item = Item(
        event["id"],
        query.label(tables, event),
        event["date_words"],
        look,
        inferred=_inferred(event),
        contradicted=event["contradicted"],
        words=words.when_and_where(event),
    )
    return Span(item, position(event["earliest"]), position(event["latest"], after=True))


def event_key(events: Iterable[Mapping]) -> list[tuple[str, str]]:
    """The key of the events that are drawn: an entry a kind, what is announced, what is inferred."""
    events = list(events)
    kinds = {event["kind"] for event in events}
    entries = [
        (f"{look.fill} {look.shape}", EVENT_KIND[kind])
        for kind, look in theme.EVENT_KIND.items()
        if kind in kinds
    ]
    shape = theme.EVENT_KIND["session"].shape
    return [
        *entries,
        *[(f"{ANNOUNCED} {shape}", "session announced")] * any(map(query.is_announced, events)),
        *[(f"{STATED} {shape} inferred", "date inferred")] * any(map(_inferred, events)),
    ]


def _row(tables: Tables, row: Mapping, spans: Sequence[Span]) -> Row:
    numbers = query.tally(tables, row["id"])
    none = "unclear" if numbers["unsettled"] else "none"
    announced = f"{numbers['announced']} announced" if numbers["announced"] else ""
    said = joined(noun.counted(numbers[name]) for name, noun in TALLIED.items() if numbers[name])
    silence = query.UNCOVERED if numbers["statements"] is None else query.NONE_REPORTED
    return Row(
        row["id"],
        query.name_of(tables, row["state"]),
        bold=True,
        beside=words.cut(query.name_of(tables, row["person"]) or "no person named", 24),
        notes=(query.term_dates(row),),
        said="; ".join(
            [said or silence, *([ANNOUNCED_SESSION.counted(numbers["announced"])] if announced else ())]
        ),
        totals=tuple(
            Total(
                "–" if numbers[name] is None else str(numbers[name] or none),
                announced if name == "sessions" else "",
            )
            for name in TALLIED
        ),
        spans=tuple(spans),
    )


def _bar(tables: Tables, row: Mapping, axis: Axis) -> Span:
    low, high = _limits(row, axis)
    item = Item(row["id"], query.label(tables, row), query.term_dates(row), contradicted=row["contradicted"])
    return Span(item, low, high, pieces=pieces(row, axis))


def pieces(row: Mapping, axis: Axis) -> tuple[Piece, ...]:
    """The parts of a term's bar, as certain as its dates; a fade reaches one year beyond what is known."""
    s0, s1, e0, e1 = _bounds(row)
    inferred = split(row["inferred"])
    fill = ANNOUNCED if query.is_announced(row) else INFERRED if row["basis"] == "inferred" else STATED
    start, end = (INFERRED if fill == STATED and side in inferred else fill for side in ("start", "end"))
    if s0 is None:
        kind = "thin" if e0 < e1 else "bar"
        return (Piece(e0, e0 - 1, "fade", kind), *_part(e0, e1, "thin", end))
    if e0 is None:
        known = max(_limits(row, axis)[1], s1)
        return (
            *_part(s0, s1, "thin", start),
            *_part(s1, known, "bar", fill if s0 < s1 else start),
            Piece(known, known + 1, "fade", "bar"),
        )
    if s1 >= e0:
        return _split(s0, e1, "thin", start, end)
    exact_start = start if s0 == s1 else fill
    exact_end = end if e0 == e1 else fill
    return (
        *_part(s0, s1, "thin", start),
        *_split(s1, e0, "bar", exact_start, exact_end),
        *_part(e0, e1, "thin", end),
    )


def _part(a: float, b: float, kind: str, fill: str) -> tuple[Piece, ...]:
    return (Piece(a, b, kind, fill),) if b > a else ()


def _split(a: float, b: float, kind: str, first: str, second: str) -> tuple[Piece, ...]:
    """One part, or two halves where only one side is inferred."""
    if first == second:
        return _part(a, b, kind, first)
    return (Piece(a, (a + b) / 2, kind, first), Piece((a + b) / 2, b, kind, second))


def _fill(event: Mapping) -> str:
    return ANNOUNCED if query.is_announced(event) else STATED


def _inferred(event: Mapping) -> bool:
    return "date" in split(event["inferred"]) or event["basis"] == "inferred"


def _terms(tables: Tables) -> list[Mapping]:
    """Terms by time; one without a start stands before others that end in the same year."""
    return sorted(
        rows_in(tables, "chairmanships"),
        key=lambda row: (row["start_earliest"] or row["end_earliest"][:4], row["end_latest"] or "9"),
    )


def _bounds(row: Mapping) -> tuple[float | None, float | None, float | None, float | None]:
    """Earliest and latest start, earliest and latest end, in years; None where not stated.

    A day is a point: a start's at its beginning, an end's at its end.
    """
    start, until = row["start_earliest"], row["start_latest"]
    end, last = row["end_earliest"], row["end_latest"]
    s0 = position(start) if start else None
    s1 = None if not start else s0 if start == until else position(until, after=True)
    e1 = position(last, after=True) if end else None
    e0 = None if not end else e1 if end == last else position(end)
    return s0, s1, e0, e1


def _limits(row: Mapping, axis: Axis) -> tuple[float, float]:
    """From where to where the bar is drawn without its fading: open sides stop at the known years."""
    s0, _, e0, e1 = _bounds(row)
    low = s0 if s0 is not None else e0
    high = e1 if e1 is not None else max(float(axis.known_until + 1), low)
    return low, high


def _dated(row: Mapping) -> bool:
    return bool(row["start_earliest"] or row["end_latest"])


def _shown(row: Mapping, axis: Axis) -> bool:
    if not _dated(row):
        return False
    low, high = _limits(row, axis)
    # an open term that begins after the last covered year has a bar of length 0, in the year of its start
    return any(low < year + 1 and (high > year or low >= year) for year in axis.years)


def _sessions(tables: Tables) -> list[Mapping]:
    rows = [row for row in rows_in(tables, "events") if row["kind"] in SESSION_KINDS]
    return sorted(rows, key=lambda row: (row["earliest"], row["latest"]))


def _year_shown(event: Mapping, axis: Axis) -> bool:
    if not event["earliest"]:
        return False
    return any(int(event["earliest"][:4]) <= year <= int(event["latest"][:4]) for year in axis.years)


def _left_out(tables: Tables, axis: Axis, on_chart: set[str]) -> Iterable[LeftOut]:
    """Terms outside the years shown, and sessions that fall into no single term that is shown."""
    of, sessions = query.by_term(tables), _sessions(tables)
    for row in _terms(tables):
        if row["id"] not in on_chart:
            yield LeftOut(row["id"], OUTSIDE if _dated(row) else words.UNDATED)
    for number, event in enumerate(sessions):
        if not event["earliest"]:
            reason = words.UNDATED
        elif not _year_shown(event, axis):
            reason = OUTSIDE
        elif of.get(event["id"]) not in on_chart:
            reason = "its date falls into no single term that is shown"
        elif number < len(sessions) - MOST_SESSIONS:
            reason = words.TOO_MANY
        else:
            continue
        yield LeftOut(event["id"], reason)


def _key(bars: Sequence[Span], events: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    kinds = {(piece.kind, piece.fill) for span in bars for piece in span.pieces}
    torn = any(span.item.contradicted for span in bars) or any(event["contradicted"] for event in events)
    entries = (
        (f"bar {STATED}", "term, stated to the day", ("bar", STATED) in kinds),
        (f"thin {STATED}", "known only to the year or month", ("thin", STATED) in kinds),
        (f"thin {INFERRED}", "inferred", {("thin", INFERRED), ("bar", INFERRED)} & kinds),
        (f"thin {ANNOUNCED}", "term only announced", {("thin", ANNOUNCED), ("bar", ANNOUNCED)} & kinds),
        ("fade", "start or end not stated", any(kind == "fade" for kind, _ in kinds)),
        *((*entry, True) for entry in event_key(events)),
        (
            "span",
            "span of time in which it lies",
            any(event["earliest"] != event["latest"] for event in events),
        ),
        ("torn", CONTRADICTED, torn),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


def headline(grid: Grid, tables: Tables) -> str:
    """For which of the years shown a chair is on record by every reading of the dates, and for which not."""
    axis = grid.axis
    stated, agreed, begun, known = set(), set(), set(), set()
    for row in (row for row in _terms(tables) if _shown(row, axis)):
        certain = _certain_years(row)
        known |= certain
        if row["basis"] == "stated" and not {"start", "end"} & set(split(row["inferred"])):
            stated |= certain
        if not {"state", "start", "end"} & set(split(row["contradicted"])):
            agreed |= certain
        if not query.is_announced(row):
            begun |= certain
    named = [year for year in axis.years if year in known]
    missing = [year for year in axis.years if year not in known]
    if not named:
        none = f"for {years(missing)} no source names a chairing state for certain"
        return capital(none if missing else NOTHING)
    sides = ("inferred", stated), ("contradicted", agreed)
    doubts = [word for word, certain in sides if not set(named) <= certain]
    tail = f"; some dates are {', some '.join(doubts)}" if doubts else ""
    if announced := [year for year in named if year not in begun]:
        tail = f", that of {years(tuple(announced))} only as announced{tail}"
    tail += f"; for {years(missing)} none is certain" if missing else ""
    each = "for" if len(named) == 1 else "for each year of"
    return f"Our sources name a chairing state {each} {years(named)}{tail}"


def behind(grid: Grid, tables: Tables) -> list[str]:
    """The terms shown."""
    return [row["id"] for row in _terms(tables) if _shown(row, grid.axis)]


def _certain_years(row: Mapping) -> set[int]:
    """Years that the term touches by every reading of its dates."""
    certain = set()
    for side in ("start", "end"):
        first, last = row[f"{side}_earliest"][:4], row[f"{side}_latest"][:4]
        if first and first == last:
            certain.add(int(first))
    if row["start_latest"]:
        until = int(row["end_earliest"][:4]) if row["end_earliest"] else int(row["start_latest"][:4])
        certain |= set(range(int(row["start_latest"][:4]), until + 1))
    return certain


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    nouns = (TERM, SESSION, ANNOUNCED_SESSION)
    numbers = joined(noun.counted(count) for noun in nouns if (count := query.number(tables, noun)))
    if not numbers:
        return f"Timeline of chairmanships: {words.why_empty(grid.axis)}."
    each = joined(f"{row.name} ({row.notes[0]})" for row in grid.rows)
    undrawn = query.number(tables, TERM) - len(grid.rows)
    return (
        f"Timeline of {numbers}: {each or 'without a term to stand in'}."
        + (f" {TERM.counted(undrawn)} not on the chart." if undrawn else "")
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a term, then one a session or summit."""
    hidden, of = {one.address for one in grid.left_out}, query.by_term(tables)
    said = [
        (row["id"], query.fields(tables, row) | {"Kind": "chairmanship"})
        for row in sorted(_terms(tables), key=lambda row: row["id"] in hidden)
    ]
    known = set(tables["chairmanships"]["id"])
    for event in sorted(_sessions(tables), key=lambda event: event["id"] in hidden):
        fields, term = query.fields(tables, event), of.get(event["id"])
        fields |= {"Kind": query.event_kind(event), "Person": fields["Chair"], "Start": fields["Date"]}
        state = query.name_of(tables, term) if term in known else "no single term"
        said.append((event["id"], fields | {"State": state}))
    return table(said, COLUMNS, grid)

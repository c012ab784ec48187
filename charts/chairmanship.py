"""Chairmanships on a time axis: a row is a term, a bar the time that it certainly takes.

Tall and solid: stated to the day. Low: somewhere in this span, because the source gives a year or a month.
Outlined: inferred. Dashed: only announced. Fading: this side is not stated; an open end fades after the last
year that a source reports on, never today. Under each bar its sessions as diamonds on the span of their date.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor

import pandas as pd

import query
from charts import columns, frames, theme, words
from charts.axis import Axis, position
from charts.frames import Tables
from charts.grid import APART, Grid, Item, LeftOut, Piece, Row, Span, Total, lanes
from query.nouns import ANNOUNCED_SESSION, DOCUMENT, SESSION, SESSION_KINDS, STATEMENT, TERM

SUBTITLE = "Chairmanships that our sources report, by term, with the sessions of each."
MOST_SESSIONS = 200  # on one chart; of more the latest are drawn
UNDATED = "not known, for no date of the term is stated"
UNSETTLED = "none for certain"  # where records may fall into this term or into another
COUNTS = {"sessions": SESSION, "documents": DOCUMENT, "statements": STATEMENT}  # what falls into a term


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each term, in order of time: its bar, under it its sessions, and what falls into it.

    Counted is what falls into the term by every reading of its date.
    """
    rows, tally, of = _drawn(tables, axis), _tally(tables, axis), query.by_term(tables)
    bars = {row["id"]: bar(tables, axis, row, tally[row["id"]]) for row in rows}
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
            _row(tables, row, tally[row["id"]], bars[row["id"]], signs(sessions.get(row["id"], ()), axis, 1))
            for row in rows
        ),
        columns=columns.years(axis, run=True),
        axis=axis,
        key=_key(bars.values(), events),
        totals=tuple(COUNTS),
        left=264,
        right=232,
        timed=True,
        left_out=tuple(_left_out(tables, axis)),
        order=tuple(bars),
    )


def _row(tables: Tables, row: Mapping, tally: Mapping, span: Span, sessions: Iterable[Span]) -> Row:
    states, people = words.parties(tables), words.names(tables["people"])
    person = people.get(row["person"], row["person"])
    totals = []
    for name in COUNTS:
        none = "–" if tally[name] is None else "unclear" if tally["unsettled"] else "none"
        announced = name == "sessions" and tally["announced"]
        totals.append(Total(str(tally[name] or none), f"{tally['announced']} announced" if announced else ""))
    return Row(
        row["id"],
        states.get(row["state"], row["state"]),
        bold=True,
        beside=words.cut(person or "no person named", 24),
        notes=(dates(row),),
        said=_told(tally),
        totals=tuple(totals),
        spans=(span, *sessions),
    )


def bar(tables: Tables, axis: Axis, row: Mapping, tally: Mapping) -> Span:
    """The bar of a term."""
    low, high = _limits(row, axis)
    states, people = words.parties(tables), words.names(tables["people"])
    state, person = states.get(row["state"], row["state"]), people.get(row["person"], row["person"])
    item = Item(
        row["id"], _term_label(row, state, person, tally), dates(row), contradicted=row["contradicted"]
    )
    return Span(item, low, high, pieces=pieces(row, axis))


def terms(tables: Tables, axis: Axis) -> list[tuple[Mapping, Span]]:
    """The terms that the years shown touch, each with its bar; the overview draws them too."""
    tally = _tally(tables, axis)
    return [(row, bar(tables, axis, row, tally[row["id"]])) for row in _drawn(tables, axis)]


def signs(events: Sequence[Mapping], axis: Axis, first: int = 0) -> list[Span]:
    """The signs of events in order of time, on lines from the `first`, so that none covers another."""
    spans = [sign(event) for event in events]
    places = lanes([(span.x0 + span.x1) / 2 for span in spans], APART * len(axis.run))
    return [replace(span, lane=first + lane) for span, lane in zip(spans, places, strict=True)]


def sign(event: Mapping) -> Span:
    """The sign of an event in the middle of its date, on a line over all of it."""
    label = [
        words.capital(words.event_kind(event)),
        words.occasion(event),
        f"source: {words.listed(event['source'])}",
        f"inferred: {words.listed(event['inferred'])}" if event["inferred"] else "",
        words.disputed(event["contradicted"]),
    ]
    item = Item(
        event["id"],
        "\n".join(part for part in label if part),
        event["date_words"],
        f"{_fill(event)} {theme.EVENT_KIND[event['kind']].shape}",
        contradicted=event["contradicted"],
    )
    return Span(item, position(event["earliest"]), position(event["latest"], after=True))


def _fill(event: Mapping) -> str:
    inferred = "date" in event["inferred"].split("~") or event["basis"] == "inferred"
    return "dashed" if event["status"] == "planned" else "open" if inferred else "solid"


def _left_out(tables: Tables, axis: Axis) -> Iterable[LeftOut]:
    """Terms outside the years shown, and sessions that fall into no single term that is shown."""
    states, of = words.parties(tables), query.by_term(tables)
    shown = {row["id"] for row in _drawn(tables, axis)}
    for row in _terms(tables):
        if row["id"] not in shown:
            label = f"{states.get(row['state'], row['state'])}, {dates(row)}"
            dated = row["start_earliest"] or row["end_latest"]
            yield LeftOut(row["id"], label, "outside the years shown" if dated else "no date stated")
    sessions = _sessions(tables)
    for number, event in enumerate(sessions):
        if not event["earliest"]:
            reason = "no date stated"
        elif not _year_shown(event, axis):
            reason = "outside the years shown"
        elif of.get(event["id"]) not in shown:
            reason = "its date falls into no single term that is shown"
        elif number < len(sessions) - MOST_SESSIONS:
            reason = words.TOO_MANY
        else:
            continue
        yield LeftOut(event["id"], words.occasion(event), reason)


def headline(grid: Grid, tables: Tables) -> str:
    """Whether each year shown has a chair on record, by every reading of the dates."""
    neutral, axis = "Chairmanships that our sources report, by term", grid.axis
    terms = _drawn(tables, axis)
    stated, agreed, begun, all_ = set(), set(), set(), set()
    for row in terms:
        years = _certain_years(row, axis)
        all_ |= years
        if row["basis"] == "stated" and not {"start", "end"} & set(row["inferred"].split("~")):
            stated |= years
        if not {"state", "start", "end"} & set(row["contradicted"].split("~")):
            agreed |= years
        if not query.is_announced(row):
            begun |= years
    span = words.years(axis.years)
    each = "for" if len(axis.years) == 1 else "for each year of"
    if not terms or not axis.years or not set(axis.years) <= all_:
        return neutral
    doubts = [
        word
        for word, years in (("inferred", stated), ("contradicted", agreed))
        if not set(axis.years) <= years
    ]
    tail = f"; some dates are {', some '.join(doubts)}" if doubts else ""
    if announced := [year for year in axis.years if year not in begun]:
        tail = f", that of {words.years(announced)} only as announced{tail}"
    return f"Our sources name a chairing state {each} {span}{tail}"


def pieces(row: Mapping, axis: Axis) -> tuple[Piece, ...]:
    """The parts of a term's bar, as certain as its dates; a fade reaches one year beyond what is known."""
    s0, s1, e0, e1 = _bounds(row)
    inferred = row["inferred"].split("~")
    fill = "dashed" if query.is_announced(row) else "open" if row["basis"] == "inferred" else "solid"
    start, end = ("open" if fill == "solid" and side in inferred else fill for side in ("start", "end"))
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


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    nouns = (TERM, SESSION, ANNOUNCED_SESSION)
    told = words.joined(noun.counted(count) for noun in nouns if (count := query.number(tables, noun)))
    if not told:
        return f"Timeline of chairmanships: {words.why_empty(grid.axis)}."
    each = words.joined(f"{row.name} ({row.spans[0].item.where})" for row in grid.rows)
    undrawn = query.number(tables, TERM) - len(grid.rows)
    return (
        f"Timeline of {told}: {each or 'without a term to stand in'}."
        + (f" {TERM.counted(undrawn)} not on the chart." if undrawn else "")
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a term, then one a session or summit."""
    terms, missing, tally = _terms(tables), grid.reasons, _tally(tables, grid.axis)
    states, people = words.parties(tables), words.names(tables["people"])
    by_id, of = {row["id"]: row for row in terms}, query.by_term(tables)
    rows = []
    for row in sorted(terms, key=lambda row: row["id"] in missing):
        rows.append(
            {
                "Record": row["id"],
                "Kind": "chairmanship",
                "State": states.get(row["state"], row["state"]),
                "Person": frames.said(people.get(row["person"], row["person"])),
                "Start": _end_words(row, "start"),
                "End": _end_words(row, "end"),
                "Motto": frames.said(row["motto"]),
                **{words.capital(name): text for name, text in tally_words(tally[row["id"]]).items()},
                "Title": "",
                "Sources": words.listed(row["source"]),
                "Basis": row["basis"],
                "Inferred": frames.said(words.listed(row["inferred"]), "nothing"),
                "Contradicted": frames.said(words.listed(row["contradicted"]), "nothing"),
                "Note": row["note"],
                "On the chart": missing.get(row["id"], "yes"),
            }
        )
    for event in sorted(_sessions(tables), key=lambda event: event["id"] in missing):
        term = by_id.get(of.get(event["id"]))
        rows.append(
            {
                "Record": event["id"],
                "Kind": words.event_kind(event),
                "State": states.get(term["state"], term["state"]) if term else "no single term",
                "Person": frames.said(people.get(event["chair"], event["chair"])),
                "Start": event["date_words"],
                "End": "",
                "Motto": "",
                **{words.capital(name): "" for name in COUNTS},
                "Title": event["title"],
                "Sources": words.listed(event["source"]),
                "Basis": event["basis"],
                "Inferred": frames.said(words.listed(event["inferred"]), "nothing"),
                "Contradicted": frames.said(words.listed(event["contradicted"]), "nothing"),
                "Note": event["note"],
                "On the chart": missing.get(event["id"], "yes"),
            }
        )
    columns = (
        "Kind", "State", "Person", "Start", "End", "Motto", *map(words.capital, COUNTS), "Title", "Sources",
        "Basis", "Inferred", "Contradicted", "Note", "On the chart",
    )  # fmt: skip
    return frames.twin_frame(rows, columns)


def _terms(tables: Tables) -> list[dict]:
    """Terms by time; one without a start stands before others that end in the same year."""
    rows = frames.records(tables["chairmanships"])
    return sorted(
        rows, key=lambda row: (row["start_earliest"] or row["end_earliest"][:4], row["end_latest"] or "9")
    )


def _drawn(tables: Tables, axis: Axis) -> list[dict]:
    """The terms that the years shown touch."""
    return [row for row in _terms(tables) if _shown(row, axis)]


def _bounds(row: Mapping) -> tuple[float | None, ...]:
    starts = [position(row[name]) if row[name] else None for name in ("start_earliest",)]
    if row["start_earliest"]:
        precise = row["start_earliest"] == row["start_latest"]
        starts.append(starts[0] if precise else position(row["start_latest"], after=True))
    else:
        starts.append(None)
    if not row["end_earliest"]:
        return (*starts, None, None)
    precise = row["end_earliest"] == row["end_latest"]
    last = position(row["end_latest"], after=True)
    return (*starts, last if precise else position(row["end_earliest"]), last)


def _limits(row: Mapping, axis: Axis) -> tuple[float, float]:
    """From where to where the bar is drawn without its fading: open sides stop at the known years."""
    s0, _, e0, e1 = _bounds(row)
    low = s0 if s0 is not None else e0
    high = e1 if e1 is not None else max(float(axis.known_until + 1), low)
    return low, high


def _shown(row: Mapping, axis: Axis) -> bool:
    if not row["start_earliest"] and not row["end_latest"]:
        return False
    low, high = _limits(row, axis)
    # one that begins after the last year that a source covers has no certain length, but has begun there
    return any(low < year + 1 and (high > year or low >= year) for year in axis.years)


def _certain_years(row: Mapping, axis: Axis) -> set[int]:
    """Years that the term touches by every reading of its dates."""
    years = set()
    for side in ("start", "end"):
        first, last = row[f"{side}_earliest"][:4], row[f"{side}_latest"][:4]
        if first and first == last:
            years.add(int(first))
    if row["start_latest"]:
        until = int(row["end_earliest"][:4]) if row["end_earliest"] else int(row["start_latest"][:4])
        years |= set(range(int(row["start_latest"][:4]), until + 1))
    return years


def _sessions(tables: Tables) -> list[dict]:
    rows = [row for row in frames.records(tables["events"]) if row["kind"] in SESSION_KINDS]
    return sorted(rows, key=lambda row: (row["earliest"], row["latest"]))


def _year_shown(event: Mapping, axis: Axis) -> bool:
    if not event["earliest"]:
        return False
    return any(int(event["earliest"][:4]) <= year <= int(event["latest"][:4]) for year in axis.years)


def tally_words(tally: Mapping[str, int | None]) -> dict[str, str]:
    """What falls into a term, in words by count: what is only announced stands beside the sessions."""
    found = {}
    for name in COUNTS:
        count = tally[name]
        none = UNSETTLED if tally["unsettled"] else query.NONE_REPORTED
        silence = UNDATED if tally["undated"] else query.UNCOVERED
        found[name] = silence if pd.isna(count) else str(int(count) or none)
    if tally["announced"]:
        found["sessions"] += f"; {tally['announced']} announced"
    return found


def _tally(tables: Tables, axis: Axis) -> dict[str, dict[str, int | None]]:
    """term -> how many sessions, documents and statements fall into it by every reading of their date.

    `announced` is how many sessions are only announced, `unsettled` how many records may fall into the term
    and into another. The others are None instead of zero where no source
    covers a year of the term.
    """
    terms, of = _terms(tables), query.by_term(tables)
    tally = {row["id"]: Counter() for row in terms}
    counted = {
        "sessions": query.rows_of(tables, SESSION),
        "announced": query.rows_of(tables, ANNOUNCED_SESSION),
        "documents": query.rows_of(tables, DOCUMENT),
        "statements": query.rows_of(tables, STATEMENT),
    }
    for name, rows in counted.items():
        for row in rows:
            if of.get(row["id"]) in tally:
                tally[of[row["id"]]][name] += 1
    undated = {row["id"] for row in terms if not row["start_earliest"] and not row["end_latest"]}
    silent = {row["id"] for row in terms if _years_touched(row, axis) <= set(axis.uncovered)}
    return {
        term: {name: found[name] or (None if term in silent else 0) for name in COUNTS}
        | {
            "announced": found["announced"],
            "unsettled": len(query.unsettled(tables).get(term, ())),
            "undated": int(term in undated),
        }
        for term, found in tally.items()
    }


def _years_touched(row: Mapping, axis: Axis) -> set[int]:
    if not row["start_earliest"] and not row["end_latest"]:
        return set()
    low, high = _limits(row, axis)
    return set(range(floor(low), ceil(high)))


def _side(row: Mapping, side: str) -> str:
    """One side of a term for the row label: `1 Jan 2024`, `Nov 2022`, `2021`."""
    return words.abbreviated(row[f"{side}_words"]) if row[f"{side}_earliest"] else ""


def dates(row: Mapping) -> str:
    """Start and end in short words, as exact as the source: `2023 to 31 Dec 2023, end inferred`."""
    start, end = _side(row, "start"), _side(row, "end")
    inferred = [side for side in ("start", "end") if side in row["inferred"].split("~")]
    tail = ", announced" * query.is_announced(row)
    tail += f", {words.joined(inferred)} inferred" if inferred else ""
    if not start and not end:
        return f"start and end not stated{tail}"
    if not start:  # a year that is known as such reaches into it, and is not over when it begins
        until = "to" if row["end_earliest"] == row["end_latest"] else "into"
        return f"{until} {end}, start not stated{tail}"
    if not end:
        return f"from {start}, end not stated{tail}"
    return (start if start == end else f"{start} to {end}") + tail


def _end_words(row: Mapping, side: str) -> str:
    text = row[f"{side}_words"] if row[f"{side}_earliest"] else "not stated"
    return text + (" (inferred)" if side in row["inferred"].split("~") else "")


def _told(tally: Mapping[str, int | None]) -> str:
    """What falls into a term: `2 sessions, no document reported and 1 statement`, or that no source says."""
    counts = [
        COUNTS[name].counted(tally[name])
        if tally[name]
        else f"no {COUNTS[name].one} {'for certain' if tally['unsettled'] else 'reported'}"
        for name in COUNTS
        if tally[name] is not None
    ]
    announced = [ANNOUNCED_SESSION.counted(tally["announced"])] * bool(tally["announced"])
    return words.joined(counts + announced) if counts else "; ".join([query.UNCOVERED, *announced])


def _term_label(row: Mapping, state: str, person: str, tally: Mapping[str, int | None]) -> str:
    parts = [
        f"Chairmanship of {state}" + (f", {person}" if person else ", no person named"),
        f"start: {_end_words(row, 'start')}",
        f"end: {_end_words(row, 'end')}",
        _told(tally),
        "the term itself is only announced" if query.is_announced(row) else "",
        "the term itself is inferred" if row["basis"] == "inferred" else "",
        words.disputed(row["contradicted"]),
    ]
    return "\n".join(part for part in parts if part)


def _part(a: float, b: float, kind: str, fill: str) -> tuple[Piece, ...]:
    return (Piece(a, b, kind, fill),) if b > a else ()


def _split(a: float, b: float, kind: str, first: str, second: str) -> tuple[Piece, ...]:
    """One part, or two halves where only one side is inferred."""
    if first == second:
        return _part(a, b, kind, first)
    return (Piece(a, (a + b) / 2, kind, first), Piece((a + b) / 2, b, kind, second))


def _key(bars: Iterable[Span], events: list[Mapping]) -> tuple[tuple[str, str], ...]:
    kinds = {(piece.kind, piece.fill) for span in bars for piece in span.pieces}
    torn = any(span.item.contradicted for span in bars) or any(event["contradicted"] for event in events)
    entries = (
        ("bar solid", "term, stated to the day", ("bar", "solid") in kinds),
        ("thin solid", "known only to the year or month", ("thin", "solid") in kinds),
        ("thin open", "inferred", {("thin", "open"), ("bar", "open")} & kinds),
        ("thin dashed", "term only announced", {("thin", "dashed"), ("bar", "dashed")} & kinds),
        ("fade", "start or end not stated", any(kind == "fade" for kind, _ in kinds)),
        *((*entry, True) for entry in event_key(events)),
        ("span", "span of its date", any(event["earliest"] != event["latest"] for event in events)),
        ("torn", theme.CONTRADICTED, torn),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


def event_key(events: Iterable[Mapping]) -> list[tuple[str, str]]:
    """The key of the events that are drawn: one entry a kind and fill."""
    tails = {"solid": "", "open": ", date inferred", "dashed": ", announced"}
    drawn = {(event["kind"], _fill(event)) for event in events}
    return [
        (f"{fill} {look.shape}", look.words + tail)
        for kind, look in theme.EVENT_KIND.items()
        for fill, tail in tails.items()
        if (kind, fill) in drawn
    ]

"""Chairmanships on a time axis: a row is a term, a bar the time that it certainly takes.

Tall and solid: stated to the day. Low: somewhere in this span, because the source gives a year or a month.
Outlined: inferred. Dashed: only announced. Fading: this side is not stated; an open end fades after the last
year that a source reports on, never today. Under each bar its sessions as diamonds on the span of their date.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import ceil, floor

import pandas as pd

import query
from charts import frames, theme, words
from charts.axis import Axis, position
from charts.frames import Tables
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query.nouns import ANNOUNCED_SESSION, DOCUMENT, SESSION, SESSION_KINDS, STATEMENT, TERM

SUBTITLE = "Chairmanships that our sources report, by term, with the sessions of each."
MOST_SESSIONS = 200  # on one chart; of more the latest are drawn
EXTRA = [
    "x0", "x1", "s0", "s1", "e0", "e1", "start_fill", "end_fill", "state", "person", "dates",
    "sessions", "announced", "documents", "statements", "unsettled", "undated",
]  # fmt: skip
UNDATED = "not known, for no date of the term is stated"
UNSETTLED = "none for certain"  # where records may fall into this term or into another
COUNTS = {"sessions": SESSION, "documents": DOCUMENT, "statements": STATEMENT}  # what falls into a term
LEFT, RIGHT, COLUMN = 232, 232, 80  # px
BAR, THIN, DIAMOND = 18, 10, 13  # px


def reach(axis: Axis) -> float:
    """How far an open side fades, in years; it grows with the axis, so it stays some 25 px."""
    return 0.07 * max(len(axis.run), 1)


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Terms in order of time, then sessions and summits, each in the row of its term. x in years, y in rows.

    s0, s1, e0, e1: earliest and latest start and end in years, missing where not stated.
    x0, x1: from where to where the mark is drawn. `sessions, announced, documents, statements`: how many fall
    into the term by every reading of their date; missing where no source covers its years.
    """
    result = [*terms_drawn(tables, axis)]
    terms, lane = query.by_term(tables), {mark["address"]: mark for mark in result}
    for event in _sessions(tables)[-MOST_SESSIONS:]:
        term = terms.get(event["id"])
        if term in lane and _year_shown(event, axis):
            result.append(_session(event, lane[term]))
    return frames.marks_frame(result, EXTRA)


@frames.once
def terms_drawn(tables: Tables, axis: Axis) -> tuple[dict, ...]:
    """The marks of the terms, which the overview draws too."""
    terms = _terms(tables, axis)
    rows = [row for row in terms if _shown(row, axis)]
    tally = _tally(tables, terms, axis)
    states, people = words.parties(tables), words.names(tables["people"])
    result = []
    for number, row in enumerate(rows):
        s0, s1, e0, e1 = _bounds(row)
        inferred = row["inferred"].split("~")
        fill = "dashed" if query.is_announced(row) else "open" if row["basis"] == "inferred" else "solid"
        low, high = _limits(row, axis)
        state, person = states.get(row["state"], row["state"]), people.get(row["person"], row["person"])
        result.append(
            {
                "address": row["id"],
                "x": (low + high) / 2,
                "y": number + 0.5,
                "shape": "bar",
                "fill": fill,
                "label": _term_label(row, state, person, tally[row["id"]]),
                "row": state,
                "column": dates(row),
                "kind": "term",
                "basis": row["basis"],
                "contradicted": row["contradicted"],
                "x0": low,
                "x1": high,
                "s0": s0,
                "s1": s1,
                "e0": e0,
                "e1": e1,
                "start_fill": "open" if fill == "solid" and "start" in inferred else fill,
                "end_fill": "open" if fill == "solid" and "end" in inferred else fill,
                "state": row["state"],
                "person": person,
                "dates": dates(row),
                **{name: pd.NA if count is None else count for name, count in tally[row["id"]].items()},
            }
        )
    return tuple(result)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Terms outside the years shown, and sessions that fall into no single term that is shown."""
    terms, states = _terms(tables, axis), words.parties(tables)
    rows = []
    for row in terms:
        if not _shown(row, axis):
            label = f"{states.get(row['state'], row['state'])}, {dates(row)}"
            dated = row["start_earliest"] or row["end_latest"]
            reason = "outside the years shown" if dated else "no date stated"
            rows.append({"address": row["id"], "label": label, "reason": reason})
    shown, of = {row["id"] for row in terms} - {row["address"] for row in rows}, query.by_term(tables)
    sessions = _sessions(tables)
    for number, event in enumerate(sessions):
        term = of.get(event["id"])
        if not event["earliest"]:
            reason = "no date stated"
        elif not _year_shown(event, axis):
            reason = "outside the years shown"
        elif term not in shown:
            reason = "its date falls into no single term that is shown"
        elif number < len(sessions) - MOST_SESSIONS:
            reason = words.TOO_MANY
        else:
            continue
        rows.append({"address": event["id"], "label": words.occasion(event), "reason": reason})
    return frames.left_out_frame(rows)


def headline(tables: Tables, axis: Axis) -> str:
    """Whether each year shown has a chair on record, by every reading of the dates."""
    neutral = "Chairmanships that our sources report, by term"
    terms = [row for row in _terms(tables, axis) if _shown(row, axis)]
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


def segments(mark: Mapping, axis: Axis) -> list[tuple[float, float, str, str]]:
    """The parts of a term's bar, `(from, to, kind, fill)`: kind is bar, thin (somewhere in here) or fade.

    A fade runs from the known side to the open one, so `to` may lie left of `from`.
    """
    s0, s1, e0, e1 = (None if pd.isna(mark[name]) else mark[name] for name in ("s0", "s1", "e0", "e1"))
    start, end, step = mark["start_fill"], mark["end_fill"], reach(axis)
    last = mark["x1"]
    if s0 is None:
        kind = "thin" if e0 < e1 else "bar"
        return [(e0, e0 - step, "fade", kind), *_part(e0, e1, "thin", end)]
    if e0 is None:
        known = max(last, s1)
        return [
            *_part(s0, s1, "thin", start),
            *_part(s1, known, "bar", mark["fill"] if s0 < s1 else start),
            (known, known + step, "fade", "bar"),
        ]
    if s1 >= e0:
        return _split(s0, e1, "thin", start, end)
    exact_start = start if s0 == s1 else mark["fill"]
    exact_end = end if e0 == e1 else mark["fill"]
    return [
        *_part(s0, s1, "thin", start),
        *_split(s1, e0, "bar", exact_start, exact_end),
        *_part(e0, e1, "thin", end),
    ]


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """One row a term: name, person and dates at the left, bar and sessions, counts at the right."""
    terms, sessions = _terms_and_sessions(marks)
    row, lane, under = (88, 52, 74) if narrow else (54, 18, 40)
    height = row * len(terms) or empty(axis)
    run, step = axis.run, reach(axis)
    low, high = (run[0], run[-1] + 1) if run else (0, 1)
    parts = [segments(mark, axis) for mark in terms]
    free = _free_rows(terms, axis, row, height)
    sheet = Sheet(
        rows=height,
        x=(low - step * 1.1, high + step * 1.1),
        above=28,
        below=coverage_height(axis, narrow),
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT,
        key=_key(marks, parts, axis, narrow or any(b - a < ROOM for a, b in free.values())),
        narrow=narrow,
        scale=scale,
    )
    sheet.years(axis, height, {} if narrow else free)
    if not narrow:
        for number, name in enumerate(COUNTS):
            sheet.total(name, 0, dx=(2 - number) * COLUMN, size="small", color="soft", yanchor="bottom", dy=4)
    for number, (mark, pieces) in enumerate(zip(terms, parts, strict=True)):
        sheet.rule(number * row, strong=number == 0)
        _names(sheet, mark, number * row, narrow)
        draw_bar(sheet, pieces, number * row + lane, (low - step, high + step))
        inside = (max(mark["x0"], low), min(mark["x1"], high))
        sheet.frame(mark["address"], x=inside, y=number * row + lane, height=_height(pieces) + 8)
        draw_disagreement(sheet, mark, pieces, number * row + lane, inside)
    sheet.rule(0, strong=True)
    sheet.rule(height, strong=True)
    if terms:
        reached = [
            (min(p[0:2]) if p[2] == "fade" else p[0], max(p[0:2])) for ps in parts for p in (ps[0], ps[-1])
        ]
        sheet.areas(
            terms,
            [max(reached[2 * i][0], low - step) for i in range(len(terms))],
            [min(reached[2 * i + 1][1], high + step) for i in range(len(terms))],
            [number * row + lane for number in range(len(terms))],
            24,
        )
        _draw_sessions(sheet, sessions, row, under)
    else:
        sheet.nothing(axis)
    sheet.coverage(height, axis, [(year, year + 0.02, year + 0.96) for year in run])
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    terms, _ = _terms_and_sessions(marks)
    nouns = (TERM, SESSION, ANNOUNCED_SESSION)
    told = words.joined(noun.counted(count) for noun in nouns if (count := query.number(tables, noun)))
    if not told:
        return f"Timeline of chairmanships: {words.why_empty(axis)}."
    each = words.joined(f"{term['row']} ({term['dates']})" for term in terms)
    undrawn = query.number(tables, TERM) - len(terms)
    return (
        f"Timeline of {told}: {each or 'without a term to stand in'}."
        + (f" {TERM.counted(undrawn)} not on the chart." if undrawn else "")
        + words.uncovered(axis)
        + words.disagreements(marks)
    )


def _terms_and_sessions(marks: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    drawn = frames.records(marks)
    terms = [mark for mark in drawn if mark["kind"] == "term"]
    return terms, [mark for mark in drawn if mark["kind"] != "term"]


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a term, then one a session or summit."""
    terms = _terms(tables, axis)
    missing = frames.reason_by_address(left_out(tables, axis))
    tally = _tally(tables, terms, axis)
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


def _terms(tables: Tables, axis: Axis) -> list[dict]:
    """Terms by time; one without a start stands before others that end in the same year."""
    rows = frames.records(tables["chairmanships"])
    return sorted(
        rows, key=lambda row: (row["start_earliest"] or row["end_earliest"][:4], row["end_latest"] or "9")
    )


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


def _tally(tables: Tables, terms: list[dict], axis: Axis) -> dict[str, dict[str, int | None]]:
    """term -> how many sessions, documents and statements fall into it by every reading of their date.

    `announced` is how many sessions are only announced, `unsettled` how many records may fall into the term
    and into another. The others are None instead of zero where no source
    covers a year of the term.
    """
    tally, of = {row["id"]: Counter() for row in terms}, query.by_term(tables)
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


def _term_label(row: Mapping, state: str, person: str, tally: Mapping[str, int | None]) -> str:
    counts = [
        COUNTS[name].counted(tally[name])
        if tally[name]
        else f"no {COUNTS[name].one} {'for certain' if tally['unsettled'] else 'reported'}"
        for name in COUNTS
        if tally[name] is not None
    ]
    announced = ANNOUNCED_SESSION.counted(tally["announced"]) if tally["announced"] else ""
    parts = [
        f"Chairmanship of {state}" + (f", {person}" if person else ", no person named"),
        f"start: {_end_words(row, 'start')}",
        f"end: {_end_words(row, 'end')}",
        words.joined(counts) or query.UNCOVERED,
        announced,
        "the term itself is only announced" if query.is_announced(row) else "",
    ]
    if row["basis"] == "inferred":
        parts.append("the term itself is inferred")
    parts.append(words.disputed(row["contradicted"]))
    return "\n".join(part for part in parts if part)


def _session(event: Mapping, term: Mapping) -> dict:
    look, planned = theme.EVENT_KIND[event["kind"]], event["status"] == "planned"
    inferred = "date" in event["inferred"].split("~") or event["basis"] == "inferred"
    low, high = position(event["earliest"]), position(event["latest"], after=True)
    label = [
        f"{words.capital(look.words)}, {theme.EVENT_STATUS[event['status']].words}",
        words.occasion(event),
    ]
    if event["inferred"]:
        label.append(f"inferred: {words.listed(event['inferred'])}")
    if event["contradicted"]:
        label.append(words.disputed(event["contradicted"]))
    return {
        "address": event["id"],
        "x": (low + high) / 2,
        "y": term["y"],
        "shape": look.shape,
        "fill": theme.EVENT_STATUS["planned"].fill if planned else "open" if inferred else "solid",
        "label": "\n".join(label),
        "row": term["row"],
        "column": event["date_words"],
        "kind": event["kind"],
        "basis": event["basis"],
        "contradicted": event["contradicted"],
        "x0": low,
        "x1": high,
    }


def _part(a: float, b: float, kind: str, fill: str) -> list[tuple[float, float, str, str]]:
    return [(a, b, kind, fill)] if b > a else []


def _split(a: float, b: float, kind: str, first: str, second: str) -> list[tuple[float, float, str, str]]:
    """One part, or two halves where only one side is inferred."""
    if first == second:
        return _part(a, b, kind, first)
    return [(a, (a + b) / 2, kind, first), ((a + b) / 2, b, kind, second)]


def _free_rows(terms: list[dict], axis: Axis, row: float, height: float) -> dict[int, tuple[float, float]]:
    """hatched year -> the longest stretch of rows, in px, in which no term touches it."""
    free = {}
    for year in axis.uncovered:
        taken = [n for n, mark in enumerate(terms) if mark["x0"] < year + 1 and mark["x1"] > year]
        edges = [-1, *taken, len(terms)]
        gaps = [(a + 1, b) for a, b in pairwise(edges)]
        first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
        free[year] = (first * row, last * row) if terms else (0, height)
    return free


def _key(marks: pd.DataFrame, parts: list[list[tuple]], axis: Axis, hatch: bool) -> list[tuple[str, str]]:
    kinds = {(kind, fill) for pieces in parts for _, _, kind, fill in pieces}
    _, sessions = _terms_and_sessions(marks)
    key = []
    if ("bar", "solid") in kinds:
        key.append(("solid", "term, stated to the day"))
    if ("thin", "solid") in kinds:
        key.append(("thin", "known only to the year or month"))
    if ("thin", "open") in kinds or ("bar", "open") in kinds:
        key.append(("thin-open", "inferred"))
    if ("thin", "dashed") in kinds or ("bar", "dashed") in kinds:
        key.append(("thin-dashed", "term only announced"))
    if any(kind == "fade" for kind, _ in kinds):
        key.append(("fade", "start or end not stated"))
    key += session_key(sessions)
    if any(mark["x1"] - mark["x0"] > 0.01 for mark in sessions):
        key.append(("hairline", "span of its date"))
    key += disagreement_key(marks)
    if hatch and axis.uncovered:
        key.append(("hatch", query.UNCOVERED))
    return key


def session_key(events: list[dict]) -> list[tuple[str, str]]:
    """The key of the events that are drawn: one entry a shape and fill."""
    tails = {"solid": "", "open": ", date inferred", "dashed": ", announced"}
    found = {(event["kind"], event["fill"]) for event in events}
    return [
        (f"{fill} {look.shape}", look.words + tails[fill])
        for kind, look in theme.EVENT_KIND.items()
        for fill in tails
        if (kind, fill) in found
    ]


def _names(sheet: Sheet, mark: Mapping, top: float, narrow: bool):
    person = words.escape(words.cut(mark["person"] or "no person named", 24))
    title = f"<b>{words.escape(words.cut(mark['row'], 40))}</b>  {sheet.small(person)}"
    dates = sheet.small(words.escape(mark["dates"]))
    if narrow:
        sheet.label(f"{title}<br>{dates}", top + 22, bgcolor=theme.INK["paper"])
        counts = [
            "–" if pd.isna(mark[name]) else COUNTS[name].counted(mark[name]) if mark[name] else f"no {name}"
            for name in ("sessions", "statements")
        ]
        counts[0] += f", {mark['announced']} announced" if mark["announced"] else ""
        sheet.total("<br>".join(counts), top + 22, size="small", color="soft", bgcolor=theme.INK["paper"])
        return
    sheet.label(f"{title}<br>{dates}", top + 27)
    for number, name in enumerate(COUNTS):
        value = 0 if pd.isna(mark[name]) else int(mark[name])
        text = "–" if pd.isna(mark[name]) else f"{value or ('unclear' if mark['unsettled'] else 'none')}"
        if name == "sessions" and mark["announced"]:
            announced = f"{mark['announced']} announced"
            text += f"<br>{sheet.small(announced)}"
        sheet.total(text, top + 27, dx=(2 - number) * COLUMN, color="ink" if value else "soft")


def _height(pieces: list[tuple]) -> int:
    return THIN if all("thin" in piece[2:] for piece in pieces) else BAR


def draw_bar(sheet: Sheet, pieces: list[tuple], middle: float, limits: tuple[float, float]):
    """The parts of one bar, clipped to the axis."""
    low, high = limits
    for a, b, kind, fill in pieces:
        half = (THIN if kind == "thin" or fill == "thin" else BAR) / 2
        if kind == "fade":
            if low <= min(a, b) and max(a, b) <= high + 1e-9:
                sheet.fade(a, b, middle - half, middle + half)
            continue
        a, b = max(a, low), min(b, high)
        if b > a:
            inset = 0 if fill == "solid" else 1
            sheet.block(a, b, middle - half + inset, middle + half - inset, fill=fill)


def draw_disagreement(
    sheet: Sheet, mark: Mapping, pieces: list[tuple], middle: float, inside: tuple[float, float]
):
    """The loose corner of a bar: at its end, or at its start where that alone is disputed or stated."""
    if not mark["contradicted"]:
        return
    left = mark["contradicted"] == "start" or pd.isna(mark["e0"])
    sheet.loose(inside[not left], middle, 0, _height(pieces) / 2, BAR, left=left)


def _draw_sessions(sheet: Sheet, sessions: list[dict], row: float, under: float):
    ys = [(mark["y"] - 0.5) * row + under for mark in sessions]
    for mark, y in zip(sessions, ys, strict=True):
        sheet.line(mark["x0"], mark["x1"], y, y, color="ink", width=2)
    span = sheet.x[1] - sheet.x[0]
    width = span * (24.5 / (358 if sheet.narrow else 845 - LEFT - RIGHT))
    sheet.draw(sessions, [mark["x"] for mark in sessions], ys, DIAMOND, target=(width, 24))

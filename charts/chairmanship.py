"""Chairmanships on a time axis: a row is a term, a bar the time that it certainly takes.

Tall and solid: stated to the day. Low: somewhere in this span, because the source gives a year or a month.
Outlined: inferred. Dashed: only announced. Fading: this side is not stated; an open end fades after the last
year that a source reports on, never today. Under each bar its sessions as diamonds on the span of their date.
"""

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

import query
from charts import frames, theme, words
from charts.axis import Axis, position
from charts.frames import Tables
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query import TALLIED
from query.nouns import ANNOUNCED_SESSION, SESSION, SESSION_KINDS, TERM
from query.vocabulary import EVENT_KIND
from query.words import capital, joined, years

SUBTITLE = "Chairmanships that our sources report, by term, with the sessions of each."
MOST_SESSIONS = 200  # on one chart; of more the latest are drawn
EXTRA = [
    "x0", "x1", "s0", "s1", "e0", "e1", "start_fill", "end_fill", "state", "person", "dates",
    "sessions", "announced", "documents", "statements", "unsettled",
]  # fmt: skip
COLUMNS = ("Kind", "State", "Person", "Start", "End", "Motto", *map(capital, TALLIED), "Title", "Sources",
           "Basis", "Inferred", "Contradicted", "Note")  # fmt: skip
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
            result.append(_session(tables, event, lane[term]))
    return frames.marks_frame(result, EXTRA)


@frames.once
def terms_drawn(tables: Tables, axis: Axis) -> tuple[dict, ...]:
    """The marks of the terms, which the overview draws too."""
    terms = _terms(tables, axis)
    rows = [row for row in terms if _shown(row, axis)]
    result = []
    for number, row in enumerate(rows):
        (s0, s1, e0, e1), numbers = _bounds(row), query.tally(tables, row["id"])
        inferred = row["inferred"].split("~")
        fill = "dashed" if query.is_announced(row) else "open" if row["basis"] == "inferred" else "solid"
        low, high = _limits(row, axis)
        result.append(
            {
                "address": row["id"],
                "x": (low + high) / 2,
                "y": number + 0.5,
                "shape": "bar",
                "fill": fill,
                "label": query.label(tables, row),
                "row": query.name_of(tables, row["state"]),
                "column": query.term_dates(row),
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
                "person": query.name_of(tables, row["person"]),
                "dates": query.term_dates(row),
                **{name: pd.NA if number is None else number for name, number in numbers.items()},
            }
        )
    return tuple(result)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Terms outside the years shown, and sessions that fall into no single term that is shown."""
    terms = _terms(tables, axis)
    rows = []
    for row in terms:
        if not _shown(row, axis):
            dated = row["start_earliest"] or row["end_latest"]
            reason = "outside the years shown" if dated else words.UNDATED
            rows.append({"address": row["id"], "reason": reason})
    shown, of = {row["id"] for row in terms} - {row["address"] for row in rows}, query.by_term(tables)
    sessions = _sessions(tables)
    for number, event in enumerate(sessions):
        term = of.get(event["id"])
        if not event["earliest"]:
            reason = words.UNDATED
        elif not _year_shown(event, axis):
            reason = "outside the years shown"
        elif term not in shown:
            reason = "its date falls into no single term that is shown"
        elif number < len(sessions) - MOST_SESSIONS:
            reason = words.TOO_MANY
        else:
            continue
        rows.append({"address": event["id"], "reason": reason})
    return frames.left_out_frame(rows)


def headline(tables: Tables, axis: Axis) -> str:
    """Whether each year shown has a chair on record, by every reading of the dates."""
    neutral = "Chairmanships that our sources report, by term"
    terms = [row for row in _terms(tables, axis) if _shown(row, axis)]
    stated, agreed, begun, all_ = set(), set(), set(), set()
    for row in terms:
        certain = _certain_years(row, axis)
        all_ |= certain
        if row["basis"] == "stated" and not {"start", "end"} & set(row["inferred"].split("~")):
            stated |= certain
        if not {"state", "start", "end"} & set(row["contradicted"].split("~")):
            agreed |= certain
        if not query.is_announced(row):
            begun |= certain
    span = years(axis.years)
    each = "for" if len(axis.years) == 1 else "for each year of"
    if not terms or not axis.years or not set(axis.years) <= all_:
        return neutral
    doubts = [
        word
        for word, certain in (("inferred", stated), ("contradicted", agreed))
        if not set(axis.years) <= certain
    ]
    tail = f"; some dates are {', some '.join(doubts)}" if doubts else ""
    if announced := [year for year in axis.years if year not in begun]:
        tail = f", that of {years(announced)} only as announced{tail}"
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
        for number, name in enumerate(TALLIED):
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
    told = joined(noun.counted(count) for noun in nouns if (count := query.number(tables, noun)))
    if not told:
        return f"Timeline of chairmanships: {words.why_empty(axis)}."
    each = joined(f"{term['row']} ({term['dates']})" for term in terms)
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
    missing, of = frames.reason_by_address(left_out(tables, axis)), query.by_term(tables)
    said = []
    for row in sorted(_terms(tables, axis), key=lambda row: row["id"] in missing):
        said.append((row["id"], query.fields(tables, row) | {"Kind": "chairmanship"}))
    terms = set(tables["chairmanships"]["id"])
    for event in sorted(_sessions(tables), key=lambda event: event["id"] in missing):
        fields, term = query.fields(tables, event), of.get(event["id"])
        fields |= {"Kind": query.event_kind(event), "Person": fields["Chair"], "Start": fields["Date"]}
        state = query.name_of(tables, term) if term in terms else "no single term"
        said.append((event["id"], fields | {"State": state}))
    return frames.twin_frame(said, COLUMNS, left_out(tables, axis))


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
    certain = set()
    for side in ("start", "end"):
        first, last = row[f"{side}_earliest"][:4], row[f"{side}_latest"][:4]
        if first and first == last:
            certain.add(int(first))
    if row["start_latest"]:
        until = int(row["end_earliest"][:4]) if row["end_earliest"] else int(row["start_latest"][:4])
        certain |= set(range(int(row["start_latest"][:4]), until + 1))
    return certain


def _sessions(tables: Tables) -> list[dict]:
    rows = [row for row in frames.records(tables["events"]) if row["kind"] in SESSION_KINDS]
    return sorted(rows, key=lambda row: (row["earliest"], row["latest"]))


def _year_shown(event: Mapping, axis: Axis) -> bool:
    if not event["earliest"]:
        return False
    return any(int(event["earliest"][:4]) <= year <= int(event["latest"][:4]) for year in axis.years)


def _session(tables: Tables, event: Mapping, term: Mapping) -> dict:
    look, planned = theme.EVENT_KIND[event["kind"]], event["status"] == "planned"
    inferred = "date" in event["inferred"].split("~") or event["basis"] == "inferred"
    low, high = position(event["earliest"]), position(event["latest"], after=True)
    return {
        "address": event["id"],
        "x": (low + high) / 2,
        "y": term["y"],
        "shape": look.shape,
        "fill": theme.EVENT_STATUS["planned"].fill if planned else "open" if inferred else "solid",
        "label": query.label(tables, event),
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
        (f"{fill} {look.shape}", EVENT_KIND[kind] + tails[fill])
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
            "–" if pd.isna(mark[name]) else TALLIED[name].counted(mark[name]) if mark[name] else f"no {name}"
            for name in ("sessions", "statements")
        ]
        counts[0] += f", {mark['announced']} announced" if mark["announced"] else ""
        sheet.total("<br>".join(counts), top + 22, size="small", color="soft", bgcolor=theme.INK["paper"])
        return
    sheet.label(f"{title}<br>{dates}", top + 27)
    for number, name in enumerate(TALLIED):
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

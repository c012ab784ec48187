"""Everything on one time axis: a row is a kind, a mark's shape is the kind, its line the span of its date.

Chairs are bars. Events stand in the middle of their date, with a line over its span where no day is stated.
Documents and statements are unit squares stacked per year, because many share one occasion. What lies before
the first year stands in a panel of its own at the left end, not on the axis and in none of its rows.
"""

from collections import Counter

import pandas as pd

import query
from charts import chairmanship, documents, frames, squares, theme, words
from charts.axis import Axis, position
from charts.frames import Tables
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query.nouns import (
    ANNOUNCED_EVENT,
    DOCUMENT,
    EVENT,
    MATTER,
    STATEMENT,
    TERM,
    Noun,
)
from query.vocabulary import DOCUMENT_STATUS
from query.wording import OPENS_FIRST
from query.words import capital, counted, joined, years

SUBTITLE = "Chairs, events, documents and statements in our sources, on one time axis."
EXTRA = [
    "x0",
    "x1",
    "slot",
    "line",
    "zone",
    "short",
    "code",
    "start_fill",
    "end_fill",
    "s0",
    "s1",
    "e0",
    "e1",
]
RIGHT = 108  # px
PANEL, LABELS = 0.32, 0.24  # of the axis: what lies before it, then the names of the rows
TAIL = 0.06  # of the axis: room for what fades
LEAD = 0.02  # years
GAP = 0.012  # years between two bars that touch
MOST_EVENTS = 200  # in one row; of more the latest are drawn
ITEM = 26  # px of a milestone on a phone
CHAIRS, BEFORE = "Chairs", "Before the axis"
DOCUMENTS, MATTERS, STATEMENTS = "Documents", "Other matters", "Statements"
COUNTED = (STATEMENT, DOCUMENT, MATTER, EVENT, ANNOUNCED_EVENT, TERM)
UNITS = (DOCUMENTS, MATTERS, STATEMENTS)  # rows of unit squares
EVENT_ROWS = {
    "session": "Sessions, summits",
    "summit": "Sessions, summits",
    "conference": "Conferences",
    "working_meeting": "Working meetings",
    "operation": "Operations",
    "milestone": "Milestones",
    "": "Other events",
}
COLUMNS = ("Kind", "What", "Date", "Who", "Sources", "Basis", "Inferred", "Contradicted")
LIST, BEFORE_AXIS, ON_AXIS = "list", "before", "axis"


def pitch(axis: Axis) -> float:
    """Width of a square's place in years: 24 px on the wide card."""
    return min(0.053 * max(len(axis.run), 1), 0.9)


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Row by row: chairs, events by kind, documents, statements. x in years, y in lines from the top.

    `zone` says where a mark stands: on the axis, before it (squares), or in the list of milestones. x0, x1 is
    the span of its date; `short` the words beside a milestone.
    """
    found = _found(tables, axis)
    tall: dict[str, int] = {}
    for mark in found:
        tall[mark["row"]] = max(tall.get(mark["row"], 1), mark["line"] + 1)
    tops, top = {}, 0
    for row, lines in tall.items():
        tops[row], top = top, top + lines
    return frames.marks_frame([mark | {"y": tops[mark["row"]] + mark["line"] + 0.5} for mark in found], EXTRA)


@frames.once
def _found(tables: Tables, axis: Axis) -> tuple[dict, ...]:
    """The marks without their y, which follows from how many lines the rows above take."""
    rows = (_chairs, _events, _documents, _matters, _statements)
    return tuple(mark for row in rows for mark in row(tables, axis))


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Selected rows without a date, or of years that are not shown."""
    drawn = {mark["address"] for mark in _found(tables, axis)}
    if drawn:
        drawn |= _in_bars(tables, axis)
    rows = [(row["id"], "dated") for row in frames.records(tables["chairmanships"])]
    rows += [(row["id"], row["earliest"]) for row in frames.records(tables["events"])]
    for row in frames.records(tables["documents"]):
        dated = row["earliest"] or query.events(tables).get(row["event"], {}).get("earliest", "")
        rows.append((row["id"], dated))
    for row in frames.records(tables["threats"]):
        rows.append((row["id"], "dated" if frames.year_of(row["year"]) else ""))
    return frames.left_out_frame(
        [
            {"address": address, "reason": _reason(dated, axis)}
            for address, dated in rows
            if address not in drawn
        ]
    )


def _reason(dated: str, axis: Axis) -> str:
    """Why a record is not drawn; `dated` is its first day, or any text where only its year is known."""
    if not dated:
        return words.UNDATED
    shown = dated[:4].isdecimal() and int(dated[:4]) in axis.years
    return words.TOO_MANY if shown else "its date is not among the years shown"


def headline(tables: Tables, axis: Axis) -> str:
    """What is here, in the numbers of the sentence above the chart."""
    told = _told(tables)
    if not told:
        neutral = "What our sources say, on one time axis"
        return capital(words.why_empty(axis)) if axis.silent else neutral
    cells = (row["source"] for noun in COUNTED for row in query.rows_of(tables, noun))
    sources = counted(len(query.cited(tables, cells)), "source")
    # where no source reports on the years, what others say of them in passing is told as such
    return (
        f"{capital(words.why_empty(axis))}; others tell of {told}"
        if axis.silent
        else (f"{told} in {sources}")
    )


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """One time axis for all rows, the list of milestones at its left end."""
    unit, size = (18, 11) if narrow else (24, 18)
    rows, height = _rows(marks, _undated(tables), axis, unit, narrow)
    run = axis.run
    first, last = (run[0], run[-1] + 1) if run else (0, 1)
    span = last - first
    labels = first - (TAIL if narrow else LABELS) * span
    start = labels - PANEL * span if BEFORE in rows and not narrow else labels
    free = _free(marks, rows, axis, height)
    sheet = Sheet(
        rows=height,
        x=(start, last + TAIL * span),
        above=28,
        below=coverage_height(axis, narrow),
        right=0 if narrow else RIGHT,
        key=_key(marks, axis, narrow or any(b - a < ROOM for a, b in free.values())),
        narrow=narrow,
        scale=scale,
    )
    band = rows[BEFORE]["bottom"] if narrow and BEFORE in rows else 0
    sheet.years(axis, height, {} if narrow else free, top=band)
    if start < labels:
        sheet.line(start, labels - 0.04 * span, 0, 0, color="ink")
        head = rows[BEFORE]["title"].lower()
        sheet.label(head, 0, size="small", color="soft", yanchor="bottom", dy=4)
    for row in rows.values():
        if narrow or row["name"] != BEFORE:
            if row["top"]:
                sheet.rule(row["top"], start=labels)
            _row_label(sheet, row, labels, unit)
    if rows and not narrow:
        sheet.total("in all", 0, size="small", color="soft", yanchor="bottom", dy=4)
    sheet.rule(0, strong=True, start=labels)
    sheet.rule(height, strong=True, start=labels)
    if rows:
        _draw(sheet, marks, axis, rows, unit, size, start)
    else:
        sheet.nothing(axis)
    sheet.coverage(height, axis, [(year, year + LEAD, year + 0.96) for year in run], letters=26)
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    told = _told(tables)
    if not told:
        return f"Time axis of what our sources say: {words.why_empty(axis)}."
    return f"Time axis of {years(axis.years)}: {told}.{words.uncovered(axis)}" + words.disagreements(marks)


def _told(tables: Tables) -> str:
    """How many of each thing the tables hold; nothing of those of which they hold none."""
    return joined(noun.counted(count) for noun in COUNTED if (count := query.number(tables, noun)))


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a record of every kind that is drawn, in chart order, then those left out."""
    order = {address: number for number, address in enumerate(marks(tables, axis)["address"])}
    shown = ("chairmanships", "events", "documents", "threats")
    rows = [row for name in shown for row in frames.records(tables[name])]
    rows.sort(key=lambda row: order.get(row["id"], len(order)))
    said = ((row["id"], query.fields(tables, row) | query.outline(tables, row)) for row in rows)
    return frames.twin_frame(said, COLUMNS, left_out(tables, axis))


def _chairs(tables: Tables, axis: Axis) -> list[dict]:
    keep = ("address", "x", "shape", "fill", "label", "kind", "basis", "contradicted", *EXTRA)
    return [
        {name: mark[name] for name in keep if name in mark}
        | {
            "row": CHAIRS,
            "column": mark["dates"],
            "line": 0,
            "zone": ON_AXIS,
            "short": mark["row"],
            "code": mark["state"],
        }
        for mark in chairmanship.terms_drawn(tables, axis)
    ]


def _events(tables: Tables, axis: Axis) -> list[dict]:
    """Events by row and date; those that stand close together go into the next line."""
    first = min(axis.years, default=0)
    groups: dict[str, list[dict]] = {}
    for row in sorted(frames.records(tables["events"]), key=lambda row: (row["earliest"], row["latest"])):
        if not row["earliest"]:
            continue
        early = int(row["latest"][:4]) < first
        shown = any(int(row["earliest"][:4]) <= year <= int(row["latest"][:4]) for year in axis.years)
        if early or shown:
            name = BEFORE if early else EVENT_ROWS[row["kind"]]
            groups.setdefault(name, []).append(row)
    groups = {name: rows[-MOST_EVENTS:] for name, rows in groups.items()}
    result = []
    for name in dict.fromkeys((BEFORE, *EVENT_ROWS.values())):
        free: list[float] = []  # per line, the x from which it is free
        for number, row in enumerate(groups.get(name, [])):
            low, high = position(row["earliest"]), position(row["latest"], after=True)
            middle = (low + high) / 2
            line = next((n for n, until in enumerate(free) if middle >= until), len(free))
            free[line : line + 1] = [middle + 0.98 * pitch(axis)]
            is_list = name == BEFORE
            place = number if is_list else line
            result.append(_event(tables, row, name, middle, low, high, place, is_list, first))
    return result


def _event(
    tables: Tables,
    row: dict,
    name: str,
    x: float,
    low: float,
    high: float,
    line: int,
    is_list: bool,
    first: int,
) -> dict:
    look = theme.EVENT_KIND[row["kind"]]
    inferred = "date" in row["inferred"].split("~") or row["basis"] == "inferred"
    fill = "dashed" if row["status"] == "planned" else "open" if inferred else "solid"
    return {
        "address": row["id"],
        "x": float(first) if is_list else x,
        "shape": look.shape,
        "fill": fill,
        "label": query.label(tables, row),
        "row": name,
        "column": row["date_words"],
        "kind": row["kind"],
        "basis": row["basis"],
        "contradicted": row["contradicted"],
        "x0": low,
        "x1": high,
        "slot": 0,
        "line": line,
        "zone": LIST if is_list else ON_AXIS,
        "short": f"{row['earliest'][:4]}  {row['title']}",
    }


def _documents(tables: Tables, axis: Axis) -> list[dict]:
    return _documents_of(tables, axis, DOCUMENTS, DOCUMENT)


def _matters(tables: Tables, axis: Axis) -> list[dict]:
    return _documents_of(tables, axis, MATTERS, MATTER)


def _documents_of(tables: Tables, axis: Axis, name: str, noun: Noun) -> list[dict]:
    first = min(axis.years, default=0)
    cells: dict[tuple[str, int], list[dict]] = {}
    order = list(DOCUMENT_STATUS)
    rows = list(filter(noun.holds, frames.records(tables["documents"])))
    for row in sorted(rows, key=lambda row: order.index(documents.strongest(row["status"]))):
        year = frames.year_of(row["year"])
        if year is not None and year < first:
            cells.setdefault((BEFORE_AXIS, first), []).append(row)
        elif year in axis.years:
            cells.setdefault((ON_AXIS, year), []).append(row)
    look = {row["id"]: theme.Look("square", documents.fill(row)) for row in rows}
    return _stack(tables, cells, axis, name, look, "kind")


def _statements(tables: Tables, axis: Axis) -> list[dict]:
    cells: dict[tuple[str, int], list[dict]] = {}
    rows = frames.records(tables["threats"])
    for row in sorted(rows, key=lambda row: row["expressed_as"] != "threat"):
        if frames.year_of(row["year"]) in axis.years:
            cells.setdefault((ON_AXIS, int(row["year"])), []).append(row)
    look = {row["id"]: theme.EXPRESSED[row["expressed_as"]] for row in rows}
    return _stack(tables, cells, axis, STATEMENTS, look, "expressed_as")


def _stack(tables: Tables, cells: dict, axis: Axis, name: str, look: dict, kind: str) -> list[dict]:
    """Unit squares of one row, year by year; a year with more than CAPACITY becomes a bar with its count."""
    step, result = pitch(axis), []
    for (zone, year), held in sorted(cells.items(), key=lambda item: (item[0][0] == ON_AXIS, item[0][1])):
        per = squares.per_line(step) if zone == ON_AXIS else squares.per_line(step / (PANEL * len(axis.run)))
        base = {"row": name, "column": str(year) if zone == ON_AXIS else f"before {year}", "zone": zone,
                "x0": year, "x1": year + 1}  # fmt: skip
        if len(held) > squares.CAPACITY:
            result.append(
                base
                | {
                    "address": held[0]["id"],
                    "x": year + LEAD,
                    "shape": "bar",
                    "fill": "solid",
                    "label": f"{len(held)} {name.lower()} in {year}\n{OPENS_FIRST}{query.disagreeing(held)}",
                    "kind": "bar",
                    "basis": "",
                    "contradicted": frames.disputed(held),
                    "slot": 0,
                    "line": 0,
                    "count": len(held),
                }
            )
            continue
        for number, row in enumerate(held):
            line, slot = number // per, number % per
            result.append(
                base
                | {
                    "address": row["id"],
                    "x": year + LEAD + (slot + 0.5) * step,
                    "shape": look[row["id"]].shape,
                    "fill": look[row["id"]].fill,
                    "label": query.label(tables, row),
                    "kind": row[kind],
                    "basis": row["basis"],
                    "contradicted": row["contradicted"],
                    "slot": slot,
                    "line": line,
                }
            )
    return result


def _in_bars(tables: Tables, axis: Axis) -> set[str]:
    """Ids that a bar stands for."""
    result = set()
    for name in ("documents", "threats"):
        held: dict[int | None, list[str]] = {}
        for row in frames.records(tables[name]):
            held.setdefault(frames.year_of(row["year"]), []).append(row["id"])
        for year, ids in held.items():
            if year in axis.years and len(ids) > squares.CAPACITY:
                result.update(ids)
    return result


def _key(marks: pd.DataFrame, axis: Axis, hatch: bool) -> list[tuple[str, str]]:
    key = [("solid", "stated; a threat; a document"), ("open", "inferred; an action; other matters")]
    drawn = frames.records(marks)
    units = [
        mark for mark in drawn if mark["kind"] in theme.EXPRESSED or mark["kind"] in theme.DOCUMENT_STATUS
    ]
    if any(mark["basis"] == "inferred" for mark in units):
        key.append(("dotted", "status or speaker inferred"))
    if any(mark["fill"] == "dashed" for mark in drawn):
        key.append(("dashed diamond", "announced"))
    events = [mark for mark in drawn if mark["zone"] == ON_AXIS and mark["kind"] in theme.EVENT_KIND]
    if any(mark["x1"] - mark["x0"] > 0.01 for mark in events):
        key.append(("hairline", "span of its date"))
    if any(mark["row"] == CHAIRS for mark in drawn):
        key.append(("thin", "term known only to the year"))
        key.append(("fade", "start or end not stated"))
    key += disagreement_key(marks)
    if any(mark["shape"] == mark["kind"] == "bar" for mark in drawn):
        key.append(("solid", f"a bar: more than {squares.CAPACITY} in one year, with their number"))
    if hatch and axis.uncovered:
        key.append(("hatch", query.UNCOVERED))
    return key


def _undated(tables: Tables) -> Counter:
    """Row -> how many of what it shows have no date: they are counted, and have no place."""
    found = Counter(
        EVENT_ROWS[row["kind"]] for row in frames.records(tables["events"]) if not row["earliest"]
    )
    found[CHAIRS] = sum(
        not (row["start_earliest"] or row["end_latest"]) for row in frames.records(tables["chairmanships"])
    )
    for name, noun in ((DOCUMENTS, DOCUMENT), (MATTERS, MATTER), (STATEMENTS, STATEMENT)):
        found[name] = sum(frames.year_of(row["year"]) is None for row in query.rows_of(tables, noun))
    return found


def _rows(
    marks: pd.DataFrame, undated: Counter, axis: Axis, unit: int, narrow: bool
) -> tuple[dict[str, dict], float]:
    """Rows in px: `top, bottom`, and `base` where the first line of marks begins; and the height of all.

    What lies before the axis, documents included, is a panel left of the rows; on a phone the first row.
    """
    rows: dict[str, dict] = {}
    before: dict[str, int] = {}  # row -> how many of it stand before the axis
    for mark in frames.records(marks):
        name = mark["row"] if mark["zone"] == ON_AXIS else BEFORE
        numbers = dict.fromkeys(("lines", "items", "total", "announced", "before", "undated"), 0)
        row = rows.setdefault(name, {"name": name, "title": name, **numbers})
        row["announced" if mark["fill"] == "dashed" else "total"] += mark["count"]
        if mark["zone"] == BEFORE_AXIS:
            before[mark["row"]] = before.get(mark["row"], 0) + mark["count"]
        if mark["zone"] == LIST:
            row["items"] += _item_height(mark["short"], narrow)
        else:
            row["lines"] = max(row["lines"], int(mark["line"]) + 1)
    for name in rows:
        rows[name] |= {"before": before.get(name, 0), "undated": undated[name]}
    if BEFORE in rows:
        rows[BEFORE]["title"] = f"Before {min(axis.years, default=0)}"
        rows = {BEFORE: rows[BEFORE]} | rows
    top = 0.0
    for row in rows.values():
        beside = row["name"] == BEFORE and not narrow
        row["top"] = 0.0 if beside else top
        row["base"] = row["top"] + 4 + (22 if narrow else 0)
        row["bottom"] = row["top"] + _tall(row, unit, narrow)
        top = top if beside else row["bottom"]
    return rows, max((row["bottom"] for row in rows.values()), default=empty(axis))


def _tall(row: dict, unit: int, narrow: bool) -> float:
    """px of a row."""
    head = 22 if narrow else 0
    if row["name"] == CHAIRS:
        return head + 48
    if row["name"] == BEFORE:
        return head + 8 + row["items"] + (ITEM + unit * row["lines"] if row["lines"] else 0)
    return head + 8 + unit * row["lines"]


def _item(short: str, narrow: bool) -> str:
    """Year and title of a milestone, folded into the panel's width; one line on a phone."""
    return words.escape(words.cut(short, 52)) if narrow else words.folded(words.cut(short, 76), 22)


def _item_height(short: str, narrow: bool) -> int:
    return ITEM if narrow else 17 * (_item(short, narrow).count("<br>") + 1) + 8


def _free(
    marks: pd.DataFrame, rows: dict[str, dict], axis: Axis, height: float
) -> dict[int, tuple[float, float]]:
    """hatched year -> the longest run of rows that hold nothing in it."""
    free = {}
    on_axis = [mark for mark in frames.records(marks) if mark["zone"] == ON_AXIS]
    for year in axis.uncovered:
        taken = {mark["row"] for mark in on_axis if mark["x0"] < year + 1 and mark["x1"] > year}
        best = start = end = 0.0
        free[year] = (0.0, 0.0) if rows else (0.0, height)
        for row in rows.values():
            if row["name"] == BEFORE:
                continue
            start, end = (row["bottom"], row["bottom"]) if row["name"] in taken else (start, row["bottom"])
            if end - start > best:
                best, free[year] = end - start, (start, end)
    return free


def _row_label(sheet: Sheet, row: dict, x: float, unit: int):
    """The name of a row and how many it holds: those announced, or before the axis, are said beside them."""
    parts = [
        (row["total"], ""),
        (row["announced"], "announced"),
        (row["before"], "before the axis"),
        (row["undated"], "undated"),
    ]
    said = [f"{number} {what}".strip() for number, what in parts if number]
    if sheet.narrow:
        numbers = "" if row["name"] == BEFORE else f"  {sheet.small(', '.join(said))}"
        sheet.label(f"{row['title']}{numbers}", row["top"] + 15, bgcolor=theme.INK["paper"])
        return
    middle = row["base"] + unit / 2
    sheet.text(row["name"], x, middle)
    total = str(row["total"] or "")
    beside = sheet.small(", ".join(said[bool(total) :]).replace(" the axis", ""))
    sheet.total(
        ", ".join(filter(None, (total, beside if len(said) > bool(total) else ""))), middle, color="soft"
    )


def _draw(
    sheet: Sheet, marks: pd.DataFrame, axis: Axis, rows: dict[str, dict], unit: int, size: int, start: float
):  # fmt: skip
    drawn = frames.records(marks)
    chairs = [mark for mark in drawn if mark["row"] == CHAIRS]
    if chairs:
        _draw_chairs(sheet, chairs, axis, rows[CHAIRS])
    listed = [mark for mark in drawn if mark["zone"] == LIST]
    if listed:
        _draw_list(sheet, listed, rows, start)
    step = pitch(axis)
    tight = 1 if sheet.scale == 1 or sheet.narrow else 0.7  # present mode is wider, not only larger
    if any(mark["zone"] == BEFORE_AXIS for mark in drawn):
        under = rows[BEFORE]["base"] + rows[BEFORE]["items"] + ITEM / 2
        sheet.label("documents and matters", under, size="small", color="soft")
    rest = [mark for mark in drawn if mark["row"] != CHAIRS and mark["zone"] != LIST]
    bars = [mark for mark in rest if mark["shape"] == "bar"]
    units = [mark for mark in rest if mark["shape"] != "bar"]
    xs, ys = [], []
    for row in units:
        before = row["zone"] == BEFORE_AXIS
        place = rows[BEFORE if before else row["row"]]
        y = place["base"] + (row["line"] + 0.5) * unit + (place["items"] + ITEM if before else 0)
        is_event = row["row"] not in UNITS
        if is_event:
            x = row["x"]
            sheet.line(max(row["x0"], start) + GAP, row["x1"] - GAP, y, y, color="ink", width=2)
        else:
            left = start if before else row["x0"] + LEAD
            x = left + (row["slot"] + 0.5) * step * tight
        xs.append(x)
        ys.append(y)
    is_event = [mark["row"] not in UNITS for mark in units]
    for wanted, across in ((True, 13 if sheet.narrow else 15), (False, size)):
        chosen = [n for n, event in enumerate(is_event) if event == wanted]
        sheet.draw(
            [units[n] for n in chosen],
            [xs[n] for n in chosen],
            [ys[n] for n in chosen],
            across,
            target=(step * tight, unit),
        )
    if bars:
        _draw_bars(sheet, bars, rows, unit, size)


def _draw_chairs(sheet: Sheet, chairs: list[dict], axis: Axis, place: dict):
    middle, gap, step = place["base"] + 10, GAP, chairmanship.reach(axis) * 0.8
    low, high = axis.run[0] - step, axis.run[-1] + 1 + step
    letters = (9 if sheet.narrow else 14) * 5 / len(axis.run)  # in one year at this width
    fits = all(len(mark["short"]) <= (mark["x1"] - mark["x0"]) * letters for mark in chairs)
    for mark in chairs:
        pieces = chairmanship.segments(mark, axis)
        chairmanship.draw_bar(sheet, [_inset(piece, gap, step) for piece in pieces], middle, (low, high))
        a, b = max(mark["x0"], axis.run[0]), min(mark["x1"], axis.run[-1] + 1)
        sheet.frame(mark["address"], x=(a + gap, b - gap), y=middle, height=26)
        chairmanship.draw_disagreement(sheet, mark, pieces, middle, (a + gap, b - gap))
        name = words.escape(mark["short" if fits else "code"])
        size = "least" if sheet.narrow else "small"
        sheet.text(name, a + gap, middle + 22, size=size, bgcolor=theme.INK["paper"])
    lows = [max(mark["x0"], axis.run[0]) for mark in chairs]
    highs = [
        max(min(mark["x1"], axis.run[-1] + 1), low_ + step) for mark, low_ in zip(chairs, lows, strict=True)
    ]
    sheet.areas(chairs, lows, highs, [middle + 8] * len(chairs), 40)


def _inset(piece: tuple, gap: float, step: float) -> tuple:
    """A piece of a bar with a gap at both ends, so that neighbours stay apart; fades are shortened."""
    a, b, kind, fill = piece
    if kind == "fade":
        return (a, a + step if b > a else a - step, kind, fill)
    return (a + gap, b - gap, kind, fill)


def _draw_list(sheet: Sheet, listed: list[dict], rows: dict[str, dict], start: float):
    """Milestones before the axis, one below the other, with year and title; all of a line takes the click."""
    width = sheet.x[1] - sheet.x[0]
    px = width / (358 if sheet.narrow else 870 - RIGHT)  # x units, at a usual width of the card
    right = sheet.x[1] if sheet.narrow else start + PANEL / (1 + PANEL + LABELS + TAIL) * width - 26 * px
    y, ys, talls = rows[BEFORE]["base"], [], []
    for mark in listed:
        tall = _item_height(mark["short"], sheet.narrow)
        text = _item(mark["short"], sheet.narrow)
        sheet.text(text, start + 7 * px, y + tall / 2, size="small", dx=14)
        ys.append(y + tall / 2)
        talls.append(tall)
        y += tall
    sheet.draw(listed, [start + 7 * px] * len(listed), ys, 13, target=None)
    sheet.areas(listed, [start] * len(listed), [right] * len(listed), ys, min(talls))


def _draw_bars(sheet: Sheet, bars: list[dict], rows: dict[str, dict], unit: int, size: int):
    longest, ends = max(row["count"] for row in bars), []
    for row in bars:
        place = rows[row["row"]]
        middle = place["base"] + unit / 2
        a, b = row["x0"] + LEAD, row["x0"] + LEAD + 0.6 * row["count"] / longest
        sheet.block(a, b, middle - size / 2, middle + size / 2)
        sheet.text(f"{row['count']}", b, middle, size="small", dx=6)
        sheet.frame(row["address"], x=(a, b), y=middle, height=size + 8)
        if row["contradicted"]:
            sheet.loose(b, middle, 0, size / 2, size)
        ends.append((a, row["x0"] + 0.96, middle))
    sheet.areas(bars, *zip(*ends, strict=True), unit)

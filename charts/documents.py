"""Documents as unit squares: a row is a status, a column an occasion.

Filled: a document. Open: a proposal, an appointment or another matter, of which no source names a document
(`query.nouns`). A document with two statuses stands once, in the row of the stronger; its label says both.
What sources report in numbers stands below the squares, with their own verb, beside how many documents they
name; the two are never added.
"""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

import query
from charts import frames, occasions, squares, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.occasions import Column
from charts.ruled import ROOM, Drawn, Sheet, coverage_height, disagreement_key, empty
from query.nouns import DOCUMENT, MATTER, Noun
from query.vocabulary import DOCUMENT_STATUS, LEFT_OUT_SHORT, NOTHING
from query.words import capital, joined, spelled, years

SUBTITLE = "Documents by status (of two, the first) and occasion, beside the numbers that our sources report."
EXTRA = ["cell", "slot", "line", "status", "number", "named", "documents"]
LEFT, RIGHT = 128, 128  # px
LEAD, END = 0.03, 0.95  # columns: squares, heads, hatches and strips share their edges
OTHER = Noun("other matter", "other matters", MATTER.table, MATTER.holds)  # MATTER where room is small
BEFORE = "before"
LOOSE = "loose"  # the column of a year's documents that no occasion is stated for
COUNTED, NAMED = "Reported in numbers", "Documents named"
WHATEVER = "whatever is filtered"
LETTERS = 15  # of a verb, to a line of its column
NONE = "no document reported"
COLUMNS = (
    "Title", "Counted as", "Kind", "Status", "Date", "Occasion", "Signatories", "Number reported",
    "Named of that occasion", "Sources", "Basis", "Inferred", "Contradicted", "Note",
)  # fmt: skip
TOTAL = 62  # px between the two totals


def fill(row: Mapping) -> str:
    """The fill of a record's square: a document is solid, a proposal or other matter open."""
    return "solid" if query.is_document(row) else "open"


def strongest(status: str) -> str:
    """The first of a document's statuses by the order of the vocabulary: signed before adopted."""
    held = status.split("~")
    return next(word for word in DOCUMENT_STATUS if word in held)


def pitch(places: list[Column]) -> float:
    """Width of a square's place in columns: 24 px on the wide card."""
    return min(0.041 * (places[-1].x + 1 if places else 1), 0.9)


@frames.once
def marks(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Squares row by row, then the reported numbers. x in columns; y in lines of squares from the top.

    A number has shape `number` and its count in `number`; `named` is how many documents of its occasion are
    named. `cell` is the number of the column.
    """
    events, places = query.events(tables), _places(tables, axis)
    index = {_key_of(place): number for number, place in enumerate(places)}
    cells: dict[tuple[str, int], list[dict]] = {}
    for row in frames.records(tables["documents"]):
        number = index.get(_column_of(row, axis, events))
        if number is not None:
            cells.setdefault((strongest(row["status"]), number), []).append(row)
    step = pitch(places)
    per, top, result = squares.per_line(step), 0, []
    for status in [status for status in theme.DOCUMENT_STATUS if any(key[0] == status for key in cells)]:
        look = theme.DOCUMENT_STATUS[status]
        for number, place in enumerate(places):
            held = sorted(cells.get((status, number), []), key=query.is_document, reverse=True)
            for count, row in enumerate(held):
                result.append(
                    {
                        "address": row["id"],
                        "x": place.x + LEAD + (count % per + 0.5) * step,
                        "y": top + count // per + 0.5,
                        "shape": look.shape,
                        "fill": fill(row),
                        "label": query.label(tables, row),
                        "row": capital(DOCUMENT_STATUS[status]),
                        "column": _head(place),
                        "kind": row["kind"],
                        "basis": row["basis"],
                        "contradicted": row["contradicted"],
                        "cell": number,
                        "slot": count % per,
                        "line": count // per,
                        "status": row["status"],
                        "documents": int(query.is_document(row)),
                    }
                )
        top += max(squares_in // per + 1 for squares_in in _sizes(cells, status))
    named = query.documents_named(tables)
    for number, place in enumerate(places):
        for line, row in enumerate(_counts_at(tables, place, axis)):
            result.append(
                {
                    "address": row["id"],
                    "x": place.x + LEAD,
                    "y": top + line + 0.5,
                    "shape": "number",
                    "fill": "solid",
                    "label": query.label(tables, row),
                    "row": COUNTED,
                    "column": _head(place),
                    "kind": "count",
                    "basis": row["basis"],
                    "contradicted": row["contradicted"],
                    "cell": number,
                    "slot": 0,
                    "line": line,
                    "status": row["verb"],
                    "number": row["count"],
                    "named": named[place.event],
                }
            )
    return frames.marks_frame(result, EXTRA)


@frames.once
def left_out(tables: Tables, axis: Axis) -> pd.DataFrame:
    """Documents and numbers of years that are not on the axis, nor before it."""
    events = query.events(tables)
    index = {_key_of(place) for place in _places(tables, axis)}
    drawn = {row["id"] for place in _places(tables, axis) for row in _counts_at(tables, place, axis)}
    documents = frames.records(tables["documents"])
    rows = [row for row in documents if _column_of(row, axis, events) not in index]
    rows += [row for row in frames.records(tables["document_counts"]) if row["id"] not in drawn]
    return frames.left_out_frame(
        [
            {"address": row["id"], "reason": words.why_left_out(frames.year_of(row["year"]), axis)}
            for row in rows
        ]
    )


def headline(tables: Tables, axis: Axis) -> str:
    """How far the numbers reported and the documents named are apart, if one occasion has the widest gap."""
    drawn = marks(tables, axis)
    if not frames.records(drawn) and (why := _why_empty(tables, axis)) != NOTHING:
        return capital(why)
    _, counts = _named_and_counted(drawn)
    events = query.events(tables)
    gaps = sorted(((row["number"] - row["named"], row) for row in counts), key=lambda pair: -pair[0])
    if not gaps or gaps[0][0] <= 0:
        return "Documents that our sources name, by status and occasion"
    if len(gaps) > 1 and len({row["number"] for _, row in gaps}) == 1:
        number = gaps[0][1]["number"]
        named = joined(str(row["named"] or "none") for row in counts)
        sessions = capital(spelled(len(counts)))
        return f"{sessions} sessions are each said to have {number} documents; our sources name {named}"
    if len(gaps) > 1 and gaps[0][0] == gaps[1][0]:
        return "Sources report more documents than they name"
    row = gaps[0][1]
    held_at = {count["id"]: count["event"] for count in frames.records(tables["document_counts"])}
    event = events.get(held_at[row["address"]], {})
    where = f" of {event['earliest'][:4]}" if event.get("earliest") else ""
    reported = f"{row['number']} documents {row['status']} at the session{where}"
    return f"{reported}, {row['named'] or 'none'} of that session named"


def figure(
    marks: pd.DataFrame,
    tables: Tables,
    axis: Axis,
    *,
    narrow: bool = False,
    scale: float = 1.0,
) -> Drawn:
    """Status rows under the occasions; below them the reported numbers and how many documents are named."""
    unit, pad, head, size = (18, 4, 22, 11) if narrow else (24, 4, 0, 18)
    places = _places(tables, axis)
    rows, height = _rows(marks, unit, pad, head, narrow)
    filtered = len(tables["documents"]) < len(query.whole(tables, "documents"))
    height = height or empty(axis)
    free = next((row["top"] for row in rows if row["name"] in (COUNTED, NAMED)), height)
    sheet = Sheet(
        rows=height,
        x=(0, places[-1].x + 1 if places else 1),
        above=occasions.head_room(narrow),
        below=coverage_height(axis, narrow),
        left=0 if narrow else LEFT,
        right=0 if narrow else RIGHT,
        key=_key(marks, axis, narrow or free < ROOM),
        narrow=narrow,
        scale=scale,
    )
    _heads(sheet, [place for place in places if place.year], places, axis)
    spans: dict[int, tuple[float, float]] = {}
    bands = [(row["top"] + head + 2, row["bottom"] - 2) for row in rows if row["name"] != COUNTED]
    named = {frames.year_of(row["year"]) for row in frames.records(query.whole(tables, "documents"))}
    for place in places:
        if not place.year:
            continue
        spans[place.year] = (spans.get(place.year, (place.x + LEAD, 0))[0], place.x + END)
        if place.silent:
            occasions.silence(sheet, place.x + LEAD, place.x + END, height, bands, free=free)
        elif len(marks) and not place.event and place.year not in named and free >= ROOM:
            occasions.nothing_reported(sheet, place.x + 0.25, free, axis.silence(place.year) or NONE)
    for number, row in enumerate(rows):
        sheet.rule(row["top"], strong=number == 0 or row["name"] == COUNTED)
        _row_label(sheet, row, filtered, unit, pad, head, narrow)
    sheet.rule(0, strong=True)
    sheet.rule(height, strong=True)
    if not narrow:
        for number, name in enumerate(("documents", "others")):
            sheet.total(name, 0, dx=(1 - number) * TOTAL, size="small", color="soft", yanchor="bottom", dy=4)
    if rows:
        _draw(sheet, marks, places, rows, unit, pad + head, size)
        _numbers(sheet, marks, places, tables, axis, rows, head)
    else:
        sheet.nothing(axis, _why_empty(tables, axis))
    sheet.coverage(height, axis, [(year, a, b) for year, (a, b) in spans.items()])
    return sheet.figure()


def alt(marks: pd.DataFrame, tables: Tables, axis: Axis) -> str:
    """One sentence for screen readers."""
    rows, (_, counts) = frames.records(tables["documents"]), _named_and_counted(marks)
    if not rows and not counts:
        return f"Documents by status and occasion: {_why_empty(tables, axis)}."
    kinds = joined(
        noun.counted(number) for noun in (DOCUMENT, MATTER) if (number := sum(map(noun.holds, rows)))
    )
    by_status = Counter(strongest(row["status"]) for row in rows)
    each = joined(f"{by_status[word]} {name}" for word, name in DOCUMENT_STATUS.items() if by_status[word])
    numbers = "".join(
        f" {mark['column']}: {mark['number']} reported as {mark['status']}, {mark['named'] or 'none'} named."
        for mark in counts
    )
    return (
        f"Unit chart of {kinds or 'no document'}{f': {each}' if each else ''}.{numbers}"
        + words.uncovered(axis)
        + words.disagreements(marks)
    )


def twin(tables: Tables, axis: Axis) -> pd.DataFrame:
    """One row a document, then one a reported number."""
    order = {address: number for number, address in enumerate(marks(tables, axis)["address"])}

    def place(row: dict) -> int:
        return order.get(row["id"], len(order))

    said = []
    for row in sorted(frames.records(tables["documents"]), key=place):
        said.append((row["id"], query.fields(tables, row)))
    for row in sorted(frames.records(tables["document_counts"]), key=place):
        fields = query.fields(tables, row)
        fields |= {"Title": "a number that a source reports", "Kind": "reported number"}
        said.append((row["id"], fields | {"Status": fields["The source's verb"]}))
    return frames.twin_frame(said, COLUMNS, left_out(tables, axis))


def _why_empty(tables: Tables, axis: Axis) -> str:
    """Why nothing is drawn: no source, nothing reported of these years, or nothing that the filters leave."""
    rows = [*frames.records(query.whole(tables, "documents")), *frames.records(tables["document_counts"])]
    if axis.silent or not axis.years or any(frames.year_of(row["year"]) in axis.years for row in rows):
        return words.why_empty(axis)
    return f"for {years(axis.years)}, {NONE}"


def _key_of(place: Column) -> tuple[int, str]:
    return place.year, place.event


def _column_of(row: dict, axis: Axis, events: dict) -> tuple[int, str]:
    """The column that a document stands in: `(0, before)`, or its year and occasion, or its year alone."""
    year, first = frames.year_of(row["year"]), min(axis.years, default=0)
    dated = row["earliest"] or events.get(row["event"], {}).get("earliest", "")
    if year is None:
        return (0, BEFORE) if not dated or int(dated[:4]) < first else (-1, "")
    if year < first:
        return 0, BEFORE
    event = events.get(row["event"], {})
    at_its_event = row["event"] and (not event or frames.year_of(event["year"]) == year)
    return year, row["event"] if at_its_event else LOOSE


def _places(tables: Tables, axis: Axis) -> list[Column]:
    """Columns: `before` if something stands in it, then the occasions under their years."""
    events = query.events(tables)
    keys = {_column_of(row, axis, events) for row in frames.records(tables["documents"])}
    for row in frames.records(tables["document_counts"]):
        keys.add((frames.year_of(row["year"]) or -1, row["event"]))
    by_year: dict[int, list[dict]] = {}
    for year, event in sorted(keys):
        loose = {"id": event, "earliest": "~", "first": "no session" if event == LOOSE else ""}
        by_year.setdefault(year, []).append(events.get(event, loose))
    before = [Column(0.0, 0, BEFORE)] if (0, BEFORE) in keys else []
    start = 1 + occasions.GAP if before else 0.0
    return before + occasions.columns(by_year, axis, start=start)


def _head(place: Column) -> str:
    if not place.year:
        return "before the first year, or undated"
    return ", ".join(part for part in (str(place.year), place.first, place.second) if part)


def _sizes(cells: dict, status: str) -> list[int]:
    return [len(held) - 1 for (word, _), held in cells.items() if word == status]


def _counts_at(tables: Tables, place: Column, axis: Axis) -> list[dict]:
    return [
        row
        for row in frames.records(tables["document_counts"])
        if place.year and row["event"] == place.event and frames.year_of(row["year"]) == place.year
    ]


def _named_and_counted(marks: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """The marks of documents that are named, and those of numbers that are reported."""
    drawn = frames.records(marks)
    counts = [mark for mark in drawn if mark["kind"] == "count"]
    return [mark for mark in drawn if mark["kind"] != "count"], counts


def _key(marks: pd.DataFrame, axis: Axis, hatch: bool) -> list[tuple[str, str]]:
    key = [("solid", DOCUMENT.one), ("open", f"{MATTER.one}: no document of it is named")]
    documents, _ = _named_and_counted(marks)
    if any(mark["basis"] == "inferred" for mark in documents):
        key.append(("dotted", "status inferred"))
    key += disagreement_key(marks)
    if hatch and axis.uncovered:
        key.append(("hatch", query.UNCOVERED))
    return key


def _rows(marks: pd.DataFrame, unit: int, pad: int, head: int, narrow: bool) -> tuple[list[dict], float]:
    rows: dict[str, dict] = {}
    for mark in frames.records(marks):
        row = rows.setdefault(mark["row"], {"name": mark["row"], "documents": 0, "matters": 0, "lines": 1})
        if mark["kind"] != "count":
            row["documents" if mark["documents"] else "matters"] += 1
        row["lines"] = max(row["lines"], mark["line"] + 1)
    if rows:
        rows.setdefault(NAMED, {"name": NAMED, "documents": 0, "matters": 0, "lines": 1})
    top = 0
    for row in rows.values():
        row["top"] = top
        if row["name"] == COUNTED:
            _, counts = _named_and_counted(marks)
            top += head + _tall(counts, narrow) * (len(counts) if narrow else row["lines"])
        elif row["name"] == NAMED:
            top += head + (28 if narrow else 42)
        else:
            top += head + 2 * pad + row["lines"] * unit
        row["bottom"] = top
    return list(rows.values()), top


def _tall(counts: list[dict], narrow: bool) -> int:
    """px of one reported number: it and its verb, in as many lines as that takes; one line on a phone."""
    if narrow:
        return 28
    lines = [words.folded(mark["status"], LETTERS).count("<br>") + 1 for mark in counts]
    return 20 * (1 + max(lines, default=1)) + 8


def _heads(sheet: Sheet, dated: list[Column], places: list[Column], axis: Axis):
    occasions.heads(sheet, dated, at=LEAD, dx=1, letters=9 if sheet.narrow else 15)
    if dated != places:
        first = min(axis.years, default=0)
        size = {"size": "least" if sheet.narrow else "small", "yanchor": "bottom"}
        sheet.text(f"before<br>{first}, or<br>undated", LEAD, 0, color="soft", dx=1, dy=4, **size)


def _row_label(sheet: Sheet, row: dict, filtered: bool, unit: int, pad: int, head: int, narrow: bool):
    if narrow:
        numbers = ((DOCUMENT, row["documents"]), (OTHER, row["matters"]))
        total = ", ".join(noun.counted(number) for noun, number in numbers if number)
        if row["name"] == NAMED and filtered:
            total = WHATEVER
        sheet.label(
            f"{row['name']}  {sheet.small(total)}", row["top"] + pad + head / 2, bgcolor=theme.INK["paper"]
        )
        return
    middle = row["top"] + pad + unit / 2
    if row["name"] in (COUNTED, NAMED):
        broken = row["name"].replace(" in ", "<br>in ").replace(" named", "<br>named")
        if row["name"] == NAMED and filtered:
            broken = f"{NAMED},<br>{WHATEVER}"
        sheet.label(broken, row["top"] + 21, size="small")
        return
    sheet.label(row["name"], middle)
    for number, name in enumerate(("documents", "matters")):
        if row[name]:
            sheet.total(f"{row[name]}", middle, dx=(1 - number) * TOTAL, color="soft")


def _draw(
    sheet: Sheet, marks: pd.DataFrame, places: list[Column], rows: list[dict], unit: int, pad: int, size: int
):  # fmt: skip
    tops, step = {row["name"]: row["top"] for row in rows}, pitch(places)
    tight = 1 if sheet.scale == 1 or sheet.narrow else 0.7  # present mode is wider, not only larger
    units, _ = _named_and_counted(marks)
    sheet.draw(
        units,
        [places[mark["cell"]].x + LEAD + (mark["slot"] + 0.5) * step * tight for mark in units],
        [tops[mark["row"]] + pad + (mark["line"] + 0.5) * unit for mark in units],
        size,
        target=(step * tight, unit),
    )


def _numbers(
    sheet: Sheet, marks: pd.DataFrame, places: list[Column], tables: Tables, axis: Axis, rows: list[dict],
    head: int,
):  # fmt: skip
    """The reported numbers with their verb, and under them how many documents of the column are named."""
    tops = {row["name"]: row["top"] for row in rows}
    _, counts = _named_and_counted(marks)
    tall, areas = _tall(counts, sheet.narrow), []
    for number, row in enumerate(counts):
        place, top = places[row["cell"]], tops[COUNTED] + head
        if sheet.narrow:  # a line of its own: a column is too narrow for a verb
            when = ", ".join(part for part in (str(place.year), place.short) if part)
            verb = words.escape(words.cut(row["status"], 34))
            text = f"<b>{row['number']}</b>  {sheet.small(f'{verb}  {when}')}"
            x0, x1, middle = 0.0, places[-1].x + 1, top + (number + 0.5) * tall
        else:
            verb = sheet.small(words.folded(row["status"], LETTERS))
            text = f"<b>{row['number']}</b><br>{verb}"
            x0, x1, middle = place.x + LEAD, place.x + END - 0.04, top + (row["line"] + 0.5) * tall
        sheet.text(text, x0, middle, dx=6 if sheet.narrow else 1)
        areas.append((x0, x1, middle))
        if row["contradicted"]:
            figure_end = 9 * len(str(row["number"])) + (12 if sheet.narrow else 7)
            rise = 10 if sheet.narrow else 10 * text.count("<br>") + 7
            sheet.loose(x0, middle, figure_end, rise, 14, cut=False)
        inner = 0.08 if sheet.narrow else 0
        sheet.frame(row["address"], x=(x0 + inner, x1 - inner), y=middle, height=tall - 6)
    if areas:
        sheet.areas(counts, *zip(*areas, strict=True), tall)
    named = query.documents_named(tables)
    unit = rows[-1]["bottom"] - rows[-1]["top"] - head
    for place in places:
        if place.year and place.event and place.event != LOOSE:
            number = named[place.event]
            middle = tops[NAMED] + head + unit / 2
            text = LEFT_OUT_SHORT if place.year in axis.left_out else f"{number or 'none'}"
            sheet.text(text, place.x + LEAD, middle, color="ink" if number else "soft", dx=1)

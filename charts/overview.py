"""Everything on one time axis: a row is a kind, a mark's shape is the kind, its line the span of its date.

Chairs are bars. Events stand in the middle of their date, with a line over its span where no day is stated.
Documents and statements are unit squares stacked per year, because many share one occasion. What lies before
the first year stands in a list of its own at the left end, not on the axis and in none of its rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

import query
from charts import chairmanship, columns, documents, threats, words
from charts.axis import Axis
from charts.grid import CAPACITY, Aside, Cell, Grid, Item, LeftOut, Row, Span, Total, contradicted
from charts.theme import ANNOUNCED, INFERRED, STATED
from charts.twin import in_order
from charts.twin import twin as table
from query import Tables
from query.nouns import (
    ACTION,
    ANNOUNCED_EVENT,
    DOCUMENT,
    EVENT,
    MATTER,
    STATEMENT,
    TERM,
    THREAT,
    Noun,
)
from query.records import rows_in
from query.vocabulary import CONTRADICTED, DOCUMENT_STATUS
from query.words import capital, counted, joined, years

SUBTITLE = "Chairs, events, documents and statements in our sources, on one time axis."
COLUMNS = ("Kind", "What", "Date", "Who", "Sources", "Basis", "Inferred", "Contradicted")
MOST_EVENTS = 200  # in one row; of more the latest are drawn
CHAIRS = "Chairs"
SHOWN = ("chairmanships", "events", "documents", "threats")
COUNTED = (STATEMENT, DOCUMENT, MATTER, EVENT, ANNOUNCED_EVENT, TERM)
SQUARES = {"Documents": DOCUMENT, "Other matters": MATTER, "Statements": STATEMENT}  # rows of squares
EVENT_ROWS = {
    "session": "Sessions, summits",
    "summit": "Sessions, summits",
    "conference": "Conferences",
    "working_meeting": "Working meetings",
    "operation": "Operations",
    "milestone": "Milestones",
    "": "Other events",
}
EARLY = "early"  # of what lies before the axis


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for chairs, for each kind of event, for documents, other matters and statements."""
    undated, terms, events = _undated(tables), chairmanship.terms(tables, axis), _events(tables, axis)
    early, squares = events.pop(EARLY), []
    rows = [_time_row(CHAIRS, [_named(tables, *term) for term in terms], [row for row, _ in terms], undated)]
    for name, rows_of in events.items():
        rows.append(_time_row(name, chairmanship.signs(tables, rows_of, axis), rows_of, undated))
    for name, noun in SQUARES.items():
        cells = _cells(tables, axis, noun)
        before = cells.pop(EARLY, [])
        squares += before
        rows.append(_square_row(name, cells, len(before), undated))
    listed = tuple(_listed(tables, row) for row in early)
    aside = Aside(f"before {min(axis.years, default=0)}", listed, "documents and matters", tuple(squares))
    on_chart = tuple(row for row in rows if row.spans or row.cells)
    return Grid(
        rows=on_chart,
        columns=columns.years(axis, run=True),
        axis=axis,
        key=_key(
            [*listed, *squares, *(item for row in on_chart for item in row.items)],
            [row for row, _ in terms],
            [span for _, span in terms],
            [row for rows_of in events.values() for row in rows_of],
        ),
        totals=("in all",) if on_chart else (),
        left=132,
        right=108,
        across=19,
        deep=CAPACITY,
        timed=True,
        aside=aside if listed or squares else None,
        nothing="nothing in these years matches this selection" if listed or squares else "",
        left_out=tuple(_left_out(tables, axis, on_chart, aside)),
    )


def _named(tables: Tables, row: Mapping, span: Span) -> Span:
    """A term's bar with the name of its state under it."""
    return replace(span, words=query.name_of(tables, row["state"]), short=row["state"])


def _time_row(name: str, spans: Sequence[Span], rows: Sequence[Mapping], undated: Mapping[str, int]) -> Row:
    announced = sum(map(query.is_announced, rows))
    row = Row(name, name, spans=tuple(spans))
    return _numbered(row, len(rows) - announced, announced=announced, undated=undated[name])


def _square_row(name: str, cells: Mapping[int, list[Item]], before: int, undated: Mapping[str, int]) -> Row:
    row = Row(
        name,
        name,
        cells={year: Cell(tuple(items), _whole(name, year, items)) for year, items in cells.items()},
    )
    return _numbered(row, sum(map(len, cells.values())), before=before, undated=undated[name])


def _numbered(row: Row, total: int, announced: int = 0, before: int = 0, undated: int = 0) -> Row:
    """The row with its numbers: those announced, or before the axis, are said beside the others."""
    parts = [(announced, "announced"), (before, "before the axis"), (undated, "undated")]
    phrases = [f"{number} {what}" for number, what in parts if number]
    first = str(total) if total else phrases.pop(0) if phrases else ""
    totals = (Total(first.replace(" the axis", ""), beside=", ".join(phrases).replace(" the axis", "")),)
    return replace(row, said=", ".join([first, *phrases]), totals=totals)


def _whole(name: str, year: int, items: Sequence[Item]) -> Item:
    """A year of squares as one item, with the address of the first record: the year has none of its own."""
    if len(items) == 1:
        return items[0]
    head = f"{len(items)} {name.lower()} in {year}\n{query.wording.OPENS_FIRST}"
    disagree = query.disagreeing([{"contradicted": item.contradicted} for item in items])
    return Item(items[0].address, head + disagree, str(year), contradicted=contradicted(items))


def _events(tables: Tables, axis: Axis) -> dict[str, list[Mapping]]:
    """Row -> its events in order of time; under EARLY those before the axis."""
    first = min(axis.years, default=0)
    rows: dict[str, list[Mapping]] = {name: [] for name in (EARLY, *EVENT_ROWS.values())}
    for row in sorted(rows_in(tables, "events"), key=lambda row: (row["earliest"], row["latest"])):
        if not row["earliest"]:
            continue
        if int(row["latest"][:4]) < first:
            rows[EARLY].append(row)
        elif any(int(row["earliest"][:4]) <= year <= int(row["latest"][:4]) for year in axis.years):
            rows[EVENT_ROWS[row["kind"]]].append(row)
    return {name: of_row[-MOST_EVENTS:] for name, of_row in rows.items()}


def _listed(tables: Tables, row: Mapping) -> Item:
    """An event of the list, with its year and title."""
    return replace(chairmanship.sign(tables, row).item, words=f"{row['earliest'][:4]}  {row['title']}")


def _cells(tables: Tables, axis: Axis, noun: Noun) -> dict:
    """year -> the squares of a noun; under EARLY those before the axis."""
    first, rows = min(axis.years, default=0), [row for row in rows_in(tables, noun.table) if noun.holds(row)]
    if noun is STATEMENT:
        square = threats.item
        rows.sort(key=lambda row: row["expressed_as"] != "threat")
    else:
        square, order = documents.item, list(DOCUMENT_STATUS)
        rows.sort(key=lambda row: order.index(documents.strongest(row["status"])))
    cells: dict = {}
    for row in rows:
        early = noun is not STATEMENT and row["year"] is not None and row["year"] < first
        if early or row["year"] in axis.years:
            where = f"before {first}" if early else str(row["year"])
            item = replace(square(tables, row), where=where)
            cells.setdefault(EARLY if early else row["year"], []).append(item)
    return dict(sorted(cells.items(), key=lambda pair: pair[0] if isinstance(pair[0], int) else 0))


def _left_out(tables: Tables, axis: Axis, rows: Iterable[Row], aside: Aside) -> Iterable[LeftOut]:
    """Selected rows without a date, or of years that are not shown."""
    addresses = {item.address for row in rows for item in row.items}
    addresses |= {item.address for item in (*aside.items, *aside.squares)}
    for name in SHOWN:
        for row in rows_in(tables, name):
            if row["id"] not in addresses:
                yield LeftOut(row["id"], _reason(_dated(tables, name, row), axis))


def _dated(tables: Tables, name: str, row: Mapping) -> str:
    """The first day of a record, or a word where only its year is known, or empty."""
    if name == "chairmanships":
        return "dated"
    if name == "threats":
        return "dated" if row["year"] else ""
    return row["earliest"] or query.events(tables).get(row.get("event", ""), {}).get("earliest", "")


def _reason(dated: str, axis: Axis) -> str:
    """Why a record is not drawn."""
    if not dated:
        return words.UNDATED
    on_axis = dated[:4].isdecimal() and int(dated[:4]) in axis.years
    return words.TOO_MANY if on_axis else "its date is not among the years shown"


def _key(
    items: Sequence[Item], terms: Sequence[Mapping], bars: Sequence[Span], events: Sequence[Mapping]
) -> tuple[tuple[str, str], ...]:
    looks = {item.look for item in items}
    pieces = {(piece.kind, piece.fill) for bar in bars for piece in bar.pieces}
    kinds, fills = {kind for kind, _ in pieces}, {fill for _, fill in pieces}
    squares = [
        (f"{fill} {shape}", noun.one)
        for shape, nouns in (("square", (THREAT, ACTION)), ("sheet", (DOCUMENT, MATTER)))
        for fill, noun in zip(("solid", "open"), nouns, strict=True)
        if f"{fill} {shape}" in looks
    ]
    spans = any(event["earliest"] != event["latest"] for event in events)
    entries = (
        ("solid square inferred", "inferred, not stated", any(item.inferred for item in items)),
        (f"bar {INFERRED}", "term inferred", INFERRED in fills),
        (f"{ANNOUNCED} diamond", "announced", any(map(query.is_announced, (*events, *terms)))),
        ("span", "span of time in which it lies", spans),
        (f"thin {STATED}", "term known only to the year or month", "thin" in kinds),
        ("fade", "start or end not stated", "fade" in kinds),
        ("torn", CONTRADICTED, any(item.contradicted for item in items)),
    )
    return (*squares, *((sample, said) for sample, said, there in entries if there))


def _undated(tables: Tables) -> Counter:
    """Row -> how many of what it shows have no date: they are counted, and have no place."""
    undated = Counter(EVENT_ROWS[row["kind"]] for row in rows_in(tables, "events") if not row["earliest"])
    undated[CHAIRS] = sum(
        not (row["start_earliest"] or row["end_latest"]) for row in rows_in(tables, "chairmanships")
    )
    for name, noun in SQUARES.items():
        undated[name] = sum(row["year"] is None for row in rows_in(tables, noun.table) if noun.holds(row))
    return undated


def headline(grid: Grid, tables: Tables) -> str:
    """What is here, in the numbers of the sentence above the chart."""
    numbers, axis = _told(tables), grid.axis
    if not numbers:
        return capital(words.why_empty(axis))
    if axis.silent:  # no source reports on these years: what is said of them in passing comes after that
        return f"{capital(words.why_empty(axis))}; others tell of {numbers}"
    cells = (row["source"] for noun in COUNTED for row in query.rows_of(tables, noun))
    return f"{numbers} in {counted(len(query.cited(tables, cells)), 'source')}"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    numbers, axis = _told(tables), grid.axis
    if not numbers:
        return f"Time axis of what our sources say: {words.why_empty(axis)}."
    return f"Time axis of {years(axis.years)}: {numbers}.{words.uncovered(axis)}{words.disagreements(grid)}"


def _told(tables: Tables) -> str:
    """How many of each thing the tables hold, in words; what they hold none of is not named."""
    return joined(noun.counted(count) for noun in COUNTED if (count := query.number(tables, noun)))


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a record of every kind that is drawn, in chart order, then those left out."""
    rows = in_order([row for name in SHOWN for row in rows_in(tables, name)], grid)
    said = ((row["id"], query.fields(tables, row) | query.outline(tables, row)) for row in rows)
    return table(said, COLUMNS, grid)

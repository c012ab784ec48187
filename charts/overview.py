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
from charts import chairmanship, columns, documents, frames, theme, threats, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import CAPACITY, Aside, Cell, Grid, Item, LeftOut, Row, Span, Total
from query.nouns import ANNOUNCED_EVENT, DOCUMENT, EVENT, MATTER, STATEMENT, TERM, Noun

SUBTITLE = "Chairs, events, documents and statements in our sources, on one time axis."
MOST_EVENTS = 200  # in one row; of more the latest are drawn
CHAIRS, DOCUMENTS, MATTERS, STATEMENTS = "Chairs", "Documents", "Other matters", "Statements"
COUNTED = (STATEMENT, DOCUMENT, MATTER, EVENT, ANNOUNCED_EVENT, TERM)
SQUARES = {DOCUMENTS: DOCUMENT, MATTERS: MATTER, STATEMENTS: STATEMENT}  # rows of squares
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
    early, early_squares = events.pop(EARLY, []), []
    rows = [
        _time_row(
            CHAIRS, [_named(tables, row, span) for row, span in terms], [row for row, _ in terms], undated
        )
    ]
    for name, rows_of in events.items():
        rows.append(_time_row(name, chairmanship.signs(rows_of, axis), rows_of, undated))
    for name, noun in SQUARES.items():
        cells = _cells(tables, axis, noun)
        before = cells.pop(EARLY, [])
        early_squares += before
        rows.append(_square_row(name, cells, len(before), undated))
    aside = Aside(
        f"before {min(axis.years, default=0)}",
        tuple(_listed(row) for row in early),
        "documents and matters",
        tuple(early_squares),
    )
    drawn = tuple(row for row in rows if row.spans or row.cells)
    listed = (*aside.items, *aside.squares)
    return Grid(
        rows=drawn,
        columns=columns.years(axis, run=True),
        axis=axis,
        key=_key(
            [*listed, *(item for row in drawn for item in row.items)],
            terms,
            [row for rows_of in events.values() for row in rows_of],
        ),
        totals=("in all",) if drawn else (),
        left=132,
        right=108,
        across=19,
        deep=CAPACITY,
        timed=True,
        aside=aside if listed else None,
        left_out=tuple(_left_out(tables, axis, drawn, aside)),
    )


def _named(tables: Tables, row: Mapping, span: Span) -> Span:
    """A term's bar with the name of its state under it."""
    return replace(span, words=words.parties(tables).get(row["state"], row["state"]), short=row["state"])


def _time_row(name: str, spans: Sequence[Span], rows: Sequence[Mapping], undated: Mapping[str, int]) -> Row:
    announced = sum(map(query.is_announced, rows))
    return _numbered(Row(name, name, spans=tuple(spans)), len(rows) - announced, announced, 0, undated[name])


def _square_row(name: str, cells: Mapping[int, list[Item]], before: int, undated: Mapping[str, int]) -> Row:
    held = {year: Cell(tuple(items), _whole(name, year, items)) for year, items in cells.items()}
    return _numbered(Row(name, name, cells=held), sum(map(len, cells.values())), 0, before, undated[name])


def _numbered(row: Row, total: int, announced: int, before: int, undated: int) -> Row:
    """The row with its numbers: those announced, or before the axis, are said beside the others."""
    parts = [(announced, "announced"), (before, "before the axis"), (undated, "undated")]
    told = [f"{number} {what}" for number, what in parts if number]
    first = str(total) if total else told.pop(0) if told else ""
    beside = "".join(f", {words_}" for words_ in told)
    totals = (Total(first, beside=beside.replace(" the axis", "")),)
    return replace(row, said=first + beside, totals=totals)


def _whole(name: str, year: int, items: Sequence[Item]) -> Item:
    """A year of squares as one item; nothing but a record has an address for it."""
    if len(items) == 1:
        return items[0]
    label = f"{len(items)} {name.lower()} in {year}\nopens the first of them"
    return Item(
        items[0].address, label + words.of_many(items), str(year), contradicted=frames.disputed(items)
    )


def _events(tables: Tables, axis: Axis) -> dict[str, list[Mapping]]:
    """Row -> its events in order of time; under EARLY those before the axis."""
    first = min(axis.years, default=0)
    rows: dict[str, list[Mapping]] = {name: [] for name in (EARLY, *EVENT_ROWS.values())}
    for row in sorted(frames.records(tables["events"]), key=lambda row: (row["earliest"], row["latest"])):
        if not row["earliest"]:
            continue
        if int(row["latest"][:4]) < first:
            rows[EARLY].append(row)
        elif any(int(row["earliest"][:4]) <= year <= int(row["latest"][:4]) for year in axis.years):
            rows[EVENT_ROWS[row["kind"]]].append(row)
    return {name: held[-MOST_EVENTS:] for name, held in rows.items()}


def _listed(row: Mapping) -> Item:
    """An event of the list, with its year and title."""
    return replace(chairmanship.sign(row).item, words=f"{row['earliest'][:4]}  {row['title']}")


def _cells(tables: Tables, axis: Axis, noun: Noun) -> dict:
    """year -> the squares of a noun; under EARLY those before the axis."""
    events, first = words.events(tables), min(axis.years, default=0)
    rows = list(filter(noun.holds, frames.records(tables[noun.table])))
    if noun is STATEMENT:
        items = threats.items(tables, rows)
        rows.sort(key=lambda row: row["expressed_as"] != "threat")
    else:
        items = {row["id"]: documents.item(row, events, "") for row in rows}
        order = list(theme.DOCUMENT_STATUS)
        rows.sort(key=lambda row: order.index(documents.strongest(row["status"])))
    cells: dict = {}
    for row in rows:
        year = frames.year_of(row["year"])
        where = EARLY if noun is not STATEMENT and year is not None and year < first else year
        if where == EARLY or year in axis.years:
            item = items[row["id"]]
            cells.setdefault(where, []).append(
                replace(item, where=f"before {first}" if where == EARLY else str(year))
            )
    return dict(sorted(cells.items(), key=lambda pair: -1 if pair[0] == EARLY else pair[0]))


def _left_out(tables: Tables, axis: Axis, drawn: Iterable[Row], aside: Aside) -> Iterable[LeftOut]:
    """Selected rows without a date, or of years that are not shown."""
    shown = {item.address for row in drawn for item in row.items}
    shown |= {item.address for item in (*aside.items, *aside.squares)}
    events, states = words.events(tables), words.parties(tables)
    rows = [
        *((row, f"Chairmanship of {states.get(row['state'], row['state'])}", "dated")
          for row in frames.records(tables["chairmanships"])),
        *((row, words.occasion(row), row["earliest"]) for row in frames.records(tables["events"])),
        *((row, row["title"], row["earliest"] or events.get(row["event"], {}).get("earliest", ""))
          for row in frames.records(tables["documents"])),
        *((row, row["summary"], "dated" if frames.year_of(row["year"]) else "")
          for row in frames.records(tables["threats"])),
    ]  # fmt: skip
    for row, label, dated in rows:
        if row["id"] not in shown:
            yield LeftOut(row["id"], label, _reason(dated, axis))


def _reason(dated: str, axis: Axis) -> str:
    """Why a record is not drawn; `dated` is its first day, or any text where only its year is known."""
    if not dated:
        return "no date stated"
    shown = dated[:4].isdecimal() and int(dated[:4]) in axis.years
    return words.TOO_MANY if shown else "its date is not among the years shown"


def headline(grid: Grid, tables: Tables) -> str:
    """What is here, in the numbers of the sentence above the chart."""
    told, axis = _told(tables), grid.axis
    if not told:
        neutral = "What our sources say, on one time axis"
        return words.capital(words.why_empty(axis)) if axis.silent else neutral
    cells = (row["source"] for noun in COUNTED for row in query.rows_of(tables, noun))
    sources = words.counted(len(query.cited(tables, cells)), "source")
    # where no source reports on the years, what others say of them in passing is told as such
    return (
        f"{words.capital(words.why_empty(axis))}; others tell of {told}"
        if axis.silent
        else (f"{told} in {sources}")
    )


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    told = _told(tables)
    if not told:
        return f"Time axis of what our sources say: {words.why_empty(grid.axis)}."
    years = words.years(grid.axis.years)
    return f"Time axis of {years}: {told}.{words.uncovered(grid.axis)}" + words.disagreements(grid)


def _told(tables: Tables) -> str:
    """How many of each thing the tables hold; nothing of those of which they hold none."""
    return words.joined(noun.counted(count) for noun in COUNTED if (count := query.number(tables, noun)))


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a record of every kind that is drawn, in chart order, then those left out."""
    missing, order = grid.reasons, {item.address: number for number, item in enumerate(grid.items)}
    events, speakers = words.events(tables), words.speakers(tables)
    states, people = words.parties(tables), words.names(tables["people"])
    categories = words.names(tables["categories"], "label")
    rows = []

    def add(row: dict, kind: str, what: str, when: str, who: str):
        rows.append(
            {
                "Record": row["id"],
                "Kind": kind,
                "What": what,
                "Date": when,
                "Who": who,
                "Sources": words.listed(row["source"]),
                "Basis": row["basis"],
                "Inferred": frames.said(words.listed(row["inferred"]), "nothing"),
                "Contradicted": frames.said(words.listed(row["contradicted"]), "nothing"),
                "On the chart": missing.get(row["id"], "yes"),
            }
        )

    for row in frames.records(tables["chairmanships"]):
        state = states.get(row["state"], row["state"])
        add(row, "chairmanship", state, chairmanship.dates(row), frames.said(people.get(row["person"], "")))
    for row in frames.records(tables["events"]):
        kind = words.event_kind(row)
        what = ", ".join(part for part in (row["title"], row["place"]) if part)
        add(row, kind, what, row["date_words"], frames.said(people.get(row["chair"], "")))
    for row in frames.records(tables["documents"]):
        noun = DOCUMENT if DOCUMENT.holds(row) else MATTER
        kind = f"{noun.one}: {documents.status_words(row['status'])}"
        add(row, kind, row["title"], documents.date_words(row, events), frames.said(""))
    for row in frames.records(tables["threats"]):
        category = categories.get(row["category"], row["category"])
        kind = f"{category}: {theme.EXPRESSED[row['expressed_as']].words}"
        event = events.get(row["event"])
        when = event["date_words"] if event else "not stated"
        add(row, kind, row["summary"], when, speakers.get(row["speaker"], row["speaker"]))
    rows.sort(key=lambda row: order.get(row["Record"], len(order)))
    columns = ("Kind", "What", "Date", "Who", "Sources", "Basis", "Inferred", "Contradicted", "On the chart")
    return frames.twin_frame(rows, columns)


def _key(
    items: Sequence[Item], terms: Sequence[tuple[Mapping, Span]], events: Sequence[Mapping]
) -> tuple[tuple[str, str], ...]:
    announced = any(map(query.is_announced, (*events, *(row for row, _ in terms))))
    entries = (
        ("solid square", "stated; a threat; a document", True),
        ("open square", "inferred; an action; other matters", True),
        ("solid square inferred", "status or speaker inferred", any(item.inferred for item in items)),
        ("dashed diamond", "announced", announced),
        ("span", "span of its date", any(event["earliest"] != event["latest"] for event in events)),
        ("thin solid", "term known only to the year", terms),
        ("fade", "start or end not stated", terms),
        ("torn", theme.CONTRADICTED, any(item.contradicted for item in items)),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


def _undated(tables: Tables) -> Counter:
    """Row -> how many of what it shows have no date: they are counted, and have no place."""
    counts = Counter(
        EVENT_ROWS[row["kind"]] for row in frames.records(tables["events"]) if not row["earliest"]
    )
    counts[CHAIRS] = sum(
        not (row["start_earliest"] or row["end_latest"]) for row in frames.records(tables["chairmanships"])
    )
    for name, noun in SQUARES.items():
        counts[name] = sum(frames.year_of(row["year"]) is None for row in query.rows_of(tables, noun))
    return counts

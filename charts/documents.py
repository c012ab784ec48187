"""Documents as unit squares: a row is a status, a column an occasion.

Filled: a document. Open: a proposal, an appointment or another matter, of which no source names a document
(`query.nouns`). A document with two statuses stands once, in the row of the stronger; its label says both.
What sources report in numbers stands below the squares, with their own verb, beside how many documents they
name; the two are never added.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

import query
from charts import columns, words
from charts.axis import Axis
from charts.grid import Cell, Column, Grid, Item, LeftOut, Row, Total
from charts.twin import in_order
from charts.twin import twin as table
from query import Tables
from query.nouns import DOCUMENT, MATTER, Noun
from query.records import SEPARATOR, rows_in, split, whole
from query.vocabulary import CONTRADICTED, DOCUMENT_STATUS, LEFT_OUT_SHORT, NOTHING
from query.words import capital, joined, spelled, years

SUBTITLE = "Documents by status and session, beside the numbers that our sources report."
COLUMNS = (
    "Title", "Counted as", "Kind", "Status", "Date", "Occasion", "Signatories", "Number reported",
    "Named of that occasion", "Sources", "Basis", "Inferred", "Contradicted", "Note",
)  # fmt: skip
OTHER = Noun("other matter", "other matters", MATTER.table, MATTER.holds)  # MATTER where room is small
BEFORE = (0, "before")  # the key of the column before the axis
FEW = 40  # documents, other matters and numbers of which each is told by its title
MOST_COLUMNS = 12  # occasions and years beside which there is room for titles
LOOSE = "loose"  # in place of the occasion, of documents of which only the year is stated
COUNTED, NAMED = "Reported in numbers", "Documents named"
WHATEVER = "whatever is filtered"
NONE = "no document reported"


def strongest(status: str) -> str:
    """The first of a document's statuses by the order of the vocabulary: signed before adopted."""
    return next(word for word in DOCUMENT_STATUS if word in split(status))


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each status, squares by occasion; below them the reported numbers and how many are named."""
    documents, counts = rows_in(tables, "documents"), rows_in(tables, "document_counts")
    place = {row["id"]: _place(tables, row, axis) for row in documents}
    place |= {row["id"]: (row["year"] or -1, row["event"]) for row in counts}
    told = len(documents) + len(counts) <= FEW and len(set(place.values())) + len(axis.years) <= MOST_COLUMNS
    across = _columns(tables, axis, set(place.values()), narrow=told)
    there = {column.key for column in across}
    on_chart = [row for row in documents if place[row["id"]] in there]
    reported = [row for row in counts if place[row["id"]] in there]
    rows = [_status_row(tables, status, on_chart, place, across) for status in DOCUMENT_STATUS]
    rows = [replace(row, totals=()) if told else row for row in rows if row.cells]
    if reported:
        cells = _cells(
            across, ((place[row["id"]], row) for row in reported), lambda *at: _number(tables, *at)
        )
        rows.append(Row(COUNTED, COUNTED, cells=cells, small=True, ruled=True))
    if rows:
        filtered = len(documents) < len(whole(tables)["documents"])
        name = f"{NAMED}, {WHATEVER}" if filtered else NAMED
        rows.append(Row(NAMED, name, cells=_named(tables, across, axis), small=True))
    return Grid(
        rows=tuple(rows),
        columns=across,
        axis=axis,
        key=_key(on_chart, reported),
        totals=() if told else ("documents", "others"),
        told="title, or [in our words] what it is" if told else "",
        left=128,
        right=0 if told else 128,
        nothing=_why_empty(tables, axis),
        left_out=tuple(
            LeftOut(row["id"], words.why_left_out(row["year"], axis))
            for row in (*documents, *counts)
            if place[row["id"]] not in there
        ),
    )


def item(tables: Tables, row: Mapping, where: str = "") -> Item:
    """A document as a solid square, a proposal or other matter as an open one."""
    is_document = query.is_document(row)
    return Item(
        row["id"],
        query.label(tables, row),
        where,
        f"{'solid' if is_document else 'open'} sheet",
        row["basis"] == "inferred",
        row["contradicted"],
        is_document,
        words=row["title"],
        more=query.statuses(row) if SEPARATOR in row["status"] else "",
        noun=DOCUMENT if is_document else OTHER,
    )


def _number(tables: Tables, row: Mapping, where: str) -> Item:
    """A number that a source reports, with its verb."""
    return Item(
        row["id"],
        query.label(tables, row),
        where,
        inferred=row["basis"] == "inferred",
        contradicted=row["contradicted"],
        figure=str(row["count"]),
        words=row["verb"],
        more=f"reported by {query.publishers(tables, row['source'])}",
    )


def _status_row(
    tables: Tables, status: str, documents: Sequence[Mapping], place: Mapping, across: Sequence[Column]
) -> Row:
    """The documents of one status, those of a column before its other matters."""
    rows = sorted(
        (row for row in documents if strongest(row["status"]) == status), key=query.is_document, reverse=True
    )
    numbers = {noun: sum(map(noun.holds, rows)) for noun in (DOCUMENT, OTHER)}
    return Row(
        status,
        capital(DOCUMENT_STATUS[status]),
        said=", ".join(noun.counted(number) for noun, number in numbers.items() if number),
        totals=tuple(Total(str(number or "")) for number in numbers.values()),
        cells=_cells(across, ((place[row["id"]], row) for row in rows), lambda *at: item(tables, *at)),
    )


def _cells(across: Sequence[Column], placed: Iterable[tuple[Hashable, Mapping]], item_of) -> dict:
    """key of a column -> the items of the rows placed there, in the order of the columns."""
    rows: dict[Hashable, list[Mapping]] = {}
    for key, row in placed:
        rows.setdefault(key, []).append(row)
    return {
        column.key: Cell(tuple(item_of(row, _where(column)) for row in rows[column.key]))
        for column in across
        if column.key in rows
    }


def _named(tables: Tables, across: Sequence[Column], axis: Axis) -> dict[Hashable, Cell]:
    """How many documents of each occasion are named, whatever a filter on documents shows."""
    named = query.documents_named(tables)
    return {
        column.key: Cell(
            text=LEFT_OUT_SHORT if column.year in axis.left_out else str(named[column.key[1]] or "none")
        )
        for column in across
        if column.year and column.key[1] not in ("", LOOSE)
    }


def _place(tables: Tables, row: Mapping, axis: Axis) -> tuple[int, str]:
    """The column that a document stands in: BEFORE, or its year and occasion, or its year alone."""
    event, first = query.events(tables).get(row["event"], {}), min(axis.years, default=0)
    dated = row["earliest"] or event.get("earliest", "")
    if row["year"] is None:
        return BEFORE if not dated or int(dated[:4]) < first else (-1, "")
    if row["year"] < first:
        return BEFORE
    at_its_event = row["event"] and (not event or event["year"] == row["year"])
    return row["year"], row["event"] if at_its_event else LOOSE


def _columns(tables: Tables, axis: Axis, places: set[tuple[int, str]], *, narrow: bool) -> tuple[Column, ...]:
    """The column before the axis if something stands in it, then the occasions under their years."""
    events, by_year = query.events(tables), {}
    for year, event in sorted(places):
        loose = {"id": event, "earliest": "~", "heads": ["no session"] if event == LOOSE else []}
        by_year.setdefault(year, []).append(events.get(event, loose))
    years_of_documents = {row["year"] for row in rows_in(whole(tables), "documents")}
    why = {year: axis.silence(year) or NONE for year in axis.years if year not in years_of_documents}
    before = (Column(BEFORE, 0, ("", "before"), ("before",)),) if BEFORE in places else ()
    return before + columns.occasions(by_year, axis, why, narrow=narrow)


def _where(column: Column) -> str:
    """The column in words."""
    if not column.year:
        return "before the first year, or undated"
    return ", ".join(part for part in (str(column.year), *column.heads) if part)


def _key(documents: Sequence[Mapping], counts: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    entries = (
        ("solid sheet", DOCUMENT.one, True),
        ("open sheet", f"{MATTER.one}: no document of it is named", True),
        ("solid sheet inferred", "status inferred", any(row["basis"] == "inferred" for row in documents)),
        ("torn", CONTRADICTED, any(row["contradicted"] for row in (*documents, *counts))),
    )
    return tuple((sample, said) for sample, said, there in entries if there)


def _why_empty(tables: Tables, axis: Axis) -> str:
    """Why nothing is drawn: no source, nothing reported of these years, or nothing that the filters leave."""
    rows = [*whole(tables)["documents"]["year"], *tables["document_counts"]["year"]]
    if axis.silent or not axis.years or any(year in axis.years for year in rows if year is not pd.NA):
        return words.why_empty(axis)
    return f"for {years(axis.years)}, {NONE}"


def _reported(grid: Grid, tables: Tables) -> list[tuple[Item, Mapping]]:
    """The reported numbers that are drawn, each with its row."""
    rows = {row["id"]: row for row in rows_in(tables, "document_counts")}
    return [(item, rows[item.address]) for item in grid.items if item.figure]


def headline(grid: Grid, tables: Tables) -> str:
    """How far the numbers reported and the documents named are apart; else how many are named."""
    if not grid.items:
        return capital(grid.nothing or NOTHING)
    named, counts = query.documents_named(tables), [row for _, row in _reported(grid, tables)]
    gaps = sorted(((row["count"] - named[row["event"]], row) for row in counts), key=lambda pair: -pair[0])
    if not gaps or gaps[0][0] <= 0:
        numbers = ((noun, query.number(tables, noun)) for noun in (DOCUMENT, MATTER))
        return f"Our sources name {joined(noun.counted(number) for noun, number in numbers if number)}"
    row = gaps[0][1]
    if len(gaps) > 1 and len({count["count"] for count in counts}) == 1:
        each = joined(str(named[count["event"]] or "none") for count in counts)
        sessions = capital(spelled(len(counts)))
        return f"{sessions} sessions are each said to have {row['count']} documents; our sources name {each}"
    if len(gaps) > 1 and gaps[0][0] == gaps[1][0]:
        return "Sources report more documents than they name"
    event = query.events(tables).get(row["event"], {})
    where = f" of {event['earliest'][:4]}" if event.get("earliest") else ""
    reported = f"{row['count']} documents {row['verb']} at the session{where}"
    return f"{reported}, {named[row['event']] or 'none'} of that session named"


def behind(grid: Grid, tables: Tables) -> list[str]:
    """The numbers that are reported."""
    return [item.address for item, _ in _reported(grid, tables)]


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows, named, reported = (
        rows_in(tables, "documents"),
        query.documents_named(tables),
        _reported(grid, tables),
    )
    if not rows and not reported:
        return f"Documents by status and occasion: {grid.nothing}."
    kinds = joined(
        noun.counted(number) for noun in (DOCUMENT, MATTER) if (number := sum(map(noun.holds, rows)))
    )
    by_status = Counter(strongest(row["status"]) for row in rows)
    each = joined(f"{by_status[word]} {name}" for word, name in DOCUMENT_STATUS.items() if by_status[word])
    numbers = "".join(
        f" {item.where}: {row['count']} reported as {row['verb']}, {named[row['event']] or 'none'} named."
        for item, row in reported
    )
    return (
        f"Unit chart of {kinds or 'no document'}{f': {each}' if each else ''}.{numbers}"
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a document, then one a reported number."""
    said = [(row["id"], query.fields(tables, row)) for row in in_order(rows_in(tables, "documents"), grid)]
    for row in in_order(rows_in(tables, "document_counts"), grid):
        fields = query.fields(tables, row)
        fields |= {"Title": "a number that a source reports", "Kind": "reported number"}
        said.append((row["id"], fields | {"Status": fields["The source's verb"]}))
    return table(said, COLUMNS, grid)

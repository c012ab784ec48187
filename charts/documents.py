"""Documents as unit squares: a row is a status, a column an occasion.

Filled: a document. Open: a proposal, an appointment or another matter, of which no source names a document
(`query.nouns`). A document with two statuses stands once, in the row of the stronger; its label says both.
What sources report in numbers stands below the squares, with their own verb, beside how many documents they
name; the two are never added.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

import query
from charts import columns, frames, theme, words
from charts.axis import Axis
from charts.frames import Tables
from charts.grid import Cell, Column, Grid, Item, LeftOut, Row, Total
from query.nouns import DOCUMENT, MATTER, REPORTED_NUMBER, Noun

SUBTITLE = "Documents by status (of two, the first) and occasion, beside the numbers that our sources report."
OTHER = Noun("other matter", "other matters", MATTER.table, MATTER.holds)  # MATTER where room is small
BEFORE = (0, "before")  # the key of the column before the axis
LOOSE = "loose"  # the occasion of a year's documents that none is stated for
COUNTED, NAMED = "Reported in numbers", "Documents named"
WHATEVER = "whatever is filtered"
NONE = "no document reported"


def fill(row: Mapping) -> str:
    """The fill of a record's square: a document is solid, a proposal or other matter open."""
    return "solid" if query.is_document(row) else "open"


def strongest(status: str) -> str:
    """The first of a document's statuses by the order of the vocabulary: signed before adopted."""
    held = status.split("~")
    return next(word for word in theme.DOCUMENT_STATUS if word in held)


def grid(tables: Tables, axis: Axis) -> Grid:
    """A row for each status, squares by occasion; below them the reported numbers and how many are named.

    A document of two statuses stands in the row of the stronger.
    """
    events = words.events(tables)
    documents, counts = frames.records(tables["documents"]), frames.records(tables["document_counts"])
    place = {row["id"]: _column_of(row, axis, events) for row in documents}
    place |= {row["id"]: (frames.year_of(row["year"]) or -1, row["event"]) for row in counts}
    across = _columns(tables, axis, set(place.values()))
    heads = {column.key: _where(column) for column in across}
    documents = [row for row in documents if place[row["id"]] in heads]
    drawn_counts = [row for row in counts if place[row["id"]] in heads]
    named = _named(tables)
    rows = [
        row
        for status in theme.DOCUMENT_STATUS
        if (row := _status_row(status, documents, place, across, events, heads))
    ]
    if drawn_counts:
        cells: dict[Hashable, list[Item]] = {}
        for row in drawn_counts:
            key = place[row["id"]]
            item = _number(row, named[row["event"]], events, heads[key])
            cells.setdefault(key, []).append(item)
        in_order = {column.key: Cell(tuple(cells[column.key])) for column in across if column.key in cells}
        rows.append(Row(COUNTED, COUNTED, cells=in_order, small=True, ruled=True))
    if rows:
        filtered = len(tables["documents"]) < len(frames.whole(tables, "documents"))
        rows.append(
            Row(
                NAMED,
                f"{NAMED}, {WHATEVER}" if filtered else NAMED,
                cells={
                    column.key: Cell(text=_named_words(column, named, axis))
                    for column in across
                    if column.year and column.key[1] not in ("", LOOSE)
                },
                small=True,
            )
        )
    return Grid(
        rows=tuple(rows),
        columns=across,
        axis=axis,
        key=_key(documents, drawn_counts),
        totals=("documents", "others"),
        left=128,
        right=128,
        nothing=_why_empty(tables, axis),
        left_out=tuple(
            LeftOut(
                row["id"],
                text,
                words.why_left_out(frames.year_of(row["year"]), axis, "its year is not stated"),
            )
            for row, text in (
                *((row, label(row, events)) for row in frames.records(tables["documents"])),
                *((row, _count_label(row, None, events)) for row in counts),
            )
            if place[row["id"]] not in heads
        ),
    )


def _status_row(
    status: str,
    documents: Sequence[Mapping],
    place: Mapping[str, Hashable],
    across: Sequence[Column],
    events: Mapping,
    heads: Mapping,
) -> Row | None:
    """The documents of one status, those of a column before its other matters; None without any."""
    rows = [row for row in documents if strongest(row["status"]) == status]
    if not rows:
        return None
    cells = {}
    for column in across:
        held = [row for row in rows if place[row["id"]] == column.key]
        held.sort(key=query.is_document, reverse=True)
        if held:
            cells[column.key] = Cell(tuple(item(row, events, heads[column.key]) for row in held))
    numbers = {noun: sum(map(noun.holds, rows)) for noun in (DOCUMENT, OTHER)}
    return Row(
        status,
        words.capital(theme.DOCUMENT_STATUS[status].words),
        said=", ".join(noun.counted(number) for noun, number in numbers.items() if number),
        totals=tuple(Total(str(number or "")) for number in numbers.values()),
        cells=cells,
    )


def item(row: Mapping, events: Mapping, where: str) -> Item:
    """A document or other matter as a square."""
    return Item(
        row["id"],
        label(row, events),
        where,
        f"{fill(row)} square",
        row["basis"] == "inferred",
        row["contradicted"],
        query.is_document(row),
    )


def _number(row: Mapping, named: int, events: Mapping, where: str) -> Item:
    return Item(
        row["id"],
        _count_label(row, named, events),
        where,
        inferred=row["basis"] == "inferred",
        contradicted=row["contradicted"],
        figure=str(row["count"]),
        words=row["verb"],
    )


def _named_words(column: Column, named: Mapping[str, int], axis: Axis) -> str:
    """How many documents of an occasion are named."""
    return theme.LEFT_OUT_SHORT if column.year in axis.left_out else str(named[column.key[1]] or "none")


def headline(grid: Grid, tables: Tables) -> str:
    """How far the numbers reported and the documents named are apart, if one occasion has the widest gap."""
    if not grid.items and grid.nothing != theme.NOTHING:
        return words.capital(grid.nothing)
    events, named = words.events(tables), _named(tables)
    hidden = grid.reasons
    counts = [row for row in frames.records(tables["document_counts"]) if row["id"] not in hidden]
    gaps = sorted(((row["count"] - named[row["event"]], row) for row in counts), key=lambda pair: -pair[0])
    if not gaps or gaps[0][0] <= 0:
        return "Documents that our sources name, by status and occasion"
    if len(gaps) > 1 and len({row["count"] for _, row in gaps}) == 1:
        number = gaps[0][1]["count"]
        told = words.joined(str(named[row["event"]] or "none") for row in counts)
        sessions = words.capital(words.spelled(len(counts)))
        return f"{sessions} sessions are each said to have {number} documents; our sources name {told}"
    if len(gaps) > 1 and gaps[0][0] == gaps[1][0]:
        return "Sources report more documents than they name"
    row = gaps[0][1]
    event = events.get(row["event"], {})
    where = f" of {event['earliest'][:4]}" if event.get("earliest") else ""
    reported = f"{row['count']} documents {row['verb']} at the session{where}"
    return f"{reported}, {named[row['event']] or 'none'} of that session named"


def alt(grid: Grid, tables: Tables) -> str:
    """One sentence for screen readers."""
    rows, named = frames.records(tables["documents"]), _named(tables)
    counts = [(item, one) for item, one in _counts(grid, tables)]
    if not rows and not counts:
        return f"Documents by status and occasion: {grid.nothing}."
    kinds = words.joined(
        noun.counted(number) for noun in (DOCUMENT, MATTER) if (number := sum(map(noun.holds, rows)))
    )
    by_status = Counter(strongest(row["status"]) for row in rows)
    each = words.joined(
        f"{by_status[word]} {look.words}" for word, look in theme.DOCUMENT_STATUS.items() if by_status[word]
    )
    numbers = "".join(
        f" {item.where}: {row['count']} reported as {row['verb']}, {named[row['event']] or 'none'} named."
        for item, row in counts
    )
    return (
        f"Unit chart of {kinds or 'no document'}{f': {each}' if each else ''}.{numbers}"
        + words.uncovered(grid.axis)
        + words.disagreements(grid)
    )


def _counts(grid: Grid, tables: Tables) -> list[tuple[Item, Mapping]]:
    """The reported numbers that are drawn, each with its row."""
    rows = {row["id"]: row for row in frames.records(tables["document_counts"])}
    return [(item, rows[item.address]) for item in grid.items if item.figure]


def twin(grid: Grid, tables: Tables) -> pd.DataFrame:
    """One row a document, then one a reported number."""
    events, states = words.events(tables), words.names(tables["states"])
    missing, named = grid.reasons, _named(tables)
    order = {item.address: number for number, item in enumerate(grid.items)}

    def place(row: dict) -> int:
        return order.get(row["id"], len(order))

    rows = []
    for row in sorted(frames.records(tables["documents"]), key=place):
        rows.append(
            {
                "Record": row["id"],
                "Title": frames.said(row["title"]),
                "Counted as": DOCUMENT.one if query.is_document(row) else MATTER.one,
                "Kind": theme.DOCUMENT_KIND[row["kind"]],
                "Status": status_words(row["status"]),
                "Date": date_words(row, events),
                "Occasion": frames.said(words.occasion(events.get(row["event"]), row["event"])),
                "Signatories": frames.said(words.listed(row["signatories"], states)),
                "Number reported": "",
                "Named of that occasion": "",
                **_common(row, missing),
            }
        )
    for row in sorted(frames.records(tables["document_counts"]), key=place):
        rows.append(
            {
                "Record": row["id"],
                "Title": "a number that a source reports",
                "Counted as": REPORTED_NUMBER.one,
                "Kind": "reported number",
                "Status": row["verb"],
                "Date": date_words({"event": row["event"], "earliest": ""}, events),
                "Occasion": frames.said(words.occasion(events.get(row["event"]), row["event"])),
                "Signatories": "",
                "Number reported": str(row["count"]),
                "Named of that occasion": str(named[row["event"]] or query.NONE_REPORTED),
                **_common(row, missing),
            }
        )
    columns = (
        "Title", "Counted as", "Kind", "Status", "Date", "Occasion", "Signatories", "Number reported",
        "Named of that occasion", "Sources", "Basis", "Inferred", "Contradicted", "Note", "On the chart",
    )  # fmt: skip
    return frames.twin_frame(rows, columns)


def _common(row: dict, missing: dict) -> dict:
    return {
        "Sources": words.listed(row["source"]),
        "Basis": row["basis"],
        "Inferred": frames.said(words.listed(row["inferred"]), "nothing"),
        "Contradicted": frames.said(words.listed(row["contradicted"]), "nothing"),
        "Note": row["note"],
        "On the chart": missing.get(row["id"], "yes"),
    }


def _why_empty(tables: Tables, axis: Axis) -> str:
    """Why nothing is drawn: no source, nothing reported of these years, or nothing that the filters leave."""
    rows = [*frames.records(frames.whole(tables, "documents")), *frames.records(tables["document_counts"])]
    if axis.silent or not axis.years or any(frames.year_of(row["year"]) in axis.years for row in rows):
        return words.why_empty(axis)
    return f"for {words.years(axis.years)}, {NONE}"


def _column_of(row: dict, axis: Axis, events: dict) -> tuple[int, str]:
    """The column that a document stands in: `(0, before)`, or its year and occasion, or its year alone."""
    year, first = frames.year_of(row["year"]), min(axis.years, default=0)
    dated = row["earliest"] or events.get(row["event"], {}).get("earliest", "")
    if year is None:
        return BEFORE if not dated or int(dated[:4]) < first else (-1, "")
    if year < first:
        return BEFORE
    event = events.get(row["event"], {})
    at_its_event = row["event"] and (not event or frames.year_of(event["year"]) == year)
    return year, row["event"] if at_its_event else LOOSE


def _columns(tables: Tables, axis: Axis, keys: set[tuple[int, str]]) -> tuple[Column, ...]:
    """The column before the axis if something stands in it, then the occasions under their years."""
    events = words.events(tables)
    by_year: dict[int, list[Mapping]] = {}
    for year, event in sorted(keys):
        loose = {"id": event, "earliest": "~", "heads": ["no session"] if event == LOOSE else []}
        by_year.setdefault(year, []).append(events.get(event, loose))
    named = {frames.year_of(row["year"]) for row in frames.records(frames.whole(tables, "documents"))}
    why = {year: axis.silence(year) or NONE for year in axis.years if year not in named}
    heads = (f"before {min(axis.years, default=0)},", "or undated")
    before = (Column(BEFORE, 0, heads, ("before",)),) if BEFORE in keys else ()
    return before + columns.occasions(by_year, axis, why)


def _where(column: Column) -> str:
    """The column in words."""
    if not column.year:
        return "before the first year, or undated"
    return ", ".join(part for part in (str(column.year), *column.heads) if part)


def _named(tables: Tables) -> Counter:
    """event -> how many documents of it are named, whatever a filter on documents shows."""
    rows = frames.records(frames.whole(tables, "documents"))
    return Counter(row["event"] for row in rows if row["event"] and query.is_document(row))


def status_words(status: str) -> str:
    """All statuses of a document in words."""
    return words.listed(status, {word: look.words for word, look in theme.DOCUMENT_STATUS.items()})


def date_words(row: dict, events: dict) -> str:
    """The document's own date; else the occasion's, said to be that."""
    if row["earliest"]:
        return row["date_words"]
    event = events.get(row["event"])
    if not event or not event["earliest"]:
        return "date not stated"
    return f"{event['date_words']} (the occasion's)"


def label(row: dict, events: dict) -> str:
    """All that a document's mark says, line by line."""
    parts = [
        row["title"] or "title not stated",
        f"{theme.DOCUMENT_KIND[row['kind']]}: {status_words(row['status'])}",
        words.occasion(events.get(row["event"]), row["event"]),
        "" if events.get(row["event"]) and not row["earliest"] else f"date: {date_words(row, events)}",
        f"source: {words.listed(row['source'])}",
        f"inferred: {words.listed(row['inferred'])}" if row["inferred"] else "",
        words.disputed(row["contradicted"]),
    ]
    return "\n".join(part for part in parts if part)


def _count_label(row: dict, named: int | None, events: dict) -> str:
    where = words.occasion(events.get(row["event"]), row["event"])
    parts = [
        f"{words.counted(row['count'], 'document')} {row['verb']}, says {words.listed(row['source'])}",
        where,
        f"{DOCUMENT.counted(named) if named else 'no document'} of this occasion named in our sources"
        if named is not None
        else "",
        words.disputed(row["contradicted"]),
    ]
    return "\n".join(part for part in parts if part)


def _key(documents: Sequence[Mapping], counts: Sequence[Mapping]) -> tuple[tuple[str, str], ...]:
    key = [("solid square", DOCUMENT.one), ("open square", f"{MATTER.one}: no document of it is named")]
    if any(row["basis"] == "inferred" for row in documents):
        key.append(("solid square inferred", "status inferred"))
    if any(row["contradicted"] for row in (*documents, *counts)):
        key.append(("torn", theme.CONTRADICTED))
    return tuple(key)

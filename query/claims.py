"""What an address says, in one line of plain words. It reports; it does not judge."""

from collections import Counter

from query.address import Address, resolve, row_of
from query.coverage import UNCOVERED, years_covered
from query.memory import remembered
from query.names import name_of, occasion
from query.nouns import STATEMENT, is_announced
from query.records import CLAIM, Tables, split
from query.words import capital, counted, joined


@remembered
def claim(tables: Tables, text: str, *, doubt: bool = True) -> str:
    """The claim behind an address; `doubt` adds which parts of it are inferred or contradicted.

    An address that stands for nothing here gives an empty text.
    """
    address = resolve(text, tables)
    if address is None:
        return ""
    if address.kind != "record":
        return capital(_PLACES[address.kind](tables, address))
    row = row_of(tables, address)
    return capital(_RECORDS[address.table](tables, row) + (_doubt(address.table, row) if doubt else ""))


def _doubt(table: str, row) -> str:
    """Which part of the claim is only inferred, and which one some source contradicts."""
    doubts = []
    for doubt in ("inferred", "contradicted"):
        fields = [name.replace("_", " ") for name in CLAIM[table] if name in split(row[doubt])]
        doubts += [f"{doubt}: {joined(fields)}"] if fields else []
    return f" ({'; '.join(doubts)})" if doubts else ""


# ---- records ----


def _event(tables, row):
    return occasion(tables, row["id"]) + (" (announced)" if row["status"] == "planned" else "")


def _chairmanship(tables, row):
    start, end = row["start_earliest"][:4], row["end_latest"][:4]
    if start and end:
        years = start if start == end else f"{start} to {end}"
    else:
        years = f"from {start}" if start else f"into {end}" if end else "years not stated"
    person = f": {name_of(tables, row['person'])}" if row["person"] else ""
    chair = "announced for the chair" if is_announced(row) else "in the chair"
    return f"{name_of(tables, row['state'])} {chair}, {years}{person}"


def _priority(tables, row):
    return row["summary"]


def _attendance(tables, row):
    return f"{name_of(tables, row['party'])} is reported {row['status']}: {occasion(tables, row['event'])}"


def _document(tables, row):
    title = row["title"] or "Title not stated"
    return f"{title}: {joined(status.replace('_', ' ') for status in split(row['status']))}"


def _document_count(tables, row):
    return f"The source counts {counted(row['count'], 'document')} “{row['verb']}”"


def _threat(tables, row):
    return f"{name_of(tables, row['speaker'])}: {row['summary']}"


_RECORDS = {
    "events": _event,
    "chairmanships": _chairmanship,
    "priorities": _priority,
    "attendance": _attendance,
    "documents": _document,
    "document_counts": _document_count,
    "threats": _threat,
}

# ---- what is no record ----


def _cell(tables, address: Address):
    party = name_of(tables, address.part)
    return f"No source says whether {party} took part: {occasion(tables, address.key)}"


def _paragraph(tables, address: Address):
    return f"Paragraph {address.part} of {name_of(tables, address.key)}"


def _bar(tables, address: Address):
    year = int(address.part)
    number = _cells(tables)[address.key, year]
    silent = year not in years_covered(tables)
    said = STATEMENT.counted(number) if number else UNCOVERED if silent else "no statement reported"
    return f"{name_of(tables, address.key)} in {year}: {said}"


@remembered
def _cells(tables) -> Counter:
    """How many statements each category has in each year."""
    return Counter(zip(*(tables["threats"][name].tolist() for name in ("category", "year")), strict=True))


_PLACES = {"cell": _cell, "paragraph": _paragraph, "bar": _bar}

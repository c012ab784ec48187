"""Records in the few columns that a reader wants first, and tables with words beside their ids."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from query.citation import passage
from query.evidence import places
from query.records import RECORDS, SEPARATOR, Tables, row_with, rows_in, split
from query.search import folded
from query.wording import events, fields, name_of, occasion, statuses, term_dates, title_and_place
from query.words import capital

# the field whose words carry a record's claim
MAIN = {
    "events": "title",
    "chairmanships": "state",
    "priorities": "summary",
    "attendance": "status",
    "documents": "status",
    "document_counts": "count",
    "threats": "expressed_as",
}
# column of ids -> the column beside it that has their names
NAMES = {
    "speaker": "speaker_name",
    "category": "category_label",
    "state": "state_name",
    "party": "party_name",
    "person": "person_name",
    "chair": "chair_name",
    "body": "body_name",
    "signatories": "signatory_names",
}
OF_EVENT = ("title", "place", "date_words")  # columns of the event of a row, as `event_title`
OF_SOURCE = ("publisher", "title", "url")  # columns of the source of a paragraph, as `source_title`


class Outline(NamedTuple):
    """What a record says, who did or said it, when and where, in which words, and where those stand.

    `source` is `sb.by, paragraph 19`, `passage` the address of the words there. What no source says is empty.
    """

    what: str
    who: str
    occasion: str
    words: str
    source: str
    passage: str


def outlines(tables: Tables, ids: Iterable[str], sought: str = "") -> dict[str, Outline]:
    """id -> outline, for those ids that stand for records or places at sessions of the tables.

    Quoted are words that hold those that are sought, if there are such, else those that carry the claim.
    """
    rows = {row["id"]: (name, row) for name in RECORDS for row in rows_in(tables, name)}
    return {one: _outline(tables, *rows[one], sought) for one in ids if one in rows}


def _outline(tables: Tables, table: str, row: Mapping, sought: str) -> Outline:
    words = fields(tables, row)
    what, who, when = {
        "chairmanships": lambda: (f"{words['State']} in the chair", row["person"], term_dates(row)),
        "events": lambda: (title_and_place(row), row["chair"], row["date_words"]),
        "attendance": lambda: (f"{words['Party']}: {words['Status']}", row["person"], words["Session"]),
        "documents": lambda: (f"{words['Title']}: {statuses(row)}", "", words["Occasion"]),
        "document_counts": lambda: (f"{row['count']} documents {row['verb']}", "", words["Occasion"]),
        "priorities": lambda: (row["summary"], "", f"Priority of the term of {words['Term']}"),
        "threats": lambda: (
            f"{words['Category']}: {row['summary']}",
            row["speaker"],
            occasion(tables, row["event"]),
        ),
    }[table]()
    place = quoted(tables, row["id"], MAIN[table], sought)
    if place is None:
        return Outline(capital(what), name_of(tables, who), when, "", "", "")
    source = row_with(tables, "sources", place["source"])
    where = f"{source['publisher']}, paragraph {place['paragraph']}"
    address = passage(source["url"], place["quote"])
    return Outline(capital(what), name_of(tables, who), when, place["quote"], where, address)


def with_names(tables: Tables, table: str) -> pd.DataFrame:
    """The rows of a table, after its columns those that say in words what its ids and sources stand for.

    - names of people, bodies, parties, states and categories, by NAMES
    - title, place and date of the event
    - of a record the shortest quote that carries it, where it stands, and the address of that source
    - of a paragraph publisher, title and address of its source
    """
    rows, added = rows_in(tables, table), {}
    for column, name in NAMES.items():
        if column in tables[table]:
            cells = ([name_of(tables, one) for one in split(row[column])] for row in rows)
            added[name] = [SEPARATOR.join(names) for names in cells]
    if "event" in tables[table]:
        held = [events(tables).get(row["event"], {}) for row in rows]
        added |= {f"event_{column}": [event.get(column, "") for event in held] for column in OF_EVENT}
    if table in MAIN:
        quotes = [quoted(tables, row["id"], MAIN[table]) or {} for row in rows]
        sources = [row_with(tables, "sources", quote.get("source", "")) or {} for quote in quotes]
        added |= {
            "quote": [quote.get("quote", "") for quote in quotes],
            "quote_source": [quote.get("source", "") for quote in quotes],
            "quote_publisher": [source.get("publisher", "") for source in sources],
            "quote_paragraph": pd.array([quote.get("paragraph") for quote in quotes], dtype="Int64"),
            "source_url": [source.get("url", "") for source in sources],
        }
    else:
        sources = [row_with(tables, "sources", row["source"]) for row in rows]
        added |= {f"source_{column}": [source[column] for source in sources] for column in OF_SOURCE}
    return tables[table].assign(**added)


def quoted(tables: Tables, record: str, field: str, sought: str = "") -> Mapping | None:
    """The shortest place of those that hold the words sought, else that carry the field, else of all."""
    support = [place for place in places(tables, record) if place["relation"] != "contradicts"]
    carrying = [place for place in support if field in split(place["proves"])] or support
    carrying = [place for place in support if sought and folded(sought) in folded(place["quote"])] or carrying
    return min(carrying, key=lambda place: len(place["quote"]), default=None)

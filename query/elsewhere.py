"""Rows of every kind that a view selects and a page does not show, in numbers that lead to them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from query.nouns import (
    ANNOUNCED_EVENT,
    DOCUMENT,
    EVENT,
    MATTER,
    PRIORITY,
    REPORTED_NUMBER,
    SEAT,
    STATEMENT,
    TERM,
)
from query.records import RECORDS, Tables
from query.select import select
from query.view import View
from query.words import joined

# Table -> the page that shows its rows.
PAGES = {
    "events": "overview",
    "chairmanships": "chairmanship",
    "priorities": "chairmanship",
    "attendance": "attendance",
    "documents": "documents",
    "document_counts": "documents",
    "threats": "threats",
}
NOUNS = {
    "events": (EVENT, ANNOUNCED_EVENT),
    "chairmanships": (TERM,),
    "priorities": (PRIORITY,),
    "attendance": (SEAT,),
    "documents": (DOCUMENT, MATTER),
    "document_counts": (REPORTED_NUMBER,),
    "threats": (STATEMENT,),
}


class Hits(NamedTuple):
    """Rows of one kind: how many in words (`1 place at a session`), the page that shows them.

    `opens` is the first of those that no chart draws, the priorities; else it is empty.
    """

    words: str
    page: str
    opens: str


def elsewhere(tables: Tables, view: View, shown: Mapping[str, Iterable[str]]) -> tuple[Hits, ...]:
    """What a search finds beside the rows that a page shows; nothing without a search.

    `tables` are all tables, `shown` has the ids of the rows that the page shows, by table.
    """
    if not view.q:
        return ()
    selected = select(tables, view)
    found = []
    for name in RECORDS:
        rows = selected[name]
        rows = rows[~rows["id"].isin(frozenset(shown.get(name, ())))]
        if len(rows):
            opens = rows["id"].iloc[0] if name == "priorities" else ""
            found.append(Hits(_counted(name, rows), PAGES[name], opens))
    return tuple(found)


def _counted(name: str, rows: pd.DataFrame) -> str:
    """`2 events and 1 announced event`: the rows of one table by what they are."""
    found = rows.to_dict("records")
    numbers = ((noun, sum(map(noun.holds, found))) for noun in NOUNS[name])
    return joined(noun.counted(number) for noun, number in numbers if number)

"""How many rows a search selects that a page does not show, by kind, and which page shows them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from query.records import RECORDS, Tables
from query.select import select
from query.topics import shown_by
from query.view import View
from query.words import joined


class Hits(NamedTuple):
    """Rows of one kind: how many in words (`1 place at a session`), the page that shows them.

    `opens` is the id of the first row if no chart draws rows of this kind, else empty.
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
    hits = []
    for name in RECORDS:
        rows = selected[name]
        rows = rows[~rows["id"].isin(frozenset(shown.get(name, ())))]
        if len(rows):
            topic = shown_by(name)
            opens = "" if name in topic.tables else rows["id"].iloc[0]
            hits.append(Hits(kinds(name, rows), topic.page.name, opens))
    return tuple(hits)


def kinds(name: str, rows: pd.DataFrame) -> str:
    """`2 events and 1 announced event`: the rows of one table by what they are."""
    mappings, topic = rows.to_dict("records"), shown_by(name)
    nouns = (noun for noun in (*topic.nouns, *topic.beside) if noun.table == name)
    numbers = ((noun, sum(map(noun.holds, mappings))) for noun in nouns)
    return joined(noun.counted(number) for noun, number in numbers if number)

"""Rows that hold the words someone looks for."""

import pandas as pd

from query.names import NAMED, RESERVED
from query.records import RECORDS, Tables, only

TEXTS = ("title", "summary", "note", "region", "role", "verb", "place", "motto")
# A search is visible text, so what joins or divides letters unseen cannot be asked for.
_SAME = str.maketrans("’", "'", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
NAMES = ("person", "speaker", "chair", "party", "state", "body", "category")


def search(tables: Tables, words: str) -> dict[str, pd.DataFrame]:
    """The records that hold the words: in their own text, their quotes, or a name that they point at.

    Large and small letters are the same, and so are the two signs for an apostrophe; invisible signs do not
    count.
    """
    needle, quotes = _folded(words), tables["evidence"]
    quoted = set(quotes.loc[_hold(quotes["quote"], needle), "record"])
    named = _named(tables, needle)
    found = dict(tables)
    for name in RECORDS:
        rows = tables[name]
        keep = rows["id"].isin(quoted)
        for column in rows.columns.intersection(TEXTS):
            keep |= _hold(rows[column], needle)
        for column in rows.columns.intersection(NAMES):
            keep |= rows[column].isin(named)
        found[name] = only(rows, keep.astype(bool))
    return found


def _named(tables: Tables, needle: str) -> set[str]:
    """Ids of the people, states, bodies and categories whose name holds the words, in any spelling."""
    found = {identifier for identifier, name in RESERVED.items() if needle in _folded(name)}
    for table, column in NAMED.items():
        rows = tables[table]
        spelled = rows[column]
        if "also_spelled" in rows.columns:
            spelled = spelled + " " + rows["also_spelled"]
        found |= set(rows.loc[_hold(spelled, needle), "id"])
    return found


def _hold(values: pd.Series, needle: str) -> pd.Series:
    return values.map(lambda value: needle in _folded(value)).astype(bool)


def _folded(text: str) -> str:
    return text.casefold().translate(_SAME)

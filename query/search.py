"""Rows that hold the words someone looks for."""

from collections.abc import Mapping

from loaders.quotes import words
from query.records import Tables, rows_in, whole
from query.selection import remembered
from query.wording import NAMED, RESERVED

TEXTS = ("title", "summary", "note", "region", "role", "verb", "place", "motto")
NAMES = ("person", "speaker", "chair", "party", "state", "body", "category")


def holding(tables: Tables, name: str, sought: str) -> set[str]:
    """Ids of the records of one table that hold the words: in their own text, their quotes, the place of
    their event, or a name that they point at, in any of its spellings. Where no word is sought, none.

    They are compared as `verify` compares a quote: what stands between words makes no difference, nor do
    large letters, ligatures and other forms of a letter, and what cannot be seen.
    """
    needle = folded(sought)
    if not needle:
        return set()
    return {record for record, texts in _texts(tables, name).items() if any(needle in text for text in texts)}


@remembered
def _texts(tables: Tables, name: str) -> Mapping[str, list[str]]:
    """id -> the texts of a record in which words are looked for, folded."""
    rows, quotes, named = tables[name], _quotes(tables), _named(tables)
    texts_of = {record: list(quotes.get(record, ())) for record in rows["id"].tolist()}
    for column in rows.columns.intersection(TEXTS):
        for texts, cell in zip(texts_of.values(), rows[column].tolist(), strict=True):
            texts.append(folded(cell))
    for column in rows.columns.intersection(NAMES):
        for texts, cell in zip(texts_of.values(), rows[column].tolist(), strict=True):
            texts.append(named.get(cell, ""))
    if "event" in rows.columns:
        places = {row["id"]: folded(row["place"]) for row in rows_in(whole(tables), "events")}
        for texts, event in zip(texts_of.values(), rows["event"].tolist(), strict=True):
            texts.append(places.get(event, ""))
    return texts_of


@remembered
def _quotes(tables: Tables) -> Mapping[str, set[str]]:
    """id of a record -> its quotes, folded."""
    quotes: dict[str, set[str]] = {}
    rows = tables["evidence"]
    for record, quote in zip(rows["record"].tolist(), rows["quote"].tolist(), strict=True):
        quotes.setdefault(record, set()).add(folded(quote))
    return quotes


@remembered
def _named(tables: Tables) -> Mapping[str, str]:
    """Id of a person, state, body or category -> its name with all spellings, folded."""
    names = {identifier: folded(name) for identifier, name in RESERVED.items()}
    for table, column in NAMED.items():
        rows = tables[table]
        spelled = rows[column]
        if "also_spelled" in rows.columns:
            spelled = spelled + " " + rows["also_spelled"]
        for identifier, name in zip(rows["id"].tolist(), spelled.tolist(), strict=True):
            names[identifier] = f"{names.get(identifier, '')} {folded(name)}".strip()
    return names


def folded(text: str) -> str:
    """A text as it is compared: its words, see `loaders.quotes`, with one blank between them."""
    return " ".join(words(text))

"""From a record to the words it rests on, from a paragraph or an event to the records."""

from collections.abc import Mapping

import pandas as pd

from query.records import RECORDS, SEPARATOR, Tables, is_filled_in
from query.selection import remembered

PLACE = {"source": "str", "paragraph": "int64", "quote": "str", "relation": "str", "proves": "str"}


def evidence(tables: Tables, record: str) -> pd.DataFrame:
    """One row a quoted place of a record, in file order: `source, paragraph, quote, relation, proves`.

    `proves` holds the fields that the words support or contradict (`relation`), joined with ~; it is empty
    for a further mention.
    """
    return pd.DataFrame(places(tables, record), columns=list(PLACE)).astype(PLACE)


@remembered
def places(tables: Tables, record: str) -> tuple[Mapping, ...]:
    """The rows of `evidence` as mappings, which are shared: nobody may change them."""
    rows = tables["evidence"].iloc[_rows_of(tables).get(record, [])]
    columns = [rows[name].tolist() for name in ("source", "paragraph", "quote", "relation", "field")]
    proves: dict[tuple, list[str]] = {}
    for *place, field in zip(*columns, strict=True):
        proves.setdefault(tuple(place), []).append(field)
    values = [(*place, SEPARATOR.join(fields)) for place, fields in proves.items()]
    return tuple(dict(zip(PLACE, place, strict=True)) for place in values)


@remembered
def _rows_of(tables: Tables) -> Mapping[str, list[int]]:
    """record -> the numbers of its rows in the table of evidence."""
    numbers: dict[str, list[int]] = {}
    for number, record in enumerate(tables["evidence"]["record"].tolist()):
        numbers.setdefault(record, []).append(number)
    return numbers


@remembered
def facts_of_paragraph(tables: Tables, source: str, paragraph: int) -> list[str]:
    """Ids of the records that cite a paragraph, in file order."""
    rows = tables["evidence"]
    cited = rows[(rows["source"] == source) & (rows["paragraph"] == paragraph)]
    return list(dict.fromkeys(cited["record"]))


@remembered
def records_of_event(tables: Tables, event: str) -> dict[str, list[str]]:
    """table -> ids of the records of an event: stated attendance, documents, counts, threats."""
    records = {}
    for name in RECORDS:
        rows = tables[name]
        if "event" in rows.columns:
            standing = zip(rows["event"].tolist(), rows["id"].tolist(), strict=True)
            records[name] = [
                record for held_at, record in standing if held_at == event and not is_filled_in(record)
            ]
    return records

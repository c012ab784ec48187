"""From a record to the words it rests on, from a paragraph or an event to the records."""

from collections.abc import Mapping

import pandas as pd

from query.address import RECORDS

Tables = Mapping[str, pd.DataFrame]


def evidence(tables: Tables, record: str) -> pd.DataFrame:
    """One row a quoted place of a record, in file order: `source, paragraph, quote, proves` (fields joined with ~)."""
    rows = tables["evidence"]
    rows = rows[rows["record"] == record]
    items = rows.groupby(["source", "paragraph", "quote"], sort=False)["field"]
    return items.agg(lambda fields: "~".join(field for field in fields if field)).rename("proves").reset_index()


def facts_of_paragraph(tables: Tables, source: str, paragraph: int) -> list[str]:
    """Ids of the records that cite a paragraph, in file order."""
    rows = tables["evidence"]
    cited = rows[(rows["source"] == source) & (rows["paragraph"] == paragraph)]
    return list(dict.fromkeys(cited["record"]))


def records_of_event(tables: Tables, event: str) -> dict[str, list[str]]:
    """The ids of what stands with an event, by table: attendance that is stated, documents, counts, threats."""
    found = {}
    for name in RECORDS:
        rows = tables[name]
        if "event" in rows.columns:
            rows = rows[rows["event"] == event]
            found[name] = list(rows.loc[~rows["id"].str.contains(".", regex=False), "id"])
    return found

"""Addresses: what `sel` in the URL and every mark's `customdata` may hold."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

Tables = Mapping[str, pd.DataFrame]

RECORDS = (
    "events",
    "chairmanships",
    "priorities",
    "attendance",
    "documents",
    "document_counts",
    "threats",
)


class Address(NamedTuple):
    """`kind` is record, cell, paragraph or bar.

    record: `table` and `key`, its id. cell: an event (`key`) and a party (`part`) that nobody mentions.
    paragraph: a source (`key`) and a number (`part`). bar: a category (`key`) and a year (`part`).
    """

    kind: str
    table: str
    key: str
    part: str = ""


def resolve(text: str, tables: Tables) -> Address | None:
    """What an address stands for in these tables, or None."""
    key, _, part = text.partition(".")
    if not part:
        for table in RECORDS:
            if tables[table]["id"].eq(text).any():
                return Address("record", table, text)
        return None
    attendance = tables["attendance"]
    if attendance["id"].eq(text).any():
        return Address("cell", "attendance", key, part)
    stated = attendance[attendance["event"].eq(key) & attendance["party"].eq(part)]
    if len(stated):
        return Address("record", "attendance", stated["id"].iloc[0])
    if not re.fullmatch("[1-9][0-9]{0,5}", part):
        return None
    paragraphs = tables["paragraphs"]
    if (paragraphs["source"].eq(key) & paragraphs["paragraph"].eq(int(part))).any():
        return Address("paragraph", "paragraphs", key, part)
    threats = tables["threats"]
    if (threats["category"].eq(key) & threats["year"].eq(int(part))).any():
        return Address("bar", "threats", key, part)
    return None

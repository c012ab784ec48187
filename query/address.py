"""Addresses: what `sel` in the URL and every mark's `customdata` may hold."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from query.coverage import axis_years
from query.records import RECORDS, Tables, place_of, row_with
from query.selection import remembered


class Address(NamedTuple):
    """What an address stands for; `kind` is record, cell, paragraph or bar.

    record: `table` and `key`, its id. cell: an event (`key`) and a party (`part`) that nobody mentions.
    paragraph: a source (`key`) and a number (`part`). bar: a category (`key`) and a year of the axis
    (`part`), whether or not a statement falls there.
    """

    kind: str
    table: str
    key: str
    part: str = ""


def resolve(text: str, tables: Tables) -> Address | None:
    """What an address stands for in these tables, or None."""
    return _resolved(tables, text)


@remembered
def _resolved(tables: Tables, text: str) -> Address | None:
    if not re.fullmatch(r"[\w.-]+", text, re.ASCII):  # a table raises when asked for a lone surrogate
        return None
    key, dot, part = text.partition(".")
    if not dot:
        table = next((name for name in RECORDS if key in place_of(tables, name)), None)
        return Address("record", table, key) if table else None
    return _seat(key, part, tables) or _numbered(key, part, tables)


def row_of(tables: Tables, address: Address) -> Mapping:
    """The row of a record. Raises KeyError for an address that is no record of these tables."""
    row = row_with(tables, address.table, address.key)
    if row is None:
        raise KeyError(address.key)
    return row


def _seat(event: str, party: str, tables: Tables) -> Address | None:
    """`EVENT.PARTY`: the record of a party where there is one, else the place that nobody mentions."""
    identifier = _seats(tables).get((event, party))
    if identifier is None:
        return None
    if identifier == f"{event}.{party}":
        return Address("cell", "attendance", event, party)
    return Address("record", "attendance", identifier)


@remembered
def _seats(tables: Tables) -> Mapping[tuple[str, str], str]:
    """Event and party -> the id of their row."""
    rows = tables["attendance"]
    return dict(zip(zip(rows["event"], rows["party"], strict=True), rows["id"], strict=True))


@remembered
def _paragraphs(tables: Tables) -> frozenset[tuple[str, int]]:
    """Source and number of every paragraph."""
    columns = (tables["paragraphs"][name].tolist() for name in ("source", "paragraph"))
    return frozenset(zip(*columns, strict=True))


def _numbered(key: str, part: str, tables: Tables) -> Address | None:
    """`SOURCE.N` or `CATEGORY.YEAR`. Each has one spelling: no zero in front, no other digits."""
    if not re.fullmatch("[1-9][0-9]{0,5}", part):
        return None
    number = int(part)
    if (key, number) in _paragraphs(tables):
        return Address("paragraph", "paragraphs", key, part)
    if key in place_of(tables, "categories") and number in axis_years(tables):
        return Address("bar", "threats", key, part)
    return None

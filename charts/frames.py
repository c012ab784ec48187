"""The tables that the topics hand over: marks, what was left out, and the twin, with fixed columns."""

import weakref
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from charts.grid import Item
from query.nouns import ACTION, THREAT, Noun

Tables = Mapping[str, pd.DataFrame]

_records: dict[int, tuple[weakref.ref, list[dict]]] = {}  # of a table, by its place in memory


def records(table: pd.DataFrame | Sequence[dict]) -> list[dict]:
    """The rows of a table as dicts, which are shared: nobody may change them. Rows as dicts stay as they are.

    Every part of a card goes through the same rows, so they are kept as long as their table lives.
    """
    if not isinstance(table, pd.DataFrame):
        return list(table)
    known, rows = _records.get(id(table), (None, ()))
    if known is None or known() is not table:
        names = list(table.columns)
        # column by column, because `to_dict` takes twice the time for text
        columns = [values.tolist() for _, values in table.items()]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        _records[id(table)] = weakref.ref(table, partial(_forget, id(table))), rows
    return list(rows)


def _forget(place: int, _: weakref.ref) -> None:
    _records.pop(place, None)


def whole(tables: Tables, name: str) -> pd.DataFrame:
    """A table that no filter cuts, where the caller hands it over as `all_NAME`; else what is selected.

    A filter may take a row away and leave others that refer to it, or that are counted beside it.
    """
    return tables[f"all_{name}" if f"all_{name}" in tables else name]


def twin_frame(rows: Sequence[Mapping], columns: Sequence[str]) -> pd.DataFrame:
    """The table twin. Every cell is text or a whole number; silence is said in words by the caller."""
    return pd.DataFrame(list(rows), columns=["Record", *columns])


def year_of(value) -> int | None:
    """A nullable year of the tables as a plain number, or None."""
    # `pd.isna` asks of what kind a value is, which takes ten times as long; NaN is not equal to itself
    return None if value is None or value is pd.NA or value != value else int(value)


def said(value: str, silence: str = "not stated") -> str:
    """Text, or the words for its absence."""
    return value or silence


def disputed(items: Iterable[Item]) -> str:
    """The fields of any of these items that quoted words contradict: what a bar of many says."""
    return "~".join(dict.fromkeys(part for item in items for part in item.contradicted.split("~") if part))


class Leaders(NamedTuple):
    """The values of a column that most statements of a noun share: `most` of `total` each."""

    values: list[str]
    noun: Noun
    most: int
    total: int

    @property
    def numbers(self) -> str:
        """`4 of 37 threats each`."""
        return f"{self.most} of {self.noun.counted(self.total)}" + " each" * (len(self.values) > 1)

    @property
    def singles(self) -> bool:
        """Whether each value has one statement and so none leads."""
        return self.most == 1 and len(self.values) > 1


def leaders(tables: Tables, column: str) -> Leaders | None:
    """Which values of a column have the most threats, or the most actions where no threat is selected.

    All that share the lead, in file order. None without a statement.
    """
    for noun in (THREAT, ACTION):
        values = Counter(row[column] for row in records(tables["threats"]) if noun.holds(row))
        if values:
            most = max(values.values())
            leading = [value for value, number in values.items() if number == most]
            return Leaders(leading, noun, most, values.total())
    return None

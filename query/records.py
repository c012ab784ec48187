"""The tables that hold records, and what a record of each claims."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from query.selection import remembered

Tables = Mapping[str, pd.DataFrame]

# The fields that make up a record's claim: they must still be supported when a source is set aside.
# A priority claims its summary, which no field of the evidence names: any evidence supports it.
CLAIM = {
    "events": ("status",),
    "chairmanships": ("state",),
    "priorities": (),
    "attendance": ("status",),
    "documents": ("status",),
    "document_counts": ("count",),
    "threats": ("speaker", "expressed_as"),
}
RECORDS = tuple(CLAIM)

SEPARATOR = "~"  # between the parts of a list, in a cell and in the URL
NOT_STATED = "not_stated"  # the status of a party that nobody mentions
ATTENDANCE = ("present", "absent", NOT_STATED)  # every status of a party


@remembered
def place_of(tables: Tables, table: str) -> Mapping[str, int]:
    """id -> number of its row, of one table."""
    return {identifier: number for number, identifier in enumerate(tables[table]["id"].tolist())}


@remembered
def row_with(tables: Tables, table: str, identifier: str) -> Mapping | None:
    """The row of an id in one table, or None."""
    number = place_of(tables, table).get(identifier)
    if number is None:
        return None
    return {name: values[number] for name, values in _columns(tables, table).items()}


@remembered
def _columns(tables: Tables, table: str) -> Mapping:
    """name -> column of one table; kept, because finding a column takes longer than reading a cell of it."""
    return {name: values.array for name, values in tables[table].items()}


def whole(tables: Tables) -> Tables:
    """The tables that no filter cuts; of plain tables, which are no selection, the tables themselves.

    A filter may take a row away and leave others that refer to it, or that are counted beside it.
    """
    return getattr(tables, "whole", tables)


@remembered
def rows_in(tables: Tables, name: str) -> tuple[Mapping, ...]:
    """The rows of a table as mappings, which are shared: nobody may change them. A missing year is None.

    Kept, because every part of a chart goes through them: 1 to 2 ms a table.
    """
    rows = tables[name]
    columns = [
        rows[column].astype(object).where(rows[column].notna(), None).tolist()
        if rows[column].dtype == "Int64"
        else rows[column].tolist()
        for column in rows
    ]
    return tuple(dict(zip(rows.columns, row, strict=True)) for row in zip(*columns, strict=True))


def source_names(tables: Tables) -> dict[str, str]:
    """id of a source -> its publisher; where several have one publisher, with the id behind it."""
    rows = rows_in(tables, "sources")
    times = Counter(row["publisher"] for row in rows)
    return {
        row["id"]: f"{row['publisher']} ({row['id']})" if times[row["publisher"]] > 1 else row["publisher"]
        for row in rows
    }


def split(cell: str) -> list[str]:
    """The parts of a cell that holds a list; none for an empty one."""
    return cell.split(SEPARATOR) if cell else []


def parts_of(values: Iterable[str]) -> list[str]:
    """Every part that occurs in a column of lists, once, in the order of its first row."""
    return list(dict.fromkeys(part for cell in values for part in split(cell)))


def only(rows: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """The rows to keep, numbered anew; where that is all of them, the same table."""
    if keep.all():
        return rows
    kept = rows.loc[keep.to_numpy()]
    kept.index = pd.RangeIndex(len(kept))  # `reset_index` takes as long as the selection
    return kept


def is_filled_in(identifier: str) -> bool:
    """Whether an id names no record but a place that the program filled in: `EVENT.PARTY`."""
    return "." in identifier


def filled_in(rows: pd.DataFrame) -> pd.Series:
    """For each row, whether it is no record but a place that the program filled in."""
    return pd.Series(map(is_filled_in, rows["id"].tolist()), index=rows.index, dtype=bool)

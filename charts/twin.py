"""The table beside a chart: what it shows, a row a record, in words."""

from collections.abc import Iterable, Mapping

import pandas as pd

from charts.grid import Grid

WHERE = "On the chart"  # the column that says why a record is not drawn


def twin(
    rows: Iterable[tuple[str, Mapping[str, str | int]]], columns: Iterable[str], grid: Grid
) -> pd.DataFrame:
    """The columns `Record`, those asked for, and WHERE: `yes`, or why it is left out.

    `rows` pairs an address with its fields in words; one that lacks a column has an empty cell there.
    """
    reasons = {one.address: one.reason for one in grid.left_out}
    return pd.DataFrame(
        [
            [address, *(fields.get(column, "") for column in columns), reasons.get(address, "yes")]
            for address, fields in rows
        ],
        columns=["Record", *columns, WHERE],
    )


def in_order(rows: Iterable[Mapping], grid: Grid) -> list[Mapping]:
    """Rows in the order of their marks, those that are left out at the end."""
    place = {item.address: number for number, item in enumerate(grid.records)}
    return sorted(rows, key=lambda row: place.get(row["id"], len(place)))

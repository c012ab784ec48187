"""What the tests of the query share: the tables of a dataset, and ways to look at them."""

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from query.records import RECORDS
from tests.frozen import served


@pytest.fixture(scope="session")
def tables() -> Mapping[str, pd.DataFrame]:
    return served().tables


@pytest.fixture(scope="session")
def addresses(tables) -> dict[str, list[str]]:
    """Every address of the dataset by kind: record, cell, seat (of a stated party), paragraph, bar."""
    attendance, paragraphs, threats = tables["attendance"], tables["paragraphs"], tables["threats"]
    silent = attendance["status"] == "not_stated"
    seats = attendance["event"] + "." + attendance["party"]
    bars = threats.dropna(subset=["year"])
    return {
        "record": [
            record for name in RECORDS for record in tables[name]["id"] if record not in set(seats[silent])
        ],
        "cell": list(seats[silent]),
        "seat": list(seats[~silent]),
        "paragraph": [f"{row.source}.{row.paragraph}" for row in paragraphs.itertuples()],
        "bar": sorted({f"{row.category}.{row.year}" for row in bars.itertuples()}),
    }


@pytest.fixture(scope="session")
def emptied(tables) -> Callable[..., dict[str, pd.DataFrame]]:
    """The tables with some of them emptied."""

    def empty(*names: str) -> dict[str, pd.DataFrame]:
        return {name: rows.iloc[:0] if name in names else rows for name, rows in tables.items()}

    return empty


@pytest.fixture
def changed(tables) -> Callable[..., dict[str, pd.DataFrame]]:
    """The tables with values of one record changed."""

    def change(table: str, record: str, **values) -> dict[str, pd.DataFrame]:
        rows = tables[table].copy()
        assert rows["id"].eq(record).any()
        for column, value in values.items():
            rows.loc[rows["id"] == record, column] = value
        return {**tables, table: rows}

    return change

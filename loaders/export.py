"""Export: tables as CSV files that a spreadsheet opens without running anything in them."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from csv import QUOTE_NONNUMERIC
from pathlib import Path

import pandas as pd

# A cell that begins with one of these may be run as a formula; the last ones are their full-width forms.
RUNNABLE = tuple("=+-@|%\t\r＝＋－＠｜％")


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8, lines end in `\\n`, missing is empty, and runnable text gets a leading `'`."""
    return table.map(_harmless).to_csv(index=False, lineterminator="\n").encode()


def spreadsheet(table: pd.DataFrame) -> bytes:
    """The same for people: begins with the mark by which Excel knows UTF-8, and every text is in quotes, for
    LibreOffice takes a semicolon for the end of a cell too.
    """
    rows = table.map(_harmless)
    return BOM_UTF8 + rows.to_csv(index=False, lineterminator="\n", quoting=QUOTE_NONNUMERIC).encode()


def write(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as NAME.csv into a folder that is there."""
    for name, table in tables.items():
        replace(folder / f"{name}.csv", csv(table))


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: on a full disk the one that was there stays. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNNABLE) else cell

"""Export: tables as CSV files that a spreadsheet opens without running anything in them."""

import shutil
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
    replace({folder / f"{name}.csv": csv(table) for name, table in tables.items()})


def replace(files: Mapping[Path, bytes]) -> None:
    """Write all of these files, each whole, or none: on a full disk those that were there stay.

    They are written beside the old ones, and take their places and permissions when all are there; behind a
    link it is the file that it leads to. What is no file, such as /dev/null, is written to as it is. Raises
    OSError with the name of the file.
    """
    places = {path: path.resolve() for path in files if path.is_file() or not path.exists()}
    parts = {path: place.with_name(f"{place.name}.part") for path, place in places.items()}
    path = None
    try:
        for path, content in files.items():
            parts.get(path, path).write_bytes(content)
        for path, part in parts.items():
            if path.exists():
                shutil.copymode(path, part)
            part.replace(places[path])
    except OSError as error:
        error.filename = path  # the system names none where there is no room
        raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNNABLE) else cell

"""The files of the data release: `files/release.zip`. Each is made when it is asked for first."""

from importlib import import_module
from typing import NamedTuple

import query
from loaders import Dataset

NAME = "release"


class File(NamedTuple):
    """A file to take: its label and use, its name in the release (empty: all of them in a ZIP), its type."""

    label: str
    use: str
    name: str
    kind: str


# by their ending
FILES = {
    "zip": File(
        "Whole release (ZIP)", "data package with CSV, Parquet, SQLite, checksums", "", "application/zip"
    ),
    "sqlite": File("SQLite", "every table, keys to follow", "csto.sqlite", "application/vnd.sqlite3"),
    "csv": File(
        "Statements (CSV)",
        "for programs: a row for each field and the words that prove it",
        "statements.csv",
        "text/csv",
    ),
}


@query.kept(len(FILES))
def file(dataset: Dataset, ending: str) -> bytes:
    """One of FILES."""
    files, name = _files(dataset), FILES[ending].name
    return files[name] if name else import_module("exports.release").archive(files)


@query.kept(1)
def _files(dataset: Dataset) -> dict[str, bytes]:
    """The release by file name. What writes Parquet is loaded for those alone who ask."""
    return import_module("exports.release").release(dataset)

"""On the Sources page: the dataset to take along, and how far its two codings agree."""

from functools import lru_cache
from importlib import import_module

import pandas as pd
import streamlit as st

import query
from loaders import ROOT, Dataset
from ui import paging
from ui.text import write

UNITS = ROOT / "docs" / "agreement.csv"
# ending of a file, its label, the file of the release (empty: all of them in a ZIP), its media type, its use
FILES = (
    (
        "zip",
        "Whole release (ZIP)",
        "",
        "application/zip",
        "data package with CSV, Parquet, SQLite, checksums",
    ),
    ("sqlite", "SQLite", "csto.sqlite", "application/vnd.sqlite3", "every table, keys to follow"),
    (
        "csv",
        "Statements (CSV)",
        "statements.csv",
        "text/csv",
        "a row for each field and the words that prove it",
    ),
)


def release(page) -> None:
    """The files of the data release; each is made when it is asked for."""
    with st.container(key="release", gap="xsmall"):
        write("sources.release", dataset=page.dataset)
        for ending, label, name, kind, use in FILES:
            st.download_button(
                f"{label} :gray[{use}]",
                lambda name=name: _file(page.dataset, name),
                file_name=f"csto-{page.dataset.version}-{page.dataset.hash}.{ending}",
                mime=kind,
                key=f"release_{ending}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )


@lru_cache(len(FILES))
def _file(dataset: Dataset, name: str) -> bytes:
    files = _files(dataset)
    return files[name] if name else import_module("exports.release").archive(files)


@lru_cache(1)
def _files(dataset: Dataset) -> dict[str, bytes]:
    """The release by file name. What writes Parquet is loaded for those alone who ask."""
    return import_module("exports.release").release(dataset)


def agreement(page) -> None:
    """How often the two codings agree, by field; and every difference with what was settled."""
    found = _agreement()
    with st.container(key="agreement", gap="xsmall"):
        fields, differing = found["fields"], found["differences"]
        units, agreeing = int(fields["Units"].sum()), int(fields["Agree"].sum())
        write(
            "sources.agreement",
            agreeing=agreeing,
            units=units,
            coders=query.CODERS,
            fewest=query.FEWEST,
        )
        paging.table("Agreement by field", fields)
        label = f"Where they differ, and what was settled: {len(differing)}"
        with st.expander(label, key="differences", on_change="rerun") as fold:
            if fold.open:
                paging.table("Differences of the two codings", differing)


@lru_cache(1)
def _agreement() -> dict[str, pd.DataFrame]:
    """The two tables of the page, in words."""
    units = pd.read_csv(UNITS, dtype=str, keep_default_na=False)
    fields, differing = query.agreement(units), query.differences(units)
    alpha = [
        f"{value:.2f}" if pd.notna(value) else remark
        for value, remark in zip(fields["alpha"], fields["remark"], strict=True)
    ]
    return {
        "fields": pd.DataFrame(
            {
                "Field": fields["field"],
                "Units": fields["n"],
                "Agree": fields["agree"],
                "Differ": fields["differ"],
                "Alpha": alpha,
            }
        ),
        "differences": differing[["source", "paragraph", "field", "first", "second", "settled"]].rename(
            columns=str.capitalize
        ),
    }

"""The dataset that is served and the view in the URL."""

import os
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

import query
from loaders import Dataset, InvalidData, load
from query import View

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Served:
    """The last good dataset (None if there never was one), and what is wrong with the file as it is now."""

    dataset: Dataset | None
    stamp: tuple
    problems: tuple[str, ...] = ()
    noticed: datetime | None = None


def data_file() -> Path:
    """The file that is served: `data/curated.yaml`, or the one that CSTO_DATA names."""
    return Path(os.environ.get("CSTO_DATA") or ROOT / "data" / "curated.yaml")


@st.cache_resource(show_spinner=False)
def _box() -> dict:
    return {"lock": threading.Lock(), "served": Served(None, ())}


def originals_folder() -> Path:
    """Where the source texts are looked for: the folder that CSTO_ORIGINALS names, or `data/originals/`."""
    return Path(os.environ.get("CSTO_ORIGINALS") or ROOT / "data" / "originals")


def served() -> Served:
    """What is served now. A changed file is read again; while it is not in order, the last good one stays."""
    box, path = _box(), data_file()
    stamp = _stamp(path)
    if box["served"].stamp != stamp:
        with box["lock"]:
            if box["served"].stamp != stamp:
                box["served"] = _read(path, stamp, box["served"].dataset)
    return box["served"]


def _stamp(path: Path) -> tuple:
    try:
        status = path.stat()
    except OSError:
        return ("missing",)
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _read(path: Path, stamp: tuple, last_good: Dataset | None) -> Served:
    try:
        return Served(load(path), stamp)
    except InvalidData as error:
        problems = tuple(str(problem) for problem in error.problems)
    except OSError:
        problems = (f"{path.name}: the file cannot be read",)
    return Served(last_good, stamp, problems, datetime.now().astimezone())


def read_view(dataset: Dataset) -> tuple[View, tuple[str, ...]]:
    """The view that the URL holds, and a notice for each value that was dropped from it."""
    view, notices = query.parse(st.query_params.to_dict(), dataset.tables)
    selected = query.resolve(view.sel, dataset.tables)
    if selected and selected.kind == "record":  # EVENT.PARTY of a party that has a record is that record
        view = replace(view, sel=selected.key)
    if view.data and view.data != dataset.hash:
        notices += (f"This link was made with dataset {view.data}; shown is dataset {dataset.hash}.",)
    return view, notices


def show(view: View) -> None:
    """Make this the view: write it to the URL. For callbacks; the page is drawn from the URL afterwards."""
    st.query_params.from_dict(query.dump(view))


def link(view: View, dataset: Dataset) -> str:
    """The address of the current page with the whole view, defaults written out."""
    base = (st.context.url or "").split("?")[0]
    written = query.dump(query.full(view, dataset.tables, dataset.hash))
    return f"{base}?{urlencode(written, safe='~')}"

"""Under the title, while something is searched for: in which other kinds of records it is found."""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import streamlit as st

import query
from query.records import RECORDS
from ui.card import rows_of
from ui.text import literal, write


def elsewhere(page, charts: Sequence[ModuleType], files: dict[str, tuple[str, str, str]]) -> None:
    """What the search finds beside the rows of the page's charts: numbers, each a link that keeps the view.

    `files` has the file, the label and the question of every page.
    """
    shown: dict[str, list[str]] = {}
    for chart in charts:
        for name, rows in rows_of(page, chart).items():
            if name in RECORDS:
                shown.setdefault(name, []).extend(rows["id"].tolist())
    found = query.elsewhere(page.dataset.tables, page.view, shown)
    if not found:
        return
    if not shown:  # a chart of paragraphs, which a search does not filter
        where = "found in"
    else:
        where = "also found in" if any(shown.values()) else "not found on this chart, but in"
    with st.container(key="elsewhere", horizontal=True, vertical_alignment="center", gap="small"):
        write("frame.elsewhere", words=page.view.q, where=where)
        for hits in found:
            file, label, _ = files[hits.page]
            st.page_link(
                file,
                label=literal(f"{hits.words} ({label})"),
                query_params=query.dump(replace(page.view, sel=hits.opens, present="")),
            )

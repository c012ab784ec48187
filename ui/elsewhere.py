"""Under the title, while something is searched for: in which other kinds of records it is found."""

from dataclasses import replace

import streamlit as st

import query
from query import PAGES
from query.records import RECORDS
from ui.card import rows_of
from ui.text import literal, write


def elsewhere(page) -> None:
    """What the search finds beside the rows of the page's charts: numbers, links that keep the view."""
    shown: dict[str, list[str]] = {}
    for chart in page.topic.charts:
        for name, rows in rows_of(page, chart.name).items():
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
            st.page_link(
                PAGES[hits.page].file,
                label=literal(f"{hits.words} ({PAGES[hits.page].label})"),
                query_params=query.dump(replace(page.view, sel=hits.opens, present="")),
            )

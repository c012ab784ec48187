"""One chairmanship: motto, priorities, and what happened in its years."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

import query
from query.words import capital
from ui import paging
from ui.text import write


def term(page, row, go_list: Callable[..., None]) -> None:
    """All that the sources say about a term, each item a way to its own evidence.

    `row` is the term's row; `go_list(page, title, addresses, number)` draws a list of records to open, which
    says how many there are: `number`, or as many as there are addresses.
    """
    tables = page.supported
    shown = query.of_term(tables, row["id"])
    write("panel.motto", motto=row["motto"])
    priorities = shown["priorities"]
    if priorities:
        go_list(page, "Priorities", priorities)
    else:
        write("panel.no_priorities")
    years = query.term_years(tables, row["id"], query.axis_years(page.dataset.tables))
    silent = tuple(year for year in years if year not in query.years_covered(tables))
    if silent:
        write("panel.silent_years", silence=capital(query.uncovered(silent)))
    go_list(page, "Events", shown["events"])
    go_list(page, "Announced, not known to be held", shown["announced"])
    numbers = [
        {"occasion": query.occasion(tables, session["event"]), **session}
        for session in query.attendance_numbers(tables, shown["sessions"])
    ]
    if numbers:
        write("panel.attendance", numbers=paging.part(numbers, f"attendance_{row['id']}"))
    go_list(page, "Said to be absent", shown["absent"])
    go_list(page, "Numbers of documents reported", shown["document_counts"])
    go_list(page, "Documents", shown["documents"])
    go_list(page, "Proposals and other matters", shown["matters"])
    go_list(page, "Statements, by category", shown["bars"], len(shown["threats"]))
    carried = query.dump(replace(page.view, years=years, sel=""))
    with st.container(horizontal=True, gap="medium", key="term_pages"):
        st.page_link("pages/threats.py", label="Its statements", query_params=carried)
        st.page_link("pages/documents.py", label="Its documents", query_params=carried)
        st.page_link("pages/attendance.py", label="Its attendance", query_params=carried)

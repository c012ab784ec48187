"""One chairmanship: motto, priorities, and what happened in its years."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

import query
from charts import theme
from query.words import joined
from ui import paging
from ui.text import each, write


def term(page, row, go_list: Callable[[object, str, list[str]], None]) -> None:
    """All that the sources say about a term, each item a way to its own evidence.

    `row` is the term's row; `go_list(page, title, addresses)` draws a list of records to open.
    """
    tables = page.dataset.tables
    shown = query.of_term(page.supported, row["id"])
    write(
        '<p class="motto">Motto: <span class="quoted">{motto}</span></p>'
        if row["motto"]
        else '<p class="soft">No source read names a motto of this term.</p>',
        motto=row["motto"],
    )
    priorities = shown["priorities"]
    if priorities:
        go_list(page, "Priorities", priorities)
    else:
        write('<p class="soft">No source read lists priorities of this term.</p>')
    years = query.term_years(tables, row["id"])
    if not shown["events"] and not shown["threats"]:
        silent = [str(year) for year in years if year not in query.years_covered(tables)]
        if silent:
            write(
                '<p class="soft">{years}: {silence}.</p>',
                years=joined(silent),
                silence=theme.UNCOVERED,
            )
    go_list(page, "Sessions and other events", shown["events"])
    numbers = query.attendance_numbers(page.supported, shown["sessions"])
    if numbers:
        write(
            "<h3>Attendance</h3><ul>{items}</ul>",
            items=each(
                "<li>{occasion}: {present} present, {absent} absent, {not_stated} not stated</li>",
                paging.part(numbers, f"attendance_{row['id']}"),
            ),
        )
    go_list(page, "Said to be absent", shown["absent"])
    go_list(page, "Counts of documents reported", shown["document_counts"])
    go_list(page, "Documents named", shown["documents"])
    go_list(page, "Threats and priorities, by category", shown["bars"])
    carried = query.dump(replace(page.view, years=years, sel=""))
    with st.container(horizontal=True, gap="medium", key="term_pages"):
        st.page_link("pages/threats.py", label="Its threats", query_params=carried)
        st.page_link("pages/documents.py", label="Its documents", query_params=carried)
        st.page_link("pages/attendance.py", label="Its attendance", query_params=carried)

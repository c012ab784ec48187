"""Compare two years or two speakers: what both state, what only one of them; each item opens its evidence."""

from dataclasses import replace

import streamlit as st

import query
from query.words import capital
from ui import paging, state
from ui.record_list import Line, record_list
from ui.text import write

CHOOSE = "Choose …"


def comparison(page) -> None:
    """A card with two choices and three lists. Years or speakers that the page filters by do not cut it."""
    tables = page.dataset.tables
    options = [str(year) for year in query.axis_years(tables)] + list(query.choices(tables)["speakers"])
    first, second = page.view.compare or ("", "")
    with st.container(key="compare", gap="small"):
        write("compare.head")
        with st.container(horizontal=True, gap="medium"):
            _choice(page, "First", options, first, "compare_first")
            _choice(page, "Second", options, second, "compare_second")
        if page.view.compare:
            _lists(page, first, second)
        else:
            write("compare.invitation")


def _choice(page, label: str, options: list[str], chosen: str, key: str) -> None:
    if page.view.compare:  # a single choice waits in the widget until the other one is made
        st.session_state[key] = chosen
    st.selectbox(
        label,
        options,
        index=None,
        key=key,
        placeholder=CHOOSE,
        format_func=lambda option: query.name_of(page.dataset.tables, option),
        on_change=_compare,
    )


def _compare() -> None:
    chosen = (st.session_state["compare_first"] or "", st.session_state["compare_second"] or "")
    if query.sides(state.served().dataset.tables, chosen):
        state.change(compare=chosen)
    elif all(chosen):
        state.change(compare=())


def _lists(page, first: str, second: str) -> None:
    tables = query.select(page.dataset.tables, replace(page.view, years=(), speakers=()))
    names = [query.name_of(page.dataset.tables, side) for side in (first, second)]
    covered = query.years_covered(page.supported)
    silent = [side for side in (first, second) if side.isdigit() and int(side) not in covered]
    if silent:
        years = tuple(int(year) for year in silent)
        write("compare.uncovered", silence=capital(query.uncovered(years)))
        return
    rows = query.compare(tables, first, second)
    for where, title in (
        ("both", "Stated in both"),
        ("first", f"Only in {names[0]}; not stated in our sources for {names[1]}"),
        ("second", f"Only in {names[1]}; not stated in our sources for {names[0]}"),
    ):
        here = rows[rows["where"] == where]
        number = here["category"].nunique()
        categories = f"{number} {'category' if number == 1 else 'categories'}"
        write("parts.heading", title=title, number=categories if number else "none")
        with st.container(horizontal=True, gap="medium"):
            part = paging.part(here[["label", "address"]], f"compare_{where}")
            record_list(map(Line, part["label"], part["address"]), "compare")

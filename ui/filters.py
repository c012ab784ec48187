"""The filters of each page: native controls with counts, written to the URL."""

import streamlit as st

import query
from query.topics import Filter
from query.view import LISTS
from query.words import joined
from ui import state
from ui.text import literal

STATED = ("stated",)
FEW = 3  # as many choices stand side by side; more go into a menu
MANY = 100  # more sources are only sent to whoever opens the menu


def filters(page) -> None:
    """The page's filters in one row, what every page has, and a button that lifts every restriction."""
    with st.container(
        key="filters",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="right",
        width="content",
        gap="xsmall",
    ):
        for one in page.topic.filters:
            _filter(page, one)
        _support(page)
        restricted = any(getattr(page.view, name) for name in LISTS) or page.view.q
        if restricted:
            st.button("Show all", key="show_all", type="tertiary", on_click=_lift)


def _support(page) -> None:
    """Search, and what every claim may have to rest on: the same on every page."""
    view, tables = page.view, page.dataset.tables
    st.session_state["filter_q"] = view.q
    st.session_state["filter_stated"] = view.basis == STATED
    st.session_state["filter_without"] = list(view.without)
    active = sum(map(bool, (view.q, view.basis, view.without)))
    note = f":primary[{active} set]" if active else ":gray[none set]"
    sources = query.choices(tables)["without"]
    opens = "rerun" if len(sources) > MANY else "ignore"
    with st.popover(f"Search and evidence {note}", key="popover_support", on_change=opens) as popover:
        if popover.open is False:  # None where the menu is sent whether or not it is open
            return
        st.text_input(
            "Search summaries, quotes and names",
            key="filter_q",
            max_chars=100,
            on_change=lambda: state.change(q=st.session_state["filter_q"]),
        )
        st.toggle(
            "Stated only: hide records whose claim is inferred",
            key="filter_stated",
            on_change=lambda: state.change(basis=STATED if st.session_state["filter_stated"] else ()),
        )
        st.pills(
            "Without these sources",
            sources,
            selection_mode="multi",
            key="filter_without",
            format_func=lambda source: literal(query.name_of(tables, source)),
            on_change=lambda: state.change(without=tuple(st.session_state["filter_without"])),
        )


def restriction(page) -> str:
    """One visible line where claims or sources are set aside; empty where nothing is."""
    parts = []
    if page.view.basis:
        parts.append(f"only what is {joined(page.view.basis)}")
    if page.view.without:
        names = [query.name_of(page.dataset.tables, source) for source in page.view.without]
        parts.append(f"nothing that rests on {joined(names)} alone, be it a record, a date or a name")
    return f"Every chart, count and table here shows {' and '.join(parts)}." if parts else ""


def _filter(page, one: Filter) -> None:
    parameter, label, table = one.name, one.label, page.topic.cut_by(one)
    tables = page.dataset.tables
    options = query.options(tables, parameter, table)
    numbers = query.counts(tables, page.view, parameter, table)
    chosen = [choice for choice in getattr(page.view, parameter) if choice in options]
    key = f"filter_{parameter}"
    st.session_state[key] = chosen

    covered = query.years_covered(page.supported)
    none = "–" if page.view.years and covered.isdisjoint(page.view.years) else "0"

    def named(choice: str) -> str:
        name = one.called.get(choice) or query.name_of(tables, choice)
        return f"{literal(name[:1].upper() + name[1:])} :gray[{numbers.get(choice, none)}]"

    control = {
        "selection_mode": "multi",
        "key": key,
        "format_func": named,
        "on_change": _choose,
        "args": (parameter, [choice for choice in getattr(page.view, parameter) if choice not in options]),
    }
    if len(options) <= FEW:
        st.segmented_control(label, options, label_visibility="collapsed", **control)
        return
    note = f":primary[{len(chosen)} of {len(options)}]" if chosen else f":gray[all {len(options)}]"
    with st.popover(f"{label} {note}", key=f"popover_{parameter}"):
        st.pills(label, options, **control)


def _choose(parameter: str, elsewhere: list[str]) -> None:
    state.change(**{parameter: (*elsewhere, *st.session_state[f"filter_{parameter}"])})


def _lift() -> None:
    state.change(q="", **{name: () for name in LISTS})

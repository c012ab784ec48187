"""The chairmanship ribbon: the terms on a true time axis, the years beneath; both are filters."""

from collections.abc import Collection, Mapping
from datetime import date

import streamlit as st

import query
from query.nouns import Noun
from ui import state
from ui.text import literal


def ribbon(page) -> None:
    """One block a term, one field a year. A click on a block sets the years to its term, another clears."""
    tables, supported = page.dataset.tables, page.supported
    years = query.axis_years(tables)
    if not years:
        return
    terms, noun = _terms(supported), page.topic.by_year
    numbers = query.by_years(tables, page.view, noun) if noun else {}
    covered = query.years_covered(page.supported)
    opened = page.view.sel if page.topic.of_terms and page.view.sel in terms else None
    st.session_state["terms"] = opened or query.term_of(supported, page.view.years, years) or None
    st.session_state["ruler"] = list(page.view.years)
    st.html(_style(supported, years, covered))
    with st.container(key="ribbon", gap=None):
        st.segmented_control(
            "Chairmanship, by term",
            list(terms),
            format_func=lambda term: _term_label(supported, terms[term]),
            key="terms",
            width="stretch",
            wrap=False,
            label_visibility="collapsed",
            on_change=_pick_term,
            args=(page.topic.of_terms, supported, years),
        )
        st.segmented_control(
            "Years shown",
            list(years),
            format_func=lambda year: _year_label(year, numbers, covered, noun),
            selection_mode="multi",
            key="ruler",
            width="stretch",
            wrap=False,
            label_visibility="collapsed",
            on_change=_pick_years,
        )


@query.remembered
def _style(tables, years: tuple[int, ...], covered: frozenset[int]) -> str:
    return f"<style>{_widths(_terms(tables).values(), years)}{_hatches(years, covered)}</style>"


@query.remembered
def _terms(tables) -> dict[str, dict]:
    """The terms that have a place on the axis: those with a date."""
    rows = tables["chairmanships"].to_dict("records")
    return {row["id"]: row for row in rows if row["start_earliest"] or row["end_latest"]}


def _pick_term(opens: bool, supported: query.Tables, axis: tuple[int, ...]) -> None:
    """Show the years of the term that was clicked; where it `opens` there, as the record too."""
    term = st.session_state["terms"]
    years = query.term_years(supported, term, axis) if term else ()
    if opens:
        state.change(years=years, sel=term or "")
    else:
        state.change(years=years)


def _pick_years() -> None:
    state.change(years=tuple(sorted(st.session_state["ruler"])))


def _term_label(tables, term) -> str:
    first, last = term["start_earliest"][:4], term["end_latest"][:4]
    span = (
        f"into {last}"
        if not first
        else f"from {first}"
        if not last
        else first
        if first == last
        else f"{first}–{last[2:]}"
    )
    inferred = ", announced" * query.is_announced(term) + ", inferred" * (term["basis"] == "inferred")
    state_name, code = literal(query.name_of(tables, term["state"])), literal(term["state"])
    return f":small[{span}{inferred}] **{state_name}** *’{(first or last)[2:]}* *{code}*"


def _year_label(year: int, numbers: Mapping[int, int], covered: Collection[int], noun: Noun | None) -> str:
    if year not in covered:
        return f"{year} :gray[no report]"
    if noun is None:
        return str(year)
    number = numbers.get(year, 0)
    return f"{year} :gray[{noun.counted(number) if number else query.NONE_REPORTED}]"


def _widths(terms, years) -> str:
    """CSS: a block is as wide as its term, and begins where the term begins."""
    start, end = float(years[0]), float(years[-1] + 1)
    position, rules = start, []
    for number, term in enumerate(terms, 1):
        left = max(_place(term["start_earliest"], start), position)
        right = min(_place(term["end_latest"], end, after=True), end)
        right = max(right, left + 0.2)
        gap, width = (left - position) / (end - start), (right - left) / (end - start)
        edges = "border-style:dashed;" * (term["basis"] == "inferred")
        edges += "border-right-style:none;" * (not term["end"])
        edges += "border-left-style:none;" * (not term["start"])
        edges += "border-left-width:0;" * (number > 1 and left == position)  # the neighbour's edge is there
        rules.append(
            f".st-key-terms [role=radiogroup]>:nth-child({number})"
            f"{{flex:0 0 {width:.2%};margin-left:{gap:.2%};min-width:0;{edges}}}"
        )
        position = right
    return "".join(rules)


def _place(day: str, otherwise: float, *, after: bool = False) -> float:
    if not day:
        return otherwise
    value = date.fromisoformat(day)
    return value.year + (value.timetuple().tm_yday - (0 if after else 1)) / (
        366 if value.year % 4 == 0 else 365
    )


def _hatches(years, covered) -> str:
    """CSS: a year that no source covers is hatched; on a phone words and numbers beside a year are heard."""
    places = [
        f".st-key-ruler [role]>:nth-child({number})"
        for number, year in enumerate(years, 1)
        if year not in covered
    ]
    hatched = "".join(f"{place}{{background:var(--hatch)}}" for place in places)
    hidden = "position:absolute;left:0;max-width:1px;overflow:hidden;clip-path:inset(50%)"
    unseen = f".st-key-ruler [role] p span{{{hidden}}}"
    return f"{hatched}@media (max-width:860px){{{unseen}}}"

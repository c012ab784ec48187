"""A page: masthead, ribbon, notices, title and filters around its charts and the evidence; footer."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

import query
from query import PAGES, Topic, View
from ui import filters, ribbon, state, tray
from ui.card import card
from ui.elsewhere import elsewhere
from ui.panel import panel
from ui.state import Page, page_of
from ui.text import write

NAME = "CSTO, on the record"
RARELY = "1h"  # an interval after which a part of a page runs by itself, though nothing asks for it


def page(
    name: str,
    *,
    below: Callable[[Page], None] | None = None,
    otherwise: Callable[[Page], None] | None = None,
) -> None:
    """Draw a page: a card for each of its charts beside the evidence, whose steps walk the first of them.

    `below` draws what stands under the cards, `otherwise` what the evidence panel holds while nothing is
    selected.
    """
    stamp = state.served().stamp
    begun = _begin(PAGES[name])
    _head(begun)
    if begun.topic.charts:
        elsewhere(begun)
    if begun.topic.of_terms:  # the ribbon shows which term is open
        _body(begun, below, otherwise)
        _rerun_when_connected_again()
    else:
        _alone(name, stamp, replace(begun.view, sel=""), below, otherwise)
    _footer(begun)


@st.fragment(run_every=RARELY)
def _alone(name: str, stamp: tuple, around: View, *parts: object) -> None:
    """The body of a page. It runs by itself when a mark is opened: nothing around it depends on that.

    Whatever else has changed, the data too, makes the whole page run. Streamlit keeps the arguments for each
    visitor, so tables are not among them. For `run_every` see `_rerun_when_connected_again`.
    """
    served = state.served()
    view, _ = state.read_view(served.dataset)
    if served.stamp != stamp or replace(view, sel="") != around:
        st.rerun()
    _body(page_of(PAGES[name], served.dataset, view), *parts)


def _body(page: Page, below, otherwise) -> None:
    if not page.topic.charts:
        below(page)
        return
    # one below the other on a small screen
    chart_column, evidence_column = st.columns([2.3, 1], gap="medium")
    with chart_column:
        for chart in page.topic.charts:
            card(page, chart.name)
        if below:
            below(page)
    with evidence_column:
        panel(page, otherwise)


def _begin(topic: Topic) -> Page:
    """Set up a page and draw what stands above its title. Without a good dataset it says so and stops."""
    st.set_page_config(
        page_title=f"{topic.label} · {NAME}",
        page_icon="▪",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    served = state.served()
    if served.dataset is None:
        _masthead(topic, View())
        write("frame.no_data")
        write("frame.problems", problems=served.problems)
        _rerun_when_connected_again()
        st.stop()
    view, notices = state.read_view(served.dataset)
    page = page_of(topic, served.dataset, view)
    if view.present:
        _rerun_when_connected_again()
        tray.present(page)
        st.stop()
    with st.container(key="aid"):
        _skip(topic)
    _masthead(topic, view)
    ribbon.ribbon(page)
    if served.problems:
        noticed = f"{served.fault.noticed_at:%H:%M on %-d %B %Y}"
        write("frame.last_good", time=noticed, hash=served.dataset.hash)
        write("frame.problems", problems=served.problems)
    for notice in notices:
        write("frame.notice", text=notice)
    return page


@st.fragment(run_every=RARELY)
def _rerun_when_connected_again() -> None:
    """Nothing. But where a part of a page runs by itself, the browser runs the whole page as soon as it is
    connected again: after a server was lost, the one that takes over knows the view before the next click.
    """


def _head(page: Page) -> None:
    """The title, the sentence that says what is shown, and the page's filters."""
    with st.container(key="head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(key="title", gap="xxsmall"):
            st.title(page.topic.question, anchor=False)
            if page.topic.nouns:
                sentence = query.sentence(page.dataset.tables, page.view, page.topic.name)
            else:
                sentence = tray.sentence(page)
            write("frame.shown", sentence=sentence, restriction=filters.restriction(page))
        filters.filters(page)


def _footer(page: Page) -> None:
    """What the dataset is, and that the project is nobody's organ."""
    with st.container(key="footer"):
        write("frame.footer", dataset=page.dataset)


def _skip(topic: Topic) -> None:
    """Links past masthead, ribbon and filters, seen when they have the focus."""
    links = {f"chart-{chart.name}": "Skip to the chart" for chart in topic.charts[:1]}
    links |= {"evidence": "Skip to the evidence"} if links else {"shown": "Skip to the slides"}
    write("frame.skip", links=links)


def _masthead(topic: Topic, view: View) -> None:
    carried = query.dump(replace(view, sel="", present=""))
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", gap="small"):
        write("frame.name", name=NAME)
        with st.container(key="nav", horizontal=True, wrap=False, gap="small", width="content"):
            for page in PAGES.values():
                label = f"**{page.label}**" if page is topic else page.label
                st.page_link(page.file, label=label, query_params=carried)

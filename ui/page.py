"""A page: what stands above its charts, the charts beside the evidence, what it adds, and its foot."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

import query
from exports.templates import render
from query import PAGES, Topic, View
from query.topics import HOME
from ui import NAME, state, tray
from ui.card import card
from ui.elements import element
from ui.elsewhere import elsewhere
from ui.filters import filters, restrictions
from ui.findings import findings
from ui.panel import panel
from ui.ribbon import ribbon
from ui.state import Page, page_of
from ui.text import write

RARELY = "1h"  # an interval after which a part of a page runs by itself, though nothing asks for it


def page(
    name: str,
    *,
    below: Callable[[Page], None] | None = None,
    otherwise: Callable[[Page], None] | None = None,
) -> None:
    """Draw a page: a card for each of its charts beside the evidence, whose steps walk the first of them.

    `below` draws what stands under the cards, `otherwise` what the evidence panel holds while nothing is
    selected. Without a good dataset it says so.
    """
    topic, served = PAGES[name], state.served()
    st.set_page_config(
        page_title=title_of(topic),
        page_icon="▪",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    _rerun_when_connected_again()
    if served.dataset is None:
        _top(topic, View())
        write("frame.no_data")
        write("frame.problems", problems=served.problems)
        return
    view, notices = state.read_view(served.dataset)
    drawn = page_of(topic, served.dataset, view, state.page_address(topic))
    if view.present:
        tray.present(drawn)
        return
    if not topic.charts:
        notices = (*notices, *tray.notices(drawn))
    said = [{"text": notice, "alert": False} for notice in (*notices, state.made_with(drawn)) if notice]
    if served.problems:
        noticed = f"{served.fault.noticed_at:%H:%M on {served.fault.noticed_at.day} %B %Y}"
        banner = render("frame.last_good", time=noticed, hash=served.dataset.hash)
        said.insert(0, {"text": banner, "alert": True})
    _top(topic, view, ribbon=ribbon(drawn), notices=said, problems=served.problems, head=_head(drawn))
    _body(drawn, below, otherwise)


def title_of(topic: Topic) -> str:
    """What a browser's tab and a preview call a page."""
    return f"{topic.label} · {NAME}"


def _body(page: Page, below, otherwise) -> None:
    """What is below the head. The foot ends the column of the charts, so that the evidence beside them stays
    in view to the end of the page.
    """
    if not page.topic.charts:
        below(page)
        _footer(page)
        return
    # one below the other on a small screen
    chart_column, evidence_column = st.columns([2.3, 1], gap="medium")
    with chart_column:
        for chart in page.charts:
            card(page, chart.name)
        if below:
            below(page)
        _footer(page)
    with evidence_column:
        panel(page, otherwise)


def _footer(page: Page) -> None:
    with st.container(key="footer"):
        write("frame.footer", dataset=page.dataset)


def _top(topic: Topic, view: View, *, ribbon: str = "", notices=(), problems=(), head: str = "") -> None:
    """What stands above the cards, as one element: each that Streamlit draws takes the browser 2 ms."""
    carried = query.dump(replace(view, sel="", present=""))
    skips = [(f"chart-{chart.name}", "Skip to the chart") for chart in topic.charts[:1]]
    skips += [("evidence", "Skip to the evidence")] if skips else [("shown", "Skip to the slides")]
    nav = [
        {
            "address": state.addressed(one.relative, carried),
            "label": one.label,
            "chosen": "" if one.charts else len(view.tray) or "",
            "here": one is topic,
        }
        for one in PAGES.values()
    ]
    html = render(
        "top.top",
        skips=skips if head else [],
        name=NAME,
        nav=nav,
        search=render("top.search", words=view.q) if head else "",
        ribbon=ribbon,
        notices=notices,
        problems=problems,
        head=head,
    )
    element("part")(key="top", data={"html": html, "asked": state.pairs()})


def _head(page: Page) -> str:
    """The title, the sentence that says what is shown, the page's filters, and what else a search finds."""
    if page.topic.nouns:
        sentence = query.sentence(page.dataset.tables, page.view, page.topic.name)
    else:
        sentence = tray.sentence(page)
    head = render(
        "top.head",
        question=page.topic.question,
        sentence=sentence,
        restrictions=restrictions(page),
        filters=filters(page),
        findings=findings(page) if page.topic.name == HOME else "",
    )
    return head + elsewhere(page)


@st.fragment(run_every=RARELY)
def _rerun_when_connected_again() -> None:
    """Nothing. But where a part of a page runs by itself, the browser runs the whole page as soon as it is
    connected again: after a server was lost, the one that takes over knows the view before the next click.
    """

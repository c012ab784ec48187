"""The evidence panel beside a chart, and the page that each place in it has as an address of its own.

    evidence/minsk-2023?page=threats&years=2023

A click fetches that page and shows it at once (`parts/panel.js`); then the address of the dashboard, which
holds the view, is changed, and Streamlit sends the same again.
"""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

import query
from exports.templates import render
from loaders import Dataset
from query import PAGES, View
from ui import state
from ui.asked import Refused, asked
from ui.card import behind, order
from ui.elements import element
from ui.evidence import Opened, evidence
from ui.state import Page, page_of

PLACES_KEPT = 500  # 12 KB each, 1.5 ms to make; each is asked for twice, by a click and the run after it
NOTHING = "No record, occasion or paragraph has this address."


def panel(page: Page, otherwise: Callable | None = None) -> None:
    """Draw the panel. `otherwise` draws what stands below the invitation while nothing is selected."""
    with st.container(key="evidence", gap="small"):
        data = {
            "html": _html(page.dataset, page.topic.name, page.view, page.at),
            "sel": page.view.sel,
            "asked": st.query_params.get("sel", ""),
            "around": page.around,
        }
        element("panel")(key="panel", data=data)
        if otherwise and not page.view.sel:
            otherwise(page)


@query.kept(PLACES_KEPT)
def _html(dataset: Dataset, topic: str, view: View, at: str, part: int = 1) -> str:
    page = page_of(PAGES[topic], dataset, view, at)
    return evidence(Opened(page, order(page), behind(page), part))


def answer(request: Request) -> Response:
    """The page of one place under a view, or in words why there is none."""
    try:
        dataset, topic, view, at, part, _ = asked(request, NOTHING, request.path_params["address"])
    except Refused as refused:
        return PlainTextResponse(str(refused), refused.status)
    html = _html(dataset, topic.name, view, at, part)
    link = state.addressed(at, query.dump(replace(view, data=dataset.hash)))
    body = render("frame.page", title=query.claim(dataset.tables, view.sel), inside=html, link=link)
    return HTMLResponse(body, headers={"Cache-Control": "no-cache"})

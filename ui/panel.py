"""The evidence panel beside a chart, and the page that each place in it has as an address of its own.

    evidence/minsk-2023?page=threats&years=2023

A click fetches that page and shows it at once (`parts/panel.js`); then the address of the dashboard, which
holds the view, is changed, and Streamlit sends the same again.
"""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

import query
from exports.templates import render
from loaders import Dataset
from query import PAGES, View
from ui import state
from ui.card import behind, order
from ui.elements import element
from ui.evidence import Opened, evidence
from ui.state import Page, page_of

PLACES_KEPT = 500  # 12 KB each, 1.5 ms to make; each is asked for twice, by a click and the run after it


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


@lru_cache(PLACES_KEPT)
def _html(dataset: Dataset, topic: str, view: View, at: str, part: int = 1) -> str:
    page = page_of(PAGES[topic], dataset, view, at)
    return evidence(Opened(page, order(page), behind(page), part))


def answer(request: Request) -> Response:
    """The page of one place under a view, or in words why there is none."""
    dataset = state.served().dataset
    if dataset is None:
        return PlainTextResponse("There is no good data at the moment.", 503)
    try:
        values = state.parameters(request.url.query)
    except ValueError as refused:
        return PlainTextResponse(str(refused), 400)
    topic, at, part = values.pop("page", "overview"), values.pop("at", ""), values.pop("part", "1")
    sel = request.path_params["address"]
    view, notices = query.parse(values | {"sel": sel}, dataset.tables)
    if not view.sel or topic not in PAGES or not PAGES[topic].charts or not part.isdecimal():
        return PlainTextResponse("No record, occasion or paragraph has this address.", 404)
    if notices:
        said = "\n".join(notices)
        return PlainTextResponse(f"Not all of this address is known:\n{said}", 400)
    page = urlsplit(at)  # a link to another host, or one that runs, is not ours to show
    if page.scheme not in ("http", "https") or page.netloc != request.url.netloc:
        at = f"{request.base_url}{topic}"
    view = state.normal(view, dataset)
    html = _html(dataset, topic, view, at, max(int(part), 1))
    link = state.link(view, dataset, at)
    body = render("frame.page", title=query.claim(dataset.tables, view.sel), inside=html, link=link)
    return HTMLResponse(body, headers={"Cache-Control": "no-cache"})

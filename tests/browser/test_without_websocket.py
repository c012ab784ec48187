"""Where nothing comes over the websocket the page says so, and leads to what needs none."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from query import CHARTS

pytestmark = pytest.mark.fresh

WAYS = {
    "closed at once": lambda connection: connection.close(),
    "open but silent": lambda connection: None,
}


@pytest.fixture(params=WAYS)
def page(request, new_context, browser_log) -> Page:
    """A browser in whose network no websocket gets through."""
    page = new_context().new_page()

    def blocked(connection: WebSocketRoute) -> None:
        WAYS[request.param](connection)

    page.route_web_socket(re.compile("_stcore/stream"), blocked)
    yield page
    browser_log.console.clear()  # of failed websockets, which are what this is about


def test_a_blocked_websocket_is_said_in_words_and_leads_to_pictures_tables_csv_and_the_offline_page(
    page, server_url
):
    page.goto(f"{server_url}/threats?years=2022")
    notice = page.locator("#unconnected")
    expect(notice).to_be_visible()
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("websocket")
    notice.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All charts as files")
    expect(page.locator("main")).to_contain_text("2022")
    picture = page.get_by_role("img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle()
    )
    single = [chart for chart in CHARTS.values() if not chart.of_pair]
    assert page.get_by_role("heading", level=2).all_inner_texts() == [chart.label for chart in single]
    base = page.evaluate("document.baseURI")
    for kind, type_ in (("Table", "text/html"), ("CSV", "text/csv"), ("Offline page", "text/html")):
        way = page.get_by_role("link", name=re.compile(f"^{kind}")).last.get_attribute("href")
        assert "years=2022" in way
        answer = page.request.get(urljoin(base, way))
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, type_), way


def test_the_notice_goes_when_the_page_is_drawn_after_all(new_context, server_url):
    page = new_context().new_page()
    silent: list[WebSocketRoute] = []
    blocked = True

    def passed(connection: WebSocketRoute) -> None:
        if blocked:
            silent.append(connection)
        else:
            connection.connect_to_server()

    page.route_web_socket(re.compile("_stcore/stream"), passed)
    page.goto(f"{server_url}/threats")
    expect(page.locator("#unconnected")).to_be_visible()
    blocked = False
    for connection in silent:
        connection.close()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#unconnected")).to_be_hidden()


def test_a_page_that_is_drawn_shows_no_notice(dashboard):
    page = dashboard.open("/threats")
    page.evaluate("document.getElementById('unconnected').hidden = false")  # as after some seconds
    expect(page.locator("#unconnected")).to_be_hidden()


def test_without_script_the_page_leads_to_the_files(new_context, server_url):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server_url}/threats")
    page.get_by_role("link", name=re.compile("charts as pictures")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All charts as files")

"""Where nothing comes over the websocket the page says so, and leads to what needs none."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from query import CHARTS

pytestmark = pytest.mark.fresh

HEALTH = re.compile("_stcore/health")
SECONDS = 20_000  # ms, of the browser's clock, which is put forward: nobody waits for them
WAYS = {
    "closed at once": lambda connection: connection.close(),
    "open but silent": lambda connection: None,
}


@dataclass
class Net:
    """Between a browser and the server: lets websockets through, or treats them in one of these ways."""

    way: str = ""
    connections: list[WebSocketRoute] = field(default_factory=list)

    def connect(self, connection: WebSocketRoute) -> None:
        self.connections.append(connection)
        WAYS[self.way](connection) if self.way else connection.connect_to_server()

    def cut(self, way: str = "") -> None:
        """Close all that is connected; from now on those that come are treated in this way."""
        self.way = way
        while self.connections:
            self.connections.pop().close()


@pytest.fixture
def net() -> Net:
    return Net()


@pytest.fixture
def page(new_context, browser_log, net) -> Page:
    """A browser in this net."""
    page = new_context().new_page()
    page.route_web_socket(re.compile("_stcore/stream"), net.connect)
    page.clock.install()
    yield page
    browser_log.console.clear()  # of failed websockets, which are what this is about


@pytest.mark.parametrize("way", WAYS)
def test_a_blocked_websocket_is_said_in_words_and_leads_to_pictures_tables_csv_and_the_offline_page(
    page, net, way, server_url
):
    net.way = way
    page.goto(f"{server_url}/threats?years=2022")
    page.clock.fast_forward(SECONDS)
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


def test_a_lost_connection_is_said_until_it_is_back_and_what_was_chosen_meanwhile_is_shown(
    page, net, server_url
):
    net.way = "open but silent"
    page.goto(f"{server_url}/threats?years=2022")
    expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_attached()
    page.clock.fast_forward(4_500)  # a server that is reached and busy may need them
    notice = page.locator("#unconnected")
    expect(notice).to_be_hidden()
    page.clock.fast_forward(SECONDS)
    expect(notice).to_contain_text("no connection")
    net.cut()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(notice).to_be_hidden()

    page.route(HEALTH, lambda route: route.abort())
    with page.expect_console_message(lambda message: "not responding" in message.text):  # of Streamlit
        net.cut("closed at once")
        page.clock.fast_forward(SECONDS)
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("lost")
    page.get_by_role("link", name="Actions").click()
    expect(notice.get_by_role("link")).to_have_attribute("href", re.compile("expressed=priority"))
    page.unroute(HEALTH)
    net.cut()
    page.clock.fast_forward(SECONDS)
    expect(notice).to_be_hidden()
    expect(page.locator("#head")).to_contain_text("actions only")


def test_a_slow_net_has_the_time_that_it_needs(page, net, server_url):
    net.way = "open but silent"
    page.add_init_script("performance.getEntriesByType = () => [{requestStart: 0, responseStart: 600_000}]")
    page.goto(f"{server_url}/threats")
    page.clock.fast_forward(600_000)
    expect(page.locator("#unconnected")).to_be_hidden()
    page.clock.fast_forward(10 * 600_000)
    expect(page.locator("#unconnected")).to_be_visible()


def test_without_script_the_page_leads_to_the_files(new_context, server_url):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server_url}/threats")
    page.get_by_role("link", name=re.compile("charts as pictures")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All charts as files")

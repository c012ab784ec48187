"""The dashboard below a path: its own (`server.baseUrlPath`), or one that a proxy strips or passes on."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

import query
from deploy import failover
from tests.browser.conftest import Dashboard, panel, query_of, start_server

pytestmark = pytest.mark.slow  # servers of its own

PATH = "tools/csto"  # behind nginx
ENDS_AS_A_PAGE = "csto-threats"  # which Streamlit takes for the address of a page


@contextmanager
def below(folder: Path, path: str) -> Iterator[str]:
    """The address of a dashboard that knows its path."""
    server = start_server(folder, STREAMLIT_SERVER_BASE_URL_PATH=path)
    yield f"{server.address}/{path.strip('/')}"
    server.stop()


@pytest.fixture(
    scope="module",
    params=[
        ENDS_AS_A_PAGE,
        pytest.param("stripped by nginx", marks=pytest.mark.nginx),
        pytest.param("passed on by nginx", marks=pytest.mark.nginx),
    ],
)
def address(request, server, tmp_path_factory) -> Iterator[str]:
    """The address of the dashboard, without `/` at its end."""
    folder, strip = tmp_path_factory.mktemp("below"), request.param.startswith("stripped")
    with ExitStack() as running:
        if request.param == ENDS_AS_A_PAGE:
            yield running.enter_context(below(folder, ENDS_AS_A_PAGE))
            return
        replica = server.address if strip else running.enter_context(below(folder, PATH))
        site = failover.proxied([urlsplit(replica).netloc], "127.0.0.1", path=PATH, strip=strip)
        yield f"http://127.0.0.1:{running.enter_context(site)}/{PATH}"


def ask(address: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """The answer to a request; its body is read."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def followed(address: str) -> tuple[str, HTTPResponse]:
    """Where a browser arrives that follows redirects, and the answer there."""
    for _ in range(5):
        answer = ask(address, Accept="text/html")
        if answer.status not in (301, 302, 303, 307, 308):
            return address, answer
        address = urljoin(address, answer.getheader("location"))
    raise AssertionError(f"a loop of redirects at {address}")


def test_every_address_answers_below_the_path_with_what_it_is(address):
    assert b'"status":"ok"' in ask(f"{address}/healthz").body
    rows = ask(f"{address}/files/threats.csv?years=2022")
    assert (rows.status, rows.getheader("content-type")) == (200, "text/csv; charset=utf-8")
    assert rows.body.startswith(b"\xef\xbb\xbfid,") or rows.body.startswith(b"id,")
    for place in ("look.css", "files/threats.svg", "evidence/minsk-2023?page=threats"):
        answer = ask(f"{address}/{place}")
        assert answer.status == 200
        assert b'id="root"' not in answer.body, place
    page = ask(f"{address}/threats")
    assert b"<title>Threats" in page.body
    (plotly,) = re.findall(r'(?:src|href)="\./(plotly-[^"]+)"', page.body.decode())
    assert ask(f"{address}/{plotly}").getheader("content-type").startswith("text/javascript")


@pytest.mark.parametrize(
    ("asked", "arrived"),
    [
        ("", "/"), ("/threats/", "/threats"), ("/threats/x/y?years=2022", "/threats?years=2022"),
        ("/threats%2Fx/y", "/threats"),  # which nginx hands on as /threats/x/y where it strips a path
        ("/Threats?years=2022", "/threats?years=2022"), ("/THREATS/", "/threats"),
        ("/files/?years=2022", "/files/index.html?years=2022"), ("/healthz/", "/healthz"),
    ],
)  # fmt: skip
def test_a_redirect_stays_below_the_path_and_arrives(address, asked, arrived):
    place, answer = followed(address + asked)
    assert place == address + arrived
    assert answer.status == 200


def test_the_table_of_a_chart_leads_back_to_its_page_below_the_path(address):
    table = ask(f"{address}/files/threats.html?years=2022").body.decode()
    (way,) = re.findall(r'href="([^"]+)">Open in the dashboard', table)
    assert urljoin(f"{address}/", way).startswith(f"{address}/threats?years=2022")


def test_a_page_is_walked_below_the_path_and_its_files_say_where_it_is(
    address, new_dashboard: Callable[..., Dashboard]
):
    dashboard = new_dashboard()
    page = dashboard.page
    dashboard.address = address
    page.goto(f"{address}/?sel=minsk-2023")
    expect(page.get_by_role("heading", level=1)).to_have_text(query.PAGES["overview"].question)
    dashboard.settle()
    assert f"{address}/?sel=minsk-2023" in panel(page).inner_html()
    page.goto(f"{address}/threats")
    expect(page.get_by_role("heading", level=1)).to_have_text(query.PAGES["threats"].question)
    dashboard.settle()
    page.locator("#twin_threats summary").click()
    first = page.locator("#twin_threats tbody [data-sel]").first
    with dashboard.rerun():
        first.click()
    assert query_of(page)["sel"]
    cited = panel(page).inner_html()
    assert f"{address}/threats?" in cited
    with dashboard.rerun():
        page.get_by_role("link", name=re.compile("^Briefing")).click()
    with dashboard.rerun():
        page.get_by_role("button", name="Standard briefing").click()
    assert page.url.startswith(f"{address}/briefing?tray=")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("HTML")).click()
    assert download.value.path().stat().st_size

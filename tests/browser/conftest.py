"""A real server and a real browser: every test in this folder drives the dashboard as a person would.

    def test_a_click_opens_the_evidence(dashboard):   # light edition, 1440x900
        page = dashboard.open("/threats?years=2022")  # back when the page is drawn without exception
        with dashboard.rerun():                       # leaves the block when the run it caused is drawn
            page.get_by_role("link", name="Next").click()

`edition` runs a test in light and dark, `viewport` at 1440x900 and 390x844; ask for them by argument or
`usefixtures`. `@pytest.mark.dark` and `@pytest.mark.phone` choose the other one alone.

Loading the application takes most of a test's time. So tests share a tab, which a test enters from the empty
briefing, and in which it goes from address to address as Back and Forward do. A test that is about loading or
about where the focus begins, or that leaves something behind, has `@pytest.mark.fresh`: a tab of its own.
A message on the browser's console or a request to another host fails the test: see `browser_log`.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebError,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import query
from loaders import load
from tests.conftest import installed
from tests.frozen import FROZEN

ROOT = Path(__file__).parents[2]

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# each page with something selected, or with slides
SELECTED = {
    "overview": "/?sel=minsk-2023",
    "chairmanship": "/chairmanship?sel=chair-blr-2023",
    "attendance": "/attendance?sel=session-2022-11.ARM",
    "documents": "/documents?sel=statement-2022",
    "threats": "/threats?sel=tokayev-2022-afghanistan",
    "sources": "/sources?sel=s001.4",
    "briefing": "/briefing?tray=threats%3Fyears%3D2023~attendance",
}

# How long anything may take before it counts as hanging: the start of a server, a script run and its drawing,
# what a test expects of the page. Usually it takes less than a second.
RUN_SECONDS = 60
expect.set_options(timeout=1000 * RUN_SECONDS)


# ---- the server ----


@dataclass
class Server:
    """A running dashboard, with nothing in its caches that its visitors did not ask for."""

    address: str  # http://127.0.0.1:PORT
    process: subprocess.Popen
    log_file: Path

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        # a server without good data answers too, so the body decides
        return json.loads(connection.getresponse().read())["status"] != "starting"
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()


def start_server(folder: Path, root: Path = ROOT, **environment: str) -> Server:
    """Start the dashboard in a process of its own and return when it answers.

    folder receives the server's log. root has the project's files. environment is added to ours.
    """
    port = free_port()
    log_file = folder / f"server-{port}.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
            cwd=root,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log_file)
    deadline = time.monotonic() + RUN_SECONDS
    while not healthy(port):
        if process.poll() is not None or time.monotonic() > deadline:
            server.stop()
            pytest.fail(f"the dashboard did not start; its log:\n{server.log()}", pytrace=False)
        time.sleep(0.05)
    return server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that all tests share."""
    server = start_server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server_url(server: Server) -> str:
    return server.address


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start another server that nobody has visited; for the arguments see start_server."""
    started = []

    def start(root: Path = ROOT, **environment: str) -> Server:
        started.append(start_server(tmp_path, root, **environment))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def tables() -> Mapping[str, pd.DataFrame]:
    """What the server shows."""
    return load(FROZEN).tables


# ---- the browser ----


def launch_options() -> dict:
    """Drive the browser that is installed; the flags keep it from contacting hosts of its own accord."""
    return {
        "executable_path": installed("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | launch_options()


@pytest.fixture(params=["light", "dark"])
def edition(request: pytest.FixtureRequest) -> str:
    """Both color schemes, one after the other."""
    return request.param


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Both sizes of the window, one after the other."""
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args: dict, request: pytest.FixtureRequest) -> dict:
    def chosen(fixture: str, marker: str, other: object, usual: object) -> object:
        if fixture in request.fixturenames:
            return request.getfixturevalue(fixture)
        return other if request.node.get_closest_marker(marker) else usual

    return browser_context_args | {
        "color_scheme": chosen("edition", "dark", "dark", "light"),
        "viewport": chosen("viewport", "phone", PHONE, DESKTOP),
    }


@dataclass
class BrowserLog:
    """What must stay empty. A test that provokes an entry looks at it and clears it."""

    console: list[str] = field(default_factory=list)  # errors on the console, uncaught ones included
    foreign: list[str] = field(default_factory=list)  # addresses on other hosts that were asked for

    def watch(self, context: BrowserContext) -> None:
        for event, note in self._notes.items():
            context.on(event, note)

    @contextmanager
    def watching(self, context: BrowserContext) -> Iterator[None]:
        self.watch(context)
        yield
        for event, note in self._notes.items():
            context.remove_listener(event, note)

    @cached_property
    def _notes(self) -> dict[str, Callable[[object], None]]:
        return {"console": self._message, "weberror": self._error, "request": self._request}

    def _error(self, error: WebError) -> None:
        self.console.append(f"uncaught: {error.error}")

    def _message(self, message: ConsoleMessage) -> None:
        source = message.location.get("url", "")
        if message.type == "error":
            self.console.append(f"{message.text} ({source})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        # data: and blob: addresses have no host
        if address.hostname not in (None, "127.0.0.1"):
            self.foreign.append(request.url)


@pytest.fixture
def browser_log() -> Iterator[BrowserLog]:
    log = BrowserLog()
    yield log
    assert not log.foreign, "requests to other hosts"
    assert not log.console, "errors on the browser's console"


@pytest.fixture
def new_context(
    browser_log: BrowserLog, fresh_server: Callable[..., Server], new_context: Callable[..., BrowserContext]
) -> Callable[..., BrowserContext]:
    """Attach the log to pytest-playwright's own fixture of this name: a browser that has seen nothing yet.

    fresh_server is named so that servers outlive the browsers, which would log a lost connection.
    """

    def watched(**options: object) -> BrowserContext:
        context = new_context(**options)
        browser_log.watch(context)
        return context

    return watched


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A context for each edition and size: a new one fetches and compiles Streamlit and plotly for 1.5 s."""
    contexts: dict[str, BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def context(
    browser: Browser,
    contexts: dict[str, BrowserContext],
    browser_context_args: dict,
    browser_log: BrowserLog,
    fresh_server: Callable[..., Server],
) -> Iterator[BrowserContext]:
    """The context of this edition and size."""
    key = json.dumps(browser_context_args, sort_keys=True)
    if key not in contexts:
        contexts[key] = browser.new_context(**browser_context_args)
    with browser_log.watching(contexts[key]):
        yield contexts[key]
    contexts[key].clear_permissions()


SPOILT = pytest.StashKey[bool]()  # of a test that failed: what the next one would find in its tab is unknown


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep a screenshot of the page in which a test, or the first of its subtests, failed."""
    report = yield
    if report.when == "call" and report.failed and "dashboard" in item.funcargs:
        page = item.funcargs["dashboard"].page
        if not (item.stash.get(SPOILT, False) or page.is_closed()):
            name = re.sub(r"\W+", "-", item.name)[:100]
            page.screenshot(path=ROOT / "test-results" / f"{name}.png")
        item.stash[SPOILT] = True
    return report


# ---- the dashboard in it ----

SOFT = "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate', {state: {}})); }"
# resolves to the exceptions in the page, in the frame in which no script runs and nothing is a placeholder
# marks the script of an element of ours once it has run, which Streamlit has it do whenever its data change
RAN = """document.addEventListener("load", ({target}) => {
    if (target.src?.includes("bidi-components")) target.dataset.ran = true;
}, true)"""
DRAWN = """patience => new Promise((done, fail) => {
    const late = performance.now() + patience;
    const look = () => {
        const app = document.querySelector("[data-testid=stApp]");
        const waits = document.querySelector("[data-testid=stSkeleton], [data-testid=stAppSkeleton], " +
            "head script[src*=bidi-components]:not([data-ran])");
        if (app?.dataset.testScriptState === "notRunning" && !waits)
            requestAnimationFrame(() =>
                done([...document.querySelectorAll(".stException")].map(one => one.innerText)));
        else if (performance.now() > late) fail(new Error("the page is not drawn"));
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
})"""


class Dashboard:
    """One browser tab with the dashboard in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.set_default_timeout(1000 * RUN_SECONDS)
        self._requests = 0  # for a run that the browser has sent
        self._begun = 0  # of these, those that were sent before the last run began
        self._answered = 0  # of these, those whose run has ended
        self.sent: list[str] = []  # the kinds of elements that came since the last `rerun` began
        page.add_init_script(RAN)
        page.on("websocket", self._listen)

    def _listen(self, connection: WebSocket) -> None:
        connection.on("framesent", self._count_request)
        connection.on("framereceived", self._count_answer)

    def _count_request(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self._requests += 1

    def _count_answer(self, frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begun = self._requests
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._answered = self._begun
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.sent.append(message.delta.new_element.WhichOneof("type"))

    def open(self, path: str = "/", server: Server | None = None) -> Page:
        """Go to path on server (the shared one if None) and return the tab when the page is drawn.

        The first time it is loaded, then the browser stays in the application.
        """
        address = server.address if server else self.address
        if self.page.url.startswith(f"{address}/"):
            with self.rerun():
                self.page.evaluate(SOFT, path)
        else:
            self._requests = self._begun = self._answered = 0
            self.page.goto(address + path)
            self._wait(lambda: self._requests > 0, "no run was asked for")
            self.settle()
        return self.page

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Wait, at the end of the block, until the run that it asked for is finished and drawn.

        A run that was asked for before is waited for before the block, and is not taken for the block's.
        """
        self.settle()
        before = self._requests
        self.sent.clear()
        yield
        self._wait(lambda: self._requests > before, "no run was asked for")
        self.settle()

    def settle(self) -> None:
        """Wait until each run that was asked for has ended and is drawn; fail on an exception in the page."""
        self._wait(lambda: self._answered == self._requests, "a run has not ended")
        errors = self.page.evaluate(DRAWN, 1000 * RUN_SECONDS)
        assert not errors, f"{self.page.url} shows an exception: {errors}"

    def _wait(self, reached: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + RUN_SECONDS
        while not reached():
            assert time.monotonic() < deadline, f"{otherwise} at {self.page.url}"
            self.page.wait_for_timeout(5)  # lets the browser's messages in


@pytest.fixture(scope="session")
def tabs() -> dict[tuple[BrowserContext, str], Dashboard]:
    """The tab that tests share, for each context and server."""
    return {}


@pytest.fixture
def dashboard(
    request: pytest.FixtureRequest,
    context: BrowserContext,
    tabs: dict[tuple[BrowserContext, str], Dashboard],
    browser_context_args: dict,
    server_url: str,
) -> Iterator[Dashboard]:
    """The shared tab, or one for this test alone; see the top of this file."""
    if request.node.get_closest_marker("fresh"):
        dashboard = Dashboard(context.new_page(), server_url)
        yield dashboard
        dashboard.page.close()
        return
    tab = tabs.get((context, server_url))
    if not tab or tab.page.is_closed():
        tab = tabs[context, server_url] = Dashboard(context.new_page(), server_url)
    tab.open("/briefing")  # where nothing of the test before is left
    yield tab
    if request.node.stash.get(SPOILT, False) or not tab.page.url.startswith(server_url):
        tab.page.close()  # before its server stops
    if not tab.page.is_closed():
        tab.page.set_viewport_size(browser_context_args["viewport"])
        tab.page.emulate_media(color_scheme=browser_context_args["color_scheme"])


@pytest.fixture
def new_dashboard(new_context: Callable[..., BrowserContext], server_url: str) -> Callable[..., Dashboard]:
    """Another visitor's browser, with nothing remembered: new_dashboard(color_scheme="dark", …)."""

    def open_browser(**options: object) -> Dashboard:
        return Dashboard(new_context(**options).new_page(), server_url)

    return open_browser


# ---- what is on a page ----

ADDRESSES = {name: page.address for name, page in query.PAGES.items()}
READY = """selector => {
    const plot = document.querySelector(selector);
    return plot?._ev?.listenerCount("plotly_click") > 0;
}"""
# px of a chart's words, as they are seen
LETTERS = """plot => {
    const word = plot.closest(".chart").querySelector(".under p");
    const scale = plot.getBoundingClientRect().width / plot.offsetWidth;
    return parseFloat(getComputedStyle(word).fontSize) * scale;
}"""
# scrolls a mark to the middle of the window and gives the middle of the area that can be clicked
PLACE = """(plot, address) => {
    const {xaxis, yaxis} = plot._fullLayout;
    for (const trace of plot._fullData) {
        const place = trace.type === "bar" ? (trace.customdata || []).indexOf(address) : -1;
        if (place < 0) continue;
        const flat = trace.orientation === "h";
        const base = trace.base ? trace.base[place] : 0;
        const along = base + (flat ? trace.x[place] : trace.y[place]) / 2;
        const across = flat ? trace.y[place] : trace.x[place];
        const right = xaxis._offset + xaxis.c2p(flat ? along : across);
        const down = yaxis._offset + yaxis.c2p(flat ? across : along);
        const main = document.querySelector(".stMain") || document.scrollingElement;
        main.scrollTop += plot.getBoundingClientRect().y + down - innerHeight / 2;
        const edge = plot.getBoundingClientRect();
        return [edge.x + right, edge.y + down];
    }
}"""
# whether plotly says that a mark is under the pointer, in a chart that has stood still for some frames
POINTED = """([selector, address]) => new Promise(resolve => {
    const plot = document.querySelector(selector), top = plot.getBoundingClientRect().y;
    const look = left => {
        if (plot.getBoundingClientRect().y !== top) return resolve(false);
        const said = plot._hoverdata?.some(point => [point.customdata].flat()[0] === address);
        if (said) return resolve(true);
        if (left) requestAnimationFrame(() => look(left - 1)); else resolve(false);
    };
    look(30);
})"""


def query_of(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def panel(page: Page) -> Locator:
    """What is said of the selection; nothing where there is none."""
    return page.locator(".panel:not(.empty)")


def plot_of(name: str) -> str:
    """The selector of a chart, which stands in a card or, on a slide, by itself."""
    return f":is(.st-key-card_{name}, .st-key-chart_{name}) .js-plotly-plot"


def chart_of(page: Page, name: str) -> Locator:
    """A chart of the page, once it is drawn and answers a click."""
    selector = plot_of(name)
    page.wait_for_function(READY, arg=selector)
    return page.locator(selector)


def click_mark(dashboard: Dashboard, address: str, chart: str, *, clicks: int = 1) -> None:
    """Point at the mark with that address until the chart says that it is the one, and click.

    A page still moves when it is drawn: what has the focus is scrolled into view a moment later, and a click
    where the mark has just been is lost.
    """
    page = dashboard.page
    plot = chart_of(page, chart)
    dashboard.settle()
    deadline = time.monotonic() + RUN_SECONDS
    while True:
        assert time.monotonic() < deadline, f"no mark at {page.url} is known as {address}"
        place = plot.evaluate(PLACE, address)
        assert place, f"no clickable mark carries {address}"
        page.mouse.move(*place)
        if page.evaluate(POINTED, [plot_of(chart), address]):
            break
    with dashboard.rerun():
        for count in range(1, clicks + 1):
            page.mouse.down(click_count=count)
            page.mouse.up(click_count=count)


def table_rows(dashboard: Dashboard, chart: str) -> list[str]:
    """The records in a chart's table twin, which is fetched when it is opened."""
    twin = dashboard.page.locator(f"#twin_{chart}")
    if twin.get_attribute("open") is None:
        twin.locator("summary").click()
    expect(twin.locator("table")).to_be_visible()
    return twin.locator("tbody [data-sel]").evaluate_all("ways => ways.map(way => way.dataset.sel)")

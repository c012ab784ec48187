"""How fast it is, beside an empty Streamlit app and one chart of it in Dash and in Streamlit as it comes.

All are measured in one run and a real browser.

    python -m bench.speed            # a table; exit code 1 when a target is missed
    python -m bench.speed --runs 3   # fewer starts (5 unless given)

Times inside a page are taken by the page: from the pointer's release to the first frame in which the answer
stands, so neither the driver of the browser nor its polling is in them. Each figure is a median.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from bench import serving
from tests.browser.conftest import DESKTOP, PLACE, launch_options

APPS = Path(__file__).parent / "apps"
MOST_BYTES = 2.85  # MB; a Streamlit page with a chart comes with 7.4, uncompressed
CLICKS = 20  # of each kind, on one page that stays open
REST = 500  # ms after each, in which all of the answer comes, and plotly takes no double click

START, SWITCH = "process start to first chart, s", "page switch to its chart, ms"
FILTER, CLICK = "filter change to chart redrawn, ms", "click on a mark to evidence shown, ms"
BYTES, REQUESTS = "first load on the wire, MB", "requests of a first load"
PROCESSOR, MEMORY = "server processor time per filter change, ms", "memory of the server, MiB"
FIGURES = (START, FILTER, CLICK, SWITCH, BYTES, REQUESTS, PROCESSOR, MEMORY)

# Notes the time from the release of the pointer to the first frame in which an expression has another value.
CLOCK = """shown => {
    const value = new Function("return " + shown), before = value();
    window.took = null;
    addEventListener("pointerup", () => {
        const start = performance.now();
        const look = () => requestAnimationFrame(value() && value() !== before
            ? () => window.took = performance.now() - start : look);
        look();
    }, {capture: true, once: true});
}"""
CHARTS = "[...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot.checkVisibility())"
DRAWN = f"{CHARTS}.some(plot => plot.querySelector('.point'))"
# how many points each trace of the first chart has: it changes with the filter, and is cheap to ask for
POINTS = f"{CHARTS}[0]?._fullData?.map(trace => (trace.x || []).length).join()"
MARKS = "plot => plot._fullData.flatMap(trace => trace.type === 'bar' && trace.customdata || [])"


class App(NamedTuple):
    """One of those compared: how it is started, and where a person clicks."""

    name: str
    command: tuple[str, ...]
    folder: Path
    page: str  # the address that is opened
    ready: str  # an expression that holds when the page is drawn
    filter: str  # what is clicked
    filtered: str  # an expression whose value that changes
    claim: str = ""  # where the evidence of a mark stands
    pages: tuple[str, ...] = ()  # the links to another page and back


STREAMLIT = (*serving.STREAMLIT, "home.py", "--server.port", "PORT", "--server.headless", "true")
STREAMLIT += ("--browser.gatherUsageStats", "false")
GREETING = "/\\bhi\\b/.test(document.querySelector('.stMain')?.innerText)"
COMPARED = [
    App("dashboard", serving.DASHBOARD, serving.ROOT, "/threats", DRAWN,
        "#filter_expressed a", POINTS, ".panel .claim",
        ("#nav a[href*=sources]", "#nav a[href*=threats]")),
    App("empty Streamlit", STREAMLIT, APPS / "empty", "/", GREETING,
        "text=more", "document.body.innerText.split('more').length"),
    App("Streamlit, one chart", STREAMLIT, APPS / "in_streamlit", "/", DRAWN,
        ".st-key-expressed button", POINTS, ".st-key-evidence h3"),
    App("Dash", (sys.executable, "-m", "bench.apps.in_dash", "PORT"), serving.ROOT, "/", DRAWN,
        "#expressed input", POINTS, "#evidence h2", ("nav a[href='/actions']", "nav a[href='/']")),
]  # fmt: skip


def start(app: App, browser: Browser) -> Iterator[tuple[str, float]]:
    """From the start of the process to the first chart on screen, and what a first visit fetches."""
    with serving.started(*app.command, folder=app.folder, ready=serving.Server.listening) as server:
        page = browser.new_page(bypass_csp=True, viewport=DESKTOP)
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        sizes = []
        client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(server.address + app.page, wait_until="commit")
        page.wait_for_function(app.ready)
        yield START, time.perf_counter() - server.begun
        page.wait_for_load_state("networkidle")
        yield BYTES, sum(sizes) / 1e6
        yield REQUESTS, len(sizes)
        page.close()


def clicks(app: App, browser: Browser) -> Iterator[tuple[str, float]]:
    """Filter and mark, on one page that stays open; and what the server spends on a filter change."""
    with serving.started(*app.command, folder=app.folder, ready=serving.Server.listening) as server:
        page = browser.new_page(bypass_csp=True, viewport=DESKTOP)
        page.goto(server.address + app.page)
        page.wait_for_function(app.ready)
        page.wait_for_timeout(1000)
        for _ in range(2):
            timed(page, page.locator(app.filter).first.click, app.filtered)
        spent = server.use().seconds
        for _ in range(CLICKS):
            yield FILTER, timed(page, page.locator(app.filter).first.click, app.filtered)
        yield PROCESSOR, (server.use().seconds - spent) / CLICKS * 1000
        if app.claim:
            claim = f"document.querySelector('{app.claim}')?.innerText"
            plot = page.locator(".js-plotly-plot").filter(visible=True).first
            for address in plot.evaluate(MARKS)[:CLICKS]:
                place = plot.evaluate(PLACE, address)
                yield CLICK, timed(page, partial(page.mouse.click, *place), claim)
        for link in app.pages * (CLICKS // 2):
            yield SWITCH, timed(page, page.locator(link).click, POINTS)
        yield MEMORY, server.use().memory
        page.close()


def timed(page: Page, click: Callable[[], None], shown: str) -> float:
    """Milliseconds from the release of the pointer in a click until `shown` has another value, painted."""
    page.evaluate(CLOCK, shown)
    click()
    took = page.wait_for_function("window.took").json_value()
    page.wait_for_timeout(REST)
    return took


def targets(medians: pd.DataFrame) -> Iterator[tuple[str, float, float]]:
    """What has to hold, what was found, and the most that is allowed."""
    ours, dash = medians["dashboard"], medians["Dash"]
    for figure, most in ((CLICK, 0.9), (FILTER, 1.0), (START, 1.1), (SWITCH, 2.5)):
        yield f"{figure.rpartition(',')[0]}, times Dash", ours[figure] / dash[figure], most
    yield BYTES, ours[BYTES], MOST_BYTES


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="starts of each app, 5 unless given")
    options = parser.parse_args()
    rows = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        # the apps in turn, so that a busy moment of the machine meets all of them
        for measure in [start] * options.runs + [clicks] * 2:
            for app in COMPARED:
                rows += [(app.name, figure, value) for figure, value in measure(app, browser)]
    values = pd.DataFrame(rows, columns=["app", "figure", "value"])
    medians = values.pivot_table("value", "figure", "app", "median", sort=False).reindex(FIGURES)
    print(medians.to_markdown(floatfmt=".3g").replace("nan", "  –"))
    return serving.judged(targets(medians))


if __name__ == "__main__":
    sys.exit(main())

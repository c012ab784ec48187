"""How fast it is, beside an empty Streamlit app and one chart of it in Dash and in Streamlit as it comes.

All are measured in one run and a real browser.

    python -m bench.speed            # a table; exit code 1 when a target is missed
    python -m bench.speed --runs 3   # fewer starts (5 unless given)

Times inside a page are taken by the page: from the pointer's release to the first frame in which the answer
stands, so neither the driver of the browser nor its polling is in them. Each figure is a median.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from bench import serving
from tests.browser.conftest import launch_options

APPS = Path(__file__).parent / "apps"
STOCK = 7.4  # MB of a first visit to a Streamlit page with a chart, uncompressed as it comes
CLICKS = 12  # of each kind, on one page that stays open
REST = 500  # ms after each, in which all of the answer comes, and plotly takes no double click
MB = 1_000_000

# Calls back with the time from the release of the pointer to the first frame in which `done()` holds.
CLOCK = """([done]) => {
    const holds = new Function("return " + done);
    window.took = null;
    addEventListener("pointerup", () => {
        const start = performance.now();
        const look = () => holds() ? requestAnimationFrame(() => {
            window.answered = performance.now();
            window.took = window.answered - start;
        })
                                   : requestAnimationFrame(look);
        look();
    }, {capture: true, once: true});
}"""
# How many points each trace of the shown chart has: it changes with the filter, and is cheap to ask for.
POINTS = (
    "[...document.querySelectorAll('.js-plotly-plot')].filter(p => p.checkVisibility() && p._fullData)"
    ".slice(0, 1).map(p => p._fullData.map(t => (t.x || []).length).join()).join()"
)
DRAWN = (
    "[...document.querySelectorAll('.js-plotly-plot')]"
    ".some(p => p.checkVisibility() && p.querySelector('.point'))"
)


@dataclass
class App:
    """One of those compared: how it is started, and where a person clicks."""

    name: str
    command: list[str]  # PORT stands for the port
    folder: Path
    health: str
    page: str  # the address that is opened
    ready: str  # holds when the page is drawn
    filter: Callable[[Page], None] | None = None
    mark: bool = False
    evidence: str = ""  # the text that a click on a mark changes
    switch: tuple[tuple[str, str], ...] = ()  # what is clicked to change the page, and what then holds
    results: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        self.results.setdefault(name, []).append(value)

    def median(self, name: str) -> float | None:
        return statistics.median(self.results[name]) if name in self.results else None


def apps() -> list[App]:
    streamlit = [sys.executable, "-m", "streamlit", "run"]
    quiet = ["--server.port", "PORT", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    return [
        App(
            "dashboard",
            [*streamlit, "dashboard.py", "--server.port", "PORT"],
            serving.ROOT,
            "/_stcore/health",
            "/threats",
            DRAWN,
            lambda page: page.locator(".st-key-filter_expressed button").first,
            True,
            ".st-key-panel .claim",
            (
                (
                    ".st-key-nav a >> text=Attendance",
                    "document.querySelector('h1')?.innerText.includes('came')",
                ),
                (
                    ".st-key-nav a >> text=Threats",
                    "document.querySelector('h1')?.innerText.includes('threats')",
                ),
            ),
        ),
        App(
            "empty Streamlit",
            [*streamlit, "home.py", *quiet],
            APPS / "empty",
            "/_stcore/health",
            "/",
            "document.body.innerText.includes('hi')",
            lambda page: page.get_by_text("more").first,
            switch=(
                ("text=second", "document.body.innerText.includes('home') "),
                ("[data-testid=stPageLink] >> text=home", "document.body.innerText.includes('hi')"),
            ),
        ),
        App(
            "Streamlit, one chart",
            [*streamlit, "home.py", *quiet],
            APPS / "in_streamlit",
            "/_stcore/health",
            "/",
            DRAWN,
            lambda page: page.locator(".st-key-expressed button").first,
            True,
            ".st-key-evidence h3",
            (
                ("text=second", "!document.querySelector('h1')"),
                ("[data-testid=stPageLink] >> text=home", "document.querySelector('h1')"),
            ),
        ),
        App(
            "Dash",
            [sys.executable, "-m", "bench.apps.in_dash", "PORT"],
            serving.ROOT,
            "/_dash-layout",
            "/",
            DRAWN,
            lambda page: page.locator("#expressed input").first,
            True,
            "#evidence h2",
            (
                ("#second", "document.querySelector('h1').innerText == 'Second'"),
                ("#home", "document.querySelector('h1').innerText != 'Second'"),
            ),
        ),
    ]


@contextmanager
def started(app: App) -> Iterator[tuple[str, psutil.Process, float]]:
    """The app in a process of its own: its address, its process, and when it was started."""
    port = serving.free_port()
    command = [part.replace("PORT", str(port)) for part in app.command]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=app.folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while not serving.answers(address, app.health):
            if process.poll() is not None:
                raise SystemExit(f"{app.name} did not start: {' '.join(command)}")
            time.sleep(0.01)
        yield address, psutil.Process(process.pid), begun
    finally:
        process.terminate()
        process.wait()


def measure_start(app: App, browser: Browser) -> None:
    """From the start of the process to the first chart on screen, and what a first visit fetches."""
    with started(app) as (address, _, begun):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        traffic = {"requests": 0, "bytes": 0}
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", lambda event: _count(traffic, event["encodedDataLength"]))
        page.goto(address + app.page, wait_until="commit")
        page.wait_for_function(app.ready)
        app.add("start", time.perf_counter() - begun)
        page.wait_for_load_state("networkidle")
        app.add("requests", traffic["requests"])
        app.add("bytes", traffic["bytes"] / MB)
        context.close()


def _count(traffic: dict, size: float) -> None:
    traffic["requests"] += 1
    traffic["bytes"] += size


def measure_clicks(app: App, browser: Browser) -> None:
    """Filter, mark and page, on one page that stays open; and what the server spends on them."""
    with started(app) as (address, process, _):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(address + app.page)
        page.wait_for_function(app.ready)
        page.wait_for_timeout(1000)
        spent, done = _seconds(process), 0
        for turn in range(CLICKS + 2):
            took = timed(page, lambda: app.filter(page), changed(page, app))
            spent, done = (_seconds(process), 0) if turn == 1 else (spent, done + 1)
            if turn > 1:
                app.add("filter", took)
        app.add("cpu", (_seconds(process) - spent) / max(done, 1) * 1000)
        if app.mark:
            for turn, place in enumerate(marks(page)[: CLICKS + 2]):
                took = timed(page, lambda place=place: place, says(page, app.evidence))
                if turn > 1:
                    app.add("click", took)
        for turn in range(CLICKS // 2 + 1):
            for target, arrived in app.switch:
                took = timed(page, lambda target=target: page.locator(target).first, arrived)
                if turn:
                    app.add("switch", took)
        app.add("memory", process.memory_info().rss / serving.MIB)
        context.close()


def timed(page: Page, target: Callable, done: str, *, rest: int = REST) -> float:
    """Milliseconds from the release of the pointer on a target until `done` holds and is painted."""
    found = target()
    if not isinstance(found, tuple):
        found.scroll_into_view_if_needed()
        box = found.bounding_box()
        found = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(CLOCK, [done])
    page.mouse.move(*found)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("window.took !== null")
    took = page.evaluate("window.took")
    page.wait_for_timeout(rest)
    return took


def changed(page: Page, app: App) -> str:
    """What holds once the filter has taken effect."""
    if app.mark:
        return f"{POINTS} !== {json.dumps(page.evaluate(POINTS))}"
    count = "document.body.innerText.split('more').length"
    return f"{count} !== {page.evaluate(count)}"


def says(page: Page, place: str) -> str:
    """What holds once another claim stands in a place."""
    text = f"document.querySelector({json.dumps(place)})?.innerText"
    return f"{text} && {text} !== {json.dumps(page.evaluate(text))}"


def marks(page: Page) -> list[tuple[float, float]]:
    """Where marks of the shown chart can be clicked: the middles of its invisible bars."""
    return [
        tuple(place)
        for place in page.evaluate(
            """() => {
                const plot = [...document.querySelectorAll('.js-plotly-plot')].find(p => p.checkVisibility());
                const {xaxis, yaxis} = plot._fullLayout, edge = plot.getBoundingClientRect(), found = [];
                for (const trace of plot._fullData) {
                    if (trace.type !== 'bar' || !trace.customdata) continue;
                    trace.customdata.forEach((_, i) => {
                        const flat = trace.orientation === 'h', base = trace.base ? trace.base[i] : 0;
                        const along = base + (flat ? trace.x[i] : trace.y[i]) / 2;
                        const across = flat ? trace.y[i] : trace.x[i];
                        const y = edge.y + yaxis._offset + yaxis.c2p(flat ? across : along);
                        if (y < innerHeight - 20)
                            found.push([edge.x + xaxis._offset + xaxis.c2p(flat ? along : across), y]);
                    });
                }
                return found;
            }"""
        )
    ]


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system


# name of a figure, what it is called, its unit, how it is written
ROWS = (
    ("start", "process start to first chart", "s", "{:.2f}"),
    ("switch", "page switch", "ms", "{:.0f}"),
    ("filter", "filter change to chart redrawn", "ms", "{:.0f}"),
    ("click", "click on a mark to evidence shown", "ms", "{:.0f}"),
    ("bytes", "first load on the wire", "MB", "{:.2f}"),
    ("requests", "requests of a first load", "", "{:.0f}"),
    ("cpu", "server processor time per filter change", "ms", "{:.1f}"),
    ("memory", "memory of the server", "MiB", "{:.0f}"),
)


def targets(found: dict[str, App]) -> list[tuple[str, float, float]]:
    """What has to hold, what was found, and the most that is allowed."""
    ours, dash = found["dashboard"], found["Dash"]

    def ratio(name: str) -> float:
        return ours.median(name) / dash.median(name)

    return [
        ("filter change, times Dash", ratio("filter"), 1.0),
        ("click on a mark, times Dash", ratio("click"), 1.0),
        ("process start to first chart, times Dash", ratio("start"), 1.1),
        (f"first load on the wire, times {STOCK} MB", ours.median("bytes") / STOCK, 0.4),
    ]


def judged(found: list[tuple[str, float, float]]) -> int:
    """Print for each target whether it is met; returns the exit code, 1 when one is missed."""
    missed = 0
    for label, value, most in found:
        missed += value > most
        print(f"{'missed' if value > most else 'met':6}  {label}: {value:.2f}, at most {most}")
    return 1 if missed else 0


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="starts of each app, 5 unless given")
    options = parser.parse_args()
    compared = apps()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        for _ in range(options.runs):  # in turn, so that a busy moment of the machine meets all of them
            for app in compared:
                measure_start(app, browser)
        for _ in range(2):
            for app in compared:
                measure_clicks(app, browser)
        browser.close()
    print("| | " + " | ".join(app.name for app in compared) + " |")
    print("| --- |" + " ---: |" * len(compared))
    for name, label, unit, form in ROWS:
        cells = [form.format(app.median(name)) if app.median(name) is not None else "–" for app in compared]
        print(f"| {label}{f', {unit}' if unit else ''} | " + " | ".join(cells) + " |")
    return judged(targets({app.name: app for app in compared}))


if __name__ == "__main__":
    sys.exit(main())

"""Where the time of a filter change and of a click on a mark goes: in the browser, and on the server.

    python -m bench.profile

In the browser a sampling profiler runs from the release of the pointer until the answer stands; the samples
are added up by the script that was running. On the server page scripts run in this process while their stack
is looked at every millisecond; a moment belongs to whoever is innermost of Streamlit, pandas and ourselves.
Sampling slows both down: the shares are what counts.
"""

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from streamlit.testing.v1 import AppTest

import query
from bench import serving, speed
from tests.browser.conftest import launch_options
from ui import state

TURNS = 6  # of each kind in the browser, after one that warms up
VIEWS = 24  # that are asked of the server
EVERY = 500  # microseconds between two samples in the browser
MOMENT = 0.001  # seconds between two looks at the server's stack
# what a script's address says about whom it belongs to
OWNERS = {
    "plotly": "plotly",
    "PlotlyChart": "plotly",
    "async-graph": "plotly",
    "/static/": "framework",
    "_dash": "framework",
}
OURS = tuple(
    str(serving.ROOT / name)
    for name in ("ui", "pages", "query", "charts", "exports", "loaders", "dashboard.py")
)


# ---- the browser ----


def in_browser(app: speed.App, browser: Browser) -> dict[str, Counter]:
    """Milliseconds of one interaction by owner: `filter` and `click`."""
    found = {"filter": Counter(), "click": Counter()}
    with speed.started(app) as (address, *_):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(address + app.page)
        page.wait_for_function(app.ready)
        page.wait_for_timeout(1000)
        profiler = context.new_cdp_session(page)
        profiler.send("Profiler.enable")
        profiler.send("Profiler.setSamplingInterval", {"interval": EVERY})
        speed.timed(page, lambda: app.filter(page), speed.changed(page, app))
        for _ in range(TURNS):
            found["filter"] += _owners(profiler, page, lambda: app.filter(page), speed.changed(page, app))
        for place in speed.marks(page)[:TURNS]:
            found["click"] += _owners(
                profiler, page, lambda place=place: place, speed.says(page, app.evidence)
            )
        context.close()
    return {
        kind: Counter({owner: ms / TURNS for owner, ms in spent.items()}) for kind, spent in found.items()
    }


def _owners(profiler: CDPSession, page: Page, target: Callable, done: str) -> Counter:
    profiler.send("Profiler.start")
    took = speed.timed(page, target, done, rest=0)
    profile = profiler.send("Profiler.stop")["profile"]
    page.wait_for_timeout(speed.REST)
    nodes = {node["id"]: node["callFrame"] for node in profile["nodes"]}
    samples = list(zip(profile["samples"], profile["timeDeltas"], strict=True))
    spent: Counter = Counter()
    left = took * 1000  # microseconds, counted from the end, where the answer stood
    for sample, delta in reversed(samples):
        if left <= 0:
            break
        spent[_owner(nodes[sample])] += min(max(delta, 0), left) / 1000
        left -= max(delta, 0)
    return spent


def _owner(frame: dict) -> str:
    if frame["functionName"] == "(idle)":
        return "waiting for the server"
    if not frame["url"]:
        return "the browser itself"
    return next((owner for part, owner in OWNERS.items() if part in frame["url"]), "other scripts")


# ---- the server ----


def on_server() -> dict[str, Counter]:
    """Milliseconds of a run of the Threats page by owner: of a view that nobody saw before, and once more."""
    dataset = state.served().dataset
    choices, chance = query.choices(dataset.tables), random.Random(1)
    views = [
        query.dump(query.View(categories=tuple(sorted(chance.sample(sorted(choices["categories"]), 3)))))
        for _ in range(VIEWS)
    ]
    app = AppTest.from_file(str(serving.ROOT / "dashboard.py"), default_timeout=60).run()
    app.switch_page("pages/threats.py").run()
    found = {}
    for name in ("a new view", "one seen before"):
        with watched() as spent:
            for view in views:
                for parameter, value in view.items():
                    app.query_params[parameter] = value
                app.run()
        found[name] = Counter({owner: ms / VIEWS for owner, ms in spent.items()})
    return found


@contextmanager
def watched() -> Iterator[Counter]:
    """Look at the script thread's stack until the block ends, and add up whose moment it was."""
    spent: Counter = Counter()
    ended = threading.Event()

    def look() -> None:
        before = time.perf_counter()
        while not ended.wait(MOMENT):
            now = time.perf_counter()
            owner = _running()
            if owner:
                spent[owner] += (now - before) * 1000
            before = now

    watcher = threading.Thread(target=look)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(MOMENT / 4)  # or the watcher would come late
    watcher.start()
    try:
        yield spent
    finally:
        ended.set()
        watcher.join()
        sys.setswitchinterval(interval)


def _running() -> str:
    """Who is innermost in the thread that runs a page script; empty where none runs."""
    for frame in sys._current_frames().values():
        inner, is_script = "", False
        while frame:
            file = frame.f_code.co_filename
            if not inner:
                inner = "ours" if file.startswith(OURS) else "pandas" if "/pandas/" in file else ""
                inner = inner or ("Streamlit" if "/streamlit/" in file else "")
            is_script |= frame.f_code.co_name == "_run_script"
            frame = frame.f_back
        if is_script:
            return inner or "Streamlit"
    return ""


# ---- the tables ----


def table(title: str, columns: dict[str, Counter]) -> str:
    """Owners in rows, the largest first; what took part in each column, and the sum."""
    owners = sorted(
        {owner for spent in columns.values() for owner in spent},
        key=lambda owner: -sum(c[owner] for c in columns.values()),
    )
    lines = [f"| {title} | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for owner in owners:
        lines.append(f"| {owner} | " + " | ".join(f"{spent[owner]:.0f}" for spent in columns.values()) + " |")
    lines.append("| together | " + " | ".join(f"{spent.total():.0f}" for spent in columns.values()) + " |")
    return "\n".join(lines)


def main() -> int:
    columns = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        for app in speed.apps():
            if app.mark:
                spent = in_browser(app, browser)
                columns |= {f"{app.name}, {kind}": spent[kind] for kind in spent}
        browser.close()
    print(table("in the browser, ms", columns))
    print()
    print(table("on the server, ms of a run of the Threats page", on_server()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

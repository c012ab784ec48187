"""Where the time of a filter change and of a click on a mark goes: in the browser, and on the server.

    python -m bench.profile

In the browser a sampling profiler runs from the release of the pointer until the answer stands; the samples
are added up by the script that was running. On the server page scripts run in this process while their stack
is looked at every millisecond; a moment belongs to whoever is innermost of Streamlit, pandas and ourselves.
Sampling slows the browser down: there the shares are what counts.
"""

import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from statistics import mean
from types import FrameType

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

import query
from bench import serving, speed
from charts.axis import Axis
from charts.chart import chart
from query import PAGES, View
from tests.browser.conftest import launch_options
from ui import server, state

TURNS = 6  # of each kind in the browser, at most, after one that warms up
VIEWS = 12  # of each kind that are asked of the server
MOST = 15  # ms of our own code, with what it calls of pandas, for one of them
CALLED = {"q": "search", "without": "without sources"}  # kinds of changes whose parameter does not say them
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
# and what a file's name says
FOLDERS = {
    "pandas": ("/pandas/",),
    "Streamlit": ("/streamlit/",),
    "ours": tuple(
        str(serving.ROOT / name)
        for name in ("ui/", "pages/", "query/", "charts/", "exports/", "loaders/", "dashboard.py")
    ),
}


# ---- the browser ----


def in_browser(app: speed.App, browser: Browser) -> dict[str, Counter]:
    """Milliseconds of one interaction by owner: `filter` and `click`."""
    with speed.started(app) as (address, *_):
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(address + app.page)
        page.wait_for_function(app.ready)
        page.wait_for_timeout(1000)
        profiler = context.new_cdp_session(page)
        profiler.send("Profiler.enable")
        profiler.send("Profiler.setSamplingInterval", {"interval": EVERY})
        found: dict[str, list[Counter]] = {"filter": [], "click": []}
        for _ in range(TURNS + 1):
            spent = _owners(profiler, page, lambda: app.filter(page), speed.changed(page, app))
            found["filter"].append(spent)
        for place in speed.marks(page)[: TURNS + 1]:
            spent = _owners(profiler, page, lambda place=place: place, speed.says(page, app.evidence))
            found["click"].append(spent)
        context.close()
    return {
        kind: Counter({owner: mean(turn[owner] for turn in spent[1:]) for owner in sum(spent, Counter())})
        for kind, spent in found.items()
    }


def _owners(profiler: CDPSession, page: Page, target: Callable, done: str) -> Counter:
    profiler.send("Profiler.start")
    took = speed.timed(page, target, done, rest=0)
    since = page.evaluate("performance.now() - window.answered")
    profile = profiler.send("Profiler.stop")["profile"]
    page.wait_for_timeout(speed.REST)
    nodes = {node["id"]: node["callFrame"] for node in profile["nodes"]}
    samples = list(zip(profile["samples"], profile["timeDeltas"], strict=True))
    spent: Counter = Counter()
    after, left = since * 1000, took * 1000  # microseconds, counted from the end: after the answer, before it
    for sample, delta in reversed(samples):
        lasted = max(delta, 0)
        after, lasted = after - min(after, lasted), lasted - min(after, lasted)
        spent[_owner(nodes[sample])] += min(lasted, left) / 1000
        left -= min(lasted, left)
    return spent


def _owner(frame: dict) -> str:
    if frame["functionName"] == "(idle)":
        return "waiting for the server"
    if not frame["url"]:
        return "the browser itself"
    return next((owner for part, owner in OWNERS.items() if part in frame["url"]), "our scripts")


# ---- the server ----


def on_server(pages: Iterable[str] = PAGES) -> dict[str, Counter]:
    """Milliseconds of a run of a page by owner, for each page and kind of change, the mean of VIEWS at most.

    All are views that nobody saw before; but what a view selects may have been selected for another page. At
    the end marks are opened, and views seen once more.
    """
    server.get_ready()  # it changes how often garbage is looked for
    found, chance = {}, random.Random(1)
    for page in pages:
        if not PAGES[page].charts:
            continue
        app = AppTest.from_file(str(serving.ROOT / "dashboard.py"), default_timeout=60)
        app.session_state["layout"] = "wide"  # as a browser says in its cookie
        app.run()
        if page != "overview":
            app.switch_page(PAGES[page].file).run()
        tables = state.served().dataset.tables
        of_the_page = [one.name for one in PAGES[page].filters]
        for parameter in ("years", *of_the_page, "basis", "without", "q"):
            asked = changes(parameter, tables)
            asked = chance.sample(asked, min(VIEWS, len(asked)))
            found[f"{page}: {CALLED.get(parameter, parameter)}"] = _mean(app, asked)
        axis = Axis(query.axis_years(tables), query.coverage(tables))
        marks = chart(PAGES[page].charts[0].name).marks(tables, axis)["address"].tolist()
        opened = [View(sel=address) for address in chance.sample(marks, min(VIEWS, len(marks)))]
        found[f"{page}: a mark is opened"] = _mean(app, opened)
        found[f"{page}: seen before"] = _mean(app, asked)
    return found


def changes(parameter: str, tables: Mapping) -> list[View]:
    """Views that one parameter restricts, by one or two values; where it has few, each with each year too."""
    if parameter == "q":
        first_words = dict.fromkeys(label.split()[0] for label in tables["categories"]["label"])
        return [View(q=word) for word in first_words]
    choices = query.choices(tables)[parameter]
    wanted = [*combinations(choices, 1), *combinations(choices, 2)]
    wanted = [values for values in wanted if len(values) < len(choices)]  # all of them restrict nothing
    if len(wanted) >= VIEWS:
        return [View(**{parameter: values}) for values in wanted]
    return [
        View(**{parameter: values}, years=years)
        for values in wanted
        for years in [(), *combinations(query.axis_years(tables), 1)]
    ]


def _mean(app: AppTest, views: Sequence[View]) -> Counter:
    with watched() as spent:
        for view in views:
            asked = query.dump(view)
            for parameter in [name for name in app.query_params if name not in asked]:
                del app.query_params[parameter]
            for parameter, value in asked.items():
                app.query_params[parameter] = value
            app.run()
    return Counter({owner: ms / len(views) for owner, ms in spent.items()})


def own(spent: Counter) -> float:
    """Milliseconds of our own code, with what it calls of pandas."""
    return spent["ours"] + spent["pandas"]


@contextmanager
def watched() -> Iterator[Counter]:
    """Look at the stack of page scripts until the block ends, and add up whose moment it was.

    The signal of a timer looks, for another thread can not: what it reads of a running one may be gone.
    Signals reach the main thread alone, so page scripts run in this one.
    """
    spent: Counter = Counter()
    last = time.perf_counter()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now, since = time.perf_counter(), last
        last = now
        if owner := running(frame):
            spent[owner] += (now - since) * 1000

    start, ScriptRunner.start = ScriptRunner.start, _run_here
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, MOMENT, MOMENT)
    try:
        yield spent
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        ScriptRunner.start = start


def running(frame: FrameType | None) -> str:
    """Who is innermost of the callers of a page script; empty where none runs."""
    inner, is_script = "", False
    while frame:
        inner = inner or _owner_of(frame.f_code.co_filename)
        is_script |= frame.f_code.co_name == "_run_script"
        frame = frame.f_back
    return inner if is_script else ""


def _owner_of(file: str) -> str:
    return next((owner for owner, parts in FOLDERS.items() if any(part in file for part in parts)), "")


def _run_here(runner: ScriptRunner) -> None:
    runner._script_thread = threading.current_thread()
    runner._run_script_thread()
    runner._script_thread = None  # whom nobody has to wait for


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
    runs = on_server()
    print("| on the server, ms | our own lines | pandas, called by us | both | Streamlit |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind, spent in runs.items():
        cells = [spent["ours"], spent["pandas"], own(spent), spent["Streamlit"]]
        print(f"| {kind} | " + " | ".join(f"{ms:.1f}" for ms in cells) + " |")
    took = {kind: own(spent) for kind, spent in runs.items()}
    slow = [f"{kind} {ms:.1f}" for kind, ms in took.items() if ms > MOST]
    print(f"over {MOST} ms: {', '.join(slow) or 'none'}")
    return speed.judged([("our own code on the server, mean of all kinds, ms", mean(took.values()), MOST)])


if __name__ == "__main__":
    sys.exit(main())

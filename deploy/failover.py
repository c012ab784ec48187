"""Two replicas behind nginx, six real browsers on them, and a replica that is killed.

    python -m deploy.failover

Starts everything on free ports of this machine, with the configuration that `deploy.nginx` writes, and stops
it again. It prints what was found beside its bound; the exit code is 1 when one is broken. It needs nginx and
the browser of the tests, which `make browser` fetches, and a machine that does nothing else.
"""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import serving
from deploy import nginx
from loaders import load
from tests.browser.conftest import DESKTOP, Dashboard, launch_options, panel, query_of
from tests.conftest import installed

NAME = "dashboard.example.org"  # resolved to this machine inside the browser only
FILE = "/files/threats.csv"
SECTIONS = ("attendance", "documents", "threats")  # whose pages browsers look at, with a record selected

INTERACTION, RECONNECTED = 1.0, 2.0  # bounds, in seconds

# Notes when websockets open, in the clock that this process has too.
WATCH = """opened = [];
WebSocket = class extends WebSocket {
    noted = this.addEventListener("open", () => opened.push(Date.now() / 1000));
};"""

# The deployed configuration in a frame that keeps nginx inside one folder.
FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def ask(port: int, path: str, **headers: str) -> HTTPResponse:
    """The answer of nginx or of a replica."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{NAME}:{port}"} | headers)
    return connection.getresponse()


@contextmanager
def proxied(replicas: Sequence[str], name: str, **options: object) -> Iterator[int]:
    """The port of nginx before replicas, each HOST:PORT; for `options` see `nginx.configuration`.

    Raises SystemExit when nginx is not installed.
    """
    program = installed("nginx") or sys.exit("nginx is not installed: `make browser` fetches it or says how")
    port = serving.free_port()
    with tempfile.TemporaryDirectory() as folder:
        site = nginx.configuration(replicas, name, f"127.0.0.1:{port}", f"{folder}/cache", **options)
        user = "user root;" if os.geteuid() == 0 else ""  # or the workers could not enter the folder
        file = Path(folder, "nginx.conf")
        file.write_text(user + FRAME.format(folder=folder, site=site), encoding="utf-8")
        command = (program, "-p", folder, "-c", file)
        with serving.started(*command, port=port, ready=serving.Server.listening):
            yield port


def state(viewer: Dashboard) -> tuple[str, str, str]:
    """The selection, the rest of the address, and what the evidence panel says."""
    selection = query_of(viewer.page)["sel"]
    return (
        selection,
        viewer.page.url.replace(selection, ""),
        panel(viewer.page).locator(".claim").inner_text(),
    )


def interaction(viewer: Dashboard) -> tuple[float, bool]:
    """Next is pressed: seconds until the answer is drawn, and whether selection and claim alone changed."""
    before, began = state(viewer), time.monotonic()
    with viewer.rerun():
        viewer.page.get_by_role("link", name="Next", exact=True).click()
    seconds = time.monotonic() - began
    changed = [old != new for old, new in zip(before, state(viewer), strict=True)]
    return seconds, changed == [True, False, True] and not viewer.page.get_by_test_id("stDialog").count()


def viewers(browser: Browser, port: int, replica: serving.Server) -> list[Dashboard]:
    """A viewer of each page, with a cookie that leads to a replica: chance would take many browsers."""
    tables, found = load(serving.ROOT / "data" / "curated.yaml").tables, []
    for section in SECTIONS:
        route, address = secrets.token_hex(16), f"http://{NAME}:{port}"
        while ask(port, "/", Cookie=f"cstodash_route={route}").getheader("x-replica") not in replica.address:
            route = secrets.token_hex(16)
        context = browser.new_context(viewport=DESKTOP)
        context.add_init_script(WATCH)
        context.add_cookies([{"name": "cstodash_route", "value": route, "url": address}])
        found.append(Dashboard(context.new_page(), address))
        found[-1].open(f"/{section}?sel={tables[section]['id'].iloc[0]}")
    return found


def figures(port: int, replicas: list, cut_off: list[Dashboard], others: list[Dashboard]) -> Iterator:
    """What is found when the first replica is killed: what, the value, and the most that is allowed."""
    files = [ask(one.port, FILE, Host="localhost").read() for one in replicas]
    yield "files that differ between the replicas", len(set(files)) - 1, 0
    states = list(map(state, cut_off))
    replicas[0].process.kill()
    killed = time.time()
    times, right = zip(*map(interaction, others), strict=True)
    yield "others: next interaction, s", max(times), INTERACTION
    yield "others: clicks without their effect", right.count(False), 0
    sockets = [other.page.evaluate("opened.length") for other in others]
    yield "others: reconnections", sum(sockets) - len(others), 0
    later = "moment => opened.find(opened => opened > moment)"
    opened = [viewer.page.wait_for_function(later, arg=killed).json_value() for viewer in cut_off]
    yield "cut off: connected again after the kill, s", max(opened) - killed, RECONNECTED
    yield "cut off: address or panel is another", list(map(state, cut_off)) != states, 0
    times, right = zip(*map(interaction, cut_off), strict=True)
    yield "cut off: next interaction, s", max(times), INTERACTION
    yield "cut off: clicks without their effect", right.count(False), 0
    yield "refused of 20 requests without a cookie", sum(ask(port, "/").status != 200 for _ in range(20)), 0
    yield "the file from nginx is another one", ask(port, FILE).read() != files[0], 0


def main() -> int:
    hosts, secret = f"127.0.0.1 localhost {NAME}", secrets.token_hex(16)
    settings = {"STREAMLIT_SERVER_ALLOWED_HOSTS": hosts, "STREAMLIT_SERVER_COOKIE_SECRET": secret}
    options = launch_options()
    options["args"].append(f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
    with (
        serving.started(**settings) as first,
        serving.started(**settings) as second,
        proxied([f"127.0.0.1:{one.port}" for one in (first, second)], NAME, show_replica=True) as port,
        sync_playwright() as driver,
        driver.chromium.launch(**options) as browser,
    ):
        cut_off, others = (viewers(browser, port, one) for one in (first, second))
        return serving.judged(figures(port, [first, second], cut_off, others))


if __name__ == "__main__":
    sys.exit(main())

"""Two replicas behind nginx, six real browsers on them, and a replica that is killed.

    python -m deploy.failover

Starts everything on free ports of this machine, with the configuration that `deploy.nginx` writes, and stops
it again. It prints what was found beside its bound; the exit code is 1 when one is broken. It needs nginx
(Debian: apt-get install nginx), the browser of the tests, and a machine that does nothing else.
"""

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, sync_playwright

from bench import serving
from deploy import nginx
from loaders import load
from tests.browser.conftest import DESKTOP, Dashboard, launch_options

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
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""

Servers = Sequence[serving.Server]


def ask(port: int, path: str, **headers: str) -> HTTPResponse:
    """The answer of nginx or of a replica."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{NAME}:{port}"} | headers)
    return connection.getresponse()


@contextmanager
def proxied(replicas: Servers) -> Iterator[int]:
    """The port of nginx before the replicas. Raises SystemExit when nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    program = program or sys.exit("nginx is not installed (Debian: apt-get install nginx)")
    port, names = serving.free_port(), [f"127.0.0.1:{one.port}" for one in replicas]
    with tempfile.TemporaryDirectory() as folder:
        site = nginx.configuration(names, NAME, f"127.0.0.1:{port}", f"{folder}/cache", show_replica=True)
        user = "user root;" if os.geteuid() == 0 else ""  # or the workers could not enter the folder
        file = Path(folder, "nginx.conf")
        file.write_text(user + FRAME.format(folder=folder, site=site), encoding="utf-8")
        command = (program, "-p", folder, "-c", file)
        with serving.started(*command, port=port, ready=serving.Server.listening):
            yield port


@dataclass
class Viewer:
    """A browser of its own, on a page with a selection; and its state before the last interaction."""

    dashboard: Dashboard
    before: tuple[str, str, str] = ("", "", "")

    def state(self) -> tuple[str, str, str]:
        """The selection, the rest of the address, and what the evidence panel says."""
        page = self.dashboard.page
        selection = parse_qs(urlsplit(page.url).query)["sel"][0]
        return selection, page.url.replace(selection, ""), page.locator(".claim").inner_text()

    def interact(self) -> float:
        """Press Next; seconds until the answer is drawn."""
        self.before, began = self.state(), time.monotonic()
        with self.dashboard.rerun():
            self.dashboard.page.get_by_role("button", name="Next", exact=True).click()
        return time.monotonic() - began

    def lost(self) -> bool:
        """Whether the last interaction had no effect, or another one, or an error is on the screen."""
        trouble = self.dashboard.page.locator("[data-testid=stDialog], .stException").count()
        changed = [old != new for old, new in zip(self.before, self.state(), strict=True)]
        return changed != [True, False, True] or trouble > 0

    def reconnected(self, moment: float) -> float:
        """Seconds from a moment until the browser was connected again, for which it waits up to a minute."""
        found = "moment => opened.find(opened => opened > moment)"
        return self.dashboard.page.wait_for_function(found, arg=moment).json_value() - moment


def viewers(browser: Browser, port: int, replica: serving.Server) -> list[Viewer]:
    """A viewer of each page, with a cookie that leads to a replica: chance would take many browsers."""
    tables, found = load(serving.ROOT / "data" / "curated.yaml").tables, []
    for section in SECTIONS:
        route, address = secrets.token_hex(16), f"http://{NAME}:{port}"
        while ask(port, "/", Cookie=f"cstodash_route={route}").getheader("x-replica") not in replica.address:
            route = secrets.token_hex(16)
        context = browser.new_context(viewport=DESKTOP)
        context.add_init_script(WATCH)
        context.add_cookies([{"name": "cstodash_route", "value": route, "url": address}])
        found.append(Viewer(Dashboard(context.new_page(), address)))
        found[-1].dashboard.open(f"/{section}?sel={tables[section]['id'].iloc[0]}")
    return found


def figures(port: int, replicas: Servers, victims: list[Viewer], others: list[Viewer]) -> Iterator:
    """What is found when the first replica is killed: what, the value, and the most that is allowed."""
    files = [ask(one.port, FILE, Host="localhost").read() for one in replicas]
    yield "files that differ between the replicas", len(set(files)) - 1, 0
    states = [victim.state() for victim in victims]
    replicas[0].process.kill()
    killed = time.time()
    yield "others: next interaction, s", max(other.interact() for other in others), INTERACTION
    yield "others: clicks without their effect", sum(other.lost() for other in others), 0
    sockets = [other.dashboard.page.evaluate("opened.length") for other in others]
    yield "others: reconnections", sum(sockets) - len(others), 0
    late = max(victim.reconnected(killed) for victim in victims)
    yield "cut off: connected again after the kill, s", late, RECONNECTED
    changed = sum(victim.state() != state for victim, state in zip(victims, states, strict=True))
    yield "cut off: addresses or panels that changed", changed, 0
    yield "cut off: next interaction, s", max(victim.interact() for victim in victims), INTERACTION
    yield "cut off: clicks without their effect", sum(victim.lost() for victim in victims), 0
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
        proxied([first, second]) as port,
        sync_playwright() as driver,
        driver.chromium.launch(**options) as browser,
    ):
        victims, others = (viewers(browser, port, one) for one in (first, second))
        return serving.judged(figures(port, [first, second], victims, others))


if __name__ == "__main__":
    sys.exit(main())

"""Two replicas behind nginx, eight real browsers on them, and a replica that is killed; then both.

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
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, sync_playwright

from bench import serving
from deploy import nginx
from loaders import load
from tests.browser.conftest import DESKTOP, Dashboard, launch_options

NAME = "dashboard.example.org"  # resolved to this machine inside the browser only
FILE = "/files/threats.csv"
# what the browsers look at: a page, and the section of the record that is selected
SECTIONS = {"chairmanship": "chairmanships"} | {name: name for name in ("attendance", "documents", "threats")}

# bounds, in seconds
INTERACTION = 1.0
RECONNECTED = 2.0
RETURNED = 10.0  # all browsers are connected again, after both replicas were killed and are well again

# Notes when websockets open, in the clock that this process has too.
WATCH = """
window.opened = [];
window.WebSocket = class extends WebSocket {
  constructor(...rest) {
    super(...rest);
    this.addEventListener("open", () => window.opened.push(Date.now() / 1000));
  }
};
"""

# The deployed configuration in a frame that keeps nginx inside one folder.
FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""

Servers = Sequence[serving.Server]
Figures = Iterator[tuple[str, float, float]]  # what, the value that was found, the most that is allowed


def ask(port: int, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> HTTPResponse | None:
    """The answer of nginx or of a replica, or None where it hangs up without one."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {"Host": f"{NAME}:{port}"} | headers)
        return connection.getresponse()
    except (HTTPException, ConnectionError):
        return None


def replica(secret: str, port: int = 0) -> AbstractContextManager[serving.Server]:
    """A server with the settings of production."""
    hosts = f"127.0.0.1 localhost {NAME}"
    settings = {"STREAMLIT_SERVER_ALLOWED_HOSTS": hosts, "STREAMLIT_SERVER_COOKIE_SECRET": secret}
    return serving.started(port=port, **settings)


@contextmanager
def proxied(replicas: Servers) -> Iterator[int]:
    """The port of nginx before the replicas. Raises SystemExit when nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        raise SystemExit("nginx is not installed (Debian: apt-get install nginx)")
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
        found = "moment => window.opened.find(opened => opened > moment)"
        return self.dashboard.page.wait_for_function(found, arg=moment).json_value() - moment


def viewers(browser: Browser, port: int, replica: serving.Server) -> list[Viewer]:
    """A viewer of each page, with a cookie that leads to a replica: chance would take many browsers."""
    tables, found = load(serving.ROOT / "data" / "curated.yaml").tables, []
    for page, section in SECTIONS.items():
        route, address = secrets.token_hex(16), f"http://{NAME}:{port}"
        while ask(port, "/", Cookie=f"cstodash_route={route}").getheader("x-replica") not in replica.address:
            route = secrets.token_hex(16)
        context = browser.new_context(viewport=DESKTOP)
        context.add_init_script(WATCH)
        context.add_cookies([{"name": "cstodash_route", "value": route, "url": address}])
        found.append(Viewer(Dashboard(context.new_page(), address)))
        found[-1].dashboard.open(f"/{page}?sel={tables[section]['id'].iloc[0]}")
    return found


def kill(replicas: Servers) -> float:
    """The moment at which they died without a word."""
    for one in replicas:
        one.process.kill()
        one.process.wait()
    return time.time()


def let_through(port: int) -> Figures:
    """What nginx answers to those who are no viewers."""
    for path in ("/_stcore/metrics", "/_stcore/%6Detrics", "//_stcore//metrics", "/_stcore/./agent/mcp"):
        yield f"{path} is there", ask(port, path).status not in (400, 404), 0
    yield "another name gets an answer", ask(port, "/", Host="evil.example") is not None, 0
    large = ask(port, "/_stcore/upload_file/x/y", "PUT", b"x" * 1_100_000)
    yield "a body over 1 MB is taken", large is not None and large.status != 413, 0


def one_dies(port: int, replicas: Servers, victims: list[Viewer], others: list[Viewer]) -> Figures:
    """The first replica is killed: what its viewers see of that, and those of the other one."""
    files = [ask(one.port, FILE, Host="localhost").read() for one in replicas]
    yield "files that differ between the replicas", len(set(files)) - 1, 0
    states = [victim.state() for victim in victims]
    killed = kill(replicas[:1])
    yield "others: next interaction, s", max(other.interact() for other in others), INTERACTION
    yield "others: clicks without their effect", sum(other.lost() for other in others), 0
    sockets = [other.dashboard.page.evaluate("window.opened.length") for other in others]
    yield "others: reconnections", sum(sockets) - len(others), 0
    late = max(victim.reconnected(killed) for victim in victims)
    yield "cut off: connected again after the kill, s", late, RECONNECTED
    changed = sum(victim.state() != state for victim, state in zip(victims, states, strict=True))
    yield "cut off: addresses or panels that changed", changed, 0
    yield "cut off: next interaction, s", max(victim.interact() for victim in victims), INTERACTION
    yield "cut off: clicks without their effect", sum(victim.lost() for victim in victims), 0
    yield "refused of 20 requests without a cookie", sum(ask(port, "/").status != 200 for _ in range(20)), 0
    yield "the file from nginx is another one", ask(port, FILE).read() != files[0], 0


def both_die(port: int, replicas: Servers, secret: str, everyone: list[Viewer]) -> Figures:
    """The other one is killed too, and both are started again: browsers come back without a reload."""
    killed = kill(replicas[1:])
    yield "a page opened meanwhile is not refused with 503", ask(port, "/attendance").status != 503, 0
    with replica(secret, replicas[0].port), replica(secret, replicas[1].port):
        well = time.time() - killed
        late = max(0, *(viewer.reconnected(killed) - well for viewer in everyone))
        yield "all: connected again after both are well, s", late, RETURNED
        # a replica that has just been started builds what later runs take from the cache
        yield "all: next interaction, s", max(viewer.interact() for viewer in everyone), 2 * INTERACTION
        yield "all: clicks without their effect", sum(viewer.lost() for viewer in everyone), 0


def main() -> int:
    secret, options = secrets.token_hex(16), launch_options()
    options["args"].append(f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
    with (
        replica(secret) as first,
        replica(secret) as second,
        proxied([first, second]) as port,
        sync_playwright() as driver,
        driver.chromium.launch(**options) as browser,
    ):
        victims, others = (viewers(browser, port, one) for one in (first, second))
        found = (
            let_through(port),
            one_dies(port, [first, second], victims, others),
            both_die(port, [first, second], secret, victims + others),
        )
        return serving.judged(chain(*found))


if __name__ == "__main__":
    sys.exit(main())

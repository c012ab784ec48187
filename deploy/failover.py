"""Two replicas behind nginx, real browsers on both, and a replica that dies.

    python -m deploy.failover

Starts everything on free ports of this machine, with the production settings and the configuration that
`deploy.nginx` writes, and stops it again. It prints what was measured beside its bound; the exit code is 1
when a bound is broken. It needs nginx (Debian: apt-get install nginx) and the browser of the tests.
Run it on a machine that does nothing else: eight browsers, the replicas and nginx share the processors.
"""

import argparse
import gzip
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

import loaders
from deploy import health, nginx
from tests.browser.conftest import Dashboard, launch_options

ROOT = Path(__file__).parents[1]
NAME = "dashboard.example.org"  # resolved to this machine inside the browser only
START_SECONDS = 60  # a start on a busy machine; usually 1

# bounds, in seconds and megabytes
INTERACTION = 1.0
RECONNECTED = 2.0
BACK = 6.0  # a restarted replica takes viewers again: nginx forgets a failure after 5
STORM = 10.0  # all browsers are connected again, after both replicas are well again
FIRST_LOAD = 3.6  # MB on the wire; 1.3 of them are fonts, which are compressed already
NEXT_LOAD = 0.1

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

WRAPPER = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    log_format test '$status $bytes_sent $upstream_addr|$upstream_cache_status|$request_uri';
    access_log {folder}/access.log test;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


# ---- what is printed ----


@dataclass
class Report:
    """What was found, and whether all of it keeps its bound."""

    broken: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        print(f"\n{text}", flush=True)

    def check(self, what: str, good: bool, found: object = "") -> None:
        if not good:
            self.broken.append(what)
        print(f"  {'ok  ' if good else 'FAIL'}  {what:<76} {found}", flush=True)

    def within(self, what: str, times: list[float], bound: float, unit: str = "s") -> None:
        """Every value keeps the bound; none measured is a failure, too."""
        worst = max(times, default=float("nan"))
        spread = f"{min(times, default=worst):.2f} to {worst:.2f} {unit} of at most {bound:g}"
        self.check(what, bool(times) and worst <= bound, spread)

    def note(self, what: str, found: object) -> None:
        print(f"  --    {what:<76} {found}", flush=True)


# ---- replicas and proxy ----


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass
class Replica:
    """One process of the dashboard, on a port that it keeps when it is started again."""

    port: int
    folder: Path
    secret: str
    process: subprocess.Popen | None = None

    @property
    def name(self) -> str:
        """As nginx writes it."""
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.name}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(self.port)]
        environment = {
            "STREAMLIT_SERVER_ALLOWED_HOSTS": f"127.0.0.1 localhost {NAME}",
            "STREAMLIT_SERVER_COOKIE_SECRET": self.secret,
        }
        with (self.folder / f"{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def wait(self) -> str:
        """Returns the hash of the data when the replica is well."""
        until = time.monotonic() + START_SECONDS
        while True:
            code, line, served = health.check(self.address)
            if code == health.WELL:
                return served
            if self.process.poll() is not None or time.monotonic() > until:
                log = (self.folder / f"{self.port}.log").read_text("utf-8", "replace")
                raise SystemExit(f"A replica did not start: {line}\n{log}")
            time.sleep(0.05)

    def kill(self) -> float:
        """The moment at which it died without a word."""
        self.process.send_signal(signal.SIGKILL)
        moment = time.time()
        self.process.wait()
        return moment

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass
class Proxy:
    """nginx with the configuration that is deployed, in a frame that keeps it inside one folder."""

    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://{NAME}:{self.port}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """The answer, with its body read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        names = {"Host": f"{NAME}:{self.port}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def log(self) -> list[tuple[str, str, str]]:
        """For each request so far: the replica that was asked (- for none), what the cache had, the path."""
        lines = (self.folder / "access.log").read_text("utf-8", "replace").splitlines()
        parts = [line.split(" ", 2)[2].split("|", 2) for line in lines]
        return [(replica, cached, path) for replica, cached, path in parts]


def frame(folder: Path, site: str) -> Path:
    """Write the configuration and an nginx.conf around it; return the latter."""
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # or the workers could not enter the folder
    main = folder / "nginx.conf"
    main.write_text(WRAPPER.format(folder=folder, user=user), encoding="utf-8")
    return main


def program() -> str:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        raise SystemExit("nginx is not installed (Debian: apt-get install nginx)")
    return found


def accepted(folder: Path, site: str) -> str:
    """What nginx has against a configuration; empty if nothing."""
    folder.mkdir()
    run = subprocess.run(
        [program(), "-t", "-q", "-p", str(folder), "-c", str(frame(folder, site))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if run.returncode == 0 else run.stderr


@contextmanager
def proxied(folder: Path, replicas: list[Replica]) -> Iterator[Proxy]:
    folder.mkdir()
    proxy = Proxy(free_port(), folder)
    site = nginx.configuration(
        [replica.name for replica in replicas],
        NAME,
        f"127.0.0.1:{proxy.port}",
        str(folder / "cache"),
        show_replica=True,
    )
    process = subprocess.Popen([program(), "-p", str(folder), "-c", str(frame(folder, site))])
    try:
        until = time.monotonic() + 10
        while True:
            with suppress(OSError, HTTPException):
                proxy.ask("/_stcore/health")
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("nginx did not start")
            time.sleep(0.05)
        yield proxy
    finally:
        process.terminate()
        process.wait()


# ---- viewers ----


@dataclass(frozen=True)
class Plan:
    """What a viewer looks at, does, and takes away. `changes` is the one parameter that doing it changes."""

    page: str
    query: dict[str, str]
    act: Callable[[Page], None]
    changes: str
    download: Callable[[Page], None]


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def _file(chart: str, kind: str) -> Callable[[Page], None]:
    def click(page: Page) -> None:
        folds = page.locator(f".st-key-card_{chart} .folds")
        link = folds.get_by_role("link", name=kind)
        if not link.is_visible():
            folds.locator("summary", has_text="Download").click()
        link.click()

    return click


def plans() -> list[Plan]:
    """Four pages, each with filters and a selection that the data has."""
    tables = loaders.load(ROOT / "data" / "curated.yaml").tables
    threats, attendance, documents = tables["threats"], tables["attendance"], tables["documents"]
    threat = threats[threats["year"].eq(2022) & threats["expressed_as"].eq("priority")]["id"].iloc[0]
    party = attendance["party"].iloc[0]
    return [
        Plan(
            "threats",
            {"years": "2022", "sel": threat},
            lambda page: (
                page.locator(".st-key-filter_expressed").get_by_role("radio", name="Priority")
                .or_(page.locator(".st-key-filter_expressed").get_by_role("button", name="Priority"))
                .first.click()
            ),
            "expressed",
            _file("threats", "CSV"),
        ),
        Plan(
            "attendance",
            {"states": party, "sel": attendance[attendance["party"].eq(party)]["id"].iloc[0]},
            _press("Next"),
            "sel",
            _file("attendance", "SVG"),
        ),
        Plan(
            "documents",
            {"status": documents["status"].iloc[0].split("~")[0], "sel": documents["id"].iloc[0]},
            _press("Next"),
            "sel",
            _file("documents", "CSV"),
        ),
        Plan(
            "briefing",
            {"tray": "attendance~threats?years=2022~documents"},
            _press("Down slide 1"),
            "tray",
            lambda page: page.get_by_role("button", name="Slides (PPTX)").click(),
        ),
    ]  # fmt: skip


@dataclass
class Viewer:
    """A browser of its own, with nothing remembered."""

    plan: Plan
    dashboard: Dashboard
    replica: str  # HOST:PORT that its page came from

    @property
    def page(self) -> Page:
        return self.dashboard.page

    def parameters(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def claim(self) -> str:
        """What the evidence panel says about the selection; on the briefing page, the slides in order."""
        if self.plan.page == "briefing":
            return self.page.get_by_label(re.compile("^Slide 1 of")).input_value()
        return self.page.locator(".claim").inner_text()

    def sockets(self) -> list[float]:
        return self.page.evaluate("window.opened")

    def connected_since(self, moment: float) -> bool:
        return any(opened > moment for opened in self.sockets())

    def interact(self) -> float:
        """Seconds from the click until its rerun is drawn."""
        began = time.monotonic()
        with self.dashboard.rerun():
            self.plan.act(self.page)
        return time.monotonic() - began

    def download(self, patience: float = 20) -> bytes | None:
        """The file, or None if none came."""
        try:
            with self.page.expect_download(timeout=patience * 1000) as started:
                self.plan.download(self.page)
            return started.value.path().read_bytes()
        except Error:
            return None

    def trouble(self) -> list[str]:
        """Error dialogs and exceptions on the screen."""
        return self.page.locator("[data-testid=stDialog], .stException").all_inner_texts()


@dataclass
class Browsers:
    browser: Browser
    proxy: Proxy

    def open(self, plan: Plan, cookie: str = "") -> Viewer:
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        context.add_init_script(WATCH)
        if cookie:
            address = self.proxy.address
            context.add_cookies([{"name": "cstodash_route", "value": cookie, "url": address}])
        page = context.new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        dashboard = Dashboard(page, self.proxy.address)
        dashboard.open(f"/{plan.page}?{urlencode(plan.query, safe='~')}")
        page_itself = next(one for one in answers if one.request.is_navigation_request())
        # nginx lists all that it tried; the last one answered
        replica = page_itself.headers.get("x-replica", "").split(", ")[-1]
        return Viewer(plan, dashboard, replica)

    def spread(self, replicas: list[Replica]) -> list[Viewer]:
        """Each plan once on each replica: chance would take many browsers, so each brings a cookie for it."""
        return [self.open(plan, self.cookie(replica)) for replica in replicas for plan in plans()]

    def cookie(self, replica: Replica) -> str:
        """One that nginx gave out and that leads to this replica."""
        for _ in range(100):
            answer = self.proxy.ask("/")
            if answer.getheader("x-replica") == replica.name:
                return answer.getheader("set-cookie").partition(";")[0].partition("=")[2]
        raise SystemExit(f"nginx asks {replica.name} for nobody")


def until(true: Callable[[], bool], pages: list[Viewer], patience: float) -> bool:
    """Wait until it is true, and let the browsers' messages in meanwhile."""
    deadline = time.monotonic() + patience
    while not true():
        if time.monotonic() > deadline:
            return False
        pages[0].page.wait_for_timeout(20)
    return True


# ---- the parts of the test ----


def refusals(report: Report, proxy: Proxy, folder: Path) -> None:
    report.title("What nginx lets through")
    for path in ("/_stcore/metrics", "/_stcore/%6Detrics", "//_stcore//metrics", "/_stcore/./agent/mcp"):
        answer = proxy.ask(path)
        report.check(f"{path} is not there", answer.status in (400, 404), answer.status)
    try:
        other = str(proxy.ask("/", Host="evil.example").status)
    except (HTTPException, OSError):
        other = "closed"
    report.check("another name gets no answer", other == "closed", other)
    large = proxy.ask("/_stcore/upload_file/x/y", "PUT", b"x" * 1_100_000).status
    report.check("a body over 1 MB is refused", large == 413, large)
    page = proxy.ask("/")
    cookie = page.getheader("set-cookie", "")
    good = re.fullmatch(r"cstodash_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", cookie)
    report.check("a new browser gets the cookie", bool(good), cookie.partition(";")[2].strip())
    again = proxy.ask("/", Cookie=cookie.partition(";")[0])
    kept = again.getheader("set-cookie") is None
    same = again.getheader("x-replica") == page.getheader("x-replica")
    report.check("a browser that has it gets none, and the same replica", kept and same)
    policies = [value for name, value in page.getheaders() if name.lower() == "content-security-policy"]
    report.check("the security headers are there once", len(policies) == 1)
    report.check(
        "nginx keeps its version to itself", page.getheader("server") == "nginx", page.getheader("server")
    )
    packed = proxy.ask("/", Accept_Encoding="gzip")
    whole = packed.getheader("content-encoding") == "gzip" and gzip.decompress(packed.body) == page.body
    report.check("pages are compressed", whole, f"{len(page.body)} to {len(packed.body)} bytes")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}",
         "-out", certificate, "-keyout", key],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode == 0:
        replicas = ["127.0.0.1:8511", "127.0.0.1:8512"]
        site = nginx.configuration(
            replicas, NAME, "8443", str(folder / "tls" / "cache"), str(certificate), str(key)
        )
        complaint = accepted(folder / "tls", nginx.with_tls(site).replace("listen 80;", "listen 8080;"))
        report.check("nginx accepts the configuration with its lines for TLS", not complaint, complaint)


def loads(report: Report, browsers: Browsers) -> None:
    report.title("On the wire")
    plan = plans()[0]

    def measured(page: Page, go: Callable[[], None]) -> tuple[float, float]:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        began = time.monotonic()
        go()
        seconds = time.monotonic() - began
        session.detach()
        return sum(sizes) / 1e6, seconds

    for what in ("first load, nothing cached", "first load of another browser"):
        before = len(browsers.proxy.log())
        context = browsers.browser.new_context(viewport={"width": 1440, "height": 900})
        dashboard = Dashboard(context.new_page(), browsers.proxy.address)
        path = f"/{plan.page}?{urlencode(plan.query)}"
        size, seconds = measured(dashboard.page, lambda to=(dashboard, path): to[0].open(to[1]))
        report.within(what, [size], FIRST_LOAD, "MB")
        asked = browsers.proxy.log()[before:]
        files = [replica for replica, _, name in asked if name.startswith("/static/")]
        reached = sum(replica != "-" for replica in files)
        report.note("  drawn after; requests, of them for files; files that a replica was asked for",
                    f"{seconds:.2f} s; {len(asked)}, {len(files)}; {reached}")  # fmt: skip
        if what != "first load, nothing cached":
            report.check("files come from nginx's cache", reached == 0, reached)
            size, seconds = measured(dashboard.page, lambda to=(dashboard, path): to[0].open(to[1]))
            report.within("second load of the same browser", [size], NEXT_LOAD, "MB")
            report.note("  drawn after", f"{seconds:.2f} s")
        context.close()


def changed_rightly(report: Report, who: str, viewer: Viewer, before: dict, claim: str) -> bool:
    """After an interaction: exactly one parameter changed, and the panel shows what is selected."""
    plan, after = viewer.plan, viewer.parameters()
    kept = {name: value for name, value in after.items() if name != plan.changes}
    same = kept == {name: value for name, value in before.items() if name != plan.changes}
    report.check(
        f"{who}, {plan.page}: filters and selection are kept", same, "" if same else f"{before} {after}"
    )
    did = before.get(plan.changes) != after.get(plan.changes)
    if plan.changes not in ("sel", "tray"):
        report.check(f"{who}, {plan.page}: the panel shows the same claim", viewer.claim() == claim)
    elif did:
        report.check(f"{who}, {plan.page}: the panel shows the next claim", viewer.claim() != claim)
    return did


def one_dies(report: Report, browsers: Browsers, replicas: list[Replica]) -> list[Viewer]:
    report.title("One of two replicas is killed")
    viewers = browsers.spread(replicas)
    dead = replicas[0]
    victims = [viewer for viewer in viewers if viewer.replica == dead.name]
    others = [viewer for viewer in viewers if viewer not in victims]
    report.check("browsers on the replica that dies, and on the other", len(victims) >= 2 <= len(others),
                 f"{len(victims)}, {len(others)}")  # fmt: skip
    files = {viewer.replica + viewer.plan.page: viewer.download() for viewer in viewers}
    for victim, other in zip(victims, others, strict=True):
        first, second = (files[one.replica + one.plan.page] for one in (victim, other))
        report.check(f"{victim.plan.page}: both replicas make the same file", first == second is not None,
                     f"{len(first or b'')} bytes")  # fmt: skip
    states = {id(viewer): (viewer.parameters(), viewer.claim()) for viewer in viewers}

    killed = dead.kill()
    times = [other.interact() for other in others]
    report.within("survivors: next interaction", times, INTERACTION)
    report.check("survivors: no reconnection", all(len(other.sockets()) == 1 for other in others))
    for other in others:
        did = changed_rightly(report, "survivor", other, *states[id(other)])
        report.check(f"survivor, {other.plan.page}: the interaction had its effect", did)
    references = {other.plan.page: other.download() for other in others}

    until(lambda: all(victim.connected_since(killed) for victim in victims), victims, 30)
    report.within("victims: connected again, after the kill",
                  [min((one for one in victim.sockets() if one > killed), default=1e9) - killed
                   for victim in victims], RECONNECTED)  # fmt: skip
    for victim in victims:
        kept = (victim.parameters(), victim.claim()) == states[id(victim)]
        report.check(f"victim, {victim.plan.page}: address and panel as before", kept)
    early = victims[-2]
    began = time.monotonic()
    got = early.download(patience=5)
    report.check("a download before any interaction works, and equals that of before",
                 got is not None and got == files[early.replica + early.plan.page],
                 f"{time.monotonic() - began:.2f} s" if got else "no file")  # fmt: skip
    times, lost = [], []
    for victim in victims:
        before, claim = states[id(victim)]
        times.append(victim.interact())
        if not changed_rightly(report, "victim", victim, before, claim):
            lost.append(victim.plan.page)
            victim.interact()
    report.within("victims: next interaction", times, INTERACTION)
    report.check("victims: the interaction had its effect at the first click", not lost, ", ".join(lost))
    for victim in victims:
        began = time.monotonic()
        got = victim.download()
        same = got is not None and got == references[victim.plan.page]
        report.check(f"victim, {victim.plan.page}: a download works, and equals the survivor's", same,
                     f"{time.monotonic() - began:.2f} s")  # fmt: skip
        if victim.plan.changes == "sel" and victim.plan.page == "documents":
            report.check("victim, documents: it equals that of before",
                         got == files[victim.replica + victim.plan.page])  # fmt: skip
    report.check("no error dialog is left", not any(viewer.trouble() for viewer in viewers))
    began = time.monotonic()
    answers = [browsers.proxy.ask("/").status for _ in range(20)]
    report.check("20 requests without a cookie are answered", answers == [200] * 20,
                 f"{time.monotonic() - began:.2f} s")  # fmt: skip
    began = time.monotonic()
    late = browsers.open(plans()[1])
    report.note("a new browser gets in", f"{time.monotonic() - began:.2f} s")
    late.page.context.close()

    report.title("It is started again")
    dead.start()
    dead.wait()
    began = time.monotonic()
    cookie = next(
        one["value"] for one in victims[0].page.context.cookies() if one["name"] == "cstodash_route"
    )
    while time.monotonic() - began < 30:
        if browsers.proxy.ask("/", Cookie=f"cstodash_route={cookie}").getheader("x-replica") == dead.name:
            break
        time.sleep(0.1)
    report.within("it takes its viewers again, after it is well", [time.monotonic() - began], BACK)
    # the victims' websockets are still with the other replica, their downloads are asked of this one
    for victim in victims:
        got = victim.download()
        same = got is not None and got == references[victim.plan.page]
        report.check(f"victim, {victim.plan.page}: a download works without any reconnection", same)
    return viewers


def all_die(report: Report, browsers: Browsers, replicas: list[Replica], viewers: list[Viewer]) -> None:
    report.title("All replicas are killed and started again")
    states = {id(viewer): (viewer.parameters(), viewer.claim()) for viewer in viewers}
    killed = max(replica.kill() for replica in replicas)
    late = browsers.browser.new_context().new_page()
    answer = late.goto(f"{browsers.proxy.address}/attendance")
    report.check(
        "a page that is opened meanwhile says so", answer.status == 503 and "restarted" in late.content()
    )
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.wait()
    well = time.time()
    report.note("they are well again, after the kill", f"{well - killed:.2f} s")
    everyone = until(lambda: all(one.connected_since(killed) for one in viewers), viewers, 90)
    found = [min((one for one in viewer.sockets() if one > killed), default=1e9) - well for viewer in viewers]
    report.check("all browsers are connected again without a reload", everyone)
    report.within("  after both replicas are well", [max(0, seconds) for seconds in found], STORM)
    times, lost = [], []
    for viewer in viewers:
        before, claim = states[id(viewer)]
        times.append(viewer.interact())
        if not changed_rightly(report, "storm", viewer, before, claim):
            lost.append(f"{viewer.plan.page}")
    # A replica has just been started: its first run of a page builds what later ones take from the cache.
    report.within("their next interaction, on replicas without a warm cache", times, 2 * INTERACTION)
    report.check("it had its effect at the first click", not lost, ", ".join(lost))
    report.check("downloads work", all(viewer.download() for viewer in viewers))
    report.check("no error dialog is left", not any(viewer.trouble() for viewer in viewers))
    began = time.monotonic()
    try:
        late.get_by_role("heading", level=1).wait_for(timeout=20_000)
        came = True
    except Error:
        came = False
    report.check(
        "the page that was opened meanwhile came by itself", came, f"{time.monotonic() - began:.2f} s"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.failover", description=__doc__.splitlines()[0])
    parser.parse_args()
    report, secret = Report(), secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        replicas = [Replica(free_port(), folder, secret) for _ in range(2)]
        try:
            report.title("Two replicas")
            load, processors = os.getloadavg()[0], os.cpu_count()
            report.note("what else this machine does", f"load {load:.1f} on {processors} processors")
            for replica in replicas:
                replica.start()
            hashes = [replica.wait() for replica in replicas]
            report.check("they serve the same data", len(set(hashes)) == 1, ", ".join(hashes))
            with proxied(folder / "nginx", replicas) as proxy, sync_playwright() as playwright:
                options = launch_options()
                options["args"].append(f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
                browsers = Browsers(playwright.chromium.launch(**options), proxy)
                refusals(report, proxy, folder)
                loads(report, browsers)
                viewers = one_dies(report, browsers, replicas)
                all_die(report, browsers, replicas, viewers)
                browsers.browser.close()
        finally:
            for replica in replicas:
                replica.stop()
    print(f"\n{len(report.broken)} bounds are broken" if report.broken else "\nEvery bound is kept")
    for what in report.broken:
        print(f"  {what.strip()}")
    return bool(report.broken)


if __name__ == "__main__":
    sys.exit(main())

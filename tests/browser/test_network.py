"""What the server answers to whom, what it lets a browser do with the answer, and what it never says."""

import gzip
import json
import re
import shutil
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
import streamlit
from playwright.sync_api import expect
from starlette.responses import FileResponse

import query
from tests.browser.conftest import ADDRESSES, ROOT, Server, start_server
from tests.frozen import FROZEN

pytestmark = pytest.mark.slow  # a server of its own, and some that do not start

STATIC = Path(streamlit.__file__).parent / "static"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
WEBSOCKET = "/_stcore/stream"
# a page, a page of its own address, a file of Streamlit's, the health of both, something that is not there
PLACES = ["/", "/threats", "/favicon.png", "/_stcore/health", "/healthz", "/_stcore/nothing"]
PLACES += ["/evidence/minsk-2023?page=threats", "/look.css"]


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """The answer to a request with these headers, of which Host may be one; its body is read."""
    connection = HTTPConnection("127.0.0.1", urlsplit(server.address).port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in names, skip_accept_encoding=True)
    for name, value in names.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.body = b"" if answer.status == 101 else answer.read()
    connection.close()
    return answer


def policy(answer: HTTPResponse) -> dict[str, set[str]]:
    """The rules of an answer's Content-Security-Policy."""
    rules = (rule.split() for rule in answer.getheader("content-security-policy").split(";"))
    return {name: set(values) for name, *values in rules}


# ---- what every answer carries ----


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_says_what_a_browser_may_do_with_it(server, path):
    answer = ask(server, path)
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert answer.getheader("x-frame-options") == "DENY"
    assert answer.getheader("referrer-policy") == "same-origin"
    rules = policy(answer)
    assert rules["default-src"] == {"'self'"}
    assert rules["frame-ancestors"] == rules["object-src"] == {"'none'"}
    sources = set.union(*rules.values())
    assert not sources & {"'unsafe-eval'", "*", "http:", "https:"}
    assert "'unsafe-inline'" not in rules["script-src"]


def test_the_policy_names_the_inline_scripts_of_the_page_that_is_served(server):
    answer = ask(server, "/")
    inline = re.findall(rb"<script>(.*?)</script>", answer.body, re.DOTALL)
    hashes = {f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in inline}
    assert len(hashes) == 3, "that of Streamlit, connect.js and aid.js"
    assert policy(answer)["script-src"] == {"'self'", "'wasm-unsafe-eval'"} | hashes


@pytest.mark.fresh
def test_a_page_that_is_opened_directly_connects_without_looking_for_the_server(dashboard):
    asked = []
    dashboard.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    dashboard.page.on("websocket", lambda connection: asked.append(urlsplit(connection.url).path))
    dashboard.open("/threats")
    about = {path for path in asked if "_stcore" in path}
    assert WEBSOCKET in about
    assert not [path for path in about if not path.startswith("/_stcore/")], "a place where nothing is"


def test_the_browser_runs_our_script_and_no_other(dashboard, browser_log):
    page = dashboard.open("/")
    expect(page.locator(".voice")).to_be_attached()
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            document.body.append(script);
            const trap = "<p onclick='window.intruder = true' id=trap>x</p>";
            document.body.insertAdjacentHTML("beforeend", trap);
            const part = document.getElementById("trap");
            part.click();
            part.remove();
            script.remove();
        }"""
    )
    assert page.evaluate("typeof window.intruder") == "undefined"
    assert len(browser_log.console) == 2
    assert all("Content Security Policy" in message for message in browser_log.console)
    browser_log.console.clear()


@pytest.mark.parametrize(("asked", "coding"), [("gzip, br", "br"), ("gzip;q=1", "gzip"), ("identity", None)])
def test_scripts_travel_packed_as_the_browser_can_read_them(server, asked, coding):
    script = re.search(rb'src="\./(static/js/index[^"]+)"', ask(server, "/").body)[1].decode()
    plain = ask(server, f"/{script}")
    first, again = (ask(server, f"/{script}", Accept_Encoding=asked) for _ in range(2))
    assert first.getheader("content-encoding") == again.getheader("content-encoding") == coding
    assert first.body == again.body
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert unpack(first.body) == plain.body
    assert coding is None or len(first.body) < len(plain.body) / 2
    assert first.getheader("content-security-policy")


def test_an_unknown_file_and_a_part_of_a_file_are_left_to_streamlit(server):
    script = re.search(rb'src="\./(static/js/index[^"]+)"', ask(server, "/").body)[1].decode()
    assert ask(server, "/static/js/nothing.js", Accept_Encoding="br").status == 404
    part = ask(server, f"/{script}", Accept_Encoding="br", Range="bytes=0-9")
    assert (part.status, len(part.body)) == (206, 10)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/threats/x", "/threats"),
        ("/threats/x/y?years=2022&sel=a%20b", "/threats?years=2022&sel=a%20b"),
        ("/nothing/x", "/nothing"),
    ],
)
def test_a_person_below_a_page_is_led_to_it(server, path, place):
    answer = ask(server, path, Accept="text/html,*/*;q=0.8")
    assert (answer.status, urljoin(path, answer.getheader("location"))) == (307, place)
    assert ask(server, path, Accept="*/*").status != 307, "a script that is not there is not a page"


@pytest.mark.parametrize("path", ["/nothing", "/robots.txt", "/evidence", "/csto/files/threats.csv"])
def test_an_address_at_which_nothing_is_says_so_to_those_who_read_no_page(server, path):
    assert ask(server, path).status == 404


@pytest.mark.parametrize(
    "path",
    ["//example.org/x", "/%2Fexample.org/x", "/%5Cexample.org/x", "/%0D%0AX-Trap:%201/x", "/@example.org/x"],
)
def test_no_address_leads_to_another_host_or_adds_a_header(server, path):
    answer = ask(server, path, Accept="text/html")
    led = urljoin(f"{server.address}{path}", answer.getheader("location", "/"))
    assert re.match(rf"{server.address}/[^/\\]*$", led)
    assert answer.getheader("x-trap") is None


def test_the_page_that_starts_streamlit_brings_look_scripts_colours_and_plotly_once(server):
    page = ask(server, "/threats", Accept_Encoding="gzip")
    words = gzip.decompress(page.body).decode()
    assert words.count("<style>") == words.count('id="inks"') == 1
    assert len(re.findall(r"<script>/\* (Where the server|What keyboard)", words)) == 2
    (plotly,) = re.findall(r'id="plotly" href="\.(/plotly-[^"]+)"', words)
    script = ask(server, plotly)
    assert script.status == 200
    assert "immutable" in script.getheader("cache-control")
    assert page.getheader("etag") is None, "Streamlit's tag would stay the same when ours changes"
    index = STATIC / "index.html"
    tag = FileResponse(index, stat_result=index.stat()).headers["etag"]
    again = ask(server, "/", If_None_Match=tag)
    assert again.status == 200, "what a browser kept of Streamlit's own page is without ours"


def test_each_page_introduces_itself_in_the_first_answer_to_previews_and_search_engines(server):
    told = {}
    for name, address in ADDRESSES.items():
        page = ask(server, address)
        assert page.status == 200
        words = page.body.decode()
        (title,) = re.findall("<title>(.*?)</title>", words)
        (about,) = re.findall('<meta name="description" content="(.*?)">', words)
        assert title.startswith(query.PAGES[name].label)
        assert f'<meta property="og:title" content="{title}">' in words
        told[title] = unescape(about)
    assert len(told) == len(ADDRESSES)
    for page, about in zip(query.PAGES.values(), told.values(), strict=True):
        assert about.startswith(page.question)


@pytest.mark.parametrize("path", ["/Threats?years=2022&sel=a%20b", "/THREATS/x?years=2022&sel=a%20b"])
def test_a_page_in_capital_letters_is_the_page(server, path):
    answer = ask(server, path, Accept="text/html")
    assert urljoin(path, answer.getheader("location")) == "/threats?years=2022&sel=a%20b"


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("path", [*PLACES, "/files/threats.csv", "/lists/documents?page=sources"])
def test_head_says_the_length_that_get_has(server, path, coding):
    got, told = (ask(server, path, method, Accept_Encoding=coding) for method in ("GET", "HEAD"))
    assert told.body == b""
    for name in ("content-length", "content-encoding", "content-type", "etag"):
        assert told.getheader(name) == got.getheader(name), name
    assert told.status == got.status
    assert int(told.getheader("content-length", len(got.body))) == len(got.body)


# ---- who may ask ----


def asked_everywhere(server: Server, **headers: str) -> list[HTTPResponse]:
    """The answers of every place, the websocket included."""
    return [*(ask(server, path, **headers) for path in PLACES), ask(server, WEBSOCKET, **headers, **UPGRADE)]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8501", "", "localhost@evil.example", "127.0.0.1.", "0"]
)
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(server, host):
    for answer in asked_everywhere(server, Host=host):
        assert answer.status in (400, 403)
        assert b"<script" not in answer.body


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1.a.example", "file://", "",
        "x", "http://[",
    ],
)  # fmt: skip
def test_a_page_of_another_origin_gets_nothing(server, origin):
    for answer in asked_everywhere(server, Origin=origin):
        assert answer.status == 403
        assert b"<script" not in answer.body


def test_the_same_origin_is_let_in(server):
    assert ask(server, WEBSOCKET, Origin=server.address, **UPGRADE).status == 101
    assert ask(server, "/", Origin=server.address).status == 200


def test_a_forged_origin_never_reaches_the_lookup_of_our_own_address(watched):
    server, record = watched
    for _ in range(20):
        ask(server, WEBSOCKET, Origin="http://evil.example", **UPGRADE)
    assert record.read_text() == ""


# ---- no network ----

# Runs before everything else in the server's process, and writes down whom it looks for or calls.
WATCH = """
import os, sys
def watch(event, values):
    if event == "socket.getaddrinfo" and values[0] not in (None, "127.0.0.1", "localhost", b"127.0.0.1"):
        seen = values[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(values[1], tuple):
        seen = values[1][0]
        if seen in ("127.0.0.1", "::1"):
            return
    else:
        return
    with open(os.environ["CONTACTS"], "a") as file:
        file.write(f"{event} {seen}\\n")
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory) -> Iterator[tuple[Server, Path]]:
    """A server, and the file in which every contact with another host would stand."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "sitecustomize.py").write_text(WATCH)
    record = folder / "contacts"
    record.touch()
    server = start_server(folder, PYTHONPATH=str(folder), CONTACTS=str(record))
    yield server, record
    server.stop()


def test_the_watch_would_see_a_contact(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    record = tmp_path / "contacts"
    code = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"
    environment = {"PYTHONPATH": str(tmp_path), "CONTACTS": str(record)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=False, stderr=subprocess.DEVNULL)
    assert record.read_text() == "socket.connect 192.0.2.1\n"


def test_a_server_shows_every_page_to_its_first_visitor_and_contacts_no_other_host(
    dashboard, watched, browser_log
):
    server, record = watched
    for name in ("threats", *ADDRESSES):  # its first page of all is one that is not the entry file
        page = dashboard.open(ADDRESSES[name], server)
        expect(page.get_by_role("heading", level=1)).to_have_text(query.PAGES[name].question)
        topic = query.PAGES[name]
        expect(page.locator("#terms a")).to_have_count(5 if topic.of_years or topic.of_terms else 0)
    with dashboard.rerun():
        page.get_by_role("button", name="Standard briefing").click()
    for kind in ("PPTX", "Word", "HTML", "ZIP"):
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile(kind)).click()
        assert download.value.path().stat().st_size
    assert browser_log.foreign == []
    assert record.read_text() == ""


# ---- what an error says ----


def test_a_page_that_fails_shows_a_number_and_the_log_the_reason(dashboard, fresh_server, tmp_path):
    broken = tmp_path / "broken"
    left_out = shutil.ignore_patterns(".git", ".venv", "tests", "docs", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, broken, ignore=left_out)
    (broken / "pages" / "threats.py").write_text("raise KeyError('secret of ' + __file__)\n")
    page = dashboard.open("/threats", fresh_server(root=broken))
    notice = page.locator(".notice[role=alert]")
    expect(notice).to_contain_text("could not be drawn")
    shown = page.locator("body").inner_text()
    for word in ("Traceback", "KeyError", "secret", str(tmp_path), ".py"):
        assert word not in shown
    number = re.search(r"under (\w{8})", notice.inner_text())[1]
    log = next(tmp_path.glob("server-*.log")).read_text("utf-8")
    assert f"number {number}" in log
    assert "secret of" in log.split(number)[1]


# ---- /healthz ----


def health(server: Server) -> tuple[int, dict]:
    answer = ask(server, "/healthz")
    assert answer.getheader("content-type") == "application/json"
    assert answer.getheader("cache-control") == "no-store"
    return answer.status, json.loads(answer.body)


def test_health_is_503_until_there_is_good_data_and_then_says_what_was_wrong(fresh_server, tmp_path):
    real = FROZEN.read_bytes()
    good = sha256(real).hexdigest()[:8]
    file = tmp_path / "curated.yaml"
    file.write_bytes(real[: len(real) // 2])
    server = fresh_server(CSTO_DATA=str(file))
    status, body = health(server)
    assert (status, body["status"], body["dataset"], body["loaded_at"]) == (503, "no data", None, None)
    assert body["last_error"]["problems"] == 1
    assert body["last_error"]["first"][0].startswith("curated.yaml:")

    file.write_bytes(real)
    status, body = health(server)
    assert (status, body["status"], body["dataset"]) == (200, "ok", good)
    assert body["loaded_at"]
    assert body["load_seconds"] > 0
    assert "half-written" in body["last_error"]["first"][0], "the last error stays known when it is mended"

    file.unlink()
    status, body = health(server)
    assert (status, body["status"], body["dataset"]) == (200, "last good version", good)
    assert str(tmp_path) not in json.dumps(body)


def test_health_of_good_data_reports_no_error(server):
    status, body = health(server)
    assert (status, body["status"], body["last_error"]) == (200, "ok", None)


def test_a_port_that_is_taken_is_said_in_the_log(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", port],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert run.returncode != 0
    assert port in run.stdout + run.stderr

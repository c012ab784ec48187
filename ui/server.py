"""The server around the pages: who may ask, what every answer carries, and whether the data is good."""

import asyncio
import gc
import json
import logging
import re
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from charts import theme
from ui import NAME, elements, lanes, packing, place, runs
from ui.packing import PLOTLY, STATIC, PackedFiles

LOG = logging.getLogger("cstodash")
LOOK = Path(__file__).with_name("look.css")
STYLES = theme.editions() + LOOK.read_text("utf-8")
SCRIPTS = [Path(__file__).with_name(name) for name in ("connect.js", "aid.js")]
# shown by connect.js where no websocket gets through
UNCONNECTED = Path(__file__).with_name("unconnected.html")
CHUNKS = ("Html", "BidiComponent")  # of Streamlit: every page has them
ROOT_ELEMENT = b'<div id="root">'  # of the page that starts Streamlit
NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
TITLE = b"<title>Streamlit</title>"  # of the same
PAGE_NAMES = {file.stem for file in (Path(__file__).parents[1] / "pages").glob("*.py")}
ABOUT = "Counts and quotations from named sources about the CSTO; every mark opens the words it rests on."
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
GARBAGE = 50_000  # new objects after which the collector looks for cycles; a run makes some ten thousand
MOST_REPORTED = 20  # problems of the data file in one answer of /healthz


def server() -> dict[str, Any]:
    """What `st.App` takes beside the script: middleware from the outside in, routes, start and errors."""
    base = place.base()
    return {
        "middleware": [
            Middleware(HeadAsGet),
            Middleware(place.RedirectsInside),
            Middleware(SecurityHeaders),
            # server.allowedHosts guards the websocket alone; a rebound name must not read the files either
            Middleware(
                TrustedHostMiddleware,
                allowed_hosts=config.get_option("server.allowedHosts"),
                www_redirect=False,
            ),
            Middleware(SameOrigin),
            Middleware(PagesOnceReady),
            Middleware(runs.Bursts),
            Middleware(runs.Turns),
            Middleware(PackedFiles, base=base),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6),
            Middleware(LookAndScripts, base=base),
        ],
        "routes": [
            Route("/healthz", healthz, methods=["GET"]),  # where those who watch it ask, whatever the base
            Route(f"{base}/healthz", healthz, methods=["GET"]),
            Route(f"{base}/files/{{name}}", file, methods=["GET"]),
            Route(f"{base}/evidence/{{address}}", opened, methods=["GET"]),
            Route(f"{base}/lists/{{name}}", listed, methods=["GET"]),
            Route(f"{base}/look.css", look, methods=["GET"]),
            Route(f"{base}/{PLOTLY}", plotly, methods=["GET"]),
        ],
        "lifespan": lifespan,
        "on_script_error": apologise,
    }


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Get ready beside listening: a browser that comes at once loads its scripts meanwhile."""
    elements.register()
    Thread(target=get_ready, daemon=True).start()
    yield


_getting_ready, _ready = Lock(), False


def get_ready() -> None:
    """Import pages and charts, read the data, and spare the collector what will stay.

    Once for all: whoever comes while it is being done waits for it.
    """
    global _ready
    with _getting_ready:
        if _ready:
            return
        gc.disable()  # what is imported and read stays: to look through it for garbage takes a fifth as long
        try:
            # pandas and all of ours take a second
            from charts.chart import subtitle
            from query import CHARTS
            from ui import page, state  # noqa: F401

            for name in CHARTS:
                subtitle(name)  # imports its module
            for problem in state.served().problems:
                LOG.error(problem)
            gc.freeze()
            gc.set_threshold(GARBAGE, *gc.get_threshold()[1:])
        finally:
            gc.enable()
        _ready = True


async def opened(request: Request) -> Response:
    """What one place says: see `ui.panel`."""
    if not _ready:
        await asyncio.to_thread(get_ready)
    from ui import panel

    return await lanes.answered(lanes.QUICK, request, panel.answer)


async def listed(request: Request) -> Response:
    """A list below a chart: see `ui.lists`."""
    await asyncio.to_thread(get_ready)
    from ui import lists

    return await lanes.answered(lanes.QUICK, request, lists.answer)


def look(request: Request) -> Response:
    """The styles of a page that Streamlit does not draw."""
    return Response(STYLES, media_type="text/css", headers={"Cache-Control": "no-cache"})


def plotly(request: Request) -> Response:
    """Plotly for the browser, which keeps it: another version has another address."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(packing.body(PLOTLY), headers=kept, media_type="text/javascript")


async def file(request: Request) -> Response:
    """A file of a chart: see `ui.files`."""
    await asyncio.to_thread(get_ready)
    from ui import files

    return await lanes.answered(files.lane(request.path_params["name"]), request, files.answer)


def healthz(request: Request) -> JSONResponse:
    """Whether there is good data to show: 200 or 503, with what is served and what was last wrong.

    `status` is `starting`, `ok`, `last good version` (the file is not in order now) or `no data`.
    """
    if _ready:
        from ui import state

        served = state.served()
        data, fault = served.dataset, served.fault
        status = "no data" if data is None else "last good version" if served.problems else "ok"
    else:
        served = data = fault = None
        status = "starting"
    body = {
        "status": status,
        "dataset": data and data.hash,
        "version": data and data.version,
        "loaded_at": data and served.loaded_at.isoformat(timespec="seconds"),
        "load_seconds": data and served.load_seconds,
        "last_error": fault
        and {
            "noticed_at": fault.noticed_at.isoformat(timespec="seconds"),
            "problems": len(fault.problems),
            "first": list(fault.problems[:MOST_REPORTED]),
        },
    }
    return JSONResponse(body, 200 if data else 503, headers={"Cache-Control": "no-store"})


def apologise(error: Exception) -> bool:
    """Draw, in place of a failed page, a line with a number under which the log has path and traceback."""
    number = secrets.token_hex(4)
    LOG.error("page failed, number %s", number, exc_info=error)
    from ui.text import write  # templates stand above the tables, which a server that starts has not loaded

    write("frame.failed", number=number)
    return True


def content_policy() -> str:
    """The Content-Security-Policy: nothing from elsewhere, and of inline scripts only those known by hash."""
    index = (STATIC / "index.html").read_text("utf-8")
    scripts = [*INLINE_SCRIPT.findall(index), *(script.read_text("utf-8") for script in SCRIPTS)]
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {hashes}",
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and plotly write styles as they run
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "frame-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Puts on every answer what it allows a browser to do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_policy(),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",  # a view is in its address; other sites need not learn it
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class LookAndScripts:
    """Puts our styles and our scripts into the page that starts Streamlit in a browser.

    There they come once for a visit; drawn by a page script they would be sent and read with every click.
    What the first page needs is loaded beside Streamlit, which would ask for it piece by piece. Whoever opens
    an address below a page, where none of it would be found, is led to the page. Title and description are
    those of the page, for previews and search engines, which run no script. Streamlit answers every address
    with its page; where no page of ours is, it says 404, so that whoever asks for a file takes it for none.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self.base = app, base
        inks = f'<script type="application/json" id="inks">{json.dumps(theme.drawn())}</script>'
        scripts = "".join(f"<script>{script.read_text('utf-8')}</script>" for script in SCRIPTS)
        parts = "".join(f'<link rel="modulepreload" href="./{address}">' for address in elements.ADDRESSES)
        chunks = (file.name for name in CHUNKS for file in STATIC.glob(f"static/js/{name}.*.js"))
        parts += "".join(f'<script type="module" src="./static/js/{name}"></script>' for name in chunks)
        self.added = f"<style>{STYLES}</style>{inks}{scripts}{parts}".encode()
        self.unconnected = UNCONNECTED.read_bytes()
        # whoever comes while the server gets ready waits for it: meanwhile the browser reads plotly
        self.read_now = f'<script async id="plotly" src="./{PLOTLY}"></script>'.encode()
        self.read_later = f'<link rel="preload" as="script" id="plotly" href="./{PLOTLY}">'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start, page = None, b""

        async def send_with_ours(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                page += message.get("body", b"")
                if message.get("more_body"):
                    return
                if ROOT_ELEMENT in page and (nearest := _nearest_page(scope, self.base)):
                    return await RedirectResponse(nearest)(scope, receive, send)
                added = self.added + (self.read_later if _ready else self.read_now)
                whole, status = page, start["status"]
                if ROOT_ELEMENT in page:
                    name = scope["path"].removeprefix(self.base).strip("/")
                    status = status if name in PAGE_NAMES | {""} else 404
                    whole = NOSCRIPT.sub(b"", page).replace(TITLE, _introduction(name))
                    # behind Streamlit's part, whose way past the masthead stays the first link
                    whole = whole.replace(b"</body>", self.unconnected + added + b"</body>")
                headers = MutableHeaders(raw=start["headers"])
                headers["Content-Length"] = str(len(whole))
                for name in ("ETag", "Last-Modified"):  # Streamlit's page stays the same when ours changes
                    del headers[name]
                await send(start | {"status": status, "headers": headers.raw})
                await send({"type": "http.response.body", "body": whole})

        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        # what comes from Streamlit has to be readable here; it is compressed further out
        unwanted = {b"accept-encoding"}
        if "/static/" not in scope["path"]:  # nor does Streamlit know whether the page that is kept is ours
            unwanted |= {b"if-none-match", b"if-modified-since"}
        return await self.app(_without(scope, unwanted), receive, send_with_ours)


def _without(scope: Scope, names: set[bytes]) -> Scope:
    """A request without some of its headers."""
    return scope | {"headers": [header for header in scope["headers"] if header[0] not in names]}


def _introduction(name: str) -> bytes:
    """Title and description of a page. A server that starts does not know its pages yet, and names itself."""
    title, about = NAME, ABOUT
    if _ready:
        from query import PAGES
        from query.topics import HOME
        from ui.page import title_of

        if topic := PAGES.get(name or HOME):
            title, about = title_of(topic), f"{topic.question} {ABOUT}"
    pairs = (
        ('name="description"', about),
        ('property="og:title"', title),
        ('property="og:description"', about),
    )
    metas = "".join(f'<meta {kind} content="{escape(text)}">' for kind, text in pairs)
    return f"<title>{escape(title)}</title>{metas}".encode()


def _nearest_page(scope: Scope, base: str) -> str:
    """The page that an address means: the one above what a browser opens, `threats` for `Threats`, and for
    the folder of files the list of them.

    Empty for a page itself, and for what is not opened. Streamlit answers every address with its page, whose
    scripts and styles are looked for beside the address.
    """
    first, below, rest = scope["path"].removeprefix(base).lstrip("/").partition("/")
    meant = first.lower() if first.lower() in PAGE_NAMES else first
    if first == "files" and not rest:
        meant = "files/index.html"
    is_opened = "text/html" in Headers(scope=scope).get("accept", "")
    if meant == first and not (below and is_opened):
        return ""
    query = scope["query_string"].decode("latin-1")
    return f"{base}/{quote(meant)}" + (f"?{query}" if query else "")


def _is_page(start: Message) -> bool:
    """Whether an answer may be the page that starts Streamlit; a file to take along, HTML too, is not."""
    headers = Headers(raw=start["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and "content-disposition" not in headers


class HeadAsGet:
    """Answers HEAD with what GET would be answered, without the body: both say the same length."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = message | {"body": b""}
            await send(message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            return await self.app(scope | {"method": "GET"}, receive, send_head)
        return await self.app(scope, receive, send)


class PagesOnceReady:
    """Has connections wait until the server is ready to run pages. Scripts and styles are sent meanwhile."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not _ready:
            await asyncio.to_thread(get_ready)
        await self.app(scope, receive, send)


class SameOrigin:
    """Refuses what a page of another origin asks for, before Streamlit looks at it.

    For an origin that it does not know Streamlit looks up its own public address, which blocks all viewers
    for seconds where the network drops packets.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            # behind a proxy that ends TLS the scheme differs, so names and ports decide
            name = (origin or "").partition("://")[2]
            if origin is not None and name.lower() != headers.get("host", "").lower():
                refusal = PlainTextResponse("Pages of another origin are not served.", 403)
                return await refusal(scope, receive, send)
        return await self.app(scope, receive, send)

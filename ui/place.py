"""Where the dashboard stands: the path before its addresses, by `server.baseUrlPath` or a proxy's prefix."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

# a path, as a proxy may say that it strips it: not of another host, not upwards, no longer than one is
PREFIX = re.compile(r"(?!.{201})(/(?!\.)[\w.~-]+)*", re.ASCII)


def base() -> str:
    """The path that `server.baseUrlPath` puts before every address, `/tools/csto`, or nothing."""
    path = (config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def root(request: Request) -> str:
    """The address of the dashboard as its reader has it, with `/` at its end.

    Of a prefix that a proxy strips the server knows what the proxy says in X-Forwarded-Prefix; see
    deploy/README.md.
    """
    return f"{request.url.scheme}://{request.url.netloc}{_stripped(request.headers)}{base()}/"


def _stripped(headers: Headers) -> str:
    """The prefix that a proxy says it strips, without `/` at its end; an empty text where it says none."""
    said = headers.get("x-forwarded-prefix", "").rstrip("/")
    return said if PREFIX.fullmatch(said) else ""


class RedirectsInside:
    """Makes each redirect stay below a prefix that a proxy strips.

    Relative to what was asked for, unless the proxy says its prefix: nginx hands on `a%2Fb` as `a/b`, which
    has a step more than the browser counts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_inside(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                if "location" in headers:
                    headers["location"] = _inside(scope, headers["location"])
            await send(message)

        await self.app(scope, receive, send_inside if scope["type"] == "http" else send)


def _inside(scope: Scope, location: str) -> str:
    """A place on this server, as it is reached from the address asked for; others stay as they are."""
    parts = urlsplit(location)
    if parts.netloc not in ("", Headers(scope=scope).get("host", "")) or not parts.path.startswith("/"):
        return location
    query = f"?{parts.query}" if parts.query else ""
    if prefix := _stripped(Headers(scope=scope)):
        return f"{prefix}/{parts.path.lstrip('/')}{query}"
    # counted as a browser does, for which %2F is no step
    steps = scope.get("raw_path", scope["path"].encode()).count(b"/") - 1
    return ("../" * steps or "./") + parts.path.lstrip("/") + query

"""Scripts and styles of Streamlit and plotly, packed: at set-up, or else when somebody first asks for them.

    python -m ui.packing     # packs all of them into the environment; `make setup` does it

The server itself writes nothing. Without what set-up packed it packs what it is asked for and keeps that in
memory, but a first visitor waits for it: plotly is 4.7 MB, and meanwhile the server is importing.
"""

import asyncio
import gzip
import re
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import brotli
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(st.__file__).parent / "static"
PLOTLY = f"plotly-{version('plotly')}-bars.js"  # its address, at which it stays the same for good
PLOTLY_FILE = Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"
# Where it registers its kinds of traces: bars first, then 46 more, each of which a browser would read. Points
# are part of its core. Without the others a browser reads it in 0.7 s in place of 1.8 (docs/PERFORMANCE.md).
REGISTERED = re.compile(rb"(\.register\(\[\w+\(\)),[\w(),]*\]")
FOLDER = Path(sys.prefix) / "share" / "cstodash" / f"streamlit-{st.__version__}"
# what a browser may take a file in, the best first; quality 5 packs plotly as fast as gzip does, 13 % smaller
PACKED = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 6)}


def packable() -> dict[str, Path]:
    """The files by their addresses. Those change with contents, so what is kept stays right."""
    files = (file for file in STATIC.rglob("*") if file.suffix in (".js", ".css"))
    return {PLOTLY: PLOTLY_FILE} | {file.relative_to(STATIC).as_posix(): file for file in files}


def body(name: str) -> bytes:
    """The file as a browser runs it."""
    content = packable()[name].read_bytes()
    return REGISTERED.sub(rb"\1]", content) if name == PLOTLY else content


def packed(name: str, coding: str, folder: Path = FOLDER) -> bytes:
    """The file in this coding (a key of PACKED): as set-up left it in the folder, or packed now."""
    kept = _kept(name, coding, folder)
    return kept.read_bytes() if kept.is_file() else PACKED[coding](body(name))


def pack(folder: Path = FOLDER) -> int:
    """Pack all files into the folder, each whole or not at all. Returns how many there are.

    Plotly as small as it gets: 13 s, once, for 0.18 MB of the 2.9 of a first visit.
    """
    names = packable()
    for name in names:
        content = body(name)
        for coding, compress in PACKED.items():
            kept = _kept(name, coding, folder)
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_name(f"{kept.name}.part")
            part.write_bytes(
                brotli.compress(content) if (name, coding) == (PLOTLY, "br") else compress(content)
            )
            part.replace(kept)
    return len(names)


def _kept(name: str, coding: str, folder: Path) -> Path:
    return folder / f"{name}.{coding}"


class PackedFiles:
    """Sends these files packed. `base` stands before their addresses."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self.base = app, base
        self.names = set(packable())
        self.answers: dict[tuple[str, str], tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name, coding = scope.get("path", "").removeprefix(self.base).lstrip("/"), _coding(scope)
        if coding is None or name not in self.names:
            return await self.app(scope, receive, send)
        key = name, coding
        if key not in self.answers:
            start = await self._start(scope, receive)
            body = await asyncio.to_thread(packed, name, coding)
            headers = MutableHeaders(raw=start["headers"])
            headers.update({"Content-Encoding": coding, "Content-Length": str(len(body))})
            self.answers[key] = start | {"headers": headers.raw}, body
        start, body = self.answers[key]
        await send(start | {"headers": list(start["headers"])})  # others add theirs to the list
        await send({"type": "http.response.body", "body": body})

    async def _start(self, scope: Scope, receive: Receive) -> Message:
        """How the answer to a request begins, without any wish for compression."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        await self.app(scope | {"method": "HEAD", "headers": plain}, receive, keep)
        return messages[0]


def _coding(scope: Scope) -> str | None:
    """How an answer may be packed, if the request is a plain one for a whole file."""
    headers = Headers(scope=scope) if scope["type"] == "http" and scope["method"] == "GET" else {}
    if {"range", "if-none-match"} & set(headers.keys()):
        return None
    taken = {part.partition(";")[0].strip() for part in headers.get("accept-encoding", "").split(",")}
    return next((coding for coding in PACKED if coding in taken), None)


if __name__ == "__main__":
    print(f"{pack()} files packed")

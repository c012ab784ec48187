"""Who is served next: in each lane a few things are worked out at a time, for one asker after the other.

Python runs one thread at a time. Twenty pictures in twenty threads leave a viewer who only changes a filter a
twentieth of it; in a lane they leave the half. What takes as long as each other shares a lane.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

RETRY = 5  # seconds after which who was refused may ask again
GONE = 499  # what nginx calls an answer to someone who has hung up; nobody reads it


class Busy(Exception):
    """An asker has as much waiting in a lane as one may have."""


class Lane:
    """Lets `at_once` pieces of work begin, of each asker one. Askers take turns, however much they ask for.

    An asker is an address of the network; an office behind one of them is one. No more than `most` of its
    requests may wait; what comes by a websocket waits in any case, for there each viewer has one.
    """

    def __init__(self, at_once: int = 1, most: int | None = None) -> None:
        self.free, self.most = at_once, most
        self.waiting: dict[str, deque[asyncio.Future]] = {}  # by asker, who is next first
        self.served: set[str] = set()

    async def begin(self, asker: str, most: int | None = None) -> None:
        """Wait until it is the asker's turn; `end` has to follow. Raises Busy where `most` wait already."""
        line = self.waiting.setdefault(asker, deque())
        if most is not None and len(line) >= most:
            raise Busy
        turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was given the turn, and left
                self.end(asker)
            raise

    def end(self, asker: str) -> None:
        """Give the asker's turn to who is next."""
        self.free += 1
        self.served.remove(asker)
        self._serve()

    def _serve(self) -> None:
        while self.free and (asker := next((one for one in self.waiting if one not in self.served), None)):
            line = self.waiting.pop(asker)
            turn = line.popleft()
            if line:
                self.waiting[asker] = line  # behind the others
            if not turn.cancelled():
                self.free -= 1
                self.served.add(asker)
                turn.set_result(None)


# by how long one takes: milliseconds, tenths of a second, seconds
QUICK, PICTURES, BRIEFINGS = Lane(most=200), Lane(most=48), Lane(most=8)


def asker_of(scope: Scope) -> str:
    """The address of who asks; behind a proxy on this machine what it says in X-Forwarded-For."""
    return scope["client"][0] if scope.get("client") else "unknown"


async def answered(lane: Lane, request: Request, answer: Callable[[Request], Response]) -> Response:
    """The answer to a request, worked out in its turn and in a thread beside those of the pages."""
    asker = asker_of(request.scope)
    try:
        await lane.begin(asker, lane.most)
    except Busy:
        words = f"{lane.most} requests from your address wait already. Ask again in {RETRY} seconds."
        return PlainTextResponse(words, 429, {"Retry-After": str(RETRY)})
    try:
        if await request.is_disconnected():
            return Response(status_code=GONE)
        return await asyncio.to_thread(answer, request)
    finally:
        lane.end(asker)

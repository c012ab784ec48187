"""Who is served next: in each lane a few things are worked out at a time, first for who had least of late.

Python runs one thread at a time. Twenty pictures in twenty threads leave a viewer who only changes a filter a
twentieth of it; in a lane they leave the half. What takes as long shares a lane.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

HALF = 10  # seconds; see Times
MOST_KNOWN = 1_000  # askers
RETRY = 5  # seconds after which who was refused may ask again
GONE = 499  # what nginx calls an answer to someone who has hung up; nobody reads it


class Busy(Exception):
    """An asker has as much waiting in a lane as one may have."""


class Times:
    """The seconds that each asker has had of late, in all lanes: after HALF seconds half is forgotten."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, float]] = {}  # by asker: seconds, and when they were counted

    def __getitem__(self, asker: str) -> float:
        seconds, when = self.known.get(asker, (0.0, 0.0))
        return seconds * 0.5 ** ((monotonic() - when) / HALF)

    def add(self, asker: str, seconds: float) -> None:
        if len(self.known) >= MOST_KNOWN:  # who had least is as good as new
            kept = sorted(self.known, key=self.__getitem__)[MOST_KNOWN // 2 :]
            self.known = {one: self.known[one] for one in kept}
        self.known[asker] = self[asker] + seconds, monotonic()


class Lane:
    """Lets `at_once` pieces of work begin, of each asker one; who has had least time goes first.

    An asker is an address of the network; an office behind one of them is one. No more than `most` of its
    requests may wait; what comes by a websocket waits in any case, for there each viewer has one.
    """

    times = Times()  # of all lanes

    def __init__(self, at_once: int, most: int | None = None) -> None:
        self.free, self.most = at_once, most
        self.waiting: dict[str, deque[asyncio.Future]] = {}  # by asker
        self.began: dict[str, float] = {}  # of those who are served

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
        self.times.add(asker, monotonic() - self.began.pop(asker))
        self._serve()

    def _serve(self) -> None:
        while self.free and (askers := self.waiting.keys() - self.began.keys()):
            asker = min((one for one in self.waiting if one in askers), key=self.times.__getitem__)
            line = self.waiting.pop(asker)
            turn = line.popleft()
            if line:
                self.waiting[asker] = line  # behind those who have had as much
            if not turn.cancelled():
                self.free -= 1
                self.began[asker] = monotonic()
                turn.set_result(None)


# what takes milliseconds, such as evidence and tables, and what takes up to seconds: pictures and briefings
QUICK, DEAR = Lane(2, most=200), Lane(2, most=48)


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

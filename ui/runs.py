"""Runs of page scripts, between the browsers and Streamlit: they take turns, and answer in one burst each."""

import asyncio

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.lanes import DEAR, Lane, asker_of

RUNS_AT_ONCE = 2  # of page scripts; Python runs one of them at a time, and more only slow each other down
LONGEST_TURN = 10.0  # seconds after which the next one goes, whatever holds this one up
LONGEST_MADE = 60.0  # the same of a file; 30 slides as a ZIP take 25 on a free machine
LONGEST_HELD = 0.05  # seconds for which what a run answers waits for the rest
LARGEST_NEWS = 200  # bytes of the messages that say how a run goes; most elements are larger


class Turns:
    """Lets page scripts run and files be made a few at a time, first for who has had least time of late.

    Streamlit starts a thread for each request. Two hundred of them at once share one interpreter, and each
    switch costs: all are late together. In turn, each takes as long as it takes alone: 95 of 100 answers come
    within 0.25 s in place of 1.22 (docs/RELIABILITY.md).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages = Lane(RUNS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        asker = asker_of(scope)
        page, file = Turn(self.pages, asker, LONGEST_TURN), Turn(DEAR, asker, LONGEST_MADE)

        async def receive_in_turn() -> Message:
            message = await receive()
            match asked(message.get("bytes")):
                case "rerun_script":
                    await page.begin()
                case "deferred_file":
                    await file.begin()
            return message

        async def send_and_end(message: Message) -> None:
            match news(message):
                case "script_finished":
                    page.end()
                case "backend_operation_response":
                    file.end()
            await send(message)

        try:
            return await self.app(scope, receive_in_turn, send_and_end)
        finally:
            page.end()  # the file is made to its end: its turn ends by itself


class Turn:
    """The turn of one viewer in a lane, who holds at most one, and not for longer than `longest` seconds."""

    def __init__(self, lane: Lane, asker: str, longest: float) -> None:
        self.lane, self.asker, self.longest = lane, asker, longest
        self.limit: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Wait for a turn, unless this viewer has one already: Streamlit then changes the run it has."""
        if self.limit is None:
            await self.lane.begin(self.asker)
            self.limit = asyncio.get_running_loop().call_later(self.longest, self.end)

    def end(self) -> None:
        """Give the turn back, if there is one."""
        if self.limit is not None:
            self.limit.cancel()
            self.limit = None
            self.lane.end(self.asker)


class Bursts:
    """Sends what a run answers in one burst, as long as the run is short.

    A browser renders the whole page anew when it hears that a run has begun, again when it hears that it is
    running, and for every few elements that come between two of its own tasks: a click took half as long
    again. What comes at once is rendered once: a filter change takes 183 ms in place of 195 to 226
    (docs/PERFORMANCE.md).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        burst = Burst(send)
        try:
            return await self.app(scope, receive, burst.send)
        finally:
            burst.close()


class Burst:
    """What one viewer is sent: held back from the begin of a run until it ends, or has taken LONGEST_HELD."""

    def __init__(self, send: Send) -> None:
        self.pass_on = send
        self.held: list[Message] = []
        self.held_state: list[Message] = []  # whether a run is on
        self.limit: asyncio.TimerHandle | None = None
        self.late: asyncio.Task | None = None
        self.in_order = asyncio.Lock()

    async def send(self, message: Message) -> None:
        if self.limit is None:
            if kind_of(message) != "new_session":
                await self._send([message])
                return
            self.limit = asyncio.get_running_loop().call_later(LONGEST_HELD, self._send_late)
        kind = news(message)
        # That a run was on costs nothing together with the next message, that it is over.
        (self.held_state if kind == "session_status_changed" else self.held).append(message)
        if kind == "script_finished" or "bytes" not in message:
            await self._send_held()

    def close(self) -> None:
        if self.limit is not None:
            self.limit.cancel()
            self.limit = None

    def _send_late(self) -> None:
        self.late = asyncio.ensure_future(self._send_held())  # kept, or it may be collected before it is done

    async def _send_held(self) -> None:
        self.close()
        held, self.held, self.held_state = self.held + self.held_state, [], []
        await self._send(held)

    async def _send(self, messages: list[Message]) -> None:
        async with self.in_order:
            for message in messages:
                await self.pass_on(message)


def asked(data: bytes | None) -> str | None:
    """What a browser's message asks Streamlit for: of what takes a turn `rerun_script`, the run of a page, or
    `deferred_file`, a file of a briefing. What cannot be read is left to Streamlit.
    """
    try:
        message = BackMsg.FromString(data or b"")
    except DecodeError:
        return None
    kind = message.WhichOneof("type")
    return (
        message.backend_operation_request.WhichOneof("payload")
        if kind == "backend_operation_request"
        else kind
    )


def kind_of(message: Message) -> str | None:
    """What a message to a browser is, a field of Streamlit's ForwardMsg; None for the end of a connection."""
    data = message.get("bytes")
    return ForwardMsg.FromString(data).WhichOneof("type") if data else None


def news(message: Message) -> str | None:
    """What a message is, if it may be one that says how a run goes. Those are small; no other is read."""
    return kind_of(message) if len(message.get("bytes") or b"") <= LARGEST_NEWS else None

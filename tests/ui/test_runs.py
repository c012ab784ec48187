"""Page scripts run a few at a time, in the order in which they were asked for, and answer in one burst."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui import runs

RUN = BackMsg(rerun_script={"query_string": "years=2022"}).SerializeToString()
END = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()


class Streamlit:
    """Stands where Streamlit would: it begins a run for each message, and ends those that the test names."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.ending: dict[str, asyncio.Event] = {}

    async def __call__(self, scope, receive, send) -> None:
        name = scope["path"]
        while (message := await receive())["type"] == "websocket.receive":
            if message["bytes"] != RUN:
                continue
            self.running.append(name)
            self.ending[name] = asyncio.Event()
            await self.ending[name].wait()
            self.running.remove(name)
            await send({"type": "websocket.send", "bytes": END})


class Viewer:
    """One websocket. `ask` sends a message, `leave` hangs up."""

    def __init__(self, app, name: str, address: str) -> None:
        self.inbox: asyncio.Queue = asyncio.Queue()
        self.sent: list[dict] = []
        self.task = asyncio.ensure_future(
            app({"type": "websocket", "path": name, "client": (address, 1)}, self.inbox.get, self._send)
        )

    async def _send(self, message: dict) -> None:
        self.sent.append(message)

    def ask(self, data: bytes = RUN) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "bytes": data})

    def leave(self) -> None:
        self.task.cancel()


@asynccontextmanager
async def crowd(number: int, of_one_address: int = 1) -> AsyncIterator[tuple[Streamlit, list[Viewer]]]:
    """So many viewers of one Streamlit, between whom turns are taken; the first ones may have one address.
    At the end they leave.
    """
    app = Streamlit()
    turns = runs.Turns(app)
    viewers = [Viewer(turns, str(one), str(max(one, of_one_address - 1))) for one in range(number)]
    yield app, viewers
    for viewer in viewers:
        viewer.leave()


async def settled() -> None:
    """Whatever can happen now has happened."""
    for _ in range(50):
        await asyncio.sleep(0)


async def until(condition) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0)


def in_a_loop(test):
    """A test that is a coroutine, run to its end."""

    @wraps(test)
    def run(*fixtures, **named) -> None:
        asyncio.run(test(*fixtures, **named))

    return run


@in_a_loop
async def test_no_more_scripts_run_at_once_than_may_and_the_first_comes_first():
    async with crowd(runs.RUNS_AT_ONCE + 2) as (app, viewers):
        for viewer in viewers:
            viewer.ask()
            await settled()
        first = [str(number) for number in range(runs.RUNS_AT_ONCE)]
        assert app.running == first
        app.ending[first[0]].set()
        await settled()
        assert app.running == [*first[1:], str(runs.RUNS_AT_ONCE)]


@in_a_loop
async def test_who_opens_many_windows_leaves_a_turn_to_others():
    async with crowd(6, of_one_address=5) as (app, viewers):
        for viewer in viewers:
            viewer.ask()
            await settled()
        assert app.running == ["0", "5"]


FILE = BackMsg(
    backend_operation_request={"request_id": "1", "deferred_file": {"file_id": "a"}}
).SerializeToString()
TAKEN = ForwardMsg(backend_operation_response={"request_id": "1"}).SerializeToString()


@in_a_loop
async def test_files_of_briefings_are_made_a_few_at_a_time_beside_the_pages():
    asked = []

    async def streamlit(scope, receive, send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            asked.append((scope["path"], message["bytes"]))
            if message["bytes"] == TAKEN:  # stands for the moment in which it is ready
                await send({"type": "websocket.send", "bytes": TAKEN})

    turns = runs.Turns(streamlit)
    one, other = Viewer(turns, "one", "1"), Viewer(turns, "other", "1")
    for viewer in (one, other):
        viewer.ask(FILE)
        await settled()
    assert asked == [("one", FILE)]
    one.ask(RUN)  # is not held up by its own file
    one.ask(TAKEN)
    await settled()
    assert asked == [("one", FILE), ("one", RUN), ("one", TAKEN), ("other", FILE)]
    other.ask(TAKEN)
    await settled()
    for viewer in (one, other):
        viewer.leave()


@in_a_loop
async def test_a_viewer_who_hangs_up_gives_the_turn_back():
    async with crowd(runs.RUNS_AT_ONCE + 1) as (app, viewers):
        for viewer in viewers:
            viewer.ask()
            await settled()
        viewers[0].leave()
        await settled()
        assert app.running[-1] == str(runs.RUNS_AT_ONCE)


@in_a_loop
async def test_a_run_that_does_not_end_holds_nobody_up_for_ever(monkeypatch):
    monkeypatch.setattr(runs, "LONGEST_TURN", 0.0)
    async with crowd(runs.RUNS_AT_ONCE + 1) as (app, viewers):
        for viewer in viewers:
            viewer.ask()
        await until(lambda: len(app.running) > runs.RUNS_AT_ONCE)


@pytest.mark.parametrize(
    "data", [None, b"", b"\xff\xff", b"nonsense", BackMsg(stop_script=True).SerializeToString()]
)
def test_what_asks_for_no_run_takes_no_turn(data):
    assert runs.asked(data) not in ("rerun_script", "deferred_file")


def said(message: ForwardMsg) -> dict:
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


BEGUN = said(ForwardMsg(new_session={"name": "dashboard"}))
RUNNING = said(ForwardMsg(session_status_changed={"script_is_running": True}))
DRAWN = said(ForwardMsg(delta={"new_element": {"html": {"body": "<p>a</p>"}}}))
ENDED = {"type": "websocket.send", "bytes": END}
AT_REST = said(ForwardMsg(session_status_changed={"script_is_running": False}))
ELSE = said(ForwardMsg(page_info_changed={"query_string": "a=b"}))


def burst_and_sent() -> tuple[runs.Burst, list[dict]]:
    """A viewer's burst, and what has reached the viewer."""
    sent: list[dict] = []

    async def keep(message: dict) -> None:
        sent.append(message)

    return runs.Burst(keep), sent


@in_a_loop
async def test_what_a_run_answers_comes_in_one_burst():
    burst, sent = burst_and_sent()
    for message in (ELSE, BEGUN, RUNNING, DRAWN, DRAWN):
        await burst.send(message)
    assert sent == [ELSE]
    await burst.send(ENDED)
    await burst.send(AT_REST)
    assert sent == [ELSE, BEGUN, DRAWN, DRAWN, ENDED, RUNNING, AT_REST]


@in_a_loop
async def test_what_a_long_run_has_answered_is_sent_before_it_ends(monkeypatch):
    monkeypatch.setattr(runs, "LONGEST_HELD", 0.0)
    burst, sent = burst_and_sent()
    for message in (BEGUN, RUNNING, DRAWN):
        await burst.send(message)
    await until(lambda: len(sent) == 3)
    await burst.send(DRAWN)
    await burst.send(ENDED)
    assert sent == [BEGUN, DRAWN, RUNNING, DRAWN, ENDED]


@in_a_loop
async def test_a_connection_that_ends_during_a_run_loses_nothing_of_it():
    end = {"type": "websocket.close"}
    burst, sent = burst_and_sent()
    for message in (BEGUN, DRAWN, end):
        await burst.send(message)
    assert sent == [BEGUN, DRAWN, end]


def test_a_message_to_a_browser_says_what_it_is():
    kinds = [runs.kind_of(message) for message in (BEGUN, DRAWN, ENDED)]
    assert kinds == ["new_session", "delta", "script_finished"]
    assert runs.kind_of({"type": "websocket.close"}) is None
    assert runs.news(ENDED) == "script_finished"
    assert runs.news(AT_REST) == "session_status_changed"
    large = said(ForwardMsg(delta={"new_element": {"html": {"body": "a" * runs.LARGEST_NEWS}}}))
    assert runs.news(large) is None

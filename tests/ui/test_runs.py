"""Turns: page scripts run a few at a time, in the order in which they were asked for."""

import asyncio
from importlib import import_module

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

server = import_module("ui.server")  # `ui.server` is the function of that name

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

    def __init__(self, app, name: str) -> None:
        self.inbox: asyncio.Queue = asyncio.Queue()
        self.sent: list[dict] = []
        self.task = asyncio.ensure_future(
            app({"type": "websocket", "path": name}, self.inbox.get, self._send)
        )

    async def _send(self, message: dict) -> None:
        self.sent.append(message)

    def ask(self, data: bytes = RUN) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "bytes": data})

    def leave(self) -> None:
        self.task.cancel()


async def settled() -> None:
    """Whatever can happen now has happened."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_no_more_scripts_run_at_once_than_may_and_the_first_comes_first():
    async def scene() -> None:
        app = Streamlit()
        turns = server.Turns(app)
        viewers = [Viewer(turns, str(number)) for number in range(server.RUNS_AT_ONCE + 2)]
        for viewer in viewers:
            viewer.ask()
            await settled()
        first = [str(number) for number in range(server.RUNS_AT_ONCE)]
        assert app.running == first
        app.ending[first[0]].set()
        await settled()
        assert app.running == [*first[1:], str(server.RUNS_AT_ONCE)]
        for viewer in viewers:
            viewer.leave()

    asyncio.run(scene())


def test_a_viewer_who_hangs_up_gives_the_turn_back():
    async def scene() -> None:
        app = Streamlit()
        turns = server.Turns(app)
        viewers = [Viewer(turns, str(number)) for number in range(server.RUNS_AT_ONCE + 1)]
        for viewer in viewers:
            viewer.ask()
            await settled()
        viewers[0].leave()
        await settled()
        assert app.running[-1] == str(server.RUNS_AT_ONCE)
        for viewer in viewers:
            viewer.leave()

    asyncio.run(scene())


def test_a_run_that_does_not_end_holds_nobody_up_for_ever(monkeypatch):
    async def scene() -> None:
        app = Streamlit()
        turns = server.Turns(app)
        viewers = [Viewer(turns, str(number)) for number in range(server.RUNS_AT_ONCE + 1)]
        for viewer in viewers:
            viewer.ask()
        await asyncio.wait_for(_holds(lambda: len(app.running) > server.RUNS_AT_ONCE), timeout=30)
        for viewer in viewers:
            viewer.leave()

    monkeypatch.setattr(server, "LONGEST_TURN", 0.0)
    asyncio.run(scene())


async def _holds(condition) -> None:
    while not condition():
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    "data", [None, b"", b"\xff\xff", b"nonsense", BackMsg(stop_script=True).SerializeToString()]
)
def test_what_asks_for_no_run_takes_no_turn(data):
    assert not server.asks_for_run(data)


def test_only_the_end_of_a_run_ends_it():
    assert server.ends_run(END)
    assert not server.ends_run(None)
    assert not server.ends_run(ForwardMsg(page_info_changed={"query_string": "a=b"}).SerializeToString())
    assert len(END) < server.LARGEST_END

"""A server listens before it is ready: scripts and styles go out meanwhile, pages wait."""

import asyncio
import gc
import json
import threading
from unittest.mock import Mock

import pytest

from deploy import health
from ui import server, state


@pytest.fixture
def starting(monkeypatch):
    monkeypatch.setattr(server, "_ready", False)


def test_health_says_that_a_server_is_starting_with_all_that_it_says_later(starting, monkeypatch):
    answer = server.healthz(None)
    body = json.loads(answer.body)
    assert (answer.status_code, body["status"], body["dataset"]) == (503, "starting", None)
    server.get_ready()
    assert json.loads(server.healthz(None).body).keys() == body.keys()
    assert "starting" not in health.GOOD


def test_a_connection_waits_until_the_server_is_ready_and_a_file_does_not(starting, monkeypatch):
    ready = threading.Event()
    monkeypatch.setattr(server, "get_ready", ready.wait)
    reached = []

    async def app(scope, receive, send) -> None:
        reached.append(scope["type"])

    async def scene() -> None:
        gate = server.PagesOnceReady(app)
        connecting = asyncio.ensure_future(gate({"type": "websocket"}, None, None))
        for _ in range(50):  # whatever can happen now has happened
            await asyncio.sleep(0)
        await gate({"type": "http"}, None, None)
        assert reached == ["http"]
        ready.set()
        await connecting
        assert reached == ["http", "websocket"]

    asyncio.run(scene())


def test_a_server_that_could_not_get_ready_collects_garbage_all_the_same_and_tries_again(
    starting, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(state, "served", Mock(side_effect=MemoryError))
        with pytest.raises(MemoryError):
            server.get_ready()
    assert gc.isenabled()
    server.get_ready()
    assert server._ready

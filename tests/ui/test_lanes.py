"""Who is served next: askers take turns, and nobody has more waiting than one may have."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from tests.ui.test_runs import in_a_loop, settled
from ui import files, lanes


@pytest.fixture(autouse=True)
def now(monkeypatch) -> list[float]:
    """The time on the clock, which stands; nobody has had any of it."""
    clock = [0.0]
    monkeypatch.setattr(lanes, "monotonic", lambda: clock[0])
    monkeypatch.setattr(lanes.Lane, "times", lanes.Times())
    return clock


def queue(lane: lanes.Lane, askers: Iterable[str]) -> tuple[list[str], list[asyncio.Task]]:
    """Askers in the order in which they ask; who has begun so far, and what waits."""
    begun: list[str] = []

    async def work(asker: str) -> None:
        await lane.begin(asker)
        begun.append(asker)

    return begun, [asyncio.ensure_future(work(asker)) for asker in askers]


@in_a_loop
async def test_who_asks_for_much_is_served_in_turn_with_who_asks_for_little():
    lane = lanes.Lane(1)
    begun, _ = queue(lane, "aaaabc")
    for _ in range(6):
        await settled()
        lane.end(begun[-1])
    assert "".join(begun) == "aabcaa"


@in_a_loop
async def test_who_has_had_much_time_of_any_lane_goes_last_until_it_is_forgotten(now):
    lane, dear = lanes.Lane(1), lanes.Lane(1)
    await dear.begin("greedy")
    now[0] += 8
    dear.end("greedy")
    for wait, order in ((0, ["other", "greedy"]), (2000 * lanes.HALF, ["greedy", "other"])):
        now[0] += wait
        await lane.begin("holds")
        begun, _ = queue(lane, ["greedy", "other"])
        await settled()
        for asker in ("holds", *order):
            lane.end(asker)
            await settled()
        assert begun == order


def test_no_more_than_so_many_askers_are_known(now, monkeypatch):
    monkeypatch.setattr(lanes, "MOST_KNOWN", 10)
    times = lanes.Times()
    for number in range(100):
        times.add(f"{number}", number)
    assert len(times.known) <= 10
    assert times["99"] == 99


@in_a_loop
async def test_one_asker_has_one_thing_at_a_time_and_another_need_not_wait_for_it():
    lane = lanes.Lane(2)
    begun, _ = queue(lane, "aaab")
    await settled()
    assert begun == ["a", "b"]
    lane.end("b")
    await settled()
    assert begun == ["a", "b"], "the place of others stays free"


@in_a_loop
async def test_who_leaves_while_waiting_or_just_served_holds_nobody_up():
    lane = lanes.Lane(1)
    begun, tasks = queue(lane, "abcd")
    await settled()
    tasks[1].cancel()
    await settled()
    lane.end("a")  # it is the turn of c
    tasks[2].cancel()
    await settled()
    assert begun == ["a", "d"]
    lane.end("d")
    assert lane.free == 1
    assert not lane.waiting


def request(address: str) -> Request:
    async def connected() -> dict:
        await asyncio.Event().wait()

    return Request({"type": "http", "method": "GET", "headers": [], "client": (address, 1)}, connected)


@in_a_loop
async def test_who_has_enough_waiting_is_told_when_to_ask_again_and_others_are_not():
    lane = lanes.Lane(1, most=2)
    await lane.begin("busy")

    def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("a file")

    waiting = [asyncio.ensure_future(lanes.answered(lane, request("a"), answer)) for _ in range(2)]
    await settled()
    refused = await lanes.answered(lane, request("a"), answer)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == str(lanes.RETRY)
    assert "2 requests from your address wait already" in refused.body.decode()
    other = asyncio.ensure_future(lanes.answered(lane, request("b"), answer))
    lane.end("busy")
    answers = await asyncio.gather(*waiting, other)
    assert [one.status_code for one in answers] == [200, 200, 200]


@in_a_loop
async def test_nothing_is_made_for_who_has_hung_up():
    async def gone() -> dict:
        return {"type": "http.disconnect"}

    asked = Request({"type": "http", "method": "GET", "headers": [], "client": ("a", 1)}, gone)
    lane = lanes.Lane(1)
    assert (await lanes.answered(lane, asked, pytest.fail)).status_code == lanes.GONE
    assert lane.free == 1


@pytest.mark.parametrize(
    ("name", "lane"),
    [
        ("threats.csv", lanes.QUICK), ("threats.html", lanes.QUICK), ("no such", lanes.QUICK),
        ("threats.document.png", lanes.DEAR), ("threats.svg", lanes.DEAR),
        ("index.html", lanes.DEAR), ("briefing.html", lanes.DEAR), ("release.zip", lanes.DEAR),
    ],
)  # fmt: skip
def test_what_takes_long_does_not_stand_before_what_is_quick(name, lane):
    assert files.lane(name) is lane

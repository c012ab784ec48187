"""Viewers by the hundred: clients that speak Streamlit's protocol as its page in a browser does.

    python -m bench.load               # 200 viewers, a ramp of 40 s, 10 s to think; a server of its own
    python -m bench.load --viewers 20 --ramp 5 --think 2 --slow 20 --garbage 5
    python -m bench.load --soak 3000   # short sessions one after another: does memory grow?
    python -m bench.load --address http://127.0.0.1:8501

A viewer opens a page, and then changes filters, clicks marks, presses Next and goes to other pages. Every
answer is checked: the run succeeded, nothing on the page is an exception, charts are there, and the sentence
under the title is the one that `query` gives for the viewer's own URL. A time is what passes between sending
and the end of the run, measured in the viewer. The exit code is 1 when a bound is broken; which, is said.

Before the ramp each page is opened once, so that imports and the first reading of the data are not counted.
Viewers and server share the machine, so the times are worse than with viewers elsewhere.
"""

import argparse
import asyncio
import html
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

import query
from bench import serving
from loaders import Dataset, load

# bounds; one that is broken makes the exit code 1
SECONDS = 0.3  # 95 of 100 answers are there by then
MEMORY = 300  # MiB
GROWTH = 5  # per cent of memory, between SETTLED sessions and the last
SETTLED = 1000  # sessions after which caches are full and memory is expected to stay

RUN_SECONDS = 30  # an answer that takes longer is an error
INTERACTIONS = 6  # of a viewer
AT_A_TIME = 20  # sessions of a soak
SLOW_SECONDS = 2  # between two reruns that a viewer who never reads asks for
GARBAGE_SECONDS = 0.2  # between two frames of nonsense
SEED = 1  # of all that is left to chance
SUCCEEDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)

PAGES = ("", "chairmanship", "attendance", "documents", "threats", "sources", "briefing")  # as in the address
SECTIONS = ("events", "chairmanships", "attendance", "documents", "threats")  # whose records these pages show
FILTERS = re.compile(r"-(terms|ruler|filter_\w+|show_all)$")  # how the identifiers of these widgets end
SEARCHES = ("", "terrorism", "summit", "Lukashenko", "border", "no such word")
# what a viewer does, and how often; what a page does not offer is left out there
HABITS = {"filter": 40, "mark": 20, "next": 25, "page": 15}


# ---- one browser tab ----


class Wrong(Exception):
    """An answer that a viewer must not see."""


FAILURES = (Wrong, OSError, TimeoutError, WebSocketException, DecodeError)


class Placed(NamedTuple):
    """An element on a page, and the part of the page that it runs with."""

    element: Element
    fragment: str


@dataclass
class Run:
    """What the server sent for one run of a page's script."""

    seconds: float = 0
    size: int = 0  # bytes of the messages, uncompressed
    succeeded: bool = False
    elements: dict[tuple[int, ...], Placed] = field(default_factory=dict)  # by their place on the page

    def all(self, kind: str) -> list:
        """The elements of one kind, `button` for instance, in the order of the page."""
        placed = (self.elements[place].element for place in sorted(self.elements))
        return [getattr(element, kind) for element in placed if element.WhichOneof("type") == kind]

    @property
    def sentence(self) -> str:
        """What the line under the title says, empty where there is none."""
        bodies = "".join(one.body for one in self.all("html"))
        line = re.search(r'id="shown"[^>]*>(.*?)</p>', bodies, re.DOTALL)
        return html.unescape(line[1]) if line else ""


class Tab:
    """A connection, and what a browser keeps for it: the URL, the elements of the page, large messages.

    With a change it sends the value of the one widget; a browser sends all, but the server has the others.
    """

    def __init__(self, address: str, connection: ClientConnection | None) -> None:
        self.address = address
        self.query = ""
        self.page = Run()
        self._connection = connection
        self._pages: dict[str, str] = {}  # hash of a page's script -> its name in the address
        self._script = self._name = ""
        self._messages: dict[str, tuple[ForwardMsg, int]] = {}  # by hash, with the last run that used each
        self._age, self._number = 2, 0

    @property
    def name(self) -> str:
        """The page that is open."""
        return self._pages.get(self._script, self._name)

    async def open(self, name: str, query_string: str) -> Run:
        """The first run: by the page's name, for a browser does not know the hashes of scripts yet."""
        self._name, self.query = name, query_string
        return await self._run(page_name=name)

    async def go(self, script: str, query_string: str) -> Run:
        """Follow a link of the navigation."""
        url = self._url()  # the browser's address changes when the answer begins
        self.query = query_string
        return await self._run(page_script_hash=script, url=url)

    async def change(self, state: WidgetState) -> Run:
        """Give a widget a value, or press a button."""
        placed = self.page.elements.values()
        fragment = next(one.fragment for one in placed if _id(one.element) == state.id)
        return await self._run(state, page_script_hash=self._script, fragment_id=fragment)

    def _url(self) -> str:
        return f"{self.address}/{self.name}" + (f"?{self.query}" if self.query else "")

    async def _run(self, *states: WidgetState, url: str = "", **script: str) -> Run:
        state = ClientState(query_string=self.query, cached_message_hashes=self._messages, **script)
        state.widget_states.widgets.extend(states)
        context = state.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = url or self._url()
        async with asyncio.timeout(RUN_SECONDS):
            self.page = await self._answer(BackMsg(rerun_script=state).SerializeToString())
        self._number += 1
        messages = self._messages.items()
        self._messages = {key: one for key, one in messages if self._number - one[1] <= self._age}
        return self.page

    async def _answer(self, message: bytes) -> Run:
        run, begin = Run(), time.perf_counter()
        await self._connection.send(message)
        while True:
            data = await self._connection.recv()
            forward = ForwardMsg.FromString(data)
            run.size += len(data)
            if forward.WhichOneof("type") == "ref_hash":
                forward = self._recall(forward)
            elif forward.metadata.cacheable and forward.hash:
                self._messages.setdefault(forward.hash, (forward, self._number))
            match forward.WhichOneof("type"):
                case "delta" if forward.delta.WhichOneof("type") == "new_element":
                    placed = Placed(forward.delta.new_element, forward.delta.fragment_id)
                    run.elements[tuple(forward.metadata.delta_path)] = placed
                case "new_session":
                    session = forward.new_session
                    run.elements = self._around(forward.metadata.run.fragment_ids)
                    self._script, self._age = session.page_script_hash, session.config.max_cached_message_age
                case "navigation":
                    pages = forward.navigation.app_pages
                    self._pages = {page.page_script_hash: page.url_pathname for page in pages}
                    self._script = forward.navigation.page_script_hash
                case "page_info_changed":
                    self.query = forward.page_info_changed.query_string
                case "page_not_found":
                    raise Wrong("the page was not found")
                case "script_finished" if forward.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    run.seconds = time.perf_counter() - begin
                    run.succeeded = forward.script_finished in SUCCEEDED
                    return run

    def _around(self, fragments: Iterable[str]) -> dict[tuple[int, ...], Placed]:
        """What stays on the page while these parts of it run by themselves; nothing if all of it runs."""
        around = dict(self.page.elements) if fragments else {}
        for fragment in fragments:
            places = [place for place, one in around.items() if one.fragment == fragment]
            pairs = zip(min(places), max(places), strict=False)
            inside = tuple(first for first, last in takewhile(lambda pair: pair[0] == pair[1], pairs))
            around = {place: one for place, one in around.items() if place[: len(inside)] != inside}
        return around

    def _recall(self, reference: ForwardMsg) -> ForwardMsg:
        if reference.ref_hash not in self._messages:
            raise Wrong("the server referred to a message that the browser does not have")
        message, _ = self._messages[reference.ref_hash]
        self._messages[reference.ref_hash] = (message, self._number)
        message.metadata.CopyFrom(reference.metadata)
        return message


def _id(element: Element) -> str:
    return getattr(getattr(element, element.WhichOneof("type")), "id", "")


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Tab]:
    """A tab that is connected as the page in a browser is, and hangs up afterwards."""
    async with _connection(address) as connection:
        yield Tab(address, connection)


def _connection(address: str, **options: object) -> connect:
    return connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # what the browser sends in place of a token
        ping_interval=None,  # browsers send none of their own
        max_size=None,
        open_timeout=RUN_SECONDS,
        close_timeout=5,
        **options,
    )


# ---- what a viewer does ----


def deep_links(dataset: Dataset) -> list[tuple[str, str]]:
    """Pages with and without a query: a page's name, and what stands behind the question mark."""
    tables = dataset.tables
    queries = ["", *(urlencode({"years": year}) for year in query.axis_years(tables))]
    links = [(name, text) for name in PAGES for text in queries]
    for name, section in zip(PAGES, SECTIONS, strict=False):
        links += [(name, urlencode({"sel": address})) for address in tables[section]["id"]]
    return links


async def move(tab: Tab, chance: random.Random) -> tuple[str, Run]:
    """Do one thing that the page offers: of which kind, and the answer. Raises Wrong if the URL stays."""
    page, before = tab.page, tab.query
    charts, links = page.all("plotly_chart"), page.all("page_link")
    chart = chance.choice(charts) if charts else None
    choices = {
        "filter": list(filter_changes(page, chance)),
        "mark": clickable(json.loads(chart.spec), _selected(before)) if chart else [],
        "next": [one for one in page.all("button") if one.id.endswith("-step_Next") and not one.disabled],
        "page": [one for one in links if one.page in {*PAGES} - {tab.name} and one.label[:2] != "**"],
    }
    kinds = [kind for kind in HABITS if choices[kind]]
    if not kinds:
        raise Wrong(f"“{tab.name}” offers nothing to do")
    (kind,) = chance.choices(kinds, [HABITS[kind] for kind in kinds])
    choice = chance.choice(choices[kind])
    match kind:
        case "page":
            run = await tab.go(choice.page_script_hash, choice.query_string)
            followed = tab.name == choice.page
        case "next":
            run = await tab.change(WidgetState(id=choice.id, trigger_value=True))
            followed = bool(_selected(tab.query))
        case "mark":
            run = await tab.change(clicked(chart.id, *choice))
            followed = tab.query != before and bool(_selected(tab.query))
        case "filter":
            run = await tab.change(choice)
            followed = tab.query != before
    if not followed:
        raise Wrong(f"{kind} on “{tab.name}?{before}” led to “{tab.name}?{tab.query}”")
    return kind, run


def _selected(query_string: str) -> str:
    return dict(parse_qsl(query_string)).get("sel", "")


def filter_changes(page: Run, chance: random.Random) -> Iterator[WidgetState]:
    """One change for each filter on the page."""
    for group in page.all("button_group"):
        if FILTERS.search(group.id) and not group.disabled and group.options:
            values = list(group.raw_values) if group.set_value else []
            options = [one.content for one in group.options]
            yield toggled(group.id, values, options, group.click_mode, chance)
    for box in page.all("checkbox"):
        if FILTERS.search(box.id):
            yield WidgetState(id=box.id, bool_value=not box.value)
    for line in page.all("text_input"):
        if FILTERS.search(line.id):
            others = [words for words in SEARCHES if words != line.value]
            yield WidgetState(id=line.id, string_value=chance.choice(others))
    for button in page.all("button"):
        if FILTERS.search(button.id) and not button.disabled:
            yield WidgetState(id=button.id, trigger_value=True)


def toggled(
    widget: str, values: list[str], options: list[str], several: int, chance: random.Random
) -> WidgetState:
    """A group of choices after a click on one of them, which adds it or takes it away."""
    option = chance.choice(options)
    others = [value for value in options if value in values and value != option] if several else []
    state = WidgetState(id=widget)
    state.string_array_value.data.extend(others if option in values else [*others, option])
    return state


def clickable(figure: dict, selected: str) -> list[tuple[int, int, object]]:
    """The marks of a figure that are not what is selected: trace, place in it, custom data."""
    return [
        (curve, number, address)
        for curve, trace in enumerate(figure["data"])
        if isinstance(trace.get("customdata"), list) and trace.get("hoverinfo") != "skip"
        for number, address in enumerate(trace["customdata"])
        if address and (address if isinstance(address, str) else address[0]) not in ("", selected)
    ]


def clicked(chart: str, curve: int, number: int, address: object) -> WidgetState:
    """A chart after a click on a mark."""
    point = {"curve_number": curve, "point_number": number, "point_index": number, "customdata": address}
    selection = {"points": [point], "point_indices": [number], "box": [], "lasso": []}
    return WidgetState(id=chart, string_value=json.dumps({"selection": selection}))


# ---- what is measured ----


@dataclass
class Record:
    """The answers that all viewers got."""

    answers: list[tuple[str, float, float]] = field(default_factory=list)  # kind, milliseconds, KiB
    errors: Counter = field(default_factory=Counter)  # what went wrong -> how often
    sentences: Counter = field(default_factory=Counter)  # (page, query, sentence) -> how often it was seen

    def keep(self, kind: str, tab: Tab, run: Run) -> None:
        """Count an answer and look for what must not be in it."""
        self.answers.append((kind, run.seconds * 1000, run.size / 1024))
        charts = run.all("plotly_chart")
        whole = kind in ("open", "page") and tab.name != "briefing"  # which may have no slide yet
        faults = {
            "the run did not succeed": not run.succeeded,
            "an exception is shown": bool(run.all("exception")),
            "no chart": whole and not (charts and all(chart.spec for chart in charts)),
            "no sentence under the title": not run.sentence,
        }
        self.errors.update(f"{kind} on “{tab.name}”: {fault}" for fault, there in faults.items() if there)
        self.sentences[tab.name, tab.query, run.sentence] += 1

    def check(self, dataset: Dataset) -> None:
        """Compare each sentence with its URL; afterwards, because it would take time from the viewers."""

        @cache
        def expected(name: str, query_string: str) -> str:
            view, _ = query.parse(dict(parse_qsl(query_string)), dataset.tables)
            return query.sentence(dataset.tables, view, name or "overview")

        for (name, query_string, sentence), number in self.sentences.items():
            if sentence and name != "briefing" and sentence != expected(name, query_string):
                self.errors[f"“{name}?{query_string}” says “{sentence}”"] += number

    def times(self) -> pd.DataFrame:
        """For each kind of answer, and all but the first of a viewer: how many, how fast, how large."""
        answers = pd.DataFrame(self.answers, columns=["kind", "ms", "KiB"])
        interactions = answers[answers["kind"] != "open"].assign(kind="interactions")
        kinds = pd.concat([answers, interactions]).groupby("kind")
        times = kinds["ms"].describe(percentiles=[0.5, 0.95, 0.99])[["count", "50%", "95%", "99%", "max"]]
        return times.assign(KiB=kinds["KiB"].mean())


# ---- scenarios ----


async def warm(address: str) -> None:
    """Open each page once."""
    for name in PAGES:
        async with opened(address) as tab:
            await tab.open(name, "")


async def viewer(
    address: str, record: Record, link: tuple[str, str], moves: int, think: float, chance: random.Random
) -> None:
    """One person: opens a page, and does something every `think` seconds, more or less."""
    try:
        async with opened(address) as tab:
            record.keep("open", tab, await tab.open(*link))
            for _ in range(moves):
                await asyncio.sleep(think * chance.uniform(0.5, 1.5))
                kind, run = await move(tab, chance)
                record.keep(kind, tab, run)
    except FAILURES as error:
        record.errors[f"{type(error).__name__} {error}".strip()] += 1


async def slow(address: str, number: int) -> None:
    """Someone whose browser never reads: asks for reruns until the server hangs up."""
    with suppress(*FAILURES):
        # one message is let in, then reading stops and the network's buffers fill up
        async with _connection(address, max_queue=1) as connection:
            while True:
                state = ClientState(page_name=PAGES[number % len(PAGES)])
                await connection.send(BackMsg(rerun_script=state).SerializeToString())
                await asyncio.sleep(SLOW_SECONDS)


async def garbage(address: str, chance: random.Random) -> None:
    """Someone who sends nonsense, one frame a connection."""
    while True:
        with suppress(*FAILURES):
            async with _connection(address) as connection:
                await connection.send(nonsense(chance))
                await asyncio.sleep(GARBAGE_SECONDS)


def nonsense(chance: random.Random) -> bytes | str:
    """A frame that no browser would send."""
    state = ClientState(page_name="threats", query_string="years=" + "2022~" * 20_000)
    state.widget_states.widgets.add(id="$$ID-0-no_such_widget", string_value="\0" * 1000)
    state.widget_states.widgets.add(id="", json_value="{")
    valid = BackMsg(rerun_script=state).SerializeToString()
    broken_off, noise = valid[: chance.randrange(1, len(valid))], chance.randbytes(chance.randrange(1, 5000))
    return chance.choice((noise, broken_off, valid, "text, where only bytes are expected", b""))


async def crowd(address: str, dataset: Dataset, options: argparse.Namespace) -> Record:
    """Viewers who arrive one after another during the ramp, beside those who mean no good."""
    record, chance, links = Record(), random.Random(SEED), deep_links(dataset)
    others = [asyncio.create_task(slow(address, number)) for number in range(options.slow)]
    for _ in range(options.garbage):
        others.append(asyncio.create_task(garbage(address, random.Random(chance.random()))))

    async def arrive(number: int, own: random.Random) -> None:
        await asyncio.sleep(options.ramp * number / options.viewers)
        # every third comes to a page without a query, as by typing its address
        link = own.choice(links) if number % 3 else (PAGES[number % len(PAGES)], "")
        await viewer(address, record, link, INTERACTIONS, options.think, own)

    seeds = [chance.random() for _ in range(options.viewers)]
    await asyncio.gather(*(arrive(number, random.Random(seed)) for number, seed in enumerate(seeds)))
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    return record


Uses = dict[int, serving.Use]  # number of sessions -> what the server uses after them


async def soak(server: serving.Server, dataset: Dataset, sessions: int) -> tuple[Record, Uses]:
    """Short sessions, each with one interaction; and what the server uses after so many of them."""
    record, uses, chance, links = Record(), {}, random.Random(SEED), deep_links(dataset)
    steps = range(0, sessions, max(AT_A_TIME, sessions // 12))
    for begin, end in zip(steps, [*steps[1:], sessions], strict=True):
        waiting = iter(range(begin, end))

        async def visitor(waiting: Iterator[int] = waiting) -> None:
            for _ in waiting:
                await viewer(server.address, record, chance.choice(links), 1, 0, chance)

        await asyncio.gather(*(visitor() for _ in range(AT_A_TIME)))
        await asyncio.sleep(1)  # the last ones hang up
        use = uses[end] = server.use()
        print(f"{end:8} {use.memory:8.1f} MiB {use.threads:6} threads {use.files:6} files", flush=True)
    return record, uses


def growth(uses: Uses) -> tuple[int, float]:
    """The number of sessions from which growth is counted, and the growth of memory since, in per cent."""
    last = max(uses)
    first = min(sessions for sessions in uses if sessions >= min(SETTLED, last // 2))
    return first, (uses[last].memory / uses[first].memory - 1) * 100


# ---- the command ----


async def measure(server: serving.Server, dataset: Dataset, options: argparse.Namespace) -> int:
    """Print what was found; return 1 when a bound is broken, else 0."""
    await warm(server.address)
    before, began, own = server.use(), time.perf_counter(), time.process_time()
    if options.soak:
        print(f"{options.soak} short sessions, {AT_A_TIME} at a time; after so many of them:")
        record, uses = await soak(server, dataset, options.soak)
    else:
        print(
            f"{options.viewers} viewers in {options.ramp:g} s, {INTERACTIONS} interactions each, "
            f"{options.think:g} s to think; {options.slow} never read, {options.garbage} send nonsense"
        )
        record, uses = await crowd(server.address, dataset, options), {}
    seconds, own, after = time.perf_counter() - began, time.process_time() - own, server.use()
    record.check(dataset)
    times = record.times()
    print(f"\n{times.to_string(float_format='{:.0f}'.format)}\n\nerrors {record.errors.total()}")
    for error, number in record.errors.most_common(10):
        print(f"  {number} × {error}")
    print(
        f"sentences compared with their URL: {record.sentences.total()}\n"
        f"server, warmed up and now: memory {before.memory:.0f} and {after.memory:.0f} MiB, threads "
        f"{before.threads} and {after.threads}, files {before.files} and {after.files}; "
        f"{server.log().count('Traceback')} tracebacks in its log\nprocessor time in {seconds:.0f} s: server "
        f"{after.seconds - before.seconds:.0f} s, viewers {own:.0f} s"
    )
    bounds = [("errors", record.errors.total(), 0), ("memory, MiB", server.peak(), MEMORY)]
    bounds.append(("the server is not healthy afterwards", not server.healthy(), 0))
    if uses:
        # Streamlit keeps up to 128 sessions that hung up for 120 s, and their files
        settled, per_cent = growth(uses)
        bounds.append((f"growth of memory after {settled} sessions, %", per_cent, GROWTH))
    else:  # twenty visitors of a soak without a pause say nothing about waiting
        late = times["95%"].reindex(["open", "interactions"]).dropna() / 1000
        bounds += [(f"{kind}: 95 of 100 within, s", value, SECONDS) for kind, value in late.items()]
    return serving.judged(bounds)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m bench.load", description=__doc__.splitlines()[0])
    parser.add_argument("--viewers", type=int, default=200, help="people at a time (%(default)s)")
    parser.add_argument("--ramp", type=float, default=40, help="seconds in which they arrive (%(default)s)")
    parser.add_argument("--think", type=float, default=10, help="seconds between interactions (%(default)s)")
    parser.add_argument("--soak", type=int, default=0, help="instead: so many short sessions")
    parser.add_argument("--slow", type=int, default=0, help="beside them: clients that never read")
    parser.add_argument("--garbage", type=int, default=0, help="beside them: clients that send nonsense")
    parser.add_argument("--address", help="a running dashboard on this machine, instead of one of our own")
    options = parser.parse_args(arguments)
    if options.viewers < 1:
        parser.error("--viewers is at least 1")
    dataset = load(os.environ.get("CSTO_DATA") or serving.ROOT / "data" / "curated.yaml")
    try:
        running = nullcontext(serving.running(options.address)) if options.address else serving.started()
    except ValueError as error:
        parser.error(str(error))
    with running as server:
        return asyncio.run(measure(server, dataset, options))


if __name__ == "__main__":
    sys.exit(main())

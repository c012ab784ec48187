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
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

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

# the most that may be asked for
MOST_VIEWERS, MOST_INTERACTIONS, MOST_SESSIONS = 1000, 100, 20_000
MOST_SECONDS = 3600  # of one call; a plan that takes longer is refused

RUN_SECONDS = 30  # an answer that takes longer is an error
AT_A_TIME = 20  # sessions of a soak
SLOW_SECONDS = 2  # between two reruns that a viewer who never reads asks for
GARBAGE_SECONDS = 0.2  # between two frames of nonsense
SUCCEEDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
FAILURES = (OSError, TimeoutError, WebSocketException, DecodeError)

PAGES = ("", "chairmanship", "attendance", "documents", "threats", "sources", "briefing")  # as in the address
WITHOUT_CHART = {"briefing"}
FILTERS = re.compile(r"-(terms|ruler|filter_\w+|show_all)$")  # how the identifiers of these widgets end
SEARCHES = ("", "terrorism", "summit", "Lukashenko", "border", "no such word")
# what a viewer does, and how often; what a page does not offer is left out there
HABITS = {"filter": 40, "mark": 20, "next": 25, "page": 15}


# ---- one browser tab ----


class Wrong(Exception):
    """An answer that a viewer must not see."""


class Placed(NamedTuple):
    """An element on a page, the hash of its script, and the part of the page that it runs with."""

    element: Element
    script: str
    fragment: str


@dataclass
class Run:
    """What the server sent for one run of a page's script."""

    seconds: float = 0
    size: int = 0  # bytes of the messages, uncompressed
    succeeded: bool = False
    query_changed: bool = False
    elements: dict[tuple[int, ...], Placed] = field(default_factory=dict)  # by their place on the page

    def all(self, kind: str) -> list:
        """The elements of one kind, `button` for instance, in the order of the page."""
        placed = (self.elements[place].element for place in sorted(self.elements))
        return [getattr(element, kind) for element in placed if element.WhichOneof("type") == kind]

    @property
    def sentence(self) -> str:
        """What the line under the title says, empty where there is none."""
        for one in self.all("html"):
            if found := re.search(r'id="shown"[^>]*>(.*?)</p>', one.body, re.DOTALL):
                return html.unescape(found[1])
        return ""


class Tab:
    """A connection, and what a browser keeps for it: the URL, the widgets' values, large messages."""

    def __init__(self, address: str, connection: ClientConnection) -> None:
        self.address = address
        self._connection = connection
        self._pages: dict[str, str] = {}  # hash of a page's script -> its name in the address
        self._script = self._main_script = ""
        self._name = ""
        self.query = ""
        self._states: dict[str, WidgetState] = {}
        self._kept: dict[
            str, tuple[ForwardMsg, int]
        ] = {}  # hash -> message, the number of the run that used it
        self._age, self._number = 2, 0
        self.page = Run()

    @property
    def name(self) -> str:
        """The page that is open."""
        return self._pages.get(self._script, self._name)

    async def open(self, name: str, query_string: str) -> Run:
        """The first run: by the page's name, for a browser does not know the hashes of scripts yet."""
        self._name, self.query = name, query_string
        return await self._run(page_name=name)

    async def go(self, script: str, query_string: str) -> Run:
        """Follow a link of the navigation. The values of widgets stay if the main script drew them."""
        placed = self.page.elements.values()
        kept = {_id(one.element) for one in placed if one.script and one.script == self._main_script}
        self._states = {key: state for key, state in self._states.items() if key in kept}
        url = self._url()  # the browser's address changes when the answer begins
        self.query = query_string
        return await self._run(page_script_hash=script, url=url)

    async def change(self, state: WidgetState) -> Run:
        """Give a widget a value. A press of a button is sent once, other values again with every run."""
        self._states[state.id] = state
        fragments = [one.fragment for one in self.page.elements.values() if _id(one.element) == state.id]
        try:
            return await self._run(page_script_hash=self._script, fragment_id=fragments[0])
        finally:
            if state.WhichOneof("value") == "trigger_value":
                self._states.pop(state.id, None)

    def _url(self) -> str:
        return f"{self.address}/{self.name}" + (f"?{self.query}" if self.query else "")

    async def _run(self, url: str = "", **script: str) -> Run:
        state = ClientState(query_string=self.query, cached_message_hashes=self._kept, **script)
        state.widget_states.widgets.extend(self._states.values())
        context = state.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = url or self._url()
        async with asyncio.timeout(RUN_SECONDS):
            run = await self._answer(BackMsg(rerun_script=state).SerializeToString())
        self._finish(run)
        return run

    async def _answer(self, message: bytes) -> Run:
        run = Run()
        begin = time.perf_counter()
        await self._connection.send(message)
        while True:
            data = await self._connection.recv()
            forward = ForwardMsg.FromString(data)
            run.size += len(data)
            kind = forward.WhichOneof("type")
            if kind == "ref_hash":
                forward = self._recall(forward)
                kind = "delta"
            elif forward.metadata.cacheable and forward.hash:
                self._kept.setdefault(forward.hash, (forward, self._number))
            if kind == "delta" and forward.delta.WhichOneof("type") == "new_element":
                run.elements[tuple(forward.metadata.delta_path)] = Placed(
                    forward.delta.new_element, forward.metadata.active_script_hash, forward.delta.fragment_id
                )
            elif kind == "new_session":
                session = forward.new_session
                run.elements = self._around(forward.metadata.run.fragment_ids)
                self._script, self._main_script = session.page_script_hash, session.main_script_hash
                self._age = session.config.max_cached_message_age
            elif kind == "navigation":
                self._pages = {
                    page.page_script_hash: page.url_pathname for page in forward.navigation.app_pages
                }
                self._script = forward.navigation.page_script_hash
            elif kind == "page_info_changed":
                run.query_changed |= forward.page_info_changed.query_string != self.query
                self.query = forward.page_info_changed.query_string
            elif kind == "page_not_found":
                raise Wrong("the page was not found")
            elif kind == "script_finished" and forward.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                run.seconds = time.perf_counter() - begin
                run.succeeded = forward.script_finished in SUCCEEDED
                return run

    def _around(self, fragments: Iterable[str]) -> dict[tuple[int, ...], Placed]:
        """What stays on the page while these parts of it run by themselves; nothing if all of it runs."""
        kept = dict(self.page.elements) if fragments else {}
        for fragment in fragments:
            places = [place for place, one in kept.items() if one.fragment == fragment]
            pairs = zip(min(places), max(places), strict=False)
            inside = tuple(first for first, last in takewhile(lambda pair: pair[0] == pair[1], pairs))
            kept = {place: one for place, one in kept.items() if place[: len(inside)] != inside}
        return kept

    def _recall(self, reference: ForwardMsg) -> ForwardMsg:
        if reference.ref_hash not in self._kept:
            raise Wrong("the server referred to a message that the browser does not have")
        message, _ = self._kept[reference.ref_hash]
        self._kept[reference.ref_hash] = (message, self._number)
        message.metadata.CopyFrom(reference.metadata)
        return message

    def _finish(self, run: Run) -> None:
        """What a browser does after a run: forget old messages and the values of widgets that are gone."""
        self.page = run
        self._number += 1
        self._kept = {
            key: (message, used)
            for key, (message, used) in self._kept.items()
            if self._number - used <= self._age
        }
        states = {}
        for one in run.elements.values():
            if (state := _value(one.element, self._states)) is not None:
                states[state.id] = state
        self._states = states


def _id(element: Element) -> str:
    return getattr(getattr(element, element.WhichOneof("type")), "id", "")


def _value(element: Element, known: dict[str, WidgetState]) -> WidgetState | None:
    """The value of a widget after a run: what the server set, else what it had, else its default."""
    kind = element.WhichOneof("type")
    widget = getattr(element, kind)
    if kind == "plotly_chart":
        return known.get(widget.id)
    if kind not in ("button_group", "checkbox", "text_input", "selectbox"):
        return None
    if not widget.set_value and widget.id in known:
        return known[widget.id]
    state = WidgetState(id=widget.id)
    if kind == "button_group":
        defaults = [widget.options[place].content for place in widget.default]
        state.string_array_value.data.extend(widget.raw_values if widget.set_value else defaults)
    elif kind == "checkbox":
        state.bool_value = widget.value if widget.set_value else widget.default
    elif kind == "text_input":
        state.string_value = widget.value if widget.set_value else widget.default
    elif widget.set_value and widget.HasField("raw_value"):
        state.string_value = widget.raw_value
    else:
        return known.get(widget.id)
    return state


@asynccontextmanager
async def tab(address: str, **options: object) -> AsyncIterator[Tab]:
    """Connect as the page in a browser does, and hang up afterwards."""
    async with _connection(address, **options) as connection:
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
    tables, links = dataset.tables, [(name, "") for name in PAGES]
    years = query.axis_years(tables)
    selected = {
        "": tables["events"]["id"],
        "chairmanship": tables["chairmanships"]["id"],
        "attendance": tables["attendance"]["id"],
        "documents": tables["documents"]["id"],
        "threats": tables["threats"]["id"],
    }
    for name in PAGES:
        links += [(name, _written(query.View(years=(year,)))) for year in years]
        links += [(name, _written(query.View(sel=address))) for address in selected.get(name, ())]
    return links


def _written(view: query.View) -> str:
    return urlencode(query.dump(view), safe="~")


def moves(open_tab: Tab, chance: random.Random) -> dict[str, Callable]:
    """What the page offers just now: kind -> a function that does it and checks that the URL followed."""
    page, found = open_tab.page, {}
    if changes := [change for change in filter_changes(page, chance) if change is not None]:
        found["filter"] = lambda: _filter(open_tab, chance.choice(changes))
    if marks := _marks(page, open_tab.query, chance):
        found["mark"] = lambda: _mark(open_tab, *marks)
    steps = [one for one in page.all("button") if one.id.endswith("-step_Next") and not one.disabled]
    if steps:
        found["next"] = lambda: _next(open_tab, steps[0].id)
    here = open_tab.name
    links = [
        link
        for link in page.all("page_link")
        if link.page != here and link.page in PAGES and not link.label.startswith("**")
    ]
    if links:
        found["page"] = lambda: _go(open_tab, chance.choice(links))
    return found


async def _filter(open_tab: Tab, state: WidgetState) -> Run:
    run = await open_tab.change(state)
    if not run.query_changed:
        raise Wrong(f"the URL stayed after a change of {_key(state.id)}")
    return run


async def _mark(open_tab: Tab, state: WidgetState, address: str) -> Run:
    run = await open_tab.change(state)
    if not run.query_changed or not _selected(open_tab.query):
        raise Wrong(f"a click on {address} in {_key(state.id)} selected nothing")
    return run


async def _next(open_tab: Tab, button: str) -> Run:
    run = await open_tab.change(WidgetState(id=button, trigger_value=True))
    if not _selected(open_tab.query):
        raise Wrong("Next selected nothing")
    return run


async def _go(open_tab: Tab, link) -> Run:
    run = await open_tab.go(link.page_script_hash, link.query_string)
    if open_tab.name != link.page:
        raise Wrong(f"the link to {link.label} led to “{open_tab.name}”")
    return run


def _key(widget: str) -> str:
    return widget.rsplit("-", 1)[-1]


def _selected(query_string: str) -> str:
    return dict(parse_qsl(query_string)).get("sel", "")


def filter_changes(page: Run, chance: random.Random) -> Iterable[WidgetState | None]:
    """One change for each filter on the page."""
    for group in page.all("button_group"):
        if FILTERS.search(group.id) and not group.disabled and group.options:
            chosen = list(group.raw_values) if group.set_value else []
            yield toggled(group.id, chosen, [one.content for one in group.options], group.click_mode, chance)
    for box in page.all("checkbox"):
        if FILTERS.search(box.id):
            yield WidgetState(id=box.id, bool_value=not box.value)
    for line in page.all("text_input"):
        if FILTERS.search(line.id):
            other = [words for words in SEARCHES if words != line.value]
            yield WidgetState(id=line.id, string_value=chance.choice(other))
    for button in page.all("button"):
        if FILTERS.search(button.id) and not button.disabled:
            yield WidgetState(id=button.id, trigger_value=True)


def toggled(
    widget: str, chosen: list[str], options: list[str], several: int, chance: random.Random
) -> WidgetState | None:
    """A group of choices after a click on one of them; None where the click would change nothing."""
    option = chance.choice(options)
    state = WidgetState(id=widget)
    if several:
        state.string_array_value.data.extend(one for one in options if (one in chosen) != (one == option))
    else:
        state.string_array_value.data.extend([option] if option not in chosen else [])
    return state


def _marks(page: Run, query_string: str, chance: random.Random) -> tuple[WidgetState, str] | None:
    """A click on some mark of some chart that is not selected yet."""
    charts = page.all("plotly_chart")
    if not charts:
        return None
    chart = chance.choice(charts)
    points = clickable(json.loads(chart.spec), _selected(query_string))
    if not points:
        return None
    curve, number, address = chance.choice(points)
    point = {"curve_number": curve, "point_number": number, "point_index": number, "customdata": address}
    selection = {"points": [point], "point_indices": [number], "box": [], "lasso": []}
    return WidgetState(id=chart.id, string_value=json.dumps({"selection": selection})), _address(address)


def clickable(figure: dict, selected: str) -> list[tuple[int, int, object]]:
    """The marks of a figure that are not what is selected: trace, place in it, custom data."""
    return [
        (curve, number, address)
        for curve, trace in enumerate(figure["data"])
        if isinstance(trace.get("customdata"), list) and trace.get("hoverinfo") != "skip"
        for number, address in enumerate(trace["customdata"])
        if address and _address(address) not in ("", selected)
    ]


def _address(customdata: object) -> str:
    return customdata if isinstance(customdata, str) else customdata[0]


# ---- what is measured ----


@dataclass
class Record:
    """The answers that all viewers got."""

    runs: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter = field(default_factory=Counter)  # what went wrong -> how often
    exceptions: int = 0  # elements
    sentences: Counter = field(default_factory=Counter)  # (page, query, sentence) -> how often it was seen

    def keep(self, kind: str, open_tab: Tab, run: Run) -> None:
        """Count an answer and look for what must not be in it."""
        self.runs[kind].append((run.seconds, run.size))
        shown = run.all("exception")
        self.exceptions += len(shown)
        where = f"{kind} on “{open_tab.name}”"
        if not run.succeeded:
            self.errors[f"{where}: the run did not succeed"] += 1
        if kind in ("open", "page") and open_tab.name not in WITHOUT_CHART:
            charts = run.all("plotly_chart")
            if not charts or not all(chart.spec for chart in charts):
                self.errors[f"{where}: no chart"] += 1
        if not run.sentence:
            self.errors[f"{where}: no sentence under the title"] += 1
        self.sentences[open_tab.name, open_tab.query, run.sentence] += 1

    def check(self, dataset: Dataset) -> None:
        """Compare each sentence with its URL; afterwards, because it would take time from the viewers."""

        @cache
        def expected(name: str, query_string: str) -> str:
            view, _ = query.parse(dict(parse_qsl(query_string)), dataset.tables)
            return query.sentence(dataset.tables, view, name or "overview")

        for (name, query_string, seen), number in self.sentences.items():
            if seen and name != "briefing" and seen != expected(name, query_string):
                self.errors[f"“{name}?{query_string}” says “{seen}”"] += number


def percentile(values: list[float], share: int) -> float:
    """The value that `share` of 100 values do not exceed; the nearest of them, not one between."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def _print_times(record: Record) -> None:
    interactions = [entry for kind, runs in record.runs.items() if kind != "open" for entry in runs]
    print(f"\n{'kind':14}{'number':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'max ms':>9}{'KiB each':>10}")
    for kind, runs in [*sorted(record.runs.items()), ("interactions", interactions)]:
        if runs:
            times = [seconds * 1000 for seconds, _ in runs]
            size = statistics.mean(size for _, size in runs) / 1024
            shares = "".join(f"{percentile(times, share):9.0f}" for share in (50, 95, 99))
            print(f"{kind:14}{len(runs):8}{shares}{max(times):9.0f}{size:10.0f}")


def _broken(record: Record, server: serving.Server) -> list[str]:
    """The bounds that were not kept, after whatever a viewer did."""
    broken = []
    for name, kinds in (("opening", {"open"}), ("interactions", set(record.runs) - {"open"})):
        times = [seconds for kind in kinds for seconds, _ in record.runs[kind]]
        if times and (late := percentile(times, 95)) > SECONDS:
            broken.append(f"{name}: p95 is {late:.2f} s, more than {SECONDS} s")
    if record.errors:
        broken.append(f"{record.errors.total()} errors")
    if record.exceptions:
        broken.append(f"{record.exceptions} exception elements")
    peak = server.peak()
    if peak is not None and peak > MEMORY:
        broken.append(f"memory: {peak:.0f} MiB, more than {MEMORY} MiB")
    if not server.healthy():
        broken.append("the server is not healthy afterwards")
    return broken


# ---- scenarios ----


async def warm(server: serving.Server) -> None:
    """Open each page once."""
    for name in PAGES:
        async with tab(server.address) as open_tab:
            await open_tab.open(name, "")


async def viewer(
    server: serving.Server,
    record: Record,
    link: tuple[str, str],
    interactions: int,
    think: float,
    chance: random.Random,
) -> None:
    """One person: opens a page, and does something every `think` seconds, more or less."""
    kind = "open"
    try:
        async with tab(server.address) as open_tab:
            record.keep(kind, open_tab, await open_tab.open(*link))
            for _ in range(interactions):
                await asyncio.sleep(think * chance.uniform(0.5, 1.5))
                offered = moves(open_tab, chance)
                if not offered:
                    record.errors[f"“{open_tab.name}” offers nothing to do"] += 1
                    return
                (kind,) = chance.choices(list(offered), [HABITS[name] for name in offered])
                record.keep(kind, open_tab, await offered[kind]())
    except Wrong as error:
        record.errors[f"{kind}: {error}"] += 1
    except FAILURES as error:
        record.errors[f"{kind}: {type(error).__name__} {error}".strip()] += 1


async def slow(server: serving.Server, number: int) -> None:
    """Someone whose browser never reads: asks for reruns until the server hangs up."""
    with suppress(*FAILURES):
        # one message is let in, then reading stops and the network's buffers fill up
        async with _connection(server.address, max_queue=1) as connection:
            while True:
                state = ClientState(page_name=PAGES[number % len(PAGES)])
                await connection.send(BackMsg(rerun_script=state).SerializeToString())
                await asyncio.sleep(SLOW_SECONDS)


async def garbage(server: serving.Server, chance: random.Random) -> None:
    """Someone who sends nonsense, one frame a connection."""
    while True:
        with suppress(*FAILURES):
            async with _connection(server.address) as connection:
                await connection.send(nonsense(chance))
                await asyncio.sleep(GARBAGE_SECONDS)


def nonsense(chance: random.Random) -> bytes | str:
    """A frame that no browser would send."""
    state = ClientState(page_name="threats", query_string="years=" + "2022~" * 20_000)
    state.widget_states.widgets.add(id="$$ID-0-no_such_widget", string_value="\0" * 1000)
    state.widget_states.widgets.add(id="", json_value="{")
    valid = BackMsg(rerun_script=state).SerializeToString()
    return chance.choice(
        (
            chance.randbytes(chance.randrange(1, 5000)),
            valid[: chance.randrange(1, len(valid))],
            valid,
            "text, where only bytes are expected",
            b"",
        )
    )


async def crowd(server: serving.Server, dataset: Dataset, options: argparse.Namespace) -> Record:
    """Viewers who arrive one after another during the ramp, beside those who mean no good."""
    record, chance = Record(), random.Random(options.seed)
    links = deep_links(dataset)
    others = [asyncio.create_task(slow(server, number)) for number in range(options.slow)]
    others += [
        asyncio.create_task(garbage(server, random.Random(chance.random()))) for _ in range(options.garbage)
    ]

    async def arrive(number: int, link: tuple[str, str], own: random.Random) -> None:
        await asyncio.sleep(options.ramp * number / options.viewers)
        await viewer(server, record, link, options.interactions, options.think, own)

    # every third comes to a page without a query, as by typing its address
    chosen = [
        (PAGES[number % len(PAGES)], "") if number % 3 == 0 else chance.choice(links)
        for number in range(options.viewers)
    ]
    await asyncio.gather(
        *(arrive(number, link, random.Random(chance.random())) for number, link in enumerate(chosen))
    )
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    return record


async def soak(
    server: serving.Server, dataset: Dataset, options: argparse.Namespace
) -> tuple[Record, list[tuple[int, serving.Use]]]:
    """Short sessions, each with one interaction; and what the server uses after every so many of them."""
    record, chance, links = Record(), random.Random(options.seed), deep_links(dataset)
    uses, done = [], 0
    while done < options.soak:
        batch = min(options.soak - done, max(AT_A_TIME, options.soak // 12))
        waiting = iter(range(batch))

        async def visitor(waiting=waiting) -> None:
            for _ in waiting:
                await viewer(server, record, chance.choice(links), 1, 0, chance)

        await asyncio.gather(*(visitor() for _ in range(AT_A_TIME)))
        done += batch
        await asyncio.sleep(1)  # the last ones hang up
        if use := server.use():
            uses.append((done, use))
            print(f"{done:8} {use.memory:8.1f} MiB {use.threads:6} threads {use.files:6} files", flush=True)
    return record, uses


def growth(uses: list[tuple[int, serving.Use]], sessions: int) -> tuple[int, float]:
    """The number of sessions from which growth is counted, and the growth since then in per cent."""
    settled = min(SETTLED, sessions // 2)
    first, start = next((done, use) for done, use in uses if done >= settled)
    return first, (uses[-1][1].memory / start.memory - 1) * 100


# ---- the command ----


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    dataset = load(os.environ.get("CSTO_DATA") or serving.ROOT / "data" / "curated.yaml")
    try:
        with (
            nullcontext(serving.running(options.address)) if options.address else serving.started() as server
        ):
            return asyncio.run(_measure(server, dataset, options))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.load", description="Put the dashboard under load, on this machine only."
    )
    parser.add_argument("--viewers", type=int, default=200, help="people at a time (%(default)s)")
    parser.add_argument("--ramp", type=float, default=40, help="seconds in which they arrive (%(default)s)")
    parser.add_argument("--think", type=float, default=10, help="seconds between interactions (%(default)s)")
    parser.add_argument("--interactions", type=int, default=6, help="of each viewer (%(default)s)")
    parser.add_argument("--soak", type=int, default=0, help="instead: so many short sessions")
    parser.add_argument("--slow", type=int, default=0, help="beside them: clients that never read")
    parser.add_argument("--garbage", type=int, default=0, help="beside them: clients that send nonsense")
    parser.add_argument("--address", help="a running dashboard on this machine, instead of one of our own")
    parser.add_argument("--seed", type=int, default=1, help="of all that is left to chance (%(default)s)")
    options = parser.parse_args(arguments)
    for name, most in (
        ("viewers", MOST_VIEWERS),
        ("slow", MOST_VIEWERS),
        ("garbage", MOST_VIEWERS),
        ("interactions", MOST_INTERACTIONS),
        ("soak", MOST_SESSIONS),
        ("ramp", MOST_SECONDS),
        ("think", MOST_SECONDS),
    ):
        if not 0 <= getattr(options, name) <= most:
            parser.error(f"--{name} is between 0 and {most}")
    if not options.viewers:
        parser.error("--viewers is at least 1")
    if options.ramp + options.interactions * options.think * 1.5 > MOST_SECONDS:
        parser.error(f"that would take more than {MOST_SECONDS} seconds")
    return options


async def _measure(server: serving.Server, dataset: Dataset, options: argparse.Namespace) -> int:
    uses = []
    async with asyncio.timeout(MOST_SECONDS):
        await warm(server)
        before, began, own = server.use(), time.perf_counter(), time.process_time()
        if options.soak:
            print(f"{options.soak} short sessions, {AT_A_TIME} at a time; after so many of them:")
            record, uses = await soak(server, dataset, options)
        else:
            print(
                f"{options.viewers} viewers in {options.ramp:g} s, {options.interactions} interactions each, "
                f"{options.think:g} s to think; {options.slow} never read, {options.garbage} send nonsense"
            )
            record = await crowd(server, dataset, options)
    passed, own = time.perf_counter() - began, time.process_time() - own
    after = server.use()
    record.check(dataset)
    _print_times(record)
    print(f"\nerrors {record.errors.total()}, exception elements {record.exceptions}")
    for what, number in record.errors.most_common(10):
        print(f"  {number} × {what}")
    print(f"sentences compared with their URL: {record.sentences.total()}")
    if before and after:
        print(
            f"server: {before.memory:.0f} MiB warmed up, {after.memory:.0f} MiB now, "
            f"{server.peak() or 0:.0f} MiB peak; {after.seconds - before.seconds:.0f} s of processor time "
            f"in {passed:.0f} s (the viewers {own:.0f} s); threads {before.threads} to {after.threads}, "
            f"files {before.files} to {after.files}"
        )
    else:
        print("server: nothing is known of its process")
    if number := server.log().count("Traceback"):
        print(f"server: {number} tracebacks in its log")
    broken = _broken(record, server)
    # a soak is about what stays: twenty visitors without a pause say nothing about waiting
    broken = [line for line in broken if not (options.soak and "p95" in line)]
    if uses:
        settled, per_cent = growth(uses, options.soak)
        start, end = dict(uses)[settled], uses[-1][1]
        print(
            f"from {settled} to {options.soak} sessions: memory {per_cent:+.1f} %, "
            f"threads {start.threads} to {end.threads}, files {start.files} to {end.files} "
            "(Streamlit keeps up to 128 sessions that hung up for 120 s; both figures hold them)"
        )
        if per_cent > GROWTH:
            broken.append(f"memory grew by {per_cent:.1f} %, more than {GROWTH} %")
    for line in broken:
        print(f"BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""Viewers by the hundred: clients that speak Streamlit's protocol as its page in a browser does.

    python -m bench.load               # 200 viewers, a ramp of 40 s, 10 s to think; a server of its own
    python -m bench.load --viewers 20 --ramp 5 --think 2 --slow 20 --garbage 5
    python -m bench.load --viewers 20 --ramp 10 --think 8 --greedy 20  # and one who asks for dear things
    python -m bench.load --soak 3000   # short sessions one after another: does memory grow?

A viewer opens a page, and then changes filters, clicks marks, presses Next and goes to other pages, as
ui/parts/part.js and panel.js do: what is opened is asked for by its address ("evidence"), and all of it
changes the address of the page, which makes Streamlit run it. Every answer is checked: the run succeeded,
nothing on the page is an exception, charts are there, and the sentence under the title is the one that
`query` gives for the viewer's own URL. A time is what passes between sending and the end of the run,
measured in the viewer, after each page was opened once. Viewers and server share the machine, on which each
viewer has an address of its own, as Linux allows. The exit code is 1 when a bound is broken; which, is
said.
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
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle, islice
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

import query
from bench import serving
from exports import dump_item, standard
from loaders import Dataset, load
from query.view import MOST_SLIDES

SECONDS, MEMORY = 0.3, 300  # bounds: 95 of 100 answers are there by then; MiB
LATE = 1  # the same beside someone who asks for dear things
GROWTH, SETTLED = 5, 1000  # a bound, per cent of memory; sessions after which caches are full
MOST_RUNS = 2  # for which a browser keeps a message that is not used again: global.maxCachedMessageAge
RUN_SECONDS = 30  # an answer that takes longer is an error
INTERACTIONS = 6  # of a viewer
AT_A_TIME = 20  # sessions of a soak
SLOW_SECONDS = 2  # between two reruns that a viewer who never reads asks for
DEAR = ("png", "pptx", "evidence", "page", "svg", "zip", "index")  # what is asked for in a loop
GREEDY = "127.0.0.2"  # the address of whom asks for it
TOO_MANY = 429
THREADS = 64  # in which viewers wait for files
GARBAGE_SECONDS = 0.2  # between two frames of nonsense
SEED = 1  # of all that is left to chance
SUCCEEDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)

PAGES = ("", "chairmanship", "attendance", "documents", "threats", "sources", "briefing")  # as in the address
SECTIONS = ("events", "chairmanships", "attendance", "documents", "threats")  # whose records these pages show
LINK = re.compile(r'<a ([^>]*)href="([^"]*)"([^>]*)>')
NEXT = re.compile(r'id="step_next"[^>]*data-sel="([^"]+)"')
SEARCHES = ("", "terrorism", "summit", "Lukashenko", "border", "no such word")
# what a viewer does, and how often; what a page does not offer is left out there
HABITS = {"filter": 40, "mark": 20, "next": 25, "page": 15}


class Wrong(Exception):
    """An answer that a viewer must not see."""


FAILURES = (Wrong, OSError, TimeoutError, WebSocketException, DecodeError)


@dataclass
class Run:
    """What the server sent for one run of a page's script."""

    seconds: float = 0
    shown: float = 0  # seconds until what was opened was there, before the run was asked for
    size: int = 0  # bytes of the messages, uncompressed
    succeeded: bool = False
    elements: dict[tuple[int, ...], Delta] = field(default_factory=dict)  # by their place on the page

    def ours(self, name: str) -> list[dict]:
        """What the elements of our own of a name are sent: `part`, `chart` or `panel`."""
        ours = (one for one in self.all("bidi_component") if one.component_name.endswith(f".{name}"))
        return [json.loads(one.json) for one in ours]

    def links(self, kind: str) -> list[str]:
        """The addresses of links above the charts: `data-page` to other pages, `data-set` to other views."""
        top = "".join(part["html"] for part in self.ours("part"))
        links = (one for one in LINK.findall(top) if '="page"' not in one[2])  # but for the page itself
        return [html.unescape(address) for _, address, what in links if kind in what]

    def all(self, kind: str) -> list:
        """The elements of one kind, `button` for instance, in the order of the page."""
        placed = (self.elements[place].new_element for place in sorted(self.elements))
        return [getattr(element, kind) for element in placed if element.WhichOneof("type") == kind]

    @property
    def sentence(self) -> str:
        """What the line under the title says, empty where there is none."""
        top = "".join(part["html"] for part in self.ours("part"))
        line = re.search(r'id="shown"[^>]*>(.*?)</p>', top, re.DOTALL)
        return html.unescape(line[1]) if line else ""


@dataclass
class Tab:
    """A connection, and what a browser keeps for it: the URL, the elements of the page, large messages."""

    address: str
    connection: ClientConnection | None
    name: str = ""  # of the page, as in the URL
    query: str = ""
    session: str = ""  # as the server calls it
    page: Run = field(default_factory=Run)
    messages: dict[str, ForwardMsg] = field(default_factory=dict)  # by hash
    used: list[set[str]] = field(default_factory=list)  # the hashes of the last runs

    async def open(self, name: str, query_string: str) -> Run:
        """Go to a page under a view."""
        self.name, self.query = name, query_string
        return await self._run()

    async def follow(self, link: str) -> Run:
        """Go where a link of the page leads."""
        name, _, query_string = link.removeprefix("./").partition("?")
        return await self.open(name, query_string)

    async def look(self, sel: str) -> Run:
        """Open a place: the browser asks for what it says, and then changes the address."""
        (panel,) = self.page.ours("panel")
        begin = time.perf_counter()
        source = self.connection.local_address[0]
        await fetched(self.address, f"evidence/{sel}", dict(parse_qsl(panel["around"])), source)
        shown = time.perf_counter() - begin
        run = await self.open(self.name, urlencode(dict(parse_qsl(self.query)) | {"sel": sel}))
        run.shown = shown
        return run

    async def take(self, ending: str) -> int:
        """Have a file of the briefing made, as its button does."""
        (button,) = (one for one in self.page.all("download_button") if one.id.endswith(f"file_{ending}"))
        request = BackendOperationRequest(
            request_id=button.id, session_id=self.session, deferred_file={"file_id": button.deferred_file_id}
        )
        await self.connection.send(BackMsg(backend_operation_request=request).SerializeToString())
        while True:
            forward = ForwardMsg.FromString(await self.connection.recv())
            if forward.WhichOneof("type") == "backend_operation_response":
                return 500 if forward.backend_operation_response.error_msg else 200

    async def _run(self) -> Run:
        self.messages = {one: self.messages[one] for one in set().union(*self.used[-MOST_RUNS:])}
        self.used = [*self.used[-MOST_RUNS:], set()]
        state = ClientState(query_string=self.query, page_name=self.name, cached_message_hashes=self.messages)
        context = state.context_info
        context.url = f"{self.address}/{self.name}" + (f"?{self.query}" if self.query else "")
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        async with asyncio.timeout(RUN_SECONDS):
            self.page = await self._answer(BackMsg(rerun_script=state).SerializeToString())
        return self.page

    async def _answer(self, message: bytes) -> Run:
        run, begin = Run(), time.perf_counter()
        await self.connection.send(message)
        while True:
            data = await self.connection.recv()
            run.size += len(data)
            forward = self._recalled(ForwardMsg.FromString(data))
            match forward.WhichOneof("type"):
                case "delta" if forward.delta.WhichOneof("type") == "new_element":
                    run.elements[tuple(forward.metadata.delta_path)] = forward.delta
                case "new_session":
                    run.elements, self.session = {}, forward.new_session.initialize.session_id
                case "page_not_found":
                    raise Wrong("the page was not found")
                case "script_finished" if forward.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    run.seconds = time.perf_counter() - begin
                    run.succeeded = forward.script_finished in SUCCEEDED
                    return run

    def _recalled(self, forward: ForwardMsg) -> ForwardMsg:
        """A message, or the one that it only refers to by its hash, where the page has place for it now."""
        if forward.WhichOneof("type") != "ref_hash":
            if forward.metadata.cacheable and forward.hash:
                self.messages[forward.hash] = forward
                self.used[-1].add(forward.hash)
            return forward
        if forward.ref_hash not in self.messages:
            raise Wrong("the server referred to a message that the browser does not have")
        message = self.messages[forward.ref_hash]
        self.used[-1].add(forward.ref_hash)
        message.metadata.CopyFrom(forward.metadata)
        return message


@asynccontextmanager
async def opened(address: str, **options: object) -> Iterator[Tab]:
    """A tab that is connected as the page in a browser is, and hangs up afterwards."""
    async with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # what the browser sends in place of a token
        ping_interval=None,  # browsers send none of their own
        max_size=None,
        open_timeout=RUN_SECONDS,
        close_timeout=5,
        **options,
    ) as connection:
        yield Tab(address, connection)


def deep_links(dataset: Dataset) -> list[tuple[str, str]]:
    """Pages with and without a query: a page's name, and what stands behind the question mark."""
    queries = ["", *(f"years={year}" for year in query.axis_years(dataset.tables))]
    links = [(name, text) for name in PAGES for text in queries]
    for name, section in zip(PAGES, SECTIONS, strict=False):
        links += [(name, urlencode({"sel": address})) for address in dataset.tables[section]["id"]]
    return links


async def move(tab: Tab, chance: random.Random) -> tuple[str, Run]:
    """Do one thing that the page offers: of which kind, and the answer."""
    asked, panels = dict(parse_qsl(tab.query)), tab.page.ours("panel")
    charts = tab.page.ours("chart") if panels else []  # on the Briefing page they open nothing
    search = {name: value for name, value in (asked | {"q": chance.choice(SEARCHES)}).items() if value}
    choices = {
        "filter": [*tab.page.links("data-set"), f"{tab.name}?{urlencode(search)}"],
        "mark": clickable(chance.choice(charts), asked.get("sel", "")) if charts else [],
        "next": [one for panel in panels for one in NEXT.findall(panel["html"])],
        "page": tab.page.links("data-page"),
    }
    kinds = [kind for kind in HABITS if choices[kind]]
    (kind,) = chance.choices(kinds, [HABITS[kind] for kind in kinds])
    choice = chance.choice(choices[kind])
    return kind, await (tab.look(choice) if kind in ("mark", "next") else tab.follow(choice))


def clickable(chart: dict, selected: str) -> list[str]:
    """The addresses of a chart's marks, but for the one that is selected."""
    traces = json.loads(chart["wide"])["figure"]["data"]
    return [one for trace in traces for one in trace.get("customdata", ()) if one != selected]


@dataclass
class Record:
    """The answers that all viewers got."""

    answers: list[tuple[str, float, float]] = field(default_factory=list)  # kind, milliseconds, KiB
    errors: Counter = field(default_factory=Counter)  # what went wrong -> how often
    sentences: Counter = field(default_factory=Counter)  # (page, query, sentence) -> how often it was seen

    def keep(self, kind: str, tab: Tab, run: Run) -> None:
        """Count an answer and look for what must not be in it."""
        self.answers.append((kind, run.seconds * 1000, run.size / 1024))
        if run.shown:
            self.answers.append(("evidence", run.shown * 1000, 0))
        charts = run.ours("chart")
        whole = kind in ("open", "page") and tab.name != "briefing"  # which may have no slide yet
        faults = {
            "the run did not succeed": not run.succeeded,
            "an exception is shown": run.all("exception"),
            "no chart": whole and not (charts and all(chart["wide"] for chart in charts)),
        }
        self.errors.update(f"{kind} on “{tab.name}”: {fault}" for fault in faults if faults[fault])
        if tab.name != "briefing":
            self.sentences[tab.name, tab.query, run.sentence] += 1

    def check(self, dataset: Dataset) -> None:
        """Compare each sentence with its URL; afterwards, because it would take time from the viewers."""
        for (name, query_string, sentence), number in self.sentences.items():
            view, _ = query.parse(dict(parse_qsl(query_string)), dataset.tables)
            expected = query.sentence(dataset.tables, view, name or "overview")
            if sentence != expected:
                self.errors[f"“{name}?{query_string}” says “{sentence}”"] += number

    def times(self) -> pd.DataFrame:
        """For each kind of answer, and all but the first of a viewer: how many, how fast, how large."""
        answers = pd.DataFrame(self.answers, columns=["kind", "ms", "KiB"])
        interactions = answers[~answers["kind"].isin(["open", "evidence"])].assign(kind="interactions")
        kinds = pd.concat([answers, interactions]).groupby("kind")
        times = kinds["ms"].describe(percentiles=[0.5, 0.95, 0.99])[["count", "50%", "95%", "99%", "max"]]
        return times.assign(KiB=kinds["KiB"].mean())


async def viewer(
    address: str,
    record: Record,
    link: tuple,
    moves: int,
    think: float,
    chance: random.Random,
    source: str = "127.0.0.1",
):
    """One person: opens a page, and does something every `think` seconds, more or less."""
    try:
        async with opened(address, local_addr=(source, 0)) as tab:
            record.keep("open", tab, await tab.open(*link))
            for _ in range(moves):
                await asyncio.sleep(think * chance.uniform(0.5, 1.5))
                kind, run = await move(tab, chance)
                record.keep(kind, tab, run)
    except FAILURES as error:
        record.errors[f"{type(error).__name__} {error}".strip()] += 1


async def slow(address: str, page: str) -> None:
    """Someone whose browser never reads: asks for reruns until the server hangs up."""
    message = BackMsg(rerun_script=ClientState(page_name=page)).SerializeToString()
    # one message is let in, then reading stops and the network's buffers fill up
    async with opened(address, max_queue=1) as tab:
        while True:
            await tab.connection.send(message)
            await asyncio.sleep(SLOW_SECONDS)


async def garbage(address: str, chance: random.Random) -> None:
    """Someone who sends nonsense, one frame a connection: noise, a message that breaks off, text, nothing."""
    state = ClientState(page_name="threats", query_string="years=" + "2022~" * 20_000)
    message = BackMsg(rerun_script=state).SerializeToString()
    while True:
        with suppress(*FAILURES):
            async with opened(address) as tab:
                cut = message[: chance.randrange(len(message))]
                await tab.connection.send(chance.choice((chance.randbytes(2000), cut, message, "text", b"")))
                await asyncio.sleep(GARBAGE_SECONDS)


def views(dataset: Dataset) -> Iterator[tuple[str, dict[str, str]]]:
    """Charts and views of them, no two of which are the same, as the parameters of an address."""
    tables, chance, known = dataset.tables, random.Random(SEED), set()
    words = sorted({word for text in tables["evidence"]["quote"] for word in text.split() if word.isalpha()})
    places = [address for section in SECTIONS for address in tables[section]["id"]]
    every = query.choices(tables)
    choices = {name: [str(one) for one in every[name]] for name in ("years", "speakers", "categories")}
    charts = [topic.name for topic in query.CHARTS.values() if not topic.of_pair]
    while True:
        lists = {
            name: chance.sample(some, min(chance.randrange(4), len(some))) for name, some in choices.items()
        }
        view = {name: "~".join(some) for name, some in lists.items() if some}
        view |= {"q": chance.choice(words)} if chance.random() < 0.5 else {}
        chart, view["sel"] = chance.choice(charts), chance.choice(places)
        if (key := (chart, *view.items())) not in known:
            known.add(key)
            yield chart, view


async def fetched(address: str, name: str, values: dict[str, str], source: str = "") -> int:
    """Ask for an address, and read all of the answer, whose status is returned."""

    def get() -> int:
        caller = HTTPConnection(address.removeprefix("http://"), timeout=120, source_address=(source, 0))
        with closing(caller):
            caller.request("GET", f"/{name}?{urlencode(values, safe='~')}")
            answer = caller.getresponse()
            answer.read()
            return answer.status

    return await asyncio.to_thread(get)


async def greedy(address: str, dataset: Dataset, kind: str, asked: Iterator, answers: Counter) -> None:
    """A connection of someone who asks for dear things of a kind in a loop, each of another view."""
    usual = standard(dataset.tables)
    for turn in count():
        chart, view = next(asked)
        status = 200
        with suppress(*FAILURES, HTTPException):
            if kind in ("page", "pptx", "zip"):
                name = query.CHARTS[chart].page.relative.removeprefix("./")
                if kind != "page":
                    items = (replace(item, headline=str(turn)) for item in islice(cycle(usual), MOST_SLIDES))
                    name, view = "briefing", {"tray": "~".join(map(dump_item, items))}
                async with opened(address, local_addr=(GREEDY, 0)) as tab:
                    await tab.open(name, urlencode(view))
                    status = await tab.take(kind) if kind != "page" else 200
            else:
                place = view.pop("sel")
                name = {"evidence": f"evidence/{place}", "index": "files/index.html"}
                status = await fetched(address, name.get(kind, f"files/{chart}.{kind}"), view, GREEDY)
            answers[f"{kind} {status}"] += 1
        await asyncio.sleep(0.1 * (status == TOO_MANY))


async def crowd(address: str, dataset: Dataset, options: argparse.Namespace) -> Record:
    """Viewers who arrive one after another during the ramp, beside those who mean no good."""
    record, chance, links = Record(), random.Random(SEED), deep_links(dataset)
    others = [slow(address, PAGES[number % len(PAGES)]) for number in range(options.slow)]
    others += [garbage(address, random.Random(chance.random())) for _ in range(options.garbage)]
    asked, greed = views(dataset), Counter()
    kinds = islice(cycle(DEAR), options.greedy)
    others += [greedy(address, dataset, kind, asked, greed) for kind in kinds]
    tasks = [asyncio.create_task(other) for other in others]

    async def arrive(number: int, own: random.Random) -> None:
        await asyncio.sleep(options.ramp * number / options.viewers)
        await viewer(
            address,
            record,
            own.choice(links),
            INTERACTIONS,
            options.think,
            own,
            f"127.0.1.{1 + number % 250}",
        )

    seeds = [chance.random() for _ in range(options.viewers)]
    await asyncio.gather(*(arrive(number, random.Random(seed)) for number, seed in enumerate(seeds)))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if options.greedy:
        print(f"answers to who asks for dear things: {dict(sorted(greed.items()))}")
    return record


async def soak(server: serving.Server, dataset: Dataset, sessions: int) -> tuple[Record, pd.DataFrame]:
    """Short sessions, each with one interaction; and what the server uses after so many of them."""
    record, uses, links = Record(), {}, deep_links(dataset)
    chance, at_a_time = random.Random(SEED), asyncio.Semaphore(AT_A_TIME)

    async def session(number: int) -> None:
        async with at_a_time:
            await viewer(server.address, record, chance.choice(links), 1, 0, chance)
        if number % max(sessions // 12, 1) == 0 or number == sessions:
            uses[number] = server.use()

    await asyncio.gather(*(session(number) for number in range(1, sessions + 1)))
    return record, pd.DataFrame(uses, index=serving.Use._fields).T.sort_index()


def growth(memory: pd.Series) -> float:
    """How much memory grew, in per cent, from SETTLED sessions on, or from half of them if they are fewer."""
    settled = memory[memory.index >= min(SETTLED, memory.index[-1] // 2)]
    return (settled.iloc[-1] / settled.iloc[0] - 1) * 100


async def measure(server: serving.Server, dataset: Dataset, options: argparse.Namespace) -> int:
    """Print what was found; return 1 when a bound is broken, else 0."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    for name in PAGES:
        async with opened(server.address) as tab:
            await tab.open(name, "")
    before, own, bounds = server.use(), time.process_time(), []
    if options.soak:
        record, uses = await soak(server, dataset, options.soak)
        print(f"{options.soak} short sessions; what the server uses after so many:\n{uses.round(1)}\n")
        bounds.append(("growth of memory, %", growth(uses["memory"]), GROWTH))
    else:
        print(f"{vars(options)}\n")
        record = await crowd(server.address, dataset, options)
    own, after = time.process_time() - own, server.use()
    record.check(dataset)
    times = record.times()
    print(f"{times.to_string(float_format='{:.0f}'.format)}\n")
    for error, number in record.errors.most_common(10):
        print(f"{number} × {error}")
    print(f"sentences compared with their URL: {record.sentences.total()}")
    print(f"processor time, s: server {after.seconds - before.seconds:.0f}, viewers {own:.0f}\n")
    if not options.soak:  # whose visitors, twenty without a pause, say nothing about waiting
        seconds = LATE if options.greedy else SECONDS
        late = times["95%"].reindex(["open", "interactions"]).dropna() / 1000
        bounds += [(f"{kind}: 95 of 100 within, s", value, seconds) for kind, value in late.items()]
    bounds += [("errors", record.errors.total(), 0), ("memory, MiB", server.peak(), MEMORY)]
    return serving.judged([*bounds, ("the server is not healthy afterwards", not server.healthy(), 0)])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m bench.load", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--viewers", type=int, default=200, help="people at a time, each of an address (%(default)s)"
    )
    parser.add_argument("--ramp", type=float, default=40, help="seconds in which they arrive (%(default)s)")
    parser.add_argument("--think", type=float, default=10, help="seconds between interactions (%(default)s)")
    parser.add_argument("--soak", type=int, default=0, help="instead: so many short sessions")
    parser.add_argument("--slow", type=int, default=0, help="beside them: clients that never read")
    parser.add_argument("--garbage", type=int, default=0, help="beside them: clients that send nonsense")
    parser.add_argument(
        "--greedy", type=int, default=0, help="beside them: connections that ask for dear things"
    )
    parser.add_argument("--address", type=serving.running, help="a running dashboard on this machine")
    options = parser.parse_args(arguments)
    dataset = load(os.environ.get("CSTO_DATA") or serving.ROOT / "data" / "curated.yaml")
    with nullcontext(options.address) if options.address else serving.started() as server:
        return asyncio.run(measure(server, dataset, options))


if __name__ == "__main__":
    sys.exit(main())

"""Whether memory is bounded: a server whose file is saved again and again, and one asked for new views.

    python -m bench.memory                   # 300 saves, then 20,000 views of another server
    python -m bench.memory --saves 60 --views 0

Between two saves, each of which changes a record, viewers who stay connected look again, and pages, files,
evidence, lists and pictures are asked for. No view is asked for twice. The exit code is 1 when memory exceeds
its bound, or has not stopped growing in the second half: by more than GROWTH per cent.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

import query
from bench import load as viewers
from bench import serving
from bench.load import Tab, fetched
from deploy import health
from exports import dump_item, standard
from loaders import Dataset, fingerprints, load

REAL = serving.ROOT / "data" / "curated.yaml"
MEMORY, GROWTH = 300, 5  # bounds: MiB; per cent
TABS = 6  # viewers who stay connected
BETWEEN = 8  # views between two saves
VISIT = 100  # views after which a tab is closed, and another opened
SAMPLES = 20
CHANGED = "    summary: "  # begins the line of a record that each save changes
GOOD = (200, 404)  # a view without rows has no picture
WAYS = ("page", "file", "evidence", "list")
ENDINGS = ("svg", "csv", "html", "excel.csv", "png")


async def ask(tab: Tab, number: int, chart: str, view: dict[str, str]) -> None:
    """One view, in one of the ways in which there is something to see of it. Raises SystemExit."""
    cut = {name: value for name, value in view.items() if name != "sel"}
    topic = query.CHARTS[chart].page
    way, turn = WAYS[number % len(WAYS)], number // len(WAYS)
    if way == "page":
        run = await tab.open(topic.relative.removeprefix("./"), urlencode(view, safe="~"))
        good = run.succeeded and not run.all("exception")
    else:
        name, values = {
            "file": (f"files/{chart}.{ENDINGS[turn % len(ENDINGS)]}", cut),
            "evidence": (f"evidence/{view['sel']}", cut | {"page": topic.name}),
            "list": ("lists/documents", cut | {"page": "sources"}),
        }[way]
        good = await fetched(tab.address, name, values) in GOOD
    if not good:
        raise SystemExit(f"{way} of {chart} fails under {view}")


async def saves(server: serving.Server, file: Path, number: int) -> AsyncIterator[int]:
    """Save the file so many times, and look at it each time; yields how often it was saved."""
    text, dataset = file.read_text("utf-8"), load(file)
    asked, at = viewers.views(dataset), text.index(CHANGED) + len(CHANGED)
    tray = urlencode({"tray": "~".join(map(dump_item, standard(dataset.tables)))})
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(viewers.opened(server.address)) for _ in range(TABS)]
        for save in range(number + 1):
            part = file.with_name("part")
            part.write_text(f"{text[:at]}Save {save}, {text[at:]}", "utf-8")
            part.replace(file)
            if health.check(server.address, load(file).hash)[0] != health.WELL:
                raise SystemExit(f"save {save} is not served")
            # the others stay where they are, with what is old by then
            for turn, tab in enumerate(tabs[save % 3 :: 3]):
                page = viewers.PAGES[(save + turn) % len(viewers.PAGES)]
                await tab.open(page, tray if page == "briefing" else "")
            for turn in range(BETWEEN):
                await ask(tabs[0], turn + save * BETWEEN, *next(asked))
            yield save


async def views(server: serving.Server, dataset: Dataset, number: int) -> AsyncIterator[int]:
    """Ask for so many views; yields how many there were."""
    asked = viewers.views(dataset)
    for done in range(0, number, VISIT):
        async with viewers.opened(server.address) as tab:
            for turn in range(VISIT):
                await ask(tab, done + turn, *next(asked))
        yield done + VISIT


async def memory(server: serving.Server, steps: AsyncIterator[int], number: int) -> pd.Series:
    """What the server uses after so many steps, in MiB, printed as it goes."""
    used = {}
    async for step in steps:
        if step % max(number // SAMPLES, 1) == 0:
            used[step] = server.use().memory
            print(f"{step:7,}: {used[step]:.0f} MiB", flush=True)
    return pd.Series(used)


def measured(what: str, number: int) -> Iterator[tuple[str, float, float]]:
    """The targets of one measurement, on a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(REAL, folder))
        shutil.copy(REAL.with_name(fingerprints.FILE_NAME), folder)
        with serving.started(CSTO_DATA=str(file)) as server:
            steps = saves(server, file, number) if what == "saves" else views(server, load(file), number)
            print(f"memory after so many {what}", flush=True)
            used = asyncio.run(memory(server, steps, number))
            half = used[used.index >= number / 2]
            yield f"memory in {number:,} {what}, MiB", server.peak(), MEMORY
            yield "growth in their second half, %", (half.iloc[-1] / half.iloc[0] - 1) * 100, GROWTH


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.memory", description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=300, help="of the data file (%(default)s)")
    parser.add_argument("--views", type=int, default=20_000, help="each another one (%(default)s)")
    options = parser.parse_args()
    return serving.judged(
        [target for what, number in vars(options).items() if number for target in measured(what, number)]
    )


if __name__ == "__main__":
    sys.exit(main())

"""How it grows: datasets of 1, 10, 100 and 1,000 times the real one, read, served and asked.

    python -m bench.growth    # the table; --most 100 stops there

Each is read, then prepared (`python -m loaders prepare`) and served so. A dataset of N times has N copies of
every source with all that rests on it but terms and their priorities. People, bodies, states and categories
stay: it is the same organisation, read more. The exit code is 1 when a target is missed.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from statistics import median

import pandas as pd
import yaml

from bench import load as viewers
from bench import serving
from loaders import fingerprints, load, prepare

REAL = serving.ROOT / "data" / "curated.yaml"
SIZES = (1, 10, 100, 1000)
ONCE = "dataset complete states people bodies categories chairmanships priorities retired".split()
NAMING = ("id", "event", "chairmanship", "source", "replaced_by")  # fields that hold ids of what is copied
LARGEST_MIB = "200"  # the largest of these files has 90
CHANGED = ("expressed", "speakers", "categories")  # the filters of the Threats page
CHANGES = 24  # filter changes of which the median is told


def dataset(times: int) -> Iterator[str]:
    """The lines of a dataset of this many times the real one: a record each, as JSON, which is YAML too."""
    real = yaml.load(REAL.read_bytes(), yaml.CSafeLoader)
    ids = {record["id"] for section, records in real.items() if section not in ONCE for record in records}
    skipping = without_terms(real)
    for section, records in real.items():
        if section in ("dataset", "complete"):
            yield f"{section}: {json.dumps(records)}\n"
            continue
        yield f"{section}:\n"
        for number in range(1 if section in ONCE else times):
            for record in skipping if number and section == "sources" else records:
                again = copied(record, number, ids) if number else record
                yield f"  - {json.dumps(again, ensure_ascii=False)}\n"


def copied(value: object, number: int, ids: set[str], name: str = "") -> object:
    """A record, or a part of it, with other ids and another file."""
    match value:
        case dict():
            return {key: copied(part, number, ids, key) for key, part in value.items()}
        case list():
            return [copied(part, number, ids, name) for part in value]
        case str() if name == "file" or (name in NAMING and value in ids):
            return f"{value.removesuffix('.txt')}-x{number}{'.txt' * (name == 'file')}"
    return value


def without_terms(real: dict[str, list[dict]]) -> list[dict]:
    """The sources where no term is copied: paragraphs that terms and priorities alone cite are skipped."""
    cited = {True: set(), False: set()}
    for section in real.keys() - {"dataset", "complete"}:
        items = [item for record in real[section] for item in record.get("evidence", ())]
        cited[section in ONCE].update((item["source"], item["paragraph"]) for item in items)
    sources = deepcopy(real["sources"])
    for source in sources:
        numbers = sorted(number for name, number in cited[True] - cited[False] if name == source["id"])
        reasons = [{"paragraph": number, "reason": "Made for a measurement."} for number in numbers]
        source |= {"skipped": reasons + source.get("skipped", [])}
    return sources


def write(file: Path, times: int) -> None:
    """Write a dataset, and beside it the fingerprints of its texts, which are those of the real ones."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(dataset(times))
    real = fingerprints.read(REAL.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    copies = {
        name.replace(".txt", f"-x{number}.txt" if number else ".txt"): entry
        for number in range(times)
        for name, entry in real.items()
    }
    fingerprints.write(file.with_name(fingerprints.FILE_NAME), copies)


async def asked(address: str) -> dict[str, float]:
    """What a viewer waits for and receives: every page once, then filter changes on the Threats page.

    At every size the same changes: one choice of one filter is pressed, and let go before the next. Raises
    SystemExit if a page does not stand.
    """
    pages, changes = [], []
    async with viewers.opened(address) as tab:
        for name in viewers.PAGES:
            pages.append(await tab.open(name, ""))
            if not pages[-1].succeeded or pages[-1].all("exception"):
                raise SystemExit(f"the page “{name}” does not stand at this size")
        run = await tab.open("threats", "")
        for number in range(CHANGES):
            name = CHANGED[number % len(CHANGED)]
            links = [link for link in run.links("data-set") if f"{name}=" in link]
            changes.append(await tab.follow(links[number // len(CHANGED) % len(links)]))
            run = await tab.open("threats", "")
    return {
        "filter change, ms": median(run.seconds for run in changes) * 1000,
        "sent for it, KiB": median(run.size for run in changes) / 1024,
        "slowest page, first visit, s": max(run.seconds for run in pages),
        "largest page, KiB": max(run.size for run in pages) / 1024,
    }


def measured(times: int) -> dict[str, float]:
    """Everything about one size."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "curated.yaml"
        write(file, times)
        began = time.perf_counter()
        tables = load(file).tables
        read = time.perf_counter() - began
        prepare(file, str(file))
        began = time.perf_counter()
        load(file)
        figures = {
            "times": times,
            "file, MiB": file.stat().st_size / serving.MIB,
            "rows of evidence": len(tables["evidence"]),
            "read and check, s": read,
            "load when prepared, s": time.perf_counter() - began,
        }
        with serving.started(CSTO_DATA=str(file)) as server:
            figures |= asyncio.run(asked(server.address))
            return figures | {"memory of the server, MiB": server.peak()}


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.growth", description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest size that is measured")
    options = parser.parse_args()
    os.environ["CSTO_LARGEST_MIB"] = LARGEST_MIB
    sizes = pd.DataFrame([measured(times) for times in SIZES if times <= options.most]).set_index("times")
    cells = sizes.map(lambda value: f"{value:,.0f}" if value >= 100 else f"{value:.2g}")
    print(cells.to_markdown(disable_numparse=True))
    if 100 not in sizes.index:
        return 0
    loading, change = sizes["load when prepared, s"], sizes["filter change, ms"]
    found = (
        ("load of 100 times the data, prepared, s", loading[100], 1.0),
        ("filter change at 100 times, times that of the real file", change[100] / change[1], 2.0),
    )
    return serving.judged(found)


if __name__ == "__main__":
    sys.exit(main())

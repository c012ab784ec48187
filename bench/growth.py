"""How it grows: datasets of 1, 10, 100 and 1,000 times the real one, read, served and asked.

    python -m bench.growth                 # the table; --most 100 stops there
    python -m bench.growth --picture FILE  # and its curves as SVG

Each is read, then prepared (`python -m loaders prepare`) and served so. A dataset of N times has N copies of
every source with all that rests on it. The first copies begin earlier, each by as many years as the terms
take, so that the time axis grows to six times its length with six times the terms; the others fall into the
same years. People, bodies, states and categories stay: it is the same organisation, read more. The exit code
is 1 when a target is missed.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from statistics import median

import pandas as pd
import yaml
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench import load as viewers
from bench import serving
from loaders import fingerprints

REAL = serving.ROOT / "data" / "curated.yaml"
SIZES = (1, 10, 100, 1000)
BLOCKS = 6  # copies, the real data among them, that have terms of their own, each earlier than the one before
ONCE = ("dataset", "states", "people", "bodies", "categories", "complete")
TERMS = ("chairmanships", "priorities")
NAMING = ("id", "event", "chairmanship", "source", "replaced_by")  # fields that hold ids of what is copied
REASON = "Made for a measurement."
ALLOWED = {"CSTO_LARGEST_MIB": "200"}  # the largest of these files has 90 MiB
CHANGED = ("filter_expressed", "filter_speakers", "filter_categories")  # the filters of the Threats page
CHANGES = 24  # filter changes of which the median is told
DATE = re.compile(r"(\d{4})((?:-\d\d){0,2})")

Record = dict[str, object]


def dataset(times: int) -> Iterator[str]:
    """The lines of a dataset of this many times the real one: a record each, as JSON, which is YAML too."""
    real = yaml.load(REAL.read_bytes(), yaml.CSafeLoader)
    copied = {section: records for section, records in real.items() if section not in ONCE}
    ids = {record["id"] for records in copied.values() for record in records}
    terms = real["chairmanships"]
    years = [int(term[side][:4]) for term in terms for side in ("start", "end") if side in term]
    block = max(years) - min(years) + 1
    if times > 1:
        terms = real["chairmanships"] = [dated(term, "start", "end") for term in terms]
    ended = [dated(term, "end", "start") for term in terms]
    skipping = without_terms(copied)
    for section, records in real.items():
        if section not in copied:
            yield f"{section}: {json.dumps(records)}\n"
            continue
        yield f"{section}:\n"
        for number in range(times if section not in TERMS else min(times, BLOCKS)):
            again = ended if number and section == "chairmanships" else records
            again = skipping if number >= BLOCKS and section == "sources" else again
            copy = copier(number, ids, number % BLOCKS * block) if number else lambda record: record
            yield from (f"  - {json.dumps(copy(record), ensure_ascii=False)}\n" for record in again)


def copier(number: int, ids: set[str], earlier: int) -> Callable:
    """What makes a copy of a record: with other ids and another file, and earlier by some years."""

    def copy(value: object, name: str = "") -> object:
        match value:
            case dict():
                return {key: copy(part, key) for key, part in value.items()}
            case list():
                return [copy(part, name) for part in value]
            case str() if name in NAMING and value in ids:
                return f"{value}-x{number}"
            case str() if name == "file":
                return value.replace(".txt", f"-x{number}.txt")
            case str() if date := DATE.fullmatch(value):
                rest = date[2].replace("-02-29", "-02-28") if earlier else date[2]  # not every year has it
                return f"{int(date[1]) - earlier}{rest}"
        return value

    return copy


def dated(term: Record, side: str, other: str) -> Record:
    """A term that, where it lacks a side, has the year of its other one, inferred: others adjoin it."""
    if side in term or other not in term:
        return term
    term = deepcopy(term) | {side: term[other][:4]}
    term["inferred"] = {side: REASON} | term.get("inferred", {})
    term["evidence"][0]["proves"].insert(0, side)
    return term


def without_terms(sections: dict[str, list[Record]]) -> list[Record]:
    """The sources where no term is copied: paragraphs that terms and priorities alone cite are skipped."""
    cited = {True: set(), False: set()}
    for section, records in sections.items():
        items = [item for record in records for item in record.get("evidence", ())]
        cited[section in TERMS].update((item["source"], item["paragraph"]) for item in items)
    sources = deepcopy(sections["sources"])
    for source in sources:
        numbers = sorted(number for name, number in cited[True] - cited[False] if name == source["id"])
        skipped = [{"paragraph": number, "reason": REASON} for number in numbers] + source.get("skipped", [])
        source |= {"skipped": skipped} if skipped else {}
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


READ = """
import sys, time
from loaders import load
start = time.perf_counter()
tables = load(sys.argv[1]).tables
print(time.perf_counter() - start, len(tables["evidence"]))
"""


def python(*arguments: object) -> list[str]:
    """The words that Python prints, run with these arguments."""
    command, environment = [sys.executable, *map(str, arguments)], os.environ | ALLOWED
    run = subprocess.run(
        command, cwd=serving.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return run.stdout.split()


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
            group = next(one for one in run.all("button_group") if name in one.id)
            option = group.options[number // len(CHANGED) % len(group.options)].content
            changes.append(await tab.change(pressed(group.id, option)))
            run = await tab.change(pressed(group.id))
    return {
        "filter change, ms": median(run.seconds for run in changes) * 1000,
        "sent for it, KiB": median(run.size for run in changes) / 1024,
        "slowest page, first visit, s": max(run.seconds for run in pages),
        "largest page, KiB": max(run.size for run in pages) / 1024,
    }


def pressed(group: str, *options: str) -> WidgetState:
    """A group of choices of which these are pressed."""
    state = WidgetState(id=group)
    state.string_array_value.data.extend(options)
    return state


def measured(times: int) -> dict[str, float]:
    """Everything about one size."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "curated.yaml"
        write(file, times)
        seconds, evidence = map(float, python("-c", READ, file))
        python("-m", "loaders", "prepare", file)
        prepared, _ = map(float, python("-c", READ, file))
        figures = {
            "times": times,
            "file, MiB": file.stat().st_size / serving.MIB,
            "rows of evidence": evidence,
            "read and check, s": seconds,
            "load when prepared, s": prepared,
        }
        within = serving.START_SECONDS + 2 * seconds
        with serving.started(within=within, CSTO_DATA=str(file), **ALLOWED) as server:
            figures |= asyncio.run(asked(server.address))
            return figures | {"memory of the server, MiB": server.peak()}


def targets(sizes: pd.DataFrame) -> Iterator[tuple[str, float, float]]:
    """What has to hold of a hundred times the data, if measured: what was found, the most that is allowed."""
    if 100 in sizes.index:
        change = sizes["filter change, ms"]
        yield "load of 100 times the data, prepared, s", sizes["load when prepared, s"][100], 1.0
        yield "filter change at 100 times, times that of the real file", change[100] / change[1], 2.0


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.growth", description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest size that is measured")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write the curves, as SVG")
    options = parser.parse_args()
    sizes = pd.DataFrame([measured(times) for times in SIZES if times <= options.most]).set_index("times")
    cells = sizes.map(lambda value: f"{value:,.0f}" if value >= 100 else f"{value:.2g}")
    print(cells.to_markdown(disable_numparse=True))
    if options.picture:
        curves = sizes.drop(columns=["file, MiB", "rows of evidence"])
        panels = curves.plot(subplots=True, layout=(-1, 2), loglog=True, marker=".", figsize=(7, 8))
        panels[0, 0].figure.savefig(options.picture, format="svg", bbox_inches="tight")
    return serving.judged(targets(sizes))


if __name__ == "__main__":
    sys.exit(main())

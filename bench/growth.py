"""How it grows: datasets of 1, 10, 100 and 1,000 times the real one, read, served and asked.

    python -m bench.growth                 # the table; --most 100 stops there
    python -m bench.growth --picture FILE  # and its curves as SVG
    python -m bench.growth --write FILE 10 # only write a dataset of ten times the size

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
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from math import ceil, floor, log10
from pathlib import Path

from markupsafe import Markup
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench import load as viewers
from bench import serving, speed
from charts.theme import INK, SANS
from loaders import fingerprints, load, prepared

REAL = serving.ROOT / "data" / "curated.yaml"
SIZES = (1, 10, 100, 1000)
BLOCKS = (
    6  # how many copies, the real data among them, have terms of their own, each earlier than the one before
)
ONCE = {"dataset", "states", "people", "bodies", "categories"}
TERMS = {"chairmanships", "priorities"}
ALLOWED = {"CSTO_LARGEST_MIB": "200"}  # the largest of these files has 90 MiB
CHANGED = ("filter_expressed", "filter_speakers", "filter_categories")  # the filters of the Threats page
CHANGES = 24  # filter changes of which the median is told
SECTION = re.compile(r"^([a-z_]+):.*\n", re.MULTILINE)
RECORD = re.compile(r"^(?=  - id: )", re.MULTILINE)
DATE = re.compile(r'"(\d{4})((?:-\d\d){0,2})"')
SIDE = re.compile(r'^    (?:start|end): "(\d{4})', re.MULTILINE)
# the fields that hold ids of what is copied
NAMING = r"\b((?:id|event|chairmanship|source|replaced_by): )"


def copies(times: int) -> Iterator[str]:
    """The text of a dataset of this many times the real one, piece by piece."""
    sections = _sections()
    own = _named(
        name
        for section in sections.keys() - ONCE
        for name in re.findall(r"^  - id: (\S+)$", sections[section], re.MULTILINE)
    )
    terms = sections["chairmanships"]
    years = [int(year) for year in SIDE.findall(terms)]
    block = max(years) - min(years) + 1
    begun = _sided(terms, "start", "end")
    for section, body in sections.items():
        first = begun if section == "chairmanships" and times > 1 else body
        yield f"{section}:\n{first.rstrip()}\n"
        for number in range(1, 1 if section in ONCE else times):
            if section in TERMS and number >= BLOCKS:
                break
            again = _sided(begun, "end", "start") if section == "chairmanships" else body
            if section == "sources" and number >= BLOCKS:
                again = _without_terms(body)
            yield _copy(again, number, own, number % BLOCKS * block).rstrip() + "\n"
    yield "complete: true\n"


def _sections() -> dict[str, str]:
    """The text below each section's name."""
    text = REAL.read_text("utf-8")
    heads = list(SECTION.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found = {head[1]: text[head.end() : end] for head, end in zip(heads, ends, strict=True)}
    return {name: body for name, body in found.items() if name != "complete"}


def _named(ids: Iterable[str]) -> re.Pattern:
    """Any of these ids where it names a record: as its id, or in a field that refers to it."""
    longest_first = sorted(map(re.escape, ids), key=len, reverse=True)
    return re.compile(rf"{NAMING}({'|'.join(longest_first)})(?![\w-])")


def _copy(body: str, number: int, own: re.Pattern, earlier: int) -> str:
    """One section again: other ids, other files, and earlier by some years."""
    body = own.sub(rf"\1\2-x{number}", body)
    body = re.sub(r"^(    file: \S+)\.txt$", rf"\1-x{number}.txt", body, flags=re.MULTILINE)

    def moved(date: re.Match) -> str:
        rest = date[2].replace("-02-29", "-02-28") if earlier else date[2]  # which not every year has
        return f'"{int(date[1]) - earlier}{rest}"'

    return DATE.sub(moved, body)


def _sided(terms: str, side: str, other: str) -> str:
    """The terms, one that lacks a side (`start`, `end`) with the year of its other one: others adjoin it."""
    return "".join(
        term if f"\n    {side}: " in term or not (year := re.search(rf'^    {other}: "(\d{{4}})', term, re.M))
        else _dated(term, side, year[1])
        for term in RECORD.split(terms)
    )  # fmt: skip


def _dated(term: str, side: str, year: str) -> str:
    """A term with one more date, inferred, of which its first quote is said to be the proof."""
    if "    inferred:\n" not in term:
        term = term.replace("    evidence:\n", "    inferred:\n    evidence:\n", 1)
    term = term.replace("    inferred:\n", f"    inferred:\n      {side}: Made for a measurement.\n", 1)
    term = re.sub(r"^(    state: .*\n)", rf'\1    {side}: "{year}"\n', term, count=1, flags=re.MULTILINE)
    return term.replace("proves: [", f"proves: [{side}, ", 1)


def _without_terms(sources: str) -> str:
    """The sources where no term is copied: paragraphs that terms and priorities alone cite are skipped."""
    tables = load(REAL).tables
    evidence = tables["evidence"]
    of_terms = evidence["record"].isin({*tables["chairmanships"]["id"], *tables["priorities"]["id"]})
    places = [set(zip(rows["source"], rows["paragraph"], strict=True))
              for rows in (evidence[of_terms], evidence[~of_terms])]  # fmt: skip
    found = []
    for source in RECORD.split(sources):
        name = source.partition("  - id: ")[2].partition("\n")[0]
        lines = "".join(
            f"      - {{paragraph: {paragraph}, reason: Made for a measurement.}}\n"
            for _, paragraph in sorted(place for place in places[0] - places[1] if place[0] == name)
        )
        if lines and "    skipped:\n" not in source:
            source = f"{source.rstrip()}\n    skipped:\n"
        found.append(source.replace("    skipped:\n", f"    skipped:\n{lines}", 1))
    return "".join(found)


def write(file: Path, times: int) -> None:
    """Write a dataset, and beside it the fingerprints of its texts, which are those of the real ones."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(copies(times))
    known = fingerprints.read(REAL.with_name(fingerprints.FILE_NAME), fingerprints.FILE_NAME)
    made = dict(known)
    for number in range(1, times):
        made |= {name.replace(".txt", f"-x{number}.txt"): entry for name, entry in known.items()}
    fingerprints.write(file.with_name(fingerprints.FILE_NAME), made)


READ = """
import json, resource, sys, time
from loaders import load
start, spent = time.perf_counter(), time.process_time()
tables = load(sys.argv[1]).tables
took = time.perf_counter() - start, time.process_time() - spent
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([*took, peak, len(tables["evidence"])]))
"""


def reading(file: Path) -> dict[str, float]:
    """What reading a dataset takes in a process of its own, from the file and then as it was prepared."""
    seconds, processor, peak, evidence = json.loads(_python("-c", READ, file))
    _python("-m", "loaders", "prepare", file)
    again, *_ = json.loads(_python("-c", READ, file))
    return {
        "seconds": seconds,
        "processor": processor,
        "peak": peak,
        "evidence": evidence,
        "prepared": again,
        "kept": prepared.beside(file).stat().st_size / 1024**2,
    }


def _python(*arguments: object) -> str:
    """What Python prints, run with these arguments."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=serving.ROOT,
        env=os.environ | ALLOWED,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


async def asking(server: serving.Server) -> dict[str, float]:
    """What a viewer waits for and receives: every page once, then filter changes on the Threats page.

    At every size the same changes: one choice of one filter is pressed, and let go before the next.
    """
    pages, changes = [], []
    async with viewers.tab(server.address) as tab:
        for name in viewers.PAGES:
            pages.append((name or "overview", await tab.open(name, "")))
        run = await tab.open("threats", "")
        for number in range(CHANGES):
            name = CHANGED[number % len(CHANGED)]
            group = next(one for one in run.all("button_group") if name in one.id)
            options = [one.content for one in group.options]
            changes.append(
                await tab.change(_pressed(group.id, options[number // len(CHANGED) % len(options)]))
            )
            run = await tab.change(_pressed(group.id))
    for name, run in pages:
        if not run.succeeded or run.all("exception"):
            raise SystemExit(f"the page {name} does not stand at this size")
    return {
        "change": statistics.median(run.seconds for run in changes) * 1000,
        "bytes": statistics.median(run.size for run in changes) / 1024,
        "slowest": max(run.seconds for _, run in pages) * 1000,
        "largest": max(run.size for _, run in pages) / 1024,
    }


def _pressed(group: str, *options: str) -> WidgetState:
    """A group of choices of which these are pressed."""
    state = WidgetState(id=group)
    state.string_array_value.data.extend(options)
    return state


def measured(times: int) -> dict[str, float]:
    """Everything about one size."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "curated.yaml"
        write(file, times)
        found = {"size": file.stat().st_size / 1024**2} | reading(file)
        within = serving.START_SECONDS + 2 * found["seconds"]
        with serving.started(within=within, CSTO_DATA=str(file), **ALLOWED) as server:
            found |= asyncio.run(asking(server)) | {"memory": server.peak()}
    return found


COLUMNS = (
    ("size", "file, MiB", "{:.1f}"),
    ("evidence", "rows of evidence", "{:,.0f}"),
    ("seconds", "read and check, s", "{:.2f}"),
    ("processor", "of which processor, s", "{:.2f}"),
    ("prepared", "load when prepared, s", "{:.2f}"),
    ("kept", "prepared, MiB", "{:.1f}"),
    ("peak", "memory of reading, MiB", "{:.0f}"),
    ("memory", "memory of the server, MiB", "{:.0f}"),
    ("change", "filter change, ms", "{:.0f}"),
    ("bytes", "sent for it, KiB", "{:.0f}"),
    ("slowest", "slowest page, first visit, ms", "{:.0f}"),
    ("largest", "largest page, KiB", "{:.0f}"),
)

# the panels of the picture: a figure, and what it is called
PANELS = (
    ("seconds", "read and check, s"),
    ("prepared", "load when prepared, s"),
    ("memory", "memory of the server, MiB"),
    ("change", "filter change, ms"),
    ("bytes", "sent for a filter change, KiB"),
)
WIDE, HIGH, ROOM, HEAD = 300, 190, 44, 34  # px of a panel, of its margin, and of its title


def picture(found: dict[int, dict[str, float]]) -> str:
    """The curves over the size as SVG, each in a panel of its own; both axes grow tenfold at equal steps.

    A dashed line through the first point is what would grow exactly with the data.
    """
    panels = [
        _panel(number % 2 * WIDE, number // 2 * HIGH, label, {size: row[name] for size, row in found.items()})
        for number, (name, label) in enumerate(PANELS)
    ]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        "font-family='{font}' font-size=\"12\"><title>How load, memory and answers grow with the data</title>"
        '<rect width="100%" height="100%" fill="{paper}"/>{panels}</svg>\n'
    ).format(
        wide=2 * WIDE,
        high=-(-len(PANELS) // 2) * HIGH,
        font=Markup(SANS),
        paper=INK["paper"],
        panels=Markup("").join(panels),
    )


def _panel(left: float, top: float, label: str, values: dict[int, float]) -> Markup:
    sizes = sorted(values)
    decades = max(log10(sizes[-1]), 1)
    low = floor(log10(min(values.values())))
    high = max(ceil(log10(max(values.values()))), low + 1)

    def across(size: float) -> float:
        return round(left + ROOM + log10(size) / decades * (WIDE - 2 * ROOM), 1)

    def down(value: float) -> float:
        share = (log10(value) - low) / (high - low)
        return round(top + HIGH - ROOM / 2 - share * (HIGH - HEAD - ROOM / 2), 1)

    first = values[sizes[0]]
    reach = min(sizes[-1], 10**high / first)  # where what grows with the data leaves the panel
    parts = [
        Markup('<text x="{x}" y="{y}" font-weight="bold" fill="{ink}">{label}</text>').format(
            x=left + 12, y=top + 18, ink=INK["ink"], label=label
        ),
        Markup('<path d="M{a},{b} L{c},{d}" stroke="{rule}" stroke-dasharray="4 3" fill="none"/>').format(
            a=across(1), b=down(first), c=across(reach), d=down(first * reach), rule=INK["mute"]
        ),
        Markup('<polyline points="{points}" stroke="{ink}" stroke-width="2" fill="none"/>').format(
            points=" ".join(f"{across(size)},{down(values[size])}" for size in sizes), ink=INK["ink"]
        ),
    ]
    for size in sizes:
        parts.append(
            Markup(
                '<circle cx="{x}" cy="{y}" r="3" fill="{ink}"/><g text-anchor="middle">'
                '<text x="{x}" y="{above}" fill="{ink}">{value}</text>'
                '<text x="{x}" y="{foot}" fill="{soft}">{size}×</text></g>'
            ).format(
                x=across(size),
                y=down(values[size]),
                above=down(values[size]) - 8,
                foot=top + HIGH - 4,
                value=f"{values[size]:,.2g}" if values[size] < 10 else f"{values[size]:,.0f}",
                size=f"{size:,}",
                ink=INK["ink"],
                soft=INK["soft"],
            )
        )
    return Markup("").join(parts)


def main() -> int:
    parser = argparse.ArgumentParser("python -m bench.growth", description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest size that is measured")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write the curves, as SVG")
    parser.add_argument("--write", nargs=2, metavar=("FILE", "TIMES"), help="write one dataset, and no more")
    options = parser.parse_args()
    if options.write:
        write(Path(options.write[0]), int(options.write[1]))
        return 0
    print("| times | " + " | ".join(label for _, label, _ in COLUMNS) + " |")
    print("| ---: |" + " ---: |" * len(COLUMNS))
    rows = {}
    for times in (size for size in SIZES if size <= options.most):
        rows[times] = found = measured(times)
        print(
            f"| {times} | " + " | ".join(form.format(found[name]) for name, _, form in COLUMNS) + " |",
            flush=True,
        )
    if options.picture:
        options.picture.write_text(picture(rows), encoding="utf-8")
    return speed.judged(targets(rows))


def targets(found: dict[int, dict[str, float]]) -> list[tuple[str, float, float]]:
    """What has to hold of a hundred times the data, what was found, and the most that is allowed."""
    if not {1, 100} <= found.keys():
        return []
    many, real = found[100], found[1]
    return [
        ("load of 100 times the data, prepared, s", many["prepared"], 1.0),
        ("filter change at 100 times, times that of the real file", many["change"] / real["change"], 2.0),
    ]


if __name__ == "__main__":
    sys.exit(main())

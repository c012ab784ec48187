"""Deliberate breaks of the product, and which of them a suite of tests notices.

    python -m bench.breaks check                      # whether the list fits the product
    python -m bench.breaks run RESULT.csv             # a row for each break; a run that was stopped goes on
    python -m bench.breaks compare OLD.csv NEW.csv    # whether NEW notices all that OLD does

`breaks.yaml` has the breaks. Those with an `operator`, half of the ones in Python, were made by the mutation
tool cosmic-ray 8.7.0: seven candidates of each module of loaders, query, charts, exports and ui, drawn with a
fixed seed, and of these the ones that change what somebody sees, gets or relies on. The others are written by
hand: what a careless rebuild does. `tests` names what may notice a break, the likeliest first.

A break is made in a copy of the last commit of a tree. It is caught when a test fails there, when the tests
cannot be collected or take longer than LONGEST. First of all the tests have to pass on the unbroken copy.
"""

import argparse
import csv
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import yaml

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("breaks.yaml")
LONGEST = 900  # seconds for the tests of one break
UNBROKEN = "unbroken"  # the id of the row of the tests without a break
BROWSER = ("tests/browser", "tests/net")  # where tests drive one
COLUMNS = ("id", "caught", "by", "seconds")
ENVIRONMENT = {"CI": "true", "PYTHONDONTWRITEBYTECODE": "1"}  # the same examples each time, and nothing stale
FAILURE = re.compile(r"^(?:FAILED|ERROR|SUBFAIL).*?(tests/.+?)(?: - .*)?$", re.MULTILINE)  # in the summary


@dataclass(frozen=True)
class Break:
    """One fault: `new` in place of `old`, which stands once in `file`; `harm` is what somebody then sees."""

    id: str
    file: str
    old: str
    new: str
    harm: str
    tests: Sequence[str]
    operator: str = ""  # of cosmic-ray


def breaks() -> list[Break]:
    return [Break(**entry) for entry in yaml.safe_load(LIST.read_text(encoding="utf-8"))]


def problems(known: Sequence[Break]) -> Iterator[str]:
    """What keeps breaks from being made in this tree, or from being told apart."""
    numbers = Counter(item.id for item in known)
    yield from (f"{name}: the id stands {number} times" for name, number in numbers.items() if number > 1)
    for item in known:
        path = ROOT / item.file
        times = path.read_text(encoding="utf-8").count(item.old) if path.is_file() else 0
        if times != 1:
            yield f"{item.id}: `old` must stand once in {item.file}; stands {times} times"
        if item.old == item.new or not item.tests:
            yield f"{item.id}: must change something, and name tests"
        yield from (f"{item.id}: there is no {test}" for test in item.tests if _nearest(ROOT, test) != test)


def copy_of(tree: Path, folder: Path) -> Path:
    """The last commit of a tree in a new folder, with links to its environment and to what lies beside it."""
    copy, shared = folder / "tree", tree.resolve().parent / "shared"
    subprocess.run(["git", "clone", "--quiet", str(tree), str(copy)], check=True)
    (copy / ".venv").symlink_to((tree / ".venv").resolve())
    if shared.is_dir():
        (folder / "shared").symlink_to(shared)
    return copy


@contextmanager
def broken(copy: Path, item: Break) -> Iterator[None]:
    """The copy with one break. Afterwards nothing is left of it, nor of what tests wrote."""
    path = copy / item.file
    text = path.read_text(encoding="utf-8")
    if text.count(item.old) != 1:
        raise SystemExit(f"{item.id}: `old` must stand once in {path}")
    path.write_text(text.replace(item.old, item.new), encoding="utf-8")
    try:
        yield
    finally:
        subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=copy, check=True)
        subprocess.run(["git", "clean", "--quiet", "-fdx", "--exclude=.venv"], cwd=copy, check=True)


def first_failure(copy: Path, tests: Iterable[str], limit: float | None = LONGEST) -> str:
    """The first test that fails, `collection`, `time limit`, or nothing when all pass."""
    there = dict.fromkeys(_nearest(copy, test) for test in tests)
    command = [copy / ".venv/bin/python", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *there]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=copy, env=os.environ | ENVIRONMENT, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            return "time limit"
        finally:
            with suppress(ProcessLookupError):  # with the servers and browsers that it left
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        output.seek(0)
        said = output.read().decode(errors="replace")
    if code == 0:
        return ""
    if code == 1 and (first := FAILURE.search(said)):
        return first[1]
    if code in (2, 3) or "while loading conftest" in said:
        return "collection"
    raise SystemExit(f"pytest ended with {code}\n{said[-3000:]}")


def _nearest(copy: Path, test: str) -> str:
    """A test as it is if the copy has it; else its file, or the nearest folder around that."""
    file, _, name = test.partition("[")[0].partition("::")
    if not (copy / file).exists():
        return _nearest(copy, str(Path(file).parent))
    return test if name and f"def {name}(" in (copy / file).read_text(encoding="utf-8") else file


def run(options: argparse.Namespace) -> int:
    """Measure the breaks that the result lacks, those for a browser last, and add the row of each at once."""
    rows = read(options.result) if options.result.exists() else {}
    picked = [item for item in breaks() if not options.ids or item.id in options.ids.split(",")]
    picked.sort(key=lambda item: any(test.startswith(BROWSER) for test in item.tests))
    tests = {item.id: item.tests if options.tests == "named" else ["tests"] for item in picked}
    with tempfile.TemporaryDirectory() as folder, options.result.open("a", newline="") as file:
        copies: Queue[Path] = Queue()
        for number in range(options.workers):
            (Path(folder) / str(number)).mkdir()
            copies.put(copy_of(options.tree, Path(folder) / str(number)))

        def add(name: str, by: str, began: float) -> None:
            seconds = round(time.monotonic() - began, 1)
            csv.writer(file, lineterminator="\n").writerow([name, "yes" if by else "no", by, seconds])
            file.flush()

        def measure(item: Break) -> None:
            copy, began = copies.get(), time.monotonic()
            try:
                with broken(copy, item):
                    add(item.id, first_failure(copy, tests[item.id]), began)
            finally:
                copies.put(copy)

        if not rows:
            csv.writer(file, lineterminator="\n").writerow(COLUMNS)
        if UNBROKEN not in rows:
            began, every = time.monotonic(), [test for item in picked for test in tests[item.id]]
            if by := first_failure(copies.queue[0], every, limit=None):
                raise SystemExit(f"without a break this fails: {by}")
            add(UNBROKEN, "", began)
        with ThreadPoolExecutor(options.workers) as pool:
            list(pool.map(measure, (item for item in picked if item.id not in rows)))
    return 0


def read(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a result, by id."""
    with path.open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def compare(options: argparse.Namespace) -> int:
    """How many breaks each result caught, by folder; the exit code is 1 when the new one lost any."""
    known, results = breaks(), [read(path).values() for path in (options.old, options.new)]
    old, new = ({row["id"] for row in rows if row["caught"] == "yes"} for rows in results)
    for folder in dict.fromkeys(item.file.split("/")[0] for item in known):
        here = {item.id for item in known if item.file.startswith(f"{folder}/")}
        print(f"{folder:<12} {len(here):>3} breaks, {len(here & old):>3} caught, now {len(here & new):>3}")
    lost = [item for item in known if item.id in old - new]
    print(*(f"lost: {item.id} ({item.file}). {item.harm}" for item in lost), sep="\n")
    return int(bool(lost))


def check(options: argparse.Namespace) -> int:
    """Print what is wrong with the list; the exit code is 1 when anything is."""
    known = breaks()
    lines = list(problems(known))
    print(*lines, f"{len(known)} breaks, {len(lines) or 'no'} problems", sep="\n")
    return int(bool(lines))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m bench.breaks", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (check, run, compare):
        commands.add_parser(command.__name__, help=command.__doc__).set_defaults(command=command)
    running, comparing = commands.choices["run"], commands.choices["compare"]
    running.add_argument("result", type=Path, help="CSV; the breaks that it has already are passed over")
    running.add_argument("--ids", default="", help="ids, separated by commas; all unless given")
    running.add_argument("--tree", type=Path, default=ROOT, help="whose last commit; this one unless given")
    running.add_argument("--tests", choices=("named", "all"), default="named")
    running.add_argument("--workers", type=int, default=1, help="breaks at once, each in a copy of its own")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # stopped, it still undoes the break
    return options.command(options)


if __name__ == "__main__":
    sys.exit(main())

"""Deliberate breaks of the product, and which of them a suite of tests notices.

    python -m bench.breaks run RESULT.csv             # a row for each break; a run that was stopped goes on
    python -m bench.breaks compare OLD.csv NEW.csv    # whether NEW notices all that OLD does

`breaks.yaml` has the breaks, and says how they came about. One is made in a copy of the last commit. It is
caught when a test fails there, or the tests cannot be collected or take longer than LONGEST. First of all
they have to pass on the unbroken copy.
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
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pandas as pd
import yaml

ROOT = Path(__file__).parents[1]
BREAKS = yaml.safe_load(Path(__file__).with_name("breaks.yaml").read_text(encoding="utf-8"))
LONGEST = 900  # seconds for the tests of one break
UNBROKEN = "unbroken"  # the id of the row of the tests without a break
ENVIRONMENT = {"CI": "true", "PYTHONDONTWRITEBYTECODE": "1"}  # the same examples each time, and nothing stale
FAILURE = re.compile(r"^(?:FAILED|ERROR|SUBFAIL).*?(tests/.+?)(?: - .*)?$", re.MULTILINE)  # in the summary


def first_failure(copy: Path, tests: Iterable[str], limit: float | None = LONGEST) -> str:
    """The first test that fails, `collection`, `time limit`, or nothing when all pass."""
    command = [copy / ".venv/bin/python", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    with tempfile.NamedTemporaryFile() as output:
        process = subprocess.Popen(
            [*command, *dict.fromkeys(tests)], cwd=copy, env=os.environ | ENVIRONMENT,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            return "time limit"
        finally:
            with suppress(ProcessLookupError):  # with the servers and browsers that it left
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        text = Path(output.name).read_text(encoding="utf-8", errors="replace")
    if code == 0:
        return ""
    if code == 1 and (first := FAILURE.search(text)):
        return first[1]
    if code in (2, 3) or "while loading conftest" in text:
        return "collection"
    raise SystemExit(f"pytest ended with {code}\n{text[-3000:]}")


def run(options: argparse.Namespace) -> int:
    """Measure the breaks that the result lacks, and add the row of each at once.

    Raises SystemExit where `old` of a break does not stand once in its file, or tests fail without a break.
    """
    known = set(pd.read_csv(options.result)["id"]) if options.result.exists() else set()
    picked = [item for item in BREAKS if not options.ids or item["id"] in options.ids.split(",")]
    texts = {item["id"]: (ROOT / item["file"]).read_text(encoding="utf-8") for item in picked}
    if misfits := [item["id"] for item in picked if texts[item["id"]].count(item["old"]) != 1]:
        raise SystemExit(f"`old` does not stand once in the file of {', '.join(misfits)}")
    with tempfile.TemporaryDirectory() as folder, options.result.open("a", newline="") as file:
        rows, copy = csv.writer(file, lineterminator="\n"), Path(folder, "tree")
        subprocess.run(["git", "clone", "--quiet", ROOT, copy], check=True)
        (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
        if not known:
            rows.writerow(("id", "caught", "by", "seconds"))
        if UNBROKEN not in known:
            began = time.monotonic()
            if by := first_failure(copy, [test for item in picked for test in item["tests"]], limit=None):
                raise SystemExit(f"without a break this fails: {by}")
            rows.writerow([UNBROKEN, "no", "", round(time.monotonic() - began, 1)])
            file.flush()
        for item in picked:
            if item["id"] in known:
                continue
            path, began = copy / item["file"], time.monotonic()
            path.write_text(path.read_text("utf-8").replace(item["old"], item["new"]), encoding="utf-8")
            by = first_failure(copy, item["tests"])
            rows.writerow([item["id"], "yes" if by else "no", by, round(time.monotonic() - began, 1)])
            file.flush()
            # nothing is left of it, nor of what tests wrote
            for command in ("reset --quiet --hard", "clean --quiet -fdx --exclude=.venv"):
                subprocess.run(["git", *command.split()], cwd=copy, check=True)
    return 0


def compare(options: argparse.Namespace) -> int:
    """How many breaks each result caught, by folder; the exit code is 1 when the new one lost any."""
    breaks = pd.DataFrame(BREAKS).set_index("id")
    for name, file in (("caught", options.old), ("now", options.new)):
        rows = pd.read_csv(file)
        breaks[name] = breaks.index.isin(rows["id"][rows["caught"] == "yes"])
    folders = breaks.groupby(breaks["file"].str.split("/").str[0].rename(""), sort=False)
    print(folders.agg(breaks=("file", "size"), caught=("caught", "sum"), now=("now", "sum")).to_string())
    lost = breaks[breaks["caught"] & ~breaks["now"]]
    print(*(f"lost: {row.Index} ({row.file}). {row.harm}" for row in lost.itertuples()), sep="\n")
    return int(len(lost) > 0)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m bench.breaks", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    running = commands.add_parser("run", help="put the breaks in, one after another, and run their tests")
    running.set_defaults(command=run)
    running.add_argument("result", type=Path, help="CSV; the breaks that it has already are passed over")
    running.add_argument("--ids", default="", help="ids, separated by commas; all unless given")
    comparing = commands.add_parser("compare", help="what one result lost of another")
    comparing.set_defaults(command=compare)
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    options = parser.parse_args(arguments)
    return options.command(options)


if __name__ == "__main__":
    sys.exit(main())

"""Where the server's time for a run of a page goes: to our own code, to pandas, or to Streamlit.

    python -m bench.profile

py-spy looks at the stack of a dashboard 100 times a second while viewers open pages, change filters and click
marks, one viewer after another. A moment in which a page script runs belongs to whoever is innermost of
Streamlit, pandas and ourselves; what a script imports is left out, for it is imported once.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench import load, serving

RATE = 100  # looks a second
VIEWERS, MOVES = 30, 8  # of each viewer
MOST = 15  # ms of our own code, with what it calls of pandas, for a run
# what the name of a file says about whom it belongs to; what belongs to nobody else is its caller's
OWNERS = {"/pandas/": "pandas", "/streamlit/": "Streamlit", "/site-packages/": "", str(serving.ROOT): "ours"}


def owners(stacks: Iterable[str]) -> Counter:
    """Whom how many looks found innermost, from lines such as `_run_script (file:7);marks (file:9) 12`."""
    looks: Counter = Counter()
    for stack in stacks:
        frames, _, number = stack.rpartition(" ")
        if "_run_script" in frames and "importlib" not in frames:
            looks[next(filter(None, map(owner, reversed(frames.split(";")))), "")] += int(number)
    return looks


def owner(frame: str) -> str:
    return next((name for part, name in OWNERS.items() if part in frame), "")


async def visit(address: str) -> load.Record:
    record, chance = load.Record(), random.Random(load.SEED)
    links = load.deep_links(load.load(serving.ROOT / "data" / "curated.yaml"))
    for link in chance.sample(links, VIEWERS):
        await load.viewer(address, record, link, MOVES, 0, chance)
    return record


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        stacks = Path(folder) / "stacks"
        profiler = ["py-spy", "record", "--rate", RATE, "--gil", "--format", "raw", "--full-filenames"]
        with serving.started(*profiler, "--output", stacks, "--", *serving.DASHBOARD) as server:
            record = asyncio.run(visit(server.address))
            os.kill(server.process.pid, signal.SIGINT)  # on which it writes what it found
            server.process.wait()
        looks = owners(stacks.read_text(encoding="utf-8").splitlines())
    runs = len(record.answers)
    for name, number in looks.most_common():
        print(f"{name:10}{number / RATE * 1000 / runs:8.1f} ms a run, the mean of {runs}")
    own = (looks["ours"] + looks["pandas"]) / RATE * 1000 / runs
    errors = ("errors", record.errors.total(), 0)
    return serving.judged([errors, ("our own code on the server with pandas, ms a run", own, MOST)])


if __name__ == "__main__":
    sys.exit(main())

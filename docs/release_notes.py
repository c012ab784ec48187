"""Whether CHANGELOG.md, CITATION.cff and the kept changes fit the data in the file, said for a curator.

    python -m docs.release_notes   # exit code 1, and a line for each thing to do

`make check-data` runs it last, after the records, the quotes and the documents.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import yaml

from loaders import ROOT, Dataset, history, load

ENTRY = re.compile(r"^### \[([^\]]+)\](?: - (\S+))?\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
FILE_LINE = re.compile(r"^File: `([0-9a-f]{8})`$", re.MULTILINE)


class Entry(NamedTuple):
    """What the changelog says of one version; `day` is empty for what is not released."""

    version: str
    day: str
    text: str


def changelog() -> dict[str, list[Entry]]:
    """Heading of each part of the changelog -> its entries, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: [Entry(*entry) for entry in ENTRY.findall(body)] for name, body in parts}


def citation() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def problems(dataset: Dataset, entry: Entry, cited: dict) -> Iterator[str]:
    """What does not fit the data: in the newest entry of the changelog, and in how to cite them."""
    if (entry.version, entry.day) != (dataset.version, dataset.date):
        yield (
            f"CHANGELOG.md: the newest entry under “Data” must be [{dataset.version}] - {dataset.date}, "
            f"as at the top of data/curated.yaml; it is [{entry.version}] - {entry.day}"
        )
    if FILE_LINE.findall(entry.text) != [dataset.hash]:
        yield (
            "CHANGELOG.md: the newest entry under “Data” must have the line "
            f"File: `{dataset.hash}`; the file has changed since. If records changed, raise `version` and "
            "`date` at the top of data/curated.yaml and in CITATION.cff, and add an entry; "
            "if only comments or layout did, correct this line alone"
        )
    for key, value in (
        ("title", dataset.title),
        ("version", dataset.version),
        ("date-released", dataset.date),
        ("license", dataset.licence),
    ):
        if cited.get(key) != value:
            yield f"CITATION.cff: {key} must be {value!r}, as in data/curated.yaml; it is {cited.get(key)!r}"


def unkept(dataset: Dataset, entries: list[Entry]) -> Iterator[str]:
    """Whether what changed since the version before is kept for this file, and else how to."""
    before = FILE_LINE.findall(entries[1].text)[0] if len(entries) > 1 else ""
    if before != (dataset.changes.since.hash if dataset.changes else ""):
        yield (
            f"data/{history.FILE_NAME}: must say what changed since version {entries[1].version} ({before}); "
            f"write it with python -m loaders check --since {_revision(before)} --write"
        )


def _revision(data: str) -> str:
    """The last revision of git in which the data file had this hash; REVISION where git does not tell."""
    file = "data/curated.yaml"
    ran = subprocess.run(
        ["git", "log", "--format=%h", "--", file], cwd=ROOT, capture_output=True, text=True, check=False
    )
    for revision in ran.stdout.split():
        with suppress(LookupError):
            if history.hash_of(history.content(revision, ROOT / file)) == data:
                return revision
    return "REVISION"


def main() -> int:
    dataset, entries = load(ROOT / "data" / "curated.yaml"), changelog()["Data"]
    lines = [*problems(dataset, entries[0], citation()), *unkept(dataset, entries)]
    print("\n".join(lines) or "release notes name the data that stand in the file")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())

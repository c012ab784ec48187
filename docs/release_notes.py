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
from loaders.doubts import miscounted

ENTRY = re.compile(r"^### \[([^\]]+)\](?: - (\S+))?\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
FILE_LINE = re.compile(r"^File: `([0-9a-f]{8})`$", re.MULTILINE)


class Entry(NamedTuple):
    """What the changelog says of one version; `day` is empty for what is not released."""

    version: str
    day: str
    text: str

    @property
    def file(self) -> str:
        """The hash of the data file that the entry names, empty without one."""
        return next(iter(FILE_LINE.findall(self.text)), "")


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
            f"as at the top of data/curated.yaml, with the line File: `{dataset.hash}`; "
            f"it is [{entry.version}] - {entry.day}"
        )
    elif FILE_LINE.findall(entry.text) != [dataset.hash]:
        yield (
            "CHANGELOG.md: the newest entry under “Data” must have the line "
            f"File: `{dataset.hash}`; the file has changed since. If records changed, raise `version` and "
            "`date` at the top of data/curated.yaml and in CITATION.cff, and add an entry; "
            "if only comments or layout did, correct this line alone"
        )
    sizes = {section: len(frame) for section, frame in dataset.tables.items()}
    for noun, size in miscounted(cited.get("abstract", ""), sizes):
        yield f"CITATION.cff: abstract must count the {noun}, of which the file has {size}; write it anew"
    for key, value in (
        ("title", dataset.title),
        ("version", dataset.version),
        ("date-released", dataset.date),
        ("license", dataset.licence),
    ):
        if cited.get(key) != value:
            yield f"CITATION.cff: {key} must be {value!r}, as in data/curated.yaml; it is {cited.get(key)!r}"


def version_before(dataset: Dataset, entries: list[Entry]) -> Entry | None:
    """The last entry that is not of this version, which may have none yet; or None for a first version."""
    return next((entry for entry in entries if entry.version != dataset.version), None)


def unkept(dataset: Dataset, before: Entry) -> Iterator[str]:
    """Whether what changed since the version before is kept for this file, and else how to."""
    if not dataset.changes or dataset.changes.since.hash != before.file:
        yield (
            f"data/{history.FILE_NAME}: must say what changed since version {before.version} "
            f"({before.file}); write it with python -m loaders check --since {_revision(before.file)} --write"
        )


def unraised(dataset: Dataset, before: Entry) -> Iterator[str]:
    """Whether version and date are those of a later version, raised as the changelog reads the version."""
    last, raised = (SEMVER.fullmatch(version) for version in (before.version, dataset.version))
    if not raised:
        yield f"data/curated.yaml: version must be three numbers such as 2.1.0; it is {dataset.version}"
    elif last:
        major, minor, patch = map(int, last.groups())
        numbers = tuple(map(int, raised.groups()))
        if numbers <= (major, minor, patch):
            yield f"data/curated.yaml: version must be later than {before.version}; it is {dataset.version}"
        elif dataset.changes and dataset.changes.new and numbers < (major, minor + 1, 0):
            yield (
                f"data/curated.yaml: version must be {major}.{minor + 1}.0 or later, since records were "
                f"added after {before.version}; it is {dataset.version}"
            )
    if dataset.date < before.day:
        yield f"data/curated.yaml: date must not be before {before.day}; it is {dataset.date}"


def _revision(data: str) -> str:
    """The last revision of git in which the data file had this hash; REVISION where git does not tell."""
    file = "data/curated.yaml"
    ran = subprocess.run(
        ["git", "log", "--format=%h", "--", file],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    for revision in ran.stdout.split():
        with suppress(LookupError):
            if history.hash_of(history.content(revision, ROOT / file)) == data:
                return revision
    return "REVISION"


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # on every console
    dataset, entries = load(ROOT / "data" / "curated.yaml"), changelog()["Data"]
    lines = list(problems(dataset, entries[0], citation()))
    if before := version_before(dataset, entries):
        lines = [*unraised(dataset, before), *lines, *unkept(dataset, before)]
    print("\n".join(lines) or "release notes name the data that stand in the file")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())

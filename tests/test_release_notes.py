"""CHANGELOG.md and CITATION.cff name the version of the data that stands in the file."""

import re
from datetime import date
from typing import NamedTuple

import pytest
import yaml

from loaders import ROOT, Dataset, load
from loaders.records import CLAIMS
from query.records import filled_in
from ui.page import NAME

SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
ENTRY = re.compile(r"^### \[([^\]]+)\](?: - (\S+))?\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)

RELEASED = (
    "data/curated.yaml is not the file that the newest entry of CHANGELOG.md names. "
    "If records changed, raise `version` and `date` there and in CITATION.cff, and add an entry. "
    "If only comments or layout did, keep the entry. In both cases its line is now: File: `{hash}`"
)


class Entry(NamedTuple):
    """What the changelog says of one version; `day` is empty for what is not released."""

    version: str
    day: str
    text: str


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(ROOT / "data" / "curated.yaml")


@pytest.fixture(scope="module")
def parts() -> dict[str, list[Entry]]:
    """Heading of each part of the changelog -> its entries, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: [Entry(*entry) for entry in ENTRY.findall(body)] for name, body in found}


@pytest.fixture(scope="module")
def citation() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


# ---- the changelog ----


def test_changes_of_data_stand_apart_from_changes_of_code(parts):
    assert list(parts) == ["Data", "Code"]
    assert all(entries for entries in parts.values())


def test_the_newest_entry_of_the_data_is_the_version_in_the_file(parts, dataset):
    assert parts["Data"][0][:2] == (dataset.version, dataset.date)


def test_versions_of_the_data_are_semantic_and_descend(parts):
    matches = [SEMVER.fullmatch(entry.version) for entry in parts["Data"]]
    assert None not in matches
    versions = [tuple(map(int, match.groups())) for match in matches]
    assert versions == sorted(set(versions), reverse=True)
    days = [date.fromisoformat(entry.day) for entry in parts["Data"]]
    assert days == sorted(days, reverse=True)


def test_data_of_a_released_version_do_not_change(parts, dataset):
    hashes = [re.findall(r"^File: `([0-9a-f]{8})`$", entry.text, re.MULTILINE) for entry in parts["Data"]]
    assert [len(found) for found in hashes] == [1] * len(hashes), "each entry of the data names one file"
    assert hashes[0] == [dataset.hash], RELEASED.format(hash=dataset.hash)


def test_the_numbers_of_the_newest_entry_are_those_of_the_data(parts, dataset):
    if dataset.version != "1.0.0":
        pytest.skip("only the first entry counts everything; later ones count what they add")
    sizes = {name: len(rows) for name, rows in dataset.tables.items()}
    sizes["attendance"] -= int(filled_in(dataset.tables["attendance"]).sum())
    sizes["coded records"] = sum(sizes[section] for section in CLAIMS)
    words = {name.replace("_", " "): size for name, size in sizes.items()}
    said = re.findall(r"\b(\d+) (?:of )?(coded records|document counts|[a-z]+)", parts["Data"][0].text)
    assert len(said) == 11
    assert {name: int(number) for number, name in said} == {name: words[name] for _, name in said}


# ---- how to cite ----


def test_the_citation_is_of_the_version_in_the_file(citation, dataset):
    assert citation["title"] == dataset.title
    assert citation["version"] == dataset.version
    assert citation["date-released"] == dataset.date
    assert citation["license"] == dataset.licence


def test_the_citation_keeps_the_citation_file_format(citation):
    # what version 1.2.0 of the format requires, and the keys of its schema that are used here
    required = {"cff-version", "message", "title", "authors"}
    optional = {"type", "version", "date-released", "license", "abstract", "keywords"}
    assert required <= set(citation) <= required | optional
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    texts = [value for name, value in citation.items() if name not in ("authors", "keywords")]
    assert all(isinstance(text, str) and text for text in texts)
    assert len(set(citation["keywords"])) == len(citation["keywords"]) > 0


def test_no_person_is_invented_as_an_author(citation):
    assert citation["authors"] == [{"name": f"{NAME}: contributors"}]

"""CHANGELOG.md and CITATION.cff name the version of the data that stands in the file."""

import re
from dataclasses import replace
from datetime import date

import pytest

from docs import release_notes
from docs.release_notes import FILE_LINE, Entry, problems, unkept
from loaders import ROOT, Dataset, load
from ui import NAME

SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(ROOT / "data" / "curated.yaml")


PARTS, CITATION = release_notes.changelog(), release_notes.citation()


def test_the_release_notes_name_the_data_that_stand_in_the_file(dataset):
    assert list(problems(dataset, PARTS["Data"][0], CITATION)) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": "9.0.0"}, ["CHANGELOG.md: the newest entry", "CITATION.cff: version must be '9.0.0'"]),
        ({"date": "2031-01-02"}, ["- 2031-01-02", "CITATION.cff: date-released must be '2031-01-02'"]),
        ({"hash": "01234567"}, ["must have the line File: `01234567`"]),
        ({"title": "Lakes"}, ["CITATION.cff: title must be 'Lakes'"]),
        ({"licence": "MIT"}, ["CITATION.cff: license must be 'MIT'"]),
    ],
)
def test_what_a_curator_has_still_to_write_is_said(dataset, changes, says):
    entry = Entry(dataset.version, dataset.date, f"File: `{dataset.hash}`\n")
    cited = {"title": dataset.title, "version": dataset.version, "date-released": dataset.date}
    cited["license"] = dataset.licence
    assert list(problems(dataset, entry, cited)) == []
    lines = list(problems(replace(dataset, **changes), entry, cited))
    assert len(lines) == len(says)
    assert all(part in line for part, line in zip(says, lines, strict=True))


def test_the_changes_that_are_kept_are_those_since_the_version_before(dataset):
    assert list(unkept(dataset, PARTS["Data"])) == []
    assert dataset.changes.now[:2] == (dataset.version, dataset.date)


def test_changes_that_are_not_kept_are_said_with_the_command_that_keeps_them(dataset):
    entries = [Entry("1.1.0", "2031-01-02", ""), Entry("1.0.0", "2031-01-01", "File: `99999999`\n")]
    for other in (replace(dataset, changes=None), dataset):
        assert list(unkept(other, entries)) == [
            "data/changes.json: must say what changed since version 1.0.0 (99999999); "
            "write it with python -m loaders check --since REVISION --write"
        ]
    assert list(unkept(replace(dataset, changes=None), entries[:1])) == [], "a first version"


# ---- the changelog ----


def test_changes_of_data_stand_apart_from_changes_of_code():
    assert list(PARTS) == ["Data", "Code"]
    assert all(entries for entries in PARTS.values())


def test_versions_of_the_data_are_semantic_and_descend():
    matches = [SEMVER.fullmatch(entry.version) for entry in PARTS["Data"]]
    assert None not in matches
    versions = [tuple(map(int, match.groups())) for match in matches]
    assert versions == sorted(set(versions), reverse=True)
    days = [date.fromisoformat(entry.day) for entry in PARTS["Data"]]
    assert days == sorted(days, reverse=True)


def test_each_entry_of_the_data_names_one_file():
    assert [len(FILE_LINE.findall(entry.text)) for entry in PARTS["Data"]] == [1] * len(PARTS["Data"])


# ---- how to cite ----


def test_the_citation_keeps_the_citation_file_format():
    # what version 1.2.0 of the format requires, and the keys of its schema that are used here
    required = {"cff-version", "message", "title", "authors"}
    optional = {"type", "version", "date-released", "license", "abstract", "keywords"}
    assert required <= set(CITATION) <= required | optional
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "dataset"
    texts = [value for name, value in CITATION.items() if name not in ("authors", "keywords")]
    assert all(isinstance(text, str) and text for text in texts)
    assert len(set(CITATION["keywords"])) == len(CITATION["keywords"]) > 0


def test_no_person_is_invented_as_an_author():
    assert CITATION["authors"] == [{"name": f"{NAME}: contributors"}]

"""CHANGELOG.md and CITATION.cff name the version of the data that stands in the file."""

from dataclasses import replace
from datetime import date

import pytest

from docs import release_notes
from docs.release_notes import FILE_LINE, SEMVER, Entry, problems, unkept, unraised, version_before
from loaders import ROOT, Dataset, load
from loaders.history import New
from ui import NAME


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


def test_an_abstract_that_counts_other_documents_than_there_are_is_said(dataset):
    size = len(dataset.tables["sources"])
    entry = PARTS["Data"][0]
    for number, says in (
        (size, []),
        (size + 1, [f"abstract must count the documents, of which the file has {size}"]),
    ):
        lines = list(
            problems(dataset, entry, CITATION | {"abstract": f"As far as {number} published documents say."})
        )
        assert len(lines) == len(says)
        assert all(part in line for part, line in zip(says, lines, strict=True))


def test_the_changes_that_are_kept_are_those_since_the_version_before(dataset):
    assert list(unkept(dataset, version_before(dataset, PARTS["Data"]))) == []
    assert dataset.changes.now[:2] == (dataset.version, dataset.date)


def test_changes_that_are_not_kept_are_said_with_the_command_that_keeps_them(dataset):
    before = Entry("1.0.0", "2031-01-01", "File: `99999999`\n")
    for other in (replace(dataset, changes=None), dataset):
        assert list(unkept(other, before)) == [
            "data/changes.json: must say what changed since version 1.0.0 (99999999); "
            "write it with python -m loaders check --since REVISION --write"
        ]


def test_the_version_before_is_known_before_the_changelog_has_its_new_entry(dataset):
    new, old = Entry("1.1.0", "2031-01-02", ""), Entry("1.0.0", "2031-01-01", "")
    raised = replace(dataset, version="1.1.0")
    assert version_before(raised, [new, old]) == version_before(raised, [old]) == old
    assert version_before(raised, [new]) is None, "a first version"


@pytest.mark.parametrize(
    ("version", "date", "says"),
    [
        ("1.1.0", "2031-01-01", []),
        ("2.0.0", "2031-01-02", []),
        ("1.0.0", "2031-01-01", ["version must be later than 1.0.0; it is 1.0.0"]),
        ("0.9.0", "2031-01-01", ["version must be later than 1.0.0; it is 0.9.0"]),
        ("1.0.1", "2031-01-01", ["version must be 1.1.0 or later, since records were added after 1.0.0"]),
        ("1.1", "2031-01-01", ["version must be three numbers such as 2.1.0; it is 1.1"]),
        ("1.1.0", "2030-12-31", ["date must not be before 2031-01-01; it is 2030-12-31"]),
    ],
)
def test_a_version_that_is_not_raised_as_the_changelog_reads_it_is_said(dataset, version, date, says):
    changes = replace(dataset.changes, new=(New("events", "blue-lake-2031"),))
    raised = replace(dataset, version=version, date=date, changes=changes)
    lines = list(unraised(raised, Entry("1.0.0", "2031-01-01", "")))
    assert len(lines) == len(says)
    assert all(part in line for part, line in zip(says, lines, strict=True))
    corrected = replace(raised, version="1.0.1", date="2031-01-02", changes=replace(changes, new=()))
    assert list(unraised(corrected, Entry("1.0.0", "2031-01-01", ""))) == []


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

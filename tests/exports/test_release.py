import asyncio
import csv
import hashlib
import json
import re
import socket
import sqlite3
import subprocess
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pyarrow.parquet
import pytest
import yaml
from datasette.app import Datasette
from frictionless import Package

from exports.release import (
    CHECKSUMS,
    DATABASE,
    LISTS,
    OWNERS,
    UNPROVEN_BASIS,
    archive,
    release,
    release_tables,
)
from loaders import ROOT, Dataset
from loaders.export import RUNNABLE
from loaders.history import Changes, Correction, New, Retirement, Version
from loaders.records import CLAIMS, SECTIONS
from loaders.rules_within import UNPROVEN
from query import CODED_BY, claim
from query.records import filled_in
from tests.exports.conftest import changed, unpacked
from tests.frozen import FROZEN

THREAT = "lukashenko-2023-arms-race"


def write(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def without_claims(dataset: Dataset) -> Dataset:
    """The dataset as it was before anything was coded."""
    empty = {
        name: dataset.tables[name].iloc[:0] for name in (*CLAIMS, "evidence", "inferences", "paragraphs")
    }
    return changed(dataset, **empty)


def with_changes(dataset: Dataset) -> Dataset:
    """The dataset with changes of each kind since a version before."""
    versions = Version("0.9.0", "2026-01-02", "0123abcd"), Version("1.0.0", "2026-02-03", dataset.hash)
    changes = Changes(
        *versions,
        new=(New("threats", "brook-floods"),),
        corrected=(
            Correction("events", "alba-2031", "place", "=A1", "Port Alba"),
            Correction("events", "alba-2031", "date", "", "2031-03-02"),
        ),
        retired=(Retirement("threats", "gone", "Entered twice.", "brook-floods"),),
    )
    return replace(dataset, changes=changes)


@pytest.fixture(scope="module", params=["real", "hostile", "empty", "changes"])
def released(request, dataset, hostile, invented, files) -> tuple[Dataset, dict[str, bytes]]:
    """A dataset and its release."""
    if request.param == "real":
        return dataset, files
    if request.param == "empty":
        found = without_claims(dataset)
    elif request.param == "changes":
        found = with_changes(invented)
    else:  # but for its addresses, which the loaders would refuse
        sources = hostile.tables["sources"].assign(url="https://example.org/", language="en")
        found = changed(hostile, sources=sources)
    return found, release(found)


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory) -> Path:
    return write(files, tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def tables(dataset) -> dict[str, pd.DataFrame]:
    return {table.name: table.rows for table in release_tables(dataset)}


@pytest.fixture(scope="module")
def resources(files) -> dict[str, dict]:
    """Table -> how the data package describes it."""
    return {resource["name"]: resource for resource in json.loads(files["datapackage.json"])["resources"]}


@pytest.fixture
def database(files):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files[DATABASE])
    yield connection
    connection.close()


def errors(folder: Path) -> list[str]:
    """What Frictionless finds in a package: the type of each error."""
    report = Package(str(folder / "datapackage.json")).validate()
    return [kind for (kind,) in report.flatten(["type"])]


# ---- the files ----


def test_the_checksums_are_those_of_all_files(files, folder):
    lines = [line.split("  ") for line in files[CHECKSUMS].decode().splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != CHECKSUMS
    }
    checked = subprocess.run(["sha256sum", "--check", "--strict", CHECKSUMS], cwd=folder, capture_output=True)
    assert checked.returncode == 0


def test_the_archive_holds_the_same_files_and_no_time(files):
    made = archive(files)
    assert made == archive(files)
    assert unpacked(made) == files
    with ZipFile(BytesIO(made)) as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {1980}


def test_no_file_names_the_machine_it_was_made_on(files):
    own = [str(ROOT), tempfile.gettempdir(), f"//{socket.gethostname()}", "localhost", "127.0.0.1"]
    assert [(name, word) for name, content in files.items() for word in own if word.encode() in content] == []


def test_the_readme_says_what_to_cite_and_its_examples_run(dataset, files, folder, database, monkeypatch):
    readme = files["README.md"].decode()
    assert CODED_BY in " ".join(readme.split())
    assert f"{dataset.title}, version {dataset.version}, {dataset.date}, data {dataset.hash}." in readme
    (sql,) = re.findall(r"```sql\n(.*?)```", readme, re.S)
    assert "deliberate unwinding of the spiral of a new arms race" in [
        row[1] for row in database.execute(sql)
    ]
    (python,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    monkeypatch.chdir(folder)
    threats = set(dataset.tables["threats"]["id"])
    proven = dataset.tables["evidence"]["record"].isin(threats).sum()
    *lines, last = python.splitlines()
    names = {}
    exec("\n".join(lines), names)
    assert len(eval(last, names)) == proven


# ---- the data package ----


@pytest.mark.slow
@pytest.mark.parametrize("released", ["hostile", "empty"], indirect=True)  # the real one: at a changed byte
def test_frictionless_finds_no_error(released, tmp_path):
    assert errors(write(released[1], tmp_path)) == []


@pytest.mark.slow
def test_frictionless_finds_a_changed_byte_and_no_other_error(files, tmp_path):
    write(files, tmp_path)
    changed_ = files["statements.csv"].replace(b"arms race", b"arms rice", 1)
    (tmp_path / "statements.csv").write_bytes(changed_)
    assert errors(tmp_path) == ["hash-count"]


FAULTS = {
    "foreign-key": "events.body events.id attendance.party threats.speaker threats.event "
    "document_signatories.state evidence.record evidence.source evidence.paragraph_id statements.evidence",
    "constraint-error": "threats.expressed_as events.date evidence.relation",
    "type-error": "events.earliest threats.year evidence.paragraph",
}


@pytest.mark.slow
def test_frictionless_finds_values_that_do_not_belong(files, tmp_path):
    """Each in a row of its own, so that none hides another."""
    write(files, tmp_path)
    wrong = {(*place.split("."), kind) for kind, places in FAULTS.items() for place in places.split()}
    for table in {table for table, _, _ in wrong}:
        rows = pd.read_csv(BytesIO(files[f"{table}.csv"]), dtype="str", keep_default_na=False)
        left = iter(rows.index)
        for column in sorted(column for name, column, _ in wrong if name == table):
            rows.loc[next(row for row in left if rows.loc[row, column]), column] = f"no-such-{table}-{column}"
        rows.to_csv(tmp_path / f"{table}.csv", index=False, lineterminator="\n")
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    found = {
        (task.name, getattr(error, "field_name", None) or error.field_names[0], error.type)
        for task in Package(str(tmp_path / "datapackage.json")).validate().tasks
        for error in task.errors
    }
    assert wrong - found == set()
    assert {rest[1:] for rest in found - wrong} == {("event", "foreign-key")}, "of the event without its id"


def test_the_package_says_which_data_it_has_and_under_which_licence(dataset, files):
    package = json.loads(files["datapackage.json"])
    assert package["version"] == dataset.version
    assert package["created"].startswith(dataset.date)
    assert dataset.hash in package["description"]
    assert package["licenses"] == [{"name": "CC0-1.0", "path": "https://spdx.org/licenses/CC0-1.0.html"}]
    assert [source["path"] for source in package["sources"]] == list(dataset.tables["sources"]["url"])


def test_every_table_and_column_is_described(resources):
    for resource in resources.values():
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_columns_of_the_models_are_described_by_the_models(resources):
    fields = {field["name"]: field for field in resources["threats"]["schema"]["fields"]}
    model = SECTIONS["threats"].model_fields
    assert fields["summary"]["description"] == model["summary"].description
    assert fields["expressed_as"]["constraints"] == {"required": True, "enum": ["threat", "priority"]}
    assert resources["threats"]["description"] == SECTIONS["threats"].__doc__


def test_each_list_of_the_models_has_a_table_of_its_items(dataset, tables):
    lists = {
        (section, name)
        for section, record_type in SECTIONS.items()
        for name, field in record_type.model_json_schema()["properties"].items()
        if field.get("type") == "array" and name not in ("evidence", "skipped")
    }
    assert {(section, field) for section, field, _, _ in LISTS.values()} == lists
    for name, (section, field, owner, item) in LISTS.items():
        cells = tables[name].groupby(owner)[item].agg("~".join)
        rows = dataset.tables[section]
        assert dict(cells) == dict(rows[rows[field] != ""].set_index("id")[field])


# ---- the same rows in every format ----


def of_parquet(content: bytes) -> list[dict]:
    rows = pyarrow.parquet.read_table(BytesIO(content)).to_pylist()
    return [
        {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row.items()}
        for row in rows
    ]


def of_csv(content: bytes, numbers: set[str]) -> list[dict]:
    def cell(name: str, text: str):
        if text[:1] == "'" and text[1:].startswith(RUNNABLE):
            text = text[1:]
        return None if text == "" else int(text) if name in numbers else text

    rows = csv.DictReader(StringIO(content.decode(), newline=""))
    return [{name: cell(name, text) for name, text in row.items()} for row in rows]


def of_table(rows: pd.DataFrame) -> list[dict]:
    return [
        {name: None if cell is pd.NA or cell == "" else cell for name, cell in row.items()}
        for row in rows.to_dict("records")
    ]


def test_every_table_has_equal_rows_in_every_format(released):
    found, files = released
    opened = sqlite3.connect(":memory:")
    opened.deserialize(files[DATABASE])
    opened.row_factory = sqlite3.Row
    for table in release_tables(found):
        expected = of_table(table.rows)
        numbers = {column.name for column in table.columns if column.type == "integer"}
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        assert of_csv(files[f"{table.name}.csv"], numbers) == expected
        assert of_parquet(files[f"parquet/{table.name}.parquet"]) == expected
        assert [dict(row) for row in opened.execute(f"SELECT {names} FROM {table.name}")] == expected
    opened.close()


def test_the_tables_of_the_loaders_are_released_with_all_their_columns(dataset, tables):
    for name, rows in dataset.tables.items():
        pd.testing.assert_frame_equal(tables[name][list(rows.columns)], rows)


def test_the_release_has_what_changed_since_the_version_before_and_its_readme_names_that(invented):
    files = release(with_changes(invented))
    assert list(csv.reader(StringIO(files["changes.csv"].decode())))[1:] == [
        ["brook-floods.1", "new", "threats", "brook-floods", "", "", "", ""],
        ["alba-2031.1", "corrected", "events", "alba-2031", "place", "'=A1", "Port Alba", ""],
        ["alba-2031.2", "corrected", "events", "alba-2031", "date", "", "2031-03-02", ""],
        ["gone.1", "retired", "threats", "gone", "", "", "brook-floods", "Entered twice."],
    ]
    readme = files["README.md"].decode()
    assert "since version 0.9.0 of 2026-01-02 (data 0123abcd)" in readme
    assert "1 new record, 2 corrected values, 1 record taken back." in readme


def test_a_release_of_which_no_change_is_known_says_nothing_of_changes(files):
    assert "changes.csv" not in files
    assert "since version" not in files["README.md"].decode()


def test_parquet_has_numbers_and_days_as_such(files):
    def types(name: str) -> dict[str, str]:
        schema = pyarrow.parquet.read_schema(BytesIO(files[f"parquet/{name}.parquet"]))
        return {field.name: str(field.type) for field in schema}

    assert types("events")["year"] == types("statements")["paragraph"] == "int64"
    assert types("events")["earliest"] == types("chairmanships")["end_latest"] == "date32[day]"


# ---- the database ----


def test_the_database_is_whole_and_every_key_leads_to_a_row(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_database_has_the_keys_of_the_package_and_one_for_each_section(database, resources):
    for name, resource in resources.items():
        keys = {
            (column, table)
            for _, _, table, column, *_ in database.execute(f"PRAGMA foreign_key_list({name})")
        }
        declared = {
            (key["fields"][0], key["reference"]["resource"]) for key in resource["schema"]["foreignKeys"]
        }
        owners = {(column, section) for section, column in OWNERS.items()} if name == "evidence" else set()
        assert keys == declared | owners
        columns = database.execute(f"PRAGMA table_info({name})").fetchall()
        primary = sorted((place, column) for _, column, *_, place in columns if place)
        assert [column for _, column in primary] == resource["schema"]["primaryKey"]


def test_every_record_has_one_row_in_its_section_and_evidence_under_its_own_key(database, dataset):
    assert set(OWNERS) == set(CLAIMS)
    for section, owner in OWNERS.items():
        rows = dataset.tables[section]
        coded = list(rows["id"][~filled_in(rows)])
        listed = database.execute("SELECT id FROM records WHERE section = ?", [section]).fetchall()
        assert [identifier for (identifier,) in listed] == coded
        proven = database.execute(f"SELECT DISTINCT {owner} FROM evidence WHERE {owner} = record").fetchall()
        assert {identifier for (identifier,) in proven} == set(coded)
    for identifier, said in database.execute("SELECT id, claim FROM records LIMIT 5"):
        assert said == claim(dataset.tables, identifier)


def test_a_place_that_the_program_filled_in_is_no_record(database):
    silent = database.execute("SELECT id, record FROM attendance WHERE status = 'not_stated'").fetchall()
    assert silent
    assert {record for _, record in silent} == {None}
    assert database.execute("SELECT count(*) FROM attendance WHERE record = id").fetchone()[0]


@pytest.mark.slow
def test_in_datasette_a_reader_follows_keys_from_a_threat_to_its_quotes_and_their_place(files, folder):
    async def pages(*patterns: str) -> list[str]:
        """The page of the threat, then those that the first link to each pattern leads to in turn."""
        site = Datasette([str(folder / DATABASE)], metadata=json.loads(files["datasette.json"]))
        texts = [f'href="/csto/threats/{THREAT}"']
        for pattern in (f"/csto/threats/{THREAT}", f"/csto/evidence[?]threat={THREAT}", *patterns):
            path = re.search(rf'href="({pattern})"', texts[-1])[1].replace("&amp;", "&")
            answer = await site.client.get(path)
            assert answer.status_code == 200
            texts.append(answer.text)
        return texts[1:]

    threat, evidence, paragraph = asyncio.run(pages("/csto/paragraphs/s001~2E19"))
    assert "Says that a new arms race is being set in motion on purpose" in threat
    assert "deliberate unwinding of the spiral of a new arms race" in evidence
    assert "Paragraph of the source, counted from 1" in evidence
    assert re.search(r'href="/csto/sources/s001">CSTO countries strengthen security', evidence)
    assert re.search(r'href="/csto/evidence[?]paragraph_id=s001.19"', paragraph)
    (*_, source) = asyncio.run(pages("/csto/sources/s001"))
    assert "https://www.sb.by/en/csto-countries-strengthen-security-in-the-region.html" in source


# ---- statements ----


@pytest.fixture(scope="module")
def written() -> dict[str, dict]:
    """Id -> record as the file has it, read without the loaders."""
    tree = yaml.safe_load(FROZEN.read_text(encoding="utf-8"))
    return {record["id"]: record for section in CLAIMS for record in tree[section]}


def test_statements_have_every_field_of_every_record_with_its_value(written, tables):
    expected = {
        (identifier, field, "~".join(value) if isinstance(value, list) else str(value))
        for identifier, record in written.items()
        for field, value in record.items()
        if field not in ("id", "evidence", "inferred")
    }
    rows = tables["statements"][tables["statements"]["field"] != ""]
    assert set(rows[["record", "field", "value"]].itertuples(index=False, name=None)) == expected


def test_statements_have_every_quote_and_no_other(written, tables):
    columns = ["source", "paragraph", "quote", "relation"]
    expected = Counter(
        (identifier, field, *(({"relation": "supports"} | item)[name] for name in columns))
        for identifier, record in written.items()
        for item in record["evidence"]
        for field in item["proves"] or [""]
    )
    rows = tables["statements"][tables["statements"]["quote"] != ""]
    assert Counter(rows[["record", "field", *columns]].itertuples(index=False, name=None)) == expected


def test_a_further_mention_of_a_threat_is_a_statement_without_a_field(invented):
    (rows,) = (table.rows for table in release_tables(invented) if table.name == "statements")
    (mention,) = rows[rows["field"] == ""].to_dict("records")
    assert mention["id"] == "brook-floods.mention.1"
    assert (mention["value"], mention["basis"]) == ("", "stated")
    assert (mention["quote"], mention["paragraph_id"]) == ("Rising floods, he repeated", "beta.4")


def test_the_basis_of_a_statement_is_that_of_its_field(written, tables):
    assert set(UNPROVEN_BASIS) == UNPROVEN - {"id"}
    for row in tables["statements"].to_dict("records"):
        record, field = written[row["record"]], row["field"]
        reason = record.get("inferred", {}).get(field, "")
        assert (row["basis"] == "inferred", row["reason"]) == (bool(reason), reason)
        supported = [
            item
            for item in record["evidence"]
            if field in (item["proves"] or [""]) and item.get("relation", "supports") == "supports"
        ]
        if not reason:
            ours = {"summary": "our_words", "note": "our_words", "category": "our_judgement"}
            assert row["basis"] == ours.get(field, "stated" if supported else "by_place")


def test_a_statement_leads_to_the_row_of_evidence_that_it_repeats(tables):
    evidence = tables["evidence"].set_index("id")
    for row in tables["statements"].to_dict("records"):
        assert bool(row["evidence"]) == bool(row["quote"])
        if row["evidence"]:
            repeated = evidence.loc[row["evidence"]]
            assert all(repeated[name] == row[name] for name in evidence.columns)

"""load(): the whole dataset or all problems."""

from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from loaders import InvalidData, load
from loaders.records import OPTIONAL_SECTIONS, SECTIONS, Curated

HERE = Path(__file__).parent


def test_a_dataset_knows_what_it_is():
    dataset = load(HERE / "valid.yaml")
    assert (dataset.title, dataset.version, dataset.date, dataset.licence) == (
        "Invented rivers",
        "0.1.0",
        "2031-04-01",
        "CC0-1.0",
    )
    assert dataset.hash == sha256((HERE / "valid.yaml").read_bytes()).hexdigest()[:8]


def test_the_tables_cannot_be_replaced():
    with pytest.raises(TypeError):
        load(HERE / "valid.yaml").tables["events"] = None


def test_invalid_data_has_all_problems_and_reads_like_them():
    with pytest.raises(InvalidData) as caught:
        load(HERE / "broken.yaml")
    assert str(caught.value) == str(caught.value.problems[0])
    assert caught.value.problems[0].path == "tests/loaders/broken.yaml"


def test_a_file_outside_the_project_is_called_by_its_bare_name(tmp_path):
    (tmp_path / "bad.yaml").write_text("a: b\n")
    with pytest.raises(InvalidData, match=r"^bad\.yaml:1: must end with"):
        load(tmp_path / "bad.yaml")


def test_a_file_that_is_missing_or_a_folder_is_invalid_data(tmp_path):
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(InvalidData, match="must be a file that can be read"):
            load(path)


def test_every_field_and_every_record_type_is_described():
    for record_type in (*SECTIONS.values(), *OPTIONAL_SECTIONS.values(), Curated):
        assert record_type.__doc__
        assert all(field.description for field in record_type.model_fields.values())
    assert Curated.model_json_schema()["properties"].keys() == (SECTIONS | OPTIONAL_SECTIONS).keys()


def test_a_checkout_that_ends_lines_otherwise_has_the_same_data(tmp_path):
    original = (HERE / "valid.yaml").read_bytes()
    crlf = tmp_path / "crlf.yaml"
    crlf.write_bytes(original.replace(b"\n", b"\r\n"))
    same, other = load(HERE / "valid.yaml"), load(crlf)
    assert other.hash == same.hash
    for name, table in same.tables.items():
        pd.testing.assert_frame_equal(other.tables[name], table)

"""A prepared dataset is served in place of the file that it was made from, and of no other."""

import shutil
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from loaders import fingerprints, load, prepare, prepared
from loaders.__main__ import main


class ReadAnewError(Exception):
    """The file itself was read."""


def written(folder: Path, valid: str, originals: Path) -> Path:
    """valid.yaml, with its fingerprints, where something may be written."""
    known = {path.name: fingerprints.of_file(path) for path in originals.iterdir()}
    fingerprints.write(folder / fingerprints.FILE_NAME, known)
    (folder / "valid.yaml").write_text(valid, encoding="utf-8")
    return folder / "valid.yaml"


@pytest.fixture
def file(tmp_path, valid, originals):
    return written(tmp_path, valid, originals)


def same(one, other) -> bool:
    """Whether two datasets are the same, down to the types of the columns."""
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
    about = ("hash", "title", "version", "date", "licence", "unconfirmed")
    return list(one.tables) == list(other.tables) and all(getattr(one, n) == getattr(other, n) for n in about)


@pytest.mark.parametrize("with_fingerprints", [True, False])
def test_a_prepared_dataset_is_the_one_that_is_read_from_the_file(file, monkeypatch, with_fingerprints):
    if not with_fingerprints:
        file.with_name("fingerprints.json").unlink()
    from_file = load(file)
    prepare(file)
    monkeypatch.setattr(loaders, "check_bytes", None)
    assert bool(from_file.unconfirmed) != with_fingerprints
    assert same(load(file), from_file)


def test_equal_files_are_prepared_as_equal_bytes(file):
    first = prepare(file).read_bytes()
    assert prepare(file).read_bytes() == first
    assert list(file.parent.glob("*.part")) == []


@pytest.mark.parametrize("changed", ["valid.yaml", "fingerprints.json", "code", "library"])
def test_after_any_change_the_file_itself_is_read(file, monkeypatch, tmp_path, changed):
    prepare(file)
    if changed == "code":
        code = shutil.copytree(prepared.CODE, tmp_path / "code")
        (code / "tables.py").write_text("# another way to make tables")
        monkeypatch.setattr(prepared, "CODE", code)
    elif changed == "library":
        monkeypatch.setattr(prepared, "version", lambda name: "0" if name == "pyyaml" else version(name))
    else:
        with file.with_name(changed).open("a") as end:
            end.write("\n")

    def refuse(*_):
        raise ReadAnewError

    monkeypatch.setattr(loaders, "check_bytes", refuse)
    with pytest.raises(ReadAnewError):
        load(file)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, valid, originals):
    """A file with a prepared dataset beside it, and the tables of both."""
    file = written(tmp_path_factory.mktemp("whole"), valid, originals)
    prepare(file)
    return file, prepared.read(file, file.read_bytes())


@settings(max_examples=12)
@given(at=st.floats(0, 1), put=st.binary(max_size=40), cut=st.booleans())
def test_a_prepared_dataset_that_is_broken_is_passed_over(whole, at, put, cut):
    file, tables = whole
    kept = prepared.beside(file)
    good = kept.read_bytes()
    place = int(at * len(good))
    kept.write_bytes(good[:place] + put + (b"" if cut else good[place + len(put) :]))
    try:
        found = prepared.read(file, file.read_bytes())
    finally:
        kept.write_bytes(good)
    if found is not None:  # what was put there may be what stood there, or say nothing
        assert found.keys() == tables.keys()
        for name, table in tables.items():
            pd.testing.assert_frame_equal(found[name], table)


def test_the_command_prepares_a_file_that_is_in_order_and_no_other(file, capsys):
    assert main(["prepare", str(file)]) == 0
    kept = prepared.beside(file)
    assert capsys.readouterr().out == f"{kept}: prepared from {file}\n"
    good = kept.read_bytes()
    file.write_text(file.read_text().replace("kind: session", "kind: sesion", 1))
    assert main(["prepare", str(file)]) == 1
    assert "must be one of session" in capsys.readouterr().out
    assert kept.read_bytes() == good


def test_check_says_when_a_prepared_dataset_is_passed_over(file, capsys):
    for spoiled in (False, True):
        prepare(file)
        if spoiled:
            file.write_text("# changed\n" + file.read_text("utf-8"), "utf-8")
        assert main(["check", str(file)]) == 0
        warned = [line for line in capsys.readouterr().out.splitlines() if "warning: it was made" in line]
        assert len(warned) == spoiled
        assert all(line.startswith(f"{prepared.beside(file)}: ") for line in warned)


def test_a_prepared_dataset_whose_file_is_being_saved_anew_is_not_called_passed_over(file):
    prepare(file)
    file.unlink()
    assert not prepared.is_passed_over(file)

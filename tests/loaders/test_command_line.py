"""The command line: what it prints, and how it exits."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import ROOT
from loaders.__main__ import main

HERE = Path(__file__).parent


def run(*arguments, cwd=ROOT):
    """Exit code and lines of standard output of `python -m loaders` in its own process."""
    command = [sys.executable, "-m", "loaders", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def copy(tmp_path):
    """A folder with valid.yaml and its texts, to write into."""
    shutil.copy(HERE / "valid.yaml", tmp_path)
    shutil.copytree(HERE / "originals", tmp_path / "originals")
    return tmp_path


@pytest.fixture
def here(copy, monkeypatch):
    monkeypatch.chdir(copy)
    return copy


def printed(capsys, *arguments):
    """Exit code and printed lines of a command that runs in this process."""
    code = main(arguments)
    return code, capsys.readouterr().out.splitlines()


def test_the_dataset_itself_is_checked_unless_a_file_is_given():
    code, lines = run("check")
    assert code == 0
    assert re.fullmatch(r"data/curated\.yaml: \d+ records, no problems", lines[-1])


def test_a_good_file_is_called_as_it_was_given():
    assert run("check", "tests/loaders/valid.yaml") == (
        0,
        ["tests/loaders/valid.yaml: 22 records, no problems"],
    )


def test_problems_are_printed_with_a_count_as_the_last_line():
    code, lines = run("check", "tests/loaders/broken/unknown_word.yaml")
    assert code == 1
    assert lines == [
        "tests/loaders/broken/unknown_word.yaml:107: attendance[alba-2031-eas].status: "
        "must be one of present, absent; stands 'absnt'; did you mean 'absent'?",
        "1 problem",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chek"],
        ["check", "no-such-file.yaml"],
        ["check", "tests"],
        ["check", "--fast"],
        ["verify", "--originals", "no-such-folder"],
        ["verify", "--originals"],
        ["fingerprint"],
        ["fingerprint", "--originals", "no-such-folder"],
        ["export"],
        ["export", "no-such-folder/out"],
        ["export", "README.md/out"],
    ],
    ids=" ".join,
)
def test_wrong_usage_and_missing_folders_exit_with_2(arguments, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert capsys.readouterr().out == ""


def test_the_exit_code_of_wrong_usage_reaches_the_shell():
    assert run("verify", "--originals", "no-such-folder") == (2, [])


def test_verify_finds_all_quotes_in_the_texts(here, capsys):
    assert printed(capsys, "verify", "--originals", "originals", "valid.yaml") == (0, ["verified 19 of 19"])


def test_verify_finds_all_quotes_in_the_fingerprints(here, capsys):
    assert printed(capsys, "fingerprint", "--originals", "originals", "valid.yaml") == (
        0,
        ["fingerprints.json: 2 documents"],
    )
    shutil.rmtree("originals")
    assert printed(capsys, "verify", "valid.yaml") == (0, ["verified 19 of 19"])


def test_verify_of_a_clean_clone_finds_all_quotes_of_the_dataset():
    code, lines = run("verify")
    assert code == 0
    assert re.fullmatch(r"verified (\d+) of \1", lines[-1])


def test_verify_prints_wrong_quotes_and_how_many_are_right(here, capsys):
    text = (
        Path("valid.yaml").read_text(encoding="utf-8").replace("Rising floods are a", "Rising rivers are a")
    )
    Path("valid.yaml").write_text(text, encoding="utf-8")
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert code == 1
    assert lines[0].startswith(
        "valid.yaml:142: threats[brook-floods].evidence[1].quote: must stand exactly once"
    )
    assert lines[1:] == ["verified 18 of 19"]


def test_verify_checks_the_file_first(here, capsys):
    code, lines = printed(capsys, "verify", str(HERE / "broken" / "unknown_word.yaml"))
    assert (code, lines[-1]) == (1, "1 problem")


def test_fingerprints_are_replaced_only_where_the_text_is_there(here, capsys):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    before = Path("fingerprints.json").read_bytes()
    Path("originals/alpha.txt").unlink()
    stored = json.loads(before)
    stored["beta.txt"]["sha256"] = "old"
    Path("fingerprints.json").write_text(json.dumps(stored))
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    assert Path("fingerprints.json").read_bytes() == before


def test_a_folder_without_the_texts_gives_no_fingerprints(here, capsys):
    Path("empty").mkdir()
    code, lines = printed(capsys, "fingerprint", "--originals", "empty", "valid.yaml")
    assert code == 1
    assert lines == ["valid.yaml:1: must have a source whose text is in the folder", "1 problem"]


def test_export_writes_a_file_for_each_table(here, capsys):
    assert printed(capsys, "export", "out", "valid.yaml") == (0, ["out: 16 tables"])
    assert len(list(Path("out").iterdir())) == 16
    with Path("out/threats.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first["id"] == "brook-floods"
    assert first["source"] == "alpha~beta"


def test_two_exports_have_the_same_bytes(here, capsys):
    for folder in ("one", "two"):
        main(["export", folder, "valid.yaml"])
    assert all((Path("two") / path.name).read_bytes() == path.read_bytes() for path in Path("one").iterdir())


def test_export_writes_nothing_from_a_broken_file(here, capsys):
    code, _ = printed(capsys, "export", "out", str(HERE / "broken" / "unknown_word.yaml"))
    assert code == 1
    assert not Path("out").exists()

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation

import query
from exports import Item, standard
from exports.__main__ import main
from exports.bundle import bundle
from exports.deck import deck
from loaders import ROOT
from query import View
from tests.frozen import FROZEN


def run(capsys, *arguments) -> tuple[int, str]:
    """Exit code, and what was printed to both streams."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = stopped.code
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_the_command_line_writes_the_standard_briefing(tmp_path):
    out = tmp_path / "briefing.pptx"
    done = subprocess.run(
        [sys.executable, "-m", "exports", "deck", out, FROZEN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{out}: 5 views, {out.stat().st_size} bytes\n"
    assert len(Presentation(out).slides) > 6


def test_it_is_the_code_that_the_page_calls(dataset, capsys, tmp_path):
    out = tmp_path / "out"
    view = "attendance?years=2022~2023&headline=Who%20came"
    assert run(capsys, "deck", out, "--view", view, "--base-url", "https://example.org")[0] == 0
    item = Item("attendance", View(years=(2022, 2023)), "Who came")
    assert out.read_bytes() == deck(dataset, (item,), "https://example.org")


@pytest.mark.parametrize(
    ("form", "start"), [("deck", b"PK"), ("brief", b"<!doctype html>"), ("bundle", b"PK")]
)
def test_each_format_can_be_written(capsys, tmp_path, form, start):
    out = tmp_path / "out"
    assert run(capsys, form, out, "--view", "attendance", "--view", "threats?years=2022")[0] == 0
    assert out.read_bytes().startswith(start)


def test_another_data_file_can_be_named(invented, capsys, tmp_path):
    out = tmp_path / "out.zip"
    file = ROOT / "tests" / "loaders" / "valid.yaml"
    assert run(capsys, "bundle", out, file)[0] == 0
    assert out.read_bytes() == bundle(invented, standard(invented.tables))
    with ZipFile(BytesIO(out.read_bytes())) as archive:
        assert invented.title in archive.read("README.txt").decode()


def test_a_refused_view_says_which_and_why(capsys, tmp_path):
    out = tmp_path / "out"
    code, printed = run(capsys, "deck", out, "--view", "threats?years=2021")
    assert code == 1
    assert "threats?years=2021" in printed
    assert query.UNCOVERED in printed
    assert not out.exists()


def test_problems_of_the_data_are_printed(capsys, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("dataset: {title: x}\n", encoding="utf-8")
    code, printed = run(capsys, "brief", tmp_path / "out", broken)
    assert code == 1
    assert f"{broken}:" in printed
    assert printed.splitlines()[-1].endswith(("problem", "problems"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "FORMAT"),
        (("poster", "out"), "poster"),
        (("deck",), "OUT"),
        (("deck", "out", "--view", "tanks"), "tanks"),
        (("deck", "out", "--view", "threats?years=1999"), "1999"),
        (("deck", "out", "missing.yaml"), "missing.yaml"),
        (("deck", "/nowhere/out.pptx", "--view", "attendance"), "/nowhere/out.pptx"),
    ],
)
def test_wrong_usage_is_said_so(capsys, monkeypatch, tmp_path, arguments, says):
    monkeypatch.chdir(tmp_path)
    code, printed = run(capsys, *arguments)
    assert code == 2
    assert says in printed
    assert list(tmp_path.iterdir()) == []

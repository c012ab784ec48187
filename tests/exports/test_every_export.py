"""What holds for each form in which a briefing can be taken along."""

import os
import subprocess
import sys

import pytest

from exports import Item, Refused, standard
from exports.brief import brief
from exports.bundle import bundle
from exports.deck import deck
from exports.word import word
from loaders import ROOT
from query import View
from tests.exports.conftest import BASE, unpacked
from tests.frozen import FROZEN

FORMS = {"deck": deck, "word": word, "brief": brief, "bundle": bundle}
# as `python -m exports FORM OUT ...` for each form, without a start of its own for each
COMMANDS = """
import runpy, sys
view = ["--view", "attendance?years=2022~2023&headline=Who%20came", "--base-url", sys.argv.pop()]
for form in ("deck", "word", "brief", "bundle", "release"):
    sys.argv[1:] = [form, form, FILE] + (view if form != "release" else [])
    try:
        runpy.run_module("exports", run_name="__main__")
    except SystemExit as stopped:
        assert not stopped.code
"""


@pytest.mark.slow
def test_another_process_writes_the_same_bytes(dataset, files, tmp_path):
    """With its own order of sets, its own clock, and no test around it."""
    ran = subprocess.run(
        [sys.executable, "-c", COMMANDS.replace("FILE", repr(str(FROZEN))), BASE],
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "UTC1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"deck: 1 view, {(tmp_path / 'deck').stat().st_size} bytes\n")
    size = sum(map(len, files.values()))
    assert ran.stdout.endswith(f"release: version {dataset.version}, {len(files)} files, {size} bytes\n")
    item = Item("attendance", View(years=(2022, 2023)), "Who came")
    for form, make in FORMS.items():
        assert (tmp_path / form).read_bytes() == make(dataset, (item,), BASE), form
    folder = tmp_path / "release"
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert [name for name in written | files if written.get(name) != files.get(name)] == []


@pytest.mark.parametrize("form", FORMS)
def test_other_data_on_a_machine_of_ones_own_name_themselves_and_not_the_machine(invented, form):
    data = FORMS[form](invented, standard(invented.tables), "http://127.0.0.1:8501")
    if data.startswith(b"PK"):
        data = b"".join(unpacked(data).values())
    assert invented.title.encode() in data
    assert (b"?tray=overview~" in data) == (form == "bundle"), "words of a file that is read hold no query"
    assert b"127.0.0.1" not in data


@pytest.mark.parametrize("form", FORMS)
def test_a_view_without_rows_makes_no_file(dataset, form):
    with pytest.raises(Refused):
        FORMS[form](dataset, (Item("threats", View(years=(2021,))),))

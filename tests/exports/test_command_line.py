import pytest

import query
from exports import standard
from exports.__main__ import main
from exports.bundle import bundle
from tests.exports.conftest import INVENTED, unpacked


def run(capsys, *arguments) -> tuple[int, str]:
    """Exit code, and what was printed to both streams."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = stopped.code
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_another_data_file_can_be_named(invented, capsys, tmp_path):
    out = tmp_path / "out.zip"
    views = standard(invented.tables)
    said = f"{out}: {len(views)} views, "
    assert run(capsys, "bundle", out, INVENTED) == (0, f"{said}{out.stat().st_size} bytes\n")
    assert out.read_bytes() == bundle(invented, views)
    assert invented.title in unpacked(out.read_bytes())["README.txt"].decode()


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
        (("release", "/dev/null/out", INVENTED), "cannot write"),
        (("word", "/nowhere/out.docx", "--view", "attendance"), "/nowhere/out.docx"),
    ],
)
def test_wrong_usage_is_said_so(capsys, monkeypatch, tmp_path, arguments, says):
    monkeypatch.chdir(tmp_path)
    code, printed = run(capsys, *arguments)
    assert code == 2
    assert says in printed
    assert list(tmp_path.iterdir()) == []


def test_a_release_into_an_older_one_leaves_none_of_its_files_and_nothing_else_goes(capsys, tmp_path):
    folder = tmp_path / "dist"
    assert run(capsys, "release", folder, INVENTED)[0] == 0
    (folder / "old.csv").write_text("gone")
    (folder / "mine.txt").write_text("stays")
    with (folder / "CHECKSUMS.sha256").open("a", encoding="utf-8") as listed:
        listed.write("0" * 64 + "  old.csv\n" + "0" * 64 + "  ../outside.txt\n")
    (tmp_path / "outside.txt").write_text("stays")
    assert run(capsys, "release", folder, INVENTED)[0] == 0
    assert not (folder / "old.csv").exists()
    assert (folder / "mine.txt").exists()
    assert (tmp_path / "outside.txt").exists()
    assert not list(folder.rglob("*.part"))


def test_a_file_that_cannot_be_written_whole_leaves_the_one_that_is_there(capsys, tmp_path, monkeypatch):
    out = tmp_path / "out.zip"
    out.write_bytes(b"good")

    def full(self, content):
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    code, said = run(capsys, "bundle", out, INVENTED)
    assert (code, "No space left on device" in said) == (2, True)
    assert out.read_bytes() == b"good"

import os
from hashlib import sha256

import pytest

import query
from exports import standard
from exports.__main__ import main
from exports.brief import brief
from loaders import export
from tests.exports.conftest import INVENTED


def run(capsys, *arguments) -> tuple[int, str]:
    """Exit code, and what was printed to both streams."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = stopped.code
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_another_data_file_can_be_named(invented, capsys, tmp_path):
    out = tmp_path / "out.html"
    views = standard(invented.tables)
    said = f"{out}: {len(views)} views, "
    assert run(capsys, "brief", out, INVENTED) == (0, f"{said}{out.stat().st_size} bytes\n")
    assert out.read_bytes() == brief(invented, views)
    assert invented.title in out.read_text("utf-8")


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
    others = [folder / "old.csv", folder / "mine.txt", folder / "../outside.txt", folder / "changed.csv"]
    with (folder / "CHECKSUMS.sha256").open("a", encoding="utf-8") as listed:
        for path in others:
            path.write_text("text", encoding="utf-8")
            if path.name != "mine.txt":
                name = path.relative_to(folder).as_posix()
                listed.write(f"{sha256(path.read_bytes()).hexdigest()}  {name}\n")
        for name in ("./old.csv", "./events.csv"):  # as `sha256sum ./*` writes them
            listed.write(f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n")
    others[-1].write_text("by hand", encoding="utf-8")
    assert run(capsys, "release", folder, INVENTED)[0] == 0
    assert [path.exists() for path in others] == [False, True, True, True]
    assert (folder / "events.csv").exists()
    assert not list(folder.rglob("*.part"))


def test_a_release_into_a_folder_whose_checksums_are_of_something_else_takes_nothing_away(capsys, tmp_path):
    image = tmp_path / "debian.iso"
    image.write_bytes(b"an image")
    listed = f"{sha256(b'an image').hexdigest()}  debian.iso\n"
    (tmp_path / "CHECKSUMS.sha256").write_text(listed, encoding="utf-8")
    assert run(capsys, "release", tmp_path, INVENTED)[0] == 0
    assert image.exists()


@pytest.mark.parametrize(
    ("form", "last", "view"), [("brief", "", ["--view", "sources"]), ("release", "events.csv", [])]
)
def test_on_a_full_disk_all_files_that_are_there_stay_and_the_one_without_room_is_named(
    capsys, tmp_path, form, last, view
):
    out = tmp_path / "out"
    if last:
        assert run(capsys, form, out, INVENTED)[0] == 0
        (out / "README.md").write_text("good", encoding="utf-8")
    else:
        out.write_bytes(b"good")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    full = (out / last).with_name(f"{last or out.name}.part")
    full.symlink_to("/dev/full")  # where there is never room
    code, said = run(capsys, form, out, INVENTED, *view)
    assert code == 2
    assert f"cannot write {full.with_suffix('')}: No space left on device" in said
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_behind_a_link_is_replaced_and_keeps_its_permissions(tmp_path):
    file, link = tmp_path / "shared" / "file", tmp_path / "link"
    file.parent.mkdir()
    file.write_bytes(b"old")
    file.chmod(0o664)
    link.symlink_to(file)
    export.replace({link: b"new"})
    assert (file.read_bytes(), file.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o664, True)
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    export.replace({pipe: b"content"})
    assert os.read(reader, 100) == b"content"
    os.close(reader)
    assert pipe.is_fifo()

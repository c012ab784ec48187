"""The command line: what it prints, and how it exits."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import ROOT, fingerprints, watching
from loaders.__main__ import main

HERE = Path(__file__).parent


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


def rewrite(old: str, new: str, name: str = "valid.yaml") -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text
    Path(name).write_text(text.replace(old, new), encoding="utf-8")


def printed(capsys, *arguments):
    """Exit code and printed lines of a command that runs in this process."""
    code = main(arguments)
    return code, capsys.readouterr().out.splitlines()


def test_the_dataset_itself_is_checked_unless_a_file_is_given(capsys):
    code, (*_, line) = printed(capsys, "check")
    assert code == 0
    assert re.fullmatch(r"data/curated\.yaml: \d+ records, no problems", line)


def test_a_good_file_is_called_as_it_was_given(here, capsys):
    _, lines = printed(capsys, "check", "./originals/../valid.yaml")
    assert lines[-1] == "originals/../valid.yaml: 22 records, no problems"


def test_what_nobody_refers_to_is_a_warning_above_the_last_line_and_no_problem(here, capsys):
    code, lines = printed(capsys, "check", "valid.yaml")
    assert (code, lines) == (
        0,
        [
            "valid.yaml:45: warning: categories[other]: "
            "nobody refers to it; refer to it, take it out, or retire it if it was published",
            "valid.yaml: 22 records, no problems",
        ],
    )


def test_problems_are_printed_with_a_count_as_the_last_line(here, capsys):
    rewrite("status: absent", "status: absnt")
    assert printed(capsys, "check", "valid.yaml") == (
        1,
        [
            "valid.yaml:107: attendance[alba-2031-eas].status: "
            "must be one of present, absent; stands 'absnt'; did you mean 'absent'?",
            "1 problem",
        ],
    )


WRONG_USAGE = [
    [], ["chek"], ["check", "no-such-file.yaml"], ["check", "tests"], ["check", "--fast"],
    ["verify", "--originals", "no-such-folder"], ["verify", "--originals"], ["fingerprint"],
    ["fingerprint", "--originals", "no-such-folder"], ["export"], ["export", "no-such-folder/out"],
    ["export", "README.md/out"], ["find"], ["find", "…"], ["find", "two words"],
    ["find", "--originals", "no-such-folder", "three words here"],
    ["find", "three words here", "no-such-file.yaml"], ["new-source"], ["new-source", "no-such-file.txt"],
    ["new-source", "tests"], ["schema", "data/curated.yaml"], ["check", "--write"],
    ["check", "--since", "no-such-revision"], ["renumber-source", "s000"], ["renumber-source", "s000", "S 1"],
]  # fmt: skip


def test_wrong_usage_and_missing_folders_exit_with_2(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    for arguments in WRONG_USAGE:
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        assert (exit_.value.code, capsys.readouterr().out) == (2, ""), arguments


@pytest.mark.slow
def test_exit_code_and_output_reach_the_shell():
    command = [sys.executable, "-m", "loaders", "check", "tests/loaders/broken.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.match(r"tests/loaders/broken\.yaml:\d+: must end with .*\n1 problem\n$", done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [["loaders", "check", "--since", "Ժողով"], ["exports", "deck", "Ժողով.pptx", "--view", "Ժողով"]],
    ids=["loaders", "exports"],
)
def test_a_command_writes_utf_8_on_a_console_that_has_other_letters(command, tmp_path):
    environment = os.environ | {"PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert "Ժողով" in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr


def test_verify_finds_all_quotes_in_the_fingerprints(here, capsys):
    assert printed(capsys, "fingerprint", "--originals", "originals", "valid.yaml") == (
        0,
        ["fingerprints.json: 2 documents"],
    )
    shutil.rmtree("originals")
    assert printed(capsys, "verify", "valid.yaml") == (0, ["verified 19 of 19"])


def test_verify_of_a_clean_clone_finds_all_quotes_of_the_dataset(capsys):
    code, (line,) = printed(capsys, "verify")
    assert code == 0
    assert re.fullmatch(r"verified (\d+) of \1", line)


def test_verify_prints_wrong_quotes_and_how_many_are_right(here, capsys):
    rewrite("Rising floods are a", "Rising rivers are a")
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert code == 1
    assert lines[0].startswith(
        "valid.yaml:142: threats[brook-floods].evidence[1].quote: must stand exactly once"
    )
    assert lines[1:] == ["verified 18 of 19"]


def test_verify_takes_texts_where_they_are_and_fingerprints_for_the_others_and_says_so(here, capsys):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    capsys.readouterr()
    Path("originals/beta.txt").unlink()
    command = ("verify", "--originals", "originals", "valid.yaml")
    assert printed(capsys, *command) == (0, ["verified 19 of 19, 8 by fingerprints"])
    Path("originals/alpha.txt").unlink()
    assert printed(capsys, *command) == (
        0,
        ["originals: has no text of any source; all were looked up by fingerprints", "verified 19 of 19"],
    )


def test_a_source_without_text_and_fingerprint_is_named_and_the_text_that_was_meant(here, capsys):
    rewrite("file: beta.txt", "file: betta.txt")
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert (code, lines[-1]) == (1, "verified 11 of 19")
    assert lines[0] == (
        "valid.yaml:22: sources[beta].file: must have its text in originals, or a fingerprint in "
        "fingerprints.json; stands 'betta.txt'; did you mean 'beta.txt'?"
    )


@pytest.mark.parametrize("other", ["line ends", "byte order mark", "white space", "blank lines"])
def test_a_text_with_other_bytes_and_the_same_words_is_a_warning(here, capsys, other):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    capsys.readouterr()
    text = Path("originals/beta.txt").read_text("utf-8")
    changed = {
        "line ends": text.replace("\n", "\r\n"),
        "byte order mark": f"\ufeff{text}",
        "white space": text.replace(" ", "\u00a0  "),
        "blank lines": text.replace("\n", " \n\n\t\n"),
    }
    Path("originals/beta.txt").write_bytes(changed[other].encode())
    assert printed(capsys, "verify", "--originals", "originals", "valid.yaml") == (
        0,
        [
            "valid.yaml:22: warning: sources[beta].file: beta.txt is not the file that fingerprints.json was "
            "made from, but has the same words; line ends, spaces or signs differ",
            "verified 19 of 19",
        ],
    )


def test_quotes_are_looked_up_while_paragraphs_are_still_open_or_used_twice(here, capsys):
    rewrite("      - {paragraph: 3, reason: Credit", "      - {paragraph: 4, reason: Credit")
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert code == 1
    assert [line.partition(": ")[2] for line in lines[:-1]] == [
        "sources[beta]: must account for every paragraph; paragraph 3 is neither cited nor skipped",
        "sources[beta].skipped[1].paragraph: must be cited or skipped, not both; "
        "brook-floods cites paragraph 4",
    ]
    assert lines[-1] == "verified 19 of 19"
    assert printed(capsys, "check", "valid.yaml")[1][-1] == "2 problems"


def test_any_other_problem_is_put_right_before_quotes_are_looked_up(here, capsys):
    rewrite("      - {paragraph: 3, reason: Credit", "      - {paragraph: 4, reason: Credit")
    rewrite("status: absent", "status: absnt")
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")


def test_verify_checks_the_file_first(capsys):
    code, lines = printed(capsys, "verify", str(HERE / "broken.yaml"))
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
    assert printed(capsys, "export", "out", "valid.yaml") == (0, ["out: 17 tables"])
    assert len(list(Path("out").iterdir())) == 17
    with Path("out/threats.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first["id"] == "brook-floods"
    assert first["source"] == "alpha~beta"


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("fingerprint", "--originals", "originals"), "fingerprints.json"),
        (("check", "--since", "old.yaml", "--write"), "changes.json"),
        (("prepare",), "valid.prepared"),
        (("export", "out"), "out/threats.csv"),
    ],
)
def test_on_a_full_disk_the_file_that_a_command_would_replace_stays(here, capsys, command, file):
    shutil.copy("valid.yaml", "old.yaml")
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text("{}", encoding="utf-8")
    Path(f"{file}.part").symlink_to("/dev/full")  # where there is never room
    with pytest.raises(SystemExit) as stopped:
        main([*command, "valid.yaml"])
    assert stopped.value.code == 2
    assert "No space left on device" in capsys.readouterr().err
    assert Path(file).read_text(encoding="utf-8") == "{}"


def test_export_writes_nothing_from_a_broken_file(here, capsys):
    code, _ = printed(capsys, "export", "out", str(HERE / "broken.yaml"))
    assert code == 1
    assert not Path("out").exists()


# ---- check --watch ----

GONE = "an editor has taken the file away"


@pytest.fixture
def saves(monkeypatch):
    """Lets `check --watch` wait for saves: each is a text to write, GONE, or None for a look without one."""

    def script(*texts):
        left = iter(texts)

        def pause():
            try:
                text = next(left)
            except StopIteration:
                raise KeyboardInterrupt from None
            if text == GONE:
                Path("valid.yaml").unlink()
            elif text is not None:
                Path("valid.yaml").write_text(text, encoding="utf-8")

        monkeypatch.setattr(watching, "pause", pause)

    return script


def test_watching_reports_at_every_save_until_it_is_ended_and_outlives_a_file_that_is_away(
    here, valid, saves, capsys
):
    slip = valid.replace("status: absent", "status: absnt")
    saves(None, None, slip, None, valid, GONE, valid, slip)
    code, lines = printed(capsys, "check", "--watch", "valid.yaml")
    assert code == 1, "that of the last report"
    good = "valid.yaml: 22 records, no problems"
    last_lines = [line for line in lines if re.search("problems?$", line)]
    assert last_lines == [good, "1 problem", good, "1 problem", good, "1 problem"]


# ---- find ----

FLOODS = '{source: alpha, paragraph: 4, quote: "Rising floods are a danger", proves: []}'


def test_find_prints_evidence_as_it_stands_in_the_text(here, capsys):
    command = ("find", "--originals", "originals", "RISING floods, are a danger", "valid.yaml")
    assert printed(capsys, *command) == (0, [FLOODS, "1 place"])


def test_find_of_a_clean_clone_prints_evidence_as_it_was_typed(here, capsys):
    printed(capsys, "fingerprint", "--originals", "originals", "valid.yaml")
    shutil.rmtree("originals")
    code, lines = printed(capsys, "find", "rising floods are a danger", "valid.yaml")
    assert (code, lines) == (0, [FLOODS.replace("Rising", "rising"), "1 place"])


def test_what_find_prints_is_evidence_that_verify_confirms(here, capsys):
    _, (line, _) = printed(capsys, "find", "--originals", "originals", "ours ada brook said", "valid.yaml")
    assert line == '{source: alpha, paragraph: 4, quote: "ours,” Ada Brook said", proves: []}'
    old = '{source: alpha, paragraph: 4, quote: "ours,” Ada Brook said", proves: [speaker]}'
    rewrite(old, line.replace("[]", "[speaker]"))
    assert printed(capsys, "verify", "--originals", "originals", "valid.yaml")[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("floods are", "a quote has 3 to 12 words, these are 2; add neighbours"),
        (
            "of Rivers met in Port Alba on 2 March 2031 under the chairmanship",
            "a quote has 3 to 12 words, these are 13; take fewer",
        ),
        ("of ours", "stands in paragraph 4 of alpha 2 times: take one more word"),
    ],
)
def test_find_says_why_words_that_stand_there_are_no_quote_yet(here, capsys, words, says):
    rewrite("harbour of ours", "harbour of ours of ours", "originals/alpha.txt")
    code, lines = printed(capsys, "find", "--originals", "originals", words, "valid.yaml")
    assert code == 0
    assert says in lines[0]


def test_find_offers_the_longest_part_of_words_that_do_not_stand_together(here, capsys):
    words = "big rising floods are a menace"
    code, lines = printed(capsys, "find", "--originals", "originals", words, "valid.yaml")
    assert code == 1
    assert lines == [
        "these words do not stand next to one another; did you mean a part of them? "
        '{source: alpha, paragraph: 4, quote: "Rising floods are a", proves: []}',
        "no places",
    ]


def test_find_says_which_texts_it_could_not_search(here, capsys):
    Path("originals/beta.txt").unlink()
    code, lines = printed(capsys, "find", "--originals", "originals", "quite other words", "valid.yaml")
    assert code == 1
    missing = "beta was not searched: its text beta.txt has no fingerprint and is not in originals"
    assert lines == [missing, "no places"]


def test_find_searches_a_text_that_is_not_entered_yet(here, capsys):
    Path("originals/gamma.txt").write_text("Heading\n\nRising floods are a danger here too.\n", "utf-8")
    code, lines = printed(
        capsys, "find", "--originals", "originals", "rising floods are a danger", "valid.yaml"
    )
    new = (
        '{source: , paragraph: 2, quote: "Rising floods are a danger", proves: []}'
        "  # originals/gamma.txt, which no source has yet"
    )
    assert (code, lines) == (0, [FLOODS, new, "2 places"])


def test_the_gap_in_what_find_prints_of_a_new_text_is_a_problem_until_it_is_filled(here, capsys):
    Path("originals/gamma.txt").write_text("Rising floods are a danger here too.\n", "utf-8")
    _, (line, _) = printed(capsys, "find", "--originals", "originals", "a danger here too", "valid.yaml")
    old = '      - {source: beta, paragraph: 4, quote: "Rising floods, he repeated", proves: []}'
    rewrite(old, f"      - {line}")
    code, lines = printed(capsys, "check", "valid.yaml")
    assert code == 1
    assert "evidence[3].source: must not be empty" in lines[0]


def test_two_words_are_found_in_every_text_at_hand_and_others_are_named(here, capsys):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    capsys.readouterr()
    Path("originals/beta.txt").rename("originals/gamma.txt")
    code, lines = printed(capsys, "find", "--originals", "originals", "rising floods", "valid.yaml")
    rule = "a quote has 3 to 12 words, these are 2; add neighbours"
    assert (code, lines) == (
        0,
        [
            f'"Rising floods" stands in paragraph 4 of alpha: {rule}',
            f'"Rising floods" stands in paragraph 4 of originals/gamma.txt: {rule}',
            "beta was not searched: without its text only 3 or more words or a whole paragraph can be found",
            "2 places",
        ],
    )


def test_one_or_two_words_that_are_a_whole_paragraph_are_offered_as_such(here, capsys):
    """The fingerprint of a text has them too: a paragraph too short for a window has a hash of its own."""
    Path("originals/alpha.txt").write_text("Port Alba\nThe council met in Port Alba.\n", "utf-8")
    line = '{source: alpha, paragraph: 1, quote: "Port Alba", whole: true, proves: []}'
    search = ("find", "--originals", "originals", "port alba", "valid.yaml")
    _, lines = printed(capsys, *search)
    assert lines[0] == line
    assert lines[1].endswith("add neighbours")
    known = {"alpha.txt": fingerprints.of_file(Path("originals/alpha.txt"))}
    fingerprints.write(Path("fingerprints.json"), known)
    Path("originals/alpha.txt").unlink()
    assert printed(capsys, *search)[1][0] == line.replace("Port Alba", "port alba")


def test_a_file_that_is_no_text_is_said_not_to_be_searched(here, capsys):
    Path("originals/page.pdf").write_bytes(b"\xff\xfe")
    Path("originals/.hidden").write_bytes(b"\xff")
    words = "Rising floods are a danger"
    assert printed(capsys, "find", "--originals", "originals", words, "valid.yaml")[1] == [
        FLOODS,
        "originals/page.pdf was not searched: must be a text in UTF-8",
        "1 place",
    ]


def test_find_works_while_the_file_is_not_in_order(here, capsys):
    rewrite("status: absent", "status: absnt")
    words = "Rising floods are a danger"
    assert printed(capsys, "find", "--originals", "originals", words, "valid.yaml")[1] == [FLOODS, "1 place"]


def test_find_says_what_is_wrong_with_a_file_that_cannot_be_read(here, capsys):
    Path("valid.yaml").write_text("a: b\n", encoding="utf-8")
    code, lines = printed(capsys, "find", "three words here", "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")


# ---- new-source ----


def entered(text: str, **values: str) -> str:
    """What `new-source` printed, with the gaps filled in and every paragraph skipped."""
    for field in ("title", "publisher", "kind", "language"):
        text = re.sub(rf"^    {field}: .*$", f"    {field}: {values[field]}", text, flags=re.M)
    text = text.replace("    # skipped:", "    skipped:").replace("    #   - {", "      - {")
    return text.replace('reason: ""', "reason: Not yet read.")


def test_a_new_source_gets_an_entry_that_is_in_order_once_its_gaps_are_filled(here, capsys):
    Path("gamma.txt").write_text("One.\n\n \u00a0\nTwo: three.\n", encoding="utf-8")
    assert main(["new-source", "gamma.txt", "valid.yaml"]) == 0
    stub = capsys.readouterr().out
    assert stub.startswith("  - id: s000\n    file: gamma.txt\n")
    filled = entered(stub, title="One", publisher="example.org", kind="speech", language="en")
    rewrite("\nstates:", f"{filled}\nstates:")
    shutil.copy("gamma.txt", "originals")
    assert printed(capsys, "verify", "--originals", "originals", "valid.yaml") == (0, ["verified 19 of 19"])


def test_each_gap_of_a_new_entry_is_a_problem_on_its_line(here, capsys):
    Path("gamma.txt").write_text("One.\n", encoding="utf-8")
    main(["new-source", "gamma.txt", "valid.yaml"])
    stub = capsys.readouterr().out
    rewrite("\nstates:", f"{stub}\nstates:")
    _, lines = printed(capsys, "check", "valid.yaml")
    found = [re.search(r"sources\[s000\]\.(\w+): must not be empty", line) for line in lines[:-1]]
    assert [match[1] for match in found] == ["title", "publisher", "kind", "language"]


def test_the_paragraphs_of_a_new_source_are_numbered_and_never_on_standard_output(here, capsys):
    Path("gamma.txt").write_text("Secret words.\n\nMore of them.\n", encoding="utf-8")
    main(["new-source", "gamma.txt", "valid.yaml"])
    shown = capsys.readouterr()
    assert shown.err.splitlines() == ["1 Secret words.", "2 More of them."]
    assert "Secret" not in shown.out
    assert "them" not in shown.out.replace("What a reader", "")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("alpha.txt", b"Words.", "must be a new text; alpha has a text of this name already"),
        ("alpha-again.txt", None, "must be a new text; alpha has the same one already (alpha.txt)"),
        ("my text.txt", b"Words.", "save it under another one; stands 'my text.txt'"),
        ("gamma.txt", b"\xff", "must be a text in UTF-8"),
        ("gamma.txt", b" \n\n", "must have a line that is not blank"),
    ],
)
def test_a_text_that_cannot_become_a_source_is_refused_in_words(here, capsys, name, content, says):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    capsys.readouterr()
    Path(name).write_bytes(Path("originals/alpha.txt").read_bytes() if content is None else content)
    code, lines = printed(capsys, "new-source", name, "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")
    assert lines[0].startswith(f"{name}:1: ")
    assert says in lines[0]


def test_the_id_of_a_new_source_is_free_and_was_never_used(here, capsys):
    gone = "retired:\n  - {id: s041, was: sources, reason: Not a document.}\n\ncomplete: true"
    for old, new in (("id: beta", "id: s007"), ("source: beta", "source: s007"), ("complete: true", gone)):
        rewrite(old, new)
    Path("gamma.txt").write_text("Words.\n", encoding="utf-8")
    assert printed(capsys, "new-source", "gamma.txt", "valid.yaml")[1][0] == "  - id: s042"


def test_a_text_inside_the_project_is_told_to_move_out(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["new-source", "tests/loaders/originals/alpha.txt"]) == 0
    assert "lies in the project" in capsys.readouterr().err


# ---- schema, retired records ----


def test_the_schema_is_printed_as_it_lies_beside_the_data(capsys):
    main(["schema"])
    assert capsys.readouterr().out == (ROOT / "data" / "curated.schema.json").read_text("utf-8")


def test_a_retired_record_is_no_record_and_is_exported(here, capsys):
    gone = 'retired:\n  - {id: old, was: events, reason: Entered twice., date: "2031-05"}\n\ncomplete: true'
    rewrite("complete: true", gone)
    assert printed(capsys, "export", "out", "valid.yaml") == (0, ["out: 17 tables"])
    assert Path("out/retired.csv").read_text(encoding="utf-8") == (
        "id,was,reason,date,replaced_by\nold,events,Entered twice.,2031-05,\n"
    )
    assert printed(capsys, "check", "valid.yaml")[1][-1] == "valid.yaml: 22 records, no problems"

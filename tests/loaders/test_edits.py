"""Edits in place: paragraphs that are put right, another id for a source, and markers of a merge."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loaders import fingerprints
from loaders.__main__ import main
from loaders.edits import edited
from loaders.problems import InvalidData
from loaders.reading import read

HERE = Path(__file__).parent


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """A folder with valid.yaml and its texts, to write into."""
    shutil.copy(HERE / "valid.yaml", tmp_path)
    shutil.copytree(HERE / "originals", tmp_path / "originals")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rewrite(*changes: tuple[str, str], name: str = "valid.yaml") -> str:
    text = Path(name).read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    Path(name).write_bytes(text.encode())
    return text


def printed(capsys, *arguments: str) -> tuple[int, list[str]]:
    code = main(arguments)
    return code, capsys.readouterr().out.splitlines()


# ---- values in place ----

words = st.text(st.sampled_from("aé мир 🙂-:"), max_size=8)
remarks = words.map(lambda text: f"  # {text}".rstrip())
marks = st.sampled_from(["", "'", '"'])


@given(
    rows=st.lists(st.tuples(marks, st.integers(1, 99), words, remarks), min_size=1, max_size=5),
    new=st.integers(1, 999),
    ending=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
)
def test_only_the_value_itself_is_changed_whatever_stands_around_it(rows, new, ending, bom):
    def text(number: int | None) -> bytes:
        lines = ["sources:  # мир 🙂"]
        for place, (mark, old, word, remark) in enumerate(rows):
            value = number if number is not None and place == len(rows) - 1 else old
            quoted = json.dumps(word, ensure_ascii=False)
            lines.append(f"  - {{quote: {quoted}, paragraph: {mark}{value}{mark}}}{remark}")
        return b"\xef\xbb\xbf" * bom + ending.join([*lines, "complete: true", ""]).encode()

    assert edited(text(None), {("sources", len(rows) - 1, "paragraph"): str(new)}) == text(new)


# ---- verify --fix-paragraphs ----


def test_a_wrong_paragraph_is_corrected_in_place_and_all_else_stays(here, capsys):
    good = rewrite(("proves: [expressed_as]}\n", "proves: [expressed_as]}  # мир\n"))
    rewrite(
        ('4, quote: "ours', '2, quote: "ours'), ("paragraph: 2, quote: first", "paragraph: 5, quote: first")
    )
    code, lines = printed(capsys, "verify", "--originals", "originals", "--fix-paragraphs", "valid.yaml")
    assert code == 0
    assert [line.partition(": ")[2] for line in lines[:-1]] == [
        "priorities[priority-sou-1].evidence[1].paragraph: is 2 now, the only paragraph with these words",
        "threats[brook-floods].evidence[2].paragraph: is 4 now, the only paragraph with these words",
    ]
    assert lines[-1] == "verified 19 of 19"
    assert Path("valid.yaml").read_text("utf-8") == good


def test_fingerprints_are_enough_to_correct_a_paragraph(here, capsys):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    good = rewrite()
    rewrite(('4, quote: "ours', '2, quote: "ours'))
    capsys.readouterr()
    assert printed(capsys, "verify", "--fix-paragraphs", "valid.yaml")[1][-1] == "verified 19 of 19"
    assert Path("valid.yaml").read_text("utf-8") == good


@pytest.mark.parametrize("where", ["nowhere", "twice"])
def test_words_that_stand_nowhere_or_in_two_other_paragraphs_are_left_alone(here, capsys, where):
    rewrite(('4, quote: "ours', '1, quote: "ours'))
    old, new = (
        ("of ours,” Ada", "of them,” Ada") if where == "nowhere" else ("Dams.", "Dams. Ours, Ada Brook said.")
    )
    rewrite((old, new), name="originals/alpha.txt")
    before = rewrite()
    code, lines = printed(capsys, "verify", "--originals", "originals", "--fix-paragraphs", "valid.yaml")
    assert (code, lines[-1]) == (1, "verified 18 of 19")
    assert Path("valid.yaml").read_text("utf-8") == before


def test_without_the_option_nothing_is_written(here, capsys):
    before = rewrite(('4, quote: "ours', '2, quote: "ours'))
    code, lines = printed(capsys, "verify", "--originals", "originals", "valid.yaml")
    assert (code, lines[-1]) == (1, "verified 18 of 19")
    assert Path("valid.yaml").read_text("utf-8") == before


# ---- renumber-source ----


def test_a_source_gets_another_id_wherever_it_is_cited_and_nothing_else_changes(here, capsys):
    text = rewrite(
        (
            "excludes: Crime.}",
            "excludes: Crime., decoy: {source: beta, paragraph: 3, quote: by our own, why: No.}}",
        ),
        ("speaker: The sentence is", "speaker: In beta the sentence is"),
        ("  - id: beta\n", '  - id: "beta"  # as beta.txt\n'),
    )
    code, lines = printed(capsys, "renumber-source", "beta", "s007", "valid.yaml")
    after = Path("valid.yaml").read_text("utf-8")
    expected = re.sub(r"source: beta\b", "source: s007", text).replace('id: "beta"', 'id: "s007"')
    assert (code, after) == (0, expected)
    assert lines[-1] == f"valid.yaml: beta is s007 in {text.count('source: beta') + 1} places"
    assert lines[-2] == "addresses such as beta.1 are s007.1 now: renumber no source that was published"
    (named,) = lines[:-2]
    assert named.endswith("warning: still says 'beta' in words; look whether the source is meant")
    assert "In beta" in after.splitlines()[int(named.split(":")[1]) - 1]
    assert printed(capsys, "check", "valid.yaml")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("betta", "s007"), "sources: must have a source of this id; stands 'betta'; did you mean 'beta'?"),
        (
            ("beta", "alpha"),
            "sources[alpha].id: must not be the new id of the source; stands 'alpha'",
        ),
        (("beta", "dale"), "people[dale].id: must not be the new id of the source; stands 'dale'"),
        (("beta", "gone"), "retired[gone].id: must not be the new id of the source; stands 'gone'"),
    ],
)
def test_an_id_that_is_not_there_or_is_taken_is_refused_and_nothing_is_written(here, capsys, arguments, says):
    retired = "retired:\n  - {id: gone, was: sources, reason: Not a text.}\n\ncomplete: true"
    before = rewrite(("complete: true", retired))
    code, lines = printed(capsys, "renumber-source", *arguments, "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")
    assert lines[0].partition(": ")[2] == says
    assert Path("valid.yaml").read_text("utf-8") == before


def test_two_sources_of_one_id_cannot_be_told_apart_any_more(here, capsys):
    rewrite(("  - id: beta\n", "  - id: alpha\n"))
    code, lines = printed(capsys, "renumber-source", "alpha", "s007", "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")
    assert "sources[alpha].id: must be the only source of its id; stands 'alpha', as on line 10" in lines[0]
    assert lines[0].endswith("renumber one before its branch is merged")


def test_an_answer_to_a_warning_follows_the_source(here, capsys):
    rule = "held_events_are_not_later_than_their_source"
    answer = f"answers:\n  - {{record: alpha, rule: {rule}, reason: So it is.}}\n\ncomplete: true"
    rewrite(("complete: true", answer))
    assert printed(capsys, "renumber-source", "alpha", "s007", "valid.yaml")[0] == 0
    assert f"{{record: s007, rule: {rule}" in Path("valid.yaml").read_text("utf-8")


def test_what_is_no_id_is_wrong_usage(here, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["renumber-source", "beta", "S 7", "valid.yaml"])
    assert (exit_.value.code, capsys.readouterr().out) == (2, "")


# ---- conflicts ----

OURS, THEIRS = "    place: Port Alba\n", "    place: Alba\n"
CONFLICT = f"<<<<<<< HEAD\n{OURS}=======\n{THEIRS}>>>>>>> other\n"
RULE = "must not have conflict markers of git"
MEND = "keep what is right of both versions, and delete the lines of <<<<<<<, ======= and >>>>>>>"


def conflicts_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidData) as refused:
        read(text.encode(), "x")
    return [(problem.line, problem.message) for problem in refused.value.problems]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_each_conflict_is_named_with_its_lines_and_what_to_do(valid, ending):
    text = valid.replace(OURS, CONFLICT).replace("complete: true", f"{CONFLICT}complete: true")
    first, last = (text.count("\n", 0, at) + 1 for at in (text.index("<<<<<<<"), text.rindex("<<<<<<<")))
    assert conflicts_of(text.replace("\n", ending)) == [
        (line, f"{RULE}; two versions stand here, down to line {line + 4}: {MEND}") for line in (first, last)
    ]


def test_a_conflict_with_the_version_before_both_is_one(valid):
    text = valid.replace(OURS, CONFLICT.replace("=======", "||||||| base\n    place: A\n======="))
    assert len(conflicts_of(text)) == 1


@pytest.mark.parametrize("marker", ["=======", ">>>>>>> other", "<<<<<<< HEAD"])
def test_a_marker_that_was_left_over_is_named(valid, marker):
    ((line, message),) = conflicts_of(valid.replace(OURS, f"{marker}\n{OURS}"))
    assert line == valid[: valid.index(OURS)].count("\n") + 1
    assert message.startswith(RULE)
    assert message.endswith(MEND)


def test_a_conflict_at_the_end_of_the_file_is_no_half_written_file(valid):
    text = valid.replace("complete: true\n", f"complete: true\n{CONFLICT}")
    assert [message.partition(";")[0] for _, message in conflicts_of(text)] == [RULE]


@pytest.mark.parametrize("text", ["a: '<<<<<<< HEAD'", "a: >-\n  =======\n  b", "# <<<<<<< HEAD\na: b"])
def test_signs_that_are_no_markers_pass(text):
    assert read(f"{text}\ncomplete: true\n".encode(), "x").tree["a"]
    assert yaml.safe_load(text)


def test_a_conflict_in_the_fingerprints_says_how_to_write_them_again_and_that_works(here, capsys):
    main(["fingerprint", "--originals", "originals", "valid.yaml"])
    good = Path("fingerprints.json").read_text("utf-8")
    lines = good.splitlines(keepends=True)
    spoilt = [*lines[:1], "<<<<<<< HEAD\n", *lines[1:4], "=======\n", ">>>>>>> other\n", *lines[4:]]
    Path("fingerprints.json").write_text("".join(spoilt), "utf-8")
    capsys.readouterr()
    code, (line, count) = printed(capsys, "verify", "valid.yaml")
    assert (code, count) == (1, "1 problem")
    assert line == (
        f"fingerprints.json:2: {RULE}; two versions stand here, down to line 7: "
        "write the file again with `python -m loaders fingerprint --anew --originals DIR`"
    )
    anew = ("fingerprint", "--anew", "--originals", "originals", "valid.yaml")
    assert printed(capsys, *anew) == (0, ["fingerprints.json: 2 documents"])
    assert Path("fingerprints.json").read_text("utf-8") == good


def test_fingerprints_are_made_anew_from_all_texts_or_not_at_all(here, capsys):
    fingerprints.write(Path("fingerprints.json"), {"gone.txt": {"sha256": "0", "paragraphs": []}})
    before = Path("fingerprints.json").read_bytes()
    Path("originals/beta.txt").rename("beta.txt")
    command = ("fingerprint", "--anew", "--originals", "originals", "valid.yaml")
    assert printed(capsys, *command) == (
        1,
        ["valid.yaml:22: sources[beta].file: must be in originals; stands 'beta.txt'", "1 problem"],
    )
    assert Path("fingerprints.json").read_bytes() == before
    Path("beta.txt").rename("originals/beta.txt")
    assert printed(capsys, *command)[0] == 0
    assert set(json.loads(Path("fingerprints.json").read_text("utf-8"))) == {"alpha.txt", "beta.txt"}

"""What changed between two versions of the data file: nothing is lost in silence, and nothing is invented."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import history, load
from loaders.__main__ import main
from loaders.history import Correction, New, OtherId, Retirement
from loaders.reading import read

RETIRED = (
    "retired:\n  - {id: dale-pirates, was: threats, reason: Entered twice., replaced_by: brook-floods}\n\n"
)


def compared(before: str, after: str) -> history.Changes:
    data, trees = [text.encode() for text in (before, after)], []
    for one in data:
        trees.append(read(one, "x").tree)
    versions = [history.version_of(*pair) for pair in zip(data, trees, strict=True)]
    return history.changes(trees[0], versions[0], trees[1], versions[1])


def lines_of(changes: history.Changes) -> list[tuple[str, str, str]]:
    return [(row.record, row.field, row.words) for row in changes.corrected]


def cut(text: str, first: str, last: str) -> str:
    """A text without what stands from one line down to another, which stays."""
    start = text.index(first)
    return text[:start] + text[text.index(last, start) :]


CORRECTED = [  # what is written in place of what, and the correction that is reported
    ('date: "2031-03-02"', 'date: "2031-03"', ("alba-2031", "date", "before: 2031-03-02; now: 2031-03")),
    (
        "    note: The text gives no reason.\n", "",
        ("alba-2031-eas", "note", "gone: The text gives no reason."),
    ),
    (
        "    place: Port Alba\n", "    place: Port Alba\n    title: A meeting\n",
        ("alba-2031", "title", "new: A meeting"),
    ),
    ("[signed, adopted]", "[signed]", ("charter-of-dams", "status", "gone: adopted")),
    ("[Benn Dale, B. Dale]", "[B. Dale, Benn Dale, Bén Dale]", ("dale", "also_spelled", "new: Bén Dale")),
    (
        "reason: Header of the page.", "reason: A header.",
        ("alpha", "skipped", "before: paragraph 1: Header of the page; now: paragraph 1: A header."),
    ),
    (
        "end: Southland takes over in that year.", "end: It is so.",
        ("chair-nor", "inferred.end", "before: Southland takes over in that year; now: It is so."),
    ),
    (
        "quote: Rising floods are a danger, proves: [expressed_as]",
        "quote: Rising floods are a danger to, proves: [expressed_as]",
        (
            "brook-floods", "evidence",
            "before: alpha.4 “Rising floods are a danger” (proves expressed_as); "
            "now: alpha.4 “Rising floods are a danger to” (proves expressed_as)",
        ),
    ),
    (
        '      - {source: beta, paragraph: 4, quote: "Rising floods, he repeated", proves: []}\n', "",
        ("brook-floods", "evidence", "gone: beta.4 “Rising floods, he repeated” (a further mention)"),
    ),
    (
        "quote: welcomed Ben Dale, proves: [format]",
        "quote: welcomed Ben Dale, proves: [format], relation: contradicts",
        (
            "alba-2031", "evidence",
            "before: alpha.3 “welcomed Ben Dale” (proves format); "
            "now: alpha.3 “welcomed Ben Dale” (contradicts format)",
        ),
    ),
    (
        "quote: welcomed Ben Dale, proves: [format]",
        "quote: welcomed Ben Dale, language: ru, proves: [format]",
        (
            "alba-2031", "evidence",
            "before: alpha.3 “welcomed Ben Dale” (proves format); "
            "now: alpha.3 “welcomed Ben Dale” (proves format; in ru)",
        ),
    ),
    ("title: Invented rivers", "title: Rivers", ("dataset", "title", "before: Invented rivers; now: Rivers")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line"), CORRECTED)
def test_each_correction_is_reported_with_field_and_value_before_and_after(valid, old, new, line):
    assert valid.count(old) == 1
    changes = compared(valid, valid.replace(old, new))
    assert lines_of(changes) == [line]
    assert [*changes.new, *changes.retired, *changes.missing, *changes.other_ids] == []


def test_layout_order_version_and_date_are_no_changes_of_records(valid):
    other = valid.replace("[signed, adopted]", "[adopted, signed]").replace("0.1.0", "0.2.0")
    other = other.replace('date: "2031-04-01"', 'date: "2031-05-01"').replace("  - id:", "  # here\n  - id:")
    changes = compared(valid, other)
    assert [*changes.corrected, *changes.new, *changes.retired, *changes.missing] == []
    assert history.draft(changes) == [
        "### [0.2.0] - 2031-05-01", "", f"File: `{changes.now.hash}`", "", "No record changed.",
    ]  # fmt: skip


def test_a_record_that_is_new_one_that_was_retired_and_one_that_vanished_are_told_apart(valid):
    without = cut(valid, "  - id: dale-pirates", "complete: true")
    assert compared(without, valid).new == (New("threats", "dale-pirates"),)
    retired = without.replace("complete: true", f"{RETIRED}complete: true")
    changes = compared(valid, retired)
    assert changes.retired == (Retirement("threats", "dale-pirates", "Entered twice.", "brook-floods"),)
    assert not changes.missing
    assert [one.record for one in compared(valid, without).missing] == ["dale-pirates"]
    assert [one.section for one in compared(retired, valid).missing] == ["retired"]


OTHER_IDS = [  # what has another id, and all that refers to it
    ("sources", "alpha", "gamma", (r"(?<=source: )alpha\b", r"(?<=- id: )alpha\b")),
    ("people", "brook", "ada-brook", (r"\bbrook(?=[,\n])",)),
    ("events", "alba-2031", "port-alba-2031", (r"\balba-2031(?=\n)",)),
    ("threats", "brook-floods", "floods-of-brook", (r"\bbrook-floods\b",)),
]


@pytest.mark.parametrize(("section", "old", "new", "patterns"), OTHER_IDS)
def test_an_id_that_changed_is_one_problem_and_what_refers_to_it_is_no_correction(
    valid, section, old, new, patterns
):
    other = valid
    for pattern in patterns:
        other = re.sub(pattern, new, other)
    changes = compared(valid, other)
    assert [(one.section, one.before, one.after) for one in changes.other_ids] == [(section, old, new)]
    assert [*changes.corrected, *changes.new, *changes.missing] == []
    (problem,) = history.problems(changes, read(other.encode(), "x"))
    assert f"id: {new}" in other.splitlines()[problem.line - 1]
    assert f"must keep the id that it has in version 0.1.0 ({changes.since.hash}), {old!r}" in problem.message


def test_two_records_of_one_content_are_one_to_one(valid):
    state = "  - {id: EAS, name: Eastland}\n"
    twice = valid.replace(state, f"{state}  - {{id: WES, name: Eastland}}\n")
    other = twice.replace("WES", "OST")
    assert compared(twice, other).other_ids == (OtherId("states", "WES", "OST", 3),)


values = st.sampled_from(["", "a", "b", "a b", "c.", "é", '"'])
record = st.fixed_dictionaries(
    {}, optional={"name": values, "also_spelled": st.lists(values, max_size=3, unique=True)}
)
people = st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), record)


def tree(records: dict) -> dict:
    return {"people": [{"id": identifier, **fields} for identifier, fields in records.items()]}


@settings(max_examples=200)
@given(before=people, after=people)
def test_whatever_two_versions_hold_each_record_is_kept_new_or_missed(before, after):
    version = history.Version("1", "2031", "0" * 8)
    changes = history.changes(tree(before), version, tree(after), version)
    renamed = {one.before: one.after for one in changes.other_ids}
    missing = {one.record for one in changes.missing}
    kept = {one: renamed.get(one, one) for one in before if one not in missing}
    assert missing.isdisjoint(after)
    assert set(after) == set(kept.values()) | {one.record for one in changes.new}
    assert len(set(kept.values())) == len(kept)
    corrected = {row.record for row in changes.corrected}
    assert corrected <= {one for one, same in kept.items() if before[one] != after[same]}
    assert all(before[one] == after[same] for one, same in renamed.items())
    same = history.changes(tree(after), version, tree(after), version)
    assert same == history.Changes(version, version)


# ---- what is kept ----


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=100)
@given(
    corrected=st.lists(st.builds(Correction, *[texts] * 5), max_size=3),
    new=st.lists(st.builds(New, texts, texts), max_size=3),
    retired=st.lists(st.builds(Retirement, *[texts] * 4), max_size=3),
)
def test_what_is_kept_is_read_again_for_the_same_data_and_for_no_other(
    tmp_path_factory, corrected, new, retired
):
    versions = history.Version("1", "2031", "0" * 8), history.Version("2", "2032", "1" * 8)
    changes = history.Changes(*versions, tuple(new), tuple(corrected), tuple(retired))
    file = tmp_path_factory.mktemp("kept") / history.FILE_NAME
    file.write_text(history.as_text(changes), encoding="utf-8", newline="\n")
    assert history.read(file, "1" * 8) == changes
    assert history.read(file, "0" * 8) is None


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{}", "null", "[" * 9999,
        '{"since": 1, "now": 1, "new": [], "corrected": [], "retired": []}',
        '{"since": ["1", "2", "00000000"], "now": ["1", "2", "11111111"], "new": [["a"]], "corrected": [], '
        '"retired": []}',
        '{"since": ["1", "2", "00000000"], "now": ["1", "2", "11111111"], "new": [[1, 2]], "corrected": [], '
        '"retired": []}',
    ],
)  # fmt: skip
def test_a_damaged_file_of_changes_is_as_if_there_were_none(tmp_path, content):
    (tmp_path / "changes.json").write_text(content)
    assert history.read(tmp_path / "changes.json", "11111111") is None


# ---- the command ----


@pytest.fixture
def here(tmp_path, valid, monkeypatch) -> Path:
    """A folder with the data file as it was, `old.yaml`, and as it is, `valid.yaml`."""
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(valid, encoding="utf-8")
    now = valid.replace("0.1.0", "0.2.0").replace("summary: Clean water", "summary: Cleaner water")
    Path("valid.yaml").write_text(now, encoding="utf-8")
    return tmp_path


def printed(capsys, *arguments: str) -> tuple[int, list[str]]:
    code = main(arguments)
    return code, capsys.readouterr().out.splitlines()


def test_check_since_a_file_prints_a_draft_of_the_changelog_above_its_last_line(here, capsys):
    code, lines = printed(capsys, "check", "--since", "old.yaml", "valid.yaml")
    data = [history.hash_of(Path(name).read_bytes()) for name in ("old.yaml", "valid.yaml")]
    assert code == 0
    assert lines[1:] == [
        f"since version 0.1.0 ({data[0]}), a draft for CHANGELOG.md:",
        "",
        '### [0.2.0] - 2031-04-01',
        "",
        f"File: `{data[1]}`",
        "",
        "#### Corrected",
        "",
        "- `priority-sou-1`",
        "  - `summary`: before: Clean water; now: Cleaner water",
        "",
        "valid.yaml: 22 records, no problems",
    ]  # fmt: skip


def test_check_since_names_a_record_that_vanished_with_what_to_do(here, capsys):
    text = cut(Path("valid.yaml").read_text("utf-8"), "  - id: count-2031", "threats:")
    Path("valid.yaml").write_text(text.replace("document_counts:", "document_counts: []"), "utf-8")
    code, lines = printed(capsys, "check", "--since", "old.yaml", "--write", "valid.yaml")
    hash_ = history.hash_of(Path("old.yaml").read_bytes())
    assert (code, lines[-1]) == (1, "1 problem")
    assert re.fullmatch(
        r"valid\.yaml:\d+: document_counts: must still have 'count-2031', which stands in version 0\.1\.0 "
        rf"\({hash_}\); put it back, or add it to `retired`",
        lines[-2],
    )
    assert not Path(history.FILE_NAME).exists(), "what is not in order is not kept"


def test_what_is_kept_beside_the_file_becomes_part_of_the_dataset_until_the_file_changes(here, capsys):
    assert printed(capsys, "check", "--since", "old.yaml", "--write", "valid.yaml")[0] == 0
    changes = load("valid.yaml").changes
    assert [row.record for row in changes.corrected] == ["priority-sou-1"]
    assert json.loads(Path(history.FILE_NAME).read_text("utf-8"))["since"] == list(changes.since)
    Path("valid.yaml").write_text("# A remark.\n" + Path("valid.yaml").read_text("utf-8"), "utf-8")
    assert load("valid.yaml").changes is None


def git(*arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_check_since_a_revision_reads_the_file_as_it_was_then(here, capsys):
    git("init", "--quiet")
    Path("now.yaml").write_text(Path("valid.yaml").read_text("utf-8"), "utf-8")
    Path("valid.yaml").write_text(Path("old.yaml").read_text("utf-8"), "utf-8")
    git("add", "valid.yaml")
    git("commit", "--quiet", "--message", "First")
    Path("valid.yaml").write_text(Path("now.yaml").read_text("utf-8"), "utf-8")
    _, from_file = printed(capsys, "check", "--since", "old.yaml", "valid.yaml")
    assert printed(capsys, "check", "--since", "HEAD", "valid.yaml") == (0, from_file)


@pytest.mark.parametrize("since", ["no-such-revision", "--write", "--help-me"])
def test_a_version_before_that_is_not_there_is_wrong_usage(here, capsys, since):
    with pytest.raises(SystemExit) as exit_:
        main(["check", "--since", since, "valid.yaml"])
    assert (exit_.value.code, capsys.readouterr().out) == (2, "")


def test_an_earlier_file_that_cannot_be_read_is_named(here, capsys):
    Path("old.yaml").write_text("a: [\n", "utf-8")
    code, lines = printed(capsys, "check", "--since", "old.yaml", "valid.yaml")
    assert (code, lines[-1]) == (1, "1 problem")
    assert lines[-2].startswith("old.yaml:1: must end with")


def test_an_earlier_file_need_not_keep_the_rules_of_today(here, capsys):
    text = Path("old.yaml").read_text("utf-8").replace("status: absent", "status: away")
    Path("old.yaml").write_text(text, "utf-8")
    code, lines = printed(capsys, "check", "--since", "old.yaml", "valid.yaml")
    assert code == 0
    assert "  - `status`: before: away; now: absent" in lines

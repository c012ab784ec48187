"""Every rule has a file that breaks it in one place, made from valid.yaml; line 1 says what is found."""

from pathlib import Path

import pytest

from loaders import rules_between, rules_within
from loaders.checks import RULES_ALWAYS, RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED, check
from loaders.problems import InvalidData

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def found_problems(path: Path) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        check(path, "x")
    return [str(problem).removeprefix("x:") for problem in caught.value.problems]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_has_exactly_the_expected_problem(path):
    first_line = path.read_bytes().split(b"\n", 1)[0].decode()
    assert found_problems(path) == [first_line.removeprefix("# expect: ")]


def test_all_problems_are_reported_at_once(tmp_path):
    text = (HERE / "valid.yaml").read_text(encoding="utf-8")
    text = text.replace("status: absent", "status: absnt").replace("count: 4", "count: 04")
    (tmp_path / "two.yaml").write_text(text.replace("welcomed Ben Dale, proves", "welcomed Ben, proves"))
    lines = [int(problem.split(":")[0]) for problem in found_problems(tmp_path / "two.yaml")]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_every_rule_is_applied():
    rules = {
        rule
        for module in (rules_within, rules_between)
        for name, rule in vars(module).items()
        if getattr(rule, "__module__", "") == module.__name__
        and not name.startswith("_")
        and rule not in (rules_between.cited_paragraphs, rules_between.missing_paragraphs)
    }
    assert rules == {*RULES_ALWAYS, *RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED}


@pytest.mark.parametrize(
    ("end", "start", "overlap"),
    [
        ("2032", "2032", False),
        ("2032", "2032-12-31", False),
        ("2032-06", "2032", False),
        ("2032-06", "2032-06-30", False),
        ("2032-06-30", "2032-06-30", False),
        ("2032-06-30", "2032-06", False),
        ("2032-06-30", "2032-05", True),
        ("2032-06", "2032-05-31", True),
        ("2033", "2032", True),
    ],
)
def test_terms_overlap_only_on_days_that_certainly_belong_to_both(changed, end, start, overlap):
    dates = ('end: "2032"', f'end: "{end}"'), ('start: "2032"', f'start: "{start}"')
    if overlap:
        with pytest.raises(InvalidData, match=r"chair-sou\]: must not overlap with the term chair-nor"):
            changed(*dates)
    else:
        assert changed(*dates)


def test_a_threat_of_category_other_may_repeat(changed, valid):
    threat = valid[valid.index("  - id: brook-floods") : valid.index("  - id: dale-pirates")]
    other = threat.replace("emergencies", "other")
    records = changed((threat, other + other.replace("brook-floods", "brook-floods-again")))
    assert len(records["threats"]) == 3


def test_evidence_may_prove_the_note_where_there_is_one(changed):
    assert changed(("this time, proves: [party, status]", "this time, proves: [party, status, note]"))

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


def test_the_terms_of_a_handover_year_do_not_overlap(changed):
    assert changed(('start: "2032"', 'start: "2032-01-01"'))


def test_a_threat_of_category_other_may_repeat(changed, valid):
    threat = valid[valid.index("  - id: brook-floods") : valid.index("  - id: dale-pirates")]
    other = threat.replace("emergencies", "other")
    records = changed((threat, other + other.replace("brook-floods", "brook-floods-again")))
    assert len(records["threats"]) == 3


def test_evidence_may_prove_the_note_where_there_is_one(changed):
    assert changed(("this time, proves: [party, status]", "this time, proves: [party, status, note]"))

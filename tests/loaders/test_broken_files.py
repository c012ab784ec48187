"""A change of valid.yaml breaks each rule in one place: broken.yaml says which, and what is then found."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from loaders.checks import RULES_ALWAYS, RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED, check_bytes
from loaders.problems import InvalidData
from loaders.reading import read
from loaders.validation import validate

RULES = {*RULES_ALWAYS, *RULES_WHEN_ALL_RECORDS_ARE_WELL_FORMED}
CASES = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))


def broken(valid: str, change: dict[str, str]) -> bytes:
    """valid.yaml with a change made; raises AssertionError when a text does not stand there just once."""
    for old, new in change.items():
        pattern = re.escape(old).replace(re.escape(" … "), "(?s:.*?)")
        valid, times = re.subn(pattern, lambda _, new=new: new, valid)
        assert times == 1
    return valid.encode("utf-8", "surrogateescape")


def found_problems(data: bytes) -> list[str]:
    try:
        check_bytes(data, "x")
    except InvalidData as invalid:
        return [str(problem).removeprefix("x:") for problem in invalid.problems]
    return []


def test_a_broken_file_has_exactly_the_expected_problem(valid):
    found = {case["name"]: found_problems(broken(valid, case["change"])) for case in CASES}
    assert found == {case["name"]: [case["problem"]] for case in CASES}


def test_every_rule_is_broken_by_a_change_that_keeps_all_others(valid):
    """Each change has one problem, which is of one rule."""
    broken_rules = set()
    for case in CASES:
        with suppress(InvalidData):  # of what is no YAML
            records = validate(read(broken(valid, case["change"]), "x"))
            broken_rules |= {rule for rule in RULES if not records.problems and any(rule(records))}
    assert broken_rules == RULES


@pytest.mark.parametrize(
    ("end", "start", "overlap"),
    [
        ("2032", "2032", False), ("2032", "2032-12-31", False), ("2032-06", "2032", False),
        ("2032-06", "2032-06-30", False), ("2032-06-30", "2032-06-30", False),
        ("2032-06-30", "2032-06", False), ("2032-06-30", "2032-05", True), ("2032-06", "2032-05-31", True),
        ("2033", "2032", True),
    ],
)  # fmt: skip
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

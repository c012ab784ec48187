"""Agreement of two codings: the coefficient, when it is given, and the list of differences."""

import pandas as pd
import pytest

from query.agreement import FEWEST, ONE_VALUE, TOO_FEW, agreement, differences, krippendorff_alpha


def made(*pairs, field="threats[x].speaker"):
    """Units of one field, one for each pair of values; settled as the first coder has it."""
    rows = [("s000", str(number), field, one, other, one) for number, (one, other) in enumerate(pairs, 1)]
    return pd.DataFrame(rows, columns=["source", "paragraph", "field", "first", "second", "settled"])


PUBLISHED = [("aabbdcccedda", "babbbccceddd", 0.692), ("0100000010", "1110010000", 0.095)]


@pytest.mark.parametrize(("one", "other", "alpha"), PUBLISHED, ids=["nominal", "binary"])
def test_alpha_is_that_of_the_published_examples(one, other, alpha):
    """Krippendorff (2011), sections B and A: two observers, twelve and ten units."""
    assert krippendorff_alpha(one, other) == pytest.approx(alpha, abs=0.0005)
    assert krippendorff_alpha(other, one) == krippendorff_alpha(one, other), "whoever is called the first"


def test_alpha_is_one_for_full_agreement_and_lower_for_less_than_chance():
    assert krippendorff_alpha("abab", "abab") == 1
    assert krippendorff_alpha("abab", "baba") < 0


def test_alpha_is_not_defined_where_only_one_value_was_entered():
    assert krippendorff_alpha("aaaa", "aaaa") is None
    (row,) = agreement(made(*[("a", "a")] * FEWEST)).to_dict("records")
    assert (pd.isna(row["alpha"]), row["remark"]) == (True, ONE_VALUE)


def test_alpha_is_given_from_thirty_units_on():
    for count, remark in ((FEWEST - 1, TOO_FEW), (FEWEST, "")):
        (row,) = agreement(made(*[("a", "a")] * (count - 1), ("a", "b"))).to_dict("records")
        assert (row["n"], row["agree"], row["differ"], row["remark"]) == (count, count - 1, 1, remark)
        assert pd.isna(row["alpha"]) == bool(remark)


def test_records_are_one_field_and_fields_of_different_sections_are_not():
    several = pd.concat([made(("a", "a"), field=name) for name in ("a[x].f", "a[y.z].f", "b[x].f", "use")])
    assert list(agreement(several)["field"]) == ["a.f", "b.f", "use"]
    assert list(agreement(several)["n"]) == [2, 1, 1]


def test_a_difference_says_whose_value_was_kept():
    units = made(("a", "b"), ("a", "a"), ("b", "a"), ("c", "d")).assign(settled=["a", "a", "a", "e"])
    found = differences(units)
    assert list(found["settled_as"]) == ["first", "second", "neither"]
    assert set(found["record"]) == {"threats[x]"}
    assert set(found["kind"]) == {"threats.speaker"}


def test_a_record_with_a_point_in_its_name_stays_whole():
    found = differences(made(("a", "b"), field="attendance[minsk-2023.KAZ].person"))
    assert list(found["record"]) == ["attendance[minsk-2023.KAZ]"]
    assert list(differences(made(("cited", "skipped"), field="use"))["record"]) == [""]


def test_every_unit_is_counted_once():
    many = made(*[("a", "a"), ("b", "b"), ("a", "b")] * FEWEST, field="threats[x].category")
    units = pd.concat([many, made(("a", "b"), ("b", "b")), made(*[("cited", "cited")] * FEWEST, field="use")])
    found = agreement(units)
    assert found["n"].sum() == len(units)
    assert found["differ"].sum() == len(differences(units))
    assert list(found[found["alpha"].notna()]["field"]) == ["threats.category"]


def test_nothing_to_compare_gives_no_rows():
    assert len(agreement(made())) == len(differences(made())) == 0

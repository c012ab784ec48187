import pytest

from query import compare, dump, parse, sides


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        (("2022", "2023"), "year"), (("tokayev", "csc"), "speaker"), (("2022", "2022"), ""),
        (("2022", "csc"), ""), (("2022", "1999"), ""), (("2022",), ""), (("2020", "2022", "2023"), ""),
        ((), ""),
    ],
)  # fmt: skip
def test_two_different_years_or_speakers_can_be_compared(tables, chosen, kind):
    assert sides(tables, chosen) == kind
    view, notices = parse({"compare": "~".join(chosen)}, tables)
    assert view.compare == (chosen if kind else ())
    assert len(notices) == (0 if kind or not chosen else 1)
    assert parse(dump(view), tables) == (view, ())


@pytest.mark.parametrize(
    ("first", "second", "field"), [("2022", "2023", "year"), ("csc", "tokayev", "speaker")]
)
def test_each_category_stands_where_it_is_stated(tables, first, second, field):
    rows, threats = compare(tables, first, second), tables["threats"]
    stated = {
        side: set(threats.loc[threats[field].astype("str") == side, "category"]) for side in (first, second)
    }
    labels = dict(zip(tables["categories"]["id"], tables["categories"]["label"], strict=True))
    for where, expected in (
        ("both", stated[first] & stated[second]),
        ("first", stated[first] - stated[second]),
        ("second", stated[second] - stated[first]),
    ):
        assert set(rows.loc[rows["where"] == where, "category"]) == {
            labels[category] for category in expected
        }


def test_a_comparison_of_speakers_lists_each_statement_once(tables):
    rows, threats = compare(tables, "csc", "tokayev"), tables["threats"]
    assert sorted(rows["address"]) == sorted(threats.loc[threats["speaker"].isin(["csc", "tokayev"]), "id"])

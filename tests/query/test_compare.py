import pytest

from query import View, dump, parse, select, sides
from query.compare import BOTH, FIRST, SECOND, compare


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
    assert len(notices) == (0 if kind else 1)
    assert parse(dump(view), tables) == (view, ())


@pytest.mark.parametrize(("pair", "field"), [(("2022", "2023"), "year"), (("csc", "tokayev"), "speaker")])
def test_each_statement_of_a_pair_stands_once_where_its_category_is_stated(tables, pair, field):
    groups, threats = compare(select(tables, View(compare=pair)), pair), tables["threats"]
    sides_of = threats[field].astype("str")
    first, second = (set(threats.loc[sides_of == side, "category"]) for side in pair)
    wanted = {BOTH: first & second, FIRST: first - second, SECOND: second - first}
    assert {where: {row["category"] for row in rows} for where, rows in groups.items()} == wanted
    ids = [row["id"] for rows in groups.values() for row in rows]
    assert sorted(ids) == sorted(threats.loc[sides_of.isin(pair), "id"])

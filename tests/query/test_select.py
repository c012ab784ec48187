import random
from dataclasses import replace
from itertools import combinations

import pytest
from pandas.testing import assert_frame_equal

from query import View, axis_years, choices, counts, coverage, options, parse, select
from query.records import RECORDS
from query.topics import FILTERS

DATED = ("threats", "attendance", "documents", "document_counts", "events")


def ids(rows) -> list[str]:
    return list(rows["id"])


# ---- years ----


@pytest.mark.parametrize("name", DATED)
def test_a_year_leaves_exactly_its_rows(tables, name):
    years = dict(zip(tables[name]["id"], tables[name]["year"].fillna(0), strict=True))
    assert 2023 in years.values()
    for chosen in (2022, 2023):
        expected = [record for record, year in years.items() if year == chosen]
        assert ids(select(tables, View(years=(chosen,)))[name]) == expected


def test_a_year_without_a_document_has_no_statement_and_is_not_covered(tables):
    assert 2021 in axis_years(tables)
    assert 2021 not in {one.year for one in coverage(tables)}
    assert select(tables, View(years=(2021,)))["threats"].empty


def test_two_years_are_not_the_years_between(tables):
    view, _ = parse({"years": "2020~2022"}, tables)
    assert set(select(tables, view)["events"]["year"]) == {2020, 2022}


def test_a_choice_of_years_leaves_out_what_has_none(tables):
    assert tables["events"]["year"].isna().any()
    assert not select(tables, View(years=(2022, 2023)))["events"]["year"].isna().any()


def test_years_leave_the_terms_of_chairmanship_that_touch_one_of_them(tables):
    terms = tables["chairmanships"]
    for years in [*((year,) for year in axis_years(tables)), (2020, 2022), (2023, 2024)]:
        expected = [
            row["id"]
            for row in terms.to_dict("records")
            if any(
                (row["start_earliest"] or row["end_latest"])[:4]
                <= str(year)
                <= (row["end_latest"] or "9999")[:4]
                for year in years
            )
        ]
        assert expected
        assert ids(select(tables, View(years=years))["chairmanships"]) == expected


def test_a_selection_has_all_terms_beside_those_of_its_years(tables):
    assert_frame_equal(select(tables, View(years=(2022,))).whole["chairmanships"], tables["chairmanships"])


def test_a_term_without_any_date_touches_no_year(tables, changed):
    undated = changed("chairmanships", "chair-blr-2023", start="", end="", start_earliest="", end_latest="")
    for year in axis_years(tables):
        assert "chair-blr-2023" not in ids(select(undated, View(years=(year,)))["chairmanships"])
    assert "chair-blr-2023" in ids(select(undated, View())["chairmanships"])


# ---- the other filters ----


@pytest.mark.parametrize(
    ("parameter", "table", "column"),
    [
        ("speakers", "threats", "speaker"),
        ("categories", "threats", "category"),
        ("expressed", "threats", "expressed_as"),
        ("states", "attendance", "party"),
        ("status", "attendance", "status"),
    ],
)
def test_a_filter_leaves_exactly_the_rows_with_one_of_its_values(tables, parameter, table, column):
    for value in options(tables, parameter, table):
        shown = select(tables, View(**{parameter: (value,)}))[table]
        assert ids(shown) == ids(tables[table][tables[table][column] == value])


def test_a_document_is_shown_for_each_of_its_statuses(tables):
    both = tables["documents"].loc[tables["documents"]["status"] == "signed~adopted", "id"]
    assert len(both)
    for status in ("signed", "adopted"):
        assert set(both) <= set(select(tables, View(status=(status,)))["documents"]["id"])
    assert not set(both) & set(select(tables, View(status=("decided",)))["documents"]["id"])


def test_a_status_of_documents_does_not_restrict_attendance_nor_the_reverse(tables):
    signed, absent = select(tables, View(status=("signed",))), select(tables, View(status=("absent",)))
    assert_frame_equal(signed["attendance"], tables["attendance"])
    assert_frame_equal(absent["documents"], tables["documents"])
    both = select(tables, View(status=("absent", "signed")))
    assert_frame_equal(both["attendance"], absent["attendance"])
    assert_frame_equal(both["documents"], signed["documents"])


def test_a_selection_knows_all_events(tables):
    for without in ((), ("s001",)):
        shown = select(tables, View(years=(2022,), q="drug", without=without))
        assert_frame_equal(shown.whole["events"], select(tables, View(without=without))["events"])
    assert_frame_equal(select(tables, View(years=(2022,), q="drug")).whole["events"], tables["events"])


# ---- whatever is chosen ----


def test_a_value_and_a_sample_of_pairs_show_rows_of_the_tables_and_leave_these_as_they_were(tables):
    before = {name: rows.copy() for name, rows in tables.items()}
    values = [(name, value) for name, chosen in choices(tables).items() for value in chosen]
    selections = [{name: (value,)} for name, value in values]
    for (first, one), (second, other) in random.Random(3).sample(list(combinations(values, 2)), 60):
        selections.append({first: (one, other)} if first == second else {first: (one,), second: (other,)})
    seats = set(tables["attendance"]["event"] + "." + tables["attendance"]["party"])
    known = {name: set(tables[name]["id"]) | (seats if name == "attendance" else set()) for name in RECORDS}
    for chosen in selections:
        shown = select(tables, View(**chosen))
        for name in RECORDS:
            if shown[name] is not tables[name]:
                found = shown[name]["id"].tolist()
                assert len(set(found)) == len(found), chosen
                assert known[name].issuperset(found), chosen
                assert list(shown[name].columns) == list(tables[name].columns), chosen
    for name, rows in tables.items():
        assert_frame_equal(rows, before[name])


@pytest.mark.parametrize(
    "view",
    [
        View(years=(2021,), speakers=("csc",), q="no such words"),
        View(without=("s000", "s001", "s002", "s003", "s004")),
        View(basis=("stated",)),
        View(basis=("inferred",), without=("s001",)),
        View(status=("absent", "signed"), states=("ARM",)),
    ],
)
def test_columns_and_their_types_do_not_depend_on_the_view(tables, view):
    shown = select(tables, view)
    for name, rows in tables.items():
        assert dict(shown[name].dtypes) == dict(rows.dtypes), name
        assert list(shown[name].index) == list(range(len(shown[name]))), name


# ---- counts and options ----


@pytest.mark.parametrize(
    "view", [View(), View(years=(2023,), expressed=("threat",)), View(basis=("stated",))]
)
def test_a_count_is_how_many_rows_its_choice_would_show(tables, view):
    for parameter, one in FILTERS.items():
        for table in one.columns:
            numbers = counts(tables, view, parameter, table)
            for choice in options(tables, parameter, table):
                shown = select(tables, replace(view, **{parameter: (choice,)}))[table]
                assert numbers.get(choice, 0) == len(shown), (parameter, table, choice)


def test_a_count_does_not_depend_on_its_own_filter(tables):
    assert counts(tables, View(expressed=("threat",)), "expressed", "threats") == counts(
        tables, View(), "expressed", "threats"
    )


def test_options_of_a_shared_filter_are_those_of_the_table(tables):
    attendance, documents = options(tables, "status", "attendance"), options(tables, "status", "documents")
    assert set(attendance) == set(tables["attendance"]["status"])
    assert set(documents) == set("~".join(tables["documents"]["status"]).split("~"))
    assert options(tables, "years", "threats") == tuple(
        sorted({int(year) for year in tables["threats"]["year"]})
    )

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product
from threading import Barrier, BrokenBarrierError

import pytest
from pandas.testing import assert_frame_equal

from query import Selection, View, axis_years, counts, options, parse, select
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


def test_two_years_are_not_the_years_between(tables):
    view, _ = parse({"years": "2020~2022"}, tables)
    assert set(select(tables, view)["events"]["year"]) == {2020, 2022}


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


def test_two_filters_leave_what_each_of_them_leaves_and_the_tables_as_they_were(tables):
    before = {name: rows.copy() for name, rows in tables.items()}
    chosen = {"years": (2022, 2023), "speakers": ("csc", "lukashenko"), "expressed": ("threat",), "q": "arms"}
    chosen |= {"categories": ("arms_race", "drug_trafficking"), "basis": ("stated",)}

    def left(without: tuple[str, ...], *names: str) -> list[str]:
        return ids(select(tables, View(without=without, **{name: chosen[name] for name in names}))["threats"])

    for without, (one, other) in product(((), ("s001",)), combinations(chosen, 2)):
        of_both = [record for record in left(without, one) if record in left(without, other)]
        assert left(without, one, other) == of_both
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


def test_options_of_a_shared_filter_are_those_of_the_table(tables):
    attendance, documents = options(tables, "status", "attendance"), options(tables, "status", "documents")
    assert set(attendance) == set(tables["attendance"]["status"])
    assert set(documents) == set("~".join(tables["documents"]["status"]).split("~"))
    assert options(tables, "years", "threats") == tuple(
        sorted({int(year) for year in tables["threats"]["year"]})
    )


# ---- what is kept ----


def test_views_that_select_the_same_rows_share_one_selection_which_goes_with_its_tables(tables):
    kept = Selection(tables)
    one = select(kept, View(years=(2022,)))
    assert select(kept, View(years=(2022,), sel="minsk-2023", present="1", tray=("overview",))) is one
    assert select(kept, View(years=(2023,))) is not one
    gone = weakref.ref(kept)
    del kept, one
    gc.collect()
    assert gone() is None


def test_who_asks_for_a_table_at_the_same_time_gets_the_same(tables):
    two_makers = Barrier(2)

    def make():
        with suppress(BrokenBarrierError):  # so it is: nobody else makes it too
            two_makers.wait(timeout=0.2)
        return tables["events"].copy()

    kept = Selection({"events": make})
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: kept["events"], range(2))
    assert one is other

"""A dataset that has little yet: nothing raises, and nothing is claimed."""

from itertools import product

import pytest

import query
from query import View
from query.records import RECORDS
from query.topics import CHARTS, FILTERS

VIEWS = (
    View(),
    View(years=(2022,), categories=("drug_trafficking",), states=("ARM",), status=("absent", "signed")),
    View(basis=("stated",), q="drug"),
    View(basis=("inferred",), without=("s001",)),
)


@pytest.fixture(
    scope="module",
    params=[("events",), RECORDS, (*RECORDS, "evidence", "paragraphs", "sources", "inferences")],
)
def few(request, emptied):
    return query.Selection(emptied(*request.param))


def test_no_year_can_be_chosen(few):
    assert query.axis_years(few) == ()
    assert query.choices(few)["years"] == ()
    view, notices = query.parse({"years": "2022"}, few)
    assert (view.years, len(notices)) == ((), 1)


def test_what_does_not_stand_there_is_no_address(few):
    view, notices = query.parse({"sel": "minsk-2023"}, few)
    assert (view.sel, len(notices)) == ("", 1)
    assert query.claim(few, "minsk-2023") == ""


def test_every_view_selects_tables_of_the_same_form(few):
    for view, (name, rows) in product(VIEWS, few.items()):
        assert dict(query.select(few, view)[name].dtypes) == dict(rows.dtypes), name


def test_every_page_has_a_sentence(few):
    for topic, view in product(CHARTS, VIEWS):
        text, rows = query.sentence(few, view, topic), [few[noun.table] for noun in CHARTS[topic].nouns]
        assert text.endswith(".")
        assert text.startswith("There are no ") == all(table.empty for table in rows)


def test_every_filter_can_be_counted(few):
    for parameter, one in FILTERS.items():
        for table in one.columns:
            numbers = query.counts(few, View(), parameter, table)
            assert set(numbers) <= set(query.options(few, parameter, table))


def test_a_term_has_no_years(few, tables):
    for term in tables["chairmanships"]["id"]:
        assert query.term_years(few, term, query.axis_years(few)) == ()
        assert isinstance(query.of_term(few, term), dict)

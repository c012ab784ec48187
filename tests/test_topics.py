"""The registry of charts, pages and filters: its files are there, its tables too, and nothing else is one."""

import ast
import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from loaders import ROOT
from query import CHARTS, PAGES, TOPICS, View, rows_shown
from query.records import RECORDS
from query.topics import FILTERS, HOME, shown_by
from query.view import LISTS
from tests.frozen import served
from tests.test_layers import parsed

# What cards and slides ask of the module of a chart.
ASKED = {"SUBTITLE", "grid", "headline", "alt", "twin"}


def defined(file: Path) -> set[str]:
    """The names that a module defines at its top level."""
    body = parsed(file).body
    named = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    targets = (target for node in body if isinstance(node, ast.Assign) for target in node.targets)
    return named | {target.id for target in targets if isinstance(target, ast.Name)}


# ---- topics and their files ----


def test_every_chart_has_its_file_and_every_file_of_a_chart_its_topic():
    files = {file.stem for file in (ROOT / "charts").glob("*.py") if {"grid", "twin"} <= defined(file)}
    assert files == set(CHARTS)


def test_the_file_of_a_chart_has_all_that_cards_and_slides_ask_of_it():
    modules = {name: import_module(f"charts.{name}") for name in CHARTS}
    assert [(name, part) for name in CHARTS for part in ASKED if not hasattr(modules[name], part)] == []


def test_every_page_has_its_file_which_draws_it_and_every_file_of_a_page_its_topic():
    files = {f"pages/{file.name}" for file in (ROOT / "pages").glob("*.py")} | {"dashboard.py"}
    assert {page.file for page in PAGES.values()} == files
    for name, page in PAGES.items():
        code = (ROOT / page.file).read_text(encoding="utf-8")
        assert re.findall(r"^ *page\((.*?)[,)]", code, re.M) == [f'"{name}"']


def test_the_home_page_is_at_the_root_and_all_others_at_their_names():
    assert {name: page.address for name, page in PAGES.items()} == {
        name: "/" if name == HOME else f"/{name}" for name in PAGES
    }


# ---- what a topic says of itself ----


def test_a_topic_is_a_chart_or_a_page_or_both():
    assert {*CHARTS, *PAGES} == set(TOPICS)


def test_every_chart_stands_on_one_page_which_has_one_of_its_own_that_its_sentence_and_filters_are_about():
    shown = [part.name for page in PAGES.values() for part in page.charts]
    assert sorted(shown) == sorted(CHARTS)
    assert [name for name, page in PAGES.items() if page.charts and page.charts[0] is not page] == []


def test_the_question_of_a_page_is_a_sentence_and_its_label_a_word_or_two():
    for page in PAGES.values():
        assert re.fullmatch(r"[A-Z].+\?", page.question)
    for topic in TOPICS.values():
        assert re.fullmatch(r"[A-Z]\w+( \w+)?", topic.label)


def test_all_slides_of_the_standard_briefing_are_charts():
    assert {name for name, topic in TOPICS.items() if topic.standard} <= set(CHARTS)


def test_the_rows_of_every_record_lead_to_a_page():
    assert {table: shown_by(table).page.name in PAGES for table in RECORDS} == dict.fromkeys(RECORDS, True)
    with pytest.raises(LookupError, match="people"):
        shown_by("people")


def test_rows_of_a_table_that_has_a_chart_of_its_own_lead_there():
    for topic in CHARTS.values():
        assert shown_by(topic.table).table == topic.table


def test_the_rows_of_a_chart_are_those_that_it_counts():
    tables = served().tables
    for name, topic in CHARTS.items():
        shown = rows_shown(tables, topic)
        assert list(shown) == list(topic.tables)
        for table, rows in shown.items():
            nouns = [noun for noun in topic.nouns if noun.table == table]
            counted = [
                row for row in tables[table].to_dict("records") if any(one.holds(row) for one in nouns)
            ]
            assert len(rows) == len(counted) > 0, (name, table)


# ---- filters ----


def test_a_filter_is_a_list_of_the_view_and_every_list_that_cuts_rows_is_a_filter():
    assert set(FILTERS) == set(LISTS) - {"basis", "without"}, "those two cut what a claim may rest on"
    assert set(FILTERS) <= {field.name for field in fields(View)}


def test_a_filter_looks_into_columns_that_exist():
    tables = served().tables
    for one in FILTERS.values():
        assert {table: column in tables[table] for table, column in one.columns.items()} == dict.fromkeys(
            one.columns, True
        )


def test_a_filter_of_a_page_cuts_what_the_page_shows():
    for page in PAGES.values():
        assert [one.name for one in page.filters if not page.cut_by(one)] == []

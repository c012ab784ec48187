import re
from itertools import product

import pandas as pd
import pytest

from query import (
    UNCOVERED,
    View,
    choices,
    options,
    restrictions,
    rows_of,
    select,
    sentence,
    set_elsewhere,
    uncovered,
)
from query.sentence import SAID
from query.topics import CHARTS


def number(text: str) -> tuple[int, int]:
    """`9 of 61` of a sentence."""
    return tuple(map(int, re.search(r"(\d+) of (\d+)", text).groups()))


def test_a_sentence_counts_what_is_shown_of_all_and_the_sources(tables):
    view = View(years=(2022, 2023), expressed=("threat",))
    shown = select(tables, view)["threats"]
    cited = {source for cell in shown["source"] for source in cell.split("~")}
    assert sentence(tables, view, "threats") == (
        f"2022 and 2023, threats only: {len(shown)} of {len(tables['threats'])} statements, "
        f"from {len(cited)} of {len(tables['sources'])} sources."
    )


@pytest.mark.parametrize(
    ("topic", "view"),
    [*product(("overview", "documents", "threats"), (View(), View(years=(2023,)))), ("chairmanship", View())],
)
def test_a_sentence_counts_each_thing_of_its_chart_apart(tables, topic, view):
    text, shown = sentence(tables, view, topic), select(tables, view)
    for noun in CHARTS[topic].nouns:
        number, all_there_are = (len(rows_of(rows, noun)) for rows in (shown, tables))
        part = f"{number or 'none'} of " if view.years else ""
        assert f"{part}{noun.counted(all_there_are)}" in text
    assert bool(re.search(r"\d of \d+ (?!sources)", text)) == bool(view.years), (
        "of all there is, how many that is"
    )


def test_every_view_of_every_page_has_a_sentence(tables):
    for topic in CHARTS:
        lists = [{name: chosen[:1]} for name, chosen in choices(tables).items()]
        lists = [*lists, {"q": "drug"}, {"years": (2021,)}]
        for chosen, other in product(lists, [{}, {"q": "drug", "years": (2021, 2022), "without": ("s001",)}]):
            text = sentence(tables, View(**(chosen | other)), topic)
            assert re.fullmatch(r"[A-Z0-9“][^_~\n]*\.", text), text
            assert not re.search(r"\bNone\b|<NA>|nan|[(, ]0 |\b1 \w+s\b|, ,|  |: ;|\(\)|and and", text), text


def test_a_list_of_every_choice_or_of_every_one_on_the_page_is_not_worth_a_word(tables):
    lists = [(topic, {name: chosen}) for topic in CHARTS for name, chosen in choices(tables).items()]
    lists = [(topic, chosen) for topic, chosen in lists if "without" not in chosen]
    for topic, name in (("documents", "status"), ("attendance", "status"), ("threats", "speakers")):
        lists.append((topic, {name: options(tables, name, CHARTS[topic].table)}))
    for topic, chosen in lists:
        assert sentence(tables, View(**chosen), topic) == sentence(tables, View(), topic)


@pytest.mark.parametrize("topic", ["threats", "documents", "attendance"])
def test_a_year_without_a_document_is_never_a_zero(tables, topic):
    assert sentence(tables, View(years=(2021,)), topic) == f"2021: {UNCOVERED}."


def test_what_is_announced_for_a_year_without_a_document_is_counted_and_the_silence_is_said(tables):
    text = sentence(tables, View(years=(2021,)), "overview")
    announced = tables["events"]["status"].eq("planned")
    assert number(text) == (int((announced & tables["events"]["year"].eq(2021)).sum()), announced.sum())
    assert "announced event" in text
    assert "none" not in text, "what others say in passing is counted, and nothing is a zero"
    assert text.endswith(f"; {UNCOVERED}.")


def test_a_year_without_a_document_among_others_is_named(tables):
    text = sentence(tables, View(years=(2021, 2022)), "threats")
    assert text.startswith("2021 and 2022: ")
    assert text.endswith(f"; {uncovered((2021,))}.")
    assert uncovered((2021,)) == "no source reports an event held in 2021"


def test_a_year_loses_its_document_with_the_source(tables):
    text = sentence(tables, View(years=(2020,), without=("s002",)), "threats")
    assert text == f"2020, without pm.kz: {UNCOVERED}."


@pytest.mark.parametrize("topic", ["documents", "overview"])
def test_the_axis_is_not_named_while_earlier_or_undated_rows_are_shown(tables, topic):
    years = tables[CHARTS[topic].table]["year"]
    assert (years < 2020).any()
    assert sentence(tables, View(), topic).startswith("All years")
    assert ("undated" in sentence(tables, View(), topic)) == years.isna().any()


def test_an_undated_document_is_said_to_be_shown(tables, changed):
    undated = changed("documents", "budget-2023", year=pd.NA)
    assert sentence(undated, View(), "documents").startswith("All years and undated: ")


def test_attendance_counts_present_absent_and_not_stated(tables):
    for view in (View(), View(years=(2022,)), View(without=("s001",))):
        shown = select(tables, view)["attendance"]
        rows, cited = shown["status"], {source for cell in shown["source"] for source in cell.split("~")}
        text = sentence(tables, view, "attendance")
        for status, words in SAID.items():
            assert f"{(rows == status).sum() or 'none'} {words}" in text
        every = len(tables["attendance"])
        assert f": {len(rows)} of {every} places" in text or (
            f": {every} places" in text and len(rows) == every
        )
        assert f"from {len(cited - {''})} of 5 sources" in text


def test_a_status_that_is_filtered_away_is_not_counted_as_none(tables):
    text = sentence(tables, View(status=("absent", "not_stated")), "attendance")
    assert "present" not in text
    assert "reported absent or not stated" in text


def test_a_filter_of_another_page_is_not_mentioned(tables):
    for topic, view in (
        ("threats", View(status=("signed",), states=("ARM",))),
        ("documents", View(speakers=("csc",), status=("present",))),
        ("sources", View(years=(2022,), q="drug", basis=("stated",))),
        ("chairmanship", View(years=(2022,))),
    ):
        assert sentence(tables, view, topic) == sentence(tables, View(), topic)


@pytest.mark.parametrize(
    ("view", "topic", "words"),
    [
        (View(speakers=("csc", "source_text")), "threats",
         "by the Collective Security Council and the source's own text"),
        (View(categories=("cyber_information", "arms_race")), "threats",
         "on “Cyber and information” and “Arms race”"),
        (View(states=("ARM", "SG")), "attendance", "Armenia and the Secretary General"),
        (View(status=("signed", "in_force")), "documents", "signed or in force"),
        (View(basis=("stated",)), "threats", "only what is stated"),
        (View(expressed=("priority",)), "threats", "actions only"),
        (View(without=("s000", "s001")), "threats", "without naisnews.com and sb.by"),
        (View(q="drug"), "threats", "containing “drug”"),
    ],
)  # fmt: skip
def test_a_filter_is_said_in_words(tables, view, topic, words):
    assert words in sentence(tables, view, topic)


def test_many_values_are_counted_instead_of_named(tables):
    view = View(categories=choices(tables)["categories"][:5], states=choices(tables)["states"][:5])
    assert f"on 5 of {len(tables['categories'])} categories" in sentence(tables, view, "threats")
    assert "5 of 7 parties" in sentence(tables, view, "attendance")


def test_nothing_shown_is_said_without_sources(tables):
    assert sentence(tables, View(years=(2022,), q="xylophone"), "threats") == (
        f"2022, containing “xylophone”: none of {len(tables['threats'])} statements."
    )
    said = sentence(tables, View(q="xylophone"), "overview")
    assert said.count("none of") == len(CHARTS["overview"].nouns)


def test_filters_of_one_kind_of_rows_are_one_phrase_and_those_of_other_pages_are_told_by_page(tables):
    threats = {"expressed": ("threat",), "speakers": ("lukashenko",), "categories": ("afghanistan",)}
    said = "of statements only threats by Aleksandr Lukashenko on “Afghanistan”"
    assert restrictions(tables, View(**threats), "overview") == [said]
    assert restrictions(tables, View(**threats | {"expressed": ()}), "chairmanship") == [
        "of statements only those by Aleksandr Lukashenko on “Afghanistan”"
    ]
    view = View(**threats, status=("absent", "signed"), years=(2022,))
    assert restrictions(tables, view, "attendance") == ["2022", "reported absent"]
    assert set_elsewhere(tables, view, "attendance") == [
        "signed (Documents)",
        "threats only, by Aleksandr Lukashenko, on “Afghanistan” (Threats)",
    ]
    assert set_elsewhere(tables, view, "overview") == ["reported absent (Attendance)"]


def test_one_of_one_is_singular(tables):
    one = {**tables, "threats": tables["threats"].iloc[:1], "sources": tables["sources"].iloc[2:3]}
    assert sentence(one, View(), "threats").endswith(": 1 statement, from 1 source.")

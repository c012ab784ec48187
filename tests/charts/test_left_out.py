"""A year that a view leaves out is said to be left out: it is no zero, and none of what is not reported.

Slides of one briefing share their years. What a view shows of them is all that its chart may speak of.
"""

import re
from dataclasses import replace
from itertools import product

import pytest

import query
from charts import documents, threats
from charts.axis import Axis
from query import vocabulary
from tests.charts.conftest import TOPICS, read, texts, traces

WITH_YEARS = [topic for topic in TOPICS if topic != "sources"]
CHOICES = [(2022,), (2020, 2022), (2022, 2023, 2024)]
SHORT = vocabulary.LEFT_OUT_SHORT
EMPTY = re.compile(r"\b(0|none|no document reported|no session reported as held)\b")


@pytest.fixture
def slide(tables, axis):
    """What a slide shows of some years, on the axis of a briefing with all of them."""

    def cut(*years: int):
        shown = dict(query.select(tables, query.View(years=years)))
        for name in ("all_documents", "all_attendance"):
            shown[name] = shown[name][shown[name]["year"].isin(years)]
        return shown, replace(axis, left_out=frozenset(axis.years) - set(years))

    return cut


def silent_years(axis: Axis) -> list[int]:
    """The years left out that some source covers: of the others their hatch says why they are silent."""
    return sorted(axis.left_out - set(axis.uncovered))


def drawn(topic: str, shown, axis: Axis, narrow: bool):
    chart = TOPICS[topic]
    return read(chart.figure(chart.marks(shown, axis), shown, axis, narrow=narrow))


def plain(text: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def place(topic: str, figure, year: int) -> list[float]:
    """Where the words stand that say of a year that it is left out; of speakers in each panel."""
    notes = [note for note in figure.layout.annotations if SHORT in plain(note.text)]
    if topic in ("threats", "speakers"):
        heads = (str(year), f"’{year % 100:02d}")
        notes = [note for note in notes if plain(note.text).startswith(heads)]
    return [note.x for note in notes]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("years", CHOICES, ids=lambda years: "-".join(map(str, years)))
@pytest.mark.parametrize("topic", WITH_YEARS)
def test_every_year_left_out_is_said_to_be_left_out(topic, slide, years, narrow):
    shown, axis = slide(*years)
    figure = drawn(topic, shown, axis, narrow)
    silent = silent_years(axis)
    assert silent
    if topic in ("threats", "speakers"):
        for year in silent:
            assert place(topic, figure, year), f"{year} is not said to be left out"
    elif topic in ("overview", "chairmanship"):
        assert len(place(topic, figure, 0)) == len(silent)
    else:
        heads = [text for text in map(plain, texts(figure)) if text == vocabulary.LEFT_OUT_SHORT]
        assert len(heads) == len(axis.left_out), "in the head of each column, whatever room there is"


def test_with_no_year_left_out_none_is_said_to_be(whole):
    for topic, narrow in product(WITH_YEARS, (False, True)):
        assert not [text for text in texts(read(whole(topic, narrow=narrow))) if SHORT in text]


@pytest.mark.parametrize("years", CHOICES, ids=lambda years: "-".join(map(str, years)))
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_number_of_a_year_left_out_is_neither_a_zero_nor_none(slide, years, narrow):
    shown, axis = slide(*years)
    for topic in ("threats", "speakers"):
        heads = [plain(text) for text in texts(drawn(topic, shown, axis, narrow)) if "<br>" in text]
        for year in silent_years(axis):
            of_year = [head for head in heads if head.startswith((str(year), f"’{year % 100:02d}"))]
            assert of_year
            assert all(SHORT in head and not EMPTY.search(head) for head in of_year)
    for topic in ("documents", "attendance"):
        said = " ".join(map(plain, texts(drawn(topic, shown, axis, narrow))))
        none = [year for year in years if year not in set(shown[topic]["year"].dropna())]
        assert len(re.findall("no document reported|no session reported as held", said)) <= len(none)


def test_the_row_of_named_documents_says_left_out_in_the_columns_of_a_year_left_out(tables, axis):
    whole = read(documents.figure(documents.marks(tables, axis), tables, axis))
    cut = replace(axis, left_out=frozenset({2020}))
    figure = read(documents.figure(documents.marks(tables, cut), tables, cut))
    at_2020 = next(note.x for note in whole.layout.annotations if note.text == "<b>2020</b>")
    at_2022 = next(note.x for note in whole.layout.annotations if note.text == "<b>2022</b>")
    before = {(note.x, note.y): note.text for note in whole.layout.annotations}
    after = {(note.x, note.y): note.text for note in figure.layout.annotations}
    changed = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    assert changed, "a number became words"
    assert {after[at] for at in changed} == {SHORT}
    assert all(at_2020 <= x < at_2022 for x, _ in changed)


def test_the_total_of_a_view_whose_years_are_all_silent_is_a_dash(slide, empty, axis):
    covered = tuple(year for year in axis.years if year not in axis.uncovered)
    none = replace(axis, left_out=frozenset(covered))
    said = texts(read(threats.figure(threats.marks(empty, none), empty, none)))
    assert "none" not in said
    assert not EMPTY.search(" ".join(map(plain, said)))
    some = replace(axis, left_out=frozenset(covered[1:]))
    said = texts(read(threats.figure(threats.marks(empty, some), empty, some)))
    assert "none" in said, "of the year that the view shows"


def test_a_year_that_no_source_covers_is_hatched_also_where_the_view_leaves_it_out(slide):
    shown, axis = slide(2022)
    assert axis.left_out & set(axis.uncovered)
    for topic in WITH_YEARS:
        assert traces(drawn(topic, shown, axis, False), query.UNCOVERED)

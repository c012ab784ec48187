"""Colours have their translation, and every word that is drawn has its look."""

from typing import get_args

import pytest

from charts import theme, words
from loaders import dates, records


def test_both_editions_have_the_same_names():
    assert theme.INK.keys() == theme.NIGHT.keys()


def test_every_colour_is_translated_for_the_dark_edition():
    css = theme.editions()
    for name, code in theme.INK.items():
        assert f"--{name}:light-dark({code},{theme.NIGHT[name]})" in css
    assert list(theme.drawn().values()) == list(theme.INK)
    assert theme.drawn()["rgb(26, 26, 26)"] == "ink"


def test_no_size_is_below_12_px():
    assert min(theme.SIZE.values()) == 12


@pytest.mark.parametrize(
    ("looks", "vocabulary"),
    [
        (theme.ATTENDANCE, (*get_args(records.AttendanceStatus), "not_stated")),
        (theme.EXPRESSED, get_args(records.ExpressedAs)),
        (theme.DOCUMENT_STATUS, get_args(records.DocumentStatus)),
        (theme.DOCUMENT_KIND, (*get_args(records.DocumentKind), "")),
        (theme.EVENT_KIND, (*get_args(records.EventKind), "")),
        (theme.EVENT_STATUS, get_args(records.EventStatus)),
        (theme.FORMAT, (*get_args(records.EventFormat), "")),
        (theme.BASIS, ("stated", "inferred")),
        (theme.PARAGRAPH_USE, ("cited", "skipped")),
    ],
)
def test_every_word_of_a_vocabulary_has_its_look_and_no_other(looks, vocabulary):
    assert sorted(looks) == sorted(vocabulary)


def test_the_statuses_of_documents_stand_from_strong_to_weak():
    assert list(theme.DOCUMENT_STATUS) == list(get_args(records.DocumentStatus))


@pytest.mark.parametrize(
    "looks", [theme.ATTENDANCE, theme.EXPRESSED, theme.EVENT_STATUS, theme.BASIS, theme.PARAGRAPH_USE]
)
def test_states_differ_by_shape_or_fill(looks):
    assert len({(look.shape, look.fill) for look in looks.values()}) == len(looks)


def test_kinds_of_events_differ_by_shape():
    shapes = [look.shape for kind, look in theme.EVENT_KIND.items() if kind]
    assert len(set(shapes)) == len(shapes)


def test_a_kind_that_no_source_states_any_more_is_said_to_be_not_stated():
    assert "not stated" in theme.EVENT_KIND[""].words
    assert "not stated" in theme.DOCUMENT_KIND[""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-01-01", "1 Jan 2024"), ("2023-11", "Nov 2023"), ("2024-36", "fourth quarter of 2024"),
        ("2020", "2020"), ("2022-05", "May 2022"),
    ],
)  # fmt: skip
def test_a_date_is_abbreviated_and_never_made_finer(text, said):
    assert words.abbreviated(dates.words(text)) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2022,), "2022"),
        ((2020, 2021, 2022), "2020 to 2022"),
        ((2020, 2022), "2020 and 2022"),
        ((), "no year"),
    ],
)
def test_a_choice_of_years_is_not_said_as_a_run(years, said):
    assert words.years(years) == said


def test_text_is_escaped_once():
    assert words.escape("<a> & b") == "&lt;a&gt; &amp; b"
    assert words.folded("a & b <c>", 5) == "a &amp; b<br>&lt;c&gt;"

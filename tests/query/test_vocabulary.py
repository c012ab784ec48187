"""Every word of the schema is called something, and English is put together in one way."""

from typing import get_args

import pytest

from loaders import dates, records
from query import vocabulary, words
from query.wording import abbreviated


@pytest.mark.parametrize(
    ("called", "schema"),
    [
        (vocabulary.ATTENDANCE, (*get_args(records.AttendanceStatus), "not_stated")),
        (vocabulary.EXPRESSED, get_args(records.ExpressedAs)),
        (vocabulary.DOCUMENT_STATUS, get_args(records.DocumentStatus)),
        (vocabulary.DOCUMENT_KIND, (*get_args(records.DocumentKind), "")),
        (vocabulary.EVENT_KIND, (*get_args(records.EventKind), "")),
        (vocabulary.EVENT_STATUS, get_args(records.EventStatus)),
        (vocabulary.TERM_STATUS, (*get_args(records.EventStatus), "")),
        (vocabulary.FORMAT, (*get_args(records.EventFormat), "")),
        (vocabulary.PARAGRAPH_USE, ("cited", "skipped")),
    ],
)
def test_every_word_of_the_schema_is_called_something_and_no_other(called, schema):
    assert sorted(called) == sorted(schema)


def test_the_statuses_of_documents_stand_from_strong_to_weak():
    assert list(vocabulary.DOCUMENT_STATUS) == list(get_args(records.DocumentStatus))


def test_a_kind_that_no_source_states_any_more_is_said_to_be_not_stated():
    for called in (vocabulary.EVENT_KIND, vocabulary.DOCUMENT_KIND, vocabulary.FORMAT):
        assert "not stated" in called[""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-01-01", "1 Jan 2024"), ("2023-11", "Nov 2023"), ("2024-36", "fourth quarter of 2024"),
        ("2020", "2020"), ("2022-05", "May 2022"),
    ],
)  # fmt: skip
def test_a_date_is_abbreviated_and_never_made_finer(text, said):
    assert abbreviated(dates.words(text)) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2022,), "2022"), ((2022, 2023), "2022 and 2023"), ((2020, 2021, 2022), "2020 to 2022"),
        ((2020, 2022), "2020 and 2022"), ((), "no year"),
    ],
)  # fmt: skip
def test_a_choice_of_years_is_not_said_as_a_run(years, said):
    assert words.years(years) == said

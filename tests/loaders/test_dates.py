"""Dates: four forms, judged against the edtf library where that is right."""

from datetime import date

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.dates import parse, words

FORMS = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
    st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(33, 36)),
)


@settings(max_examples=15)  # the library parses slowly
@given(FORMS)
def test_a_span_is_the_one_that_edtf_reads(text):
    earliest, latest, _ = parse(text)
    oracle = edtf.parse_edtf(text)
    assert (earliest.year, earliest.month, earliest.day) == oracle.lower_strict()[:3]
    assert (latest.year, latest.month, latest.day) == oracle.upper_strict()[:3]


SPANS = [
    ("2020", date(2020, 1, 1), date(2020, 12, 31), "year"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ("2022-05-16", date(2022, 5, 16), date(2022, 5, 16), "day"),
    ("2024-33", date(2024, 1, 1), date(2024, 3, 31), "quarter"),
    ("2024-36", date(2024, 10, 1), date(2024, 12, 31), "quarter"),
    ("9999", date(9999, 1, 1), date(9999, 12, 31), "year"),
]


def test_a_date_means_all_days_that_it_may_be():
    for text, earliest, latest, precision in SPANS:
        assert parse(text) == (earliest, latest, precision)


NO_DATES = [
    *("", "20", "2023-1", "2023-13", "2023-00", "2024-32", "2024-37", "2023-02-29", "2023-04-31", "0000"),
    *("2023-1-5", "2023-33-01", "2023/2024", "2023~", "2023-11-", " 2023", "2023\n", "-2023"),
    *("16 May 2022", "２０２３", "2023-11-01T00:00"),
]


def test_other_texts_and_impossible_days_are_refused():
    for text in NO_DATES:
        with pytest.raises(ValueError, match=r"^must be a "):
            parse(text)


SAID = [
    ("2022-05-16", "16 May 2022"),
    ("2022-11", "November 2022, day not stated"),
    ("2024-36", "fourth quarter of 2024, month not stated"),
    ("2024-33", "first quarter of 2024, month not stated"),
    ("2020", "2020, month not stated"),
    ("", "date not stated"),
]


def test_words_say_what_is_not_stated():
    for text, said in SAID:
        assert words(text) == said

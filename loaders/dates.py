"""Dates that are as precise as a source states them, in four EDTF (ISO 8601-2) forms and no more.

`2020` is a year, `2023-11` a month, `2022-05-16` a day, `2024-36` a quarter (33 to 36: first to fourth).
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

RULE = "must be a date such as '2020', '2023-11', '2022-05-16' or '2024-36' (33 to 36 are the quarters)"
FORMS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MONTHS = (  # not calendar.month_name, which follows the language of the machine
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DATES_KEPT = 4096  # a date occurs in many records
QUARTERS = {33: "first", 34: "second", 35: "third", 36: "fourth"}


class Span(NamedTuple):
    """The days that a date may mean, both ends included; `precision` is day, month, quarter or year."""

    earliest: date
    latest: date
    precision: str


@lru_cache(DATES_KEPT)
def parse(text: str) -> Span:
    """The span of a date text. Raises ValueError, which says what must hold, for any other."""
    form = FORMS.fullmatch(text)
    if form is None:
        raise ValueError(RULE)
    year, month, day = (int(part) if part else None for part in form.groups())
    try:
        if month is None:
            return Span(date(year, 1, 1), date(year, 12, 31), "year")
        if day is not None:
            return Span(date(year, month, day), date(year, month, day), "day")
        if month in QUARTERS:
            last = 3 * (month - 32)
            return Span(date(year, last - 2, 1), _month_end(year, last), "quarter")
        return Span(date(year, month, 1), _month_end(year, month), "month")
    except ValueError:
        raise ValueError("must be a day, month or quarter that exists") from None


def words(text: str) -> str:
    """A date text in words, which say what is not stated; the empty text gives `date not stated`."""
    if not text:
        return "date not stated"
    earliest, latest, precision = parse(text)
    if precision == "day":
        return f"{earliest.day} {MONTHS[earliest.month - 1]} {text[:4]}"
    if precision == "month":
        return f"{MONTHS[earliest.month - 1]} {text[:4]}, day not stated"
    if precision == "quarter":
        return f"{QUARTERS[32 + latest.month // 3]} quarter of {text[:4]}, month not stated"
    return f"{text[:4]}, month not stated"


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])

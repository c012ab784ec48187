"""Naming: which words name a date, a person, a state or a number, and which speak of what is to come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import dates, naming

DAYS = st.dates(min_value=dates.date(1900, 1, 1), max_value=dates.date(2099, 12, 31))
SPELLINGS = {
    "4 May 2022": lambda day: f"{day.day} {dates.MONTHS[day.month - 1]} {day.year}",
    "May 4, 2022": lambda day: f"held on {dates.MONTHS[day.month - 1]} {day.day}, {day.year} in Moscow",
    "4th of Sep. 2022": lambda day: f"the {day.day}th of {dates.MONTHS[day.month - 1][:3]}. {day.year}",
    "04.09.2022": lambda day: f"Posted: {day.day:02}.{day.month:02}.{day.year}",
    "2022-09-04": lambda day: day.isoformat(),
    "9/4/2022": lambda day: f"{day.month}/{day.day}/{day.year}",
}


@given(DAYS, st.sampled_from(list(SPELLINGS.values())))
def test_a_day_is_named_however_it_is_printed(day, spelled):
    assert naming.unnamed_parts(day.isoformat(), [spelled(day)]) == []


@given(DAYS, DAYS)
def test_the_parts_in_which_two_days_differ_are_those_that_are_not_named(day, other):
    differing = [part for part in ("year", "month", "day") if getattr(day, part) != getattr(other, part)]
    assert naming.unnamed_parts(other.isoformat(), [SPELLINGS["4 May 2022"](day)]) == differing


@given(DAYS)
def test_words_that_name_no_time_name_no_part_of_a_day(day):
    quote = "this may be the last session that marches on"
    assert naming.unnamed_parts(day.isoformat(), [quote]) == ["year", "month", "day"]


@given(DAYS, st.text())
def test_more_quotes_never_take_a_part_away(day, text):
    parts = naming.unnamed_parts(day.isoformat(), [text])
    assert set(naming.unnamed_parts(day.isoformat(), [text, SPELLINGS["4 May 2022"](day)])) <= set(parts)


@pytest.mark.parametrize(
    ("date", "quote", "missing"),
    [
        ("2024-36", "in the fourth quarter of 2024", []),
        ("2024-36", "in the last quarter of 2024", []),
        ("2024-36", "Q4 2024", []),
        ("2024-36", "between October and December 2024", []),
        ("2024-33", "in the fourth quarter of 2024", ["quarter"]),
        ("2024-36", "in 2024", ["quarter"]),
        ("2021", "from 2020 to 2021", []),
        ("2021", "the years 2020/21", []),
        ("2021", "in 2020", ["year"]),
        ("2021", "this year", ["year"]),
        ("2024-10", "on 31.10.24", []),
        ("2024-10", "in 10.2024", []),
        ("2024-05-21", "the twenty-first of May 2024", []),
        ("2024-05-30", "on the thirtieth of May 2024", []),
        ("2024-05-01", "the first session of 2024", ["month", "day"]),
        ("2024-09", "Sept. 2024", []),
        ("2024-05", "which may happen in 2024", ["month"]),
        ("2024-01-01", "from January 1st, 2024", []),
        ("2024-01-12", "120 documents of January 2024", ["day"]),
    ],
)
def test_the_parts_of_a_date_that_words_do_not_name(date, quote, missing):
    assert naming.unnamed_parts(date, [quote]) == missing


@pytest.mark.parametrize(
    ("quote", "relative"),
    [
        ("Last November, during a session", True),
        ("presiding over the organisation this year", True),
        ("they met yesterday", True),
        ("the next session", False),
        ("in 2024", False),
    ],
)
def test_a_distance_in_time_is_told_from_a_date(quote, relative):
    assert naming.is_relative([quote]) == relative


@pytest.mark.parametrize(
    ("spellings", "quote", "named"),
    [
        (["Mira Stone"], "President Stone’s words", True),
        (["Mira Stone"], "MIRA STONE", True),
        (["Mira Stone"], "a stonemason spoke", False),
        (["Mira Stone", "Mirra Stoun"], "said Stoun", True),
        (["Ana Saint-John"], "Saint-John said", True),
        (["Ana Saint-John"], "John said", False),
        (["Мира Стоун"], "сказала Стоун", True),
        (["[President of Upland]"], "the President of Upland warned", True),
    ],
)
def test_a_family_name_in_a_listed_spelling_names_a_person(spellings, quote, named):
    assert naming.names_person(spellings, quote) == named


def test_a_name_of_another_language_may_have_another_ending():
    assert not naming.names_person(["Асан Токаев"], "слова Токаева")
    assert naming.names_person(["Асан Токаев"], "слова Токаева", inflected=True)


@pytest.mark.parametrize(
    ("state", "quote", "named"),
    [
        ("Armenia", "the Armenian side decided", True),
        ("Belarus", "the Belarusian presidency", True),
        ("Tajikistan", "Tajik soldiers", True),
        ("Kyrgyz Republic", "the Kyrgyz side", True),
        ("Armenia", "an army of friends", False),
        ("Russia", "the president of Belarus", False),
    ],
)
def test_a_state_is_named_by_its_name_and_by_what_is_of_it(state, quote, named):
    assert naming.names_state(state, quote) == named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Council will consider a statement", "will"),
        ("it is to take place in Astana", "is to"),
        ("to be held in this country", "to be"),
        ("Lowland plans to stay away", "plans to"),
        ("a show of political will", ""),
        ("against the will of nobody", ""),
        ("the Council adopted a statement", ""),
        ("Goodwill and willpower", ""),
    ],
)
def test_words_of_the_future_are_found_and_a_will_is_none(text, words):
    assert naming.future(text) == words


@pytest.mark.parametrize(
    "note",
    [
        "No source read says whether it was held.",
        "No source read reports that the term began.",
        "The text puts it in the future tense; it names nobody as chair.",
        "The text only announces it.",
        "Next Session of the Collective Security Council",
        "The upcoming conference",
    ],
)
def test_titles_and_notes_of_what_is_only_announced_are_told_from_others(note):
    assert naming.announcement(note)
    assert not naming.announcement("Whether it met in one place is not said.")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("over two billion people", {"2": "two", "billion": "billion"}),
        ("the 30th year and 15 documents", {"30": "30th", "15": "15"}),
        ("no one counts", {}),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text, numbers):
    assert naming.numbers(text) == numbers


@pytest.mark.parametrize(
    ("summary", "quotes", "unsaid"),
    [
        ("Says that Kiev sells arms", ["weapons supplied to Kiev"], []),
        ("Says that Kiev sells arms", ["weapons supplied to Minsk"], ["Kiev"]),
        ("Works with the CIS", ["the Commonwealth of Independent States"], []),
        ("Works with the United Nations", ["cooperation with the UN"], []),
        ("Works with the UN", ["the Global Organization"], ["UN"]),
        ("Speaks of Afghan borders", ["near Afghanistan"], []),
        ("Nobody is named. Floods grow", ["more floods"], []),
    ],
)
def test_names_that_no_quote_has_are_found(summary, quotes, unsaid):
    assert naming.unsaid_names(summary, quotes) == unsaid


@given(st.text())
def test_any_text_can_be_asked(text):
    naming.date_words([text]), naming.is_relative([text]), naming.numbers(text)
    assert naming.unsaid_names(text, [text]) == []
    assert naming.announcement(text) or not naming.future(text)

"""Naming: whether quoted words name a date, a person, a state or a number, or speak of what is to come.

Words compare as `verify` compares them (`loaders.quotes`). The names of months and numbers, and the words of
the future, are known in English alone; so of a quote in another language only digits and names are judged.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders import dates, quotes

MONTHS = {name.casefold()[:size]: number for number, name in enumerate(dates.MONTHS, 1) for size in (3, 9)}
MONTHS["sept"] = 9
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
TENS = {"twenty": 20, "thirty": 30}  # before an ordinal: twenty-first
QUARTERS = {  # what stands before the word quarter
    **{"first": 33, "second": 34, "third": 35, "fourth": 36, "last": 36},
    **{"1st": 33, "2nd": 34, "3rd": 35, "4th": 36, "i": 33, "ii": 34, "iii": 35, "iv": 36},
}
SEASONS = {"spring": {33, 34}, "summer": {34, 35}, "autumn": {35, 36}, "fall": {35, 36}, "winter": {33, 36}}
YEARS = re.compile(r"(?<!\d)(\d{4})(?:[/–-](\d{2}))?(?!\d)")  # 2020, and both years of 2020/21
DAYS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![^\W_])")
NUMERIC_DATES = re.compile(  # 31.10.2024, 10/31/24; 2024-10-31, 2024-10; 10.2024
    r"(?<!\d)(?:(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})"
    r"|(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?|(\d{1,2})[./](\d{4}))(?!\d)"
)

# "this year" names no year
RELATIVE = {"this", "last", "next", "current", "outgoing", "coming", "previous", "past"}
PERIODS = {"year", "month", "week", "quarter", *SEASONS, *MONTHS}
RELATIVE_ALONE = {"today", "yesterday", "tomorrow"}

FUTURE = (
    *("will", "shall", "would", "to be", "is to", "are to", "going to", "plans to", "plan to", "planned to"),
    *("intends to", "intend to", "expects to", "expected to", "hopes to", "hope to", "aims to", "scheduled"),
    *("upcoming", "forthcoming"),
)
NO_FUTURE_AFTER = {"a", "free", "good", "our", "own", "political", "strong", "the", "their"}  # their will
# What a title or a note says of an event that is still to come, beside the words of the future
ANNOUNCED = (
    *("next session", "next summit", "next meeting", "next conference", "announced", "announces", "planned"),
    *("announcement", "whether it was held", "that it was held", "that the term began", "still to come"),
    "future tense",
)

NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(NUMBERS, 2)},
    **{"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"},
    **{"ninety": "90"} | {word: word for word in ("hundred", "thousand", "million", "billion", "dozen")},
}

SHORTEST_STEM = 4  # letters that a name and a word made from it have in common: Tajik, Tajikistan


@dataclass
class DateWords:
    """The numbers that some words name as a year, a quarter (33 to 36), a month or a day."""

    year: set[int] = field(default_factory=set)
    quarter: set[int] = field(default_factory=set)
    month: set[int] = field(default_factory=set)
    day: set[int] = field(default_factory=set)


def date_words(quoted: Iterable[str]) -> DateWords:
    """What quotes name of dates. A month has a capital: `May` is one, `may` is none."""
    named = DateWords()
    for text in (_plain(quote) for quote in quoted):
        words, printed = quotes.words(text), re.findall(r"[^\W\d_]+", text)
        capitals = [word.casefold() for word in printed if word[0].isupper()]
        months = {MONTHS[word] for word in capitals if word in MONTHS}
        for year, end in YEARS.findall(text):
            named.year |= {int(year)} | ({int(year[:2] + end)} if end > year[2:] else set())
        for one, two, short, year, month, day, lone, last in NUMERIC_DATES.findall(text):
            named.year |= {
                int(part if len(part) == 4 else f"20{part}") for part in (short, year, last) if part
            }
            months |= {int(part) for part in (one, two, month, lone) if part}
            named.day |= {int(part) for part in (one, two, day) if part}
        named.day |= {int(day) for day in DAYS.findall(text)}
        if months:
            named.day |= set(_ordinals(words))
        named.month |= months
        named.quarter |= {32 + (month + 2) // 3 for month in months} | set(_quarters(words))
    return named


def unnamed_parts(date: str, quoted: Iterable[str]) -> list[str]:
    """The parts of a date, of `year`, `quarter`, `month` and `day`, that none of the quotes names."""
    earliest, latest, precision = dates.parse(date)
    parts = {"year": earliest.year}
    if precision == "quarter":
        parts["quarter"] = 32 + latest.month // 3
    elif precision != "year":
        parts["month"] = earliest.month
    if precision == "day":
        parts["day"] = earliest.day
    named = date_words(quoted)
    return [part for part, number in parts.items() if number not in getattr(named, part)]


def is_relative(quoted: Iterable[str]) -> bool:
    """Whether quotes tell a time only by its distance: this year, last November, tomorrow."""
    for words in map(quotes.words, quoted):
        near = any(one in RELATIVE and two in PERIODS for one, two in pairwise(words))
        if near or RELATIVE_ALONE & set(words):
            return True
    return False


def names_person(spellings: Iterable[str], quote: str, *, inflected: bool = False) -> bool:
    """Whether a quote has a family name, the last word of a spelling; `inflected`, with more letters too."""
    families = [name.split()[-1] for name in spellings]
    longer = [word for name in families for word in quotes.words(quote) if word.startswith(name.casefold())]
    return any(says(name, quote) for name in families) or (inflected and bool(longer))


def names_state(name: str, quote: str) -> bool:
    """Whether a quote names a state or what is of it: Armenia, the Armenian side."""
    said = quotes.words(quote)
    return any(related(one, other) for one in quotes.words(name) for other in said)


def says(phrase: str, quote: str) -> bool:
    """Whether the words of a phrase stand next to one another in a quote."""
    return quotes.occurrences(quotes.words(phrase), quotes.words(quote)) > 0


def related(one: str, other: str) -> bool:
    """Whether two words are the same, or one begins with the other: Armenia and Armenian."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= SHORTEST_STEM and long.startswith(short))


def future(text: str) -> str:
    """The first words with which a text speaks of what is to come, or nothing."""
    return _first(FUTURE, text)


def announcement(text: str) -> str:
    """The first words with which a text speaks of something as only announced, or nothing."""
    return _first((*ANNOUNCED, *FUTURE), text)


def numbers(text: str) -> dict[str, str]:
    """The numbers in a text, but one: as digits -> as it stands there; 2 in `two`, 30 in `30th`."""
    found = {}
    for word in quotes.words(text):
        digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", word)
        number = digits[1] if digits else NUMBER_WORDS.get(word)
        if number:
            found.setdefault(number, word)
    return found


def unsaid_names(text: str, quoted: Sequence[str]) -> list[str]:
    """The names in a text that no quote has: neither as such, nor in a word made from one, nor as initials.

    A name is a word with a capital that begins no sentence. `CIS` is named by its full name, and the other
    way round.
    """
    text, quoted = _plain(text), [_plain(quote) for quote in quoted]
    capitals, said = _capitals(text), [word for quote in quoted for word in quotes.words(quote)]
    letters = "".join(match[0][0] for match in capitals)
    printed = [match[0] for quote in quoted for match in _capitals(quote)]
    short = {word for word in printed if len(word) > 1 and word.isupper() and word in letters}
    spelled_out = {letters.find(word) + place for word in short for place in range(len(word))}
    initials = ["".join(match[0][0] for match in _capitals(quote)) for quote in quoted]
    unsaid = []
    for place, match in enumerate(capitals):
        before = text[: match.start()].rstrip("“\"'([ ")
        begins = not before or before[-1] in ".!?…"
        known = any(related(match[0].casefold(), word) for word in said)
        known |= match[0].isupper() and any(match[0] in letters for letters in initials)
        if len(match[0]) > 1 and not begins and not known and place not in spelled_out:
            unsaid.append(match[0])
    return unsaid


def _capitals(text: str) -> list[re.Match]:
    """The words that begin with a capital."""
    return [match for match in re.finditer(r"\w+", text) if match[0][0].isupper()]


def _first(phrases: Iterable[str], text: str) -> str:
    said = quotes.words(text)
    for phrase in phrases:
        part = phrase.split()
        for at in range(len(said) - len(part) + 1):
            if said[at : at + len(part)] == part and not (
                phrase in ("will", "would") and at and said[at - 1] in NO_FUTURE_AFTER
            ):
                return phrase
    return ""


def _quarters(words: Sequence[str]) -> Iterator[int]:
    for before, word in zip(["", *words], words, strict=False):
        if word == "quarter" and before in QUARTERS:
            yield QUARTERS[before]
        if re.fullmatch("q[1-4]", word):
            yield 32 + int(word[1])
        yield from SEASONS.get(word, ())


def _ordinals(words: Sequence[str]) -> Iterator[int]:
    """The days that ordinal words name: the twenty-first."""
    for before, word in zip(["", *words], words, strict=False):
        if word in ORDINALS:
            yield TENS.get(before, 0) + ORDINALS.index(word) + 1
        elif word == "thirtieth":
            yield 30


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(quotes.INVISIBLE)

"""Quotes: words, and where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.quotes import fingerprint, occurrences, paragraphs, words

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=20)


TYPOGRAPHY = [
    ("cross-border", ["cross", "border"]), ("31.10.2024", ["31", "10", "2024"]),
    ("“Straße”, he said", ["strasse", "he", "said"]),
    ("organi\u00adsation zero\u200bwidth", ["organisation", "zerowidth"]), ("one\u00a0two", ["one", "two"]),
    ("ﬁre № 5", ["fire", "no", "5"]), ("Минск", ["минск"]), (" … — ", []),
]  # fmt: skip


def test_words_are_compared_without_case_and_typography():
    for text, found in TYPOGRAPHY:
        assert words(text) == found


def test_paragraphs_are_the_lines_that_are_not_blank():
    assert paragraphs("\none\n \u00a0\n\t two \n\n") == ["one", "two"]


PARTS = [
    ("ab", "abab", 2), ("aa", "aaa", 2), ("abc", "ab", 0), ("ac", "abc", 0), ("", "abc", 0),
    ("abc", "abc", 1),
]  # fmt: skip


def test_a_part_is_counted_wherever_it_stands():
    for part, whole, times in PARTS:
        assert occurrences(part, whole) == times


@given(WORDS, st.data())
def test_a_fingerprint_finds_what_the_words_find(whole, data):
    part = data.draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=3, max_size=6))
    assert occurrences(fingerprint(part), fingerprint(whole)) == occurrences(part, whole)


def test_a_fingerprint_is_one_24_bit_hash_for_every_three_words():
    assert fingerprint(["one", "two", "three", "four"]) == ["9dac66", "3d695b"]
    assert fingerprint(["one", "two"]) == []

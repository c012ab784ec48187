"""The texts, where they are at hand: what is marked in a paragraph is what is quoted."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from loaders import originals, quotes


def test_the_quoted_words_are_marked_as_printed_and_nothing_is_lost():
    pieces = originals.passages(
        "The fire, of Re\u00adgional “conflicts” spreads.", ["fire of regional conflicts"]
    )
    assert "".join(piece.text for piece in pieces) == "The fire, of Re\u00adgional “conflicts” spreads."
    assert [piece.text for piece in pieces if piece.marked] == ["fire, of Re\u00adgional “conflicts"]


def test_the_words_are_marked_whatever_form_the_letters_of_the_text_have():
    text = "Örményország, № 5, the ﬁrst: the Organisation™ met."
    for printed in (text, unicodedata.normalize("NFD", text)):
        pieces = originals.passages(printed, ["Örményország No 5 the first", "OrganisationTM met"])
        marked = [piece.text for piece in pieces if piece.marked]
        assert [unicodedata.normalize("NFC", words) for words in marked] == [
            "Örményország, № 5, the ﬁrst",
            "Organisation™ met",
        ]


@example("ｶﾞ")
@example(unicodedata.normalize("NFD", "한국"))
@example("a\u0315\u0300")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_the_words_that_can_be_marked_are_those_that_are_compared(text):
    assert [word for word, _ in originals.printed_words(text)] == quotes.words(text)


def test_quotes_that_overlap_are_marked_once():
    pieces = originals.passages("one two three four five", ["one two three", "three four five"])
    assert pieces == [("one two three four five", True)]


def test_words_that_do_not_stand_there_mark_nothing():
    assert originals.passages("one two three", ["three two one"]) == [("one two three", False)]


def test_a_folder_without_the_text_has_no_paragraphs(tmp_path):
    assert originals.paragraphs(tmp_path, "missing.txt") == []
    (tmp_path / "text.txt").write_text("\n first \n\n second", encoding="utf-8")
    assert originals.paragraphs(tmp_path, "text.txt") == ["first", "second"]

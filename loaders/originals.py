"""The source texts where they are at hand: a paragraph with its neighbours, the quoted words marked."""

import re
from pathlib import Path
from typing import NamedTuple

from loaders import fingerprints, quotes

# a word as `quotes.words` reads it, in the text as printed: invisible characters do not end it
PRINTED_WORD = re.compile(r"[\w\u00ad\u200b\u200c\u200d\u2060\ufeff]+")


class Passage(NamedTuple):
    """Consecutive pieces of a paragraph as printed; `marked` pieces are the quoted words."""

    text: str
    marked: bool


def paragraphs(folder: Path, file: str) -> list[str]:
    """The paragraphs of a source text, paragraph 1 first; none when the folder does not hold it."""
    try:
        return quotes.paragraphs(fingerprints.text_of(folder / file))
    except ValueError:
        return []


def spans(paragraph: str, quote: str) -> list[range]:
    """The positions of each place in a paragraph where some words stand."""
    printed = [
        (word, match.span()) for match in PRINTED_WORD.finditer(paragraph) for word in quotes.words(match[0])
    ]
    sought = quotes.words(quote)
    places = (printed[at : at + len(sought)] for at in range(len(printed) - len(sought) + 1))
    return [
        range(place[0][1][0], place[-1][1][1])
        for place in places
        if sought and [word for word, _ in place] == sought
    ]


def passages(paragraph: str, quoted: list[str]) -> list[Passage]:
    """A paragraph cut where quoted words begin and end. A quote that does not stand there marks nothing."""
    marked = {position for quote in quoted for span in spans(paragraph, quote) for position in span}
    pieces: list[Passage] = []
    for position, letter in enumerate(paragraph):
        is_marked = position in marked
        if pieces and pieces[-1].marked == is_marked:
            pieces[-1] = Passage(pieces[-1].text + letter, is_marked)
        else:
            pieces.append(Passage(letter, is_marked))
    return pieces

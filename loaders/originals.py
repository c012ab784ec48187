"""The source texts where they are at hand: a paragraph with its neighbours, the quoted words marked."""

import unicodedata
from pathlib import Path
from typing import NamedTuple

from loaders import fingerprints, quotes


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
    printed, sought = printed_words(paragraph), quotes.words(quote)
    places = (printed[at : at + len(sought)] for at in range(len(printed) - len(sought) + 1))
    return [
        range(place[0][1].start, place[-1][1].stop)
        for place in places
        if sought and [word for word, _ in place] == sought
    ]


def printed_words(paragraph: str) -> list[tuple[str, range]]:
    """The words of a paragraph as `quotes.words` reads them, and where each is printed.

    A letter is read together with the marks behind it, for it may be printed in parts: `o` and two dots.
    """
    letters: list[str] = []
    origins: list[range] = []  # of each letter
    begin = 0
    for end in range(1, len(paragraph) + 1):
        if end == len(paragraph) or not _continues(paragraph[begin:end], paragraph[end]):
            read = quotes.normal(paragraph[begin:end])
            letters += read
            origins += [range(begin, end)] * len(read)
            begin = end
    return [
        (match[0], range(origins[match.start()].start, origins[match.end() - 1].stop))
        for match in quotes.WORD.finditer("".join(letters))
    ]


def _continues(before: str, letter: str) -> bool:
    """Whether a letter forms one with what stands before it: an accent, or a part of a Korean syllable."""
    if letter.isascii():
        return False
    if unicodedata.combining(letter):
        return True
    together, *apart = (unicodedata.normalize("NFKC", text) for text in (before + letter, before, letter))
    return together != "".join(apart)


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

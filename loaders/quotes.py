"""Quotes: finding a few quoted words in a paragraph, in its text or in nothing but its fingerprint."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

# soft hyphen, zero-width characters
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
DOUBLE_MARKS = '“”„‟"＂〝〞〟'  # quotation marks; single ones are apostrophes too
WORD = re.compile(r"\w+")
WINDOW = 3  # words in one hash of a fingerprint; no quote is shorter


def words(text: str) -> list[str]:
    r"""The words of a text: runs of `\w` after NFKC, without invisible characters, casefolded.

    `cross-border` is two words, `31.10.2024` three.
    """
    return WORD.findall(normal(text))


def normal(text: str) -> str:
    """A text in the letters that are compared: after NFKC, without invisible characters, casefolded."""
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE).casefold()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a source text: its lines that are not blank. Paragraph 1 is the first item."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def fingerprint(words_of_text: Sequence[str]) -> list[str]:
    """A hash of every three neighbouring words, in text order.

    Each is the BLAKE2b digest of the words joined with one space, in UTF-8, with a digest size of 3 bytes
    (24 bits, six hex digits). Fewer than three words have none.
    """
    windows = (words_of_text[at : at + WINDOW] for at in range(len(words_of_text) - WINDOW + 1))
    return [hashed(window) for window in windows]


def hashed(window: Sequence[str]) -> str:
    """The hash of some words: of a window, or of a whole paragraph that is shorter than one."""
    return blake2b(" ".join(window).encode(), digest_size=3).hexdigest()


def occurrences(part: Sequence[str], whole: Sequence[str]) -> int:
    """How many times the items of `part` stand one after another in `whole`; without items, nowhere."""
    part, whole, number, at = list(part), list(whole), 0, -1
    for _ in range(whole.count(part[0]) if part else 0):
        at = whole.index(part[0], at + 1)
        number += whole[at : at + len(part)] == part
    return number

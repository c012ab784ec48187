"""The fonts of the charts, from two packages: how wide a text is, and a subset to put into a page.

Nothing here looks for fonts of the machine, so every machine measures and draws the same.
"""

import logging
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from typing import NamedTuple
from unicodedata import category, east_asian_width

import font_source_sans_pro
import font_source_serif_pro
from fontTools.ttLib import TTFont

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
# names of the subsets: the licence reserves the original ones
OURS = {SANS: "Briefing Sans", SERIF: "Briefing Serif"}
# as attributes of SVG and in style sheets: the subset of a page, the font where it is installed, others
FAMILY = {
    SANS: f"'{OURS[SANS]}', '{SANS}', 'Source Sans 3', 'Source Sans', 'Helvetica Neue', Arial, sans-serif",
    SERIF: f"'{OURS[SERIF]}', '{SERIF}', 'Source Serif 4', 'Source Serif', Georgia, serif",
}


class Face(NamedTuple):
    """One font file: family, weight in CSS, path."""

    family: str
    weight: int
    path: str


logging.getLogger("fontTools").setLevel(logging.ERROR)  # it remarks on the age of these fonts

_SANS, _SERIF = font_source_sans_pro.font_files_ttf, font_source_serif_pro.font_files_ttf
FACES = (
    Face(SANS, 400, _SANS["SourceSansPro"]),
    Face(SANS, 700, _SANS["SourceSansProBold"]),
    Face(SERIF, 400, _SERIF["SourceSerifPro"]),
    Face(SERIF, 600, _SERIF["SourceSerifProSemibold"]),
)
# always in a subset: then most pages share one, which takes half a second to make
USUAL = "".join(map(chr, range(32, 127))) + "\u00a0§°·×é–—‘’“”†‡…"
# what leaves nothing on paper in any font: joiners, marks of direction, selectors of a variant, soft hyphens
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
BLANKS = frozenset(" \n\t\u00a0\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))
FULL, USUALLY = 1.0, 0.66  # em of a letter that our fonts lack, as others draw it: a Chinese one, any other
SUBSETS_KEPT = 16  # of 20 KiB, for letters beyond the usual
ASCENT, DESCENT, LINE = 0.984, 0.273, 1.3  # of the size; LINE is plotly's distance between two lines


def files() -> list[str]:
    """Paths of all faces, for the rasteriser."""
    return [face.path for face in FACES]


def width(text: str, size: float, *, bold: bool = False, serif: bool = False) -> float:
    """Width of one line of plain text, in the unit of `size`."""
    measure, units = _measure(2 * serif + bold)
    return measure(text) * size / units


def lines(text: str, room: float, size: float, *, bold: bool = False, serif: bool = False) -> list[str]:
    """The text broken at spaces into lines that fit the room; a longer word is broken where it must be."""
    measure, units = _measure(2 * serif + bold)
    result, used = [""], 0  # `used` of the last line
    for word in text.split():
        gap = " " if result[-1] else ""
        wide = measure(gap + word)
        if (used + wide) * size / units <= room:
            result[-1] += gap + word
            used += wide
            continue
        if result[-1]:
            result.append("")
            used = 0
        for letter in word:
            if result[-1] and (used + measure(letter)) * size / units > room:
                result.append("")
                used = 0
            result[-1] += letter
            used += measure(letter)
    return result


def css(text: str) -> str:
    """`@font-face` rules that hold the letters of the text, so that a page needs no font of the machine."""
    letters = "".join(sorted({*text, *USUAL} - {"\n"}))
    return "".join(
        f'@font-face{{font-family:"{OURS[face.family]}";font-weight:{face.weight};'
        f'src:url(data:font/woff;base64,{_subset(number, letters)}) format("woff")}}'
        for number, face in enumerate(FACES)
    )


def lacking(text: str) -> str:
    """The letters of a text that none of our faces has, each once and in order: they would be boxes.

    A letter that Unicode has not assigned, or leaves to private use, is one as well.
    """
    return "".join(dict.fromkeys(letter for letter in UNSEEN.sub("", text) if letter not in _letters()))


@cache
def _letters() -> frozenset[str]:
    """The letters that a face has, and blanks, which need none."""
    codes: set[int] = set()
    for face in FACES:
        with TTFont(face.path) as font:
            codes.update(font.getBestCmap())
    return frozenset(map(chr, codes)) | BLANKS


@lru_cache(len(FACES))
def _measure(number: int) -> tuple[Callable[[str], float], int]:
    """A function from text to its width in the units of a face, and how many of these are 1 em."""
    with TTFont(FACES[number].path) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        known = _Widths({chr(code): widths[name][0] for code, name in font.getBestCmap().items()})
    known.em = units
    return lambda text: sum([known[letter] for letter in text]), units


class _Widths(dict):
    """Letter -> its width in a face of `em` units; of one that the face lacks, about that in another font."""

    em = 0

    def __missing__(self, letter: str) -> float:
        if UNSEEN.match(letter) or category(letter) in ("Mn", "Me"):
            return 0
        return self.em * (FULL if east_asian_width(letter) in "WF" else USUALLY)


@lru_cache(SUBSETS_KEPT)
def _subset(number: int, letters: str) -> str:
    """The face with these letters alone, as WOFF in base64, without its reserved name."""
    from fontTools import subset  # takes 150 ms to load, and measuring needs none of it

    options = subset.Options(flavor="woff", name_IDs=[0, 13, 14], hinting=False)
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]  # kerning and ligatures: large, and `width` has none
    with TTFont(FACES[number].path, recalcTimestamp=False) as font:
        maker = subset.Subsetter(options)
        maker.populate(text=letters)
        maker.subset(font)
        font.flavor = "woff"
        file = BytesIO()
        font.save(file)
    return b64encode(file.getvalue()).decode()

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from charts import fonts


def test_wider_words_are_wider_and_bold_ones_more_so():
    assert fonts.width("Wider words", 15) > fonts.width("Words", 15)
    assert fonts.width("Words", 15, bold=True) > fonts.width("Words", 15)
    assert fonts.width("Words", 30) == pytest.approx(2 * fonts.width("Words", 15))
    assert fonts.width("", 15) == 0


@pytest.mark.parametrize(
    ("text", "ems"),
    [("安全条约", 4), ("e\u0301\u0323", fonts.width("e", 1)), ("a\u200d\u2067\ufe0f", fonts.width("a", 1))],
)
def test_letters_that_our_fonts_lack_are_as_wide_as_in_fonts_that_have_them(text, ems):
    assert fonts.width(text, 1) == pytest.approx(ems)


def test_lines_fit_their_room_and_keep_every_word():
    text = "A headline of several words and one Donaudampfschifffahrtsgesellschaftskapitän in it"
    lines = fonts.lines(text, 120, 15)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, 15) <= 120 for line in lines)
    assert len(lines) > 3


def test_a_subset_holds_the_letters_it_is_made_for_and_no_reserved_name(monkeypatch):
    monkeypatch.setattr(fonts, "FACES", fonts.FACES[:1])
    sheet = fonts.css("Ошибка é")
    (found,) = re.findall(r"base64,([^)]+)\)", sheet)
    with TTFont(BytesIO(base64.b64decode(found))) as font:
        letters = set(font.getBestCmap())
        names = [str(name) for name in font["name"].names if name.nameID in (1, 3, 4, 6, 16)]
    assert {ord(letter) for letter in "Ошибка é 0123456789"} <= letters
    assert ord("ф") not in letters
    assert len(letters) < 150
    assert names == []


def test_the_fonts_come_with_a_licence_that_lets_them_be_embedded():
    for face in fonts.FACES:
        text = (Path(face.path).parent / "LICENSE.txt").read_text(encoding="utf-8", errors="replace")
        assert "SIL Open Font License, Version 1.1" in text

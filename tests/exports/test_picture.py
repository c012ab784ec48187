import itertools
import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
import resvg_py
from docx import Document
from PIL import Image, ImageOps

from charts import fonts, theme
from exports import Item, picture, slides, svg
from exports.bundle import bundle
from exports.picture import PAGE, WIDTH, document_png, picture_png, picture_svg
from exports.word import word
from tests.exports.conftest import changed, unpacked

SVG = "{http://www.w3.org/2000/svg}"
CM, POINT = 1 / 2.54, 1 / 72  # in inches


@pytest.fixture(scope="module")
def drawn(made) -> str:
    return picture_svg(made[4])


def test_a_picture_says_headline_filters_source_and_date(drawn, made, dataset):
    words = " ".join("".join(ElementTree.fromstring(drawn).itertext()).split())
    slide = made[4]
    for expected in (
        slide.headline,
        slide.subtitle,
        slide.sentence,
        dataset.date,
        dataset.hash,
        dataset.version,
    ):
        assert expected in words
    for source in slide.sources:
        assert source.publisher in words
    assert "Source: our reading of" in words


def test_a_picture_needs_nothing_from_outside(drawn):
    assert "<script" not in drawn
    assert all(found.startswith(("data:font/woff", "#")) for found in re.findall(r"url\(([^)]*)", drawn))
    assert re.findall(r'(?:href|src)="', drawn) == []


def test_a_picture_stands_on_paper_and_has_a_name(drawn, made):
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == made[4].headline
    assert root.find(f"{SVG}desc").text == made[4].alt
    ground = root.find(f"{SVG}rect")
    assert (ground.get("width"), ground.get("fill")) == (str(WIDTH), theme.INK["paper"])


@pytest.mark.parametrize("scale", [0.5, 1])
def test_a_picture_becomes_pixels_without_any_font_of_the_machine(made, scale):
    image = Image.open(BytesIO(picture_png(made[2], scale))).convert("RGB")
    tall = float(ElementTree.fromstring(picture_svg(made[2])).get("height"))
    assert image.width == scale * WIDTH
    assert abs(image.height - scale * tall) < 1
    assert image.getpixel((0, 0)) == (255, 255, 255)
    head = image.crop((0, 0, image.width, int(120 * scale))).convert("L")
    assert sum(head.histogram()[:100]) > 200, "the headline is drawn"


def test_a_long_headline_is_broken_into_lines(dataset):
    headline = " ".join(["A headline of many words"] * 8)
    (slide,) = slides(dataset, (Item("attendance", headline=headline),))
    root = ElementTree.fromstring(picture_svg(slide))
    heads = [text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "600"]
    assert len(heads) > 1
    assert " ".join(text.text for text in heads) == headline


def test_a_picture_for_a_document_is_16_cm_wide_and_sharp(made):
    image = Image.open(BytesIO(document_png(made[2])))
    dots = image.info["dpi"][0]
    assert dots == pytest.approx(300, abs=0.1)
    assert image.width / dots == pytest.approx(16 * CM, abs=0.01 * CM)


@pytest.mark.parametrize("number", range(7))
def test_no_word_of_a_picture_for_a_document_is_smaller_than_8_points(made, number):
    root = ElementTree.fromstring(picture._picture(made[number], PAGE))
    px = 16 * CM / float(root.get("width"))  # in inches
    sizes = {float(part.get("font-size")) for part in root.iter() if part.get("font-size")}
    assert min(sizes) * px >= 8 * POINT


def test_a_picture_without_its_headline_is_that_of_the_chart_alone(made):
    heights = [Image.open(BytesIO(document_png(made[2], headed=headed))).height for headed in (True, False)]
    assert heights[0] - heights[1] > 200


# ---- letters of another font, as a word processor takes them ----


def runs(root: ElementTree.Element) -> list[tuple[ElementTree.Element, float, float]]:
    """Every run of words, and px from where to where it reaches, left of the place of its text or right."""
    parts = {"start": 0, "middle": 0.5, "end": 1}
    found = []
    for group in root.iter():
        for run in group.findall(f"{SVG}text"):
            part = parts[run.get("text-anchor") or group.get("text-anchor")]
            x, wide = float(run.get("x")), float(run.get("textLength"))
            found.append((run, x - part * wide, x + (1 - part) * wide))
    return found


@pytest.mark.parametrize("number", range(7))
def test_every_run_of_words_says_how_wide_it_is_and_ends_before_the_next_begins(made, number):
    root = ElementTree.fromstring(picture_svg(made[number]))
    ends = {id(run): (left, right) for run, left, right in runs(root)}
    assert len(ends) > 20
    assert not list(root.iter(f"{SVG}tspan")), "Inkscape keeps a whole text in its width, and no part of one"
    for group in root.iter(f"{SVG}g"):
        for one, other in itertools.pairwise(group.findall(f"{SVG}text")):
            if one.get("y") == other.get("y"):
                assert ends[id(one)][1] <= ends[id(other)][0] + 0.02
    assert {run.get("lengthAdjust") for run, _, _ in runs(root)} == {"spacingAndGlyphs"}


def test_letters_of_a_wider_font_stay_in_the_width_of_their_run():
    words = "Which sources report events held"
    label = svg.label(words, 10, 30, 20, color="#000")
    ends = 10 + fonts.width(words, 20)
    assert ends - 3 < _inked(label) <= ends + 1
    assert _inked(re.sub(' textLength=".*?"', "", label)) > ends + 10, "else this font runs no wider"


def _inked(label: str) -> int:
    """px from the left edge to the last ink of a label in a font that runs wider than ours."""
    wider = [face.path for face in fonts.FACES if (face.family, face.weight) == (fonts.SERIF, 600)]
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="40">{label}</svg>'
    png = resvg_py.svg_to_bytes(
        svg_string=drawn, background="white", skip_system_fonts=True, font_files=wider,
        font_family=fonts.SERIF, sans_serif_family=fonts.SERIF,
    )  # fmt: skip
    return ImageOps.invert(Image.open(BytesIO(bytes(png))).convert("L")).getbbox()[2]


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("Nikol Pashinyan", ""),
        ("Пашинян", ""),
        ("Pas\u030chinya\u0301n\u200d \u2067\u3000Ni\u00adkol", ""),
        ("Փաշինյան", "Փաշինյ"),
        ("中国", "中国"),
        ("پاشینیان", "پاشین"),
        ("\ue000 \U0001fae8", "U+E000"),  # of private use; younger than the table of letters
    ],
)
def test_letters_that_our_fonts_lack_are_named(dataset, name, missing):
    speakers = changed(dataset, people=dataset.tables["people"].assign(name=name))
    why = picture.why_no_png(slides(speakers, [Item("speakers")])[0])
    assert missing in why
    assert bool(why) == bool(missing)


@pytest.mark.parametrize(("name", "missing"), [("Пашинян", ""), ("中国", "中国")])
def test_no_file_shows_boxes_for_letters_that_our_fonts_lack(dataset, name, missing):
    speakers = changed(dataset, people=dataset.tables["people"].assign(name=name))
    items = [Item("speakers")]
    why = picture.why_no_png(slides(speakers, items)[0])
    files = unpacked(bundle(speakers, items))
    assert ("01-speakers/chart.png" in files) == (not missing)
    assert missing in files["README.txt"].decode()
    told = "".join(part.text for part in Document(BytesIO(word(speakers, items))).paragraphs)
    assert why in told
